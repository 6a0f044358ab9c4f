"""Atlas: the world at once, by one dimension, by distance, and by who is like whom."""

import streamlit as st

from pages.shared import atlas_likeness as likeness
from pages.shared import atlas_sections as sections
from pages.shared import compare_sections, inputs, viewing
from pages.shared.frame import end_page, send_what_is_ready, start_page

start_page("Atlas")
problems = viewing.open_view("atlas", own=sections.CHOICES)
view = viewing.current_view()
top = st.container()
with top:
    compare_sections.refuse(view)
    inputs.choose_parties()
    compare_sections.show_problems(problems)
source = sections.source(view)
sections.show_answer(view, source)
left, right = st.columns([2, 1], gap="large")
with left:
    sections.show_map(view)
with right:
    sections.choose_country(view)
send_what_is_ready()

viewing.save_view(view)
with right:
    likeness.show_neighbours(view, source)
likeness.show_everyone(view, source)
likeness.show_culture_map(view)
likeness.show_groups(view)
likeness.show_tree(view)
likeness.show_matrix(view)
end_page()
inputs.choose_settings()
