"""What a team of members looks like: its mean and spread, who stands far off, and from whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.measures.registry import MEASURES
from analysis.profiles import Profile, build_profile
from analysis.reference import (
    build_reference,
    percentile,
    reference_distances,
    yardstick_for,
)
from analysis.settings import Settings, enough_dimensions
from analysis.tables import FloatArray, Framework, Tables
from analysis.teams.party import member_scores, member_shares
from analysis.teams.team import Team
from analysis.words import points

FAR = 75.0
"""A member stands far from the team's mean where few country pairs lie farther apart [percent]."""

NORMAL_95 = 1.96
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class DimensionSummary:
    """A team on one dimension.

    `mean` is None where a member has no score; `lacking` names these members. `spread` is the
    standard deviation of the members' scores by weight [points], `interval` the middle 95 % of
    where the mean likely lies, from the number of people and the error of the scores.
    """

    dimension: str
    mean: float | None
    spread: float | None
    interval: tuple[float, float] | None
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One member: their scores, how far they stand from the team's mean and from another party.

    The two ranks are percentiles among all country pairs, None where too few dimensions are shared.
    """

    name: str
    scores: tuple[float | None, ...]
    from_team: float | None
    from_other: float | None

    @property
    def is_far(self) -> bool:
        """Whether the member stands far from the team's mean."""
        return self.from_team is not None and self.from_team >= FAR


@dataclass(frozen=True, slots=True)
class TeamSummary:
    """A team of members, its dimensions in the framework's order.

    `inside` is the mean percentile between two members drawn by weight, None where it cannot be
    had; `widest` the dimension on which the members differ most, empty where they do not.
    """

    dimensions: tuple[DimensionSummary, ...]
    members: tuple[MemberStanding, ...]
    inside: float | None
    widest: str


def shown_score(framework: Framework, value: float, interval: tuple[float, float] | None) -> str:
    """Return a team's score as people read it, without decimals that its interval does not carry.

    A mean of 91.3 that may as well be 83 or 100 reads 91. An interval wider than a tenth of the
    framework's axis, ten points of a hundred, takes one decimal away.
    """
    width = interval[1] - interval[0] if interval else 0.0
    if width > (framework.highest - framework.lowest) / 10:
        return points(value, max(0, framework.decimals - 1))
    return framework.shown(value)


def shown_reach(framework: Framework, error: float) -> str:
    """Return how far to each side a score with that standard error likely lies, as `±15`."""
    return f"±{NORMAL_95 * error:.{max(0, framework.decimals - 1)}f}"


def summarise_team(
    tables: Tables, team: Team, settings: Settings, other: Profile | None = None
) -> TeamSummary:
    """Return what there is to say about a team of kind `members`.

    Parameters
    ----------
    tables : Tables
        With the team among its parties.
    team : Team
    settings : Settings
    other : Profile, optional
        A party to whom every member's distance is taken.
    """
    framework = tables.frameworks[settings.framework]
    profile = build_profile(tables, team.id, settings)
    scores, shares = member_scores(tables, team, settings), member_shares(team)
    errors = profile.errors(settings.score_error)
    dimensions = []
    for place, d in enumerate(framework.dimension_ids):
        held = scores[:, place]
        lacking = tuple(
            member.name for member, score in zip(team.members, held, strict=True) if np.isnan(score)
        )
        mean = profile.score(d).value
        if mean is None:
            dimensions.append(DimensionSummary(d, None, None, None, lacking))
            continue
        spread = float(np.sqrt(np.sum(shares * (held - mean) ** 2)))
        reach = NORMAL_95 * float(errors[place])
        dimensions.append(DimensionSummary(d, mean, spread, (mean - reach, mean + reach), ()))
    spreads = {found.dimension: found.spread or 0.0 for found in dimensions}
    widest = max(spreads, key=spreads.__getitem__)
    return TeamSummary(
        tuple(dimensions),
        _standings(tables, team, settings, scores, profile, other),
        _inside(tables, settings, scores, shares),
        widest if spreads[widest] > _ROUNDING else "",
    )


def _standings(
    tables: Tables,
    team: Team,
    settings: Settings,
    scores: FloatArray,
    profile: Profile,
    other: Profile | None,
) -> tuple[MemberStanding, ...]:
    mean = profile.values
    return tuple(
        MemberStanding(
            member.name,
            tuple(None if np.isnan(score) else float(score) for score in own),
            _rank(tables, settings, own, mean),
            _rank(tables, settings, own, other.values) if other else None,
        )
        for member, own in zip(team.members, scores, strict=True)
    )


def _rank(tables: Tables, settings: Settings, x: FloatArray, y: FloatArray) -> float | None:
    """Return the percentile of a distance by the headline measure; None with too few scores."""
    framework = tables.frameworks[settings.framework]
    shared = tuple(
        d
        for place, d in enumerate(framework.dimension_ids)
        if d in settings.dimensions and np.isfinite(x[place] + y[place])
    )
    if not enough_dimensions(framework, shared):
        return None
    yardstick = yardstick_for(settings, shared)
    reference = build_reference(tables, yardstick)
    measure = MEASURES[settings.measure]
    distance = measure.compute(
        x[reference.columns], y[reference.columns], reference.covariance, yardstick.weights
    )
    return percentile(float(distance), reference_distances(reference, yardstick, measure.id))


def _inside(
    tables: Tables, settings: Settings, scores: FloatArray, shares: FloatArray
) -> float | None:
    """Return the mean percentile between two different members drawn by weight."""
    total, weight = 0.0, 0.0
    ranks: dict[bytes, float | None] = {}
    for first in range(len(scores)):
        for second in range(first + 1, len(scores)):
            key = np.stack(sorted((scores[first].tolist(), scores[second].tolist()))).tobytes()
            if key not in ranks:
                ranks[key] = _rank(tables, settings, scores[first], scores[second])
            rank, share = ranks[key], shares[first] * shares[second]
            if rank is None:
                return None
            total, weight = total + share * rank, weight + share
    return total / weight if weight else None
