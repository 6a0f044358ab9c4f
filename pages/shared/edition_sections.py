"""A person's own edition of the scores: making and using it, and a pair in both editions."""

from __future__ import annotations

import streamlit as st

from analysis.comparison import Comparison
from analysis.edition_changes import (
    EditionChanges,
    changes_between,
    settings_beside,
)
from analysis.editions import Edition, EditionReading, edition_template, left_out_csv
from analysis.editions.edition import LONGEST_NAME, LONGEST_NOTE
from analysis.link import View
from analysis.measures.registry import MEASURES
from analysis.settings import DEFAULT_FRAMEWORK
from analysis.tables import Framework
from analysis.teams.reading import fault_sentences
from analysis.teams.reading.limits import LARGEST_FILE, MEGABYTE
from analysis.words import FARTHER, of_hundred
from pages.shared import own_editions, own_teams, state, store, viewing
from pages.shared.downloads import offer_file
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, table

LICENCE = "Scores stay on this machine; whether you may use them is between you and the publisher."
_TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"]
_MOST_SHOWN = 12


def show_editions() -> None:
    """Show how to make an edition of one's own, and those that are there."""
    said, gone = own_editions.said(), own_editions.deleted()
    held = state.editions()
    st.markdown("## Your own edition of the scores", anchors=False)
    if said:
        st.success(plain(said), icon=":material/check:")
    if gone:
        st.button(
            f"Bring back “{gone.name}”", on_click=own_editions.undo_delete, key="edition_undo",
            icon=":material/undo:",
        )  # fmt: skip
    st.caption(
        plain(
            "Where you hold newer scores, or others on the same dimensions, they can stand beside"
            " those that ship: with a reference set of their own, never mixed with them in one"
            f" distance. {LICENCE}"
        ),
        width=READING_WIDTH,
    )
    for edition in held.values():
        _show_edition(edition)
    if held:
        _show_saving()
    part = st.expander(
        "Upload or paste scores", key="edition_open", on_change="rerun",
        icon=":material/dataset:",
    )  # fmt: skip
    if part.open:
        with part:
            _show_making()


def _show_edition(edition: Edition) -> None:
    framework = state.tables().frameworks[edition.id]
    used = own_editions.in_use(edition.id)
    base = state.shipped().frameworks[edition.base].short_name
    told = " ".join(filter(None, [_size(framework), f"On the dimensions of {base}.", edition.note]))
    line = f"**{plain(edition.name)}**{' · in use' if used else ''}"
    words, use, away = st.columns([2.2, 1, 1], width=READING_WIDTH, vertical_alignment="center")
    words.markdown(f"{line}  \n:small[:gray[{plain(told)}]]", anchors=False)
    if used:
        use.button(
            "Stop using them", on_click=own_editions.stop_using, key=f"edition_stop_{edition.id}",
            width="stretch",
        )  # fmt: skip
    else:
        use.button(
            "Use these scores", on_click=own_editions.use, args=(edition.id,), width="stretch",
            key=f"edition_use_{edition.id}",
        )  # fmt: skip
    away.button(
        "Delete", on_click=own_editions.delete, args=(edition.id,), width="stretch",
        key=f"edition_delete_{edition.id}",
    )  # fmt: skip


def _show_saving() -> None:
    view = viewing.current_view()
    st.caption("They stay in this browser tab until you close it; the workspace takes them along.")
    offer_file(
        st, "Save the workspace with your scores", data=store.workspace_file(view),
        on_click="ignore", file_name=store.workspace_name(view), mime="application/json",
        key="edition_workspace", icon=":material/download:",
    )  # fmt: skip


def _size(framework: Framework) -> str:
    profiles = state.shipped().profiles
    countries = sum(profiles[i].kind == "country" for i in framework.locators)
    complete = sum(
        profiles[i].kind == "country" and not any(score != score for score in row)  # noqa: PLR0124 - NaN
        for i, row in zip(framework.profile_ids, framework.scores.tolist(), strict=True)
    )
    return f"{countries} countries, {complete} with every score."


def _show_making() -> None:
    left, right = st.columns(2, gap="large")
    key = own_editions.upload_key()
    with left:
        uploaded = st.file_uploader(
            "A file with a country in each row: CSV, TSV, XLSX, XLS or ODS", type=_TYPES, key=key,
            max_upload_size=LARGEST_FILE // MEGABYTE,
        )  # fmt: skip
        pasted = st.text_area(
            "Or paste the table here", key=f"{key}_pasted", height=120,
            placeholder="Country\tPDI\tIDV\tMAS\tUAI\tLTO\tIVR\nNLD\t…",
        )  # fmt: skip
    with right:
        frameworks = state.shipped().frameworks
        base = st.selectbox(
            "Its columns are the dimensions of", list(frameworks), key="edition_base",
            format_func=lambda i: frameworks[i].short_name, index=_default_place(),
            help="Dimensions, scale and error of a score are taken over from there; no score is.",
        )  # fmt: skip
        if base == DEFAULT_FRAMEWORK:
            _show_templates()
    if uploaded is not None:
        content = uploaded.getvalue()
        offered = own_teams.sheets(content, uploaded.name)
        sheet = st.selectbox("Sheet", offered, key="edition_sheet") if offered else None
        _show_reading(own_editions.read(content, uploaded.name, base, sheet))
    elif pasted.strip():
        _show_reading(own_editions.read(pasted, "", base))


def _default_place() -> int:
    return list(state.shipped().frameworks).index(DEFAULT_FRAMEWORK)


def _show_templates() -> None:
    columns = st.columns(2)
    for column, label, filled in zip(
        columns, ("Template", "Template with an example"), (False, True), strict=True
    ):
        offer_file(
            column, label, data=lambda filled=filled: edition_template(filled),
            file_name=f"parley-edition{'-example' if filled else ''}.csv", mime="text/csv",
            key=f"edition_template_{filled}", on_click="ignore", width="stretch",
        )  # fmt: skip


def _show_reading(found: EditionReading | str) -> None:
    if isinstance(found, str):
        st.error(plain(found), icon=":material/error:")
        return
    st.caption(plain(" ".join(found.understood)))
    if found.faults:
        _show_faults(found)
    if found.edition is None:
        st.error(plain(found.reason), icon=":material/error:")
        return
    name, note = st.columns([1, 1.4])
    name.text_input(
        "Name of this edition", key=own_editions.NAME, max_chars=LONGEST_NAME,
        placeholder=found.edition.name,
    )  # fmt: skip
    note.text_input(
        "Note: where it is from, under which licence", key=own_editions.NOTE,
        max_chars=LONGEST_NOTE,
    )  # fmt: skip
    st.caption(plain(f"Without a name it is called “{found.edition.name}”."))
    st.button(
        "Make this edition", type="primary", on_click=own_editions.add, args=(found.edition,),
        key="edition_add",
    )  # fmt: skip


def _show_faults(found: EditionReading) -> None:
    kinds = fault_sentences(found.faults)
    shown = [f"- {plain(sentence)}" for sentence in kinds[:_MOST_SHOWN]]
    if len(kinds) > _MOST_SHOWN:
        shown.append(f"- And {len(kinds) - _MOST_SHOWN:,} more kinds of fault: see the download.")
    count = f"{len(found.rejected):,} row{'s' if len(found.rejected) != 1 else ''} left out"
    st.warning(f"**{plain(count)}**\n\n" + "\n".join(shown), icon=":material/rule:")
    offer_file(
        st, "Rows left out, with the reason", data=lambda: left_out_csv(found),
        file_name="parley-rows-left-out.csv", mime="text/csv", key="edition_rejected",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def show_beside(view: View) -> None:
    """Show a pair under a person's own edition beside the one that ships; else nothing."""
    editions, frameworks = state.editions(), state.tables().frameworks
    if not editions or view.a == view.b:
        return
    used = frameworks[view.settings.framework]
    fitting = [i for i, edition in editions.items() if edition.base == used.id]
    if not used.own and not fitting:
        return
    chosen = used.id if used.own else fitting[-1]
    base = frameworks[frameworks[chosen].base]
    st.markdown(f"### Your edition beside {plain(base.short_name)}", anchors=False)
    if len(fitting) > 1:
        chosen = st.selectbox(
            "Edition", fitting[::-1], format_func=lambda i: editions[i].name,
            key="edition_beside", width=READING_WIDTH,
        )  # fmt: skip
    found = _beside(view, chosen, base.id)
    own = frameworks[chosen]
    left, right = st.columns([1.3, 1], gap="large")
    said = [plain(found.sentence), _by_dimension(own, base, found)]
    left.markdown("\n\n".join(said), anchors=False)
    right.markdown(
        "\n\n".join([_ranks(own, base, found), *(f"- {plain(note)}" for note in found.notes)]),
        anchors=False,
    )


def _beside(view: View, edition: str, base: str) -> EditionChanges:
    tables, measure = state.tables(), (view.settings.measure,)
    compared = [
        state.compare(view.a, view.b, settings_beside(tables, view.settings, i), measure)
        for i in (edition, base)
    ]
    return changes_between(tables, *compared)


def _by_dimension(own: Framework, base: Framework, found: EditionChanges) -> str:
    def cell(after: float | None, before: float | None, sign: str = "") -> str:
        shown = ["–" if v is None else _signed(own, v, sign) for v in (after, before)]
        return shown[0] if after == before else f"{shown[0]} ({shown[1]})"

    rows = []
    for one in found.dimensions:
        a, b, gap = zip(one.edition, one.base, strict=True)
        rows.append((own.dimension(one.dimension).name, cell(*a), cell(*b), cell(*gap, "+")))
    columns = ("Dimension", found.edition.a.name, found.edition.b.name, "Gap")
    note = f"In your edition; in brackets {base.short_name} where it differs."
    return f"{table(columns, rows)}\n\n:small[:gray[{plain(note)}]]"


def _signed(framework: Framework, value: float, sign: str) -> str:
    shown = framework.shown(value)
    return f"{sign}{shown}" if value > 0 else shown


def _ranks(own: Framework, base: Framework, found: EditionChanges) -> str:
    rows = [
        (framework.short_name, *_numbers(pair))
        for framework, pair in ((own, found.edition), (base, found.base))
    ]
    label = MEASURES[found.edition.settings.measure].label
    return table(("Scores of", f"{label} (likely)", f"{FARTHER} (likely)", "Pairs"), rows)


def _numbers(pair: Comparison) -> tuple[str, str, str]:
    if pair.reason:
        return "no distance", "–", "–"
    result = pair.headline
    low, high = result.interval or (result.value, result.value)
    least, most = result.percentile_interval or (result.percentile, result.percentile)
    return (
        f"{result.value:.2f} ({low:.2f} to {high:.2f})",
        f"{of_hundred(result.percentile)} ({of_hundred(least)} to {of_hundred(most)})",
        f"{pair.reference_pairs:,}",
    )
