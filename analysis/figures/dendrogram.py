"""The tree of all parties, lying: names to the left, joins to the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.atlas.clusters import Clusters
from analysis.charts.dendrogram import axis_title, dendrogram_data
from analysis.charts.style import PARTY_STYLES
from analysis.figures.chart import Chart, drawn
from analysis.figures.style import (
    GREY,
    GRID,
    SMALL_SIZE,
    build_figure,
    text_trace,
)
from analysis.tables import Tables

_ROW = 17
_LETTER = 6.4
_WIDEST_NAMES = 165
_BAND = "rgba(128, 128, 128, 0.11)"


def dendrogram(tables: Tables, found: Clusters, party_ids: Sequence[str] = ()) -> Chart:
    """Draw the tree with the clusters of its cut as bands and the chosen parties in their styles.

    Parameters
    ----------
    tables : Tables
    found : Clusters
    party_ids : sequence of ids
        Our side first; those that are not in the tree are passed over.
    """
    names = [tables.profiles[i].name for i in found.order]
    chosen = {i: PARTY_STYLES[n] for n, i in enumerate(party_ids[: len(PARTY_STYLES)])}
    size = len(names)
    widest = float(found.linkage[:, 2].max()) or 1.0
    figure = build_figure(
        [_branches(found), *_markers(found, chosen, names), _numbers(found, widest)],
        _ROW * size + 56,
        {"l": names_width(names), "r": 26, "t": 4, "b": 52},
        xaxis={
            "title": {"text": axis_title(found), "font": {"size": SMALL_SIZE}},
            "range": [-0.02 * widest, 1.03 * widest], "fixedrange": True, "zeroline": False,
            "showgrid": True, "gridcolor": GRID, "nticks": 6,
        },
        yaxis={
            "range": [size - 0.5, -0.5], "fixedrange": True, "showgrid": False, "zeroline": False,
            "tickvals": list(range(size)), "tickfont": {"size": SMALL_SIZE}, "ticks": "",
            "ticktext": [
                f"<b>{name}</b>" if i in chosen else name
                for i, name in zip(found.order, names, strict=True)
            ],
        },
        shapes=[*_bands(found), _cut(found)],
    )  # fmt: skip
    return drawn(dendrogram_data(tables, found, party_ids), figure)


def names_width(names: Sequence[str]) -> int:
    """Return the room that a column of names takes at the left [pixels]."""
    return round(min(_WIDEST_NAMES, 14 + _LETTER * max(len(name) for name in names)))


def _branches(found: Clusters) -> dict[str, Any]:
    from scipy.cluster.hierarchy import dendrogram as tree  # noqa: PLC0415 - 0.4 s

    drawn_tree = tree(found.linkage, no_plot=True)
    x: list[float | None] = []
    y: list[float | None] = []
    for leaves, heights in zip(drawn_tree["icoord"], drawn_tree["dcoord"], strict=True):
        x += [round(height, 4) for height in heights] + [None]
        y += [(leaf - 5) / 10 for leaf in leaves] + [None]  # SciPy puts leaves at 5, 15, 25, ...
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": GREY, "width": 1.3},
    }  # fmt: skip


def _bands(found: Clusters) -> list[dict[str, Any]]:
    """A grey band behind every other cluster, so that each border shows."""
    bands, start = [], 0
    for cluster in found.clusters:
        end = start + len(cluster.members)
        if cluster.number % 2:
            bands.append(
                {
                    "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": start - 0.5,
                    "y1": end - 0.5, "fillcolor": _BAND, "line": {"width": 0}, "layer": "below",
                }
            )  # fmt: skip
        start = end
    return bands


def _cut(found: Clusters) -> dict[str, Any]:
    return {
        "type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": found.cut, "x1": found.cut,
        "line": {"color": GREY, "width": 1, "dash": "dash"},
    }  # fmt: skip


def _numbers(found: Clusters, widest: float) -> dict[str, Any]:
    middles, start = [], 0
    for cluster in found.clusters:
        middles.append(start + (len(cluster.members) - 1) / 2)
        start += len(cluster.members)
    return text_trace(
        1.03 * widest, middles, [str(c.number) for c in found.clusters], left=True,
        size=SMALL_SIZE, quiet=True,
    )  # fmt: skip


def _markers(found: Clusters, chosen: dict[str, Any], names: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter", "mode": "markers", "x": [0], "y": [row], "name": names[row],
            "marker": {"symbol": chosen[i].marker, "size": 10, "color": chosen[i].colour},
            "hovertemplate": "%{fullData.name}<extra></extra>", "cliponaxis": False,
        }
        for row, i in enumerate(found.order)
        if i in chosen
    ]  # fmt: skip
