"""How a chart and a small table appear on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from analysis.figures.chart import Chart
from analysis.figures.drawing import Drawing, once_pandas_is_whole
from analysis.words import one_line

_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>()#+-.!|~$:"})


def plain(text: str) -> str:
    """Return text that Markdown shows as it stands: no markup, link or formula in it takes hold."""
    return one_line(text).translate(_MARKDOWN_SIGNS)


class Ready(str):
    """Text of a cell that is Markdown already, such as a link made by `where.link`."""

    __slots__ = ()


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], text_columns: int = 1) -> str:
    """Return a small table as Markdown: text that can be read out, copied and printed.

    The first `text_columns` columns are set to the left, the others, numbers, to the right.
    """
    rule = [":---" if place < text_columns else "---:" for place in range(len(columns))]
    lines = [[plain(c) for c in columns], rule, *([_in_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _in_cell(cell: str) -> str:
    return cell if isinstance(cell, Ready) else plain(cell)


def show_chart(
    chart: Chart,
    key: str,
    heading: str = "",
    *,
    numbers: bool = True,
    config: Mapping[str, Any] | None = None,
    on_select: Callable[[], None] | None = None,
    where: str = "",
) -> None:
    """Show a chart under its finding (or `heading`), its caption, and its data one click away.

    `config` adds to Plotly's own settings; `on_select` is called when a point is chosen.
    `where` is a link from `where.chip` to what the Methods page says of it.
    """
    st.markdown(f"### {plain(heading or chart.title)}", anchors=False)
    whole_config = {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["zoom", "pan", "select", "lasso2d", "resetScale2d"],
        "toImageButtonOptions": {"format": "svg", "filename": f"parley-{chart.id}"},
        **(config or {}),
    }
    selecting = {"on_select": on_select, "selection_mode": "points"} if on_select else {}
    draw(chart.drawing, f"{key}_chart", chart.description, config=whole_config, **selecting)
    st.caption(f"{plain(chart.caption)} {where}".rstrip())
    if not numbers:
        return
    data = st.expander(
        "The numbers in this picture", key=f"{key}_numbers", on_change="rerun", type="compact"
    )
    if data.open:
        rows = ([_cell(value) for value in row] for row in chart.rows)
        data.markdown(table(chart.columns, rows))


def draw(figure: Drawing, key: str, alt: str, **options: Any) -> None:
    """Send a figure to the page; `options` are those of `st.plotly_chart`."""
    once_pandas_is_whole(lambda: st.plotly_chart(figure, key=key, alt=alt, **options))


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
