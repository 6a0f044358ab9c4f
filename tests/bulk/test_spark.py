"""Spark gives what DuckDB gives, to the last bit, and leaves nothing behind."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.bulk.job import run
from analysis.bulk.request import Extras, Request
from analysis.bulk.survey import SurveyRequest, run_survey
from analysis.errors import BulkError, BulkStopped
from analysis.measures.registry import MEASURES
from analysis.settings import default_settings
from analysis.tables import load_tables
from analysis.teams.cultural_fst import fst_of_shares

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]

TABLES = load_tables()
COUNTRIES = [
    i for i in TABLES.frameworks["hofstede-2015"].profile_ids
    if TABLES.profiles[i].kind == "country"
]  # fmt: skip


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Read in parts so small that the order of rows is put to the test."""
    pytest.importorskip("pyspark")
    monkeypatch.setattr("analysis.bulk.spark_engine._PARTITION_BYTES", 1 << 16)


def request(source, out, engine, **options):
    options = {"measures": tuple(MEASURES), **options}
    return Request(source, out, default_settings(TABLES), engine=engine, **options)


def both(source, tmp_path, ending, **options):
    """Run a job on both engines; return the two results."""
    found = []
    for engine in ("duckdb", "spark"):
        (tmp_path / engine).mkdir(exist_ok=True)
        out = tmp_path / engine / f"out{ending}"
        found.append((run(request(source, out, engine, **options), TABLES), out))
    return found


def all_pairs(path, *, line_end="\n"):
    """Every country with every other, with a quotation mark, a comma and a line end in a cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["year", "exporter", "importer", 'a, "note"'])
        for n, (a, b) in enumerate((a, b) for a in COUNTRIES for b in COUNTRIES):
            note = ("", "plain", 'said "so", twice', f"two{line_end}lines", " kept ")[n % 5]
            writer.writerow([1990 + n % 30, a, b, note])
        writer.writerows([[2001, "Atlantis", "NLD", ""], [2002, "", "NLD", ""], [2003, "", "", ""]])
    return path


def test_all_pairs_of_countries_have_the_same_columns_on_both_engines(tmp_path):
    source = all_pairs(tmp_path / "in.csv", line_end=" ")
    extras = Extras(k=True, percentile=True, standing=True, topics=True)
    (plain, one), (spark, other) = both(source, tmp_path, ".parquet", extras=extras)
    assert other.is_dir()
    assert len(list(other.iterdir())) > 1, "one part alone would prove nothing of the order"
    first, second = pq.read_table(one), pq.read_table(other)
    assert first.column_names == second.column_names
    assert first.num_rows == len(COUNTRIES) ** 2 + 3
    for name in first.column_names:
        assert first.column(name).combine_chunks().equals(second.column(name).combine_chunks()), (
            name
        )
    assert plain.outcomes == spark.outcomes
    assert plain.with_value == spark.with_value
    assert plain.left_out.read_bytes() == spark.left_out.read_bytes()


def test_a_text_and_a_second_run_have_the_same_bytes(tmp_path):
    source = all_pairs(tmp_path / "in.csv")
    (_, one), (_, other) = both(source, tmp_path, ".csv", measures=("konara_mohr",))
    assert one.read_bytes() == other.read_bytes()
    job = request(source, tmp_path / "again.parquet", "spark", measures=("konara_mohr",))
    held = []
    for _ in range(2):
        run(job, TABLES)
        # The bytes of a Parquet footer are Java's: it lists encodings in any order.
        held.append({p.name: pq.read_table(p) for p in job.out.iterdir()})
    assert held[0].keys() == held[1].keys()
    assert all(held[0][name].equals(held[1][name]) for name in held[0])
    assert {p.name for p in tmp_path.iterdir()} == {
        "in.csv", "duckdb", "spark", "again.parquet", "again.json", "again-left-out.csv",
    }  # fmt: skip


def test_rows_of_a_folder_of_parquet_are_numbered_by_their_place(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    random = np.random.default_rng(3)
    for part in range(3):
        codes = random.integers(len(COUNTRIES), size=(40_000, 2))
        codes_a = np.array(COUNTRIES)[codes[:, 0]]
        codes_a[::1000] = "XXX"
        columns = {"n": range(40_000), "a": codes_a, "b": np.array(COUNTRIES)[codes[:, 1]]}
        pq.write_table(pa.table(columns), folder / f"{part}.parquet", row_group_size=5_000)
    (plain, one), (spark, other) = both(
        folder, tmp_path, ".parquet", measures=("konara_mohr",), columns=("a", "b")
    )
    first, second = pq.read_table(one), pq.read_table(other)
    assert first.equals(second.cast(first.schema))
    assert plain.left_out.read_bytes() == spark.left_out.read_bytes()
    with spark.left_out.open() as file:
        numbers = [int(row["row"]) for row in csv.DictReader(file) if "XXX" in row.values()]
    assert numbers == list(range(1, 120_001, 1000))


def test_a_survey_has_the_same_tables_on_both_engines(tmp_path):
    random = np.random.default_rng(5)
    people, groups = 20_000, 40
    shares = random.dirichlet(np.full(5, 2.0), (groups, 24)).cumsum(axis=-1)[..., :-1]
    group = random.integers(groups, size=people)
    answers = 1 + (random.random((people, 24, 1)) > shares[group]).sum(axis=-1)
    cells = np.where(random.random(answers.shape) < 0.05, "", answers.astype(str)).astype(object)
    odd = random.random(answers.shape) < 0.01
    cells[odd] = random.choice(["0", "6", "3.5", "NA", " 2", "4.0", "five"], odd.sum())
    with (tmp_path / "in.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["country", "w", *(f"q{q:02}" for q in range(1, 25))])
        for g, w, row in zip(group, random.uniform(-0.1, 9, people), cells, strict=True):
            writer.writerow([f"Group {g}" if g else " ", "" if w < 0 else f"{w:.3f}", *row])
    for weight in (None, "w"):
        files = {}
        for engine in ("duckdb", "spark"):
            out = tmp_path / f"{engine}.csv"
            run_survey(
                SurveyRequest(tmp_path / "in.csv", out, "country", weight=weight, engine=engine),
                TABLES,
            )
            files[engine] = [
                (tmp_path / f"{engine}{part}.csv").read_bytes()
                for part in ("", "-pairs", "-questions")
            ]
            held = json.loads((tmp_path / f"{engine}.json").read_text())
            files[engine] += [held["counts"], held["cautions"]]
        assert files["duckdb"] == files["spark"]


def test_the_known_value_lies_in_its_interval_on_spark_too(tmp_path):
    """40 pairs of groups of 100 with questions of known shares, seeded: see test_survey."""
    random = np.random.default_rng(21)

    def drawn(questions):
        middle = random.dirichlet(np.full(5, 2.0), questions)
        return [
            (g := random.standard_gamma(20 * middle + 1e-3)) / g.sum(axis=1, keepdims=True)
            for _ in range(2)
        ]

    known = float(fst_of_shares(*drawn(200_000)).mean())
    group, answers = [], []
    for survey in range(40):
        for side, shares in enumerate(drawn(24)):
            draws = random.random((100, 24, 1))
            answers.append(1 + (draws > shares.cumsum(axis=-1)[:, :-1]).sum(axis=-1))
            group += [f"{survey:03}{'ab'[side]}"] * 100
    columns = {"country": pa.array(group)}
    columns |= {f"q{i + 1:02}": pa.array(np.concatenate(answers)[:, i]) for i in range(24)}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    run_survey(
        SurveyRequest(tmp_path / "in.parquet", out, "country", vsm=False, engine="spark"), TABLES
    )
    own = [
        row for row in pq.read_table(tmp_path / "out-pairs.parquet").to_pylist()
        if row["group_a"][:3] == row["group_b"][:3]
    ]  # fmt: skip
    inside = sum(row["fst_low"] <= known <= row["fst_high"] for row in own)
    assert (len(own), inside >= 34) == (40, True), inside


def test_a_stopped_job_leaves_nothing_and_java_ends(tmp_path):
    source = all_pairs(tmp_path / "in.csv")
    seen = []

    def stopped():
        return any(one.stage == "Writing the result" for one in seen)

    job = request(source, tmp_path / "out.parquet", "spark", measures=("konara_mohr",))
    with pytest.raises(BulkStopped):
        run(job, TABLES, progress=seen.append, stopped=stopped)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]
    from pyspark import SparkContext  # noqa: PLC0415 - optional

    assert SparkContext._gateway is None


def test_a_row_with_too_few_cells_is_a_sentence(tmp_path):
    (tmp_path / "in.csv").write_text("a,b,c\nNLD,CHN,1\nNLD,CHN\n")
    job = request(tmp_path / "in.csv", tmp_path / "out.csv", "spark", columns=("a", "b"))
    with pytest.raises(BulkError, match="A row has more or fewer cells"):
        run(job, TABLES)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


def test_without_java_there_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "in.csv").write_text("a,b\nNLD,CHN\n")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    job = request(tmp_path / "in.csv", tmp_path / "out.csv", "spark", columns=("a", "b"))
    with pytest.raises(BulkError, match="openjdk-17-jre-headless"):
        run(job, TABLES)


def test_a_cluster_that_is_none_is_a_sentence(tmp_path):
    (tmp_path / "in.csv").write_text("a,b\nNLD,CHN\n")
    job = request(
        tmp_path / "in.csv", tmp_path / "out.csv", "spark", columns=("a", "b"), master="nonsense"
    )
    with pytest.raises(BulkError, match="Spark does not start with “nonsense”"):
        run(job, TABLES)


def test_a_folder_with_anything_but_parts_is_never_replaced(tmp_path):
    source = all_pairs(tmp_path / "in.csv")
    mine = tmp_path / "out.parquet"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(BulkError, match="is a folder"):
        run(request(source, mine, "spark"), TABLES)
    assert Path(mine / "thesis.txt").read_text() == "years of work"
