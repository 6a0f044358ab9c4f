"""What stands beside the rank, and what heads a rank: the same in every file."""

import csv
import io
import json
import re

import openpyxl
import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from analysis.deal import EMPTY_FORM
from analysis.exports.formats import write_export
from tests.exports.cases import DEAL
from tests.exports.plain_text import plain_text

FOR_PEOPLE = ["pptx", "pdf", "docx", "xlsx"]
ALL = [*FOR_PEOPLE, "pdf-page", "csv", "json"]


def squeezed(text):
    return re.sub(r"\s", "", text)


def told(subject, format_id):
    return squeezed(plain_text(format_id, write_export(format_id, subject)))


@pytest.mark.parametrize("deal", [None, DEAL])
@pytest.mark.parametrize("format_id", ALL)
def test_every_file_says_where_another_survey_puts_the_pair_elsewhere(subject_of, format_id, deal):
    # Netherlands and Japan: 94 of 100 by Hofstede, 30 by Inglehart-Welzel.
    subject = subject_of("NLD", "JPN", deal=deal, agreed=True)
    caution = "Not every survey agrees: Inglehart-Welzel 2023 puts the pair farther apart than only"
    assert squeezed(caution) in told(subject, format_id)
    assert caution in subject.agreement.caution


@pytest.mark.parametrize("format_id", ALL)
def test_no_file_warns_where_the_surveys_agree_or_there_is_no_rank(subject_of, format_id):
    for a, b in (("SWE", "FIN"), ("UKR", "POL")):
        subject = subject_of(a, b, agreed=True)
        assert "Noteverysurvey" not in told(subject, format_id)
        assert subject.cautions == ()


def test_the_caution_stands_with_the_sentences_and_with_the_rank_of_a_deck(subject_of):
    subject = subject_of("NLD", "JPN", agreed=True)
    slides = Presentation(io.BytesIO(write_export("pptx", subject))).slides
    where = {
        slide.shapes.title.text_frame.text
        for slide in slides
        for shape in slide.shapes
        if shape.has_text_frame and subject.agreement.caution in shape.text_frame.text
    }
    assert where == {
        "The Netherlands and Japan stand far apart", "Farther apart than 94 of 100 country pairs",
    }  # fmt: skip


def test_the_caution_is_a_field_of_the_json_and_a_row_of_the_csv(subject_of):
    for a, b, said in (("NLD", "JPN", True), ("SWE", "FIN", False)):
        subject = subject_of(a, b, agreed=True)
        found = json.loads(write_export("json", subject)).get("caution")
        rows = csv.DictReader(io.StringIO(write_export("csv", subject).decode("utf-8-sig")))
        kept = [row["text"] for row in rows if row["label"] == "Beside the rank"]
        assert found == (subject.agreement.caution if said else None)
        assert kept == ([found] if said else [])


@pytest.mark.parametrize("format_id", FOR_PEOPLE)
def test_a_rank_is_headed_by_what_it_says(subject_of, format_id):
    subject = subject_of("NLD", "CHN", further=("JPN",), agreed=True)
    text = plain_text(format_id, write_export(format_id, subject))
    # Every measure, all parties two by two and, where it is no chart, every framework.
    assert squeezed(text).count("Fartherthan,of100pairs") >= 2 + (format_id in ("pptx", "xlsx"))
    assert not re.search(r"\bRank\b", text)


def test_the_table_of_data_says_what_its_overall_number_is(subject_of):
    rows = csv.DictReader(
        io.StringIO(write_export("csv", subject_of("NLD", "CHN")).decode("utf-8-sig"))
    )
    (row,) = (row for row in rows if row["item"] == "overall")
    assert row["label"] == "Overall friction: mean severity of the areas"


def test_the_gap_says_which_side_is_taken_from_which(subject_of):
    for format_id in ("pptx", "pdf", "docx"):
        said = told(subject_of("SWE", "FIN"), format_id)
        assert squeezed("lie above 100. Gap: Sweden minus Finland.") in said


def test_a_region_is_named_without_brackets_in_brackets(subject_of):
    said = told(subject_of("SAU", "NGA"), "docx")
    assert squeezed("77 (regional: West Africa)") in said


@pytest.mark.parametrize("deal", [None, DEAL])
def test_a_brief_says_how_both_ranks_hold_and_a_comparison_need_not(subject_of, deal):
    # Netherlands and Japan: 94 of 100 in distance, about 53 in friction.
    subject = subject_of("NLD", "JPN", deal=deal)
    assert len(subject.both_ranks) == 1
    for format_id in ("pptx", "pdf-page", "docx", "xlsx"):
        assert (squeezed(subject.both_ranks[0]) in told(subject, format_id)) == bool(deal)


def test_a_short_table_stays_on_one_page(subject_of):
    # The first and the last row of the measures, and of the scores from caption to note.
    for further in ((), ("JPN",), ("JPN", "BRA"), ("JPN", "BRA", "DEU")):
        data = write_export("pdf", subject_of("NLD", "CHN", further=further, agreed=True))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
        ends = [("Konara-Mohr 1.9475", "Angle 43.2980"), ("Table 1.", "Gap: Nether")]
        if further:
            ends.append(("two by two\nTable", "pairs on those."))
        for first, last in ends:
            assert [first in text for text in pages] == [last in text for text in pages]


def test_the_rows_of_a_short_table_keep_together_in_a_document(subject_of):
    document = Document(io.BytesIO(write_export("docx", subject_of("NLD", "CHN", deal=DEAL))))
    for table in document.tables:
        kept = {
            c.paragraphs[0].paragraph_format.keep_with_next for r in table.rows for c in r.cells
        }
        assert kept == {len(table.rows) <= 10}
    assert {len(table.rows) <= 10 for table in document.tables} == {True, False}


# Decks


def test_a_heading_promises_common_ground_only_where_there_is_some(subject_of):
    for pair, shared in ((("SAU", "NGA"), True), (("NLD", "JPN"), False)):
        slides = Presentation(io.BytesIO(write_export("pptx", subject_of(*pair)))).slides
        titles = [slide.shapes.title.text_frame.text for slide in slides]
        assert ("What overlaps, and what can be built on" in titles) == shared
        assert ("What overlaps, and no common ground in the scores" in titles) != shared


def slides_with_tables(subject):
    for slide in Presentation(io.BytesIO(write_export("pptx", subject))).slides:
        if any(shape.has_table for shape in slide.shapes):
            yield slide


def note_of(slide):
    return next(
        (s for s in slide.placeholders if s.placeholder_format.idx == 13 and s.has_text_frame), None
    )


def test_letters_under_a_table_grow_where_there_is_room(subject_of):
    def size(slide):
        return note_of(slide).text_frame.paragraphs[0].runs[0].font.size

    noted = [s for s in slides_with_tables(subject_of("NLD", "CHN", agreed=True)) if note_of(s)]
    sizes = {slide.shapes.title.text_frame.text: size(slide) for slide in noted}
    assert sizes["The frameworks point to one side, not all of them surely"] == Pt(12)
    assert min(sizes.values()) >= Pt(10)


@pytest.mark.parametrize("deal", [EMPTY_FORM, DEAL])
def test_every_slide_with_badges_says_what_they_mean(subject_of, deal):
    seen = 0
    for slide in slides_with_tables(subject_of("NLD", "CHN", deal=deal)):
        table = next(shape.table for shape in slide.shapes if shape.has_table)
        cells = [cell.text for row in table.rows for cell in row.cells]
        note = note_of(slide).text_frame.text if note_of(slide) else ""
        for badge, meaning in (
            ("of 100; evidence", "means wider apart on the topic"), ("contested", "Contested:"),
            ("uncertain", "Uncertain:"), ("evidence C", "practitioners’ accounts or theory"),
        ):  # fmt: skip
            if any(badge in cell for cell in cells):
                seen += 1
                assert meaning in note, slide.shapes.title.text_frame.text
    assert seen > 5


def test_only_the_first_slide_of_a_stage_says_first(subject_of):
    titles = [s.shapes.title.text_frame.text for s in slides_with_tables(
        subject_of("NLD", "CHN", deal=DEAL))]  # fmt: skip
    stages = [title for title in titles if ": first “" in title or ": then “" in title]
    opened = [title.split(": first")[0] for title in stages if ": first “" in title]
    assert len(opened) == len(set(opened)) < len(stages)


def test_without_a_prediction_a_deck_does_not_speak_of_predictions(subject_of):
    deck = told(subject_of("UKR", "POL", deal=EMPTY_FORM), "pptx")
    assert "severalpredictionsareonegap" not in deck


def test_the_name_of_the_pair_stands_clear_of_the_bars(subject_of):
    subject = subject_of("SAU", "NGA")
    charts = [
        shape.chart
        for slide in Presentation(io.BytesIO(write_export("pptx", subject))).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    bars, mark = charts[-1].plots[0].series
    marked = [place for place, value in enumerate(mark.values) if value is not None]
    assert len(marked) == 1
    assert mark.values[marked[0]] > max(bars.values)
    assert mark.points[marked[0]].data_label.text_frame.text == "This pair"


# Workbooks


def test_a_sentence_that_starts_from_the_right_still_reads_from_the_left(subject_of):
    arabic = "فريق المشتريات"
    subject = subject_of("NLD", "ISR", names={"ISR": arabic})
    book = openpyxl.load_workbook(io.BytesIO(write_export("xlsx", subject)))
    starts = [
        c for row in book["Summary"].iter_rows() for c in row if str(c.value).startswith(arabic)
    ]
    assert starts
    assert {cell.alignment.readingOrder for cell in starts} == {1}
    # Behind such a name a bare day would be drawn as “November 2026 · 22”.
    footer = book["Summary"].oddFooter.left.text
    assert re.search(rf"{arabic} · Parley data \S+ · 22 November 2026", footer)


def test_why_a_framework_is_silent_stands_in_a_line_of_its_own(subject_of):
    subject = subject_of("SAU", "NGA", agreed=True)
    sheet = openpyxl.load_workbook(io.BytesIO(write_export("xlsx", subject)))["Measures"]
    lines = {cell.value: cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value}
    place = lines["Tightness 2011: no score for Saudi Arabia or Nigeria."]
    assert any(str(merged).startswith(f"{place}:") for merged in sheet.merged_cells.ranges)
