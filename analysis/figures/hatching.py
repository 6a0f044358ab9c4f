"""Hatching for a map: slanted lines inside the outlines of some countries.

Plotly has no pattern for a country, so the lines are drawn one by one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from analysis.charts.places import OUTLINES_FOLDER
from analysis.tables import FloatArray

_COARSE = "world_110m.json"
"""Fine enough for lines that end at a border, and read in a few milliseconds."""


def hatching(ids: Collection[str], step: float) -> tuple[list[float | None], list[float | None]]:
    """Return longitudes and latitudes [degrees] of slanted lines inside countries.

    Parameters
    ----------
    ids : collection of str
        ISO 3166 alpha-3 codes; those without an outline are passed over.
    step : float
        From one line to the next, along a circle of latitude [degrees].

    Returns
    -------
    longitudes, latitudes : list of float or None
        Two points a line, with None after each line.
    """
    outlines = _outlines()
    edges = [outlines[i] for i in sorted(set(ids) & outlines.keys())]
    if not edges:
        return [], []
    across, along = _crossings(np.concatenate(edges), step)
    order = np.lexsort((along, across))
    across, along = across[order] * step, along[order]
    # Even-odd rule: along one line, what lies between the first and the second crossing is inside.
    # Neighbours share a border, which is crossed twice at one spot, and the line goes on.
    longitudes = np.round((along + across) / 2, 2).tolist()
    latitudes = np.round((along - across) / 2, 2).tolist()
    x: list[float | None] = []
    y: list[float | None] = []
    for start in range(0, len(longitudes) - 1, 2):
        x += [longitudes[start], longitudes[start + 1], None]
        y += [latitudes[start], latitudes[start + 1], None]
    return x, y


def _crossings(edges: FloatArray, step: float) -> tuple[FloatArray, FloatArray]:
    """Return where edges cross the lines longitude - latitude = k * step.

    `edges` has shape (n, 4): longitude and latitude of both ends. Returned are k and longitude +
    latitude of each crossing, both of shape (n_crossings,).
    """
    across = (edges[:, [0, 2]] - edges[:, [1, 3]]) / step
    along = edges[:, [0, 2]] + edges[:, [1, 3]]
    first, last = np.ceil(across.min(axis=1)), np.ceil(across.max(axis=1))
    count = (last - first).astype(np.intp)  # half open: a corner on a line counts once
    edge = np.repeat(np.arange(len(edges)), count)
    line = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    run = across[edge, 1] - across[edge, 0]
    share = (line - across[edge, 0]) / run
    return line, along[edge, 0] + share * (along[edge, 1] - along[edge, 0])


@cache
def _outlines() -> Mapping[str, FloatArray]:
    """Return each country's edges, shape (n, 4), by its code."""
    world = json.loads((OUTLINES_FOLDER / _COARSE).read_text("utf-8"))
    scale, shift = (np.array(world["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in world["arcs"]]
    found: dict[str, list[FloatArray]] = {}
    for country in world["objects"]["countries"]["geometries"]:
        if not country.get("id"):
            continue
        for ring in _rings(country):
            lines = [arcs[arc if arc >= 0 else ~arc] for arc in ring]
            if np.ptp(np.concatenate(lines)[:, 0]) > 300:  # across the date line, such as Fiji
                lines = [np.column_stack([line[:, 0] % 360, line[:, 1]]) for line in lines]
            edges = [np.hstack([line[:-1], line[1:]]) for line in lines]
            found.setdefault(country["id"], []).extend(edges)
    return MappingProxyType({i: np.concatenate(edges) for i, edges in found.items()})


def _rings(country: Mapping[str, Any]) -> list[list[int]]:
    """Return the arcs of every ring of a country; a negative one runs the other way."""
    pieces = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
    return [ring for piece in pieces for ring in piece]
