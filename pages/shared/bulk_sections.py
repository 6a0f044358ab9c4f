"""The parts of the Bulk page that take a table and say what was understood of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.bulk.request import HOW_TO_FIX, HOW_TO_NAME, Always
from analysis.errors import BulkError, InputError
from analysis.profiles import build_profile
from analysis.settings import Settings, enough_dimensions
from analysis.words import join
from pages.shared import bulk_places, keeping, state
from pages.shared.bulk_jobs import Desk, Held, disk_sentence
from pages.shared.bulk_work import FIRST_ROWS
from pages.shared.downloads import offer_file
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, table

_DESK, _FILE, _PLACE, _PATH = "bulk_desk", "bulk_file", "bulk_place", "bulk_path"
_PROBLEM = "bulk_problem"
_A, _B, _OTHER = "bulk_column_a", "bulk_column_b", "bulk_other_side"
_ALWAYS = "\0"
"""Stands among the columns for none of them; no column can have that name."""

UPLOADED_TYPES = ["csv", "tsv", "txt", "xlsx", "parquet"]

_MORE = 200
"""Megabytes that a person may well let in on their own machine."""

_ROWS_PER_MEGABYTE = 40_000
"""Of a CSV with two codes, a year and an amount in each row."""

_EXAMPLE = (
    "exporter,importer,year\nNLD,CHN,2019\nGermany,Japan,2020\nHolland,Korea,2021\nSWE,NOR,2021\n"
    "US,United Kingdom,2022\nBrazil,Atlantis,2022\n"
)
_MOST_SHOWN, _MOST_LISTED = 8, 300
_ON_THIS_PAGE = (
    (HOW_TO_NAME, "choose the two above"),
    (HOW_TO_FIX, ", or for their side “always the same party”"),
    (", or use --engine spark", ""),
)
"""What a sentence of the engine says to do on the command line, and what it is here."""


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
        offer_file(
            st, "An example to try (CSV)", data=lambda: _EXAMPLE, mime="text/csv",
            file_name="parley-pairs-example.csv", key="bulk_example", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
    return held


def _choose_upload(*, with_folder: bool) -> None:
    most = int(st.get_option("server.maxUploadSize"))
    uploaded = st.file_uploader(
        "A table of pairs: CSV, TSV, XLSX or Parquet", type=UPLOADED_TYPES, key=_FILE,
        max_upload_size=most, on_change=_take_changed_upload, width=READING_WIDTH,
    )  # fmt: skip
    elsewhere = "by the command line" + (" or from the server’s folder" if with_folder else "")
    more = ""
    if keeping.user() is not None and not keeping.has_sign_in() and most < _MORE:
        more = (
            f" On your own machine “STREAMLIT_SERVER_MAX_UPLOAD_SIZE={_MORE} make run” takes up to"
            f" {_MORE} MB here; a table then stays in memory while the tab is open."
        )
    st.caption(
        plain(
            f"Up to {most} MB: about {most * _ROWS_PER_MEGABYTE:,} rows of CSV, twice as many of"
            f" Parquet. Larger tables go {elsewhere}, in any number of rows.{more} The file is read"
            " here, kept in a folder of this session only, and removed with it. It is never part of"
            " a link."
        ),
        width=READING_WIDTH,
    )
    held = desk().held
    if uploaded is not None and held is None and st.session_state.get(_PROBLEM):
        st.error(plain(st.session_state[_PROBLEM]), icon=":material/error:", width=READING_WIDTH)
        st.button("Try again", on_click=_take_changed_upload, key="bulk_again")
    if uploaded is None and held is not None and held.uploaded:
        words, away = st.columns([3, 1], width=READING_WIDTH, vertical_alignment="center")
        words.markdown(f"**{plain(held.name)}** is still here.", anchors=False)
        away.button("Put it away", on_click=_put_away, key="bulk_put_away", width="stretch")


def _take_changed_upload() -> None:
    st.session_state.pop(_PROBLEM, None)
    uploaded = st.session_state.get(_FILE)
    if uploaded is None:
        desk().clear()
        return
    _forget_columns()
    try:
        desk().take_upload(uploaded.getvalue(), uploaded.name, uploaded.file_id)
    except BulkError as error:
        st.session_state[_PROBLEM] = str(error)


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
    """Return a sentence as it fits a person on this page, with their own name for the table."""
    for path in (str(held.path), held.path.name):
        sentence = sentence.replace(f"“{path}”", f"“{held.name}”")
    for words, here in _ON_THIS_PAGE:
        sentence = sentence.replace(words, here)
    return sentence


def show_understood(held: Held | None, settings: Settings) -> Understood | None:
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
        chosen = _choose_party_columns(found, settings)
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
        _show_texts(found, settings)
    return Understood(found.parties.pair, found.rows)


def _preview(held: Held, columns: tuple[str, str] | None) -> Any:
    def read() -> Any:
        preview = resolve_name("analysis.bulk.job:preview")  # loads the engine
        try:
            return preview(state.tables(), held.path, columns)
        except InputError as error:
            return str(error)
        except OSError as error:
            return disk_sentence(error)

    return desk().once((columns, state.tables()), read)


def _choose_party_columns(found: Any, settings: Settings) -> tuple[str, str]:
    for key, guessed in zip((_A, _B), found.parties.pair if found.parties else (), strict=False):
        if st.session_state.get(key) not in {*found.columns, _ALWAYS}:
            st.session_state[key] = guessed
    a, b = (
        column.selectbox(
            label, [*found.columns, *([_ALWAYS] if key == _B else [])], key=key,
            index=0 if found.parties else None, placeholder="A column", format_func=_in_picker,
            persist_state="session",
        )
        for column, label, key in zip(
            st.columns(2), ("Our side is in", "Their side is in"), (_A, _B), strict=True
        )
    )  # fmt: skip
    if b != _ALWAYS:
        return a or "", b or ""
    labels = state.picker_labels(settings.framework)
    other = st.selectbox(
        "Their side in every row", list(labels), key=_OTHER, index=None, placeholder="A party",
        format_func=labels.__getitem__, persist_state="session",
    )  # fmt: skip
    return a or "", Always(other) if other else ""


def _in_picker(column: str) -> str:
    return "always the same party" if column == _ALWAYS else column


def show_rows(rows: Any, known: int | None, label: str) -> None:
    """Show the first rows of a table, and of how many there are."""
    shown = rows.slice(0, FIRST_ROWS)
    st.dataframe(
        shown, hide_index=True, height="content", placeholder="–",
        alt=f"{label}, with the columns {join(rows.column_names)}.",
    )  # fmt: skip
    count = f"{known:,} rows" if known is not None else f"more than {rows.num_rows:,} rows"
    st.caption(plain(f"The first {shown.num_rows} of {count}."))


def _show_texts(found: Any, settings: Settings) -> None:
    held, seen = found.understanding, found.first.num_rows
    different = len(held.known) + held.unknown_texts
    where = "" if found.rows == seen else f" in the first {seen:,} rows"
    if held.unknown_texts:
        said = f"{len(held.known):,} of {different:,} different names and codes are understood"
    else:
        said = f"All {different:,} different names and codes are understood"
    notes = [found.parties.sentence, f"{said}{where}.", *found.notes]
    if found.blank:
        notes.append(
            f"{'1 cell of these columns is' if found.blank == 1 else f'{found.blank:,} cells are'}"
            " blank."
        )
    st.markdown(plain(" ".join(notes)), anchors=False)
    without = _without_distances(held.profiles, settings)
    if without:
        st.markdown(plain(without), anchors=False)
    if held.unknown_texts:
        _show_unknown(found)
    part = st.expander(
        "Who each name or code is taken for", key="bulk_texts", on_change="rerun", type="compact"
    )
    if part.open:
        part.markdown(
            table(
                ("In the table", "Taken for", "Cells"),
                [
                    (text, state.tables().profiles[profile].name, f"{found.cells[text]:,}")
                    for text, profile in list(held.known.items())[:_MOST_LISTED]
                ],
                2,
            )
        )


def _without_distances(profiles: Sequence[str], settings: Settings) -> str:
    """Say which parties have too few scores for a distance to anybody; nothing where all do."""
    tables = state.tables()
    framework = tables.frameworks[settings.framework]
    short = []
    for one in profiles:
        profile = build_profile(tables, one, settings)
        missing = profile.dimensions_with("missing")
        if not enough_dimensions(framework, [d for d in settings.dimensions if d not in missing]):
            short.append(profile.name)
    if not short:
        return ""
    more = len(short) - _MOST_SHOWN
    named = [*sorted(short)[:_MOST_SHOWN], *([f"{more:,} more"] if more > 0 else [])]
    count = "1 party has" if len(short) == 1 else f"{len(short):,} parties have"
    return (
        f"{count} too few scores in {framework.short_name} for a distance to anybody, so rows with"
        f" {'it' if len(short) == 1 else 'them'} get no value: {join(named)}. Another framework, in"
        " the sidebar, may have the scores."
    )


def _show_unknown(found: Any) -> None:
    held = found.understanding
    shown = list(held.unknown)[:_MOST_SHOWN]
    rows = [(text, held.near.get(text, "–"), f"{found.cells.get(text, 1):,}") for text in shown]
    more = held.unknown_texts - len(shown)
    said = [
        "**Not understood: these rows get no value**",
        table(("In the table", "Perhaps meant", "Cells"), rows, 2),
        *([f"And {more:,} more, which stand with their rows in the list of rows left out."]
          if more else []),
        "Names and ISO codes are understood, of countries that have scores in some framework here.",
    ]  # fmt: skip
    st.warning("\n\n".join(said), icon=":material/rule:")
