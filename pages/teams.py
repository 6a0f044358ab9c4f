"""Teams: parties of your own, from scores, members or answers."""

import pages.shared.whole  # noqa: F401 - before anything asks for a part of it
from pages.shared import edition_sections as editions
from pages.shared import team_making as making
from pages.shared import team_sections as sections
from pages.shared import viewing
from pages.shared.frame import end_page, start_page

start_page("Teams")
viewing.open_view("teams")
sections.show_intro()
sections.show_keeping()
sections.show_said()
making.show_making()
team = sections.choose_team()
if team is not None:
    sections.show_team(team, viewing.this_view())
editions.show_editions()
viewing.save_view()
end_page()
