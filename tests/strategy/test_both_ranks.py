"""One sentence where the distance of a pair and its friction rank far apart."""

import re
from dataclasses import replace

import numpy as np
import pytest

from analysis.comparison import compare
from analysis.settings import make_settings
from analysis.strategy.both_ranks import APART, ranks_sentence, topic_weights
from analysis.tables import load_tables

TABLES = load_tables()
COUNTRIES = [p.id for p in TABLES.profiles.values() if p.kind == "country"]


@pytest.fixture(scope="module")
def both(knowledge, references, friction_of):
    """Return the two ranks of a pair and the sentence about them."""

    def of(a, b, **changed):
        settings = make_settings(TABLES, **changed)
        pair, found = compare(references, a, b, settings, ()), friction_of(a, b, settings)
        far = None if pair.reason else pair.headline.percentile
        return far, found.overall_percentile, ranks_sentence(TABLES, knowledge, pair, found)

    return of


def test_a_pair_far_apart_with_middling_friction(both):
    # Masculinity: 3.99 standard deviations, 3.99^2 = 15.9 of 23.9 squares over all six. In the
    # topics: contest (0.6 + 0.25)/2, voice 0.2/4, rank 0.2/3, together 0.54 of six areas.
    assert both("NLD", "JPN")[2] == (
        "In distance they rank above 94 of 100 country pairs, in friction above 53, and both hold:"
        " masculinity (14 against 95) makes up 67 % of the distance but carries 9 % of the weight"
        " in the topics, and on 7 of 18 topics gaps pull in opposite directions."
    )


def test_a_pair_with_more_friction_than_distance(both):
    # Power distance and individualism carry 0.23 + 0.37 of the weight; evenly 2 of 6.
    assert both("IRL", "ETH")[2] == (
        "In distance they rank above 41 of 100 country pairs, in friction above 74, and both hold:"
        " individualism (70 against 27) and power distance (28 against 64) carry 60 % of the weight"
        " in the topics, where an even share is 33 %, and on 11 of 18 topics all gaps pull the same"
        " way."
    )


def test_the_weights_of_the_topics_are_one_in_all(knowledge, references):
    pair = compare(references, "NLD", "JPN", make_settings(TABLES), ())
    weights = topic_weights(knowledge, pair)
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["mas"] == pytest.approx(((0.6 + 0.25) / 2 + 0.2 / 4 + 0.2 / 3) / 6)
    classic = replace(pair, dimensions_used=("pdi", "idv", "mas", "uai"))
    assert sum(topic_weights(knowledge, classic).values()) == pytest.approx(1)


def test_it_is_said_where_the_ranks_differ_and_nowhere_else(both):
    drawn = np.random.default_rng(15).choice(len(COUNTRIES), (60, 2))
    said = set()
    for a, b in drawn:
        far, rub, sentence = both(COUNTRIES[a], COUNTRIES[b])
        apart = far is not None and rub is not None and abs(far - rub) >= APART
        assert bool(sentence) == apart
        if apart:
            said.add(rub > far)
            shares = [int(s) for s in re.findall(r"(\d+) %", sentence)]
            # What is named explains the direction: a larger share on the side that ranks higher.
            assert not shares or shares[0] > shares[1]
    assert said == {True, False}


def test_a_share_of_the_distance_is_only_given_for_a_distance_that_adds_up(both):
    assert "of the distance" not in both("NLD", "JPN", measure="mahalanobis")[2]
    assert both("NLD", "JPN", measure="manhattan")[2]


@pytest.mark.parametrize("pair", [("NLD", "NLD"), ("NLD", "ZAF"), ("KWT", "LBN")])
def test_without_both_ranks_nothing_is_said(both, pair):
    assert both(*pair)[2] == ""
