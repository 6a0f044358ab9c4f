"""The road map: the stages of a deal, each with its month and its amount or share."""

from __future__ import annotations

from math import floor, log10

from analysis.charts.data import ChartData
from analysis.deal import Deal
from analysis.strategy.roadmap import Roadmap, Step, money, months_in_words, percent
from analysis.words import in_words


def roadmap_data(roadmap: Roadmap, deal: Deal) -> ChartData:
    """Return the words and stages of the road map."""
    told = "; ".join(
        f"{step.name}, {step_start(step)}: {' '.join(step_label(roadmap, step, deal))}"
        for step in known_steps(roadmap)
    )
    return ChartData(
        "roadmap",
        "From the first step to the whole",
        _caption(roadmap, deal),
        f"Columns for each stage of the road map. {told}.",
        ("Stage", "Month", "Amount", "Share of the total in %"),
        tuple(
            (step.name, step.start, step.amount, None if step.share is None else 100 * step.share)
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


def step_start(step: Step) -> str:
    """Return when a stage starts: `from month 6`, in days where there is no month for each."""
    return f"from month {step.month}" if step.day is None else f"from day {step.day}"


def _caption(roadmap: Roadmap, deal: Deal) -> str:
    if all(step.amount is None for step in roadmap.steps):
        return (
            "Shares of a total that is yet to be filled in; the shape is a suggestion of Parley’s"
            f" own.{_spread(roadmap, deal)}"
        )
    if roadmap.suggested:
        return (
            "The first step and the total are yours where you gave them; how the rest is spread is"
            f" a suggestion of Parley’s own.{_spread(roadmap, deal)}"
        )
    last = roadmap.steps[-1].amount
    rest = " The last step is what remains of the total." if last not in _told(deal) else ""
    yours = "The amount is" if len(known_steps(roadmap)) == 1 else "The amounts are"
    return f"{yours} yours.{rest}{_spread(roadmap, deal)}"


def _spread(roadmap: Roadmap, deal: Deal) -> str:
    """Return that the starts of the stages are spread evenly, and not what the person gave."""
    if len(roadmap.steps) < 2:
        return ""
    count, time = in_words(len(roadmap.steps)), months_in_words(deal)
    if roadmap.steps[0].day is not None:
        return (
            f" The starts of the {count} steps are Parley’s, spread evenly over {time}: less than a"
            " month for each, so they are counted in days from the first step."
        )
    return (
        f" The starts of the {count} steps are Parley’s, spread evenly over {time} and counted"
        " from the first step."
    )


def _told(deal: Deal) -> set[float | None]:
    """Return the amounts that the person has given."""
    return {deal.first_order, *deal.later_orders}
