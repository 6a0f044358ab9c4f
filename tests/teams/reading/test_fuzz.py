"""Whatever is uploaded gives a reading or one sentence, and never hangs."""

import csv
import io
import math
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.errors import UploadError
from analysis.teams.reading import read_grid, read_pasted, read_team, rejected_csv
from analysis.teams.reading.grid import Grid, Row
from tests.teams.reading.broken import FAULTY, REFUSED
from tests.teams.reading.build import SCORES, ods, raw_xlsx, row_xml, xls, xlsx

SECONDS = 10.0
"""Processor time for a small upload, a guard against hangs; usual is a hundredth of a second."""

HEADERS = ["Name", "Team", "Culture", "Country", "Weight", "PDI", "Power distance", "IDV", "MAS",
           "UAI", "LTO", "IVR", "PDI SD", "n", "q01", "Q2", "q03", "question 4", "q05", "Sample",
           "Subgroup", "Share", "Culture 1", "Share 1", "Culture 2", "First name", "", "Comment",
           "sep=;"]  # fmt: skip
VALUES = ["NLD", "NLD:0.5;CHN:0.5", "Netherlands", "NLD 2; CHN 1", "Dutch", "5", "38,5", "0", "9",
          "-1", "", "team", "=1+1", "'=1", "121", "1e9", "nan", "٣", "\u202e", "\ud800", "x" * 70,
          "NLD;" * 30, "Belgium, Dutch-speaking", '"', "\n", "NLD:0;CHN:1", "100%"]  # fmt: skip

header = st.sampled_from(HEADERS) | st.text(max_size=8)
value = (
    st.sampled_from(VALUES)
    | st.text(max_size=12)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.integers(-10, 200).map(float)
)
quick = settings(deadline=None, max_examples=150)


def printable(text):
    """Say whether nothing but what can be seen stands there, and what joins two signs to one."""
    return text.replace("\u200c", "").replace("\u200d", "").isprintable()


def check(tables, read, names="keep", kind=None):
    """Read and check what must hold of anything that was read; return the reading, if any."""
    began, reading, said = time.process_time(), None, "."
    try:
        reading = read_team(tables, read(), kind, names=names)
    except UploadError as error:
        said = str(error)
    assert time.process_time() - began < SECONDS
    assert said.endswith(".")
    assert printable(said)
    if reading is None:
        return None
    for fault in reading.faults:
        assert fault.row > 0
        assert printable(fault.sentence)
        assert len(fault.found) < 60
    assert len(reading.rejected) <= len(reading.faults)
    for team in reading.teams:
        assert team.name
        for member in team.members:
            assert member.weight > 0
            assert abs(sum(c.share for c in member.cultures) - 1) < 1e-9
            assert all(c.profile in tables.profiles and c.share > 0 for c in member.cultures)
        for respondent in team.respondents:
            assert set(respondent.answers) <= {None, 1, 2, 3, 4, 5}
            assert any(respondent.answers)
        assert all(s is None or 0 <= s <= 120 for s in team.scores)
    assert list(csv.reader(io.StringIO(rejected_csv(reading).decode("utf-8-sig"), newline="")))
    return reading


@quick
@given(st.binary(max_size=400))
@example(b"PDI\n5\n\xff\xfe")
@example(b"\xff\xfe\x00")
@example(b'sep=,"\n')
def test_any_bytes(tables, data):
    check(tables, lambda: read_grid(data, "x.csv"))


@quick
@given(st.text(max_size=400))
def test_any_text(tables, text):
    check(tables, lambda: read_pasted(text))


@quick
@given(
    st.lists(header, min_size=1, max_size=12),
    st.lists(st.lists(value, max_size=14), max_size=8),
    st.sampled_from(["keep", "initials", "leave_out"]),
    st.sampled_from([None, "scores", "members", "answers"]),
)
def test_any_cells_under_any_header(tables, names_row, body, names, kind):
    rows = tuple(Row(n, tuple(map(_held, cells))) for n, cells in enumerate([names_row, *body], 1))
    check(tables, lambda: Grid(rows, "title", "CSV"), names, kind)


def _held(cell):
    """Return a cell as a reader would hold it: no number is infinite or none."""
    return cell if isinstance(cell, str) or math.isfinite(cell) else str(cell)


@quick
@given(
    st.lists(st.sampled_from(HEADERS), min_size=1, max_size=12),
    st.lists(st.lists(st.sampled_from(VALUES), max_size=14), max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-16", "cp1252", "shift_jis", "gb18030"]),
)
def test_any_table_in_any_encoding(tables, names_row, body, delimiter, encoding):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([names_row, *body])
    data = file.getvalue().encode(encoding, "replace")
    check(tables, lambda: read_grid(data, "x.csv"))


@quick
@given(st.sampled_from(sorted(FAULTY)), st.data())
def test_text_files_with_bytes_changed(tables, name, data):
    check(tables, lambda: read_grid(_changed(FAULTY[name], data), name))


WORKBOOKS = {
    "x.xlsx": xlsx(SCORES), "x.xls": xls(SCORES), "x.ods": ods(SCORES),
    "raw.xlsx": raw_xlsx(row_xml(1, ["Team", "PDI"]) + row_xml(2, ["A", 5])),
    "locked.xls": REFUSED["locked.xls"],
}  # fmt: skip


@pytest.mark.parametrize("name", WORKBOOKS)
@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_workbooks_with_bytes_changed(tables, name, data):
    check(tables, lambda: read_grid(_changed(WORKBOOKS[name], data), name))


def _changed(content, data):
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(changed)))
        length = data.draw(st.integers(0, 4))
        changed[place : place + length] = data.draw(st.binary(max_size=4))
    return bytes(changed)
