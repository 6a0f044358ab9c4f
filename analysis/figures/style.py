"""The house layout of Plotly figures: greys, sizes, margins and the legend.

Greys stand on a light and on a dark ground. The colours of the parties stand in
`analysis.charts.style`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.charts.style import PARTY_STYLES, PartyStyle
from analysis.figures.drawing import Drawing

GREY = "#808080"
"""For marks, which need a contrast of 3 to 1 on either ground; for text it is too pale on white."""

INK = "#000037"
"""Stands for the page's own ink: Streamlit puts in a near-black on light and a near-white on dark.

Its own text in charts, a lighter grey, has a contrast of only 3.7 to 1 on white."""

_QUIET = 0.78
GRID = "rgba(128, 128, 128, 0.28)"
FAINT = "rgba(128, 128, 128, 0.45)"
TRANSPARENT = "rgba(0, 0, 0, 0)"
TEXT_SIZE = 14
SMALL_SIZE = 12

__all__ = [
    "FAINT",
    "GREY",
    "GRID",
    "INK",
    "LEGEND_ABOVE",
    "NARROW",
    "PARTY_STYLES",
    "SMALL_SIZE",
    "TEXT_SIZE",
    "TRANSPARENT",
    "PartyStyle",
    "build_figure",
    "legend_height",
    "letters_width",
    "text_trace",
]


def build_figure(
    traces: Sequence[Mapping[str, Any]], height: int, margin: Mapping[str, float], **layout: Any
) -> Drawing:
    """Return a figure in the house layout; `height` and `margin` in pixels."""
    settings: Mapping[str, Any] = {
        "height": height,
        # Without this Plotly lays out every chart twice to make room for its legend.
        "margin": {**margin, "autoexpand": False},
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"size": TEXT_SIZE, "color": INK}},
        "font": {"size": TEXT_SIZE, "color": INK},
        **{key: _inked(key, value) for key, value in layout.items()},
    }
    return Drawing(list(traces), settings)


def _inked(key: str, value: Any) -> Any:
    """Return an axis with its words in ink, anything else as it is."""
    if not key.startswith(("xaxis", "yaxis")):
        return value
    title = value.get("title", {})
    title = dict(title) if isinstance(title, Mapping) else {"text": title}
    return {
        **value,
        "tickfont": {"color": INK, **value.get("tickfont", {})},
        "title": {**title, "font": {"color": INK, **title.get("font", {})}},
    }


def text_trace(
    x: float,
    heights: Sequence[float],
    texts: Sequence[str],
    *,
    left: bool,
    quiet: bool = False,
    **font: Any,
) -> dict[str, Any]:
    """Return a column of texts that start (`left`) or end at `x`, one at each height.

    A `quiet` one is set back a little and can still be read on either ground.

    One trace of texts draws many times faster than as many annotations.
    """
    return {
        "type": "scatter",
        "x": [x] * len(heights),
        "y": list(heights),
        "text": list(texts),
        "mode": "text",
        "textposition": "middle right" if left else "middle left",
        "textfont": font,
        "opacity": _QUIET if quiet else 1,
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


LEGEND_ABOVE: Mapping[str, Any] = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1.0,
    "yanchor": "bottom",
    "font": {"size": TEXT_SIZE},
    "itemclick": False,
    "itemdoubleclick": False,
}

NARROW = 330
"""Width of a chart on a phone [pixels]."""

_LEGEND_ROW = 24

_SLIM, _WIDE_LETTERS = frozenset("fijlrt.,:;'’()-| 1"), frozenset("mwMW—")


def letters_width(text: str, size: float = SMALL_SIZE) -> float:
    """Return about how wide a line of text is drawn [pixels]; a figure knows no fonts."""
    ems = sum(0.33 if c in _SLIM else 0.86 if c in _WIDE_LETTERS else 0.56 for c in text)
    return ems * size


def legend_height(names: Sequence[str], width: float = NARROW) -> int:
    """Return the room that a legend of these names takes within a width [both in pixels].

    Plotly gives every entry the width of the widest.
    """
    entry = 52 + 8 * max(len(name) for name in names)
    columns = max(1, int(width // entry))
    return -(-len(names) // columns) * _LEGEND_ROW
