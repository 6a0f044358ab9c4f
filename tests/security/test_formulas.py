"""No table that goes out holds a cell that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pyarrow.parquet as pq
import pytest

from analysis.bulk import job
from analysis.bulk.request import Request
from analysis.exports.matrix_table import _by_pair, matrix_csv
from analysis.settings import default_settings
from analysis.teams.party import with_teams
from analysis.teams.team import Team

HOSTILE = ("=1+1", "+1+cmd", "-2+3", "@SUM(A1)", "  =1+1", "\t=1", '=HYPERLINK("http://x","y")')
NUMBERS = ("-3", "+4.5", "-0,5", "-1e-3", "-12 %", "1.5")
PLAIN = ("NLD", "a=b", "'quoted", "e-mail@x", "–3", "")


@pytest.fixture
def pairs(tables, references, tmp_path):
    """Run a bulk job over a table whose texts and names of columns look like formulas."""
    source = tmp_path / "in.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ["iso_o", "iso_d", "=note"],
                *(["NLD", "CHN", t] for t in (*HOSTILE, *NUMBERS, *PLAIN)),
            ]
        )

    def into(ending):
        out = tmp_path / f"out.{ending}"
        request = Request(source, out, default_settings(tables), ("kogut_singh",))
        job.run(request, tables, references=references)
        return out

    return into


@pytest.mark.parametrize(("ending", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_a_bulk_result_as_text_leads_no_formula_and_keeps_its_numbers(pairs, ending, delimiter):
    with pairs(ending).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=delimiter)
    assert header[2] == "'=note"
    found = [row[2] for row in rows]
    assert found[: len(HOSTILE)] == [f"'{text}" for text in HOSTILE]
    assert found[len(HOSTILE) :] == [*NUMBERS, *PLAIN]


def test_a_bulk_result_as_a_workbook_holds_texts_and_no_formula(pairs):
    book = openpyxl.load_workbook(pairs("xlsx"))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_a_bulk_result_as_parquet_keeps_every_letter(pairs):
    found = pq.read_table(pairs("parquet")).column("=note").to_pylist()
    assert found == [text or None for text in (*HOSTILE, *NUMBERS, *PLAIN)] or found == [
        *HOSTILE, *NUMBERS, *PLAIN,
    ]  # fmt: skip


def test_the_matrix_names_a_team_like_a_formula_as_text(references, settings):
    team = Team("TEAM-AAAAAAAA", "=1+1", "scores", scores=(38.0, 80.0, 14.0, 53.0, 67.0, 68.0))
    own = replace(references, tables=with_teams(references.tables, [team]))
    header, rows = _by_pair(own, ["NLD", "TEAM-AAAAAAAA"], settings)
    text = matrix_csv(header, rows, [f"Made {date(2026, 11, 22)}"]).decode("utf-8-sig")
    assert "'=1+1" in next(csv.reader(io.StringIO(text.splitlines()[1])))
