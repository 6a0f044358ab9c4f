"""What a measure takes and refuses, its weights, and how an entry of the registry is built."""

import numpy as np
import pytest
from scipy.spatial import distance

from analysis.measures.angle import angle
from analysis.measures.manhattan import manhattan
from analysis.measures.registry import MEASURES, _measure

X, Y = np.array([38.0, 80, 14]), np.array([80.0, 20, 66])
COVARIANCE = np.array([[441.0, -300, 20], [-300, 900, 10], [20, 10, 400]])
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))


@every_measure
def test_whole_numbers_and_objects_count_as_the_numbers_they_are(measure):
    # A column of a frame may hold objects; a small whole-number type would wrap round at 256.
    expected = measure.compute(X, Y, COVARIANCE, [1.0, 2, 3])
    weights = np.array([1, 2, 3], dtype=object)
    for kind in (object, np.uint8):
        found = measure.compute(X.astype(kind), Y.astype(kind), COVARIANCE.astype(object), weights)
        assert found == pytest.approx(expected)
        assert np.asarray(found).dtype == float
    assert measure.compute(X.astype(object), Y, COVARIANCE) == measure.compute(X, Y, COVARIANCE)


@every_measure
@pytest.mark.parametrize(("x", "y"), [(1.0, X), (X, 1.0), (1.0, 1.0)])
def test_a_single_number_is_no_profile(measure, x, y):
    with pytest.raises(ValueError, match=r"^profiles of shapes .* do not match$"):
        measure.compute(x, y, COVARIANCE)


def test_every_refusal_says_what_is_wrong_in_full():
    ks, md = MEASURES["kogut_singh"], MEASURES["mahalanobis"]
    for call, said in {
        lambda: ks.compute(X, X[:2], COVARIANCE): ("profiles of shapes (3,) and (2,) do not match"),
        lambda: ks.compute([], [], COVARIANCE): "a profile needs at least one dimension",
        lambda: ks.compute(X, Y * np.inf, COVARIANCE): (
            "a profile holds a missing or infinite score"
        ),
        lambda: ks.function(X, Y, [1.0, 2]): ("variances of shape (2,) do not fit 3 dimensions"),
        lambda: ks.function(X, Y, [1.0, 2, 0]): (
            "a variance is missing, infinite or not above zero"
        ),
        lambda: ks.function(X, Y, [1.0, 2, np.inf]): (
            "a variance is missing, infinite or not above zero"
        ),
        lambda: md.compute(X, Y, COVARIANCE[:2, :2]): (
            "a covariance of shape (2, 2) does not fit 3 dimensions"
        ),
        lambda: md.compute(X, Y, COVARIANCE[0]): (
            "a covariance of shape (3,) does not fit 3 dimensions"
        ),
        lambda: md.compute(X, Y, COVARIANCE * np.nan): "a covariance is missing or infinite",
        lambda: md.compute(X, Y, np.ones((3, 3))): "the covariance is not positive definite",
        lambda: angle(X, 0 * Y): "a profile whose scores are all zero has no direction",
        lambda: ks.compute(X, Y, COVARIANCE, [1, 2]): (
            "weights must be 3 numbers above zero, not [1, 2]"
        ),
    }.items():
        with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole text is compared below
            call()
        assert str(raised.value) == said


def test_a_weight_multiplies_a_gap_and_never_divides_it():
    # Scaled to a mean of one 1, 2 and 3 are 0.5, 1 and 1.5; a gap goes with the root of its weight.
    weights = np.array([0.5, 1, 1.5])
    inverse = np.linalg.inv(COVARIANCE)
    gap = np.sqrt(weights) * (X - Y)
    expected = {
        "mahalanobis": np.sqrt(gap @ inverse @ gap),
        "mahalanobis_kogut_singh": gap @ inverse @ gap / 3,
        "kogut_singh": (weights * (X - Y) ** 2 / COVARIANCE.diagonal()).sum() / 3,
        "euclidean": np.sqrt((weights * (X - Y) ** 2).sum()),
        "manhattan": (weights * abs(X - Y) / np.sqrt(COVARIANCE.diagonal())).sum() / 3,
        "angle": np.degrees(np.arccos(1 - distance.cosine(X, Y, weights))),
    }
    for name, value in expected.items():
        found = MEASURES[name].compute(X, Y, COVARIANCE, [1, 2, 3])
        assert found == pytest.approx(value, rel=1e-12), name


def test_an_angle_does_not_depend_on_the_length_of_a_profile():
    # Also far below one point, where only a profile of zeros has no direction.
    assert angle([1e-3, 0.0], [1e-3, 1e-3]) == pytest.approx(45.0)
    assert angle([3.0, 4.0], [30.0, 40.0]) == pytest.approx(0.0, abs=1e-12)


def test_an_entry_of_the_registry_holds_what_it_is_given():
    entry = _measure(
        "short", "Label", "plain words", "the words", manhattan, "one-2001", "two-2002",
        formula="F", limits="L",
    )  # fmt: skip
    assert (entry.id, entry.label, entry.plain, entry.in_sentence, entry.function) == (
        "short", "Label", "plain words", "the words", manhattan,
    )  # fmt: skip
    assert entry.source_ids == ("one-2001", "two-2002")
    assert (entry.formula, entry.limits) == ("F", "L")
    # What most have need not be said: a metric in standard deviations, on the variances, with no
    # upper bound, ordering pairs like no other, for one dimension as for many.
    assert (entry.unit, entry.spread, entry.is_metric) == ("standard deviations", "variance", True)
    assert (entry.upper_bound, entry.fewest_dimensions) == (None, 1)
    assert (entry.same_order_as, entry.restates) == ("short", "")
    other = _measure(
        "other", "", "", "", angle, formula="", limits="", spread="none", unit="degrees",
        is_metric=False, upper_bound=180.0, same_order_as="short", restates="short",
        fewest_dimensions=2,
    )  # fmt: skip
    assert (other.unit, other.spread, other.is_metric) == ("degrees", "none", False)
    assert (other.upper_bound, other.fewest_dimensions) == (180.0, 2)
    assert (other.same_order_as, other.restates) == ("short", "short")
