"""How wide a gap is among all country pairs, how sure that is, and what a deal changes."""

from __future__ import annotations

import math

import numpy as np

from analysis.knowledge.topics import Sensitivity
from analysis.reference import percentile
from analysis.tables import FloatArray

_erf = np.frompyfunc(math.erf, 1, 1)  # SciPy's takes 0.2 s to import


def severity(gap: FloatArray) -> FloatArray:
    r"""Return the severity of gaps by the closed form.

    .. math:: S = 100\,\mathrm{erf}(|g|/2) = 100\,\bigl(2\Phi(|g|/\sqrt2) - 1\bigr)

    The distribution of the absolute gap between two random parties, if positions are normal.

    Parameters
    ----------
    gap : ndarray of any shape
        Gaps [standard deviations]; NaN stays NaN.

    Returns
    -------
    ndarray of the same shape
        Percentile among all country pairs [0..100].
    """
    return np.asarray(100 * _erf(np.abs(gap) / 2), dtype=float)


def counted_severity(gap: float, reference_gaps: FloatArray) -> float:
    """Return the share of reference pairs with a narrower gap, mid-rank [0..100].

    Parameters
    ----------
    gap : float
    reference_gaps : ndarray of shape (n_pairs,)
        Absolute gaps of one topic over the reference pairs, in rising order.
    """
    return percentile(abs(gap), reference_gaps)


def severity_in_context(value: float, effect: float) -> float:
    r"""Return a severity moved by the circumstances of the deal.

    .. math:: S' = 100\,\sigma(\mathrm{logit}(S/100) + e)

    written so that 0 and 100 stay where they are.

    Parameters
    ----------
    value : float
        Severity [0..100].
    effect : float
        Sum of drags minus lubricants [log odds].
    """
    odds = value * math.exp(effect)
    return 100 * odds / (odds + 100 - value)


def gap_error(loadings: FloatArray, covariance: FloatArray, errors: FloatArray) -> FloatArray:
    r"""Return the standard error of each topic's gap, shape (n_topics,).

    .. math:: \mathrm{SE}(g_t) = \sqrt{\textstyle\sum_k \ell_{tk}^2\, s_k^2 / V_k}

    Parameters
    ----------
    loadings : ndarray of shape (n_topics, k)
    covariance : ndarray of shape (k, k)
    errors : ndarray of shape (k,)
        Standard error of the gap on each dimension [points]; between two published scores the
        error of a score times the root of two.
    """
    return np.asarray(np.sqrt((loadings**2 * errors**2 / covariance.diagonal()).sum(axis=1)))


def weight_sensitivity(
    gaps_by_dimension: FloatArray, weights: FloatArray, correlation: FloatArray, how: Sensitivity
) -> tuple[FloatArray, float]:
    """Shake the weights and see what becomes of the severities.

    Parameters
    ----------
    gaps_by_dimension : ndarray of shape (k,)
        Standardised gaps of one pair.
    weights : ndarray of shape (n_topics, k)
        The topics' weights; each is multiplied by a random factor.
    correlation : ndarray of shape (k, k)
    how : Sensitivity
        Range of the factors, number of draws, seed, and how many topics count as the top.

    Returns
    -------
    spread : ndarray of shape (n_topics,)
        Standard deviation of each severity over the draws [points].
    kept : float
        Mean share of the top topics that stay among the top [0..1].
    """
    factors = np.random.default_rng(how.seed).uniform(
        how.from_, how.to, (how.draws, *weights.shape)
    )
    shaken = weights * factors
    scale = np.sqrt(((shaken @ correlation) * shaken).sum(axis=-1))
    found = severity(shaken @ gaps_by_dimension / scale)
    plain_scale = np.sqrt(((weights @ correlation) * weights).sum(axis=-1))
    plain = severity(weights @ gaps_by_dimension / plain_scale)
    top = set(np.argsort(-plain, kind="stable")[: how.top].tolist())
    ranked = np.argsort(-found, axis=1, kind="stable")[:, : how.top]
    kept = float(np.isin(ranked, list(top)).mean())
    return found.std(axis=0), kept
