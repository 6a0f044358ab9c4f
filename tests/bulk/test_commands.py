"""`distances` and `matrix` on the command line."""

import csv
import json
import shlex

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.cli import main
from analysis.matrix import distance_matrix
from analysis.measures.registry import MEASURES
from analysis.settings import default_settings


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("iso_o,iso_d,year\nNLD,CHN,2001\nHolland,Narnia,2002\nUSA,USA,2003\n")
    return path


def test_distances_say_what_was_understood_and_what_came_of_it(pairs, capsys):
    out = pairs.with_name("out.csv")
    assert main(["distances", str(pairs), "--out", str(out), "--measure", "kogut_singh"]) == 0
    said = capsys.readouterr()
    assert said.out == (
        f"{out}: 3 rows, 1 with a distance; 1 with an unknown name and 1 with the same party twice"
        " (listed in out-left-out.csv).\n"
    )
    assert said.err.splitlines() == [
        "Read as UTF-8, cells parted by comma.",
        "Parties are taken from the columns “iso_o” and “iso_d”, which their names and what they"
        " hold tell.",
        "Understood 4 different texts as 3 parties.",
        "“Narnia” in 1 cell: No country, part or region with scores goes by “Narnia”: did you mean"
        " Armenia (ARM)?",
    ]


def test_one_column_of_parties_and_a_side_that_is_always_the_same(tmp_path, capsys):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    texts = ["CHN", "Japan", "Atlantis", "", "NLD", "Holland"]
    one.write_text("year,country\n" + "".join(f"2020,{text}\n" for text in texts))
    two.write_text("year,country,other\n" + "".join(f"2020,{t},Holland\n" for t in texts))
    ask = ["--all-extras", "--measure", "angle"]
    results = {}
    for source, words in ((one, ["--with", "Holland"]), (two, ["--columns", "country,other"])):
        out = source.with_name(f"{source.stem}-out.csv")
        assert main(["distances", str(source), "--out", str(out), *ask, *words]) == 0
        rows = list(csv.DictReader(out.open(encoding="utf-8-sig", newline="")))
        beside = out.with_name(f"{out.stem}-left-out.csv")
        left = list(csv.DictReader(beside.open(encoding="utf-8-sig", newline="")))
        results[source] = [{k: v for k, v in row.items() if k != "other"} for row in rows], left
    assert results[one] == results[two]
    assert [row["country"] for row in results[one][0]] == texts
    said = capsys.readouterr().err
    assert (
        "Parties are taken from the column “country”, by what it holds; the other side is always"
        " the Netherlands." in said
    )
    command = json.loads((tmp_path / "one-out.json").read_text())["command"]
    assert command.endswith("--with Holland --measure angle --k --percentile --interval --standing"
                            " --topics")  # fmt: skip


@pytest.mark.parametrize("ending", ["parquet", "xlsx"])
def test_a_side_that_is_always_the_same_beside_a_column_of_that_name(tmp_path, ending):
    # A column may be called as the party is: it stays what it was.
    source, out = tmp_path / "in.parquet", tmp_path / f"out.{ending}"
    pq.write_table(pa.table({"NLD": [1.5, 2.5], "country": ["CHN", "NLD"]}), source)
    assert main(["distances", str(source), "--out", str(out), "--with", "NLD"]) == 0
    if ending == "parquet":
        found = pq.read_table(out).to_pylist()
    else:
        head, *rows = openpyxl.load_workbook(out).active.values
        found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["NLD"] for row in found] == [1.5, 2.5]
    assert found[0]["konara_mohr"] == pytest.approx(1.947531458590909)
    assert found[1]["konara_mohr"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--with", "NKorea"], "No framework here has scores of “NKorea” (North Korea, PRK)"),
        (["--with", "Narnia"], "No country, part or region with scores goes by “Narnia”"),
        (["--with", "NLD", "--columns", "iso_o,iso_d"], "the table has one column of parties"),
        (["--with", "NLD", "--columns", "nowhere"], "There is no column “nowhere”"),
    ],
)
def test_another_side_that_cannot_be_is_one_sentence(pairs, capsys, words, said):
    assert main(["distances", str(pairs), "--out", str(pairs.with_name("o.csv")), *words]) == 2
    assert said in capsys.readouterr().err
    assert not pairs.with_name("o.csv").exists()


def test_all_measures_and_extras_make_the_columns_that_they_are_named_by(pairs, capsys):
    out = pairs.with_name("out.parquet")
    words = ["--measure", "all", "--all-extras", "--columns", "iso_o,iso_d"]
    assert main(["distances", str(pairs), "--out", str(out), *words]) == 0
    names = pq.read_schema(out).names
    assert names[:4] == ["iso_o", "iso_d", "year", "konara_mohr"]
    assert set(MEASURES) < set(names)
    assert {"k", "standing_a", "friction_overall", "angle_percentile_high"} < set(names)


def test_the_command_in_the_json_does_the_same_job_again(pairs, capsys):
    out = pairs.with_name("out.csv")
    words = ["--measure", "angle", "--measure", "manhattan", "--percentile", "--published-only",
             "--weights", "mas:0.5", "--reference", "all"]  # fmt: skip
    assert main(["distances", str(pairs), "--out", str(out), *words]) == 0
    held = {path: path.read_bytes() for path in (out, out.with_suffix(".json"))}
    command = shlex.split(json.loads(out.with_suffix(".json").read_text())["command"])
    assert command[:4] == ["python", "-m", "analysis", "distances"]
    for path in held:
        path.unlink()
    assert main(command[3:]) == 0
    assert {path: path.read_bytes() for path in held} == held


def test_a_team_and_scores_of_ones_own_can_be_named(tmp_path, capsys):
    team = tmp_path / "crew.csv"
    team.write_text("team,pdi,idv,mas,uai,lto,ivr\nOur crew,30,70,20,50,60,55\n")
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("us,them\nOur crew,China\nOUR CREW,jp\n")
    assert main(["distances", str(source), "--out", str(out), "--team", str(team)]) == 0
    assert "2 rows, 2 with a distance." in capsys.readouterr().out
    assert main(["distances", str(source), "--out", str(out), "--team", str(source)]) == 2


@pytest.fixture
def own_scores(tmp_path):
    """Ten countries; every column holds 9, 18 ... 90 in another order."""
    path = tmp_path / "scores.csv"
    codes = ["NLD", "CHN", "USA", "JPN", "SWE", "BRA", "DEU", "FRA", "ITA", "ESP"]
    rows = [
        [code, *(9 * (n * step % 11) for step in range(1, 6)), 9 * (2**n % 11)]
        for n, code in enumerate(codes, 1)
    ]
    lines = [",".join(map(str, row)) for row in rows]
    path.write_text("\n".join(["Country,PDI,IDV,MAS,UAI,LTO,IVR", *lines]) + "\n")
    return path


def test_a_file_of_ones_own_scores_takes_the_place_of_a_framework(own_scores, pairs, capsys):
    pairs.write_text("iso_o,iso_d\nNLD,JPN\nUSA,ESP\nNLD,NOR\n")
    out = pairs.with_name("out.csv")
    words = ["distances", str(pairs), "--out", str(out), "--measure", "kogut_singh",
             "--framework", str(own_scores), "--standing"]  # fmt: skip
    assert main(words) == 0
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    # In steps of 9 a column is 1 to 10, of variance 55 / 6. The Netherlands (1 2 3 4 5 2) and Japan
    # (4 8 1 5 9 5) are 3 6 2 1 4 3 steps apart: 75 / 6 over 55 / 6. The United States
    # (3 6 9 1 4 8) and Spain (10 9 8 7 6 1) are 7 3 1 6 2 7 apart: 148 / 55.
    assert float(rows[0]["kogut_singh"]) == pytest.approx(75 / 55)
    assert float(rows[1]["kogut_singh"]) == pytest.approx(148 / 55)
    assert [row["standing_a"] for row in rows] == ["yours"] * 3
    assert (rows[2]["kogut_singh"], rows[2]["standing_b"]) == ("", "missing")
    told = json.loads(out.with_suffix(".json").read_text())
    held = out.read_bytes()
    out.unlink()
    assert main(shlex.split(told["command"])[3:]) == 0
    assert out.read_bytes() == held
    assert "hofstede" not in told["citation"]
    capsys.readouterr()
    own_scores.write_text("Country,PDI\nNLD,1\n")
    assert main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_survey_rests_on_no_framework(own_scores, pairs, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["survey", str(pairs), "--group", "iso_o", "--out", "x.csv", "--framework",
              str(own_scores)])  # fmt: skip
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "--framework" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--measure", "foo"), "“foo” is not a measure"),
        (("--columns", "iso_o"), "names no two columns"),
        (("--columns", "iso_o,nothing"), "There is no column “nothing”"),
        (("--framework", "tightness-2011", "--measure", "angle"), "needs two dimensions"),
        (("--framework", "tightness-2011", "--topics"), "Friction topics rest on"),
        (("--team", "crew.docx"), "is no team’s file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(pairs, capsys, words, said):
    out = pairs.with_name("out.csv")
    assert main(["distances", str(pairs), "--out", str(out), *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert [p.name for p in pairs.parent.iterdir()] == ["pairs.csv"]


def test_the_matrix_by_one_measure_is_a_square(tmp_path, references, capsys):
    settings = default_settings(references.tables)
    ids = references.tables.frameworks[settings.framework].profile_ids
    out = tmp_path / "matrix.csv"
    words = ["--measure", "mahalanobis", "--date", "2026-11-22"]
    assert main(["matrix", "--out", str(out), *words]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[: len(ids) + 1]
    assert rows[0] == ["id", *ids]
    held = np.array([[float(c) if c else np.nan for c in row[1:]] for row in rows[1:]])
    expected = distance_matrix(references, ids, settings, "mahalanobis")
    np.testing.assert_array_equal(held, expected)


@pytest.mark.parametrize("name", ["m.parquet", "m.xlsx"])
def test_the_matrix_by_every_measure_has_a_row_a_pair(tmp_path, name, capsys):
    out = tmp_path / name
    assert main(["matrix", "--measure", "all", "--out", str(out), "--date", "2026-11-22"]) == 0
    if name.endswith("parquet"):
        names = pq.read_schema(out).names
    else:
        sheet = openpyxl.load_workbook(out, read_only=True).worksheets[0]
        names = [cell.value for cell in next(sheet.iter_rows())]
    assert set(MEASURES) <= set(names)
    first = out.read_bytes()
    assert main(["matrix", "--measure", "all", "--out", str(out), "--date", "2026-11-22"]) == 0
    assert out.read_bytes() == first
