"""Every value of a job is the one that the page shows for the pair."""

import itertools
from math import isclose

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.bulk.pair_table import topic_column
from analysis.comparison import compare
from analysis.deal import EMPTY_FORM
from analysis.friction.assessment import assess
from analysis.matrix import distance_matrix
from analysis.measures.registry import MEASURES
from analysis.settings import default_settings, make_settings
from analysis.teams.party import with_teams
from analysis.teams.reading import read_grid, read_team

EVERY = tuple(MEASURES)


@pytest.fixture(scope="module")
def countries(tables):
    rows = tables.frameworks["hofstede-2015"].profile_ids
    ids = [i for i in rows if tables.profiles[i].kind == "country"][:101]
    assert len(ids) == 101
    return ids


@pytest.fixture
def all_pairs(countries, tmp_path):
    path = tmp_path / "pairs.parquet"
    a, b = zip(*itertools.product(countries, countries), strict=True)
    pq.write_table(pa.table({"party_a": a, "party_b": b}), path)
    return path


def column(path, name):
    return np.array(
        [np.nan if v is None else v for v in pq.read_table(path).column(name).to_pylist()]
    )


def test_the_spread_of_a_result_counts_what_its_column_holds(run, references, countries, all_pairs):
    found = run(all_pairs, "out.parquet", EVERY)
    settings = default_settings(references.tables)
    for measure in EVERY:
        expected = distance_matrix(references, countries, settings, measure)
        np.fill_diagonal(expected, np.nan)  # a party with itself gets a reason, not a distance
        assert found.with_value[measure] == np.isfinite(expected).sum()
        held = found.distribution[measure]
        assert held.rows.sum() == found.with_value[measure]
        assert (np.diff(held.values) > 0).all()


def test_everything_that_can_be_added_is_what_a_comparison_says(
    run, references, countries, all_pairs, friction_of, knowledge
):
    chosen = ([*countries[3::12], "NLD", "CHN", "KWT"])[:9]
    source = all_pairs.with_name("some.parquet")
    pairs = list(itertools.permutations(chosen, 2))
    a, b = zip(*pairs, strict=True)
    pq.write_table(pa.table({"iso_o": a, "iso_d": b}), source)
    found = run(source, "out.parquet", EVERY, ("k", "percentile", "interval", "standing", "topics"))
    settings = default_settings(references.tables)
    rows = pq.read_table(found.out).to_pylist()
    assert len(rows) == len(pairs) == 72
    for row in rows[::5]:
        one = compare(references, row["iso_o"], row["iso_d"], settings)
        friction = friction_of(row["iso_o"], row["iso_d"])
        if one.reason:
            assert row["k"] is None
            assert row["friction_overall"] is None
            assert all(row[m] is None for m in EVERY)
            continue
        assert row["k"] == len(one.dimensions_used)
        for m, result in one.measures.items():
            assert row[m] == pytest.approx(result.value, rel=1e-12)
            assert row[f"{m}_percentile"] == pytest.approx(result.percentile, abs=1e-9)
            ends = (row[f"{m}_low"], row[f"{m}_high"])
            assert ends == pytest.approx(result.interval, rel=1e-9)
            ranks = (row[f"{m}_percentile_low"], row[f"{m}_percentile_high"])
            assert ranks == pytest.approx(result.percentile_interval, abs=1e-9)
        for topic in friction.topics:
            held = row[topic_column(topic.topic.id)]
            assert held == (None if topic.severity is None else pytest.approx(topic.severity))
        assert row["friction_overall"] == pytest.approx(friction.overall)


def test_each_of_all_pairs_of_countries_has_the_numbers_of_its_page(
    run, references, all_pairs, friction_references, knowledge
):
    # 10,201 pages' worth, one by one; tests/bulk/test_spark.py holds the same table on Spark
    # against this one. Intervals take longer and are sampled above.
    rows = pq.read_table(
        run(all_pairs, "out.parquet", EVERY, ("k", "percentile", "topics")).out
    ).to_pylist()
    settings = default_settings(references.tables)
    none = dict.fromkeys(rows[0])
    assert len(rows) == 101 * 101
    for row in rows:
        a, b = row["party_a"], row["party_b"]
        expected = none | {"party_a": a, "party_b": b}
        one = compare(references, a, b, settings, ())
        if a != b and not one.reason:
            expected["k"] = len(one.dimensions_used)
            for measure, result in one.measures.items():
                expected[measure] = result.value
                expected[f"{measure}_percentile"] = result.percentile
            friction = assess(knowledge, references, friction_references, one, EMPTY_FORM)
            expected["friction_overall"] = friction.overall
            for topic in friction.topics:
                expected[topic_column(topic.topic.id)] = topic.severity
        empty = {name for name, value in expected.items() if value is None}
        assert {name for name, value in row.items() if value is None} == empty, (a, b)
        filled = row.keys() - empty - {"party_a", "party_b"}
        for name in filled:
            assert isclose(row[name], expected[name], rel_tol=1e-12, abs_tol=1e-12), (a, b, name)


@pytest.mark.parametrize(
    "framework", ["globe-2004-values", "inglehart-welzel-2023", "tightness-2011"]
)
def test_other_frameworks_and_settings_are_followed(run, references, framework):
    settings = make_settings(references.tables, framework=framework, reference="all")
    found = run("a,b\nNLD,CHN\n", measures=("konara_mohr",), settings=settings,
                columns=("a", "b"))  # fmt: skip
    expected = compare(references, "NLD", "CHN", settings, ()).measures["konara_mohr"].value
    assert found.distribution["konara_mohr"].values.tolist() == pytest.approx([expected])


def test_a_team_is_a_party_by_its_name(run, tables):
    content = b"team,pdi,idv,mas,uai,lto,ivr\nOur crew,30,70,20,50,60,55\n"
    teams = read_team(tables, read_grid(content, "crew.csv")).teams
    found = run("us,them\nour crew,China\n", tables=with_teams(tables, teams), extras=("standing",))
    assert found.outcomes.with_value == 1
    assert found.out.read_text("utf-8").splitlines()[1].endswith(",yours,published")
