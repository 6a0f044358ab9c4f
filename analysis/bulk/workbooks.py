"""Workbooks as tables of pairs: read in a process with limits, into Parquet."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from analysis.errors import BulkError
from analysis.tables import DATA_FOLDER

GIGABYTE = 1024**3
MEMORY, MOST_MEMORY, MEMORY_PER_BYTE = GIGABYTE, 4 * GIGABYTE, 50
"""Address space of the process: so much, and more for a larger file. A full sheet of 30 columns
takes 1 GB beside what the program itself does; a few kilobytes that ask for it are made to harm."""

SECONDS, MOST_SECONDS, SECONDS_PER_MEGABYTE = 60, 900, 10
READERS_AT_ONCE = 2
"""Workbooks read at the same time, so that many uploads at once stay within memory."""

_READERS = BoundedSemaphore(READERS_AT_ONCE)
_ROOT = DATA_FOLDER.parent
_PROBLEMS = {
    "locked": "is protected by a password: open it in a spreadsheet program and save it without"
    " one.",
    "damaged": "is damaged or no workbook: open it in a spreadsheet program and save it as XLSX.",
    "empty": "has no visible sheet with anything in it.",
    "memory": "needs more memory to be read than a table of its size: save the sheet as CSV.",
    "one column": "has one column, and pairs need two.",
    "disk": "cannot be unpacked beside the result, where the disk is full: free space or choose"
    " another place.",
}


def workbook_to_parquet(path: Path, folder: Path) -> Path:
    """Return the first visible sheet with something in it as Parquet.

    A column is whole numbers, numbers, dates or times only where all its cells are, else texts as a
    person would type them. Rows without anything in them are left out.

    Raises
    ------
    BulkError
        The workbook is locked, damaged, empty or takes too much memory or time.
    """
    out = folder / "workbook.parquet"
    code = "from analysis.bulk.workbook_reader import main; main()"
    memory, seconds = _limits(path)
    words = [str(path.resolve()), str(out), str(memory), str(seconds)]
    try:
        with _READERS:
            done = subprocess.run(  # noqa: S603 - our own code, nothing of the upload
                [sys.executable, "-c", code, *words],
                cwd=_ROOT, capture_output=True, timeout=seconds, check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BulkError(_too_long(path, seconds)) from None
    if done.returncode == 0:
        return out
    problem = done.stdout.decode().strip()
    if done.returncode == -getattr(signal, "SIGXCPU", 24):
        raise BulkError(_too_long(path, seconds))
    if done.returncode in {-getattr(signal, "SIGABRT", 6), -9}:
        problem = "memory"
    raise BulkError(f"“{path.name}” {_PROBLEMS.get(problem, _PROBLEMS['damaged'])}")


def _limits(path: Path) -> tuple[int, int]:
    """Return what the reader of a file may take: bytes of memory, and seconds."""
    size = path.stat().st_size
    return (
        min(MEMORY + MEMORY_PER_BYTE * size, MOST_MEMORY),
        min(SECONDS + SECONDS_PER_MEGABYTE * size // 1024**2, MOST_SECONDS),
    )


def _too_long(path: Path, seconds: int) -> str:
    return f"“{path.name}” took more than {seconds} seconds to read: save the sheet as CSV."
