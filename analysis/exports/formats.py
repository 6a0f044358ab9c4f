"""Every format in which a comparison or a brief leaves Parley, with what it is good for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pkgutil import resolve_name
from threading import RLock
from typing import Any

from analysis.exports.naming import file_stem
from analysis.exports.package import archive
from analysis.exports.subject import Subject


@dataclass(frozen=True, slots=True)
class Format:
    """One way to take the result away.

    Attributes
    ----------
    id : str
    suffix : str
        Ending of the file name, with the dot.
    part : str
        What stands in the file name where several formats share a suffix; else empty.
    media_type : str
    label, good_for : str
        Its name and, in a sentence, what it is good for.
    writer : str
        The function that makes it, as `module:function`. It is looked up when a file is asked for:
        the libraries behind it are heavy.
    """

    id: str
    suffix: str
    part: str
    media_type: str
    label: str
    good_for: str
    writer: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
_HERE = "analysis.exports.formats"

FORMATS: Mapping[str, Format] = {
    one.id: one
    for one in (
        Format(
            "pptx", ".pptx", "", f"{_OFFICE}.presentationml.presentation", "Slides (PPTX)",
            "To present and to edit: charts stay charts, sources stand in the notes.",
            "analysis.exports.pptx:as_pptx",
        ),
        Format(
            "pdf", ".pdf", "", "application/pdf", "Document (PDF)",
            "To read anywhere and to print: one page to decide by, then annexes.",
            "analysis.exports.pdf:as_pdf",
        ),
        Format(
            "pdf-page", ".pdf", "one-page", "application/pdf", "One page (PDF)",
            "The front page alone, for the way to the meeting.",
            "analysis.exports.pdf:as_one_page",
        ),
        Format(
            "docx", ".docx", "", f"{_OFFICE}.wordprocessingml.document", "Document to edit (DOCX)",
            "To change in Word: real headings, tables and captions.",
            "analysis.exports.docx:as_docx",
        ),
        Format(
            "xlsx", ".xlsx", "", f"{_OFFICE}.spreadsheetml.sheet", "Workbook (XLSX)",
            "To check and to calculate on: every gap and index as a formula, with sources.",
            "analysis.exports.xlsx:as_xlsx",
        ),
        Format(
            "pictures-slides", ".zip", "pictures-for-slides", "application/zip",
            "Pictures for slides (PNG)",
            "Each chart at 1920 by 1080, on light and on dark, with its source inside.",
            f"{_HERE}:pictures_for_slides",
        ),
        Format(
            "pictures-print", ".zip", "pictures-for-print", "application/zip",
            "Pictures for print (SVG, PNG)",
            "Each chart as vectors and at 300 dots per inch, with its source inside.",
            f"{_HERE}:pictures_for_print",
        ),
        Format(
            "csv", ".csv", "", "text/csv", "Table (CSV)",
            "For R, pandas or a sheet: one row for each number, with its source.",
            "analysis.exports.as_csv:as_csv",
        ),
        Format(
            "json", ".json", "", "application/json", "Data (JSON)",
            "For programs: everything, with where each number comes from.",
            "analysis.exports.as_json:as_json",
        ),
        Format(
            "bib", ".bib", "", "application/x-bibtex", "References (BibTeX)",
            "To cite what was used.",
            "analysis.exports.as_bibtex:as_bibtex",
        ),
        Format(
            "everything", ".zip", "everything", "application/zip", "Everything (ZIP)",
            "All of these in one file.",
            f"{_HERE}:everything",
        ),
    )
}  # fmt: skip
"""In the order in which a menu shows them."""

PICTURES: Mapping[str, str] = {".png": "image/png", ".svg": "image/svg+xml"}
"""Single charts, by the ending of the file."""

_SLIDE_DOTS = 144
"""Dots per inch at which a slide of 13.33 by 7.5 inches has 1920 by 1080."""


def write_export(format_id: str, subject: Subject) -> bytes:
    """Return a file in one of the formats."""
    write: Callable[[Subject], bytes] = _loaded(FORMATS[format_id].writer)
    return write(subject)


_LOADING = RLock()


def _loaded(name: str) -> Any:
    """Return a function by its name, its libraries loaded by one thread alone.

    Two people whose first files are a document and a deck would each meet the drawing library in
    part: it imports itself in circles.
    """
    with _LOADING:
        return resolve_name(name)


def file_name(format_id: str, names: tuple[str, ...], day: date, *, with_brief: bool) -> str:
    """Return the name of a file: what is inside, and the day."""
    found = FORMATS[format_id]
    stem = file_stem((*(["brief"] if with_brief else []), *names), day)
    return f"{stem}{f'-{found.part}' if found.part else ''}{found.suffix}"


def one_picture(subject: Subject, chart: str, suffix: str, look: str) -> bytes:
    """Return one chart as a picture, with title, caption and source inside.

    Raises
    ------
    KeyError
        The subject has no such chart.
    """
    render, charts = _drawing(subject)
    return bytes(render(charts[chart], suffix.removeprefix("."), look=look))


def chart_names(subject: Subject) -> list[str]:
    """Return the names of the charts that a subject has."""
    return list(_drawing(subject)[1])


def pictures_for_slides(subject: Subject) -> bytes:
    """Return every chart as a slide-sized PNG, light and dark, in an archive."""
    render, charts = _drawing(subject)
    draw = partial(render, file_format="png", shape="slide", dots_per_inch=_SLIDE_DOTS)
    return archive(
        {
            f"{name}-{look}.png": draw(picture, look=look)
            for name, picture in charts.items()
            for look in ("light", "dark")
        }
    )


def pictures_for_print(subject: Subject) -> bytes:
    """Return every chart as SVG, light and dark, and as PNG at 300 dpi, in an archive."""
    return archive(_prints(subject))


def _prints(subject: Subject) -> dict[str, bytes]:
    render, charts = _drawing(subject)
    found = {}
    for name, picture in charts.items():
        found[f"{name}-300dpi.png"] = render(picture, "png")
        for look in ("light", "dark"):
            found[f"{name}-{look}.svg"] = render(picture, "svg", look=look)
    return found


def _drawing(subject: Subject) -> tuple[Callable[..., Any], dict[str, Any]]:
    """Return the function that draws, and the charts; the library behind them is heavy."""
    charts = _loaded("analysis.exports.pictures:pictures_of")(subject)
    return _loaded("analysis.pictures.render:render"), charts


def everything(subject: Subject) -> bytes:
    """Return an archive of every other format, the pictures for print in a folder."""
    names = subject.stamp.parties[:2]
    files = {
        file_name(one.id, names, subject.stamp.day, with_brief=subject.brief is not None): (
            write_export(one.id, subject)
        )
        for one in FORMATS.values()
        if one.suffix != ".zip"
    }
    return archive(files | {f"pictures/{name}": data for name, data in _prints(subject).items()})
