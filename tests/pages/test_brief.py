"""The Brief page from the entry script: default, empty and error states, and what is kept."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = "work_sheets"


def opened(*, open_parts=(), work=None, **link):
    """The Brief page with some of its expanders open: their content is only sent then."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if work:
        app.session_state[WORK] = work
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    for key in open_parts:
        app.session_state[key] = True
    app.switch_page("pages/brief.py").run()
    assert not app.exception
    return app


def text(app):
    """All Markdown of the page as a reader sees it, without escapes and addresses of links."""
    shown = " ".join(m.value for m in [*app.markdown, *app.caption]).replace("\\", "")
    return re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", shown)


def link_of(app):
    return {k: v if isinstance(v, str) else v[0] for k, v in app.query_params.items()}


def test_the_first_view_is_complete_without_a_deal():
    app = opened()
    shown = text(app)
    for said in (
        "# The Netherlands and China",
        "more friction than between 99 of 100 country pairs (likely 92 to 99)",
        "Negotiate the relationship.",
        "Assumed until you describe the deal: you expect to deal with them again.",
        "Who adapts, if each side knows the other somewhat:",
        "Say early", "Ask first:", "Prepare for these",
        "How much goes into the contract", "First move:", "Stage by stage", "You may see:",
        "They may see:", "Test it:", "In the terms:", "Plans", "An agenda for 90 minutes",
        "Questions that are usually safe", "Who leads and who decides",
        "Not everyone", "Take it away",
    ):  # fmt: skip
        assert said in shown, said
    assert not app.warning
    assert link_of(app) == {"a": "NLD", "b": "CHN"}


def test_a_pair_of_one_region_is_told_that_little_is_predicted():
    shown = text(opened(a="SWE", b="FIN"))
    assert "little friction: less than between 93 of 100 country pairs" in shown
    assert "They point to contracts only, and weakly: “safeguards”" in shown
    assert "Both sides are likely to notice it about equally" in shown
    assert "safeguards" in shown.lower()
    assert "very high" not in shown


def test_a_pair_without_any_friction_has_a_page_all_the_same():
    shown = text(opened(a="USA", b="AUS"))
    assert "Nothing stands out" in shown
    assert "No topic lies wider apart than in half of all country pairs" in shown
    assert "Negotiate the relationship" in shown


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("UKR", "POL", "There is no distance between Ukraine and Poland"),
        ("NLD", "NLD", "Both sides are the Netherlands"),
    ],
)
def test_a_pair_without_scores_gets_a_reason_and_the_advice_that_the_deal_gives(a, b, said):
    shown = text(opened(a=a, b=b, deal="supply", hold="molds"))
    assert said in shown
    assert "No prediction for this pair" in shown
    assert "they hold your molds" in shown
    assert "Questions that are usually safe" in shown
    assert "Stage by stage" not in shown


def test_missing_scores_leave_topics_out_with_a_note():
    shown = text(opened(a="ISR", b="USA"))
    assert "Israel has no score on indulgence" in shown
    assert "Prepare for these" in shown


def test_the_link_carries_the_deal_and_nothing_private():
    link = {
        "a": "NLD", "b": "CHN", "deal": "supply", "hold": "molds", "no": "repeat_deals",
        "yes": "hard_phase", "initiative": "passive", "own": "low", "theirs": "low",
        "months": "12", "effects": "introduced:-0.5",
    }  # fmt: skip
    app = opened(open_parts=["deal_open"], **link)
    assert link_of(app) == link
    shown = text(app)
    assert "they hold your molds" in shown
    assert "use an agent or adviser or bring in a mediator" in shown
    assert "your firmness may come as a surprise" in app.warning[0].value
    app.text_input(key="deal_subject").set_value("secret pump").run()
    app.number_input(key="deal_first_order").set_value(20_000.0).run()
    app.number_input(key="deal_total").set_value(4_000_000.0).run()
    assert link_of(app) == link
    shown = text(app)
    assert "secret pump" in shown
    assert "The first step is 0.5 % of the total. That may look like an insult" in shown
    assert "Amounts and the subject are not in it" in shown


def test_a_commodity_is_at_arms_length_until_they_hold_the_molds():
    app = opened(open_parts=["deal_open"], no="repeat_deals", yes="commodity")
    assert "Deal at arm’s length." in text(app)
    assert "Because it is a commodity or an automated marketplace." in text(app)
    app.button_group(key="deal_they_hold").set_value(["molds"]).run()
    shown = text(app)
    assert "Negotiate the relationship." in shown
    assert "Because they hold your molds." in shown
    assert "What speaks against it: it is a commodity" in shown


def test_what_a_wrong_link_asks_for_is_said_and_the_rest_counts():
    app = opened(a="NLD", b="CHN", deal="gift", yes="total,tight_deadline", months="many")
    said = " ".join(w.value for w in app.warning).replace("\\", "")
    assert "“kind” is “gift”" in said
    assert "“total” is private and never part of a link" in said
    assert "“months” is “many”" in said
    assert link_of(app) == {"a": "NLD", "b": "CHN", "yes": "tight_deadline"}


def test_an_emptied_form_is_that_of_the_start():
    app = opened(open_parts=["deal_open"], deal="licence", yes="ip_at_stake")
    app.button(key="reset_deal").click().run()
    assert link_of(app) == {"a": "NLD", "b": "CHN"}
    assert not app.exception


def test_an_amount_of_nothing_is_no_amount():
    app = opened(open_parts=["deal_open"])
    app.number_input(key="deal_total").set_value(0.0).run()
    assert not app.exception
    assert "Fill in the first amount and the total" in text(app)


def test_a_deal_moves_a_severity():
    alone, known = text(opened(a="USA", b="JPN")), text(opened(a="USA", b="JPN", yes="prior_deals"))
    assert "Trust before the first deal** :small[:gray[very high, 95 of 100" in alone
    # odds 94.81/5.19 x exp(-0.6) = 10.03: 90.9 of 100
    assert "Trust before the first deal** :small[:gray[very high, 91 of 100" in known


def test_contested_scores_are_marked():
    assert "contested" in text(opened(a="USA", b="JPN"))
    app = opened(a="USA", b="JPN", open_parts=["evidence_relationship_building"])
    assert "Oyserman and others 2002" in text(app)
    assert "people in Japan or South Korea" in text(app)


def test_with_further_parties_each_pair_is_offered():
    app = opened(a="NLD", b="CHN", more="JPN")
    shown = text(app)
    # Each pair with both of its places, named for what they are; the most friction first.
    assert "Most friction is predicted between the Netherlands and China" in shown
    assert "Pair | Friction: place of 100 (likely) | Distance: place of 100 |" in shown
    assert "| Netherlands and China | 99 (92 to 99) | 93 |" in shown
    assert "| Netherlands and Japan | 53 (34 to 79) | 94 |" in shown
    assert shown.index("| Netherlands and China |") < shown.index("| Netherlands and Japan |")
    assert "90 means more friction, or a larger distance, than 90 of 100 pairs" in shown
    app.selectbox(key="brief_pair").set_value("CHN+JPN").run()
    assert link_of(app) == {"a": "CHN", "b": "JPN", "more": "NLD"}
    assert "# China and Japan" in text(app)


@pytest.mark.parametrize("forged", ["nonsense", "XX+YY", "CHN+XX", "", "CHN+JPN+NLD", None])
def test_a_pair_that_is_not_in_view_changes_nothing(forged):
    def script():
        import streamlit as st  # noqa: PLC0415 - a script of its own

        from pages.shared import brief_controls, viewing  # noqa: PLC0415

        viewing.seat("NLD", "CHN", ["JPN"])
        st.session_state["brief_pair"] = st.session_state["forged"]
        brief_controls.take_chosen_pair()
        st.session_state["found"] = viewing.parties()

    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["forged"] = forged
    app.run()
    assert not app.exception
    assert app.session_state["found"] == ("NLD", "CHN", ["JPN"])
    app.session_state["forged"] = "CHN+JPN"
    app.run()
    assert app.session_state["found"] == ("CHN", "JPN", ["NLD"])


def test_a_party_against_itself_is_still_the_brief_that_is_shown():
    app = opened(a="NLD", b="NLD", more="JPN,IND")
    assert app.selectbox(key="brief_pair").value == "NLD+NLD"
    app.selectbox(key="brief_pair").set_value("JPN+IND").run()
    assert link_of(app) == {"a": "JPN", "b": "IND", "more": "NLD"}


def test_a_worksheet_keeps_what_was_typed_when_sides_are_swapped_and_pages_turned():
    rows = [{"about": "CHN", "what": "my own line", "answer": "forty people"}]
    work = {"CHN+NLD": {"information": rows}}
    app = opened(open_parts=["sheets_open"], work=work)
    app.button(key="swap_sides").click().run()
    assert link_of(app) == {"a": "CHN", "b": "NLD"}
    app.switch_page("pages/compare.py").run()
    app.switch_page("pages/brief.py").run()
    app.button(key="swap_sides").click().run()
    assert app.session_state[WORK]["CHN+NLD"]["information"] == rows
    on_paper(app)
    assert "| China | my own line | forty people |" in text(app)


def test_the_deal_and_the_private_answers_stay_when_pages_are_turned():
    app = opened(open_parts=["deal_open"], hold="molds")
    app.number_input(key="deal_total").set_value(500_000.0).run()
    app.switch_page("pages/compare.py").run()
    assert link_of(app)["hold"] == "molds"
    app.switch_page("pages/brief.py").run()
    assert app.number_input(key="deal_total").value == 500_000
    assert "they hold your molds" in text(app)


def test_a_pair_far_apart_with_middling_friction_is_told_how_both_hold():
    shown = text(opened(a="NLD", b="JPN"))
    assert "a middling amount of friction, more than between 53 of 100" in shown
    assert "In distance they rank above 94 of 100 country pairs, in friction above 53" in shown
    assert "and both hold" not in text(opened(a="NLD", b="CHN"))  # 93 and 99


def on_paper(app, option="The brief"):
    app.menu_button(key="print_view").click(option).run()
    assert not app.exception


def test_the_print_view_holds_everything_and_no_controls():
    app = opened(a="NLD", b="CHN", more="JPN")
    on_paper(app)
    shown = text(app)
    for said in (
        "Prepare for these",
        "5. Carrying it out",
        "Information plan",
        "Where they failed",
    ):
        assert said in shown, said
    page = app.main
    for controls in (
        page.selectbox, page.button, page.toggle, page.menu_button, page.segmented_control,
        page.text_input, page.file_uploader, page.expander,
    ):  # fmt: skip
        assert not controls
    assert link_of(app) == {"a": "NLD", "b": "CHN", "more": "JPN", "print": "1"}
    assert "counted one by one" not in shown
    app.sidebar.button(key="print_leave").click().run()
    assert link_of(app) == {"a": "NLD", "b": "CHN", "more": "JPN"}
    assert app.selectbox(key="party_a").value == "NLD"
    on_paper(app, "With the evidence for each prediction")
    assert "counted one by one" in text(app)


def seen(app, topic):
    """The control that marks a topic, and the field for a note, which stands by a mark only."""
    found = [c for c in app.segmented_control if f"_seen_{topic}_" in c.key]
    notes = [c for c in app.text_input if f"_note_{topic}_" in c.key]
    return found[0], notes[0] if notes else None


def test_a_prediction_is_marked_with_a_note_and_the_mark_taken_away():
    app = opened(a="NLD", b="CHN", open_parts=["debrief_open"])
    control, note = seen(app, "patience_pace")
    assert (control.options, note) == (["Seen", "Not seen", "Other way round"], None)
    control.set_value("not_seen").run()
    seen(app, "patience_pace")[1].set_value("they answered the same day").run()
    seen(app, "trust_before_transaction")[0].set_value("seen").run()
    held = app.session_state["work_marks"]["CHN+NLD"]
    assert {t: (m.outcome, m.note) for t, m in held.items()} == {
        "patience_pace": ("not_seen", "they answered the same day"),
        "trust_before_transaction": ("seen", ""),
    }
    assert "1 of 2 predictions were seen" in text(app)
    app.button(key="swap_sides").click().run()  # the same pair: the marks stay
    control, note = seen(app, "patience_pace")
    assert (control.value, note.value) == ("not_seen", "they answered the same day")
    control.set_value(None).run()
    assert seen(app, "patience_pace")[1] is None
    assert list(app.session_state["work_marks"]["CHN+NLD"]) == ["trust_before_transaction"]


def workspace_file(**changes):
    held = {
        "schema": "parley-workspace", "version": 1, "data_version": "2026.11.2",
        "view": {"a": "USA", "b": "JPN"}, "deal": {"kind": "licence", "total": 90000},
        "worksheets": {"JPN+USA": {"information": [{"about": "JPN", "what": "x", "answer": "y"}]}},
        "debrief": {},
    }  # fmt: skip
    return json.dumps(held | changes).encode()


def test_a_workspace_is_opened_and_the_opening_undone():
    app = opened(open_parts=["workspace_open", "deal_open"])
    app.file_uploader(key="workspace_file_0").upload("w.json", workspace_file()).run()
    assert link_of(app) == {"a": "USA", "b": "JPN", "deal": "licence"}
    assert app.number_input(key="deal_total").value == 90_000
    assert app.session_state[WORK]["JPN+USA"]["information"][0]["answer"] == "y"
    app.button(key="workspace_undo").click().run()
    assert link_of(app) == {"a": "NLD", "b": "CHN"}
    assert "JPN+USA" not in app.session_state[WORK]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "damaged or no workspace"),
        (workspace_file(version=0), "version 0"),
        (workspace_file(view={"a": "XXX"}), "goes by “XXX”"),
    ],
)
def test_a_workspace_that_cannot_be_opened_changes_nothing(content, said):
    app = opened(open_parts=["workspace_open"], a="NLD", b="CHN", hold="molds")
    app.file_uploader(key="workspace_file_0").upload("w.json", content).run()
    assert said in app.error[0].value.replace("\\", "")
    assert link_of(app) == {"a": "NLD", "b": "CHN", "hold": "molds"}


def test_markup_in_the_subject_is_shown_as_text():
    app = opened(open_parts=["deal_open"])
    app.text_input(key="deal_subject").set_value("<b>x</b> **y** [z](http://z)").run()
    shown = [m.value for m in app.markdown if "x\\<" in m.value]
    assert shown
    assert "<b>" not in shown[0].replace("\\<b\\>", "")


def test_both_expanders_of_evidence_name_sources_and_failures():
    app = opened(open_parts=["brief_sources", "evidence_relationship_building"])
    shown = text(app)
    assert "Where they failed" in shown
    assert "Cultural tightness (39 countries)" in shown
    assert "recalled, not read again" in shown
    assert "Rests on:" in shown
    assert "Hofstede and others 2009" in shown
