"""The whole matrix as a file."""

import io
from datetime import date

import openpyxl
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from analysis.comparison import compare
from analysis.exports.matrix_table import ENDINGS, matrix_table
from analysis.measures.registry import MEASURES
from analysis.settings import default_settings

DAY = date(2026, 11, 22)


def written(references, settings, measure, ending):
    return matrix_table(references, settings, measure, ending, DAY)


def table_of(content, ending):
    if ending == ".parquet":
        rows = pq.read_table(io.BytesIO(content)).to_pylist()
    elif ending == ".csv":
        head = content[: content.index(b"\r\n\r\n") + 2]
        rows = pacsv.read_csv(io.BytesIO(head)).to_pylist()
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Distances"]
        header, *cells = sheet.iter_rows(values_only=True)
        rows = [dict(zip(header, row, strict=True)) for row in cells]
    return rows


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_row_for_each_pair_has_what_a_comparison_gives(references, settings, ending):
    rows = table_of(written(references, settings, None, ending), ending)
    parties = len(references.tables.frameworks[settings.framework].profile_ids)
    assert len(rows) == parties * (parties - 1) // 2
    row = next(r for r in rows if {r["id_a"], r["id_b"]} == {"NLD", "CHN"})
    pair = compare(references, row["id_a"], row["id_b"], settings, ())
    for measure in MEASURES:
        assert row[measure] == pytest.approx(pair.measures[measure].value, rel=1e-12)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_square_is_symmetric_and_empty_where_there_is_no_distance(references, settings, ending):
    rows = table_of(written(references, settings, "kogut_singh", ending), ending)
    square = {row["id"]: row for row in rows}
    assert square["NLD"]["NLD"] == 0
    assert square["NLD"]["CHN"] == square["CHN"]["NLD"] > 0
    empty = [row[i] for row in rows for i in square if row[i] in {None, ""}]
    assert empty


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_day_gives_the_same_bytes_and_every_framework_works(references, ending):
    for framework in references.tables.frameworks:
        settings = default_settings(references.tables, framework)
        first = written(references, settings, None, ending)
        assert first == written(references, settings, None, ending)


def test_each_file_says_what_it_is(references, settings):
    said = written(references, settings, None, ".csv").decode("utf-8-sig")
    assert "2026-11-22. Settings: the defaults." in said
    assert "Parley data" in said
    meta = pq.read_schema(io.BytesIO(written(references, settings, "angle", ".parquet"))).metadata
    assert b"2026-11-22" in meta[b"about"]
    book = openpyxl.load_workbook(io.BytesIO(written(references, settings, "angle", ".xlsx")))
    assert "2026-11-22" in book["About"]["A1"].value
