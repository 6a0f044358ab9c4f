"""Results as plain objects, ready for JSON, and the JSON file with the provenance of each number.

What a file holds is described by `parley-comparison.schema.json` and `parley-brief.schema.json` in
`data/schemas/`.
"""

from __future__ import annotations

import json
from typing import Any

from analysis.comparison import Comparison, Gap
from analysis.deal import changed_fields
from analysis.exports.opinions import opinions_object
from analysis.exports.provenance import provenance_object
from analysis.exports.subject import Stamp, Subject
from analysis.friction.assessment import Friction, TopicFriction
from analysis.friction.ranking import common_ground, top_frictions
from analysis.friction.words import citation_line, describe, shared_sentence
from analysis.knowledge import Knowledge
from analysis.knowledge.record import Citation
from analysis.profiles import Profile
from analysis.sentences import CAVEAT, source_line
from analysis.strategy.brief import Brief
from analysis.tables import Tables
from analysis.uncertainty import DRAWS, SEED

SCHEMA_VERSION = "1.2"
"""Raised with every change to what the files hold."""


def as_json(subject: Subject) -> bytes:
    """Return all data of a comparison or brief with where each number comes from.

    UTF-8, with the private answers of a brief; the same subject gives the same bytes.
    """
    pair, brief = subject.comparison, subject.brief
    if brief:
        held = brief_object(subject.knowledge, subject.tables, brief, *subject.cautions)
        kind = "brief"
    else:
        held = comparison_object(subject.knowledge, pair, subject.friction, *subject.cautions)
        kind, held = "comparison", held | {"overall": _overall(subject.friction)}
    found = {
        "schema": {"name": f"parley-{kind}", "version": SCHEMA_VERSION},
        "stamp": _stamp(subject.stamp),
        **held,
        "dimensions": {d: _dimension(subject, gap) for d, gap in pair.gaps.items()},
        "percentile_intervals": {
            measure.id: list(found.percentile_interval or ()) for measure, found in pair.listed
        },
        "headline": _pair(pair),
        "overlap": {
            "independent": pair.overlap_independent.share if pair.overlap_independent else None,
            "correlated": pair.overlap_correlated.share if pair.overlap_correlated else None,
        },
        "agreement": opinions_object(subject),
        "further": [_party(party) for party in subject.further],
        "pairs": [_pair(each) for each in subject.pairs],
        "provenance": provenance_object(subject),
    }
    written = json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{written}\n".encode()


def _stamp(stamp: Stamp) -> dict[str, Any]:
    return {
        "title": stamp.title,
        "subtitle": stamp.subtitle,
        "parties": list(stamp.parties),
        "settings_changed": list(stamp.settings),
        "data_version": stamp.data_version,
        "date": stamp.day.isoformat(),
        "source": stamp.source,
        "caveat": stamp.caveat,
        "link": stamp.link or None,
    }


def _dimension(subject: Subject, gap: Gap) -> dict[str, Any]:
    framework = subject.tables.frameworks[subject.comparison.settings.framework]
    dimension = framework.dimension(gap.dimension)
    said = {
        "name": dimension.name,
        "about": dimension.plain,
        "low_pole": dimension.low_pole,
        "high_pole": dimension.high_pole,
        "gap_standardised": gap.standardised,
        "contribution": gap.contribution,
        "overlap": gap.overlap.share if gap.overlap else None,
        "superiority": gap.overlap.superiority if gap.overlap else None,
    }
    return said | ({"reason": gap.reason} if gap.reason else {})


def _pair(pair: Comparison) -> dict[str, Any]:
    """Return the headline distance of a pair, or why it has none."""
    found: dict[str, Any] = {
        "a": pair.a.id,
        "b": pair.b.id,
        "dimensions_used": list(pair.dimensions_used),
        "measure": pair.settings.measure,
    }
    if pair.reason:
        return found | {"reason": pair.reason}
    headline = pair.headline
    return found | {
        "value": headline.value,
        "percentile": headline.percentile,
        "interval": list(headline.interval or ()),
        "percentile_interval": list(headline.percentile_interval or ()),
    }


def comparison_object(
    knowledge: Knowledge, comparison: Comparison, friction: Friction, caution: str = ""
) -> dict[str, Any]:
    """Return a comparison as the object that `compare --json` prints.

    `caution` stands beside the ranks where another survey puts the pair elsewhere.
    """
    settings = comparison.settings
    found: dict[str, Any] = {
        "data_version": comparison.data_version,
        "settings": {
            "framework": settings.framework,
            "dimensions": list(settings.dimensions),
            "weights": dict(zip(settings.dimensions, settings.weights, strict=True)),
            "measure": settings.measure,
            "reference": settings.reference,
            "published_only": settings.published_only,
            "unrounded": settings.unrounded,
            "score_error": settings.score_error,
            "between_share": settings.between_share,
            "severity": settings.severity,
            "draws": DRAWS,
            "seed": SEED,
        },
        "a": _party(comparison.a),
        "b": _party(comparison.b),
        "dimensions_used": list(comparison.dimensions_used),
        "gaps": {d: gap.points for d, gap in comparison.gaps.items()},
    }
    if comparison.reason:
        return found | {"reason": comparison.reason}
    measures = {
        measure.id: {
            "value": result.value,
            "percentile": result.percentile,
            "interval": list(result.interval or ()),
        }
        for measure, result in comparison.listed
    }
    beside = {"caution": caution} if caution else {}
    return found | {
        "measures": measures, **beside, "friction": friction_object(knowledge, friction),
    }  # fmt: skip


def _party(profile: Profile) -> dict[str, Any]:
    scores = dict(zip(profile.dimension_ids, profile.scores, strict=True))
    return {
        "id": profile.id,
        "name": profile.name,
        "kind": profile.kind,
        "scores": {d: score.value for d, score in scores.items()},
        "standing": {d: score.standing for d, score in scores.items()},
    }


def friction_object(knowledge: Knowledge, friction: Friction) -> dict[str, Any]:
    """Return the friction of a pair; a value that cannot be had is null and has a reason."""
    found: dict[str, Any] = {
        "overall": friction.overall,
        "overall_percentile": friction.overall_percentile,
        "topics": [_topic(t) for t in friction.topics],
        "top": [t.topic.id for t in top_frictions(knowledge, friction)],
    }
    return found | ({"reason": friction.reason} if friction.reason else {})


def _topic(found: TopicFriction) -> dict[str, Any]:
    said = {
        "id": found.topic.id,
        "name": found.topic.title,
        "family": found.topic.family,
        "gap": found.gap,
        "severity": found.severity,
        "interval": list(found.interval) if found.interval else None,
        "high_side": found.high_side,
        "felt_by_a": found.felt_by_a,
        "felt_by_b": found.felt_by_b,
        "evidence": found.topic.evidence,
    }
    return said | ({"reason": found.reason} if found.reason else {})


def brief_object(
    knowledge: Knowledge, tables: Tables, brief: Brief, caution: str = ""
) -> dict[str, Any]:
    """Return a whole brief; every prediction with its words, evidence and sources."""
    framework = brief.comparison.settings.framework
    return comparison_object(knowledge, brief.comparison, brief.friction, caution) | {
        "source": source_line(tables, framework),
        "caveat": CAVEAT,
        "deal": _plain(changed_fields(brief.deal)),
        "sentences": list(brief.sentences),
        "overall": _overall(brief.friction),
        **_decisions(brief),
        "say_early": [
            {"text": item.text, "again_at": list(item.stages)} for item in brief.must_say
        ],
        "say_again": brief.must_say_again,
        "listen_for": [item.text for item in brief.cues],
        "first_question": brief.first_question,
        "common_ground": [
            {"topic": t.topic.id, "severity": t.severity, "text": shared_sentence(t)}
            for t in common_ground(knowledge, brief.friction)
        ],
        "predictions": [
            _prediction(knowledge, tables, t) for stage in brief.stages for t in stage.first
        ],
        "stages": [
            {
                "id": stage.stage.id,
                "name": stage.stage.name,
                "frictions": [t.topic.id for t in stage.first],
                "again": [t.topic.id for t in stage.again],
            }
            for stage in brief.stages
        ],
        **_plans(brief),
        "not_everyone": list(brief.not_everyone),
        "sources": [citation_line(tables, c) for c in sources_of(knowledge, brief)],
    }


def _decisions(brief: Brief) -> dict[str, Any]:
    orientation, adaptation = brief.orientation, brief.adaptation
    return {
        "orientation": {
            "outcome": orientation.outcome,
            "verdict": orientation.verdict,
            "decided_by": list(orientation.decided_by),
            "why": orientation.why,
            "against": orientation.against,
            "advice": orientation.advice,
        },
        "adaptation": {
            "strategies": [
                {"id": i, "name": s.name, "joint": s.joint, "does": s.does}
                for i, s in zip(adaptation.ids, adaptation.strategies, strict=True)
            ],
            "placed_by": adaptation.standing,
            "note": adaptation.note,
        },
    }


def _overall(friction: Friction) -> dict[str, Any]:
    multipliers = friction.multipliers
    return {
        "severity": friction.overall,
        "interval": list(friction.overall_interval) if friction.overall_interval else None,
        "percentile": friction.overall_percentile,
        "percentile_interval": list(friction.rank_interval) if friction.rank_interval else None,
        "with_the_deal": friction.overall_in_context,
        "families": dict(friction.families) or None,
        "circumstances": [effect.id for effect in friction.effects],
        "felt_multipliers": dict(zip("ab", multipliers, strict=True)) if multipliers else None,
        "notices_more": friction.notices_more,
    }


def _prediction(knowledge: Knowledge, tables: Tables, found: TopicFriction) -> dict[str, Any]:
    said = describe(knowledge, tables, found)
    return {
        "topic": said.id,
        "severity_with_deal": found.in_context,
        "band": found.band.id if found.band else None,
        "uncertain": found.uncertain,
        "counted_severity": found.counted,
        "contested": [finding.id for finding in found.contested],
        "probability": found.probability,
        "drivers": dict(found.drivers),
        "headline": said.headline,
        "you_may_see": said.you_may_see,
        "they_may_see": said.they_may_see,
        "question": said.question,
        "holds_if": said.holds_if,
        "fails_if": said.fails_if,
        "first_move": said.move,
        "ask_of_them": said.request,
        "terms": said.terms,
        "example": said.example,
        "exceptions": list(said.exceptions),
        "limits": said.limits,
        "sources": [citation_line(tables, c) for c in said.sources],
    }


def _plans(brief: Brief) -> dict[str, Any]:
    roadmap, questions, lead = brief.roadmap, brief.questions, brief.leadership
    return {
        "roadmap": {
            "steps": [
                {"name": s.name, "amount": s.amount, "share": s.share, "month": s.month}
                for s in roadmap.steps
            ],
            "total": roadmap.total,
            "suggested": roadmap.suggested,
            "check": {"level": roadmap.level, "text": roadmap.check},
            "statement": roadmap.statement,
            "next_step_when": list(roadmap.gates),
            "two_tracks": roadmap.two_track,
            "when_to_talk_money": roadmap.numbers,
        },
        "questions": {
            "cards": [{"text": c.text, "learns": c.learns} for c in questions.cards],
            "alternatives": [c.text for c in questions.alternatives],
            "personal": [{"about": c.text, "answer": c.answer} for c in questions.personal],
            "personal_note": questions.personal_note,
            "balance": questions.balance,
        },
        "leadership": {
            "state": lead.state,
            "initiative": lead.initiative,
            "alert_title": lead.alert_title,
            "alert": lead.alert,
            "action": lead.action,
        },
        "who_decides": list(brief.decider_hints),
        "agenda": [
            {"stage": i.stage.id, "minutes": i.minutes, "aim": i.stage.aim, "why": list(i.why)}
            for i in brief.agenda
        ],
        "shared_aim": brief.shared_aim,
        "it_starts_now": brief.relationship_start,
        "worksheets": {
            w.id: {
                "title": w.title,
                "columns": {c.key: c.label for c in w.columns},
                "rows": [dict(row) for row in w.rows],
            }
            for w in brief.worksheets
        },
    }


def sources_of(knowledge: Knowledge, brief: Brief) -> list[Citation]:
    """Return what a brief rests on, each source once with all it is used for left to its place."""
    strategy = knowledge.strategy
    plans = [getattr(strategy, name) for name in strategy.__struct_fields__]
    cited = [
        *(c for stage in brief.stages for t in stage.first for c in t.topic.sources),
        *(f.source for stage in brief.stages for t in stage.first for f in t.contested),
        *(c for plan in plans for c in plan.sources),
        *knowledge.friction.sources,
    ]
    return list({citation.id: citation for citation in reversed(cited)}.values())[::-1]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return {k: _plain(v) for k, v in value.items()} if isinstance(value, dict) else value
