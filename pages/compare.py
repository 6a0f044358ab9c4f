"""Compare: how far apart two parties stand, where, and how sure that is."""

import streamlit as st

from pages.shared import compare_sections as sections
from pages.shared import inputs, state
from pages.shared.frame import end_page, send_what_is_ready, start_page

start_page("Compare")
problems = state.open_view()
top, answer = st.container(), st.container()
left, right = st.columns([1, 1.1], gap="large")

with answer:
    view = sections.view_or_stop()
with left:
    sections.show_radar(view)
send_what_is_ready()

pair = state.compare(view.a, view.b, view.settings, intervals=(view.settings.measure,))
with top:
    inputs.choose_parties()
    sections.show_problems(problems)
with answer:
    sections.show_answer(pair)
with right:
    sections.show_gaps(pair, view)
if pair.reason:
    sections.show_standing(pair)
else:
    sections.show_certainty(state.compare(view.a, view.b, view.settings))
if view.further:
    sections.show_all_pairs(view)
sections.show_take_away(view)
end_page()
inputs.choose_settings()
state.save_view(view)
