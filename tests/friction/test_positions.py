"""Where parties stand; expected values come from the scores themselves, not from the formula."""

from itertools import combinations

import numpy as np
import pytest

from analysis.friction.positions import topic_gaps, topic_loadings, topic_positions
from analysis.reference import yardstick_for
from analysis.settings import make_settings

SIX = ("pdi", "idv", "mas", "uai", "lto", "ivr")


def by_hand(topic, z, dimensions=SIX):
    """The weighted sum of standardised scores, divided by its own spread over the countries."""
    raw = z @ np.array([topic.weights.get(d, 0.0) for d in dimensions])
    return raw / raw.std(ddof=1)


def test_every_topic_has_mean_0_and_variance_1_over_the_62_countries(usual):
    reference, _, against = usual
    positions = topic_positions(
        reference.scores, against.mean, reference.covariance, against.loadings
    )
    assert positions.shape == (62, 18)
    assert positions.mean(axis=0) == pytest.approx(np.zeros(18), abs=1e-12)
    assert positions.var(axis=0, ddof=1) == pytest.approx(np.ones(18))


def test_a_position_is_the_weighted_sum_of_standardised_scores(knowledge, usual):
    reference, z, against = usual
    positions = topic_positions(
        reference.scores, against.mean, reference.covariance, against.loadings
    )
    for place, topic in enumerate(knowledge.topics):
        assert positions[:, place] == pytest.approx(by_hand(topic, z)), topic.id


def test_a_gap_is_the_first_position_minus_the_second(usual):
    reference, _, against = usual
    positions = topic_positions(
        reference.scores, against.mean, reference.covariance, against.loadings
    )
    first, second = reference.pairs
    gaps = topic_gaps(
        reference.scores[first], reference.scores[second], reference.covariance, against.loadings
    )
    assert gaps.shape == (1891, 18)
    assert gaps == pytest.approx(positions[first] - positions[second])
    assert against.gaps == pytest.approx(np.sort(np.abs(gaps), axis=0).T)


@pytest.mark.parametrize("left_out", [("lto", "ivr"), ("idv",), ("uai",), ("pdi", "mas")])
def test_with_fewer_dimensions_the_topics_that_count_still_have_variance_1(
    knowledge, references, usual, left_out
):
    reference, z, _ = usual
    kept = [SIX.index(d) for d in SIX if d not in left_out]
    dimensions = tuple(SIX[k] for k in kept)
    covariance = reference.covariance[np.ix_(kept, kept)]
    loadings = topic_loadings(knowledge.topics, dimensions, covariance, 0.6)
    positions = topic_positions(
        reference.scores[:, kept], reference.scores[:, kept].mean(axis=0), covariance, loadings
    )
    for place, topic in enumerate(knowledge.topics):
        inside = sum(abs(w) for d, w in topic.weights.items() if d in dimensions)
        if inside > 0.6 * sum(map(abs, topic.weights.values())) - 1e-9:
            assert positions[:, place] == pytest.approx(by_hand(topic, z[:, kept], dimensions))
            assert positions[:, place].var(ddof=1) == pytest.approx(1)
        else:
            assert np.isnan(positions[:, place]).all(), topic.id


def test_with_the_classic_four_a_topic_needs_60_percent_of_its_weights(friction_of, tables):
    # Pace: .10 + .35 + .15 = .60 of 1.00 are left without .40 for LTO, which just does. Horizon:
    # .15 of 1.00 are left, restraint: .30 of 1.00, which does not.
    classic = make_settings(tables, dimensions=SIX[:4])
    found = friction_of("NLD", "CHN", classic)
    assert found.topic("patience_pace").severity is not None
    horizon, restraint = (found.topic(i) for i in ("long_horizon_roadmap", "emotional_restraint"))
    assert horizon.reason == "too little to go by without LTO"
    assert restraint.reason == "too little to go by without LTO and IVR"
    for topic in (horizon, restraint):
        assert (topic.gap, topic.severity, topic.interval, topic.high_side) == (None,) * 4
        assert (topic.in_context, topic.band, topic.probability, topic.felt_by_a) == (None,) * 4
        assert topic.drivers == topic.contested == ()
    assert [t.topic.id for t in found.topics if t.reason] == [horizon.topic.id, restraint.topic.id]
    # Time rests on the two that are left: a family's mean is over its topics with a value.
    left = [found.topic(i).severity for i in ("patience_pace", "holistic_agenda")]
    assert found.families["time"] == pytest.approx(sum(left) / 2)
    assert found.overall is not None


def test_a_gap_without_lto_is_that_of_the_weights_that_are_left(
    friction_of, knowledge, references, tables, usual
):
    classic = make_settings(tables, dimensions=SIX[:4])
    reference, z, _ = usual
    names = [tables.frameworks["hofstede-2015"].profile_ids[row] for row in reference.complete]
    here, there = names.index("NLD"), names.index("CHN")
    pace = by_hand(knowledge.topic_by_id["patience_pace"], z[:, :4], SIX[:4])
    found = friction_of("NLD", "CHN", classic).topic("patience_pace")
    assert found.gap == pytest.approx(pace[here] - pace[there])
    assert references.reference(yardstick_for(classic, SIX[:4])).covariance == pytest.approx(
        reference.covariance[:4, :4]
    )


def test_whatever_four_dimensions_a_distance_allows_there_is_an_overall_figure(friction_of, tables):
    counts = []
    for four in combinations(SIX, 4):
        if {"pdi", "idv"} & set(four):
            found = friction_of("NLD", "CHN", make_settings(tables, dimensions=four))
            counts.append(len(found.families))
            assert found.overall is not None
    assert min(counts) == 4  # what an overall figure takes at least
    assert max(counts) == 6


def test_a_topic_whose_weights_all_lie_elsewhere_has_no_position(knowledge):
    loadings = topic_loadings(knowledge.topics, ("ivr",), np.array([[500.0]]), 0.6)
    assert np.isnan(loadings).all()


def test_eighteen_topics_are_about_two_things(usual):
    # METHODS 7.1: 34 of 153 pairs of topics correlate above .9, effective dimensionality 2.1.
    reference, _, against = usual
    positions = topic_positions(
        reference.scores, against.mean, reference.covariance, against.loadings
    )
    alike = np.corrcoef(positions.T)
    assert (np.abs(alike[np.triu_indices(18, 1)]) > 0.9).sum() == 34
    roots = np.linalg.eigvalsh(alike)
    assert roots.sum() ** 2 / (roots**2).sum() == pytest.approx(2.1, abs=0.05)
