"""Rows that get no value, each with its reason; faults of the table, each with its sentence."""

import csv

import pytest

from analysis.errors import BulkError, BulkStopped

TABLE = """\
iso_o,iso_d,year
NLD,CHN,2001
NLD,CHN,2001
nl,China,2002
528,156,2003
NAM,NA,2004
,SWE,2005
" ",,2006
Holand,SWE,2007
Narnia,Mordor,2008
ALB,JAM,2009
CHN,NLD,2010
"""


@pytest.fixture
def found(run):
    return run(TABLE)


def left_out(found):
    with found.left_out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_has_one_outcome(found):
    told = found.outcomes
    assert (told.with_value, told.empty, told.one_sided, told.unknown) == (5, 1, 1, 2)
    assert (told.same_party, told.no_distance) == (1, 1)
    assert found.rows == told.rows == 11
    # NLD-CHN stands four times and CHN-NLD is another direction.
    assert told.repeated == 3


def test_rows_that_are_left_out_are_listed_with_number_texts_and_reason(found):
    rows = left_out(found)
    assert [row["row"] for row in rows] == ["5", "6", "7", "8", "9", "10"]
    assert [(row["a"], row["b"]) for row in rows] == [
        ("NAM", "NA"), ("", "SWE"), (" ", ""), ("Holand", "SWE"), ("Narnia", "Mordor"),
        ("ALB", "JAM"),
    ]  # fmt: skip
    reasons = [row["reason"] for row in rows]
    assert reasons[0] == "Both sides are Namibia, so there is nothing to compare."
    assert reasons[1] == "“iso_o” is empty."
    assert reasons[2] == "Both party columns are empty."
    assert reasons[3].startswith("No country, part or region with scores goes by “Holand”: did you")
    assert "Narnia" in reasons[4]
    assert "Mordor" in reasons[4]
    assert reasons[5].startswith("There is no distance between Albania and Jamaica: they share no")


def test_a_reason_says_all_that_explains_and_not_what_helps(run):
    pairs = ("KWT,SAU", "EGY,IRQ", "ZAF,NLD", "UKR,POL", "KWT,LBN")
    rows = left_out(run("\n".join(["iso_o,iso_d", *pairs, "NLD,CHN"])))
    reasons = [row["reason"] for row in rows]
    assert reasons[0] == (
        "There is no distance between Kuwait and Saudi Arabia: they share two scores (long-term"
        " orientation and indulgence), and a distance needs at least four. On power distance,"
        " individualism, masculinity and uncertainty avoidance both stand with the one score"
        " published for the Arab countries, which cannot tell them apart."
    )
    assert "the one score published for the Arab countries" in reasons[1]
    assert reasons[2].endswith(
        "South Africa has no score on power distance, individualism, masculinity or uncertainty"
        " avoidance; only a part of it has enough scores, the white South African sample, which"
        " does not stand for the whole."
    )
    assert reasons[3].endswith("individualism, masculinity or uncertainty avoidance.")
    assert reasons[4].endswith("the Arab countries, which cannot tell them apart.")
    assert max(map(len, reasons)) < 400


def test_what_was_understood_is_listed(found):
    assert found.understood["nl"] == ("NLD", 1)
    assert found.understood["528"] == ("NLD", 1)
    assert found.understood["NA"] == ("NAM", 1)
    assert found.understood["NLD"] == ("NLD", 3)
    assert found.unknown_texts == 3
    assert set(found.unknown) == {"Holand", "Narnia", "Mordor"}


def test_no_list_is_left_where_nothing_is_left_out(run):
    assert run(TABLE).left_out.exists()
    second = run("iso_o,iso_d\nNLD,CHN\n")
    assert second.left_out is None
    assert not second.out.with_name("out-left-out.csv").exists()


def test_a_table_without_rows_gives_a_table_without_rows(run):
    for out in ("out.csv", "out.parquet", "out.xlsx"):
        found = run("iso_o,iso_d\n", out)
        assert found.rows == 0
    assert found.out.exists()


def test_one_in_ten_names_unknown(run, tmp_path):
    rows = [f"{'Atlantis' if n % 10 == 0 else 'NLD'},CHN,{n}" for n in range(20_000)]
    found = run("\n".join(["iso_o,iso_d,n", *rows]) + "\n")
    assert (found.outcomes.with_value, found.outcomes.unknown) == (18_000, 2_000)
    assert [int(row["row"]) for row in left_out(found)] == list(range(1, 20_001, 10))


def test_many_different_unknown_names_are_counted_and_each_gets_a_reason(run):
    rows = [f"Firm {n},CHN" for n in range(3_000)]
    found = run("\n".join(["iso_o,iso_d", "NLD,CHN", *rows]), columns=("iso_o", "iso_d"))
    assert found.unknown_texts == 3_000
    assert len(found.unknown) == 1_000
    reasons = {row["reason"] for row in left_out(found)}
    assert len(reasons) == 3_000


def test_a_table_without_any_known_party_has_all_columns_and_no_value(run):
    extras = ("percentile", "k", "standing", "topics")
    found = run("iso_o,iso_d\nXx,Yy\n", columns=("iso_o", "iso_d"), extras=extras)
    assert (found.outcomes.with_value, found.outcomes.unknown) == (0, 1)
    names, cells = found.out.read_text("utf-8").splitlines()
    assert names.endswith(",friction_overall")
    assert cells == "Xx,Yy" + "," * (names.count(",") - 1)


def test_text_like_a_formula_is_harmless_in_the_list_and_in_the_table(run):
    found = run("iso_o,iso_d\n=NLD,CHN\n@x, +1\nNLD,CHN\n", columns=("iso_o", "iso_d"))
    assert [row["a"] for row in left_out(found)] == ["'=NLD", "'@x"]
    assert left_out(found)[1]["b"] == "' +1"
    assert found.out.read_text("utf-8").splitlines()[1].startswith("'=NLD,CHN,")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("one\nNLD\n", "has one column"),
        ("iso_o,iso_d\nNLD\n", "Line 2 has 1 cells where the first line has 2"),
        ("iso_o,iso_d\nNLD,CHN,3\n", "Line 2 has 3 cells"),
        ('iso_o,iso_d\nNLD,"CHN\n', "never closed"),
        ("iso_o,ISO_O,iso_d\nNLD,NLD,CHN\n", "Two columns are called “iso_o” and “ISO_O”"),
        ("iso_o,iso_d,Kogut_Singh\nNLD,CHN,1\n", "already has a column called “Kogut_Singh”"),
        ("iso_o,iso_d,parley_row\nNLD,CHN,1\n", "a name that Parley needs"),
        ("x,y1\n1,2\n", "No two columns seem to hold parties"),
    ],
)
def test_a_table_that_cannot_be_used_is_one_sentence(run, content, said, tmp_path):
    with pytest.raises(BulkError, match=said):
        run(content)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


def test_a_column_that_is_missing_is_named_with_those_that_are_there(run):
    with pytest.raises(BulkError, match="no column “importer”: there are “iso_o” and “iso_d”"):
        run("iso_o,iso_d\nNLD,CHN\n", columns=("iso_o", "importer"))


def test_a_job_that_is_stopped_leaves_nothing(run, tmp_path):
    with pytest.raises(BulkStopped):
        run(TABLE, stopped=lambda: True)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


def test_progress_names_its_stages_and_moves(run):
    told = []
    run(TABLE, progress=told.append)
    stages = list(dict.fromkeys(one.stage for one in told))
    assert stages == ["Reading the names", "Computing the pairs", "Writing the result",
                      "Writing what is left out"]  # fmt: skip
    assert all(one.share is None or 0 <= one.share <= 1 for one in told)
