"""Who adapts how: Weiss's strategies by both sides' familiarity."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.deal import Deal
from analysis.knowledge.plans import AdaptationPlan, AdaptationStrategy


@dataclass(frozen=True, slots=True)
class Adaptation:
    """The strategies that suit, the first before the second, and who placed them there."""

    ids: tuple[str, ...]
    strategies: tuple[AdaptationStrategy, ...]
    standing: str
    note: str


def choose_adaptation(plan: AdaptationPlan, deal: Deal) -> Adaptation:
    """Return the strategies for the familiarities that a deal names."""
    cell = next(
        cell
        for cell in plan.cells
        if (cell.own, cell.theirs) == (deal.own_familiarity, deal.their_familiarity)
    )
    return Adaptation(
        cell.choose,
        tuple(plan.strategies[name] for name in cell.choose),
        cell.standing,
        plan.weakest,
    )
