"""What a person made in this session: worksheets, debriefs, and the workspace file they go into.

Kept in the session under keys of their own, not under a widget's: a table that is closed, or a page
that is left, forgets its widget's state. A pair's work is kept under both parties, so it stays when
the sides are swapped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from analysis.debrief import OUTCOMES, Mark, make_mark
from analysis.errors import WorkspaceError
from analysis.exports.naming import file_stem
from analysis.friction.assessment import TopicFriction
from analysis.link import View
from analysis.strategy.worksheets import LONGEST_CELL, MOST_ROWS, Row, Worksheet, pair_key
from analysis.workspace import (
    Workspace,
    check_room,
    merged,
    read_workspace,
    what_is_replaced,
    write_workspace,
)
from pages.shared import keeping, state, viewing

_SHEETS, _MARKS, _EDITION, _BEFORE = "work_sheets", keeping.MARKS, "work_edition", "work_before"
_PROBLEM, _UPLOADS, _PENDING = "work_problem", "work_uploads", "work_pending"


def _held(name: str) -> dict[str, dict[str, Any]]:
    return st.session_state.setdefault(name, {})


def worksheet_rows(pair: str, sheet: Worksheet) -> list[dict[str, str]]:
    """Return the rows of a worksheet: a person's own, or those the deal suggests."""
    own = _held(_SHEETS).get(pair, {}).get(sheet.id)
    return [dict(row) for row in (sheet.rows if own is None else own)]


def own_worksheets(pair: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of every worksheet of a pair that a person has changed."""
    return {i: [dict(row) for row in rows] for i, rows in _held(_SHEETS).get(pair, {}).items()}


def is_edited(pair: str, sheet_id: str) -> bool:
    """Say whether a person has changed a worksheet."""
    return sheet_id in _held(_SHEETS).get(pair, {})


def editor_key(kind: str, a: str, b: str) -> str:
    """Return the key of a table to edit.

    A new one for each order of the sides, each visit to the page, and after rows were put in from
    elsewhere: the browser then starts the table anew from what is kept.
    """
    edition = st.session_state.setdefault(_EDITION, 0)
    return f"edit_{kind}_{a}_{b}_{edition}"


def renew_editors() -> None:
    """Let every table to edit start anew from what is kept."""
    st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1


def editor_base(key: str, rows: Callable[[], list[dict[str, str]]], *, fresh: bool) -> Any:
    """Return the rows that a table to edit started from.

    The widget keeps changes against these, so they must not change while it is open; they are taken
    anew when it opens (or, with `fresh`, as long as nothing was changed).
    """
    base = f"{key}_base"
    if fresh or key not in st.session_state or base not in st.session_state:
        st.session_state[base] = rows()
    return st.session_state[base]


def keep_worksheet(
    pair: str, sheet: Worksheet, base: Sequence[Row], shown: Iterable[Mapping[str, Any]]
) -> list[dict[str, str]]:
    """Keep what a table shows once it differs from what it started from; return its rows."""
    rows = [{column.key: _cell(row.get(column.key)) for column in sheet.columns} for row in shown][
        :MOST_ROWS
    ]
    rows = [row for row in rows if any(row.values())]
    started = [{column.key: row.get(column.key, "") for column in sheet.columns} for row in base]
    if is_edited(pair, sheet.id) or rows != started:
        _held(_SHEETS).setdefault(pair, {})[sheet.id] = rows
    return rows


def _cell(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST_CELL]


def forget_worksheet(pair: str, sheet_id: str) -> None:
    """Let a worksheet start again from the deal."""
    _held(_SHEETS).get(pair, {}).pop(sheet_id, None)
    renew_editors()


def marks(a: str, b: str) -> dict[str, Mark]:
    """Return the marks of a pair's debrief by topic."""
    return dict(_held(_MARKS).get(pair_key(a, b), {}))


def all_marks() -> list[Mark]:
    """Return the marks of every pair."""
    return [mark for found in _held(_MARKS).values() for mark in found.values()]


def keep_marks(
    a: str, b: str, topics: Mapping[str, TopicFriction], shown: Iterable[Mapping[str, Any]]
) -> None:
    """Keep the marks that a debrief shows; a mark keeps the prediction as it stood when made."""
    kept = marks(a, b)
    for row in shown:
        topic, outcome, note = row["topic"], row.get("outcome") or "", _cell(row.get("note"))
        before = kept.pop(topic, None)
        if outcome in OUTCOMES:
            same = before is not None and before.outcome == outcome and before.note == note
            kept[topic] = before if same else make_mark(topics[topic], outcome, note, a, b)
    held, pair = _held(_MARKS), pair_key(a, b)
    if kept or pair in held:
        held[pair] = dict(keeping.keep_debrief(pair, kept, held.get(pair, {})))


def _workspace(view: View) -> Workspace:
    sheets = {pair: dict(own) for pair, own in _held(_SHEETS).items() if own}
    debriefs = {pair: dict(found) for pair, found in _held(_MARKS).items() if found}
    return Workspace(view, sheets, debriefs, dict(state.teams()), dict(state.editions()))


def workspace_file(view: View) -> Callable[[], bytes]:
    """Return a function that makes the workspace's file; it is only called on a click."""
    held, tables = _workspace(view), state.tables()
    return lambda: write_workspace(tables, held)


def workspace_name(view: View) -> str:
    """Return the file name: what is inside, and the day."""
    names = [state.tables().profiles[i].name for i in (view.a, view.b)]
    return f"{file_stem(['workspace', *names], date.today())}.json"


def upload_key() -> str:
    """Return the key of the field that takes a workspace; a new one empties it."""
    return f"workspace_file_{st.session_state.setdefault(_UPLOADS, 0)}"


def open_workspace() -> None:
    """Open the uploaded workspace: its pairs come in, what else is here stays.

    On a fault nothing changes but the sentence that names it.
    """
    upload = st.session_state.get(upload_key())
    if upload is not None:
        _open_content(upload.getvalue())


def open_kept_workspace(name: str) -> None:
    """Open a workspace that is kept here, as a file would be."""
    content = keeping.kept_workspace(name)
    if content is not None:
        _open_content(content)


def keep_workspace(view: View, key: str) -> None:
    """Keep the workspace under the name that stands in a field."""
    name = str(st.session_state[key]).strip()
    if name and keeping.keep_workspace(name, workspace_file(view)()):
        st.session_state[key] = ""


def _open_content(content: bytes) -> None:
    knowledge = state.knowledge()
    try:
        found = read_workspace(
            state.shipped(), knowledge.friction.effects, knowledge.topic_by_id, content
        )
        check_room(_workspace(viewing.current_view()), found)
    except WorkspaceError as error:
        st.session_state[_PROBLEM] = str(error)
        return
    st.session_state[_PROBLEM] = ""
    asked = what_is_replaced(_workspace(viewing.current_view()), found)
    if asked:
        st.session_state[_PENDING] = found, asked
    else:
        _open(found, replace=True)


def pending() -> list[str]:
    """Return what the workspace that is being opened would replace, until that is decided."""
    held: tuple[Workspace, list[str]] | None = st.session_state.get(_PENDING)
    return held[1] if held else []


def decide(replace: bool | None) -> None:
    """Open the waiting workspace, with its or with own versions of what both hold, or drop it."""
    found, _ = st.session_state.pop(_PENDING)
    if replace is None:
        st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    else:
        _open(found, replace=replace)


def _open(found: Workspace, *, replace: bool) -> None:
    before = _workspace(viewing.current_view())
    st.session_state[_BEFORE] = before
    _put(merged(before, found, replace=replace))


def _put(held: Workspace) -> None:
    st.session_state[_SHEETS] = dict(held.worksheets)
    before = _held(_MARKS)
    st.session_state[_MARKS] = {
        pair: dict(keeping.keep_debrief(pair, found, before.get(pair, {})))
        for pair, found in held.debrief.items()
    }
    state.put_teams(keeping.keep(state.teams(), held.teams))
    state.put_editions(held.editions)
    viewing.fill_widgets(held.view)
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    renew_editors()


def can_undo_opening() -> bool:
    """Say whether a workspace was opened in this session."""
    return _BEFORE in st.session_state


def undo_opening() -> None:
    """Bring back everything as it was before the last workspace was opened."""
    _put(st.session_state.pop(_BEFORE))


def workspace_problem() -> str:
    """Return what was wrong with the last workspace that was tried, if anything."""
    return str(st.session_state.get(_PROBLEM, ""))
