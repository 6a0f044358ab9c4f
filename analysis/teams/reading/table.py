"""A grid with its header found: which column holds what, and where each cell stood in the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.errors import UploadError
from analysis.teams.reading.grid import Cell, Grid, Row, as_text, letter, shown
from analysis.teams.reading.headers import KINDS, Vocabulary, best_kind, header_words, roles
from analysis.teams.reading.limits import HEADER_WITHIN
from analysis.teams.team import TeamKind
from analysis.words import join

_FEWEST_TURNED = 3
"""Names of dimensions that a column must hold for a table to be read with rows for columns."""
_WIDEST_TURNED = 100
_NEEDED = ("score:", "culture", "question:")
_EXPECTED: Mapping[TeamKind, str] = {
    "scores": "PDI or Power distance (scores)",
    "members": "Culture or Country (members)",
    "answers": "q01 (answers, at least four of them)",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Records under a header.

    Attributes
    ----------
    kind : {"scores", "members", "answers"}
    header : Row
    records : tuple of Row
        What stands below the header.
    columns : mapping
        From what a column holds (see `headers.roles`) to its place, counted from 0.
    turned : bool
        Rows and columns have changed places: the names stood below each other.
    """

    kind: TeamKind
    header: Row
    records: tuple[Row, ...]
    columns: Mapping[str, int]
    turned: bool = False

    def cell(self, record: Row, role: str) -> Cell:
        """Return what a record holds in the column of a role; empty where there is none."""
        return record.cell(self.columns[role]) if role in self.columns else ""

    def place(self, record: Row, column: int) -> tuple[int, str]:
        """Return row and column of a cell as the file shows them."""
        name = as_text(self.header.cell(column))
        if self.turned:
            return column + 1, letter(record.number - 1)
        return record.number, f"{letter(column)} ({shown(name)[1:-1]})" if name else letter(column)

    def row_name(self, record: Row) -> str:
        """Return the row's number, or the column's letter where the table is turned."""
        return letter(record.number - 1) if self.turned else str(record.number)


def find_table(grid: Grid, kind: TeamKind | None, words: Vocabulary) -> Table:
    """Return the records of a grid under the header that names most columns.

    Without `kind` it is the one whose columns the header names. A row that repeats the header is
    left out; a column with nothing in it, as a template's *Weight* may be, counts as not there.

    Raises
    ------
    UploadError
        No header names what is needed, two columns hold the same, or nothing stands below.
    """
    kinds = (kind,) if kind else KINDS
    turned = _find_turned(grid.rows, words) if "scores" in kinds else None
    table = _find(grid.rows, kinds, words, 0 if turned is None else len(turned.columns))
    table = turned if table is None else table
    if table is None:
        raise _no_header(grid, kind)
    if not table.records:
        raise UploadError(
            f"Nothing stands below the names of the columns in row {table.header.number}."
        )
    return table


def _find(
    rows: Sequence[Row], kinds: Sequence[TeamKind], words: Vocabulary, more_than: int
) -> Table | None:
    """Return the table whose header names most columns, if they are more than that."""
    best: tuple[int, TeamKind, tuple[str, ...]] | None = None
    place = 0
    for here, row in enumerate(rows[:HEADER_WITHIN]):
        known = best_kind(row.cells, kinds, words)
        if known and known[0] > (best[0] if best else more_than):
            best, place = known, here
    if best is None:
        return None
    _, kind, found = best
    header = rows[place]
    records = tuple(row for row in rows[place + 1 :] if row.cells != header.cells)
    columns = {
        role: column
        for role, column in _columns(header, found).items()
        if role.startswith(_NEEDED) or any(record.cell(column) != "" for record in records)
    }
    return Table(kind, header, records, columns)


def _columns(header: Row, found: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, role in enumerate(found):
        if role in columns:
            pair = join(
                f"{letter(c)} ({shown(header.cells[c])[1:-1]})" for c in (columns[role], column)
            )
            raise UploadError(
                f"Columns {pair} in row {header.number} have the same meaning: keep one of them."
            )
        if role:
            columns[role] = column
    return columns


def _find_turned(rows: Sequence[Row], words: Vocabulary) -> Table | None:
    """Return scores whose dimensions stand below each other, a team in each column.

    The first row above or at the first dimension gives the teams' names.
    """
    if not rows or len(rows) > _WIDEST_TURNED:
        return None
    names = [row.cell(0) for row in rows]
    found = roles(names, "scores", words)
    if sum(role.startswith("score:") for role in found) < _FEWEST_TURNED:
        return None
    first = next(i for i, role in enumerate(found) if role.startswith("score:"))
    cells: dict[int, list[Cell]] = {}
    columns: dict[str, int] = {}
    for place, row in enumerate(rows):
        role = "team" if place == first - 1 and not found[place] else found[place]
        if role == "" or (role in {"team", "name", "culture", "size"} and role in columns):
            continue
        if role in columns:
            pair = f"{columns[role] + 1} and {row.number}"
            raise UploadError(f"Rows {pair} have the same meaning: keep one of them.")
        columns[role] = row.number - 1
        for column in range(1, len(row.cells)):
            held = cells.setdefault(column, [""] * rows[-1].number)
            held[row.number - 1] = row.cells[column]
    header: list[Cell] = [""] * rows[-1].number
    for row in rows:
        header[row.number - 1] = row.cell(0)
    records = tuple(
        Row(column + 1, tuple(held))
        for column, held in sorted(cells.items())
        if any(cell != "" for cell in held)
    )
    return Table("scores", Row(1, tuple(header)), records, columns, turned=True)


def unused(table: Table, used: Collection[str]) -> list[str]:
    """Return the header's columns that hold something but are not read."""
    read = {table.columns[role] for role in used if role in table.columns}
    return [
        shown(cell)
        for column, cell in enumerate(table.header.cells)
        if column not in read
        and cell != ""
        and any(record.cell(column) != "" for record in table.records)
    ]


def _no_header(grid: Grid, kind: TeamKind | None) -> UploadError:
    needed = [_EXPECTED[kind]] if kind else [_EXPECTED[k] for k in reversed(KINDS)]
    found = join(shown(cell) for cell in grid.rows[0].cells[:4] if header_words(cell))
    first = f"; the first row has {found}" if found else ""
    return UploadError(
        f"No header was found: one of the first {HEADER_WITHIN} rows must name what each column"
        f" holds, such as {join(needed, 'or')}{first}."
    )
