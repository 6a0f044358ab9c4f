"""The sheets of settings and sources: what the figures hold for and what they rest on."""

from __future__ import annotations

from typing import Any

from analysis.deal import DEAL_FIELDS, EMPTY_FORM, Deal
from analysis.deal.form import DealField
from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import AnyCell, Cell, Column, Sheet
from analysis.friction.words import short_name
from analysis.knowledge.record import Citation
from analysis.measures.registry import MEASURES
from analysis.sentences import validity_sentence
from analysis.settings import (
    DEFAULT_FRAMEWORK,
    REFERENCE_RULES,
    SEVERITY_RULES,
    Settings,
    default_settings,
)
from analysis.tables import Framework
from analysis.uncertainty import DRAWS, SEED

_OVERLAP_SOURCE = "taras-2016"

Row = tuple[str, AnyCell, AnyCell, str]
"""Setting, value, default, what it does."""


def fill_settings(sheet: Sheet, subject: Subject) -> None:
    """Write every setting with its value and its default; what differs is marked."""
    columns = (
        Column("Setting", least=24, most=40),
        Column("Value", least=18, most=40),
        Column("Default", least=18, most=40),
        Column("Differs", least=9),
        Column("What it does", most=60),
    )
    settings = subject.comparison.settings
    usual = default_settings(subject.tables, settings.framework)
    rows = [_marked(row) for row in _rows(subject, settings, usual)]
    below = sheet.table("Settings", "What the figures of this workbook hold for.", columns, rows)
    sheet.notes(below, subject.stamp.lines)


def _marked(row: Row) -> tuple[AnyCell, ...]:
    setting, value, default, meaning = row
    return setting, value, default, "" if value == default else "differs", meaning


def _rows(subject: Subject, settings: Settings, usual: Settings) -> list[Row]:
    frameworks = subject.tables.frameworks
    framework = frameworks[settings.framework]
    return [
        (
            "Framework",
            framework.name,
            frameworks[DEFAULT_FRAMEWORK].name,
            "The set of dimensions with scores.",
        ),
        *_weights(framework, settings),
        (
            "Headline measure",
            MEASURES[settings.measure].label,
            MEASURES[usual.measure].label,
            "The measure that the summary speaks of.",
        ),
        (
            "Reference set",
            REFERENCE_RULES[settings.reference].label,
            REFERENCE_RULES[usual.reference].label,
            "Which rows set the spread of a dimension and the pairs that a rank is taken among.",
        ),
        (
            "Regional scores",
            _yes(not settings.published_only),
            _yes(not usual.published_only),
            "Whether the score of its region stands in where a country has none of its own.",
        ),
        (
            "Scores unrounded",
            _yes(settings.unrounded),
            _yes(usual.unrounded),
            framework.note,
        ),
        (
            "Error of a score, in points",
            settings.score_error,
            usual.score_error,
            "The standard error of a published score that likely ranges are simulated with.",
        ),
        (
            "Variation between countries",
            Cell(settings.between_share, number="0 %"),
            Cell(usual.between_share, number="0 %"),
            "The share of the variation in values that lies between countries; the rest lies inside"
            " them.",
        ),
        (
            "Severity of a topic",
            SEVERITY_RULES[settings.severity],
            SEVERITY_RULES[usual.severity],
            "How the severity is read off the gap.",
        ),
        ("Simulated worlds", float(DRAWS), float(DRAWS), "How many likely ranges rest on."),
        ("Seed of the simulation", float(SEED), float(SEED), "The same seed, the same ranges."),
    ]


def _weights(framework: Framework, settings: Settings) -> list[Row]:
    held = dict(zip(settings.dimensions, settings.weights, strict=True))
    return [
        (
            f"Weight of {d.name.lower()}",
            held.get(d.id, "left out"),
            1.0,
            "How much the dimension counts in a distance.",
        )
        for d in framework.dimensions
    ]


def _yes(held: bool) -> str:
    return "yes" if held else "no"


def fill_deal(sheet: Sheet, subject: Subject, deal: Deal) -> None:
    """Write what the deal form was told; private answers stay in this file."""
    columns = (
        Column("Question", least=24, most=50),
        Column("Answer", least=18, most=50),
        Column("In an empty form", least=18, most=40),
        Column("Differs", least=9),
    )
    effects = {e.id: e.label for e in subject.knowledge.friction.context}
    rows = []
    for name, field in DEAL_FIELDS.items():
        answer, usual = (_answer(field, getattr(d, name), effects) for d in (deal, EMPTY_FORM))
        rows.append((field.label, answer, usual, "" if answer == usual else "differs"))
    below = sheet.table(
        "The deal",
        "What the brief was told. Amounts, currency and subject are in no link.",
        columns,
        rows,
    )
    sheet.notes(below, subject.stamp.lines[2:4])


def _answer(field: DealField, value: object, effects: dict[str, str]) -> AnyCell:
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, tuple):
        return "; ".join(_parts(field, value, effects)) or "nothing"
    if isinstance(value, int | float):
        return Cell(float(value), number="#,##0.00" if value % 1 else "#,##0")
    given = "" if value is None else str(value)
    return field.choices.get(given, given) or "not given"


def _parts(field: DealField, values: tuple[Any, ...], effects: dict[str, str]) -> list[str]:
    if field.kind == "effects":
        return [f"{effects.get(name, name)} {effect:+g}" for name, effect in values]
    if field.kind == "amounts":
        return [f"{amount:,.2f}".removesuffix(".00") for amount in values]
    return [field.choices[value] for value in values]


def fill_sources(sheet: Sheet, subject: Subject) -> None:
    """Write every source with its address as text, what it is used for and what it says."""
    columns = (
        Column("Source", most=26),
        Column("Title", most=40),
        Column("Published in", most=30),
        Column("Address", most=38),
        Column("Used for", most=38),
        Column("What it says, or its terms", most=52),
        Column("How it was read", least=10, most=14),
    )
    rows = []
    for source_id, (uses, said) in _used(subject).items():
        source = subject.tables.sources[source_id]
        rows.append(
            (
                short_name(subject.tables, source_id),
                source.title,
                source.published_in,
                source.address,
                "; ".join(uses),
                " ".join(said) or source.terms,
                _READ.get(source.read, source.read),
            )
        )
    below = sheet.table(
        "Sources", "Everything that the figures and words of this workbook rest on.", columns, rows
    )
    sheet.notes(below, subject.stamp.lines)


_READ = {
    "yes": "read",
    "in part": "read in part",
    "abstract": "abstract read",
    "recalled": "recalled, not read again",
}

Used = dict[str, tuple[list[str], list[str]]]
"""For each source what it is used for and what it says, each once."""


def _used(subject: Subject) -> Used:
    pair = subject.comparison
    found: Used = {}

    def use(source_id: str, purpose: str, said: str = "") -> None:
        uses, told = found.setdefault(source_id, ([], []))
        if purpose not in uses:
            uses.append(purpose)
        if said and said not in told:
            told.append(said)

    def cite(citations: tuple[Citation, ...] | list[Citation], purpose: str) -> None:
        for citation in citations:
            use(citation.id, purpose, citation.says)

    use(subject.tables.frameworks[pair.settings.framework].source, "All scores")
    if not pair.reason:
        for measure in MEASURES.values():
            for source_id in measure.source_ids:
                use(source_id, measure.label)
        use(_OVERLAP_SOURCE, "People in common")
        for view in subject.agreement.known if subject.agreement else ():
            use(view.source, f"What {view.name} says of the pair")
        for held in subject.tables.validity:
            if held.criterion_plain in validity_sentence(subject.tables, pair.settings):
                use(held.source, "What the distance is worth")
    for topic in (t for t in subject.friction.topics if not t.reason):
        cite(topic.topic.sources, topic.topic.title)
        cite([finding.source for finding in topic.contested], topic.topic.title)
    if subject.friction.overall is not None:
        cite(subject.knowledge.friction.sources, "Friction model")
    if subject.brief:
        plans = subject.knowledge.strategy
        for name in plans.__struct_fields__:
            plan = getattr(plans, name)
            cite(plan.sources, plan.title)
    return found
