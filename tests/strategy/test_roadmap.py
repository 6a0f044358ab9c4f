"""From the first order to the whole (rows 1, 14, 17, 29 and 30)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.deal import DEAL_FIELDS, Deal
from analysis.figures.roadmap import roadmap_chart
from analysis.knowledge import load_knowledge
from analysis.strategy.roadmap import draw_roadmap, money, percent
from tests.figures.drawings import assert_sent_as_checked

PLAN = load_knowledge().strategy.roadmap
TRUST_FIRST = "topic:trust_before_transaction:they_high"
DEAL_FIRST = "topic:trust_before_transaction:they_low"
cents = st.integers(1, 10**11).map(lambda n: n / 100)


def draw(*flags, **answers):
    return draw_roadmap(PLAN, Deal(**answers), frozenset(flags))


@pytest.mark.parametrize(
    ("first", "level"),
    [(4_000, "insult"), (7_999, "insult"), (8_000, "explain"), (16_000, "explain"),
     (39_999, "explain"), (40_000, "fits"), (80_000, "fits"), (400_000, "fits"),
     (400_001, "most"), (800_000, "most")],
)  # fmt: skip
def test_a_first_order_is_held_against_the_total(first, level):
    # Of 800,000: below 1 % insults, below 5 % has to be explained.
    assert draw(first_order=first, total=800_000).level == level


def test_the_check_names_the_first_order_and_its_share():
    small = draw(kind="supply", first_order=4_000, total=800_000)
    assert small.check.startswith(
        "The first step is 0.5 % of the total. That may look like an insult"
    )
    middle = draw(kind="supply", first_order=16_000, total=800_000)
    assert middle.check == (
        "The first step is 2 % of the total. Say with it that it is step one, and what comes next."
    )
    large = draw(kind="licence", first_order=80_000, total=800_000)
    assert large.check == (
        "The first step is 10 % of the total, large enough to be taken seriously."
    )


@given(cents, cents)
def test_a_share_is_written_as_people_write_it(first, total):
    found = draw(first_order=min(first, total), total=total)
    assert not re.search(r"\de[+-]?\d", found.check), found.check


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0009, "less than 0.1 %"), (0.001, "0.1 %"), (0.005, "0.5 %"), (0.02, "2 %"),
        (0.0996, "10 %"), (0.1, "10 %"), (0.106, "11 %"), (0.126, "13 %"), (1, "100 %"),
    ],
)  # fmt: skip
def test_a_share_below_ten_percent_has_a_decimal_and_one_above_has_none(share, shown):
    assert percent(share) == shown


def test_the_whole_at_once_is_a_hundred_percent():
    assert "is 100 % of the total" in draw(first_order=800, total=800).check


@pytest.mark.parametrize(
    "answers",
    [{}, {"first_order": 5_000}, {"total": 800_000}, {"later_orders": (5_000, 6_000)}],
)
def test_without_both_figures_nothing_is_judged(answers):
    found = draw(**answers)
    assert found.level == "unknown"
    assert "Fill in the first amount and the total" in found.check
    assert found.statement.startswith("We would like to start with a first deal. It is step one")


@pytest.mark.parametrize(
    "answers",
    [
        {"first_order": 900, "total": 800},
        {"first_order": 100, "later_orders": (300, 500), "total": 800},
    ],
)
def test_amounts_beyond_the_total_are_pointed_out(answers):
    found = draw(**answers)
    assert found.level == "beyond"
    assert found.check == "The amounts add up to more than the total; check the figures."
    # A total that the amounts go beyond is not offered to the other side.
    assert found.statement.startswith("We would like to start with a first deal. It is step one")


def test_a_first_order_of_the_total_or_beyond_leaves_nothing_to_spread():
    for first in (800, 900):
        found = draw(first_order=first, total=800)
        assert [(s.name, s.amount) for s in found.steps] == [("First deal", first)]
        assert found.statement.startswith("We would like to start with a first deal. It is step")


def test_the_worked_example_adds_up_to_its_total():
    # 40,000 + 120,000 + 240,000 = 400,000; the other 400,000 are the last stage.
    found = draw(
        kind="supply", first_order=40_000, later_orders=(120_000, 240_000), total=800_000, months=24
    )
    assert [s.amount for s in found.steps] == [40_000, 120_000, 240_000, 400_000]
    assert [s.share for s in found.steps] == [0.05, 0.15, 0.3, 0.5]
    assert [s.month for s in found.steps] == [0, 6, 12, 18]
    assert [s.name for s in found.steps] == [
        "Test order", "Second order", "Regular orders", "Full volume",
    ]  # fmt: skip
    assert not found.suggested
    assert (found.total, found.level) == (800_000, "fits")


def test_without_stages_the_rest_is_spread_as_a_suggestion():
    # 5 % first; the other 95 % as 15, 30 and 50.
    found = draw(total=1_000)
    assert [s.amount for s in found.steps] == pytest.approx([50, 150, 300, 500])
    assert found.suggested
    # 240 first: 760 as 15, 30 and 50 of 95 are 120, 240 and 400.
    given_first = draw(total=1_000, first_order=240)
    assert [s.amount for s in given_first.steps] == pytest.approx([240, 120, 240, 400])
    assert given_first.suggested


def test_without_any_figure_there_are_shares():
    found = draw()
    assert [s.amount for s in found.steps] == [None] * 4
    assert [s.share for s in found.steps] == [0.05, 0.15, 0.3, 0.5]
    assert (found.total, found.suggested) == (None, True)


def test_without_a_total_the_orders_are_the_total():
    found = draw(first_order=100, later_orders=(300, 600))
    assert found.total == 1_000
    assert [s.share for s in found.steps] == pytest.approx([0.1, 0.3, 0.6])
    assert found.level == "fits"
    assert not found.suggested


def test_later_orders_without_a_total_are_never_rounded_up_to_one():
    # 0.10 + 0.20 = 0.30, and nothing is left.
    found = draw(first_order=0.10, later_orders=(0.20,))
    assert found.total == pytest.approx(0.30)
    assert [(s.name, s.amount) for s in found.steps] == [("First deal", 0.10), ("Full plan", 0.20)]


def test_without_the_first_order_what_is_left_of_the_total_is_not_known():
    found = draw(later_orders=(300, 600), total=1_000)
    assert [s.amount for s in found.steps] == [None, 300, 600]
    assert [s.share for s in found.steps] == [None, 0.3, 0.6]


def test_a_first_order_alone_is_one_step_of_an_unknown_whole():
    found = draw(first_order=100)
    assert [(s.amount, s.share, s.month) for s in found.steps] == [(100, None, 0)]
    assert (found.total, found.suggested) == (None, False)


orders = st.lists(cents, max_size=4).map(tuple)


whole = st.integers(10**4, 10**11).map(lambda n: n / 100)


@given(first=st.none() | cents, later=orders, total=st.none() | whole, months=st.integers(1, 240))
def test_the_stages_add_up_to_the_total_and_the_months_rise(first, later, total, months):
    found = draw(first_order=first, later_orders=later, total=total, months=months)
    amounts = [s.amount for s in found.steps]
    known = None not in amounts  # later amounts without the first are drawn as they are
    if found.total is not None and found.level != "beyond" and known:
        assert sum(amounts) == pytest.approx(found.total, rel=1e-9, abs=0.02)
        assert sum(s.share for s in found.steps) == pytest.approx(1, rel=1e-6, abs=2 / 100)
        assert min(amounts) > 0
    times = [s.month for s in found.steps]
    assert times == sorted(times)
    assert times[0] == 0
    assert times[-1] <= months
    assert len(set(times)) == len(times) or months < len(times)  # a month each, if there are enough
    names = [s.name for s in found.steps]
    assert len(set(names)) == len(names)
    if first is not None:
        assert amounts[0] == first
        if later:
            assert tuple(amounts[1 : len(later) + 1]) == later


def test_the_statement_names_both_amounts_the_months_and_what_has_to_be_true():
    found = draw(kind="supply", first_order=40_000, total=800_000, months=24, currency="EUR")
    assert found.statement == (
        "We would like to start with a test order of EUR 40,000. It is step one of a plan that"
        " could reach EUR 800,000 within 24 months. We move to the next step once the first"
        " step has gone as agreed."
    )
    assert found.gates[0] == "the first step has gone as agreed"


@pytest.mark.parametrize("kind", DEAL_FIELDS["kind"].choices)
def test_each_kind_of_deal_has_words_of_its_own(kind):
    found = draw(kind=kind, first_order=50, later_orders=(100, 200, 300, 150), total=1_000)
    first = PLAN.names[kind].first
    assert f"start with {first} of EUR 50." in found.statement
    assert f"We would like to start with {first} of EUR 50." in found.statement
    assert [s.name for s in found.steps] == [
        *PLAN.names[kind].steps[:3], "Step 4", "Step 5", PLAN.names[kind].steps[3],
    ]  # fmt: skip
    assert found.steps[0].name.lower() == first.removeprefix("a ")
    assert first in draw(kind=kind).statement


def test_a_plan_within_one_month_is_a_month():
    assert "within 1 month." in draw(first_order=50, total=1_000, months=1).statement


def test_what_builds_trust_depends_on_where_they_stand():
    high, low, none = draw(TRUST_FIRST), draw(DEAL_FIRST), draw()
    assert high.two_track == PLAN.two_track.they_high
    assert low.two_track == PLAN.two_track.they_low
    assert none.two_track == ""
    assert (high.numbers, low.numbers) == (PLAN.numbers_gate.they_high, PLAN.numbers_gate.they_low)
    assert "The scores do not say when to talk money" in none.numbers
    assert "visits and references for their trust" in high.two_track
    assert "a small first deal with a date for their trust" in low.two_track


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (25_000, "EUR 25,000"), (1, "EUR 1"), (0.5, "EUR 0.50"), (1234.5, "EUR 1,234.50"),
        (1e12, "EUR 1,000,000,000,000"), (99.999, "EUR 100"),
    ],
)  # fmt: skip
def test_an_amount_is_written_with_its_currency(amount, shown):
    assert money(amount, "EUR") == shown


def test_the_chart_is_sent_as_plotly_checks_it():
    deal = Deal(first_order=80_000, total=800_000)
    assert_sent_as_checked(roadmap_chart(draw_roadmap(PLAN, deal, frozenset()), deal))
