"""Every export against the least that its library can make of the same kind of file.

Each is measured in a process of its own: the first file with the library's import, the next ones
(median of five), and the highest memory over what the process held before. The subject is there
already: what a click adds on a page is the file alone.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from analysis.comparison import compare, plain_references
from analysis.deal import Deal
from analysis.exports.formats import FORMATS, one_picture, write_export
from analysis.exports.subject import Subject, make_subject
from analysis.friction.assessment import assess
from analysis.friction.reference import plain_friction_references
from analysis.knowledge import load_knowledge
from analysis.link import View
from analysis.reference import yardstick_for
from analysis.settings import default_settings
from analysis.tables import load_tables
from benchmarks.table import Line, show

BUDGET_MS = 500
"""A file that people wait for must not take longer once the library is warm."""

_SCORES = (38, 80, 14, 53, 67, 68)
_NAMES = ("a", "b", "c", "d", "e", "f")


def _pptx() -> bytes:
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    data = CategoryChartData()
    data.categories = _NAMES
    data.add_series("one", _SCORES)
    box = (Inches(1), Inches(1), Inches(5), Inches(5))
    slide.shapes.add_chart(XL_CHART_TYPE.RADAR_MARKERS, *box, data)
    return _saved(deck)


def _docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Heading", 1)
    document.add_paragraph("Text")
    document.add_picture(io.BytesIO(_png()))
    return _saved(document)


def _pdf() -> bytes:
    import typst

    return bytes(typst.compile(b"#set document(title: [x])\n= Heading\nText"))


def _xlsx() -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, _NAMES)
        sheet.write_column(0, 1, _SCORES)
        chart = book.add_chart({"type": "radar"})
        chart.add_series({"categories": "=Sheet1!$A$1:$A$6", "values": "=Sheet1!$B$1:$B$6"})
        sheet.insert_chart(0, 3, chart)
    return stream.getvalue()


def _picture(suffix: str, **options: Any) -> bytes:
    from matplotlib.figure import Figure

    axes = Figure(figsize=(6.5, 6)).add_subplot(projection="polar")
    axes.plot(range(6), _SCORES)
    stream = io.BytesIO()
    axes.figure.savefig(stream, format=suffix, **options)
    return stream.getvalue()


def _png() -> bytes:
    return _picture("png", dpi=300)


def _svg() -> bytes:
    return _picture("svg")


def _text() -> bytes:
    return json.dumps(dict(zip(_NAMES, _SCORES, strict=True)), indent=2).encode()


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


LEAST: dict[str, Callable[[], bytes]] = {
    "pptx": _pptx, "pdf": _pdf, "pdf-page": _pdf, "docx": _docx, "xlsx": _xlsx, "png": _png,
    "svg": _svg, "csv": _text, "json": _text, "bib": _text,
}  # fmt: skip


def _subject(*, with_brief: bool) -> Subject:
    tables, knowledge = load_tables(), load_knowledge()
    references, settings = plain_references(tables), default_settings(tables)
    deal = Deal(they_hold=("molds",), first_order=25_000.0, total=5e6) if with_brief else Deal()
    pair = compare(references, "NLD", "CHN", settings)
    against = plain_friction_references(knowledge, references)
    return make_subject(
        tables, knowledge, View("NLD", "CHN", (), settings, deal), pair,
        assess(knowledge, references, against, pair, deal),
        day=date(2026, 11, 22),
        distances=references.distances(
            yardstick_for(settings, pair.dimensions_used), settings.measure
        ),
        page="http://127.0.0.1:8501/",
        with_brief=with_brief,
    )  # fmt: skip


def _measure(format_id: str, who: str) -> dict[str, float]:
    """Return first and next time [s], memory on top [MiB] and size [KiB]."""
    make = LEAST[format_id]
    if who != "least":
        subject = _subject(with_brief=who == "brief")
        if format_id in FORMATS:

            def make() -> bytes:
                return write_export(format_id, subject)
        else:

            def make() -> bytes:
                return one_picture(subject, "radar", f".{format_id}", "light")

    before = _memory("VmRSS")
    # From here on the kernel takes the highest memory anew.
    Path("/proc/self/clear_refs").write_text("5")
    start = time.perf_counter()
    size = len(make())
    first = time.perf_counter() - start
    later = []
    for _ in range(5):
        start = time.perf_counter()
        make()
        later.append(time.perf_counter() - start)
    return {
        "first": first,
        "next": statistics.median(later),
        "memory": _memory("VmHWM") - before,
        "size": size / 1024,
    }


def _memory(kind: str) -> float:
    """Return the memory that the process holds (VmRSS), or the most it has held (VmHWM) [MiB]."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024


def _in_a_process(format_id: str, who: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exports", format_id, who],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def lines() -> Iterator[Line]:
    """Yield the first and the next file of each format, and its memory."""
    for format_id in LEAST:
        least = _in_a_process(format_id, "least")
        for who in ("comparison", "brief"):
            ours, what = _in_a_process(format_id, who), f"{format_id}, {who}"
            yield _line(f"{what}, first file", ours, least, "first")
            yield _line(f"{what}, next file", ours, least, "next")
            limit = f"what people wait for; {ours['size']:,.0f} KiB"
            yield Line(f"{what}, next file", 1000 * ours["next"], BUDGET_MS, "ms", limit, 1.0)
            yield Line(f"{what}, memory", ours["memory"], least["memory"], "MiB", "the least file")


def _line(what: str, ours: dict[str, float], least: dict[str, float], which: str) -> Line:
    return Line(what, 1000 * ours[which], 1000 * least[which], "ms", "the least file")


def main() -> None:
    """Print the table; with two arguments measure one file and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("one", nargs="*")
    chosen = parser.parse_args().one
    if chosen:
        print(json.dumps(_measure(*chosen)))
    else:
        show(lines())


if __name__ == "__main__":
    main()
