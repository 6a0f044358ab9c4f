"""How much two populations have in common: a pair of hills for each dimension."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts.overlap import half_effects, hill, overlap_data, overlap_rows
from analysis.charts.style import PARTY_STYLES, PartyStyle
from analysis.comparison import Comparison
from analysis.pictures.legend import lay_out_legend
from analysis.pictures.picture import WIDTH, Picture
from analysis.pictures.sheet import Point, Sheet
from analysis.pictures.style import HEADING, TEXT
from analysis.tables import Tables

_EDGE = 5.6
"""Where the drawing ends, in people's spreads from its middle."""

_UNIT = 62.0
"""Points that stand for a height of 1; the top of a hill is at 0.56."""

_NAME, _ROW, _BELOW_LEGEND = 14.0, 46.0, 4.0


def overlap_picture(tables: Tables, comparison: Comparison) -> Picture:
    """Return the hills of people around each score on each shared dimension, the widest gap first.

    The comparison must have a distance. The middle of each row lies half-way between the scores.
    """
    rows, half = overlap_rows(tables, comparison), half_effects(comparison)
    names = [comparison.a.name, comparison.b.name]
    legend = lay_out_legend(names, WIDTH, "area")
    top = legend.height + _BELOW_LEGEND

    def draw(sheet: Sheet) -> None:
        legend.draw(sheet)
        for place, (row, centre) in enumerate(zip(rows, half, strict=True)):
            base = top + (place + 1) * _ROW
            sheet.line([(0, base), (WIDTH, base)], sheet.look.grid, 0.7)
            hills = [_hill(sign * centre, base) for sign in (1, -1)]
            for points, style in reversed(list(zip(hills, PARTY_STYLES, strict=False))):
                _draw_hill(sheet, points, style)
            words = f"{100 * row[1]:.0f} % in common"
            sheet.text(0, base - _ROW + _NAME, row[0], HEADING, heading=True)
            sheet.text(WIDTH, base - _ROW + _NAME, words, TEXT, anchor="right")

    return Picture(overlap_data(tables, comparison), WIDTH, top + _ROW * len(rows) + 1, draw)


def _hill(centre: float, base: float) -> list[Point]:
    along, up = hill(centre, 0.0)
    return [
        (WIDTH * (x + _EDGE) / (2 * _EDGE), base - _UNIT * y)
        for x, y in zip(along.tolist(), up.tolist(), strict=True)
    ]


def _draw_hill(sheet: Sheet, points: Sequence[Point], style: PartyStyle) -> None:
    sheet.area(points, style.colour, sheet.look.fill)
    sheet.line(points, style.colour, 1.5, dash=style.dash)
