import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from analysis.deal import EMPTY_FORM
from analysis.exports.fitting import text_height
from analysis.exports.pptx import as_pptx
from analysis.settings import make_settings
from tests.exports.cases import DEAL

HOSTILE = {"NLD": '=HYPERLINK("http://x","y")', "CHN": "<script>alert(1)</script>" + "x" * 9000}


def opened(data):
    return Presentation(io.BytesIO(data))


@pytest.fixture(scope="module")
def comparison(subject_of):
    return opened(as_pptx(subject_of("NLD", "CHN")))


@pytest.fixture(scope="module")
def brief(subject_of):
    return opened(as_pptx(subject_of("NLD", "CHN", deal=DEAL)))


def texts_of(slide):
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def charts_of(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_the_master_is_our_own_with_four_layouts(comparison):
    assert [layout.name for layout in comparison.slide_layouts] == [
        "Parley title", "Parley content", "Parley chart", "Parley table",
    ]  # fmt: skip
    assert comparison.slide_width / comparison.slide_height == pytest.approx(16 / 9, abs=1e-3)
    used = {slide.slide_layout.name for slide in comparison.slides}
    assert len(used) == 4


def test_every_slide_has_one_message_notes_a_number_and_the_footer(comparison, brief):
    for deck in (comparison, brief):
        titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
        assert all(titles)
        assert len(set(titles)) == len(titles)
        for slide in deck.slides:
            notes = slide.notes_slide.notes_text_frame.text
            assert "Source: Geert Hofstede" in notes
            assert "Settings: all at their defaults." in notes
            assert "nothing about the person opposite" in notes
            kinds = {place.placeholder_format.idx for place in slide.placeholders}
            assert {15, 16} <= kinds
            assert any("22 November 2026" in text for text in texts_of(slide))


def test_the_decks_have_about_the_length_people_sit_through(comparison, brief):
    assert 6 <= len(comparison.slides) <= 10
    assert 11 <= len(brief.slides) <= 17


def test_charts_are_native_and_editable_with_the_scores_behind_them(comparison, subject_of):
    radar, gaps, distribution = (frame.chart for frame in charts_of(comparison))
    assert radar.chart_type == XL_CHART_TYPE.RADAR_MARKERS
    assert gaps.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    assert distribution.chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED
    ours, theirs = radar.plots[0].series
    assert list(ours.values) == [38, 80, 14, 53, 67, 68]
    assert list(theirs.values) == [80, 20, 66, 30, 87, 24]
    # All 1,891 pairs of the reference set stand in the bars.
    assert sum(distribution.plots[0].series[0].values) == 1891
    book = openpyxl.load_workbook(io.BytesIO(radar.part.chart_workbook.xlsx_part.blob))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][1:] == ("Netherlands", "China")
    assert rows[2] == ("Individualism", 80, 20)


def test_the_sides_keep_their_colours_dashes_and_markers(comparison):
    xml = etree.tostring(charts_of(comparison)[0].chart._chartSpace).decode()
    ours, theirs = re.findall(r"<c:ser>.*?</c:ser>", xml, re.DOTALL)
    assert "0072B2" in ours
    assert 'prstDash val="solid"' in ours
    assert 'symbol val="circle"' in ours
    assert "D55E00" in theirs
    assert 'prstDash val="dash"' in theirs
    assert 'symbol val="square"' in theirs


def test_every_chart_and_table_has_a_text_alternative(comparison, brief):
    for deck in (comparison, brief):
        for slide in deck.slides:
            for shape in slide.shapes:
                if shape.has_chart or shape.has_table:
                    assert len(shape._element.xpath(".//p:cNvPr/@descr")[0]) > 20
    described = charts_of(comparison)[0]._element.xpath(".//p:cNvPr/@descr")[0]
    assert "Netherlands: power distance 38" in described


def test_a_missing_score_is_a_gap_and_a_regional_one_is_hollow(subject_of):
    radar = charts_of(opened(as_pptx(subject_of("ISR", "USA"))))[0].chart
    assert radar.plots[0].series[0].values[5] is None
    assert radar._chartSpace.xpath("//c:dispBlanksAs/@val") == ["gap"]
    regional = charts_of(opened(as_pptx(subject_of("SAU", "NGA"))))[0].chart
    hollow = regional._chartSpace.xpath("//c:dPt[.//c:marker//a:srgbClr/@val='FFFFFF']")
    saudi, nigeria = (subject_of("SAU", "NGA").parties[i] for i in (0, 1))
    expected = len(saudi.dimensions_with("regional")) + len(nigeria.dimensions_with("regional"))
    assert len(hollow) == expected > 0


def test_a_pair_without_a_distance_gets_its_reason_and_its_scores(subject_of):
    subject = subject_of("UKR", "POL")
    deck = opened(as_pptx(subject))
    told = "\n".join(text for slide in deck.slides for text in texts_of(slide))
    assert subject.comparison.reason in told
    assert "missing" in told
    assert "Farther apart" not in told
    assert len(opened(as_pptx(subject_of("UKR", "POL", deal=EMPTY_FORM))).slides) > 6


def test_all_settings_that_differ_are_on_the_first_slide(subject_of, tables):
    settings = make_settings(tables, published_only=True, score_error=9)
    deck = opened(as_pptx(subject_of("NLD", "CHN", settings=settings)))
    told = "\n".join(texts_of(deck.slides[0]))
    assert "published scores only" in told
    assert "error of a score 9 points" in told
    assert "?a=NLD&b=CHN&published=1&error=9" in told


def test_further_parties_are_in_the_charts_and_two_by_two(subject_of):
    deck = opened(as_pptx(subject_of("NLD", "CHN", further=("JPN", "BRA"))))
    assert len(charts_of(deck)[0].chart.plots[0].series) == 4
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    table = next(
        shape.table
        for shape in deck.slides[titles.index("All parties, two by two")].shapes
        if shape.has_table
    )
    assert len(table.rows) == 1 + 6  # four parties make six pairs


@pytest.mark.parametrize("deal", [None, DEAL])
def test_a_hostile_name_stays_a_name(subject_of, deal):
    data = as_pptx(subject_of("NLD", "CHN", deal=deal, names=HOSTILE))
    deck = opened(data)
    assert HOSTILE["NLD"] in deck.slides[0].shapes.title.text_frame.text
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        content = archive.read(name)
        assert b"<script>" not in content
        assert b'Target="http://x"' not in content
        if name.endswith(".xlsx"):
            inner = zipfile.ZipFile(io.BytesIO(content))
            assert all(b"<f>" not in inner.read(part) for part in inner.namelist())
            assert not [part for part in inner.namelist() if "hyperlink" in part.lower()]


@pytest.mark.parametrize("name", ["鹿特丹采购团队", "فريق المشتريات", "हिन्दी दल"])
def test_names_in_any_script_go_through_whole(subject_of, name):
    deck = opened(as_pptx(subject_of("NLD", "CHN", names={"NLD": name})))
    assert name in deck.slides[0].shapes.title.text_frame.text
    assert charts_of(deck)[0].chart.plots[0].series[0].name == name


def test_the_same_day_gives_the_same_bytes_and_another_does_not(subject_of):
    one, two = (as_pptx(subject_of("NLD", "CHN", deal=DEAL)) for _ in range(2))
    assert one == two
    assert as_pptx(subject_of("NLD", "CHN", deal=DEAL, day=date(2026, 11, 23))) != one


CASES = [
    ("SWE", "FIN", {}), ("TTO", "CHE-FR", {}), ("SAU", "NGA", {}), ("UKR", "POL", {}),
    ("NLD", "CHN", {"names": HOSTILE}), ("NLD", "CHN", {"further": ("JPN", "BRA", "USA", "IND")}),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "more"), CASES)
@pytest.mark.parametrize("deal", [None, DEAL, EMPTY_FORM])
def test_tables_and_texts_stay_on_the_slide(subject_of, a, b, more, deal):
    deck = opened(as_pptx(subject_of(a, b, deal=deal, **more)))
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table:
                bottom = shape.top + sum(row.height for row in shape.table.rows)
                assert bottom <= 6.3 * 914400, slide.shapes.title.text_frame.text
            elif shape.has_text_frame and shape.placeholder_format.idx not in {15, 16}:
                place = next(
                    p for p in slide.slide_layout.placeholders
                    if p.placeholder_format.idx == shape.placeholder_format.idx
                )  # fmt: skip
                needed = sum(
                    text_height(p.text, place.width / 12700, max(r.font.size.pt for r in p.runs))
                    for p in shape.text_frame.paragraphs
                    if p.runs and all(r.font.size for r in p.runs)
                )
                assert needed <= place.height / 12700 + 1, shape.text_frame.text
