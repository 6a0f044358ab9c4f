"""The road map: the stages of a deal, each with its month and its amount or share."""

from __future__ import annotations

from math import floor, log10

from analysis.charts.data import ChartData
from analysis.deal import Deal
from analysis.strategy.roadmap import Roadmap, Step, money, percent


def roadmap_data(roadmap: Roadmap, deal: Deal) -> ChartData:
    """Return the words and stages of the road map."""
    told = "; ".join(
        f"{step.name}, from month {step.month}: {' '.join(step_label(roadmap, step, deal))}"
        for step in known_steps(roadmap)
    )
    return ChartData(
        "roadmap",
        "From the first step to the whole",
        _caption(roadmap, deal),
        f"Columns for each stage of the road map. {told}.",
        ("Stage", "Month", "Amount", "Share of the total in %"),
        tuple(
            (step.name, step.month, step.amount, None if step.share is None else 100 * step.share)
            for step in roadmap.steps
        ),
    )


def known_steps(roadmap: Roadmap) -> list[Step]:
    """Return the stages that have an amount or a share to draw."""
    return [step for step in roadmap.steps if step_value(step) is not None]


def step_value(step: Step) -> float | None:
    """Return the height of a stage: its amount, or its share where there is none."""
    return step.amount if step.amount is not None else step.share


def step_label(roadmap: Roadmap, step: Step, deal: Deal) -> list[str]:
    """Return the lines that stand at a stage; what Parley suggests is rounded and says so."""
    share = "" if step.share is None else percent(step.share)
    if step.amount is None:
        return [share]
    amount = money(round(step.amount), deal.currency)
    if roadmap.suggested and step.amount not in _told(deal):
        digits = 1 - floor(log10(step.amount))
        amount = f"about {money(round(step.amount, digits), deal.currency)}"
    return [amount, f"({share})"] if share else [amount]


def _caption(roadmap: Roadmap, deal: Deal) -> str:
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
    last = roadmap.steps[-1].amount
    rest = " The last step is what remains of the total." if last not in _told(deal) else ""
    return f"Your figures.{rest} Month counts from the first step."


def _told(deal: Deal) -> set[float | None]:
    """Return the amounts that the person has given."""
    return {deal.first_order, *deal.later_orders}
