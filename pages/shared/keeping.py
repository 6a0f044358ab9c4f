"""Where a person's teams are kept beyond the session, and for whom.

On one's own machine: a file in the data folder. On a server: a database, for a person who has
signed in. A server that listens to others without sign-in keeps nothing beyond the session.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from time import monotonic
from typing import Any

import streamlit as st

from analysis.data_folder import default_file
from analysis.debrief import Mark
from analysis.errors import ChangedElsewhere, StoreError
from analysis.teams.team import TEAM_PREFIX, Team
from pages.shared import state

ADDRESS = "PARLEY_DATABASE"
"""The environment variable that names the database; `none` keeps nothing."""

MARKS = "work_marks"
"""Where the session holds the marks of each pair's debrief."""

_LOCAL = "local"
_LOADED, _VERSIONS, _PROBLEM = "kept_loaded", "kept_versions", "kept_problem"
_FAILED = "kept_failed"
RETRY_AFTER = 10
"""Seconds after a reading that failed until the next is tried: one that waits for a server in vain
takes five."""
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def has_sign_in() -> bool:
    """Say whether sign-in is configured."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def user() -> str | None:
    """Return for whom to keep things; None where nothing is kept.

    A signed-in person is known by issuer and subject together, which no one else ever gets.
    """
    if os.environ.get(ADDRESS, "") == "none":
        return None
    if has_sign_in():
        who = st.user.to_dict() if st.user.is_logged_in else {}
        return f"{who['iss']} {who['sub']}" if who.get("iss") and who.get("sub") else None
    return _LOCAL if st.get_option("server.address") in _LOOPBACK else None


def where() -> str:
    """Return in a sentence where teams are kept."""
    if user() is None:
        if has_sign_in():
            return (
                "Sign in to keep your teams, and make them after: signing in starts the tab anew."
            )
        if os.environ.get(ADDRESS, "") == "none":
            return "Teams stay in this browser tab only, until you reload or close it."
        return (
            "Teams stay in this browser tab only, until you reload or close it: this server has no"
            " sign-in, so it keeps nothing."
        )
    if has_sign_in():
        return "Your teams are kept on this server, and only you can see them."
    return "Your teams are kept in a file on this machine, in your data folder."


def load() -> None:
    """Bring the kept teams into a new session; once they are there, later runs do nothing."""
    who, before = user(), st.session_state.get(_LOADED)
    if who == before:
        return
    if before:
        # That person has signed out, or someone else sits here now. The page is loaded anew only
        # after one more run of the old session: nothing of theirs may be in what that run sends.
        st.session_state.clear()
    if who is None or monotonic() < st.session_state.get(_FAILED, -RETRY_AFTER) + RETRY_AFTER:
        return
    if not _address() and not default_file().exists():
        st.session_state[_LOADED] = who
        return  # nothing was ever kept: opening the store would only cost time
    try:
        store = _store()
        held, debriefs = store.kept_teams(), store.debriefs()
    except StoreError as error:
        st.session_state[_FAILED] = monotonic()
        _complain(f"{error} It is tried again in a moment.")
        return
    st.session_state[_LOADED] = who
    kept_marks = {pair: dict(marks) for pair, marks in debriefs.marks.items()}
    st.session_state[MARKS] = {**kept_marks, **st.session_state.get(MARKS, {})}
    st.session_state[_VERSIONS] = {kept.team.id: kept.version for kept in held.teams}
    state.put_teams({**{kept.team.id: kept.team for kept in held.teams}, **state.teams()})
    problems = [*(found.problem for found in held.unreadable), *debriefs.problems]
    if problems:
        _complain(" ".join(problems))


def keep(before: Mapping[str, Team], after: Mapping[str, Team]) -> Mapping[str, Team]:
    """Keep what changed between two sets of teams; return what the session goes on with.

    A team that another window changed first stays as it is there; the own version is kept beside
    it under a new id, so that nothing is lost.
    """
    if user() is None:
        return after
    result = dict(after)
    try:
        held = _store()
        versions: dict[str, int] = st.session_state.setdefault(_VERSIONS, {})
        for gone in before.keys() - after.keys():
            held.delete_team(gone)
            versions.pop(gone, None)
        for team in (t for i, t in after.items() if before.get(i) != t):
            try:
                versions[team.id] = held.save_team(team, versions.get(team.id))
            except ChangedElsewhere as error:
                _complain(f"{error} Your version is kept beside it.")
                result.update(_beside(held, team, versions))
    except StoreError as error:
        _complain(f"{error} It stays in this browser tab.")
    return result


def _beside(held: Any, team: Team, versions: dict[str, int]) -> dict[str, Team]:
    copy = replace(
        team, id=f"{TEAM_PREFIX}{os.urandom(4).hex().upper()}", name=f"{team.name[:50]} (mine)"
    )
    versions[copy.id] = held.save_team(copy, None)
    found = held.team(team.id)
    if found is None:
        return {copy.id: copy}
    versions[team.id] = found.version
    return {team.id: found.team, copy.id: copy}


def keep_debrief(
    pair: str, marks: Mapping[str, Mark], before: Mapping[str, Mark]
) -> Mapping[str, Mark]:
    """Keep the marks of a pair; return those that are kept now, another window's among them."""
    if user() is None or marks == before:
        return marks
    try:
        kept: Mapping[str, Mark] = _store().save_debrief(pair, marks, before)
    except StoreError as error:
        _complain(f"{error} It stays in this browser tab.")
        return marks
    return kept


def workspaces() -> list[str]:
    """Return the names of the workspaces that are kept here."""
    if user() is None or not (_address() or default_file().exists()):
        return []
    try:
        found: list[str] = _store().workspaces()
    except StoreError as error:
        _complain(str(error))
        return []
    return found


def keep_workspace(name: str, content: bytes) -> None:
    """Keep a workspace under a name; what had the name is replaced."""
    try:
        _store().save_workspace(name.strip(), content)
    except StoreError as error:
        _complain(str(error))


def kept_workspace(name: str) -> bytes | None:
    """Return a workspace that is kept here, or None where it cannot be had."""
    try:
        found: bytes | None = _store().workspace(name)
    except StoreError as error:
        _complain(str(error))
        return None
    return found


def drop_workspace(name: str) -> None:
    """Delete a workspace that is kept here."""
    try:
        _store().delete_workspace(name)
    except StoreError as error:
        _complain(str(error))


def restore(team: Team) -> None:
    """Keep a team again that was deleted."""
    if user() is None:
        return
    try:
        held = _store()
        if held.restore_team(team.id):
            found = held.team(team.id)
            st.session_state.setdefault(_VERSIONS, {})[team.id] = found.version
    except StoreError as error:
        _complain(f"{error} It stays in this browser tab.")


def problem() -> str:
    """Return what went wrong with keeping, once."""
    return str(st.session_state.pop(_PROBLEM, ""))


def _complain(text: str) -> None:
    st.session_state[_PROBLEM] = text


def _address() -> str:
    return os.environ.get(ADDRESS, "")


def _store() -> Any:
    return state.kept_at(_address()).for_user(user() or _LOCAL)
