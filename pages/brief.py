"""Brief: what to expect at the table and what to do about it, for one pair and one deal."""

import streamlit as st

import pages.shared.whole  # noqa: F401 - before anything asks for a part of it
from pages.shared import brief_controls as controls
from pages.shared import brief_debrief as debrief
from pages.shared import brief_plans as plans
from pages.shared import brief_sections as sections
from pages.shared import inputs, opening, state, store, take_away, viewing, workspace
from pages.shared.frame import end_page, send_what_is_ready, start_page

start_page("Brief")
first = viewing.is_first_view()
problems = viewing.open_view("brief", on_entering=store.renew_editors)
printing = viewing.is_printing()
view = viewing.this_view()
top = st.container()
with top:
    opening.refuse(view)
    if first and not printing:
        controls.show_controls(view, problems)
paper = state.brief(view)
sections.show_decision_page(paper, printing)  # before the controls: it is what people wait for
send_what_is_ready()

viewing.save_view()
if not (first or printing):
    with top:
        controls.show_controls(view, problems)
sections.show_stages(paper, printing)
plans.show_plans(paper, printing)
plans.show_worksheets(paper, printing)
if not printing:
    debrief.show_debrief(paper)
    workspace.show_workspace(view)
sections.show_sources(paper, printing)
sections.show_source_line(view)
if not printing:
    take_away.show_take_away(view, with_brief=True)
end_page()
if printing:
    controls.show_way_back()
else:
    inputs.choose_settings()
