"""A row's payload: JSON text with a schema name and version, checked strictly when it is read.

The forms of `analysis.teams.record` are what version 1 of a payload may hold: a field more or less
there is a new version here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from analysis.debrief import LONGEST_NOTE, Mark
from analysis.errors import StoreError
from analysis.store.limits import LARGEST_ROW
from analysis.teams.record import Form, TeamForm, team_of
from analysis.teams.team import Team
from analysis.workspace import SCHEMA as WORKSPACE_SCHEMA
from analysis.workspace import Marks

TEAM_SCHEMA, DEBRIEF_SCHEMA = "parley-team", "parley-debrief"
SCHEMA_VERSION = 1
LONGEST_SHOWN = 120


class UnreadableError(Exception):
    """Why a payload cannot be read, as the middle of a sentence."""


_F = TypeVar("_F", bound=Form)


class _TeamRow(Form, frozen=True):
    schema: str
    version: int
    team: TeamForm


class _DebriefRow(Form, frozen=True):
    schema: str
    version: int
    marks: list[Mark]


class _Head(Struct, frozen=True):
    schema: str
    version: int


# Made here, by the one thread that imports: two threads that work out the same form at the same
# time end the process (msgspec 0.22).
_read_head = msgspec.json.Decoder(_Head).decode
_FORMS: Mapping[type[Form], msgspec.json.Decoder[Any]] = {
    form: msgspec.json.Decoder(form) for form in (_TeamRow, _DebriefRow)
}


def write_team(team: Team) -> str:
    """Return a team as the text of its row.

    Raises
    ------
    StoreError
        The team is too large, or holds what would not come back as it is: a number that is not
        finite, an answer that no question has, half a character.
    """
    row = {"schema": TEAM_SCHEMA, "version": SCHEMA_VERSION, "team": team}
    called = f"The team “{shown(team.name)}”"
    text = _write(row, called)
    try:
        same = read_team(text) == team
    except UnreadableError as error:
        raise StoreError(f"{called} cannot be kept: {error}.") from None
    if not same:
        raise StoreError(f"{called} cannot be kept: one of its numbers is not finite.")
    return text


def read_team(text: object) -> Team:
    """Return the team that a row's text holds.

    Raises
    ------
    UnreadableError
        The text is damaged or of another version.
    """
    form = _read(text, TEAM_SCHEMA, _TeamRow).team
    return team_of(form)


def write_debrief(pair: str, marks: Iterable[Mark]) -> str:
    """Return the marks of a pair's debrief as the text of its row.

    Raises
    ------
    StoreError
        The marks are too many, or one is out of range.
    """
    row = {"schema": DEBRIEF_SCHEMA, "version": SCHEMA_VERSION, "marks": list(marks)}
    called = f"The debrief of {shown(pair)}"
    text = _write(row, called)
    try:
        read_debrief(text)
    except UnreadableError as error:
        raise StoreError(f"{called} cannot be kept: {error}.") from None
    return text


def read_debrief(text: object) -> Marks:
    """Return the marks by topic that a row's text holds.

    Raises
    ------
    UnreadableError
        The text is damaged or of another version.
    """
    marks = _read(text, DEBRIEF_SCHEMA, _DebriefRow).marks
    for mark in marks:
        if not 0 <= mark.probability <= 1 or len(mark.note) > LONGEST_NOTE:
            raise UnreadableError(f"the mark on “{shown(mark.topic)}” is out of range")
    return {mark.topic: mark for mark in marks}


def check_workspace(content: bytes) -> str:
    """Return the text of a workspace file; `read_workspace` checks it in full when it is opened.

    Raises
    ------
    StoreError
        The file is too large or no workspace.
    """
    if len(content) > LARGEST_ROW:
        raise StoreError(_too_large("The workspace", len(content)))
    try:
        text = content.decode("utf-8")
        if "\0" not in text and msgspec.json.decode(text, type=_Head).schema == WORKSPACE_SCHEMA:
            return text
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    raise StoreError("The workspace cannot be kept: it is no Parley workspace file.")


def shown(name: object) -> str:
    """Return a name as a sentence can show it: short, and printable characters only."""
    return "".join(c for c in str(name)[:LONGEST_SHOWN] if c.isprintable()) or "without a name"


def _write(row: Any, called: str) -> str:
    try:
        content = msgspec.json.encode(row)
    except UnicodeEncodeError:
        # Half of a surrogate pair, as a broken decoder leaves it: no database takes it.
        raise StoreError(
            f"{called} cannot be kept: a text in it has half a character; type that text anew."
        ) from None
    if len(content) > LARGEST_ROW:
        raise StoreError(_too_large(called, len(content)))
    return content.decode()


def _too_large(called: str, size: int) -> str:
    return (
        f"{called} takes {size / 2**20:.1f} MB and at most {LARGEST_ROW / 2**20:.0f} MB can be"
        " kept: make it smaller, or keep the file it came from."
    )


def _read(text: object, schema: str, form: type[_F]) -> _F:
    if not isinstance(text, str):
        raise UnreadableError("its row holds no text")
    try:
        head = _read_head(text)
        if (head.schema, head.version) != (schema, SCHEMA_VERSION):
            raise UnreadableError(
                f"it is {shown(head.schema)} of version {head.version}, and this Parley reads"
                f" {schema} of version {SCHEMA_VERSION}"
            )
        found: _F = _FORMS[form].decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        what = "its text is not UTF-8" if isinstance(error, UnicodeError) else str(error)
        raise UnreadableError(shown(what.replace("`", "").replace(" - at $.", " at "))) from None
    return found
