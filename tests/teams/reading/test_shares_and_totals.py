"""A column of shares, rows that sum up the others, faults said once, and signs of several parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.teams.reading import fault_sentences
from analysis.teams.reading.fault import Fault
from analysis.teams.reading.grid import clean, clusters, plain, shown
from analysis.teams.reading.members import initials

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def members(reading):
    return [
        (m.name, [(c.profile, c.share) for c in m.cultures], m.weight)
        for team in reading.teams
        for m in team.members
    ]


def test_a_share_under_a_clear_header_is_of_the_culture_over_the_persons_rows(read):
    reading = read(
        b"Name,Culture,Culture share\nAnna,NLD,0.5\nBo,IND,1\nAnna,IND,0.5\nCas,NLD,70%\n"
        b"Cas,CHN,30%\n"
    )
    assert reading.faults == ()
    assert members(reading) == [
        ("Anna", [("NLD", 0.5), ("IND", 0.5)], 1.0), ("Bo", [("IND", 1.0)], 1.0),
        ("Cas", [("NLD", 0.7), ("CHN", pytest.approx(0.3))], 1.0),
    ]  # fmt: skip
    assert any("2 people stand in several rows" in note for note in reading.notes)


def test_half_a_culture_without_the_other_half_is_a_fault(read):
    reading = read(b"Name,Culture,Culture share\nAnna,IND,0.5\nBo,IND,1\n")
    assert [f.expected for f in reading.faults] == ["shares that add up to 1, not to 0.5"]
    assert [name for name, _, _ in members(reading)] == ["Bo"]


def test_a_person_in_several_rows_is_refused_whole(read):
    reading = read(
        b"Name,Culture,Culture share,Weight\nAnna,NLD,0.5,1\nAnna,IND,0.4,1\nBo,NLD,0.5,1\n"
        b"Bo,CHN,0.5,2\nCas,CHN,1,1\n"
    )
    assert [(f.row, f.expected) for f in reading.faults] == [
        (2, "shares that add up to 1, not to 0.9"), (3, "shares that add up to 1, not to 0.9"),
        (5, "the weight that the person has in the other rows"),
    ]  # fmt: skip
    assert [name for name, _, _ in members(reading)] == ["Bo", "Cas"]


def test_the_same_number_under_weight_is_the_persons(read):
    reading = read(b"Name,Culture,Weight\nAnna,India,0.5\nBo,NLD,1\n")
    assert members(reading) == [("Anna", [("IND", 1.0)], 0.5), ("Bo", [("NLD", 1.0)], 1.0)]


@pytest.mark.parametrize("header", ["Share", "Percent", "Anteil", "Proportion"])
def test_a_header_that_may_mean_either_is_asked_about_not_guessed(read, header):
    reading = read(f"Name,Culture,{header}\nAnna,India,0.5\nBo,NLD,1\nCas,CHN,\n".encode())
    (fault,) = reading.faults
    assert (fault.row, fault.column, fault.found) == (2, f"C ({header})", "“0.5”")
    assert "“Culture share”" in fault.expected
    assert "“Weight”" in fault.expected
    assert [name for name, _, _ in members(reading)] == ["Bo", "Cas"]


def test_a_share_beside_numbered_cultures_is_clear(read):
    reading = read(b"Name,Culture,Share,Culture 2,Share 2\nAnna,NLD,0.6,CHN,0.4\n")
    assert members(reading) == [("Anna", [("NLD", 0.6), ("CHN", 0.4)], 1.0)]


@pytest.mark.parametrize(
    "word", ["Total", "MEAN", "Average:", "Sum", "Gesamt", "合计", "Mittelwert", "平均"]
)
def test_a_row_that_sums_up_the_others_is_named_and_left_out(read, word):
    reading = read(f"Team,PDI,IDV\nA,40,50\nB,60,70\n{word},50,60\n".encode())
    assert [team.name for team in reading.teams] == ["A", "B"]
    assert reading.faults == ()
    (note,) = [n for n in reading.notes if "sums up" in n]
    assert note.startswith(f"Row 4 (“{word}”) looks like a row that sums up the others")


def test_totals_of_members_and_answers_are_left_out_too_but_not_a_person_called_sum(read):
    reading = read(b"Name,Culture,Weight\nSum,CHN,1\nAnna,NLD,1\nTotal,2,2\n")
    assert [name for name, _, _ in members(reading)] == ["Sum", "Anna"]
    header = ",".join(["No", *(f"q{n:02}" for n in range(1, 25))])
    rows = [f"{n}," + ",".join("12345"[(n + q) % 5] for q in range(24)) for n in range(3)]
    mean = "Mean," + ",".join(["2.7"] * 24)
    found = read("\n".join([header, *rows, mean]).encode())
    assert len(found.teams[0].respondents) == 3
    assert found.faults == ()


def test_a_team_that_stands_alone_may_be_called_average(read):
    assert [t.name for t in read(b"Team,PDI\nAverage,40\n").teams] == ["Average"]


def test_the_note_on_totals_quotes_nothing_where_names_are_hidden(read):
    reading = read(b"Name,Culture\nAnna,NLD\nSum,\n", names="initials")
    assert "Sum" not in repr(reading)
    assert any(note.startswith("Row 3 looks like") for note in reading.notes)


def test_faults_of_one_kind_are_said_once_and_the_rest_is_counted():
    faults = [Fault(n, "C (weight)", "“x”", "a weight above 0") for n in range(2, 46)]
    other = Fault(50, "B (culture)", "“Atlantis”", "a country")
    said = fault_sentences([*faults, other])
    assert said == (
        "Column C (weight), expected a weight above 0: found “x” in rows 2, 3, 4, 5, 6, 7, 8, 9, 10"
        " and 11, and 34 more.",
        other.sentence,
    )


def test_one_kind_in_several_columns_names_each_cell():
    faults = [Fault(2, "A (q01)", "“6”", "1 to 5"), Fault(3, "B (q02)", "“7”", "1 to 5")]
    assert fault_sentences(faults) == (
        "Expected 1 to 5: found “6” in row 2, column A (q01); “7” in row 3, column B (q02).",
    )


@given(
    st.lists(
        st.builds(
            Fault,
            st.integers(1, 99),
            st.sampled_from("AB"),
            st.sampled_from(["“x”", "“y”"]),
            st.sampled_from(["one", "two"]),
        )
    )
)
def test_no_kind_of_fault_is_lost(faults):
    said = fault_sentences(faults)
    assert len(said) == len({fault.expected for fault in faults})
    for kind in {fault.expected for fault in faults}:
        count = sum(fault.expected == kind for fault in faults)
        assert any(f"xpected {kind}" in s for s in said)
        assert any(f"{count - 10} more" in s for s in said) or count <= 10


@pytest.mark.parametrize(
    ("text", "parts"),
    [(FAMILY + "x", 2), ("e\u0301a", 2), ("\U0001f1f3\U0001f1f1\U0001f1e8\U0001f1f3", 2),
     ("\U0001f44b\U0001f3fd!", 2), ("\u2764\ufe0f", 1), ("", 0)],
)  # fmt: skip
def test_signs_of_several_parts_stay_whole(text, parts):
    assert len(clusters(text)) == parts


@given(st.text())
def test_clusters_lose_nothing(text):
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    ("name", "letters"),
    [(f"{FAMILY} Smith", "S."), (f"Ann{FAMILY}a Lee", "A.A.L."), ("E\u0301va Nagy", "É.N."),
     ("e\u0301lise", "É."), ("\u0915\u093f\u0930\u0923", "\u0915\u093f."), (FAMILY, "")],
)  # fmt: skip
def test_initials_cut_no_sign_in_two(name, letters):
    assert plain(initials(name)) == plain(letters)
    assert len(clusters(initials(name))) == len(clusters(letters))


def test_a_family_stays_one_sign_from_the_file_to_the_sentence(read):
    reading = read(f"Name,Culture\n{FAMILY} Smith,NLD\n{FAMILY * 9},CHN\n".encode())
    assert reading.teams[0].members[0].name == f"{FAMILY} Smith"
    quoted = shown(FAMILY * 9)
    assert quoted == f"“{FAMILY * 7}…”"  # five letters each, at most forty
    assert clean("a\u200db \u200d") == "a b"  # between plain letters it only hides
