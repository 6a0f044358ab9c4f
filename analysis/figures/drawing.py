"""A Plotly figure as plain mappings, which goes to the page as it stands."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

import plotly.graph_objects as go
import plotly.io
from plotly.basedatatypes import BaseFigure

from analysis.figures.lettering import only_our_tags

T = TypeVar("T")


class Drawing(BaseFigure):  # type: ignore[misc]  # Plotly comes without types
    """A figure known to be right.

    Plotly checks each part of a figure that it makes, and copies the whole to send it: 4 ms for a
    chart of ours, more than everything else about it. Here the tests check the same parts, through
    `Chart.figure`. Only `to_dict` may be called.
    """

    def __init__(self, traces: list[Mapping[str, Any]], layout: Mapping[str, Any]) -> None:
        self._traces, self._layout = only_our_tags(traces), only_our_tags(layout)

    def to_dict(self) -> dict[str, Any]:
        """Return the figure for Plotly in the browser, in the colours of the page."""
        template = _template(str(plotly.io.templates.default))
        return {"data": self._traces, "layout": {**self._layout, "template": template}}

    def checked(self) -> go.Figure:
        """Return a figure of Plotly's own, every part checked."""
        return once_pandas_is_whole(lambda: go.Figure(self._traces, self._layout))


@cache
def _template(name: str) -> dict[str, Any]:
    """Return what a figure of Plotly's own carries along; Streamlit sets it and fills it in."""
    template: dict[str, Any] = plotly.io.templates[name].to_plotly_json() if name else {}
    return template


def once_pandas_is_whole(draw: Callable[[], T]) -> T:
    """Return what `draw` returns, and call it again if another thread was loading pandas.

    Plotly looks at pandas wherever it finds it loaded, be it only in part: then the chart of one
    session failed while the first table of another one was made.
    """
    try:
        return draw()
    except AttributeError:
        if "pandas" not in sys.modules:
            raise
        importlib.import_module("pandas")  # waits until it is whole
        return draw()
