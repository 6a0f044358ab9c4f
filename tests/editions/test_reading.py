"""A table to an edition: how people write it, what is named, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.editions import edition_template, left_out_csv, read_edition
from analysis.errors import UploadError
from analysis.tables import load_tables
from analysis.teams.reading import fault_sentences, read_grid, read_pasted

TABLES = load_tables()
CODES = ("NLD", "CHN", "DEU", "FRA", "GBR", "USA", "JPN", "BRA", "IND", "POL", "SWE")
HEAD = "Country;PDI;IDV;MAS;UAI;LTO;IVR"


def line(code, place, sign=","):
    """A made-up row of which no two are alike: the n-th multiple of some primes, modulo 97."""
    primes = (7, 11, 29, 41, 53, 61)
    return ";".join([code, *(f"{(place + 1) * prime % 97}{sign}5" for prime in primes)])


def written(codes=CODES, head=HEAD, more=()):
    return "\n".join([head, *(line(code, n) for n, code in enumerate(codes)), *more])


def read(text, base="hofstede-2015"):
    return read_edition(read_pasted(text), TABLES, base)


def test_codes_names_decimal_commas_and_long_headers_are_understood():
    named = ("Holland", "china", "Germany", "France", "UK", "United States", "JP", "Brazil",
             "India", "Poland", "Sweden")  # fmt: skip
    head = (
        "Country;Power distance;Individualism (IDV);Masculinity;Uncertainty Avoidance Index;"
        "ltowvs;Indulgence"
    )
    plain = read(written())
    found = read(written(named, head))
    assert found.faults == ()
    assert found.edition == plain.edition
    assert plain.edition.rows[0] == ("NLD", (7.5, 11.5, 29.5, 41.5, 53.5, 61.5))
    assert "11 countries, 11 of them with every score." in found.understood


def test_the_id_follows_from_the_scores_and_not_from_their_order():
    once, again = read(written()), read("\n".join([HEAD, *written().splitlines()[:0:-1]]))
    assert once.edition.id == again.edition.id
    assert once.edition.id != read(written().replace("7,5", "8,5", 1)).edition.id


def test_a_file_gives_its_name_and_pasted_text_none():
    assert read_edition(read_grid(written().encode(), "newer_scores.csv"), TABLES).edition.name == (
        "newer scores"
    )
    assert read(written()).edition.name == "My own edition"


def test_every_fault_is_named_and_the_other_rows_go_on():
    more = [
        line("Atlantis", 20),
        line("Netherlandz", 21),
        line("ITA", 22).replace("64,5", "150,1"),  # 23 * 7 modulo 97 is 64
        line("ESP", 23) + ";9",
        "PRT;x;1;1;1;1;1",
    ]
    found = read(written(more=more))
    rows = {fault.row: fault for fault in found.faults}
    assert set(rows) == {13, 14, 15, 16, 17}
    assert rows[13].found == "“Atlantis”"
    assert "Netherlands (NLD)" in rows[14].expected
    assert "nothing beyond the last named column" in rows[16].expected
    assert rows[17].sentence == (
        "Row 17, column B (PDI): found “x”, expected a score from -50 to 150, or nothing."
    )
    assert [i for i, _ in found.edition.rows] == list(CODES)
    text = left_out_csv(found).decode("utf-8-sig")
    assert "Atlantis" in text
    assert "expected a score from -50 to 150" in text


@pytest.mark.parametrize(
    ("value", "good"),
    [("-50", True), ("150", True), ("-50.1", False), ("150.5", False), ("nan", True), ("", True)],
)
def test_a_score_outside_minus_50_to_150_is_a_fault(value, good):
    found = read(written(more=[f"ITA;{value};1;1;1;1;1"]))
    assert (found.faults == ()) == good
    if not good:
        assert found.faults[0].expected == "a score from -50 to 150, or nothing"


def test_a_country_in_two_rows_counts_in_neither():
    found = read(written(more=[line("Netherlands", 30)]))
    assert [fault.row for fault in found.faults] == [2, 13]
    assert fault_sentences(found.faults) == (
        "Column A (Country), expected each country in one row only: found “NLD” in row 2 and"
        " “Netherlands” in row 13.",
    )
    assert "NLD" not in dict(found.edition.rows)


def test_nine_complete_countries_are_too_few_and_ten_enough():
    nine = read(written(CODES[:9], more=["ITA;1;2;3;4;5;"]))
    assert nine.edition is None
    assert nine.reason.startswith(
        "Nine countries have all six scores, and a reference set needs at least ten"
    )
    assert nine.reason.count(". ") == 0
    assert read(written(CODES[:10])).edition is not None


def test_parts_and_regions_are_read_but_make_no_reference_set():
    found = read(written(CODES[:9], more=[line("BEL-FR", 30), line("Arab countries", 31)]))
    assert found.edition is None
    assert "9 countries, 9 of them with every score; also two of parts" in " ".join(
        found.understood
    )


def test_a_missing_column_a_flat_one_and_a_copied_one_are_refused():
    short = "\n".join(text.rpartition(";")[0] for text in written().splitlines())
    assert "has no score on indulgence" in read(short).reason
    cells = [text.split(";") for text in written().splitlines()]
    flat = [cells[0], *([*row[:6], "5"] for row in cells[1:])]
    assert "same score on indulgence" in read("\n".join(map(";".join, flat))).reason
    copied = [cells[0], *([*row[:6], row[1]] for row in cells[1:])]
    assert "follow exactly from others" in read("\n".join(map(";".join, copied))).reason


def test_a_code_beside_a_name_is_no_contradiction():
    lines = written(head="ISO;" + HEAD).splitlines()
    both = [lines[0], *(f"{text.split(';')[0]};{text}" for text in lines[1:])]
    found = read("\n".join(both))
    assert found.edition == read(written()).edition
    assert "Not read: column “Country”." in found.understood


def test_a_row_without_any_score_is_left_out_and_said():
    found = read(written(more=["ITA;;;;;;", "ESP;#NULL!;#NULL!;#NULL!;#NULL!;#NULL!;#NULL!"]))
    assert found.faults == ()
    assert "Without any score, and left out: Italy and Spain." in found.understood
    assert len(found.edition.rows) == len(CODES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing here", "No header was found"),
        ("PDI;IDV;MAS;UAI;LTO;IVR\n1;2;3;4;5;6", "No column names the country"),
        (HEAD + ";PDI\nNLD;1;2;3;4;5;6;7", "have the same meaning"),
        (HEAD, "Nothing stands below"),
    ],
)
def test_what_cannot_be_read_at_all_is_one_sentence(text, said):
    with pytest.raises(UploadError, match=said):
        read(text)


def test_a_turned_table_is_read_too():
    cells = [text.split(";") for text in written().splitlines()]
    turned = "\n".join(";".join(column) for column in zip(*cells, strict=True))
    assert read(turned).edition.rows == read(written()).edition.rows


def test_other_dimensions_take_their_own_scale():
    globe = TABLES.frameworks["globe-2004-values"]
    head = ";".join(["Country", *(d.upper() for d in globe.dimension_ids)])
    rng = np.random.default_rng(1)
    rows = [";".join([code, *(f"{v:.2f}" for v in rng.uniform(1, 7, 9))]) for code in CODES]
    found = read("\n".join([head, *rows, "ITA" + ";10.1" * 9]), globe.id)
    assert found.edition.base == globe.id
    # From 1 to 7 half the scale on both sides: -2 to 10.
    assert {fault.expected for fault in found.faults} == {"a score from -2 to 10, or nothing"}


def test_the_example_can_be_read_as_it_is_and_the_template_lacks_only_rows():
    found = read_edition(read_grid(edition_template(True), "example.csv"), TABLES)
    assert found.faults == ()
    assert len(found.edition.rows) == 13
    head = edition_template().decode("utf-8-sig").strip()
    assert head == "Country,PDI,IDV,MAS,UAI,LTO,IVR"


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=8), max_size=8), max_size=14))
def test_any_table_gives_an_edition_a_reason_or_a_sentence(cells):
    text = "\n".join([HEAD, *(";".join(row) for row in cells)])
    try:
        found = read(text)
    except UploadError as error:
        said, made = str(error), False
    else:
        said, made = found.reason, found.edition is not None
    assert made == (not said)
    assert made or said.endswith(".")
