import io
import zipfile
from datetime import date

import pytest
from docx import Document

from analysis.deal import EMPTY_FORM
from analysis.exports.docx import as_docx
from analysis.settings import make_settings
from tests.exports.cases import DEAL

HOSTILE = {"NLD": '=HYPERLINK("http://x","y")', "CHN": "<script>alert(1)</script>" + "x" * 9000}


def opened(data):
    return Document(io.BytesIO(data))


def text_of(document):
    cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def brief(subject_of):
    return opened(as_docx(subject_of("NLD", "CHN", deal=DEAL)))


def test_a_table_of_contents_can_be_made_from_real_headings(brief):
    headings = [
        (p.style.name, p.text) for p in brief.paragraphs if p.style.name.startswith("Heading")
    ]
    names = [text for _, text in headings]
    assert {"Prepare for these", "Stage by stage", "Plans", "Worksheets"} <= set(names)
    assert {"How sure are we?", "Not everyone", "Sources", "About this document"} <= set(names)
    assert {style for style, _ in headings} == {"Heading 1", "Heading 2", "Heading 3"}
    assert brief.paragraphs[0].style.name == "Title"


def test_tables_and_figures_have_numbered_captions(brief):
    captions = [p for p in brief.paragraphs if p.style.name == "Caption"]
    assert len([p for p in captions if p.text.startswith("Table")]) == len(brief.tables)
    assert len([p for p in captions if p.text.startswith("Figure")]) == len(brief.inline_shapes)
    assert all("SEQ" in p._p.xml for p in captions)
    assert captions[0].text.startswith("Figure 1. ")


def test_pictures_are_described_and_inside_the_page(brief):
    section = brief.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for shape in brief.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 60
        assert shape.width <= room


def test_tables_fit_the_page_and_repeat_their_head(brief):
    section = brief.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in brief.tables:
        assert sum(column.width for column in table.columns) <= room + 10_000
        assert "w:tblHeader" in table.rows[0]._tr.xml


def test_every_prediction_is_there_and_the_stamp_too(brief, subject_of):
    subject = subject_of("NLD", "CHN", deal=DEAL)
    told = text_of(brief)
    for stage in subject.brief.stages:
        for found in stage.first:
            assert found.topic.question in told
    for part in ("nothing about the person opposite", "22 November 2026",
                 f"data {subject.stamp.data_version}", subject.stamp.settings_line):  # fmt: skip
        assert part in told
    assert brief.part.rels
    links = [r.target_ref for r in brief.part.rels.values() if r.is_external]
    assert links == [subject.stamp.link]


@pytest.mark.parametrize("deal", [None, EMPTY_FORM])
@pytest.mark.parametrize(
    ("a", "b"), [("SWE", "FIN"), ("UKR", "POL"), ("SAU", "NGA"), ("TTO", "CHE-FR"), ("ISR", "USA")]
)
def test_any_pair_makes_a_document_without_an_empty_part(subject_of, a, b, deal):
    document = opened(as_docx(subject_of(a, b, deal=deal)))
    paragraphs = [p for p in document.paragraphs if p.style.name.startswith("Heading")]
    after = {p._p: p._p.getnext() for p in paragraphs}
    assert all(
        follower is not None and not follower.tag.endswith("sectPr") for follower in after.values()
    )
    assert all(len(table.rows) > 1 for table in document.tables)
    if a == "UKR":
        assert "missing" in text_of(document)


def test_changed_settings_are_named(subject_of, tables):
    settings = make_settings(tables, unrounded=True)
    assert "scores unrounded" in text_of(
        opened(as_docx(subject_of("NLD", "CHN", settings=settings)))
    )


@pytest.mark.parametrize("deal", [None, DEAL])
def test_a_hostile_name_stays_a_name(subject_of, deal):
    data = as_docx(subject_of("NLD", "CHN", deal=deal, names=HOSTILE))
    document = opened(data)
    assert HOSTILE["NLD"] in document.paragraphs[0].text
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    assert b"<script>" not in body
    assert b"HYPERLINK" in body
    fields = [node.text for node in document.element.iter() if node.tag.endswith("instrText")]
    assert fields
    assert not any("HYPERLINK" in field for field in fields)
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert all(link.startswith("http://127.0.0.1:8501/") for link in links)


@pytest.mark.parametrize("name", ["鹿特丹采购团队", "فريق المشتريات", "हिन्दी दल"])
def test_names_in_any_script_go_through_whole(subject_of, name):
    assert name in text_of(opened(as_docx(subject_of("NLD", "CHN", names={"NLD": name}))))


def test_the_same_day_gives_the_same_bytes_and_another_does_not(subject_of):
    one, two = (as_docx(subject_of("SWE", "FIN")) for _ in range(2))
    assert one == two
    assert as_docx(subject_of("SWE", "FIN", day=date(2026, 11, 23))) != one
