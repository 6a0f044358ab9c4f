"""The parts of the Bulk page that ask what to add to each row, and run the job."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from pkgutil import resolve_name

import streamlit as st

from analysis.bulk.request import Extras, Request
from analysis.errors import BulkError
from analysis.link import View
from analysis.measures.registry import MEASURES
from analysis.sentences import changed_settings
from analysis.settings import Settings
from analysis.words import capital, in_words
from pages.shared import bulk_places, state
from pages.shared.bulk_jobs import MOST_RUNNING, Held, Job
from pages.shared.bulk_sections import Understood, desk, named
from pages.shared.bulk_work import work
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain

_MEASURES, _EXTRAS = "bulk_measures", "bulk_extras"
_PROBLEM = "bulk_run_problem"
_FORMAT, _IN_ORDER = "bulk_format", "bulk_in_order"
_MEANINGS = "bulk_meanings"
FORMATS = {".csv": "CSV", ".parquet": "Parquet", ".xlsx": "XLSX"}
MOST_XLSX_ROWS = 1_048_575
"""Rows of a sheet below its header."""

_EXTRA_LABELS = {
    "percentile": "Percentile",
    "interval": "Interval",
    "k": "Dimensions shared (k)",
    "standing": "Standing of the scores",
    "topics": "Severity of each topic",
}
_STAGES = {
    "Reading the names": (0.02, 0.3),
    "Computing the pairs": (0.3, 0.55),
    "Writing the result": (0.55, 0.95),
    "Writing what is left out": (0.95, 1.0),
}
"""Where in the whole of a job each of its stages begins and ends [0..1]."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run would do now; two that are equal give the same result."""

    key: str
    columns: tuple[str, str]
    measures: tuple[str, ...]
    extras: Extras
    ending: str
    in_order: bool
    settings: Settings


def choose_additions(held: Held, found: Understood, view: View) -> Asked:
    """Show what can be added and how the result is written; return what is asked for."""
    framework = state.tables().frameworks[view.settings.framework]
    fitting = [m.id for m in MEASURES.values() if m.fewest_dimensions <= len(framework.dimensions)]
    rests_on = {d for topic in state.knowledge().topics for d in topic.weights}
    with_topics = rests_on <= set(framework.dimension_ids)
    offered = [name for name in _EXTRA_LABELS if with_topics or name != "topics"]
    for key, usable in ((_MEASURES, fitting), (_EXTRAS, offered)):
        st.session_state[key] = [one for one in st.session_state.get(key) or [] if one in usable]
    st.markdown("## What to add to each row", anchors=False)
    left, right = st.columns([1.3, 1], gap="large")
    chosen = left.multiselect(
        "Measures, a column for each", fitting, format_func=lambda i: MEASURES[i].label,
        key=_MEASURES, persist_state="session", wrap=True,
        placeholder=f"{MEASURES[view.settings.measure].label}, the headline measure",
    )  # fmt: skip
    extras = left.pills(
        "And beside them", offered, format_func=_EXTRA_LABELS.__getitem__, key=_EXTRAS,
        selection_mode="multi", persist_state="session", wrap=True,
    )  # fmt: skip
    ending = right.segmented_control(
        "Result as", list(FORMATS), format_func=FORMATS.__getitem__, key=_FORMAT, default=".csv",
        required=True, persist_state="session",
    )  # fmt: skip
    in_order = right.toggle(
        "Keep the order of the rows", key=_IN_ORDER, value=True, persist_state="session",
    )  # fmt: skip
    st.caption(
        plain(" ".join(_what_holds(view.settings, ending or ".csv", with_topics))),
        width=READING_WIDTH,
    )
    asked = Asked(
        held.key,
        found.columns,
        tuple(one for one in fitting if one in (chosen or [view.settings.measure])),
        Extras(**{name: name in (extras or []) for name in _EXTRA_LABELS}),
        ending or ".csv",
        bool(in_order),
        view.settings,
    )
    _show_meanings(asked)
    return asked


def _show_meanings(asked: Asked) -> None:
    meanings = resolve_name("analysis.bulk.meanings:column_meanings")(
        state.knowledge(), asked.settings, asked.measures, asked.extras
    )
    count = "1 column is" if len(meanings) == 1 else f"{len(meanings)} columns are"
    part = st.expander(
        f"{count} added: what each holds", key=_MEANINGS, on_change="rerun", type="compact"
    )
    if part.open:
        lines = [f"- **{plain(name)}**: {plain(text)}" for name, text in meanings.items()]
        part.markdown("\n".join(lines), width=READING_WIDTH)


def _what_holds(settings: Settings, ending: str, with_topics: bool) -> list[str]:
    tables = state.tables()
    framework = tables.frameworks[settings.framework]
    changed = changed_settings(tables, settings)
    said = [
        "Intervals take up to half a minute for each measure, the longer the more parties there"
        " are; everything else takes seconds.",
        f"Settings as in the sidebar: {'; '.join(changed) or 'the defaults'}.",
    ]
    if not with_topics:
        rests_on = tables.frameworks[state.knowledge().friction.framework].short_name
        said.append(
            f"Topics rest on the dimensions of {rests_on}, so there are none under"
            f" {framework.short_name}."
        )
    if ending == ".xlsx":
        said.append(f"A sheet of XLSX holds {MOST_XLSX_ROWS:,} rows; CSV and Parquet any number.")
    if state.teams():
        said.append("Your own teams can stand in the table by their names.")
    return said


def show_run(held: Held, asked: Asked) -> None:
    """Show the button that starts the job, or how far it is."""
    job = desk().job
    if job is not None and not job.is_over:
        _show_running()
        return
    if not held.uploaded and not os.access(held.path.parent, os.W_OK):
        st.error(
            plain(
                "The server’s folder for bulk jobs cannot be written to, so no result can be put"
                " beside this table: upload the table instead, and ask whoever runs this server to"
                " mend that."
            ),
            icon=":material/folder_off:", width=READING_WIDTH,
        )  # fmt: skip
        return
    again = job is not None and job.state == "done"
    st.button(
        "Compute again" if again else "Compute the distances", on_click=_start,
        args=(held, asked), key="bulk_run", icon=":material/play_arrow:",
        type="secondary" if again and job and job.what == asked else "primary",
    )  # fmt: skip
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(plain(problem), icon=":material/error:", width=READING_WIDTH)
    elif job is not None and job.state == "stopped":
        st.info("Stopped: nothing was written.", width=READING_WIDTH)
    elif job is not None and job.state == "failed":
        st.error(plain(named(job.fault, held)), icon=":material/error:", width=READING_WIDTH)


@st.fragment(run_every=0.5)
def _show_running() -> None:
    """Show how far the job is, twice a second, until it is over."""
    job = desk().job
    if job is None or job.is_over:
        st.rerun()
    st.progress(*_how_far(job))
    st.button(
        "Stopping" if job.is_stopping else "Cancel", on_click=job.stop, key="bulk_cancel",
        disabled=job.is_stopping, icon=":material/stop_circle:",
    )  # fmt: skip


def _how_far(job: Job) -> tuple[float, str]:
    if job.state == "waiting":
        running = capital(in_words(MOST_RUNNING))
        return 0.0, f"{running} other jobs are running on this server: yours starts after them."
    if job.progress is None:
        return 0.0, "Starting"
    low, high = _STAGES.get(job.progress.stage, (0.0, 1.0))
    share = min(max(job.progress.share or 0.0, 0.0), 1.0)
    done = "" if job.progress.share is None else f" ({100 * share:.0f} %)"
    return low + share * (high - low), f"{job.progress.stage}{done}"


def _start(held: Held, asked: Asked) -> None:
    own = desk()
    if own.job is not None and not own.job.is_over:
        return  # clicked twice
    try:
        if held.uploaded:
            out = own.results() / f"distances{asked.ending}"
        else:
            out = bulk_places.free_name(held.path.parent, held.path.stem, asked.ending)
    except BulkError as error:
        st.session_state[_PROBLEM] = str(error)
        return
    as_shown = shown(held, asked)
    if not held.uploaded:
        as_shown = replace(as_shown, out=Path(out.name))
    own.start(asked, partial(work, request_of(held, asked, out), as_shown, state.tables()))


def request_of(held: Held, asked: Asked, out: Path) -> Request:
    """Return the job as the engine takes it."""
    return Request(
        held.path, out, asked.settings, asked.measures, asked.extras, asked.columns, asked.in_order
    )


def shown(held: Held, asked: Asked) -> Request:
    """Return the job as a person can run it elsewhere: by their own names for the files."""
    name = Path(held.name).name
    if not name or name.startswith("-"):
        name = f"pairs{held.path.suffix}"
    own = state.tables().frameworks[asked.settings.framework].own
    return replace(
        request_of(held, asked, Path(f"{Path(name).stem}-parley{asked.ending}")),
        source=Path(name),
        teams=(Path("teams.csv"),) if state.teams() else (),
        framework_file=Path("scores.csv") if own else None,
    )
