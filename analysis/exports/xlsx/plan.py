"""The sheets that a brief adds: road map, agenda, and the worksheets as tables to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import fsum, isfinite

from xlsxwriter.utility import xl_col_to_name

from analysis.charts.roadmap import known_steps, roadmap_data
from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import (
    FIRST_ROW,
    HEADER_ROW,
    RULE,
    AnyCell,
    Book,
    Cell,
    Sheet,
    as_text,
)
from analysis.exports.xlsx.book import Column as SheetColumn
from analysis.exports.xlsx.native import ROADMAP_CHART, roadmap_chart
from analysis.exports.xlsx.places import cell
from analysis.strategy.brief import Brief
from analysis.strategy.roadmap import Roadmap
from analysis.strategy.worksheets import Column, Worksheet
from analysis.words import capital, join

WORKSHEETS: Mapping[str, str] = {
    "information": "Information",
    "relationship": "Relationship",
    "qualification": "Qualification",
    "deciders": "Deciders",
    "balance": "Questions",
}
"""What the sheets of the worksheets are called."""

_AMOUNT = "#,##0"
_MARKS = ["yes", "no"]
_SPARE_ROWS = 5


def fill_roadmap(book: Book, sheet: Sheet, subject: Subject, brief: Brief) -> None:
    """Write the stages with amount and share; shares and sum are formulas."""
    told = brief.roadmap
    amounts = [step.amount for step in told.steps]
    known = [amount for amount in amounts if amount is not None]
    cents = any(amount % 1 for amount in known)
    number = f"{_AMOUNT}.00" if cents else _AMOUNT
    columns = (
        SheetColumn("Stage", least=36, most=48),
        SheetColumn("From month", "0" if told.steps[0].day is None else "0.00", least=9),
        SheetColumn(f"Amount in {brief.deal.currency}", number, least=16),
        SheetColumn("Share of the total", "0.0 %", least=12),
    )
    count = len(told.steps)
    total = cell(FIRST_ROW + count + 1, 2)
    rows: list[tuple[AnyCell, ...]] = []
    for place, step in enumerate(told.steps):
        share: AnyCell = step.share
        if step.share is not None and step.amount is not None:
            share = Cell(step.share, f"C{FIRST_ROW + place + 1}/{total}")
        rows.append((step.name, float(step.start), step.amount, share))
    data = roadmap_data(told, brief.deal)
    below = sheet.table("Road map", data.caption, columns, rows)
    below = sheet.rows(below - 1, columns, _sums(brief, count), bold=True) + 1
    sheet.worksheet.fit_to_pages(1, 1)
    below = sheet.notes(below, [*_roadmap_words(told), *subject.stamp.lines[2:4]])
    if len(known_steps(told)) == count and told.level != "beyond":
        column = 2 if known else 3
        chart = roadmap_chart(book, count, column)
        sheet.chart(below, 0, chart, ROADMAP_CHART, data.description)


def _sums(brief: Brief, count: int) -> list[tuple[AnyCell, ...]]:
    """Return the sum of the stages and, where it is known, the total that shares are taken of."""
    told = brief.roadmap
    amounts = [step.amount for step in told.steps if step.amount is not None]
    shares = [step.share for step in told.steps if step.share is not None]
    first, last = FIRST_ROW + 1, FIRST_ROW + count

    def sum_of(column: str, values: list[float]) -> AnyCell:
        return Cell(fsum(values), f"SUM({column}{first}:{column}{last})") if values else None

    sums: list[tuple[AnyCell, ...]] = [
        ("Sum of the stages", None, sum_of("C", amounts), sum_of("D", shares))
    ]
    if told.total is not None:
        given = brief.deal.total is not None
        total: AnyCell = told.total if given else Cell(told.total, f"C{last + 1}")
        sums.append(("Total that shares are taken of", None, total, None))
    return sums


def _roadmap_words(told: Roadmap) -> list[str]:
    gates = "; ".join(gate.rstrip(".") for gate in told.gates)
    return [
        f"{told.statement_label} “{told.statement}”",
        told.check,
        f"The next step comes once: {gates}.",
        told.two_track,
        told.numbers,
    ]


def fill_agenda(sheet: Sheet, subject: Subject, brief: Brief) -> None:
    """Write the stages of the next meeting with their minutes and when each starts."""
    columns = (
        SheetColumn("Stage", least=20, most=30),
        SheetColumn("Starts at minute", "0", least=9),
        SheetColumn("Minutes", "0", least=9),
        SheetColumn("Share of the time", "0 %", least=9),
        SheetColumn("Aim", most=50),
        SheetColumn("What moved the time", least=20, most=50),
    )
    count = len(brief.agenda)
    minutes = [float(item.minutes) for item in brief.agenda]
    whole = cell(FIRST_ROW + count, 2)
    rows: list[tuple[AnyCell, ...]] = []
    for place, item in enumerate(brief.agenda):
        row = FIRST_ROW + place + 1
        start = Cell(fsum(minutes[:place]), f"B{row - 1}+C{row - 1}") if place else 0.0
        share = Cell(item.minutes / fsum(minutes), f"C{row}/{whole}")
        why = capital(join(item.why))
        rows.append((item.stage.name, start, minutes[place], share, item.stage.aim, why))
    sums: tuple[AnyCell, ...] = (
        "Together",
        None,
        Cell(fsum(minutes), f"SUM(C{FIRST_ROW + 1}:C{FIRST_ROW + count})"),
        Cell(1.0, f"SUM(D{FIRST_ROW + 1}:D{FIRST_ROW + count})"),
        None,
        None,
    )
    below = sheet.table(
        f"Agenda for {brief.deal.minutes} minutes",
        subject.knowledge.strategy.agenda.note,
        columns,
        rows,
        sums,
    )
    sheet.notes(below, [brief.shared_aim, *subject.stamp.lines[2:4]])


def fill_worksheet(sheet: Sheet, brief: Brief, worksheet: Worksheet) -> None:
    """Write a worksheet as a table to fill in, with spare rows and a sum below what is counted."""
    names = {side.id: side.name for side in (brief.comparison.a, brief.comparison.b)}
    labels = _distinct([column.label for column in worksheet.columns])
    columns = [
        SheetColumn(label, "General" if c.kind == "count" else "", *_WIDTHS.get(c.kind, (26, 60)))
        for label, c in zip(labels, worksheet.columns, strict=True)
    ]
    rows = [
        [_cell(c, row.get(c.key, ""), names) for c in worksheet.columns] for row in worksheet.rows
    ]
    rows += [[None] * len(columns) for _ in range(_SPARE_ROWS)]
    below = sheet.table(
        worksheet.title, worksheet.note or "Yours to fill in.", columns, rows, frozen_columns=0
    )
    last = FIRST_ROW + len(rows) - 1
    sheet.worksheet.add_table(
        HEADER_ROW, 0, last, len(columns) - 1,
        {
            "columns": [{"header": label} for label in labels],
            "autofilter": False,
            "style": None,
        },
    )  # fmt: skip
    sheet.header(HEADER_ROW, columns)  # the table wrote its own over it
    for place, column in enumerate(worksheet.columns):
        if column.kind == "mark":
            look = {"validate": "list", "source": _MARKS}
            sheet.worksheet.data_validation(FIRST_ROW, place, last, place, look)
    sums = [_sum(worksheet, place, last) for place in range(len(columns))]
    if any(sums):
        sheet.rows(below, columns, [["In all", *sums[1:]]], bold=True, top=1, top_color=RULE)


_WIDTHS: Mapping[str, tuple[int, int]] = {"party": (16, 26), "count": (13, 20), "mark": (14, 24)}
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def _distinct(labels: Sequence[str]) -> list[str]:
    """Return labels that a table takes: each once whatever its case, and without an escape."""
    found: list[str] = []
    for label in labels:
        plain = as_text(_ESCAPED.sub("-", label))
        taken = sum(plain.casefold() == other.casefold() for other in found)
        found.append(f"{plain} ({taken + 1})" if taken else plain)
    return found


def _cell(column: Column, text: str, names: Mapping[str, str]) -> AnyCell:
    if column.kind == "party":
        return names.get(text, text)
    return number_in(text) if column.kind == "count" else text


def number_in(text: str) -> float | str:
    """Return the number that a text is, or the text itself.

    Examples
    --------
    >>> number_in("1.5"), number_in("two"), number_in("inf")
    (1.5, 'two', 'inf')
    """
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text


def _sum(worksheet: Worksheet, place: int, last: int) -> AnyCell:
    """Return the sum of a column that holds counts, else nothing."""
    column = worksheet.columns[place]
    if column.kind != "count":
        return None
    numbers = [number_in(row.get(column.key, "")) for row in worksheet.rows]
    known = fsum(number for number in numbers if isinstance(number, float))
    letter = xl_col_to_name(place)
    return Cell(known, f"SUM({letter}{FIRST_ROW + 1}:{letter}{last + 1})")
