"""The Mahalanobis distance, and its square on the scale of the Kogut-Singh index."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures._validate import validate_covariance, validate_profiles, validate_weights
from analysis.tables import FloatArray


def mahalanobis(
    x: ArrayLike, y: ArrayLike, covariance: ArrayLike, weights: ArrayLike | None = None
) -> FloatArray:
    r"""Distance that allows for dimensions that say partly the same.

    .. math:: D = \sqrt{g^\top S^{-1} g}, \qquad g_k = \sqrt{w_k}\,(x_k - y_k)

    Parameters
    ----------
    x, y : array_like of shape (..., k)
        Scores [points].
    covariance : array_like of shape (k, k) or (..., k, k)
        Sample covariance of the dimensions in use over the reference set [points squared]. For
        fewer dimensions take the sub-matrix; never fill a missing score.
    weights : array_like of shape (k,), optional
        Weight of each dimension, above zero, scaled to a mean of one; equal when omitted.

    Returns
    -------
    ndarray of shape (...)
        The distance [standard deviations], from 0 up; a metric.

    Raises
    ------
    ValueError
        Shapes do not fit, a score is missing, or the covariance is not positive definite.

    Notes
    -----
    Power distance and individualism correlate at -.64, long-term orientation and indulgence at
    -.51; a pair that differs on both of such a couple counts here for less than in Kogut-Singh.

    References
    ----------
    .. [1] P. C. Mahalanobis, "On the generalised distance in statistics," Proceedings of the
       National Institute of Sciences of India, vol. 2, no. 1, 1936.
    .. [2] H. Berry, M. F. Guillén and N. Zhou, "An institutional approach to cross-national
       distance," Journal of International Business Studies, vol. 41, no. 9, pp. 1460-1480, 2010,
       doi:10.1057/jibs.2010.28.

    Examples
    --------
    >>> float(mahalanobis([0, 0], [3, 8], [[1, 0], [0, 4]]))  # sqrt(3**2 / 1 + 8**2 / 4)
    5.0
    """
    first, second = validate_profiles(x, y)
    k = first.shape[-1]
    matrix = validate_covariance(covariance, k)
    try:
        root = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        raise ValueError("the covariance is not positive definite") from None
    # D is the plain length of the gap after multiplication by the inverse of the Cholesky factor.
    whiten = np.swapaxes(np.linalg.inv(root), -1, -2)
    gaps = (first - second) * np.sqrt(validate_weights(weights, k))
    white = np.asarray(gaps @ whiten)
    return np.sqrt(np.square(white, out=white) @ np.ones(k))


def mahalanobis_kogut_singh(
    x: ArrayLike, y: ArrayLike, covariance: ArrayLike, weights: ArrayLike | None = None
) -> FloatArray:
    r"""The squared Mahalanobis distance over K: Kogut-Singh without its assumption.

    .. math:: \frac{D^2}{K}

    Parameters and errors are those of `mahalanobis`.

    Returns
    -------
    ndarray of shape (...)
        The index [unitless], from 0 up. It equals `kogut_singh` where the dimensions do not
        correlate, and its mean over all pairs of the reference set is 2 as well.

    References
    ----------
    .. [1] Y. Kandogan, "An improvement to Kogut and Singh measure of cultural distance considering
       the relationship among different dimensions of culture," Research in International Business
       and Finance, vol. 26, no. 2, pp. 196-203, 2012.

    Examples
    --------
    >>> round(float(mahalanobis_kogut_singh([0, 0], [3, 8], [[1, 0], [0, 4]])), 9)
    12.5
    """
    return np.asarray(np.square(mahalanobis(x, y, covariance, weights)) / np.shape(x)[-1])
