"""The frame of every page: title of the tab, name, and the caveat at the foot.

Each page calls it first: a deep link can be the first request after a start, and then Streamlit
passes over the entry script.
"""

from __future__ import annotations

import logging
import sys
import time

import streamlit as st

from analysis.errors import DataError
from analysis.sentences import CAVEAT
from pages.shared import keeping, reconnecting
from pages.shared.show import plain
from pages.shared.state import tables

ABOUT = (
    "Parley compares two parties who are about to negotiate: how far apart their scores lie, how"
    " sure that is, and where the numbers come from. It runs on this machine and sends nothing out."
)
HEAD_START, COLD_HEAD_START = 0.06, 0.35
"""Seconds that the first chart gets ahead of everything below it; in a process that has yet to load
what computes that."""

READING_WIDTH = 760
"""Width of a column of text [pixels]: about 90 letters on a line."""


_LOG = logging.getLogger(__name__)
_entered: list[bool] = []
"""Holds something once the entry script has run in this process."""


def navigate() -> st.navigation:
    """Set the pages and their menu; return the page to run."""
    _entered[:] = [True]
    return st.navigation(
        [
            st.Page("pages/compare.py", title="Compare", default=True),
            st.Page("pages/brief.py", title="Brief"),
            st.Page("pages/teams.py", title="Teams"),
            st.Page("pages/atlas.py", title="Atlas"),
            st.Page("pages/bulk.py", title="Bulk"),
            st.Page("pages/methods.py", title="Methods"),
        ],
        position="top",
    )


def run_page() -> None:
    """Run the page that is asked for; where a file that ships is damaged, say so in its place.

    A page stops there: what it would show further down rests on that file. The next view reads the
    file again, so that nothing needs a new start once it is restored.
    """
    try:
        navigate().run()
    except DataError as error:
        _LOG.error("%s", error)
        st.error(
            f"**A file that Parley computes from is damaged**\n\n{plain(str(error))}\n\n"
            + plain(
                "Nothing is shown that would rest on it, and nothing of yours is lost: teams,"
                " worksheets and marks are kept elsewhere. If this is not your own machine, tell"
                " whoever runs this server. Once the file is restored, load this page again."
            ),
            icon=":material/report:", width=READING_WIDTH,
        )  # fmt: skip


def start_page(title: str) -> None:
    """Set the tab's title and the layout.

    As long as the entry script has never run, Streamlit runs the page of a deep link alone, without
    a menu. Setting the pages ends that, and running again brings the menu.
    """
    if not _entered:
        navigate()
        st.rerun()
    keeping.load()
    st.set_page_config(
        page_title=f"{title} · Parley",
        layout="wide",
        initial_sidebar_state="collapsed",
        # With an entry of our own the menu stays, and with it the choice between light and dark.
        menu_items={"Get help": None, "Report a bug": None, "About": ABOUT},
    )
    st.caption("**Parley** · how far apart two parties stand, and how sure that is")
    reconnecting.show_what_was_lost(READING_WIDTH)


def send_what_is_ready() -> None:
    """Let what has been drawn so far leave for the browser before the rest is computed.

    The script and the sending share one interpreter lock, and the browser draws whatever has come
    in one go: without a moment's rest the first chart waits for the last one. The rest costs no
    processor time. Measured with `benchmarks/pages.py`: 190 ms to the changed chart without
    it, 105 with. In a process that has computed nothing yet the browser also fetches from it what
    draws charts, and loading the rest would hold that up: 4.1 s to the first chart, 3.4 with.
    """
    is_warm = "pages.shared.makers" in sys.modules
    time.sleep(HEAD_START if is_warm else COLD_HEAD_START)


def end_page() -> None:
    """Show what holds for every number above."""
    st.caption(f"---\n\n{CAVEAT} Parley data {tables().version}.", width=READING_WIDTH)
