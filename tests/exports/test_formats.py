"""Laws over the registry of formats."""

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from PIL import Image

from analysis.deal import EMPTY_FORM, Deal
from analysis.exports.formats import FORMATS, file_name, one_picture, write_export
from analysis.settings import make_settings
from tests.exports.plain_text import plain_text

HOSTILE = {
    "NLD": '=HYPERLINK("http://x","y")\n<b>',
    "CHN": "<script>alert(1)</script>\u202e" + "ب" + "x" * 10_000,
}
DEAL = Deal(subject="@SUM(1+1)*cmd|' /C calc'!A0", total=1e6, first_order=5e4)
NO_ZIP = [one.id for one in FORMATS.values() if one.suffix != ".zip"]
CASES = [
    ("NLD", "CHN", {}), ("UKR", "POL", {}), ("ISR", "USA", {"deal": EMPTY_FORM}),
    ("NLD", "CHN", {"further": ("JPN", "BRA")}), ("NLD", "NLD", {}),
]  # fmt: skip


@pytest.mark.parametrize("format_id", NO_ZIP)
@pytest.mark.parametrize(("a", "b", "more"), CASES)
def test_every_export_says_all_that_it_must(subject_of, tables, format_id, a, b, more):
    settings = make_settings(tables, published_only=True, between_share=0.15)
    subject = subject_of(a, b, settings=settings, **more)
    told = plain_text(format_id, write_export(format_id, subject))
    stamp = subject.stamp
    parts = [*stamp.parties, "published scores only", "15 % of the variation between countries",
             stamp.data_version, "Dimension data matrix", "nothing about the person opposite",
             f"a={a}&b={b}", "published=1&share=0.15"]  # fmt: skip
    day = stamp.day_in_words if stamp.day_in_words in told else stamp.day.isoformat()
    for part in (*parts, day):
        assert re.sub(r"\s", "", part) in re.sub(r"\s|\\(?=[%&_])", "", told), part


@pytest.mark.parametrize("format_id", FORMATS)
def test_the_same_subject_and_day_give_the_same_bytes(subject_of, format_id):
    subject = subject_of("SWE", "FIN", deal=EMPTY_FORM)
    first = write_export(format_id, subject)
    assert write_export(format_id, subject) == first
    again = subject_of("SWE", "FIN", deal=EMPTY_FORM)
    assert write_export(format_id, again) == first


@pytest.mark.parametrize("format_id", NO_ZIP)
def test_hostile_names_and_notes_are_legible_and_harmless_everywhere(subject_of, format_id):
    data = write_export(format_id, subject_of("NLD", "CHN", deal=DEAL, names=HOSTILE))
    told = re.sub(r"\s|\\(?=[#$%&_{}])", "", plain_text(format_id, data))
    assert "HYPERLINK" in told
    assert "x" * 200 not in told
    assert "\u202e" not in told
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # well-formed whatever it holds
                assert b"<script>" not in archive.read(name)


def test_every_format_says_what_it_is_good_for_and_has_a_name_of_its_own():
    day = date(2026, 11, 22)
    names = {file_name(i, ("Netherlands", "China"), day, with_brief=False) for i in FORMATS}
    assert len(names) == len(FORMATS)
    assert "parley-netherlands-china-2026-11-22.pptx" in names
    assert file_name("pdf-page", ("A", "B"), day, with_brief=True) == (
        "parley-brief-a-b-2026-11-22-one-page.pdf"
    )
    for one in FORMATS.values():
        assert one.good_for.endswith(".")
        assert (
            one.suffix.removeprefix(".").upper() in one.label.upper() or one.part or one.id == "bib"
        )


def test_everything_holds_every_other_format_and_each_picture(subject_of):
    subject = subject_of("NLD", "CHN", deal=EMPTY_FORM)
    archive = zipfile.ZipFile(io.BytesIO(write_export("everything", subject)))
    names = archive.namelist()
    for format_id in NO_ZIP:
        name = file_name(format_id, subject.stamp.parties, subject.stamp.day, with_brief=True)
        assert archive.read(name) == write_export(format_id, subject)
    pictures = [name for name in names if name.startswith("pictures/")]
    assert len(pictures) == 5 * 3  # five charts: two looks as SVG, one for print
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("chart", ["radar", "gaps", "distribution", "overlap", "roadmap"])
def test_single_pictures_open_and_carry_their_words(subject_of, chart, look):
    subject = subject_of("NLD", "CHN", deal=EMPTY_FORM)
    drawing = one_picture(subject, chart, ".svg", look)
    root = ElementTree.fromstring(drawing)
    assert root.find("{http://www.w3.org/2000/svg}title").text
    image = Image.open(io.BytesIO(one_picture(subject, chart, ".png", look)))
    assert round(image.info["dpi"][0]) == 300
    with pytest.raises(KeyError):
        one_picture(subject, "no chart", ".svg", look)
