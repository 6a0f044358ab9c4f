import io
import re
from datetime import date
from itertools import pairwise

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, IndirectObject

from analysis.deal import EMPTY_FORM
from analysis.exports.pdf import as_one_page, as_pdf
from analysis.settings import make_settings
from tests.exports.cases import DEAL

HOSTILE = {"NLD": '=HYPERLINK("http://x","y")', "CHN": '#link("http://x")[*a*] $x$ ' + "x" * 9000}
CASES = [
    ("NLD", "CHN", {}), ("SWE", "FIN", {}), ("TTO", "CHE-FR", {}), ("ISR", "USA", {}),
    ("SAU", "NGA", {}), ("UKR", "POL", {}), ("NLD", "CHN", {"further": ("JPN", "BRA")}),
    ("NLD", "CHN", {"names": {"NLD": "鹿特丹采购团队", "CHN": "فريق المشتريات"}}),
    ("NLD", "CHN", {"names": HOSTILE}),
]  # fmt: skip


def opened(data):
    return PdfReader(io.BytesIO(data))


def text_of(data):
    return " ".join(" ".join(page.extract_text().split()) for page in opened(data).pages)


@pytest.fixture(scope="module")
def brief(subject_of):
    return as_pdf(subject_of("NLD", "CHN", deal=DEAL))


def elements(node):
    """Every structure element below a node of the tag tree."""
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for part in node:
            yield from elements(part)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_the_document_is_tagged_for_screen_readers(brief):
    # What PDF/UA-1 (ISO 14289-1) asks of the catalogue, sections 5, 7.1 and 7.2.
    root = opened(brief).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert "The Netherlands and China" in opened(brief).metadata.title
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part\W+1\b", xmp)


def test_headings_do_not_skip_a_level_and_pictures_and_tables_are_described(brief):
    root = opened(brief).trailer["/Root"]
    found = list(elements(root["/StructTreeRoot"]["/K"]))
    kinds = [str(element["/S"]) for element in found]
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    figures = [element for element in found if element["/S"] == "/Figure"]
    assert len(figures) == 5
    assert any("Netherlands: power distance 38" in str(f.get("/Alt")) for f in figures)
    assert all(len(str(figure.get("/Alt", ""))) > 60 for figure in figures)
    assert kinds.count("/Table") >= 8
    assert kinds.count("/TH") > 20


def test_every_font_is_inside(brief):
    fonts = set()
    for page in opened(brief).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            kin = font.get_object()["/DescendantFonts"][0].get_object()
            described = kin["/FontDescriptor"].get_object()
            fonts.add(str(described["/FontName"]))
            assert "/FontFile2" in described or "/FontFile3" in described
    assert any("NotoSans" in name for name in fonts)


def test_charts_are_vectors(brief):
    for page in opened(brief).pages:
        for found in page["/Resources"].get("/XObject", {}).values():
            assert found.get_object()["/Subtype"] == "/Form"  # no bitmap


def test_pages_are_numbered_and_the_link_opens_the_same_view(brief):
    pages = opened(brief).pages
    count = len(pages)
    assert f"2 of {count}" in pages[1].extract_text()
    targets = [
        note.get_object()["/A"]["/URI"]
        for page in pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    own = [t for t in targets if t.startswith("http://127.0.0.1:8501/")]
    assert own
    assert all("a=NLD&b=CHN" in target for target in own)
    assert {t.split("/")[2] for t in targets} <= {"127.0.0.1:8501", "doi.org"}


@pytest.mark.parametrize(("a", "b", "more"), CASES)
@pytest.mark.parametrize("deal", [None, DEAL, EMPTY_FORM])
def test_the_front_page_is_one_page_and_says_all_it_must(subject_of, a, b, more, deal):
    subject = subject_of(a, b, deal=deal, **more)
    data = as_one_page(subject)
    assert len(opened(data).pages) == 1
    told = text_of(data)
    stamp = subject.stamp
    for part in ("Source: Geert Hofstede", "nothing about the person opposite",
                 stamp.day_in_words, f"data {stamp.data_version}", "Settings: all at"):  # fmt: skip
        assert part in told
    assert stamp.link.split("?")[0] in told
    if subject.brief:
        assert subject.brief.orientation.verdict in told
    if subject.comparison.reason and not more:
        assert " ".join(subject.comparison.reason.split())[:40] in told


def test_the_annexes_hold_every_prediction_with_its_test_and_its_move(brief, subject_of):
    told = re.sub(r"\s+", "", text_of(brief))
    subject = subject_of("NLD", "CHN", deal=DEAL)
    topics = [t for stage in subject.brief.stages for t in stage.first]
    assert len(topics) > 10
    for found in topics:
        assert re.sub(r"\s+", "", found.topic.question) in told
        assert re.sub(r"\s+", "", found.topic.at(found.pole_of("a")).move) in told
    for sheet in subject.brief.worksheets:
        assert re.sub(r"\s+", "", sheet.title) in told


def test_a_hostile_name_is_neither_markup_nor_link(subject_of):
    data = as_pdf(subject_of("NLD", "CHN", names=HOSTILE))
    assert '=HYPERLINK("http://x","y")' in text_of(data)
    assert '#link("http://x")[*a*]' in text_of(data)
    for page in opened(data).pages:
        for note in page.get("/Annots", []):
            assert not note.get_object().get("/A", {}).get("/URI", "").startswith("http://x")


def test_a_pair_without_a_distance_says_why_and_shows_the_scores(subject_of):
    subject = subject_of("UKR", "POL")
    told = text_of(as_pdf(subject))
    assert " ".join(subject.comparison.reason.split()) in told
    assert "missing" in told
    assert "Farther apart" not in told


def test_changed_settings_stand_on_the_first_page(subject_of, tables):
    settings = make_settings(tables, published_only=True)
    first = opened(as_pdf(subject_of("NLD", "CHN", settings=settings))).pages[0].extract_text()
    assert "published scores only" in first


def test_the_same_day_gives_the_same_bytes_and_another_does_not(subject_of):
    subject = subject_of("NLD", "CHN")
    assert as_pdf(subject) == as_pdf(subject)
    assert as_pdf(subject_of("NLD", "CHN", day=date(2026, 11, 23))) != as_pdf(subject)
