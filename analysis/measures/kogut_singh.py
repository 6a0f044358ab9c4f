"""The Kogut-Singh index."""

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


def kogut_singh(
    x: ArrayLike, y: ArrayLike, variance: ArrayLike, weights: ArrayLike | None = None
) -> FloatArray:
    r"""Mean over the dimensions of the squared gap in units of the dimension's variance.

    .. math:: KS = \frac{1}{K} \sum_k w_k \frac{(x_k - y_k)^2}{V_k}

    with weights scaled to a mean of one.

    Parameters
    ----------
    x, y : array_like of shape (..., k)
        Scores [points].
    variance : array_like of shape (k,) or (..., 1, k)
        Sample variance of each dimension over the reference set [points squared].
    weights : array_like of shape (k,), optional
        Weight of each dimension, above zero; all equal when omitted.

    Returns
    -------
    ndarray of shape (...)
        The index [unitless], from 0 up. Its mean over all pairs of the reference set is 2, because
        the mean of a squared difference over pairs is twice the sample variance.

    Raises
    ------
    ValueError
        Shapes do not fit, a score is missing, or a variance or weight is not above zero.

    Notes
    -----
    The paper used four dimensions; with six K is simply 6, and K belongs beside every value. The
    index is a squared distance [2]_ and breaks the triangle inequality: report `konara_mohr` as a
    distance. The formula does not fix a convention for the variance; practice is ddof = 1 over the
    countries at hand.

    References
    ----------
    .. [1] B. Kogut and H. Singh, "The effect of national culture on the choice of entry mode,"
       Journal of International Business Studies, vol. 19, no. 3, pp. 411-432, 1988,
       doi:10.1057/palgrave.jibs.8490394.
    .. [2] P. Konara and A. Mohr, "Why we should stop using the Kogut and Singh index," Management
       International Review, vol. 59, no. 3, pp. 335-354, 2019, doi:10.1007/s11575-019-00378-7.

    Examples
    --------
    >>> float(kogut_singh([38, 80], [80, 20], [441, 900]))  # (42**2 / 441 + 60**2 / 900) / 2
    4.0
    """
    first, second = validate_profiles(x, y)
    k = first.shape[-1]
    scale = validate_weights(weights, k) / (validate_variance(variance, k) * k)
    gaps = first - second
    return weighted_sum(np.square(gaps, out=gaps), scale)
