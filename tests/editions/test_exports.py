"""An edition on the command line and in what is taken away."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from analysis.cli import main
from analysis.comparison import compare
from analysis.deal import EMPTY_FORM
from analysis.editions import edition_template, with_editions
from analysis.exports.formats import FORMATS, write_export
from analysis.exports.subject import make_subject
from analysis.friction.assessment import assess
from analysis.friction.reference import plain_friction_references
from analysis.link import View
from analysis.reference import yardstick_for
from analysis.settings import default_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def newer(tables, tmp_path):
    """The matrix of 2015 as a file, China's individualism 43, with one bad row."""
    base = tables.frameworks["hofstede-2015"]
    lines = ["Country,PDI,IDV,MAS,UAI,LTO,IVR"]
    for profile, row in zip(base.profile_ids, base.scores, strict=True):
        cells = ["" if np.isnan(v) else f"{v:g}" for v in row]
        if profile == "CHN":
            cells[1] = "43"
        lines.append(",".join([profile, *cells]))
    path = tmp_path / "Scores of 2023.csv"
    path.write_text("\n".join([*lines, "Atlantis,1,2,3,4,5,6"]), "utf-8")
    return path


def run(capsys, *arguments):
    status = main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_compare_takes_a_file_in_place_of_a_framework(capsys, newer):
    status, out, err = run(capsys, "compare", "NLD", "CHN", "--framework", newer)
    assert status == 0
    assert "farther than 84 of 100 country pairs" in " ".join(out.split())
    assert "Source: scores that you uploaded as “Scores of 2023”, not checked." in " ".join(
        out.split()
    )
    assert "found “Atlantis”" in err
    assert err.count("The row is left out.") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (edition_template(), "Nothing stands below the names"),
        (b"Country,PDI,IDV,MAS,UAI,LTO,IVR\nNLD,1,2,3,4,5,6", "at least ten"),
    ],
)
def test_a_file_that_makes_no_framework_is_one_sentence_and_status_2(
    capsys, tmp_path, content, said
):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    status, out, err = run(capsys, "compare", "NLD", "CHN", "--framework", path)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert run(capsys, "compare", "NLD", "CHN", "--framework", tmp_path / "no.csv")[0] == 2


def test_json_is_valid_names_the_edition_and_has_no_link(capsys, newer, tmp_path):
    out = tmp_path / "found.json"
    assert run(capsys, "compare", "NLD", "CHN", "--framework", newer, "--out", out)[0] == 0
    found = json.loads(out.read_text("utf-8"))
    schema = ROOT / "data" / "schemas" / "parley-comparison.schema.json"
    Draft202012Validator(json.loads(schema.read_text("utf-8"))).validate(found)
    assert found["stamp"]["link"] is None
    assert "uploaded as “Scores of 2023”, not checked" in found["stamp"]["source"]
    assert found["a"]["standing"]["pdi"] == "yours"
    edition = found["settings"]["framework"]
    assert found["provenance"]["numbers"]["/a/scores/pdi"]["sources"] == [edition]
    assert "not checked" in found["provenance"]["sources"][edition]["description"]
    assert "hofstede-2015-matrix" not in json.dumps(
        found["provenance"]["numbers"]["/measures/angle"]
    )


@pytest.fixture(scope="module")
def subject(tables, knowledge, edition_of_2015, references_over):
    edition = edition_of_2015({("CHN", "idv"): 43.0}, name="=Scores\tof\u202e 2023")
    references = references_over(with_editions(tables, [edition]))
    settings = default_settings(references.tables, edition.id)
    pair = compare(references, "NLD", "CHN", settings)
    against = plain_friction_references(knowledge, references)
    yardstick = yardstick_for(settings, pair.dimensions_used)
    return make_subject(
        references.tables, knowledge, View("NLD", "CHN", (), settings), pair,
        assess(knowledge, references, against, pair, EMPTY_FORM), day=date(2026, 11, 22),
        distances=references.distances(yardstick, settings.measure),
    )  # fmt: skip


@pytest.mark.parametrize("one", FORMATS)
def test_every_format_can_be_made_under_an_edition(subject, one):
    assert len(write_export(one, subject)) > 500


def test_the_stamp_names_the_edition_legibly_and_has_no_link(subject):
    said = "“=Scores of 2023”"
    assert subject.stamp.source.startswith(f"Source: scores that you uploaded as {said}")
    assert subject.stamp.settings == (f"scores of {said}",)
    assert subject.stamp.link == ""
    assert "The same view" not in " ".join(subject.stamp.lines)


def test_the_csv_names_the_edition_behind_each_score(subject):
    text = write_export("csv", subject).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    scores = [row for row in rows if row["section"] == "score"]
    assert len(scores) == 12
    assert {row["standing"] for row in scores} == {"yours"}
    assert all(row["source"].startswith("edition-") for row in scores)
