"""Who has led so far, and the alert for firmness that comes as a surprise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.knowledge.plans import LeadershipPlan
from analysis.words import join


@dataclass(frozen=True, slots=True)
class Leadership:
    """Where the lead lies; the alert is empty where nothing calls for it."""

    state: str
    initiative: str
    alert_title: str
    alert: str
    action: str


def judge_leadership(plan: LeadershipPlan, flags: Collection[str]) -> Leadership:
    """Return who leads, and the alert where a quiet start is to be followed by a hard phase."""
    alert = plan.alert
    early = [plan.reasons[flag] for flag in alert.any if flag in flags]
    raised = bool(early) and all(flag in flags for flag in alert.all)
    return Leadership(
        next(text for flag, text in plan.states.items() if flag in flags),
        next(text for flag, text in plan.initiative.items() if flag in flags),
        alert.title if raised else "",
        alert.text.format(reason=join(early)) if raised else "",
        alert.action if raised else "",
    )
