"""The friction between two parties on every topic, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.comparison import Comparison, References
from analysis.deal import Deal, deal_flags
from analysis.friction.perception import felt_multiplier, felt_severity
from analysis.friction.positions import topic_gaps, topic_loadings, topic_positions
from analysis.friction.reference import (
    FrictionReference,
    FrictionReferences,
    family_means,
    overall_severity,
)
from analysis.friction.severity import (
    counted_severity,
    gap_error,
    severity,
    severity_in_context,
    weight_sensitivity,
)
from analysis.knowledge import Knowledge
from analysis.knowledge.record import those_that_hold
from analysis.knowledge.topics import Band, Contested, ContextEffect, PoleName, Topic
from analysis.overlap import overlap
from analysis.profiles import gap_errors
from analysis.reference import percentile, yardstick_for
from analysis.tables import FloatArray
from analysis.uncertainty import simulated_scores

Side = Literal["a", "b"]
_NOTICEABLE = 0.10
"""Difference of the two multipliers from which one side is said to notice more."""
CONTESTED_FROM = 0.25
"""A finding against a score is shown where that score makes up at least this share of a gap."""


@dataclass(frozen=True, slots=True)
class TopicFriction:
    """One topic for one pair; side a is ours.

    `severity` follows the rule of the settings, `closed_form` and `counted` are both rules' values
    (percentiles among all country pairs, 0..100), `in_context` is the severity moved by the deal,
    `felt_by_a` and `felt_by_b` are that as each side feels it. `probability` is the share of random
    pairs of people who differ in the predicted direction [0..1]. `one_way` is the severity that the
    dimensions on the stronger side would have alone: far above `severity` where wide gaps pull
    against each other. All are None where `reason` says why there is no value.
    """

    topic: Topic
    reason: str
    gap: float | None = None
    severity: float | None = None
    closed_form: float | None = None
    counted: float | None = None
    interval: tuple[float, float] | None = None
    in_context: float | None = None
    band: Band | None = None
    uncertain: bool = False
    high_side: Side | None = None
    felt_by_a: float | None = None
    felt_by_b: float | None = None
    probability: float | None = None
    mean_position: float | None = None
    one_way: float | None = None
    drivers: tuple[tuple[str, float], ...] = ()
    contested: tuple[Contested, ...] = ()

    def pole_of(self, side: Side) -> PoleName:
        """Return the pole toward which a side stands; our side is low where the gap is 0."""
        return "high" if self.high_side == side else "low"


@dataclass(frozen=True, slots=True)
class Friction:
    """All topics for one pair.

    `overall` is the mean of the family means of the severities without the deal [0..100], with its
    rank among all pairs; both intervals are the middle 90 % of simulated worlds;
    `families` holds those means; `reason` says why there is none. `notices_more` is the side that
    is likely to feel the friction more, None where both feel it alike or it is not known.
    """

    topics: tuple[TopicFriction, ...]
    families: Mapping[str, float]
    overall: float | None
    overall_percentile: float | None
    overall_interval: tuple[float, float] | None
    rank_interval: tuple[float, float] | None
    overall_in_context: float | None
    multipliers: tuple[float, float] | None
    notices_more: Side | None
    effects: tuple[ContextEffect, ...]
    reason: str

    def topic(self, topic_id: str) -> TopicFriction:
        """Return the friction on one topic."""
        return next(found for found in self.topics if found.topic.id == topic_id)


def sensitivity(
    knowledge: Knowledge, references: References, comparison: Comparison
) -> tuple[float, float]:
    """Shake the topics' weights for a pair that has friction.

    Returns
    -------
    spread : float
        Median over the topics of the standard deviation of a severity [points].
    kept : float
        Mean share of the top topics that stay among the top [0..1].
    """
    used = comparison.dimensions_used
    reference = references.reference(yardstick_for(comparison.settings, used))
    loadings = topic_loadings(
        knowledge.topics, used, reference.covariance, knowledge.friction.fewest_weight_share
    )
    known = loadings[np.isfinite(loadings).all(axis=1)]
    spread = np.sqrt(reference.covariance.diagonal())
    spreads, kept = weight_sensitivity(
        np.array([comparison.gaps[d].standardised for d in used], dtype=float),
        known,
        reference.covariance / np.outer(spread, spread),
        knowledge.friction.sensitivity,
    )
    return float(np.median(spreads)), kept


def assess(
    knowledge: Knowledge,
    references: References,
    friction_references: FrictionReferences,
    comparison: Comparison,
    deal: Deal,
) -> Friction:
    """Predict the friction of a pair.

    A pair without a distance has no friction either, but the same reason.
    """
    if comparison.reason:
        return _without(knowledge, comparison.reason)
    settings, used = comparison.settings, comparison.dimensions_used
    foreign = {d for topic in knowledge.topics for d in topic.weights} - set(
        comparison.a.dimension_ids
    )
    if foreign:
        rests_on = references.tables.frameworks[knowledge.friction.framework]
        chosen = references.tables.frameworks[settings.framework]
        return _without(
            knowledge,
            f"No friction is predicted from {chosen.short_name}: the topics rest on the dimensions"
            f" of {rests_on.short_name}. Choose that framework under Settings to see them.",
        )
    yardstick = yardstick_for(settings, used)
    reference = references.reference(yardstick)
    against = friction_references(yardstick)
    scores = np.array([p.values[reference.columns] for p in (comparison.a, comparison.b)])
    gaps = topic_gaps(scores[0], scores[1], reference.covariance, against.loadings)
    positions = topic_positions(scores, against.mean, reference.covariance, against.loadings)
    of_gaps = gap_errors(comparison.a, comparison.b, settings.score_error)[reference.columns]
    errors = gap_error(against.loadings, reference.covariance, of_gaps)
    effects = those_that_hold(knowledge.friction.context, deal_flags(deal))
    multipliers = _multipliers(knowledge, comparison, deal)
    standardised = np.array([comparison.gaps[d].standardised for d in used], dtype=float)
    found = []
    for place, topic in enumerate(knowledge.topics):
        if np.isnan(gaps[place]):
            found.append(TopicFriction(topic, _why_no_topic(topic, used)))
            continue
        found.append(
            _assess_topic(
                knowledge, comparison, topic, float(gaps[place]), float(errors[place]),
                against.gaps[place], _effect(effects, deal, topic), multipliers,
                dict(zip(used, (against.loadings[place] * standardised).tolist(), strict=True)),
                float(positions[:, place].mean()),
            )
        )  # fmt: skip
    return _together(knowledge, references, comparison, against, found, effects, multipliers)


def _without(knowledge: Knowledge, reason: str) -> Friction:
    topics = tuple(TopicFriction(topic, reason) for topic in knowledge.topics)
    return Friction(topics, {}, None, None, None, None, None, None, None, (), reason)


def _why_no_topic(topic: Topic, used: tuple[str, ...]) -> str:
    lacking = [d.upper() for d in topic.weights if d not in used]
    return f"too little to go by without {' and '.join(lacking)}"


def _effect(effects: tuple[ContextEffect, ...], deal: Deal, topic: Topic) -> float:
    own = dict(deal.effects)
    return sum(own.get(e.id, e.effect) for e in effects if not e.topics or topic.id in e.topics)


def _drivers(parts: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the dimensions behind a gap with their signed share of it, the largest first."""
    total = sum(map(abs, parts.values()))
    shares = {d: part / total for d, part in parts.items() if part}
    return tuple(sorted(shares.items(), key=lambda held: -abs(held[1])))


def _multipliers(
    knowledge: Knowledge, comparison: Comparison, deal: Deal
) -> tuple[float, float] | None:
    felt = knowledge.friction.felt
    if felt.dimension not in comparison.dimensions_used:
        return None
    z = comparison.gaps[felt.dimension].standardised or 0.0
    return (
        felt_multiplier(z, 0.0, deal.own_lived + deal.own_language, felt),
        felt_multiplier(0.0, z, deal.their_lived + deal.their_language, felt),
    )


def _assess_topic(
    knowledge: Knowledge,
    comparison: Comparison,
    topic: Topic,
    gap: float,
    error: float,
    reference_gaps: FloatArray,
    effect: float,
    multipliers: tuple[float, float] | None,
    parts: Mapping[str, float],
    mean_position: float,
) -> TopicFriction:
    model, settings, drivers = knowledge.friction, comparison.settings, _drivers(parts)
    sides = [sum(part for part in parts.values() if part * sign > 0.0) for sign in (1, -1)]
    reach = model.interval * error
    edges = np.array([gap, max(0.0, abs(gap) - reach), abs(gap) + reach])
    closed = severity(edges).tolist()
    counted = [counted_severity(edge, reference_gaps) for edge in edges.tolist()]
    value, low, high = counted if settings.severity == "counted" else closed
    moved = severity_in_context(value, effect)
    superiority = overlap(abs(gap), settings.between_share).superiority
    return TopicFriction(
        topic, "", gap, value, closed[0], counted[0], (low, high), moved, model.band(moved),
        uncertain=model.band(low).id == "low",
        high_side=None if gap == 0 else "a" if gap > 0 else "b",
        felt_by_a=felt_severity(moved, multipliers[0]) if multipliers else None,
        felt_by_b=felt_severity(moved, multipliers[1]) if multipliers else None,
        probability=superiority,
        mean_position=mean_position,
        one_way=float(severity(np.array(sides, dtype=float)).max()),
        drivers=drivers,
        contested=_contested(knowledge, comparison, topic, drivers),
    )  # fmt: skip


def _contested(
    knowledge: Knowledge,
    comparison: Comparison,
    topic: Topic,
    drivers: tuple[tuple[str, float], ...],
) -> tuple[Contested, ...]:
    strong = {d for d, share in drivers if abs(share) >= CONTESTED_FROM}
    sides = {comparison.a.id, comparison.b.id}
    return tuple(
        finding
        for finding in knowledge.contested
        if finding.id in topic.contested
        and finding.dimension in strong
        and (not finding.profiles or sides & set(finding.profiles))
    )


def _together(
    knowledge: Knowledge,
    references: References,
    comparison: Comparison,
    against: FrictionReference,
    found: list[TopicFriction],
    effects: tuple[ContextEffect, ...],
    multipliers: tuple[float, float] | None,
) -> Friction:
    plain = np.array([np.nan if t.severity is None else t.severity for t in found])
    moved = np.array([np.nan if t.in_context is None else t.in_context for t in found])
    means = family_means(knowledge, plain)
    overall = float(overall_severity(knowledge, plain))
    known = bool(np.isfinite(overall)) and len(against.overall) > 0
    interval = None
    if known:
        low, high = _overall_interval(knowledge, references, comparison, against)
        interval = min(overall, low), max(overall, high)
    more: Side | None = None
    if multipliers and abs(multipliers[0] - multipliers[1]) > _NOTICEABLE:
        more = "a" if multipliers[0] > multipliers[1] else "b"
    return Friction(
        tuple(found),
        {f.id: float(m) for f, m in zip(knowledge.families, means, strict=True) if np.isfinite(m)},
        overall if known else None,
        percentile(overall, against.overall) if known else None,
        interval,
        (percentile(interval[0], against.overall), percentile(interval[1], against.overall))
        if interval
        else None,
        float(overall_severity(knowledge, moved)) if known else None,
        multipliers,
        more,
        effects,
        ""
        if known
        else "Too few families of topics have the scores they need for an overall figure.",
    )


def _overall_interval(
    knowledge: Knowledge,
    references: References,
    comparison: Comparison,
    against: FrictionReference,
) -> tuple[float, float]:
    """Return the middle 90 % of the overall severity over simulated errors in the pair's scores."""
    settings = comparison.settings
    framework = references.tables.frameworks[settings.framework]
    reference = references.reference(yardstick_for(settings, comparison.dimensions_used))
    errors = references.errors(framework.id)[:_WORLDS]
    worlds = [
        simulated_scores(framework, p, reference.columns, settings.score_error, errors)
        for p in (comparison.a, comparison.b)
    ]
    gaps = topic_gaps(worlds[0], worlds[1], reference.covariance, against.loadings)
    low, high = np.quantile(overall_severity(knowledge, severity(gaps)), (0.05, 0.95))
    return float(low), float(high)


_WORLDS = 500
"""Enough for whole points of severity; the topics' own intervals need no simulation."""
