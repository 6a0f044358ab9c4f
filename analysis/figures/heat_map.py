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
from analysis.figures.style import GREY, INK, SMALL_SIZE, build_figure
from analysis.figures.world import NEUTRAL, shades_of
from analysis.tables import Tables

_HEIGHT = 640
_ABOVE = 76
"""Room for the scale above the cells [pixels]."""

_ROW = 15
"""What a name takes in height [pixels]."""

_NARROWEST = 165
"""What the cells take in width on a phone [pixels]: names along the bottom must fit there too."""


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
    ticks = _apart(found, party_ids, _HEIGHT - 80)
    width_below = names_width(names)

    def bold(row: int) -> str:
        return f"<b>{names[row]}</b>" if found.order[row] in party_ids else names[row]

    below = _apart(found, party_ids, _NARROWEST)
    digits = 2 if matrix.max() < 10 else 1
    figure = build_figure(
        [
            {
                "type": "heatmap", "z": np.round(matrix, digits).tolist(), "x": names, "y": names,
                "colorscale": shades_of(NEUTRAL), "zmin": 0, "zmax": float(matrix.max()),
                "hovertemplate": "%{y} and %{x}: %{z}<extra></extra>",
                "colorbar": {
                    "orientation": "h", "thickness": 10, "len": 1, "y": 1, "yanchor": "bottom",
                    "ypad": 6, "xpad": 0, "outlinewidth": 0, "nticks": 5,
                    "tickfont": {"size": SMALL_SIZE, "color": INK},
                    "title": {"text": axis_title(found).replace(" (", "<br>("), "side": "top",
                              "font": {"size": SMALL_SIZE, "color": INK}},
                },
            }
        ],
        _HEIGHT - 80 + _ABOVE + width_below,
        {"l": names_width(names), "r": 12, "t": _ABOVE, "b": width_below},
        xaxis={
            "type": "category", "fixedrange": True, "ticks": "", "showgrid": False,
            "tickangle": -90, "tickfont": {"size": SMALL_SIZE, "color": INK},
            "tickvals": [names[row] for row in below], "ticktext": [bold(row) for row in below],
        },
        yaxis={
            "type": "category", "autorange": "reversed", "fixedrange": True, "ticks": "",
            "showgrid": False, "tickvals": [names[row] for row in ticks],
            "ticktext": [bold(row) for row in ticks],
            "tickfont": {"size": SMALL_SIZE, "color": INK},
        },
        shapes=_squares(found),
    )  # fmt: skip
    return drawn(heat_map_data(tables, found, party_ids), figure)


def _apart(found: Clusters, party_ids: Sequence[str], room: int) -> list[int]:
    """Return the rows whose names stand in the room [pixels], in the order of the tree.

    Chosen parties always, then middles of clusters, then others with room.
    """
    rows_apart = max(1, -(-_ROW * len(found.order) // room))
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
