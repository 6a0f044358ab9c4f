"""The road map: the stages of a deal on a line of months, each with its amount or share."""

from __future__ import annotations

from analysis.charts.roadmap import known_steps, roadmap_data, step_label, step_start, step_value
from analysis.charts.style import PARTY_STYLES
from analysis.deal import Deal
from analysis.pictures.lettering import LINE_HEIGHT, wrapped
from analysis.pictures.picture import WIDTH, Picture
from analysis.pictures.sheet import Sheet
from analysis.pictures.style import SMALL, TEXT
from analysis.strategy.roadmap import Roadmap

_BARS = 120.0
"""Height of the highest column [points]."""

_FULL, _LATER = 0.56, 0.32
"""Share of its place that a column takes; how opaque the later ones are."""

_WIDEST = 84.0
_LINE = LINE_HEIGHT * TEXT - 0.8
_SMALL_LINE = LINE_HEIGHT * SMALL


def roadmap_picture(roadmap: Roadmap, deal: Deal) -> Picture:
    """Return the stages as columns; the first, which the other side sees, is filled."""
    known = known_steps(roadmap)
    values = [step_value(step) or 0.0 for step in known]
    slot = WIDTH / max(1, len(known))
    above = [
        [line for part in step_label(roadmap, step, deal) for line in wrapped(part, TEXT, slot - 6)]
        for step in known
    ]
    names = [wrapped(step.name, TEXT, slot - 6) for step in known]
    months = [wrapped(step_start(step), SMALL, slot - 6) for step in known]
    base = max((len(lines) for lines in above), default=0) * _LINE + _BARS + 4
    highest = max(values, default=0.0) or 1.0

    def draw(sheet: Sheet) -> None:
        style = PARTY_STYLES[0]
        sheet.line([(0, base), (WIDTH, base)], sheet.look.strong, 0.8)
        for place, value in enumerate(values):
            middle, tall = slot * (place + 0.5), _BARS * value / highest
            wide = min(slot * _FULL, _WIDEST)
            sheet.rectangle(
                middle - wide / 2, base - tall, wide, tall, fill=style.colour,
                opacity=_LATER if place else 1.0, edge=style.colour,
            )  # fmt: skip
            baseline = base - tall - 5 - (len(above[place]) - 1) * _LINE
            for line in above[place]:
                sheet.text(middle, baseline, line, TEXT, anchor="center")
                baseline += _LINE
            baseline = base + TEXT + 4
            for line in names[place]:
                sheet.text(middle, baseline, line, TEXT, anchor="center", heading=True)
                baseline += _LINE
            for line in months[place]:
                sheet.text(middle, baseline, line, SMALL, anchor="center", colour=sheet.look.quiet)
                baseline += _SMALL_LINE

    below = max(
        (
            len(name) * _LINE + len(month) * _SMALL_LINE
            for name, month in zip(names, months, strict=True)
        ),
        default=0.0,
    )
    return Picture(roadmap_data(roadmap, deal), WIDTH, base + 4 + below + 2, draw)
