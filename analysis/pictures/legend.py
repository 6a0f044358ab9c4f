"""Who is who: the parties with line and marker, on as many rows as their names need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.charts.style import PARTY_STYLES
from analysis.pictures.lettering import LINE_HEIGHT, text_width, wrapped
from analysis.pictures.sheet import Sheet
from analysis.pictures.style import TEXT

Sample = Literal["line", "marker", "area"]

_SAMPLE = {"line": 30.0, "marker": 9.0, "area": 30.0}
_SPACE, _BETWEEN, _ROW = 6.0, 22.0, 4.0


@dataclass(frozen=True, slots=True)
class _Entry:
    place: int
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """A legend laid out within a width; `height` in points."""

    sample: Sample
    entries: tuple[_Entry, ...]
    height: float

    def draw(self, sheet: Sheet) -> None:
        """Draw the legend from the sheet's upper left corner."""
        for entry in self.entries:
            middle = entry.y + LINE_HEIGHT * TEXT / 2
            self._draw_sample(sheet, entry, middle)
            for number, line in enumerate(entry.lines):
                baseline = middle + 0.36 * TEXT + number * LINE_HEIGHT * TEXT
                sheet.text(entry.x + _SAMPLE[self.sample] + _SPACE, baseline, line, TEXT)

    def _draw_sample(self, sheet: Sheet, entry: _Entry, middle: float) -> None:
        style, wide = PARTY_STYLES[entry.place], _SAMPLE[self.sample]
        ends = [(entry.x, middle), (entry.x + wide, middle)]
        if self.sample == "area":
            sheet.rectangle(
                entry.x, middle - 4.5, wide, 9, fill=style.colour, opacity=sheet.look.fill
            )
            ends = [(x, y - 4.5) for x, y in ends]
        if self.sample != "marker":
            sheet.line(ends, style.colour, 1.8, dash=style.dash)
        if self.sample != "area":
            sheet.marker((entry.x + wide / 2, middle), style, 8)


def lay_out_legend(names: Sequence[str], width: float, sample: Sample) -> Legend:
    """Return the legend of up to six names; a name longer than the width takes several lines."""
    room = width - _SAMPLE[sample] - _SPACE
    entries: list[_Entry] = []
    x = y = below = 0.0
    for place, name in enumerate(names):
        lines = wrapped(name, TEXT, room)
        wide = _SAMPLE[sample] + _SPACE + max(text_width(line, TEXT) for line in lines)
        if x and x + wide > width:
            x, y = 0.0, below + _ROW
        entries.append(_Entry(place, x, y, tuple(lines)))
        x += wide + _BETWEEN
        below = max(below, y + len(lines) * LINE_HEIGHT * TEXT)
    return Legend(sample, tuple(entries), below)
