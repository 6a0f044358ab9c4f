"""The workspace: everything made here as one file, saved and opened again."""

from __future__ import annotations

import streamlit as st

from analysis.link import View
from analysis.words import join
from pages.shared import keeping, store
from pages.shared.downloads import offer_file
from pages.shared.show import plain


def show_workspace(view: View) -> None:
    """Show how to save everything made here as one file, and to open it again."""
    part = st.expander(
        "Workspace: save and open", key="workspace_open", on_change="rerun", icon=":material/save:"
    )
    wrong = keeping.problem()
    if wrong:
        st.warning(plain(wrong), icon=":material/database_off:")
    if store.workspace_problem():
        st.error(plain(store.workspace_problem()), icon=":material/error:")
    if store.pending():
        _ask_before_replacing()
    if not part.open:
        return
    with part:
        st.caption(
            "One file holds the parties, the settings, the deal with its amounts, the worksheets"
            " and the debriefs of every pair, your teams and your own scores. It stays on your"
            " machine."
        )
        left, right = st.columns(2)
        offer_file(
            left, "Save the workspace", data=store.workspace_file(view), on_click="ignore",
            file_name=store.workspace_name(view), mime="application/json", key="workspace_save",
            icon=":material/download:",
        )  # fmt: skip
        right.file_uploader(
            "Open a workspace", type=["json"], key=store.upload_key(),
            on_change=store.open_workspace, max_upload_size=5,
        )  # fmt: skip
        if store.can_undo_opening():
            right.button(
                "Undo opening", key="workspace_undo", on_click=store.undo_opening,
                icon=":material/undo:",
            )  # fmt: skip
        if keeping.user() is not None:
            _show_kept(view)


def _show_kept(view: View) -> None:
    """Show the workspaces that are kept beyond the session, and a way to keep this one."""
    left, right = st.columns(2, vertical_alignment="bottom")
    left.text_input("Or keep it here under a name", key="workspace_name", max_chars=60)
    right.button(
        "Keep it here", on_click=store.keep_workspace, args=(view, "workspace_name"),
        key="workspace_keep", icon=":material/bookmark_add:",
    )  # fmt: skip
    kept = keeping.workspaces()
    if not kept:
        return
    chosen, opening, away = st.columns([2, 1, 1], vertical_alignment="bottom")
    name = chosen.selectbox("Kept here", kept, key="workspace_kept")
    opening.button(
        "Open", on_click=store.open_kept_workspace, args=(name,), key="workspace_open_kept",
        width="stretch",
    )  # fmt: skip
    away.button(
        "Delete", on_click=keeping.drop_workspace, args=(name,), key="workspace_drop",
        width="stretch",
    )  # fmt: skip


def _ask_before_replacing() -> None:
    """Ask which version counts where both hold the same team, worksheet or debrief."""
    listed = join(store.pending())
    st.warning(
        plain(f"The file and this session hold different versions of {listed}."),
        icon=":material/compare_arrows:",
    )
    theirs, mine, neither = st.columns(3)
    choices = (
        (theirs, "Take the file’s", True, "replace"),
        (mine, "Keep mine, add the rest", False, "keep"),
        (neither, "Do not open it", None, "drop"),
    )
    for column, label, answer, name in choices:
        column.button(
            label, on_click=store.decide, args=(answer,), key=f"workspace_{name}", width="stretch"
        )
