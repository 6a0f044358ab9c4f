"""What stands around a drawing: its title, caption and source, on a page or on a slide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.pictures.lettering import LINE_HEIGHT, wrapped
from analysis.pictures.picture import Picture
from analysis.pictures.sheet import Point, Sheet
from analysis.pictures.style import SMALL, TITLES

Shape = Literal["page", "slide"]

_MARGIN, _BARE = 12.0, 3.0
_BELOW_TITLE, _ABOVE_CAPTION, _RULE = 9.0, 13.0, 5.0
_GRAIN = 1.44
"""Heights are whole multiples of this [points]: 0.02 inches, six dots in print."""

_SLIDE = (960.0, 540.0)
_SLIDE_MARGIN, _SLIDE_GAP = 40.0, 36.0
_COLUMN = 262.0
"""Width of the words where they stand beside the drawing [points]."""

_SLIDE_TITLES, _SLIDE_CAPTION = (26.0, 20.0, 15.0, 11.0), 11.5
_LEAST_SCALE = 0.9
"""Of a drawing on a slide, as a share of its scale under the smallest title."""

_FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A whole picture: its size [points] and how to draw it."""

    width: float
    height: float
    draw: Callable[[Sheet], None]


def lay_out_page(picture: Picture, *, framed: bool, shape: Shape) -> Page:
    """Return a drawing alone, or framed by its words on a page or a slide."""
    if not framed:
        return _bare(picture)
    return _slide(picture) if shape == "slide" else _column(picture)


@dataclass(frozen=True, slots=True)
class _Words:
    """Lines of one size with their upper left corner."""

    lines: Sequence[str]
    size: float
    x: float
    y: float

    @property
    def height(self) -> float:
        return len(self.lines) * LINE_HEIGHT * self.size

    def draw(self, sheet: Sheet, *, colour: str = "", heading: bool = False) -> None:
        for place, line in enumerate(self.lines):
            baseline = self.y + (1 + place * LINE_HEIGHT) * self.size
            sheet.text(self.x, baseline, line, self.size, colour=colour, heading=heading)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where title, drawing and caption stand."""

    title: _Words
    caption: _Words
    origin: Point
    scale: float

    def draw(self, sheet: Sheet, picture: Picture) -> None:
        self.title.draw(sheet, heading=True)
        picture.draw(sheet.part(self.origin, self.scale))
        self.caption.draw(sheet, colour=sheet.look.quiet)


def _whole(height: float) -> float:
    return -(-height // _GRAIN) * _GRAIN


def _bare(picture: Picture) -> Page:
    def draw(sheet: Sheet) -> None:
        picture.draw(sheet.part((_BARE, _BARE)))

    return Page(picture.width + 2 * _BARE, _whole(picture.height + 2 * _BARE), draw)


def _column(picture: Picture) -> Page:
    """Return the picture with its title above and its caption below a fine rule."""
    data, wide = picture.data, picture.width
    title = _title(data.title, wide)
    top = _MARGIN + title.height + _BELOW_TITLE
    below = top + picture.height + _ABOVE_CAPTION
    caption = _Words(wrapped(data.caption, SMALL, wide), SMALL, _MARGIN, below)
    layout = _Layout(title, caption, (_MARGIN, top), 1.0)

    def draw(sheet: Sheet) -> None:
        layout.draw(sheet, picture)
        ends = [(_MARGIN, below - _RULE), (_MARGIN + wide, below - _RULE)]
        sheet.line(ends, sheet.look.grid, 0.8)

    return Page(wide + 2 * _MARGIN, _whole(below + caption.height + _MARGIN - 2), draw)


def _title(text: str, width: float) -> _Words:
    """Return a title, in smaller letters where it would take many lines."""
    for size in TITLES:
        lines = wrapped(text, size, width, even=True)
        if len(lines) <= _FEW_LINES:
            break
    return _Words(lines, size, _MARGIN, _MARGIN - 2)


def _slide(picture: Picture) -> Page:
    """Return the picture as a slide, with the words where they leave more room to the drawing."""
    layouts = [
        max(_beside(picture, size), _above_and_below(picture, size), key=lambda one: one.scale)
        for size in _SLIDE_TITLES
    ]
    # The largest letters that do not cost the drawing much.
    most = max(layout.scale for layout in layouts)
    chosen = next(layout for layout in layouts if layout.scale >= _LEAST_SCALE * most)
    return Page(*_SLIDE, lambda sheet: chosen.draw(sheet, picture))


def _beside(picture: Picture, size: float) -> _Layout:
    title, caption = _slide_words(picture, size, _COLUMN)
    left = _SLIDE_MARGIN + _COLUMN + _SLIDE_GAP
    fits = title.y + title.height + _SLIDE_GAP <= caption.y
    return _placed(
        picture, title, caption, (left, _SLIDE_MARGIN),
        _SLIDE[1] - _SLIDE_MARGIN if fits else _SLIDE_MARGIN,
    )  # fmt: skip


def _above_and_below(picture: Picture, size: float) -> _Layout:
    title, caption = _slide_words(picture, size, _SLIDE[0] - 2 * _SLIDE_MARGIN)
    top = title.y + title.height + _SLIDE_GAP / 2
    return _placed(picture, title, caption, (_SLIDE_MARGIN, top), caption.y - _SLIDE_GAP / 2)


def _slide_words(picture: Picture, size: float, width: float) -> tuple[_Words, _Words]:
    title = wrapped(picture.data.title, size, width)
    lines = wrapped(picture.data.caption, _SLIDE_CAPTION, width)
    bottom = _SLIDE[1] - _SLIDE_MARGIN
    return (
        _Words(title, size, _SLIDE_MARGIN, _SLIDE_MARGIN - 4),
        _Words(
            lines, _SLIDE_CAPTION, _SLIDE_MARGIN, bottom - len(lines) * LINE_HEIGHT * _SLIDE_CAPTION
        ),
    )


def _placed(
    picture: Picture, title: _Words, caption: _Words, corner: Point, bottom: float
) -> _Layout:
    """Return a layout with the drawing as large as it can be, in the middle of its room."""
    left, top = corner
    room = _SLIDE[0] - _SLIDE_MARGIN - left, max(0.0, bottom - top)
    scale = min(room[0] / picture.width, room[1] / picture.height)
    origin = (
        left + (room[0] - scale * picture.width) / 2,
        top + (room[1] - scale * picture.height) / 2,
    )
    return _Layout(title, caption, origin, scale)
