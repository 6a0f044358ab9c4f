"""What reading costs at most: memory held by the system's own limits, and real programs' files."""

import io
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from analysis.errors import UploadError
from analysis.teams.reading import limits, read_grid, workbook
from tests.teams.reading.build import MEMBERS, QUESTIONS, csv_text, raw_xlsx, row_xml, xlsx

ROOT = Path(__file__).resolve().parents[3]
MEASURE = """
import json, resource, sys
from analysis.errors import UploadError
from analysis.tables import load_tables
from analysis.teams.reading import read_grid, read_team
tables = load_tables()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    reading = read_team(tables, read_grid(sys.stdin.buffer, "team.csv"))
    said = [len(reading.teams), len(reading.faults)]
except UploadError as error:
    said = str(error)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([said, (after - before) // 1024, children // 1024]))
"""
MOST_MEGABYTES = 300
"""Memory that a reading adds to the app's process; measured at most 190, with a full workbook."""

LINES = {
    "answers": ",".join(QUESTIONS) + "\n" + ",".join("3" * 24) + "\n",
    "bad answers": ",".join(QUESTIONS) + "\n" + ",".join("7" * 24) + "\n",
    "members": "Name,Culture\nAnna,NLD:0.5;CHN:0.5\n",
    "unknown countries": "Name,Culture\nAnna,Somewhere else\n",
    "short cells": "Culture," + ",".join(f"c{n}" for n in range(190)) + "\n" + "ab," * 191 + "\n",
    "one short column": "Culture\nNLD\n",
    "quotation marks": '"\n""\n',
    "letters": "Name,Culture\n張偉,中国\n",
}


def measured(data):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=data, capture_output=True, cwd=ROOT, check=True,
        timeout=60,
    )  # fmt: skip
    return json.loads(done.stdout)


def filled(lines):
    """Return as much text as is read: a header and its row again and again."""
    header, row = (part.encode() for part in lines.split("\n", 1))
    most = min((limits.LARGEST_FILE - len(header)) // len(row), limits.MOST_ROWS) - 1
    return header + b"\n" + row * most


@pytest.mark.parametrize("name", LINES)
def test_the_memory_that_five_megabytes_of_text_take_is_bounded(name):
    _, own, _ = measured(filled(LINES[name]))
    assert own < MOST_MEGABYTES


def test_a_full_sheet_is_read_and_stays_within_the_limits():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, QUESTIONS)
        for row in range(1, 70_000):
            sheet.write_row(row, 0, [(row * 7 + q * q) % 5 + 1 for q in range(24)])
    said, own, reader = measured(file.getvalue())
    assert said == [1, 0]
    assert own < MOST_MEGABYTES
    assert reader < limits.READER_MEMORY // limits.MEGABYTE


def test_the_widest_span_allowed_is_read():
    # 25,000 rows by 200 columns are 5 million cells
    far = '<row r="25000"><c r="A25000"><v>1</v></c><c r="GR25000"><v>1</v></c></row>'
    names = row_xml(1, ["Team", "PDI"])
    grid = read_grid(raw_xlsx(names + far))
    assert [row.number for row in grid.rows] == [1, 25_000]


def test_one_long_text_that_many_cells_share_stays_within_the_limit():
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 60_000))
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>'
        f"<t>{'x' * 30_000}</t></si></sst>"
    )
    said, own, reader = measured(raw_xlsx(cells, more={"xl/sharedStrings.xml": shared}))
    assert "needs more than 256 MB of memory" in said
    assert own < 50
    assert reader <= limits.READER_MEMORY // limits.MEGABYTE


def test_texts_that_are_many_but_fit_in_memory_are_refused_by_their_length():
    rows = "".join(row_xml(n, ["Culture" if n == 1 else "y" * 30_000]) for n in range(1, 340))
    hard_to_pack = f"<x>{random.Random(1).randbytes(60_000).hex()}</x>"  # for the ratio
    with pytest.raises(UploadError, match="more than 10,000,000 characters"):
        read_grid(raw_xlsx(rows, more={"xl/x.xml": hard_to_pack}))


def test_a_span_that_fits_in_memory_is_refused_by_its_size():
    # 30,001 rows by 200 columns are 6 million cells, of which two hold something
    far = '<row r="30001"><c r="GR30001"><v>1</v></c></row>'
    with pytest.raises(UploadError, match="more than 5,000,000 cells apart"):
        read_grid(raw_xlsx(row_xml(1, ["Team"]) + far))


def test_a_reader_that_hangs_is_ended(monkeypatch, tmp_path):
    script = tmp_path / "sleeps.py"
    script.write_text("import time; time.sleep(60)", "utf-8")
    monkeypatch.setattr(workbook, "_SCRIPT", script)
    monkeypatch.setattr(workbook, "READER_SECONDS", 0.3)
    with pytest.raises(UploadError, match=r"took more than 0\.3 seconds"):
        read_grid(xlsx(MEMBERS))


def test_a_reader_that_dies_or_stammers_is_a_damaged_workbook(monkeypatch, tmp_path):
    script = tmp_path / "dies.py"
    monkeypatch.setattr(workbook, "_SCRIPT", script)
    for code in ("import sys; sys.exit(3)", "print('hello')", "import os; os.kill(os.getpid(), 9)"):
        script.write_text(code, "utf-8")
        with pytest.raises(UploadError, match="damaged"):
            read_grid(xlsx(MEMBERS))


def test_nothing_uploaded_stands_in_a_command_line_or_a_file(monkeypatch):
    seen = []
    run = subprocess.run
    monkeypatch.setattr(
        workbook.subprocess, "run", lambda *a, **k: (seen.append((a, k)), run(*a, **k))[1]
    )
    read_grid(xlsx(MEMBERS), "Secret name.xlsx", "Team")
    ((command,), options) = seen[0]
    assert "Secret" not in repr(command)
    assert "Team" not in repr(command)
    assert command[-1].endswith("workbook_process.py")
    assert options["capture_output"]


@pytest.mark.office
@pytest.mark.parametrize("ending", ["ods", "xls", "xlsx"])
def test_files_that_a_spreadsheet_program_writes_say_the_same(read, tmp_path, ending):
    program = shutil.which("soffice")
    assert program, "LibreOffice is needed: run tests/exports/office.sh first"
    rows = [*MEMBERS, ["Zoë 張", "Belgium, Dutch-speaking", 1.5]]
    (tmp_path / "team.csv").write_text(csv_text(rows), "utf-8")
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", ending, "--infilter=CSV:44,34,76", "--outdir", tmp_path,
         tmp_path / "team.csv"], capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    reading = read((tmp_path / f"team.{ending}").read_bytes(), f"team.{ending}")
    assert reading.faults == ()
    assert reading.teams == read(csv_text(rows).encode(), "team.csv").teams
