"""Where each number of a data export comes from, in a form that a machine can follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.comparison import Comparison
from analysis.exports.opinions import opinion_entries
from analysis.exports.subject import Subject
from analysis.friction.assessment import TopicFriction
from analysis.friction.ranking import common_ground
from analysis.knowledge.record import Citation
from analysis.measures.registry import LISTED, MEASURES
from analysis.profiles import Profile
from analysis.settings import REFERENCE_RULES
from analysis.tables import Source, Tables
from analysis.uncertainty import COVERAGE, DRAWS, SEED

DESIGN = "parley-design"
INSIDE_COUNTRIES = "taras-2016"
"""The study behind the share of the variation that lies between countries."""

HOW_TO_FOLLOW = (
    "The keys of `numbers` are JSON pointers into this file. The provenance of a number is the"
    " entry whose pointer leads to the number, or else to the nearest part of the file that holds"
    " it. `rests_on` points to the numbers it was computed from; `methods` and `sources` name"
    " entries of `provenance/methods` and `provenance/sources`."
)

DEFINITIONS: Mapping[str, str] = {
    "konara_mohr": "Root of the mean of the squared gaps, each over its dimension's variance.",
    "kogut_singh": "Mean of the squared gaps, each over its dimension's variance.",
    "euclidean_standardised": "Root of the sum of the squared gaps, each over its dimension's"
    " variance.",
    "euclidean": "Root of the sum of the squared gaps in points.",
    "manhattan": "Mean of the absolute gaps, each over its dimension's standard deviation.",
    "mahalanobis": "Root of the gaps multiplied by the inverse of the covariance of the dimensions"
    " and by the gaps again.",
    "mahalanobis_kogut_singh": "Square of the Mahalanobis distance divided by the number of"
    " dimensions.",
    "angle": "Angle between the two profiles of scores seen as vectors.",
}
"""What each measure computes; a weight other than one multiplies the dimension's part."""

Entry = dict[str, Any]


def provenance_object(subject: Subject) -> dict[str, Any]:
    """Return where every number of `as_json` comes from.

    Returns
    -------
    dict
        `how_to_follow` in words; `numbers` by JSON pointer; the `methods` and `sources` that these
        name, each once.
    """
    numbers = _numbers(subject)
    named = {name for entry in numbers.values() for name in entry["methods"]}
    methods = {name: held for name, held in _methods(subject).items() if name in named}
    used = {i for entry in (*numbers.values(), *methods.values()) for i in entry["sources"]}
    return {
        "how_to_follow": HOW_TO_FOLLOW,
        "numbers": numbers,
        "methods": methods,
        "sources": {i: source_object(s) for i, s in subject.tables.sources.items() if i in used},
    }


def source_object(source: Source) -> dict[str, Any]:
    """Return a source; what is not known of it is null, and a title in words of ours is none."""
    described = source.title.startswith("[")
    return {
        "kind": source.kind,
        "authors": source.authors.split("; "),
        "year": source.year or None,
        "title": None if described else source.title or None,
        "description": source.title.strip("[]") if described else None,
        "published_in": source.published_in or None,
        "address": source.address or None,
        "terms": source.terms or None,
        "read": source.read,
    }


def score_source(tables: Tables, profile: Profile) -> str:
    """Return the id of the source that a profile's scores are from."""
    return tables.frameworks[profile.framework].source


def topic_sources(found: TopicFriction) -> list[str]:
    """Return the ids of what a topic rests on: its studies, what doubts it, our own weights."""
    return _ids((*found.topic.sources, *(c.source for c in found.contested)), DESIGN)


def _ids(citations: Iterable[Citation], *more: str) -> list[str]:
    return list(dict.fromkeys((*(citation.id for citation in citations), *more)))


def _cited(citations: Iterable[Citation]) -> list[dict[str, str | None]]:
    return [
        {"source": c.id, "mark": c.mark, "locator": c.locator or None, "says": c.says or None}
        for c in citations
    ]


def _entry(
    what: str,
    rests_on: Sequence[str] = (),
    methods: Sequence[str] = (),
    sources: Sequence[str] = (),
    **more: Any,
) -> Entry:
    named = {"rests_on": list(rests_on), "methods": list(methods), "sources": list(sources)}
    return {"what": what, **more, **named}


def _numbers(subject: Subject) -> dict[str, Entry]:
    pair = subject.comparison
    numbers = {
        "/settings": _entry("Chosen, or the default; see stamp/settings_changed.", sources=[DESIGN])
    }
    starts = ["/a", "/b", *(f"/further/{place}" for place in range(len(subject.further)))]
    for start, party in zip(starts, subject.parties, strict=True):
        numbers |= _scores(subject, start, party)
    numbers |= _gaps(pair)
    if not pair.reason:
        numbers |= _measures(subject) | _friction(subject)
    where = {p.id: start for p, start in zip(subject.parties, starts, strict=True)}
    for place, each in enumerate(subject.pairs):
        sides = (where[each.a.id], where[each.b.id])
        if not each.reason:
            what = f"Headline distance of {each.a.id} and {each.b.id}."
            numbers[f"/pairs/{place}"] = _distance(what, each, sides, each.settings.measure)
    return numbers | opinion_entries(subject) | (_brief(subject) if subject.brief else {})


def _scores(subject: Subject, start: str, party: Profile) -> dict[str, Entry]:
    framework = subject.tables.frameworks[party.framework]
    unrounded = subject.comparison.settings.unrounded
    said = {
        "published": "Score as published for this party.",
        "regional": "Score published for the region that the country was counted in.",
        "yours": "Uploaded, or made from a team's members; the person's own.",
        "missing": "No score was published; it is left out and never filled in.",
    }
    return {
        f"{start}/scores/{d}": _entry(
            said[score.standing],
            sources=[framework.source] if party.is_from_framework(score) else [],
            party=party.id,
            dimension=d,
            standing=score.standing,
            origin=score.origin or None,
            locator=framework.locators.get(score.origin),
            column="value_unrounded" if unrounded else "value",
        )
        for d, score in zip(party.dimension_ids, party.scores, strict=True)
    }


def _gaps(pair: Comparison) -> dict[str, Entry]:
    numbers = {}
    for d, gap in pair.gaps.items():
        rests_on = [f"/a/scores/{d}", f"/b/scores/{d}"] if gap.points is not None else []
        numbers[f"/gaps/{d}"] = _entry(
            "Score of side a minus score of side b.",
            rests_on,
            counts=not gap.reason and d in pair.dimensions_used,
            reason=gap.reason or None,
        )
        if gap.standardised is not None:
            numbers[f"/dimensions/{d}"] = _entry(
                "Gap in standard deviations of the reference set, its share of the Kogut-Singh"
                " sum, and how far the two populations overlap.",
                [*rests_on, f"/settings/weights/{d}"],
                ["reference", "overlap"], MEASURES["kogut_singh"].source_ids,
            )  # fmt: skip
    return numbers


def _distance(what: str, pair: Comparison, sides: tuple[str, str], measure_id: str) -> Entry:
    measure = MEASURES[measure_id]
    rests_on = [f"{side}/scores/{d}" for side in sides for d in pair.dimensions_used]
    return _entry(
        what,
        rests_on + [f"/settings/weights/{d}" for d in pair.dimensions_used],
        ["reference", "percentile", "interval"],
        measure.source_ids,
        measure=measure.id,
        definition=DEFINITIONS[measure.id],
        unit=measure.unit,
        dimensions=list(pair.dimensions_used),
        reference_pairs=pair.reference_pairs,
    )


def _measures(subject: Subject) -> dict[str, Entry]:
    pair, sides = subject.comparison, ("/a", "/b")
    what = "Headline distance of the two sides."
    numbers = {"/headline": _distance(what, pair, sides, pair.settings.measure)}
    for measure in (m for m in LISTED if pair.reason or m.id in pair.measures):
        what = f"{measure.label}: value, percentile among the reference pairs, interval."
        numbers[f"/measures/{measure.id}"] = _distance(what, pair, sides, measure.id)
    on, means = list(numbers)[1:], "Intervals of the percentiles."
    numbers["/percentile_intervals"] = _entry(means, on, ["percentile", "interval"], [DESIGN])
    numbers["/overlap"] = _entry(
        "Overlap of the two populations on all dimensions, taken as independent or as correlated.",
        [f"/dimensions/{d}" for d in pair.dimensions_used],
        ["reference", "overlap"], MEASURES["mahalanobis"].source_ids,
    )  # fmt: skip
    return numbers


def _friction(subject: Subject) -> dict[str, Entry]:
    friction, pair = subject.friction, subject.comparison
    numbers, deal = {}, ["/deal"] if subject.brief else []
    for place, found in enumerate(friction.topics):
        used = [d for d in found.topic.weights if d in pair.dimensions_used and not found.reason]
        numbers[f"/friction/topics/{place}"] = _entry(
            "Gap on a topic, its percentile among all country pairs, and how each side feels it.",
            [*(f"/dimensions/{d}/gap_standardised" for d in used), *deal],
            ["topic_gap", "severity", "topic_interval", "circumstances", "felt", "reference"],
            topic_sources(found),
            topic=found.topic.id,
            weights=dict(found.topic.weights),
            weights_by=DESIGN,
            drivers=dict(found.drivers),
            evidence=found.topic.evidence,
            evidence_means=subject.knowledge.friction.grade(found.topic.evidence).plain,
            citations=_cited(found.topic.sources),
            doubts=_cited(c.source for c in found.contested),
        )
    known = [f"/friction/topics/{p}" for p, t in enumerate(friction.topics) if t.gap is not None]
    methods = ["overall", "percentile", "reference"]
    numbers["/friction"] = _entry(
        "Overall severity of the scores alone and its percentile.", known, methods, [DESIGN]
    )
    numbers["/overall"] = _entry(
        "Overall severity with its intervals, the means of the families, and how much more or less"
        " each side is likely to notice.",
        known, [*methods, "overall_interval", "circumstances", "felt"], [DESIGN],
    )  # fmt: skip
    return numbers


def _brief(subject: Subject) -> dict[str, Entry]:
    brief, strategy = subject.brief, subject.knowledge.strategy
    if brief is None:
        return {}
    places = {t.topic.id: place for place, t in enumerate(subject.friction.topics)}
    numbers = {
        "/deal": _entry("Told by the person who made this file."),
        "/roadmap": _entry(
            "Amounts and shares of the stages: those told, the rest as the plan suggests.",
            ["/deal"], ["roadmap"], _ids(strategy.roadmap.sources),
        ),
        "/agenda": _entry(
            "Minutes for each stage of the next meeting.",
            ["/deal"], ["agenda"], _ids(strategy.agenda.sources),
        ),
    }  # fmt: skip
    for place, found in enumerate(t for stage in brief.stages for t in stage.first):
        exceptions = [e.source for e in found.topic.exceptions if e.source]
        numbers[f"/predictions/{place}"] = _entry(
            "Severity as the deal moves it, severity counted among the pairs, the share of random"
            " pairs of people who differ this way round, and what each dimension adds to the gap.",
            [f"/friction/topics/{places[found.topic.id]}", "/deal"],
            ["severity", "circumstances", "overlap"],
            list(dict.fromkeys((*topic_sources(found), *exceptions))),
        )
    for place, found in enumerate(common_ground(subject.knowledge, subject.friction)):
        numbers[f"/common_ground/{place}"] = _entry(
            "Severity of a topic on which little separates the parties.",
            [f"/friction/topics/{places[found.topic.id]}"], ["severity"], topic_sources(found),
        )  # fmt: skip
    return numbers


def _methods(subject: Subject) -> dict[str, Entry]:
    """Return every way of computing that an entry may name."""
    settings = subject.comparison.settings
    strategy = subject.knowledge.strategy
    return {
        "reference": {
            "what": "The rows that set the spread of each dimension, and among whose pairs a"
            " percentile is taken; each distance names its dimensions and the number of pairs.",
            "rule": settings.reference,
            "description": REFERENCE_RULES[settings.reference].description,
            "sources": [score_source(subject.tables, subject.comparison.a)],
        },
        "percentile": {
            "what": "Share of the reference pairs that lie nearer, in percent; pairs exactly as far"
            " apart count half.",
            "sources": [DESIGN],
        },
        "interval": {
            "what": "Published scores carry no error of their own. Each simulated world adds a"
            " normal error to every score of every party and computes spreads, distance and rank"
            " anew; the interval runs between these two quantiles of the worlds and always holds"
            " the value itself.",
            "draws": DRAWS,
            "seed": SEED,
            "score_error": settings.score_error,
            "quantiles": list(COVERAGE),
            "sources": [DESIGN],
        },
        "overlap": {
            "what": "Two normal populations around the two scores, people spreading more widely"
            " than countries because only this share of the variation lies between countries.",
            "between_share": settings.between_share,
            "sources": [INSIDE_COUNTRIES, DESIGN],
        },
        **_friction_methods(subject),
        "roadmap": {
            "what": "Where no stages are told, the total is spread by shares of our own.",
            "sources": _ids(strategy.roadmap.sources),
        },
        "agenda": {
            "what": "Each stage has a share of the time; predictions move it.",
            "sources": _ids(strategy.agenda.sources),
        },
    }


def _friction_methods(subject: Subject) -> dict[str, Entry]:
    model, settings = subject.knowledge.friction, subject.comparison.settings
    closed = "100 erf(|gap| / 2): the percentile of the gap where positions are normal."
    counted = "Share of the reference pairs with a narrower gap, in percent."
    felt = model.felt
    return {
        "topic_gap": {
            "what": "Sum over the dimensions of weight times standardised gap, scaled so that the"
            " positions of the reference set have variance 1. Positive: side a stands nearer the"
            " high pole. The weights are Parley's own design; the studies cited speak for their"
            " direction. There is no value where too small a share of the weights has scores.",
            "fewest_weight_share": model.fewest_weight_share,
            "sources": [DESIGN],
        },
        "severity": {
            "what": counted if settings.severity == "counted" else closed,
            "rule": settings.severity,
            "sources": [DESIGN],
        },
        "topic_interval": {
            "what": "Severity of the gap less and plus this many of its standard errors, which"
            " follow from the error of a score.",
            "standard_errors": model.interval,
            "score_error": settings.score_error,
            "sources": [DESIGN],
        },
        "overall": {
            "what": "Mean of the mean severities of the families of topics.",
            "fewest_families": model.fewest_families,
            "sources": [DESIGN],
        },
        "overall_interval": {
            "what": "Middle 90 % of simulated worlds with an error added to the scores of the two"
            " parties.",
            "score_error": settings.score_error,
            "seed": SEED,
            "sources": [DESIGN],
        },
        "felt": {
            "what": "Severity as the deal moves it, times 1 + slope * (own minus their standardised"
            " score on the dimension), held between lowest and highest, times each_tie for having"
            " lived there and again for speaking the language; at most 100.",
            "dimension": felt.dimension,
            "slope": felt.slope,
            "lowest": felt.lowest,
            "highest": felt.highest,
            "each_tie": felt.each_tie,
            "sources": [felt.source],
        },
        "circumstances": _circumstances(subject),
    }


def _circumstances(subject: Subject) -> Entry:
    model = subject.knowledge.friction
    own = dict(subject.brief.deal.effects) if subject.brief else {}
    studies = [citation for citation in model.sources if citation.id != model.felt.source]
    return {
        "what": "Each circumstance of the deal that holds adds its effect to the log odds of a"
        " severity, on the topics named or on all. The sizes are Parley's own design; a person"
        " may change them.",
        "effects": [
            {
                "id": e.id, "label": e.label, "effect": own.get(e.id, e.effect),
                "default": e.effect, "topics": list(e.topics),
            }
            for e in subject.friction.effects
        ],
        "citations": _cited(studies),
        "sources": _ids(studies, DESIGN),
    }  # fmt: skip
