"""The Brief page: what stands where, with the words of the files."""

from tests.pages.test_brief import on_paper, opened, text


def test_the_page_says_what_the_files_say_of_common_ground():
    shown = text(opened(a="DEU", b="BRA"))
    assert shown.count("**Common ground**") == 1


def test_a_further_friction_is_told_under_the_frictions():
    app = opened(a="DEU", b="BRA", deal="distribution")
    on_paper(app)
    shown = text(app)
    more = shown.index("And two more, stage by stage below.")
    assert shown.index("## Prepare for these") < more < shown.index("**Common ground**")


def test_a_topic_that_the_deal_names_is_told_under_the_frictions():
    shown = text(opened(a="NLD", b="CHN", yes="ip_at_stake"))
    below = shown.index("IP or designs at stake: “safeguards”")
    assert shown.index("## Prepare for these") < below < shown.index("**Common ground**")


def test_a_topic_that_the_deal_names_is_told_where_nothing_stands_out():
    shown = text(opened(a="USA", b="AUS", yes="ip_at_stake"))
    assert "## Nothing stands out" in shown
    assert "IP or designs at stake: “safeguards”" in shown


def test_what_the_link_leaves_out_is_a_sentence_of_its_own():
    app = opened(open_parts=["deal_open"], a="NLD", b="CHN")
    assert "with every setting. Amounts" not in text(app)
    app.text_input(key="deal_subject").set_value("pump").run()
    shown = text(app)
    assert "with every setting. Amounts and the subject are not in it" in shown
