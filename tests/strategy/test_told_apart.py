"""What the brief must not mix up: given and assumed, two scales, early and later, usual and now."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from analysis.charts.roadmap import roadmap_data, step_start
from analysis.deal import Deal
from analysis.friction.ranking import predicted
from analysis.knowledge import load_knowledge
from analysis.strategy.brief import (
    brief_sentences,
    left_out_sentences,
    overall_sentence,
    with_moves_of_the_deal,
)
from analysis.strategy.roadmap import draw_roadmap

PLAN = load_knowledge().strategy.roadmap
TRUST_FIRST = "topic:trust_before_transaction:they_high"
FIGURES = {"kind": "supply", "first_order": 40_000.0, "later_orders": (120_000.0,), "total": 8e5}


def drawn(*flags, **answers):
    deal = Deal(**answers)
    found = draw_roadmap(PLAN, deal, frozenset(flags))
    return found, roadmap_data(found, deal)


def test_amounts_are_the_persons_and_the_starts_are_not():
    _, data = drawn(**FIGURES, months=36)
    assert data.caption == (
        "The amounts are yours. The last step is what remains of the total. The starts of the three"
        " steps are Parley’s, spread evenly over 36 months and counted from the first step."
    )


@pytest.mark.parametrize("answers", [{}, {"total": 8e5}, FIGURES])
def test_every_road_map_says_whose_the_starts_are(answers):
    assert "steps are Parley’s, spread evenly over 24 months" in drawn(**answers)[1].caption


def test_a_single_step_has_no_starts_to_spread():
    assert drawn(first_order=100.0)[1].caption == "The amount is yours."


def test_less_than_a_month_for_each_step_is_counted_in_days():
    # A month of 30 days in three: days 0, 10 and 20, a third and two thirds of a month.
    found, data = drawn(**FIGURES, months=1)
    assert [step_start(s) for s in found.steps] == ["from day 0", "from day 10", "from day 20"]
    assert [row[1] for row in data.rows] == [0, 0.33, 0.67]
    assert "spread evenly over 1 month: less than a month for each, so they" in data.caption
    assert "from day 10" in data.description


def test_a_month_for_each_step_is_counted_in_months():
    found, data = drawn(**FIGURES, months=3)
    assert [step_start(s) for s in found.steps] == ["from month 0", "from month 1", "from month 2"]
    assert [row[1] for row in data.rows] == [0, 1, 2]


@pytest.mark.parametrize("months", range(1, 7))
@pytest.mark.parametrize("later", [(), (1.0,), (1.0, 1.0, 1.0, 1.0)])
def test_no_two_steps_start_at_the_same_time(months, later):
    found, _ = drawn(first_order=1.0, later_orders=later, total=100.0, months=months)
    starts = [step_start(step) for step in found.steps]
    assert len(set(starts)) == len(starts)


@pytest.mark.parametrize(
    ("flags", "answers", "label"),
    [
        ([TRUST_FIRST], FIGURES, "How to say it, once figures are due:"),
        ([TRUST_FIRST], {}, "How to say it:"),
        ([], FIGURES, "How to say it:"),
        # Amounts beyond the total are not offered, so no figure comes too early.
        ([TRUST_FIRST], FIGURES | {"total": 1e5}, "How to say it:"),
    ],
)
def test_a_script_with_amounts_waits_where_they_want_to_know_you_first(flags, answers, label):
    assert drawn(*flags, **answers)[0].statement_label == label


@pytest.mark.parametrize(
    ("them", "expected"), [("JPN", "order_course"), ("GBR", "order_size")], ids=["later", "early"]
)
def test_what_to_say_early_agrees_with_when_to_talk_money(brief_of, them, expected):
    brief = brief_of("NLD", them, Deal(**FIGURES))
    said = {item.id: item.text for item in brief.must_say}
    assert {"order_course", "order_size"} & set(said) == {expected}
    assert ("before money is discussed" in brief.roadmap.numbers) == (expected == "order_course")
    if expected == "order_course":
        assert "figures when they ask" in said[expected]


def test_the_two_overall_figures_are_told_with_their_scales(brief_of):
    plain = brief_of("NLD", "JPN")
    rushed = brief_of("NLD", "JPN", Deal(tight_deadline=True))
    found = rushed.friction
    rank, mean = round(found.overall_percentile), round(found.overall)
    moved = round(found.overall_in_context)
    assert moved > mean
    assert plain.sentences[0].endswith(" to 79).")
    assert rushed.sentences[0] == (
        f"{plain.sentences[0][:-1]}; your deal adds to it: the mean severity of the areas is"
        f" {moved} of 100 instead of {mean}."
    )
    told = overall_sentence(found)
    assert told.startswith(f"The rank, {rank}, says between how many of 100 country pairs")
    assert f"The mean severity behind it, the average of the areas, is {mean} of 100" in told
    assert told.endswith(f"; with this deal {moved}.")
    assert "with this deal" not in overall_sentence(plain.friction)


def test_a_deal_that_eases_it_takes_from_it(brief_of):
    eased = brief_of("NLD", "JPN", Deal(prior_deals=True))
    assert "; your deal takes from it: the mean severity" in eased.sentences[0]


@pytest.mark.parametrize(
    ("percentile", "interval", "probable"),
    [(80.0, (50.0, 90.0), False), (80.0, (49.9, 90.0), True),
     (10.0, (5.0, 50.0), False), (10.0, (5.0, 50.1), True)],
)  # fmt: skip
def test_a_range_up_to_the_middle_of_all_pairs_leaves_its_side_certain(
    brief_of, knowledge, percentile, interval, probable
):
    brief = brief_of("NLD", "JPN")
    found = replace(brief.friction, overall_percentile=percentile, rank_interval=interval)
    said = brief_sentences(knowledge, brief.comparison, found)[0]
    assert ("probably" in said) == probable


def test_a_deal_that_moves_no_whole_point_is_not_said_to_move_any(brief_of, knowledge):
    still = Deal(prior_deals=True, effects=(("prior_deals", 0.0),))
    brief = brief_of("NLD", "JPN", still)
    assert brief.friction.effects
    assert brief.sentences[0] == brief_of("NLD", "JPN").sentences[0]
    nought = replace(brief.friction, overall=0.0, overall_in_context=0.0)
    assert brief_sentences(knowledge, brief.comparison, nought)[0] == brief.sentences[0]


def test_the_overall_figures_stand_where_they_belong(brief_of):
    moved = replace(
        brief_of("NLD", "JPN", Deal(tight_deadline=True)).friction,
        overall=41.6, overall_percentile=68.2, overall_interval=(12.4, 70.4),
        overall_in_context=48.8,
    )  # fmt: skip
    told = overall_sentence(moved)
    assert told.startswith("The rank, 68, ")
    assert told.endswith(
        " is 42 of 100 (likely, in 90 of 100 worlds, 12 to 70); with this deal 49."
    )
    plain = overall_sentence(replace(moved, effects=()))
    assert plain == told.replace("; with this deal 49", "")
    # Without an interval any mean is likely; a deal may take all of it.
    open_ended = overall_sentence(replace(moved, overall_interval=None, overall_in_context=0.0))
    assert open_ended.endswith(" worlds, 0 to 100); with this deal 0.")


def test_without_a_prediction_there_is_no_overall_figure(brief_of):
    assert overall_sentence(brief_of("UKR", "POL").friction) == ""
    known = brief_of("NLD", "JPN").friction
    assert overall_sentence(replace(known, overall=None)) == ""
    assert overall_sentence(replace(known, overall_percentile=None)) == ""


def move_on_pace(brief):
    found = brief.friction.topic("patience_pace")
    assert any(t is found for stage in brief.stages for t in stage.first)
    return found.topic.at(found.pole_of("a")).move


def test_a_fixed_date_is_met_by_an_earlier_start_and_not_by_a_longer_timetable(brief_of):
    assert move_on_pace(brief_of("NLD", "CHN")).startswith("Add a third to half to your timetable")
    fixed = move_on_pace(brief_of("NLD", "CHN", Deal(tight_deadline=True)))
    assert fixed == (
        "Your date is fixed, so start a third to half earlier than you would at home, bring fewer"
        " items, and agree with them what is decided when."
    )
    # From the other side the slow one is ours: nothing there asks for more time.
    usual, rushed = (brief_of("CHN", "NLD", d) for d in (Deal(), Deal(tight_deadline=True)))
    assert move_on_pace(usual) == move_on_pace(rushed)


def test_a_move_of_the_deal_stands_at_the_side_it_was_written_for(brief_of):
    rushed = Deal(tight_deadline=True)
    friction = brief_of("NLD", "CHN").friction
    found = friction.topic("patience_pace")
    high, low = found.topic.high, found.topic.low
    assert (high.instead, len(low.instead)) == ((), 1)
    turned = changed(
        found.topic,
        high=changed(high, instead=low.instead),
        low=changed(low, instead=()),
    )
    for topic, expected in (
        (found.topic, (high.move, low.instead[0].text)),
        (turned, (low.instead[0].text, low.move)),
    ):
        one = replace(friction, topics=(replace(found, topic=topic),))
        held = with_moves_of_the_deal(one, rushed).topics[0].topic
        assert (held.high.move, held.low.move) == expected
        assert with_moves_of_the_deal(one, Deal()) == one


def test_a_topic_that_the_deal_names_is_listed_or_told_why_not(brief_of):
    brief = brief_of("NLD", "JPN", Deal(ip_at_stake=True))
    found = brief.friction.topic("safeguards_IP_exclusivity")
    assert found not in brief.top
    rival = next(t for t in brief.top if t.topic.family == found.topic.family)
    assert brief.left_out == (
        f"IP or designs at stake: “safeguards” ({round(found.in_context)} of 100) stands stage by"
        f" stage: “{rival.topic.title_in_sentence}” is listed for its area.",
    )
    assert brief_of("NLD", "JPN").left_out == ()


def test_a_named_topic_below_the_middle_is_said_to_be_narrow(brief_of):
    brief = brief_of("USA", "AUS", Deal(ip_at_stake=True))
    assert [t for t in brief.top if t.topic.id == "safeguards_IP_exclusivity"] == []
    (said,) = brief.left_out
    assert said.endswith(" is not listed, being narrower than in half of all country pairs.")


def test_a_named_topic_of_an_area_that_is_not_listed_comes_after_the_others(brief_of):
    deal = Deal(ip_at_stake=True)
    friction = brief_of("NLD", "JPN", deal).friction
    found = friction.topic("safeguards_IP_exclusivity")
    others = [t for t in predicted(friction) if t.topic.family != found.topic.family]
    (said,) = left_out_sentences(friction, others, deal)
    assert said == (
        f"IP or designs at stake: “safeguards” ({round(found.in_context)} of 100) stands stage by"
        " stage: other areas come first."
    )


def test_a_named_topic_that_is_listed_or_has_no_value_needs_no_reason(brief_of):
    deal = Deal(ip_at_stake=True)
    friction = brief_of("NLD", "JPN", deal).friction
    found = friction.topic("safeguards_IP_exclusivity")
    assert left_out_sentences(friction, [found], deal) == ()
    unknown = replace(friction, topics=(replace(found, in_context=None, band=None),))
    assert left_out_sentences(unknown, (), deal) == ()


@pytest.mark.parametrize(("effect", "told"), [(0.5, True), (0.0, False), (-0.5, False)])
def test_what_a_circumstance_adds_is_what_the_person_says_it_does(brief_of, effect, told):
    deal = Deal(ip_at_stake=True, effects=(("ip_at_stake", effect),))
    assert bool(brief_of("NLD", "JPN", deal).left_out) == told


def test_what_they_hold_may_be_many_things(brief_of):
    brief = brief_of("NLD", "CHN", Deal(they_hold=("molds", "designs")))
    assert brief.orientation.why == (
        "Because they hold your molds and they hold your designs. Put into writing now where"
        " what they hold is kept, who may use it and how it comes back, whatever else waits."
    )
