"""A result as a workbook, row by row, in little memory whatever its length."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from analysis.bulk.output import cannot_write
from analysis.errors import BulkError

_LONGEST_CELL = 32_767
_MOST_WHOLE = 2**53
_EPOCH = datetime(1900, 3, 1)
_CREATED = datetime(2000, 1, 1)


def write_workbook(
    columns: Sequence[str],
    batches: Iterable[pa.RecordBatch],
    path: Path,
    tell: Callable[[int], None],
) -> None:
    """Write one sheet: names, then rows; text is never a formula, a link or a number.

    Parameters
    ----------
    columns : sequence of str
    batches : iterable of pyarrow RecordBatch
    path : Path
    tell : callable
        Called with the rows written so far; may raise to stop.

    Raises
    ------
    BulkError
        A text is longer than a cell holds, or the file cannot be written.
    """
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "tmpdir": str(path.parent), "use_zip64": True}
    )
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet("Pairs")
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    timed = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    try:
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name)
        row = 0
        for batch in batches:
            held = [column.to_pylist() for column in batch.columns]
            for cells in zip(*held, strict=True):
                row += 1
                for place, cell in enumerate(cells):
                    if cell is not None:
                        _write(sheet, row, place, cell, dated, timed)
            tell(row)
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        cause = error if isinstance(error, OSError) else error.args[0]
        raise BulkError(cannot_write(path, cause)) from error


def _write(sheet: Any, row: int, place: int, cell: Any, dated: Any, timed: Any) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, int) and abs(cell) <= _MOST_WHOLE:
        sheet.write_number(row, place, cell)
    elif isinstance(cell, float | Decimal) and math.isfinite(cell):
        sheet.write_number(row, place, float(cell))
    elif isinstance(cell, datetime) and cell.tzinfo is None and cell >= _EPOCH:
        sheet.write_datetime(row, place, cell, timed)
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= _EPOCH.date():
        sheet.write_datetime(row, place, cell, dated)
    else:
        _write_text(sheet, row, place, _as_text(cell))


def _as_text(cell: Any) -> str:
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return cell if isinstance(cell, str) else str(cell)


def _write_text(sheet: Any, row: int, place: int, text: str) -> None:
    if len(text) > _LONGEST_CELL:
        raise BulkError(
            f"Row {row} has a text of {len(text):,} characters, and a cell of XLSX holds"
            f" {_LONGEST_CELL:,}: choose a name that ends in .parquet or .csv."
        )
    sheet.write_string(row, place, text)
