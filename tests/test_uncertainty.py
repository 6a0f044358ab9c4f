import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.comparison import compare, plain_references
from analysis.measures.registry import MEASURES
from analysis.profiles import build_profile
from analysis.reference import yardstick_for
from analysis.uncertainty import (
    DRAWS,
    interval,
    intervals,
    simulate_reference,
    simulated_scores,
    standard_errors,
)

GOLDEN = json.loads((Path(__file__).parent / "golden" / "methods.json").read_text("utf-8"))


@pytest.mark.parametrize("pair", GOLDEN)
def test_the_interval_is_that_of_the_methods(references, settings, pair):
    # Both come from 2,000 draws: the sampling error of such a limit is about 0.01.
    found = compare(references, *pair.split("-"), settings).headline
    assert found.interval == pytest.approx(GOLDEN[pair]["interval"], abs=0.03)


def test_two_far_pairs_cannot_be_told_apart(references, settings):
    nearer = compare(references, "USA", "JPN", settings).headline
    farther = compare(references, "NLD", "CHN", settings).headline
    assert nearer.interval[1] > farther.value > nearer.value > farther.interval[0]


def test_every_measure_lies_in_its_interval(references, settings):
    for pair in (("NLD", "CHN"), ("AUS", "USA"), ("ROU", "SRB"), ("ISR", "USA"), ("KEN", "DEU")):
        for result in compare(references, *pair, settings).measures.values():
            assert result.interval[0] <= result.value <= result.interval[1]
            low, high = result.percentile_interval
            assert 0 <= low <= result.percentile <= high <= 100


def test_the_same_call_gives_the_same_interval(tables, settings):
    once = compare(plain_references(tables), "NLD", "CHN", settings, ("konara_mohr",))
    again = compare(plain_references(tables), "NLD", "CHN", settings, ("konara_mohr",))
    assert once.headline == again.headline


def test_swapping_the_sides_changes_nothing_but_the_sign_of_the_gaps(references, settings):
    there, back = (
        compare(references, *pair, settings) for pair in (("NLD", "CHN"), ("CHN", "NLD"))
    )
    for name in MEASURES:
        assert there.measures[name] == back.measures[name]
    for d in there.gaps:
        assert there.gaps[d].points == -back.gaps[d].points


def test_a_larger_error_gives_a_wider_interval(references, settings):
    widths = []
    for error in (5.0, 7.5, 10.0):
        choice = replace(settings, score_error=error)
        low, high = compare(references, "DEU", "BRA", choice, ("konara_mohr",)).headline.interval
        widths.append(high - low)
    assert widths == sorted(widths)
    assert widths[2] > 1.5 * widths[0]


def test_the_errors_are_standard_normal_and_fixed():
    errors = standard_errors(117, 6)
    assert errors.shape == (DRAWS, 117, 6)
    assert errors.mean() == pytest.approx(0, abs=0.005)
    assert errors.std() == pytest.approx(1, abs=0.005)
    assert (errors == standard_errors(117, 6)).all()


def test_a_simulated_world_is_computed_like_the_real_one(references, settings, tables):
    # Without error every world is the real one: the kept distances are every fourth of the real.
    yardstick = yardstick_for(settings, settings.dimensions)
    reference = references.reference(yardstick)
    scores = tables.frameworks["hofstede-2015"].scores
    errors = references.errors("hofstede-2015")[:3]
    for name in MEASURES:
        world = simulate_reference(reference, scores, yardstick, name, 0.0, errors)
        real = references.distances(yardstick, name)[::4]
        assert world.distances[1] == pytest.approx(real, rel=1e-5)
        assert world.covariance[2] == pytest.approx(reference.covariance)


def test_the_interval_covers_the_truth_about_as_often_as_it_says(references, settings):
    # True scores are made up with the spread of real ones, observed with error, and the interval is
    # built on what was observed, as in the product. Squared gaps grow with noise, so coverage stays
    # a little below the nominal 95 %: 92 % over all pairs.
    rng = np.random.default_rng(7)
    reference = references.reference(yardstick_for(settings, settings.dimensions))
    real, error, (first, second) = reference.scores, settings.score_error, reference.pairs
    shrink = np.sqrt(1 - error**2 / reference.covariance.diagonal())
    km = MEASURES["konara_mohr"].function
    covered = []
    for _ in range(8):
        truth = real.mean(axis=0) + (real - real.mean(axis=0)) * shrink
        truth = truth[rng.permutation(len(truth))]
        observed = truth + rng.normal(0, error, truth.shape)
        worlds = observed + rng.normal(0, error, (400, *truth.shape))
        spread = worlds.var(axis=1, ddof=1)[:, None]
        simulated = km(worlds[:, first], worlds[:, second], spread)
        low, high = np.quantile(simulated, (0.025, 0.975), axis=0)
        true = km(truth[first], truth[second], truth.var(axis=0, ddof=1))
        covered.append((low <= true) & (true <= high))
    assert 0.88 < np.mean(covered) < 0.97


@pytest.mark.parametrize("measure", ["konara_mohr", "kogut_singh", "mahalanobis", "angle"])
def test_many_pairs_at_once_have_the_intervals_of_each_alone(references, settings, measure):
    tables = references.tables
    framework = tables.frameworks[settings.framework]
    yardstick = yardstick_for(settings, settings.dimensions)
    columns = references.reference(yardstick).columns
    errors = references.errors(framework.id)
    simulated = references.simulated(
        yardstick, MEASURES[measure].same_order_as, settings.score_error
    )
    pairs = [("NLD", "CHN"), ("USA", "JPN"), ("SWE", "NOR")]
    worlds = {
        i: simulated_scores(
            framework, build_profile(tables, i, settings), columns, settings.score_error, errors
        )
        for pair in pairs
        for i in pair
    }
    first, second = (np.stack([worlds[pair[side]] for pair in pairs], axis=1) for side in (0, 1))
    together = intervals(first, second, yardstick, measure, simulated)
    for (a, b), found in zip(pairs, together.tolist(), strict=True):
        alone = interval(worlds[a], worlds[b], yardstick, measure, simulated)
        assert found == pytest.approx([*alone.value, *alone.percentile], abs=1e-9)
