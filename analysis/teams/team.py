"""A team as one frozen value: what a person uploaded or typed, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TeamKind = Literal["scores", "members", "answers"]
TEAM_PREFIX = "TEAM-"
"""Ids of teams start so; no country, part or region does."""

QUESTIONS = 24
"""Questions of the VSM 2013 that count in an index; the others ask about the person."""

Answers = tuple[int | None, ...]
"""One respondent's answers q01 to q24, each 1 to 5, None where blank or not to be counted."""


@dataclass(frozen=True, slots=True)
class Culture:
    """One culture of a member: a profile's id and its share (> 0; shares of a member add to 1)."""

    profile: str
    share: float


@dataclass(frozen=True, slots=True)
class Member:
    """A person on the team, with one or more cultures and a weight (> 0) in the team's mean."""

    name: str
    cultures: tuple[Culture, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Respondent:
    """One row of a VSM 2013 data set; `subgroup` is empty where none was given."""

    answers: Answers
    weight: float = 1.0
    subgroup: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A national sample that answered the same questionnaire: a profile's id and its respondents.

    Raw VSM scores are never shown: with a matched sample the team's score is the published one plus
    the difference between the two samples.
    """

    profile: str
    respondents: tuple[Respondent, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """A party of a person's own.

    Attributes
    ----------
    id : str
        `TEAM-` and eight letters or digits.
    name : str
    kind : {"scores", "members", "answers"}
        Which of the following fields hold something.
    framework : str
        Id of the framework whose dimensions `scores` follow.
    scores, spread : tuple of float or None
        One for each dimension in the framework's order [points]; the spread is the standard
        deviation between people. None where not given.
    size : int or None
        Number of people behind `scores`.
    members : tuple of Member
    respondents : tuple of Respondent
    anchor : Anchor or None
    """

    id: str
    name: str
    kind: TeamKind
    framework: str = "hofstede-2015"
    scores: tuple[float | None, ...] = ()
    spread: tuple[float | None, ...] = ()
    size: int | None = None
    members: tuple[Member, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    anchor: Anchor | None = None
