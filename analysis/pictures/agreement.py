"""What each framework says about a pair: its rank with the likely range, on one scale."""

from __future__ import annotations

from analysis.agreement import Agreement, FrameworkView
from analysis.charts.agreement import (
    AXIS_TITLE,
    TICKS,
    agreement_data,
    ground_label,
    rank_label,
)
from analysis.charts.style import PartyStyle
from analysis.pictures.picture import WIDTH, Picture
from analysis.pictures.sheet import Sheet
from analysis.pictures.style import HEADING, SMALL, TEXT
from analysis.tables import Tables

_ROW, _NAME, _LINE, _GROUND = 42.0, 11.0, 21.0, 33.0
"""Height of a row, and where its name, its line and what it rests on stand in it [points]."""

_AXIS = 28.0
_INSET, _MARKER = 6.0, 9.0


def agreement_picture(tables: Tables, agreement: Agreement) -> Picture:
    """Return the rank and likely range of a pair in each framework, the one in use first.

    At least two frameworks must rank the pair.
    """
    views = agreement.known
    base = _ROW * len(views)

    def draw(sheet: Sheet) -> None:
        for tick in TICKS:
            middle = tick == 50
            colour = sheet.look.faint if middle else sheet.look.grid
            sheet.line([(_x(tick), 0), (_x(tick), base)], colour, 1.6 if middle else 0.7)
            sheet.text(
                _x(tick), base + 12, str(tick), SMALL, anchor="center", colour=sheet.look.quiet
            )
        for place, view in enumerate(views):
            _draw_view(sheet, place * _ROW, view)
        sheet.text(0, base + _AXIS - 3, AXIS_TITLE, SMALL, colour=sheet.look.quiet)

    return Picture(agreement_data(tables, agreement), WIDTH, base + _AXIS, draw)


def _x(rank: float) -> float:
    return _INSET + (WIDTH - 2 * _INSET) * rank / 100


def _draw_view(sheet: Sheet, top: float, view: FrameworkView) -> None:
    low, high = view.span
    y = top + _LINE
    sheet.line([(_x(low), y), (_x(high), y)], sheet.look.strong, 2.4)
    style = PartyStyle(sheet.look.ink, "solid", "circle")
    sheet.marker((_x(view.rank), y), style, _MARKER, hollow=not view.in_use)
    sheet.text(0, top + _NAME, view.name, HEADING, heading=view.in_use, cleared=True)
    sheet.text(WIDTH, top + _NAME, rank_label(view), TEXT, anchor="right", cleared=True)
    sheet.text(0, top + _GROUND, ground_label(view), SMALL, colour=sheet.look.quiet, cleared=True)
