"""Ground, ink and greys of a light and of a dark picture; sizes; how a party's style is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

LookName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a picture that are no party's, each as `#RRGGBB`.

    `quiet` is for small text, `grid` for the finest lines, `faint` for bars without a party and
    `strong` for those to be seen first; `fill` is how opaque a party's area is [0..1].
    """

    ground: str
    ink: str
    quiet: str
    grid: str
    faint: str
    strong: str
    fill: float


LOOKS: Mapping[LookName, Look] = MappingProxyType(
    {
        "light": Look("#FFFFFF", "#22211F", "#63615D", "#E2E0DC", "#D5D2CD", "#A09D97", 0.13),
        "dark": Look("#171614", "#EDEBE8", "#A9A6A0", "#383632", "#403E3A", "#85827B", 0.22),
    }
)

HEADING, TEXT, SMALL = 10.0, 9.5, 8.2
"""Sizes of letters [points]; in a picture 6.5 inches wide none is smaller."""

TITLES = 15.0, 12.5, 11.0
"""Sizes of a title, the smaller ones for long titles [points]."""

DASHES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "solid": (),
        "dash": (4.2, 2.0),
        "dot": (1.1, 1.5),
        "dashdot": (4.5, 1.6, 1.1, 1.6),
        "longdash": (8.0, 2.2),
        "longdashdot": (8.0, 1.8, 1.1, 1.8),
    }
)
"""Lengths of dashes and of the spaces between them, as multiples of a line's width."""

MARKERS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "circle": ("o", 1.0),
        "square": ("s", 0.92),
        "diamond": ("D", 0.84),
        "triangle-up": ("^", 1.08),
        "triangle-down": ("v", 1.08),
        "x": ("X", 1.08),
    }
)
"""Matplotlib's sign for a marker, and a factor that makes all look equally large."""
