"""What exports show of a comparison, as texts and tables: the same words in every format."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import ceil, floor

from analysis.agreement import Agreement
from analysis.charts.agreement import ground_label
from analysis.exports.blocks import Table, Text
from analysis.exports.subject import Subject
from analysis.friction.assessment import TopicFriction
from analysis.friction.ranking import top_frictions
from analysis.friction.words import (
    badges,
    citation_line,
    common_sentences,
    headline,
    top_note,
)
from analysis.knowledge.record import Citation
from analysis.measures.registry import MEASURES
from analysis.profiles import Profile
from analysis.sentences import overlap_sentence, validity_sentence
from analysis.tables import Dimension
from analysis.words import FARTHER, capital, of_hundred, of_points


def score_text(subject: Subject, party: Profile, dimension_id: str) -> str:
    """Return a score as a table shows it, with its standing where it is not the party's own."""
    score = party.score(dimension_id)
    if score.value is None:
        return "missing"
    if score.standing == "regional":
        region = subject.tables.profiles[score.origin].name_in_sentence
        return f"{subject.framework.shown(score.value)} (regional: {region})"
    return subject.framework.shown(score.value)


def scores_table(subject: Subject) -> Table:
    """Return the scores of all parties and the gap between the two sides."""
    framework = subject.tables.frameworks[subject.comparison.settings.framework]
    names = [party.name for party in subject.parties]
    rows = [
        (
            f"{d.name}: {d.plain}",
            *(score_text(subject, party, d.id) for party in subject.parties),
            _gap(subject, d),
        )
        for d in framework.dimensions
    ]
    return Table(
        "Scores with their standing",
        ("Dimension", *names, "Gap"),
        tuple(rows),
        (3.2, *(1.15 for _ in names), 1.3),
        numbers=len(names) + 1,
        note=f"{framework.scale.rstrip('.')}. Gap: {names[0]} minus {names[1]}.",
    )


def _gap(subject: Subject, dimension: Dimension) -> str:
    gap = subject.comparison.gaps[dimension.id]
    if gap.points is None:
        return gap.reason
    shown = subject.framework.shown(gap.points)
    size = shown if gap.points < 0 else f"+{shown}"
    return f"{size} ({gap.reason})" if gap.reason else size


def measures_table(subject: Subject) -> Table:
    """Return every listed measure with its value, its rank, and where both likely lie."""
    rows = []
    for measure, found in subject.comparison.listed:
        rows.append(
            (
                measure.label,
                f"{found.value:.4f}",
                _value_span(found.interval),
                str(of_hundred(found.percentile)),
                _rank_span(found.percentile_interval),
            )
        )
    error = subject.comparison.settings.score_error
    return Table(
        "Every measure",
        ("Measure", "Value", "Likely", FARTHER, "Likely"),
        tuple(rows),
        (2.6, 1, 1.2, 1.2, 1.1),
        numbers=4,
        note=f"Counted among {subject.comparison.reference_pairs:,} pairs. Likely: the middle 95 of"
        f" 100 simulated worlds, with an error of {of_points(error)} in every score.",
    )


def _value_span(bounds: tuple[float, float] | None) -> str:
    """Two decimals, rounded outwards: the value itself never falls outside."""
    if bounds is None:
        return "–"
    return f"{floor(100 * bounds[0]) / 100:.2f} to {ceil(100 * bounds[1]) / 100:.2f}"


def _rank_span(bounds: tuple[float, float] | None) -> str:
    return "–" if bounds is None else f"{of_hundred(bounds[0])} to {of_hundred(bounds[1])}"


def top_of(subject: Subject) -> tuple[TopicFriction, ...]:
    """Return the frictions to prepare first."""
    return top_frictions(subject.knowledge, subject.friction)


def unpredicted_texts(subject: Subject) -> list[Text]:
    """Return why no friction is predicted, and what to do instead."""
    return [
        Text(subject.friction.reason),
        Text(
            "Without a prediction, prepare by asking; plans and questions rest on no score."
            if subject.brief
            else "Without a prediction, prepare by asking."
        ),
    ]


def is_unpredicted(subject: Subject) -> bool:
    """Say whether there is a distance and no friction, as under a framework it does not rest on."""
    pair, friction = subject.comparison, subject.friction
    return bool(friction.reason) and not pair.reason and not top_of(subject)


def top_table(subject: Subject) -> Table:
    """Return the frictions to prepare first: both directions, how wide, and the first move."""
    return Table(
        "Prepare for these",
        ("Topic", "They may, you may", "First move", "How wide"),
        tuple(
            (t.topic.title, headline(t), t.topic.at(t.pole_of("a")).move, badges(t))
            for t in top_of(subject)
        ),
        (1.5, 3.6, 3.1, 1.5),
        note=top_note(subject.friction, top_of(subject)),
    )


def sees_table(subject: Subject) -> Table:
    """Return the frictions to prepare first with what each side may see."""
    return Table(
        "Where it may rub",
        ("Topic", "They may, you may", "You may see", "They may see", "How wide"),
        tuple(
            (
                t.topic.title,
                headline(t),
                _sentence(t.topic.at(t.pole_of("a")).sees),
                _sentence(t.topic.at(t.pole_of("b")).sees),
                badges(t),
            )
            for t in top_of(subject)
        ),
        (1.4, 3.2, 2.0, 2.0, 1.4),
        note=top_note(subject.friction, top_of(subject)),
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def common_texts(subject: Subject) -> list[str]:
    """Return what the parties have in common, or that nothing is near."""
    return common_sentences(subject.knowledge, subject.friction)


def rank_texts(subject: Subject) -> list[Text]:
    """Return the headline distance and its rank with their ranges, and whether measures agree."""
    pair = subject.comparison
    found = pair.headline
    return [
        Text(subject.answer[0]),
        Text(
            f"{found.value:.2f}, likely {_value_span(found.interval)}.",
            f"{MEASURES[found.id].label}:",
        ),
        Text(
            f"{of_hundred(found.percentile)} of 100 pairs, likely"
            f" {_rank_span(found.percentile_interval)}.",
            "Farther apart than:",
        ),
        Text(subject.answer[2]),
        *map(Text, subject.cautions),
    ]


def sure_texts(subject: Subject) -> list[Text]:
    """Return how far the populations overlap and what the number is worth."""
    pair = subject.comparison
    if pair.reason:
        return []
    return [
        Text(overlap_sentence(subject.tables, pair), "What overlaps."),
        Text(validity_sentence(subject.tables, pair.settings), "What the number is worth."),
    ]


def agreement_texts(agreement: Agreement) -> list[Text]:
    """Return whether the frameworks agree, what to keep in mind, and which do not rank the pair."""
    return [
        Text(agreement.sentence, "Do the frameworks agree?"),
        *(Text(said, bullet=True) for said in (*agreement.notes, *agreement.silent)),
    ]


def agreement_table(agreement: Agreement) -> Table:
    """Return the rank of the pair in each framework, or why it has none."""
    rows = [
        (
            f"{view.name} (in use)" if view.in_use else view.name,
            ground_label(view) if view.result else view.reason,
            str(view.rank) if view.result else "–",
            "{} to {}".format(*view.span) if view.result else "–",
        )
        for view in agreement.views
    ]
    told = " ".join((agreement.sentence, *agreement.notes))
    return Table(
        "What each framework says",
        ("Framework", "On", FARTHER, "Likely"),
        tuple(rows),
        (2, 3, 1.2, 1.1),
        numbers=2,
        note=f"{told} Each framework counts among the pairs of its own countries.",
    )


def pairs_table(subject: Subject) -> Table:
    """Return every pair among more than two parties."""
    rows = []
    for pair in subject.pairs:
        who = f"{pair.a.name} and {pair.b.name}"
        if pair.reason:
            rows.append((who, "no distance", "–", "–"))
        else:
            found = pair.headline
            rank = str(of_hundred(found.percentile))
            likely = _rank_span(found.percentile_interval)
            rows.append((who, f"{found.value:.2f}", rank, likely))
    label = MEASURES[subject.comparison.settings.measure].label
    return Table(
        "All parties, two by two",
        ("Pair", label, FARTHER, "Likely"),
        tuple(rows),
        (3, 1.3, 1.2, 1),
        numbers=3,
        note="Likely: the middle 95 of 100 simulated worlds. Pairs that share fewer dimensions are"
        " counted among all pairs on those.",
    )


def stamp_texts(subject: Subject) -> list[Text]:
    """Return what every export ends with: source, settings, caveat, day, link."""
    stamp = subject.stamp
    made = f"On {stamp.day_in_words} with Parley, data {stamp.data_version}."
    texts = [
        Text(f"{', '.join(stamp.parties)}.", "Parties."),
        Text(stamp.source.removeprefix("Source: "), "Source of the scores."),
        Text(capital(stamp.settings_line.removeprefix("Settings: ")), "Settings."),
        Text(stamp.caveat, "What the scores are not."),
        Text(made, "Made."),
    ]
    if not stamp.link:
        return texts
    if stamp.is_address:
        return [*texts, Text(stamp.link, "The same view.", style="link")]
    return [*texts, Text(f"{capital(stamp.way_back)}.", "The same view.")]


def sources(subject: Subject) -> list[Citation]:
    """Return what the shown predictions rest on, each source once."""
    cited = chain.from_iterable(
        (*t.topic.sources, *(finding.source for finding in t.contested)) for t in top_of(subject)
    )
    found = (*cited, *subject.knowledge.friction.sources)
    return list({citation.id: citation for citation in found}.values())


def source_texts(subject: Subject, cited: Sequence[Citation]) -> list[Text]:
    """Return sources as the items of a list."""
    lines = [citation_line(subject.tables, citation) for citation in cited]
    return [Text(line, bullet=True, style="source") for line in lines]
