"""The axis that scores are drawn on: its ends and ticks, from the scale of the framework."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from analysis.tables import Dimension, Framework
from analysis.words import minus

FEWEST_FOR_A_SHAPE = 3
"""Axes that a radar needs: with fewer its lines enclose nothing."""

_LEFT, _RIGHT, _RADIUS = 0.12, 0.22, 1.15
"""Room beyond both ends of the scale, as shares of it: errors, and scores such as 112 of 100."""

_STEPS = (1.0, 1.5, 2.0, 2.5, 5.0, 10.0)
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class ScoreAxis:
    """Where scores are drawn, in the framework's own points.

    Attributes
    ----------
    edges : tuple of float
        Fixed ends of a straight axis, so that nothing moves from one pair to the next.
    ticks : tuple of float
    centre, rim : float
        Score at the centre and at the outer edge of a radar.
    rings : tuple of float
        The scores whose rings stand in a radar: the middle and the top of the scale.
    """

    edges: tuple[float, float]
    ticks: tuple[float, ...]
    centre: float
    rim: float
    rings: tuple[float, float]

    @property
    def step(self) -> float:
        """The distance between two ticks."""
        return self.ticks[1] - self.ticks[0]


def score_axis(framework: Framework) -> ScoreAxis:
    """Return the axis of a framework's scores."""
    low, high = framework.lowest, framework.highest
    span = high - low
    step = _step(span)
    start = step * ceil(low / step) if low < 0 < high else low
    ticks = tuple(start + step * n for n in range(floor((high - start) / step + 1e-9) + 1))
    return ScoreAxis(
        (low - _LEFT * span, high + _RIGHT * span), ticks, low, round(low + _RADIUS * span, 6),
        (low + span / 2, high),
    )  # fmt: skip


def ends(framework: Framework, dimension: Dimension) -> tuple[str, str]:
    """Return what stands at both ends of a dimension's axis: the score and what it stands for."""
    return (
        minus(f"{framework.lowest:g}: {dimension.low_pole}"),
        minus(f"{framework.highest:g}: {dimension.high_pole}"),
    )


def has_shape(framework: Framework) -> bool:
    """Say whether a radar can be drawn: it takes three axes."""
    return len(framework.dimensions) >= FEWEST_FOR_A_SHAPE


def _step(span: float) -> float:
    """Return the smallest round step that divides a span into at most four."""
    power = 10.0 ** floor(log10(span / _MOST_STEPS))
    return next(power * step for step in _STEPS if span / (power * step) <= _MOST_STEPS + 1e-9)
