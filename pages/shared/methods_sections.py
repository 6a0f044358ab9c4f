"""The Methods page: its opening, its contents, and the items, each sent only while it is open."""

from __future__ import annotations

import streamlit as st

from analysis.link import View, is_shareable, write_link
from analysis.methods.catalogue import Item, Section, catalogue
from analysis.words import capital, in_words
from pages.shared import methods_items, state, viewing
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain


def sections() -> tuple[Section, ...]:
    """Return all sections, from what is registered and loaded."""
    return catalogue(state.tables(), state.knowledge())


def _item(item_id: str) -> Item | None:
    found = (item for section in sections() for item in section.items if item.id == item_id)
    return next(found, None)


def asked_for() -> str:
    """Return the item that the link asks for; empty where it asks for none."""
    return st.query_params.get(viewing.SHOW, "")


def _close() -> None:
    st.query_params.pop(viewing.SHOW, None)


def show_opening(view: View, asked: str) -> None:
    """Show the title and what the page is, or only whose examples these are above an item."""
    names = state.tables().profiles
    pair = f"{names[view.a].name_in_sentence} and {names[view.b].name_in_sentence}"
    if asked and _item(asked):
        st.markdown("# Where this comes from", width=READING_WIDTH, anchors=False)
        return
    frameworks = in_words(len(state.tables().frameworks))
    st.markdown(
        "# How every number is made\n\n"
        + plain(
            "Every formula with its source and its limits, every data set with its terms, and what"
            f" the numbers are worth. The scores of {frameworks} frameworks are loaded; the"
            f" examples are worked with {pair}, under your settings. What Parley made up itself is"
            " named so."
        ),
        width=READING_WIDTH,
        anchors=False,
    )
    tables = state.tables()
    st.page_link(
        "pages/compare.py", label="Choose another pair", icon=":material/arrow_back:",
        query_params=write_link(tables, view) if is_shareable(tables, view) else None,
    )  # fmt: skip


def show_asked(view: View, asked: str) -> None:
    """Show the item that the link asks for, open, above everything else."""
    if not asked:
        return
    item = _item(asked)
    if item is None:
        st.warning(
            plain(
                f"The link asks for “{asked[:60]}”, which is no item of this page: look for it"
                " below."
            ),
            icon=":material/link_off:",
        )
        return
    told = f"{capital(item.plain).rstrip('.')}." if item.plain else ""
    st.markdown(
        f"## {plain(item.title)}\n\n{plain(told)}", width=READING_WIDTH, anchors=False
    )  # fmt: skip
    with st.container(key="methods_asked"):
        methods_items.show_item(item, view)
    st.button(
        "Close this and show the contents", on_click=_close, key="methods_close",
        icon=":material/close:",
    )  # fmt: skip


def show_contents() -> None:
    """Show the list of contents; its lines lead to the sections below."""
    lines = [
        f"- [{plain(section.title)}](#{section.id}) :small[:gray[{_count(section)}]]"
        for section in sections()
    ]
    st.markdown(
        "\n".join(["**Contents**", "", *lines]), width=READING_WIDTH, anchors=False
    )  # fmt: skip


def _count(section: Section) -> str:
    n = len(section.items)
    return f"{in_words(n)} item{'s' if n > 1 else ''}"


def show_sections(view: View) -> None:
    """Show every section with its items closed; an item is only sent while it is open."""
    for section in sections():
        st.header(section.title, anchor=section.id)
        st.markdown(plain(section.about), width=READING_WIDTH, anchors=False)
        with st.container(gap="xsmall"):
            for item in section.items:
                _show_closed(item, view)


def _show_closed(item: Item, view: View) -> None:
    label = f"**{plain(item.title)}**" + (f": {plain(item.plain)}" if item.plain else "")
    part = st.expander(
        label, key=f"methods_{item.id}", on_change="rerun", type="compact", width=READING_WIDTH
    )
    if part.open:
        with part:
            methods_items.show_item(item, view)
