"""What a store gives back: teams with their versions, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from analysis.teams.team import Team
from analysis.workspace import Marks

_START = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KeptTeam:
    """A team with the version to name when it is saved again, and when it was last saved."""

    team: Team
    version: int
    changed: datetime


@dataclass(frozen=True, slots=True)
class UnreadableTeam:
    """A row that holds no team any more; `problem` says so in a sentence that names it."""

    id: str
    name: str
    version: int
    problem: str


@dataclass(frozen=True, slots=True)
class KeptTeams:
    """A user's teams by name, and those that cannot be read."""

    teams: tuple[KeptTeam, ...]
    unreadable: tuple[UnreadableTeam, ...]


@dataclass(frozen=True, slots=True)
class DeletedTeam:
    """A team that can still be brought back."""

    id: str
    name: str
    deleted: datetime


@dataclass(frozen=True, slots=True)
class KeptDebriefs:
    """A user's marks by pair, and a sentence for each debrief that cannot be read."""

    marks: Mapping[str, Marks]
    problems: tuple[str, ...]


def milliseconds(time: datetime) -> int:
    """Return a time with its zone as milliseconds since 1970 in UTC."""
    return (time - _START) // timedelta(milliseconds=1)


def time_of(kept: int) -> datetime:
    """Return the time that milliseconds since 1970 stand for; a damaged one is cut to what is."""
    return _START + timedelta(milliseconds=min(max(kept, 0), milliseconds(_LAST)))
