"""The results of all ordered pairs of some parties, computed once for any number of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from analysis.bulk.request import Extras
from analysis.comparison import References
from analysis.errors import SettingsError
from analysis.friction.pairs import topic_gap_matrix
from analysis.friction.reference import (
    FrictionReferences,
    overall_severity,
)
from analysis.friction.severity import counted_severity, severity
from analysis.knowledge import Knowledge
from analysis.matrix import SharedGroup, distance_matrix, pairs_that_share
from analysis.measures.registry import MEASURES
from analysis.profiles import build_profile
from analysis.reference import percentiles
from analysis.settings import Settings
from analysis.tables import FloatArray
from analysis.uncertainty import intervals, simulated_scores

_PAIRS_AT_ONCE = 400
"""Pairs whose simulated worlds are held at a time: 400 x 2,000 worlds x 6 scores are 38 MB."""


@dataclass(frozen=True, eq=False)
class PairTable:
    """Results by ordered pair.

    Attributes
    ----------
    profiles : tuple of n ids
    columns : mapping of column name to ndarray of shape (n, n)
        Numbers (NaN where a pair has none) or texts; first party by second party.
    """

    profiles: tuple[str, ...]
    columns: dict[str, np.ndarray]


def column_names(knowledge: Knowledge, measures: Sequence[str], extras: Extras) -> list[str]:
    """Return the names of all columns that are added, in their order."""
    names: list[str] = []
    for measure in measures:
        names.append(measure)
        if extras.interval:
            names += [f"{measure}_low", f"{measure}_high"]
        if extras.percentile:
            names.append(f"{measure}_percentile")
        if extras.percentile and extras.interval:
            names += [f"{measure}_percentile_low", f"{measure}_percentile_high"]
    if extras.k:
        names.append("k")
    if extras.standing:
        names += ["standing_a", "standing_b"]
    if extras.topics:
        names += [*(topic_column(t.id) for t in knowledge.topics), "friction_overall"]
    return names


def topic_column(topic_id: str) -> str:
    """Return the name of the column of a topic's severity."""
    return f"severity_{topic_id.replace('-', '_')}"


def pair_table(
    knowledge: Knowledge,
    references: References,
    friction_references: FrictionReferences,
    profiles: Sequence[str],
    settings: Settings,
    measures: Sequence[str],
    extras: Extras,
    tell: Callable[[float], None] | None = None,
) -> PairTable:
    """Compute all columns for all ordered pairs of profiles.

    `tell` hears how much is done [0..1]; what it raises ends the work.

    Every number is the one that `analysis.comparison.compare` and `analysis.friction` give for the
    pair alone; a party with itself has none.

    Raises
    ------
    SettingsError
        Topics are asked for under a framework that they do not rest on.
    """
    n = len(profiles)
    columns: dict[str, np.ndarray] = {}
    groups = list(pairs_that_share(references, profiles, settings)) if n else []
    alone = np.eye(n, dtype=bool)
    for place, measure in enumerate(measures):
        values = distance_matrix(references, profiles, settings, measure) if n else np.empty((0, 0))
        values[alone] = np.nan
        columns[measure] = values
        ranks = _ranks(references, groups, measure, values)
        if extras.percentile:
            columns[f"{measure}_percentile"] = ranks
        if extras.interval:
            part = partial(_tell_part, tell, place, len(measures))
            ends = _intervals(references, groups, profiles, settings, measure, part)
            columns[f"{measure}_low"] = np.fmin(values, ends[..., 0])
            columns[f"{measure}_high"] = np.fmax(values, ends[..., 1])
            if extras.percentile:
                columns[f"{measure}_percentile_low"] = np.fmin(ranks, ends[..., 2])
                columns[f"{measure}_percentile_high"] = np.fmax(ranks, ends[..., 3])
        for name in list(columns):
            if name.startswith(f"{measure}_"):
                columns[name][np.isnan(values)] = np.nan
    if extras.k:
        columns["k"] = _shared_counts(groups, n, alone)
    if extras.standing:
        standings = np.array([_standing(references, i, settings) for i in profiles], dtype=object)
        columns["standing_a"] = np.repeat(standings[:, None], n, axis=1)
        columns["standing_b"] = np.repeat(standings[None, :], n, axis=0)
    if extras.topics:
        columns |= _topics(
            knowledge, references, friction_references, profiles, settings, groups, alone
        )
    order = column_names(knowledge, measures, extras)
    return PairTable(tuple(profiles), {name: columns[name] for name in order})


def _tell_part(tell: Callable[[float], None] | None, place: int, count: int, share: float) -> None:
    if tell is not None:
        tell((place + share) / count)


def _ranks(
    references: References, groups: Sequence[SharedGroup], measure: str, values: FloatArray
) -> FloatArray:
    ranks = np.full(values.shape, np.nan)
    for group in groups:
        distances = references.distances(group.yardstick, measure)
        held = values[group.first, group.second]
        found = percentiles(held, distances)
        ranks[group.first, group.second] = np.where(np.isnan(held), np.nan, found)
    return ranks


def _intervals(
    references: References,
    groups: Sequence[SharedGroup],
    profiles: Sequence[str],
    settings: Settings,
    measure: str,
    tell: Callable[[float], None],
) -> FloatArray:
    """Both ends of the value and of the percentile, shape (n, n, 4); each pair computed once."""
    framework = references.tables.frameworks[settings.framework]
    errors = references.errors(framework.id)
    parties = [build_profile(references.tables, i, settings) for i in profiles]
    ends = np.full((len(profiles), len(profiles), 4), np.nan)
    done, pairs = 0, sum(len(group.first) for group in groups)
    for group in groups:
        if len(group.yardstick.dimensions) < MEASURES[measure].fewest_dimensions:
            continue
        reference = references.reference(group.yardstick)
        simulated = references.simulated(
            group.yardstick, MEASURES[measure].same_order_as, settings.score_error
        )
        once = group.first < group.second
        first, second = group.first[once], group.second[once]
        worlds = {
            int(place): simulated_scores(
                framework, parties[place], reference.columns, settings.score_error, errors
            )
            for place in np.unique(np.concatenate([first, second]))
        }
        for start in range(0, len(first), _PAIRS_AT_ONCE):
            some = slice(start, start + _PAIRS_AT_ONCE)
            x, y = (
                np.stack([worlds[int(place)] for place in side[some]], axis=1)
                for side in (first, second)
            )
            tell(done / pairs)
            found = intervals(x, y, group.yardstick, measure, simulated)
            done += 2 * x.shape[1]
            ends[first[some], second[some]] = ends[second[some], first[some]] = found
    return ends


def _shared_counts(groups: Sequence[SharedGroup], n: int, alone: np.ndarray) -> FloatArray:
    counts = np.full((n, n), np.nan)
    for group in groups:
        counts[group.first, group.second] = len(group.yardstick.dimensions)
    counts[alone] = np.nan
    return counts


def _standing(references: References, profile_id: str, settings: Settings) -> str:
    """The standings of the scores in use, joined where they differ: `published+regional`."""
    profile = build_profile(references.tables, profile_id, settings)
    held = {profile.score(d).standing for d in settings.dimensions} - {"missing"}
    return "+".join(sorted(held)) or "missing"


def _topics(
    knowledge: Knowledge,
    references: References,
    friction_references: FrictionReferences,
    profiles: Sequence[str],
    settings: Settings,
    groups: Sequence[SharedGroup],
    alone: np.ndarray,
) -> dict[str, np.ndarray]:
    framework = references.tables.frameworks[settings.framework]
    if {d for topic in knowledge.topics for d in topic.weights} - set(framework.dimension_ids):
        rests_on = references.tables.frameworks[knowledge.friction.framework]
        raise SettingsError(
            f"Friction topics rest on the dimensions of {rests_on.short_name}: leave them out under"
            f" {framework.short_name}."
        )
    gaps = np.empty((0, 0, len(knowledge.topics)))
    if len(profiles):
        gaps = topic_gap_matrix(knowledge, references, profiles, settings)
    severities = severity(gaps)
    overall = np.full(alone.shape, np.nan)
    for group in groups:
        against = friction_references(group.yardstick)
        cells = group.first, group.second
        if settings.severity == "counted":
            severities[cells] = _counted(gaps[cells], against.gaps)
        if len(against.overall):
            overall[cells] = overall_severity(knowledge, severities[cells])
    severities[alone] = np.nan
    overall[alone] = np.nan
    columns = {
        topic_column(topic.id): severities[..., place]
        for place, topic in enumerate(knowledge.topics)
    }
    return columns | {"friction_overall": overall}


def _counted(gaps: FloatArray, reference_gaps: FloatArray) -> FloatArray:
    """Severities counted among the reference pairs, shape (n_pairs, n_topics)."""
    found = np.full(gaps.shape, np.nan)
    for place in range(gaps.shape[1]):
        for row in np.flatnonzero(np.isfinite(gaps[:, place])):
            found[row, place] = counted_severity(float(gaps[row, place]), reference_gaps[place])
    return found
