"""The plans and worksheets of the Brief page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from analysis.figures.roadmap import roadmap_chart
from analysis.methods.items import plan_item
from analysis.strategy.brief import Brief
from analysis.strategy.worksheets import (
    MOST_ROWS,
    Column,
    Row,
    Worksheet,
    balance_sentence,
    pair_key,
    spent_hours,
)
from analysis.words import capital, join
from pages.shared import state, store, where
from pages.shared.show import plain, show_chart, table

_MARKS = ("", "yes", "no")


def show_plans(paper: Brief, printing: bool) -> None:
    """Show the road map, the agenda, the questions, who leads and who decides."""
    drawn = paper.roadmap.level != "beyond"
    if not (printing and drawn):
        st.markdown("## Plans", anchors=False)
    left, right = st.columns([1, 1.1], gap="large")
    with left:
        if drawn:
            with st.container(border=printing):  # a frame is not divided between two sheets
                if printing:
                    st.markdown("## Plans", anchors=False)
                show_chart(
                    roadmap_chart(paper.roadmap, paper.deal), "roadmap", numbers=not printing,
                    where=where.chip(plan_item("roadmap")),
                )  # fmt: skip
        st.markdown(_roadmap(paper), anchors=False)
        st.markdown(_agenda(paper), anchors=False)
    with right:
        st.markdown(f"{_say(paper)}\n\n{_lead(paper)}", anchors=False)
        st.markdown(_questions(paper), anchors=False)


def _bullets(texts: Sequence[str]) -> str:
    return "\n".join(f"- {plain(text)}" for text in texts)


def _roadmap(paper: Brief) -> str:
    told = paper.roadmap
    said = f"**{plain(told.statement_label)}** {plain(f'“{told.statement}”')}"
    gates = f"**The next step comes once**\n\n{_bullets(told.gates)}"
    rest = [plain(text) for text in (told.two_track, told.numbers) if text]
    return "\n\n".join([said, plain(told.check), gates, *rest])


def _agenda(paper: Brief) -> str:
    rows = [
        (
            i.stage.short,
            f"{i.stage.aim} ({capital(join(i.why))}.)" if i.why else i.stage.aim,
            str(i.minutes),
        )
        for i in paper.agenda
    ]
    listed = table(("Stage", "Aim, and what moved the time", "Minutes"), rows, text_columns=2)
    note = state.knowledge().strategy.agenda.note
    start = f"{plain(paper.relationship_start)}\n\n" if paper.relationship_start else ""
    return (
        f"### An agenda for {paper.deal.minutes} minutes\n\n{start}{plain(paper.shared_aim)}\n\n"
        f"{listed}\n\n:small[:gray[{plain(note)}]]"
    )


def _say(paper: Brief) -> str:
    stages = {stage.id: stage.short.lower() for stage in state.knowledge().stages}
    said = table(
        ("Say", "When"), [(i.text, join([stages[s] for s in i.stages])) for i in paper.must_say], 2
    )
    cues = [item.text for item in paper.cues]
    return (
        f"### Say early, and again\n\n{plain(paper.must_say_again)}\n\n{said}\n\n"
        f"**Listen for**\n\n{_bullets(cues)}"
    )


def _lead(paper: Brief) -> str:
    return (
        f"### Who leads and who decides\n\n{plain(paper.leadership.state)}"
        f" {plain(paper.leadership.initiative)}\n\n{_bullets(paper.decider_hints)}"
    )


def _questions(paper: Brief) -> str:
    asked = paper.questions
    cards = _bullets([f"“{card.text}” Listen for: {card.learns}" for card in asked.cards])
    personal = "\n".join(f"- **{plain(q.text)}:** {plain(q.answer)}" for q in asked.personal)
    return (
        f"### Questions that are usually safe\n\n{cards}\n\nIf personal matters are not for you,"
        f" ask instead:\n\n{_bullets([q.text for q in asked.alternatives])}\n\n"
        f"**If the talk turns personal: prepared answers**\n\n{personal}\n\n"
        f"{plain(asked.personal_note)} {plain(asked.balance)}"
    )


def show_worksheets(paper: Brief, printing: bool) -> None:
    """Show the worksheets: closed, as tables to edit, or printed."""
    pair = pair_key(paper.comparison.a.id, paper.comparison.b.id)
    if printing:
        sheets = [
            f"### {plain(sheet.title)}\n\n"
            + _printed(paper, sheet, store.worksheet_rows(pair, sheet))
            for sheet in paper.worksheets
        ]
        st.markdown("\n\n".join(["## Worksheets", *sheets]), anchors=False)
        return
    part = st.expander(
        "Worksheets: information, relationship, who decides", key="sheets_open",
        on_change="rerun", icon=":material/table_edit:",
    )  # fmt: skip
    if not part.open:
        return
    with part:
        st.caption(
            "They start from the deal and are yours to change. What you type stays with this pair,"
            " whichever side is yours, until you close the browser tab; save the workspace to keep"
            " it."
        )
        tabs = st.tabs([sheet.title for sheet in paper.worksheets], key="sheets", on_change="rerun")
        for tab, sheet in zip(tabs, paper.worksheets, strict=True):
            if tab.open:
                with tab:
                    _edit(paper, sheet)


def _edit(paper: Brief, sheet: Worksheet) -> None:
    pair = pair_key(paper.comparison.a.id, paper.comparison.b.id)
    key = store.editor_key(sheet.id, paper.comparison.a.id, paper.comparison.b.id)
    base = store.editor_base(
        key,
        lambda: store.worksheet_rows(pair, sheet),
        fresh=not store.is_edited(pair, sheet.id),
    )
    shown = st.data_editor(
        base,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_order=[column.key for column in sheet.columns],
        column_config={c.key: _column(paper, c) for c in sheet.columns},
    )
    rows = store.keep_worksheet(pair, sheet, base, shown)
    if len(rows) >= MOST_ROWS:
        st.warning(f"A worksheet holds {MOST_ROWS} lines; further ones are not kept.")
    st.caption(plain(" ".join(filter(None, (sheet.note, _result(paper, sheet, rows))))))
    if store.is_edited(pair, sheet.id):
        st.button(
            "Start again from the deal", key=f"{key}_again", on_click=store.forget_worksheet,
            args=(pair, sheet.id),
        )  # fmt: skip


def _column(paper: Brief, column: Column) -> Any:
    config = st.column_config
    if column.kind == "party":
        sides = [paper.comparison.a, paper.comparison.b]
        names = {side.id: side.name for side in sides}
        return config.SelectboxColumn(
            column.label, options=list(names), format_func=names.__getitem__, width="small",
        )  # fmt: skip
    if column.kind == "mark":
        return config.SelectboxColumn(column.label, options=list(_MARKS), width="small")
    return config.TextColumn(
        column.label, width="small" if column.kind == "count" else "large", max_chars=1000,
        validate=r"^\d{0,5}(\.\d)?$" if column.kind == "count" else None,
    )  # fmt: skip


def _result(paper: Brief, sheet: Worksheet, rows: Sequence[Row]) -> str:
    if sheet.id == "balance":
        return balance_sentence(rows, paper.comparison.a, paper.comparison.b)
    hours = spent_hours(rows) if sheet.id == "relationship" else 0.0
    return f"In all {hours:g} hours." if hours else ""


def _printed(paper: Brief, sheet: Worksheet, rows: Sequence[Row]) -> str:
    sides: Mapping[str, str] = {p.id: p.name for p in (paper.comparison.a, paper.comparison.b)}
    return table(
        [column.label for column in sheet.columns],
        [[_cell(column, row, sides) for column in sheet.columns] for row in rows],
        text_columns=len(sheet.columns),
    )


def _cell(column: Column, row: Row, sides: Mapping[str, str]) -> str:
    text = row.get(column.key, "")
    return sides.get(text, text) if column.kind == "party" else text
