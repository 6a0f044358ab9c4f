"""Surveys: the same numbers as for a team, whatever the file, with a sentence for each fault."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from analysis.bulk.survey import SurveyRequest, run_survey
from analysis.errors import BulkError, BulkStopped
from analysis.tables import load_tables
from analysis.teams.cultural_fst import cultural_fst, fst_of_shares
from analysis.teams.vsm import INDICES, LARGE, sample_indices

QUESTIONS = [f"q{q:02}" for q in range(1, 25)]


def respondents(people, groups=3, seed=1, missing=0.05):
    """Made-up answers, 0 where missing, with a group and a weight for each person."""
    random = np.random.default_rng(seed)
    group = random.integers(groups, size=people)
    shares = random.dirichlet(np.full(5, 2.0), (groups, 24))
    draws = random.random((people, 24, 1))
    answers = 1 + (draws > shares[group].cumsum(axis=-1)[..., :-1]).sum(axis=-1)
    # What a person answers to one question goes with what they answer to the next.
    answers[:, 1::2] = np.where(
        random.random((people, 12)) < 0.4, answers[:, ::2], answers[:, 1::2]
    )
    answers[random.random(answers.shape) < missing] = 0
    return answers, group, random.uniform(0.2, 5, people)


def write(path, answers, group, weights=None, cells=None):
    columns = {"country": pa.array([f"G{g}" for g in group])}
    for q, name in enumerate(QUESTIONS):
        columns[name] = pa.array(answers[:, q].astype("int8"), mask=answers[:, q] == 0)
    if weights is not None:
        columns["weight"] = pa.array(weights)
    columns |= cells or {}
    table = pa.table(columns)
    if path.suffix == ".parquet":
        pq.write_table(table, path)
    else:
        delimiter = "\t" if path.suffix == ".tsv" else ","
        pa.csv.write_csv(table, path, pa.csv.WriteOptions(delimiter=delimiter))
    return path


def run(source, out, **options):
    return run_survey(SurveyRequest(source, out, "country", **options), load_tables())


def rows(path):
    table = pq.read_table(path) if path.suffix == ".parquet" else pa.csv.read_csv(path)
    return table.to_pylist()


@pytest.mark.parametrize("weighted", [False, True])
def test_indices_are_those_of_a_team_with_the_same_answers(tmp_path, weighted):
    answers, group, weights = respondents(3 * LARGE + 600)
    source = write(tmp_path / "in.parquet", answers, group, weights)
    run(source, tmp_path / "out.parquet", weight="weight" if weighted else None)
    found = rows(tmp_path / "out.parquet")
    assert [row["group"] for row in found] == ["G0", "G1", "G2"]
    for place, row in enumerate(found):
        mine = group == place
        expected = sample_indices(answers[mine], weights[mine] if weighted else None)
        assert mine.sum() > LARGE, "above it a team's error is the linearised one too"
        assert row["respondents"] == expected.respondents
        for i, index in enumerate(INDICES):
            # A weight is known to one part in 2^24 of the largest: far less than 1e-4 points.
            assert row[index] == pytest.approx(expected.raw[i], abs=1e-4 if weighted else 1e-9)
            assert row[f"{index}_se"] == pytest.approx(
                expected.standard_error[i], rel=1e-5 if weighted else 1e-9
            )
            assert row[f"{index}_caution"] == ""


def test_the_linearised_error_is_near_that_of_resampling(tmp_path):
    answers, group, _ = respondents(450, groups=3)
    run(write(tmp_path / "in.parquet", answers, group), tmp_path / "out.parquet", fst=False)
    for place, row in enumerate(rows(tmp_path / "out.parquet")):
        expected = sample_indices(answers[group == place]).standard_error
        found = [row[f"{index}_se"] for index in INDICES]
        # 2,000 draws know an error to 1.6 %, and 150 people to about one part in 150.
        assert found == pytest.approx(expected, rel=0.07)


@pytest.mark.parametrize("weighted", [False, True])
def test_fst_is_that_of_two_teams_with_the_same_answers(tmp_path, weighted):
    answers, group, weights = respondents(400)
    source = write(tmp_path / "in.parquet", answers, group, weights)
    run(source, tmp_path / "out.parquet", weight="weight" if weighted else None)
    found = rows(tmp_path / "out-pairs.parquet")
    assert [(row["group_a"], row["group_b"]) for row in found] == [
        ("G0", "G1"), ("G0", "G2"), ("G1", "G2"),
    ]  # fmt: skip
    for row in found:
        sides = [group == int(row[side][1]) for side in ("group_a", "group_b")]
        weighing = [weights[side] for side in sides] if weighted else []
        expected = cultural_fst(*(answers[side] for side in sides), *weighing)
        close = {"abs": 1e-6 if weighted else 1e-12}
        assert row["fst"] == pytest.approx(expected.estimate, **close)
        # Leaving out each question in turn, the long way round.
        left = [np.delete(expected.by_question, q).mean() for q in range(24)]
        jackknife = np.sqrt(23 / 24 * np.sum((np.array(left) - np.mean(left)) ** 2))
        assert row["fst_se"] == pytest.approx(jackknife, **close)
        # 2.0687 is Student's t with 23 degrees of freedom.
        assert row["fst_high"] - row["fst"] == pytest.approx(2.0687 * jackknife, rel=1e-4)
        assert row["fst_questions"] == 24


def test_two_groups_by_hand(tmp_path):
    # One question: 3 of 4 against 1 of 3 take 1. Unbiased, F is 0: see test_cultural_fst.
    text = "country,x,y\nA,1,1\nA,1,1\nA,1,1\nA,2,2\nB,1,2\nB,2,2\nB,2,2\n"
    (tmp_path / "in.csv").write_text(text)
    run(tmp_path / "in.csv", tmp_path / "out.csv", vsm=False, questions=("x", "y"))
    (pair,) = rows(tmp_path / "out-pairs.csv")
    assert pair["fst"] is None, "seven people are too few for a number"
    assert pair["fst_caution"] == "direction-only"
    shares = {(r["group"], r["question"]): r for r in rows(tmp_path / "out-questions.csv")}
    assert shares["A", "x"]["share_1"] == 0.75
    assert shares["B", "x"]["share_2"] == pytest.approx(2 / 3)
    assert shares["B", "y"]["share_2"] == 1


def test_differences_of_groups_are_told_as_numbers_from_ten_people_on(tmp_path):
    answers, _, _ = respondents(300, missing=0)
    group = np.repeat([0, 1, 2, 3], [200, 75, 16, 9])
    source = write(tmp_path / "in.parquet", answers, group)
    report = run(source, tmp_path / "out.parquet")
    by_group = {row["group"]: row for row in rows(tmp_path / "out.parquet")}
    assert [by_group[g]["pdi_caution"] for g in ("G1", "G2", "G3")] == ["", "few", "direction-only"]
    assert by_group["G3"]["pdi"] is None
    assert by_group["G2"]["pdi"] is not None
    for row in rows(tmp_path / "out-pairs.parquet"):
        small = "G3" in (row["group_a"], row["group_b"])
        assert (row["pdi_difference"] is None) == (row["fst"] is None) == small
        assert row["pdi_direction"] in {"above", "below", "level"}
        assert row["fst_differs"] is not None
        if not small:
            a, b = by_group[row["group_a"]], by_group[row["group_b"]]
            assert row["pdi_difference"] == pytest.approx(a["pdi"] - b["pdi"], abs=1e-9)
            assert row["pdi_difference_se"] == pytest.approx(np.hypot(a["pdi_se"], b["pdi_se"]))
    assert any("G3 (9) and G2 (16)" in one for one in report.cautions)


def test_constants_move_an_index_and_no_difference(tmp_path):
    answers, group, _ = respondents(200)
    source = write(tmp_path / "in.parquet", answers, group)
    run(source, tmp_path / "a.parquet")
    run(source, tmp_path / "b.parquet", constants={"pdi": 20.0})
    for plain, moved in zip(
        rows(tmp_path / "a.parquet"), rows(tmp_path / "b.parquet"), strict=True
    ):
        assert moved["pdi"] == pytest.approx(plain["pdi"] + 20)
        assert moved["idv"] == plain["idv"]
    assert rows(tmp_path / "a-pairs.parquet") == rows(tmp_path / "b-pairs.parquet")


def test_every_way_of_writing_an_answer_counts_as_the_teams_page_counts_it(tmp_path):
    cells = ["3", "03", " 3 ", "3.0", "3,0", "3.00", "", "NA", "-", "0", "6", "3.5", "three", "-3"]
    lines = ["country;x;y", *(f'A;"{cell}";1' for cell in cells)]
    (tmp_path / "in.csv").write_text("\n".join(lines))
    report = run(tmp_path / "in.csv", tmp_path / "out.csv", vsm=False, questions=("x", "y"))
    row = rows(tmp_path / "out-questions.csv")[0]
    assert (row["valid"], row["blank"], row["invalid"]) == (6, 3, 5)
    assert row["share_3"] == 1
    assert "5 answers are no whole number from 1 to 5" in " ".join(report.cautions)
    held = json.loads((tmp_path / "out.json").read_text())
    assert held["counts"]["by_question"]["x"] == {"valid": 6, "blank": 3, "invalid": 5}


def test_numbers_of_any_type_count_alike(tmp_path):
    columns = {
        "country": pa.array(["A"] * 6),
        "x": pa.array([1.0, 5.0, 3.5, 0.0, float("nan"), None]),
        "y": pa.array([1, 5, 6, 0, None, -1], pa.int16()),
    }
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.csv", vsm=False, questions=("x", "y"))
    x, y = rows(tmp_path / "out-questions.csv")
    assert (x["valid"], x["blank"], x["invalid"]) == (2, 2, 2)
    assert (y["valid"], y["blank"], y["invalid"]) == (2, 1, 3)


def test_text_and_parquet_give_the_same_tables(tmp_path):
    answers, group, weights = respondents(500)
    for ending in ("csv", "tsv", "parquet"):
        source = write(tmp_path / f"in.{ending}", answers, group, weights)
        run(source, tmp_path / f"{ending}.csv", weight="weight")
    for part in ("", "-pairs", "-questions"):
        told = [(tmp_path / f"{e}{part}.csv").read_bytes() for e in ("csv", "tsv", "parquet")]
        assert told[0] == told[1] == told[2]


def test_the_order_of_rows_and_a_second_run_change_no_byte(tmp_path):
    answers, group, weights = respondents(5_000, groups=30)
    shuffled = np.random.default_rng(2).permutation(len(answers))
    source = write(tmp_path / "a.parquet", answers, group, weights)
    other = write(tmp_path / "b.parquet", answers[shuffled], group[shuffled], weights[shuffled])
    run(source, tmp_path / "one.csv", weight="weight")
    first = {p.name: p.read_bytes() for p in tmp_path.glob("one*")}
    run(source, tmp_path / "one.csv", weight="weight")
    assert first == {p.name: p.read_bytes() for p in tmp_path.glob("one*")}
    run(other, tmp_path / "two.csv", weight="weight")
    for part in ("", "-pairs", "-questions"):
        held = (tmp_path / f"two{part}.csv").read_bytes()
        assert held == first[f"one{part}.csv"]


def test_rows_without_group_or_weight_are_left_out_and_said(tmp_path):
    text = "country,x,y,w\nA,1,2,1\nA,2,1,2\n,1,1,1\n ,1,1,1\nB,3,3,0\nB,3,3,\nB,1,2,x\nB,2,2,3\n"
    (tmp_path / "in.csv").write_text(text)
    report = run(
        tmp_path / "in.csv", tmp_path / "out.csv", vsm=False, questions=("x", "y"), weight="w"
    )
    assert (report.rows, report.without_group, report.without_weight) == (8, 2, 3)
    assert [r["rows"] for r in rows(tmp_path / "out.csv")] == [2, 1]
    said = " ".join(report.cautions)
    assert "2 rows are left out: no group" in said
    assert "3 rows are left out: the weight" in said


def test_other_questionnaires_have_up_to_ten_options(tmp_path):
    random = np.random.default_rng(4)
    answers = random.integers(1, 11, (300, 5))
    group = np.repeat([0, 1], 150)
    columns = {"country": pa.array([f"G{g}" for g in group])}
    columns |= {f"item {i}": pa.array(answers[:, i]) for i in range(5)}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    names = tuple(f"item {i}" for i in range(5))
    run(tmp_path / "in.parquet", tmp_path / "out.csv", vsm=False, questions=names, options=10)
    (pair,) = rows(tmp_path / "out-pairs.csv")
    expected = cultural_fst(answers[:150], answers[150:])
    assert pair["fst"] == pytest.approx(expected.estimate)


def test_the_known_value_lies_in_its_interval_at_the_nominal_rate(tmp_path):
    """200 surveys at once, each two groups of 50 with their own 24 questions out of many.

    Shares of both groups come from one Dirichlet distribution around each question's own shares;
    the true F_ST is its mean over 200,000 such questions. 95 % is nominal; of 200, between 180
    and 200 is where a rate of .92 to .97 leaves it with all but certainty.
    """
    random = np.random.default_rng(20)

    def drawn(questions):
        middle = random.dirichlet(np.full(5, 2.0), questions)
        return [
            (g := random.standard_gamma(20 * middle + 1e-3)) / g.sum(axis=1, keepdims=True)
            for _ in range(2)
        ]

    known = float(fst_of_shares(*drawn(200_000)).mean())
    surveys, people = 200, 50
    group, answers = [], []
    for survey in range(surveys):
        for side, shares in enumerate(drawn(24)):
            draws = random.random((people, 24, 1))
            answers.append(1 + (draws > shares.cumsum(axis=-1)[:, :-1]).sum(axis=-1))
            group += [f"{survey:03}{'ab'[side]}"] * people
    columns = {"country": pa.array(group)}
    columns |= {q: pa.array(np.concatenate(answers)[:, i]) for i, q in enumerate(QUESTIONS)}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.parquet", vsm=False)
    own = [
        row for row in rows(tmp_path / "out-pairs.parquet")
        if row["group_a"][:3] == row["group_b"][:3]
    ]  # fmt: skip
    assert len(own) == surveys
    inside = sum(row["fst_low"] <= known <= row["fst_high"] for row in own)
    assert 180 <= inside <= 198, f"{inside} of {surveys}"
    # Without bias: the mean of 200 estimates is known to a fifteenth of one's standard error.
    estimates = np.array([row["fst"] for row in own])
    assert estimates.mean() == pytest.approx(known, abs=4 * estimates.std() / np.sqrt(surveys))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"group": "region"}, "There is no column “region”: there are “country”, “q01”"),
        ({"weight": "wt"}, "There is no column “wt”"),
        ({"weight": "country"}, "cannot be both the group and the weight"),
        ({"questions": ("q01", "q25")}, "There is no column “q25”"),
        ({"questions": ("q01", "Q1")}, "The question “q01” is named twice"),
        ({"options": 7}, "The VSM 2013 has 5 options, not 7"),
        ({"options": 40, "vsm": False}, "Answers cannot be 1 to 40: give 2 to 10 options"),
        ({"constants": {"abc": 1.0}}, "“abc:1.0” is no constant of an index"),
        ({"vsm": False, "fst": False}, "There is nothing to compute"),
        ({"weight": "word"}, "The column “word” holds no weight above 0"),
    ],
)
def test_each_fault_is_a_sentence_and_leaves_no_file(tmp_path, options, said):
    answers, group, _ = respondents(60)
    words = {"word": pa.array(["much"] * 60)}
    source = write(tmp_path / "in.parquet", answers, group, cells=words)
    told = {"group": "country", **options}
    with pytest.raises(BulkError, match=said.replace("(", r"\(")):
        run_survey(SurveyRequest(source, tmp_path / "out.csv", **told), load_tables())
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


def test_missing_questions_are_named(tmp_path):
    (tmp_path / "in.csv").write_text("country,q01,q02\nA,1,2\n")
    with pytest.raises(BulkError, match="no column for q03, q04"):
        run(tmp_path / "in.csv", tmp_path / "out.csv")


@pytest.mark.parametrize("name", ["out.xlsx", "nowhere/out.csv", "in.csv"])
def test_a_place_that_cannot_be_is_refused_before_anything_is_read(tmp_path, name):
    (tmp_path / "in.csv").write_text("country,q01\nA,1\n")
    with pytest.raises(BulkError):
        run(tmp_path / "in.csv", tmp_path / name, vsm=False)
    assert (tmp_path / "in.csv").read_text() == "country,q01\nA,1\n"


def test_a_file_that_changes_underneath_gives_no_result(tmp_path):
    answers, group, _ = respondents(60)
    source = write(tmp_path / "in.parquet", answers, group)

    def meddle(progress):
        if progress.stage == "Counting":
            Path(source).touch()

    request = SurveyRequest(source, tmp_path / "out.csv", "country")
    with pytest.raises(BulkError, match="changed while it was read"):
        run_survey(request, load_tables(), progress=meddle)
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


def test_a_stopped_run_leaves_nothing_and_keeps_an_older_result(tmp_path):
    answers, group, _ = respondents(60)
    source = write(tmp_path / "in.parquet", answers, group)
    (tmp_path / "out.csv").write_text("older")
    seen = []
    with pytest.raises(BulkStopped):
        run_survey(
            SurveyRequest(source, tmp_path / "out.csv", "country"), load_tables(),
            progress=seen.append, stopped=lambda: len(seen) > 1,
        )  # fmt: skip
    assert (tmp_path / "out.csv").read_text() == "older"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.parquet", "out.csv"]


def test_names_that_look_like_formulas_are_harmless_in_a_text(tmp_path):
    (tmp_path / "in.csv").write_text("country,x,y\n=1+1,1,2\n@A,2,1\nB,1,1\n")
    run(tmp_path / "in.csv", tmp_path / "out.csv", vsm=False, questions=("x", "y"))
    assert [r["group"] for r in rows(tmp_path / "out.csv")] == ["'=1+1", "'@A", "B"]
    run(tmp_path / "in.csv", tmp_path / "out.parquet", vsm=False, questions=("x", "y"))
    assert [r["group"] for r in rows(tmp_path / "out.parquet")] == ["=1+1", "@A", "B"]


def test_the_json_says_what_the_numbers_rest_on(tmp_path):
    answers, group, _ = respondents(100)
    run(write(tmp_path / "in.parquet", answers, group), tmp_path / "out.csv")
    held = json.loads((tmp_path / "out.json").read_text())
    assert held["data_version"] == load_tables().version
    assert held["counts"]["rows"] == 100
    assert "one question at a time" in held["method"]["fst_error"]
    assert "@" in held["citation"]
    assert "hofstede" in held["citation"].lower()
    assert held["files"]["pairs"] == "out-pairs.csv"
