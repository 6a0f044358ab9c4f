"""The same table in every format, encoding and delimiter says the same."""

import csv
import io

import pytest

from analysis.errors import UploadError
from analysis.teams.reading import ENCODINGS, read_grid, read_pasted, read_team
from tests.teams.reading.build import MEMBERS, SCORES, answers, csv_text, ods, xls, xlsx

# name in the file for each encoding: letters that it, and only some others, can hold
NAMES = {
    "utf-8": "Müller 張 Łódź",
    "utf-8-sig": "Müller 張 Łódź",
    "utf-16": "Müller 張 Łódź",  # with its mark
    "utf-16-be": "Müller 張 Łódź",  # without
    "utf-16-le": "Müller 張 Łódź",
    "cp1252": "Müller – Peña’s",
    "shift_jis": "東京チーム",
    "gb18030": "上海采购部",
}
SAID = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with its mark",
    "utf-16": "UTF-16",
    "utf-16-be": "UTF-16 without its mark",
    "utf-16-le": "UTF-16 without its mark",
    "cp1252": "Windows-1252",
    "shift_jis": "Shift-JIS",
    "gb18030": "GB18030",
}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


def named(rows, name):
    return [rows[0], [name, *rows[1][1:]], *rows[2:]]


def content(reading):
    return [(t.name, t.scores, t.spread, t.size, t.members, t.respondents) for t in reading.teams]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", NAMES)
@pytest.mark.parametrize("decimal", [".", ","])
def test_every_encoding_and_delimiter_gives_the_same_scores(
    read, tables, encoding, delimiter, decimal
):
    rows = named(SCORES, NAMES[encoding])
    data = csv_text(rows, delimiter, decimal).encode(encoding)
    reading = read(data)
    assert reading.faults == ()
    assert [t.name for t in reading.teams] == [NAMES[encoding], "Makers"]
    # the numbers of SCORES, by hand; an empty cell stays missing
    assert reading.teams[0].scores == (42, 71.5, 35, 55, 48, 60)
    assert reading.teams[1].scores == (66, 38, 52, 74.25, None, 41)
    assert [t.size for t in reading.teams] == [12, None]
    grid = read_grid(data)
    assert (grid.encoding, grid.delimiter) == (SAID[encoding], DELIMITERS[delimiter])
    assert grid.notes[0] == (
        f"Read as CSV, {SAID[encoding]}, columns parted by {DELIMITERS[delimiter]}s."
    )


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", NAMES)
def test_every_encoding_and_delimiter_gives_the_same_members(read, encoding, delimiter):
    rows = named(MEMBERS, NAMES[encoding])
    reading = read(csv_text(rows, delimiter).encode(encoding))
    assert reading.faults == ()
    (team,) = reading.teams
    assert [m.name for m in team.members] == [NAMES[encoding], "Bob"]
    assert [(c.profile, c.share) for c in team.members[0].cultures] == [("NLD", 0.5), ("CHN", 0.5)]
    assert [m.weight for m in team.members] == [1, 2]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", NAMES)
def test_every_encoding_and_delimiter_gives_the_same_answers(read, encoding, delimiter):
    rows = [
        [*row, unit]
        for row, unit in zip(answers(2), ["Department", NAMES[encoding], "B"], strict=True)
    ]
    reading = read(csv_text(rows, delimiter).encode(encoding))
    assert reading.faults == ()
    (team,) = reading.teams
    assert [r.subgroup for r in team.respondents] == [NAMES[encoding], "B"]
    assert team.respondents[0].answers == tuple(q % 5 + 1 for q in range(24))


@pytest.mark.parametrize("make", [xlsx, xls, ods])
@pytest.mark.parametrize("rows", [named(SCORES, "Müller 張"), MEMBERS, answers()])
def test_workbooks_say_the_same_as_text(read, make, rows):
    expected = read(csv_text(rows).encode())
    reading = read(make(rows), "team.bin")
    assert reading.faults == ()
    assert content(reading) == content(expected)
    assert [t.id for t in reading.teams] == [t.id for t in expected.teams]
    assert read_grid(make(rows)).format == make.__name__.upper()


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_table_that_starts_far_inside_a_sheet_keeps_its_row_and_column_numbers(read, make):
    reading = read(make([SCORES[0], ["Bad", 500, *SCORES[1][2:]]], offset=(6, 3)), "x.xlsx")
    (fault,) = reading.faults
    assert (fault.row, fault.column) == (8, "E (PDI)")


def test_an_ods_table_that_starts_far_inside_a_sheet_keeps_its_numbers(read):
    rows = [[""] * 4] * 6 + [["", "", "", *row] for row in (SCORES[0], ["Bad", 500])]
    (fault,) = read(ods(rows), "x.ods").faults
    assert (fault.row, fault.column) == (8, "E (PDI)")


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_pasted_text_says_the_same_as_a_file(read, tables, delimiter):
    text = csv_text(SCORES, delimiter)
    assert content(read_team(tables, read_pasted(text))) == content(read(text.encode()))


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_lines_may_end_in_any_way(read, ending):
    assert len(read(csv_text(SCORES).replace("\r\n", ending).encode()).teams) == 2


def test_a_line_that_tells_the_delimiter_is_not_part_of_the_table(read):
    reading = read(("sep=;\r\n" + csv_text(SCORES, ";")).encode())
    assert len(reading.teams) == 2
    assert read_grid(b"sep=|\nPDI|IDV\n3,5|4\n").rows[0].number == 2
    assert read_grid(b'"sep=\t"\na\tb,c,d\n').rows[0].cells == ("a", "b,c,d")


def test_blank_lines_notes_and_titles_above_the_header_are_passed_over(read):
    text = "Our spring team, draft\n\n\nSource: HR; not for others\n" + csv_text(MEMBERS)
    reading = read(text.encode())
    assert len(reading.teams[0].members) == 2
    assert any("in row 5; what stands above was not read" in note for note in reading.notes)
    bad = read((text + "\n\nCy,Elbonia,1\n").encode())
    # five lines to the header, two members, then the two blank lines: line 10
    assert [f.row for f in bad.faults] == [10]


def test_a_merged_title_row_and_merged_cells_down_a_column(read):
    rows = [["Our team"], ["Team", "Name", "Culture"], ["North", "A", "NLD"], ["", "B", "DEU"],
            ["South", "C", "CHN"]]  # fmt: skip
    reading = read(xlsx(rows, merged=["A1:C1", "A3:A4"]), "x.xlsx")
    assert [(t.name, len(t.members)) for t in reading.teams] == [("North", 2), ("South", 1)]
    assert "A cell merged over several rows counts for each of them." in reading.notes
    again = read(xls(rows[1:], merged=[(1, 2, 0)]), "x.xls")
    assert [(t.name, len(t.members)) for t in again.teams] == [("North", 2), ("South", 1)]


def test_a_header_of_two_rows_with_merged_cells(read):
    rows = [["Team", "Scores", "", "", ""], ["", "PDI", "IDV", "MAS", "UAI"], ["A", 1, 2, 3, 4]]
    reading = read(xlsx(rows, merged=["A1:A2", "B1:E1"]), "x.xlsx")
    assert reading.teams[0].name == "A"
    assert reading.teams[0].scores == (1, 2, 3, 4, None, None)


def test_the_first_visible_sheet_with_a_table_is_read_and_another_can_be_named(read):
    other = [["Team", "PDI"], ["Old", 1]]
    data = xlsx(
        SCORES,
        sheets=[("Hidden", other), ("Read me", [["What this is"]]), ("Empty", [])],
        hidden=["Hidden"],
    )
    assert [t.name for t in read(data, "x.xlsx").teams] == ["Buyers", "Makers"]
    grid = read_grid(data, "x.xlsx")
    assert grid.sheet == "Team"
    assert grid.sheets == ("Read me", "Empty", "Team")
    assert grid.notes == ("Read as XLSX, sheet “Team”; there is also “Read me” and “Empty”.",)
    assert read_grid(data, "x.xlsx", "Read me").rows[0].cells == ("What this is",)
    with pytest.raises(UploadError, match="no visible sheet “Hidden”: it has “Read me”"):
        read_grid(data, "x.xlsx", "Hidden")


def test_dates_truth_values_and_formulas_are_seen_as_what_they_show(read):
    rows = [["Team", "PDI", "IDV", "MAS"], ["A", True, 2, 3]]
    (fault,) = read(xlsx(rows), "x.xlsx").faults
    assert fault.found == "“TRUE”"


def test_quotation_marks_hold_delimiters_and_line_breaks_together(read):
    text = 'Name,Culture\n"Smith, Anna","Belgium, Dutch-speaking"\n"Two\nlines","NLD\nCHN"\n'
    first, second = read(text.encode()).teams[0].members
    assert (first.name, first.cultures[0].profile) == ("Smith, Anna", "BEL-NL")
    assert second.name == "Two lines"
    assert [c.profile for c in second.cultures] == ["NLD", "CHN"]


CONSISTENCY = {
    "cultures in one column": [["Culture"], ["NLD:0.5;CHN:0.5"], ["NLD:0.5;DEU:0.5"]],
    "one column": [["Culture"], ["NLD"], ["CHN"]],
    "names with commas": [["Name", "Culture"], ["Smith, A", "Belgium, Dutch-speaking"],
                          ["Lee, B", "Switzerland, German-speaking"]],
    "decimal commas": [["Team", "PDI", "IDV"], ["A", "38,5", "80,1"], ["B", "14,2", "5,5"]],
    "cultures and decimals": [["Name", "Cultures", "Weight"], ["A", "NLD:0,5;CHN:0,5", "1,5"],
                              ["B", "NLD:0,3;DEU:0,7", "2,5"]],
    "dates": [["Timestamp", "Name", "Nationality"], ["2026/01/01 10:00:00", "A", "NLD"],
              ["2026/01/01 10:00:01", "B", "CHN"]],
    "many answers": answers(30),
    "pipes in a unit": [[*row, "R&D | Lab" if r else "unit"] for r, row in enumerate(answers(5))],
    "notes": [["Our team, spring"], ["Source: HR, May; ours"], ["Name", "Culture"], ["A", "NLD"]],
}  # fmt: skip


@pytest.mark.parametrize("rows", CONSISTENCY.values(), ids=CONSISTENCY)
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_not_mistaken_for_a_sign_inside_the_cells(rows, delimiter):
    text = csv_text(rows, delimiter)
    expected = [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    assert [row.cells for row in read_pasted(text).rows] == expected


@pytest.mark.parametrize("encoding", ["cp1250", "cp1251", "big5hkscs", "cp949", "mac-roman"])
def test_an_encoding_that_cannot_be_told_can_be_named(encoding):
    name = {"cp1250": "Łukasz", "cp1251": "Команда", "big5hkscs": "陳大文", "cp949": "김철수"}
    text = f"Name,Culture\n{name.get(encoding, 'Zoë')},NLD\n"
    grid = read_grid(text.encode(encoding), encoding=encoding)
    assert grid.rows[1].cells[0] == name.get(encoding, "Zoë")
    assert grid.encoding == ENCODINGS[encoding]


def test_unusual_letters_are_said():
    grid = read_grid("Name,Culture\nКоманда,NLD\nИван,NLD\n".encode("cp1251"))
    assert any("look unusual" in note for note in grid.notes)


def test_text_cut_in_the_middle_of_a_letter_is_still_utf_8():
    data = ("Name,Culture\n" + "Zoë,NLD\n" * 20).encode()[:-6]  # ends within ë
    grid = read_grid(data)
    assert grid.encoding == "UTF-8"
    assert "One place in the text stands as �, since it is not valid UTF-8." in grid.notes


def test_the_same_bytes_give_the_same_reading(read):
    data = csv_text(SCORES).encode()
    assert read(data) == read(data)
