"""Methods: how every number is made, from what, how well it holds, and how to cite it."""

from pages.shared import compare_sections, inputs, viewing
from pages.shared import methods_sections as sections
from pages.shared.frame import end_page, start_page

start_page("Methods")
problems = viewing.open_view("methods")
view = viewing.current_view()
compare_sections.refuse(view)
asked = sections.asked_for()
viewing.save_view(view, asked)
compare_sections.show_problems(problems)
sections.show_opening(view, asked)
sections.show_asked(view, asked)
sections.show_contents()
sections.show_sections(view)
end_page()
inputs.choose_settings()
