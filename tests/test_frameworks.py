"""The frameworks that ship beside Hofstede's, held against what their publishers printed."""

import csv
import hashlib

import numpy as np
import pytest

from analysis.tables import DATA_FOLDER

GLOBE = ("globe-2004-practices", "globe-2004-values")
GLOBE_DIMENSIONS = ("ua", "fo", "pd", "ic", "ho", "po", "ig", "ge", "as")

# Taken with awk from the publishers' tables: rows, sum and sum of squares by dimension.
# GLOBE is without its Czech row.
TOTALS = {
    "globe-2004-practices": {
        "ua": (61, 253.8678, 1078.453322),
        "fo": (61, 234.5594, 914.778808),
        "pd": (61, 315.3120, 1639.842589),
        "ic": (61, 259.0950, 1111.291942),
        "ho": (61, 249.1987, 1031.112055),
        "po": (61, 249.9692, 1034.367279),
        "ig": (61, 312.9276, 1637.232354),
        "ge": (61, 205.5538, 700.796218),
        "as": (61, 252.4101, 1052.729930),
    },
    "globe-2004-values": {
        "ua": (61, 281.9522, 1325.218700),
        "fo": (61, 334.5713, 1844.914600),
        "pd": (61, 167.4774, 467.121641),
        "ic": (61, 288.3350, 1377.286162),
        "ho": (61, 330.7511, 1797.204578),
        "po": (61, 362.2693, 2158.206177),
        "ig": (61, 345.4196, 1963.478986),
        "ge": (61, 274.9638, 1253.325148),
        "as": (61, 233.2337, 916.826036),
    },
    "inglehart-welzel-2023": {
        "tsr": (115, -35.3847, 110.746966),
        "sse": (115, 9.8279, 157.337482),
    },
    "tightness-2011": {"tight": (33, 214.2, 1639.04)},
}


def score_rows():
    with (DATA_FOLDER / "tables/scores.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digest(lines):
    return hashlib.sha256("".join(sorted(f"{line}\n" for line in lines)).encode()).hexdigest()


def score(framework, profile, dimension):
    return framework.scores[framework.row(profile), framework.dimension_ids.index(dimension)]


def test_five_frameworks_ship_and_the_matrix_of_2015_comes_first(tables):
    assert list(tables.frameworks) == ["hofstede-2015", *TOTALS]


@pytest.mark.parametrize("framework_id", TOTALS)
def test_counts_and_sums_are_those_of_the_published_table(tables, framework_id):
    framework = tables.frameworks[framework_id]
    assert framework.dimension_ids == tuple(TOTALS[framework_id])
    for column, (count, total, squares) in enumerate(TOTALS[framework_id].values()):
        scores = framework.scores[:, column]
        assert np.isfinite(scores).sum() == count == len(framework.profile_ids)
        assert scores.sum() == pytest.approx(total, abs=1e-6)
        assert (scores**2).sum() == pytest.approx(squares, abs=1e-6)


def test_each_globe_score_of_a_whole_country_stands_where_it_belongs(tables):
    # The digest was taken with awk and sha256sum from the published table: rows of whole countries
    # as lines "ITA,ua,3.7876,4.4680" (practice, value), sorted by byte, without the Czech row.
    found = {}
    for row in score_rows():
        whole = "-" not in row["profile"] and row["profile"] not in {"GBR", "CAN"}
        if row["framework"] in GLOBE and whole:
            found.setdefault((row["profile"], row["dimension"]), []).append(row["value"])
    lines = [",".join([*cell, *values]) for cell, values in found.items()]
    assert len(lines) == 53 * 9
    assert digest(lines) == "4491f1725a115dbeba6cae7cc311077cea9287dab89098d548c91b049be25e22"


def test_each_point_of_the_map_stands_where_it_belongs():
    # The digest was taken with awk and sha256sum: lines "SWE,tsr,1.1067", sorted by byte.
    lines = [
        f"{row['profile']},{row['dimension']},{row['value']}"
        for row in score_rows()
        if row["framework"] == "inglehart-welzel-2023"
    ]
    assert len(lines) == 230
    assert digest(lines) == "92b7ab439390cbfa4a0e3577f02bb0a6b91dba6fdf71a36899bd9e8513b3cd3d"


def test_each_tightness_score_of_a_country_stands_where_it_belongs():
    # The digest was taken with awk and sha256sum: lines "NOR,9.5", without the two German samples.
    lines = [
        f"{row['profile']},{row['value']}"
        for row in score_rows()
        if row["framework"] == "tightness-2011" and not row["profile"].startswith("DEU")
    ]
    assert len(lines) == 31
    assert digest(lines) == "0a0b1676ae5815a2b832d74ea10fe36373b2bbe37cb3f25db87a0aeae2e267b0"


@pytest.mark.parametrize("framework_id", GLOBE)
def test_globe_has_no_czech_row(tables, framework_id):
    framework = tables.frameworks[framework_id]
    assert framework.dimension_ids == GLOBE_DIMENSIONS
    assert "CZE" not in framework.profile_ids
    assert "Czech" in framework.note


@pytest.mark.parametrize("framework_id", GLOBE)
def test_two_samples_of_a_country_stay_apart_and_never_stand_for_it(tables, framework_id):
    rows = tables.frameworks[framework_id].profile_ids
    assert {"DEU-EAST", "DEU-WEST", "ZAF-BLACK", "ZAF-WHITE", "CHE-DE", "CHE-FR"} <= set(rows)
    assert not {"DEU", "ZAF", "CHE"} & set(rows)


@pytest.mark.parametrize(
    ("profile", "dimension", "practice", "value"),
    [  # from the published table
        ("DEU-EAST", "pd", 5.5360, 2.6880), ("DEU-WEST", "pd", 5.2518, 2.5447),
        ("ZAF-BLACK", "ua", 4.5935, 4.7913), ("ZAF-WHITE", "ua", 4.0897, 4.6703),
        ("CHE-DE", "as", 4.5063, 3.2096), ("CHE-FR", "as", 3.4697, 3.7803),
        ("GBR", "ge", 3.6716, 5.1716), ("CAN", "ig", 4.2646, 5.9702),
        ("SWE", "ic", 5.2237, 3.9402), ("JPN", "as", 3.5943, 5.5645),
    ],
)  # fmt: skip
def test_the_samples_are_not_mixed_up(tables, profile, dimension, practice, value):
    for framework_id, expected in zip(GLOBE, (practice, value), strict=True):
        assert score(tables.frameworks[framework_id], profile, dimension) == expected


def test_a_sample_of_part_of_a_country_is_named_where_it_stands_for_the_country(tables):
    for framework_id in GLOBE:
        locators = tables.frameworks[framework_id].locators
        assert "England only" in locators["GBR"]
        assert "English speakers only" in locators["CAN"]


def test_the_two_german_samples_of_tightness_stay_apart(tables):
    framework = tables.frameworks["tightness-2011"]
    assert score(framework, "DEU-EAST", "tight") == 7.5
    assert score(framework, "DEU-WEST", "tight") == 6.5
    assert "DEU" not in framework.profile_ids


def test_sweden_is_high_and_qatar_low_on_both_axes_of_the_map(tables):
    framework = tables.frameworks["inglehart-welzel-2023"]
    for column, dimension in enumerate(framework.dimension_ids):
        everyone = framework.scores[:, column]
        assert score(framework, "SWE", dimension) > np.percentile(everyone, 90)
        assert score(framework, "QAT", dimension) < np.median(everyone)
    assert score(framework, "QAT", "tsr") == framework.scores[:, 0].min()


def test_old_points_of_the_map_are_named_with_their_year(tables):
    framework = tables.frameworks["inglehart-welzel-2023"]
    years = {i: int(locator[-4:]) for i, locator in framework.locators.items()}
    assert {i: year for i, year in years.items() if year < 2007} == {
        "DOM": 1996, "TZA": 2001, "UGA": 2001, "ISR": 2001, "SAU": 2003,
    }  # fmt: skip
    for year in ("1996", "2001", "2003"):
        assert year in framework.note


def test_every_framework_has_its_rows_in_the_order_of_the_profiles(tables):
    order = list(tables.profiles)
    for framework in tables.frameworks.values():
        rows = list(framework.profile_ids)
        assert rows == sorted(rows, key=order.index)
    for framework_id in TOTALS:
        held = [r["profile"] for r in score_rows() if r["framework"] == framework_id]
        assert held == sorted(held, key=order.index)


def test_every_drawn_axis_holds_the_scores_of_the_newer_frameworks(tables):
    for framework_id in TOTALS:
        framework = tables.frameworks[framework_id]
        assert framework.lowest <= framework.scores.min()
        assert framework.scores.max() <= framework.highest


@pytest.mark.parametrize("framework_id", TOTALS)
def test_the_error_is_a_third_of_the_spread_between_countries(tables, framework_id):
    framework = tables.frameworks[framework_id]
    countries = [tables.profiles[i].kind == "country" for i in framework.profile_ids]
    third = framework.scores[countries].std(axis=0, ddof=1).mean() / 3
    assert framework.score_error == pytest.approx(third, rel=0.05)
    low, high = framework.error_range
    assert low == pytest.approx(framework.score_error / 2, rel=0.2)
    assert high == pytest.approx(framework.score_error * 1.5, rel=0.05)
    assert "third of the standard deviation" in framework.error_basis


def test_every_dimension_has_words_of_its_own_for_both_ends(tables):
    for framework in tables.frameworks.values():
        words = [
            text
            for dimension in framework.dimensions
            for text in (dimension.name, dimension.plain, dimension.low_pole, dimension.high_pole)
        ]
        assert all(words)
        assert len(set(words)) == len(words)
        assert all(dimension.id.isalpha() for dimension in framework.dimensions)


@pytest.mark.parametrize("framework_id", TOTALS)
def test_every_dimension_counts_and_none_is_required(tables, framework_id):
    dimensions = tables.frameworks[framework_id].dimensions
    assert all(dimension.classic and not dimension.core for dimension in dimensions)


def test_practices_say_how_it_is_and_values_how_it_should_be(tables):
    practices, values = (tables.frameworks[i].dimensions for i in GLOBE)
    for practice, value in zip(practices, values, strict=True):
        assert practice.name == value.name
        assert "should" not in practice.plain
        assert "should" in value.plain
