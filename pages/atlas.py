"""Atlas: the world at once, by one dimension, by distance, and by who is like whom."""

import streamlit as st

import pages.shared.whole  # noqa: F401 - before anything asks for a part of it
from pages.shared import atlas_likeness as likeness
from pages.shared import atlas_sections as sections
from pages.shared import inputs, opening, viewing
from pages.shared.frame import end_page, send_what_is_ready, start_page

start_page("Atlas")
problems = viewing.open_view("atlas", own=sections.CHOICES)
view = viewing.this_view()
top = st.container()
with top:
    opening.refuse(view)
    inputs.choose_parties()
    opening.show_problems(problems)
source = sections.source(view)
sections.show_answer(view, source)
left, right = st.columns([2, 1], gap="large")
with left:
    sections.show_map(view)
with right:
    sections.choose_country(view)
send_what_is_ready()

viewing.save_view()
with right:
    likeness.show_neighbours(view, source)
likeness.show_everyone(view, source)
likeness.show_culture_map(view)
likeness.show_groups(view)
likeness.show_tree(view)
likeness.show_matrix(view)
end_page()
inputs.choose_settings()
