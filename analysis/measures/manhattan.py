"""The mean absolute gap in standard deviations."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures._validate import (
    validate_profiles,
    validate_variance,
    validate_weights,
    weighted_sum,
)
from analysis.tables import FloatArray


def manhattan(
    x: ArrayLike, y: ArrayLike, variance: ArrayLike, weights: ArrayLike | None = None
) -> FloatArray:
    r"""City-block distance: the mean over dimensions of the gap in standard deviations.

    .. math:: M = \frac{1}{K} \sum_k w_k \frac{|x_k - y_k|}{\sqrt{V_k}}

    Parameters and errors are those of `kogut_singh`.

    Returns
    -------
    ndarray of shape (...)
        The distance [standard deviations], from 0 up; a metric.

    Notes
    -----
    One extreme dimension moves it less than it moves the squared indices. The literature on
    international business has no canonical source for it; offering it is this project's choice.

    Examples
    --------
    >>> float(manhattan([0, 0], [3, 8], [1, 4]))  # (3 / 1 + 8 / 2) / 2
    3.5
    """
    first, second = validate_profiles(x, y)
    k = first.shape[-1]
    scale = validate_weights(weights, k) / (np.sqrt(validate_variance(variance, k)) * k)
    gaps = first - second
    return weighted_sum(np.abs(gaps, out=gaps), scale)
