"""What a chart is before it is drawn: its words and its numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class ChartData:
    """What every drawing of a chart says.

    Attributes
    ----------
    id : str
        Stable name, used in keys and file names.
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
    title: str
    caption: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
