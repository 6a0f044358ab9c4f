"""The culture map as a scatter of points, with names that never lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.atlas.clusters import Clusters
from analysis.atlas.culture_map import CultureMap, Placement
from analysis.atlas.sentences import axis_words
from analysis.charts.culture_map import culture_map_data, named_points, placed
from analysis.charts.style import PARTY_STYLES
from analysis.figures.chart import Chart, drawn
from analysis.figures.style import FAINT, GREY, GRID, NARROW, SMALL_SIZE, build_figure
from analysis.profiles import build_profile
from analysis.tables import FloatArray, Tables
from analysis.words import capital

_HEIGHT, _LINE_HEIGHT = 450, 300
_MARGIN = {"l": 28, "r": 4, "t": 8, "b": 40}
_WIDTHS = (NARROW, 660.0, 1080.0)
"""Of the drawing on a phone, beside another chart and alone on a wide screen [pixels]: names must
not lie on each other at any of them."""

_LETTER, _LINE, _CLEARANCE = 7.0, 15.0, 8.0
_SIDES = (
    "top center", "bottom center", "middle right", "middle left",
    "top right", "top left", "bottom right", "bottom left",
)  # fmt: skip
_STEPS = 6


@dataclass(frozen=True, slots=True)
class _Point:
    id: str
    name: str
    x: float
    y: float


def culture_map_chart(
    tables: Tables,
    found: CultureMap,
    placements: Sequence[Placement] = (),
    clusters: Clusters | None = None,
) -> Chart:
    """Draw the culture map with the chosen parties, at most six, in their own colours.

    Parameters
    ----------
    tables : Tables
        With the parties that a person made, where `placements` holds any.
    found : CultureMap
    placements : sequence of Placement
        From `analysis.atlas.culture_map.place`, our side first.
    clusters : Clusters, optional
        Names the middle of each cluster too.
    """
    # A party without a place keeps its colour: nobody else is drawn in it.
    seats = {p.id: n for n, p in reversed(list(enumerate(placements)))}
    chosen = placed(placements[: len(PARTY_STYLES)])
    points = _points(tables, found, chosen)
    spans = _spans(points)
    wanted = [*(p.id for p in chosen), *named_points(chosen, clusters)]
    sides = _free_sides(points, wanted, len(chosen), spans, found.line)
    others = [p for p in points.values() if p.id not in {c.id for c in chosen}]
    figure = build_figure(
        [
            *(_lines(points, p, seats[p.id]) for p in chosen),
            _others(tables, found, others, sides),
            *(_party(tables, found, points[p.id], seats[p.id], sides) for p in reversed(chosen)),
        ],
        _LINE_HEIGHT if found.line else _HEIGHT,
        _MARGIN,
        **_axes(tables, found, spans),
    )
    return drawn(culture_map_data(tables, found, placements, clusters), figure)


def _points(tables: Tables, found: CultureMap, chosen: Sequence[Placement]) -> dict[str, _Point]:
    """Where everything is drawn; on a line points are lifted so that names find room."""
    place = {i: (float(x), float(y)) for i, (x, y) in zip(found.ids, found.positions, strict=True)}
    place |= {p.id: (p.x or 0.0, p.y or 0.0) for p in chosen}
    if found.line:
        order = sorted(place, key=lambda i: (place[i][0], i))
        place = {i: (place[i][0], float(n % _STEPS)) for n, i in enumerate(order)}
    return {i: _Point(i, tables.profiles[i].name, x, y) for i, (x, y) in place.items()}


def _spans(points: dict[str, _Point]) -> FloatArray:
    """The ends of both axes, shape (2, 2), with room for markers at the edge."""
    places = np.array([(p.x, p.y) for p in points.values()])
    low, high = places.min(axis=0), places.max(axis=0)
    room = 0.08 * np.where(high > low, high - low, 1.0)
    return np.array([low - room, high + room])


def _axes(tables: Tables, found: CultureMap, spans: FloatArray) -> dict[str, Any]:
    titles = [capital(axis_words(tables, found, axis)) for axis in found.axes]
    plain = {
        "showticklabels": False, "showgrid": False, "fixedrange": True, "ticks": "",
        "zeroline": False,
    }  # fmt: skip

    def title(text: str) -> dict[str, Any]:
        return {"text": f"{text} →" if text else "", "font": {"size": SMALL_SIZE}, "standoff": 6}

    across = {**plain, "title": title(titles[0]), "range": spans[:, 0].tolist()}
    up = {**plain, "range": spans[:, 1].tolist()}
    if found.line:
        across |= {"showgrid": True, "gridcolor": GRID}
    else:
        # One unit is as long upwards as across: otherwise nearness on the map would mean nothing.
        # The drawing shrinks rather than its ranges growing, so that titles stay beside it.
        across |= {"constrain": "domain"}
        up |= {
            "title": title(titles[1]), "scaleanchor": "x", "scaleratio": 1, "constrain": "domain",
        }  # fmt: skip
    return {"xaxis": across, "yaxis": up}


def _free_sides(
    points: dict[str, _Point],
    wanted: Sequence[str],
    chosen: int,
    spans: FloatArray,
    line: bool,
) -> dict[str, str]:
    """Return on which side of its point each name goes; names without room are left out.

    The first `chosen` names always stand; the others only where they cover no other name and no
    chosen party at any width. Of the free sides the one that covers the fewest points is taken.
    """
    height = (_LINE_HEIGHT if line else _HEIGHT) - _MARGIN["t"] - _MARGIN["b"]
    everything = np.array([(p.x, p.y) for p in points.values()])
    screens = [
        _Screen(width - _MARGIN["l"] - _MARGIN["r"], height, spans, line) for width in _WIDTHS
    ]
    taken = [
        [_around(screen.at(points[i].x, points[i].y)) for i in wanted[:chosen]]
        for screen in screens
    ]
    sides: dict[str, str] = {}
    for place, profile_id in enumerate(wanted):
        point = points[profile_id]
        best, fewest = "", np.inf
        for side in _SIDES:
            cost, boxes = 0.0, []
            for screen, boxes_taken in zip(screens, taken, strict=True):
                box = _box(screen.at(point.x, point.y), point.name, side)
                own = _around(screen.at(point.x, point.y))
                cost += 100 * sum(_overlap(box, other) for other in boxes_taken if other != own)
                cost += 100 * (not screen.holds(box)) + screen.covered(everything, box)
                boxes.append(box)
            if cost < fewest:
                best, fewest, best_boxes = side, cost, boxes
        if fewest < 100 or place < chosen:
            sides[profile_id] = best
            for box, boxes_taken in zip(best_boxes, taken, strict=True):
                boxes_taken.append(box)
    return sides


_Box = tuple[float, float, float, float]
"""Left, top, right, bottom [pixels]."""


class _Screen:
    """Where a point lands in a drawing of a width and height [pixels]."""

    def __init__(self, width: float, height: float, spans: FloatArray, line: bool) -> None:
        """Hold the size and the scale; both axes share one scale."""
        self.size = np.array([width, height])
        self.middle = spans.mean(axis=0)
        scale = self.size / (spans[1] - spans[0])
        self.scale = scale if line else np.full(2, scale.min())

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixels of a point, from the left and from the top."""
        across, up = (np.array([x, y]) - self.middle) * self.scale
        return float(self.size[0] / 2 + across), float(self.size[1] / 2 - up)

    def holds(self, box: _Box) -> bool:
        """Say whether a box lies inside the drawing."""
        return box[0] >= 0 and box[1] >= 0 and box[2] <= self.size[0] and box[3] <= self.size[1]

    def covered(self, points: FloatArray, box: _Box) -> int:
        """Return how many points, shape (n, 2), lie under a box."""
        x = self.size[0] / 2 + (points[:, 0] - self.middle[0]) * self.scale[0]
        y = self.size[1] / 2 - (points[:, 1] - self.middle[1]) * self.scale[1]
        return int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())


def _around(pixel: tuple[float, float]) -> _Box:
    x, y = pixel
    return x - _CLEARANCE, y - _CLEARANCE, x + _CLEARANCE, y + _CLEARANCE


def _box(pixel: tuple[float, float], name: str, side: str) -> _Box:
    x, y = pixel
    vertical, horizontal = side.split()
    width = _LETTER * len(name)
    left = {"left": x - width - 7, "center": x - width / 2, "right": x + 7}[horizontal]
    top = {"top": y - _LINE - 6, "middle": y - _LINE / 2, "bottom": y + 6}[vertical]
    return left, top, left + width, top + _LINE


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _lines(points: dict[str, _Point], placement: Placement, place: int) -> dict[str, Any]:
    own = points[placement.id]
    x: list[float | None] = []
    y: list[float | None] = []
    for other in placement.nearest:
        x += [own.x, points[other].x, None]
        y += [own.y, points[other].y, None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": PARTY_STYLES[place].faded(0.7), "width": 1.5},
    }  # fmt: skip


def _told(tables: Tables, found: CultureMap, profile_id: str) -> str:
    near = ", ".join(tables.profiles[i].name for i in found.neighbours.get(profile_id, ()))
    held = found.distances.stands_for.get(profile_id, ())
    stands = ", ".join(tables.profiles[i].name for i in held)
    return "".join(
        [
            f"<b>{tables.profiles[profile_id].name}</b>",
            f"<br>stands for {stands}" if stands else "",
            f"<br>nearest: {near}" if near else "",
        ]
    )


def _others(
    tables: Tables, found: CultureMap, others: Sequence[_Point], sides: dict[str, str]
) -> dict[str, Any]:
    regions = [p.id in found.distances.stands_for for p in others]
    return {
        "type": "scatter", "mode": "markers+text", "cliponaxis": False,
        "x": [p.x for p in others], "y": [p.y for p in others],
        "text": [p.name if p.id in sides else "" for p in others],
        "textposition": [sides.get(p.id, _SIDES[0]) for p in others],
        "textfont": {"size": SMALL_SIZE},
        "hovertext": [_told(tables, found, p.id) for p in others],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "size": 8, "line": {"color": GREY, "width": 1},
            "color": [GREY if hollow else FAINT for hollow in regions],
            "symbol": ["circle-open" if hollow else "circle" for hollow in regions],
        },
    }  # fmt: skip


def _party(
    tables: Tables, found: CultureMap, point: _Point, place: int, sides: dict[str, str]
) -> dict[str, Any]:
    style = PARTY_STYLES[place]
    settings = found.distances.settings
    regional = build_profile(tables, point.id, settings).dimensions_with("regional")
    hollow = any(d in settings.dimensions for d in regional)
    return {
        "type": "scatter", "mode": "markers+text", "x": [point.x], "y": [point.y],
        "name": point.name, "text": [f"<b>{point.name}</b>"], "textposition": sides[point.id],
        "textfont": {"size": SMALL_SIZE}, "cliponaxis": False,
        "hovertext": [_told(tables, found, point.id)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "size": 13, "color": style.colour,
            "symbol": f"{style.marker}{'-open' if hollow else ''}",
            "line": {"width": 2 if hollow else 0, "color": style.colour},
        },
    }  # fmt: skip
