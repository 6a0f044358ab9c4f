"""The gaps: the scores of all parties on each dimension, the widest gap first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.charts.data import ChartData
from analysis.comparison import Comparison
from analysis.profiles import Profile
from analysis.sentences import source_line
from analysis.tables import Dimension, FloatArray, Tables
from analysis.words import capital

NORMAL_95 = 1.96


def by_gap(tables: Tables, comparison: Comparison) -> list[Dimension]:
    """Return the dimensions, the widest gap first and those that do not count last."""
    framework = tables.frameworks[comparison.settings.framework]
    return sorted(
        framework.dimensions,
        key=lambda d: (bool(comparison.gaps[d.id].reason), -abs(comparison.gaps[d.id].points or 0)),
    )


def dumbbell_data(
    tables: Tables, comparison: Comparison, further: Sequence[Profile] = ()
) -> ChartData:
    """Return the words and scores of the chart of gaps between the first two parties.

    With further parties it says whose gaps they are.
    """
    order = by_gap(tables, comparison)
    a, b = comparison.a, comparison.b
    parties = (a, b, *further)
    pair = f" of {a.name} and {b.name}" if further else ""
    names = f"{a.name_in_sentence} and {b.name_in_sentence}"
    whose = f"Gaps are those between {names}. " if further else ""
    source = source_line(tables, comparison.settings.framework)
    return ChartData(
        "gaps",
        _title(comparison, order),
        f"{whose}{_how_to_read(tables, comparison)} {source}",
        _description(tables, comparison, order),
        (
            "Dimension",
            *(p.name for p in parties),
            f"Gap{pair}",
            f"Gap{pair} in standard deviations",
        ),
        tuple(
            (
                d.name,
                *(p.score(d.id).value for p in parties),
                comparison.gaps[d.id].points,
                comparison.gaps[d.id].standardised,
            )
            for d in order
        ),
    )


def score_reach(comparison: Comparison, party: Profile, place: int) -> FloatArray:
    """Return half the width of each score's likely range, shape (n_dimensions,) [points].

    0 for the further parties.
    """
    reach = NORMAL_95 * party.errors(comparison.settings.score_error)
    return reach if place < 2 else np.zeros_like(reach)


def gap_label(tables: Tables, comparison: Comparison, dimension: Dimension) -> str:
    """Return a gap in words, or why it does not count."""
    gap = comparison.gaps[dimension.id]
    if gap.points is None:
        return gap.reason
    size = tables.frameworks[comparison.settings.framework].shown(abs(gap.points))
    return f"gap {size}{', ' if gap.reason else ''}{gap.reason}"


def _title(comparison: Comparison, order: Sequence[Dimension]) -> str:
    widest = comparison.gaps[order[0].id]
    if not widest.points:
        return "No gap to show"
    if len(order) == 1:
        return f"The gap on {order[0].name.lower()}"
    return f"{capital(order[0].name)} is the widest gap"


def _how_to_read(tables: Tables, comparison: Comparison) -> str:
    hollow = any(p.dimensions_with("regional") for p in (comparison.a, comparison.b))
    framework = tables.frameworks[comparison.settings.framework]
    reach = NORMAL_95 * comparison.settings.score_error
    size = f"{reach:.0f}" if framework.highest - framework.lowest > 20 else f"{reach:.2f}"
    error = f"{comparison.settings.score_error:g}"
    few = any(p.own_errors for p in (comparison.a, comparison.b))
    return (
        f"Thin lines: where each score likely lies, ±{size} points, twice the error of {error}"
        f"{', and wider for a team of few people' if few else ''}."
        f"{' Hollow markers are regional scores.' if hollow else ''}"
    )


def _description(tables: Tables, comparison: Comparison, order: Sequence[Dimension]) -> str:
    shown = tables.frameworks[comparison.settings.framework].shown
    told = []
    for d in order:
        gap = comparison.gaps[d.id]
        a, b = comparison.a.score(d.id).value, comparison.b.score(d.id).value
        if gap.points is None or a is None or b is None:
            told.append(f"{d.name}: {gap.reason or 'no gap'}.")
        else:
            told.append(f"{d.name}: {shown(a)} against {shown(b)}, gap {shown(abs(gap.points))}.")
    return (
        f"Scores of {comparison.a.name} and {comparison.b.name} on each dimension, the widest gap"
        f" first. {' '.join(told)}"
    )
