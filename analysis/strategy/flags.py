"""The flags that conditions in the knowledge files are written in."""

from __future__ import annotations

from analysis.deal import Deal, deal_flags, possible_deal_flags
from analysis.friction.assessment import Friction
from analysis.friction.ranking import predicted
from analysis.knowledge import Knowledge


def brief_flags(deal: Deal, friction: Friction, outcome: str) -> frozenset[str]:
    """Return what holds for this brief.

    The deal's own flags; `topic:<id>:they_high` or `:they_low` for each predicted friction
    that is not uncertain, by the pole at which the other side stands; and the orientation
    (`relationship`, `arms_length`).
    """
    topics = {
        f"topic:{t.topic.id}:they_{t.pole_of('b')}" for t in predicted(friction) if not t.uncertain
    }
    return deal_flags(deal) | topics | {outcome}


def possible_flags(knowledge: Knowledge) -> frozenset[str]:
    """Return every flag that can be set."""
    topics = {f"topic:{t.id}:they_{pole}" for t in knowledge.topics for pole in ("high", "low")}
    return possible_deal_flags() | topics | set(knowledge.strategy.orientation.outcomes)
