"""The radar overlay: all parties on all dimensions, axes in their fixed order."""

from __future__ import annotations

from collections.abc import Sequence
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
    TRANSPARENT,
    PartyStyle,
    build_figure,
    legend_height,
)
from analysis.profiles import Profile
from analysis.tables import Tables

_CIRCLE, _LABEL_ROOM, _SIDE, _BELOW = 334, 50, 72, 56


def radar(tables: Tables, parties: Sequence[Profile]) -> Chart:
    """Draw up to six profiles over each other; complete ones among the first three are filled."""
    framework = tables.frameworks[parties[0].framework]
    names = [d.name for d in framework.dimensions]
    axis = score_axis(framework)
    above = _LABEL_ROOM + legend_height([party.name for party in parties], NARROW - 2 * _SIDE)
    figure = build_figure(
        [
            _trace(party, style, names, filled=is_filled(party, index))
            for index, (party, style) in enumerate(zip(parties, PARTY_STYLES, strict=False))
        ],
        _CIRCLE + above + _BELOW,
        {"l": _SIDE, "r": _SIDE, "t": above, "b": _BELOW},
        showlegend=True,
        legend={**LEGEND_ABOVE, "y": 1 + _LABEL_ROOM / _CIRCLE},
        polar={
            "bgcolor": TRANSPARENT,
            "angularaxis": {
                "rotation": 90,
                "direction": "clockwise",
                "gridcolor": GRID,
                "linecolor": FAINT,
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


def _trace(party: Profile, style: PartyStyle, names: list[str], *, filled: bool) -> dict[str, Any]:
    scores = [*party.scores, party.scores[0]]
    axes = [name.replace(" ", "<br>", 1) for name in names]
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
