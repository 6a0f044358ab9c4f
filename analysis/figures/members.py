"""The strip chart of a team: a dot for each member on each dimension."""

from __future__ import annotations

from collections import Counter
from typing import Any

from analysis.charts.axis import ScoreAxis, score_axis
from analysis.charts.members import members_data
from analysis.figures.chart import Chart, drawn
from analysis.figures.style import (
    FAINT,
    GREY,
    PARTY_STYLES,
    SMALL_SIZE,
    build_figure,
    text_trace,
)
from analysis.settings import Settings
from analysis.tables import Framework, Tables
from analysis.teams.summary import TeamSummary, shown_score
from analysis.words import points

_ROW = 66
_STEP = 0.085
"""How far dots at the same score stand above each other, as a share of a row."""


def members_chart(tables: Tables, name: str, summary: TeamSummary, settings: Settings) -> Chart:
    """Draw the members as dots that never hide each other, and the mean with its interval."""
    framework = tables.frameworks[settings.framework]
    heights = {d.id: len(framework.dimensions) - 1 - n for n, d in enumerate(framework.dimensions)}
    above = [height + 0.42 for height in heights.values()]
    axis = score_axis(framework)
    left, right = axis.edges
    figure = build_figure(
        [
            _interval(summary, heights, axis),
            _dots(summary, heights, framework),
            _means(summary, heights, framework),
            text_trace(
                left, above, [f"<b>{d.name}</b>" for d in framework.dimensions], left=True, size=14
            ),
            text_trace(
                right, above, _spreads(summary, framework), left=False, size=SMALL_SIZE, quiet=True
            ),
        ],
        _ROW * len(heights) + 48,
        {"l": 4, "r": 4, "t": 8, "b": 36},
        xaxis={
            "range": list(axis.edges), "tickvals": list(axis.ticks), "fixedrange": True,
            "zeroline": False, "showgrid": True, "gridcolor": "rgba(128, 128, 128, 0.16)",
        },
        yaxis={"range": [-0.4, len(heights) - 0.4], "visible": False, "fixedrange": True},
    )  # fmt: skip
    return drawn(members_data(tables, name, summary, settings), figure)


def _spreads(summary: TeamSummary, framework: Framework) -> list[str]:
    decimals = max(0, framework.decimals - 1)
    return [
        "" if d.spread is None else f"spread {points(d.spread, decimals)}"
        for d in summary.dimensions
    ]


def _dots(summary: TeamSummary, heights: dict[str, int], framework: Framework) -> dict[str, Any]:
    step = (framework.highest - framework.lowest) / 50  # nearer dots would hide each other
    x: list[float] = []
    y: list[float] = []
    names: list[str] = []
    taken: Counter[tuple[str, int]] = Counter()
    for member in summary.members:
        for dimension_id, score in zip(heights, member.scores, strict=True):
            if score is None:
                continue
            place = (dimension_id, round(score / step))
            x.append(score)
            y.append(heights[dimension_id] + _STEP * taken[place])
            names.append(member.name)
            taken[place] += 1
    return {
        "type": "scatter", "x": x, "y": y, "mode": "markers", "text": names,
        "marker": {
            "size": 9, "color": PARTY_STYLES[0].faded(0.75),
            "line": {"color": PARTY_STYLES[0].colour, "width": 1},
        },
        "hovertemplate": "%{text}: %{x:.4~g}<extra></extra>",
    }  # fmt: skip


def _means(summary: TeamSummary, heights: dict[str, int], framework: Framework) -> dict[str, Any]:
    held = [d for d in summary.dimensions if d.mean is not None]
    return {
        "type": "scatter", "x": [d.mean for d in held],
        "y": [heights[d.dimension] - 0.14 for d in held], "mode": "markers",
        "marker": {"symbol": "line-ns", "size": 13, "line": {"width": 3, "color": GREY}},
        "text": [shown_score(framework, d.mean or 0.0, d.interval) for d in held],
        "hovertemplate": "mean %{text}<extra></extra>",
    }  # fmt: skip


def _interval(summary: TeamSummary, heights: dict[str, int], axis: ScoreAxis) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    left, right = axis.edges
    for found in summary.dimensions:
        if found.interval is not None:
            low, high = found.interval
            x += [max(low, left), min(high, right), None]
            y += [heights[found.dimension] - 0.14] * 2 + [None]
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "line": {"color": FAINT, "width": 2},
        "hoverinfo": "skip",
    }  # fmt: skip
