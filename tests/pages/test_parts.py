"""Parts of a page are made once for a view, and one's own never for others."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.teams.team import Team
from pages.shared import compare_sections, state

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def made(monkeypatch):
    """Note each pair for which the picture of the gaps is made."""
    pairs, real = [], compare_sections.dumbbell

    def noted(tables, pair, further):
        pairs.append((pair.a.id, pair.b.id, len(further)))
        return real(tables, pair, further)

    monkeypatch.setattr(compare_sections, "dumbbell", noted)
    state._parts.cache_clear()
    return pairs


def opened(**link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(link)
    app.run()
    assert not app.exception
    return app


def test_two_people_with_one_view_have_its_parts_made_once(made):
    opened(a="SWE", b="FIN")
    opened(a="SWE", b="FIN").run()
    assert made == [("SWE", "FIN", 0)]


@pytest.mark.parametrize(
    "other", [{"a": "FIN", "b": "SWE"}, {"more": "NLD"}, {"w": "mas:0.5"}, {"error": "9"}]
)
def test_another_view_has_parts_of_its_own(made, other):
    opened(a="SWE", b="FIN")
    opened(**{"a": "SWE", "b": "FIN", **other})
    assert len(made) == 2


def test_a_choice_changes_every_part(made):
    app = opened(a="SWE", b="FIN")
    before = [element.value for element in app.markdown]
    app.selectbox(key="party_b").set_value("JPN").run()
    after = [element.value for element in app.markdown]
    assert made[-1] == ("SWE", "JPN", 0)
    assert not [text for text in set(before) & set(after) if "Finland" in text]


def test_what_shows_a_team_is_kept_for_its_session_alone(made):
    team = Team("TEAM-abcdefgh", "Okapis", "scores", scores=(10.0, 20.0, 30.0, 40.0, 50.0, 60.0))
    app = opened(a="SWE", b="FIN")
    app.session_state["own_teams"], app.session_state["results_in_use"] = {team.id: team}, None
    app.selectbox(key="party_b").set_value("DEU").run()
    asked = state._parts.cache_info()
    app.session_state["party_b"] = team.id
    app.run().run()
    assert not app.exception
    assert any("Okapis" in text.value for text in app.markdown)
    assert made[-1] == ("SWE", team.id, 0)
    assert made.count(made[-1]) == 1  # kept, though not for others
    assert state._parts.cache_info() == asked


@pytest.mark.parametrize(
    ("key", "forged"),
    [
        ("party_further", ["Atlantis"]), ("setting_framework", "mine"),
        ("setting_measure", "hope"), ("setting_reference", "all that"), ("setting_severity", ""),
 ("setting_score_error", "much"), ("setting_weight_pdi", -4.0),
        ("deal_kind", "theft"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["compare", "brief"])
def test_what_no_picker_offers_leaves_the_view_as_it_was(page, key, forged):
    app = opened(a="SWE", b="FIN")
    app.switch_page(f"pages/{page}.py").run()
    app.session_state[key] = forged
    app.run()
    assert not app.exception
    assert app.selectbox(key="party_a").value == "SWE"
    assert any("Sweden and Finland" in text.value for text in app.markdown)
