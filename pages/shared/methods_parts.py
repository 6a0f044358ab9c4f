"""What the items of the Methods page are made of: text, formulas, examples, citations, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from analysis.comparison import Comparison
from analysis.exports.address import for_citation, public_address
from analysis.knowledge.record import Citation
from analysis.link import View, is_shareable, link_address
from analysis.methods.citation import bibtex_of, cite_number, cite_source
from analysis.methods.example import Example
from analysis.methods.symbols import Symbols
from pages.shared import state
from pages.shared.frame import READING_WIDTH
from pages.shared.show import Ready, plain, plain_with_links, table

_MOST_ON_A_PHONE = 4
"""Columns that a narrow screen shows at once."""


def say(*blocks: str) -> None:
    """Show blocks of Markdown at reading width, no empty one."""
    st.markdown("\n\n".join(filter(None, blocks)), width=READING_WIDTH, anchors=False)


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list."""
    return "\n".join(f"- {plain(text)}" for text in texts)


def named(rows: Iterable[tuple[str, str]]) -> str:
    """Return texts as a list, each with its name; an empty one is left out."""
    return "\n".join(f"- **{plain(name)}:** {plain(text)}" for name, text in rows if text.strip())


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]], alt: str) -> None:
    """Show a table of several columns, which a narrow screen scrolls and does not cut off."""
    heads: list[str] = []
    for column in map(plain, columns):
        heads.append(column if column not in heads else f"{column} ({heads.count(column) + 1})")
    cells = [dict(zip(heads, map(plain, row), strict=True)) for row in rows]
    st.table(cells, border="horizontal", hide_index=True, alt=alt, width=READING_WIDTH)
    if len(heads) > _MOST_ON_A_PHONE:
        st.caption("On a phone this table scrolls sideways.", width=READING_WIDTH)


def show_formulas(formulas: Iterable[str], symbols: Symbols) -> None:
    """Show formulas typeset, and what their letters stand for."""
    for formula in formulas:
        st.latex(formula, width=READING_WIDTH)
    rows = [(Ready(f"${letter}$"), meaning) for letter, meaning in symbols]
    st.markdown(table(("Letter", "Stands for"), rows, text_columns=2), width=READING_WIDTH)


def show_example(example: Example, pair: Comparison | None) -> None:
    """Show a worked example, or why there is none."""
    title = (
        f"With {pair.a.name_in_sentence} and {pair.b.name_in_sentence}" if pair else "An example"
    )
    say(f"### {plain(title)}", plain(example.reason))
    if example.rows:
        show_table(example.columns, example.rows, f"{title}: the numbers put into the formula")
    if example.more_rows:
        say(plain(f"{example.more_title}:"))
        show_table(example.more_columns, example.more_rows, example.more_title)
    for step in example.steps:
        st.latex(step, width=READING_WIDTH)
    if example.said:
        st.markdown(plain(example.said), width=READING_WIDTH, anchors=False)


def show_number(view: View, pair: Comparison, what: str, value: str) -> None:
    """Show how to cite one number of a pair, as text and as BibTeX."""
    link = ""
    if is_shareable(state.tables(), view):
        page = public_address() or (st.context.url or "").split("?")[0].removesuffix("methods")
        whole = link_address(state.tables(), view, page)
        link = for_citation(whole) or whole[whole.index("?") :]
    cited = cite_number(state.tables(), pair, what, value, date.today(), link)
    st.markdown("### Cite this number", width=READING_WIDTH, anchors=False)
    st.code(cited.text, None, wrap_lines=True, width=READING_WIDTH)
    st.code(cited.bibtex, None, wrap_lines=True, width=READING_WIDTH)


def show_sources(source_ids: Iterable[str], citations: Iterable[Citation] = ()) -> None:
    """Show sources as lines and as BibTeX to copy."""
    tables = state.tables()
    said = {c.id: c for c in citations}
    found = [tables.sources[i] for i in dict.fromkeys((*source_ids, *said)) if i in tables.sources]
    lines = []
    for source in found:
        told = said[source.id].says if source.id in said else ""
        lines.append(
            f"- {plain_with_links(cite_source(source))}" + (f" {plain(told)}" if told else "")
        )
    if lines:
        st.markdown(
            "\n".join(["### Sources", "", *lines]), width=READING_WIDTH, anchors=False
        )  # fmt: skip
    entries = bibtex_of(found)
    if entries:
        st.code(entries, None, wrap_lines=True, width=READING_WIDTH)
