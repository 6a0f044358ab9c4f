"""Two parties compared: all that page, exports and command line show, as one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

import numpy as np

from analysis.measures.registry import LISTED, MEASURES, Measure
from analysis.overlap import Overlap, overlap
from analysis.profiles import Profile, build_profile
from analysis.reference import (
    ReferenceSet,
    Yardstick,
    build_reference,
    percentile,
    reference_distances,
    yardstick_for,
)
from analysis.refusal import why_no_distance
from analysis.settings import Settings
from analysis.tables import FloatArray, Tables
from analysis.uncertainty import (
    Interval,
    SimulatedReference,
    interval,
    simulate_reference,
    simulated_scores,
    standard_errors,
)
from analysis.words import in_words


@dataclass(frozen=True, slots=True)
class Gap:
    """One dimension of a comparison: side a minus side b.

    `points` and `standardised` are None where the pair shares no score. `contribution` is the share
    of the Kogut-Singh sum [0..1], None where the dimension is not in use. `reason` says in a
    few words why a dimension does not count.
    """

    dimension: str
    points: float | None
    standardised: float | None
    contribution: float | None
    overlap: Overlap | None
    reason: str


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """One measure for one pair; the intervals are None where they were not asked for."""

    id: str
    value: float
    percentile: float
    interval: tuple[float, float] | None
    percentile_interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole result for one pair.

    `reason` is empty where there is a distance; otherwise it says in one or two sentences why there
    is none, and `measures` is empty.
    """

    data_version: str
    settings: Settings
    a: Profile
    b: Profile
    dimensions_used: tuple[str, ...]
    gaps: Mapping[str, Gap]
    measures: Mapping[str, MeasureResult]
    overlap_independent: Overlap | None
    overlap_correlated: Overlap | None
    reference_pairs: int
    reason: str

    @property
    def headline(self) -> MeasureResult:
        """The result of the measure that the settings put first."""
        return self.measures[self.settings.measure]

    @property
    def listed(self) -> tuple[tuple[Measure, MeasureResult], ...]:
        """The measures that stand on a line of their own, each with its result."""
        return tuple((m, self.measures[m.id]) for m in LISTED if m.id in self.measures)


@dataclass(frozen=True, eq=False)
class References:
    """Where a comparison gets its reference distributions from.

    The plain functions compute them anew; pages put a cache in front of each. Every argument is a
    small value, so that a cache can go by value.
    """

    tables: Tables
    reference: Callable[[Yardstick], ReferenceSet]
    distances: Callable[[Yardstick, str], FloatArray]
    errors: Callable[[str], FloatArray]
    simulated: Callable[[Yardstick, str, float], SimulatedReference]


def plain_references(tables: Tables) -> References:
    """Return references that compute everything when asked."""

    def reference(yardstick: Yardstick) -> ReferenceSet:
        return build_reference(tables, yardstick)

    def errors(framework_id: str) -> FloatArray:
        return standard_errors(*tables.frameworks[framework_id].scores.shape)

    def simulated(yardstick: Yardstick, measure_id: str, score_error: float) -> SimulatedReference:
        return simulate_reference(
            reference(yardstick),
            tables.frameworks[yardstick.framework].matrix(yardstick.unrounded),
            yardstick, measure_id, score_error, errors(yardstick.framework),
        )  # fmt: skip

    def distances(yardstick: Yardstick, measure_id: str) -> FloatArray:
        return reference_distances(reference(yardstick), yardstick, measure_id)

    return References(tables, reference, distances, errors, simulated)


def compare(
    references: References,
    a: str,
    b: str,
    settings: Settings,
    intervals: Collection[str] | None = None,
) -> Comparison:
    """Compare two profiles.

    Parameters
    ----------
    references : References
    a, b : str
        Profile ids. Gaps are a minus b.
    settings : Settings
    intervals : collection of measure ids, optional
        The measures to simulate an interval for; all of them when omitted.

    Raises
    ------
    UnknownProfileError
        An id is not in the tables.
    """
    tables = references.tables
    first, second = (build_profile(tables, i, settings) for i in (a, b))
    shared, reasons = shared_dimensions(first, second, settings)
    reason = why_no_distance(tables, first, second, shared, settings)
    if reason:
        gaps = {
            d: Gap(d, _points(first, second, d), None, None, None, reasons.get(d, ""))
            for d in first.dimension_ids
        }
        return Comparison(
            tables.version, settings, first, second, shared, MappingProxyType(gaps),
            MappingProxyType({}), None, None, 0, reason,
        )  # fmt: skip
    yardstick = yardstick_for(settings, shared)
    reference = references.reference(yardstick)
    gaps = _gaps(first, second, shared, reasons, reference.covariance, settings)
    measures = _measures(references, first, second, yardstick, settings, intervals)
    independent = sqrt(sum((gaps[d].standardised or 0.0) ** 2 for d in shared))
    unweighted = MEASURES["mahalanobis"].compute(
        *_used(first, second, reference.columns), reference.covariance
    )
    return Comparison(
        tables.version, settings, first, second, shared, MappingProxyType(gaps),
        MappingProxyType(measures),
        overlap(independent, settings.between_share),
        overlap(float(unweighted), settings.between_share),
        len(reference.pairs[0]),
        "",
    )  # fmt: skip


def too_few_dimensions(measure: Measure) -> str:
    """Return why a pair that has a distance has none by this measure."""
    return f"takes {in_words(measure.fewest_dimensions)} dimensions"


def shared_dimensions(
    first: Profile, second: Profile, settings: Settings
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the dimensions a pair can be compared on, and why the others cannot.

    A dimension on which both sides stand with the very same published score, because both take it
    from one region, says nothing about the difference between them and is not shared.
    """
    shared, reasons = [], {}
    for d in first.dimension_ids:
        x, y = first.score(d), second.score(d)
        if d not in settings.dimensions:
            reasons[d] = "left out"
        elif "missing" in (x.standing, y.standing):
            reasons[d] = "a score is missing"
        elif x.origin == y.origin and first.id != second.id:
            reasons[d] = "same regional score"
        else:
            shared.append(d)
    return tuple(shared), reasons


def _points(first: Profile, second: Profile, dimension_id: str) -> float | None:
    x, y = first.score(dimension_id), second.score(dimension_id)
    if x.value is None or y.value is None or x.origin == y.origin:
        return None
    return x.value - y.value


def _used(first: Profile, second: Profile, columns: np.ndarray) -> tuple[FloatArray, FloatArray]:
    return first.values[columns], second.values[columns]


def _gaps(
    first: Profile,
    second: Profile,
    shared: tuple[str, ...],
    reasons: Mapping[str, str],
    covariance: FloatArray,
    settings: Settings,
) -> dict[str, Gap]:
    spread = dict(zip(shared, np.sqrt(covariance.diagonal()).tolist(), strict=True))
    weight = dict(zip(settings.dimensions, settings.weights, strict=True))
    points = {d: _points(first, second, d) for d in first.dimension_ids}
    standardised = {d: (points[d] or 0.0) / spread[d] for d in shared}
    parts = {d: weight[d] * standardised[d] ** 2 for d in shared}
    total = sum(parts.values())
    return {
        d: Gap(
            d, points[d], standardised[d], parts[d] / total if total else 0.0,
            overlap(standardised[d], settings.between_share), "",
        )
        if d in standardised
        else Gap(d, points[d], None, None, None, reasons.get(d, ""))
        for d in first.dimension_ids
    }  # fmt: skip


def _measures(
    references: References,
    first: Profile,
    second: Profile,
    yardstick: Yardstick,
    settings: Settings,
    intervals: Collection[str] | None,
) -> dict[str, MeasureResult]:
    reference = references.reference(yardstick)
    x, y = _used(first, second, reference.columns)
    wanted = set(MEASURES) if intervals is None else set(intervals)
    worlds = _worlds(references, first, second, reference.columns, settings) if wanted else None
    results = {}
    for measure in MEASURES.values():
        if len(yardstick.dimensions) < measure.fewest_dimensions:
            continue
        value = float(measure.compute(x, y, reference.covariance, yardstick.weights))
        rank = percentile(value, references.distances(yardstick, measure.id))
        found: Interval | None = None
        if worlds is not None and measure.id in wanted:
            simulated = references.simulated(yardstick, measure.same_order_as, settings.score_error)
            found = interval(*worlds, yardstick, measure.id, simulated)
        results[measure.id] = MeasureResult(
            measure.id, value, rank,
            holding(value, found.value) if found else None,
            holding(rank, found.percentile) if found else None,
        )  # fmt: skip
    return results


def holding(value: float, bounds: tuple[float, float]) -> tuple[float, float]:
    """Widen an interval to hold the value itself.

    Errors push two nearly equal profiles apart in almost every simulated world. Of the 1,891
    default pairs this widens two (Australia and the United States, Romania and Serbia).
    """
    return min(value, bounds[0]), max(value, bounds[1])


def _worlds(
    references: References,
    first: Profile,
    second: Profile,
    columns: np.ndarray,
    settings: Settings,
) -> tuple[FloatArray, FloatArray]:
    """Both sides' scores in every simulated world, each of shape (draws, k)."""
    framework = references.tables.frameworks[settings.framework]
    errors = references.errors(framework.id)
    x, y = (
        simulated_scores(framework, profile, columns, settings.score_error, errors)
        for profile in (first, second)
    )
    return x, y
