"""Bulk: a table of pairs in, the same table with distances out."""

import pages.shared.whole  # noqa: F401 - before anything asks for a part of it
from pages.shared import bulk_asking as asking
from pages.shared import bulk_results as results
from pages.shared import bulk_sections as sections
from pages.shared import inputs, opening, viewing
from pages.shared.frame import end_page, start_page

start_page("Bulk")
problems = viewing.open_view("bulk")
view = viewing.this_view()
opening.refuse(view)
opening.show_problems(problems)
sections.show_intro()
held = sections.choose_table()
found = sections.show_understood(held, view.settings)
if held is not None and found is not None:
    asked = asking.choose_additions(held, found, view)
    asking.show_run(held, asked)
    results.show_result(asked)
    results.show_command(held, asked)
results.show_matrix(view)
viewing.save_view()
end_page()
inputs.choose_settings()
