"""The subgroups of a team that answered the VSM 2013: each one's indices, and where they differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from analysis.profiles import Profile
from analysis.teams.team import Team
from analysis.teams.vsm import SampleIndices, answers_of, sample_indices
from analysis.teams.vsm_anchor import (
    AnchoredScore,
    IndexDifference,
    anchored_score,
    index_differences,
    published_scores,
)

MOST_SUBGROUPS = 12
"""Subgroups that are scored, the largest first: a table with more is not read."""


@dataclass(frozen=True, slots=True)
class Subgroup:
    """One subgroup with its six indices.

    `scores` are set against the anchor sample, as the team's own are. Without an anchor they hold
    no score, and each difference is from the rest of the team: a raw index is never shown.
    """

    name: str
    people: int
    scores: tuple[AnchoredScore, ...]


@dataclass(frozen=True, slots=True)
class WidestDifference:
    """The index on which two subgroups differ most against its error, out of so many looked at."""

    first: str
    second: str
    difference: IndexDifference
    looked_at: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the difference leaves 0 out."""
        low, high = self.difference.interval or (0.0, 0.0)
        return low > 0 or high < 0


@dataclass(frozen=True, slots=True)
class Subgroups:
    """What the subgroups of a team are like, the largest first.

    `without` counts the people who named none, `unscored` the subgroups past `MOST_SUBGROUPS`.
    `widest` is None where no two subgroups have ten people with valid answers each.
    """

    groups: tuple[Subgroup, ...]
    without: int
    unscored: int
    widest: WidestDifference | None


def subgroup_names(team: Team) -> tuple[str, ...]:
    """Return the names of a team's subgroups, the largest first."""
    counts = Counter(person.subgroup for person in team.respondents if person.subgroup)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def summarise_subgroups(team: Team, national: Profile | None) -> Subgroups | None:
    """Return the subgroups of a team of kind `answers`; None where there is none.

    Parameters
    ----------
    team : Team
    national : Profile or None
        The profile that the team's anchor names, in the team's framework; None without an anchor.
    """
    names = subgroup_names(team)
    if not names:
        return None
    scored = names[:MOST_SUBGROUPS]
    sizes = Counter(person.subgroup for person in team.respondents)
    samples = {
        name: sample_indices(*answers_of([p for p in team.respondents if p.subgroup == name]))
        for name in scored
    }
    groups = tuple(
        Subgroup(name, sizes[name], _scores(team, name, sample, national))
        for name, sample in samples.items()
    )
    return Subgroups(groups, sizes[""], len(names) - len(scored), _widest(samples))


def _scores(
    team: Team, name: str, sample: SampleIndices, national: Profile | None
) -> tuple[AnchoredScore, ...]:
    called = f"“{name}”"
    if national is None or team.anchor is None:
        others = [person for person in team.respondents if person.subgroup != name]
        if not others:
            return ()
        rest = sample_indices(*answers_of(others))
        found = index_differences(sample, rest, (called, "the rest of the team"))
        return tuple(AnchoredScore(difference, None) for difference in found)
    anchor = sample_indices(*answers_of(team.anchor.respondents))
    published = published_scores(national)
    return tuple(
        anchored_score(difference, published.get(difference.index))
        for difference in index_differences(sample, anchor, (called, "the anchor sample"))
    )


def _widest(samples: dict[str, SampleIndices]) -> WidestDifference | None:
    found = [
        (first, second, difference)
        for first, second in combinations(samples, 2)
        for difference in index_differences(
            samples[first], samples[second], (f"“{first}”", f"“{second}”")
        )
        if difference.shown == "number"
    ]
    if not found:
        return None
    first, second, difference = max(
        found, key=lambda one: abs(one[2].points or 0) / (one[2].standard_error or 1)
    )
    return WidestDifference(first, second, difference, len(found))
