"""What goes wrong outside: killed, stopped, full, changed, damaged; a sentence and no half file."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.bulk import job, output
from analysis.errors import BulkError

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "analysis", "distances"]


@pytest.fixture
def long_pairs(tmp_path):
    """Enough rows that a job takes seconds."""
    n = 6_000_000
    path = tmp_path / "in.parquet"
    table = pa.table({"iso_o": ["NLD", "USA"] * (n // 2), "iso_d": ["CHN"] * n, "n": range(n)})
    pq.write_table(table, path)
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def start(source, out):
    return subprocess.Popen(
        [*COMMAND, str(source), "--out", str(out), "--measure", "kogut_singh"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A shell starts what runs beside it with interrupts switched off, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip


def wait_for(condition, seconds=60):
    for _ in range(seconds * 50):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


@pytest.mark.parametrize("later", [0.0, 0.1, 0.3])
def test_a_killed_run_leaves_no_result_and_the_next_clears_what_it_left(long_pairs, later):
    folder, out = long_pairs.parent, long_pairs.with_name("out.parquet")
    hidden = folder / ".out.parquet.parley"
    running = start(long_pairs, out)
    wait_for((hidden / "result.parquet").exists)
    time.sleep(later)
    running.send_signal(signal.SIGKILL)
    if running.wait() == 0:  # it was done before the signal: then all of it is there
        assert names(folder) == ["in.parquet", "out.json", "out.parquet"]
        return
    assert names(folder) == [".out.parquet.parley", "in.parquet"]
    done = start(long_pairs, out)
    assert done.communicate()[0].startswith(f"{out}: 6,000,000 rows, 6,000,000 with a distance.")
    assert names(folder) == ["in.parquet", "out.json", "out.parquet"]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_ended_clears_up_and_says_so(long_pairs, number, status):
    out = long_pairs.with_name("out.parquet")
    out.write_bytes(b"an earlier result")
    running = start(long_pairs, out)
    wait_for((long_pairs.parent / ".out.parquet.parley" / "result.parquet").exists)
    running.send_signal(number)
    _, said = running.communicate()
    assert said.splitlines()[-1] == "The job was stopped: nothing was written."
    assert running.returncode == status
    assert names(long_pairs.parent) == ["in.parquet", "out.parquet"]
    assert out.read_bytes() == b"an earlier result"


def test_a_full_disk_is_one_sentence_and_no_file(long_pairs):
    # The largest file that this process may write stands in for a disk with no more room.
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "from analysis.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    for ending in ("parquet", "csv"):
        out = long_pairs.with_name(f"out.{ending}")
        done = subprocess.run(
            [sys.executable, "-c", code, "distances", str(long_pairs), "--out", str(out)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2, done.stderr
        assert done.stderr == (
            "The disk is full, so nothing was written: free space or choose another place.\n"
        )
        assert names(long_pairs.parent) == ["in.parquet"]


def test_a_table_that_changes_underneath_gives_nothing(run, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("iso_o,iso_d\nNLD,CHN\n")

    def append(progress):
        if progress.stage == "Writing the result":
            with source.open("a") as file:
                file.write("USA,JPN\n")

    with pytest.raises(BulkError, match=r"“in.csv” changed while it was read, so nothing"):
        run(source, progress=append)
    assert names(tmp_path) == ["in.csv"]


def test_a_damaged_parquet_file_is_named(run, tmp_path):
    source = tmp_path / "in.parquet"
    source.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(BulkError, match=r"“in.parquet” is damaged or no Parquet file"):
        run(source)
    table = pa.table({"iso_o": ["NLD", "USA"] * 50_000, "iso_d": ["CHN"] * 100_000,
                      "n": range(100_000)})  # fmt: skip
    pq.write_table(table, source)
    content = bytearray(source.read_bytes())
    content[1000:3000] = bytes(2000)  # pages are broken, the schema is whole
    source.write_bytes(content)
    with pytest.raises(BulkError, match="damaged or cannot be read"):
        run(source)
    assert names(tmp_path) == ["in.parquet"]


def test_what_is_no_workbook_is_said(run, tmp_path):
    (tmp_path / "in.xlsx").write_bytes(b"no workbook at all")
    with pytest.raises(BulkError, match=r"“in.xlsx” is damaged or no workbook"):
        run(tmp_path / "in.xlsx")


@pytest.mark.parametrize(
    ("source", "out", "said"),
    [
        ("nothing.csv", "out.csv", "is not there"),
        ("in.csv", "out.docx", "no kind of table that Parley writes"),
        ("in.csv", "nowhere/out.csv", "is not there: make it"),
        ("in.csv", "in.csv", "would replace “in.csv”"),
        ("out-left-out.csv", "out.parquet", "would replace “out-left-out.csv”"),
        ("pairs", "pairs/out.parquet", "would lie among the pairs"),
        ("empty", "out.csv", "holds no Parquet file"),
        ("in.docx", "out.csv", "is no table that Parley reads here"),
    ],
)
def test_places_that_cannot_be_used(run, tmp_path, source, out, said):
    for name in ("in.csv", "out-left-out.csv"):
        (tmp_path / name).write_text("iso_o,iso_d\nNLD,CHN\n")
    (tmp_path / "in.docx").write_text("no table")
    for name in ("pairs", "empty"):
        (tmp_path / name).mkdir()
    pq.write_table(pa.table({"iso_o": ["NLD"], "iso_d": ["CHN"]}), tmp_path / "pairs" / "a.parquet")
    with pytest.raises(BulkError, match=said):
        run(tmp_path / source, out)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the administrator")
def test_a_folder_that_is_closed(run, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    (tmp_path / "in.csv").write_text("iso_o,iso_d\nNLD,CHN\n")
    with pytest.raises(BulkError, match="cannot be written"):
        run(tmp_path / "in.csv", "closed/out.csv")


def test_two_jobs_for_one_name_do_not_mix(run, tmp_path):
    with (
        output.Place(tmp_path / "out.csv"),
        pytest.raises(BulkError, match=r"Another job is writing “out\.csv”"),
    ):
        run("iso_o,iso_d\nNLD,CHN\n")
    assert run("iso_o,iso_d\nNLD,CHN\n").rows == 1


def test_columns_of_free_text_are_not_taken_for_parties(run, monkeypatch):
    monkeypatch.setattr(job, "MOST_TEXTS", 50)
    rows = "\n".join(f"Firm {n},CHN" for n in range(60))
    with pytest.raises(BulkError, match="hold more than 50 different texts"):
        run(f"iso_o,iso_d\n{rows}\n", columns=("iso_o", "iso_d"))
