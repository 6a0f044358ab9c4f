"""Brief: what to expect at the table and what to do about it, for one pair and one deal."""

import streamlit as st

from pages.shared import brief_plans as plans
from pages.shared import brief_sections as sections
from pages.shared import compare_sections, inputs, state, store, take_away, viewing, workspace
from pages.shared.frame import end_page, send_what_is_ready, start_page

start_page("Brief")
first = viewing.is_first_view()
problems = viewing.open_view("brief", on_entering=store.renew_editors)
printing = viewing.is_printing()
view = viewing.current_view()
top = st.container()
with top:
    compare_sections.refuse(view)
    if first and not printing:
        sections.show_controls(view, problems)
paper = state.brief(view)
sections.show_decision_page(paper, printing)  # before the controls: it is what people wait for
send_what_is_ready()

viewing.save_view(view)
if not (first or printing):
    with top:
        sections.show_controls(view, problems)
sections.show_stages(paper, printing)
plans.show_plans(paper, printing)
plans.show_worksheets(paper, printing)
if not printing:
    workspace.show_debrief(paper)
    workspace.show_workspace(view)
sections.show_sources(paper, printing)
sections.show_source_line(view, printing)
if not printing:
    take_away.show_take_away(view, with_brief=True)
end_page()
if not printing:
    inputs.choose_settings()
