import json
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from analysis.cli import main

MEASURES = {
    "kogut_singh", "konara_mohr", "euclidean_standardised", "euclidean", "manhattan",
    "mahalanobis", "angle",
}  # fmt: skip
DIMENSIONS = ["pdi", "idv", "mas", "uai", "lto", "ivr"]


ROOT = Path(__file__).resolve().parent.parent


def run(capsys, *arguments):
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_compare_prints_the_object_that_is_promised(capsys, tables):
    status, out, err = run(capsys, "compare", "NLD", "CHN", "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert set(found) == {
        "data_version", "settings", "a", "b", "dimensions_used", "gaps", "measures", "friction",
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


def test_where_another_survey_puts_the_pair_elsewhere_every_command_says_so(capsys, tmp_path):
    # Netherlands and Japan: 94 of 100 by Hofstede, 30 by Inglehart-Welzel.
    caution = "Not every survey agrees: Inglehart-Welzel 2023 puts the pair farther apart than only"
    _, out, _ = run(capsys, "compare", "NLD", "JPN")
    first = out.partition("\n\n")[0]  # where the rank stands
    assert "".join(caution.split()) in "".join(first.split())
    _, out, _ = run(capsys, "compare", "NLD", "JPN", "--json")
    assert json.loads(out)["caution"].startswith(caution)
    for command in ("compare", "brief"):
        _, out, _ = run(capsys, command, "NLD", "JPN", "--out", str(tmp_path / "x.json"))
        assert caution in out
        assert json.loads((tmp_path / "x.json").read_text("utf-8"))["caution"].startswith(caution)
    _, out, _ = run(capsys, "compare", "SWE", "FIN")
    assert "Not every survey" not in out


def test_compare_carries_the_friction_object(capsys, tables):
    _, out, _ = run(capsys, "compare", "NLD", "CHN", "--json")
    friction = json.loads(out)["friction"]
    assert set(friction) == {"overall", "overall_percentile", "topics", "top"}
    assert friction["overall"] == pytest.approx(86.7, abs=0.05)
    assert len(friction["topics"]) == 18
    for topic in friction["topics"]:
        assert set(topic) == {
            "id", "name", "family", "gap", "severity", "interval", "high_side", "felt_by_a",
            "felt_by_b", "evidence",
        }  # fmt: skip
        assert topic["interval"][0] <= topic["severity"] <= topic["interval"][1]
    trust = friction["topics"][0]
    assert (trust["id"], trust["high_side"]) == ("trust_before_transaction", "b")
    assert trust["gap"] == pytest.approx(-2.3613, abs=0.0001)
    # 90.5 x 1.24 is over 100; 90.5 x 0.759 = 68.7
    assert (trust["felt_by_a"], round(trust["felt_by_b"], 1)) == (100, 68.7)
    families = [t["family"] for i in friction["top"] for t in friction["topics"] if t["id"] == i]
    assert len(families) == len(set(families)) == 5


def test_a_topic_without_enough_scores_is_null_with_a_reason(capsys):
    _, out, _ = run(capsys, "compare", "NLD", "CHN", "--json", "--dimensions", "classic")
    topics = {topic["id"]: topic for topic in json.loads(out)["friction"]["topics"]}
    horizon = topics["long_horizon_roadmap"]
    assert (horizon["gap"], horizon["severity"], horizon["felt_by_a"]) == (None, None, None)
    assert horizon["reason"] == "too little to go by without LTO"
    assert "reason" not in topics["indirect_face"]


MAGIC = {
    ".pptx": b"PK", ".docx": b"PK", ".xlsx": b"PK", ".zip": b"PK", ".pdf": b"%PDF-1.7",
    ".png": b"\x89PNG", ".svg": b"<?xml", ".csv": b"\xef\xbb\xbfsection,", ".json": b"{",
    ".bib": b"% The Netherlands and China",
}  # fmt: skip


@pytest.mark.parametrize(
    ("command", "suffix"),
    [("compare", suffix) for suffix in MAGIC if suffix != ".zip"]
    + [("brief", ".zip"), ("brief", ".pptx"), ("brief", ".svg")],
)
def test_both_commands_write_every_format(capsys, tmp_path, command, suffix):
    path = tmp_path / f"file{suffix}"
    status, out, err = run(
        capsys, command, "NLD", "CHN", "--out", str(path), "--date", "2026-11-22"
    )
    assert (status, err) == (0, "")
    assert out.startswith(f"{path}: ")
    assert path.read_bytes().startswith(MAGIC[suffix])
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_file_carries_the_day_the_address_and_the_look_that_were_asked_for(capsys, tmp_path):
    path = tmp_path / "a.json"
    run(capsys, "compare", "NLD", "CHN", "--out", str(path), "--date", "2025-01-02",
        "--address", "https://parley.example/app")  # fmt: skip
    stamp = json.loads(path.read_text("utf-8"))["stamp"]
    assert stamp["date"] == "2025-01-02"
    assert stamp["link"] == "https://parley.example/app/?a=NLD&b=CHN"
    dark, light = tmp_path / "dark.svg", tmp_path / "light.svg"
    run(capsys, "compare", "NLD", "CHN", "--out", str(dark), "--chart", "gaps", "--dark")
    run(capsys, "compare", "NLD", "CHN", "--out", str(light), "--chart", "gaps")
    assert "#171614" in dark.read_text("utf-8")
    assert "#171614" not in light.read_text("utf-8")
    page, whole = tmp_path / "page.pdf", tmp_path / "whole.pdf"
    run(capsys, "brief", "NLD", "CHN", "--out", str(page), "--one-page")
    run(capsys, "brief", "NLD", "CHN", "--out", str(whole))
    assert len(PdfReader(page).pages) == 1
    assert len(PdfReader(whole).pages) > 8


def test_brief_writes_the_whole_brief_of_the_example_deal(capsys, tmp_path):
    out_file = tmp_path / "brief.json"
    example = str(ROOT / "docs" / "deal.yaml")
    status, out, err = run(capsys, "brief", "NLD", "CHN", "--deal", example, "--out", str(out_file))
    assert (status, err) == (0, "")
    assert "Negotiate the relationship" in out
    found = json.loads(out_file.read_text("utf-8"))
    assert found["orientation"]["decided_by"] == ["they hold your molds"]
    assert found["roadmap"]["check"]["level"] == "fits"  # 40,000 of 800,000 is 5 %
    assert sum(step["amount"] for step in found["roadmap"]["steps"]) == 800_000
    assert found["predictions"][0]["sources"]
    first = out_file.read_bytes()
    run(capsys, "brief", "NLD", "CHN", "--deal", example, "--out", str(out_file))
    assert out_file.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["brief.json"]


def test_brief_without_a_deal_is_the_brief_of_an_empty_form(capsys, tmp_path):
    out_file = tmp_path / "brief.json"
    assert run(capsys, "brief", "SWE", "FIN", "--out", str(out_file))[0] == 0
    found = json.loads(out_file.read_text("utf-8"))
    assert found["deal"] == {}
    assert "little friction" in found["sentences"][0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "kind: supply\nkynd: x\n",
            "deal.yaml: Line 2: “kynd” is not part of a deal: did you mean",
        ),
        ("kind: supply\n\nminutes: 5\n", "deal.yaml: Line 3: “minutes” is “5”"),
        (b"kind: \xff\xfe", "is no text in UTF-8"),
        (None, "cannot be read (No such file or directory)"),
        ("# x\n" * 20_000, "too large for a deal file"),
    ],
)
def test_a_fault_in_a_deal_file_is_named_with_its_line(capsys, tmp_path, content, said):
    deal = tmp_path / "deal.yaml"
    if content is not None:
        deal.write_bytes(content if isinstance(content, bytes) else content.encode())
    status, out, err = run(
        capsys, "brief", "NLD", "CHN", "--deal", str(deal), "--out", str(tmp_path / "b.json")
    )
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert not (tmp_path / "b.json").exists()


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
        (("compare", "NLD", "CHN", "--severity", "x"), "“x” is not a rule for severities"),
        (("brief", "NLD", "CHN", "--out", "brief.txt"), "ends in .pptx, .pdf, .docx"),
        (("compare", "NLD", "CHN", "--out", "a"), "“a” is no kind of file that Parley writes"),
        (("compare", "UKR", "POL", "--out", "a.svg", "--chart", "x"), "choose radar or gaps"),
        (("brief", "NLD", "CHN", "--out", "/nowhere/brief.json"), "cannot be written"),
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


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("compare", "NLD"),
        ("fly",),
        ("compare", "--no"),
        ("compare", "NLD", "CHN", "--date", "1"),
    ],
)
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
    assert len(listed) == 136
    assert listed["NLD"] == {
        "id": "NLD", "name": "Netherlands", "kind": "country", "other_names": ["Holland"],
        "published": 6, "regional": 0, "missing": 0,
        "frameworks": [
            "hofstede-2015", "globe-2004-practices", "globe-2004-values", "inglehart-welzel-2023",
            "tightness-2011",
        ],
    }  # fmt: skip
    assert (listed["KEN"]["published"], listed["KEN"]["regional"]) == (0, 6)
    _, text, _ = run(capsys, "countries")
    assert len(text.splitlines()) == 137
    _, globe, _ = run(capsys, "countries", "--json", "--framework", "globe-2004-values")
    found = {row["id"]: row["published"] for row in json.loads(globe)}
    assert (found["NLD"], found["DEU"], found["DEU-EAST"], found["CZE"]) == (9, 0, 9, 0)


def test_help_shows_every_command_with_an_example(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    for word in ("compare", "brief", "countries", "matrix", "python -m analysis compare NLD CHN"):
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


TEAM = "team,name,culture,weight\nRotterdam,Anna,NLD,1\nRotterdam,Bo,NLD:0.5;CHN:0.5,1\n"


def test_a_teams_file_stands_wherever_a_country_does(capsys, tmp_path):
    path = tmp_path / "team.csv"
    path.write_text(TEAM, "utf-8")
    status, out, err = run(capsys, "compare", str(path), "CHN", "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert (found["a"]["name"], found["a"]["kind"]) == ("Rotterdam", "team")
    # Anna 38 and Bo (38 + 80) / 2 = 59, each half: 48.5.
    assert found["a"]["scores"]["pdi"] == pytest.approx(48.5)
    assert set(found["a"]["standing"].values()) == {"yours"}
    out_file = tmp_path / "x.json"
    run(capsys, "brief", str(path), "CHN", "--out", str(out_file))
    assert json.loads(out_file.read_text("utf-8"))["stamp"]["link"] is None


def test_team_says_what_a_file_holds_and_names_what_is_left_out(capsys, tmp_path):
    path = tmp_path / "team.csv"
    path.write_text(TEAM + "Rotterdam,Eve,Atlantis,1\n", "utf-8")
    status, out, err = run(capsys, "team", str(path))
    assert status == 0
    assert "Rotterdam: 2 members." in out
    assert err.startswith("team.csv: Row 4, column C (culture): found “Atlantis”")
    assert err.count("\n") == 1
    _, out, _ = run(capsys, "team", str(path), "--json")
    found = json.loads(out)
    assert found["kind"] == "members"
    assert found["teams"][0]["scores"]["pdi"] == pytest.approx(48.5)
    assert [fault["row"] for fault in found["faults"]] == [4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        ("", "team.csv: "),
        (TEAM + "Delft,Cas,NLD,1\n", "holds “Rotterdam” and “Delft”: give a file with one team"),
    ],
)
def test_a_file_that_is_no_team_is_one_sentence(capsys, tmp_path, content, said):
    path = tmp_path / "team.csv"
    if content is not None:
        path.write_text(content, "utf-8")
    status, out, err = run(capsys, "compare", str(path), "CHN")
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
