"""What a person does with editions of their own: read, make, use, delete, bring back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from analysis.editions import Edition, EditionReading, read_edition
from analysis.editions.edition import LONGEST_NAME, LONGEST_NOTE
from analysis.errors import UploadError
from analysis.settings import DEFAULT_FRAMEWORK
from analysis.teams.reading import read_grid, read_pasted
from analysis.workspace import MOST_EDITIONS
from pages.shared import state, viewing

NAME, NOTE = "edition_name", "edition_note"
"""The fields that hold how a new edition is called, and what to remember of it."""

_DELETED, _SAID, _UPLOADS, _READ = (
    "edition_deleted", "edition_said", "edition_uploads", "edition_read",
)  # fmt: skip


def upload_key() -> str:
    """Return the key of the field that takes a file; a new one empties it."""
    return f"edition_file_{st.session_state.setdefault(_UPLOADS, 0)}"


def read(
    content: bytes | str, name: str, base: str, sheet: str | None = None
) -> EditionReading | str:
    """Return what a file or pasted text holds, or the sentence that says why it cannot be read.

    The last one is kept in the session: a page is run again with every click.
    """
    key = (content, name, base, sheet)
    held: tuple[Any, EditionReading | str] | None = st.session_state.get(_READ)
    if held is None or held[0] != key:
        try:
            pasted = isinstance(content, str)
            grid = read_pasted(content) if pasted else read_grid(content, name, sheet)
            found: EditionReading | str = read_edition(grid, state.shipped(), base)
        except UploadError as error:
            found = str(error)
        held = key, found
        st.session_state[_READ] = held
    return held[1]


def add(edition: Edition) -> None:
    """Put a new edition beside those that are there, under the name and note in their fields."""
    held = dict(state.editions())
    if edition.id in held:
        _say(f"The very same scores are here already, as “{held[edition.id].name}”.")
    elif len(held) >= MOST_EDITIONS:
        _say(f"There are {MOST_EDITIONS} editions here already: delete one first.")
        return
    else:
        name = _text(NAME, LONGEST_NAME) or edition.name
        own = replace(edition, name=_free_name(name), note=_text(NOTE, LONGEST_NOTE))
        state.put_editions({**held, own.id: own})
        _say(f"“{own.name}” is made. It is used where you choose it, and nowhere else.")
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    for key in (_READ, NAME, NOTE):
        st.session_state.pop(key, None)


def _text(key: str, longest: int) -> str:
    text = "".join(c if c.isprintable() else " " for c in str(st.session_state.get(key, "")))
    return " ".join(text.split())[:longest]


def _free_name(name: str) -> str:
    taken = {edition.name for edition in state.editions().values()}
    free, number = name, 2
    while free in taken:
        end = f" ({number})"
        free, number = f"{name[: LONGEST_NAME - len(end)]}{end}", number + 1
    return free


def in_use(edition_id: str) -> bool:
    """Say whether every page rests on an edition."""
    return bool(st.session_state[viewing.setting_key("framework")] == edition_id)


def use(edition_id: str) -> None:
    """Let every page rest on an edition."""
    _take(edition_id)
    name = state.editions()[edition_id].name
    _say(f"Every page now rests on “{name}”. Settings, under “Scores of”, leads back.")


def stop_using() -> None:
    """Let every page rest on the default framework again."""
    _take(DEFAULT_FRAMEWORK)
    _say(f"Every page rests on {_default_name()} again.")


def delete(edition_id: str) -> None:
    """Take an edition away; it can be brought back until the next one goes."""
    held, used = dict(state.editions()), in_use(edition_id)
    if used:
        _take(DEFAULT_FRAMEWORK)
    edition = held.pop(edition_id)
    st.session_state[_DELETED] = edition, used
    state.put_editions(held)
    again = f" Every page rests on {_default_name()} again." if used else ""
    _say(f"“{edition.name}” is deleted.{again}")


def deleted() -> Edition | None:
    """Return the edition that was deleted last, if it can be brought back."""
    held: tuple[Edition, bool] | None = st.session_state.get(_DELETED)
    return held[0] if held else None


def undo_delete() -> None:
    """Bring the edition back that was deleted last, into use too where it was."""
    edition, used = st.session_state.pop(_DELETED)
    held = state.editions()
    if edition.id not in held and len(held) >= MOST_EDITIONS:
        _say(f"There are {MOST_EDITIONS} editions here already: delete one first.")
        st.session_state[_DELETED] = edition, used
        return
    state.put_editions({**held, edition.id: edition})
    if used:
        _take(edition.id)
    _say(f"“{edition.name}” is back.")


def said() -> str:
    """Return what has just been done, once."""
    return str(st.session_state.pop(_SAID, ""))


def _default_name() -> str:
    return state.shipped().frameworks[DEFAULT_FRAMEWORK].short_name


def _take(framework_id: str) -> None:
    st.session_state[viewing.setting_key("framework")] = framework_id
    viewing.change_framework()


def _say(text: str) -> None:
    st.session_state[_SAID] = text
