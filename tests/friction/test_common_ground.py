"""Common ground is where the scores lie close, not where wide gaps happen to add up to nothing."""

from dataclasses import replace
from itertools import combinations

import pytest
from scipy.stats import norm

from analysis.friction.ranking import common_ground, is_balance, near
from analysis.friction.words import common_sentences


def topic(friction, topic_id):
    return next(t for t in friction.topics if t.topic.id == topic_id)


def test_wide_gaps_that_offset_each_other_are_no_common_ground(knowledge, friction_of):
    # Who runs a meeting, Netherlands and Japan: masculinity alone pulls 1.08 standard deviations
    # one way, individualism and power distance together 1.11 the other; 0.03 is left.
    friction = friction_of("NLD", "JPN")
    found = topic(friction, "host_leads_rank_order")
    assert found.severity < 3
    assert found.gap == pytest.approx(-0.03, abs=0.01)
    share = sum(share for _, share in found.drivers if share < 0)
    whole = found.gap / sum(share for _, share in found.drivers)
    alone = -share * whole
    # The severity of a gap is its place among the gaps of two random parties: sd of root 2.
    assert found.one_way == pytest.approx(100 * (2 * norm.cdf(alone / 2**0.5) - 1), abs=0.01)
    assert found.one_way > 50
    assert is_balance(knowledge, found)
    assert found in near(knowledge, friction)
    assert found not in common_ground(knowledge, friction)


def test_a_topic_that_is_close_on_all_it_rests_on_stays_common_ground(knowledge, friction_of):
    # Bargaining, Germany and Brazil: neither side of it reaches the middle of all pairs alone.
    friction = friction_of("DEU", "BRA")
    found = topic(friction, "competitive_concessions")
    assert found.one_way < 50
    assert found in common_ground(knowledge, friction)


def test_one_way_is_never_less_than_the_gap_itself(friction_of):
    for a, b in combinations(("NLD", "JPN", "CHN", "USA", "BRA"), 2):
        for found in friction_of(a, b).topics:
            if found.severity is not None:
                assert found.one_way >= found.closed_form - 1e-9


def test_a_balance_is_told_as_one(knowledge, friction_of):
    friction = friction_of("NLD", "JPN")
    balanced = [t for t in near(knowledge, friction) if is_balance(knowledge, t)]
    (said,) = common_sentences(knowledge, replace(friction, topics=tuple(balanced)))
    assert said.startswith(f"The scores show no common ground. “{balanced[0].topic.title}” comes")
    assert "(2 of 100)" in said
    assert "opposite directions" in said
