"""Workbooks: python-calamine, the one reader of XLSX, XLS and ODS, in a process with limits.

One library for the three formats, with no format of our own to keep, and fast: the sheet on which
openpyxl took 83 s takes calamine 9. What it lacks is a limit on memory, hence the process.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import msgspec

from analysis.errors import UploadError
from analysis.teams.reading.archive import LOCKED, unpack
from analysis.teams.reading.grid import Grid, Row, clean, shown
from analysis.teams.reading.limits import (
    LONGEST_SHEET_NAME,
    MEGABYTE,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_SPAN,
    READER_MEMORY,
    READER_SECONDS,
    READERS_AT_ONCE,
)
from analysis.teams.reading.workbook_process import Answer
from analysis.words import join

_SCRIPT = Path(__file__).with_name("workbook_process.py")
_FILE_PASS = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)
_NAMED = 5
# Made by the one thread that imports, not by the first that reads (see `analysis.teams.record`).
_read_answer = msgspec.msgpack.Decoder(Answer).decode
_READERS = BoundedSemaphore(READERS_AT_ONCE)
_LIMITS = {
    "rows": MOST_ROWS,
    "columns": MOST_COLUMNS,
    "cells": MOST_CELLS,
    "span": MOST_SPAN,
    "characters": MOST_CHARACTERS,
    "sheets": MOST_SHEETS,
    "name": LONGEST_SHEET_NAME,
    "memory": READER_MEMORY,
    "seconds": READER_SECONDS,
}
_MEMORY = (
    f"This workbook needs more than {READER_MEMORY // MEGABYTE} MB of memory to be read: copy only"
    " the rows and columns of the table into a new one."
)
_PROBLEMS = {
    "locked": LOCKED,
    "damaged": "This workbook is damaged, or of a kind that Parley does not know: open it in a"
    " spreadsheet program and save it as XLSX.",
    "empty": "This workbook has no visible sheet with anything in it.",
    "memory": _MEMORY,
    "span": f"The first and the last cell of this sheet lie more than {MOST_SPAN:,} cells apart:"
    " copy only the rows and columns of the table into a new sheet.",
    "columns": f"This sheet has something beyond column {MOST_COLUMNS}: keep only the columns that"
    " the template has.",
    "rows": f"This sheet has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells: keep fewer rows,"
    " or only the columns that the template has.",
    "characters": f"The texts of this sheet have more than {MOST_CHARACTERS:,} characters: keep"
    " only the columns that the template has.",
}


def read_workbook(data: bytes, title: str, sheet: str = "") -> Grid:
    """Return a sheet of an XLSX, ODS or XLS workbook.

    Without `sheet` it is the first visible one with two rows of two cells, else the first that
    holds anything. A cell merged over several rows counts for each of them (XLSX and XLS).

    Raises
    ------
    UploadError
        The workbook is damaged, locked, empty or beyond a limit, or has no such sheet.
    """
    if data.startswith(b"PK"):
        kind, safe = unpack(data)
    else:
        _check_compound(data)
        kind, safe = "XLS", data
    answer = _answer(safe, sheet)
    if answer.problem == "no such sheet":
        raise UploadError(
            f"This workbook has no visible sheet {shown(sheet)}: it has"
            f" {join(shown(name) for name in answer.sheets[:_NAMED]) or 'none'}."
        )
    if answer.problem:
        raise UploadError(_PROBLEMS[answer.problem])
    rows = (
        Row(number, tuple(clean(cell) if isinstance(cell, str) else cell for cell in cells))
        for number, cells in answer.rows
    )
    kept = tuple(row for row in rows if any(cell != "" for cell in row.cells))
    if not kept:
        raise UploadError(_PROBLEMS["empty"])
    return Grid(
        kept, title, kind, answer.sheet, tuple(answer.sheets), notes=tuple(_notes(answer, kind))
    )


def _check_compound(data: bytes) -> None:
    """Refuse what looks like XLS from outside; the reader would only call it unknown.

    Names of streams stand in the file as UTF-16. In a locked XLS the record FILEPASS (2F) follows
    the beginning of the workbook (09 08), at most after the one that asks for reading only (86).
    """
    if _stream("EncryptedPackage") in data or _FILE_PASS.search(data):
        raise UploadError(LOCKED)
    for name, what in (("WordDocument", "a text document (DOC)"),
                       ("PowerPoint Document", "a presentation (PPT)"),
                       ("__substg1.0_", "a mail (MSG)")):  # fmt: skip
        if _stream(name) in data and _stream("Workbook") not in data:
            raise UploadError(f"This file is {what}: put the table into a spreadsheet.")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _notes(answer: Answer, kind: str) -> list[str]:
    others = [name for name in answer.sheets if name != answer.sheet]
    named = join([*map(shown, others[:_NAMED]), *(["others"] if len(others) > _NAMED else [])])
    more = f"; there is also {named}" if others else ""
    notes = [f"Read as {kind}, sheet {shown(answer.sheet)}{more}."]
    if answer.merged:
        notes.append("A cell merged over several rows counts for each of them.")
    return notes


def _answer(data: bytes, sheet: str) -> Answer:
    request = json.dumps({**_LIMITS, "sheet": sheet}).encode() + b"\n"
    with _READERS:
        try:
            done = subprocess.run(  # noqa: S603 - our own script, nothing of the upload
                [sys.executable, "-P", str(_SCRIPT)],
                input=request + data,
                capture_output=True,
                timeout=READER_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UploadError(
                f"This workbook took more than {READER_SECONDS} seconds to read: copy only the rows"
                " and columns of the table into a new one."
            ) from None
    if done.returncode == -getattr(signal, "SIGABRT", 6):
        return Answer("memory")
    try:
        return _read_answer(done.stdout)
    except msgspec.DecodeError:
        return Answer("damaged")
