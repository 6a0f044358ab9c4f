"""Teams given by their members: one row a person with their culture or cultures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Literal

from analysis.teams.reading.cells import ProfileFinder, cultures, name, team_name, weight
from analysis.teams.reading.fault import BadCell, Faults, beyond_header
from analysis.teams.reading.grid import Row, as_text, plain
from analysis.teams.reading.table import Table
from analysis.teams.team import Culture, Member, Team
from analysis.words import join

_Held = tuple[tuple[Culture, ...], bool]
NameChoice = Literal["keep", "initials", "leave_out"]

NAME_ROLES = ("name", "given", "family")
_NAMED_AT_MOST = 5
_CULTURE_COLUMNS = (
    ("culture", "share"),
    *((f"culture:{n}", f"share:{n}") for n in range(1, 10)),
)
USED_ROLES = frozenset(
    (*NAME_ROLES, "weight", "team", *(role for pair in _CULTURE_COLUMNS for role in pair))
)


def read_members(
    table: Table, finder: ProfileFinder, title: str, choice: NameChoice, faults: Faults
) -> tuple[list[Team], list[str]]:
    """Return the teams, still without ids, and what a person should know.

    A team's members are the rows that name it in a column such as *Team*; without one all rows
    are one team, named after the file.
    """
    groups: dict[str, tuple[str, list[Member]]] = {}
    scaled: list[str] = []
    memory: dict[str, _Held | tuple[str, str]] = {}
    pairs = [pair for pair in _CULTURE_COLUMNS if pair[0] in table.columns]
    roles = [role for role, _ in pairs]
    hidden = choice != "keep"
    for record in table.records:
        take = partial(faults.take, record)
        if beyond_header(table, record, faults, hidden) and hidden:
            faults.close(record)  # a name may stand in any column of a row that is shifted
            continue
        given = take(NAME_ROLES, partial(full_name, table, record), hidden) or ""
        held = take(roles, partial(_recalled, _culture_text(table, record, pairs), memory, finder))
        weighed = take(("weight",), partial(weight, table.cell(record, "weight")))
        team = take(("team",), partial(team_name, table.cell(record, "team")))
        if not faults.close(record) or held is None:
            continue
        if held[1]:
            scaled.append(table.row_name(record))
        label = team or title or "Team"
        members = groups.setdefault(plain(label), (label, []))[1]
        members.append(Member(given, held[0], 1.0 if weighed is None else weighed))
    teams = [
        Team("", label, "members", members=_renamed(members, choice))
        for label, members in groups.values()
    ]
    return teams, _notes(teams, scaled, choice)


def full_name(table: Table, record: Row) -> str:
    """Return a person's name, from one column or from those of first and last name."""
    return " ".join(filter(None, (name(table.cell(record, role)) for role in NAME_ROLES)))


def initials(text: str) -> str:
    """Return the first letter of each part of a name.

    >>> initials("Anna-Maria de Vries")
    'A.M.D.V.'
    """
    return "".join(f"{part[0].upper()}." for part in re.findall(r"[^\W_]+", text))


def _renamed(members: Sequence[Member], choice: NameChoice) -> tuple[Member, ...]:
    if choice == "keep":
        return tuple(members)
    seen: Counter[str] = Counter()
    renamed = []
    for place, member in enumerate(members, 1):
        label = (choice == "initials" and initials(member.name)) or f"Member {place}"
        seen[label] += 1
        again = f" {seen[label]}" if seen[label] > 1 else ""
        renamed.append(Member(label + again, member.cultures, member.weight))
    return tuple(renamed)


def _culture_text(table: Table, record: Row, pairs: Sequence[tuple[str, str]]) -> str:
    """Return one list of cultures, from one column or from numbered ones with their shares."""
    found = (
        (as_text(table.cell(record, role)), as_text(table.cell(record, share)))
        for role, share in pairs
    )
    return ";".join(f"{held}:{share}" if share else held for held, share in found if held)


def _recalled(
    text: str, memory: dict[str, _Held | tuple[str, str]], finder: ProfileFinder
) -> _Held:
    if text not in memory:
        try:
            memory[text] = cultures(text, finder)
        except BadCell as problem:
            memory[text] = problem.expected, problem.found
    held = memory[text]
    if isinstance(held[0], str):
        raise BadCell(*held)
    return held


def _notes(teams: Sequence[Team], scaled: Sequence[str], choice: NameChoice) -> list[str]:
    notes = []
    if scaled:
        more = f" and {len(scaled) - _NAMED_AT_MOST} more" if len(scaled) > _NAMED_AT_MOST else ""
        notes.append(
            "Shares were taken as proportions and scaled to add up to 1 in row"
            f"{'s' if len(scaled) > 1 else ''} {join(scaled[:_NAMED_AT_MOST])}{more}."
        )
    if choice != "keep":
        return notes
    for team in teams:
        twice = [n for n, count in Counter(m.name for m in team.members).items() if n and count > 1]
        if twice:
            notes.append(
                f"{team.name} has several members named {join(twice[:_NAMED_AT_MOST])}; each row"
                " counts as one person."
            )
    return notes
