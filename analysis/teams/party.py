"""A team as a party: its scores with their errors, made anew for the settings in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import sqrt
from types import MappingProxyType

import numpy as np

from analysis.overlap import people_per_country_spread
from analysis.profiles import Profile, build_profile
from analysis.reference import build_reference, yardstick_for
from analysis.settings import Settings
from analysis.tables import FloatArray, OwnScores, ProfileRecord, Tables
from analysis.teams.team import Member, Team
from analysis.teams.vsm_anchor import AnchoredScore, score_team


@dataclass(frozen=True, slots=True)
class TeamParty:
    """A team that stands beside the countries in the tables."""

    team: Team

    @property
    def record(self) -> ProfileRecord:
        """The team's row among the profiles."""
        name = self.team.name
        return ProfileRecord(self.team.id, name, name, "team", "", "", "", (), "")

    def scores(self, tables: Tables, settings: Settings) -> OwnScores:
        """Return the team's scores, their own errors, and the published profiles behind them.

        Six scores without spread and size get the error of a published score; members share the
        error of their cultures' scores and add that of a small sample of people; answers stand on
        the published scores of the sample they are anchored to.
        """
        if self.team.kind == "members":
            return _of_members(tables, self.team, settings)
        if self.team.kind == "answers":
            return _of_answers(tables, self.team, settings)
        return _of_scores(tables, self.team, settings)


def with_teams(tables: Tables, teams: Iterable[Team]) -> Tables:
    """Return the tables with teams among the parties; the reference sets stay as they are."""
    parties = {team.id: TeamParty(team) for team in teams}
    records = {i: party.record for i, party in parties.items()}
    return replace(
        tables,
        profiles=MappingProxyType({**tables.profiles, **records}),
        own=MappingProxyType({**tables.own, **parties}),
    )


def _of_scores(tables: Tables, team: Team, settings: Settings) -> OwnScores:
    framework = tables.frameworks[settings.framework]
    if team.framework != framework.id:
        return _nothing(len(framework.dimensions))
    spread = team.spread or (None,) * len(team.scores)
    errors = tuple(
        s / sqrt(team.size) if s is not None and team.size else settings.score_error for s in spread
    )
    return OwnScores(team.scores, errors, ())


def _of_members(tables: Tables, team: Team, settings: Settings) -> OwnScores:
    shares = member_shares(team)
    scores = member_scores(tables, team, settings)
    means = np.sum(shares[:, None] * scores, axis=0)  # NaN where a member has no score
    mixture: dict[str, float] = {}
    for share, member in zip(shares.tolist(), team.members, strict=True):
        for culture in member.cultures:
            mixture[culture.profile] = mixture.get(culture.profile, 0.0) + share * culture.share
    people = person_spread(tables, settings) * sqrt(float(np.square(shares).sum()))
    return OwnScores(
        tuple(None if np.isnan(mean) else float(mean) for mean in means),
        tuple(people.tolist()),
        tuple(mixture.items()),
    )


def _of_answers(tables: Tables, team: Team, settings: Settings) -> OwnScores:
    """Return the scores drawn towards the national ones: the best guess from few people."""
    dimension_ids = tables.frameworks[settings.framework].dimension_ids
    if team.framework != settings.framework or team.anchor is None:
        return _nothing(len(dimension_ids))
    found = {one.difference.index: one for one in anchored_scores(tables, team, settings)}
    return OwnScores(
        tuple(found[d].shrunk for d in dimension_ids),
        tuple(found[d].shrunk_error or 0.0 for d in dimension_ids),
        ((team.anchor.profile, 1.0),),
    )


def why_no_scores(tables: Tables, team: Team, settings: Settings) -> str:
    """Say why a team has no score under the framework in use; empty where it may have some.

    A team of members takes the scores of their cultures under any framework. Six scores and answers
    are of one framework, and no number can be carried over to another.
    """
    if team.kind == "members" or team.framework == settings.framework:
        return ""
    own, used = (tables.frameworks[i].short_name for i in (team.framework, settings.framework))
    what = "Its answers give indices" if team.kind == "answers" else "Its scores are scores"
    return (
        f"{team.name} has no scores in {used}. {what} of {own}, which cannot be carried over:"
        f" choose {own} in the settings, or make a team of members, whose cultures have scores in"
        " both."
    )


def anchored_scores(tables: Tables, team: Team, settings: Settings) -> tuple[AnchoredScore, ...]:
    """Return the scores of a team of kind `answers`, one an index.

    None without an anchor, or under another framework than the one that its indices are of.
    """
    if team.anchor is None or team.framework != settings.framework:
        return ()
    return score_team(team, team.anchor, build_profile(tables, team.anchor.profile, settings))


def _nothing(count: int) -> OwnScores:
    return OwnScores((None,) * count, (0.0,) * count, ())


def member_shares(team: Team) -> FloatArray:
    """Return each member's share in the team's mean, shape (n_members,), adding to 1."""
    weights = np.array([member.weight for member in team.members], dtype=float)
    return np.asarray(weights / weights.sum())


def member_scores(tables: Tables, team: Team, settings: Settings) -> FloatArray:
    """Return the scores of every member, shape (n_members, n_dimensions) [points].

    A member of several cultures stands at their mean by share; NaN where one of them has no score.
    """
    return np.array([_member(tables, member, settings) for member in team.members])


def _member(tables: Tables, member: Member, settings: Settings) -> FloatArray:
    cultures = [
        culture.share * build_profile(tables, culture.profile, settings).values
        for culture in member.cultures
    ]
    return np.asarray(np.sum(cultures, axis=0))


def member_profile(tables: Tables, team: Team, place: int, settings: Settings) -> Profile:
    """Return one member as a party of its own, with the error of a single person."""
    member = team.members[place]
    alone = replace(team, id=f"{team.id}-{place + 1}", name=member.name, members=(member,))
    return build_profile(with_teams(tables, [alone]), alone.id, settings)


def person_spread(tables: Tables, settings: Settings) -> FloatArray:
    """Return the spread of people inside a country on each dimension, shape (n_dimensions,).

    In points: the spread of country scores times what the share of variation between countries
    implies (see `analysis.overlap`).
    """
    framework = tables.frameworks[settings.framework]
    yardstick = yardstick_for(
        replace(
            settings,
            dimensions=framework.dimension_ids,
            weights=(1.0,) * len(framework.dimensions),
        ),
        framework.dimension_ids,
    )
    spread = np.sqrt(build_reference(tables, yardstick).covariance.diagonal())
    return np.asarray(people_per_country_spread(settings.between_share) * spread)
