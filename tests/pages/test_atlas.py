"""The Atlas page: the default view, other frameworks, settings, a team, and what is missing."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import atlas_sections
from tests.pages.test_teams import MEMBERS, go, paste, text

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(**link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    return go(app, "atlas")


def maps(app):
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def shaded(app):
    """Return the shade of each country on the map."""
    trace = maps(app)[0]["data"][1]
    return dict(zip(trace["locations"], trace["z"], strict=True))


def test_the_page_opens_with_the_world_from_our_side():
    app = opened(a="NLD", b="CHN")
    assert "# The world from the Netherlands" in text(app)
    assert "Sweden stands nearest to the Netherlands" in text(app)
    assert "Slovakia farthest" in text(app)
    assert "of the 193 member states of the United Nations have no distance here" in text(app)
    assert "### Sweden is nearest to the Netherlands, Slovakia farthest" in text(app)
    assert "### Nearest and farthest" in text(app)
    assert "NLD" not in shaded(app)
    assert round(shaded(app)["CHN"]) == 93  # as Compare says it


def test_the_map_asks_for_its_outlines_at_home_and_stays_where_it_is():
    app = opened(a="NLD", b="CHN")
    config = json.loads(app.get("plotly_chart")[0].proto.config)
    assert config["topojsonURL"] == "/app/static/un/"
    assert config["scrollZoom"] is False
    layout = maps(app)[0]["layout"]
    assert layout["geo"]["fitbounds"] is False
    assert (layout["coloraxis"]["cmin"], layout["coloraxis"]["cmax"]) == (0, 100)


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("", "/app/static/un/"),
        ("parley", "/parley/app/static/un/"),
        ("/a/b/", "/a/b/app/static/un/"),
    ],
)
def test_the_outlines_are_found_below_a_base_path(monkeypatch, base, address):
    monkeypatch.setattr(atlas_sections.st, "get_option", lambda name: base)
    assert atlas_sections.outlines_config()["topojsonURL"] == address


def test_the_map_by_a_dimension_shows_its_scores():
    app = opened(a="NLD", b="CHN")
    app.selectbox(key="atlas_shade").set_value("on:idv").run()
    assert not app.exception
    assert "### Individualism is highest in the United States and lowest in Guatemala" in text(app)
    assert shaded(app)["NLD"] == 80
    assert shaded(app)["USA"] == 91


def test_a_part_of_the_world_is_drawn_with_finer_outlines():
    app = opened(a="NLD", b="CHN")
    assert maps(app)[0]["layout"]["geo"]["resolution"] == 110
    app.segmented_control(key="atlas_part").set_value("europe").run()
    assert maps(app)[0]["layout"]["geo"]["resolution"] == 50
    assert maps(app)[0]["layout"]["geo"]["lonaxis"]["range"] == [-25, 47]


def test_a_country_chosen_by_name_takes_their_side():
    app = opened(a="NLD", b="CHN")
    app.selectbox(key="atlas_pick").set_value("BRA").run()
    assert not app.exception
    assert app.session_state["party_b"] == "BRA"
    assert app.session_state["party_a"] == "NLD"
    assert app.selectbox(key="atlas_pick").value is None


def test_published_only_takes_the_regional_countries_off_the_map():
    with_regions = shaded(opened(a="NLD", b="CHN"))
    app = opened(a="NLD", b="CHN", published="1")
    assert set(with_regions) - set(shaded(app)) >= {"EGY", "KEN", "NGA", "ARE"}
    app.selectbox(key="atlas_shade").set_value("on:pdi").run()
    hidden = dict(
        zip(*(maps(app)[0]["data"][0][key] for key in ("locations", "customdata")), strict=True)
    )
    assert "no score of its own" in hidden["KEN"][1]
    assert "Regional" not in [trace.get("name") for trace in maps(app)[0]["data"]]


def test_a_party_without_scores_says_why_nobody_has_a_distance():
    app = opened(a="ALB", b="CHN")
    assert "# The world from Albania" in text(app)
    assert "There is no distance between Albania and China" in text(app)
    assert shaded(app) == {}
    assert "### No country has a distance from Albania" in text(app)


@pytest.mark.parametrize(
    "framework",
    ["globe-2004-practices", "globe-2004-values", "inglehart-welzel-2023", "tightness-2011"],
)
def test_the_page_works_with_every_framework_that_ships(framework):
    app = opened(a="USA", b="CHN", framework=framework)
    assert "# The world from the United States" in text(app)
    for key in ("atlas_groups_open", "atlas_tree_open", "atlas_matrix_open"):
        app.session_state[key] = True
    app.run()
    assert not app.exception
    assert len(maps(app)) == 5
    option = next(o for o in app.selectbox(key="atlas_shade").options if "Distance" not in o)
    app.selectbox(key="atlas_shade").select(option).run()
    assert not app.exception


def test_too_few_dimensions_are_refused_with_a_way_back():
    app = opened(a="NLD", b="CHN", w="pdi:0,idv:0")
    assert app.warning
    assert not maps(app) or "distance needs" in text(app) + app.warning[0].value


def test_closed_parts_cost_nothing_and_open_ones_show_their_charts():
    app = opened(a="NLD", b="CHN")
    assert len(maps(app)) == 2  # the map and the culture map
    app.session_state["atlas_tree_open"] = True
    app.run()
    assert not app.exception
    assert len(maps(app)) == 3
    assert "The Netherlands is in cluster" in text(app)


def test_a_team_is_on_the_culture_map_and_distances_can_be_taken_from_it():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    paste(go(app, "teams"), MEMBERS)
    app.button(key="team_add").click().run()
    app.button(key="team_a").click().run()
    go(app, "atlas")
    assert "# The world from Rotterdam" in text(app)
    assert "Rotterdam lies nearest to" in text(app)
    assert "Rotterdam was put on the finished map by its own distances" in text(app)
    assert len(shaded(app)) > 70
    app.session_state["atlas_tree_open"] = True
    app.run()
    assert "Rotterdam is not in the tree" in text(app)
