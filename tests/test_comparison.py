import json
from dataclasses import replace
from math import erf, sqrt
from pathlib import Path

import pytest

from analysis.comparison import compare
from analysis.errors import UnknownProfileError
from analysis.refusal import what_helps
from analysis.settings import make_settings

GOLDEN = Path(__file__).parent / "golden"
METHODS = json.loads((GOLDEN / "methods.json").read_text("utf-8"))
REPLICATION = json.loads((GOLDEN / "replication.json").read_text("utf-8"))
CLASSIC = ["pdi", "idv", "mas", "uai"]
NO_INTERVALS = ()


@pytest.mark.parametrize("pair", METHODS)
def test_values_and_ranks_are_those_of_the_methods(references, settings, pair):
    found, expected = compare(references, *pair.split("-"), settings), METHODS[pair]
    assert [gap.points for gap in found.gaps.values()] == expected["gaps"]
    for name, value in expected["values"].items():
        digits = {"euclidean": 5e-4, "angle": 5e-3}.get(name, 5e-5)
        assert found.measures[name].value == pytest.approx(value, abs=digits * 1.01), name
    for name, rank in expected["percentiles"].items():
        assert found.measures[name].percentile == pytest.approx(rank, abs=0.051), name


@pytest.mark.parametrize("pair", METHODS)
def test_the_classic_four_give_their_own_index(references, tables, pair):
    found = compare(
        references, *pair.split("-"), make_settings(tables, dimensions=CLASSIC), NO_INTERVALS
    )
    expected = METHODS[pair]["kogut_singh_classic"]
    assert found.measures["kogut_singh"].value == pytest.approx(expected, abs=5.1e-5)
    assert found.dimensions_used == tuple(CLASSIC)


@pytest.mark.parametrize("pair", METHODS)
def test_overlaps_are_those_of_the_methods(references, settings, pair):
    found, expected = compare(references, *pair.split("-"), settings, NO_INTERVALS), METHODS[pair]
    shown = [gap.overlap for gap in found.gaps.values()]
    assert [o.effect for o in shown] == pytest.approx(expected["effects"], abs=0.0051)
    assert [o.share for o in shown] == pytest.approx(expected["overlaps"], abs=0.0051)
    both = (found.overlap_independent.share, found.overlap_correlated.share)
    assert both == pytest.approx(expected["overall"], abs=0.0051)


@pytest.mark.parametrize("pair", REPLICATION)
@pytest.mark.parametrize("dimensions", ["classic", "six"])
def test_published_index_tables_are_replicated_to_six_decimals(
    references, tables, pair, dimensions
):
    settings = make_settings(
        tables,
        reference="all",
        unrounded=True,
        dimensions=CLASSIC if dimensions == "classic" else None,
    )
    found = compare(references, *pair.split("-"), settings, NO_INTERVALS)
    expected = REPLICATION[pair][dimensions]
    assert found.measures["kogut_singh"].value == pytest.approx(expected, abs=5.1e-7)


def test_a_missing_dimension_is_left_out_on_both_sides_and_among_the_reference_pairs(
    references, settings
):
    found = compare(references, "ISR", "USA", settings, NO_INTERVALS)
    assert found.dimensions_used == ("pdi", "idv", "mas", "uai", "lto")
    assert found.gaps["ivr"].points is None
    assert found.gaps["ivr"].reason == "a score is missing"
    # (27**2/425.78 + 37**2/560.81 + 15**2/411.45 + 35**2/535.26 + 12**2/522.71) / 5
    assert found.measures["kogut_singh"].value == pytest.approx(1.4529, abs=1e-3)
    same_five = make_settings(references.tables, weights={"ivr": 0})
    complete = compare(references, "NLD", "CHN", same_five, NO_INTERVALS)
    assert complete.reference_pairs == found.reference_pairs == 1891


def test_regional_scores_stand_in_and_can_be_switched_off(references, settings):
    found = compare(references, "KEN", "DEU", settings, NO_INTERVALS)
    assert not found.reason
    assert found.gaps["pdi"].points == 64 - 35
    off = compare(references, "KEN", "DEU", replace(settings, published_only=True))
    assert off.measures == {}
    assert off.reason.startswith("There is no distance between Kenya and Germany: they share no")
    assert "Switching off “published scores only” lets the scores of East Africa" in off.reason


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (
            ("UKR", "POL"),
            "There is no distance between Ukraine and Poland: they share two scores (long-term"
            " orientation and indulgence), and a distance needs at least four. Ukraine has no score"
            " on power distance, individualism, masculinity or uncertainty avoidance. Both have"
            " scores in another framework: choose Inglehart-Welzel 2023 or Tightness 2011 under"
            " Settings.",
        ),
        (
            ("AND", "FRA"),
            "There is no distance between Andorra and France: they share one score (indulgence),"
            " and a distance needs at least four. Andorra has no score on power distance,"
            " individualism, masculinity, uncertainty avoidance or long-term orientation. Both have"
            " scores in another framework: choose Inglehart-Welzel 2023 under Settings.",
        ),
        (
            ("NLD", "NLD"),
            "Both sides are the Netherlands, so there is nothing to compare. Choose another party"
            " on one side.",
        ),
        (
            ("KWT", "LBN"),
            "There is no distance between Kuwait and Lebanon: both stand with the one set of scores"
            " published for the Arab countries, which cannot tell them apart. Choose a country with"
            " scores of its own on one side.",
        ),
    ],
)
def test_a_pair_without_a_distance_has_a_reason(references, settings, pair, said):
    found = compare(references, *pair, settings)
    assert found.reason == said
    assert found.measures == {}
    assert found.overlap_independent is None


def test_one_regional_score_on_both_sides_says_nothing(references, settings):
    # Egypt has its own LTO and IVR; on the other four it stands where Kuwait stands.
    found = compare(references, "EGY", "KWT", settings)
    assert found.dimensions_used == ("lto", "ivr")
    assert found.gaps["pdi"].points is None
    assert found.gaps["pdi"].reason == "same regional score"
    assert "the one score published for the Arab countries" in found.reason


def test_a_country_without_scores_names_its_part_that_has_them(references, tables, settings):
    said = compare(references, "ZAF", "NLD", settings).reason
    part = "only a part of it has enough scores, the white South African sample"
    assert f"or uncertainty avoidance; {part}, which does not stand for the whole. Both" in said
    assert said.endswith("choose Inglehart-Welzel 2023 under Settings.")
    assert f"Here {part}, which does not stand" in what_helps(tables, "ZAF", settings)
    assert "a part of it" not in compare(references, "EGY", "KWT", settings).reason


def test_a_region_against_a_country_counted_in_it_has_no_distance(references, settings):
    assert "cannot tell them apart" in compare(references, "ARAB", "KWT", settings).reason


def test_south_africa_has_too_few_scores_and_its_white_sample_is_another_party(
    references, settings
):
    assert compare(references, "ZAF", "USA", settings).dimensions_used == ("lto", "ivr")
    sample = compare(references, "ZAF-WHITE", "USA", settings, NO_INTERVALS)
    assert sample.dimensions_used == tuple(CLASSIC)


def test_contributions_add_up_to_the_index(references, settings):
    found = compare(references, "NLD", "CHN", settings, NO_INTERVALS)
    assert sum(gap.contribution for gap in found.gaps.values()) == pytest.approx(1)
    squares = sum(gap.standardised**2 for gap in found.gaps.values())
    assert squares / 6 == pytest.approx(found.measures["kogut_singh"].value)


def test_weights_move_the_distance(references, tables):
    plain = compare(references, "NLD", "CHN", make_settings(tables), NO_INTERVALS)
    tilted = compare(
        references, "NLD", "CHN", make_settings(tables, weights={"mas": 3}), NO_INTERVALS
    )
    assert tilted.headline.value > plain.headline.value  # masculinity is one of the widest gaps
    without = compare(
        references, "NLD", "CHN", make_settings(tables, weights={"mas": 0}), NO_INTERVALS
    )
    assert "mas" not in without.dimensions_used


def test_intervals_are_only_computed_for_the_measures_asked_for(references, settings):
    found = compare(references, "NLD", "CHN", settings, ("angle",))
    assert found.measures["angle"].interval is not None
    assert found.measures["konara_mohr"].interval is None


def test_an_unknown_id_is_an_error(references, settings):
    with pytest.raises(UnknownProfileError, match="“XXX”"):
        compare(references, "XXX", "CHN", settings)


def test_adding_a_party_elsewhere_never_changes_a_pair(references, settings):
    before = compare(references, "NLD", "CHN", settings, NO_INTERVALS)
    compare(references, "ISR", "KEN", settings, NO_INTERVALS)
    assert compare(references, "NLD", "CHN", settings, NO_INTERVALS) == before


def test_the_three_corrected_figures_by_hand():
    # DEU-BRA: 34^2 + 29^2 + 17^2 + 11^2 + 39^2 + 19^2 = 4289, whose root is 65.49046.
    assert sqrt(34**2 + 29**2 + 17**2 + 11**2 + 39**2 + 19**2) == pytest.approx(65.49046, abs=5e-6)
    # USA-JPN at a share of .2: d = z / 2, overlap = 2 * Phi(-d / 2) = 1 - erf(d / 2 / sqrt 2).
    assert 1 - erf(14 / 20.634 / 2 / 2 / sqrt(2)) == pytest.approx(0.8653, abs=5e-5)
    assert 1 - erf(45 / 23.681 / 2 / 2 / sqrt(2)) == pytest.approx(0.6347, abs=5e-5)
