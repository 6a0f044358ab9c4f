import itertools
import statistics

import numpy as np
import pytest

from analysis.atlas.groups import OwnGroup, group_distances, group_profile
from analysis.comparison import compare
from analysis.settings import default_settings, make_settings

NORDIC = OwnGroup("nordic", "Nordic", ("DNK", "FIN", "NOR", "SWE"))
GULF = OwnGroup("gulf", "Gulf", ("KWT", "ARE", "SAU"))
EASTERN = OwnGroup("eastern", "Eastern", ("CHN", "JPN", "KOR", "TWN"))


def on(profile, dimension):
    return next(d for d in profile.dimensions if d.dimension == dimension)


def test_mean_and_spread_by_hand(tables, settings):
    found = on(group_profile(tables, NORDIC, settings), "pdi")
    # Power distance: Denmark 18, Finland 33, Norway 31, Sweden 31. Mean 113 / 4 = 28.25; squared
    # deviations 105.0625 + 22.5625 + 7.5625 + 7.5625 = 142.75, over 3 = 47.58, root 6.898.
    assert found.mean == 28.25
    assert found.spread == pytest.approx(6.898, abs=5e-4)
    assert found.counted == NORDIC.members
    assert (found.shared, found.lacking, found.reason) == ((), (), "")


def test_a_regions_score_counts_once(tables, settings):
    found = group_profile(tables, GULF, settings)
    # All three stand with the Arab countries' 80; Saudi Arabia has an indulgence of its own.
    assert on(found, "pdi").counted == ("KWT",)
    assert on(found, "pdi").shared == ("ARE", "SAU")
    assert on(found, "pdi").mean is None
    assert on(found, "pdi").reason == "one with a score, and a mean needs three"
    assert on(found, "ivr").counted == ("KWT", "SAU")


def test_who_lacks_a_score_is_named(tables, settings):
    group = OwnGroup("g", "G", ("NLD", "DEU", "FRA", "ISR", "XXX"))
    found = on(group_profile(tables, group, settings), "ivr")
    assert found.counted == ("NLD", "DEU", "FRA")
    assert found.lacking == ("ISR", "XXX")
    assert found.mean == pytest.approx((68 + 40 + 48) / 3)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_with_a_score_give_a_reason(tables, settings, count):
    group = OwnGroup("g", "G", NORDIC.members[:count])
    for found in group_profile(tables, group, settings).dimensions:
        assert found.mean is None
        assert found.spread is None
        assert "a mean needs three" in found.reason


def test_every_group_that_ships_has_a_mean_or_a_reason(tables, framework):
    settings = default_settings(tables, framework)
    for group in tables.groups.values():
        profile = group_profile(tables, group, settings)
        assert len(profile.dimensions) == len(tables.frameworks[framework].dimensions)
        for found in profile.dimensions:
            assert (found.mean is None) == bool(found.reason)
            assert {*found.counted, *found.shared, *found.lacking} == set(group.members)


def test_mean_distances_are_those_of_all_comparisons(references, settings):
    found = group_distances(references, [NORDIC, EASTERN], settings)

    def mean(pairs):
        return statistics.mean(
            compare(references, a, b, settings, ()).headline.value for a, b in pairs
        )

    inside = list(itertools.combinations(NORDIC.members, 2))
    across = list(itertools.product(NORDIC.members, EASTERN.members))
    assert found.matrix[0, 0] == pytest.approx(mean(inside))
    assert found.matrix[0, 1] == found.matrix[1, 0] == pytest.approx(mean(across))
    assert found.pairs.tolist() == [[6, 16], [16, 6]]
    assert found.reasons == {}


def test_a_member_of_both_groups_is_not_paired_with_itself(references, settings):
    found = group_distances(references, [NORDIC, NORDIC], settings)
    assert found.matrix[0, 1] == pytest.approx(found.matrix[0, 0])
    # Of 4 parties 4 * 3 / 2 = 6 pairs, each once.
    assert found.pairs[0, 1] == 6


def test_a_pair_inside_both_groups_counts_once(references, settings):
    # {A, B, C} with {B, C, D}: AB, AC, AD, BC, BD, CD. BC could be taken from either side.
    first = OwnGroup("first", "First", ("NLD", "DEU", "FRA"))
    second = OwnGroup("second", "Second", ("DEU", "FRA", "ITA"))
    found = group_distances(references, [first, second], settings)
    pairs = itertools.combinations(("NLD", "DEU", "FRA", "ITA"), 2)
    values = [compare(references, a, b, settings, ()).headline.value for a, b in pairs]
    assert found.pairs[0, 1] == 6
    assert found.matrix[0, 1] == pytest.approx(statistics.mean(values))


def test_the_european_union_and_the_g20_share_three_members(references, tables, settings):
    found = group_distances(references, [tables.groups[i] for i in ("eu", "g20")], settings)
    assert found.pairs[0, 1] == found.pairs[1, 0] == 462  # 465, three of them twice


def test_pairs_that_share_a_regional_score_do_not_count(references, settings):
    found = group_distances(references, [GULF, NORDIC], settings)
    assert np.isnan(found.matrix[0, 0])
    assert found.pairs[0, 0] == 0
    assert found.pairs[0, 1] == 12


def test_too_few_members_give_a_reason_and_an_empty_list_nothing(references, settings):
    few = OwnGroup("few", "Few", ("NLD", "ISR", "CHN"))  # Israel lacks indulgence
    found = group_distances(references, [few, NORDIC], settings)
    assert np.isnan(found.matrix[0]).all()
    assert found.reasons["few"] == "two with every score in use, and a mean distance needs three"
    assert group_distances(references, [], settings).matrix.shape == (0, 0)
    empty = group_distances(references, [OwnGroup("e", "E", ())], settings)
    assert np.isnan(empty.matrix).all()


def test_the_measure_can_be_chosen(references, tables, settings):
    by_setting = make_settings(tables, measure="manhattan")
    one = group_distances(references, [NORDIC], by_setting)
    other = group_distances(references, [NORDIC], settings, "manhattan")
    assert one.matrix[0, 0] == other.matrix[0, 0]
