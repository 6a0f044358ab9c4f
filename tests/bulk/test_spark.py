"""Spark gives what DuckDB gives, to the last bit; `test_spark_starts` has how it comes and goes."""

import csv
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.bulk.job import run
from analysis.bulk.request import Extras, Request
from analysis.bulk.survey import SurveyRequest, run_survey
from analysis.errors import BulkError
from analysis.measures.registry import MEASURES
from analysis.settings import default_settings
from analysis.teams.cultural_fst import fst_of_shares
from tests.conftest import _references

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]

REFERENCES = _references()
TABLES = REFERENCES.tables
COUNTRIES = [
    i for i in TABLES.frameworks["hofstede-2015"].profile_ids
    if TABLES.profiles[i].kind == "country"
]  # fmt: skip
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""A process that lives a minute spends half of it on making its code faster: not here."""


@pytest.fixture(scope="module", autouse=True)
def one_spark(tmp_path_factory):
    """One Spark for all tests of this module: to start one takes longer than most of them.

    It reads in parts so small that the order of rows is put to the test.
    """
    pytest.importorskip("pyspark")
    from analysis.bulk import spark_engine  # noqa: PLC0415 - optional

    folder, held = tmp_path_factory.mktemp("spark"), []
    start, stop = spark_engine._started, spark_engine._stop

    def started(master, memory, spill):
        if not held:
            held.append(start(master, memory, folder))
        return held[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", QUICK_JAVA)
        patch.setattr(spark_engine, "_PARTITION_BYTES", 1 << 16)
        patch.setattr(spark_engine, "_started", started)
        patch.setattr(spark_engine, "_stop", lambda session: session.catalog.clearCache())
        yield
    for session in held:
        stop(session)


def request(source, out, engine, **options):
    options = {"measures": ("konara_mohr",), **options}
    return Request(source, out, default_settings(TABLES), engine=engine, **options)


def both(source, tmp_path, ending, **options):
    """Run a job on both engines; return the two results."""
    found = []
    for engine in ("duckdb", "spark"):
        (tmp_path / engine).mkdir(exist_ok=True)
        out = tmp_path / engine / f"out{ending}"
        job = request(source, out, engine, **options)
        found.append((run(job, TABLES, references=REFERENCES), out))
    return found


def same(one, other):
    """Check that two results are the same, column by column."""
    first, second = pq.read_table(one), pq.read_table(other)
    assert first.column_names == second.column_names
    for name in first.column_names:
        a, b = (table.column(name).combine_chunks() for table in (first, second))
        assert a.equals(b), name
    return first


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
    (plain, one), (spark, other) = both(
        source, tmp_path, ".parquet", measures=tuple(MEASURES), extras=extras
    )
    assert other.is_dir()
    assert len(list(other.iterdir())) > 1, "one part alone would prove nothing of the order"
    assert same(one, other).num_rows == len(COUNTRIES) ** 2 + 3
    assert plain.outcomes == spark.outcomes
    assert plain.with_value == spark.with_value
    assert plain.left_out.read_bytes() == spark.left_out.read_bytes()


def test_a_text_and_a_second_run_have_the_same_bytes(tmp_path):
    source = all_pairs(tmp_path / "in.csv")
    (_, one), (_, other) = both(source, tmp_path, ".csv")
    assert one.read_bytes() == other.read_bytes()
    job = request(source, tmp_path / "again.parquet", "spark")
    held = []
    for _ in range(2):
        run(job, TABLES, references=REFERENCES)
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
    (plain, one), (spark, other) = both(folder, tmp_path, ".parquet", columns=("a", "b"))
    same(one, other)
    assert plain.left_out.read_bytes() == spark.left_out.read_bytes()
    with spark.left_out.open() as file:
        numbers = [int(row["row"]) for row in csv.DictReader(file) if "XXX" in row.values()]
    assert numbers == list(range(1, 120_001, 1000))


def test_intervals_are_the_same_on_both_engines(tmp_path):
    # With regional scores (KWT), a part of a country, and a pair without a distance.
    some = ["NLD", "CHN", "USA", "JPN", "SWE", "BRA", "KWT", "BEL-FR", "ALB"]
    rows = [f"{a},{b}" for a in some for b in some]
    (tmp_path / "in.csv").write_text("\n".join(["a,b", *rows]) + "\n")
    (_, one), (_, other) = both(
        tmp_path / "in.csv", tmp_path, ".parquet", columns=("a", "b"),
        measures=("kogut_singh", "mahalanobis"), extras=Extras(percentile=True, interval=True),
    )  # fmt: skip
    found = same(one, other)
    for name in ("kogut_singh", "mahalanobis_percentile"):
        low, value, high = (found.column(c).to_numpy() for c in (f"{name}_low", name,
                                                                 f"{name}_high"))  # fmt: skip
        held = np.isfinite(value)
        assert held.sum() > 40
        assert ((low <= value) & (value <= high))[held].all()
        assert np.isnan(low[~held]).all()


def test_folders_line_ends_and_decimal_commas_are_the_same_on_both_engines(tmp_path):
    for year in ("2001", "__HIVE_DEFAULT_PARTITION__", "2003"):
        for kind in ("goods", "%2F services"):
            folder = tmp_path / "in" / f"year={year}" / f"kind={kind}"
            folder.mkdir(parents=True)
            table = pa.table({"iso_o": ["NLD", "XXX"], "iso_d": ["CHN", "CHN"]})
            pq.write_table(table, folder / "part-0.parquet")
    (plain, one), (spark, other) = both(tmp_path / "in", tmp_path, ".parquet")
    assert set(same(one, other).column("kind").to_pylist()) == {"goods", "/ services"}
    assert plain.left_out.read_bytes() == spark.left_out.read_bytes()
    mixed = tmp_path / "in.csv"
    mixed.write_bytes(b'iso_o;iso_d;v\r\nNLD;CHN;"1,5"\nUSA;"JPN";-2\r\nSWE;NOR;\r')
    (_, one), (_, other) = both(mixed, tmp_path, ".parquet", columns=("iso_o", "iso_d"))
    assert same(one, other).column("v").to_pylist() == [1.5, -2.0, None]


def test_a_survey_has_the_same_tables_on_both_engines(tmp_path):
    random = np.random.default_rng(5)
    people, groups = 6_000, 40
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
    # With weights all 24 questions and the indices; without, some questions, which take less time.
    some = ("q01", "q02", "q07", "q20", "q24")
    for weight, options in (("w", {}), (None, {"vsm": False, "questions": some})):
        files = {}
        for engine in ("duckdb", "spark"):
            out = tmp_path / f"{engine}.csv"
            asked = SurveyRequest(
                tmp_path / "in.csv", out, "country", weight=weight, engine=engine, **options
            )
            run_survey(asked, TABLES)
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


def test_a_row_with_too_few_cells_is_a_sentence(tmp_path):
    (tmp_path / "in.csv").write_text("a,b,c\nNLD,CHN,1\nNLD,CHN\n")
    job = request(tmp_path / "in.csv", tmp_path / "out.csv", "spark", columns=("a", "b"))
    with pytest.raises(BulkError, match="A row has more or fewer cells"):
        run(job, TABLES)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


def test_a_folder_with_anything_but_parts_is_never_replaced(tmp_path):
    source = all_pairs(tmp_path / "in.csv")
    mine = tmp_path / "out.parquet"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(BulkError, match="is a folder"):
        run(request(source, mine, "spark"), TABLES)
    assert Path(mine / "thesis.txt").read_text() == "years of work"
