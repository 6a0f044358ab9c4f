"""The debrief after a meeting: what became of each prediction, and how well all of them held.

Each prediction has its own line with the answers below or beside it: a table of four columns hides
the one to fill in on a phone. The marks that are kept are the truth; every widget shows them.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.debrief import LONGEST_NOTE, Outcome, summarise, summary_sentence
from analysis.friction.assessment import TopicFriction
from analysis.friction.words import headline
from analysis.strategy.brief import Brief
from pages.shared import keeping, state, store
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, table

_SHORT: Mapping[Outcome, str] = {
    "seen": "Seen", "not_seen": "Not seen", "reversed": "Other way round",
}  # fmt: skip
"""The outcomes as they fit side by side on a phone."""


def show_debrief(paper: Brief) -> None:
    """Show the predictions to be marked after the meeting, and how well all marked ones held."""
    part = st.expander(
        "After the meeting: what was seen?", key="debrief_open", on_change="rerun",
        icon=":material/fact_check:",
    )  # fmt: skip
    if not part.open:
        return
    with part:
        _mark(paper)
        _summary()


def _mark(paper: Brief) -> None:
    pair = paper.comparison.a.id, paper.comparison.b.id
    store.keep_marks(*pair, {}, [])  # what could not be saved before goes now
    stages = [stage for stage in paper.stages if stage.first]
    if not stages:
        st.markdown("Nothing is predicted for this pair, so there is nothing to mark.")
        return
    kept = (
        "Marks are kept with your teams."
        if keeping.works()
        else "Marks stay until you close the browser tab; save the workspace to keep them."
    )
    st.caption(
        "Choose what you saw, and nothing where the matter did not come up; choosing it again takes"
        f" the mark away. A marked line has room for a note. {kept}",
        width=READING_WIDTH,
    )
    for stage in stages:
        st.markdown(f"**{plain(stage.stage.name)}**", anchors=False)
        for found in stage.first:
            _mark_one(found, *pair)


def _mark_one(found: TopicFriction, a: str, b: str) -> None:
    topic, title = found.topic.id, found.topic.title
    mark = store.marks(a, b).get(topic)
    outcome, note = (store.editor_key(f"{part}_{topic}", a, b) for part in ("seen", "note"))
    st.session_state[outcome] = mark.outcome if mark else None
    left, right = st.columns([1.5, 1], gap="small", vertical_alignment="top")
    left.markdown(f"{plain(title)}  \n:small[{plain(headline(found))}]", anchors=False)
    right.segmented_control(
        f"{title}: seen?", list(_SHORT), key=outcome, label_visibility="collapsed",
        format_func=_SHORT.__getitem__, width="stretch",
        on_change=_keep, args=(found, a, b, outcome, note),
    )  # fmt: skip
    if mark:
        st.session_state[note] = mark.note
        right.text_input(
            f"{title}: note", key=note, max_chars=LONGEST_NOTE, label_visibility="collapsed",
            placeholder="Note", on_change=_keep, args=(found, a, b, outcome, note),
        )  # fmt: skip


def _keep(found: TopicFriction, a: str, b: str, outcome: str, note: str) -> None:
    """Keep one mark as its widgets have it; the others stay as they are kept."""
    held = st.session_state
    row = {"topic": found.topic.id, "outcome": held[outcome], "note": held.get(note, "")}
    store.keep_marks(a, b, {found.topic.id: found}, [row])


def _summary() -> None:
    summary = summarise(store.all_marks(), state.knowledge().friction.bands)
    if summary is None:
        st.caption("Mark what you saw; then you see here how many predictions held.")
        return
    rows = [
        (record.band.word, str(record.marked), str(record.seen), f"{100 * record.share:.0f} %")
        for record in summary.bands
    ]
    listed = table(("Predicted", "Marked", "Seen", "Share seen"), rows)
    st.markdown(
        f"**How well they held, in all your debriefs**\n\n{plain(summary_sentence(summary))}\n\n"
        f"{listed}",
        width=READING_WIDTH,
    )
