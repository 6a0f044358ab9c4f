"""The Compare page from the entry script: default, empty, error states, and the link."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(**link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def text(app):
    """All Markdown of the page as a reader sees it, without escapes and addresses of links."""
    shown = " ".join(m.value for m in [*app.markdown, *app.caption]).replace("\\", "")
    return re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", shown)


def link_of(app):
    return {
        key: value if isinstance(value, str) else value[0]
        for key, value in app.query_params.items()
    }


def charts(app):
    return app.get("plotly_chart")


@pytest.mark.parametrize(
    ("pair", "values"),
    [
        (("NLD", "CHN"), "1.9475 3.7929 4.7705 104.5610 1.8281 4.4239 43.2980 3.2618"),
        (("USA", "JPN"), "1.7970 3.2294 4.4018 99.7296 1.6780 4.4976 33.8458 3.3714"),
        (("DEU", "BRA"), "1.2093 1.4624 2.9622 65.4905 1.1235 2.7737 25.6445 1.2823"),
    ],
)
def test_the_page_shows_the_values_of_the_methods(pair, values):
    shown = text(opened(a=pair[0], b=pair[1]))
    for value in values.split():
        assert value in shown


def test_the_first_view_is_complete_without_a_link():
    app = opened()
    shown = text(app)
    assert "# The Netherlands and China" in shown
    assert "farther than 93 of 100 country pairs" in shown
    for heading in (
        "The profiles", "Individualism is the widest gap", "How sure are we?", "Every measure",
        "What changes with the reference set", "What the number is worth", "Take it away",
    ):  # fmt: skip
        assert heading in shown
    assert len(charts(app)) == 5
    assert not app.warning
    assert link_of(app) == {"a": "NLD", "b": "CHN"}
    assert "/?a=NLD&b=CHN" in app.code[0].value


def test_where_the_surveys_disagree_the_answer_says_so_in_the_first_and_in_later_views():
    app = opened(a="NLD", b="JPN")
    assert text(app).count("Not every survey agrees") == 1
    their_side = app.selectbox[1]
    their_side.set_value("CHN").run()
    assert "Not every survey agrees" not in text(app)
    app.selectbox[1].set_value("JPN").run()
    assert not app.exception
    assert text(app).count("Not every survey agrees") == 1
    assert "More under “How sure are we?”" in text(app)


def test_choosing_a_country_changes_sentence_link_and_charts():
    app = opened()
    before = [chart.proto.spec for chart in charts(app)]
    app.selectbox(key="party_b").set_value("JPN").run()
    assert "The Netherlands and Japan" in text(app)
    assert link_of(app) == {"a": "NLD", "b": "JPN"}
    assert all(a != b.proto.spec for a, b in zip(before, charts(app), strict=True))


def test_swap_exchanges_the_sides():
    app = opened(a="USA", b="JPN")
    app.button(key="swap_sides").click().run()
    assert link_of(app) == {"a": "JPN", "b": "USA"}
    assert "# Japan and the United States" in text(app)


def test_further_parties_are_drawn_and_compared_two_by_two():
    app = opened(a="NLD", b="CHN", more="JPN,UKR")
    shown = text(app)
    assert "All parties, two by two" in shown
    assert "China and Japan" in shown
    assert "no distance" in shown  # Ukraine has two scores
    assert link_of(app)["more"] == "JPN,UKR"


def test_every_setting_in_a_link_reaches_the_page_and_comes_back():
    link = {
        "a": "DEU", "b": "BRA", "dims": "classic", "w": "mas:0.5", "measure": "mahalanobis",
        "ref": "all", "published": "1", "unrounded": "1", "error": "9", "share": "0.15",
    }  # fmt: skip
    app = opened(**link)
    assert link_of(app) == link
    shown = text(app)
    for phrase in (
        "only PDI, IDV, MAS and UAI", "weights MAS × 0.5", "headline Mahalanobis",
        "published scores only", "scores unrounded", "error of a score 9 points",
        "15 % of the variation between countries",
    ):  # fmt: skip
        assert phrase in shown
    assert not app.warning


def settings_open(**link):
    """The page as it is once a person has opened the settings: they are only sent then."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.session_state["settings_open"] = True
    app.run()
    assert not app.exception
    return app


def test_a_setting_changes_the_number_and_the_link():
    app = settings_open()
    app.radio(key="setting_dimensions").set_value("classic").run()
    assert link_of(app)["dims"] == "classic"
    assert "4.5306" in text(app)  # Kogut-Singh on the classic four
    app.toggle(key="setting_published_only").set_value(True).run()
    assert link_of(app)["published"] == "1"
    app.selectbox(key="setting_measure").set_value("mahalanobis").run()
    assert link_of(app)["measure"] == "mahalanobis"
    app.button(key="reset_settings").click().run()
    assert link_of(app) == {"a": "NLD", "b": "CHN"}


def test_weights_that_leave_too_few_dimensions_are_answered_and_repaired():
    app = settings_open(dims="classic")
    app.number_input(key="setting_weight_mas").set_value(0.0).run()
    assert not app.exception
    assert "at least four dimensions" in app.warning[0].value.replace("\\", "")
    assert link_of(app) == {"a": "NLD", "b": "CHN", "dims": "classic", "w": "mas:0"}
    app.button(key="swap_sides").click().run()  # what is chosen meanwhile is kept
    assert link_of(app)["a"] == "CHN"
    app.number_input(key="setting_weight_mas").set_value(1.0).run()
    assert not app.warning
    assert "China and the Netherlands" in text(app)


def test_settings_that_cannot_be_are_put_right_with_one_button():
    app = settings_open()
    for dimension in ("pdi", "idv"):
        app.number_input(key=f"setting_weight_{dimension}").set_value(0.0).run()
    assert "and neither is left" in app.warning[0].value.replace("\\", "")
    app.button(key="repair").click().run()
    assert not app.warning
    assert link_of(app) == {"a": "NLD", "b": "CHN"}


def test_a_side_is_never_its_own_further_party():
    app = opened()
    app.multiselect(key="party_further").set_value(["NLD", "JPN"]).run()
    assert link_of(app)["more"] == "JPN"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"a": "KEN", "b": "DEU"}, "Kenya has no scores of its own"),
        ({"a": "ISR", "b": "USA"}, "Israel has no score on indulgence"),
        ({"a": "UKR", "b": "POL"}, "they share two scores"),
        ({"a": "AND", "b": "FRA"}, "they share one score"),
        ({"a": "NLD", "b": "NLD"}, "Both sides are the Netherlands"),
        ({"a": "KWT", "b": "LBN"}, "which cannot tell them apart"),
        ({"a": "KEN", "b": "DEU", "published": "1"}, "Switching off “published scores only”"),
    ],
)
def test_what_is_missing_is_said_in_place(link, said):
    app = opened(**link)
    assert said in text(app)
    assert not app.warning


def test_a_pair_without_a_score_here_is_ranked_by_the_others_and_one_click_leads_there():
    app = opened(a="SWE", b="NOR", framework="globe-2004-values")
    said = text(app)
    assert "GLOBE values and GLOBE practices: no score for Norway." in said
    assert "What the frameworks say" in said
    assert said.count("score is missing") == 1  # where the radar's line breaks
    assert "| missing" not in said
    app.button(key="use_hofstede-2015").click().run()
    assert not app.exception
    assert "framework" not in link_of(app)
    assert "country pairs" in text(app)


def test_one_dimension_is_told_in_its_own_words():
    said = text(opened(framework="tightness-2011"))
    assert "On one dimension. Likely" in said
    assert "On all dimensions together" not in said
    assert "Even on" not in said


def test_regional_and_missing_scores_are_marked_in_the_table():
    assert "64, regional: East Africa" in text(opened(a="KEN", b="DEU"))
    assert "Some scores are missing" in text(opened(a="ISR", b="USA"))
    assert "No score is regional or missing" in text(opened())


def test_a_wrong_code_in_the_link_gives_a_message_and_a_working_page():
    app = opened(a="XXX", b="JPN", ref="foo")
    said = app.warning[0].value.replace("\\", "")
    assert "No country, part or region with scores goes by “XXX”" in said
    assert "The Netherlands is shown instead." in said
    assert "“foo” is not a reference set" in said
    assert "The Netherlands and Japan" in text(app)
    assert link_of(app) == {"a": "NLD", "b": "JPN"}
    app.selectbox(key="party_b").set_value("USA").run()
    assert not app.warning  # the next choice clears it


def test_names_and_small_letters_in_a_link_are_understood():
    app = opened(a="holland", b="jp")
    assert link_of(app) == {"a": "NLD", "b": "JPN"}
    assert not app.warning


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "**bold** [x](http://x)", "=1+1"])
def test_markup_in_a_link_is_shown_as_text(nasty):
    app = opened(a=nasty)
    shown = app.warning[0].value
    assert nasty not in shown
    assert nasty[:30] in shown.replace("\\", "").replace("\u2060", "")


def test_every_chart_has_a_text_alternative():
    for chart in charts(opened()):
        assert len(chart.proto.alt) > 80


def test_the_numbers_in_a_picture_are_one_click_away():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["gaps_numbers"] = True
    app.run()
    cells = app.table[0].value.iloc[0].tolist()
    assert [cell.replace("\\", "") for cell in cells] == ["Individualism", "80", "20", "60", "2.53"]


def test_two_sessions_do_not_touch_each_other():
    first, second = opened(), opened(a="USA", b="JPN")
    second.selectbox(key="party_a").set_value("BRA").run()
    first.run()
    assert "The Netherlands and China" in text(first)
    assert "Brazil and Japan" in text(second)


def test_no_sign_of_ours_is_taken_for_a_stranger():
    # What cannot be seen stands as this sign; the joiners in our own ranges must stay.
    for given in ({"a": "NLD", "b": "CHN"}, {"a": "NLD", "b": "CHN", "more": "JPN,BRA"}):
        assert "\ufffd" not in text(opened(**given))
