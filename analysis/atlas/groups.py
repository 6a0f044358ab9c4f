"""Groups of countries: their means, their spreads, and how far apart they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from analysis.atlas.distances import lacking_scores
from analysis.comparison import References
from analysis.matrix import IntArray, distance_matrix
from analysis.profiles import Profile, build_profile
from analysis.settings import Settings, require_enough
from analysis.tables import FloatArray, Tables
from analysis.words import in_words

FEWEST_MEMBERS = 3
"""Fewer give no mean: it would be one or two countries under another name."""


class GroupLike(Protocol):
    """A group that ships (`analysis.tables.Group`) or one of a person's own (`OwnGroup`)."""

    @property
    def id(self) -> str:
        """Short name, used in keys."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def members(self) -> tuple[str, ...]:
        """Ids of profiles."""


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A list of parties that a person made."""

    id: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupDimension:
    """A group on one dimension; `mean` and `spread` (ddof = 1) are None where `reason` says why.

    `counted` names the members with a score, `shared` those whose score is that of a region which
    already counts, `lacking` those without a score.
    """

    dimension: str
    mean: float | None
    spread: float | None
    counted: tuple[str, ...]
    shared: tuple[str, ...]
    lacking: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class GroupProfile:
    """A group on every dimension of the framework."""

    id: str
    name: str
    members: tuple[str, ...]
    dimensions: tuple[GroupDimension, ...]


@dataclass(frozen=True, eq=False)
class GroupDistances:
    """Mean distances within (diagonal) and between groups, shape (g, g), NaN where there is none.

    `pairs` counts the pairs behind each mean; `reasons` says why a group has none, by id.
    """

    ids: tuple[str, ...]
    matrix: FloatArray
    pairs: IntArray
    reasons: Mapping[str, str]


def group_profile(tables: Tables, group: GroupLike, settings: Settings) -> GroupProfile:
    """Return mean and spread (ddof = 1) of a group on each dimension of the framework.

    Every published score counts once: where several members stand with the score of one region,
    the first of them counts and the others are named in `shared`. Counting them all would repeat
    one number and make the group look more alike than is known.

    Parameters
    ----------
    tables : Tables
    group : GroupLike
        Members without a profile count as lacking a score.
    settings : Settings
    """
    members = tuple(dict.fromkeys(group.members))
    profiles = {i: build_profile(tables, i, settings) for i in members if i in tables.profiles}
    framework = tables.frameworks[settings.framework]
    found = []
    for d in framework.dimension_ids:
        values: dict[str, float] = {}
        counted, shared, lacking = [], [], []
        for i in members:
            score = profiles[i].score(d) if i in profiles else None
            if score is None or score.value is None:
                lacking.append(i)
            elif score.origin in values:
                shared.append(i)
            else:
                counted.append(i)
                values[score.origin] = score.value
        mean = spread = None
        if len(values) >= FEWEST_MEMBERS:
            mean = float(np.mean(list(values.values())))
            spread = float(np.std(list(values.values()), ddof=1))
        found.append(
            GroupDimension(
                d, mean, spread, tuple(counted), tuple(shared), tuple(lacking),
                "" if mean is not None else _too_few(len(values)),
            )
        )  # fmt: skip
    return GroupProfile(group.id, group.name, members, tuple(found))


def _too_few(count: int) -> str:
    return f"{in_words(count)} with a score, and a mean needs {in_words(FEWEST_MEMBERS)}"


def group_distances(
    references: References, groups: Sequence[GroupLike], settings: Settings, measure_id: str = ""
) -> GroupDistances:
    """Return the mean distance within each group and between each two.

    Only pairs that share every dimension in use count, since some measures grow with the number
    of dimensions. Between two groups each pair of different parties counts once, also where both
    parties are in both groups.

    Parameters
    ----------
    references : References
    groups : sequence of g GroupLike
    settings : Settings
    measure_id : str, optional
        The headline measure of the settings when omitted.

    Raises
    ------
    SettingsError
        The dimensions in use are too few for a distance.
    """
    tables = references.tables
    require_enough(tables, settings)
    complete = {
        i: build_profile(tables, i, settings)
        for i in dict.fromkeys(i for group in groups for i in group.members)
        if i in tables.profiles
    }
    complete = {i: p for i, p in complete.items() if not lacking_scores(tables, p, settings)}
    rows = {profile_id: row for row, profile_id in enumerate(complete)}
    matrix = _full_pairs(references, complete, settings, measure_id or settings.measure)
    places = [
        np.array([rows[i] for i in dict.fromkeys(group.members) if i in rows], dtype=np.intp)
        for group in groups
    ]
    means = np.full((len(groups), len(groups)), np.nan)
    pairs = np.zeros(means.shape, dtype=np.intp)
    for a, first in enumerate(places):
        for b, second in enumerate(places):
            across = np.zeros(matrix.shape, dtype=bool)
            across[np.ix_(first, second)] = True
            held = matrix[np.triu(across | across.T, 1)]
            held = held[np.isfinite(held)]
            pairs[a, b] = held.size
            if min(len(first), len(second)) >= FEWEST_MEMBERS and held.size:
                means[a, b] = held.mean()
    return GroupDistances(
        tuple(group.id for group in groups), means, pairs,
        {
            group.id: f"{in_words(len(place))} with every score in use, and a mean distance needs"
            f" {in_words(FEWEST_MEMBERS)}"
            for group, place in zip(groups, places, strict=True)
            if len(place) < FEWEST_MEMBERS
        },
    )  # fmt: skip


def _full_pairs(
    references: References, complete: Mapping[str, Profile], settings: Settings, measure_id: str
) -> FloatArray:
    """The distances of pairs that share every dimension in use; NaN for others and for itself."""
    if not complete:
        return np.empty((0, 0))
    matrix = distance_matrix(references, tuple(complete), settings, measure_id)
    origins = np.array(
        [[p.score(d).origin for d in settings.dimensions] for p in complete.values()]
    )
    same = (origins[:, None] == origins[None, :]).any(axis=-1)
    return np.where(same, np.nan, matrix)
