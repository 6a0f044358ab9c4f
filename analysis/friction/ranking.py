"""The top frictions, the frictions by stage, and the common ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.friction.assessment import Friction, TopicFriction
from analysis.knowledge import Knowledge
from analysis.knowledge.topics import Stage

MOST_TOP = 5


@dataclass(frozen=True, slots=True)
class StageFrictions:
    """The frictions first met at a stage, and those met before that come back."""

    stage: Stage
    first: tuple[TopicFriction, ...]
    again: tuple[TopicFriction, ...]


def predicted(friction: Friction) -> list[TopicFriction]:
    """Return the topics on which the deal's severity reaches the middle of all pairs."""
    return [t for t in friction.topics if t.band is not None and t.band.from_ > 0]


def priority(knowledge: Knowledge, found: TopicFriction) -> float:
    """Return what topics are put in order by: severity times how much the evidence counts."""
    weight = knowledge.friction.grade(found.topic.evidence).order_weight
    return (found.in_context or 0.0) * weight


def top_frictions(
    knowledge: Knowledge, friction: Friction, most: int = MOST_TOP
) -> tuple[TopicFriction, ...]:
    """Return the frictions to prepare first, never two of one family.

    Topics of a family rest on much the same gap, so the second would say the first again.
    """
    order = sorted(predicted(friction), key=lambda found: -priority(knowledge, found))
    return tuple(_one_of_each_family(order))[:most]


def near(knowledge: Knowledge, friction: Friction) -> list[TopicFriction]:
    """Return the topics that come out close, the nearest first."""
    below = knowledge.friction.common_ground_below
    close = [t for t in friction.topics if t.in_context is not None and t.in_context < below]
    return sorted(close, key=lambda t: t.in_context or 0.0)


def is_balance(knowledge: Knowledge, found: TopicFriction) -> bool:
    """Say whether a topic is close only because wide gaps on its dimensions offset each other.

    What they add up to then hangs on the weights of the topic, which are a judgement. A topic that
    only the deal makes close is no balance.
    """
    below = knowledge.friction.common_ground_below
    close = found.severity is not None and found.severity < below
    return close and _is_wide_one_way(knowledge, found)


def common_ground(knowledge: Knowledge, friction: Friction) -> tuple[TopicFriction, ...]:
    """Return the topics on which little separates the parties, the nearest of each family.

    A topic with wide gaps behind it is none, whether they offset each other or the deal eases them.
    """
    close = near(knowledge, friction)
    return tuple(_one_of_each_family(t for t in close if not _is_wide_one_way(knowledge, t)))


def _is_wide_one_way(knowledge: Knowledge, found: TopicFriction) -> bool:
    return found.one_way is not None and knowledge.friction.band(found.one_way).from_ > 0


def _one_of_each_family(order: Iterable[TopicFriction]) -> list[TopicFriction]:
    kept: dict[str, TopicFriction] = {}
    for found in order:
        kept.setdefault(found.topic.family, found)
    return list(kept.values())


def by_stage(knowledge: Knowledge, friction: Friction) -> tuple[StageFrictions, ...]:
    """Return the predicted frictions in the order in which they will be met.

    Within a stage the one to prepare first stands first.
    """
    order = sorted(predicted(friction), key=lambda found: -priority(knowledge, found))
    return tuple(
        StageFrictions(
            stage,
            tuple(t for t in order if t.topic.stages[0] == stage.id),
            tuple(t for t in order if stage.id in t.topic.stages[1:]),
        )
        for stage in knowledge.stages
    )
