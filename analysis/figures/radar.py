"""The radar overlay: all parties on all dimensions, axes in their fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.figures.chart import Chart
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
from analysis.sentences import source_line
from analysis.tables import Tables
from analysis.words import join, points

FILLED = 3
_CIRCLE, _LABEL_ROOM, _SIDE, _BELOW = 334, 50, 72, 56
OUTER_EDGE = 115
"""Fixed, so that a shape never changes with the company it is in; the highest score is 112."""


def radar(tables: Tables, parties: Sequence[Profile]) -> Chart:
    """Draw up to six profiles over each other; complete ones among the first three are filled."""
    framework = tables.frameworks[parties[0].framework]
    names = [d.name for d in framework.dimensions]
    above = _LABEL_ROOM + legend_height([party.name for party in parties], NARROW - 2 * _SIDE)
    figure = build_figure(
        [
            _trace(party, style, names, filled=index < FILLED)
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
                "range": [0, OUTER_EDGE],
                "tickvals": [0, 50, 100],
                "angle": 90,
                "tickangle": 90,
                "gridcolor": GRID,
                "linecolor": TRANSPARENT,
                "tickfont": {"size": 11},
            },
        },
    )
    rows = tuple(
        (d.name, *(party.score(d.id).value for party in parties)) for d in framework.dimensions
    )
    return Chart(
        "radar",
        figure,
        f"{join([p.name for p in parties])} on {len(names)} dimensions",
        _caption(tables, parties),
        _description(parties, names),
        ("Dimension", *(party.name for party in parties)),
        rows,
    )


def _trace(party: Profile, style: PartyStyle, names: list[str], *, filled: bool) -> dict[str, Any]:
    scores = [*party.scores, party.scores[0]]
    complete = all(score.value is not None for score in scores)
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
        "fill": "toself" if filled and complete else "none",
        "fillcolor": style.faded(0.12),
        "connectgaps": False,
        "customdata": [score.standing for score in scores],
        "text": [*names, names[0]],
        "hovertemplate": "%{text}: %{r:.4~g} (%{customdata})<extra>" + party.name + "</extra>",
    }


def _caption(tables: Tables, parties: Sequence[Profile]) -> str:
    words = ["Scores from 0 at the centre; the rings stand at 50 and 100."]
    if any(party.dimensions_with("regional") for party in parties):
        words.append("Hollow markers are regional scores.")
    if any(party.dimensions_with("missing") for party in parties):
        words.append("The line breaks where a score is missing.")
    return " ".join([*words, source_line(tables, parties[0].framework)])


def _description(parties: Sequence[Profile], names: list[str]) -> str:
    told = []
    for party in parties:
        scores = [
            f"{name.lower()} {'missing' if score.value is None else points(score.value)}"
            + (" (regional)" if score.standing == "regional" else "")
            for name, score in zip(names, party.scores, strict=True)
        ]
        told.append(f"{party.name}: {', '.join(scores)}.")
    return f"Radar chart of {join([p.name for p in parties])}. {' '.join(told)}"
