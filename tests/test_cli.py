import json
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cli import main

MEASURES = {
    "kogut_singh", "konara_mohr", "euclidean_standardised", "euclidean", "manhattan",
    "mahalanobis", "angle",
}  # fmt: skip
DIMENSIONS = ["pdi", "idv", "mas", "uai", "lto", "ivr"]


def run(capsys, *arguments):
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_compare_prints_the_object_that_is_promised(capsys, tables):
    status, out, err = run(capsys, "compare", "NLD", "CHN", "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert set(found) == {
        "data_version", "settings", "a", "b", "dimensions_used", "gaps", "measures",
    }  # fmt: skip
    assert found["data_version"] == tables.version
    assert set(found["a"]) == {"id", "name", "kind", "scores", "standing"}
    assert found["a"]["scores"] == dict(zip(DIMENSIONS, [38, 80, 14, 53, 67, 68], strict=True))
    assert set(found["a"]["standing"].values()) == {"published"}
    assert found["dimensions_used"] == DIMENSIONS
    assert found["gaps"] == dict(zip(DIMENSIONS, [-42, 60, -52, 23, -20, 44], strict=True))
    assert set(found["measures"]) == MEASURES
    for result in found["measures"].values():
        assert set(result) == {"value", "percentile", "interval"}
        assert result["interval"][0] < result["value"] < result["interval"][1]
    assert found["measures"]["konara_mohr"]["value"] == pytest.approx(1.9475, abs=5e-5)
    assert found["measures"]["konara_mohr"]["percentile"] == pytest.approx(92.6, abs=0.05)


def test_a_pair_without_a_distance_prints_its_reason_and_succeeds(capsys):
    status, out, _ = run(capsys, "compare", "UKR", "POL", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["reason"].startswith("There is no distance between Ukraine and Poland")
    assert "measures" not in found
    assert found["a"]["scores"]["pdi"] is None
    assert found["a"]["standing"]["pdi"] == "missing"


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("ISR", "USA"), "Israel has no score on indulgence"),
        (("KEN", "DEU"), "Kenya has no scores of its own"),
        (("UKR", "POL"), "they share two scores"),
        (("AND", "FRA"), "they share one score"),
        (("NLD", "NLD"), "Both sides are the Netherlands"),
    ],
)
def test_compare_in_words_says_what_is_missing(capsys, pair, said):
    status, out, _ = run(capsys, "compare", *pair)
    assert status == 0
    assert said in " ".join(out.split())


def test_compare_in_words_shows_every_measure_and_the_caveat(capsys):
    _, out, _ = run(capsys, "compare", "NLD", "CHN")
    for value in (
        "1.9475",
        "3.7929",
        "4.7705",
        "104.5610",
        "1.8281",
        "4.4239",
        "43.2980",
        "3.2618",
    ):
        assert value in out
    assert "nothing about the person opposite" in " ".join(out.split())


def test_the_replication_settings_work_from_the_command_line(capsys):
    _, out, _ = run(
        capsys, "compare", "usa", "Japan", "--json", "--unrounded", "--reference", "all",
        "--dimensions", "pdi,idv,mas,uai",
    )  # fmt: skip
    value = json.loads(out)["measures"]["kogut_singh"]["value"]
    assert value == pytest.approx(2.743944, abs=5.1e-7)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "XXX", "CHN"), "No country, part or region with scores goes by “XXX”"),
        (("compare", "NLD", "CHN", "--reference", "foo"), "“foo” is not a reference set"),
        (("compare", "NLD", "CHN", "--framework", "globe"), "“globe” is not a framework"),
        (("compare", "NLD", "CHN", "--dimensions", "pdi,idv"), "at least four dimensions"),
        (("compare", "NLD", "CHN", "--weights", "pdi"), "“pdi” is not a weight"),
        (("compare", "NLD", "CHN", "--score-error", "50"), "error of a score is 50"),
        (("matrix", "--out", "matrix.txt"), "choose a name that ends in .csv"),
        (("matrix", "--out", "/nowhere/matrix.csv"), "cannot be written"),
        (("matrix", "--measure", "foo", "--out", "m.csv"), "“foo” is not a measure"),
    ],
)
def test_bad_input_is_one_sentence_on_standard_error_and_status_2(capsys, arguments, said):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [(), ("compare", "NLD"), ("fly",), ("compare", "--no")])
def test_a_call_that_is_not_understood_is_one_sentence_and_status_2(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert "--help" in err
    assert err.count("\n") == 1


def test_countries_lists_every_party(capsys):
    _, out, _ = run(capsys, "countries", "--json")
    listed = {row["id"]: row for row in json.loads(out)}
    assert len(listed) == 117
    assert listed["NLD"] == {
        "id": "NLD", "name": "Netherlands", "kind": "country", "other_names": ["Holland"],
        "published": 6, "regional": 0, "missing": 0,
    }  # fmt: skip
    assert (listed["KEN"]["published"], listed["KEN"]["regional"]) == (0, 6)
    _, text, _ = run(capsys, "countries")
    assert len(text.splitlines()) == 118


def test_help_shows_every_command_with_an_example(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    for word in ("compare", "countries", "matrix", "python -m analysis compare NLD CHN"):
        assert word in out


def test_the_module_runs_from_any_folder_and_survives_a_reader_who_leaves(tmp_path):
    root = str(Path(__file__).resolve().parent.parent)
    command = f"'{sys.executable}' -m analysis countries | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, env={"PYTHONPATH": root,
        "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("id")
    assert "Traceback" not in done.stderr
