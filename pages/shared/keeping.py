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
_FAILED, _AWAY = "kept_failed", "kept_away"
_UNSAVED, _UNSAVED_MARKS = "kept_unsaved", "kept_unsaved_marks"
_OVERTAKEN = "kept_overtaken"
STAYS = (
    "Your change is not lost. It stays in this browser tab. It is saved as soon as that works"
    " again."
)
"""What becomes of a change that cannot be saved."""

RETRY_AFTER = 10
"""Seconds after a reading that failed until the next is tried: one that waits for a server in vain
takes five."""
LONG = 2
"""Seconds of waiting in vain after which nothing more is tried in the same run."""

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_OF_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")
"""What a proxy adds to each request that it passes on."""


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
    return _LOCAL if _is_own_machine() else None


def _is_own_machine() -> bool:
    """Say whether only people at this machine come here.

    Behind a proxy the server listens to its own machine alone, and yet strangers come.
    """
    if any(name in st.context.headers for name in _OF_A_PROXY):
        return False
    return st.get_option("server.address") in _LOOPBACK


def works() -> bool:
    """Say whether what is made here is kept beyond the browser tab, as far as is known."""
    return user() is not None and not st.session_state.get(_AWAY)


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
    if st.session_state.get(_AWAY):
        return (
            "Nothing can be kept just now: what you make stays in this browser tab, and is saved as"
            " soon as that works again. Keep the tab open, or save the workspace."
        )
    if has_sign_in():
        return "Your teams are kept on this server, and only you can see them."
    return "Your teams are kept in a file on this machine, in your data folder."


def load() -> None:
    """Bring the kept teams into a new session; once they are there, later runs do nothing.

    What could not be saved while the database was away is tried again, too.
    """
    who, loaded = user(), st.session_state.get(_LOADED)
    if who == loaded:
        _save_what_waits()
        return
    if loaded:
        # That person has signed out, or someone else sits here now. The page is loaded anew only
        # after one more run of the old session: nothing of theirs may be in what that run sends.
        st.session_state.clear()
    if who is None or _is_resting():
        return
    if not _address() and not default_file().exists():
        st.session_state[_LOADED] = who
        return  # nothing was ever kept: opening the store would only cost time
    try:
        store = _store()
        held, debriefs = store.kept_teams(), store.debriefs()
    except StoreError as error:
        before = st.session_state.get(_PROBLEM)
        _rest(before or f"{_shortly(str(error))} It is tried again in a moment.")
        return
    _is_well()
    st.session_state[_LOADED] = who
    kept_marks = {pair: dict(marks) for pair, marks in debriefs.marks.items()}
    st.session_state[MARKS] = {**kept_marks, **st.session_state.get(MARKS, {})}
    versions = {kept.team.id: kept.version for kept in held.teams}
    st.session_state[_VERSIONS] = {**versions, **st.session_state.get(_VERSIONS, {})}
    state.put_teams({**{kept.team.id: kept.team for kept in held.teams}, **state.teams()})
    problems = [*(found.problem for found in held.unreadable), *debriefs.problems]
    if problems:
        _complain(" ".join(problems))
    _save_what_waits()


def _is_resting() -> bool:
    """Say whether the database did not answer a moment ago: to wait for it again takes seconds."""
    return monotonic() < st.session_state.get(_FAILED, -RETRY_AFTER) + RETRY_AFTER


def _rest(text: str) -> None:
    """Tell of a database that does not answer, and leave it alone for a moment."""
    st.session_state[_FAILED] = monotonic()
    st.session_state[_AWAY] = True
    _complain(text)


def _is_well() -> None:
    for key in (_FAILED, _AWAY):
        st.session_state.pop(key, None)


def _waiting() -> dict[str, bool]:
    """Return the ids of teams whose last change or deletion is not kept yet."""
    return st.session_state.setdefault(_UNSAVED, {})


def _save_what_waits() -> None:
    """Save again what could not be saved, once the database may answer again; say it if it did."""
    marks: dict[str, Any] = st.session_state.get(_UNSAVED_MARKS, {})
    if not (_waiting() or marks) or user() is None or _is_resting():
        return
    told = st.session_state.get(_PROBLEM, "")
    state.put_teams(keep(state.teams(), state.teams()))
    held: dict[str, Any] = st.session_state.get(MARKS, {})
    for pair in list(marks):
        held[pair] = dict(keep_debrief(pair, held.get(pair, {}), held.get(pair, {})))
    if _waiting() or marks:
        st.session_state[_PROBLEM] = told  # it was said when it first failed
    elif not st.session_state.get(_PROBLEM):
        _complain("What had stayed in this browser tab only is saved now.")


def keep(before: Mapping[str, Team], after: Mapping[str, Team]) -> Mapping[str, Team]:
    """Keep what changed between two sets of teams; return what the session goes on with.

    A team that another window changed first stays as it is there; the own version is kept beside
    it under a new id, so that nothing is lost. What cannot be saved now is saved with the next
    change, or as soon as the database answers again.
    """
    if user() is None:
        return after
    result, waiting, began = dict(after), _waiting(), monotonic()
    waiting.update({i: True for i in (*before, *after) if before.get(i) != after.get(i)})
    wrong = ""
    for id in list(waiting):
        try:
            result.update(_save_or_delete(id, after))
        except StoreError as error:
            wrong = wrong or str(error)
            if monotonic() - began > LONG:
                break
        else:
            del waiting[id]
    if wrong:
        _rest(f"{_shortly(wrong)} {STAYS}")
    else:
        _is_well()
    return result


def _save_or_delete(id: str, after: Mapping[str, Team]) -> Mapping[str, Team]:
    held = _store()
    if id in after:
        return _save(held, after[id])
    held.delete_team(id)
    _versions().pop(id, None)
    return {}


def _shortly(said: str) -> str:
    """Return a store's sentence without its last one, where a more exact one follows."""
    return said.removesuffix(" What is on the screen stays as it is.")


def _versions() -> dict[str, int]:
    return st.session_state.setdefault(_VERSIONS, {})


def _save(held: Any, team: Team) -> dict[str, Team]:
    """Save a team; return what the session holds in its place where another window was first."""
    try:
        _versions()[team.id] = held.save_team(team, _versions().get(team.id))
    except ChangedElsewhere as error:
        found = held.team(team.id)
        if found is not None and found.team == team:
            # It was saved after all: the connection was cut before the database could say so.
            _versions()[team.id] = found.version
            return {}
        _complain(f"{error} Your version is kept beside it.")
        return _beside(held, team, _versions())
    return {}


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
    """Keep the marks of a pair; return those that are kept now, another window's among them.

    What could not be saved is held against what was last known to be kept, and goes with the next.
    """
    if user() is None:
        return marks
    waiting: dict[str, Any] = st.session_state.setdefault(_UNSAVED_MARKS, {})
    overtaken: dict[str, Any] = st.session_state.setdefault(_OVERTAKEN, {})
    if marks == before and (pair not in waiting or _is_resting()):
        return marks
    known = waiting.get(pair, overtaken.get(pair, before))
    try:
        held = _store()
        try:
            kept: Mapping[str, Mark] = held.save_debrief(pair, marks, known)
        except ChangedElsewhere:
            theirs = held.debriefs().marks.get(pair, {})
            overtaken[pair] = {t: m for t, m in theirs.items() if t in marks or t in known}
            waiting.pop(pair, None)
            _complain(
                "Another window has marked the same topics of this pair otherwise, and its marks"
                " are the ones that are kept. Yours stay in this browser tab, and take their place"
                " when you next change a mark here."
            )
            return marks
    except StoreError as error:
        waiting.setdefault(pair, dict(known))
        _rest(f"{_shortly(str(error))} {STAYS}")
        return marks
    waiting.pop(pair, None)
    overtaken.pop(pair, None)
    _is_well()
    return kept


def workspaces() -> list[str]:
    """Return the names of the workspaces that are kept here."""
    if user() is None or _is_resting() or not (_address() or default_file().exists()):
        return []
    try:
        found: list[str] = _store().workspaces()
    except StoreError as error:
        _rest(str(error))
        return []
    return found


def keep_workspace(name: str, content: bytes) -> bool:
    """Keep a workspace under a name, replacing what had it; say whether it is kept."""
    try:
        _store().save_workspace(name.strip(), content)
    except StoreError as error:
        _complain(str(error))
        return False
    return True


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
        _waiting()[team.id] = True
        _rest(f"{_shortly(str(error))} {STAYS}")


def problem() -> str:
    """Return what went wrong with keeping, once."""
    return str(st.session_state.pop(_PROBLEM, ""))


def _complain(text: str) -> None:
    st.session_state[_PROBLEM] = text


def _address() -> str:
    return os.environ.get(ADDRESS, "")


def _store() -> Any:
    return state.kept_at(_address()).for_user(user() or _LOCAL)
