"""The radar overlay: all parties on all dimensions, axes in their fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, pi, sin
from typing import Any

from analysis.charts.axis import score_axis
from analysis.charts.radar import is_filled, radar_data
from analysis.figures.chart import Chart, drawn
from analysis.figures.style import (
    FAINT,
    GRID,
    LEGEND_ABOVE,
    NARROW,
    PARTY_STYLES,
    SMALL_SIZE,
    TEXT_SIZE,
    TRANSPARENT,
    PartyStyle,
    build_figure,
    legend_height,
    letters_width,
)
from analysis.profiles import Profile
from analysis.tables import Tables

_CIRCLE, _LABEL_ROOM, _SIDE, _BELOW = 334, 50, 80, 56

_MANY = 6
"""Axes beyond which their names stand in small letters: side by side there is room for no more."""

_BESIDE = 0.2
"""How far from the vertical an axis must point for its name to stand beside it, as a sine."""

_FREE = 12
"""Between a name and both the edge of the figure and the circle, together [pixels]."""


def radar(tables: Tables, parties: Sequence[Profile]) -> Chart:
    """Draw up to six profiles over each other; complete ones among the first three are filled."""
    framework = tables.frameworks[parties[0].framework]
    names = [d.name for d in framework.dimensions]
    axis = score_axis(framework)
    size = SMALL_SIZE if len(names) > _MANY else TEXT_SIZE
    side = _side([_label(name) for name in names], size)
    above = _LABEL_ROOM + legend_height([party.name for party in parties], NARROW - 2 * side)
    figure = build_figure(
        [
            _trace(party, style, names, filled=is_filled(party, index))
            for index, (party, style) in enumerate(zip(parties, PARTY_STYLES, strict=False))
        ],
        _CIRCLE + above + _BELOW,
        {"l": side, "r": side, "t": above, "b": _BELOW},
        showlegend=True,
        legend={**LEGEND_ABOVE, "y": 1 + _LABEL_ROOM / _CIRCLE},
        polar={
            "bgcolor": TRANSPARENT,
            "angularaxis": {
                "rotation": 90,
                "direction": "clockwise",
                "gridcolor": GRID,
                "linecolor": FAINT,
                "tickfont": {"size": size},
            },
            "radialaxis": {
                "range": [axis.centre, axis.rim],
                "tickvals": [axis.centre, *axis.rings],
                "angle": 90,
                "tickangle": 90,
                "gridcolor": GRID,
                "linecolor": TRANSPARENT,
                "tickfont": {"size": 11},
            },
        },
    )
    return drawn(radar_data(tables, parties), figure)


def _label(name: str) -> str:
    """Return the name of an axis, on two lines where it has two words."""
    return name.replace(" ", "<br>", 1)


def _side(labels: Sequence[str], size: float) -> int:
    """Return the room that both sides need for the names on a phone [pixels]."""
    radius, needed = NARROW / 2 - _SIDE, float(_SIDE)
    if len(labels) <= _MANY:  # none of them points straight to a side
        return _SIDE
    for place, label in enumerate(labels):
        away = abs(sin(2 * pi * place / len(labels)))
        widest = max(letters_width(line, size) for line in label.split("<br>"))
        # A name at the top or the bottom stands over its axis and reaches to both sides.
        reach = widest if away > _BESIDE else widest / 2
        needed = max(needed, reach + _FREE - radius * (1 - away))
    return ceil(needed)


def _trace(party: Profile, style: PartyStyle, names: list[str], *, filled: bool) -> dict[str, Any]:
    scores = [*party.scores, party.scores[0]]
    axes = [_label(name) for name in names]
    return {
        "type": "scatterpolar",
        "r": [score.value for score in scores],
        "theta": [*axes, axes[0]],
        "name": party.name,
        "mode": "lines+markers",
        "line": {"color": style.colour, "dash": style.dash, "width": 2.5},
        "marker": {
            "symbol": [style.marker_for(score) for score in scores],
            "size": 8,
            "line": {"color": style.colour, "width": 2},
        },
        "fill": "toself" if filled else "none",
        "fillcolor": style.faded(0.12),
        "connectgaps": False,
        "customdata": [score.standing for score in scores],
        "text": [*names, names[0]],
        "hovertemplate": "%{text}: %{r:.4~g} (%{customdata})<extra>" + party.name + "</extra>",
    }
