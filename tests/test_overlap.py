from math import erf, exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from analysis.overlap import overlap, people_per_country_spread


def test_people_spread_twice_as_wide_as_countries_at_a_fifth():
    assert people_per_country_spread(0.2) == 2
    assert people_per_country_spread(0.1) == 3
    assert people_per_country_spread(0.3) == pytest.approx(1.53, abs=0.005)


def test_the_sentence_of_the_methods():
    # NLD and CHN on individualism: 60 points of 23.681, so d = 1.27: 53 % overlap, PS = .815.
    found = overlap(60 / 23.681, 0.2)
    assert found.effect == pytest.approx(1.27, abs=0.005)
    assert found.share == pytest.approx(0.53, abs=0.005)
    assert found.superiority == pytest.approx(0.815, abs=0.0005)
    assert found.bhattacharyya == pytest.approx(exp(-(1.2668**2) / 8), abs=1e-4)


@given(st.floats(-6, 6), st.floats(0.1, 0.3))
def test_the_closed_forms_are_the_integrals(gap, share):
    found = overlap(gap, share)
    d = abs(gap) * sqrt(share / (1 - share))
    here, there = stats.norm(0), stats.norm(d)
    both, _ = integrate.quad(lambda x: min(here.pdf(x), there.pdf(x)), -9, d / 2)
    assert found.share == pytest.approx(2 * both, abs=1e-6)
    assert found.superiority == pytest.approx((1 + erf(d / 2)) / 2)


@given(st.floats(0, 6))
def test_the_same_population_overlaps_in_full_and_a_wider_gap_less(gap):
    assert overlap(0, 0.2).share == 1
    assert overlap(0, 0.2).superiority == 0.5
    assert overlap(gap, 0.2).share >= overlap(gap + 0.1, 0.2).share


def test_random_people_are_ordered_as_said():
    rng = np.random.default_rng(1)
    found = overlap(2.5, 0.2)
    first, second = rng.normal(found.effect, 1, 200_000), rng.normal(0, 1, 200_000)
    assert (first > second).mean() == pytest.approx(found.superiority, abs=0.005)


@pytest.mark.parametrize("share", [0, 1, -0.2, float("nan")])
def test_a_share_that_cannot_be_is_a_mistake_of_the_program(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        overlap(1, share)
