"""Scores and answers: ranges, what counts as missing, anchor samples, ids."""

import pytest

from analysis.errors import UploadError
from analysis.teams.reading import content_id
from analysis.teams.reading.cells import number
from tests.teams.reading.build import QUESTIONS, SCORES, answers, csv_text, with_cells


@pytest.mark.parametrize(
    ("text", "value"),
    [("38", 38), ("38.5", 38.5), ("38,5", 38.5), ("+3", 3), ("-1", -1), ("\u22121", -1),
     (".5", 0.5), ("5.", 5), ("３８", 38), ("٣", 3), ("1,234", 1.234), (38.25, 38.25),
     ("1,234.5", None), ("1 234", None), ("38%", None), ("38²", None), ("1e2", None), ("0x1", None),
     ("inf", None), ("", None), (float("inf"), None), ("9" * 400, None)],
)  # fmt: skip
def test_numbers(text, value):
    assert number(text) == value


@pytest.mark.parametrize("blank", ["", "-", "–", "n/a", "NA", "#N/A", "#NULL!", ".", "none", " "])
def test_a_missing_score_stays_missing(read, blank):
    (team,) = read(f"Team,PDI,IDV\nA,{blank},0\n".encode()).teams
    assert team.scores == (None, 0, None, None, None, None)


@pytest.mark.parametrize("value", [0, 120, 112.4])
def test_the_ends_of_the_range_are_scores(read, value):
    assert read(csv_text(with_cells(SCORES, B2=value)).encode()).teams[0].scores[0] == value


def test_spread_and_size_are_read(read):
    (team,) = read(b"Team,PDI,PDI SD,IDV,n\nA,40,84.9,50,12\n").teams
    assert team.spread == (84.9, None, None, None, None, None)
    assert team.size == 12


def test_names_come_from_the_file_or_are_numbered(read):
    assert [t.name for t in read(b"PDI\n5\n", "Our_buyers.csv").teams] == ["Our buyers"]
    assert [t.name for t in read(b"PDI\n5\n", "").teams] == ["Team 1"]
    assert [t.name for t in read(b"Team,PDI\nA,5\n,6\n", "x.csv").teams] == ["A", "Team 2"]
    assert [t.name for t in read(b"Country,PDI\nNLD,5\n").teams] == ["NLD"]


def test_ids_follow_from_the_content_or_from_a_function(read):
    twins = read(b"Team,PDI\nA,5\nA,5\nA,6\n").teams
    assert len({t.id for t in twins}) == 3
    assert all(len(t.id) == 13 and t.id.startswith("TEAM-") and t.id[5:].isalnum() for t in twins)
    assert read(b"Team;PDI\nA;5\n").teams[0].id == twins[0].id == content_id(twins[0])
    ids = iter(["TEAM-AAAAAAAA", "TEAM-AAAAAAAA", "TEAM-BBBBBBBB"])
    made = read(b"Team,PDI\nA,5\nB,5\n", make_id=lambda team: next(ids)).teams
    assert [t.id for t in made] == ["TEAM-AAAAAAAA", "TEAM-BBBBBBBB"]
    with pytest.raises(ValueError, match="too few"):
        read(b"Team,PDI\nA,5\nB,5\n", make_id=lambda team: "TEAM-AAAAAAAA")


def test_answers_that_were_not_given_are_missing_and_counted(read):
    rows = with_cells(answers(2), A2="", B2=0, C2=9, D2=99, E2=-1, F2="NA", G2="9.0")
    reading = read(csv_text(rows).encode())
    assert reading.faults == ()
    assert reading.teams[0].respondents[0].answers[:8] == (None,) * 7 + (3,)  # (0 + 7) % 5 + 1
    # blank and NA; 9 and 9.0
    assert (
        "7 answers not given: 2 blank, 1 coded -1, 1 coded 0, 2 coded 9 and 1 coded 99."
        in reading.notes
    )


def test_missing_answers_of_rejected_rows_are_not_counted(read):
    reading = read(csv_text(with_cells(answers(2), A2="", B2=7, A3=9)).encode())
    assert "1 answer not given: 1 coded 9." in reading.notes


def test_a_question_without_a_column_is_said_and_missing(read):
    rows = [row[:22] for row in answers(2)]
    reading = read(csv_text(rows).encode())
    assert reading.teams[0].respondents[0].answers[22:] == (None, None)
    assert any(note.startswith("No column holds q23 and q24;") for note in reading.notes)


def test_questions_about_the_person_are_not_read(read):
    rows = [[*row, extra] for row, extra in zip(answers(2), ["q25", 1, 2], strict=True)]
    reading = read(csv_text(rows).encode())
    assert reading.faults == ()
    assert "Not read: column “q25”." in reading.notes


def test_weight_and_subgroup_of_a_respondent(read):
    rows = [[*row, *more] for row, more in zip(answers(2), [("Weight", "Dept"), ("1,5", "R&D"),
                                                            (2, "")], strict=True)]  # fmt: skip
    first, second = read(csv_text(rows).encode()).teams[0].respondents
    assert (first.weight, first.subgroup) == (1.5, "R&D")
    assert (second.weight, second.subgroup) == (2, "")


def marked(header, marks, **more):
    columns = {header: marks, **more}
    rows = answers(len(marks))
    return csv_text(
        [[*columns, *rows[0]]]
        + [[*(held[r] for held in columns.values()), *row] for r, row in enumerate(rows[1:])]
    ).encode()


def test_a_sample_column_marks_the_anchor(read):
    reading = read(marked("Sample", ["", "team", "NLD", "Netherlands", "Holland"]))
    (team,) = reading.teams
    assert len(team.respondents) == 2
    assert team.anchor.profile == "NLD"
    assert len(team.anchor.respondents) == 3
    assert "2 rows are the team's, 3 the anchor sample of the Netherlands." in reading.notes


def test_the_anchor_serves_every_team_of_a_file(read):
    data = marked("Anchor", ["", "", "CHN"], Team=["A", "B", ""])
    first, second = read(data).teams
    assert (first.name, second.name) == ("A", "B")
    assert first.anchor == second.anchor
    assert len(first.anchor.respondents) == 1


def test_a_country_column_marks_an_anchor_only_where_every_row_says_so(read):
    clear = read(marked("Country", ["team", "ours", "NLD"])).teams[0]
    assert (len(clear.respondents), clear.anchor.profile) == (2, "NLD")
    for marks in (["", "NLD", "NLD"], ["NLD", "NLD", "NLD"], ["team", "NLD", "CHN"],
                  ["team", "NLD", "Nederland"]):  # fmt: skip
        reading = read(marked("Country", marks))
        assert reading.teams[0].anchor is None
        assert len(reading.teams[0].respondents) == 3
        assert any("not taken as the mark of an anchor sample" in n for n in reading.notes)


def test_a_misspelt_sample_is_never_counted_as_the_team(read):
    reading = read(marked("Sample", ["team", "Netherlnads", "Netherlnads"]))
    assert len(reading.teams[0].respondents) == 1
    assert [f.expected for f in reading.faults] == [
        "a country, part or region with scores, or team or nothing for a row of the team"
    ] * 2


def test_two_anchors_are_one_too_many(read):
    with pytest.raises(UploadError, match="two anchor samples, China and Netherlands"):
        read(marked("Sample", ["team", "NLD", "CHN"]))


def test_the_number_of_listed_faults_is_limited(read):
    header = ",".join(QUESTIONS) + "\n"
    reading = read((header + ("7," * 23 + "7\n") * 1000).encode())
    # 24 faults a row: after row 417 there are 10,008; then one for each of the other 583
    assert len(reading.faults) == 417 * 24 + 583
    assert len(reading.rejected) == 1000
    assert any("only the first fault is named" in note for note in reading.notes)
