"""Small files that ask for much: refused soon, in one sentence, and with little memory."""

import io
import json
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.bulk import workbooks
from analysis.bulk.job import preview
from analysis.bulk.request import Request
from analysis.bulk.sources import open_source
from analysis.errors import BulkError, DealError, InputError, WorkspaceError
from analysis.knowledge import load_knowledge
from analysis.link import LONGEST_VALUE, read_link
from analysis.settings import default_settings
from analysis.strategy.deal_file import read_deal
from analysis.tables import load_tables
from analysis.teams.reading import read_grid, read_team
from analysis.workspace import read_workspace
from pages.shared import bulk_work
from tests.teams.reading.broken import REFUSED

SECONDS = 20
"""Processor time; each took minutes once, and takes under a second now."""

MARKS = "\u0301\u0323"
"""Two marks in the wrong order: to sort n of them takes Python a time that grows with n squared."""


def used(work):
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize("key", ["a", "more", "framework", "w", "yes", "measure"])
def test_a_link_of_marks_without_end_is_read_at_once(key):
    tables, effects = load_tables(), load_knowledge().friction.effects
    found = []
    text = MARKS * 100_000
    assert used(lambda: found.append(read_link(tables, {key: text}, effects))) < SECONDS
    assert any("more than 1,000 characters" in said for said in found[0][1])


def test_a_link_that_names_parties_without_end_is_read_at_once():
    tables = load_tables()
    for names in (["Nowhereland"] * 100_000, [f"No{n}where" for n in range(90)]):
        text, found = ",".join(names), []
        assert (
            used(lambda text=text, found=found: found.append(read_link(tables, {"more": text})))
            < SECONDS
        )
        assert len(found[0][1]) <= 13
    assert len(text) <= LONGEST_VALUE


@pytest.mark.parametrize("header", ["Team,PDI\n{}{},5\n", "Name,Culture\n{}{},NLD\n"])
def test_names_of_marks_without_end_are_read_at_once(header):
    """A file of 640 KB held a server, and everybody on it, for half a minute."""
    first, row, _ = header.split("\n")
    data = "\n".join([first, *(row.format(MARKS * 8000, n) for n in range(20))]).encode()
    tables = load_tables()
    assert used(lambda: read_team(tables, read_grid(data, "x.csv"))) < SECONDS


@pytest.mark.parametrize("name", ["repeated_rows.ods", "far_corners.xlsx",
                                  "laughs.xlsx", "laughs.ods", "outside.xlsx"])  # fmt: skip
def test_a_workbook_of_pairs_made_to_harm_is_refused(tmp_path, name):
    """740 bytes of ODS held a process and 4 GB for a quarter of an hour."""
    path = tmp_path / name
    path.write_bytes(REFUSED[name])
    memory, seconds = workbooks._limits(path)
    assert memory < 1.1 * workbooks.GIGABYTE
    assert seconds < 90
    with pytest.raises(BulkError) as caught:
        workbooks.workbook_to_parquet(path, tmp_path)
    assert str(caught.value).endswith(".")
    assert "root:" not in str(caught.value)


def test_a_large_workbook_of_pairs_may_take_more_than_a_small_one(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(300 * 1024**2)
    memory, seconds = workbooks._limits(path)
    assert memory == workbooks.MOST_MEMORY
    assert seconds == workbooks.MOST_SECONDS


def test_a_parquet_file_whose_result_would_fill_the_disk_is_stopped(tmp_path, monkeypatch):
    """Few bytes can stand for rows without end: what is written is watched, not what is read."""
    rows = 300_000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), ["x" * 200])
    table = pa.table({"a": ["NLD"] * rows, "b": ["CHN"] * rows, "note": text})
    source = tmp_path / "in.parquet"
    pq.write_table(table, source, compression="zstd")
    assert source.stat().st_size < 100_000
    monkeypatch.setattr(bulk_work, "MOST_WRITTEN", 1_000_000)

    tables = load_tables()
    request = Request(source, tmp_path / "out.csv", default_settings(tables), ("kogut_singh",))
    with pytest.raises(BulkError, match="The result would be larger than"):
        bulk_work.work(request, request, tables, lambda _: None, lambda: False)
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def huge_numbers():
    """Return a Parquet file whose page says that it unpacks to two gigabytes."""
    file = io.BytesIO()
    pq.write_table(pa.table({"a": ["NLD"] * 3, "b": ["CHN"] * 3}), file, compression="zstd")
    return file.getvalue()


@pytest.mark.parametrize("place", range(4, 60, 5))
def test_a_parquet_file_that_promises_too_much_is_refused_or_read(tmp_path, place):
    """Sizes in page heads are numbers of up to ten bytes: here the largest, one after the other."""
    data = bytearray(huge_numbers())
    data[place : place + 5] = b"\xfe\xff\xff\xff\x0f"
    path = tmp_path / "in.parquet"
    path.write_bytes(data)

    said = "."
    try:
        preview(load_tables(), path)
    except InputError as error:
        said = str(error)
    assert said.endswith(".")


def test_a_deal_that_unfolds_or_calls_is_refused():
    effects = load_knowledge().friction.effects
    for text in (
        "a: &a [x, x]\nb: &b [*a, *a]\nkind: *b\n",
        "kind: !!python/object/apply:os.system [id]\n",
        "kind: " + "[" * 5000,
        "subject: " + MARKS * 20_000,
    ):
        with pytest.raises(DealError):
            read_deal(text, effects)


def test_a_workspace_with_bytes_that_are_no_text_is_refused_in_one_sentence():
    """A letter of which half is missing passes for JSON with Python, and not with the reader."""
    held = {"schema": "parley-workspace", "version": 1, "data_version": "?", "view": {}, "deal": {}}
    content = json.dumps(held).encode().replace(b"?", b"\xed\xa0\x80")
    knowledge = load_knowledge()
    with pytest.raises(WorkspaceError, match="damaged"):
        read_workspace(load_tables(), knowledge.friction.effects, knowledge.topic_by_id, content)


@pytest.mark.parametrize(
    ("name", "said"),
    [("imp\0orter", "no text"), ("x" * 1500, "1,500 characters")],
)
def test_a_name_of_a_column_that_cannot_be_is_refused(tmp_path, name, said):
    path = tmp_path / "in.csv"
    path.write_bytes(f"exporter,{name}\nNLD,CHN\n".encode())
    with pytest.raises(BulkError, match=said):
        open_source((path,), tmp_path)
