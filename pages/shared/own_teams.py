"""What a person does with teams: make, change, copy, delete and bring back, in this session."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from analysis.errors import UploadError
from analysis.teams.reading import NameChoice, Reading, read_grid, read_pasted, read_team
from analysis.teams.team import TEAM_PREFIX, Member, Team, TeamKind
from analysis.words import join
from pages.shared import keeping, state, viewing

CHOSEN, CLOSE = "team_chosen", "team_close"
"""The team that is looked at, and whether the part for making one is to be closed."""

_DELETED, _SAID, _UPLOADS, _READ = "team_deleted", "team_said", "team_uploads", "team_read"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_id(_: Team | None = None) -> str:
    """Return an id that says nothing about the team and that nobody can guess."""
    return TEAM_PREFIX + "".join(secrets.choice(_LETTERS) for _ in range(8))


def upload_key() -> str:
    """Return the key of the field that takes a file; a new one empties it."""
    return f"team_file_{st.session_state.setdefault(_UPLOADS, 0)}"


def sheets(content: bytes, name: str) -> tuple[str, ...]:
    """Return the sheets of a workbook among which to choose; none where there is only one."""
    try:
        found = read_grid(content, name).sheets
    except UploadError:
        return ()
    return found if len(found) > 1 else ()


def read(
    content: bytes | str,
    name: str,
    kind: TeamKind | None,
    names: NameChoice,
    sheet: str | None = None,
) -> Reading | str:
    """Return what a file or pasted text holds, or the sentence that says why it cannot be read.

    The last one is kept in the session: a page is run again with every click.
    """
    key = (content, name, kind, names, sheet)
    held: tuple[Any, Reading | str] | None = st.session_state.get(_READ)
    if held is None or held[0] != key:
        try:
            grid = (
                read_pasted(content)
                if isinstance(content, str)
                else read_grid(content, name, sheet)
            )
            found: Reading | str = read_team(
                state.shipped(), grid, kind, names=names, make_id=new_id
            )
        except UploadError as error:
            found = str(error)
        held = key, found
        st.session_state[_READ] = held
    return held[1]


def add(teams: Iterable[Team]) -> None:
    """Put new teams beside those that are there; a name that is taken gets a number."""
    held = dict(state.teams())
    added = []
    for team in teams:
        own = replace(team, name=_free_name(team.name, held.values()))
        held[own.id] = own
        added.append(own)
    _put(held)
    st.session_state[CHOSEN] = added[-1].id
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    st.session_state.pop(_READ, None)
    st.session_state[CLOSE] = True
    _say(f"Added {join([f'“{team.name}”' for team in added])}.")


def _free_name(name: str, teams: Iterable[Team]) -> str:
    taken = {team.name for team in teams} | {p.name for p in state.shipped().profiles.values()}
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def rename(team_id: str, key: str) -> None:
    """Give a team the name that stands in a field; an empty one changes nothing."""
    name = " ".join(str(st.session_state[key]).split())[:60]
    team = state.teams()[team_id]
    if name and name != team.name:
        others = [other for other in state.teams().values() if other.id != team_id]
        change(replace(team, name=_free_name(name, others)))


def change(team: Team) -> None:
    """Put a changed team in the place of the one with its id."""
    _put({**state.teams(), team.id: team})
    _say(f"“{team.name}” is changed.")


def change_members(team_id: str, members: tuple[Member, ...]) -> None:
    """Give a team other members."""
    change(replace(state.teams()[team_id], members=members))


def duplicate(team_id: str) -> None:
    """Make a copy of a team with a name of its own."""
    add([replace(state.teams()[team_id], id=new_id())])


def delete(team_id: str) -> None:
    """Take a team away; it can be brought back until the next one goes."""
    held = dict(state.teams())
    team = held.pop(team_id)
    st.session_state[_DELETED] = (team, viewing.parties())
    viewing.leave_party(team_id)
    _put(held)
    _say(f"“{team.name}” is deleted.")


def deleted() -> Team | None:
    """Return the team that was deleted last, if it can be brought back."""
    held: tuple[Team, Any] | None = st.session_state.get(_DELETED)
    return held[0] if held else None


def undo_delete() -> None:
    """Bring the team back that was deleted last, to its place at the table too."""
    team, parties = st.session_state.pop(_DELETED)
    keeping.restore(team)
    state.put_teams({**state.teams(), team.id: team})
    viewing.seat(*parties)
    st.session_state[CHOSEN] = team.id
    _say(f"“{team.name}” is back.")


def use(team_id: str, side: str) -> None:
    """Put a team on our side (`a`) or theirs (`b`)."""
    viewing.take_side(side, team_id)
    where = "our side" if side == "a" else "their side"
    a, b, _ = viewing.parties()
    opposite = state.tables().profiles[b if side == "a" else a].name_in_sentence
    _say(
        f"“{state.teams()[team_id].name}” now stands on {where}, with {opposite} opposite, on every"
        " page."
    )


def _put(changed: Mapping[str, Team]) -> None:
    state.put_teams(keeping.keep(state.teams(), changed))


def _say(text: str) -> None:
    st.session_state[_SAID] = text


def said() -> str:
    """Return what has just been done, once."""
    return str(st.session_state.pop(_SAID, ""))


def from_rows(
    name: str, kind: TeamKind, header: Iterable[str], rows: Iterable[Mapping[str, Any]]
) -> Reading | str:
    """Return the team that rows typed into a table make, read as a file would be."""
    columns = list(header)
    lines = ["\t".join(columns)]
    lines += [
        "\t".join(
            " ".join(str(row.get(c) if row.get(c) is not None else "").split()) for c in columns
        )
        for row in rows
    ]
    try:
        found = read_team(state.shipped(), read_pasted("\n".join(lines)), kind, make_id=new_id)
    except UploadError as error:
        return str(error)
    label = " ".join(name.split())[:60] or "Our team"
    return replace(found, teams=tuple(replace(team, name=label) for team in found.teams))
