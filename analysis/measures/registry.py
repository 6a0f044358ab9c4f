"""The one list of measures: menus, tests, charts and the command line all read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from numpy.typing import ArrayLike

from analysis.measures.angle import angle
from analysis.measures.euclidean import euclidean, euclidean_standardised
from analysis.measures.kogut_singh import kogut_singh
from analysis.measures.konara_mohr import konara_mohr
from analysis.measures.mahalanobis import mahalanobis, mahalanobis_kogut_singh
from analysis.measures.manhattan import manhattan
from analysis.tables import FloatArray


@dataclass(frozen=True, slots=True)
class Measure:
    """A distance index, with what a caller must know to use it.

    `spread` says which description of the reference set the function takes after the two profiles.
    `in_sentence` is the measure with what sets it apart, to stand inside a sentence.
    `same_order_as` names the measure that ranks pairs alike for a given number of dimensions and so
    shares its percentile. `restates` names the measure that this one only puts on another scale.
    """

    id: str
    label: str
    plain: str
    in_sentence: str
    unit: str
    function: Callable[..., FloatArray]
    spread: Literal["variance", "covariance", "none"]
    is_metric: bool
    upper_bound: float | None
    same_order_as: str
    restates: str
    source_ids: tuple[str, ...]

    def compute(
        self, x: ArrayLike, y: ArrayLike, covariance: FloatArray, weights: ArrayLike | None = None
    ) -> FloatArray:
        """Return the distance between profiles, given the covariance of the reference set.

        Parameters
        ----------
        x, y : array_like of shape (..., k), or (..., n_pairs, k) for a stack of reference sets
        covariance : ndarray of shape (k, k) or (..., k, k)
        weights : array_like of shape (k,), optional

        Returns
        -------
        ndarray of shape (...) or (..., n_pairs)
        """
        if self.spread == "none":
            return self.function(x, y, weights)
        if self.spread == "covariance":
            return self.function(x, y, covariance, weights)
        variance = covariance.diagonal(axis1=-2, axis2=-1)
        return self.function(
            x, y, variance if variance.ndim == 1 else variance[..., None, :], weights
        )


def _measure(
    id: str,
    label: str,
    plain: str,
    in_sentence: str,
    function: Callable[..., FloatArray],
    *source_ids: str,
    spread: Literal["variance", "covariance", "none"] = "variance",
    unit: str = "standard deviations",
    is_metric: bool = True,
    upper_bound: float | None = None,
    same_order_as: str = "",
    restates: str = "",
) -> Measure:
    return Measure(
        id, label, plain, in_sentence, unit, function, spread, is_metric, upper_bound,
        same_order_as or id, restates, source_ids,
    )  # fmt: skip


MEASURES: Mapping[str, Measure] = {
    measure.id: measure
    for measure in (
        _measure(
            "konara_mohr", "Konara-Mohr",
            "the typical gap, large gaps counting for more",
            "the Konara-Mohr distance (large gaps count for more)",
            konara_mohr, "konara-mohr-2019",
        ),
        _measure(
            "kogut_singh", "Kogut-Singh",
            "its square, the index most studies print",
            "the Kogut-Singh index (a squared distance)",
            kogut_singh, "kogut-singh-1988",
            unit="index", is_metric=False, same_order_as="konara_mohr",
        ),
        _measure(
            "euclidean_standardised", "Euclidean, standardised",
            "the same without dividing by the number of dimensions",
            "the standardised Euclidean distance (it grows with the number of dimensions)",
            euclidean_standardised, "barkema-vermeulen-1997",
            same_order_as="konara_mohr",
        ),
        _measure(
            "euclidean", "Euclidean, raw points",
            "straight line in score points, whatever each dimension's spread",
            "the Euclidean distance (raw points)",
            euclidean, "morosini-1998",
            spread="none", unit="points",
        ),
        _measure(
            "manhattan", "Manhattan",
            "the plain average of the gaps, so one extreme gap counts for less",
            "the Manhattan distance (the average gap)",
            manhattan, "parley-design",
        ),
        _measure(
            "mahalanobis", "Mahalanobis",
            "allows for dimensions that overlap, such as power distance and individualism",
            "the Mahalanobis distance (it allows for overlapping dimensions)",
            mahalanobis, "mahalanobis-1936", "berry-2010",
            spread="covariance",
        ),
        _measure(
            "angle", "Angle",
            "compares the shape of two profiles, not their level",
            "the angle (only the shape of the profiles)",
            angle, "messner-2021",
            spread="none", unit="degrees", is_metric=False, upper_bound=180.0,
        ),
        _measure(
            "mahalanobis_kogut_singh", "Mahalanobis on the Kogut-Singh scale",
            "the squared Mahalanobis distance over the number of dimensions",
            "the squared Mahalanobis distance over the number of dimensions",
            mahalanobis_kogut_singh, "kandogan-2012",
            spread="covariance", unit="index", is_metric=False,
            same_order_as="mahalanobis", restates="mahalanobis",
        ),
    )
}  # fmt: skip

LISTED: tuple[Measure, ...] = tuple(m for m in MEASURES.values() if not m.restates)
"""The measures that stand on a line of their own in a table or a result."""
