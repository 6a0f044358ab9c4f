"""Colours, dashes and markers of the parties: one look for every chart, whatever draws it.

Our side is always Okabe-Ito blue with a solid line and a circle, their side vermilion with a dash
and a square; each further party has its own colour, dash and marker, so that no chart rests on
colour alone. Everything else is ink and grey that stands on a light and on a dark ground.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.profiles import Score


@dataclass(frozen=True, slots=True)
class PartyStyle:
    """How one party is drawn: a colour as `#RRGGBB`, and the names of a dash and of a marker."""

    colour: str
    dash: str
    marker: str

    def faded(self, opacity: float) -> str:
        """Return the colour with an opacity [0..1]."""
        red, green, blue = (int(self.colour[i : i + 2], 16) for i in (1, 3, 5))
        return f"rgba({red}, {green}, {blue}, {opacity})"

    def marker_for(self, score: Score) -> str:
        """Return the marker: hollow where the score is a region's."""
        return f"{self.marker}-open" if is_hollow(score) else self.marker


PARTY_STYLES: tuple[PartyStyle, ...] = (
    PartyStyle("#0072B2", "solid", "circle"),
    PartyStyle("#D55E00", "dash", "square"),
    PartyStyle("#009E73", "dot", "diamond"),
    PartyStyle("#CC79A7", "dashdot", "triangle-up"),
    PartyStyle("#E69F00", "longdash", "triangle-down"),
    PartyStyle("#808080", "longdashdot", "x"),
)


def is_hollow(score: Score) -> bool:
    """Say whether the marker of a score is hollow: where the score is a region's."""
    return score.standing == "regional"
