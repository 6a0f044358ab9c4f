"""The ids of the items of the Methods page: every page links to them, so nothing else is loaded."""

from __future__ import annotations


def measure_item(measure_id: str) -> str:
    """Return the id of a measure's item."""
    return f"measure-{measure_id}"


def topic_item(topic_id: str) -> str:
    """Return the id of a topic's item."""
    return f"topic-{topic_id}"


def framework_item(framework_id: str) -> str:
    """Return the id of a framework's item."""
    return f"scores-{framework_id}"


def plan_item(plan_id: str) -> str:
    """Return the id of the item of one part of the brief."""
    return f"plan-{plan_id}"
