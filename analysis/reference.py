"""What a distance is measured against: the spread of each dimension, the distances of all pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.measures.registry import MEASURES
from analysis.settings import Settings
from analysis.tables import FloatArray, Tables

NEAR_TIE = 1e-9
"""Relative difference below which two distances count as equal: the same pair computed alone and in
a matrix can differ in the last digits."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The choices that fix a reference distribution: a small value to cache by."""

    framework: str
    unrounded: bool
    reference: str
    dimensions: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class ReferenceSet:
    """The rows that a distance is measured against, over the dimensions in use.

    Attributes
    ----------
    covariance : ndarray of shape (k, k)
        Sample covariance (ddof = 1); its diagonal holds the variances.
    rows : ndarray of shape (n,)
        The rows of the framework's score array that set the spread.
    complete : ndarray of shape (m,)
        Those of `rows` with a score on every dimension in use: the pairs among them are what a
        percentile is taken among.
    columns : ndarray of shape (k,)
        The columns of the score array in use.
    scores : ndarray of shape (m, k)
        The scores of `complete` [points].
    """

    covariance: FloatArray
    rows: np.ndarray
    complete: np.ndarray
    columns: np.ndarray
    scores: FloatArray

    @property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Both sides of all pairs of `complete`, as positions in `scores`."""
        return np.triu_indices(len(self.complete), 1)


def yardstick_for(settings: Settings, dimensions: tuple[str, ...]) -> Yardstick:
    """Return the yardstick for the dimensions that a pair shares."""
    weights = tuple(settings.weights[settings.dimensions.index(d)] for d in dimensions)
    return Yardstick(
        settings.framework, settings.unrounded, settings.reference, dimensions, weights
    )


def build_reference(tables: Tables, yardstick: Yardstick) -> ReferenceSet:
    """Collect the reference set of a yardstick.

    `complete` takes countries with every score of the framework, whichever dimensions are in use,
    so that the spread of a dimension does not depend on the others chosen. `countries` and `all`
    take, for each dimension, every row that has a score there (pairwise for a covariance).
    """
    framework = tables.frameworks[yardstick.framework]
    matrix = framework.matrix(yardstick.unrounded)
    is_country = np.array([tables.profiles[i].kind == "country" for i in framework.profile_ids])
    chosen = {
        "complete": is_country & np.isfinite(matrix).all(axis=1),
        "countries": is_country & np.isfinite(matrix).any(axis=1),
        "all": np.isfinite(matrix).any(axis=1),
    }[yardstick.reference]
    rows = np.flatnonzero(chosen)
    columns = np.array([framework.dimension_ids.index(d) for d in yardstick.dimensions])
    used = matrix[np.ix_(rows, columns)]
    complete = np.isfinite(used).all(axis=1)
    return ReferenceSet(
        sample_covariance(used), rows, rows[complete], columns, np.ascontiguousarray(used[complete])
    )


def sample_covariance(scores: FloatArray) -> FloatArray:
    """Return the covariance (ddof = 1) of each pair of columns over the rows that have both.

    Parameters
    ----------
    scores : ndarray of shape (..., n, k)
        Scores [points], NaN where missing, at the same places in every leading layer.

    Returns
    -------
    ndarray of shape (..., k, k)
    """
    k = scores.shape[-1]
    present = np.isfinite(scores.reshape(-1, *scores.shape[-2:])[0])
    if present.all():
        centred = scores - scores.mean(axis=-2, keepdims=True)
        return np.asarray(np.swapaxes(centred, -1, -2) @ centred / (scores.shape[-2] - 1))
    covariance = np.empty((*scores.shape[:-2], k, k))
    for a in range(k):
        for b in range(a, k):
            both = scores[..., present[:, a] & present[:, b], :]
            x = both[..., a] - both[..., a].mean(axis=-1, keepdims=True)
            y = both[..., b] - both[..., b].mean(axis=-1, keepdims=True)
            covariance[..., a, b] = (x * y).sum(axis=-1) / (x.shape[-1] - 1)
            covariance[..., b, a] = covariance[..., a, b]
    return covariance


def reference_distances(
    reference: ReferenceSet, yardstick: Yardstick, measure_id: str
) -> FloatArray:
    """Return the distances of all reference pairs in rising order, shape (n_pairs,)."""
    first, second = reference.pairs
    distances = MEASURES[measure_id].compute(
        reference.scores[first], reference.scores[second], reference.covariance, yardstick.weights
    )
    return np.sort(distances)


def percentile(value: float, distances: FloatArray) -> float:
    """Return the share of reference pairs that lie nearer than `value` [percent, 0..100].

    Pairs exactly as far apart count half (mid-rank).
    """
    return float(percentiles(np.asarray(value), distances))


def percentiles(values: FloatArray, distances: FloatArray) -> FloatArray:
    """Return the `percentile` of each of many values, in their shape."""
    below = np.searchsorted(distances, values * (1 - NEAR_TIE), side="left")
    up_to = np.searchsorted(distances, values * (1 + NEAR_TIE), side="right")
    return np.asarray(100 * (below + 0.5 * (up_to - below)) / len(distances))
