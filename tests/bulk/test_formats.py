"""Formats in and out, read and written by programs that are not ours."""

import csv
import datetime
import io
import json
import re

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bulk import job, line_ends
from analysis.bulk.output import check_rows
from analysis.errors import BulkError

ROWS = [["iso_o", "iso_d", "code", "share", "note"],
        ["NLD", "CHN", "007", "0.50", 'say "so", twice'],
        ["Côte d’Ivoire", "Türkiye", "", "1e3", "two\nlines"],
        ["JPN", "USA", "12", "-3", "=SUM(A1)"]]  # fmt: skip


def text(delimiter=",", end="\n", rows=ROWS):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    return file.getvalue()


def passed_through(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as file:
        return [row[:5] for row in csv.reader(file, delimiter=delimiter)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_of_any_kind_comes_out_as_the_same_cells(run, encoding, delimiter, end):
    rows = [[c.replace("Türkiye", "Türkei") for c in row] for row in ROWS]  # in Windows-1252 too
    found = run(text(delimiter, end, rows).encode(encoding), columns=("iso_o", "iso_d"))
    harmless = [[c.replace("=SUM", "'=SUM") for c in row] for row in rows]
    assert passed_through(found.out) == harmless
    assert found.outcomes.with_value >= 2


def test_a_letter_of_an_older_encoding_far_down_is_found(run):
    rows = ["iso_o,iso_d,note", *["NLD,CHN,plain"] * 300_000, "NLD,CHN,café"]
    found = run("\n".join(rows).encode("cp1252"))
    assert found.out.read_text("utf-8").splitlines()[-1].startswith("NLD,CHN,café,")
    assert found.notes == ("Read as Windows-1252, cells parted by comma.",)


def test_an_empty_cell_and_an_empty_text_stay_what_they_are(run):
    found = run('iso_o,iso_d,x,y\nNLD,CHN,,""\n')
    assert found.out.read_text("utf-8").splitlines()[1].startswith('NLD,CHN,,"",')


def test_only_columns_whose_every_cell_is_a_number_become_numbers(run):
    rows = "iso_o,iso_d,year,code,share,mixed,empty,big\n" \
        "NLD,CHN,2001,007,0.50,1,,12345678901234567890\nUSA,JPN,-3,12,,x,,1\n"  # fmt: skip
    found = run(rows, "out.parquet")
    schema = pq.read_schema(found.out)
    kinds = {name: str(schema.field(name).type) for name in schema.names}
    assert kinds == {
        "iso_o": "string", "iso_d": "string", "year": "int64", "code": "string", "share": "double",
        "mixed": "string", "empty": "string", "big": "string", "kogut_singh": "double",
    }  # fmt: skip
    assert pq.read_table(found.out).column("year").to_pylist() == [2001, -3]
    assert pq.read_table(found.out).column("share").to_pylist() == [0.5, None]


def test_numeric_codes_are_understood_in_any_type(run, tmp_path):
    for kind in (pa.int16(), pa.int64(), pa.float64(), pa.string()):
        table = pa.table({"iso_o": pa.array([528, None, 156]).cast(kind),
                          "iso_d": pa.array([156, 156, 840]).cast(kind)})  # fmt: skip
        pq.write_table(table, tmp_path / "in.parquet")
        found = run(tmp_path / "in.parquet", "out.parquet")
        assert (found.outcomes.with_value, found.outcomes.one_sided) == (2, 1)
        assert pq.read_schema(found.out).field("iso_o").type == kind


def test_parquet_passes_every_common_type_through(run, tmp_path):
    table = pa.table(
        {
            "iso_o": pa.array(["NLD", "CHN"]).dictionary_encode(),
            "iso_d": ["CHN", None],
            "day": [datetime.date(2001, 2, 3), None],
            "at": [datetime.datetime(2001, 2, 3, 4, 5, 6), None],
            "flag": [True, None],
            "list": [[1, 2], None],
            "price": pa.array([1.25, None], pa.float32()),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    found = run(tmp_path / "in.parquet", "out.parquet")
    out = pq.read_table(found.out)
    assert out.column_names == [*table.column_names, "kogut_singh"]
    assert out.select(table.column_names).to_pylist() == table.to_pylist()
    assert pq.ParquetFile(found.out).metadata.row_group(0).column(0).compression == "ZSTD"


def test_a_folder_and_a_pattern_of_parquet_are_one_table_in_the_order_of_names(run, tmp_path):
    folder = tmp_path / "parts [1]"
    folder.mkdir()
    for n in (2, 1, 3):
        part = pa.table({"iso_o": ["NLD"] * 4, "iso_d": ["CHN"] * 4, "n": [n] * 4})
        pq.write_table(part, folder / f"part-{n}.parquet")
    (folder / "_SUCCESS").write_text("")
    for source in (folder, tmp_path / "parts*" / "*.parquet"):
        found = run(source, "out.parquet")
        assert pq.read_table(found.out).column("n").to_pylist() == [1] * 4 + [2] * 4 + [3] * 4
    other = pa.table({"iso_o": ["NLD"], "iso_d": ["CHN"], "n": ["x"]})
    pq.write_table(other, folder / "part-4.parquet")
    with pytest.raises(
        BulkError, match=r"“part-4\.parquet” holds “n” as string, the first as int64"
    ):
        run(folder)


def by_year(folder, *parts):
    """Parquet files in folders of those names, each with one pair and its number."""
    for number, part in enumerate(parts):
        path = folder / part / "part-0.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(pa.table({"iso_o": ["NLD"], "iso_d": ["CHN"], "n": [number]}), path)
    return folder


def test_columns_in_the_names_of_folders_are_columns(run, tmp_path):
    source = by_year(
        tmp_path / "of=all" / "in", "year=2001/kind=a%2Fb", "year=2002/kind=1",
        "year=__HIVE_DEFAULT_PARTITION__/kind=x y",
    )  # fmt: skip
    found = run(source, "out.parquet")
    out = pq.read_table(found.out)
    assert out.column_names == ["iso_o", "iso_d", "n", "year", "kind", "kogut_singh"]
    assert out.select(["n", "year", "kind"]).to_pylist() == [
        {"n": 0, "year": 2001, "kind": "a/b"}, {"n": 1, "year": 2002, "kind": "1"},
        {"n": 2, "year": None, "kind": "x y"},
    ]  # fmt: skip
    assert found.notes == ("The folders’ “year” and “kind” are columns.",)
    one = run(source / "year=2001" / "kind=a%2Fb" / "part-0.parquet", "out.csv")
    assert passed_through(one.out)[1] == ["NLD", "CHN", "0", "2001", "a/b"]


def test_a_column_of_the_files_comes_before_one_of_their_folders(run, tmp_path):
    found = run(by_year(tmp_path / "in", "N=7/year=2001", "N=8/year=2002"), "out.parquet")
    out = pq.read_table(found.out)
    assert out.select(["n", "year"]).to_pylist() == [{"n": 0, "year": 2001}, {"n": 1, "year": 2002}]


def test_folders_that_do_not_fit_together_are_one_sentence(run, tmp_path):
    with pytest.raises(BulkError, match=r"“year=2002/day=1/part-0\.parquet” lies otherwise"):
        run(by_year(tmp_path / "in", "year=2001", "year=2002/day=1"))


@pytest.mark.parametrize(
    "ends",
    [(b"\r\n", b"\n"), (b"\n", b"\r\n"), (b"\n", b"\r"), (b"\r", b"\r\n")],
    ids=["crlf-lf", "lf-crlf", "lf-cr", "cr-crlf"],
)
def test_lines_that_end_in_more_than_one_way_are_all_lines(run, ends):
    cells = [b"iso_o,iso_d,note", b"NLD,CHN,plain", b'USA,JPN,"two\r\nlines, one\nand ""so"""',
             b"SWE,NOR,"]  # fmt: skip
    content = b"".join(line + ends[place % 2] for place, line in enumerate(cells))
    found = run(content)
    with found.out.open(encoding="utf-8", newline="") as file:
        notes = [row["note"] for row in csv.DictReader(file)]
    assert notes == ["plain", 'two\r\nlines, one\nand "so"', ""]
    assert found.outcomes.with_value == 3
    assert "end in more than one way" in found.notes[-1]


def test_a_line_end_far_down_and_between_two_reads_is_found(run, monkeypatch):
    rows = b"NLD,CHN,1\n" * 400
    for block in (7, 10, 4096):
        monkeypatch.setattr(line_ends, "_BLOCK", block)
        found = run(b"iso_o,iso_d,n\n" + rows + b"USA,JPN,2\r\n" + rows)
        assert found.outcomes.with_value == 801
        assert b"\r" not in found.out.read_bytes()


@given(st.lists(st.binary().map(lambda b: bytes(b"\r\na"[x % 3] for x in b)), max_size=9))
def test_the_kinds_of_line_ends_do_not_depend_on_where_a_text_is_cut(blocks):
    ends = line_ends.LineEnds()
    assert list(ends.seen(blocks)) == blocks
    kinds = set(re.findall(rb"\r\n|\r|\n", b"".join(blocks)))
    assert ends.may_differ == (len(kinds) > 1)


def test_a_line_end_inside_a_cell_does_not_make_a_file_one_of_mixed_ends(tmp_path):
    path = tmp_path / "in.csv"
    path.write_bytes(b'a,b\r\n"x\ny",z\r\n')
    assert line_ends.mend_line_ends(path, tmp_path) == (path, False)


def test_numbers_with_a_decimal_comma_become_numbers_where_a_file_knows_numbers(run, tmp_path):
    rows = "iso_o;iso_d;value;code;mixed\nNLD;CHN;1234,50;007,5;1,5\nUSA;JPN;-3;1;2.5\n"
    out = pq.read_table(run(rows, "out.parquet").out)
    assert out.column("value").to_pylist() == [1234.5, -3.0]
    assert out.column("code").to_pylist() == ["007,5", "1"]
    assert out.column("mixed").to_pylist() == ["1,5", "2.5"]
    found = run(rows, "out.csv")
    assert passed_through(found.out)[1] == ["NLD", "CHN", "1234,50", "007,5", "1,5"]
    assert "decimal points" in found.notes[-1]


def test_a_value_stands_in_text_as_its_shortest_digits(run, references):
    framework = references.tables.frameworks["hofstede-2015"]
    some = [*framework.profile_ids[::9], "Elbonia", "", "-5"]
    rows = "".join(f'{a},{b},"-{n}"\n' for n, a in enumerate(some) for b in some)
    extras = ("percentile", "standing")
    held = {}
    for ending in ("parquet", "csv"):
        found = run(f"iso_o,iso_d,n\n{rows}", f"out.{ending}", extras=extras,
                    columns=("iso_o", "iso_d"))  # fmt: skip
        held[ending] = found
    table = pq.read_table(held["parquet"].out).to_pylist()
    with held["csv"].out.open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(cells) == len(table) == len(some) ** 2
    for name in ("kogut_singh", "kogut_singh_percentile"):
        # Python and the engine both write the fewest digits that give the number back.
        assert [c[name] for c in cells if c[name]] == [
            repr(row[name]) for row in table if row[name] is not None
        ]
        assert [not c[name] for c in cells] == [row[name] is None for row in table]
    assert [c["standing_a"] for c in cells] == [row["standing_a"] or "" for row in table]
    assert {c["iso_o"] for c in cells} == {*some}
    assert cells[-1]["n"] == f"-{len(some) - 1}"


def test_party_columns_may_have_the_name_that_an_engine_gives_to_numbers_of_rows(run):
    found = run("file_row_number,x\nNLD,CHN\nNLD,NLD\n", columns=("file_row_number", "x"))
    assert found.left_out.read_text("utf-8").splitlines()[1].startswith("2,NLD,NLD,")


def test_a_workbook_comes_in_and_goes_out(run, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    day = datetime.datetime(2020, 5, 17)
    for row in (["Home", "Host", "Year", "Share", "Signed", "Code"],
                ["Holland", 156, 2001, 0.5, day, "007"],
                ["USA", "Japan", 2002, 2, None, "=1+1"]):  # fmt: skip
        sheet.append(row)
    sheet["F3"].data_type = "s"
    book.save(tmp_path / "in.xlsx")
    found = run(tmp_path / "in.xlsx", "out.xlsx")
    assert found.outcomes.with_value == 2
    rows = list(openpyxl.load_workbook(found.out)["Pairs"].iter_rows())
    assert [c.value for c in rows[0]] == ["Home", "Host", "Year", "Share", "Signed", "Code",
                                          "kogut_singh"]  # fmt: skip
    assert [c.value for c in rows[1]][:6] == ["Holland", "156", 2001, 0.5, day, "007"]
    assert rows[2][5].value == "=1+1"
    assert rows[2][5].data_type == "s"
    frame = pd.read_excel(found.out, "Pairs", engine="openpyxl")
    assert frame["kogut_singh"].notna().all()


def test_a_workbook_is_refused_for_more_rows_than_a_sheet_has(tmp_path):
    check_rows(tmp_path / "x.xlsx", 1_048_575, 5)
    check_rows(tmp_path / "x.csv", 5_000_000, 5)
    with pytest.raises(BulkError, match="holds 1,048,575 rows below the names"):
        check_rows(tmp_path / "x.xlsx", 1_048_576, 5)


def test_the_json_beside_holds_what_is_needed_to_cite_and_to_do_it_again(run, tables):
    found = run(text(), extras=("percentile",), columns=("iso_o", "iso_d"))
    held = json.loads(found.report.read_text("utf-8"))
    assert held["data_version"] == tables.version
    assert held["rows"] == 3
    assert held["rows_with_value"] == found.with_value
    assert held["settings"]["framework"] == "hofstede-2015"
    assert held["result"]["columns_added"] == ["kogut_singh", "kogut_singh_percentile"]
    assert set(re.findall(r"^@\w+\{([^,]+)", held["citation"], re.MULTILINE)) == {
        "hofstede-2015-matrix", "kogut-singh-1988",
    }  # fmt: skip
    assert "--columns iso_o,iso_d --measure kogut_singh --percentile" in held["command"]


@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.xlsx"])
def test_the_same_table_gives_the_same_bytes(run, tmp_path, out):
    rows = ["iso_o,iso_d,n", *(f"{'NLD' if n % 3 else 'USA'},CHN,{n}" for n in range(150_000))]
    source = tmp_path / "in.csv"
    source.write_text("\n".join(rows[: 5_000 if out.endswith("xlsx") else None]))
    first = run(source, out)
    held = [path.read_bytes() for path in (first.out, first.report)]
    second = run(source, out)
    assert [path.read_bytes() for path in (second.out, second.report)] == held


def test_the_rows_keep_their_order_on_several_threads(run, tmp_path):
    # Large enough for several row groups at once: joins would shuffle them (see `find`).
    n = 1_000_000
    table = pa.table({"iso_o": ["NLD", "USA", "XXX", "DEU"] * (n // 4), "iso_d": ["CHN"] * n,
                      "n": range(n)})  # fmt: skip
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=50_000)
    found = run(tmp_path / "in.parquet", "out.parquet")
    out = pq.read_table(found.out)
    assert out.column("n").equals(table.column("n"))
    assert out.column("kogut_singh").null_count == n // 4
    with found.left_out.open(encoding="utf-8") as file:
        next(file)
        assert [int(line.split(",")[0]) for line in file] == list(range(3, n + 1, 4))


def test_a_preview_reads_the_first_rows_only(tables, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(
        "\n".join(["exporter,importer,n", *(f"Holland,CN,{n}" for n in range(50_000))])
    )
    seen = job.preview(tables, source)
    assert (seen.parties.a, seen.parties.b) == ("exporter", "importer")
    assert seen.first.num_rows == 10_000
    assert seen.rows is None
    assert seen.understanding.known == {"CN": "CHN", "Holland": "NLD"}
    source.write_text("x,y1\n1,2\n")
    seen = job.preview(tables, source)
    assert seen.parties is None
    assert seen.reason.startswith("No two columns seem to hold parties")
    assert seen.rows == 1
