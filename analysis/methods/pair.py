"""Gap, reference set, rank, interval and overlap worked through for one pair."""

from __future__ import annotations

from math import exp, sqrt
from statistics import NormalDist

import numpy as np

from analysis.comparison import Comparison
from analysis.measures.registry import MEASURES
from analysis.methods.example import Example, column, equal_weights, number, tex_result
from analysis.methods.measures import scaled_weights
from analysis.reference import NEAR_TIE, ReferenceSet
from analysis.settings import REFERENCE_RULES
from analysis.tables import FloatArray, Framework
from analysis.uncertainty import DRAWS, SEED
from analysis.words import of_hundred

_NORMAL = NormalDist()


def gap_example(pair: Comparison, framework: Framework, reference: ReferenceSet | None) -> Example:
    """Return each gap in points and in standard deviations; the result is the sum of shares, 1."""
    if pair.reason or reference is None:
        return Example(reason=pair.reason)
    weights = scaled_weights(pair)
    spread = [sqrt(float(v)) for v in reference.covariance.diagonal()]
    gaps = [
        (pair.a.score(d).value or 0) - (pair.b.score(d).value or 0) for d in pair.dimensions_used
    ]
    z = [g / s for g, s in zip(gaps, spread, strict=True)]
    parts = [w * one**2 for w, one in zip(weights, z, strict=True)]
    total = sum(parts)
    shares = [part / total if total else 0.0 for part in parts]
    weighted = not equal_weights(weights)
    rows = tuple(
        (
            framework.dimension(d).name,
            framework.shown(pair.a.score(d).value or 0.0),
            framework.shown(pair.b.score(d).value or 0.0),
            g, s, one,
            *((number(w),) if weighted else ()),
            f"{100 * share:.0f} %",
        )
        for d, g, s, one, w, share in zip(
            pair.dimensions_used, column(gaps), column(spread), column(z), weights, shares,
            strict=True,
        )
    )  # fmt: skip
    columns = (
        "Dimension", pair.a.name, pair.b.name, "Gap", "Standard deviation", "z",
        *(("Weight",) if weighted else ()), "Share",
    )  # fmt: skip
    return Example(columns, rows, (), sum(shares), "The shares are of the Kogut-Singh sum.")


def reference_example(
    pair: Comparison, framework: Framework, reference: ReferenceSet | None
) -> Example:
    """Return the reference set in use; the result is its number of pairs."""
    if pair.reason or reference is None:
        return Example(reason=pair.reason)
    matrix = framework.matrix(pair.settings.unrounded)
    used = matrix[np.ix_(reference.rows, reference.columns)]
    rows = tuple(
        (
            framework.dimension(d).name,
            f"{int(np.isfinite(column).sum()):,}",
            number(float(np.nanmean(column))),
            number(sqrt(float(variance))),
            number(float(variance)),
        )
        for d, column, variance in zip(
            pair.dimensions_used, used.T, reference.covariance.diagonal(), strict=True
        )
    )
    n = len(reference.complete)
    pairs = n * (n - 1) // 2
    rule = REFERENCE_RULES[pair.settings.reference].description
    return Example(
        ("Dimension", "Rows", "Mean", "Standard deviation", "Variance"), rows,
        (rf"N = \frac{{{n} \cdot {n - 1}}}{{2}} = {pairs}",), float(pairs),
        f"In use: {rule}. Ranks are taken among the pairs of the {n} rows that have a score on"
        " every dimension in use.",
    )  # fmt: skip


def percentile_example(pair: Comparison, distances: FloatArray | None) -> Example:
    """Return the rank of the headline distance, counted; `distances` are those of all pairs."""
    if pair.reason or distances is None:
        return Example(reason=pair.reason)
    value, n = pair.headline.value, len(distances)
    nearer = int((distances < value * (1 - NEAR_TIE)).sum())
    equal = int((distances <= value * (1 + NEAR_TIE)).sum()) - nearer
    rank = 100 * (nearer + equal / 2) / n
    steps = (
        rf"\#\{{d_{{ij}} < {tex_result(value)}\}} = {nearer}",
        rf"\#\{{d_{{ij}} = {tex_result(value)}\}} = {equal}",
        rf"P = \frac{{100}}{{{n}}} \left( {nearer} + \tfrac12 \cdot {equal} \right)"
        rf" = {tex_result(rank)}",
    )
    label = MEASURES[pair.headline.id].label
    return Example(
        (), (), steps, rank,
        f"By {label}, farther apart than {of_hundred(rank)} of 100 pairs. A pair of the reference"
        " set counts itself once, half.",
    )  # fmt: skip


def interval_example(pair: Comparison) -> Example:
    """Return the interval of the headline; it cannot be worked by hand, so its parts are named.

    The result is the distance itself. The pair needs the interval of its headline measure.
    """
    if pair.reason or not pair.headline.interval or not pair.headline.percentile_interval:
        return Example(reason=pair.reason)
    head = pair.headline
    low, high = pair.headline.interval
    ranks = [of_hundred(edge) for edge in pair.headline.percentile_interval]
    rows = (
        ("Value", number(head.value), number(low), number(high)),
        ("Rank", number(head.percentile), *(number(r) for r in pair.headline.percentile_interval)),
    )
    return Example(
        (MEASURES[head.id].label, "As published", "From", "To"), rows,
        (rf"\sigma_e = {tex_result(pair.settings.score_error)}",), head.value,
        f"In {DRAWS:,} simulated worlds, the same ones every time (seed {SEED}), the pair lies"
        f" farther apart than {ranks[0]} to {ranks[1]} of 100 pairs in 95 of 100.",
    )  # fmt: skip


def overlap_example(pair: Comparison, framework: Framework) -> Example:
    """Return the overlap on each dimension and on all; the result is that on all, independent."""
    if pair.reason or pair.overlap_correlated is None:
        return Example(reason=pair.reason)
    share = pair.settings.between_share
    root = sqrt(share / (1 - share))
    z = {d: pair.gaps[d].standardised or 0.0 for d in pair.dimensions_used}

    def line(name: str, gap: float) -> tuple[str, ...]:
        effect = abs(gap) * root
        both = 2 * _NORMAL.cdf(-effect / 2)
        return (
            name, number(gap), number(effect), f"{100 * both:.0f} %",
            number(exp(-(effect**2) / 8)), f"{100 * _NORMAL.cdf(effect / sqrt(2)):.0f} %",
        )  # fmt: skip

    together = sqrt(sum(one**2 for one in z.values()))
    effect = together * root
    correlated = pair.overlap_correlated
    rows = [line(framework.dimension(d).name, one) for d, one in z.items()]
    rows.append(line("All, as if independent", together))
    rows.append(line("All, as they correlate", correlated.effect / root))
    return Example(
        ("Dimension", "z", "Cohen's d", "Overlap", "BC", "Ordered alike"), tuple(rows),
        (
            rf"\sqrt{{\frac{{\rho}}{{1 - \rho}}}} = \sqrt{{\frac{{{share:g}}}{{{1 - share:g}}}}}"
            rf" = {tex_result(root)}",
        ),
        2 * _NORMAL.cdf(-effect / 2),
        "On all dimensions at once z is the root of the sum of squares, or the Mahalanobis"
        " distance where their correlation counts.",
    )  # fmt: skip
