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
    `fewest_dimensions` is what it takes to mean anything. `formula` is written in LaTeX with the
    letters of `analysis.methods.symbols`; `limits` says in a sentence or two what it cannot do.
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
    fewest_dimensions: int
    formula: str
    limits: str

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
    formula: str,
    limits: str,
    spread: Literal["variance", "covariance", "none"] = "variance",
    unit: str = "standard deviations",
    is_metric: bool = True,
    upper_bound: float | None = None,
    same_order_as: str = "",
    restates: str = "",
    fewest_dimensions: int = 1,
) -> Measure:
    return Measure(
        id, label, plain, in_sentence, unit, function, spread, is_metric, upper_bound,
        same_order_as or id, restates, source_ids, fewest_dimensions,
        formula, limits,
    )  # fmt: skip


MEASURES: Mapping[str, Measure] = {
    measure.id: measure
    for measure in (
        _measure(
            "konara_mohr", "Konara-Mohr",
            "the typical gap, large gaps counting for more",
            "the Konara-Mohr distance (large gaps count for more)",
            konara_mohr, "konara-mohr-2019",
            formula=r"KM = \sqrt{\frac{1}{K} \sum_{k=1}^{K} w_k \frac{(x_k - y_k)^2}{V_k}}",
            limits="Takes the dimensions for independent, so a gap that shows on two of them counts"
            " twice. Whether its authors take the root of the sum or of the mean could not be"
            " checked; the mean does not grow with the number of dimensions.",
        ),
        _measure(
            "kogut_singh", "Kogut-Singh",
            "its square, the index most studies print",
            "the Kogut-Singh index (a squared distance)",
            kogut_singh, "kogut-singh-1988",
            formula=r"KS = \frac{1}{K} \sum_{k=1}^{K} w_k \frac{(x_k - y_k)^2}{V_k}",
            limits="A squared distance: twice the index is not twice as far, and a detour can seem"
            " shorter than the straight way. The paper had four dimensions and fixed no convention"
            " for the variance, so name both beside a value.",
            unit="index", is_metric=False, same_order_as="konara_mohr",
        ),
        _measure(
            "euclidean_standardised", "Euclidean, standardised",
            "the same without dividing by the number of dimensions",
            "the standardised Euclidean distance (it grows with the number of dimensions)",
            euclidean_standardised, "barkema-vermeulen-1997",
            formula=r"E_s = \sqrt{\sum_{k=1}^{K} w_k \frac{(x_k - y_k)^2}{V_k}}",
            limits="Grows with the number of dimensions: compare only values with the same number.",
            same_order_as="konara_mohr",
        ),
        _measure(
            "euclidean", "Euclidean, raw points",
            "straight line in score points, whatever each dimension's spread",
            "the Euclidean distance (raw points)",
            euclidean, "morosini-1998",
            formula=r"E = \sqrt{\sum_{k=1}^{K} w_k (x_k - y_k)^2}",
            limits="Ignores that scores spread more widely on some dimensions than on others, so"
            " those count for more.",
            spread="none", unit="points",
        ),
        _measure(
            "manhattan", "Manhattan",
            "the plain average of the gaps, so one extreme gap counts for less",
            "the Manhattan distance (the average gap)",
            manhattan, "parley-design",
            formula=r"M = \frac{1}{K} \sum_{k=1}^{K} w_k \frac{|x_k - y_k|}{\sqrt{V_k}}",
            limits="No study of international business proposes it; offering it is Parley's choice."
            " It takes the dimensions for independent.",
        ),
        _measure(
            "mahalanobis", "Mahalanobis",
            "allows for dimensions that overlap, such as power distance and individualism",
            "the Mahalanobis distance (it allows for overlapping dimensions)",
            mahalanobis, "mahalanobis-1936", "berry-2010",
            formula=r"D = \sqrt{g^\top S^{-1} g}, \quad g_k = \sqrt{w_k}\,(x_k - y_k)",
            limits="Two gaps that usually come together count for less, and one against the rule"
            " for more. The covariance is itself an estimate from the reference set, and a rare"
            " combination can look very far.",
            spread="covariance",
        ),
        _measure(
            "angle", "Angle",
            "compares the shape of two profiles, not their level",
            "the angle (only the shape of the profiles)",
            angle, "messner-2021",
            formula=r"\theta = \arccos \frac{\sum_k w_k x_k y_k}{"
            r"\sqrt{\sum_k w_k x_k^2}\,\sqrt{\sum_k w_k y_k^2}}",
            limits="Two profiles of one shape have the angle 0 even if one lies twice as high, and"
            " where the zero of the scale lies changes it. Not a distance.",
            spread="none", unit="degrees", is_metric=False, upper_bound=180.0, fewest_dimensions=2,
        ),
        _measure(
            "mahalanobis_kogut_singh", "Mahalanobis on the Kogut-Singh scale",
            "the squared Mahalanobis distance over the number of dimensions",
            "the squared Mahalanobis distance over the number of dimensions",
            mahalanobis_kogut_singh, "kandogan-2012",
            formula=r"\frac{D^2}{K} = \frac{1}{K}\, g^\top S^{-1} g,"
            r" \quad g_k = \sqrt{w_k}\,(x_k - y_k)",
            limits="A squared distance like the Kogut-Singh index, whose scale it shares; it equals"
            " that index where the dimensions do not correlate.",
            spread="covariance", unit="index", is_metric=False,
            same_order_as="mahalanobis", restates="mahalanobis",
        ),
    )
}  # fmt: skip

LISTED: tuple[Measure, ...] = tuple(m for m in MEASURES.values() if not m.restates)
"""The measures that stand on a line of their own in a table or a result."""
