"""Reads one sheet into Parquet, in a process of its own with limits: see `workbooks`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import python_calamine as calamine

from analysis.teams.reading.workbook_process import Refused, limit_this_process

_ROWS_AT_ONCE = 65_536
_MOST_WHOLE = 2**53
_TYPES = {
    "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_(), "day": pa.date32(),
    "moment": pa.timestamp("us"), "text": pa.string(), "": pa.string(),
}  # fmt: skip


def main() -> None:
    """Read the workbook and write the table that the arguments name; say a word if that fails."""
    path, out, memory, seconds = sys.argv[1:]
    limit_this_process(int(memory), int(seconds))
    try:
        with calamine.load_workbook(path) as book:
            _convert(_sheet(book), Path(out))
    except Refused as refused:
        problem = str(refused)
    except calamine.CalamineError as error:
        problem = "locked" if "password" in repr(error).lower() else "damaged"
    except MemoryError:
        problem = "memory"
    except OSError as error:
        problem = "disk" if error.errno in {27, 28} else "damaged"
    else:
        return
    sys.stdout.write(problem)
    sys.exit(2)


def _sheet(book: calamine.CalamineWorkbook) -> calamine.CalamineSheet:
    for told in book.sheets_metadata:
        if (
            told.typ == calamine.SheetTypeEnum.WorkSheet
            and told.visible == calamine.SheetVisibleEnum.Visible
        ):
            sheet = book.get_sheet_by_name(told.name)
            if sheet.start is not None:
                return sheet
    raise Refused("empty")


def _convert(sheet: calamine.CalamineSheet, out: Path) -> None:
    rows = _rows(sheet)
    header = [_as_text(cell) for cell in next(rows, [])]
    kinds = [""] * len(header)
    for cells in rows:
        for place, cell in enumerate(cells):
            kind = _kind(cell)
            if kind and kinds[place] != "text":
                kinds[place] = _both(kinds[place], kind)
    while header and not header[-1].strip() and not kinds[-1]:
        header.pop()
        kinds.pop()
    if len(header) < 2:
        raise Refused("one column" if header else "empty")
    names = [name if name.strip() else f"column{place}" for place, name in enumerate(header, 1)]
    schema = pa.schema([(n, _TYPES[k]) for n, k in zip(names, kinds, strict=True)])
    rows = _rows(sheet)
    next(rows)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for chunk in _chunks(rows):
            arrays = [
                pa.array([_value(row[place], kind) for row in chunk], _TYPES[kind])
                for place, kind in enumerate(kinds)
            ]
            writer.write_table(pa.table(arrays, schema=schema))


def _rows(sheet: calamine.CalamineSheet) -> Iterator[list[Any]]:
    for cells in sheet.iter_rows():
        if any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells):
            yield cells


def _chunks(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    chunk: list[list[Any]] = []
    for cells in rows:
        chunk.append(cells)
        if len(chunk) == _ROWS_AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _kind(cell: Any) -> str:
    if cell == "":
        return ""
    if isinstance(cell, bool):
        return "truth"
    if isinstance(cell, int | float):
        return "whole" if float(cell).is_integer() and abs(cell) < _MOST_WHOLE else "number"
    if isinstance(cell, datetime):
        return "moment"
    return "day" if isinstance(cell, date) else "text"


def _both(held: str, kind: str) -> str:
    if not held or held == kind:
        return kind
    if {held, kind} == {"whole", "number"}:
        return "number"
    return "moment" if {held, kind} == {"day", "moment"} else "text"


def _value(cell: Any, kind: str) -> Any:
    if cell == "":
        return None
    if kind == "whole":
        return int(cell)
    if kind == "number":
        return float(cell)
    if kind == "moment" and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)
    return _as_text(cell) if kind in {"text", ""} else cell


def _as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _MOST_WHOLE:
        return str(int(cell))
    return str(cell)
