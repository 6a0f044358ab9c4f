"""Relationship or arm's length: the decisions of row 15 of the checklist, each with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.deal import DEAL_FIELDS, Deal, deal_flags
from analysis.knowledge import load_knowledge
from analysis.strategy.orientation import decide_orientation

PLAN = load_knowledge().strategy.orientation
BID = {"repeat_deals": False, "commodity": True}


def decide(**answers):
    return decide_orientation(PLAN, deal_flags(Deal(**answers)))


def test_a_commodity_without_a_next_time_is_bought_at_arms_length():
    found = decide(**BID)
    assert found.outcome == "arms_length"
    assert found.verdict == "Deal at arm’s length"
    assert found.decided_by == ("it is a commodity or an automated marketplace",)
    assert found.why == "Because it is a commodity or an automated marketplace."
    assert found.against == ""


def test_the_same_bid_is_a_relationship_where_they_hold_your_molds():
    found = decide(**BID, they_hold=("molds",))
    assert found.outcome == "relationship"
    assert found.decided_by == ("they hold your molds",)
    assert found.why.startswith("Because they hold your molds. Put into writing now")
    assert found.against == "What speaks against it: it is a commodity or an automated marketplace."


@pytest.mark.parametrize("what", DEAL_FIELDS["they_hold"].choices)
def test_whatever_of_yours_they_hold_outweighs_the_rest(what):
    found = decide(
        repeat_deals=False, commodity=True, switching=True, unique_asset=True, they_hold=(what,)
    )
    assert found.outcome == "relationship"
    assert len(found.decided_by) == 1
    assert found.decided_by[0].startswith("they hold your ")
    assert "whatever else waits" in found.why
    assert found.against.count(",") == 1
    assert found.against.count(" and ") == 1


def test_several_things_they_hold_are_all_named():
    found = decide(they_hold=("molds", "designs", "ip", "credit"))
    assert found.why.startswith(
        "Because they hold your molds, they hold your designs, they hold your IP and they hold your"
        " credit information."
    )


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"repeat_deals": True}, "Because you expect to deal with them again."),
        (
            {"repeat_deals": False, "best_efforts": True},
            "Because you depend on their best efforts in service or quality.",
        ),
        (
            {"repeat_deals": True, "best_efforts": True},
            "Because you expect to deal with them again and you depend on their best efforts in"
            " service or quality.",
        ),
    ],
)
def test_repeat_deals_or_best_efforts_alone_make_a_relationship(answers, why):
    found = decide(**answers)
    assert (found.outcome, found.why, found.against) == ("relationship", why, "")


def test_before_a_deal_is_described_the_condition_is_said_to_be_assumed():
    found = decide_orientation(PLAN, deal_flags(Deal()), assumed=True)
    assert found.decided_by == ("you expect to deal with them again",)
    assert found.why == "Assumed until you describe the deal: you expect to deal with them again."


def test_repeat_deals_win_over_a_commodity_which_is_named_against_it():
    found = decide(repeat_deals=True, commodity=True, switching=True)
    assert found.outcome == "relationship"
    assert found.why == "Because you expect to deal with them again."
    assert found.against == (
        "What speaks against it: it is a commodity or an automated marketplace and you change"
        " suppliers often."
    )


@pytest.mark.parametrize("one", ["unique_asset", "commodity", "switching"])
def test_each_transactional_condition_is_enough_without_a_next_time(one):
    found = decide(repeat_deals=False, **{one: True})
    assert found.outcome == "arms_length"
    assert found.decided_by == (PLAN.conditions[one],)


def test_with_nothing_ticked_nothing_decides():
    found = decide(repeat_deals=False)
    assert found.outcome == "open"
    assert (found.why, found.against, found.decided_by) == ("", "", ())
    assert found.verdict == "Nothing in the form decides it"
    assert found.advice


@given(
    st.fixed_dictionaries(
        {
            name: st.booleans()
            for name in ("repeat_deals", "best_efforts", "unique_asset", "commodity", "switching")
        }
    ),
    st.lists(st.sampled_from(sorted(DEAL_FIELDS["they_hold"].choices)), unique=True),
)
def test_every_combination_is_decided_as_the_checklist_says(answers, held):
    found = decide(**answers, they_hold=tuple(held))
    lasting = held or answers["repeat_deals"] or answers["best_efforts"]
    single = answers["unique_asset"] or answers["commodity"] or answers["switching"]
    assert found.outcome == ("relationship" if lasting else "arms_length" if single else "open")
    assert bool(found.decided_by) == (found.outcome != "open")
    assert bool(found.against) == bool(lasting and single)
    assert all(condition in found.why for condition in found.decided_by)
    assert "{" not in found.why + found.against + found.advice
