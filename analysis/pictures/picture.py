"""A chart ready to be drawn in any size: its words, its size and how to draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.charts.data import ChartData
from analysis.pictures.sheet import Sheet

WIDTH = 444.0
"""Width of every drawing [points]; with its margins a picture is 6.5 inches wide."""

POINTS_PER_INCH = 72


@dataclass(frozen=True, eq=False)
class Picture:
    """A drawing without title and caption, with the words that belong to it.

    Attributes
    ----------
    data : ChartData
    width, height : float
        Of the drawing [points].
    draw : callable
        Draws onto a sheet, from its upper left corner; the legend is part of the drawing.
    """

    data: ChartData
    width: float
    height: float
    draw: Callable[[Sheet], None]

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height of the drawing alone [inches]."""
        return self.width / POINTS_PER_INCH, self.height / POINTS_PER_INCH
