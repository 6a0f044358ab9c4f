"""Reads one workbook in a process of its own, with limits: a script that `workbook` starts.

The reader holds the whole rectangle between the first and the last cell of a sheet and ends the
process where memory does not suffice: a workbook of two kilobytes with cells in A1 and XFD1048576,
both legal, asks for 550 GB (calamine issue 693). Here that ends nothing but this process.

Input: a line of JSON with the limits and the sheet asked for, then the workbook. Output: one
`Answer` as MessagePack.
"""

from __future__ import annotations

import io
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
import python_calamine as calamine


class Answer(msgspec.Struct):
    """What was read, or in `problem` why not; rows are (number from 1, cells from column A)."""

    problem: str = ""
    sheet: str = ""
    sheets: list[str] = []
    merged: bool = False
    rows: list[tuple[int, list[str | float]]] = []


class Refused(Exception):  # noqa: N818 - carried to the other process as a word
    """The word for why the workbook is not read."""


def limit_this_process(memory: int, seconds: int) -> None:
    """Cap address space [bytes] and processor time; no dump of what was read if it ends."""
    try:
        import resource  # noqa: PLC0415 - Windows has none; there the time limit alone holds
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # a lower limit holds already, or the system knows none


def read(data: bytes, asked: str, limits: dict[str, int]) -> Answer:
    """Return the rows of the sheet asked for, or of the first that holds a table."""
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            return _read_sheets(book, asked, limits)
    except Refused as refused:
        return Answer(str(refused))
    except calamine.CalamineError as error:  # of a password it tells in the message alone, at times
        return Answer("locked" if "password" in repr(error).lower() else "damaged")
    except MemoryError:
        return Answer("memory")


def _read_sheets(book: calamine.CalamineWorkbook, asked: str, limits: dict[str, int]) -> Answer:
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == calamine.SheetVisibleEnum.Visible
        and len(sheet.name) <= limits["name"]
    ][: limits["sheets"]]
    if asked and asked not in names:
        return Answer("no such sheet", sheets=names)
    best = Answer("empty", sheets=names)
    for name in [asked] if asked else names:
        rows, merged = _rows(book.get_sheet_by_name(name), limits)
        if rows and best.problem:
            best = Answer("", name, names, merged, rows)
        if sum(sum(cell != "" for cell in cells) > 1 for _, cells in rows) > 1:
            return Answer("", name, names, merged, rows)
    return best


def _rows(
    sheet: calamine.CalamineSheet, limits: dict[str, int]
) -> tuple[list[tuple[int, list[str | float]]], bool]:
    if sheet.start is None:
        return [], False
    if sheet.height * sheet.width > limits["span"]:
        raise Refused("span")
    rows: list[tuple[int, list[str | float]]] = []
    count = characters = 0
    for number, cells in _from_column_a(sheet):
        while cells and cells[-1] == "":
            cells.pop()
        if not any(cell != "" for cell in cells):
            continue
        count += len(cells)
        characters += sum(len(cell) for cell in cells if isinstance(cell, str))
        if len(cells) > limits["columns"]:
            raise Refused("columns")
        if len(rows) == limits["rows"] or count > limits["cells"]:
            raise Refused("rows")
        if characters > limits["characters"]:
            raise Refused("characters")
        rows.append((number, cells))
    return rows, _spread_merged(sheet, rows, limits)


def _from_column_a(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[str | float]]]:
    """Yield number and cells of each row.

    Calamine gives the empty rows before the first that holds something, but not the columns.
    """
    assert sheet.start is not None  # noqa: S101 - for the type checker
    before: list[str | float] = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [*before, *map(_cell, cells)]


def _cell(value: Any) -> str | float:
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else str(value)
    return str(value)  # dates and times, in the ISO form


def _spread_merged(
    sheet: calamine.CalamineSheet,
    rows: list[tuple[int, list[str | float]]],
    limits: dict[str, int],
) -> bool:
    """Write a cell merged over several rows into each of them, since it stands for each."""
    at = dict(rows)
    merged, steps = False, 0
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        value = at.get(first + 1, [])[column : column + 1]
        if last == first or value in ([], [""]):
            continue
        for number in range(first + 2, last + 2):
            steps += 1
            if steps > limits["rows"]:
                return merged
            cells = at.get(number)
            if cells and (column >= len(cells) or cells[column] == ""):
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column], merged = value[0], True
    return merged


def main() -> None:
    """Read from standard input, write to standard output."""
    source = sys.stdin.buffer
    limits = json.loads(source.readline())
    limit_this_process(limits["memory"], limits["seconds"])
    answer = read(source.read(), limits.pop("sheet"), limits)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
