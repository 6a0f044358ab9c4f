"""Rejected rows as a file, and the templates."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UploadError
from analysis.teams.reading import read_grid, rejected_csv, template
from analysis.teams.reading.fault import RejectedRow
from analysis.teams.reading.team_file import Reading

KINDS = ("scores", "members", "answers")


def cells(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_rejected_rows_come_with_number_and_reason(read):
    reading = read("Name;Cultures;Weight\nZoë;Elbonia;0\nBob;DEU;1\n".encode())
    header, row = cells(rejected_csv(reading))
    assert header == ["Row", "Reason", "Name", "Cultures", "Weight"]
    assert row[0] == "2"
    assert row[1] == " ".join(fault.sentence for fault in reading.faults)
    assert row[2:] == ["Zoë", "Elbonia", "0"]


def test_rejected_rows_once_mended_are_taken_in_again(read):
    reading = read(b'Name,Cultures,Weight\n=Anna,"NLD:0.5;CHN:0.4",1\n-1,DEU,x\n')
    text = rejected_csv(reading).decode("utf-8-sig")
    mended = text.replace("CHN:0.4", "CHN:0.5", 1).replace(",x", ",2")
    mended = mended.replace("“NLD:0.5;CHN:0.5”", "it").replace("NLD:0.5;CHN:0.4", "NLD:0.5;CHN:0.5")
    again = read(mended.encode(), "rejected.csv")
    assert again.faults == ()
    assert [m.name for m in again.teams[0].members] == ["=Anna", "-1"]
    assert [m.weight for m in again.teams[0].members] == [1, 2]


DANGEROUS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "a;=1",
    "a; @x",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_is_disarmed(text):
    reading = Reading("members", (), (), ("Name", text), (RejectedRow("2", (text,), text),), ())
    written = rejected_csv(reading).decode("utf-8-sig")
    # as a spreadsheet reads it that parts columns by commas, and one that does by semicolons
    for delimiter in ",;":
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.strip(' "').startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(max_size=30))
def test_no_text_makes_a_formula_or_breaks_the_file(text):
    reading = Reading("members", (), (), ("Name",), (RejectedRow("2", (text, "b"), "r"),), ())
    written = rejected_csv(reading).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(written, newline=""))
    assert not row[2].startswith(("=", "@", "\t", "\r"))
    assert row[3] == "b"


def test_plain_numbers_stay_numbers():
    reading = Reading("scores", (), (), ("PDI",), (RejectedRow("2", ("-1", "+5.5"), "r"),), ())
    assert cells(rejected_csv(reading))[1][2:] == ["-1", "+5.5"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_filled_template_reads_back_without_a_fault(read, kind):
    reading = read(template(kind, filled=True), f"{kind}.csv")
    assert (reading.kind, reading.faults, reading.rejected) == (kind, (), ())
    assert reading.teams


def test_the_filled_templates_show_what_each_kind_can_hold(read):
    full, partial = read(template("scores", filled=True)).teams
    assert None not in (*full.scores, *full.spread, full.size)
    assert partial.scores[4] is None
    members = read(template("members", filled=True)).teams[0].members
    assert {len(m.cultures) for m in members} == {1, 2}
    assert {"BEL-FR", "CHE-FR"} <= {c.profile for m in members for c in m.cultures}
    people = read(template("answers", filled=True)).teams[0].respondents
    assert len(people) == 24
    assert sum(a is None for p in people for a in p.answers) == 2
    assert {p.subgroup for p in people} == {"Sales", "Purchasing"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_empty_template_has_the_header_of_the_filled_one_alone(read, kind):
    empty = template(kind)
    assert template(kind, filled=True).startswith(empty)
    assert len(read_grid(empty).rows) == 1
    with pytest.raises(UploadError, match="Nothing stands below the names of the columns in row 1"):
        read(empty)


@pytest.mark.parametrize("kind", KINDS)
def test_templates_open_in_spreadsheets_with_their_letters(kind):
    assert template(kind).startswith(b"\xef\xbb\xbf")
