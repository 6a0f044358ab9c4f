"""The whole matrix of distances as a heat map in one hue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.atlas.clusters import Clusters
from analysis.charts.dendrogram import axis_title
from analysis.charts.heat_map import heat_map_data, ordered_matrix
from analysis.figures.chart import Chart, drawn
from analysis.figures.dendrogram import names_width
from analysis.figures.style import GREY, SMALL_SIZE, build_figure
from analysis.tables import Tables

_HEIGHT = 640
_ROW = 15
"""What a name takes in height [pixels]."""

_COLOURS = [
    [0.0, "rgba(0, 114, 178, 1)"], [0.25, "rgba(0, 114, 178, 0.8)"],
    [0.5, "rgba(0, 114, 178, 0.3)"], [1.0, "rgba(0, 114, 178, 0.02)"],
]  # fmt: skip
"""One hue that fades into the ground, be it light or dark; steepest where most pairs lie."""


def heat_map(tables: Tables, found: Clusters, party_ids: Sequence[str] = ()) -> Chart:
    """Draw the matrix in the order of the tree; the names of the chosen parties always stand.

    Parameters
    ----------
    tables : Tables
    found : Clusters
    party_ids : sequence of ids
        Those that are not in the tree are passed over.
    """
    matrix = ordered_matrix(found)
    names = [tables.profiles[i].name for i in found.order]
    ticks = _ticks(found, party_ids)
    texts = [
        f"<b>{names[row]}</b>" if found.order[row] in party_ids else names[row] for row in ticks
    ]
    digits = 2 if matrix.max() < 10 else 1
    figure = build_figure(
        [
            {
                "type": "heatmap", "z": np.round(matrix, digits).tolist(), "x": names, "y": names,
                "colorscale": _COLOURS, "zmin": 0, "zmax": float(matrix.max()),
                "hovertemplate": "%{y} and %{x}: %{z}<extra></extra>",
                "colorbar": {
                    "orientation": "h", "thickness": 10, "len": 0.9, "y": 0, "yanchor": "top",
                    "ypad": 14, "outlinewidth": 0, "nticks": 5,
                    "title": {"text": axis_title(found), "side": "bottom",
                              "font": {"size": SMALL_SIZE}},
                },
            }
        ],
        _HEIGHT,
        {"l": names_width(names), "r": 4, "t": 4, "b": 76},
        xaxis={"visible": False, "fixedrange": True, "type": "category"},
        yaxis={
            "type": "category", "autorange": "reversed", "fixedrange": True, "ticks": "",
            "showgrid": False, "tickvals": [names[row] for row in ticks], "ticktext": texts,
            "tickfont": {"size": SMALL_SIZE},
        },
        shapes=_squares(found),
    )  # fmt: skip
    return drawn(heat_map_data(tables, found, party_ids), figure)


def _ticks(found: Clusters, party_ids: Sequence[str]) -> list[int]:
    """Return the rows whose names stand: chosen parties, middles of clusters, others with room."""
    rows_apart = max(1, -(-_ROW * len(found.order) // (_HEIGHT - 80)))
    middles = [c.medoid for c in found.clusters]
    every = found.order[::rows_apart]
    wanted = [i for i in (*party_ids, *middles, *every) if i in found.order]
    held: list[int] = []
    for row in (found.order.index(i) for i in dict.fromkeys(wanted)):
        chosen = found.order[row] in party_ids
        if chosen or all(abs(row - other) >= rows_apart for other in held):
            held.append(row)
    return sorted(held)


def _squares(found: Clusters) -> list[dict[str, Any]]:
    squares, start = [], 0
    for cluster in found.clusters:
        end = start + len(cluster.members)
        squares.append(
            {
                "type": "rect", "x0": start - 0.5, "x1": end - 0.5, "y0": start - 0.5,
                "y1": end - 0.5, "line": {"color": GREY, "width": 1.5},
            }
        )  # fmt: skip
        start = end
    return squares
