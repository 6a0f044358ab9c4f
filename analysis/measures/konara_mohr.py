"""The root of the Kogut-Singh index."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.kogut_singh import kogut_singh
from analysis.tables import FloatArray


def konara_mohr(
    x: ArrayLike, y: ArrayLike, variance: ArrayLike, weights: ArrayLike | None = None
) -> FloatArray:
    r"""Root mean square gap in standard deviations: the Kogut-Singh index as a distance.

    .. math:: KM = \sqrt{KS} = \sqrt{\frac{1}{K} \sum_k w_k \frac{(x_k - y_k)^2}{V_k}}

    Parameters and errors are those of `kogut_singh`.

    Returns
    -------
    ndarray of shape (...)
        The distance [standard deviations], from 0 up; a metric.

    Notes
    -----
    Konara and Mohr show that the Kogut-Singh index "captures the squared cultural distance"; the
    root repairs that. Whether they take the root of the sum or of the mean could not be checked;
    the two differ by the constant root of K. The mean is used here, so that the value does not
    grow with the number of dimensions.

    References
    ----------
    .. [1] P. Konara and A. Mohr, "Why we should stop using the Kogut and Singh index," Management
       International Review, vol. 59, no. 3, pp. 335-354, 2019, doi:10.1007/s11575-019-00378-7.

    Examples
    --------
    >>> float(konara_mohr([38, 80], [80, 20], [441, 900]))
    2.0
    """
    return np.sqrt(kogut_singh(x, y, variance, weights))
