"""Each measure worked through for one pair, dimension by dimension, in plain arithmetic.

None of these calls the function of the measure: that both end in the same number is a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import acos, degrees, sqrt

import numpy as np

from analysis.comparison import Comparison
from analysis.measures.registry import MEASURES
from analysis.methods.example import (
    Example,
    Row,
    column,
    equal_weights,
    number,
    tex,
    tex_result,
)  # fmt: skip
from analysis.reference import ReferenceSet
from analysis.tables import FloatArray, Framework
from analysis.words import in_words


@dataclass(frozen=True, slots=True)
class _Pair:
    """The numbers that go into a formula, in the order of the dimensions in use."""

    names: tuple[str, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    shown: tuple[Row, ...]
    weights: tuple[float, ...]
    covariance: FloatArray
    sides: tuple[str, str]

    @property
    def k(self) -> int:
        return len(self.names)

    @property
    def gaps(self) -> list[float]:
        return [a - b for a, b in zip(self.x, self.y, strict=True)]

    @property
    def variances(self) -> list[float]:
        return [float(v) for v in self.covariance.diagonal()]


def scaled_weights(pair: Comparison) -> tuple[float, ...]:
    """Return the weights of the dimensions in use, scaled to a mean of one."""
    chosen = dict(zip(pair.settings.dimensions, pair.settings.weights, strict=True))
    used = [chosen[d] for d in pair.dimensions_used]
    return tuple(weight * len(used) / sum(used) for weight in used)


def measure_example(
    pair: Comparison, framework: Framework, reference: ReferenceSet | None, measure_id: str
) -> Example:
    """Return a measure worked through for a pair.

    Parameters
    ----------
    pair : Comparison
    framework : Framework
        Of the pair's settings.
    reference : ReferenceSet or None
        Of the dimensions in use; None only where the pair has no distance.
    measure_id : str

    Returns
    -------
    Example
        Its result equals the pair's value of the measure.
    """
    measure = MEASURES[measure_id]
    if pair.reason or reference is None:
        return Example(reason=pair.reason)
    if len(pair.dimensions_used) < measure.fewest_dimensions:
        return Example(
            reason=f"{measure.label} needs at least {in_words(measure.fewest_dimensions)}"
            f" dimensions, and {in_words(len(pair.dimensions_used))} is in use."
        )
    return _WORKED[measure_id](_collected(pair, framework, reference))


def _collected(pair: Comparison, framework: Framework, reference: ReferenceSet) -> _Pair:
    used = pair.dimensions_used
    x = tuple(pair.a.score(d).value or 0.0 for d in used)
    y = tuple(pair.b.score(d).value or 0.0 for d in used)
    gaps = column([a - b for a, b in zip(x, y, strict=True)])
    return _Pair(
        tuple(framework.dimension(d).name for d in used), x, y,
        tuple(
            (framework.shown(a), framework.shown(b), gap)
            for a, b, gap in zip(x, y, gaps, strict=True)
        ),
        scaled_weights(pair), reference.covariance, (pair.a.name, pair.b.name),
    )  # fmt: skip


def _table(pair: _Pair, columns: Row, parts: Sequence[Sequence[float]]) -> tuple[Row, list[Row]]:
    """Return the head and rows of a table: scores, gap, weight where it says something, parts."""
    weighted = not equal_weights(pair.weights)
    head = ("Dimension", *pair.sides, "Gap", *(("Weight",) if weighted else ()), *columns)
    shown = list(zip(*(column(own) for own in zip(*parts, strict=True)), strict=True))
    rows = [
        (
            name, *scores, *((number(weight),) if weighted else ()),
            *own,
        )
        for name, scores, weight, own in zip(
            pair.names, pair.shown, pair.weights, shown, strict=True
        )
    ]  # fmt: skip
    return head, rows


def _w(pair: _Pair) -> str:
    return "" if equal_weights(pair.weights) else "Weight × "


def _squares(pair: _Pair) -> tuple[float, Row, list[Row]]:
    """Return the sum of squared gaps over variances, with its table."""
    parts = [w * g**2 / v for w, g, v in zip(pair.weights, pair.gaps, pair.variances, strict=True)]
    columns = ("Variance", f"{_w(pair)}Gap² ÷ variance")
    head, rows = _table(pair, columns, list(zip(pair.variances, parts, strict=True)))
    return sum(parts), head, rows


_SUM = r"\sum_k w_k \frac{(x_k - y_k)^2}{V_k} = "


def _kogut_singh(pair: _Pair) -> Example:
    total, head, rows = _squares(pair)
    value = total / pair.k
    steps = (
        _SUM + tex_result(total),
        rf"KS = \frac{{{tex_result(total)}}}{{{pair.k}}} = {tex_result(value)}",
    )
    return Example(head, tuple(rows), steps, value)


def _konara_mohr(pair: _Pair) -> Example:
    total, head, rows = _squares(pair)
    value = sqrt(total / pair.k)
    steps = (
        _SUM + tex_result(total),
        rf"KM = \sqrt{{\frac{{{tex_result(total)}}}{{{pair.k}}}}} = {tex_result(value)}",
    )
    return Example(head, tuple(rows), steps, value)


def _euclidean_standardised(pair: _Pair) -> Example:
    total, head, rows = _squares(pair)
    value = sqrt(total)
    steps = (
        _SUM + tex_result(total),
        rf"E_s = \sqrt{{{tex_result(total)}}} = {tex_result(value)}",
    )
    return Example(head, tuple(rows), steps, value)


def _euclidean(pair: _Pair) -> Example:
    parts = [w * g**2 for w, g in zip(pair.weights, pair.gaps, strict=True)]
    head, rows = _table(pair, (f"{_w(pair)}Gap²",), [(part,) for part in parts])
    total, value = sum(parts), sqrt(sum(parts))
    steps = (
        r"\sum_k w_k (x_k - y_k)^2 = " + tex_result(total),
        rf"E = \sqrt{{{tex_result(total)}}} = {tex_result(value)}",
    )
    return Example(head, tuple(rows), steps, value)


def _manhattan(pair: _Pair) -> Example:
    spreads = [sqrt(v) for v in pair.variances]
    parts = [w * abs(g) / s for w, g, s in zip(pair.weights, pair.gaps, spreads, strict=True)]
    columns = ("Standard deviation", f"{_w(pair)}Size of gap ÷ standard deviation")
    head, rows = _table(pair, columns, list(zip(spreads, parts, strict=True)))
    total, value = sum(parts), sum(parts) / pair.k
    steps = (
        r"\sum_k w_k \frac{|x_k - y_k|}{\sqrt{V_k}} = " + tex_result(total),
        rf"M = \frac{{{tex_result(total)}}}{{{pair.k}}} = {tex_result(value)}",
    )
    return Example(head, tuple(rows), steps, value)


def _quadratic(pair: _Pair) -> tuple[float, Example]:
    """Return g' S^-1 g, and the table that leads to it."""
    g = np.array([sqrt(w) * gap for w, gap in zip(pair.weights, pair.gaps, strict=True)])
    freed = np.linalg.solve(pair.covariance, g)
    parts = [float(part) for part in g * freed]
    columns = ("g", "S⁻¹ g", "Product")
    head, rows = _table(pair, columns, list(zip(g.tolist(), freed.tolist(), parts, strict=True)))
    total = sum(parts)
    size = len(pair.names)
    cells = column([float(cell) for cell in pair.covariance.ravel()])
    matrix = tuple(
        (name, *cells[size * place : size * (place + 1)]) for place, name in enumerate(pair.names)
    )
    step = r"D^2 = g^\top S^{-1} g = " + tex_result(total)
    return total, Example(
        head, tuple(rows), (step,),
        more_title="The covariance S of the reference set",
        more_columns=("Dimension", *pair.names), more_rows=matrix,
    )  # fmt: skip


def _mahalanobis(pair: _Pair) -> Example:
    total, worked = _quadratic(pair)
    value = sqrt(total)
    step = rf"D = \sqrt{{{tex_result(total)}}} = {tex_result(value)}"
    return _ended(worked, step, value)


def _mahalanobis_kogut_singh(pair: _Pair) -> Example:
    total, worked = _quadratic(pair)
    value = total / pair.k
    step = rf"\frac{{D^2}}{{K}} = \frac{{{tex_result(total)}}}{{{pair.k}}} = {tex_result(value)}"
    return _ended(worked, step, value)


def _ended(worked: Example, step: str, value: float) -> Example:
    return Example(
        worked.columns, worked.rows, (*worked.steps, step), value,
        more_title=worked.more_title, more_columns=worked.more_columns, more_rows=worked.more_rows,
    )  # fmt: skip


def _angle(pair: _Pair) -> Example:
    products = [w * a * b for w, a, b in zip(pair.weights, pair.x, pair.y, strict=True)]
    ours = [w * a * a for w, a in zip(pair.weights, pair.x, strict=True)]
    theirs = [w * b * b for w, b in zip(pair.weights, pair.y, strict=True)]
    w = _w(pair)
    columns = (f"{w}x · y", f"{w}x²", f"{w}y²")
    head, rows = _table(pair, columns, list(zip(products, ours, theirs, strict=True)))
    both, first, second = sum(products), sum(ours), sum(theirs)
    cosine = both / sqrt(first * second)
    value = degrees(acos(max(-1.0, min(1.0, cosine))))
    steps = (
        rf"\cos\theta = \frac{{{tex(both)}}}{{\sqrt{{{tex(first)}}}\,\sqrt{{{tex(second)}}}}}"
        rf" = {tex_result(cosine)}",
        rf"\theta = {tex_result(value)}^\circ",
    )
    return Example(head, tuple(rows), steps, value)


_WORKED: Mapping[str, Callable[[_Pair], Example]] = {
    "konara_mohr": _konara_mohr,
    "kogut_singh": _kogut_singh,
    "euclidean_standardised": _euclidean_standardised,
    "euclidean": _euclidean,
    "manhattan": _manhattan,
    "mahalanobis": _mahalanobis,
    "mahalanobis_kogut_singh": _mahalanobis_kogut_singh,
    "angle": _angle,
}
