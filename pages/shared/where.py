"""One click from a number to where it comes from: links to the items of the Methods page.

A link in Markdown opens a new tab, so nothing that was made on the page is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from analysis.link import View, write_link
from analysis.methods.catalogue import framework_item
from pages.shared import state, viewing
from pages.shared.show import Ready, plain

WORDS = "Where this comes from"


def address(item: str) -> str:
    """Return the address of an item of the Methods page, with the view so that it is live.

    A view with teams or scores of one's own is never put in a link: its examples are then those of
    the default pair.
    """
    return f"methods?{urlencode({viewing.SHOW: item, **_of_this_run()[0]}, safe=',:')}"


def link(text: str, item: str) -> Ready:
    """Return text that links to an item, as Markdown, also for a cell of a table."""
    return Ready(f"[{plain(text)}]({address(item)})")


def chip(item: str) -> str:
    """Return the small link that stands behind a note or a caption."""
    return link(WORDS, item)


def scores() -> str:
    """Return the id of the item on the framework in use, for one's own edition its base."""
    return _of_this_run()[1]


def is_shareable(view: View) -> bool:
    """Say whether a view holds nothing of a person's own, so that a link may carry it."""
    parties = {view.a, view.b, *view.further}
    return not parties & state.tables().own.keys() and (
        view.settings.framework in state.shipped().frameworks
    )


def _of_this_run() -> tuple[Mapping[str, str], str]:
    """Return the view's parameters and its framework's item; made once a run for many links."""
    held: tuple[Mapping[str, str], str] | None = st.session_state.get(viewing.IN_LINKS)
    if held is None:
        view, tables = viewing.current_view(), state.tables()
        framework = tables.frameworks[view.settings.framework]
        carried = write_link(tables, view) if is_shareable(view) else {}
        held = carried, framework_item(framework.base or framework.id)
        st.session_state[viewing.IN_LINKS] = held
    return held
