"""Any file or pasted text to a grid: what it is shows in its first bytes, not in its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import BinaryIO

from analysis.errors import UploadError
from analysis.teams.reading.decoding import decode
from analysis.teams.reading.delimited import parse
from analysis.teams.reading.grid import Grid, clean
from analysis.teams.reading.limits import LARGEST_FILE, LONGEST_NAME, MEGABYTE
from analysis.teams.reading.workbook import read_workbook
from analysis.words import capital

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The compound file that XLS is, and so is a workbook with a password."""

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"RIFF", "a picture or a recording"),
    (b"\x1f\x8b", "a compressed file (GZIP)"),
    (b"7z\xbc\xaf", "a compressed file (7Z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document (RTF)"),
)
_MARKUP = re.compile(r"\s*<(!doctype|html|\?xml|table|meta|head|body|div|style|workbook)\b", re.I)
_TABLES = frozenset((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"))
_ADVICE = "save the table as XLSX or CSV."
_TOO_LARGE = (
    f"is larger than {LARGEST_FILE // MEGABYTE} MB: keep only the rows and columns of the table."
)


def read_grid(
    data: bytes | BinaryIO, file_name: str = "", sheet: str | None = None, encoding: str = ""
) -> Grid:
    """Return the cells of a CSV, TSV, XLSX, XLS or ODS file and how they were understood.

    Parameters
    ----------
    data : bytes or binary file
        Of a file no more than the limit is taken.
    file_name : str
        Only gives the title; what the file is shows in its content.
    sheet : str, optional
        Name of the sheet of a workbook; without it the first with a table.
    encoding : str
        One of `ENCODINGS` for a text file whose letters came out wrong.

    Raises
    ------
    UploadError
        Nothing can be read; the message says why and what to do.
    """
    content = data if isinstance(data, bytes) else data.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UploadError(f"This file {_TOO_LARGE}")
    if not content:
        raise UploadError("This file is empty.")
    path = PurePosixPath(clean(file_name).replace("\\", "/"))
    title = " ".join(path.stem.replace("_", " ").split())[:LONGEST_NAME]
    if content.startswith((*_ZIP, _COMPOUND)):
        return read_workbook(content, title, sheet or "")
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            raise UploadError(f"This file is {what}{_named(path)}: {_ADVICE}")
    decoded = decode(content, encoding)
    if _MARKUP.match(decoded.text):
        raise UploadError(f"This file is a web page or XML{_named(path)}: {_ADVICE}")
    kind = "TSV" if path.suffix.lower() in {".tsv", ".tab"} else "CSV"
    return _text_grid(decoded.text, title, kind, decoded.encoding, decoded.notes)


def read_pasted(text: str) -> Grid:
    """Return the cells of a text that was pasted from a sheet, a mail or a CSV file.

    Raises
    ------
    UploadError
        The text is empty or beyond a limit.
    """
    if len(text) > LARGEST_FILE:
        raise UploadError(f"This text {_TOO_LARGE}")
    return _text_grid(text, "", "pasted text", "", ())


def _named(path: PurePosixPath) -> str:
    ending = path.suffix.lower()
    return f", although its name ends in {ending}" if ending in _TABLES else ""


def _text_grid(text: str, title: str, kind: str, encoding: str, notes: tuple[str, ...]) -> Grid:
    rows, delimiter = parse(text)
    if not rows:
        raise UploadError(
            "This text is empty." if kind == "pasted text" else "This file has nothing in it."
        )
    told = [kind if kind != "pasted text" else "", encoding, _parted(delimiter)]
    understood = f"Read as {', '.join(filter(None, told))}."
    return Grid(
        rows, title, kind, encoding=encoding, delimiter=delimiter,
        notes=(capital(understood), *notes),
    )  # fmt: skip


def _parted(delimiter: str) -> str:
    return "one column" if delimiter == "one column" else f"columns parted by {delimiter}s"
