"""The dumbbell chart: each dimension's gap between the parties, the widest first."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts.axis import ScoreAxis, ends, score_axis
from analysis.charts.dumbbell import by_gap, dumbbell_data, gap_label, score_reach
from analysis.charts.style import PARTY_STYLES, is_hollow
from analysis.comparison import Comparison
from analysis.pictures.legend import lay_out_legend
from analysis.pictures.lettering import text_width
from analysis.pictures.picture import WIDTH, Picture
from analysis.pictures.sheet import Sheet
from analysis.pictures.style import HEADING, SMALL, TEXT
from analysis.profiles import Profile
from analysis.tables import Dimension, Framework, Tables

_NAME, _NUMBER, _LINE, _POLES, _ROW = 10.0, 20.0, 29.0, 43.0, 55.0
"""Baselines and the line of the scores, below the upper edge of a row; height of a row [points]."""

_BELOW_LEGEND, _AXIS = 9.0, 11.0
_MARKER, _APART = 8.6, 3.0
_ERROR = 0.75
"""How opaque the line of an error is."""


def gaps_picture(
    tables: Tables, comparison: Comparison, further: Sequence[Profile] = ()
) -> Picture:
    """Return the chart of the gaps, one row a dimension, with the error of each score."""
    framework = tables.frameworks[comparison.settings.framework]
    axis = score_axis(framework)
    order = by_gap(tables, comparison)
    parties = (comparison.a, comparison.b, *further)
    legend = lay_out_legend([party.name for party in parties], WIDTH, "marker")
    top = legend.height + _BELOW_LEGEND
    bottom = top + _ROW * len(order)

    def draw(sheet: Sheet) -> None:
        legend.draw(sheet)
        for tick in axis.ticks:
            x = _x(axis, tick)
            sheet.line([(x, top + _NUMBER - 8), (x, bottom - 4)], sheet.look.grid, 0.7)
            sheet.text(
                x, bottom + _AXIS - 4, f"{tick:g}", SMALL, anchor="center", colour=sheet.look.quiet
            )
        for place, dimension in enumerate(order):
            words = gap_label(tables, comparison, dimension)
            _name_row(sheet, top + place * _ROW, framework, dimension, words)
            _draw_numbers(sheet, top + place * _ROW + _NUMBER, framework, comparison, dimension)
            _draw_scores(sheet, top + place * _ROW + _LINE, axis, comparison, parties, dimension)

    return Picture(dumbbell_data(tables, comparison, further), WIDTH, bottom + _AXIS, draw)


def _x(axis: ScoreAxis, score: float) -> float:
    low, high = axis.edges
    return WIDTH * (score - low) / (high - low)


def _name_row(
    sheet: Sheet, top: float, framework: Framework, dimension: Dimension, words: str
) -> None:
    sheet.text(0, top + _NAME, dimension.name, HEADING, heading=True, cleared=True)
    sheet.text(WIDTH, top + _NAME, words, TEXT, anchor="right", cleared=True)
    quiet = sheet.look.quiet
    low, high = ends(framework, dimension)
    sheet.text(0, top + _POLES, low, SMALL, colour=quiet, cleared=True)
    sheet.text(WIDTH, top + _POLES, high, SMALL, anchor="right", colour=quiet, cleared=True)


def _draw_scores(
    sheet: Sheet,
    y: float,
    axis: ScoreAxis,
    comparison: Comparison,
    parties: Sequence[Profile],
    dimension: Dimension,
) -> None:
    scores = [party.score(dimension.id) for party in parties]
    a, b = scores[0].value, scores[1].value
    if a is not None and b is not None:
        sheet.line([(_x(axis, a), y), (_x(axis, b), y)], sheet.look.faint, 5)
    # The two sides are drawn last, on top.
    for rank, score in reversed(list(enumerate(scores))):
        if score.value is None:
            continue
        style, party = PARTY_STYLES[rank], parties[rank]
        place = party.dimension_ids.index(dimension.id)
        error = float(score_reach(comparison, party, rank)[place])
        if error:
            ends = [_x(axis, score.value - error), _x(axis, score.value + error)]
            sheet.line([(ends[0], y), (ends[1], y)], style.colour, 1.0, opacity=_ERROR)
            for end in ends:
                sheet.line([(end, y - 2.6), (end, y + 2.6)], style.colour, 1.0, opacity=_ERROR)
    for rank, score in reversed(list(enumerate(scores))):
        if score.value is not None:
            centre = (_x(axis, score.value), y)
            sheet.marker(centre, PARTY_STYLES[rank], _MARKER, hollow=is_hollow(score))


def _draw_numbers(
    sheet: Sheet,
    baseline: float,
    framework: Framework,
    comparison: Comparison,
    dimension: Dimension,
) -> None:
    """Write the scores of the two sides above their markers, side by side where they are close."""
    found = [party.score(dimension.id).value for party in (comparison.a, comparison.b)]
    known = sorted({score for score in found if score is not None})
    axis = score_axis(framework)
    places = [_x(axis, score) for score in known]
    half = [text_width(framework.shown(score), SMALL) / 2 for score in known]
    if len(known) == 2:
        lacking = half[0] + half[1] + _APART - (places[1] - places[0])
        if lacking > 0:
            places = [places[0] - lacking / 2, places[1] + lacking / 2]
    for score, x in zip(known, places, strict=True):
        sheet.text(x, baseline, framework.shown(score), SMALL, anchor="center", cleared=True)
