"""One click from a number to where it comes from: links to the items of the Methods page.

A link in Markdown opens a new tab, so nothing that was made on the page is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from analysis.link import is_shareable
from analysis.methods.items import framework_item
from pages.shared import state, viewing
from pages.shared.show import Ready, plain

WORDS = "Where this comes from"


def address(item: str) -> str:
    """Return the address of an item of the Methods page, with the view so that it is live.

    A view with teams or scores of one's own is never put in a link: its examples are then those of
    the default pair.
    """
    return f"methods?{urlencode({viewing.SHOW: item, **_carried()}, safe=',:')}"


def link(text: str, item: str) -> Ready:
    """Return text that links to an item, as Markdown, also for a cell of a table."""
    return Ready(f"[{plain(text)}]({address(item)})")


def chip(item: str) -> str:
    """Return the small link that stands behind a note or a caption."""
    return link(WORDS, item)


def scores() -> str:
    """Return the id of the item on the framework in use, for one's own edition its base."""
    framework = state.tables().frameworks[viewing.this_view().settings.framework]
    return framework_item(framework.base or framework.id)


def _carried() -> Mapping[str, str]:
    return viewing.this_link() if is_shareable(state.tables(), viewing.this_view()) else {}
