"""The pickers and the settings. Each widget's value lives in the session under a key of `state`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import streamlit as st

from analysis.deal import DEAL_FIELDS, LONGEST_TEXT, MOST_LATER_ORDERS, DealField
from analysis.deal.values import EFFECT_RANGE, HIGHEST_AMOUNT
from analysis.link import MOST_FURTHER
from analysis.measures.registry import MEASURES
from analysis.settings import (
    BETWEEN_SHARE_RANGE,
    HIGHEST_WEIGHT,
    REFERENCE_RULES,
    SEVERITY_RULES,
)
from analysis.tables import Framework
from analysis.uncertainty import DRAWS
from analysis.words import in_words
from pages.shared import state, viewing
from pages.shared.show import plain
from pages.shared.viewing import deal_key, setting_key

Item = TypeVar("Item")
_LINKED = "Every choice here is part of the link."


def choose_parties() -> None:
    """Show both pickers, the swap button and the picker of further parties."""
    labels = state.picker_labels(st.session_state[setting_key("framework")])
    ids = list(labels)
    ours, swap, theirs, more = st.columns([5, 2.1, 5, 5], vertical_alignment="bottom")
    ours.selectbox(
        "Our side", ids, format_func=labels.__getitem__, key=viewing.PARTY_A,
        persist_state="session",
    )  # fmt: skip
    swap.button(
        "Swap", on_click=viewing.swap_sides, key="swap_sides", width="stretch",
    )  # fmt: skip
    theirs.selectbox(
        "Their side", ids, format_func=labels.__getitem__, key=viewing.PARTY_B,
        persist_state="session",
    )  # fmt: skip
    more.multiselect(
        f"Further parties (up to {MOST_FURTHER})", ids, format_func=labels.__getitem__,
        key=viewing.FURTHER, max_selections=MOST_FURTHER, placeholder="Add one to compare",
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
            _choose_framework(framework)
            _choose_what_counts(framework)
            _choose_how_sure(framework)
            _choose_severity()
            _choose_weights(framework)
            st.button("Back to the defaults", on_click=viewing.reset_settings, key="reset_settings")


def _choose_framework(framework: Framework) -> None:
    frameworks = state.tables().frameworks
    st.selectbox(
        "Scores of", list(frameworks), key=setting_key("framework"),
        format_func=lambda i: frameworks[i].short_name, persist_state="session",
        on_change=viewing.change_framework,
        help="A framework is a set of dimensions with scores of its own; two frameworks are never"
        " mixed in one distance.",
    )  # fmt: skip
    link = "No link is offered with your own scores." if framework.own else _LINKED
    st.caption(plain(f"{framework.name}: {framework.scale}. {framework.note} {link}"))


def _choose_what_counts(framework: Framework) -> None:
    classic = [d.abbreviation for d in framework.dimensions if d.classic]
    if len(classic) < len(framework.dimensions):
        st.radio(
            "Dimensions", ["all", "classic"], key=setting_key("dimensions"),
            format_func={
                "all": f"All {in_words(len(framework.dimensions))}",
                "classic": f"The classic {in_words(len(classic))} ({', '.join(classic)})",
            }.__getitem__,
            persist_state="session",
        )  # fmt: skip
    fitting = [m.id for m in MEASURES.values() if m.fewest_dimensions <= len(framework.dimensions)]
    st.selectbox(
        "Headline measure", fitting, key=setting_key("measure"),
        format_func=lambda i: MEASURES[i].label, persist_state="session",
        help="The distance in the first sentence and in the picture of all pairs.",
    )  # fmt: skip
    st.toggle(
        "Published scores only", key=setting_key("published_only"), persist_state="session",
        help="Off: a country without a score of its own takes the one published for its region,"
        " and it is marked wherever it is used.",
    )  # fmt: skip
    if framework.has_unrounded:
        st.toggle(
            "Unrounded scores", key=setting_key("unrounded"), persist_state="session",
            help=framework.note,
        )  # fmt: skip


def _choose_how_sure(framework: Framework) -> None:
    st.radio(
        "Reference set", list(REFERENCE_RULES), key=setting_key("reference"),
        format_func=lambda i: REFERENCE_RULES[i].label, persist_state="session",
        help="Whose scores set the spread of a dimension, and among whose pairs the rank is taken.",
    )  # fmt: skip
    low, high = framework.error_range
    st.slider(
        "Error of a score, in points", low, high, step=(high - low) / 10,
        key=setting_key("score_error"), persist_state="session",
        help=f"{framework.error_basis} {DRAWS:,} simulated worlds give the intervals.",
    )  # fmt: skip
    st.slider(
        "Variation between countries, in %", *(round(100 * x) for x in BETWEEN_SHARE_RANGE),
        key=setting_key("between_share"), persist_state="session",
        help="The rest lies between people of one country. Surveys of individuals put it near 20 %"
        " (Taras, Steel and Kirkman 2016).",
    )  # fmt: skip


def _choose_severity() -> None:
    st.radio(
        "Severity of a topic", list(SEVERITY_RULES), key=setting_key("severity"),
        format_func=SEVERITY_RULES.__getitem__, persist_state="session",
        help="The closed form takes positions as normal; counting takes the pairs as they are. They"
        " differ by a few points.",
    )  # fmt: skip


def _choose_weights(framework: Framework) -> None:
    st.caption("Weight of each dimension; 0 leaves it out.")
    for place, column in enumerate(st.columns(2)):
        for dimension in framework.dimensions[place::2]:
            column.number_input(
                dimension.name, 0.0, HIGHEST_WEIGHT, step=0.5, format="%g",
                key=setting_key(f"weight_{dimension.id}"), persist_state="session",
            )  # fmt: skip


def choose_deal() -> None:
    """Show the deal form; its questions are only sent while it is open."""
    form = st.expander(
        "Describe the deal", key="deal_open", on_change="rerun", icon=":material/edit_note:"
    )
    if not form.open:
        return
    with form:
        st.caption(
            "Answer what you know; the brief follows at once. Amounts and what it is about stay"
            " with you: they are never part of the link."
        )
        for title, group in _GROUPS.items():
            st.markdown(f"**{title}**")
            _choose_group(group)
        _choose_effects()
        st.button("Empty the form", on_click=viewing.reset_deal, key="reset_deal")


_GROUPS = {
    "The business": "business",
    "The people": "people",
    "The circumstances": "circumstances",
    "How it goes": "course",
    "The money": "money",
}


def _choose_group(group: str) -> None:
    fields = [field for field in DEAL_FIELDS.values() if field.group == group]
    asked = [
        (field, key, label)
        for field in fields
        if field.kind not in {"yes", "effects"}
        for key, label in _widgets_of(field)
    ]
    for row in batched(asked, 3):  # row by row, so that the order holds on a phone
        for column, (field, key, label) in zip(st.columns(3), row, strict=False):
            with column:
                _ask(field, key, label)
    ticks = [field for field in fields if field.kind == "yes"]
    for some in batched(ticks, 3):
        for column, field in zip(st.columns(3), some, strict=False):
            column.checkbox(field.label, key=deal_key(field.name), persist_state="session")


def batched(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield the items in runs of a size."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _widgets_of(field: DealField) -> list[tuple[str, str]]:
    if field.kind != "amounts":
        return [(field.name, field.label)]
    ordinals = ("Second", "Third", "Fourth", "Fifth")
    return [(f"later_{n}", f"{ordinals[n]} step") for n in range(MOST_LATER_ORDERS)]


def _ask(field: DealField, name: str, label: str) -> None:
    key = deal_key(name)
    if field.kind == "choice":
        st.selectbox(
            label, list(field.choices), format_func=field.choices.__getitem__, key=key,
            persist_state="session",
            help="Answer for the one who knows least." if field.name == "own_familiarity" else None,
        )  # fmt: skip
    elif field.kind == "several":
        st.pills(
            label, list(field.choices), format_func=field.choices.__getitem__, key=key,
            selection_mode="multi", persist_state="session",
        )  # fmt: skip
    elif field.kind == "text":
        longest = field.bounds[1] or LONGEST_TEXT
        st.text_input(label, key=key, max_chars=longest, persist_state="session")
    elif field.kind == "whole":
        low, high = field.bounds
        st.number_input(label, low, high, step=1, key=key, persist_state="session")
    else:
        st.number_input(
            label, 0.0, HIGHEST_AMOUNT, step=1000.0, format="%.0f", key=key,
            placeholder="not said", persist_state="session",
        )  # fmt: skip


def _choose_effects() -> None:
    how_much = st.expander(
        "How much each circumstance counts", key="deal_effects_open", on_change="rerun",
        type="compact",
    )  # fmt: skip
    if not how_much.open:
        return
    with how_much:
        st.caption(
            "What each adds to a severity, in log odds: 0.3 moves 75 of 100 to 80, -0.6 to 62. The"
            " figures are Parley's own (evidence C); no study gives them."
        )
        for place, column in enumerate(st.columns(2)):
            for circumstance in state.knowledge().friction.context[place::2]:
                column.number_input(
                    circumstance.label, *EFFECT_RANGE, step=0.1, format="%.1f",
                    key=deal_key(f"effect_{circumstance.id}"), persist_state="session",
                )  # fmt: skip
