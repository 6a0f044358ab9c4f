"""What a chart is: the drawing, and everything that must stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go


@dataclass(frozen=True, eq=False)
class Chart:
    """A drawing with its words and its data.

    Attributes
    ----------
    id : str
        Stable name, used in keys and file names.
    figure : plotly.graph_objects.Figure
    title : str
        The finding, as a sentence without a full stop.
    caption : str
        How to read it, then source and data version.
    description : str
        The text alternative: what a person who does not see the drawing needs to know.
    columns, rows
        The data behind the drawing as a table.
    """

    id: str
    figure: go.Figure
    title: str
    caption: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
