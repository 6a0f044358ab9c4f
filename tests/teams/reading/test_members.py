"""Members: cultures, shares, weights, teams and what becomes of names."""

import pytest

from analysis.profiles import find_profile
from analysis.teams.reading.cells import ProfileFinder, cultures
from analysis.teams.reading.grid import plain
from analysis.teams.reading.members import initials
from tests.teams.reading.build import csv_text


@pytest.fixture(scope="module")
def finder(tables):
    return ProfileFinder(tables)


def people(reading):
    return [[m.name for m in team.members] for team in reading.teams]


HALVES = [("NLD", 0.5), ("CHN", 0.5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NLD", [("NLD", 1)]),
        ("nl", [("NLD", 1)]),
        ("the netherlands", [("NLD", 1)]),
        ("Holland", [("NLD", 1)]),
        ("NLD:1", [("NLD", 1)]),
        ("NLD 100%", [("NLD", 1)]),
        ("NLD;", [("NLD", 1)]),
        ("NLD:0.5;CHN:0.5", HALVES),
        ("NLD:0,5;CHN:0,5", HALVES),
        ("NLD:0,5, CHN:0,5", HALVES),
        ("NLD; CHN", HALVES),
        ("NLD / CHN", HALVES),
        ("NLD, CHN", HALVES),
        ("NLD and CHN", HALVES),
        ("NLD & CHN", HALVES),
        ("NLD | CHN", HALVES),
        ("NLD=0.5; CHN=0.5", HALVES),
        ("NLD 50%; CHN 50%", HALVES),
        ("NLD (50%), CHN (50%)", HALVES),
        ("NLD: 50 ; CHN: 50", HALVES),
        ("NLD:49.5;CHN:49.5", HALVES),
        ("NLD:.5;CHN:.5", None),
        ("Belgium, Dutch-speaking", [("BEL-NL", 1)]),
        ("Belgium French; CHE-DE", [("BEL-FR", 0.5), ("CHE-DE", 0.5)]),
        ("Belgium, Dutch-speaking 50%; China 50%", [("BEL-NL", 0.5), ("CHN", 0.5)]),
        ("Trinidad and Tobago", [("TTO", 1)]),
        ("Trinidad and Tobago and France", None),  # `Trinidad` alone is no profile
        ("Trinidad and Tobago; France", [("TTO", 0.5), ("FRA", 0.5)]),
        ("Arab countries", [("ARAB", 1)]),
        ("ZAF-WHITE:0.25;NLD:0.75", [("ZAF-WHITE", 0.25), ("NLD", 0.75)]),
    ],
)
def test_cultures_in_the_ways_people_write_them(finder, text, expected):
    from analysis.teams.reading.fault import BadCell  # noqa: PLC0415

    if expected is None:
        with pytest.raises(BadCell):
            cultures(text, finder)
    else:
        found, scaled = cultures(text, finder)
        assert [(c.profile, c.share) for c in found] == expected
        assert not scaled


def test_whole_numbers_are_proportions_scaled_and_said(read):
    reading = read(b"Name;Culture\nA;NLD:2,CHN:1\nB;NLD\nC;NLD:30,CHN:10\nD;NLD:60,CHN:40\n")
    assert [c.share for c in reading.teams[0].members[0].cultures] == [2 / 3, 1 / 3]
    assert [c.share for c in reading.teams[0].members[2].cultures] == [0.75, 0.25]
    # 60 and 40 are percent and add up: nothing to say
    assert (
        "Shares were taken as proportions and scaled to add up to 1 in rows 2 and 4."
        in reading.notes
    )


def test_thirds_rounded_to_two_digits_add_up(read):
    (member,) = read(b'Culture\n"NLD:0.33;CHN:0.33;DEU:0.33"\n').teams[0].members
    assert sum(c.share for c in member.cultures) == pytest.approx(1, abs=1e-15)


def test_cultures_and_shares_in_columns_of_their_own(read):
    rows = [["Name", "Culture 1", "Share 1", "Culture 2", "Share 2"],
            ["A", "NLD", 0.25, "CHN", 0.75], ["B", "DEU", "", "", ""], ["C", "NLD", "", "CHN", ""],
            ["D", "NLD", "40%", "CHN", "60%"]]  # fmt: skip
    reading = read(csv_text(rows).encode())
    assert reading.faults == ()
    assert [[(c.profile, c.share) for c in m.cultures] for m in reading.teams[0].members] == [
        [("NLD", 0.25), ("CHN", 0.75)], [("DEU", 1)], HALVES, [("NLD", 0.4), ("CHN", 0.6)],
    ]  # fmt: skip


def test_a_team_column_gives_several_teams_whatever_its_case_and_space(read):
    reading = read(b"Team,Culture\nNorth,NLD\nSouth,CHN\n north ,DEU\n")
    assert [(t.name, len(t.members)) for t in reading.teams] == [("North", 2), ("South", 1)]
    assert len({t.id for t in reading.teams}) == 2


def test_a_column_of_weights_or_teams_that_is_all_blank_counts_as_not_there(read):
    (team,) = read(b"Name,Culture,Weight,Team\nA,NLD,,\nB,CHN,,\n", "our team.csv").teams
    assert team.name == "our team"
    assert [m.weight for m in team.members] == [1, 1]


def test_first_and_last_name_in_two_columns(read):
    assert people(read(b"First name,Surname,Country\nAnna,de Vries,NLD\n")) == [["Anna de Vries"]]


def test_members_of_the_same_name_are_two_people_and_said(read):
    reading = read(b"Team,Name,Culture\nT,Anna,NLD\nT,Anna,CHN\n")
    assert len(reading.teams[0].members) == 2
    assert "T has several members named Anna; each row counts as one person." in reading.notes


SECRET = "Zebedee Quackenbush"
WITH_FAULTS = (
    f"Name,Culture,Mail\n{SECRET},NLD,z@q.example\nAnna Bee,Elbonia,{SECRET}\n"
    f"{SECRET * 4},CHN,\nAlan Bee,CHN,\n,CHN,\n"
    "Quack, Anna,CHN,a@b.example\n"  # without quotation marks, so that Anna stands as culture
)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("keep", [SECRET, "Alan Bee", ""]),
        ("initials", ["Z.Q.", "A.B.", "Member 3"]),
        ("leave_out", ["Member 1", "Member 2", "Member 3"]),
    ],
)
def test_names_can_be_left_out_or_become_initials(read, choice, expected):
    reading = read(WITH_FAULTS.encode(), names=choice)
    assert people(reading) == [expected]
    assert sorted({fault.row for fault in reading.faults}) == [3, 4, 7]
    if choice != "keep":
        # nowhere: not in faults, rejected rows, columns that are not read, notes or ids
        for secret in ("Zebedee", "Quack", "Anna", "Bee", "example"):
            assert secret not in repr(reading)


def test_the_id_of_a_team_without_names_does_not_depend_on_them(read):
    def of(name, choice):
        return read(f"Team,Name,Culture\nT,{name},NLD\n".encode(), names=choice).teams[0].id

    assert of("Anna", "leave_out") == of("Bob", "leave_out")
    assert of("Anna", "keep") != of("Bob", "keep")


def test_the_same_initials_are_numbered(read):
    reading = read(b"Name,Culture\nAnna Bee,NLD\nAlan Bee,CHN\n", names="initials")
    assert people(reading) == [["A.B.", "A.B. 2"]]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Anna-Maria de Vries", "A.M.D.V."), ("張偉", "張."), ("O’Brien", "O.B."), ("__", ""),
     ("ßeta", "SS.")],
)  # fmt: skip
def test_initials(name, letters):
    assert initials(name) == letters


def test_the_finder_says_what_find_profile_says_for_every_name(tables, finder):
    for record in tables.profiles.values():
        for text in (record.id, record.iso2, record.name, record.name_in_sentence,
                     *record.other_names):  # fmt: skip
            if text:
                assert finder.find(text.upper()) == find_profile(tables, text)
    assert finder.find("") is None
    assert finder.find("Elbonia") is None
    assert plain("  Côte  d’Ivoire ") == "cote d’ivoire"


def test_na_in_a_column_of_countries_is_no_blank(read):
    # NA is Namibia's code, never passed over as the mark of a missing value
    ((member,),) = [team.members for team in read(b"Name,Country\nA,NA\n").teams]
    assert [c.profile for c in member.cultures] == ["NAM"]
