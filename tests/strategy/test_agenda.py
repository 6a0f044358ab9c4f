"""The time of a meeting, stage by stage."""

from itertools import combinations

import pytest
from msgspec.structs import replace

from analysis.strategy.agenda import plan_agenda

TRUST_FIRST = "topic:trust_before_transaction:they_high"
DEAL_FIRST = "topic:trust_before_transaction:they_low"
MOVERS = (
    TRUST_FIRST, DEAL_FIRST, "topic:guarded_information_SO:they_high",
    "topic:indirect_face:they_high", "arms_length",
)  # fmt: skip
LENGTHS = range(15, 601)
STAGES = ["relationship_building", "information_exchange", "bargaining", "closing", "carrying_out"]


def minutes(knowledge, length, *flags):
    return {i.stage.id: i.minutes for i in plan_agenda(knowledge, length, frozenset(flags))}


def every_agenda(knowledge):
    for count in range(len(MOVERS) + 1):
        for flags in combinations(MOVERS, count):
            for length in LENGTHS:
                yield length, flags, minutes(knowledge, length, *flags)


def test_the_times_add_up_whatever_the_length_and_the_predictions(knowledge):
    for length, flags, times in every_agenda(knowledge):
        assert list(times) == STAGES
        assert sum(times.values()) == length, (length, flags)


def test_every_stage_has_some_time(knowledge):
    wrong = [
        (length, flags, times)
        for length, flags, times in every_agenda(knowledge)
        if min(times.values()) < 1
    ]
    assert wrong[:1] == []


def test_the_usual_times_of_a_hundred_minutes_are_the_shares(knowledge):
    # .30 .30 .20 .15 .05 of 100
    assert list(minutes(knowledge, 100).values()) == [30, 30, 20, 15, 5]


def test_a_prediction_moves_a_share_and_the_others_give_way(knowledge):
    # .42 .30 .20 .15 .05 are 1.12 together: of 120 steps of 5 minutes 45 32.1 21.4 16.1 5.4. Whole
    # steps are 45 32 21 16 5 = 119; the one left goes to the largest remainder, 21.43.
    assert list(minutes(knowledge, 600, TRUST_FIRST).values()) == [225, 160, 110, 80, 25]
    # .18 .30 .20 .15 .05 are .88: of 600, 122.7 204.5 136.4 102.3 34.1
    assert list(minutes(knowledge, 600, DEAL_FIRST).values()) == [125, 205, 135, 100, 35]


def test_one_stage_has_what_the_steps_leave_over(knowledge):
    for length in range(60, 601, 7):
        odd = [m for m in minutes(knowledge, length, TRUST_FIRST).values() if m % 5]
        assert len(odd) == (length % 5 > 0)


def test_from_fifty_minutes_on_the_stages_have_whole_steps(knowledge):
    # .30 .30 .20 .15 .05 of ten steps of 5 are 3 3 2 1.5 .5; the last has its one step at least.
    assert list(minutes(knowledge, 50).values()) == [15, 15, 10, 5, 5]
    # Of 49 minutes 14.7 14.7 9.8 7.35 2.45: the three left go to the largest remainders.
    assert list(minutes(knowledge, 49).values()) == [15, 15, 10, 7, 2]


def test_the_longest_stage_has_what_the_steps_leave_over(knowledge):
    # .15 .30 .20 .15 .05 are .85: of 18 steps 3.2 6.4 4.2 3.2 1.1, so 3 7 4 3 1; 92 - 90 = 2.
    assert list(minutes(knowledge, 92, "arms_length").values()) == [15, 37, 20, 15, 5]


def test_a_step_for_each_stage_is_taken_from_the_longest(knowledge):
    # .80 for bargaining and .05 for each other: of 15 minutes 12 and .75. One each makes 16.
    shares = dict.fromkeys(STAGES, 0.05) | {"bargaining": 0.8}
    stages = tuple(replace(s, minutes_share=shares[s.id]) for s in knowledge.stages)
    uneven = replace(knowledge, stages=stages)
    assert list(minutes(uneven, 15).values()) == [1, 1, 11, 1, 1]


@pytest.mark.parametrize(
    ("flag", "stage", "why"),
    [
        (TRUST_FIRST, "relationship_building", "they may want to know you first"),
        (
            "topic:socialising_as_diligence:they_high", "relationship_building",
            "they may want to know you first",
        ),
        (DEAL_FIRST, "relationship_building", "they may want to get to business"),
        (
            "topic:guarded_information_SO:they_high", "information_exchange",
            "answers may come step by step",
        ),
        ("topic:holistic_agenda:they_high", "closing", "a read-back takes time"),
        ("arms_length", "relationship_building", "this is a deal at arm’s length"),
    ],
)  # fmt: skip
def test_what_moved_a_stage_is_said_there(knowledge, flag, stage, why):
    for item in plan_agenda(knowledge, 90, {flag}):
        assert item.why == ((why,) if item.stage.id == stage else ())


def test_two_predictions_with_one_reason_count_once(knowledge):
    both = {TRUST_FIRST, "topic:patience_pace:they_high"}
    assert plan_agenda(knowledge, 90, both) == plan_agenda(knowledge, 90, {TRUST_FIRST})


def test_a_share_never_falls_below_the_least(knowledge):
    # .30 - .12 - .15 = .03, held at .05: of .75 together 6.7 % of 600 are 40.
    assert minutes(knowledge, 600, DEAL_FIRST, "arms_length")["relationship_building"] == 40


def test_the_brief_moves_its_agenda_by_its_own_predictions(brief_of):
    def building(brief):
        return next(i for i in brief.agenda if i.stage.id == "relationship_building")

    slow, quick = building(brief_of("NLD", "CHN")), building(brief_of("CHN", "NLD"))
    assert slow.minutes > quick.minutes
    assert slow.why == ("they may want to know you first",)
    assert quick.why == ("they may want to get to business",)
