"""What a page shows before anything is computed: refusals, its title, and the profiles.

Nothing is imported here that the first chart does not need.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.charts.axis import has_shape
from analysis.errors import SettingsError
from analysis.figures.chart import Chart
from analysis.figures.radar import radar
from analysis.link import View
from analysis.profiles import build_profile
from analysis.settings import require_enough
from analysis.tables import Framework
from analysis.words import capital, in_words, join
from pages.shared import inputs, state, viewing, where
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, show_chart


def refuse(view: View) -> None:
    """End the page with a reason where the settings leave too few dimensions.

    The inputs stay and the link is written all the same, so that nothing chosen is lost.
    """
    try:
        require_enough(state.tables(), view.settings)
    except SettingsError as error:
        inputs.choose_parties()
        inputs.choose_settings()
        viewing.save_view()
        st.warning(plain(str(error)), icon=":material/tune:")
        st.button(
            "All settings back to the defaults", on_click=viewing.reset_settings, key="repair"
        )
        st.stop()


def show_problems(problems: list[str]) -> None:
    """Say what in the link could not be used."""
    if problems:
        st.warning("\n\n".join(plain(p) for p in problems), icon=":material/link_off:")


def title_of(names: list[str]) -> str:
    """Return the title of a comparison of some parties, as Markdown."""
    return f"# {plain(capital(join(names)))}"


def hold_place(slot: DeltaGenerator, view: View) -> None:
    """Show the title and keep room for the three sentences, so that nothing below jumps."""
    profiles = state.tables().profiles
    title = title_of([profiles[i].name_in_sentence for i in (view.a, view.b)])
    slot.markdown("\n\n".join([title, *["&nbsp;"] * 2]), width=READING_WIDTH, anchors=False)


def offer_framework(framework: Framework) -> None:
    """Offer the scores of another framework in place, for the whole view."""
    st.button(
        f"Use the scores of {plain(framework.short_name)}", on_click=_take_framework,
        args=(framework.id,), key=f"use_{framework.id}",
    )  # fmt: skip


def _take_framework(framework_id: str) -> None:
    st.session_state[viewing.setting_key("framework")] = framework_id
    viewing.change_framework()


def show_radar(view: View) -> None:
    """Show the profiles of all parties over each other; it needs no comparison."""
    framework = state.tables().frameworks[view.settings.framework]
    if has_shape(framework):
        source = where.chip(where.scores())
        chart = viewing.once("radar", lambda: _radar(view))
        show_chart(chart, "radar", heading="The profiles", where=source, level=2)
        return
    count = len(framework.dimensions)
    only = "With one dimension" if count == 1 else f"With {in_words(count)} dimensions"
    st.markdown(
        f"## {only} there is no shape to draw\n\nThe picture of the gaps holds everything that"
        f" {plain(framework.short_name)} says about the parties. A framework with more dimensions,"
        " under Settings, shows their profiles.",
        anchors=False,
    )


def _radar(view: View) -> Chart:
    ids = dict.fromkeys((view.a, view.b, *view.further))
    return radar(state.tables(), [build_profile(state.tables(), i, view.settings) for i in ids])
