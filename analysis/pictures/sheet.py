"""What a picture is drawn on: points from the upper left corner, downwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect, PathEffectRenderer, Stroke, withStroke
from matplotlib.transforms import Affine2D

from analysis.charts.style import PartyStyle
from analysis.pictures.lettering import font_for, one_line, text_width
from analysis.pictures.style import DASHES, MARKERS, Look

Point = tuple[float, float]
Anchor = Literal["left", "center", "right"]

_ANCHORS: Mapping[Anchor, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Where a text's anchor lies, as a share of its width."""

_STROKE, _HALO = 0.028, 0.3
"""Width of the stroke around letters, of a heading and against lines below, as a multiple of their
size."""

_EDGE = 0.16
"""Width of a marker's edge, as a share of its size."""


class Sheet:
    """A surface that draws in points, in the order in which things are asked for.

    Parameters
    ----------
    figure : Figure
    look : Look
    origin : point
        Where this sheet's upper left corner lies on the figure [points].
    scale : float
        By how much everything is enlarged, letters and lines too.
    """

    def __init__(
        self, figure: Figure, look: Look, origin: Point = (0.0, 0.0), scale: float = 1.0
    ) -> None:
        self.figure = figure
        self.look = look
        self._scale = scale
        top = figure.get_figheight() - origin[1] / 72
        inches = Affine2D().scale(scale / 72, -scale / 72).translate(origin[0] / 72, top)
        self._transform = Affine2D((inches + figure.dpi_scale_trans).get_matrix())

    def part(self, origin: Point, scale: float = 1.0) -> Sheet:
        """Return a sheet on the same figure with another corner and scale."""
        return Sheet(self.figure, self.look, origin, scale)

    def text(
        self,
        x: float,
        baseline: float,
        words: str,
        size: float,
        *,
        anchor: Anchor = "left",
        colour: str = "",
        heading: bool = False,
        cleared: bool = False,
        haloed: bool = False,
    ) -> None:
        """Write a line of text.

        `heading` makes the letters a little stronger; `cleared` keeps lines that lie below from
        running through the text, `haloed` through its letters alone.
        """
        words = one_line(words)
        wide = text_width(words, size)
        left = x - wide * _ANCHORS[anchor]
        if cleared:
            self.rectangle(
                left - 2, baseline - 0.86 * size, wide + 4, 1.12 * size, fill=self.look.ground
            )
        effects: list[AbstractPathEffect] = []
        colour = colour or self.look.ink
        if heading:
            effects = [Stroke(linewidth=_STROKE * size * self._scale, foreground=colour)]
        if haloed:
            stroke = _HALO * size * self._scale
            effects = [withStroke(linewidth=stroke, foreground=self.look.ground)]
        font = font_for(words, size * self._scale)
        self._add(_Writing((left, baseline), words, font, colour, effects))

    def line(
        self,
        points: Sequence[Point],
        colour: str,
        width: float,
        *,
        dash: str = "solid",
        opacity: float = 1.0,
    ) -> None:
        """Draw a line through points; `dash` is the name of one of `DASHES`."""
        self._shape(Path(points), edge=colour, width=width, dash=dash, opacity=opacity)

    def area(self, points: Sequence[Point], colour: str, opacity: float = 1.0) -> None:
        """Fill the area inside points."""
        self._shape(Path([*points, points[0]], closed=True), fill=colour, opacity=opacity)

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str,
        opacity: float = 1.0,
        edge: str = "",
    ) -> None:
        """Draw a rectangle from its upper left corner, with a fine edge in a colour if given."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.area(corners, fill, opacity)
        if edge:
            self._shape(Path([*corners, corners[0]], closed=True), edge=edge, width=0.8)

    def circle(self, centre: Point, radius: float, colour: str, width: float) -> None:
        """Draw a circle without filling it."""
        placed = Affine2D().scale(radius).translate(*centre)
        self._shape(Path.unit_circle().transformed(placed), edge=colour, width=width)

    def marker(
        self, centre: Point, style: PartyStyle, size: float, *, hollow: bool = False
    ) -> None:
        """Draw a party's marker, filled with the ground where it is hollow."""
        outline, factor = _marker(style.marker)
        wide = size * factor
        placed = Affine2D().scale(wide * (1 - _EDGE), -wide * (1 - _EDGE)).translate(*centre)
        self._shape(
            outline.transformed(placed), fill=self.look.ground if hollow else style.colour,
            edge=style.colour, width=wide * _EDGE, mitred=True,
        )  # fmt: skip

    def _shape(
        self,
        path: Path,
        *,
        fill: str = "",
        edge: str = "",
        width: float = 0.0,
        dash: str = "solid",
        opacity: float = 1.0,
        mitred: bool = False,
    ) -> None:
        self._add(_Shape(path, fill, edge, width * self._scale, dash, opacity, mitred))

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._transform)
        self.figure.add_artist(artist)


@cache
def _marker(name: str) -> tuple[Path, float]:
    """Return the outline of a marker one point wide, and a factor for its size."""
    sign, factor = MARKERS[name]
    shape = MarkerStyle(sign)
    return shape.get_path().transformed(shape.get_transform()), factor


class _Shape(Artist):
    """A line or an area. Matplotlib's own take ten times as long to make."""

    def __init__(
        self,
        path: Path,
        fill: str,
        edge: str,
        width: float,
        dash: str,
        opacity: float,
        mitred: bool,
    ) -> None:
        super().__init__()
        self._path = path
        self._fill = to_rgba(fill) if fill else None
        self._edge = edge
        self._width = width
        self._dash = DASHES[dash]
        self._opacity = opacity
        self._mitred = mitred

    def draw(self, renderer: RendererBase) -> None:
        """Draw the shape onto Matplotlib's renderer."""
        pen = renderer.new_gc()
        pen.set_linewidth(self._width if self._edge else 0.0)
        pen.set_foreground(self._edge or "none")
        pen.set_joinstyle("miter" if self._mitred else "round")
        if self._opacity < 1:
            pen.set_alpha(self._opacity)
        if self._dash:
            pen.set_dashes(0.0, [self._width * part for part in self._dash])
        renderer.draw_path(pen, self._path, self.get_transform(), self._fill)
        pen.restore()


class _Writing(Artist):
    """A line of text from its left end. Matplotlib's own text lays every line out anew."""

    def __init__(
        self,
        start: Point,
        words: str,
        font: FontProperties,
        colour: str,
        effects: Sequence[AbstractPathEffect],
    ) -> None:
        super().__init__()
        self._start = start
        self._words = words
        self._font = font
        self._colour = colour
        self._effects = effects

    def draw(self, renderer: RendererBase) -> None:
        """Draw the text onto Matplotlib's renderer."""
        x, y = self.get_transform().transform(self._start)
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        pen = renderer.new_gc()
        pen.set_foreground(self._colour)
        target = PathEffectRenderer(self._effects, renderer) if self._effects else renderer
        target.draw_text(pen, x, y, self._words, self._font, 0.0)
        pen.restore()
