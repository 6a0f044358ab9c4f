"""Relationship or arm's length, naming the condition that decided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.knowledge.plans import OrientationPlan
from analysis.words import capital, join


@dataclass(frozen=True, slots=True)
class Orientation:
    """The decision; `decided_by` and `against` hold the conditions in words."""

    outcome: str
    verdict: str
    decided_by: tuple[str, ...]
    why: str
    against: str
    advice: str


def decide_orientation(
    plan: OrientationPlan, flags: Collection[str], *, assumed: bool = False
) -> Orientation:
    """Return what the first rule that holds decides.

    Parameters
    ----------
    plan : OrientationPlan
    flags : collection of str
        From `analysis.deal.deal_flags`.
    assumed : bool
        Whether the person has told nothing yet, so that the flags are those of an empty form.
    """
    rule = next(r for r in plan.rules if not r.any or any(flag in flags for flag in r.any))
    outcome = plan.outcomes[rule.outcome]
    decided = tuple(plan.conditions[flag] for flag in rule.any if flag in flags)
    contrary = [
        plan.conditions[flag]
        for other in plan.rules
        if other.outcome != rule.outcome
        for flag in other.any
        if flag in flags
    ]
    why = f"Because {join(decided)}." if decided else ""
    if assumed and decided:
        why = plan.assumed.format(conditions=join(decided))
    if rule.overrides:
        why = f"{why} {outcome.override}"
    against = "" if not contrary else plan.against.format(conditions=join(contrary))
    return Orientation(
        rule.outcome, outcome.verdict, decided, capital(why), against, outcome.advice
    )
