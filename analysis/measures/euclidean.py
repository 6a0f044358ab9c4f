"""Euclidean distances: in points, and standardised."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures._validate import validate_profiles, validate_weights, weighted_sum
from analysis.measures.konara_mohr import konara_mohr
from analysis.tables import FloatArray


def euclidean(x: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    r"""Straight-line distance in score points.

    .. math:: E = \sqrt{\sum_k w_k (x_k - y_k)^2}

    Parameters
    ----------
    x, y : array_like of shape (..., k)
        Scores [points].
    weights : array_like of shape (k,), optional
        Weight of each dimension, above zero, scaled to a mean of one; equal when omitted.

    Returns
    -------
    ndarray of shape (...)
        The distance [points], from 0 up; a metric.

    Raises
    ------
    ValueError
        Shapes do not fit, a score is missing, or a weight is not above zero.

    Notes
    -----
    Ignores that some dimensions spread more than others, so those count for more.

    References
    ----------
    .. [1] P. Morosini, S. Shane and H. Singh, "National cultural distance and cross-border
       acquisition performance," Journal of International Business Studies, vol. 29, no. 1, 1998.

    Examples
    --------
    >>> float(euclidean([0, 0], [3, 4]))
    5.0
    """
    first, second = validate_profiles(x, y)
    gaps = first - second
    return np.sqrt(
        weighted_sum(np.square(gaps, out=gaps), validate_weights(weights, first.shape[-1]))
    )


def euclidean_standardised(
    x: ArrayLike, y: ArrayLike, variance: ArrayLike, weights: ArrayLike | None = None
) -> FloatArray:
    r"""Straight-line distance in standard deviations.

    .. math:: E_s = \sqrt{\sum_k w_k \frac{(x_k - y_k)^2}{V_k}} = \sqrt{K} \cdot KM

    Parameters and errors are those of `kogut_singh`.

    Returns
    -------
    ndarray of shape (...)
        The distance [standard deviations], from 0 up; a metric. It grows with the number of
        dimensions: compare only values with the same K.

    References
    ----------
    .. [1] H. G. Barkema and F. Vermeulen, "What differences in the cultural backgrounds of partners
       are detrimental for international joint ventures?," Journal of International Business
       Studies, vol. 28, no. 4, 1997.

    Examples
    --------
    >>> round(float(euclidean_standardised([0, 0], [3, 8], [1, 4])), 9)  # sqrt(3**2 / 1 + 8**2 / 4)
    5.0
    """
    checked = konara_mohr(x, y, variance, weights)
    return np.asarray(np.sqrt(np.shape(x)[-1]) * checked)
