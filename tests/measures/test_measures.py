"""Values by hand and from SciPy; laws over the registry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.spatial import distance

from analysis.measures.registry import LISTED, MEASURES
from analysis.tables import load_tables

SOURCES = load_tables().sources
K = 5
# A covariance with real correlation, positive definite by construction.
ROOT = np.tril(np.arange(1.0, 26.0).reshape(K, K)) + 10 * np.eye(K)
COVARIANCE = ROOT @ ROOT.T
scores = hnp.arrays(float, K, elements=st.floats(1, 120))
weights = hnp.arrays(float, K, elements=st.floats(0.1, 3))
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))


@every_measure
@given(x=scores, y=scores, w=weights)
def test_not_negative_symmetric_and_within_its_bound(measure, x, y, w):
    there = measure.compute(x, y, COVARIANCE, w)
    assert there >= 0
    assert there == pytest.approx(measure.compute(y, x, COVARIANCE, w))
    if measure.upper_bound is not None:
        assert there <= measure.upper_bound


@every_measure
@given(x=scores, w=weights)
def test_a_party_is_at_no_distance_from_itself(measure, x, w):
    assert measure.compute(x, x, COVARIANCE, w) == 0


@pytest.mark.parametrize(
    "measure", [m for m in MEASURES.values() if m.is_metric], ids=lambda m: m.id
)
@given(x=scores, y=scores, z=scores, w=weights)
def test_a_metric_keeps_the_triangle_inequality(measure, x, y, z, w):
    detour = measure.compute(x, z, COVARIANCE, w) + measure.compute(z, y, COVARIANCE, w)
    assert measure.compute(x, y, COVARIANCE, w) <= detour + 1e-9


def test_the_squared_indices_break_the_triangle_inequality_and_are_no_metrics():
    # On a line at 0, 1 and 2 with variance 1: 2 squared is more than 1 squared twice.
    for name in ("kogut_singh", "mahalanobis_kogut_singh"):
        measure, unit = MEASURES[name], np.eye(1)
        ends = measure.compute([0.0], [2.0], unit)
        assert ends > measure.compute([0.0], [1.0], unit) + measure.compute([1.0], [2.0], unit)
        assert not measure.is_metric


@every_measure
@given(x=scores, y=scores)
def test_equal_weights_of_any_size_change_nothing(measure, x, y):
    plain = measure.compute(x, y, COVARIANCE)
    assert measure.compute(x, y, COVARIANCE, np.full(K, 2.5)) == pytest.approx(plain)


@every_measure
def test_a_matrix_of_pairs_is_the_single_pair_many_times(measure):
    x, y = np.random.default_rng(1).uniform(1, 120, (2, 7, K))
    together = measure.compute(x, y, COVARIANCE)
    assert together.shape == (7,)
    apart = [float(measure.compute(a, b, COVARIANCE)) for a, b in zip(x, y, strict=True)]
    assert together == pytest.approx(apart)


@every_measure
def test_a_stack_of_reference_sets_is_each_of_them_in_turn(measure):
    x, y = np.random.default_rng(2).uniform(1, 120, (2, 3, 4, K))
    stack = np.stack([COVARIANCE * factor for factor in (1, 2, 3)])
    together = measure.compute(x, y, stack)
    assert together.shape == (3, 4)
    for layer in range(3):
        assert together[layer] == pytest.approx(measure.compute(x[layer], y[layer], stack[layer]))


@every_measure
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_missing_score_is_refused_and_never_guessed(measure, bad):
    x = np.array([1.0, 2, 3, 4, bad])
    with pytest.raises(ValueError, match="missing or infinite score"):
        measure.compute(x, np.ones(K), COVARIANCE)


@every_measure
def test_shapes_that_do_not_fit_are_refused(measure):
    with pytest.raises(ValueError, match="do not match"):
        measure.compute(np.ones(K), np.ones(K - 1), COVARIANCE)
    with pytest.raises(ValueError, match="at least one dimension"):
        measure.compute(np.ones(0), np.ones(0), COVARIANCE)
    with pytest.raises(ValueError, match="weights must be"):
        measure.compute(np.ones(K), np.ones(K), COVARIANCE, np.zeros(K))


def test_a_spread_that_is_none_is_refused():
    with pytest.raises(ValueError, match="not above zero"):
        MEASURES["kogut_singh"].compute([1.0], [2.0], np.zeros((1, 1)))
    with pytest.raises(ValueError, match="not positive definite"):
        MEASURES["mahalanobis"].compute([1.0, 2], [2.0, 3], np.ones((2, 2)))
    with pytest.raises(ValueError, match="does not fit"):
        MEASURES["mahalanobis"].compute([1.0, 2], [2.0, 3], np.eye(3))
    with pytest.raises(ValueError, match="do not fit"):
        MEASURES["manhattan"].function([1.0, 2], [2.0, 3], [1.0])


def test_a_profile_of_zeros_has_no_angle():
    with pytest.raises(ValueError, match="no direction"):
        MEASURES["angle"].compute(np.zeros(K), np.ones(K), COVARIANCE)


@given(x=scores, y=scores)
def test_scipy_gives_the_same_distances(x, y):
    variance = COVARIANCE.diagonal()
    inverse = np.linalg.inv(COVARIANCE)
    expected = {
        "euclidean": distance.euclidean(x, y),
        "euclidean_standardised": distance.seuclidean(x, y, variance),
        "konara_mohr": distance.seuclidean(x, y, variance) / np.sqrt(K),
        "kogut_singh": distance.seuclidean(x, y, variance) ** 2 / K,
        "manhattan": distance.cityblock(x / np.sqrt(variance), y / np.sqrt(variance)) / K,
        "mahalanobis": distance.mahalanobis(x, y, inverse),
        "mahalanobis_kogut_singh": distance.mahalanobis(x, y, inverse) ** 2 / K,
    }
    for name, value in expected.items():
        assert MEASURES[name].compute(x, y, COVARIANCE) == pytest.approx(value, abs=1e-9), name
    cosine = np.clip(1 - distance.cosine(x, y), -1, 1)
    assert MEASURES["angle"].compute(x, y, COVARIANCE) == pytest.approx(
        np.degrees(np.arccos(cosine)), abs=2e-6
    )


@given(x=scores, y=scores, w=weights)
def test_scipy_gives_the_same_weighted_distances(x, y, w):
    scaled = w * K / w.sum()
    assert MEASURES["euclidean"].compute(x, y, COVARIANCE, w) == pytest.approx(
        distance.euclidean(x, y, scaled), abs=1e-9
    )
    z = np.sqrt(COVARIANCE.diagonal())
    assert MEASURES["manhattan"].compute(x, y, COVARIANCE, w) == pytest.approx(
        distance.cityblock(x / z, y / z, scaled) / K, abs=1e-9
    )


def test_mahalanobis_without_correlation_is_kogut_singh():
    x, y = np.array([38.0, 80, 14, 53, 67]), np.array([80.0, 20, 66, 30, 87])
    diagonal = np.diag(COVARIANCE.diagonal())
    assert MEASURES["mahalanobis_kogut_singh"].compute(x, y, diagonal) == pytest.approx(
        float(MEASURES["kogut_singh"].compute(x, y, diagonal))
    )


def test_weights_by_hand():
    # Gaps 3 and 4, variances 1 and 4, weights 3 and 1, scaled to a mean of one: 1.5 and 0.5.
    # (1.5 * 9 / 1 + 0.5 * 16 / 4) / 2 = (13.5 + 2) / 2 = 7.75
    value = MEASURES["kogut_singh"].compute([0.0, 0], [3.0, 4], np.diag([1.0, 4]), [3, 1])
    assert value == pytest.approx(7.75)


def test_small_angles_keep_their_digits():
    x = np.array([50.0, 50])
    tilted = np.array([50.0, 50 + 1e-7])
    # The tangent of the angle between (1, 1) and (1, 1 + e) is close to e / 2 for small e.
    assert MEASURES["angle"].compute(x, tilted, np.eye(2)) == pytest.approx(
        np.degrees(1e-9), rel=1e-5
    )


@every_measure
def test_each_measure_has_a_source_a_plain_word_and_a_rank(measure):
    assert measure.source_ids
    assert all(source in SOURCES for source in measure.source_ids)
    assert measure.plain
    assert measure.unit
    assert MEASURES[measure.same_order_as].same_order_as == measure.same_order_as


def test_what_restates_another_measure_is_not_listed_beside_it():
    assert [m.id for m in LISTED] == [
        "konara_mohr", "kogut_singh", "euclidean_standardised", "euclidean", "manhattan",
        "mahalanobis", "angle",
    ]  # fmt: skip
