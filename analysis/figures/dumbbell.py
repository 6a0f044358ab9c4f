"""The dumbbell chart: each dimension's gap between the parties, the widest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts.axis import ScoreAxis, ends, score_axis
from analysis.charts.dumbbell import (
    by_gap,
    dumbbell_data,
    gap_label,
    score_reach,
)
from analysis.comparison import Comparison
from analysis.figures.chart import Chart, drawn
from analysis.figures.style import (
    FAINT,
    LEGEND_ABOVE,
    PARTY_STYLES,
    SMALL_SIZE,
    PartyStyle,
    build_figure,
    legend_height,
    letters_width,
    text_trace,
)
from analysis.profiles import Profile
from analysis.tables import Dimension, FloatArray, Tables

_ROW, _POLE_LINE = 72, 15
"""Height of a row, and of a second line for its poles [pixels]."""

_NAME_ABOVE, _POLES_BELOW = 24, 20
"""How far above and below its line a row's texts stand [pixels]."""

_INSIDE = 350
"""Width between the margins on a phone 390 pixels wide [pixels]."""


def dumbbell(tables: Tables, comparison: Comparison, further: Sequence[Profile] = ()) -> Chart:
    """Draw the scores of all parties on one line a dimension, with the error of each score.

    Dimensions stand in the order of the gap between the first two parties; those that do not count
    come last.
    """
    order = by_gap(tables, comparison)
    axis = score_axis(tables.frameworks[comparison.settings.framework])
    parties = (comparison.a, comparison.b, *further)
    reaches = [score_reach(comparison, party, rank) for rank, party in enumerate(parties)]
    above = 12 + legend_height([party.name for party in parties])
    heights = {d.id: len(order) - 1 - place for place, d in enumerate(order)}
    row = _ROW if poles_fit(tables, comparison) else _ROW + _POLE_LINE
    figure = build_figure(
        [
            _bars(comparison, heights),
            *reversed(
                [
                    _markers(party, style, order, heights, rank, reach)
                    for rank, (party, style, reach) in enumerate(
                        zip(parties, PARTY_STYLES, reaches, strict=False)
                    )
                ]
            ),
            *_labels(tables, comparison, order, heights, axis, row),
        ],
        row * len(order) + 52 + above,
        {"l": 4, "r": 4, "t": above, "b": 36},
        showlegend=True,
        legend=LEGEND_ABOVE,
        xaxis={
            "range": list(axis.edges), "tickvals": list(axis.ticks), "fixedrange": True,
            "zeroline": False, "showgrid": True, "gridcolor": "rgba(128, 128, 128, 0.16)",
        },
        yaxis={
            "range": [-0.42 if row == _ROW else -0.48, len(order) - 0.36],
            "visible": False, "fixedrange": True,
        },
    )  # fmt: skip
    return drawn(dumbbell_data(tables, comparison, further), figure)


def poles_fit(tables: Tables, comparison: Comparison) -> bool:
    """Say whether both poles of every dimension fit on one line on a phone."""
    framework = tables.frameworks[comparison.settings.framework]
    both = (ends(framework, d) for d in framework.dimensions)
    return all(letters_width(low) + letters_width(high) <= _INSIDE for low, high in both)


def _bars(comparison: Comparison, heights: dict[str, int]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for dimension_id, height in heights.items():
        a, b = (p.score(dimension_id).value for p in (comparison.a, comparison.b))
        if a is not None and b is not None:
            x += [a, b, None]
            y += [height, height, None]
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "line": {"color": FAINT, "width": 6},
        "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip


def _markers(
    party: Profile,
    style: PartyStyle,
    order: Sequence[Dimension],
    heights: dict[str, int],
    rank: int,
    reach: FloatArray,
) -> dict[str, Any]:
    held = [d for d in order if party.score(d.id).value is not None]
    return {
        "type": "scatter",
        "x": [party.score(d.id).value for d in held],
        "y": [heights[d.id] for d in held],
        "name": party.name,
        "legendrank": rank + 1,  # the two sides are drawn last, on top, and named first
        "mode": "markers",
        "marker": {
            "symbol": [style.marker_for(party.score(d.id)) for d in held],
            "size": 12,
            "color": style.colour,
            "line": {"color": style.colour, "width": 2},
        },
        "error_x": {
            "type": "data",
            "array": [float(reach[party.dimension_ids.index(d.id)]) for d in held],
            "color": style.faded(0.55),
            "thickness": 1.2,
            "width": 4,
            "visible": bool(reach.any()),
        },
        "customdata": [[d.name, party.score(d.id).standing] for d in held],
        "hovertemplate": "%{customdata[0]}: %{x:.4~g} (%{customdata[1]})<extra>"
        + party.name
        + "</extra>",
    }


def _labels(
    tables: Tables,
    comparison: Comparison,
    order: Sequence[Dimension],
    heights: dict[str, int],
    axis: ScoreAxis,
    row: int,
) -> list[dict[str, Any]]:
    framework = tables.frameworks[comparison.settings.framework]
    left, right = axis.edges
    low, high = zip(*(ends(framework, d) for d in order), strict=True)
    above = [heights[d.id] + _NAME_ABOVE / row for d in order]
    below = [heights[d.id] - _POLES_BELOW / row for d in order]
    second = [y - (row - _ROW) / row for y in below]
    return [
        text_trace(left, above, [f"<b>{d.name}</b>" for d in order], left=True, size=14),
        text_trace(
            right, above, [gap_label(tables, comparison, d) for d in order], left=False, size=13
        ),
        text_trace(left, below, list(low), left=True, quiet=True, size=SMALL_SIZE),
        text_trace(right, second, list(high), left=False, quiet=True, size=SMALL_SIZE),
    ]
