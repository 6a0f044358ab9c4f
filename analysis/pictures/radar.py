"""The radar overlay: all parties on all dimensions, axes in their fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin

from analysis.charts.axis import ScoreAxis, score_axis
from analysis.charts.radar import is_filled, radar_data
from analysis.charts.style import PARTY_STYLES, PartyStyle, is_hollow
from analysis.pictures.legend import lay_out_legend
from analysis.pictures.lettering import LINE_HEIGHT, text_width, wrapped
from analysis.pictures.picture import WIDTH, Picture
from analysis.pictures.sheet import Point, Sheet
from analysis.pictures.style import SMALL, TEXT
from analysis.profiles import Profile, Score
from analysis.tables import Dimension, Framework, Tables

_RADIUS = 124.0
"""Of the outer edge [points]."""

_AWAY, _BELOW_LEGEND = 9.0, 10.0
_NAME_LINE, _SCORE_LINE = LINE_HEIGHT * TEXT - 1.0, LINE_HEIGHT * TEXT
_SCORES_A_LINE = 3
_Shown = tuple[PartyStyle, Score, str]
"""A party's score at an axis, with the text it is shown as."""

_MARKER, _AFTER_MARKER, _AFTER_SCORE = 6.2, 3.0, 8.0


def radar_picture(tables: Tables, parties: Sequence[Profile]) -> Picture:
    """Return the radar of up to six profiles; complete ones among the first three are filled.

    Below the name of each axis stand the scores, each with its party's marker.
    """
    framework = tables.frameworks[parties[0].framework]
    axis = score_axis(framework)
    legend = lay_out_legend([party.name for party in parties], WIDTH, "line")
    labels = [_label(framework, d, turn, parties) for d, turn in _turns(framework.dimensions)]
    centre = (WIDTH / 2, legend.height + _BELOW_LEGEND - min(label.top for label in labels))

    def draw(sheet: Sheet) -> None:
        legend.draw(sheet)
        _draw_grid(sheet, centre, axis, [turn for _, turn in _turns(framework.dimensions)])
        _draw_parties(sheet, centre, axis, parties)
        for label in labels:
            label.draw(sheet, centre)

    height = centre[1] + max(_RADIUS, *(label.top + label.height for label in labels))
    return Picture(radar_data(tables, parties), WIDTH, height, draw)


def _turns(dimensions: Sequence[Dimension]) -> list[tuple[Dimension, float]]:
    """Return each dimension with the angle of its axis, clockwise from the top [radians]."""
    return [(d, 2 * pi * place / len(dimensions)) for place, d in enumerate(dimensions)]


def _at(centre: Point, turn: float, distance: float) -> Point:
    return centre[0] + distance * sin(turn), centre[1] - distance * cos(turn)


def _draw_grid(sheet: Sheet, centre: Point, axis: ScoreAxis, turns: Sequence[float]) -> None:
    grid = sheet.look.grid
    for turn in turns:
        sheet.line([centre, _at(centre, turn, _RADIUS)], grid, 0.7)
    for ring in axis.rings:
        sheet.circle(centre, _reach(axis, ring), grid, 0.7)
    sheet.circle(centre, _RADIUS, sheet.look.strong, 0.8)


def _draw_parties(sheet: Sheet, centre: Point, axis: ScoreAxis, parties: Sequence[Profile]) -> None:
    drawn = [
        (party, style, _points_of(party, centre, axis), is_filled(party, place))
        for place, (party, style) in enumerate(zip(parties, PARTY_STYLES, strict=False))
    ]
    for _, style, reached, filled in drawn:
        if filled:
            known = [point for point in reached if point]
            sheet.area(known, style.colour, sheet.look.fill)
    for party, style, reached, _ in reversed(drawn):  # our side lies on top
        for run in _runs(reached):
            sheet.line(run, style.colour, 1.9, dash=style.dash)
        for score, point in zip(party.scores, reached, strict=True):
            if point:
                sheet.marker(point, style, 7.6, hollow=is_hollow(score))
    for ring in axis.rings:
        x, y = _at(centre, 0, _reach(axis, ring))
        sheet.text(x + 4, y + 9, f"{ring:g}", SMALL, colour=sheet.look.quiet, haloed=True)


def _reach(axis: ScoreAxis, score: float) -> float:
    """Return how far from the centre a score stands [points of the sheet]."""
    return _RADIUS * (score - axis.centre) / (axis.rim - axis.centre)


def _points_of(party: Profile, centre: Point, axis: ScoreAxis) -> list[Point | None]:
    step = 2 * pi / len(party.scores)
    return [
        None if score.value is None else _at(centre, step * place, _reach(axis, score.value))
        for place, score in enumerate(party.scores)
    ]


def _runs(reached: Sequence[Point | None]) -> list[list[Point]]:
    """Return the lines to draw: round to the start, broken where a score is missing."""
    runs: list[list[Point]] = [[]]
    for point in [*reached, reached[0]]:
        if point:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands at the end of an axis; places from the centre of the radar [points]."""

    left: float
    top: float
    width: float
    height: float
    align: float
    lines: tuple[str, ...]
    scores: tuple[_Shown, ...]

    def draw(self, sheet: Sheet, centre: Point) -> None:
        left, baseline = centre[0] + self.left, centre[1] + self.top + TEXT
        for line in self.lines:
            x = left + self.align * (self.width - text_width(line, TEXT))
            sheet.text(x, baseline, line, TEXT, heading=True)
            baseline += _NAME_LINE
        for row in _rows(self.scores):
            x = left + self.align * (self.width - _row_width(row))
            for style, score, shown in row:
                middle = (x + _MARKER / 2, baseline - 0.36 * TEXT)
                sheet.marker(middle, style, _MARKER, hollow=is_hollow(score))
                sheet.text(x + _MARKER + _AFTER_MARKER, baseline, shown, TEXT)
                x += _score_width(shown) + _AFTER_SCORE
            baseline += _SCORE_LINE


def _label(
    framework: Framework, dimension: Dimension, turn: float, parties: Sequence[Profile]
) -> _Label:
    x, y = _at((0, 0), turn, _RADIUS + _AWAY)
    middle = abs(sin(turn)) < 0.2
    room = WIDTH / 2 if middle else WIDTH / 2 - abs(x)
    lines = wrapped(dimension.name, TEXT, room)
    scores = tuple(
        (style, score, "–" if score.value is None else framework.shown(score.value))
        for party, style in zip(parties, PARTY_STYLES, strict=False)
        for score in [party.score(dimension.id)]
    )
    rows = _rows(scores)
    width = max([text_width(line, TEXT) for line in lines] + [_row_width(row) for row in rows])
    height = len(lines) * _NAME_LINE + len(rows) * _SCORE_LINE
    align = 0.5 if middle else 0.0 if x > 0 else 1.0
    # The block hangs below the lowest axis, stands on the highest and is centred at the sides.
    top = y - height * (1 + cos(turn)) / 2
    return _Label(x - align * width, top, width, height, align, tuple(lines), scores)


def _rows(
    scores: Sequence[_Shown],
) -> list[Sequence[_Shown]]:
    lines = ceil(len(scores) / _SCORES_A_LINE)
    most = ceil(len(scores) / lines)
    return [scores[start : start + most] for start in range(0, len(scores), most)]


def _score_width(shown: str) -> float:
    return _MARKER + _AFTER_MARKER + text_width(shown, TEXT)


def _row_width(row: Sequence[_Shown]) -> float:
    return sum(_score_width(shown) for _, _, shown in row) + _AFTER_SCORE * (len(row) - 1)
