"""A grid to teams, with every fault named: the one function that pages and commands call."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from analysis.errors import UploadError
from analysis.settings import DEFAULT_FRAMEWORK
from analysis.tables import Tables
from analysis.teams.reading import answers, members, scores
from analysis.teams.reading.cells import ProfileFinder
from analysis.teams.reading.fault import Fault, Faults, RejectedRow, is_shifted, texts
from analysis.teams.reading.grid import Grid, Row
from analysis.teams.reading.headers import vocabulary
from analysis.teams.reading.limits import MOST_FAULTS, MOST_TEAMS
from analysis.teams.reading.members import NameChoice
from analysis.teams.reading.table import Table, find_table, unused
from analysis.teams.reading.totals import without_totals
from analysis.teams.team import TEAM_PREFIX, Team, TeamKind
from analysis.words import join

_KIND_WORDS = {
    "scores": "scores, a team in each row",
    "members": "members, a person in each row",
    "answers": "answers to the VSM 2013, a respondent in each row",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a grid says.

    Attributes
    ----------
    kind : {"scores", "members", "answers"}
    teams : tuple of Team
        From the good rows; empty where there is none.
    faults : tuple of Fault
        In the order of the rows.
    header : tuple of str
        Names of the columns, for the rejected rows.
    rejected : tuple of RejectedRow
    notes : tuple of str
        What was understood and how, as sentences.
    """

    kind: TeamKind
    teams: tuple[Team, ...]
    faults: tuple[Fault, ...]
    header: tuple[str, ...]
    rejected: tuple[RejectedRow, ...]
    notes: tuple[str, ...]


def content_id(team: Team) -> str:
    """Return an id that follows from what the team holds: the same file gives the same id."""
    digest = hashlib.sha256(repr(replace(team, id="")).encode()).digest()
    return TEAM_PREFIX + base64.b32encode(digest[:5]).decode()


def read_team(
    tables: Tables,
    grid: Grid,
    kind: TeamKind | None = None,
    *,
    names: NameChoice = "keep",
    framework: str = DEFAULT_FRAMEWORK,
    make_id: Callable[[Team], str] = content_id,
) -> Reading:
    """Return the teams of a grid, and a fault for each cell that cannot be read.

    A row with a fault is left out whole; the others go on.

    Parameters
    ----------
    tables : Tables
    grid : Grid
    kind : {"scores", "members", "answers"}, optional
        Without it the kind whose columns the header names.
    names : {"keep", "initials", "leave_out"}
        What becomes of members' names. Unless they are kept, the reading holds nothing of the
        columns with names or of those that are not read, in its faults and rejected rows either.
    framework : str
        Whose dimensions the scores are on.
    make_id : function of a team
        Returns the id of a team that has none; called again with a changed name while it returns
        one that is taken in this file.

    Raises
    ------
    UploadError
        No header is found, columns contradict each other, or the teams are too many.
    """
    words = vocabulary(tables.frameworks[framework])
    table = find_table(grid, kind, words)
    finder = ProfileFinder(tables)
    table, left_out = without_totals(table, finder, hidden=names != "keep")
    faults = Faults(table)
    dimension_ids = tables.frameworks[framework].dimension_ids
    notes: list[str] = []
    if table.kind == "scores":
        used: Sequence[str] = sorted(scores.used_roles(table, dimension_ids))
        teams = scores.read_scores(table, framework, dimension_ids, grid.title, faults)
    elif table.kind == "members":
        used = sorted(members.USED_ROLES)
        teams, notes = members.read_members(table, finder, grid.title, names, faults)
    else:
        teams, notes, roles = answers.read_answers(tables, table, finder, grid.title, faults)
        used = sorted(roles)
    if len(teams) > MOST_TEAMS:
        raise UploadError(
            f"This table has {len(teams):,} teams; at most {MOST_TEAMS} are read at once."
        )
    shown = _may_be_shown(table, used, names)
    return Reading(
        table.kind,
        _with_ids(teams, make_id),
        tuple(faults.all),
        texts(table.header.cells),
        tuple(
            RejectedRow(table.row_name(record), _kept_cells(table, record, shown), reason)
            for record, reason in faults.rejected
        ),
        (
            *grid.notes,
            *_understood(grid, table, kind, used),
            *left_out,
            *notes,
            *_cut(faults),
        ),
    )


def _may_be_shown(table: Table, used: Sequence[str], names: NameChoice) -> set[int] | None:
    """Return the columns that a rejected row may show, None for all."""
    if table.kind != "members" or names == "keep":
        return None
    return {
        table.columns[role]
        for role in used
        if role in table.columns and role not in members.NAME_ROLES
    }


def _kept_cells(table: Table, record: Row, shown: set[int] | None) -> tuple[str, ...]:
    held = texts(record.cells)
    if shown is None:
        return held
    if is_shifted(table, record):
        return ()
    return tuple(text if column in shown else "" for column, text in enumerate(held))


def _with_ids(teams: Sequence[Team], make_id: Callable[[Team], str]) -> tuple[Team, ...]:
    taken: dict[str, Team] = {}
    for team in teams:
        others = (replace(team, name=f"{team.name} {n}") for n in range(2, MOST_TEAMS + 2))
        made = next((i for t in chain([team], others) if (i := make_id(t)) not in taken), "")
        if not made:
            raise ValueError("make_id returns too few different ids")
        taken[made] = replace(team, id=made)
    return tuple(taken.values())


def _understood(grid: Grid, table: Table, asked: TeamKind | None, used: Sequence[str]) -> list[str]:
    notes = [] if asked else [f"Taken as {_KIND_WORDS[table.kind]}."]
    if table.turned:
        notes.append(
            "The names of the columns stand below each other; each column was read as a team."
        )
    elif table.header.number != grid.rows[0].number:
        notes.append(
            f"The names of the columns are in row {table.header.number}; what stands above was not"
            " read."
        )
    ignored = unused(table, used)
    if ignored:
        more = f" and {len(ignored) - 8} more" if len(ignored) > 8 else ""
        notes.append(
            f"Not read: column{'s' if len(ignored) > 1 else ''} {join(ignored[:8])}{more}."
        )
    return notes


def _cut(faults: Faults) -> list[str]:
    if not faults.full:
        return []
    return [f"More than {MOST_FAULTS:,} faults: of the last rows only the first fault is named."]
