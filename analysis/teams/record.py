"""A team as a file or a row holds it, checked strictly when it is read.

The forms are apart from the values that the analysis works with: a field more or less there must
not silently change what older files mean.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from analysis.errors import InputError
from analysis.tables import Tables
from analysis.teams.team import QUESTIONS, TEAM_PREFIX, Team, TeamKind

ID_PATTERN = rf"^{TEAM_PREFIX}[0-9A-Za-z]{{8}}\Z"
LONGEST_NAME = 60
HIGHEST_SCORE = 120.0
_ROUNDING = 1e-6

_Weight = Annotated[float, Meta(gt=0)]
_Spread = Annotated[float, Meta(ge=0)]
_Answer = Annotated[int, Meta(ge=1, le=5)]


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a record that takes nothing it does not know."""


class CultureForm(Form, frozen=True):
    """A `Culture` as a record holds it."""

    profile: str
    share: _Weight


class MemberForm(Form, frozen=True):
    """A `Member` as a record holds it."""

    name: str
    cultures: tuple[CultureForm, ...]
    weight: _Weight


class RespondentForm(Form, frozen=True):
    """A `Respondent` as a record holds it."""

    answers: Annotated[tuple[_Answer | None, ...], Meta(min_length=QUESTIONS, max_length=QUESTIONS)]
    weight: _Weight
    subgroup: str


class AnchorForm(Form, frozen=True):
    """An `Anchor` as a record holds it."""

    profile: str
    respondents: tuple[RespondentForm, ...]


class TeamForm(Form, frozen=True):
    """A `Team` as a record holds it."""

    id: Annotated[str, Meta(pattern=ID_PATTERN)]
    name: str
    kind: TeamKind
    framework: str
    scores: tuple[float | None, ...]
    spread: tuple[_Spread | None, ...]
    size: Annotated[int, Meta(ge=1)] | None
    members: tuple[MemberForm, ...]
    respondents: tuple[RespondentForm, ...]
    anchor: AnchorForm | None


# What these hold is worked out here, by the one thread that imports: two threads that do so at the
# same time end the process (msgspec 0.22).
msgspec.json.Decoder(TeamForm)
msgspec.json.Decoder(Team)


def form_of(team: Team) -> TeamForm:
    """Return a team as a record holds it."""
    return msgspec.convert(team, TeamForm, from_attributes=True)


def team_of(form: TeamForm) -> Team:
    """Return the team that a record holds."""
    return msgspec.convert(form, Team, from_attributes=True)


def check_team(tables: Tables, team: Team) -> None:
    """Check that a team can stand among the parties of these tables.

    Raises
    ------
    InputError
        It names a framework or culture that is not there, shares that do not add up to 1, or holds
        nothing of what its kind needs.
    """
    called = f"The team “{team.name[:LONGEST_NAME]}”"
    if team.framework not in tables.frameworks:
        raise InputError(f"{called} follows “{team.framework[:40]}”, which is no framework here.")
    if not 0 < len(team.name) <= LONGEST_NAME:
        raise InputError(f"{called} needs a name of at most {LONGEST_NAME} letters.")
    out = [s for s in team.scores if s is not None and not 0 <= s <= HIGHEST_SCORE]
    if out:
        raise InputError(f"{called} has a score of {out[0]:g}, not 0 to {HIGHEST_SCORE:g}.")
    count = len(tables.frameworks[team.framework].dimensions)
    named = [c.profile for member in team.members for c in member.cultures]
    named += [team.anchor.profile] if team.anchor else []
    unknown = [i for i in named if i not in tables.profiles or i in tables.own]
    if unknown:
        raise InputError(f"{called} names “{unknown[0][:40]}”, which has no scores here.")
    if team.kind == "scores" and (len(team.scores) != count or len(team.spread) not in {0, count}):
        raise InputError(f"{called} does not hold {count} scores.")
    if team.kind == "members":
        if not team.members:
            raise InputError(f"{called} has no members.")
        for member in team.members:
            if abs(sum(c.share for c in member.cultures) - 1) > _ROUNDING:
                raise InputError(f"{called}: the shares of {member.name[:40]} do not add up to 1.")
    if team.kind == "answers" and not team.respondents:
        raise InputError(f"{called} has no respondents.")
