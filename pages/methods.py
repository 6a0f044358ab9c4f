"""Methods: how every number is made, from what, how well it holds, and how to cite it."""

import pages.shared.whole  # noqa: F401 - before anything asks for a part of it
from pages.shared import inputs, opening, viewing
from pages.shared import methods_sections as sections
from pages.shared.frame import end_page, start_page

start_page("Methods")
problems = viewing.open_view("methods")
view = viewing.this_view()
opening.refuse(view)
asked = sections.asked_for()
viewing.save_view(asked)
opening.show_problems(problems)
sections.show_opening(view, asked)
sections.show_asked(view, asked)
sections.show_contents()
sections.show_sections(view)
end_page()
inputs.choose_settings()
