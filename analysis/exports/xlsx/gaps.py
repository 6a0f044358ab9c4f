"""The sheet of gaps: from the scores to each dimension's share of the distance, cell by cell."""

from __future__ import annotations

from math import fsum

from analysis.charts.dumbbell import by_gap, dumbbell_data
from analysis.exports.subject import Subject, score_format
from analysis.exports.xlsx.book import FIRST_ROW, AnyCell, Book, Cell, Column, Sheet
from analysis.exports.xlsx.native import GAP_CHART, gap_chart
from analysis.exports.xlsx.places import Places
from analysis.sentences import overlap_sentence
from analysis.tables import Dimension
from analysis.words import join

FINE = "0.0000"
DISTANCE_COLUMNS = (
    Column("Variance in the reference set", "0.00"),
    Column("Gap in standard deviations", "+0.0000;-0.0000;0.0000"),
    Column("Squared gap over variance", FINE),
    Column("Weight", "General"),
    Column("Weighted", FINE),
    Column("Share of the Kogut-Singh sum", "0 %"),
    Column("People in common", "0 %"),
)


def fill_gaps(book: Book, sheet: Sheet, subject: Subject, places: Places) -> None:
    """Write a row for each dimension, the widest gap first, and the chart of the gaps.

    A pair without a distance has only the columns that need no reference set.
    """
    pair = subject.comparison
    order = by_gap(subject.tables, pair)
    score = score_format(subject)
    rest = DISTANCE_COLUMNS if places.used else ()
    columns = (
        Column("Dimension", most=24),
        Column(pair.a.name, score, least=11, most=20),
        Column(pair.b.name, score, least=11, most=20),
        Column("Gap", f"+{score};-{score};{score}"),
        Column("Absolute gap", score),
        *rest,
        Column("Counts", least=8),
        Column("Remarks", least=16, most=34),
    )
    rows = [_row(subject, places, place, d) for place, d in enumerate(order)]
    data = dumbbell_data(subject.tables, pair)
    below = sheet.table(
        data.title, _how_to_read(subject, places), columns, rows, _totals(subject, places)
    )
    below = sheet.notes(
        below,
        [
            overlap_sentence(subject.tables, pair) if places.used else "",
            subject.stamp.source,
            subject.stamp.settings_line,
        ],
    )
    below = sheet.note(
        below,
        f"Gaps in points. To the right: {pair.a.name} scores higher. To the left: {pair.b.name}"
        " scores higher.",
    )
    chart = gap_chart(book, subject, order)
    sheet.chart(below, 0, chart, GAP_CHART, f"{data.title}. {data.description}")


def _how_to_read(subject: Subject, places: Places) -> str:
    pair = subject.comparison
    start = f"Gap: {pair.a.name} minus {pair.b.name}, in points."
    if not places.used:
        return (
            f"{start} There is no distance, so no gap is set against the spread of all countries."
        )
    return (
        f"{start} Scores come from the sheet Scores, weights from Settings, variances from"
        " Covariance; the rest is computed here."
    )


def _row(subject: Subject, places: Places, place: int, d: Dimension) -> tuple[AnyCell, ...]:
    pair = subject.comparison
    gap, row = pair.gaps[d.id], FIRST_ROW + place + 1
    a, b = pair.a.score(d.id).value, pair.b.score(d.id).value
    scores = (
        None if a is None else Cell(a, places.score(0, d.id)),
        None if b is None else Cell(b, places.score(1, d.id)),
    )
    points: tuple[AnyCell, ...] = (None, None)
    if gap.points is not None:
        points = (Cell(gap.points, f"B{row}-C{row}"), Cell(abs(gap.points), f"ABS(D{row})"))
    if not places.used:
        counts: AnyCell = "no"
        return (d.name, *scores, *points, counts, _remarks(subject, d))
    if place >= places.used:
        empty = (None,) * len(DISTANCE_COLUMNS)
        return (d.name, *scores, *points, *empty, "no", _remarks(subject, d))
    return (
        d.name, *scores, *points, *_against_all(subject, places, d, row), "yes",
        _remarks(subject, d),
    )  # fmt: skip


def _against_all(subject: Subject, places: Places, d: Dimension, row: int) -> tuple[AnyCell, ...]:
    """Return a gap against the spread of the reference set; for a dimension that counts."""
    pair = subject.comparison
    gap = pair.gaps[d.id]
    z = gap.standardised or 0.0
    weight = _weight(subject, d.id)
    share, total = places.between_share, f"J${places.sum_row + 1}"
    at = places.counted.index(d.id)
    return (
        Cell(float(places.covariances[at, at]), places.covariance(d.id, d.id)),
        Cell(z, f"D{row}/SQRT(F{row})"),
        Cell(z**2, f"D{row}^2/F{row}"),
        Cell(weight, places.weight(d.id)),
        Cell(weight * z**2, f"I{row}*H{row}"),
        Cell(gap.contribution, f"IF({total}=0,0,J{row}/{total})"),
        Cell(
            gap.overlap.share if gap.overlap else None,
            f"2*NORMSDIST(-ABS(G{row})*SQRT({share}/(1-{share}))/2)",
        ),
    )


def _weight(subject: Subject, dimension_id: str) -> float:
    settings = subject.comparison.settings
    return settings.weights[settings.dimensions.index(dimension_id)]


def _totals(subject: Subject, places: Places) -> tuple[AnyCell, ...]:
    if not places.used:
        return ()
    pair = subject.comparison
    weights = {d: _weight(subject, d) for d in places.counted}
    parts = [weights[d] * (pair.gaps[d].standardised or 0.0) ** 2 for d in places.counted]
    first, last = FIRST_ROW + 1, FIRST_ROW + places.used
    shares = 1.0 if fsum(parts) else 0.0
    return (
        "Sum of those that count", None, None, None, None, None, None, None,
        Cell(fsum(weights.values()), f"SUM(I{first}:I{last})"),
        Cell(fsum(parts), f"SUM(J{first}:J{last})"),
        Cell(shares, f"SUM(K{first}:K{last})"),
        None, None, None,
    )  # fmt: skip


def _remarks(subject: Subject, d: Dimension) -> str:
    """Return why a dimension does not count, whose score is missing, and for whom one stands in."""
    pair = subject.comparison
    found = []
    for standing in ("missing", "regional"):
        who = [p.name for p in (pair.a, pair.b) if p.score(d.id).standing == standing]
        found += [f"{standing}: {join(who)}"] if who else []
    reason = pair.gaps[d.id].reason
    if reason and not any(note.startswith("missing") for note in found):
        found.insert(0, reason)
    if pair.reason and not reason:
        found.insert(0, "no distance")
    return "; ".join(found)
