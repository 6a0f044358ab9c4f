"""Teams: parties of your own, from scores, members or answers."""

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
    sections.show_team(team, viewing.current_view())
editions.show_editions()
viewing.save_view(viewing.current_view())
end_page()
