"""A grid to an edition, with every fault named: the one function that page and commands call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from analysis.editions.checking import score_range, why_no_framework
from analysis.editions.edition import LONGEST_NAME, Edition, Values, edition_id
from analysis.errors import UploadError
from analysis.settings import DEFAULT_FRAMEWORK
from analysis.tables import Framework, Tables, shipped_bytes
from analysis.teams.reading import Fault, Grid, Reading, RejectedRow, rejected_csv
from analysis.teams.reading.cells import ProfileFinder, bounded
from analysis.teams.reading.fault import BadCell, Faults, beyond_header, texts
from analysis.teams.reading.grid import Row, as_text, shown
from analysis.teams.reading.headers import Vocabulary, roles, vocabulary
from analysis.teams.reading.limits import HEADER_WITHIN
from analysis.teams.reading.table import Table, find_table, unused
from analysis.teams.reading.totals import without_totals
from analysis.words import capital, in_words, join

_COUNTRY = ("culture", "name", "team")
"""The columns that can name the country, the surest first; what else a row of scores can hold."""
_UNNAMED = "My own edition"


@dataclass(frozen=True, slots=True)
class EditionReading:
    """What a grid says.

    Attributes
    ----------
    edition : Edition or None
        From the good rows, named after the file; None where they make no framework.
    faults : tuple of Fault
        In the order of the rows.
    header : tuple of str
        Names of the columns, for the rejected rows.
    rejected : tuple of RejectedRow
    understood : tuple of str
        What was understood and how, as sentences.
    reason : str
        Why there is no edition, in one sentence; else empty.
    """

    edition: Edition | None
    faults: tuple[Fault, ...]
    header: tuple[str, ...]
    rejected: tuple[RejectedRow, ...]
    understood: tuple[str, ...]
    reason: str


def left_out_csv(found: EditionReading) -> bytes:
    """Return the rejected rows with the reason for each, as a file to mend and take in again."""
    return rejected_csv(
        Reading("scores", (), found.faults, found.header, found.rejected, found.understood)
    )


def edition_template(filled: bool = False) -> bytes:
    """Return the CSV file that shows how an edition is written: its header, or an example."""
    name = "edition-example.csv" if filled else "edition.csv"
    return shipped_bytes(f"templates/{name}")


def read_edition(grid: Grid, tables: Tables, base: str = DEFAULT_FRAMEWORK) -> EditionReading:
    """Return the edition that a grid holds, and a fault for each cell that cannot be read.

    A row with a fault is left out whole, and so are all rows of a country that stands in several;
    the others go on.

    Parameters
    ----------
    grid : Grid
        One row a country, by ISO code or name, and one column a dimension.
    tables : Tables
    base : str
        Id of the framework that ships whose dimensions the columns are.

    Raises
    ------
    UploadError
        No header is found, columns contradict each other, or none names the country.
    """
    framework = tables.frameworks[base]
    table = _find(grid, vocabulary(framework))
    finder = ProfileFinder(tables)
    table, left_out = without_totals(table, finder, hidden=False)
    country = next((role for role in _COUNTRY if role in table.columns), None)
    if country is None:
        raise UploadError(
            "No column names the country: add one called Country, with an ISO code or a name in"
            " each row."
        )
    faults = Faults(table)
    rows, empty = _rows(table, framework, finder, country, faults)
    reason = why_no_framework(tables, framework, rows)
    return EditionReading(
        None if reason else _edition(grid, base, rows),
        tuple(faults.all),
        texts(table.header.cells),
        tuple(
            RejectedRow(table.row_name(record), texts(record.cells), why)
            for record, why in faults.rejected
        ),
        (
            *grid.notes,
            *_understood(tables, table, framework, country, rows),
            *left_out,
            *_without_scores(tables, empty),
        ),
        capital(reason),
    )


def _edition(grid: Grid, base: str, rows: Mapping[str, Values]) -> Edition:
    held = tuple(rows.items())
    return Edition(edition_id(base, held), grid.title[:LONGEST_NAME] or _UNNAMED, "", base, held)


def _find(grid: Grid, words: Vocabulary) -> Table:
    """Return the records under the header.

    A file of scores often names each country twice, by code and by name: the first of two such
    columns counts, and the other one is taken for what it is not asked for.
    """
    given = {row.number: row for row in grid.rows[:HEADER_WITHIN]}
    rows = tuple(_one_country(row, words) if row.number in given else row for row in grid.rows)
    table = find_table(replace(grid, rows=rows), "scores", words)
    if table.turned:
        return table
    return replace(table, header=given[table.header.number])


def _one_country(row: Row, words: Vocabulary) -> Row:
    found = roles(row.cells, "scores", words)
    if not any(role.startswith("score:") for role in found):
        return row
    first = found.index("culture") if "culture" in found else -1
    return Row(
        row.number,
        tuple(
            "" if role == "culture" and place != first else cell
            for place, (cell, role) in enumerate(zip(row.cells, found, strict=True))
        ),
    )


def _rows(
    table: Table, framework: Framework, finder: ProfileFinder, country: str, faults: Faults
) -> tuple[dict[str, Values], list[str]]:
    """Return the good rows by profile, and the profiles of rows without any score."""
    profiles = [finder.find(as_text(table.cell(record, country))) for record in table.records]
    seen = Counter(profile for profile in profiles if profile)
    rows: dict[str, Values] = {}
    empty: list[str] = []
    low, high = score_range(framework)
    expected = f"a score from {low:g} to {high:g}, or nothing"
    for record, profile in zip(table.records, profiles, strict=True):
        column = table.columns[country]
        if profile is None:
            faults.add(record, column, BadCell(finder.hint(as_text(record.cell(column)))))
        elif seen[profile] > 1:
            faults.add(record, column, BadCell("each country in one row only"))
        values = tuple(
            faults.take(record, (role,), partial(bounded, table.cell(record, role), low, high,
                                                 expected))
            for role in (f"score:{d}" for d in framework.dimension_ids)
        )  # fmt: skip
        beyond_header(table, record, faults)
        if not faults.close(record) or profile is None:
            continue
        if all(value is None for value in values):
            empty.append(profile)
        else:
            rows[profile] = values
    return rows, empty


def _understood(
    tables: Tables,
    table: Table,
    framework: Framework,
    country: str,
    rows: Mapping[str, Values],
) -> list[str]:
    given = [d for d in framework.dimensions if f"score:{d.id}" in table.columns]
    places = join(
        f"{d.name.lower()} from {shown(table.header.cell(table.columns[f'score:{d.id}']))}"
        for d in given
    )
    countries = [i for i in rows if tables.profiles[i].kind == "country"]
    complete = sum(None not in rows[i] for i in countries)
    others = len(rows) - len(countries)
    count = f"{len(countries)} countr{'y' if len(countries) == 1 else 'ies'}"
    beside = f"; also {in_words(others)} of parts of countries or regions" if others else ""
    said = [f"{count}, {complete} of them with every score{beside}.", f"Read: {places}."]
    ignored = unused(table, [country, *(f"score:{d.id}" for d in given)])
    if ignored:
        more = f" and {len(ignored) - 8} more" if len(ignored) > 8 else ""
        said.append(f"Not read: column{'s' if len(ignored) > 1 else ''} {join(ignored[:8])}{more}.")
    return said


def _without_scores(tables: Tables, empty: list[str]) -> list[str]:
    if not empty:
        return []
    named = [tables.profiles[i].name for i in empty[:5]]
    more = [f"{len(empty) - 5} more"] if len(empty) > 5 else []
    return [f"Without any score, and left out: {join([*named, *more])}."]
