"""The map of the world: shaded countries, small states as points, and hatching for no data.

The outlines come from `static/`: the page that shows the figure says so to Plotly, which would
otherwise ask the internet for them and draw nothing without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts.data import ChartData
from analysis.charts.places import Place, world_places
from analysis.charts.world import Shade, WorldData
from analysis.figures.chart import Chart, drawn
from analysis.figures.hatching import hatching
from analysis.figures.style import (
    FAINT,
    GREY,
    INK,
    LEGEND_ABOVE,
    NARROW,
    PARTY_STYLES,
    SMALL_SIZE,
    TRANSPARENT,
    PartyStyle,
    build_figure,
    legend_height,
)

Span = tuple[float, float]
NEUTRAL = "#5B5F97"
"""The hue of a map that belongs to no party: a slate violet, none of the parties' colours."""

_BELOW, _LONGEST_LINE = 88, 44
_STEPS = ((0.86, 255), (0.64, 255), (0.38, 255), (0.1, 255), (0.14, 0), (0.36, 0))
"""How much white or black is mixed into the hue, from the lowest end to the highest."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the world to look at.

    Attributes
    ----------
    longitudes, latitudes : tuple of float
        What it spans [degrees].
    hatching : float
        From one hatch line to the next [degrees].
    height : int
        Room for the map alone [pixels].
    projection : str
        Plotly's name of the projection.
    resolution : int
        50 or 110, of the outlines in millions to one. The coarse ones are an eighth in size and
        draw 0.7 s sooner; what they leave out is a point anyway.
    """

    label: str
    longitudes: Span
    latitudes: Span
    hatching: float
    height: int
    projection: str = "mercator"
    resolution: int = 50


PARTS: Mapping[str, Part] = {
    "world": Part("World", (-169, 191), (-56, 78), 3.6, 330, "natural earth", 110),
    "europe": Part("Europe", (-25, 47), (34, 70), 1.1, 400),
    "asia": Part("Asia", (26, 150), (-12, 56), 1.7, 400),
    "africa": Part("Africa", (-20, 64), (-36, 42), 1.5, 400),
    "americas": Part("Americas", (-130, -33), (-56, 60), 1.8, 440),
    "oceania": Part("Oceania", (110, 190), (-50, 12), 1.3, 400),
}


def world(data: WorldData, sides: Sequence[str], part: str = "world") -> Chart:
    """Draw the map.

    Parameters
    ----------
    data : WorldData
    sides : sequence of ids
        Parties to mark with their own colour and marker, our side first; those that are no country
        of the map are passed over.
    part : str
        Which of `PARTS` to show.
    """
    view = PARTS[part]
    held = [s for s in data.shades if s.value is not None]
    legend = _legend(data, sides)
    above = 8 + legend_height([entry["name"] for entry in legend], NARROW)
    traces = [
        _no_data(data.without),
        _shaded(held),
        _hatched(data, view),
        _borders(sides),
        _points(held),
        _rings(held),
        *_marks(sides),
        *legend,
    ]
    figure = build_figure(
        traces,
        view.height + above + _BELOW,
        {"l": 0, "r": 0, "t": above, "b": _BELOW},
        showlegend=True,
        legend={**LEGEND_ABOVE, "y": 1.0, "font": {"size": SMALL_SIZE + 1}},
        geo=_geo(view),
        coloraxis=_coloraxis(data),
        clickmode="event+select",
        hovermode="closest",
    )
    return drawn(_words(data), figure)


def shades_of(colour: str) -> list[tuple[float, str]]:
    """Return a scale of one hue, light to dark, as pairs of place [0..1] and colour.

    Lightness alone carries the order, so it reads the same to every kind of colour vision, and
    both ends stand on a light and on a dark ground.
    """
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = [
        [round(part + (towards - part) * share) for part in parts] for share, towards in _STEPS
    ]
    last = len(mixed) - 1
    return [(n / last, f"rgb({r}, {g}, {b})") for n, (r, g, b) in enumerate(mixed)]


def _words(data: WorldData) -> ChartData:
    return ChartData(data.id, data.title, data.caption, data.description, data.columns, data.rows)


def _geo(view: Part) -> dict[str, Any]:
    return {
        "projection": {"type": view.projection},
        "resolution": view.resolution,
        "lonaxis": {"range": list(view.longitudes)},
        "lataxis": {"range": list(view.latitudes)},
        "fitbounds": False,  # otherwise Plotly centres the map on its data
        "bgcolor": TRANSPARENT,
        "showframe": False,
        "showcoastlines": False,
        "showland": True,
        "landcolor": "rgba(128, 128, 128, 0.13)",
        "showcountries": False,
        "showlakes": False,
    }


def _coloraxis(data: WorldData) -> dict[str, Any]:
    quarter = (data.highest - data.lowest) / 4
    ticks = [data.lowest + n * quarter for n in range(5)]
    return {
        "colorscale": shades_of(NEUTRAL),
        "cmin": data.lowest,
        "cmax": data.highest,
        "colorbar": {
            "orientation": "h",
            "x": 0.5,
            "xanchor": "center",
            "y": 0,
            "yanchor": "top",
            "ypad": 8,
            "len": 0.9,
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": ticks,
            "ticktext": [f"{tick:g}" for tick in ticks],
            "tickfont": {"size": SMALL_SIZE, "color": INK},
            "title": {
                "text": _ends(data),
                "side": "bottom",
                "font": {"size": SMALL_SIZE, "color": INK},
            },
        },
    }


def _ends(data: WorldData) -> str:
    """Return what both ends of the scale stand for, on two lines where one is too long."""
    low, high = f"{data.lowest:g}: {data.ends[0]}", f"{data.highest:g}: {data.ends[1]}"
    return f"{low} · {high}" if len(low + high) < _LONGEST_LINE else f"{low}<br>{high}"


_UNCHANGED = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
"""A country that was clicked on is chosen, not singled out: the others keep their shade."""


def _no_data(shades: Sequence[Shade]) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "locations": [s.id for s in shades],
        "z": [0.0] * len(shades),
        "colorscale": [[0, "rgba(128, 128, 128, 0.02)"], [1, "rgba(128, 128, 128, 0.02)"]],
        "showscale": False,
        "marker": {"line": {"color": FAINT, "width": 0.5}},
        "customdata": [[s.id, _broken(s.note)] for s in shades],
        "text": [s.name for s in shades],
        "hovertemplate": "<b>%{text}</b><br>no data: %{customdata[1]}<extra></extra>",
        "showlegend": False,
        **_UNCHANGED,
    }


def _shaded(held: Sequence[Shade]) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "locations": [s.id for s in held],
        "z": [s.value for s in held],
        "coloraxis": "coloraxis",
        "marker": {"line": {"color": GREY, "width": 0.5}},
        **_hover(held),
        **_UNCHANGED,
    }


def _hover(held: Sequence[Shade]) -> dict[str, Any]:
    return {
        "text": [s.name for s in held],
        "customdata": [[s.id, s.shown, f"<br>regional: {s.note}" if s.note else ""] for s in held],
        "hovertemplate": "<b>%{text}</b><br>%{customdata[1]}%{customdata[2]}<extra></extra>",
        "showlegend": False,
    }


def _broken(text: str) -> str:
    """Break a long reason into lines that fit a phone."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > 44:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])


def _hatched(data: WorldData, view: Part) -> dict[str, Any]:
    lon, lat = hatching([s.id for s in data.without], view.hatching)
    return {
        "type": "scattergeo",
        "lon": lon,
        "lat": lat,
        "mode": "lines",
        "line": {"color": FAINT, "width": 0.8},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _borders(sides: Sequence[str]) -> dict[str, Any]:
    """The outlines of the two sides, over those of their neighbours."""
    places = world_places()
    chosen = [(i, style) for i, style in zip(sides, PARTY_STYLES, strict=False) if i in places]
    return {
        "type": "choropleth",
        "locations": [i for i, _ in chosen],
        "z": [0.0] * len(chosen),
        "colorscale": [[0, TRANSPARENT], [1, TRANSPARENT]],
        "showscale": False,
        "marker": {"line": {"color": [style.colour for _, style in chosen], "width": 2}},
        "hoverinfo": "skip",
        "showlegend": False,
        **_UNCHANGED,
    }


def _points(held: Sequence[Shade]) -> dict[str, Any]:
    places = world_places()
    small = [s for s in held if s.id in places and places[s.id].is_small]
    return {
        "type": "scattergeo",
        **_where([places[s.id] for s in small]),
        "mode": "markers",
        "marker": {
            "size": 9,
            "color": [s.value for s in small],
            "coloraxis": "coloraxis",
            "line": {"color": GREY, "width": 1},
        },
        **_hover(small),
        **_UNCHANGED,
    }


def _rings(held: Sequence[Shade]) -> dict[str, Any]:
    places = world_places()
    regional = [s for s in held if s.standing == "regional" and s.id in places]
    return {
        "type": "scattergeo",
        **_where([places[s.id] for s in regional]),
        "mode": "markers",
        "marker": _RING,
        "hoverinfo": "skip",
        "showlegend": False,
        **_UNCHANGED,
    }


_RING = {
    "symbol": "circle",
    "size": 6,
    "color": "white",
    "line": {"width": 1.5, "color": "#606060"},
}


def _where(places: Sequence[Place]) -> dict[str, Any]:
    return {"lon": [p.longitude for p in places], "lat": [p.latitude for p in places]}


def _marks(sides: Sequence[str]) -> list[dict[str, Any]]:
    places = world_places()
    return [
        {
            "type": "scattergeo",
            **_where([places[i]]),
            "mode": "markers",
            "marker": _mark(style),
            "hoverinfo": "skip",
            "showlegend": False,
            **_UNCHANGED,
        }
        for i, style in zip(sides, PARTY_STYLES, strict=False)
        if i in places and places[i].longitude is not None
    ]


def _mark(style: PartyStyle) -> dict[str, Any]:
    return {
        "symbol": style.marker, "size": 11, "color": style.colour,
        "line": {"color": "white", "width": 1.5},
    }  # fmt: skip


def _legend(data: WorldData, sides: Sequence[str]) -> list[dict[str, Any]]:
    places = world_places()
    entries: list[tuple[str, dict[str, Any]]] = []
    for i, style in zip(sides, PARTY_STYLES, strict=False):
        if i in places:
            entries.append((places[i].name, _mark(style)))
    if any(s.standing == "regional" for s in data.shades):
        entries.append(("Regional", _RING))
    if data.without:
        slanted = {"symbol": "line-ne", "size": 11, "line": {"width": 1.5, "color": GREY}}
        entries.append(("No data", slanted))
    return [
        {
            "type": "scattergeo", "lon": [None], "lat": [None], "mode": "markers", "name": name,
            "marker": marker, "hoverinfo": "skip", "showlegend": True,
        }
        for name, marker in entries
    ]  # fmt: skip
