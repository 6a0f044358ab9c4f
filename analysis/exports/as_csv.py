"""The data as one tidy table, one row for each number, for spreadsheets and for statistics.

The first rows, of section `about`, say what every export says; no line is a comment.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from functools import partial
from operator import attrgetter

from analysis.comparison import Comparison, too_few_dimensions
from analysis.deal import DEAL_FIELDS, changed_fields
from analysis.exports.legible import no_formula
from analysis.exports.provenance import (
    DESIGN,
    INSIDE_COUNTRIES,
    score_source,
    topic_sources,
)
from analysis.exports.subject import Subject
from analysis.friction.assessment import TopicFriction
from analysis.measures.registry import LISTED, MEASURES, Measure
from analysis.strategy.brief import Brief
from analysis.tables import Tables

_LIKE_A_NEW_CELL = re.compile(r"(?<=;)(\s*)(?=[=+\-@])")
"""Where a spreadsheet set to semicolons would start a cell that looks like a formula."""

_MISSING = "no score was published"
_DEVIATIONS = "standard deviations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table; an empty text or None is an empty cell.

    `low` and `high` are the interval of `value`, `percentile_low` and `percentile_high` that of
    `percentile`. `reason` says why a value is missing, `source` names sources by their id.
    """

    section: str
    party_a: str = ""
    party_b: str = ""
    item: str = ""
    label: str = ""
    text: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    percentile: float | None = None
    percentile_low: float | None = None
    percentile_high: float | None = None
    unit: str = ""
    standing: str = ""
    origin: str = ""
    evidence: str = ""
    reason: str = ""
    source: str = ""


COLUMNS = tuple(field.name for field in fields(Row))


def as_csv(subject: Subject) -> bytes:
    """Return the data as a table: UTF-8 with its mark, commas, lines that end in CR LF (RFC 4180).

    Numbers have all their digits; a missing one is an empty cell with its reason in `reason`.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    cells = attrgetter(*COLUMNS)
    writer.writerows([_cell(value) for value in cells(row)] for row in table(subject))
    return file.getvalue().encode("utf-8-sig")


def _cell(value: str | float | None) -> str:
    if isinstance(value, str):
        return _LIKE_A_NEW_CELL.sub(r"\1'", no_formula(value))
    return "" if value is None else repr(value)


def table(subject: Subject) -> list[Row]:
    """Return the rows of the table in their order; the sources of all others stand last."""
    rows = [
        *_about(subject), *_scores(subject), *_gaps(subject), *_measures(subject),
        *_opinions(subject), *_friction(subject),
        *(_brief(subject, subject.brief) if subject.brief else ()),
    ]  # fmt: skip
    cited = {source_id for row in rows for source_id in row.source.split()}
    return rows + list(_sources(subject.tables, cited))


def _about(subject: Subject) -> Iterator[Row]:
    stamp, about = subject.stamp, partial(Row, section="about")
    yield about(item="title", label="Title", text=stamp.title)
    yield about(item="subtitle", label="What it is", text=stamp.subtitle)
    for party in subject.parties:
        yield about(item="party", label="Party", text=party.name, party_a=party.id)
    yield about(item="settings", label="Settings", text=stamp.settings_line)
    yield about(item="data_version", label="Data version", text=stamp.data_version)
    yield about(item="date", label="Date", text=stamp.day.isoformat())
    yield about(
        item="source", label="Source", text=stamp.source,
        source=score_source(subject.tables, subject.comparison.a),
    )  # fmt: skip
    yield about(item="caveat", label="Keep in mind", text=stamp.caveat, source=INSIDE_COUNTRIES)
    if stamp.link:
        yield about(item="link", label="The same view", text=stamp.way_back)
    for sentence in subject.answer:
        yield about(item="answer", label="In words", text=sentence)


def _scores(subject: Subject) -> Iterator[Row]:
    names = _dimension_names(subject.tables, subject.comparison)
    for party in subject.parties:
        source = score_source(subject.tables, party)
        for d, score in zip(party.dimension_ids, party.scores, strict=True):
            yield Row(
                section="score", party_a=party.id, item=d, label=names[d], value=score.value,
                unit="points", standing=score.standing, origin=score.origin,
                reason="" if score.origin else _MISSING,
                source=source if party.is_from_framework(score) else "",
            )  # fmt: skip


def _gaps(subject: Subject) -> Iterator[Row]:
    pair, names = subject.comparison, _dimension_names(subject.tables, subject.comparison)
    scores = score_source(subject.tables, pair.a)
    index = _joined(scores, *MEASURES["kogut_singh"].source_ids)
    people = _joined(scores, INSIDE_COUNTRIES)
    for d, gap in pair.gaps.items():
        why = gap.reason or pair.reason
        overlap, superiority = (
            (gap.overlap.share, gap.overlap.superiority) if gap.overlap else (None, None)
        )
        row = partial(_of_pair, pair, item=d, label=names[d])
        # A gap may be known on a dimension that is left out: its reason is then no missing value.
        yield row("gap", value=gap.points, unit="points", reason=why, source=scores)
        for section, value, unit, source in (
            ("gap_standardised", gap.standardised, _DEVIATIONS, scores),
            ("contribution", gap.contribution, "share", index),
            ("overlap", overlap, "share", people),
            ("superiority", superiority, "share", people),
        ):
            yield row(section, value=value, unit=unit, reason=why, source=source)
    for item, whole in (
        ("independent", pair.overlap_independent),
        ("correlated", pair.overlap_correlated),
    ):
        yield _of_pair(
            pair, "overlap", item=item, label=f"All dimensions, {item}", unit="share",
            value=whole.share if whole else None, reason=pair.reason, source=people,
        )  # fmt: skip


def _measures(subject: Subject) -> Iterator[Row]:
    pair = subject.comparison
    headline = MEASURES[pair.settings.measure]
    scores = score_source(subject.tables, pair.a)
    for measure in dict.fromkeys((headline, *LISTED)):
        yield _measure("measure", pair, measure, scores)
    for each in subject.pairs:
        yield _measure("pair", each, headline, scores)


def _measure(section: str, pair: Comparison, measure: Measure, scores: str) -> Row:
    found = pair.measures.get(measure.id)
    row = partial(
        _of_pair, pair, section, item=measure.id, label=measure.label, unit=measure.unit,
        source=_joined(scores, *measure.source_ids),
    )  # fmt: skip
    if found is None:
        return row(reason=pair.reason or too_few_dimensions(measure))
    low, high = found.interval or (None, None)
    rank_low, rank_high = found.percentile_interval or (None, None)
    return row(
        value=found.value, low=low, high=high, percentile=found.percentile,
        percentile_low=rank_low, percentile_high=rank_high,
    )  # fmt: skip


def _opinions(subject: Subject) -> Iterator[Row]:
    """Return the rank in every framework, with the distance by its own scores as the value."""
    pair, agreement = subject.comparison, subject.agreement
    if agreement is None:
        return
    for view in agreement.views:
        measure = MEASURES[view.measure]
        row = partial(_of_pair, pair, "framework", item=view.framework, label=view.name)
        if view.result is None:
            yield row(reason=view.reason, source=view.source)
            continue
        low, high = view.result.interval or (None, None)
        rank_low, rank_high = view.result.percentile_interval or (None, None)
        yield row(
            value=view.result.value, low=low, high=high, percentile=view.result.percentile,
            percentile_low=rank_low, percentile_high=rank_high, unit=measure.unit,
            source=_joined(view.source, *measure.source_ids),
        )  # fmt: skip
    for told in subject.cautions:
        yield _of_pair(pair, "agreement", label="Beside the rank", text=told)
    for told in (agreement.sentence, *agreement.notes):
        yield _of_pair(pair, "agreement", label="Do the frameworks agree?", text=told)


def _friction(subject: Subject) -> Iterator[Row]:
    pair, friction = subject.comparison, subject.friction
    source = _joined(score_source(subject.tables, pair.a), DESIGN)
    low, high = friction.overall_interval or (None, None)
    rank_low, rank_high = friction.rank_interval or (None, None)
    yield _of_pair(
        pair, "friction", item="overall", label="Overall friction: mean severity of the areas",
        value=friction.overall, low=low, high=high, percentile=friction.overall_percentile,
        percentile_low=rank_low, percentile_high=rank_high, unit="severity",
        reason=friction.reason, source=source,
    )  # fmt: skip
    for family in subject.knowledge.families:
        if family.id in friction.families:
            yield _of_pair(
                pair, "family", item=family.id, label=family.name, unit="severity",
                value=friction.families[family.id], source=source,
            )  # fmt: skip
    for found in friction.topics:
        yield from _topic(subject, found)


def _topic(subject: Subject, found: TopicFriction) -> Iterator[Row]:
    low, high = found.interval or (None, None)
    row = partial(
        _of_pair, subject.comparison, item=found.topic.id, label=found.topic.title,
        evidence=found.topic.evidence, reason=found.reason,
        source=_joined(score_source(subject.tables, subject.comparison.a), *topic_sources(found)),
    )  # fmt: skip
    yield row("topic", value=found.severity, low=low, high=high, unit="severity")
    yield row("topic_gap", value=found.gap, unit=_DEVIATIONS)
    if subject.brief:
        yield row("topic_with_deal", value=found.in_context, unit="severity")
    felt_on = subject.knowledge.friction.felt.dimension.upper()
    unfelt = "" if subject.friction.multipliers else f"both need a score on {felt_on}"
    for section, value in (
        ("topic_felt_by_a", found.felt_by_a),
        ("topic_felt_by_b", found.felt_by_b),
    ):
        yield row(section, value=value, unit="severity", reason=found.reason or unfelt)
    yield row("topic_probability", value=found.probability, unit="share")


def _brief(subject: Subject, brief: Brief) -> Iterator[Row]:
    strategy, currency = subject.knowledge.strategy, brief.deal.currency
    for name, value in changed_fields(brief.deal).items():
        row = partial(Row, section="deal", item=name, label=DEAL_FIELDS[name].label)
        yield from _answers(row, name, value, currency)
    source = _joined(*(c.id for c in strategy.roadmap.sources))
    for place, step in enumerate(brief.roadmap.steps, 1):
        row = partial(Row, item=f"step {place}", label=step.name, source=source)
        for section, number, unit, why in (
            ("roadmap_amount", step.amount, currency, "no figure was given"),
            ("roadmap_share", step.share, "share", "the total is not known"),
            ("roadmap_month", step.start, "month", ""),
        ):
            yield row(
                section=section, value=number, unit=unit, reason="" if number is not None else why
            )
    source = _joined(*(c.id for c in strategy.agenda.sources))
    for item in brief.agenda:
        yield Row(
            section="agenda", item=item.stage.id, label=item.stage.name, value=item.minutes,
            unit="minutes", source=source,
        )  # fmt: skip


def _answers(row: partial[Row], name: str, value: object, currency: str) -> Iterator[Row]:
    """Return the answer to one question of the deal form: a row, or one for each of several."""
    kind = DEAL_FIELDS[name].kind
    if kind == "effects" and isinstance(value, tuple):
        for circumstance, effect in value:
            yield row(text=circumstance, value=effect, unit="log odds")
    elif isinstance(value, tuple):
        for part in value:
            yield from _answers(row, name, part, currency)
    elif isinstance(value, bool):
        yield row(text="yes" if value else "no")
    elif isinstance(value, int | float):
        yield row(value=value, unit=currency if kind in {"amount", "amounts"} else name)
    else:
        yield row(text=str(value))


def _sources(tables: Tables, cited: Collection[str]) -> Iterator[Row]:
    for source in (source for i, source in tables.sources.items() if i in cited):
        year = str(source.year) if source.year else ""
        told = (source.authors, year, source.title, source.published_in, source.address)
        yield Row(
            section="source", item=source.id, label=source.kind, source=source.id,
            text=", ".join(part for part in told if part),
        )  # fmt: skip


def _of_pair(pair: Comparison, section: str, **cells: float | str | None) -> Row:
    return Row(section=section, party_a=pair.a.id, party_b=pair.b.id, **cells)  # type: ignore[arg-type]


def _dimension_names(tables: Tables, pair: Comparison) -> dict[str, str]:
    return {d.id: d.name for d in tables.frameworks[pair.settings.framework].dimensions}


def _joined(*ids: str) -> str:
    return " ".join(dict.fromkeys(ids))
