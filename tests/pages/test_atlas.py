"""The Atlas page: the default view, other frameworks, settings, a team, and what is missing."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import atlas_sections, viewing
from tests.pages.test_teams import MEMBERS, go, paste, text

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(**link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    return go(app, "atlas")


def at_link(**link):
    """Open the page from a link, as the first of a session."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.switch_page("pages/atlas.py")
    for key, value in link.items():
        app.query_params[key] = value
    return app.run()


def maps(app):
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def shaded(app):
    """Return the shade of each country on the map."""
    trace = maps(app)[0]["data"][1]
    return dict(zip(trace["locations"], trace["z"], strict=True))


def test_the_page_opens_with_the_world_from_our_side():
    app = opened(a="NLD", b="CHN")
    assert "# The world from the Netherlands" in text(app)
    assert (
        "the scores of Sweden are nearest to those of the Netherlands (farther apart than 4"
        " of 100 country pairs, likely 1 to 24), but 26 others may be as near. Slovakia is farthest"
        " (farther apart than 99 of 100 pairs,"
    ) in text(app)
    assert "of the 193 member states of the United Nations have no distance here" in text(app)
    assert (
        "## The scores of Sweden are nearest to those of the Netherlands, but 26 others may be as"
        " near"
    ) in text(app)
    assert "## Nearest to and farthest from the Netherlands" in text(app)
    assert "NLD" not in shaded(app)
    assert round(shaded(app)["CHN"]) == 93  # as Compare says it


@pytest.mark.parametrize(
    ("choose", "held"),
    [
        (lambda app: app.selectbox(key=atlas_sections.SHADE).set_value("on:pdi"), "map=pdi"),
        (lambda app: app.selectbox(key=viewing.PARTY_A).set_value("BRA"), "a=BRA"),
    ],
)
def test_a_choice_before_the_first_view_is_whole_is_kept(monkeypatch, choose, held):
    # It ends the run before the link is written: the link must not be read over it.
    with monkeypatch.context() as broken_off:
        broken_off.setattr(viewing, "save_view", lambda *_: None)
        app = at_link(a="NLD", b="CHN", map="idv")
    choose(app).run()
    given = "&".join(f"{key}={value}" for key, value in app.query_params.items())
    assert held in given
    assert given.startswith("a=")


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
    assert "## Individualism is highest in the United States and lowest in Guatemala" in text(app)
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
    # The box shows who sits there now, and goes with the picker above.
    assert app.selectbox(key="atlas_pick").value == "BRA"
    app.selectbox(key="party_b").set_value("DEU").run()
    assert app.selectbox(key="atlas_pick").value == "DEU"


def test_a_country_without_scores_is_told_and_takes_no_seat():
    app = opened(a="NLD", b="CHN")
    app.selectbox(key="atlas_pick").set_value("QAT").run()
    assert "No scores for Qatar here. Choose GLOBE" in app.info[0].value.replace("\\", "")
    app.selectbox(key="atlas_pick").set_value("DZA").run()
    assert (
        app.info[0]
        .value.replace("\\", "")
        .startswith("Too few scores for Algeria here: only long-term orientation and indulgence.")
    )
    assert app.session_state["party_b"] == "CHN"
    assert app.selectbox(key="atlas_pick").value == "CHN"


def test_the_whole_page_looks_from_the_party_whose_distances_the_map_shows():
    app = opened(a="NLD", b="BRA")
    app.selectbox(key="atlas_shade").set_value("from:b").run()
    said = text(app)
    assert "# The world from Brazil" in said
    assert "those of Brazil" in said or "nearest to Brazil" in said
    assert "## Nearest to and farthest from Brazil" in said
    assert "from the Netherlands" not in said
    assert app.query_params["map"] == "b"


def test_the_choices_of_the_map_are_in_the_link():
    app = opened(a="NLD", b="CHN")
    assert not {"map", "part"} & set(app.query_params)
    app.selectbox(key="atlas_shade").set_value("on:idv").run()
    app.segmented_control(key="atlas_part").set_value("oceania").run()
    assert (app.query_params["map"], app.query_params["part"]) == ("idv", "oceania")
    app.query_params["map"], app.query_params["part"] = "a", "europe"  # as going back does
    app.run()
    assert app.session_state["atlas_shade"] == "from:a"
    assert app.session_state["atlas_part"] == "europe"
    assert "map" not in app.query_params


def test_a_link_opens_the_map_as_it_was():
    app = at_link(a="NLD", b="CHN", more="BRA", map="c", part="africa")
    assert not app.exception
    assert "# The world from Brazil" in text(app)
    assert app.session_state["atlas_part"] == "africa"
    assert not app.warning


def test_what_the_map_cannot_show_falls_back_with_one_sentence():
    app = at_link(a="NLD", b="CHN", map="moon", part="venus")
    assert "# The world from the Netherlands" in text(app)
    told = app.warning[0].value.replace("\\", "")
    assert "a map of “moon”, which is neither a dimension of Hofstede 2015 nor a party" in told
    assert "“venus” is not a part of the world to choose here: the whole world is shown." in told


def test_each_part_leads_to_its_own_item_of_the_methods():
    app = opened(a="NLD", b="CHN")
    for key in ("atlas_groups_open", "atlas_tree_open", "atlas_matrix_open"):
        app.session_state[key] = True
    app.run()
    led = re.findall(r"show=([\w-]+)", " ".join(m.value for m in [*app.markdown, *app.caption]))
    assert {"neighbours", "culture-map", "groups", "clusters", "matrix"} <= set(led)
    assert led.count("clusters") == 2


def test_a_country_in_parts_names_them():
    app = opened(a="DEU", b="CHE", framework="globe-2004-values")
    assert "choose East Germany or West Germany" in text(app)
    assert "choose French-speaking Switzerland or German-speaking Switzerland" in text(app)
    app = opened(a="NLD", b="CHN", framework="globe-2004-values")
    assert "Of 54 countries and six parts of countries that have no score as a whole" in text(app)
    assert any(e.label.startswith("All 60 parties in order") for e in app.expander)


def test_the_list_of_all_parties_has_the_whole_width_and_says_what_its_numbers_are():
    app = opened(a="NLD", b="CHN")
    heads = [m.value for m in app.markdown if "Nearest to and farthest from" in m.value]
    assert "Farther than, of 100: how many of 100 country pairs are nearer" in text(app)
    assert "Rank" not in heads[0]
    (everyone,) = [e for e in app.expander if e.label.startswith("All 82 parties")]
    in_columns = [e.label for column in app.columns for e in column.expander]
    assert "The numbers in this picture" in in_columns
    assert everyone.label not in in_columns


def test_pairs_on_fewer_dimensions_are_marked():
    app = opened(a="NLD", b="CHN")
    assert "Guatemala (4 of 6)" in text(app)
    assert "the two share only so many of the dimensions in use" in text(app)


def test_our_side_without_a_place_heads_the_culture_map_and_can_be_drawn_on_what_it_has():
    app = opened(a="ISR", b="CHN")
    assert "### Israel has no score on indulgence, so it has no place" in text(app)
    app.button(key="atlas_fewer").click().run()
    assert not app.exception
    assert app.query_params["w"] == "ivr:0"
    assert "are among the nearest to Israel" in text(app)


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
    assert "## No country has a distance from Albania" in text(app)
    # Regional scores are on and Albania is in no region: only what works is named.
    assert "regional" not in text(app).split("Who is like whom")[0]
    assert "Choose GLOBE practices, GLOBE values or Inglehart-Welzel 2023 under" in text(app)


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
    assert "are among the nearest to Rotterdam" in text(app)
    assert "Rotterdam was put on the finished map by its own distances" in text(app)
    assert len(shaded(app)) > 70
    app.session_state["atlas_tree_open"] = True
    app.run()
    assert "Rotterdam is not in the tree" in text(app)
