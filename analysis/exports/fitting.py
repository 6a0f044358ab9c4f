"""How much room text takes, so that nothing on a slide or in a row is cut off.

Measured in Noto Sans, which is a little wider than the fonts that office programs put in its place:
what fits here fits there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from PIL import ImageFont

from analysis.fonts import font_files

LINE = 1.22
"""Height of a line, as a multiple of the letters' size."""

_AT = 100
"""Size at which widths are taken [pixels]; they grow with the size."""

_T = TypeVar("_T")


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_files()[0]), _AT)


@cache
def _letter(sign: str) -> float:
    """Return the width of a letter as a multiple of its size."""
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 1.0
    return float(_font().getlength(sign)) / _AT


def text_width(text: str, size: float) -> float:
    """Return the width of text on one line, in the unit of `size`."""
    return size * sum(map(_letter, text))


def line_count(text: str, width: float, size: float) -> int:
    """Return on how many lines text of a size stands within a width, both in the same unit."""
    lines = 0
    for paragraph in text.split("\n"):
        used, lines = 0.0, lines + 1
        space = _letter(" ") * size
        for word in paragraph.split(" "):
            taken = text_width(word, size)
            if used and used + space + taken > width:
                lines, used = lines + 1, 0.0
            elif used:
                used += space
            used += taken
            if used > width:  # a word longer than the line is broken
                lines += int(used // width)
                used %= width
    return lines


def text_height(text: str, width: float, size: float) -> float:
    """Return the height of text of a size within a width, all in the same unit."""
    return line_count(text, width, size) * LINE * size


def largest_size(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[float]
) -> float:
    """Return the first of the sizes at which the paragraphs fit; the last one if none does."""
    for size in sizes:
        gaps = PARAGRAPH_GAP * size * (len(texts) - 1)
        if gaps + sum(text_height(text, width, size) for text in texts) <= height:
            return size
    return sizes[-1]


PARAGRAPH_GAP = 0.55
"""Room between two paragraphs, as a multiple of the letters' size."""


def parts_that_fit(
    items: Sequence[_T], height_of: Callable[[_T], float], room: float
) -> list[list[_T]]:
    """Return the items in runs that each fit the room, spread so that no run is nearly empty."""
    heights = [height_of(item) for item in items]
    count = len(_fill(heights, room))
    if count < 2:
        return [list(items)] if items else []
    # The least room at which the number of runs stays the same spreads them evenly.
    low, high = max(heights), room
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_fill(heights, middle)) <= count else (middle, high)
    places = _fill(heights, high)
    return [[items[place] for place in run] for run in places]


def _fill(heights: Sequence[float], room: float) -> list[list[int]]:
    runs: list[list[int]] = []
    left = 0.0
    for place, height in enumerate(heights):
        if not runs or height > left:
            runs.append([])
            left = room
        runs[-1].append(place)
        left -= height
    return runs
