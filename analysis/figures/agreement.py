"""What each framework says about a pair, drawn on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.agreement import Agreement, FrameworkView
from analysis.charts.agreement import (
    AXIS_TITLE,
    TICKS,
    agreement_data,
    ground_label,
    rank_label,
)
from analysis.figures.chart import Chart, drawn
from analysis.figures.drawing import Drawing
from analysis.figures.style import GREY, GRID, SMALL_SIZE, build_figure, text_trace
from analysis.tables import Tables

_ROW = 66
_NAME, _GROUND = 0.31, -0.26
"""Where the name and what a rank rests on stand, in rows above its line."""

_MIDDLE = "rgba(128, 128, 128, 0.6)"
_LEFT, _RIGHT = -2.5, 102.5


def agreement_chart(tables: Tables, agreement: Agreement) -> Chart:
    """Draw the rank and likely range of a pair in each framework, the one in use first.

    At least two frameworks must rank the pair.
    """
    return drawn(agreement_data(tables, agreement), _drawing(agreement.known))


def _drawing(views: Sequence[FrameworkView]) -> Drawing:
    heights = [len(views) - 1.0 - place for place in range(len(views))]
    names = [f"<b>{view.name}</b>" if view.in_use else view.name for view in views]
    above = [height + _NAME for height in heights]
    below = [height + _GROUND for height in heights]
    grounds = [ground_label(view) for view in views]
    return build_figure(
        [
            _ranges(views, heights),
            _ranks(views, heights),
            text_trace(_LEFT, above, names, left=True, size=14),
            text_trace(_RIGHT, above, [rank_label(v) for v in views], left=False, size=13),
            text_trace(_LEFT, below, grounds, left=True, size=SMALL_SIZE, quiet=True),
        ],
        _ROW * len(views) + 66,
        {"l": 4, "r": 4, "t": 8, "b": 54},
        xaxis={
            "range": [_LEFT, _RIGHT], "tickvals": list(TICKS), "fixedrange": True,
            "zeroline": False, "showgrid": True, "gridcolor": "rgba(128, 128, 128, 0.16)",
            "title": {"text": AXIS_TITLE},
        },
        yaxis={"visible": False, "fixedrange": True, "range": [-0.48, len(views) - 0.42]},
        shapes=[
            {
                "type": "line", "x0": 50, "x1": 50, "yref": "paper", "y0": 0, "y1": 1,
                "layer": "below", "line": {"color": GRID, "width": 2},
            }
        ],
    )  # fmt: skip


def _ranges(views: Sequence[FrameworkView], heights: Sequence[float]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for view, height in zip(views, heights, strict=True):
        x += [*view.span, None]
        y += [height, height, None]
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines",
        "line": {"color": _MIDDLE, "width": 3}, "hoverinfo": "skip",
    }  # fmt: skip


def _ranks(views: Sequence[FrameworkView], heights: Sequence[float]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [view.rank for view in views],
        "y": list(heights),
        "mode": "markers",
        "marker": {
            "symbol": ["circle" if view.in_use else "circle-open" for view in views],
            "size": 13,
            "color": GREY,
            "line": {"color": GREY, "width": 2.4},
        },
        "customdata": [[view.name, *view.span] for view in views],
        "hovertemplate": "%{customdata[0]}: %{x} (%{customdata[1]} to %{customdata[2]})"
        "<extra></extra>",
    }
