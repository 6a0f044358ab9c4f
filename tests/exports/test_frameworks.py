"""Every export under every framework that ships: opened again, with its own scores and source."""

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document
from jsonschema import Draft202012Validator
from PIL import Image
from pptx import Presentation

from analysis.agreement import find_agreement
from analysis.comparison import compare
from analysis.exports.blocks import Figure
from analysis.exports.formats import FORMATS, chart_names, one_picture, write_export
from analysis.exports.paper import paper_of
from analysis.settings import default_settings
from tests.exports.cases import DEAL
from tests.exports.plain_text import plain_text

SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"
FRAMEWORKS = ("globe-2004-values", "inglehart-welzel-2023", "tightness-2011")
KINDS = ("comparison", "brief")
READ = [one.id for one in FORMATS.values() if one.suffix != ".zip"]
# The Netherlands and China as the sources print them.
SCORES = {
    "globe-2004-values": ("5.44", "3.02"),  # assertiveness
    "inglehart-welzel-2023": (),
    "tightness-2011": ("3.3", "7.9"),
}
WIDEST = {"globe-2004-values": 9, "inglehart-welzel-2023": 2, "tightness-2011": 1}
ABSENT = "the topics rest on the dimensions of Hofstede 2015"

every_framework = pytest.mark.parametrize("framework", FRAMEWORKS)
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def made(references, subject_of):
    """Return what is exported under a framework, and each of its files, made once."""
    tables = references.tables

    @cache
    def subject(framework, kind):
        settings = default_settings(tables, framework)
        found = subject_of("NLD", "CHN", settings=settings, deal=DEAL if kind == "brief" else None)
        agreement = find_agreement(
            tables, found.comparison,
            lambda under: compare(references, "NLD", "CHN", under, (under.measure,)),
        )  # fmt: skip
        return replace(found, agreement=agreement)

    @cache
    def file(framework, kind, format_id):
        return write_export(format_id, subject(framework, kind))

    return subject, file


@every_framework
@every_kind
@pytest.mark.parametrize("format_id", READ)
def test_every_file_opens_and_names_its_own_source(made, tables, framework, kind, format_id):
    subject, file = made
    told = plain_text(format_id, file(framework, kind, format_id))
    source = tables.sources[tables.frameworks[framework].source]
    flat = re.sub(r"[\s{}\\]", "", told)
    assert re.sub(r"\s", "", source.title.split(":")[0]) in flat
    assert re.sub(r"\s", "", f"scores of {tables.frameworks[framework].short_name}") in flat
    # Where scores are said to come from, Hofstede's matrix is not named.
    for line in subject(framework, kind).stamp.lines:
        assert "ofstede" not in line.split("http")[0]


@every_framework
@every_kind
def test_the_slides_hold_the_scores_in_native_charts(made, tables, framework, kind):
    slides = Presentation(io.BytesIO(made[1](framework, kind, "pptx"))).slides
    charts = [s.chart for slide in slides for s in slide.shapes if s.has_chart]
    radars = [c for c in charts if "RADAR" in str(c.chart_type)]
    assert len(radars) == (WIDEST[framework] >= 3)
    own = tables.frameworks[framework]
    published = sorted(own.scores[[own.row("NLD"), own.row("CHN")]].ravel())
    sides = ["Netherlands", "China"]
    plots = [c for c in charts if c.plots and [s.name for s in c.plots[0].series] == sides]
    assert plots
    for chart in plots:
        drawn = sorted(value for series in chart.plots[0].series for value in series.values)
        assert drawn == pytest.approx(published)
    titles = [slide.shapes.title.text for slide in slides]
    assert len(titles) == len(set(titles))  # no chart stands twice
    if kind == "comparison":
        assert "The frameworks point to one side, not all of them surely" in titles


@every_framework
@every_kind
def test_documents_say_why_friction_is_absent_and_what_to_do(made, framework, kind):
    for format_id in ("pdf", "docx", "pptx", "json", "csv", "xlsx"):
        told = " ".join(plain_text(format_id, made[1](framework, kind, format_id)).split())
        assert re.sub(r"\s", "", ABSENT) in re.sub(r"\s", "", told), format_id
        assert "underSettings" in re.sub(r"\s", "", told), format_id


@every_framework
@every_kind
def test_the_document_has_each_picture_once_and_no_radar_below_three_dimensions(
    made, framework, kind
):
    document = Document(io.BytesIO(made[1](framework, kind, "docx")))
    titles = [s._inline.docPr.get("title") for s in document.inline_shapes]
    assert len(titles) == len(set(titles))
    assert "The frameworks point to one side, not all of them surely" in titles
    subject = made[0](framework, kind)
    assert ("radar" in chart_names(subject)) == (WIDEST[framework] >= 3)
    assert "agreement" in chart_names(subject)
    told = plain_text("docx", made[1](framework, kind, "docx"))
    assert "How well such predictions hold" not in told
    for score in SCORES[framework]:
        assert score in told


def test_scores_and_gaps_stand_with_the_decimals_of_their_framework(made):
    told = plain_text("docx", made[1]("globe-2004-values", "comparison", "docx"))
    # Assertiveness 3.02 and 5.44; the file holds more digits: 3.0219 - 5.4425 = -2.4206.
    assert "−2.42" in told
    assert not re.search(r"[−+]\d\.\d{3,}", told)


@every_framework
@every_kind
def test_the_workbook_opens_with_every_formulas_value(made, tables, framework, kind):
    book = openpyxl.load_workbook(io.BytesIO(made[1](framework, kind, "xlsx")), data_only=True)
    rows = list(book["Measures"].iter_rows(values_only=True))
    found = {row[0]: row for row in rows if row[0]}
    in_use = f"{tables.frameworks[framework].short_name} (in use)"
    assert found[in_use][1] == WIDEST[framework]
    assert all(f.short_name in str(found) for f in tables.frameworks.values())
    if framework == "tightness-2011":
        assert found["Angle"][1] == "takes two dimensions"


@every_framework
@every_kind
def test_the_json_fits_its_schema_and_each_rank_can_be_followed(made, tables, framework, kind):
    found = json.loads(made[1](framework, kind, "json"))
    schema = json.loads((SCHEMAS / f"parley-{kind}.schema.json").read_text("utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(found)
    opinions = found["agreement"]["frameworks"]
    assert [o["framework"] for o in opinions if o["in_use"]] == [framework]
    assert opinions[0]["percentile"] == found["headline"]["percentile"]
    for place, opinion in enumerate(opinions):
        entry = found["provenance"]["numbers"][f"/agreement/frameworks/{place}"]
        own = tables.frameworks[opinion["framework"]]
        assert entry["sources"][0] == own.source
        assert entry["score_error"] == own.score_error
        assert own.source in found["provenance"]["sources"]


@every_framework
@every_kind
def test_the_table_has_a_row_for_each_framework(made, tables, framework, kind):
    text = made[1](framework, kind, "csv").decode("utf-8-sig")
    rows = [r for r in csv.DictReader(io.StringIO(text)) if r["section"] == "framework"]
    assert rows[0]["item"] == framework
    assert {r["item"] for r in rows} == set(tables.frameworks)
    for row in rows:
        low, rank, high = (
            float(row[f"percentile{end}"]) for end in ("_low", "", "_high")
        )  # fmt: skip
        assert low < rank < high
        assert row["source"].split()[0] == tables.frameworks[row["item"]].source


@every_framework
def test_the_references_cite_the_frameworks_source(made, tables, framework):
    told = made[1](framework, "comparison", "bib").decode()
    keys = re.findall(r"^@\w+\{([^,]+),", told, re.MULTILINE)
    assert keys[1] == tables.frameworks[framework].source
    assert {f.source for f in tables.frameworks.values()} <= set(keys)  # each ranks the pair


@every_framework
def test_the_picture_of_the_frameworks_opens_in_both_looks(made, framework):
    subject = made[0](framework, "comparison")
    for look in ("light", "dark"):
        root = ElementTree.fromstring(one_picture(subject, "agreement", ".svg", look))
        assert root.find("{http://www.w3.org/2000/svg}title").text
        image = Image.open(io.BytesIO(one_picture(subject, "agreement", ".png", look)))
        assert image.size[0] == 1950


def test_a_pair_without_a_second_opinion_has_no_picture_of_it(made, references, subject_of):
    found = subject_of("TTO", "CHE-FR")
    agreement = find_agreement(
        references.tables, found.comparison,
        lambda under: compare(references, "TTO", "CHE-FR", under, (under.measure,)),
    )  # fmt: skip
    subject = replace(found, agreement=agreement)
    assert "agreement" not in chart_names(subject)
    for format_id in ("pdf", "docx", "xlsx", "json"):
        told = re.sub(r"\s", "", plain_text(format_id, write_export(format_id, subject)))
        assert "OnlyHofstede2015knowsboth" in told, format_id


@every_framework
def test_a_brief_without_friction_starts_with_the_distance_and_speaks_of_no_topic(made, framework):
    slides = Presentation(io.BytesIO(made[1](framework, "brief", "pptx"))).slides
    told = [" ".join(s.text_frame.text for s in one.shapes if s.has_text_frame) for one in slides]
    assert "country pairs" in told[1]
    assert any(s.has_chart for s in slides[1].shapes)
    assert sum("No friction is predicted" in text for text in told) == 1
    subject = made[0](framework, "brief")
    paper = paper_of(subject)
    assert [b.text for b in paper.left[:3]] == list(subject.answer[:3])
    assert Figure("gaps") in paper.right
    for format_id in ("pptx", "pdf", "docx"):
        text = " ".join(plain_text(format_id, made[1](framework, "brief", format_id)).split())
        assert "Eighteen topics" not in text
        assert "Prepare for these" not in text
        assert text.count("No friction is predicted") == 1
        assert "prepare by asking" in text
