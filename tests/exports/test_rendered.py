"""Each office file opened by LibreOffice and looked at as pages."""

import re
import subprocess
from itertools import chain
from xml.etree import ElementTree

import pytest

from analysis.deal import EMPTY_FORM
from analysis.exports.formats import write_export
from tests.exports.cases import DEAL

pytestmark = pytest.mark.office

LONG = {"NLD": "The procurement and engineering team of the Rotterdam office"}
CASES = {
    "short": ("SWE", "FIN", {}),
    "long": ("TTO", "CHE-FR", {"deal": DEAL}),
    "missing": ("ISR", "USA", {}),
    "regional": ("SAU", "NGA", {"deal": EMPTY_FORM}),
    "no value": ("UKR", "POL", {"deal": EMPTY_FORM}),
    "any script": ("NLD", "CHN", {"names": {"NLD": "鹿特丹采购团队", "CHN": "فريق المشتريات"}}),
    "long names": ("NLD", "CHN", {"names": LONG, "deal": DEAL}),
    "four": ("NLD", "CHN", {"further": ("JPN", "BRA")}),
}


def pages_of(folder, suffix, data):
    """Return the size and the words of each page, as LibreOffice lays the file out."""
    source = folder / f"file{suffix}"
    source.write_bytes(data)
    if suffix != ".pdf":
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", "pdf", "--outdir", str(folder), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    boxes = folder / "boxes.html"
    subprocess.run(["pdftotext", "-bbox", folder / "file.pdf", boxes], check=True, timeout=60)
    text = re.sub(r"[\x00-\x08\x0b-\x1f]", "", boxes.read_text("utf-8", errors="replace"))
    for page in ElementTree.fromstring(text).iter("{http://www.w3.org/1999/xhtml}page"):
        words = [
            (word.text or "", *(float(word.get(k)) for k in ("xMin", "yMin", "xMax", "yMax")))
            for word in page
        ]
        yield float(page.get("width")), float(page.get("height")), words


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("format_id", ["pptx", "docx", "pdf"])
def test_no_page_is_empty_and_nothing_lies_outside(subject_of, tmp_path, format_id, case):
    a, b, more = CASES[case]
    subject = subject_of(a, b, **more)
    pages = list(pages_of(tmp_path, f".{format_id}", write_export(format_id, subject)))
    assert len(pages) >= 4
    for number, (width, height, words) in enumerate(pages, 1):
        told = " ".join(word for word, *_ in words)
        assert len(told) > 60, f"page {number} is empty"
        for word, left, top, right, bottom in words:
            inside = left > 10 and right < width - 10 and top > 5 and bottom < height - 5
            assert inside, f"“{word}” on page {number}"


@pytest.mark.parametrize("case", ["long", "long names", "regional"])
def test_no_text_of_a_slide_runs_into_the_footer(subject_of, tmp_path, case):
    a, b, more = CASES[case]
    pages = pages_of(tmp_path, ".pptx", write_export("pptx", subject_of(a, b, **more)))
    for number, (_, height, words) in enumerate(pages, 1):
        foot = 7.02 / 7.5 * height  # the footer's upper edge, of a slide 7.5 inches high
        across = [word for word, _, top, _, bottom in words if top < foot - 2 and bottom > foot + 2]
        assert not across, f"slide {number}: {across}"


def test_what_the_slides_say_is_what_the_result_says(subject_of, tmp_path):
    subject = subject_of("NLD", "CHN", deal=DEAL)
    pages = pages_of(tmp_path, ".pptx", write_export("pptx", subject))
    told = " ".join(chain.from_iterable((word for word, *_ in words) for _, _, words in pages))
    for sentence in (*subject.answer, subject.brief.orientation.advice, subject.stamp.caveat):
        assert sentence in told
