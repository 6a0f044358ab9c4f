"""How far two populations overlap, when most of the variation in values lies inside countries.

Country scores are averages. If a share rho of the variation in values lies between countries, the
spread of people inside a country is sqrt((1 - rho) / rho) times the spread of country averages, and
two normal curves of that width around the two scores show how much two populations have in common.
The scores are country-level figures: a curve of people on their scale is a picture that borrows the
share from surveys of individuals (Taras, Steel and Kirkman 2016), not a measurement.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two populations on one dimension, or on all of them at once.

    Attributes
    ----------
    effect : float
        Distance of the two means in standard deviations of people (Cohen's d), from 0 up.
    share : float
        Overlap coefficient: the area under both curves [0..1].
    bhattacharyya : float
        Bhattacharyya coefficient [0..1].
    superiority : float
        Of random pairs, one person from each side, the share ordered as the two scores are
        [0.5..1].
    """

    effect: float
    share: float
    bhattacharyya: float
    superiority: float


def people_per_country_spread(between_share: float) -> float:
    """Return how many times wider people spread inside a country than country averages do."""
    return sqrt((1 - between_share) / between_share)


def overlap(standardised_gap: float, between_share: float) -> Overlap:
    r"""Return the overlap of two normal populations of equal spread.

    .. math:: d = |z| \sqrt{\rho / (1 - \rho)}, \quad OVL = 2 \Phi(-d / 2), \quad
              BC = e^{-d^2 / 8}, \quad PS = \Phi(d / \sqrt 2)

    Parameters
    ----------
    standardised_gap : float
        Gap in standard deviations of country averages. For all dimensions at once: the root of the
        sum of squares (independent dimensions) or the Mahalanobis distance (correlated ones).
    between_share : float
        Share of the variation that lies between countries, above 0 and below 1.

    Raises
    ------
    ValueError
        `between_share` is not between 0 and 1.
    """
    if not 0 < between_share < 1:
        raise ValueError(f"the share between countries must lie between 0 and 1: {between_share}")
    effect = abs(standardised_gap) / people_per_country_spread(between_share)
    return Overlap(
        effect,
        2 * _NORMAL.cdf(-effect / 2),
        exp(-(effect**2) / 8),
        _NORMAL.cdf(effect / sqrt(2)),
    )
