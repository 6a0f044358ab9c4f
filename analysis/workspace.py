"""Everything a person made, as one JSON file that is saved and opened again.

The file has a schema name and version. Opening reads and checks the whole file before anything of
it counts, so a damaged one changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from analysis.deal import changed_fields, make_deal
from analysis.debrief import LONGEST_NOTE, Mark
from analysis.editions import Edition, with_editions
from analysis.editions.record import EditionForm, check_edition, edition_of
from analysis.editions.record import form_of as edition_form
from analysis.errors import InputError, WorkspaceError
from analysis.link import View, read_link, write_link
from analysis.strategy.worksheets import LONGEST_CELL, MOST_ROWS
from analysis.tables import Tables
from analysis.teams.party import with_teams
from analysis.teams.record import TeamForm, check_team, form_of, team_of
from analysis.teams.team import Team

SCHEMA = "parley-workspace"
SCHEMA_VERSION = 1
LARGEST_FILE = 5 * 1024 * 1024
MOST_TEAMS = 200
MOST_EDITIONS = 10
MOST_PAIRS = 500
_KEPT = "What you have here stays as it is."

Sheets = dict[str, list[dict[str, str]]]
Marks = dict[str, Mark]


class Workspace(Struct, frozen=True):
    """A view with its deal, by pair the worksheets' rows and the debrief's marks, teams, editions.

    Teams and editions are held by their ids.
    """

    view: View
    worksheets: dict[str, Sheets]
    debrief: dict[str, Marks]
    teams: dict[str, Team] = {}
    editions: dict[str, Edition] = {}


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    version: int
    data_version: str
    view: dict[str, str]
    deal: dict[str, Any]
    worksheets: dict[str, Sheets] = {}
    debrief: dict[str, list[Mark]] = {}
    teams: list[TeamForm] = []
    # Left out where there is none: a file without one is what it was before there were editions.
    editions: list[EditionForm] | UnsetType = UNSET


def write_workspace(tables: Tables, workspace: Workspace) -> bytes:
    """Return a workspace as the bytes of its file."""
    bare = View(workspace.view.a, workspace.view.b, workspace.view.further, workspace.view.settings)
    held = _File(
        SCHEMA,
        SCHEMA_VERSION,
        tables.version,
        write_link(tables, bare),
        {
            k: dict(v) if k == "effects" else v
            for k, v in changed_fields(workspace.view.deal).items()
        },
        workspace.worksheets,
        {pair: list(marks.values()) for pair, marks in workspace.debrief.items()},
        [form_of(team) for team in workspace.teams.values()],
        [edition_form(edition) for edition in workspace.editions.values()] or UNSET,
    )
    return msgspec.json.format(msgspec.json.encode(held), indent=2)


# Made by the one thread that imports, not by the first that reads (see `analysis.teams.record`).
_read_file = msgspec.json.Decoder(_File).decode


def read_workspace(
    tables: Tables, effects: Mapping[str, float], topics: Collection[str], content: bytes
) -> Workspace:
    """Return the workspace that a file holds.

    Parameters
    ----------
    tables : Tables
        As they ship, without a session's own teams and editions.
    effects : mapping
        The default effect of each circumstance of a deal.
    topics : collection of str
        The ids of the topics that a mark may be about.
    content : bytes

    Raises
    ------
    WorkspaceError
        The file is too large, damaged, no workspace, of a version that cannot be read, or names a
        party, a deal's answer or a topic that does not exist.
    """
    if len(content) > LARGEST_FILE:
        raise WorkspaceError(
            f"The file has {len(content) / 2**20:.1f} MB and a workspace at most"
            f" {LARGEST_FILE / 2**20:.0f} MB: choose the right file. {_KEPT}"
        )
    _check_kind(content)
    try:
        held = _read_file(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WorkspaceError(
            f"The workspace file is damaged ({_where(error)}): choose another copy. {_KEPT}"
        ) from None
    try:
        deal = make_deal(held.deal, effects)
        editions = _editions(tables, held)
        tables = with_editions(tables, editions.values())
        teams = _teams(tables, held)
        tables = with_teams(tables, teams.values())
        view, problems = read_link(tables, held.view)
        _check_rows(tables, held)
    except InputError as error:
        raise WorkspaceError(f"The workspace file cannot be used. {error} {_KEPT}") from None
    unknown = {mark.topic for marks in held.debrief.values() for mark in marks} - set(topics)
    if problems or unknown:
        why = problems[0] if problems else f"No topic is called “{min(unknown)[:40]}”."
        raise WorkspaceError(f"The workspace file cannot be used. {why} {_KEPT}")
    view = View(view.a, view.b, view.further, view.settings, deal)
    marks = {pair: {mark.topic: mark for mark in found} for pair, found in held.debrief.items()}
    return Workspace(view, held.worksheets, marks, teams, editions)


def _editions(tables: Tables, held: _File) -> dict[str, Edition]:
    forms = [] if isinstance(held.editions, UnsetType) else held.editions
    editions = {form.id: edition_of(form) for form in forms}
    if len(editions) < len(forms) or len(editions) > MOST_EDITIONS:
        raise WorkspaceError(f"It holds one edition twice, or more than {MOST_EDITIONS} editions.")
    for edition in editions.values():
        check_edition(tables, edition)
    return editions


def _teams(tables: Tables, held: _File) -> dict[str, Team]:
    teams = {form.id: team_of(form) for form in held.teams}
    if len(teams) < len(held.teams) or len(teams) > MOST_TEAMS:
        raise WorkspaceError(f"It holds one team twice, or more than {MOST_TEAMS} teams.")
    for team in teams.values():
        check_team(tables, team)
    return teams


def what_is_replaced(mine: Workspace, opened: Workspace) -> list[str]:
    """Return what of mine an opened workspace holds in another form, each in a few words."""
    found = [
        f"the team “{mine.teams[i].name}”"
        for i, team in opened.teams.items()
        if i in mine.teams and mine.teams[i] != team
    ]
    found += [
        f"the edition “{mine.editions[i].name}”"
        for i, edition in opened.editions.items()
        if i in mine.editions and mine.editions[i] != edition
    ]
    for pair, sheets in opened.worksheets.items():
        own = mine.worksheets.get(pair, {})
        if any(own.get(name, rows) != rows for name, rows in sheets.items()):
            found.append(f"worksheets of {pair.replace('+', ' and ')}")
    for pair, marks in opened.debrief.items():
        own_marks = mine.debrief.get(pair, {})
        if any(own_marks.get(topic, mark) != mark for topic, mark in marks.items()):
            found.append(f"the debrief of {pair.replace('+', ' and ')}")
    return found


def check_room(mine: Workspace, opened: Workspace) -> None:
    """Check that both together hold no more than one workspace can.

    Raises
    ------
    WorkspaceError
        The editions would be too many.
    """
    if len({*mine.editions, *opened.editions}) > MOST_EDITIONS:
        raise WorkspaceError(
            f"With the editions of this file there would be more than {MOST_EDITIONS}: delete some"
            f" on the Teams page first. {_KEPT}"
        )


def merged(mine: Workspace, opened: Workspace, *, replace: bool) -> Workspace:
    """Return mine with what an opened workspace adds, and its view.

    Where both hold the same team, edition, worksheet or mark, `replace` takes the opened one.
    """

    def both(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
        return {**own, **other} if replace else {**other, **own}

    def by_pair(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
        pairs = dict.fromkeys((*own, *other))
        return {pair: both(own.get(pair, {}), other.get(pair, {})) for pair in pairs}

    return Workspace(
        opened.view,
        by_pair(mine.worksheets, opened.worksheets),
        by_pair(mine.debrief, opened.debrief),
        both(mine.teams, opened.teams),
        both(mine.editions, opened.editions),
    )


def _check_kind(content: bytes) -> None:
    """Say what is wrong before the details are: no JSON, no workspace, another version."""
    try:
        held = json.loads(content)
    except (ValueError, RecursionError):
        raise WorkspaceError(
            f"The file is damaged or no workspace (it is not JSON): choose another. {_KEPT}"
        ) from None
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise WorkspaceError(
            f"The file is no Parley workspace: choose one that was saved here. {_KEPT}"
        )
    version = held.get("version")
    if version != SCHEMA_VERSION:
        older = isinstance(version, int) and version < SCHEMA_VERSION
        raise WorkspaceError(
            f"The workspace has version {str(version)[:10]} and this Parley reads version"
            f" {SCHEMA_VERSION}: open it with {'an older' if older else 'a newer'} Parley and copy"
            f" over what you need. {_KEPT}"
        )


def _where(error: Exception) -> str:
    """Return what a decoder complains of, with the place, in plain words."""
    text = " ".join(str(error).split()).replace("`", "")
    what, separator, place = text.partition(" - at $.")
    return f"{what} at {place}"[:200] if separator else what[:200]


def _check_rows(tables: Tables, held: _File) -> None:
    for pair in (*held.worksheets, *held.debrief):
        sides = pair.split("+")
        if len(sides) != 2 or any(side not in tables.profiles for side in sides):
            raise WorkspaceError(f"“{pair[:40]}” is no pair of parties.")
    if len(held.worksheets) + len(held.debrief) > 2 * MOST_PAIRS:
        raise WorkspaceError(f"It holds more than {MOST_PAIRS} pairs.")
    for sheets in held.worksheets.values():
        for name, rows in sheets.items():
            cells = (cell for row in rows for cell in row.values())
            if len(rows) > MOST_ROWS or any(len(cell) > LONGEST_CELL for cell in cells):
                raise WorkspaceError(
                    f"Worksheet “{name[:40]}” has over {MOST_ROWS} rows or a cell of over"
                    f" {LONGEST_CELL} letters."
                )
    for marks in held.debrief.values():
        for mark in marks:
            if not 0 <= mark.probability <= 1 or len(mark.note) > LONGEST_NOTE:
                raise WorkspaceError(f"The mark on “{mark.topic[:40]}” is out of range.")
