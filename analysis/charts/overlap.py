"""How much two populations have in common on each dimension."""

from __future__ import annotations

import numpy as np

from analysis.charts.data import ChartData
from analysis.comparison import Comparison, Gap
from analysis.overlap import Overlap, people_per_country_spread
from analysis.sentences import ordered_gaps, source_line
from analysis.tables import FloatArray, Tables

Row = tuple[str, float, float, float]
"""Name, share in common, share ordered as the scores are, Cohen's d."""

_HEIGHT, _REACH, _STEPS = 0.56, 2.6, 49


def overlap_data(tables: Tables, comparison: Comparison) -> ChartData:
    """Return the words and shares of the overlap chart; the comparison must have a distance.

    Rows stand in the order of the gaps, the widest first, then all dimensions together.
    """
    framework = tables.frameworks[comparison.settings.framework]
    rows = overlap_rows(tables, comparison)
    least = min(rows, key=lambda row: row[1])
    even = "Even on" if len(rows) > 1 else "On"
    return ChartData(
        "overlap",
        f"{even} {least[0].lower()}, {100 * least[1]:.0f} % of the two populations overlap",
        "Each hill: people of one country around its score, drawn as wide as surveys of individuals"
        f" suggest ({people_per_country_spread(comparison.settings.between_share):.1f} times the"
        " spread between countries). A picture, not a measurement."
        f" {source_line(tables, framework.id)}",
        f"Overlap of {comparison.a.name} and {comparison.b.name}. "
        + " ".join(
            f"{name}: {100 * share:.0f} % in common; of 100 random pairs {100 - round(100 * ps)}"
            " are ordered the other way round."
            for name, share, ps, _ in rows
        ),
        ("Dimension", "In common", "Ordered as the scores are", "Cohen's d"),
        (*rows, *(_overall(comparison) if len(rows) > 1 else ())),
    )


def overlap_rows(tables: Tables, comparison: Comparison) -> list[Row]:
    """Return a row for each shared dimension, the widest gap first."""
    framework = tables.frameworks[comparison.settings.framework]
    return [
        _row(framework.dimension(gap.dimension).name, gap.overlap)
        for gap in ordered_gaps(comparison)
        if gap.overlap
    ]


def half_effects(comparison: Comparison) -> list[float]:
    """Return where our side's hill stands right of the middle on each row, in people's spreads."""
    return [_half(gap) for gap in ordered_gaps(comparison)]


def _half(gap: Gap) -> float:
    return float(np.sign(gap.points or 0.0)) * gap.overlap.effect / 2 if gap.overlap else 0.0


def hill(centre: float, base: float) -> tuple[FloatArray, FloatArray]:
    """Return a bell curve over `centre` that stands on `base`, as x and y of shape (n_steps,)."""
    reach = np.linspace(-_REACH, _REACH, _STEPS)
    return centre + reach, base + _HEIGHT * np.exp(-(reach**2) / 2)


def _row(name: str, found: Overlap) -> Row:
    return name, round(found.share, 3), round(found.superiority, 3), round(found.effect, 2)


def _overall(comparison: Comparison) -> list[Row]:
    both = (
        ("All together, correlated as countries are", comparison.overlap_correlated),
        ("All together, as if independent", comparison.overlap_independent),
    )
    return [_row(name, found) for name, found in both if found]
