"""A prediction in plain words: may, never will."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.friction.assessment import Friction, TopicFriction
from analysis.friction.ranking import common_ground, is_balance, near, predicted
from analysis.knowledge import Knowledge
from analysis.knowledge.record import Citation
from analysis.knowledge.topics import Contested
from analysis.tables import Framework, Tables
from analysis.words import capital, is_body, join, of_hundred

GRADES = {
    "A": "meta-analysis or study of many countries",
    "B": "peer-reviewed studies",
    "B-": "peer-reviewed, with findings that do not all agree",
    "B/C": "some studies and practitioners’ accounts",
    "C": "practitioners’ accounts or theory",
}
"""What each grade of evidence means, as the knowledge files say it."""

UNCERTAIN = "uncertain"
_DOUBTS = {
    UNCERTAIN: "the error of the scores could undo it",
    "contested": "researchers doubt a score behind it",
}

NOTHING_PREDICTED = (
    "No topic lies wider apart than in half of all country pairs. Differences between the companies"
    " and the people will matter more."
)

SHARED_END = 0.5
"""Standard deviations from the middle beyond which two parties count as at one end together."""


def headline(found: TopicFriction) -> str:
    """Return what each side may do: `They may ...; you may ...`."""
    theirs, ours = found.topic.at(found.pole_of("b")), found.topic.at(found.pole_of("a"))
    return f"They may {theirs.habit}; you may {ours.habit}."


def badges(found: TopicFriction) -> str:
    """Return in short how wide a gap is with the deal, the evidence, and what speaks against."""
    if found.band is None or found.in_context is None:
        return found.reason
    width = f"{found.band.word}, {round(found.in_context)} of 100"
    return "; ".join([width, f"evidence {found.topic.evidence}", *_doubts(found)])


def _doubts(found: TopicFriction) -> list[str]:
    doubts = [UNCERTAIN] if found.uncertain else []
    return list(dict.fromkeys([*doubts, *(c.badge for c in found.contested)]))


def how_likely(found: TopicFriction) -> str:
    """Return how wide the gap is, how sure that is, and how many people differ that way."""
    severity, counted = found.severity, found.counted
    if severity is None or counted is None or not found.interval or found.probability is None:
        return f"No prediction: {found.reason}."
    low, high = (of_hundred(edge) for edge in found.interval)
    return (
        f"By the scores alone wider than in {of_hundred(severity)} of 100 country pairs"
        f" (likely, in 90 of 100 worlds, {low} to {high}; counted one by one"
        f" {of_hundred(counted)});"
        f" {round(100 * found.probability)} of 100 random pairs of people differ this way round."
    )


def rests_on(framework: Framework, found: TopicFriction) -> str:
    """Return the dimensions behind a gap in words, those of a tenth or more."""
    names = [
        f"{framework.dimension(d).name.lower()} ({abs(share):.0%})".replace("%", " %")
        for d, share in found.drivers
        if abs(share) >= 0.1 and share * (found.gap or 0.0) > 0
    ]
    against = [
        framework.dimension(d).name.lower()
        for d, share in found.drivers
        if abs(share) >= 0.1 and share * (found.gap or 0.0) < 0
    ]
    end = f", with {join(against)} pulling the other way" if against else ""
    return f"{capital(join(names))}{end}"


def shared_sentence(found: TopicFriction) -> str:
    """Return what two parties have in common on a topic, as something to use."""
    place = found.mean_position or 0.0
    if place >= SHARED_END:
        return found.topic.high.shared
    if place <= -SHARED_END:
        return found.topic.low.shared
    return found.topic.common


def common_sentences(knowledge: Knowledge, friction: Friction) -> list[str]:
    """Return what two parties have in common, or how near the nearest topic is."""
    shared = common_ground(knowledge, friction)
    if shared:
        return [shared_sentence(found) for found in shared]
    known = [t for t in friction.topics if t.in_context is not None]
    if not known:
        return [friction.reason]
    aim = "What both share is the aim: a deal that pays and a partner to rely on."
    close = near(knowledge, friction)
    if close:
        nearest = close[0]
        why = (
            "wide gaps behind it pull in opposite directions"
            if is_balance(knowledge, nearest)
            else f"your deal eases it, from {round(nearest.severity or 0)} by the scores alone"
        )
        return [
            f"The scores show no common ground. “{capital(nearest.topic.title)}” comes out close"
            f" ({round(nearest.in_context or 0)} of 100) only because {why}, so find out how they"
            f" see it. {aim}"
        ]
    nearest = min(known, key=lambda t: t.in_context or 0.0)
    return [
        f"No topic is close. The smallest gap is on “{nearest.topic.title_in_sentence}”"
        f" ({round(nearest.in_context or 0)} of 100). {aim}"
    ]


def top_note(friction: Friction, listed: Sequence[TopicFriction] = ()) -> str:
    """Return what stands under a list of the top frictions: how to read it and its badges.

    Of the badges those that the `listed` topics bear; without them, those of all predictions.
    """
    return (
        "Hypotheses to test at the table, one from an area, in the order of width and evidence;"
        " several may rest on one gap, so do not add them up."
        f" {legend(friction, listed)}"
    )


def legend(friction: Friction, listed: Sequence[TopicFriction] = ()) -> str:
    """Return what the badges of the `listed` topics mean, or of all predictions without them."""
    said = f"{width_note(friction, listed)} {_badges_note(listed or predicted(friction))}"
    return said.rstrip()


def _badges_note(listed: Sequence[TopicFriction]) -> str:
    """Return what the grades of evidence and the doubts of some topics mean."""
    grades = {found.topic.evidence for found in listed}
    doubts = {doubt for found in listed for doubt in _doubts(found)}
    graded = join([f"{grade} ({told})" for grade, told in GRADES.items() if grade in grades])
    said = [f"Evidence: {graded}."] if graded else []
    said += [f"{capital(doubt)}: {told}." for doubt, told in _DOUBTS.items() if doubt in doubts]
    return " ".join(said)


def width_note(friction: Friction, listed: Sequence[TopicFriction] = ()) -> str:
    """Return what a width of so many of 100 means, and what of the deal has moved it."""
    bands = {t.band.word: t.band.from_ for t in listed or predicted(friction) if t.band}
    words = [f"{word} from {low:g}" for word, low in sorted(bands.items(), key=lambda b: b[1])]
    moved = ""
    if friction.effects:
        told = join(_inside(effect.label) for effect in friction.effects)
        moved = f", then moved by the deal ({told})"
    return (
        "“75 of 100” means wider apart on the topic than 75 of 100 country pairs"
        f"{moved}{f'; {join(words)}' if words else ''}."
    )


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def who_notices(friction: Friction) -> str:
    """Return which side is likely to feel the friction more."""
    if friction.multipliers is None:
        return "Which side will notice more cannot be said without both scores on individualism."
    if friction.notices_more is None:
        return "Both sides are likely to notice it about equally."
    if friction.notices_more == "a":
        return "Your side is likely to notice it more than theirs."
    return "Their side is likely to notice it more than yours."


@dataclass(frozen=True, slots=True)
class Prediction:
    """One friction in words, for our side (you) and theirs (they)."""

    id: str
    title: str
    stages: tuple[str, ...]
    headline: str
    you_may_see: str
    they_may_see: str
    question: str
    holds_if: str
    fails_if: str
    move: str
    request: str
    terms: str
    example: str
    likely: str
    evidence: str
    rests_on: str
    exceptions: tuple[str, ...]
    limits: str
    sources: tuple[Citation, ...]


def describe(knowledge: Knowledge, tables: Tables, found: TopicFriction) -> Prediction:
    """Return a prediction in words; for a topic with a value."""
    topic = found.topic
    ours, theirs = topic.at(found.pole_of("a")), topic.at(found.pole_of("b"))
    framework = tables.frameworks[knowledge.friction.framework]
    exceptions = [
        f"{exception.text}{_cited(tables, exception.source)}" for exception in topic.exceptions
    ]
    return Prediction(
        topic.id,
        topic.title,
        topic.stages,
        headline(found),
        f"{capital(ours.sees)}.",
        f"{capital(theirs.sees)}.",
        topic.question,
        f"It holds if {theirs.sign}.",
        f"It does not if {ours.sign}.",
        ours.move,
        f"Ask them {theirs.request}.",
        topic.terms,
        topic.example,
        how_likely(found),
        f"{topic.evidence}: {knowledge.friction.grade(topic.evidence).plain}",
        rests_on(framework, found),
        (*exceptions, *(contested_sentence(tables, c) for c in found.contested)),
        topic.limits,
        (*topic.sources, *(c.source for c in found.contested)),
    )


def contested_sentence(tables: Tables, finding: Contested) -> str:
    """Return a finding against a score, naming the parties it is about."""
    names = join([tables.profiles[i].name_in_sentence for i in finding.profiles], "or")
    return f"{finding.text.format(profiles=names)}{_cited(tables, finding.source.id)}"


def citation_line(tables: Tables, citation: Citation) -> str:
    """Return a source as a line: who, when, where, how it was read, and what it says."""
    source = tables.sources[citation.id]
    if citation.mark == "design":
        return f"Own design of Parley. {citation.says}"
    read = {"read": f"read: {citation.locator}" if citation.locator else "read"}.get(
        citation.mark, "recalled, not read again"
    )
    title = "" if source.title.startswith("[") else f", {source.title}"
    where = f", {source.published_in}" if source.published_in else ""
    address = f", {source.address}" if source.address else ""
    return f"{short_name(tables, citation.id)}{title}{where}{address} ({read}). {citation.says}"


def short_name(tables: Tables, source_id: str) -> str:
    """Return who wrote a source and when: `Holt and DeVore 2005`."""
    source = tables.sources[source_id]
    authors = source.authors.removesuffix(" et al.").split("; ")
    names = [author if is_body(author) else author.split()[-1] for author in authors]
    others = len(names) > 2 or source.authors.endswith("et al.")
    who = f"{names[0]} and others" if others else join(names)
    return f"{who} {source.year}" if source.year else who


def _cited(tables: Tables, source_id: str) -> str:
    return f" ({short_name(tables, source_id)})" if source_id else ""
