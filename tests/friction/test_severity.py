"""Severity against SciPy, the counted pairs, and the figures of the method notes."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from analysis.comparison import compare
from analysis.friction.severity import (
    counted_severity,
    gap_error,
    severity,
    severity_in_context,
    weight_sensitivity,
)
from analysis.overlap import overlap
from analysis.settings import default_settings, make_settings

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "friction.json").read_text("utf-8"))
gaps = st.floats(-6, 6)


@given(gaps)
def test_the_closed_form_is_that_of_scipy(gap):
    assert severity(gap) == pytest.approx(100 * special.erf(abs(gap) / 2))
    assert severity(gap) == pytest.approx(100 * (2 * stats.norm.cdf(abs(gap) / np.sqrt(2)) - 1))


@given(gaps, gaps)
def test_a_wider_gap_is_never_less_severe(one, other):
    assert 0 <= severity(one) <= 100
    if abs(one) <= abs(other):
        assert severity(one) <= severity(other)
    assert severity(one) == severity(-one)


def test_no_gap_has_no_severity_and_a_missing_one_stays_missing():
    assert severity(0) == 0
    found = severity(np.array([[np.nan, 1.0]]))
    assert np.isnan(found[0, 0])
    # erf(.5) = .5205 (any table of the error function)
    assert found[0, 1] == pytest.approx(52.05, abs=0.005)


@pytest.mark.parametrize(("gap", "percentile"), [(0.95, 50), (1.63, 75), (2.33, 90)])
def test_the_bands_lie_at_the_quantiles_of_two_random_normal_countries(gap, percentile):
    # The difference of two standard normal positions has a spread of root 2.
    assert severity(gap) == pytest.approx(percentile, abs=0.5)
    assert stats.norm.ppf(0.5 + percentile / 200) * np.sqrt(2) == pytest.approx(gap, abs=0.01)


def test_it_is_calibrated_on_the_1891_pairs_as_the_methods_say(usual):
    # Greatest deviation of the closed form from the share of pairs, topic by topic: 1.5 to 9.3
    # points, in the middle about 3.5. The share is counted here with SciPy, ties half.
    _, _, against = usual
    assert against.gaps.shape == (18, 1891)
    greatest = []
    for row in against.gaps:
        share = 100 * (stats.rankdata(row) - 0.5) / len(row)
        greatest.append(np.abs(severity(row) - share).max())
    assert min(greatest) == pytest.approx(1.5, abs=0.05)
    assert max(greatest) == pytest.approx(9.3, abs=0.05)
    assert np.median(greatest) == pytest.approx(3.5, abs=0.2)


def test_counted_severity_is_the_share_of_narrower_pairs_with_ties_half():
    pairs = np.array([0.5, 1.0, 1.0, 2.0])
    assert counted_severity(0.2, pairs) == 0
    assert counted_severity(0.7, pairs) == 25  # 1 of 4
    assert counted_severity(1.0, pairs) == 50  # (1 + 2 / 2) of 4
    assert counted_severity(-1.0, pairs) == 50
    assert counted_severity(9.0, pairs) == 100


def test_counted_severity_rises_with_the_gap(usual):
    _, _, against = usual
    for row in against.gaps:
        found = [counted_severity(gap, row) for gap in np.linspace(0, 6, 200)]
        assert found == sorted(found)
        assert found[0] >= 0
        assert found[-1] == 100


@given(st.floats(0.01, 99.99), st.floats(-5, 5))
def test_a_circumstance_moves_the_log_odds(value, effect):
    moved = severity_in_context(value, effect)
    assert moved == pytest.approx(100 * special.expit(special.logit(value / 100) + effect))


@given(st.floats(-8, 8))
def test_nothing_and_everything_stay_where_they_are(effect):
    assert severity_in_context(0, effect) == 0
    assert severity_in_context(100, effect) == pytest.approx(100)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(-8, 8), st.floats(-8, 8))
def test_a_circumstance_keeps_the_order(low, high, less, more):
    low, high = sorted((low, high))
    less, more = sorted((less, more))
    assert severity_in_context(low, less) <= severity_in_context(high, less) + 1e-9
    assert severity_in_context(low, less) <= severity_in_context(low, more) + 1e-9
    assert 0 <= severity_in_context(high, more) <= 100 + 1e-9


@given(st.floats(0, 100))
def test_no_effect_changes_nothing_and_opposite_effects_cancel(value):
    assert severity_in_context(value, 0) == pytest.approx(value)
    there = severity_in_context(value, 0.4)
    assert severity_in_context(there, -0.4) == pytest.approx(value)


def test_a_circumstance_by_hand():
    # 50 of 100 are even odds; +.3 makes them e^.3 = 1.3499 to 1, which is 57.44 of 100.
    assert severity_in_context(50, 0.3) == pytest.approx(57.44, abs=0.005)
    assert severity_in_context(50, -0.3) == pytest.approx(100 - 57.44, abs=0.005)


@pytest.mark.parametrize(
    ("pair", "topic", "low", "high"),
    [
        ("NLD-CHN", "trust_before_transaction", 78, 97),
        ("USA-JPN", "trust_before_transaction", 87, 98),
        ("DEU-BRA", "trust_before_transaction", 16, 73),
        ("NLD-CHN", "long_horizon_roadmap", 15, 79),
    ],
)
def test_intervals_are_those_of_the_methods(friction_of, pair, topic, low, high):
    found = friction_of(*pair.split("-")).topic(topic)
    assert found.interval == pytest.approx((low, high), abs=1)


def test_the_error_of_a_gap_by_hand(knowledge, usual):
    # Horizon: -.15 UAI + .85 LTO. Errors of 7.5 points on both sides and both scores, independent:
    # SE = 7.5 * sqrt(2 * (.15^2 / 535.26 + .85^2 / 522.71)) / sqrt(w'Rw) = .3977 / sqrt(w'Rw)
    reference, z, against = usual
    error = gap_error(
        against.loadings, reference.covariance, np.full(len(against.loadings[0]), 7.5 * 2**0.5)
    )
    place = [t.id for t in knowledge.topics].index("long_horizon_roadmap")
    spread = (z @ [0, 0, 0, -0.15, 0.85, 0]).std(ddof=1)
    by_hand = 7.5 * np.sqrt(2 * (0.15**2 / 535.26 + 0.85**2 / 522.71)) / spread
    assert error[place] == pytest.approx(by_hand, abs=1e-5)
    assert gap_error(
        against.loadings, reference.covariance, np.full(len(against.loadings[0]), 15 * 2**0.5)
    ) == pytest.approx(2 * error)


def test_an_interval_is_the_gap_moved_by_1645_standard_errors(friction_of, knowledge, usual):
    reference, _, against = usual
    errors = gap_error(
        against.loadings, reference.covariance, np.full(len(against.loadings[0]), 7.5 * 2**0.5)
    )
    for pair in GOLDEN:
        for topic, error in zip(friction_of(*pair.split("-")).topics, errors, strict=True):
            edges = abs(topic.gap) + 1.645 * error * np.array([-1, 1])
            assert topic.interval == pytest.approx(100 * special.erf(np.maximum(edges, 0) / 2)), (
                topic.topic.id
            )
            assert topic.interval[0] <= topic.severity <= topic.interval[1]


def test_a_larger_error_of_the_scores_widens_every_interval(friction_of, tables):
    small, large = (
        friction_of("NLD", "CHN", make_settings(tables, score_error=error)) for error in (5, 10)
    )
    for narrow, wide in zip(small.topics, large.topics, strict=True):
        assert wide.interval[0] < narrow.interval[0] < narrow.interval[1] < wide.interval[1]
        assert wide.severity == narrow.severity
    assert large.overall_interval[0] < small.overall_interval[0]
    assert small.overall_interval[1] < large.overall_interval[1]


def test_a_gap_of_two_point_three_six_puts_80_of_100_pairs_of_people_this_way_round(friction_of):
    # METHODS 7.1: Phi(2.36 * sqrt(.2 / .8) / sqrt 2) = Phi(.834) = .798
    assert round(100 * overlap(2.36, 0.2).superiority) == 80
    found = friction_of("NLD", "CHN").topic("trust_before_transaction")
    assert abs(found.gap) == pytest.approx(2.36, abs=0.005)
    assert found.probability == pytest.approx(stats.norm.cdf(2.3613 / 2 / np.sqrt(2)), abs=1e-4)


def test_people_differ_more_surely_where_more_of_the_variation_is_between_countries(
    friction_of, tables
):
    likely = [
        friction_of("NLD", "CHN", make_settings(tables, between_share=share)).topics[0].probability
        for share in (0.1, 0.2, 0.3)
    ]
    assert likely == sorted(likely)
    assert likely[0] == pytest.approx(stats.norm.cdf(2.3613 / 3 / np.sqrt(2)), abs=1e-4)


@pytest.mark.parametrize(
    ("pair", "median", "kept"),
    [("NLD-CHN", 2.5, 0.80), ("USA-JPN", 5.0, 0.86), ("DEU-BRA", 5.8, 0.88)],
)
def test_shaken_weights_move_severities_as_the_methods_say(
    knowledge, references, usual, pair, median, kept
):
    # METHODS 7.1: median spread 2.5 to 5.8 points, at most 22, top five kept .80 to .88. Both come
    # from 2,000 draws, whose sampling error is about .1 point and .01.
    reference, _, _ = usual
    settings = default_settings(references.tables)
    compared = compare(references, *pair.split("-"), settings, ())
    z = np.array([compared.gaps[d].standardised for d in settings.dimensions])
    weights = np.array(
        [[topic.weights.get(d, 0) for d in settings.dimensions] for topic in knowledge.topics]
    )
    spread, overlap_of_top = weight_sensitivity(
        z, weights, np.corrcoef(reference.scores.T), knowledge.friction.sensitivity
    )
    assert np.median(spread) == pytest.approx(median, abs=0.15)
    assert spread.max() < 23
    assert overlap_of_top == pytest.approx(kept, abs=0.02)


def test_the_same_draws_are_made_each_time_and_a_single_weight_cannot_be_shaken(knowledge):
    how = knowledge.friction.sensitivity
    once, again = (
        weight_sensitivity(np.array([1.0, -2.0]), np.eye(2), np.eye(2), how) for _ in range(2)
    )
    assert once[0].tolist() == again[0].tolist()
    # A topic of one dimension is that dimension, whatever its weight.
    assert once[0] == pytest.approx([0, 0], abs=1e-9)
    assert once[1] == 1


def test_topics_of_one_severity_keep_their_order_at_the_end_of_the_top(knowledge):
    # Ten topics of no gap, then ten of the same gap of 1: whatever the factors, a topic of one
    # dimension is that dimension. Five of the ten are the top, always the same five.
    weights = np.repeat([[0.0, 1.0], [1.0, 0.0]], 10, axis=0)
    spread, kept = weight_sensitivity(
        np.array([1.0, 0.0]), weights, np.eye(2), knowledge.friction.sensitivity
    )
    assert spread == pytest.approx(np.zeros(20), abs=1e-9)
    assert kept == 1
