"""How a chart and a small table appear on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from analysis.figures.chart import Chart
from analysis.figures.drawing import Drawing, once_pandas_is_whole
from analysis.words import one_line

_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>()#+-.!|~$:"})
_BARE_LINKS = re.compile(
    r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?<=[-.\w+])(?=@[-\w])", re.IGNORECASE
)
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return text that Markdown shows as it stands: no markup, link or formula in it takes hold.

    A bare address becomes a link whatever is escaped, and the text may be a stranger's: a sign that
    is not seen keeps its parts from being read as one.
    """
    return _BARE_LINKS.sub(_WORD_JOINER, one_line(text)).translate(_MARKDOWN_SIGNS)


def plain_with_links(text: str) -> str:
    """Return text of Parley's own as `plain` does, in which a bare address is a link."""
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


def wide_table(columns: Sequence[str], rows: Iterable[Sequence[str]], alt: str) -> None:
    """Show a table that scrolls by itself where the page is narrow or twice as large.

    A table of Markdown makes the whole page scroll sideways then. `alt` is its name for those who
    do not see it.
    """
    heads: list[str] = []
    for column in map(plain, columns):
        heads.append(column if column not in heads else f"{column} ({heads.count(column) + 1})")
    cells = [dict(zip(heads, map(_in_cell, row), strict=True)) for row in rows]
    st.table(cells, border="horizontal", hide_index=True, alt=alt)


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
    level: int = 3,
) -> None:
    """Show a chart under its finding (or `heading`), its caption, and its data one click away.

    `config` adds to Plotly's own settings; `on_select` is called when a point is chosen.
    `where` is a link from `where.chip` to what the Methods page says of it. `level` is that of the
    heading: 2 where none stands between it and the page's title.
    """
    st.markdown(f"{'#' * level} {plain(heading or chart.title)}", anchors=False)
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
        with data:
            wide_table(chart.columns, rows, f"The numbers in the picture: {chart.title}")


def draw(figure: Drawing, key: str, alt: str, **options: Any) -> None:
    """Send a figure to the page; `options` are those of `st.plotly_chart`."""
    once_pandas_is_whole(lambda: st.plotly_chart(figure, key=key, alt=alt, **options))


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
