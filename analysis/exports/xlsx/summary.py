"""The first sheet: a page to read, with the radar beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts.axis import has_shape
from analysis.charts.radar import radar_data
from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import (
    BOLDER,
    GREY,
    PIXELS_PER_POINT,
    SIZE,
    SMALL,
    Book,
    Sheet,
    as_text,
    height_of,
)
from analysis.exports.xlsx.native import RADAR_WIDTH, parties_with_scores, radar_chart
from analysis.exports.xlsx.places import Places
from analysis.friction.ranking import top_frictions
from analysis.friction.words import (
    NOTHING_PREDICTED,
    badges,
    common_sentences,
    headline,
    top_note,
)
from analysis.words import join

_READING_WIDTH = 620
_CHART_COLUMN = 2
_LONGEST_ADDRESS = 1000
_BLANK = 8.0
"""Height of a row between two pieces [points]."""

_LOOKS: Mapping[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "subtitle": {"font_color": GREY, "font_size": 11},
    "lead": {"font_size": 11},
    "heading": {"bold": True, "font_size": 12},
    "body": {},
    "note": {"font_color": GREY, "font_size": SMALL},
    "link": {"underline": 1},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: its look, a label that leads it in bold, and where it leads."""

    text: str
    look: str = "body"
    label: str = ""
    address: str = ""

    @property
    def whole(self) -> str:
        """The text with its label."""
        return f"{self.label} {self.text}".strip()

    @property
    def height(self) -> float:
        """The height of the row [points]."""
        if not self.whole:
            return _BLANK
        size = _LOOKS[self.look].get("font_size", SIZE)
        extra = 4 if self.look in {"title", "heading"} else 2
        return height_of(self.whole, _READING_WIDTH, size) + extra


def fill_summary(
    book: Book, sheet: Sheet, subject: Subject, places: Places, contents: Mapping[str, str]
) -> None:
    """Write the page; `contents` says for each further sheet what it holds."""
    sheet.worksheet.hide_gridlines(2)
    sheet.worksheet.set_column_pixels(0, 0, _READING_WIDTH)
    sheet.worksheet.set_column_pixels(1, 1, 28)
    lines = [
        *_opening(subject),
        *_expected(subject),
        *_frictions(subject),
        *_where_to_look(contents),
        *_stamp(subject),
    ]
    for row, line in enumerate(lines):
        _write(sheet, row, line)
    if len(parties_with_scores(subject)) > 1 and has_shape(subject.framework):
        _put_radar(book, sheet, subject, places, [line.height for line in lines])
    sheet.worksheet.activate()


def _opening(subject: Subject) -> list[Line]:
    stamp = subject.stamp
    ours, theirs, *further = stamp.parties
    parties = [Line(f"{ours}", label="Our side:"), Line(f"{theirs}", label="Their side:")]
    if further:
        label = "Further parties:" if len(further) > 1 else "Further party:"
        parties.append(Line("; ".join(further), label=label))
    return [
        Line(stamp.title, "title"),
        Line(stamp.subtitle, "subtitle"),
        Line(""),
        *parties,
        Line(""),
        *(Line(sentence, "lead") for sentence in subject.answer),
    ]


def _expected(subject: Subject) -> list[Line]:
    """Return what a brief expects of the meeting and what it decides first."""
    brief = subject.brief
    if brief is None:
        return []
    told = brief.orientation
    said = [] if brief.reason else map(Line, (*brief.sentences, *subject.both_ranks))
    return [
        Line(""),
        Line("What to expect and to decide", "heading"),
        *said,
        Line(told.why, label=f"{told.verdict}."),
        Line(f"“{brief.first_question}”", label="Ask first:"),
        Line(brief.roadmap.check, label="Road map:"),
    ]


def _frictions(subject: Subject) -> list[Line]:
    """Return where it may rub and what both sides share; nothing for a pair without a distance."""
    if subject.comparison.reason:
        return []
    top = top_frictions(subject.knowledge, subject.friction)
    rub = [Line(f"{headline(t)} ({badges(t)})", label=f"{t.topic.title}.") for t in top]
    if not rub:
        rub = [Line(subject.friction.reason or NOTHING_PREDICTED)]
    found = [
        Line(""),
        Line("Where it may rub", "heading"),
        *rub,
        *([Line(top_note(subject.friction, top), "note")] if top else []),
    ]
    if subject.friction.reason:
        return found
    common = [Line(text) for text in common_sentences(subject.knowledge, subject.friction)]
    return [*found, Line(""), Line("Common ground", "heading"), *common]


def _where_to_look(contents: Mapping[str, str]) -> list[Line]:
    links = [
        Line(f"{name}: {held}", "link", address=f"internal:'{name}'!A1")
        for name, held in contents.items()
    ]
    return [Line(""), Line("Where to look", "heading"), *links]


def _stamp(subject: Subject) -> list[Line]:
    """Return what every export signs with; the link as text, and as a link of its own.

    Not every program wraps a text that is a link, so the long one is not.
    """
    stamp = subject.stamp
    lines = [Line(""), Line("What this rests on", "heading")]
    lines += [Line(text, "note") for text in stamp.lines]
    ours = stamp.link.startswith(("http://", "https://"))
    if ours and len(stamp.link) <= _LONGEST_ADDRESS:
        lines.append(Line("Open the same view", "link", address=stamp.link))
    return lines


def _write(sheet: Sheet, row: int, line: Line) -> None:
    look = {"text_wrap": True, **_LOOKS[line.look]}
    sheet.set_height(row, line.height, fits=True)
    if line.address:
        style = sheet.book.style(**look)
        sheet.worksheet.write_url(row, 0, line.address, style, as_text(line.text))
    elif line.label and line.text:
        bold, plain = sheet.book.style(**look, bold=True), sheet.book.style(**look)
        parts = (bold, f"{line.label} ", plain, line.text)
        sheet.worksheet.write_rich_string(row, 0, *parts, plain)
    else:
        sheet.write(row, 0, line.whole, **look)


def _put_radar(
    book: Book, sheet: Sheet, subject: Subject, places: Places, heights: Sequence[float]
) -> None:
    """Put the radar beside the text, its title above and its caption below it."""
    drawn = [party for _, party in parties_with_scores(subject)]
    data = radar_data(subject.tables, drawn)
    title = f"Scores of {join([party.name_in_sentence for party in drawn])}"
    chart, size = radar_chart(book, subject, places)
    padded = [*heights, *[_EMPTY_ROW] * _ROOM]
    padded[_TITLE_ROW] = max(padded[_TITLE_ROW], height_of(title, RADAR_WIDTH / BOLDER) + 2)
    below = _rows_for(padded, _TITLE_ROW + 1, size[1] / PIXELS_PER_POINT)
    last = _rows_for(padded, below, height_of(data.caption, RADAR_WIDTH, SMALL)) - 1
    sheet.worksheet.set_column_pixels(_CHART_COLUMN, _CHART_COLUMN, RADAR_WIDTH)
    sheet.write(_TITLE_ROW, _CHART_COLUMN, title, text_wrap=True, bold=True)
    sheet.set_height(_TITLE_ROW, padded[_TITLE_ROW], fits=True)
    for row in range(len(heights), last + 1):
        sheet.set_height(row, _EMPTY_ROW, fits=False)
    if last > below:
        sheet.worksheet.merge_range(below, _CHART_COLUMN, last, _CHART_COLUMN, "")
    sheet.write(below, _CHART_COLUMN, data.caption, text_wrap=True, **_LOOKS["note"])
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.insert(_TITLE_ROW + 1, _CHART_COLUMN, chart, data.description)


def _rows_for(heights: Sequence[float], first: int, height: float) -> int:
    """Return the row below those that together have at least a height [points]."""
    row, left = first, height
    while left > 0:
        left -= heights[row]
        row += 1
    return row


_TITLE_ROW, _ROOM = 1, 60
_EMPTY_ROW = 15.75
"""Height of a row without text [points]; 15 would be left to the reader's font."""
