"""The parts of the Bulk page that take a table and say what was understood of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.errors import BulkError, InputError
from analysis.words import join
from pages.shared import bulk_places, state
from pages.shared.bulk_jobs import Desk, Held
from pages.shared.bulk_work import FIRST_ROWS
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, table

_DESK, _FILE, _PLACE, _PATH = "bulk_desk", "bulk_file", "bulk_place", "bulk_path"
_A, _B = "bulk_column_a", "bulk_column_b"

UPLOADED_TYPES = ["csv", "tsv", "txt", "xlsx", "parquet"]

_ROWS_PER_MEGABYTE = 60_000
"""Of a CSV with two codes and a few figures in each row."""

_EXAMPLE = (
    "exporter,importer,year\nNLD,CHN,2019\nGermany,Japan,2020\nHolland,Korea,2021\nSWE,NOR,2021\n"
    "US,United Kingdom,2022\nBrazil,Atlantis,2022\n"
)
_MOST_SHOWN, _MOST_LISTED = 8, 300


@dataclass(frozen=True, slots=True)
class Understood:
    """The two party columns, and how many rows there are where that is known."""

    columns: tuple[str, str]
    rows: int | None


def desk() -> Desk:
    """Return what this session has on its desk."""
    if _DESK not in st.session_state:
        patience = float(st.get_option("server.disconnectedSessionTTL"))
        st.session_state[_DESK] = Desk(_presence(), patience)
    held: Desk = st.session_state[_DESK]
    held.tidy()
    return held


def _presence() -> Callable[[], bool]:
    """Return how to ask later, from outside this run, whether a browser holds this session."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    server, session = runtime.get_instance(), context.session_id
    return lambda: server.is_active_session(session)


def show_intro() -> None:
    """Show the title and what comes of a table."""
    st.markdown(
        "# Distances for a whole table of pairs\n\n"
        + plain(
            "Give a table that names two parties in each row. It comes back with the distances"
            " beside each row, each the very number that Compare shows for the pair, and with a"
            " list of the rows that got none and why."
        ),
        width=READING_WIDTH,
        anchors=False,
    )


def choose_table() -> Held | None:
    """Show where a table can come from; return the one on the desk."""
    try:
        folder = bulk_places.allowed_folder()
    except BulkError as error:
        folder = None
        st.warning(plain(str(error)), icon=":material/folder_off:", width=READING_WIDTH)
    on_server = False
    if folder is not None:
        place = st.segmented_control(
            "Where the table lies", ["Upload", "On the server"], key=_PLACE, default="Upload",
            required=True, persist_state="session", on_change=_put_away,
        )  # fmt: skip
        on_server = place == "On the server"
    if on_server and folder is not None:
        _choose_on_server(folder)
    else:
        _choose_upload(with_folder=folder is not None)
    held = desk().held
    if held is None:
        st.info(
            "No table yet. Any table with two columns of countries will do: names or ISO codes,"
            " one pair in each row.",
            width=READING_WIDTH,
        )
        st.download_button(
            "An example to try (CSV)", data=_EXAMPLE, file_name="parley-pairs-example.csv",
            mime="text/csv", key="bulk_example", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
    return held


def _choose_upload(*, with_folder: bool) -> None:
    most = int(st.get_option("server.maxUploadSize"))
    uploaded = st.file_uploader(
        "A table of pairs: CSV, TSV, XLSX or Parquet", type=UPLOADED_TYPES, key=_FILE,
        max_upload_size=most, on_change=_take_changed_upload, width=READING_WIDTH,
    )  # fmt: skip
    elsewhere = "by the command line" + (" or from the server’s folder" if with_folder else "")
    st.caption(
        plain(
            f"Up to {most} MB, about {most * _ROWS_PER_MEGABYTE:,} rows of CSV; larger tables go"
            f" {elsewhere}, in any number of rows. The file is read here, kept in a folder of this"
            " session only, and removed with it. It is never part of a link."
        ),
        width=READING_WIDTH,
    )
    held = desk().held
    if uploaded is None and held is not None and held.uploaded:
        words, away = st.columns([3, 1], width=READING_WIDTH, vertical_alignment="center")
        words.markdown(f"**{plain(held.name)}** is still here.", anchors=False)
        away.button("Put it away", on_click=_put_away, key="bulk_put_away", width="stretch")


def _take_changed_upload() -> None:
    uploaded = st.session_state.get(_FILE)
    if uploaded is None:
        desk().clear()
        return
    _forget_columns()
    desk().take_upload(uploaded.getvalue(), uploaded.name, uploaded.file_id)


def _choose_on_server(folder: Path) -> None:
    names = bulk_places.tables_in(folder)
    if not names:
        st.info("The server’s folder for bulk jobs holds no table yet.", width=READING_WIDTH)
    chosen = st.selectbox(
        "A table on the server, or a folder of Parquet files", names, index=None, key=_PATH,
        placeholder="Choose a name",
        on_change=_forget_columns, persist_state="session", width=READING_WIDTH,
    )  # fmt: skip
    st.caption("The result is written beside it, under a name of its own.", width=READING_WIDTH)
    if not chosen:
        desk().clear()
        return
    try:
        desk().take_path(bulk_places.find_inside(folder, chosen), chosen)
    except BulkError as error:
        desk().clear()
        st.error(plain(str(error)), icon=":material/error:", width=READING_WIDTH)


def _put_away() -> None:
    desk().clear()
    _forget_columns()


def _forget_columns() -> None:
    for key in (_A, _B):
        st.session_state.pop(key, None)


def named(sentence: str, held: Held) -> str:
    """Return a sentence with the table called by its person's name for it."""
    return sentence.replace(f"“{held.path}”", f"“{held.name}”").replace(
        f"“{held.path.name}”", f"“{held.name}”"
    )


def show_understood(held: Held | None) -> Understood | None:
    """Show the first rows, and what was understood before anything runs.

    Returns the party columns; None without a table, or where they are not known.
    """
    if held is None:
        return None
    with st.spinner("Reading the table"):
        found = _preview(held, None)
    if isinstance(found, str):
        st.error(plain(named(found, held)), icon=":material/error:", width=READING_WIDTH)
        return None
    st.markdown("## What Parley understands", anchors=False)
    left, right = st.columns([1.3, 1], gap="large")
    with right:
        chosen = _choose_party_columns(found)
    if all(chosen) and (found.parties is None or chosen != found.parties.pair):
        found = _preview(held, chosen)
        if isinstance(found, str):
            right.error(plain(named(found, held)), icon=":material/error:")
            return None
    with left:
        show_rows(found.first, found.rows, f"First rows of {held.name}")
    with right:
        if found.parties is None:
            st.warning(plain(named(found.reason, held)), icon=":material/view_column:")
            return None
        _show_texts(found)
    return Understood(found.parties.pair, found.rows)


def _preview(held: Held, columns: tuple[str, str] | None) -> Any:
    def read() -> Any:
        preview = resolve_name("analysis.bulk.job:preview")  # loads the engine
        try:
            return preview(state.tables(), held.path, columns)
        except InputError as error:
            return str(error)

    return desk().once((columns, state.tables()), read)


def _choose_party_columns(found: Any) -> tuple[str, str]:
    for key, guessed in zip((_A, _B), found.parties.pair if found.parties else (), strict=False):
        if st.session_state.get(key) not in found.columns:
            st.session_state[key] = guessed
    a, b = (
        column.selectbox(
            label, found.columns, key=key, index=0 if found.parties else None,
            placeholder="A column",
            persist_state="session",
        )
        for column, label, key in zip(
            st.columns(2), ("Our side is in", "Their side is in"), (_A, _B), strict=True
        )
    )  # fmt: skip
    return a or "", b or ""


def show_rows(rows: Any, known: int | None, label: str) -> None:
    """Show the first rows of a table, and of how many there are."""
    shown = rows.slice(0, FIRST_ROWS)
    st.dataframe(
        shown, hide_index=True, height="content", placeholder="–",
        alt=f"{label}, with the columns {join(rows.column_names)}.",
    )  # fmt: skip
    count = f"{known:,} rows" if known is not None else f"more than {rows.num_rows:,} rows"
    st.caption(plain(f"The first {shown.num_rows} of {count}."))


def _show_texts(found: Any) -> None:
    held, seen = found.understanding, found.first.num_rows
    different = len(held.known) + held.unknown_texts
    where = "" if found.rows == seen else f" in the first {seen:,} rows"
    if held.unknown_texts:
        said = f"{len(held.known):,} of {different:,} different names and codes are understood"
    else:
        said = f"All {different:,} different names and codes are understood"
    notes = [found.parties.sentence, f"{said}{where}.", *found.notes]
    blank = sum(found.cells.get(text, 0) for text in held.blank)
    if blank:
        notes.append(f"{blank:,} cells are blank.")
    st.markdown(plain(" ".join(notes)), anchors=False)
    if held.unknown_texts:
        shown = list(held.unknown.items())[:_MOST_SHOWN]
        lines = [f"- {plain(why)}{_times(found.cells.get(text, 1))}" for text, why in shown]
        more = held.unknown_texts - len(shown)
        lines += [f"- And {more:,} more."] if more else []
        st.warning(
            "**Not understood: these rows get no value**\n\n" + "\n".join(lines),
            icon=":material/rule:",
        )
    part = st.expander(
        "Who each name or code is taken for", key="bulk_texts", on_change="rerun", type="compact"
    )
    if part.open:
        part.markdown(
            table(
                ("In the table", "Taken for", "Cells"),
                [
                    (text, state.tables().profiles[profile].label, f"{found.cells[text]:,}")
                    for text, profile in list(held.known.items())[:_MOST_LISTED]
                ],
                2,
            )
        )


def _times(cells: int) -> str:
    return "" if cells == 1 else f" ({cells:,} cells)"
