"""Slides put together: text, charts and tables that fit, a message on top, notes behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import datetime, time
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches, Pt

from analysis.exports.blocks import Table, Text
from analysis.exports.fitting import largest_size, parts_that_fit, text_height
from analysis.exports.package import with_fixed_times
from analysis.exports.pptx.master import (
    BESIDE,
    BESIDE_BOX,
    BODY,
    CAPTION,
    CAPTION_BOX,
    CHART,
    CONTENT,
    FIRST_BOX,
    GREY,
    INK,
    LEFT_BOX,
    NOTE_BOX,
    RULE,
    SECOND,
    TABLE,
    TABLE_BOX,
    TITLE,
    TITLE_BOX,
    TITLE_SIZE,
    Box,
    new_presentation,
)
from analysis.exports.subject import Subject

_POINTS = 72
_TEXT_SIZES = (16, 15, 14, 13, 12, 11, 10)
_FIRST_SIZES, _TITLE_SIZES = (44, 38, 32, 28, 24), (TITLE_SIZE, 24, 22, 20, 18)
_NOTE_SIZES = (10, 9.5, 9, 8.5)
_TABLE_NOTE_SIZES = (12, 11.5, 11, 10.5, *_NOTE_SIZES)
_UNDER_TABLE, _HIGHEST_NOTE = 0.3, 1.6
"""Empty room between a table and its note, and the most that a note takes [inches]."""

_CELL_SIZES = (13, 12, 11, 10.5)
_CELL_EDGE, _ROW_EDGE = 0.16, 0.13
"""Empty room beside and above the text of a cell, both sides together [inches]."""

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""A table without lines and fills, by the name that office programs know it by."""

_SERIF_WIDER = 1.06
"""Titles stand in a serif font that is wider than the one that text is measured in."""


class Deck:
    """A presentation that grows slide by slide."""

    def __init__(self, subject: Subject) -> None:
        """Start with no slide; the footer names parties, data version and day."""
        stamp = subject.stamp
        self._subject = subject
        self._footer = f"{stamp.title} · Parley data {stamp.data_version} · {stamp.day_in_words}"
        self._presentation = new_presentation(self._footer)

    def title_slide(self, title: str, subtitle: str, origin: Sequence[str]) -> None:
        """Add the first slide."""
        slide = self._slide(TITLE, title, ())
        slide.placeholders[BODY].text_frame.text = subtitle
        frame = slide.placeholders[CAPTION].text_frame
        _write(frame, [Text(line, style="note") for line in origin], 11.5)

    def text_slide(
        self, message: str, left: Sequence[Text], right: Sequence[Text], notes: Sequence[str] = ()
    ) -> None:
        """Add a slide with two columns of text."""
        slide = self._slide(CONTENT, message, notes)
        size = min(_size_for(texts, LEFT_BOX) for texts in (left, right))
        for number, texts in ((BODY, left), (SECOND, right)):
            place = slide.placeholders[number]
            if texts:
                _write(place.text_frame, texts, size)
            else:
                _remove(place)

    def chart_slide(
        self,
        message: str,
        add: Callable[[Any], Any],
        description: str,
        beside: Sequence[Text],
        caption: str,
        notes: Sequence[str] = (),
    ) -> None:
        """Add a slide with a chart and text beside it; `add` puts the chart into its place."""
        slide = self._slide(CHART, message, [caption, *notes])
        _describe(add(slide.placeholders[BODY]), description)
        _write(slide.placeholders[BESIDE].text_frame, beside, _size_for(beside, BESIDE_BOX))
        _write_note(slide.placeholders[CAPTION], caption, CAPTION_BOX)

    def table_slides(
        self,
        message: str | Callable[[Sequence[Sequence[str]]], str],
        table: Table,
        notes: Sequence[str] = (),
    ) -> None:
        """Add a table, over as many slides as its rows need; a message may go by their rows."""
        widths = _column_widths(table)
        room = TABLE_BOX[3] - 0.4
        size, parts = _spread(table.rows, widths, room)
        messages = [message if isinstance(message, str) else message(rows) for rows in parts]
        for place, (said, rows) in enumerate(zip(messages, parts, strict=True), 1):
            count = f" ({place} of {len(parts)})" if messages.count(said) > 1 else ""
            slide = self._slide(TABLE, f"{said}{count}", [table.note, *notes])
            frame = slide.placeholders[BODY].insert_table(len(rows) + 1, len(table.columns))
            _describe(frame, f"{table.title}: {', '.join(table.columns)}.")
            _fill_table(frame.table, table, rows, widths, size)
            note = slide.placeholders[CAPTION]
            if table.note:
                _write_table_note(
                    note, table.note, _table_height([table.columns, *rows], widths, size)
                )
            else:
                _remove(note)

    def save(self) -> bytes:
        """Return the file; the same slides and day give the same bytes."""
        stamp = self._subject.stamp
        properties = self._presentation.core_properties
        moment = datetime.combine(stamp.day, time())
        properties.title, properties.subject = stamp.title, stamp.subtitle
        properties.author = properties.last_modified_by = "Parley"
        properties.keywords = f"Parley data {stamp.data_version}"
        properties.comments = f"{stamp.source} {stamp.settings_line}"[:255]
        properties.created = properties.modified = moment
        properties.revision = 1
        stream = BytesIO()
        self._presentation.save(stream)
        return with_fixed_times(stream.getvalue(), stamp.day)

    def _slide(self, layout: int, message: str, notes: Sequence[str]) -> Any:
        slide = self._presentation.slides.add_slide(self._presentation.slide_layouts[layout])
        title = slide.shapes.title.text_frame
        title.text = message
        box, sizes = (FIRST_BOX, _FIRST_SIZES) if layout == TITLE else (TITLE_BOX, _TITLE_SIZES)
        width, height = (_POINTS * side for side in box[2:])
        size = largest_size([message], width / _SERIF_WIDER, height, sizes)
        title.paragraphs[0].runs[0].font.size = Pt(size)
        _take_foot(slide)
        stamp = self._subject.stamp
        said = [note for note in notes if note]
        slide.notes_slide.notes_text_frame.text = "\n".join(dict.fromkeys([*said, *stamp.lines]))
        return slide


def _take_foot(slide: Any) -> None:
    """Give a slide the footer and number of its layout, which the library leaves out."""
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.idx in {15, 16}:
            copy = deepcopy(shape._element)
            identity = max(int(i) for i in slide.shapes._spTree.xpath("//p:cNvPr/@id")) + 1
            copy.find(".//{*}cNvPr").set("id", str(identity))
            slide.shapes._spTree.append(copy)


def _describe(frame: Any, description: str) -> None:
    frame._element.find(".//{*}cNvPr").set("descr", description)


def _remove(place: Any) -> None:
    place._element.getparent().remove(place._element)


def _size_for(texts: Sequence[Text], box: Box) -> float:
    whole = [text.whole for text in texts]
    return largest_size(whole, _POINTS * (box[2] - 0.1), _POINTS * box[3], _TEXT_SIZES)


def _write_note(place: Any, text: str, box: Box) -> None:
    size = largest_size([text], _POINTS * box[2], _POINTS * box[3], _NOTE_SIZES)
    _write(place.text_frame, [Text(text, style="note")], size)


def _write_table_note(place: Any, text: str, taken: float) -> None:
    """Write what stands under a table of a height [inches], as large as the room below allows."""
    left, top, width, height = NOTE_BOX
    bottom = top + height
    free = min(bottom - (TABLE_BOX[1] + taken + _UNDER_TABLE), _HIGHEST_NOTE)
    box = (left, min(top, bottom - free), width, max(height, free))
    place.left, place.top, place.width, place.height = map(Inches, box)
    size = largest_size([text], _POINTS * width, _POINTS * box[3], _TABLE_NOTE_SIZES)
    _write(place.text_frame, [Text(text, style="note")], size)


def _table_height(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> float:
    """Return the height of a table with all its rows [inches]."""
    return sum(_row_height(row, widths, size) for row in rows)


def _write(frame: Any, texts: Sequence[Text], size: float) -> None:
    frame.word_wrap = True
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.level = 1 if text.bullet else 0
        if place == 0:
            paragraph.space_before = Pt(0)
        if text.label:
            _run(paragraph, text.label, size, bold=True)
        if text.text:
            said = f" {text.text}" if text.label else text.text
            _run(paragraph, said, size, colour=GREY if text.style == "note" else INK)


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(colour)


def _column_widths(table: Table) -> list[float]:
    """Return the width of each column [inches]."""
    return [TABLE_BOX[2] * width / sum(table.widths) for width in table.widths]


def _spread(
    rows: Sequence[Sequence[str]], widths: Sequence[float], room: float
) -> tuple[float, list[list[tuple[str, ...]]]]:
    """Return the largest size of letters at which the rows need the fewest slides, and the rows."""
    found = {}
    for size in _CELL_SIZES:
        heights = {tuple(row): _row_height(row, widths, size) for row in rows}
        found[size] = parts_that_fit([tuple(row) for row in rows], heights.__getitem__, room)
    size = min(found, key=lambda size: (len(found[size]), -size))
    return size, found[size]


def _row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Return the height that a row's text needs [inches]."""
    tallest = max(
        text_height(cell, _POINTS * (width - _CELL_EDGE), size)
        for cell, width in zip(row, widths, strict=True)
    )
    return tallest / _POINTS + _ROW_EDGE


def _fill_table(
    shown: Any, table: Table, rows: Sequence[Sequence[str]], widths: Sequence[float], size: float
) -> None:
    shown._tbl.tblPr.find("{*}tableStyleId").text = _NO_STYLE
    shown.horz_banding = False
    for column, width in zip(shown.columns, widths, strict=True):
        column.width = Inches(width)
    for place, row in enumerate([table.columns, *rows]):
        height = _row_height(row, widths, size)
        shown.rows[place].height = Emu(round(914400 * height))
        for position, text in enumerate(row):
            cell = shown.cell(place, position)
            numeric = position >= len(row) - table.numbers
            _fill_cell(cell, text, size, head=place == 0, lead=position == 0, numeric=numeric)


def _fill_cell(cell: Any, text: str, size: float, *, head: bool, lead: bool, numeric: bool) -> None:
    cell.margin_left = Inches(0.0 if lead else _CELL_EDGE / 2)
    cell.margin_right = Inches(_CELL_EDGE / 2)
    cell.margin_top = cell.margin_bottom = Inches(_ROW_EDGE / 2)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    if numeric:
        paragraph.alignment = PP_ALIGN.RIGHT
    # A run without text takes the default size in LibreOffice, and its row outgrows the slide; the
    # size that an empty cell goes by is that of the paragraph's end.
    if text:
        _run(paragraph, text, size, bold=head or lead, colour=GREY if head else INK)
    paragraph._p.get_or_add_endParaRPr().set("sz", str(round(100 * size)))
    colour, width = (INK, 12700) if head else (RULE, 6350)
    properties = cell._tc.get_or_add_tcPr()
    properties.insert(
        0,
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill><a:srgbClr val="{colour}"/>'
            "</a:solidFill></a:lnB>"
        ),
    )
