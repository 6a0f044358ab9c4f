import numpy as np
import pytest

from analysis.measures.registry import MEASURES
from analysis.reference import (
    build_reference,
    percentile,
    reference_distances,
    sample_covariance,
    yardstick_for,
)
from analysis.settings import make_settings


def reference_of(tables, **choice):
    settings = make_settings(tables, **choice)
    yardstick = yardstick_for(settings, settings.dimensions)
    return build_reference(tables, yardstick), yardstick


def test_the_default_set_is_62_countries_with_the_moments_of_the_methods(tables):
    reference, _ = reference_of(tables)
    assert len(reference.rows) == len(reference.complete) == 62
    assert len(reference.pairs[0]) == 1891
    assert reference.scores.mean(axis=0) == pytest.approx(
        [58.61, 45.76, 49.11, 66.95, 49.76, 47.50], abs=0.005
    )
    assert reference.covariance.diagonal() == pytest.approx(
        [425.78, 560.81, 411.45, 535.26, 522.71, 500.32], abs=0.005
    )
    deviation = np.sqrt(reference.covariance.diagonal())
    correlation = reference.covariance / np.outer(deviation, deviation)
    assert correlation[0, 1] == pytest.approx(-0.64, abs=0.005)
    assert correlation[4, 5] == pytest.approx(-0.51, abs=0.005)
    assert correlation[0, 5] == pytest.approx(-0.30, abs=0.005)
    assert np.linalg.cond(correlation) == pytest.approx(6.4, abs=0.05)


@pytest.mark.parametrize("measure", ["kogut_singh", "mahalanobis_kogut_singh"])
@pytest.mark.parametrize(
    "dimensions", [None, ["pdi", "idv", "mas", "uai"], ["pdi", "idv", "mas", "uai", "lto"]]
)
def test_the_mean_over_all_reference_pairs_is_two(tables, measure, dimensions):
    # The mean over pairs of a squared difference is twice the sample variance.
    reference, yardstick = reference_of(tables, dimensions=dimensions)
    distances = reference_distances(reference, yardstick, measure)
    assert distances.mean() == pytest.approx(2, abs=1e-12)


def test_each_dimension_has_its_own_rows_in_the_wider_sets(tables):
    wide, _ = reference_of(tables, reference="all", unrounded=True)
    framework = tables.frameworks["hofstede-2015"]
    for k in range(6):
        column = framework.scores_unrounded[:, k]
        assert wide.covariance[k, k] == pytest.approx(np.nanvar(column, ddof=1))


@pytest.mark.parametrize("reference_id", ["complete", "countries", "all"])
def test_every_reference_set_gives_a_covariance_to_divide_by(tables, reference_id):
    reference, _ = reference_of(tables, reference=reference_id)
    assert np.linalg.eigvalsh(reference.covariance).min() > 100


def test_pairwise_covariance_is_that_of_pandas(tables):
    pandas = pytest.importorskip("pandas")
    scores = tables.frameworks["hofstede-2015"].scores
    expected = pandas.DataFrame(scores).cov().to_numpy()
    assert sample_covariance(scores) == pytest.approx(expected)
    stack = np.stack([scores, 2 * scores])
    assert sample_covariance(stack)[1] == pytest.approx(4 * expected)


@pytest.mark.parametrize(
    ("measure", "points"),
    [
        ("konara_mohr", {10: 0.78, 25: 1.06, 50: 1.36, 75: 1.65, 90: 1.88, 95: 2.03}),
        ("mahalanobis", {10: 2.05, 50: 3.35, 90: 4.52}),
        ("manhattan", {50: 1.13, 90: 1.65}),
    ],
)
def test_the_cut_points_are_those_of_the_methods(tables, measure, points):
    reference, yardstick = reference_of(tables)
    distances = reference_distances(reference, yardstick, measure)
    for share, value in points.items():
        assert np.percentile(distances, share) == pytest.approx(value, abs=0.0051)


def test_measures_that_rank_alike_have_equal_percentiles(tables):
    reference, yardstick = reference_of(tables)
    for measure in MEASURES.values():
        own = reference_distances(reference, yardstick, measure.id)
        other = reference_distances(reference, yardstick, measure.same_order_as)
        for place in (0, 500, 1890):
            assert percentile(own[place], own) == percentile(other[place], other)


def test_percentile_counts_ties_half():
    distances = np.array([1.0, 2, 2, 3])
    assert percentile(2, distances) == 50  # one below, two equal: (1 + 1) / 4
    assert percentile(0.5, distances) == 0
    assert percentile(9, distances) == 100
    assert percentile(1, distances) == 12.5
    assert percentile(2 * (1 + 1e-13), distances) == 50  # equal but for the last digits
