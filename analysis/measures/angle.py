"""The angle between two profiles seen as vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures._validate import validate_profiles, validate_weights
from analysis.tables import FloatArray


def angle(x: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    r"""Angle between two profiles of raw scores.

    .. math:: \theta = \arccos \frac{x \cdot y}{\lVert x \rVert \, \lVert y \rVert}

    with each score multiplied by the root of its dimension's weight.

    Parameters
    ----------
    x, y : array_like of shape (..., k)
        Scores [points].
    weights : array_like of shape (k,), optional
        Weight of each dimension, above zero, scaled to a mean of one; equal when omitted.

    Returns
    -------
    ndarray of shape (...)
        The angle [degree], 0 to 180, and at most 90 where no score is negative. Two profiles of the
        same shape have the angle 0 even if one is twice the other: not a metric.

    Raises
    ------
    ValueError
        Shapes do not fit, a score is missing, a weight is not above zero, or all scores of a
        profile are zero (it has no direction).

    Notes
    -----
    Computed as twice the arctangent of the half-chord, which is exact for small angles where the
    arccosine loses half its digits.

    References
    ----------
    .. [1] W. Messner, Journal of International Marketing, 2021, doi:10.1177/1069031X211018452.

    Examples
    --------
    >>> round(float(angle([1, 0], [1, 1])), 9)
    45.0
    """
    first, second = validate_profiles(x, y)
    root = np.sqrt(validate_weights(weights, first.shape[-1]))
    u, v = _unit(first * root), _unit(second * root)
    return np.asarray(np.degrees(2 * np.arctan2(_length(u - v), _length(u + v))))


def _length(vectors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(np.einsum("...k,...k->...", vectors, vectors)))


def _unit(vectors: FloatArray) -> FloatArray:
    length = _length(vectors)
    if not (length > 0).all():
        raise ValueError("a profile whose scores are all zero has no direction")
    return np.asarray(vectors / length[..., None])
