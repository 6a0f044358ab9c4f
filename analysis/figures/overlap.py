"""How much two populations have in common: a pair of curves for each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from analysis.comparison import Comparison, Gap
from analysis.figures.chart import Chart
from analysis.figures.style import (
    LEGEND_ABOVE,
    PARTY_STYLES,
    PartyStyle,
    build_figure,
    legend_height,
    text_trace,
)
from analysis.overlap import Overlap, people_per_country_spread
from analysis.profiles import Profile
from analysis.sentences import ordered_gaps, source_line
from analysis.tables import Tables

_ROW = 74
_HEIGHT = 0.56
_LABEL = 0.66
_STEPS = 49
_REACH = 2.6
_EDGE = 5.6

Row = tuple[str, float, float, float]
"""Name, share in common, share ordered as the scores are, Cohen's d."""


def overlap_curves(tables: Tables, comparison: Comparison) -> Chart:
    """Draw people around each score on each shared dimension, in units of their own spread.

    The comparison must have a distance. Rows stand in the order of the gaps, the widest first; the
    middle of each row lies half-way between the two scores.
    """
    framework = tables.frameworks[comparison.settings.framework]
    gaps = ordered_gaps(comparison)
    rows = [
        _row(framework.dimension(gap.dimension).name, gap.overlap) for gap in gaps if gap.overlap
    ]
    least = min(rows, key=lambda row: row[1])
    return Chart(
        "overlap",
        _drawing(comparison, gaps, rows),
        f"Even on {least[0].lower()}, {100 * least[1]:.0f} % of the two populations overlap",
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
        (*rows, *_overall(comparison)),
    )


def _row(name: str, found: Overlap) -> Row:
    return name, round(found.share, 3), round(found.superiority, 3), round(found.effect, 2)


def _overall(comparison: Comparison) -> list[Row]:
    both = (
        ("All together, correlated as countries are", comparison.overlap_correlated),
        ("All together, as if independent", comparison.overlap_independent),
    )
    return [_row(name, found) for name, found in both if found]


def _drawing(comparison: Comparison, gaps: Sequence[Gap], rows: Sequence[Row]) -> go.Figure:
    heights = [len(gaps) - 1.0 - place for place in range(len(gaps))]
    half = [np.sign(g.points or 0.0) * g.overlap.effect / 2 if g.overlap else 0.0 for g in gaps]
    legend = legend_height([comparison.a.name, comparison.b.name])
    above = [height + _LABEL for height in heights]
    return build_figure(
        [
            _hills(comparison.a, PARTY_STYLES[0], half, heights),
            _hills(comparison.b, PARTY_STYLES[1], [-centre for centre in half], heights),
            text_trace(-_EDGE, above, [f"<b>{row[0]}</b>" for row in rows], left=True, size=14),
            text_trace(
                _EDGE, above, [f"{100 * row[1]:.0f} % in common" for row in rows],
                left=False, size=13,
            ),
        ],
        _ROW * len(gaps) + 20 + legend,
        {"l": 4, "r": 4, "t": 12 + legend, "b": 8},
        showlegend=True,
        legend=LEGEND_ABOVE,
        xaxis={"visible": False, "fixedrange": True, "range": [-_EDGE, _EDGE]},
        yaxis={"visible": False, "fixedrange": True, "range": [-0.08, len(gaps) - 0.14]},
    )  # fmt: skip


def _hills(
    party: Profile, style: PartyStyle, centres: Sequence[float], heights: Sequence[float]
) -> dict[str, Any]:
    """One bell curve a row, all in one trace, each closed along its base."""
    reach = np.linspace(-_REACH, _REACH, _STEPS)
    bell = _HEIGHT * np.exp(-(reach**2) / 2)
    x: list[float | None] = []
    y: list[float | None] = []
    for centre, height in zip(centres, heights, strict=True):
        x += [*(centre + reach).round(3).tolist(), None]
        y += [*(height + bell).round(3).tolist(), None]
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "name": party.name, "fill": "toself",
        "line": {"color": style.colour, "dash": style.dash, "width": 1.6},
        "fillcolor": style.faded(0.16), "hoverinfo": "skip",
    }  # fmt: skip
