"""Checks that every measure makes of what it is given."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.tables import FloatArray


def validate_profiles(x: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return two arrays of profiles whose last axis is the dimension.

    Raises
    ------
    ValueError
        The last axes differ, one is empty, or a score is missing or infinite: a measure never
        guesses a score.
    """
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if first.ndim == 0 or second.ndim == 0 or first.shape[-1] != second.shape[-1]:
        raise ValueError(f"profiles of shapes {first.shape} and {second.shape} do not match")
    if first.shape[-1] == 0:
        raise ValueError("a profile needs at least one dimension")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("a profile holds a missing or infinite score")
    return first, second


def validate_variance(variance: ArrayLike, dimensions: int) -> FloatArray:
    """Return variances of shape (k,) or (..., 1, k), all above zero."""
    array = np.asarray(variance, dtype=float)
    if array.ndim == 0 or array.shape[-1] != dimensions:
        raise ValueError(f"variances of shape {array.shape} do not fit {dimensions} dimensions")
    if not (np.isfinite(array) & (array > 0)).all():
        raise ValueError("a variance is missing, infinite or not above zero")
    return array


def validate_covariance(covariance: ArrayLike, dimensions: int) -> FloatArray:
    """Return covariances of shape (..., k, k); that they are positive definite shows in use."""
    array = np.asarray(covariance, dtype=float)
    if array.ndim < 2 or array.shape[-2:] != (dimensions, dimensions):
        raise ValueError(
            f"a covariance of shape {array.shape} does not fit {dimensions} dimensions"
        )
    if not np.isfinite(array).all():
        raise ValueError("a covariance is missing or infinite")
    return array


def validate_weights(weights: ArrayLike | None, dimensions: int) -> FloatArray:
    """Return weights scaled to a mean of one, shape (k,); all ones where none are given."""
    if weights is None:
        return np.ones(dimensions)
    array = np.asarray(weights, dtype=float)
    if array.shape != (dimensions,) or not (np.isfinite(array) & (array > 0)).all():
        raise ValueError(f"weights must be {dimensions} numbers above zero, not {weights!r}")
    return np.asarray(array * (dimensions / array.sum()))


def weighted_sum(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Sum `values` (..., k) over the last axis with weights of shape (k,) or (..., 1, k).

    A matrix product does it without a temporary array of the size of `values`, which is what makes
    thousands of simulated reference sets affordable.
    """
    if weights.ndim == 1:
        return np.asarray(values @ weights)
    return np.asarray((values @ weights.swapaxes(-1, -2))[..., 0])
