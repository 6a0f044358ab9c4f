"""What may be shown of answers to the VSM 2013: differences of samples, and anchored scores.

The difference of two samples that answered the same questions can be shown and, where one is from a
country with a published score, that score plus the difference.

Sources: Hofstede and Minkov 2013, VSM 2013 manual (limits). The shrinkage is this project's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import atan2, cos, floor, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.teams.team import Anchor, Team
from analysis.teams.vsm import (
    INDICES,
    LEAST,
    USED,
    SampleIndices,
    answers_of,
    middle,
    sample_indices,
)
from analysis.words import join

if TYPE_CHECKING:
    from analysis.profiles import Profile

BETWEEN_TEAMS = 15.0  # standard deviation around their country [points], our own assumption
WARN_BELOW, DIRECTION_BELOW = 20, 10
LIMITS: Mapping[str, str] = {
    "individuals": "The questionnaire is not for comparing individuals: an index describes a group"
    " and says nothing about one person in it.",
    "organisations": "It is not for comparing organisations either: its questions were chosen"
    " because they tell countries apart.",
    "published": "Its scores cannot be set beside published ones unless people of the same gender,"
    " age, education and job, from a country with published scores, answered it too.",
    "sample": "A sample needs at least 20 people, better 50: below 20 each person weighs too much.",
}
"""What the questionnaire's manual says that it is not for, in our words."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning that belongs beside an index, with its sentence."""

    code: Literal["few", "direction-only"]
    text: str


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """How far the index of a first sample lies above that of a second [points].

    `shown` says what may be shown: with "direction" the numbers are None, with "nothing" all is,
    and `reason` says why. `interval` is the middle 95 % of resampled differences, `certainty` the
    probability that the direction is right [0.5..1], by Student's t, which allows for few people.
    `people` holds, for both samples, the fewest behind one question, counted by weight.
    """

    index: str
    shown: Literal["number", "direction", "nothing"]
    people: tuple[int, int]
    reason: str = ""
    cautions: tuple[Caution, ...] = ()
    direction: Literal["above", "below", "level"] | None = None
    certainty: float | None = None
    points: float | None = None
    standard_error: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class AnchoredScore:
    """A team's score: the published score of the anchor's country plus the difference [points].

    `difference` carries the direction, the cautions, the reason where there is no score, and the
    standard error of both samples combined, which is that of the score. `team_share` is lambda
    [0..1]: how much of `shrunk`, the score drawn towards the national one, is the team's own.
    """

    difference: IndexDifference
    national: float | None
    score: float | None = None
    interval: tuple[float, float] | None = None
    team_share: float | None = None
    shrunk: float | None = None
    shrunk_error: float | None = None


def index_differences(
    first: SampleIndices,
    second: SampleIndices,
    names: tuple[str, str] = ("the team", "the anchor sample"),
) -> tuple[IndexDifference, ...]:
    """Return the difference of two samples on each index, or the reason why there is none.

    The smaller sample decides: under 20 people there is a caution, under 10 only a direction, under
    2 on any of the questions nothing. `names` is what the sentences call the two samples.
    """
    length = min(len(first.draws), len(second.draws))
    # First with last: independent even where both samples share a seed, and the same pairs when the
    # sides are swapped.
    intervals = middle(first.draws[:length] - second.draws[:length][::-1])
    return tuple(
        _difference(place, (first, second), names, (low, high))
        for place, (low, high) in enumerate(intervals.tolist())
    )


def anchored_score(
    difference: IndexDifference, national: float | None, between_teams: float = BETWEEN_TEAMS
) -> AnchoredScore:
    r"""Return the score of a team that differs so from a sample of a country with a score.

    .. math:: score = published + VSM_{team} - VSM_{anchor}, \quad
              shrunk = \lambda score + (1 - \lambda) published, \quad
              \lambda = \tau^2 / (\tau^2 + SE^2)

    `national` is the published score of the anchor's country [points], taken as free of error;
    `between_teams` is tau [points]; ValueError where it is not above 0.
    """
    if not between_teams > 0:
        raise ValueError(f"the spread of teams must lie above 0, not {between_teams}")
    points, error, interval = difference.points, difference.standard_error, difference.interval
    if national is None and not difference.reason:
        reason = f"The anchor's country has no published {difference.index.upper()} of its own."
        difference = replace(difference, reason=reason)
    if national is None or points is None or error is None or interval is None:
        return AnchoredScore(difference, national)
    share = between_teams**2 / (between_teams**2 + error**2)
    return AnchoredScore(
        difference, national, national + points, (national + interval[0], national + interval[1]),
        share, national + share * points, sqrt(share) * error,
    )  # fmt: skip


def published_scores(national: Profile) -> dict[str, float | None]:
    """Return the scores that can anchor: a profile's own, not those of its region."""
    return {i: s.value for i in INDICES if (s := national.score(i)).standing != "regional"}


def why_outside(found: Iterable[AnchoredScore], low: float, high: float) -> str:
    """Say why scores lie beyond the scale of published ones; empty where none does.

    As they are shown: a score of 100.4 reads 100 and needs no word.
    """
    out = [
        f"{one.difference.index.upper()} {one.score:.0f}"
        for one in found
        if one.score is not None and not low <= round(one.score) <= high
    ]
    if not out:
        return ""
    several = len(out) > 1
    return (
        f"{join(out)} {'lie' if several else 'lies'} beyond {low:g} to {high:g}, and"
        f" {'are' if several else 'is'} no mistake: an index has no bounds. Its constant is set by"
        " the anchor sample, so what counts is how far it lies from the published score."
    )


def score_team(
    team: Team, anchor: Anchor, national: Profile, between_teams: float = BETWEEN_TEAMS
) -> tuple[AnchoredScore, ...]:
    """Return the six scores of a team of kind "answers".

    `national` is the profile that the anchor names; only a score of its own can anchor, not that of
    its region. ValueError where team, anchor and profile do not fit.
    """
    if team.kind != "answers":
        raise ValueError(f"a team of kind {team.kind} has no answers to score")
    if national.id != anchor.profile or not set(INDICES) <= set(national.dimension_ids):
        raise ValueError(f"{national.id} ({national.framework}) does not anchor {anchor.profile}")
    ours, theirs = (sample_indices(*answers_of(of.respondents)) for of in (team, anchor))
    published = published_scores(national)
    return tuple(
        anchored_score(difference, published.get(difference.index), between_teams)
        for difference in index_differences(ours, theirs)
    )


def _difference(
    place: int,
    samples: tuple[SampleIndices, SampleIndices],
    names: tuple[str, str],
    interval: tuple[float, float],
) -> IndexDifference:
    index, (first, second) = INDICES[place], samples
    fewest = [floor(sample.effective[USED[place]].min() + 0.5) for sample in samples]
    people = fewest[0], fewest[1]
    for name, sample, number in zip(names, samples, people, strict=True):
        reason = _why_nothing(place, name, sample, number)
        if reason:
            return IndexDifference(index, "nothing", people, f"{index.upper()}: {reason}.")
    points = float(first.raw[place] - second.raw[place])
    error = hypot(first.standard_error[place], second.standard_error[place])
    found = IndexDifference(
        index, "direction", people, "", _cautions(index, names, people),
        "above" if points > 0 else "below" if points < 0 else "level",
        # With the freedom of the smaller sample, two people who agree by chance prove little.
        _student(abs(points) / error, min(people) - 1),
    )  # fmt: skip
    if min(people) < DIRECTION_BELOW:
        return found
    return replace(found, shown="number", points=points, standard_error=error, interval=interval)


def _why_nothing(place: int, name: str, sample: SampleIndices, people: int) -> str:
    short = np.flatnonzero(USED[place] & (sample.answered < LEAST)) + 1
    if short.size:
        questions = f"question{'s' if short.size > 1 else ''} {join(map(str, short))}"
        return f"in {name} fewer than two people gave a valid answer to {questions}"
    if people < LEAST:
        return f"in {name} one person's weight leaves no say to the others"
    if not sample.standard_error[place] > 1e-9:
        return f"in {name} all answer so alike that the error cannot be told"
    return ""


def _cautions(index: str, names: tuple[str, ...], people: tuple[int, ...]) -> tuple[Caution, ...]:
    found = []
    for name, number in zip(names, people, strict=True):
        text = f"{index.upper()} rests on {number} people in {name}: with fewer than"
        if number < DIRECTION_BELOW:
            text = f"{text} {DIRECTION_BELOW} only a direction is shown."
            found.append(Caution("direction-only", text))
        elif number < WARN_BELOW:
            found.append(Caution("few", f"{text} {WARN_BELOW} each person weighs too much."))
    return tuple(found)


def _student(t: float, freedom: int) -> float:
    """Return P(T <= t), t >= 0, for whole degrees of freedom (Abramowitz and Stegun 26.7.3, 4)."""
    freedom = min(freedom, 1000)  # by then it is normal to four digits
    angle, odd = atan2(t, sqrt(freedom)), freedom % 2
    term = total = (cos(angle) if odd else 1.0) * (freedom > 1)
    for k in range(2 if odd else 1, freedom - 2, 2):
        term *= cos(angle) ** 2 * k / (k + 1)
        total += term
    inside = sin(angle) * total
    return (1 + (2 / pi * (angle + inside) if odd else inside)) / 2
