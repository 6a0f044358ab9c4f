"""The sources of what is shown, as a BibTeX file for BibTeX and Biber."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.exports.address import for_citation
from analysis.exports.as_json import sources_of
from analysis.exports.provenance import INSIDE_COUNTRIES, score_source
from analysis.exports.subject import Stamp, Subject
from analysis.friction.assessment import TopicFriction
from analysis.friction.ranking import common_ground, top_frictions
from analysis.measures.registry import LISTED, MEASURES
from analysis.methods.bibtex import bibtex_entry, entry, escaped, verbatim

OWN_KEY = "parley"
"""The key of the entry for Parley itself; all others are the ids of the sources."""


def as_bibtex(subject: Subject) -> bytes:
    """Return the entries of what an export rests on, with one for Parley itself.

    UTF-8. What stands on every export comes first, as comments. Choices of our own are no
    publications and have no entry, and neither are scores that a person uploaded.
    """
    own = {f.source for f in subject.tables.frameworks.values() if f.own}
    sources = (subject.tables.sources[i] for i in used_sources(subject) if i not in own)
    entries = [bibtex_entry(source) for source in sources if source.kind != "design"]
    parts = [_comments(subject.stamp), _own_entry(subject.stamp), *entries]
    return "\n\n".join([*parts, ""]).removesuffix("\n").encode()


def used_sources(subject: Subject) -> list[str]:
    """Return the ids of the sources of what an export shows, each once.

    The data, the headline and the other measures, then what the brief or the frictions and the
    common ground of a comparison rest on.
    """
    measured = not subject.comparison.reason or any(not pair.reason for pair in subject.pairs)
    headline = MEASURES[subject.comparison.settings.measure]
    formulas = [i for measure in (headline, *LISTED) for i in measure.source_ids]
    used = [
        score_source(subject.tables, subject.comparison.a),
        *(view.source for view in (subject.agreement.known if subject.agreement else ())),
        *(formulas if measured else ()),
        INSIDE_COUNTRIES,
        *_friction_sources(subject),
    ]
    return list(dict.fromkeys(used))


def _friction_sources(subject: Subject) -> list[str]:
    knowledge, friction = subject.knowledge, subject.friction
    if subject.brief:
        shown = [t for stage in subject.brief.stages for t in stage.first]
        shared = common_ground(knowledge, friction)
        cited = [citation.id for citation in sources_of(knowledge, subject.brief)]
        return [*cited, *_topic_sources((*shown, *shared))]
    shown = [*top_frictions(knowledge, friction), *common_ground(knowledge, friction)]
    model = [citation.id for citation in knowledge.friction.sources] if shown else []
    return [*_topic_sources(shown), *model]


def _topic_sources(topics: Iterable[TopicFriction]) -> list[str]:
    return [
        source_id
        for found in topics
        for source_id in (
            *(citation.id for citation in found.topic.sources),
            *(finding.source.id for finding in found.contested),
            *(exception.source for exception in found.topic.exceptions if exception.source),
        )
    ]


def _own_entry(stamp: Stamp) -> str:
    """Return the entry for Parley: which view, which data, which day."""
    what = f"{stamp.title}. {stamp.subtitle}"
    made = f"Made on {stamp.day_in_words}, data version {stamp.data_version}."
    told = f"{made} {stamp.settings_line} {stamp.caveat}"
    fields = {
        "author": "{Parley}",
        "title": f"{{{escaped(what)}}}",
        "howpublished": "Made with the program Parley",
        "year": str(stamp.day.year),
        "version": escaped(stamp.data_version),
        "note": escaped(told),
        "url": verbatim(for_citation(stamp.link)),
        "urldate": stamp.day.isoformat() if for_citation(stamp.link) else "",
    }
    return entry("misc", OWN_KEY, fields)


def _comments(stamp: Stamp) -> str:
    """Return what stands on every export, outside any entry, where BibTeX reads over it.

    An at sign would begin an entry even there and is written as its wide form.
    """
    parties = f"Parties: {'; '.join(stamp.parties)}."
    lines = (stamp.title, stamp.subtitle, parties, *stamp.lines)
    return "\n".join(f"% {line.replace('@', '＠')}" for line in lines)
