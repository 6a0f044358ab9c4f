"""Groups of countries: a dot for the mean, a line for the spread, a block for each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.atlas.groups import GroupDimension, GroupProfile
from analysis.charts.axis import score_axis
from analysis.charts.groups import groups_data, on
from analysis.figures.chart import Chart, drawn
from analysis.figures.dendrogram import names_width
from analysis.figures.style import FAINT, GREY, GRID, SMALL_SIZE, build_figure, text_trace
from analysis.settings import Settings
from analysis.tables import Tables

_ROW = 24
_HEADING = 1.35
"""What the name of a dimension takes, in rows."""


def groups_chart(tables: Tables, profiles: Sequence[GroupProfile], settings: Settings) -> Chart:
    """Draw every group on a line of its own below the name of each dimension.

    Parameters
    ----------
    tables : Tables
    profiles : sequence of GroupProfile
        One or more, from `analysis.atlas.groups.group_profile`.
    settings : Settings
    """
    framework = tables.frameworks[settings.framework]
    block = len(profiles) + _HEADING
    tops = {d.id: place * block for place, d in enumerate(framework.dimensions)}
    rows = [
        (p.name, tops[d.id] + _HEADING + place, on(p, d.id))
        for d in framework.dimensions
        for place, p in enumerate(profiles)
    ]
    axis = score_axis(framework)
    drawn_ends = [
        (f.mean - f.spread, f.mean + f.spread)
        for _, _, f in rows
        if f.mean is not None and f.spread is not None
    ]
    left = min([axis.ticks[0], *(low for low, _ in drawn_ends)])
    right = max([axis.ticks[-1], *(high for _, high in drawn_ends)])
    room = 0.02 * (right - left)
    bottom = len(tops) * block
    margin = names_width([p.name for p in profiles])
    figure = build_figure(
        [
            _spreads(rows),
            _means(rows),
            _reasons(rows, left),
            text_trace(
                right + room, [y for _, y, _ in rows], [str(len(f.counted)) for _, _, f in rows],
                left=True, size=SMALL_SIZE, quiet=True,
            ),
        ],
        round(_ROW * bottom) + 44,
        {"l": margin, "r": 32, "t": 4, "b": 36},
        annotations=[
            # From the left edge of the picture: a long name would be cut at the right on a phone.
            {
                "text": f"<b>{d.name}</b>", "xref": "paper", "x": 0, "xanchor": "left",
                "xshift": -margin, "y": tops[d.id] + 0.35, "showarrow": False,
                "font": {"size": 14},
            }
            for d in framework.dimensions
        ],
        xaxis={
            "range": [left - room, right + room], "tickvals": list(axis.ticks), "fixedrange": True,
            "zeroline": False, "showgrid": True, "gridcolor": GRID,
        },
        yaxis={
            "range": [bottom - 0.2, -0.3], "fixedrange": True, "showgrid": False, "ticks": "",
            "zeroline": False, "tickvals": [y for _, y, _ in rows],
            "ticktext": [name for name, _, _ in rows], "tickfont": {"size": SMALL_SIZE},
        },
    )  # fmt: skip
    return drawn(groups_data(tables, profiles, settings), figure)


_Rows = Sequence[tuple[str, float, GroupDimension]]


def _spreads(rows: _Rows) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for _, height, found in rows:
        if found.mean is not None and found.spread is not None:
            x += [found.mean - found.spread, found.mean + found.spread, None]
            y += [height, height, None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": FAINT, "width": 3},
    }  # fmt: skip


def _means(rows: _Rows) -> dict[str, Any]:
    held = [row for row in rows if row[2].mean is not None]
    return {
        "type": "scatter", "mode": "markers", "x": [f.mean for _, _, f in held],
        "y": [y for _, y, _ in held],
        "customdata": [[name, f.spread, len(f.counted)] for name, _, f in held],
        "hovertemplate": "%{customdata[0]}: mean %{x:.4~g}, spread %{customdata[1]:.3~g},"
        " %{customdata[2]} with a score<extra></extra>",
        "marker": {"size": 10, "color": GREY},
    }  # fmt: skip


def _reasons(rows: _Rows, left: float) -> dict[str, Any]:
    held = [(y, f.reason) for _, y, f in rows if f.mean is None]
    return text_trace(
        left, [y for y, _ in held], [reason for _, reason in held], left=True, size=SMALL_SIZE,
        quiet=True,
    )  # fmt: skip
