"""How sure a distance is: simulation of the error in published scores.

Published scores carry no standard error. Each of `DRAWS` simulated worlds adds a normal error to
every score of every profile, and computes the spreads, the pair's distance, and its rank among all
pairs of that same world. The middle 95 % of the worlds is the interval.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from analysis.measures.registry import MEASURES
from analysis.profiles import Profile
from analysis.reference import ReferenceSet, Yardstick, sample_covariance
from analysis.tables import FloatArray, Framework

DRAWS = 2000
SEED = 20150816
COVERAGE = (0.025, 0.975)
_DRAWS_AT_ONCE = 16
_EVERY = 4
"""Of the sorted distances in a world every fourth is kept: a rank is then right to 0.2 points in
1,891 pairs, a tenth of the sampling error of the interval, in a quarter of the memory."""


@dataclass(frozen=True, eq=False)
class SimulatedReference:
    """The reference set in every simulated world.

    Attributes
    ----------
    covariance : ndarray of shape (draws, k, k)
    distances : ndarray of shape (draws, n_kept)
        Of the distances of all pairs, in rising order, every fourth (single precision).
    """

    covariance: FloatArray
    distances: np.ndarray


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of the simulated worlds, for a value and for its percentile."""

    value: tuple[float, float]
    percentile: tuple[float, float]


def standard_errors(profiles: int, dimensions: int) -> FloatArray:
    """Return standard normal errors of shape (draws, profiles, dimensions), the same every time."""
    return np.random.default_rng(SEED).standard_normal((DRAWS, profiles, dimensions))


def simulated_scores(
    framework: Framework,
    profile: Profile,
    columns: np.ndarray,
    score_error: float,
    errors: FloatArray,
) -> FloatArray:
    """Return a party's scores in every simulated world, shape (draws, k) [points].

    What a party is made from brings its error along, the same one that the published profile has
    in that world; an error of its own is drawn by the party's id.

    Parameters
    ----------
    framework : Framework
    profile : Profile
    columns : ndarray of int, shape (k,)
        The dimensions in use.
    score_error : float
        Standard error of a published score [points].
    errors : ndarray of shape (draws, n_profiles, n_dimensions)
        From `standard_errors`, or its first draws.
    """
    drawn = np.zeros((len(errors), len(columns)))
    for source, share in profile.sources:
        drawn += share * errors[:, framework.row(source)][:, columns]
    worlds = profile.values[columns] + score_error * drawn
    if profile.own_errors:
        seed = [SEED, zlib.crc32(profile.values.tobytes() + repr(profile.own_errors).encode())]
        own = np.random.default_rng(seed).standard_normal((len(errors), len(profile.dimension_ids)))
        worlds = worlds + (own * np.array(profile.own_errors))[:, columns]
    return np.asarray(worlds)


def simulate_reference(
    reference: ReferenceSet,
    scores: FloatArray,
    yardstick: Yardstick,
    measure_id: str,
    score_error: float,
    errors: FloatArray,
) -> SimulatedReference:
    """Compute the reference distribution of a measure in every simulated world.

    Parameters
    ----------
    reference : ReferenceSet
    scores : ndarray of shape (n_profiles, n_dimensions)
        The framework's scores [points], NaN where missing.
    yardstick : Yardstick
    measure_id : str
    score_error : float
        Standard error of a score [points].
    errors : ndarray of shape (draws, n_profiles, n_dimensions)
        From `standard_errors`.
    """
    measure = MEASURES[measure_id]
    cells = np.ix_(reference.rows, reference.columns)
    worlds = scores[cells] + score_error * errors[:, cells[0], cells[1]]
    covariance = sample_covariance(worlds)
    complete = worlds[:, np.isin(reference.rows, reference.complete)]
    first, second = reference.pairs
    kept = np.empty((len(worlds), len(first[::_EVERY])), dtype=np.float32)
    for start in range(0, len(worlds), _DRAWS_AT_ONCE):  # a block fits the processor's cache
        block = slice(start, start + _DRAWS_AT_ONCE)
        distances = measure.compute(
            complete[block].take(first, axis=1),
            complete[block].take(second, axis=1),
            covariance[block],
            yardstick.weights,
        ).astype(np.float32)
        distances.sort(axis=1)
        kept[block] = distances[:, ::_EVERY]
    return SimulatedReference(covariance, kept)


def interval(
    first: FloatArray,
    second: FloatArray,
    yardstick: Yardstick,
    measure_id: str,
    simulated: SimulatedReference,
) -> Interval:
    """Return the interval of a pair's distance and of its percentile.

    Parameters
    ----------
    first, second : ndarray of shape (draws, k)
        Both parties' scores in every simulated world [points].
    simulated : SimulatedReference
        Of a measure that ranks pairs as `measure_id` does.
    """
    values, ranks = _in_worlds(first[:, None], second[:, None], yardstick, measure_id, simulated)
    nearer = _counts_below(simulated.distances, ranks[:, 0]) * 100 / simulated.distances.shape[1]
    low, high = np.quantile(values, COVERAGE)
    low_rank, high_rank = np.quantile(nearer, COVERAGE)
    return Interval((float(low), float(high)), (float(low_rank), float(high_rank)))


def intervals(
    first: FloatArray,
    second: FloatArray,
    yardstick: Yardstick,
    measure_id: str,
    simulated: SimulatedReference,
) -> FloatArray:
    """Return what `interval` gives for each of many pairs.

    Parameters
    ----------
    first, second : ndarray of shape (draws, n_pairs, k)
        Both sides' scores in every simulated world [points].
    simulated : SimulatedReference
        Of a measure that ranks pairs as `measure_id` does.

    Returns
    -------
    ndarray of shape (n_pairs, 4)
        Low and high end of the value, then of the percentile.
    """
    values, ranks = _in_worlds(first, second, yardstick, measure_id, simulated)
    nearer = np.empty(ranks.shape)
    for world, (held, places) in enumerate(zip(simulated.distances, ranks, strict=True)):
        nearer[world] = np.searchsorted(held.astype(np.float64), places, side="left")
    nearer *= 100 / simulated.distances.shape[1]
    found = [np.quantile(what, COVERAGE, axis=0) for what in (values, nearer)]
    return np.concatenate(found).T


def _counts_below(ascending: np.ndarray, limits: FloatArray) -> np.ndarray:
    """Return how many numbers of each row lie below the row's own limit, by bisection.

    Parameters
    ----------
    ascending : ndarray of shape (n_rows, n)
        Each row in ascending order.
    limits : ndarray of shape (n_rows,)
    """
    rows = np.arange(len(ascending))
    low, high = np.zeros_like(rows), np.full_like(rows, ascending.shape[1])
    while np.any(low < high):
        middle = (low + high) // 2
        # Where a row is done its middle is its end: any number will do, for nothing moves.
        below = ascending[rows, np.minimum(middle, ascending.shape[1] - 1)] < limits
        low, high = np.where(below & (low < high), middle + 1, low), np.where(below, high, middle)
    return low


def _in_worlds(
    first: FloatArray,
    second: FloatArray,
    yardstick: Yardstick,
    measure_id: str,
    simulated: SimulatedReference,
) -> tuple[FloatArray, FloatArray]:
    """Distances in every world by a measure and by the one it shares its ranks with."""
    measure = MEASURES[measure_id]

    def distances_by(chosen: str) -> FloatArray:
        return MEASURES[chosen].compute(first, second, simulated.covariance, yardstick.weights)

    values = distances_by(measure.id)
    alike = measure.same_order_as == measure.id
    return values, values if alike else distances_by(measure.same_order_as)
