"""What a person is told when the server that held the tab has gone.

The browser connects again by itself, behind a proxy to another process, and names the session that
it had. Where that session is not there any more a new one begins: the link still holds the view,
the database what was kept, and what was in the tab alone is gone.
"""

from __future__ import annotations

import streamlit as st

from pages.shared import keeping

_NOTICED, _TOLD = "reconnect_noticed", "reconnect_told"
_BEFORE = 2
"""Where the browser names the session it had, among the protocols that it offers."""


def show_what_was_lost(width: int) -> None:
    """Say, until it is put away, that this session stands in for one that has gone.

    `width` of the text is in pixels.
    """
    if _NOTICED not in st.session_state:
        st.session_state[_NOTICED] = True
        st.session_state[_TOLD] = not _session_before()
    if st.session_state[_TOLD]:
        return
    st.warning(
        "**The server that held this tab has gone, and another one goes on in its place**\n\n"
        f"The view is the one in your link: choose again what you chose last. {_kept()} What you"
        " made in this tab alone is not there any more, worksheets for instance. If you saved a"
        " workspace file, open it on the Brief page.",
        icon=":material/sync_problem:",
        width=width,
    )
    st.button("Put this away", key="reconnect_put_away", on_click=_put_away)


def _session_before() -> str:
    offered = st.context.headers.get("Sec-WebSocket-Protocol", "").split(",")
    return offered[_BEFORE].strip() if len(offered) > _BEFORE else ""


def _kept() -> str:
    if keeping.user() is None:
        return "This server keeps nothing, so teams that you made are gone too."
    return "What was saved is here: your teams, debriefs and kept workspaces."


def _put_away() -> None:
    st.session_state[_TOLD] = True
