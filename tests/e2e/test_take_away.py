"""Files made on a click, in a real browser, and opened again."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from analysis.exports.formats import FORMATS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MENU = "Download: slides, documents, workbook, pictures, data"


OPENS = {
    ".pptx": lambda data: len(Presentation(io.BytesIO(data)).slides) > 5,
    ".pdf": lambda data: "China" in PdfReader(io.BytesIO(data)).pages[0].extract_text(),
    ".docx": lambda data: len(Document(io.BytesIO(data)).paragraphs) > 20,
    ".xlsx": lambda data: len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) >= 7,
    ".zip": lambda data: zipfile.ZipFile(io.BytesIO(data)).testzip() is None,
    ".json": lambda data: json.loads(data)["a"]["id"] == "NLD",
    ".csv": lambda data: "Netherlands" in data.decode("utf-8-sig"),
    ".bib": lambda data: "Hofstede" in data.decode("utf-8"),
}


def download(page, label):
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name=label, exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_every_format_comes_from_the_menu_of_the_compare_page(visit):
    page = visit().open("?a=NLD&b=CHN")
    page.get_by_text(MENU).click()
    today = date.today().isoformat()
    for one in FORMATS.values():
        name, data = download(page, one.label)
        part = f"-{one.part}" if one.part else ""
        assert name == f"parley-netherlands-china-{today}{part}{one.suffix}"
        assert OPENS[one.suffix](data), one.id


def test_the_brief_takes_its_deal_and_own_worksheet_rows_along(visit):
    page = visit().open("brief?a=NLD&b=CHN&deal=supply&hold=molds")
    page.get_by_text(MENU).click()
    name, data = download(page, "Data (JSON)")
    assert name.startswith("parley-brief-netherlands-china-")
    found = json.loads(data)
    assert found["deal"] == {"kind": "supply", "they_hold": ["molds"]}
    assert found["orientation"]["decided_by"] == ["they hold your molds"]
    assert f"{page.url.split('?')[0]}?a=NLD&b=CHN" in found["stamp"]["link"]
    _, slides = download(page, "Slides (PPTX)")
    titles = [s.shapes.title.text_frame.text for s in Presentation(io.BytesIO(slides)).slides]
    assert "Negotiate the relationship" in titles


def test_pictures_come_in_both_looks_at_the_size_of_a_slide(visit):
    page = visit().open("?a=SWE&b=FIN")
    page.get_by_text(MENU).click()
    _, data = download(page, "Pictures for slides (PNG)")
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert sorted(archive.namelist()) == [
        f"{chart}-{look}.png"
        for chart in ("agreement", "distribution", "gaps", "overlap", "radar")
        for look in ("dark", "light")
    ]
    for name in archive.namelist():
        image = Image.open(io.BytesIO(archive.read(name))).convert("L")
        assert image.size == (1920, 1080)
        assert (image.getpixel((4, 4)) > 250) == name.endswith("-light.png")


def test_a_chart_is_saved_as_svg_by_its_own_button(visit):
    page = visit().open("?a=NLD&b=CHN")
    chart = page.locator(".js-plotly-plot").first
    chart.hover()
    with page.expect_download() as waiting:
        chart.locator("[data-title^='Download plot']").click()
    found = waiting.value
    assert found.suggested_filename == "parley-radar.svg"
    assert "Power" in Path(found.path()).read_text("utf-8")


def test_the_menu_is_reached_and_used_on_a_phone_with_the_keyboard(visit):
    page = visit(viewport={"width": 390, "height": 844}).open("?a=NLD&b=CHN")
    page.locator("summary").filter(has_text=MENU).focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="References (BibTeX)", exact=True)
    button.focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".bib")
    box = button.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
