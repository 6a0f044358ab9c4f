"""The pickers and the settings. Each widget's value lives in the session under a key of `state`."""

from __future__ import annotations

import streamlit as st

from analysis.link import MOST_FURTHER
from analysis.measures.registry import MEASURES
from analysis.settings import (
    BETWEEN_SHARE_RANGE,
    HIGHEST_WEIGHT,
    REFERENCE_RULES,
    SCORE_ERROR_RANGE,
)
from analysis.tables import Framework
from analysis.uncertainty import DRAWS
from analysis.words import in_words
from pages.shared import state
from pages.shared.state import setting_key


def choose_parties() -> None:
    """Show both pickers, the swap button and the picker of further parties."""
    labels = state.picker_labels()
    ids = list(labels)
    ours, swap, theirs, more = st.columns([5, 2.1, 5, 5], vertical_alignment="bottom")
    ours.selectbox(
        "Our side", ids, format_func=labels.__getitem__, key=state.PARTY_A,
        persist_state="session",
    )  # fmt: skip
    swap.button(
        "Swap", icon=":material/swap_horiz:", on_click=state.swap_sides, key="swap_sides",
        width="stretch",
    )  # fmt: skip
    theirs.selectbox(
        "Their side", ids, format_func=labels.__getitem__, key=state.PARTY_B,
        persist_state="session",
    )  # fmt: skip
    more.multiselect(
        f"Further parties (up to {MOST_FURTHER})", ids, format_func=labels.__getitem__,
        key=state.FURTHER, max_selections=MOST_FURTHER, placeholder="Add one to compare",
        select_all=False, wrap=True,
        persist_state="session",
    )  # fmt: skip


def choose_settings() -> None:
    """Show the settings in the sidebar."""
    framework = state.tables().frameworks[st.session_state[setting_key("framework")]]
    settings = st.sidebar.expander(
        "Settings", key="settings_open", on_change="rerun", icon=":material/tune:"
    )
    if settings.open:  # widgets that nobody looks at would slow down every change
        with settings:
            st.caption(f"Scores: {framework.name}. Every choice here is part of the link.")
            _choose_what_counts(framework)
            _choose_how_sure()
            _choose_weights(framework)
            st.button("Back to the defaults", on_click=state.reset_settings, key="reset_settings")


def _choose_what_counts(framework: Framework) -> None:
    classic = [d.abbreviation for d in framework.dimensions if d.classic]
    st.radio(
        "Dimensions", ["all", "classic"], key=setting_key("dimensions"),
        format_func={
            "all": f"All {in_words(len(framework.dimensions))}",
            "classic": f"The classic {in_words(len(classic))} ({', '.join(classic)})",
        }.__getitem__,
        persist_state="session",
    )  # fmt: skip
    st.selectbox(
        "Headline measure", list(MEASURES), key=setting_key("measure"),
        format_func=lambda i: MEASURES[i].label, persist_state="session",
        help="The distance in the first sentence and in the picture of all pairs.",
    )  # fmt: skip
    st.toggle(
        "Published scores only", key=setting_key("published_only"), persist_state="session",
        help="Off: a country without a score of its own takes the one published for its region,"
        " and it is marked wherever it is used.",
    )  # fmt: skip
    st.toggle(
        "Unrounded scores", key=setting_key("unrounded"), persist_state="session",
        help=framework.note,
    )  # fmt: skip


def _choose_how_sure() -> None:
    st.radio(
        "Reference set", list(REFERENCE_RULES), key=setting_key("reference"),
        format_func=lambda i: REFERENCE_RULES[i].label, persist_state="session",
        help="Whose scores set the spread of a dimension, and among whose pairs the rank is taken.",
    )  # fmt: skip
    st.slider(
        "Error of a score, in points", *SCORE_ERROR_RANGE, step=0.5,
        key=setting_key("score_error"), persist_state="session",
        help="Published scores carry no standard error; 7.5 points is about that of a national"
        f" sample of 50 to 100 people. {DRAWS:,} simulated worlds give the intervals.",
    )  # fmt: skip
    st.slider(
        "Variation between countries, in %", *(round(100 * x) for x in BETWEEN_SHARE_RANGE),
        key=setting_key("between_share"), persist_state="session",
        help="The rest lies between people of one country. Surveys of individuals put it near 20 %"
        " (Taras, Steel and Kirkman 2016).",
    )  # fmt: skip


def _choose_weights(framework: Framework) -> None:
    st.caption("Weight of each dimension; 0 leaves it out.")
    for place, column in enumerate(st.columns(2)):
        for dimension in framework.dimensions[place::2]:
            column.number_input(
                dimension.name, 0.0, HIGHEST_WEIGHT, step=0.5, format="%g",
                key=setting_key(f"weight_{dimension.id}"), persist_state="session",
            )  # fmt: skip
