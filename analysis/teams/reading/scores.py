"""Teams given by their scores: one row a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from analysis.teams.reading.cells import bounded, name
from analysis.teams.reading.fault import BadCell, Faults, beyond_header
from analysis.teams.reading.grid import Cell
from analysis.teams.reading.table import Table
from analysis.teams.team import Team

SCORE_RANGE: Mapping[str, tuple[float, float]] = {"hofstede-2015": (0.0, 120.0)}
"""Scores beyond are typing mistakes: the published ones lie from 0 to 112 [points]."""

WIDEST_SPREAD = 85.0
"""Two people at 0 and 120 have a standard deviation of 120 / sqrt(2) = 84.9 points."""

LARGEST_SIZE = 10_000_000


def used_roles(table: Table, dimension_ids: Sequence[str]) -> set[str]:
    """Return what is read of such a table; of several columns with a name the first counts."""
    names = [role for role in ("name", "team", "culture") if role in table.columns][:1]
    return {"size", *names, *(f"{what}:{i}" for what in ("score", "spread") for i in dimension_ids)}


def read_scores(
    table: Table, framework: str, dimension_ids: Sequence[str], title: str, faults: Faults
) -> list[Team]:
    """Return a team, still without id, for each good row.

    A missing score stays None. A row without a name gets the title where it is the only one, or
    `Team` and its place.
    """
    low, high = SCORE_RANGE.get(framework, (-1e6, 1e6))
    names = sorted(used_roles(table, dimension_ids) & {"name", "team", "culture"})
    given = [f"score:{i}" for i in dimension_ids if f"score:{i}" in table.columns]
    teams = []
    for place, record in enumerate(table.records, 1):
        cell, take = partial(table.cell, record), partial(faults.take, record)
        label = take(names, partial(name, cell(names[0]))) if names else ""
        scores, spread = (
            tuple(
                take((role,), partial(bounded, cell(role), *bounds))
                for role in (f"{what}:{i}" for i in dimension_ids)
            )
            for what, bounds in (
                ("score", (low, high, f"a number from {low:g} to {high:g}, or nothing")),
                ("spread", (0.0, WIDEST_SPREAD,
                            f"a standard deviation from 0 to {WIDEST_SPREAD:g}, or nothing")),
            )
        )  # fmt: skip
        size = take(("size",), partial(_size, cell("size")))
        beyond_header(table, record, faults)
        if not faults.row_failed and all(score is None for score in scores):
            first = table.columns[given[0]]
            faults.add(record, first, BadCell("a score on at least one dimension"))
        if faults.close(record):
            alone = title if len(table.records) == 1 else ""
            shown = label or alone or f"Team {place}"
            teams.append(Team("", shown, "scores", framework, scores, spread, size))
    return teams


def _size(cell: Cell) -> int | None:
    expected = "a whole number of people above 0, or nothing"
    found = bounded(cell, 1, LARGEST_SIZE, expected)
    if found is None:
        return None
    if found != int(found):
        raise BadCell(expected)
    return int(found)
