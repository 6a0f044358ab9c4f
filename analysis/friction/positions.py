"""Where a party stands on each topic, and the gap between two parties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.knowledge.topics import Topic
from analysis.tables import FloatArray

_ROUNDING = 1e-9
"""A topic with exactly the smallest share of its weights counts, whatever the last digit says."""


def topic_loadings(
    topics: Sequence[Topic],
    dimensions: Sequence[str],
    covariance: FloatArray,
    fewest_weight_share: float,
) -> FloatArray:
    r"""Return the weights of each topic on standardised scores, scaled to unit variance.

    .. math:: \ell_{tk} = w_{tk} \big/ \sqrt{w_t^\top R\, w_t}

    with *R* the correlation of the dimensions over the reference set. Dimensions without a score
    are left out of *w*; the scaling then renormalises the rest.

    Parameters
    ----------
    topics : sequence of Topic
    dimensions : sequence of str
        The k dimensions in use.
    covariance : ndarray of shape (k, k)
        Of the reference set [points squared].
    fewest_weight_share : float
        Share of a topic's absolute weights that must fall on `dimensions` [0..1].

    Returns
    -------
    ndarray of shape (n_topics, k)
        NaN in the row of a topic with too little to go by. [standard deviations]
    """
    weights = np.array([[topic.weights.get(d, 0.0) for d in dimensions] for topic in topics])
    whole = np.array([sum(map(abs, topic.weights.values())) for topic in topics])
    spread = np.sqrt(covariance.diagonal())
    correlation = covariance / np.outer(spread, spread)
    scale = np.sqrt(np.einsum("tj,jk,tk->t", weights, correlation, weights))
    enough = np.abs(weights).sum(axis=1) >= fewest_weight_share * whole - _ROUNDING
    with np.errstate(divide="ignore", invalid="ignore"):
        loadings = weights / scale[:, None]
    loadings[~enough | (scale == 0)] = np.nan
    return np.asarray(loadings)


def topic_positions(
    scores: FloatArray, mean: FloatArray, covariance: FloatArray, loadings: FloatArray
) -> FloatArray:
    """Return where parties stand on each topic.

    Parameters
    ----------
    scores : ndarray of shape (..., k)
        Scores [points].
    mean : ndarray of shape (k,)
        Mean of the reference set [points].
    covariance : ndarray of shape (k, k)
    loadings : ndarray of shape (n_topics, k)
        From `topic_loadings`.

    Returns
    -------
    ndarray of shape (..., n_topics)
        Positive toward the high pole; variance 1 over the reference set [standard deviations].
    """
    return np.asarray((scores - mean) / np.sqrt(covariance.diagonal()) @ loadings.T)


def topic_gaps(
    first: FloatArray, second: FloatArray, covariance: FloatArray, loadings: FloatArray
) -> FloatArray:
    """Return the gaps between parties, first minus second, shape (..., n_topics).

    A positive gap: the first stands nearer the high pole. Arguments as in `topic_positions`.
    """
    return topic_positions(first, second, covariance, loadings)
