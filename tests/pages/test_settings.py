"""The settings in the sidebar: what the box of the frameworks shows."""

from tests.pages.test_atlas import opened
from tests.pages.test_teams import text


def test_the_box_of_frameworks_has_short_names_and_the_full_one_stands_below(tables):
    app = opened(a="NLD", b="CHN")
    app.session_state["settings_open"] = True
    app.run()
    box = app.selectbox(key="setting_framework")
    frameworks = tables.frameworks.values()
    assert box.options == [framework.short_name for framework in frameworks]
    assert max(map(len, box.options)) <= 24  # what the box of a sidebar holds
    chosen = tables.frameworks["hofstede-2015"]
    assert f"{chosen.name}: {chosen.scale}" in text(app)
