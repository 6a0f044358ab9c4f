"""Compare: how far apart two parties stand, where, and how sure that is."""

import streamlit as st

from pages.shared import inputs, opening, state, viewing
from pages.shared.frame import end_page, send_what_is_ready, start_page

start_page("Compare")
first = viewing.is_first_view()
problems = viewing.open_view("compare")
view = viewing.this_view()
top, answer = st.container(), st.empty()
left, right = st.columns([1, 1.1], gap="large")
with top:
    opening.refuse(view)
    if first:
        inputs.choose_parties()
        opening.hold_place(answer, view)
with left:  # before anything is computed: it is what people wait for
    opening.show_radar(view)
send_what_is_ready()

# What the first chart does not need is loaded once it is on its way.
import pages.shared.whole  # noqa: E402, F401
from pages.shared import compare_sections as sections  # noqa: E402
from pages.shared import edition_sections, take_away  # noqa: E402

viewing.save_view()
pair = state.compare(view.a, view.b, view.settings, intervals=(view.settings.measure,))
with top:
    if not first:
        inputs.choose_parties()
    opening.show_problems(problems)
# The other frameworks are quick from the second view on; the first one waits for them at its end.
known = view.a != view.b and not first
caution = state.agreement(view.a, view.b, view.settings).caution if known else ""
sections.show_answer(answer, pair, caution)
with right:
    sections.show_gaps(pair, view)
if pair.reason:
    opinions = sections.show_standing(pair)
else:
    sections.show_friction(view)
    opinions = sections.show_certainty(state.compare(view.a, view.b, view.settings))
edition_sections.show_beside(view)
if view.further:
    sections.show_all_pairs(view)
take_away.show_take_away(view, with_brief=False)
end_page()
inputs.choose_settings()
if view.a != view.b:
    sections.show_agreement(opinions, view)
    if first:
        sections.add_caution(answer, pair, view)
