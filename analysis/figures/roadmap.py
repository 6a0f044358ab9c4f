"""The road map: the stages of a deal on a line of months, each with its amount or share."""

from __future__ import annotations

from typing import Any

from analysis.charts.roadmap import known_steps, roadmap_data, step_label, step_start, step_value
from analysis.deal import Deal
from analysis.figures.chart import Chart, drawn
from analysis.figures.style import GREY, GRID, PARTY_STYLES, SMALL_SIZE, build_figure
from analysis.strategy.roadmap import Roadmap, Step

_HEIGHT = 260


def roadmap_chart(roadmap: Roadmap, deal: Deal) -> Chart:
    """Draw the stages as columns; the first, which the other side sees, is filled."""
    known = known_steps(roadmap)
    values = [step_value(step) or 0.0 for step in known]
    labels = ["<br>".join(step_label(roadmap, step, deal)) for step in known]
    bars: dict[str, Any] = {
        "type": "bar",
        "x": [_tick(step, step_start(step)) for step in known],
        "y": values,
        "text": labels,
        "textposition": "outside",
        "textfont": {"size": 13},
        "cliponaxis": False,
        "width": 0.55,
        "marker": {
            "color": [
                PARTY_STYLES[0].faded(1.0 if place == 0 else 0.3) for place in range(len(known))
            ],
            "line": {"color": PARTY_STYLES[0].colour, "width": 1},
        },
        "hoverinfo": "skip",
    }
    figure = build_figure(
        [bars],
        _HEIGHT,
        {"l": 8, "r": 8, "t": 30, "b": 52},
        xaxis={"fixedrange": True, "tickfont": {"size": SMALL_SIZE}, "showgrid": False},
        yaxis={
            "fixedrange": True, "visible": False, "range": [0, 1.12 * max(values, default=1)],
            "gridcolor": GRID, "zerolinecolor": GREY,
        },
    )  # fmt: skip
    return drawn(roadmap_data(roadmap, deal), figure)


def _tick(step: Step, start: str) -> str:
    return f"{step.name.replace(' ', '<br>', 1)}<br>{start}"
