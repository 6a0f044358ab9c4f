"""The road map: the stages of a deal on a line of months, each with its amount or share."""

from __future__ import annotations

from math import floor, log10
from typing import Any

from analysis.deal import Deal
from analysis.figures.chart import Chart
from analysis.figures.style import GREY, GRID, PARTY_STYLES, SMALL_SIZE, build_figure
from analysis.strategy.roadmap import Roadmap, Step, money, percent

_HEIGHT = 260


def roadmap_chart(roadmap: Roadmap, deal: Deal) -> Chart:
    """Draw the stages as columns; the first, which the other side sees, is filled."""
    known = [step for step in roadmap.steps if _value(step) is not None]
    values = [_value(step) or 0.0 for step in known]
    own = {deal.first_order, *deal.later_orders}
    labels = [
        _label(step, deal, rough=roadmap.suggested and step.amount not in own) for step in known
    ]
    bars: dict[str, Any] = {
        "type": "bar",
        "x": [_tick(step) for step in known],
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
    told = "; ".join(
        f"{step.name}, from month {step.month}: {label.replace('<br>', ' ')}"
        for step, label in zip(known, labels, strict=True)
    )
    return Chart(
        "roadmap",
        figure,
        "From the first step to the whole",
        _caption(roadmap),
        f"Columns for each stage of the road map. {told}.",
        ("Stage", "Month", "Amount", "Share of the total in %"),
        tuple(
            (step.name, step.month, step.amount, None if step.share is None else 100 * step.share)
            for step in roadmap.steps
        ),
    )


def _value(step: Step) -> float | None:
    return step.amount if step.amount is not None else step.share


def _tick(step: Step) -> str:
    return f"{step.name.replace(' ', '<br>', 1)}<br>from month {step.month}"


def _label(step: Step, deal: Deal, *, rough: bool) -> str:
    share = "" if step.share is None else percent(step.share)
    if step.amount is None:
        return share
    amount = money(round(step.amount), deal.currency)
    if rough:
        digits = 1 - floor(log10(step.amount))
        amount = f"about {money(round(step.amount, digits), deal.currency)}"
    return f"{amount}<br>({share})" if share else amount


def _caption(roadmap: Roadmap) -> str:
    if all(step.amount is None for step in roadmap.steps):
        return (
            "Shares of a total that is yet to be filled in; the shape is a suggestion of Parley’s"
            " own. Month counts from the first step."
        )
    if roadmap.suggested:
        return (
            "The first step and the total are yours where you gave them; how the rest is spread is"
            " a suggestion of Parley’s own. Month counts from the first step."
        )
    return "Your figures. Month counts from the first step."
