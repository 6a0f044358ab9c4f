"""Workbooks as tables of pairs: read in a process with limits, into Parquet."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from analysis.errors import BulkError
from analysis.tables import DATA_FOLDER

MEMORY = 4 * 1024**3
"""Address space of the process: a full sheet of 30 columns takes 1 GB of it."""

SECONDS = 900
_ROOT = DATA_FOLDER.parent
_PROBLEMS = {
    "locked": "is protected by a password: open it in a spreadsheet program and save it without"
    " one.",
    "damaged": "is damaged or no workbook: open it in a spreadsheet program and save it as XLSX.",
    "empty": "has no visible sheet with anything in it.",
    "memory": f"needs more than {MEMORY // 1024**3} GB of memory to be read: save the sheet as"
    " CSV.",
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
    words = [str(path.resolve()), str(out), str(MEMORY), str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own code, nothing of the upload
            [sys.executable, "-c", code, *words],
            cwd=_ROOT, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BulkError(
            f"“{path.name}” took more than {SECONDS // 60} minutes to read: save the sheet as CSV."
        ) from None
    if done.returncode == 0:
        return out
    problem = done.stdout.decode().strip()
    if done.returncode in {-getattr(signal, "SIGABRT", 6), -9}:
        problem = "memory"
    raise BulkError(f"“{path.name}” {_PROBLEMS.get(problem, _PROBLEMS['damaged'])}")
