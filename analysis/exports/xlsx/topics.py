"""The sheets of topics and of all pairs among more than two parties."""

from __future__ import annotations

from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import AnyCell, Cell, Column, Sheet
from analysis.exports.xlsx.measures import farther_columns
from analysis.friction.assessment import TopicFriction
from analysis.friction.words import headline, rests_on, short_name, who_notices, width_note
from analysis.measures.registry import MEASURES
from analysis.words import join, of_hundred


def fill_topics(sheet: Sheet, subject: Subject) -> None:
    """Write a row for each topic, the widest first; with the deal's figures for a brief."""
    pair = subject.comparison
    with_deal = (Column("With the deal", "0"),) if subject.brief else ()
    columns = (
        Column("Topic", most=22),
        Column("Area", most=20),
        Column("Gap in standard deviations", "+0.00;-0.00;0.00", least=10),
        Column("Severity", "0", least=9),
        Column("Likely from", "0"),
        Column("Likely to", "0"),
        *with_deal,
        Column("In a word", least=10, most=16),
        Column("Stands high", most=16),
        Column("What high means", most=18),
        Column(f"Felt by {pair.a.name}", "0", least=11, most=16),
        Column(f"Felt by {pair.b.name}", "0", least=11, most=16),
        Column("Evidence", least=9),
        Column("In words: a hypothesis to test", least=20, most=42),
        Column("Rests on", most=26),
        Column("Sources", most=24),
    )
    order = sorted(subject.friction.topics, key=lambda t: -(t.in_context or -1.0))
    below = sheet.table(
        "Where it may rub",
        "Severity: how many of 100 country pairs have a smaller gap on the topic. Gap: above 0"
        f" where {pair.a.name} stands higher.",
        columns,
        [_row(subject, found) for found in order],
    )
    sheet.notes(
        below,
        [
            f"Hypotheses to test at the table. {width_note(subject.friction)}",
            _areas(subject),
            _overall(subject),
            _grades(subject),
            subject.stamp.source,
            subject.stamp.settings_line,
        ],
    )


def _row(subject: Subject, found: TopicFriction) -> tuple[AnyCell, ...]:
    topic, pair = found.topic, subject.comparison
    area = next(f.name for f in subject.knowledge.families if f.id == topic.family)
    low, high = found.interval or (None, None)
    framework = subject.framework
    names = {"a": pair.a.name, "b": pair.b.name}
    known = not found.reason
    return (
        topic.title,
        area,
        found.gap,
        found.severity,
        low,
        high,
        *((found.in_context,) if subject.brief else ()),
        _in_a_word(found),
        names[found.high_side] if found.high_side else "neither" if known else "",
        topic.high.pole,
        found.felt_by_a,
        found.felt_by_b,
        topic.evidence,
        headline(found) if known else f"No prediction: {found.reason}.",
        rests_on(framework, found).replace(" %", "\u00a0%") if known else "",
        join(short_name(subject.tables, citation.id) for citation in topic.sources),
    )


def _in_a_word(found: TopicFriction) -> str:
    doubts = [c.badge for c in found.contested]
    uncertain = ["uncertain"] if found.uncertain else []
    word = [found.band.word] if found.band else []
    return "; ".join(dict.fromkeys([*word, *uncertain, *doubts]))


def _areas(subject: Subject) -> str:
    """Return the mean severity of each area."""
    held = subject.friction.families
    told = [f"{f.name} {round(held[f.id])}" for f in subject.knowledge.families if f.id in held]
    return f"Mean severity by area: {'; '.join(told)}." if told else ""


def _overall(subject: Subject) -> str:
    found = subject.friction
    if found.overall is None or found.overall_percentile is None:
        return found.reason
    low, high = found.overall_interval or (found.overall, found.overall)
    deal = ""
    if subject.brief and found.overall_in_context is not None:
        deal = f" Mean severity with the deal: {found.overall_in_context:.0f}."
    return (
        f"Mean severity of the areas: {found.overall:.0f} of 100 (likely, in 90 of 100 worlds,"
        f" {low:.0f} to {high:.0f}). That is more friction than between"
        f" {of_hundred(found.overall_percentile)} of 100 country pairs."
        f"{deal} {who_notices(found)}"
    )


def _grades(subject: Subject) -> str:
    grades = subject.knowledge.friction.evidence
    return f"Evidence: {'; '.join(f'{grade.id} {grade.plain}' for grade in grades)}."


def fill_pairs(sheet: Sheet, subject: Subject) -> None:
    """Write every pair among more than two parties with its headline distance."""
    label = MEASURES[subject.comparison.settings.measure].label
    columns = (
        Column("First", most=30),
        Column("Second", most=30),
        Column("Dimensions", "0", least=11),
        Column(label, "0.0000", least=11),
        Column("Value, likely from", "0.00", least=9),
        Column("Value, likely to", "0.00", least=9),
        *farther_columns(),
        Column("Remarks", least=12, most=50),
    )
    rows: list[tuple[AnyCell, ...]] = []
    for pair in subject.pairs:
        start = (pair.a.name, pair.b.name, float(len(pair.dimensions_used)))
        if pair.reason:
            rows.append((*start, *(None,) * 6, pair.reason))
            continue
        found = pair.headline
        low, high = found.interval or (None, None)
        least, most = found.percentile_interval or (None, None)
        rows.append((*start, Cell(found.value), low, high, found.percentile, least, most, ""))
    below = sheet.table(
        "All parties, two by two",
        "Pairs that share fewer dimensions are counted among all pairs on those same dimensions.",
        columns,
        rows,
        frozen_columns=2,
    )
    sheet.notes(below, [subject.stamp.source, subject.stamp.settings_line])
