"""The road map from the first order to the whole, with the check that the first does not insult."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from analysis.deal import Deal
from analysis.knowledge.plans import ByTheirPole, RoadmapNames, RoadmapPlan

CheckLevel = Literal["insult", "explain", "fits", "most", "unknown", "beyond"]
_TRUST = "topic:trust_before_transaction"
_CENTS = 0.005
_DAYS = 30


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the road map.

    `amount` is None where no figure was given; `share` is of the total [0..1], None where the total
    is unknown; `month` counts whole months from the start, and `day`, where the plan has less than
    a month for each step, days of a month of thirty.
    """

    name: str
    amount: float | None
    share: float | None
    month: int
    day: int | None = None

    @property
    def start(self) -> float:
        """When the stage starts [months]: to a hundredth where it is counted in days."""
        return self.month if self.day is None else round(self.day / _DAYS, 2)


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The stages, how to present them, and whether the first may offend.

    `suggested` is True where the stages, or some of them, are a suggestion and not the person's;
    `statement_label` says what the statement is and, where figures come too early, when to use it.
    """

    steps: tuple[Step, ...]
    total: float | None
    suggested: bool
    level: CheckLevel
    check: str
    statement: str
    statement_label: str
    gates: tuple[str, ...]
    two_track: str
    numbers: str


def draw_roadmap(plan: RoadmapPlan, deal: Deal, flags: Collection[str]) -> Roadmap:
    """Return the road map of a deal.

    Without later orders the rest of the total is spread as the plan suggests; without any figure
    the stages are shares of a total yet to be filled in.
    """
    amounts, suggested = _amounts(plan, deal)
    total = deal.total
    if total is None and deal.later_orders and deal.first_order is not None:
        total = sum(a for a in amounts if a is not None)
    shares = (
        [a / total if a is not None else None for a in amounts]
        if total
        else [None] * len(amounts)
        if any(a is not None for a in amounts)
        else list(plan.shape)
    )
    level = _level(plan, deal, total)
    share = percent(deal.first_order / total) if deal.first_order and total else ""
    names = plan.names[deal.kind]
    offered = None if level == "beyond" else total
    return Roadmap(
        tuple(
            Step(
                _name(names, place, len(amounts)), amount, part, *_start(deal, place, len(amounts))
            )
            for place, (amount, part) in enumerate(zip(amounts, shares, strict=True))
        ),
        total,
        suggested,
        level,
        getattr(plan, level).format(share=share),
        _statement(plan, deal, offered),
        _statement_label(deal, offered, flags),
        plan.gates,
        _by_their_pole(plan.two_track, flags),
        _by_their_pole(plan.numbers_gate, flags),
    )


def _amounts(plan: RoadmapPlan, deal: Deal) -> tuple[list[float | None], bool]:
    """Return the amount of each stage, and whether some are a suggestion."""
    first, total = deal.first_order, deal.total
    if deal.later_orders:
        rest = 0.0 if first is None else (total or 0) - first - sum(deal.later_orders)
        return [first, *deal.later_orders, *([rest] if rest > _CENTS else [])], False
    if total is not None:
        start = plan.shape[0] * total if first is None else first
        left = max(0.0, total - start)
        spread = [left * part / sum(plan.shape[1:]) for part in plan.shape[1:]]
        return [start, *(amount for amount in spread if amount > _CENTS)], True
    if first is not None:
        return [first], False
    return [None] * len(plan.shape), True


def _level(plan: RoadmapPlan, deal: Deal, total: float | None) -> CheckLevel:
    if deal.first_order is None or total is None:
        return "unknown"
    if deal.first_order + sum(deal.later_orders) > total + _CENTS:
        return "beyond"
    share = deal.first_order / total
    if share < plan.insult_below:
        return "insult"
    if share < plan.explain_below:
        return "explain"
    return "fits" if share <= plan.most_above else "most"


def _name(names: RoadmapNames, place: int, count: int) -> str:
    if place == count - 1 and count > 1:
        return names.steps[-1]
    return names.steps[place] if place < len(names.steps) - 1 else f"Step {place + 1}"


def _start(deal: Deal, place: int, count: int) -> tuple[int, int | None]:
    """Return the month in which a step starts and, where there is none for each, the day."""
    month = deal.months * place / count
    return round(month), None if deal.months >= count else round(_DAYS * month)


def months_in_words(deal: Deal) -> str:
    """Return the time that a plan has: `24 months`."""
    return f"{deal.months} month{'' if deal.months == 1 else 's'}"


def _names_amounts(deal: Deal, total: float | None) -> bool:
    return deal.first_order is not None and total is not None and total > deal.first_order


def _statement_label(deal: Deal, total: float | None, flags: Collection[str]) -> str:
    early = _names_amounts(deal, total) and f"{_TRUST}:they_high" in flags
    return "How to say it, once figures are due:" if early else "How to say it:"


def _statement(plan: RoadmapPlan, deal: Deal, total: float | None) -> str:
    if deal.first_order is None or total is None or not _names_amounts(deal, total):
        return plan.statement_open.format(what=plan.names[deal.kind].first)
    return plan.statement.format(
        what=plan.names[deal.kind].first,
        first=money(deal.first_order, deal.currency),
        total=money(total, deal.currency),
        months=months_in_words(deal),
        gate=plan.gates[0],
    )


def _by_their_pole(texts: ByTheirPole, flags: Collection[str]) -> str:
    if f"{_TRUST}:they_high" in flags:
        return texts.they_high
    return texts.they_low if f"{_TRUST}:they_low" in flags else texts.none


def percent(share: float) -> str:
    """Return a share [0..1] as people write it: `0.5 %`, `12 %`."""
    shown = 100 * share
    if shown < 0.1:
        return "less than 0.1 %"
    return f"{shown:.1f} %".replace(".0 ", " ") if shown < 10 else f"{shown:.0f} %"


def money(amount: float, currency: str) -> str:
    """Return an amount as people write it: `EUR 25,000`."""
    shown = f"{amount:,.2f}".removesuffix(".00")
    return f"{currency} {shown}"
