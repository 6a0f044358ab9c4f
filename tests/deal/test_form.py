"""The questions of the deal form, the flags they give, and what each answer takes."""

import dataclasses
from dataclasses import replace

import pytest

from analysis.deal import (
    DEAL_FIELDS,
    EMPTY_FORM,
    Deal,
    changed_fields,
    check_value,
    deal_flags,
    make_deal,
    possible_deal_flags,
)
from analysis.errors import DealError


def test_each_field_of_a_deal_is_asked_once():
    assert sorted(DEAL_FIELDS) == sorted(field.name for field in dataclasses.fields(Deal))
    links = [field.link for field in DEAL_FIELDS.values() if field.link]
    assert len(set(links)) == len(links)
    assert not {"yes", "no"} & set(links)


def test_what_names_a_firm_or_money_is_private_and_has_no_place_in_a_link():
    private = {name for name, field in DEAL_FIELDS.items() if field.private}
    assert private == {"subject", "currency", "first_order", "later_orders", "total"}
    assert all(not DEAL_FIELDS[name].link for name in private)
    carried = {n for n, f in DEAL_FIELDS.items() if f.link or f.kind == "yes"}
    assert carried | private == set(DEAL_FIELDS)


def test_the_empty_form_takes_its_own_answers(effects):
    held = {field.name: getattr(EMPTY_FORM, field.name) for field in dataclasses.fields(Deal)}
    assert make_deal(held, effects) == EMPTY_FORM
    assert make_deal({}, effects) == EMPTY_FORM
    assert changed_fields(EMPTY_FORM) == {}
    assert changed_fields(Deal(repeat_deals=False, months=12)) == {
        "repeat_deals": False, "months": 12,
    }  # fmt: skip


def test_every_flag_of_a_deal_is_possible_and_every_possible_flag_is_that_of_some_deal():
    seen = set(deal_flags(EMPTY_FORM))
    for name, field in DEAL_FIELDS.items():
        answers = {"yes": [True, False], "choice": field.choices, "several": field.choices}
        for answer in answers.get(field.kind, []):
            given = (answer,) if field.kind == "several" else answer
            flags = deal_flags(replace(EMPTY_FORM, **{name: given}))
            assert flags <= possible_deal_flags()
            seen |= flags
    assert seen == possible_deal_flags()


def test_flags_by_hand():
    flags = deal_flags(Deal(kind="supply", they_hold=("molds", "ip"), hard_phase=True))
    assert flags == {
        "kind:supply", "they_hold:molds", "they_hold:ip", "hard_phase", "repeat_deals",
        "own_familiarity:moderate", "their_familiarity:moderate", "hosted:nobody", "led:nobody",
        "initiative:even",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "held"),
    [
        ("subject", "  housings \n for a pump ", "housings for a pump"),
        ("subject", "", ""),
        ("subject", "x" * 200, "x" * 200),
        ("currency", "CHF", "CHF"),
        ("they_hold", ["ip", "molds", "ip"], ("molds", "ip")),
        ("they_hold", "credit", ("credit",)),
        ("they_hold", [], ()),
        ("months", 12.0, 12),
        ("minutes", 15, 15),
        ("minutes", 600, 600),
        ("first_order", 1, 1.0),
        ("total", None, None),
        ("total", 1e12, 1e12),
        ("later_orders", [1, 2.5], (1.0, 2.5)),
        ("effects", {"prior_deals": "-0.5"}, (("prior_deals", -0.5),)),
        ("effects", {"prior_deals": -0.6}, ()),  # the default
        ("effects", {}, ()),
    ],
)
def test_an_answer_is_held_in_one_form(effects, name, given, held):
    assert check_value(name, given, effects) == held


@pytest.mark.parametrize(
    ("name", "given", "takes"),
    [
        ("repeat_deals", "yes", "yes or no"),
        ("repeat_deals", 1, "yes or no"),
        ("kind", "Supply", "supply, distribution, licence, service, joint_venture or other"),
        ("kind", ["supply"], "supply, distribution, licence, service, joint_venture or other"),
        ("they_hold", ["gold"], "a list of molds, designs, ip or credit"),
        ("they_hold", 3, "a list of molds, designs, ip or credit"),
        ("they_hold", None, "a list of molds, designs, ip or credit"),
        ("months", 0, "a whole number from 1 to 240"),
        ("months", 241, "a whole number from 1 to 240"),
        ("months", 1.5, "a whole number from 1 to 240"),
        ("months", True, "a whole number from 1 to 240"),
        ("months", float("nan"), "a whole number from 1 to 240"),
        ("minutes", float("inf"), "a whole number from 15 to 600"),
        ("minutes", "90", "a whole number from 15 to 600"),
        ("total", 0, "an amount above 0, such as 25000"),
        ("total", -5, "an amount above 0, such as 25000"),
        ("total", "1,000", "an amount above 0, such as 25000"),
        ("total", float("nan"), "an amount above 0, such as 25000"),
        ("total", 1.1e12, "an amount above 0, such as 25000"),
        ("first_order", True, "an amount above 0, such as 25000"),
        ("later_orders", 5, "amounts"),
        ("later_orders", [1] * 20, "amounts"),
        ("later_orders", ["x"], "an amount above 0, such as 25000"),
        ("subject", 5, "a text of up to 200 letters"),
        ("subject", "x" * 201, "a text of up to 200 letters"),
        ("currency", "", "a text of 1 to 8 letters"),
        ("currency", "doubloons", "a text of 1 to 8 letters"),
        ("effects", {"prior_deals": "much"}, "numbers by name, such as prior_deals: -0.6"),
        ("effects", {"weather": 0.1}, "the names language_difference, joint_venture"),
        ("effects", {"prior_deals": 1.6}, "numbers from -1.5 to 1.5"),
        ("effects", {"prior_deals": float("nan")}, "numbers from -1.5 to 1.5"),
        ("effects", 3, "numbers by name, such as prior_deals: -0.6"),
    ],
)
def test_an_answer_that_cannot_be_is_named_with_what_the_field_takes(effects, name, given, takes):
    with pytest.raises(DealError) as raised:
        check_value(name, given, effects)
    message = str(raised.value)
    assert message.startswith(f"“{name}” is “")
    assert takes in message
    assert message.endswith(".")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("total", 10**400),
        ("first_order", -(10**400)),
        ("later_orders", [5, 10**400]),
        ("effects", {"prior_deals": 10**400}),
        ("months", 16**5000),  # more digits than Python writes out
    ],
    ids=["total", "first_order", "later_orders", "effects", "months"],
)
def test_a_number_too_wide_for_the_machine_is_refused_like_any_other(effects, name, given):
    with pytest.raises(DealError):
        check_value(name, given, effects)


def test_an_unknown_name_gets_the_nearest_one(effects):
    with pytest.raises(
        DealError, match="“repeat_deal” is not part of a deal: did you mean “repeat"
    ):
        check_value("repeat_deal", True, effects)
    with pytest.raises(DealError, match=r"“zzz” is not part of a deal: docs/deal\.yaml lists"):
        check_value("zzz", True, effects)


def test_what_is_shown_back_is_short_and_does_nothing_to_a_terminal(effects):
    with pytest.raises(DealError) as raised:
        check_value("kind", "\x1b[31m" + "x" * 500, effects)
    message = str(raised.value)
    assert "\x1b" not in message
    assert "x" * 50 not in message
