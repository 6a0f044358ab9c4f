"""Teams given by their members: one row a person with their culture or cultures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from analysis.teams.reading.cells import ProfileFinder, cultures, name, team_name, weight
from analysis.teams.reading.fault import BadCell, Faults, beyond_header
from analysis.teams.reading.grid import Cell, Row, as_text, clusters, plain
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
    (*NAME_ROLES, "weight", "team", "unclear", *(r for pair in _CULTURE_COLUMNS for r in pair))
)
_WHOLE = frozenset(("", "1", "100", "100%", "100 %"))
_UNCLEAR = (
    "a header that says whose share this is: “Culture share” for how much of the person this"
    " culture is, “Weight” for how much the person counts in the team"
)


def read_members(
    table: Table, finder: ProfileFinder, title: str, choice: NameChoice, faults: Faults
) -> tuple[list[Team], list[str]]:
    """Return the teams, still without ids, and what a person should know.

    A team's members are the rows that name it in a column such as *Team*; without one all rows
    are one team, named after the file. A column *Culture share* may spread a person over several
    rows of the same name; a column *Share* alone may as well mean the weight, and is asked about.
    """
    table = _with_clear_share(table)
    groups: dict[str, tuple[str, list[Member]]] = {}
    scaled: list[str] = []
    memory: dict[str, _Held | tuple[str, str]] = {}
    pairs = [pair for pair in _CULTURE_COLUMNS if pair[0] in table.columns]
    roles = [role for role, _ in pairs]
    hidden = choice != "keep"
    together = _people_in_rows(table, pairs)
    refused: set[int] = set()
    for record in table.records:
        take = partial(faults.take, record)
        if beyond_header(table, record, faults, hidden) and hidden:
            faults.close(record)  # a name may stand in any column of a row that is shifted
            continue
        given = take(NAME_ROLES, partial(full_name, table, record), hidden) or ""
        first, text = together.get(record.number, (record, _culture_text(table, record, pairs)))
        held = take(roles, partial(_recalled, text, memory, finder))
        take(("unclear",), partial(_whole, table.cell(record, "unclear")))
        weighed = take(("weight",), partial(_weight_of_person, table, record, first))
        team = take(("team",), partial(team_name, table.cell(record, "team")))
        if first is not record and first.number in refused and not faults.row_failed:
            faults.add(
                record, table.columns[roles[0]], BadCell("no fault in the person’s first row")
            )
        if not faults.close(record) or held is None:
            refused.add(record.number)
            continue
        if first is not record:
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
    notes = _notes(teams, scaled, choice)
    if together:
        people = len({first.number for first, _ in together.values()})
        notes.append(
            f"{people} {'people stand' if people > 1 else 'person stands'} in several rows, one for"
            " each culture, by the column of culture shares."
        )
    return teams, notes


def _with_clear_share(table: Table) -> Table:
    """Return the table with a column *Share* as that of a culture where others are numbered."""
    numbered = any(role.startswith(("culture:", "share:")) for role in table.columns)
    if "unclear" not in table.columns or not numbered or "share" in table.columns:
        return table
    columns = {("share" if r == "unclear" else r): c for r, c in table.columns.items()}
    return replace(table, columns=columns)


def _whole(cell: Cell) -> None:
    """Pass over a share of one, which is the same as either; refuse to guess at any other."""
    if as_text(cell).strip() not in _WHOLE:
        raise BadCell(_UNCLEAR)


def _people_in_rows(table: Table, pairs: Sequence[tuple[str, str]]) -> dict[int, tuple[Row, str]]:
    """Return, by number of the row, the first row of a person who has several and all cultures.

    Only under a column *Culture share*, and only where each row of that name has a share.
    """
    if pairs != [("culture", "share")] or "share" not in table.columns:
        return {}
    people: dict[tuple[str, ...], list[Row]] = {}
    for record in table.records:
        named = tuple(plain(as_text(table.cell(record, role))) for role in ("team", *NAME_ROLES))
        if any(named[1:]):
            people.setdefault(named, []).append(record)
    found: dict[int, tuple[Row, str]] = {}
    for rows in people.values():
        if len(rows) < 2 or not all(as_text(table.cell(row, "share")) for row in rows):
            continue
        text = ";".join(_culture_text(table, row, pairs) for row in rows)
        found |= {row.number: (rows[0], text) for row in rows}
    return found


def _weight_of_person(table: Table, record: Row, first: Row) -> float:
    found = weight(table.cell(record, "weight"))
    if found != weight(table.cell(first, "weight")):
        raise BadCell("the weight that the person has in the other rows")
    return found


def full_name(table: Table, record: Row) -> str:
    """Return a person's name, from one column or from those of first and last name."""
    return " ".join(filter(None, (name(table.cell(record, role)) for role in NAME_ROLES)))


def initials(text: str) -> str:
    """Return the first letter of each part of a name, with the marks that belong to it.

    What a reader sees as one sign is never cut: a letter keeps its accents, and an emoji, of one
    sign or of several that are joined, is no letter and goes whole.

    >>> initials("Anna-Maria de Vries")
    'A.M.D.V.'
    """
    signs = clusters(text)
    starts = (
        sign
        for before, sign in zip(["", *signs], signs, strict=False)
        if sign[0].isalnum() and not before[:1].isalnum()
    )
    return "".join(f"{sign.upper()}." for sign in starts)


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
