"""Common ground is where the scores lie close, not where wide gaps happen to add up to nothing."""

from dataclasses import replace
from itertools import combinations

import pytest
from scipy.stats import norm

from analysis.deal import Deal
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


def test_a_balance_of_exactly_nought_is_none_of_100(knowledge, friction_of):
    friction = friction_of("NLD", "JPN")
    found = next(t for t in near(knowledge, friction) if is_balance(knowledge, t))
    even = replace(friction, topics=(replace(found, in_context=0.0),))
    (said,) = common_sentences(knowledge, even)
    assert (
        "(0 of 100) only because wide gaps behind it pull in opposite directions, so find out"
        in said
    )


def test_what_only_the_deal_makes_close_is_not_told_as_a_balance(knowledge, friction_of):
    # Safeguards, Mexico and the United Kingdom: 50.07 of 100 by the scores, odds of 1.0027. Three
    # circumstances take 1.4 from the log odds: 1.0027 * .2466 = .2473, which is 19.82 of 100.
    eased = Deal(country_experience=True, bicultural_adviser=True, prior_deals=True)
    friction = friction_of("MEX", "GBR", deal=eased)
    found = topic(friction, "safeguards_IP_exclusivity")
    assert (found.severity, found.in_context) == pytest.approx((50.07, 19.82), abs=0.005)
    alone = replace(friction, topics=(found,))
    assert near(knowledge, alone) == [found]
    assert common_ground(knowledge, alone) == ()
    (said,) = common_sentences(knowledge, alone)
    assert said.startswith(
        f"The scores show no common ground. “{found.topic.title}” comes out close (20 of 100) only"
        " because your deal eases it, from 50 by the scores alone, so find out"
    )


def test_every_pair_without_common_ground_is_told_what_lies_behind_it(knowledge, friction_of):
    eased = Deal(country_experience=True, bicultural_adviser=True, prior_deals=True)
    reasons = set()
    for a, b in combinations(("NLD", "JPN", "CHN", "USA", "BRA", "KOR", "MEX", "GBR"), 2):
        friction = friction_of(a, b, deal=eased)
        close = near(knowledge, friction)
        if not close or common_ground(knowledge, friction):
            continue
        (said,) = common_sentences(knowledge, friction)
        by_scores = close[0].severity < knowledge.friction.common_ground_below
        assert ("opposite directions" in said) == by_scores
        assert ("your deal eases" in said) != by_scores
        reasons.add(by_scores)
    assert reasons == {True, False}
