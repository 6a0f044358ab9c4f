"""Where the distance of a pair and its friction rank far apart: one sentence on how both hold."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.comparison import Comparison, Gap
from analysis.friction.assessment import Friction
from analysis.knowledge import Knowledge
from analysis.measures.registry import MEASURES
from analysis.sentences import leaves_open, ordered_gaps
from analysis.tables import Tables
from analysis.words import join, of_hundred

APART = 20.0
"""Percentile points between both ranks from which on a reader may take them for a contradiction."""

_MUCH = 0.25
"""Share of the distance from which on one dimension is named."""

_OFFSET = 20.0
"""Points of severity that gaps in opposite directions take from a topic before it is counted."""

_MOST_NAMED = 2


def ranks_sentence(
    tables: Tables, knowledge: Knowledge, comparison: Comparison, friction: Friction
) -> str:
    """Return why distance and friction rank a pair so differently; empty where they do not.

    It is empty too where a range is so wide that one of them cannot be told.

    A distance adds up the gaps on all dimensions alike. Friction rests on topics, each of which
    weighs a few dimensions and lets gaps in opposite directions offset each other. What is said of
    the pair is counted from its own gaps: the share that a dimension has of the distance beside its
    share of the weights, and the topics whose gaps pull against each other, or together.

    Parameters
    ----------
    friction : Friction
        Of the same pair, under the same settings.
    """
    if comparison.reason or friction.overall_percentile is None:
        return ""
    far, rub = comparison.headline.percentile, friction.overall_percentile
    ranges = comparison.headline.percentile_interval, friction.rank_interval
    if abs(far - rub) < APART or any(map(leaves_open, ranges)):
        return ""
    told = _why_less(tables, knowledge, comparison, friction)
    if rub > far:
        told = _why_more(tables, knowledge, comparison, friction)
    return (
        f"In distance they rank above {of_hundred(far)} of 100 country pairs, in friction above"
        f" {of_hundred(rub)}, and both hold: {told}."
    )


def topic_weights(knowledge: Knowledge, comparison: Comparison) -> Mapping[str, float]:
    """Return the share of each dimension in the weights of the topics [0..1], areas counting alike.

    Of the dimensions that the comparison uses, as far as any topic rests on them.
    """
    shares = dict.fromkeys(comparison.dimensions_used, 0.0)
    for family in knowledge.families:
        own = [topic for topic in knowledge.topics if topic.family == family.id]
        for topic in own:
            whole = sum(map(abs, topic.weights.values())) * len(own)
            for dimension in shares.keys() & topic.weights.keys():
                shares[dimension] += abs(topic.weights[dimension]) / whole
    total = sum(shares.values())
    return {dimension: share / total for dimension, share in shares.items()}


def _why_less(
    tables: Tables, knowledge: Knowledge, comparison: Comparison, friction: Friction
) -> str:
    weights = topic_weights(knowledge, comparison)
    light = [g for g in _large(comparison) if 2 * weights[g.dimension] < (g.contribution or 0.0)]
    one = len(light) == 1
    said = [
        f"{_named(tables, comparison, light)} {'makes' if one else 'make'} up"
        f" {_percent(sum(g.contribution or 0.0 for g in light))} of the distance but"
        f" {'carries' if one else 'carry'} {_percent(sum(weights[g.dimension] for g in light))} of"
        " the weight in the topics"
    ] * bool(light)
    known = [t for t in friction.topics if t.closed_form is not None]
    offset = [t for t in known if (t.one_way or 0.0) - (t.closed_form or 0.0) >= _OFFSET]
    if 4 * len(offset) >= len(known):
        said.append(f"on {len(offset)} of {len(known)} topics gaps pull in opposite directions")
    return ", and ".join(said) or (
        "the distance adds up every gap, while a topic weighs only some and lets them offset each"
        " other"
    )


def _why_more(
    tables: Tables, knowledge: Knowledge, comparison: Comparison, friction: Friction
) -> str:
    weights = topic_weights(knowledge, comparison)
    alike = 1 / len(weights)
    heavy = [g for g in _large(comparison) if weights[g.dimension] > alike]
    said = [
        f"{_named(tables, comparison, heavy)} {'carries' if len(heavy) == 1 else 'carry'}"
        f" {_percent(sum(weights[g.dimension] for g in heavy))} of the weight in the topics, where"
        f" an even share is {_percent(len(heavy) * alike)}"
    ] * bool(heavy)
    known = [t for t in friction.topics if t.closed_form is not None]
    together = [t for t in known if (t.one_way or 0.0) - (t.closed_form or 0.0) < 1.0]
    if 2 * len(together) >= len(known):
        said.append(f"on {len(together)} of {len(known)} topics all gaps pull the same way")
    return ", and ".join(said) or (
        "a topic weighs some dimensions more than the distance does, and its gaps add up where"
        " they pull the same way"
    )


def _large(comparison: Comparison) -> list[Gap]:
    """Return the dimensions behind the distance, for measures that add up like Kogut-Singh's."""
    if MEASURES[comparison.settings.measure].same_order_as != "konara_mohr":
        return []
    gaps = [g for g in ordered_gaps(comparison) if (g.contribution or 0.0) >= _MUCH]
    return sorted(gaps, key=lambda gap: -(gap.contribution or 0.0))[:_MOST_NAMED]


def _named(tables: Tables, comparison: Comparison, gaps: list[Gap]) -> str:
    framework = tables.frameworks[comparison.settings.framework]

    def named(gap: Gap) -> str:
        a, b = (side.score(gap.dimension).value or 0.0 for side in (comparison.a, comparison.b))
        name = framework.dimension(gap.dimension).name.lower()
        return f"{name} ({framework.shown(a)} against {framework.shown(b)})"

    return join(named(gap) for gap in gaps)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
