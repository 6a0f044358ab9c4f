"""Where a pair stands among all pairs of the reference set."""

from __future__ import annotations

from math import floor, log10

import numpy as np

from analysis.charts.distribution import (
    axis_title,
    distribution_data,
    histogram,
    likely_span,
)
from analysis.comparison import Comparison
from analysis.pictures.picture import WIDTH, Picture
from analysis.pictures.sheet import Anchor, Sheet
from analysis.pictures.style import HEADING, SMALL
from analysis.tables import FloatArray, Tables

_TOP, _BARS, _BELOW = 18.0, 128.0, 30.0
"""Room for the mark's name, height of the highest bar, room for the axis [points]."""

_MOST_TICKS = 8
_FULL = 0.9
"""Share of its bin that a bar takes."""


def distribution_picture(tables: Tables, comparison: Comparison, distances: FloatArray) -> Picture:
    """Return the histogram of all reference pairs with this pair and its interval marked.

    `distances` has shape (n_pairs,), sorted, as for
    `analysis.charts.distribution.distribution_data`.
    """
    counts, edges = histogram(distances)
    base = _TOP + _BARS

    def draw(sheet: Sheet) -> None:
        end = float(edges[-1])
        _draw_bars(sheet, base, comparison, counts, edges)
        sheet.line([(0, base), (WIDTH, base)], sheet.look.strong, 0.8)
        for tick in _ticks(end):
            x = WIDTH * tick / end
            sheet.line([(x, base), (x, base + 3)], sheet.look.strong, 0.8)
            anchor: Anchor = "left" if tick == 0 else "right" if x > WIDTH - 8 else "center"
            sheet.text(x, base + 13, f"{tick:g}", SMALL, anchor=anchor, colour=sheet.look.quiet)
        sheet.text(0, base + _BELOW - 3, axis_title(comparison), SMALL, colour=sheet.look.quiet)
        _draw_mark(sheet, base, comparison, WIDTH * comparison.headline.value / end)

    return Picture(distribution_data(tables, comparison, distances), WIDTH, base + _BELOW, draw)


def _draw_bars(
    sheet: Sheet, base: float, comparison: Comparison, counts: np.ndarray, edges: FloatArray
) -> None:
    low, high = likely_span(comparison)
    end, highest = float(edges[-1]), int(counts.max())
    for start, stop, count in zip(edges[:-1], edges[1:], counts, strict=True):
        inside = low <= (start + stop) / 2 <= high
        wide = WIDTH * float(stop - start) / end
        tall = _BARS * int(count) / highest
        if tall:
            sheet.rectangle(
                WIDTH * float(start) / end + wide * (1 - _FULL) / 2, base - tall,
                wide * _FULL, tall, fill=sheet.look.strong if inside else sheet.look.faint,
            )  # fmt: skip


def _draw_mark(sheet: Sheet, base: float, comparison: Comparison, x: float) -> None:
    sheet.line([(x, _TOP - 14), (x, base)], sheet.look.ink, 2)
    left_of = comparison.headline.percentile > 50
    sheet.text(
        x - 5 if left_of else x + 5, _TOP - 5, "This pair", HEADING,
        anchor="right" if left_of else "left", heading=True,
    )  # fmt: skip


def _ticks(end: float) -> list[float]:
    """Return round numbers from 0 to an end, at most `_MOST_TICKS` of them after the first."""
    step = 10.0 ** floor(log10(end / _MOST_TICKS))
    step *= next(factor for factor in (1, 2, 5, 10) if end / (factor * step) <= _MOST_TICKS)
    return [round(step * place, 10) for place in range(floor(end / step) + 1)]
