"""Columns are found by their names in the ways that people write them."""

import pytest

from analysis.errors import UploadError
from analysis.teams.reading import read_pasted, read_team
from analysis.teams.reading.headers import COMMON, best_kind, header_words, roles, vocabulary
from tests.teams.reading.build import SCORES, answers, csv_text

WAYS = {
    "pdi": ["PDI", "pdi", "Power distance", "POWER DISTANCE", "power_distance_index",
            "Power Distance Index (PDI)", "PowerDistance", "Power-distance score", "PDI (0–100)",
            " Pdi ", "mean PDI"],
    "idv": ["IDV", "Individualism", "Individualism vs. Collectivism", "individualism/collectivism",
            "Individualism (IDV)", "Índividualism"],
    "mas": ["MAS", "Masculinity", "Masculinity versus Femininity",
            "Motivation towards Achievement and Success (MAS)"],
    "uai": ["UAI", "Uncertainty avoidance", "uncertainty_avoidance_index"],
    "lto": ["LTO", "Long-term orientation", "Long Term vs Short Term Orientation", "ltowvs",
            "Long term versus short term normative orientation"],
    "ivr": ["IVR", "Indulgence", "Indulgence vs restraint", "indulgence_versus_restraint"],
}  # fmt: skip


@pytest.mark.parametrize(("dimension", "header"), [(d, h) for d, hs in WAYS.items() for h in hs])
def test_a_dimension_is_known_in_the_ways_people_write_it(tables, dimension, header):
    words = vocabulary(tables.frameworks["hofstede-2015"])
    assert roles([header], "scores", words) == (f"score:{dimension}",)


@pytest.mark.parametrize("header", ["PDI sd", "sd_pdi", "PDI (SD)", "Spread of PDI",
                                    "Power distance standard deviation", "PDI st. dev.",
                                    "stdev PDI"])  # fmt: skip
def test_a_spread_is_told_from_its_score(header):
    assert roles([header], "scores", COMMON) == ("spread:pdi",)


@pytest.mark.parametrize("header", ["PDI rank", "PDI error", "PDI difference", "PDI IDV", "IND",
                                    "distance", "power", "PDI 2023", "PDI n", ""])  # fmt: skip
def test_what_is_another_number_than_the_score_is_not_read_as_it(header):
    assert roles([header], "scores", COMMON) == ("",)


@pytest.mark.parametrize("header", ["q01", "Q1", "m01", "question 1", "Question_01", "Q 1", "q1.",
                                    "Q01: time for yourself", "item 1", "v01", "VSM 1", "VSM Q1",
                                    "q1_personal"])  # fmt: skip
def test_a_question_is_known_in_the_ways_people_write_it(header):
    assert roles([header, "q02"], "answers", COMMON)[0] == "question:1"


def test_numbers_alone_are_questions_only_where_they_can_be_nothing_else():
    header = [str(n) for n in range(1, 25)]
    assert roles(header, "answers", COMMON) == tuple(f"question:{n}" for n in range(1, 25))
    assert set(roles(["1", "2", "3", "4", "5"] * 4, "answers", COMMON)) == {""}


@pytest.mark.parametrize(
    ("header", "role"),
    [("Name", "name"), ("Team member", "name"), ("Culture", "culture"), ("COUNTRY", "culture"),
     ("Culture(s)", "culture"), ("Nationality", "culture"), ("Country of origin", "culture"),
     ("ISO3", "culture"), ("ISO-3 code", ""), ("Weight", "weight"), ("Culture 2", "culture:2"),
     ("share2", "share:2"), ("Team", "team"), ("First name", "given"), ("Surname", "family"),
     ("Comment", "")],
)  # fmt: skip
def test_columns_of_members(header, role):
    assert roles([header], "members", COMMON) == (role,)


@pytest.mark.parametrize(
    ("header", "role"),
    [("n", "size"), ("Team size", "size"), ("Number of people", "size"), ("Party", "team")],
)
def test_columns_of_scores(header, role):
    assert roles([header], "scores", COMMON) == (role,)


@pytest.mark.parametrize(
    ("header", "role"),
    [("Department", "subgroup"), ("sub-group", "subgroup"), ("Sample", "sample"),
     ("Country", "culture")],
)  # fmt: skip
def test_columns_of_answers(header, role):
    assert roles(["q01", header], "answers", COMMON)[1] == role


def test_words_of_a_header():
    assert header_words("  Écart_typePDI ") == "ecart type pdi"
    assert header_words(3.0) == "3"


def test_the_kind_is_told_from_the_columns_and_said(read):
    for rows, kind, words in (
        (SCORES, "scores", "Taken as scores, a team in each row."),
        ([["Country"], ["NLD"]], "members", "Taken as members, a person in each row."),
        (answers(), "answers", "Taken as answers to the VSM 2013, a respondent in each row."),
        ([["Country", "PDI", "IDV"], ["NLD", 38, 80]], "scores",
         "Taken as scores, a team in each row."),
    ):  # fmt: skip
        reading = read(csv_text(rows).encode())
        assert reading.kind == kind
        assert words in reading.notes
    asked = read(csv_text([["Team", "Country", "PDI"], ["A", "NLD", 38]]).encode(), kind="members")
    assert asked.kind == "members"
    assert not any(note.startswith("Taken") for note in asked.notes)


def test_a_kind_that_the_columns_do_not_hold_is_refused(tables):
    grid = read_pasted(csv_text(SCORES))
    with pytest.raises(UploadError, match=r"such as Culture or Country \(members\); the first row"):
        read_team(tables, grid, "members")


def test_columns_that_are_not_read_are_named(read):
    reading = read(b"Name,Culture,Shoe size,Mail,Blank\nA,NLD,43,a@b,\n")
    assert "Not read: columns “Shoe size” and “Mail”." in reading.notes


def test_a_row_that_repeats_the_header_is_left_out(read):
    assert len(read(b"Team,PDI\nA,1\nTeam,PDI\nB,2\n").teams) == 2


def test_the_header_may_stand_far_down_but_not_anywhere(read):
    notes = "".join(f"note {n}\n" for n in range(49))
    assert len(read((notes + "Team,PDI\nA,1\n").encode()).teams) == 1
    with pytest.raises(UploadError, match="one of the first 50 rows"):
        read((notes + "one more\nTeam,PDI\nA,1\n").encode())


def test_scores_whose_dimensions_stand_below_each_other(read):
    text = "Our teams\nDimension,Ours,Theirs\nPDI,38,80\nIDV,80,500\nMAS,14,66\nSize,5,6\n"
    reading = read(text.encode())
    (team,) = reading.teams
    assert (team.name, team.scores, team.size) == ("Ours", (38, 80, 14, None, None, None), 5)
    (fault,) = reading.faults
    assert (fault.row, fault.column, fault.found) == (4, "C", "“500”")
    assert reading.rejected[0].place == "C"
    assert any("stand below each other" in note for note in reading.notes)


def test_two_rows_of_one_dimension_are_one_too_many(read):
    with pytest.raises(UploadError, match="Rows 2 and 5 have the same meaning"):
        read(b"Dimension,A\nPDI,1\nIDV,2\nMAS,3\nPower distance,4\n")


def test_the_best_kind_is_the_one_with_most_columns():
    assert best_kind(["Team", "PDI", "IDV"])[:2] == (3, "scores")
    assert best_kind(["Name", "Country", "Weight", "PDI"])[:2] == (3, "scores")  # on a tie
    assert best_kind(["Team"]) is None  # a team's name alone is no table
    assert best_kind(["Smith", "Bakery", "4"]) is None
