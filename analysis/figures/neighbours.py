"""The nearest and the farthest parties of one party as dots with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.atlas.neighbours import Neighbour, Neighbours
from analysis.charts.neighbours import COUNT, neighbours_data, shown_name
from analysis.charts.style import PARTY_STYLES
from analysis.figures.chart import Chart, drawn
from analysis.figures.dendrogram import names_width
from analysis.figures.style import (
    FAINT,
    GREY,
    GRID,
    SMALL_SIZE,
    build_figure,
    text_trace,
)
from analysis.tables import Tables

_ROW = 24
_END = 102
"""Of the axis of percentiles: a dot at 100 does not reach the ranks beside it."""
_BREAK = 0.8
"""Between the nearest and the farthest, in rows."""


def neighbours_chart(
    tables: Tables, found: Neighbours, count: int = COUNT, party_ids: Sequence[str] = ()
) -> Chart:
    """Draw the nearest above, the nearest first, and the farthest below, the farthest last.

    Parameters
    ----------
    tables : Tables
    found : Neighbours
        With somebody in it: ValueError where `found.reason` says why not.
    count : int
        How many nearest and how many farthest.
    party_ids : sequence of ids
        The chosen parties, our side first: those among the dots are drawn in their own styles.
    """
    data = neighbours_data(tables, found, count)
    near, far = found.nearest(count), found.farthest(count)
    rows = {n.id: float(place) for place, n in enumerate(near)}
    rows |= {n.id: len(near) + _BREAK + place for place, n in enumerate(far)}
    shown = [*near, *far]
    names = [shown_name(tables, found, n) for n in shown]
    bottom = max(rows.values()) + 0.6
    figure = build_figure(
        [
            _intervals(shown, rows),
            _dots(shown, rows, names, party_ids),
            text_trace(
                _END, list(rows.values()), [str(n.rank) for n in shown], left=True,
                size=SMALL_SIZE, quiet=True,
            ),
        ],
        round(_ROW * (bottom + 0.6)) + 60,
        {"l": names_width(names), "r": 34, "t": 8, "b": 52},
        xaxis={
            "title": {"text": "Farther than so many of 100 pairs", "font": {"size": SMALL_SIZE}},
            "range": [0, _END], "tickvals": [0, 25, 50, 75, 100], "fixedrange": True,
            "zeroline": False, "showgrid": True, "gridcolor": GRID,
        },
        yaxis={
            "range": [bottom, -0.6], "fixedrange": True, "showgrid": False, "zeroline": False,
            "ticks": "", "tickvals": list(rows.values()), "tickfont": {"size": SMALL_SIZE},
            "ticktext": [
                f"<b>{name}</b>" if n.id in party_ids else name
                for n, name in zip(shown, names, strict=True)
            ],
        },
    )  # fmt: skip
    return drawn(data, figure)


def _intervals(shown: Sequence[Neighbour], rows: dict[str, float]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for n in shown:
        x += [round(n.percentile_interval[0], 2), round(n.percentile_interval[1], 2), None]
        y += [rows[n.id], rows[n.id], None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": FAINT, "width": 3},
    }  # fmt: skip


def _dots(
    shown: Sequence[Neighbour],
    rows: dict[str, float],
    names: Sequence[str],
    party_ids: Sequence[str],
) -> dict[str, Any]:
    styles = dict(zip(party_ids, PARTY_STYLES, strict=False))
    markers = [styles[n.id].marker if n.id in styles else "circle" for n in shown]
    return {
        "type": "scatter", "mode": "markers", "cliponaxis": False,
        "x": [round(n.percentile, 2) for n in shown], "y": [rows[n.id] for n in shown],
        "customdata": [
            [name, round(n.value, 2), *(round(end, 2) for end in n.interval)]
            for n, name in zip(shown, names, strict=True)
        ],
        "hovertemplate": "%{customdata[0]}: distance %{customdata[1]},"
        " likely %{customdata[2]} to %{customdata[3]}<extra></extra>",
        "marker": {
            "size": [12 if n.id in styles else 9 for n in shown],
            "color": [styles[n.id].colour if n.id in styles else GREY for n in shown],
            "symbol": [
                f"{marker}-open" if n.regional else marker
                for n, marker in zip(shown, markers, strict=True)
            ],
        },
    }  # fmt: skip
