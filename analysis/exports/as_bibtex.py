"""The sources of what is shown, as a BibTeX file for BibTeX and Biber."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from analysis.exports.as_json import sources_of
from analysis.exports.provenance import INSIDE_COUNTRIES, score_source
from analysis.exports.subject import Stamp, Subject
from analysis.friction.assessment import TopicFriction
from analysis.friction.ranking import common_ground, top_frictions
from analysis.measures.registry import LISTED, MEASURES
from analysis.tables import Source

OWN_KEY = "parley"
"""The key of the entry for Parley itself; all others are the ids of the sources."""

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
        ">": r"\textgreater{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip
"""Braces become commands too: BibTeX counts a brace even behind a backslash."""

_IN_A_JOURNAL = re.compile(
    r"(?P<journal>\D+) (?P<volume>\d+(?:-\d+)?)(?:\((?P<number>[^()]+)\))?"
    r"(?:, (?P<pages>\d+-\d+))?"
)
_PUBLISHER = re.compile(r"\b(Press|Sage|Books|Publish\w+|Verlag)\b")
_EDITION = re.compile(r"(?P<title>.+) \((?P<edition>\w+) edition\)")
_READ = {
    "yes": "Read for Parley.",
    "in part": "Read in part for Parley.",
    "abstract": "Of this, the abstract was read for Parley.",
    "recalled": "Recalled from the literature and not read again for Parley: check the details.",
}


def as_bibtex(subject: Subject) -> bytes:
    """Return the entries of what an export rests on, with one for Parley itself.

    UTF-8. What stands on every export comes first, as comments. Choices of our own are no
    publications and have no entry.
    """
    sources = (subject.tables.sources[i] for i in used_sources(subject))
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


def bibtex_entry(source: Source) -> str:
    """Return the entry of a source under its id.

    An article where the journal's volume or a DOI tells so, a book where a publisher does, else
    `misc`. What is no exact title becomes a note.
    """
    kind, place = _published(source)
    described = source.title.startswith("[")
    edition = None if described else _EDITION.fullmatch(source.title)
    title = edition["title"] if edition else "" if described else source.title
    doi = source.address.removeprefix("doi:") if source.address.startswith("doi:") else ""
    fields = {
        "author": " and ".join(_authors(source)),
        "title": _title(title),
        **place,
        "edition": edition["edition"] if edition else "",
        "year": str(source.year or ""),
        "doi": _verbatim(doi),
        "url": "" if doi else _verbatim(source.address),
        "note": escaped(source.title.strip("[]")) if described else "",
        "annote": _READ[source.read],
    }
    return _entry(kind, source.id, fields)


def escaped(text: str) -> str:
    """Return text in which no sign means anything to LaTeX; letters of every script stay."""
    return text.translate(_SPECIAL)


def _published(source: Source) -> tuple[str, dict[str, str]]:
    """Return the kind of entry and the fields that tell where a source appeared."""
    where = source.published_in
    found = _IN_A_JOURNAL.fullmatch(where) if source.kind == "paper" else None
    if found:
        parts = {name: (part or "").replace("-", "--") for name, part in found.groupdict().items()}
        return "article", parts | {"journal": escaped(found["journal"])}
    if source.kind == "paper" and where and source.address.startswith("doi:"):
        return "article", {"journal": escaped(where)}
    if source.kind == "paper" and _PUBLISHER.search(where):
        return "book", {"publisher": escaped(where)}
    return "misc", {"howpublished": escaped(where)}


def _authors(source: Source) -> list[str]:
    names = source.authors.removesuffix(" et al.").split("; ")
    others = ["others"] if source.authors.endswith(" et al.") else []
    return [_name(name, source.id) for name in names if name] + others


def _name(name: str, source_id: str) -> str:
    """Return a name as BibTeX takes it; a family name of several words is told by the id.

    `Luca De Benedictis` of `de-benedictis-2023` becomes `De Benedictis, Luca`.
    """
    words = name.split()
    for first in range(1, len(words) - 1):
        if source_id.startswith(f"{'-'.join(map(_plain, words[first:]))}-"):
            return escaped(f"{' '.join(words[first:])}, {' '.join(words[:first])}")
    return f"{{{escaped(name)}}}" if "and" in words else escaped(name)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _title(title: str) -> str:
    """Return a title in which braces keep the capitals of names; its first word needs none."""
    first, *others = title.split(" ")
    start = escaped(first) if first[1:] == first[1:].lower() else _kept(first)
    return " ".join((start, *map(_kept, others)))


def _kept(word: str) -> str:
    return escaped(word) if word == word.lower() else f"{{{escaped(word)}}}"


def _verbatim(address: str) -> str:
    """Return an address for a field that is printed as it is; what would end it is encoded."""
    return "".join(
        sign if sign.isprintable() and sign not in ' {}\\"<>^`|' else f"%{ord(sign):02X}"
        for sign in address
    )


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


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
        "url": _verbatim(stamp.link),
        "urldate": stamp.day.isoformat() if stamp.link else "",
    }
    return _entry("misc", OWN_KEY, fields)


def _comments(stamp: Stamp) -> str:
    """Return what stands on every export, outside any entry, where BibTeX reads over it.

    An at sign would begin an entry even there and is written as its wide form.
    """
    parties = f"Parties: {'; '.join(stamp.parties)}."
    lines = (stamp.title, stamp.subtitle, parties, *stamp.lines)
    return "\n".join(f"% {line.replace('@', '＠')}" for line in lines)
