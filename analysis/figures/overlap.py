"""How much two populations have in common: a pair of curves for each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts.overlap import Row, half_effects, hill, overlap_data, overlap_rows
from analysis.comparison import Comparison
from analysis.figures.chart import Chart, drawn
from analysis.figures.drawing import Drawing
from analysis.figures.style import (
    LEGEND_ABOVE,
    PARTY_STYLES,
    PartyStyle,
    build_figure,
    legend_height,
    text_trace,
)
from analysis.profiles import Profile
from analysis.tables import Tables

_ROW = 74
_LABEL = 0.66
_EDGE = 5.6


def overlap_curves(tables: Tables, comparison: Comparison) -> Chart:
    """Draw people around each score on each shared dimension, in units of their own spread.

    The comparison must have a distance. Rows stand in the order of the gaps, the widest first; the
    middle of each row lies half-way between the two scores.
    """
    return drawn(
        overlap_data(tables, comparison),
        _drawing(comparison, overlap_rows(tables, comparison), half_effects(comparison)),
    )


def _drawing(comparison: Comparison, rows: Sequence[Row], half: Sequence[float]) -> Drawing:
    heights = [len(rows) - 1.0 - place for place in range(len(rows))]
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
        _ROW * len(rows) + 20 + legend,
        {"l": 4, "r": 4, "t": 12 + legend, "b": 8},
        showlegend=True,
        legend=LEGEND_ABOVE,
        xaxis={"visible": False, "fixedrange": True, "range": [-_EDGE, _EDGE]},
        yaxis={"visible": False, "fixedrange": True, "range": [-0.08, len(rows) - 0.14]},
    )  # fmt: skip


def _hills(
    party: Profile, style: PartyStyle, centres: Sequence[float], heights: Sequence[float]
) -> dict[str, Any]:
    """One bell curve a row, all in one trace, each closed along its base."""
    x: list[float | None] = []
    y: list[float | None] = []
    for centre, height in zip(centres, heights, strict=True):
        along, up = hill(centre, height)
        x += [*along.round(3).tolist(), None]
        y += [*up.round(3).tolist(), None]
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "name": party.name, "fill": "toself",
        "line": {"color": style.colour, "dash": style.dash, "width": 1.6},
        "fillcolor": style.faded(0.16), "hoverinfo": "skip",
    }  # fmt: skip
