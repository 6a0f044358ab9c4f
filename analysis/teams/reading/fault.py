"""What is wrong with a row: named so that a person can find and mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from analysis.teams.reading.grid import Cell, Row, as_text, shown
from analysis.teams.reading.limits import MOST_FAULTS
from analysis.teams.reading.table import Table

Held = TypeVar("Held")
_HIDDEN = "what is not shown"


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be read.

    `row` counts from 1 as in the file, `column` is a letter and the header's name; `found` is short
    and printable; `expected` completes the sentence.
    """

    row: int
    column: str
    found: str
    expected: str

    @property
    def sentence(self) -> str:
        """Where it is, what was found and what is expected."""
        return (
            f"Row {self.row}, column {self.column}: found {self.found}, expected {self.expected}."
        )


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was left out: its number (or letter, in a turned table), cells and reason."""

    place: str
    cells: tuple[str, ...]
    reason: str


class BadCell(Exception):  # noqa: N818 - becomes a `Fault`
    """A cell that is not what its column holds; the message is what is expected.

    `found` stands in for the cell where only a part of it is at fault.
    """

    def __init__(self, expected: str, found: str = "") -> None:
        super().__init__(expected)
        self.expected = expected
        self.found = found


class Faults:
    """The faults of one table, collected row by row."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.all: list[Fault] = []
        self.rejected: list[tuple[Row, str]] = []
        self._row: list[Fault] = []

    @property
    def full(self) -> bool:
        """Whether so many are listed that only the first of each further row is."""
        return len(self.all) >= MOST_FAULTS

    def add(self, record: Row, column: int, problem: BadCell) -> None:
        """Note that a cell of a record is not what it should be."""
        if self.full and self._row:
            return
        row, name = self.table.place(record, column)
        found = problem.found or shown(record.cell(column))
        self._row.append(Fault(row, name, found, problem.expected))

    @property
    def row_failed(self) -> bool:
        """Whether the record that is being read has a fault already."""
        return bool(self._row)

    def take(
        self,
        record: Row,
        roles: Sequence[str],
        read: Callable[[], Held],
        hidden: bool = False,
    ) -> Held | None:
        """Return what is read of a record; None where no column has these roles or a cell is bad.

        With `hidden` a bad cell is not quoted.
        """
        columns = [self.table.columns[role] for role in roles if role in self.table.columns]
        if not columns:
            return None
        try:
            return read()
        except BadCell as problem:
            found = _HIDDEN if hidden else problem.found
            self.add(record, columns[0], BadCell(problem.expected, found))
            return None

    def close(self, record: Row) -> bool:
        """End a record; return whether it is good."""
        if not self._row:
            return True
        self.all.extend(self._row)
        self.rejected.append((record, " ".join(fault.sentence for fault in self._row)))
        self._row = []
        return False


def is_shifted(table: Table, record: Row) -> bool:
    """Say whether cells stand beyond the last named column: unquoted, `NLD;CHN` is two cells."""
    return any(cell != "" for cell in record.cells[len(table.header.cells) :])


def beyond_header(table: Table, record: Row, faults: Faults, hidden: bool = False) -> bool:
    """Note cells beyond the last named column; return whether there are any."""
    if not is_shifted(table, record):
        return False
    width = len(table.header.cells)
    column = next(c for c in range(width, len(record.cells)) if record.cells[c] != "")
    expected = (
        "nothing beyond the last named column (a cell that holds the sign between columns stands"
        " in quotation marks)"
    )
    faults.add(record, column, BadCell(expected, _HIDDEN if hidden else ""))
    return True


def texts(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """Return cells as a file of text holds them."""
    return tuple(as_text(cell) for cell in cells)
