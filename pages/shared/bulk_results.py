"""The parts of the Bulk page that show what came of a job, and the whole matrix."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, BinaryIO

import streamlit as st

from analysis.charts.bulk import RowDistances
from analysis.figures.bulk import bulk_distances
from analysis.link import View
from analysis.measures.registry import MEASURES
from analysis.methods.items import measure_item
from analysis.reference import yardstick_for
from analysis.words import join
from pages.shared import bulk_asking, state, where
from pages.shared.bulk_jobs import Held
from pages.shared.bulk_sections import desk, show_rows
from pages.shared.bulk_work import Done
from pages.shared.downloads import offer_file
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, show_chart, table

_MEASURE, _WHICH = "bulk_measure_shown", "bulk_matrix_which"
_LARGEST_DOWNLOAD = 200 * 1024 * 1024
"""Bytes of a result that go through the browser; a download is held in memory meanwhile."""

_MOST_REASONS = 8
_EVERY = "every"
_MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
}
_OUTCOMES = {
    "with_value": "Got a value",
    "unknown": "Names a party that is not known",
    "no_distance": "No distance between the two parties",
    "same_party": "Both sides are the same party",
    "one_sided": "One side is empty",
    "empty": "Both sides are empty",
}
_IN_SENTENCE = {
    "unknown": ("names a party that is not known", "name a party that is not known"),
    "no_distance": (
        "names two parties without a distance between them",
        "name two parties without a distance between them",
    ),
    "same_party": ("names one party twice", "name one party twice"),
    "one_sided": ("names one party only", "name one party only"),
    "empty": ("names no party", "name no party"),
}


def show_result(asked: bulk_asking.Asked) -> None:
    """Show what came of the last job: in a sentence, by outcome, as a picture, and as files."""
    job = desk().job
    if job is None or job.state != "done":
        return
    done: Done = job.report
    st.markdown(
        f"## {plain(_heading(done.report))}\n\n{plain(_answer(done.report))}",
        width=READING_WIDTH, anchors=False,
    )  # fmt: skip
    if job.what != asked:
        st.warning(
            "Columns, additions or settings have changed since: what stands here is from before."
            " Compute again to bring it up to date.",
            icon=":material/history:", width=READING_WIDTH,
        )  # fmt: skip
    _show_files(done)
    left, right = st.columns([1, 1.2], gap="large")
    with left:
        _show_outcomes(done)
    with right:
        _show_distances(done, job.what)
    if done.first is not None:
        st.markdown("### The first rows, with what was added", anchors=False)
        show_rows(done.first, done.report.rows, "First rows of the result")


def _heading(report: Any) -> str:
    found = report.outcomes
    if not found.rows:
        return "The table has no rows"
    if not found.left_out:
        return "Every row got a value"
    if not found.with_value:
        return "No row got a value"
    return f"{found.with_value:,} of {found.rows:,} rows got a value"


def _answer(report: Any) -> str:
    found = report.outcomes
    said = []
    if found.left_out:
        why = [
            f"{count:,} {words[count != 1]}"
            for name, words in _IN_SENTENCE.items()
            if (count := getattr(found, name))
        ]
        said.append(
            f"{_rows(found.left_out)} {'has' if found.left_out == 1 else 'have'} none:"
            f" {join(why)}. In the result the added cells of such a row are empty."
        )
    elif found.rows:
        said.append(f"{_rows(found.rows)} in, {_rows(found.rows)} out, none without a distance.")
    if found.repeated:
        said.append(
            "1 row repeats a pair that an earlier row names, and counts like any other."
            if found.repeated == 1
            else f"{_rows(found.repeated)} repeat a pair that an earlier row names, and count like"
            " any other."
        )
    return " ".join(said)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _show_outcomes(done: Done) -> None:
    report, found = done.report, done.report.outcomes

    def counted(words: str, count: int) -> tuple[str, str, str]:
        return words, f"{count:,}", f"{100 * count / found.rows:.1f}"

    rows = [
        counted(words, count)
        for name, words in _OUTCOMES.items()
        if (count := getattr(found, name))
    ]
    if set(report.with_value.values()) != {found.with_value}:
        rows += [counted(f"With {MEASURES[m].label}", n) for m, n in report.with_value.items()]
    said = ["### What became of the rows", table(("Outcome", "Rows", "%"), rows)]
    if done.reasons is not None:
        kinds, named = done.reasons.kinds, done.reasons.without_distance
        shown = kinds[:_MOST_REASONS]
        said.append(table(("Why no value", "Rows"), [(why, f"{n:,}") for why, n in shown]))
        if named:
            most = join([f"“{text}” ({_rows(n)})" for text, n in named])
            said.append(plain(f"Most often without a distance: {most}."))
        if len(kinds) > len(shown):
            said.append("More reasons are in the list of rows left out, row by row.")
    st.markdown("\n\n".join(said), anchors=False)


def _show_distances(done: Done, what: bulk_asking.Asked) -> None:
    held = {m: d for m, d in done.report.distribution.items() if len(d.values)}
    if not held:
        return
    measure = next(iter(held))
    if len(held) > 1:
        if st.session_state.get(_MEASURE) not in held:
            st.session_state[_MEASURE] = measure
        measure = st.selectbox(
            "Distances by", list(held), format_func=lambda i: MEASURES[i].label, key=_MEASURE
        )
    settings = what.settings
    if settings.framework not in state.tables().frameworks:
        return  # an edition that was deleted since
    yardstick = yardstick_for(settings, settings.dimensions)
    rows = RowDistances(
        measure, settings.framework, held[measure].values, held[measure].rows,
        state.references().distances(yardstick, measure),
    )  # fmt: skip
    show_chart(
        bulk_distances(state.tables(), rows), "bulk_distances",
        where=where.chip(measure_item(measure)),
    )  # fmt: skip


def _show_files(done: Done) -> None:
    report = done.report
    uploaded = desk().held is not None and desk().held.uploaded
    if not uploaded:
        st.caption(
            plain(f"On the server the result is called “{report.out.name}”, beside its table."),
            width=READING_WIDTH,
        )
    files = [("The table with its results", report.out)]
    files += [("Rows left out, with the reason", report.left_out)] if report.left_out else []
    files += [("Settings, counts and citation (JSON)", report.report)]
    for column, (label, path) in zip(st.columns(3), files, strict=False):
        size = path.stat().st_size if path.exists() else None
        if size is None:
            column.caption(f"{label}: no longer there. Compute again.")
        elif size > _LARGEST_DOWNLOAD:
            column.caption(plain(f"{label}: {size / 2**20:,.0f} MB, too large for a browser."))
        else:
            offer_file(
                column, label, data=_opener(path), file_name=done.names[path], width="stretch",
                mime=_MEDIA[path.suffix], on_click="ignore", icon=":material/download:",
                key=f"bulk_file_{path.suffix}_{label.split()[0]}",
                type="primary" if path == report.out else "secondary",
            )  # fmt: skip


def _opener(path: Path) -> Callable[[], BinaryIO]:
    """Close over the path: a download runs without the session."""
    return lambda: path.open("rb")


def show_command(held: Held, asked: bulk_asking.Asked) -> None:
    """Show the command that does the same job."""
    command_of = resolve_name("analysis.bulk.job:command_of")
    shown = bulk_asking.shown(held, asked)
    st.markdown("### The same job as a command", anchors=False)
    st.code(command_of(state.tables(), shown), "bash", wrap_lines=True, width=READING_WIDTH)
    own = [
        *(["your teams as teams.csv"] if shown.teams else []),
        *(["your own scores as scores.csv"] if shown.framework_file else []),
    ]
    said = "Run it in the folder of the table. It has no limit of rows and gives the same values."
    if own:
        said += f" It takes {join(own)}: put their files there."
    st.caption(plain(said), width=READING_WIDTH)


def show_matrix(view: View) -> None:
    """Show the download of all distances of the framework."""
    settings = view.settings
    framework = state.tables().frameworks[settings.framework]
    fitting = [m for m in MEASURES.values() if m.fewest_dimensions <= len(framework.dimensions)]
    options = {
        _EVERY: "Every measure: a row for each pair",
        **{m.id: f"{m.label}: a square" for m in fitting},
    }
    if st.session_state.get(_WHICH) not in options:
        st.session_state[_WHICH] = _EVERY
    st.markdown(
        "## The whole matrix\n\n"
        + plain(
            "Without a table of your own: the distances of all pairs that have scores in"
            f" {framework.short_name}, with the settings of the sidebar."
        ),
        width=READING_WIDTH,
        anchors=False,
    )
    which = st.selectbox(
        "Distances", list(options), format_func=options.__getitem__, key=_WHICH,
        persist_state="session", width=READING_WIDTH,
    )  # fmt: skip
    references, today = state.references(), date.today()
    measure = None if which == _EVERY else which
    kind = "pairs" if which == _EVERY else which
    with st.container(horizontal=True):
        for ending, label in bulk_asking.FORMATS.items():

            def make(ending: str = ending) -> bytes:
                """Close over values: a download runs without the session."""
                write = resolve_name("analysis.exports.matrix_table:matrix_table")
                content: bytes = write(references, settings, measure, ending, today)
                return content

            offer_file(
                st, label, data=make, on_click="ignore", mime=_MEDIA[ending],
                file_name=f"parley-matrix-{settings.framework}-{kind}-{today}{ending}",
                key=f"bulk_matrix_{ending[1:]}", icon=":material/download:",
            )  # fmt: skip
