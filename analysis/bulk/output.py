"""Files that appear under their names when all of them are whole, and not before."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from analysis.errors import BulkError
from analysis.words import join

OUT_ENDINGS = (".parquet", ".csv", ".tsv", ".xlsx")
MOST_SHEET_ROWS = 1_048_576
"""Rows of a sheet, the one with the names among them: the format has no more."""

MOST_SHEET_COLUMNS = 16_384
_LOCK = "lock"
_PART = re.compile(r"part-\d{5}\.parquet")


def check_output(out: Path, files: Sequence[Path], source: Path) -> None:
    """Refuse a result that cannot be, before anything is read.

    Raises
    ------
    BulkError
        The ending is none that is written, the folder is not there or cannot be written to, or a
        file of the result would replace the input or stand among it.
    """
    if out.suffix.lower() not in OUT_ENDINGS:
        raise BulkError(
            f"“{out.name}” is no kind of table that Parley writes: choose a name that ends in"
            f" {join(OUT_ENDINGS, 'or')}."
        )
    if out.is_dir() and not _is_result(out):
        raise BulkError(f"“{out}” is a folder: give the result a name of its own.")
    if not out.parent.is_dir():
        raise BulkError(f"The folder “{out.parent}” is not there: make it, or choose another.")
    written = {_resolved(path) for path in (out, left_out_path(out), report_path(out))}
    taken = [path for path in files if _resolved(path) in written]
    if taken:
        raise BulkError(
            f"The result would replace “{taken[0].name}”, which is read: choose another name."
        )
    if source.is_dir() and _resolved(out).is_relative_to(_resolved(source)):
        raise BulkError(
            f"“{out}” would lie among the pairs that are read: choose another folder for it."
        )


def check_rows(out: Path, rows: int, columns: int) -> None:
    """Refuse a workbook for more than a sheet holds.

    Raises
    ------
    BulkError
        There are too many rows or columns for XLSX.
    """
    if out.suffix.lower() != ".xlsx":
        return
    if rows >= MOST_SHEET_ROWS:
        raise BulkError(
            f"A sheet of XLSX holds {MOST_SHEET_ROWS - 1:,} rows below the names, and there are"
            f" {rows:,}: choose a name that ends in .parquet or .csv."
        )
    if columns > MOST_SHEET_COLUMNS:
        raise BulkError(
            f"A sheet of XLSX holds {MOST_SHEET_COLUMNS:,} columns, and there are {columns:,}:"
            " choose a name that ends in .parquet or .csv."
        )


def left_out_path(out: Path) -> Path:
    """Return where the rows without any value go."""
    return out.with_name(f"{out.stem}-left-out.csv")


def report_path(out: Path) -> Path:
    """Return where the JSON goes."""
    return out.with_name(f"{out.stem}.json")


def _is_result(folder: Path) -> bool:
    """Say whether a folder holds the numbered parts of an earlier result, and nothing else."""
    names = [path.name for path in folder.iterdir()]
    return bool(names) and all(_PART.fullmatch(name) for name in names)


def _resolved(path: Path) -> Path:
    return path.resolve()


class Place:
    """A hidden folder beside the result, in which everything is made; a context manager.

    It has one name for one result and is locked while a job is at work, so that what a killed job
    left is known for what it is and cleared by the next.

    Attributes
    ----------
    folder : Path
    spill : Path
        For what does not fit into memory.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.resolve().with_name(f".{out.name}.parley")
        self.spill = self.folder / "spill"
        self._lock = -1

    @property
    def result(self) -> Path:
        """The result in the making."""
        return self.folder / f"result{self.out.suffix.lower()}"

    @property
    def left_out(self) -> Path:
        """The rows without any value, in the making."""
        return self.folder / "left-out.csv"

    def write_report(self, text: str) -> None:
        """Write the JSON that goes beside the result."""
        try:
            (self.folder / "report.json").write_bytes(text.encode())
        except OSError as error:
            raise BulkError(cannot_write(self.out, error)) from error

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(exist_ok=True)
            self._lock = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise BulkError(cannot_write(self.out, error)) from error
        if not _locked(self._lock):
            os.close(self._lock)
            raise BulkError(
                f"Another job is writing “{self.out.name}”: wait for it, or choose another name."
            )
        try:
            self._clear()
            self.spill.mkdir()
        except OSError as error:
            raise BulkError(cannot_write(self.out, error)) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._clear()
        (self.folder / _LOCK).unlink(missing_ok=True)
        os.close(self._lock)
        try:
            self.folder.rmdir()
        except OSError:
            return  # another job has begun in it

    def _clear(self) -> None:
        for held in self.folder.iterdir():
            if held.is_dir():
                shutil.rmtree(held, ignore_errors=True)
            elif held.name != _LOCK:
                held.unlink(missing_ok=True)

    def publish(self) -> None:
        """Give the files their names, the result last: where it stands, all stands.

        An earlier job's list of rows left out goes where this one has none.
        """
        try:
            beside = left_out_path(self.out)
            if self.left_out.exists():
                self.left_out.replace(beside)
            else:
                beside.unlink(missing_ok=True)
            (self.folder / "report.json").replace(report_path(self.out))
            if self.out.is_dir():
                self.out.replace(self.folder / "older")  # cleared with the rest
            elif self.result.is_dir():
                self.out.unlink(missing_ok=True)
            self.result.replace(self.out)
        except OSError as error:
            raise BulkError(cannot_write(self.out, error)) from error


def cannot_write(out: Path, error: OSError) -> str:
    """Return the sentence for a file that cannot be written."""
    return f"“{out}” cannot be written ({error.strerror}): choose another place."


def _locked(handle: int) -> bool:
    """Take the lock, which ends with this process however it ends; say whether it was free."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none; there two jobs for one name are not told
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
