"""Bulk: a table of pairs in, the same table with distances out."""

from pages.shared import bulk_asking as asking
from pages.shared import bulk_results as results
from pages.shared import bulk_sections as sections
from pages.shared import compare_sections, inputs, viewing
from pages.shared.frame import end_page, start_page

start_page("Bulk")
problems = viewing.open_view("bulk")
view = viewing.current_view()
compare_sections.refuse(view)
compare_sections.show_problems(problems)
sections.show_intro()
held = sections.choose_table()
found = sections.show_understood(held, view.settings)
if held is not None and found is not None:
    asked = asking.choose_additions(held, found, view)
    asking.show_run(held, asked)
    results.show_result(asked)
    results.show_command(held, asked)
results.show_matrix(view)
viewing.save_view(view)
end_page()
inputs.choose_settings()
