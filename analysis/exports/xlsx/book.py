"""Sheets with one look: a title, a line on how to read it, a frozen header, rows, notes below.

Text is always written as text: nothing that a person typed can become a formula or a link. The only
formulas are `Cell`s that carry one, each with its value, so that a viewer that does not calculate
shows numbers all the same.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from analysis.exports.fitting import line_count, text_width
from analysis.exports.legible import shortened
from analysis.exports.subject import Stamp
from analysis.tables import FloatArray

FONT, SIZE, SMALL = "Arial", 10, 9
INK, GREY, RULE, FAINT = "#1F1F1F", "#666666", "#808080", "#DDDDDD"

ROW_LOOK = {"text_wrap": True, "bottom": 1, "bottom_color": FAINT}

HEADER_ROW, FIRST_ROW = 2, 3
"""Where the table of a sheet stands; the two rows above hold its title and how to read it."""

PIXELS_PER_POINT = 96 / 72
_LINE = 1.28
"""Height of a line of Arial, as a multiple of the letters' size."""
_PADDING, _INDENT = 12, 9
"""Room that spreadsheets leave around text, and what they indent it by [pixels]."""
BOLDER, _NARROWER = 1.08, 0.95
"""How much wider bold letters are, and how much narrower Arial is than what widths are taken in."""
_LETTER = 7
"""Width that spreadsheets give a digit, and count the width of a column in [pixels]."""
_ALL = "A1:XFD1048576"
_LONGEST_CELL = 32_000
_LONGEST_TITLE_IN_FOOTER = 70


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the formula that gives it, or with a number format other than its column's."""

    value: str | float | None
    formula: str = ""
    number: str = ""


AnyCell = Cell | str | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the format of its numbers, and its least and greatest width [letters]."""

    label: str
    number: str = ""
    least: int = 8
    most: int = 34
    bold: bool = False


class Book:
    """A workbook in memory; the same content and day give the same bytes."""

    def __init__(self, stamp: Stamp) -> None:
        self._file = io.BytesIO()
        self.workbook: Any = xlsxwriter.Workbook(
            self._file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": FONT, "font_size": SIZE},
            },
        )
        day = stamp.day
        self.workbook.set_properties(
            {
                "title": stamp.title,
                "subject": stamp.subtitle,
                "author": "Parley",
                "comments": " ".join(stamp.lines),
                "created": datetime(day.year, day.month, day.day),
            }
        )
        self._stamp = stamp
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **properties: Any) -> Any:
        """Return a cell format; equal ones are made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            # A sentence that starts with an Arabic name still runs from left to right.
            look = {"valign": "top", "font_color": INK, "reading_order": 1, **properties}
            self._styles[key] = self.workbook.add_format(look)
        return self._styles[key]

    def sheet(self, name: str) -> Sheet:
        """Return a new sheet; the name is one of our own, short and without spaces or signs."""
        sheet = Sheet(self, name, self.workbook.add_worksheet(name, FittingWorksheet))
        title = shortened(self._stamp.title, _LONGEST_TITLE_IN_FOOTER).replace("&", "&&")
        # Behind a name that runs from right to left a bare day would be drawn in the wrong order.
        made = f"Parley data {self._stamp.data_version} · {self._stamp.day_in_words}"
        sheet.worksheet.set_footer(f"&L&8 {title} · {made}&R&8&A, &P of &N")
        return sheet

    def close(self) -> bytes:
        """Return the finished file."""
        self.workbook.close()
        return self._file.getvalue()


class FittingWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet with rows that fit themselves again once a person changes their text.

    The library marks every row that has a height as set by hand; without the mark the height is
    only a first one. The rows are in `fitting`, counted from 0.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fitting: set[int] = set()

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        held = attributes
        if tag == "row" and dict(attributes)["r"] - 1 in self.fitting:
            held = [one for one in attributes if one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, held)


class Sheet:
    """One sheet, printed across the width of a landscape page."""

    def __init__(self, book: Book, name: str, worksheet: Any) -> None:
        self.book, self.name, self.worksheet = book, name, worksheet
        self._widths: list[int] = []
        # Neighbouring measures have different formulas, and a person's answer may be a number.
        worksheet.ignore_errors({"formula_differs": _ALL, "number_stored_as_text": _ALL})
        worksheet.set_landscape()
        worksheet.set_paper(9)  # A4
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)

    def write(self, row: int, column: int, cell: AnyCell, **look: Any) -> None:
        """Write one cell; a text is never read as a formula, a link or markup."""
        style = self.book.style(**look)
        value = cell.value if isinstance(cell, Cell) else cell
        if isinstance(cell, Cell) and cell.formula:
            self.worksheet.write_formula(row, column, f"={cell.formula}", style, value)
        elif value is None or value == "":
            self.worksheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            self.worksheet.write_string(row, column, as_text(value), style)
        else:
            self.worksheet.write_number(row, column, value, style)

    def table(
        self,
        title: str,
        note: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[AnyCell]],
        totals: Sequence[AnyCell] = (),
        frozen_columns: int = 1,
    ) -> int:
        """Write title, note, header, rows and, in bold, a line of totals.

        Returns
        -------
        int
            The first row below, one left empty.
        """
        self.fit(columns, [*rows, totals] if totals else rows)
        self.write(0, 0, title, bold=True, font_size=12)
        self.note(1, note)
        self.worksheet.freeze_panes(FIRST_ROW, frozen_columns)
        self.worksheet.repeat_rows(0, HEADER_ROW)
        return self.block(HEADER_ROW, columns, rows, totals)

    def block(
        self,
        row: int,
        columns: Sequence[Column],
        rows: Sequence[Sequence[AnyCell]],
        totals: Sequence[AnyCell] = (),
    ) -> int:
        """Write a header, rows and a line of totals; return the row below, one left empty."""
        self.header(row, columns)
        last = self.rows(row + 1, columns, rows)
        if totals:
            last = self.rows(last, columns, [totals], bold=True, top=1, top_color=RULE)
        return last + 1

    def header(self, row: int, columns: Sequence[Column]) -> None:
        """Write a header in bold above a thin rule."""
        for place, column in enumerate(columns):
            side = {"align": "right"} if column.number else _left(place)
            self.write(
                row, place, column.label, bold=True, text_wrap=True, valign="bottom",
                bottom=1, bottom_color=RULE, **side,
            )  # fmt: skip
        self._fit_row(row, [column.label for column in columns], BOLDER)

    def rows(
        self, first: int, columns: Sequence[Column], rows: Sequence[Sequence[AnyCell]], **look: Any
    ) -> int:
        """Write rows, each above a faint rule; return the first row below."""
        for place, row in enumerate(rows, first):
            for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
                number = column.number
                if isinstance(cell, Cell) and cell.number:
                    number = cell.number
                is_text = isinstance(cell, str) or not column.number
                shown: dict[str, Any] = _left(at) if is_text else {}
                if number:
                    shown["num_format"] = number
                if column.bold:
                    shown["bold"] = True
                self.write(place, at, cell, **{**ROW_LOOK, **shown, **look})
            self._fit_row(place, row, BOLDER if look.get("bold") else 1.0)
        return first + len(rows)

    def _fit_row(self, row: int, cells: Sequence[AnyCell], wider: float) -> None:
        """Give a row the height of its longest text."""
        texts = [cell.value if isinstance(cell, Cell) else cell for cell in cells]
        height = max(
            height_of(text if isinstance(text, str) else "", (width - _INDENT + 1) / wider)
            for text, width in zip(texts, self._widths, strict=False)
        )
        self.set_height(row, height, fits=True)

    def set_height(self, row: int, height: float, *, fits: bool) -> None:
        """Set the height of a row [points]; with `fits` only as a first one."""
        self.worksheet.set_row(row, height)
        if fits:
            self.worksheet.fitting.add(row)

    def array(self, row: int, column: int, values: FloatArray, formula: str, number: str) -> None:
        """Write one formula that fills a block, with all its values, shape (rows, columns)."""
        last = (row + values.shape[0] - 1, column + values.shape[1] - 1)
        style = self.book.style(**ROW_LOOK, num_format=number)
        first = float(values[0, 0])
        self.worksheet.write_array_formula(row, column, *last, f"{{={formula}}}", style, first)
        for (down, right), value in np.ndenumerate(values):
            if down or right:
                self.worksheet.write_number(row + down, column + right, float(value), style)

    def fit(self, columns: Sequence[Column], rows: Sequence[Sequence[AnyCell]]) -> None:
        """Give each column the width of its longest text, up to where text wraps."""
        self._widths = [
            _width(column, [row[place] for row in rows]) for place, column in enumerate(columns)
        ]
        for place, width in enumerate(self._widths):
            self.worksheet.set_column_pixels(place, place, width)

    @property
    def width(self) -> int:
        """The width of all columns that hold something [pixels]."""
        return sum(self._widths)

    def note(self, row: int, text: str, **look: Any) -> int:
        """Write a text across the whole table and return the row below."""
        shown = {"text_wrap": True, "font_color": GREY, **look}
        if len(self._widths) > 1:
            self.worksheet.merge_range(row, 0, row, len(self._widths) - 1, "")
        self.write(row, 0, text, **shown)
        self.worksheet.set_row(row, height_of(text, self.width, look.get("font_size", SIZE)))
        return row + 1

    def notes(self, row: int, texts: Sequence[str]) -> int:
        """Write texts one below the other and return the row below, one left empty."""
        for text in texts:
            if text:
                row = self.note(row, text)
        return row + 1

    def chart(self, row: int, column: int, chart: Any, size: tuple[int, int], text: str) -> int:
        """Put a chart over rows of a fixed height and return the row below.

        `size` is in pixels, `text` tells the chart to a person who does not see it. A chart hangs
        between two cells: rows that fit themselves to their text would stretch it.
        """
        chart.set_size({"width": size[0], "height": size[1]})
        below = row + -(-size[1] // _CHART_ROW) + 1
        for place in range(row, below):
            self.worksheet.set_row_pixels(place, _CHART_ROW)
        self.insert(row, column, chart, text)
        return below

    def insert(self, row: int, column: int, chart: Any, text: str) -> None:
        """Put a chart whose size is set over rows whose heights are."""
        look = {"description": text, "object_position": 2}
        self.worksheet.insert_chart(row, column, chart, look)


_CHART_ROW = 21
"""Height of a row below a chart [pixels]; 20 would be left to the reader's font."""


def as_text(text: str) -> str:
    """Return text as it is written into a cell.

    The library passes on a text between these two tags as its own markup, unescaped: a space behind
    the second one prevents that.
    """
    cut = shortened(text, _LONGEST_CELL)
    return f"{cut} " if cut.startswith("<r>") and cut.endswith("</r>") else cut


def height_of(text: str, width: float, size: float = SIZE) -> float:
    """Return the height of a row of text within a width [points from pixels]."""
    lines = line_count(text, width - _PADDING, size * PIXELS_PER_POINT * _NARROWER)
    return lines * size * _LINE + 3


def _width(column: Column, cells: Sequence[AnyCell]) -> int:
    """Return a column's width [pixels]: text may wrap, a number may not."""
    values = [cell.value if isinstance(cell, Cell) else cell for cell in cells]
    texts = [_length(value) for value in values if isinstance(value, str)]
    heading = max(BOLDER * _length(word) for word in column.label.split(" "))
    text = max([heading, *texts]) * (BOLDER if column.bold else 1) + _PADDING + _INDENT
    least, most = (letters * _LETTER for letters in (column.least, column.most))
    numbers = (_digits(column, cell) for cell in cells)
    return ceil(max(min(max(text, least), most), *numbers, 0))


def _digits(column: Column, cell: AnyCell) -> float:
    """Return the width of a number as its column shows it [pixels]; 0 for anything else."""
    value = cell.value if isinstance(cell, Cell) else cell
    if value is None or isinstance(value, str):
        return 0.0
    number = (cell.number if isinstance(cell, Cell) else "") or column.number
    decimals = number.split(";")[0].partition(".")[2].count("0")
    return BOLDER * _length(f"{value:+,.{decimals}f}") + _PADDING


def _left(column: int) -> dict[str, Any]:
    """Return the look of text, with room to the number before it."""
    return {"align": "left", "indent": 1} if column else {"align": "left"}


def _length(text: str) -> float:
    return text_width(text, SIZE * PIXELS_PER_POINT * _NARROWER)
