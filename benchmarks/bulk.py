"""Distances for millions of pairs: the job of `analysis.bulk` against the ways around it.

Each way runs in a process of its own over the same made-up pairs of ISO codes, from Parquet or CSV
to a file of the same kind; time is from a started program to a written file, imports included, and
memory the most that the process held (of Spark with its Java process). `read and write` copies the
file with the engine alone and is the limit; `arithmetic per row` and the pandas merge get the
scores and compute the index for each row, as is done without the job.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.table import Line, show

FIRST, SECOND = "exporter", "importer"
BUDGET_MEMORY, BUDGET_LIMIT, BUDGET_PANDAS = 2048.0, 2.0, 10.0
SPARK_SETTLES = 0.05


def make(folder: Path, rows: int) -> None:
    """Write made-up pairs of the countries with all scores, with a year and an amount.

    Where half of all pairs have no value, most time goes into the list of rows left out.
    """
    import duckdb

    from analysis.tables import load_tables

    framework = load_tables().frameworks["hofstede-2015"]
    complete = np.isfinite(framework.scores).all(axis=1)
    ids = [i for i, whole in zip(framework.profile_ids, complete, strict=True) if whole]
    done = duckdb.connect(config={"memory_limit": "1GB"})
    done.execute("CREATE TABLE ids (k INTEGER, id VARCHAR)")
    done.executemany("INSERT INTO ids VALUES (?, ?)", list(enumerate(ids)))
    n = len(ids)
    made = f"""
        SELECT 1990 + i % 30 AS year, a.id AS {FIRST}, b.id AS {SECOND},
               (hash(i * 7) % 1000000) / 100.0 AS amount
        FROM (SELECT range AS i, hash(range) % {n} AS x, hash(range * 31 + 7) % {n} AS y
              FROM range({rows})) JOIN ids a ON a.k = x JOIN ids b ON b.k = y
    """  # noqa: S608 - nothing comes from outside
    for ending in ("parquet", "csv"):
        done.execute(f"COPY ({made}) TO '{folder / f'pairs.{ending}'}'")


def job(source: Path, out: Path, engine: str = "duckdb") -> None:
    """Run the job."""
    from analysis.bulk.job import run
    from analysis.bulk.request import Request
    from analysis.settings import default_settings
    from analysis.tables import load_tables

    tables = load_tables()
    run(Request(source, out, default_settings(tables), ("konara_mohr",), engine=engine), tables)  # type: ignore[arg-type]


def copy(source: Path, out: Path) -> None:
    """Read and write alone."""
    _duckdb(f"COPY (FROM {_from(source)}) TO '{out}' {_form(out)}")


def arithmetic(source: Path, out: Path) -> None:
    """Join the scores of both sides and compute the index in SQL for each row."""
    scores, names, variances = _scores()
    terms = " + ".join(
        f"(a.{name} - b.{name}) * (a.{name} - b.{name}) / {variance!r}"
        for name, variance in zip(names, variances, strict=True)
    )
    # Nothing in the statement comes from outside.
    _duckdb(
        f"COPY (SELECT s.*, sqrt(({terms}) / {len(names)}) AS konara_mohr"  # noqa: S608
        f" FROM {_from(source)} s LEFT JOIN scores a ON a.id = s.{FIRST}"
        f" LEFT JOIN scores b ON b.id = s.{SECOND}) TO '{out}' {_form(out)}",
        scores,
    )


def merge(source: Path, out: Path) -> None:
    """Merge the scores of both sides onto the rows in pandas and compute the index."""
    import pandas as pd

    scores, names, variances = _scores()
    frame = pd.read_parquet(source) if source.suffix == ".parquet" else pd.read_csv(source)
    table = scores.to_pandas()
    frame = frame.merge(table.add_suffix("_a"), "left", left_on=FIRST, right_on="id_a")
    frame = frame.merge(table.add_suffix("_b"), "left", left_on=SECOND, right_on="id_b")
    total = sum(
        (frame[f"{name}_a"] - frame[f"{name}_b"]) ** 2 / variance
        for name, variance in zip(names, variances, strict=True)
    )
    frame["konara_mohr"] = np.sqrt(total / len(names))
    frame = frame[["year", FIRST, SECOND, "amount", "konara_mohr"]]
    if out.suffix == ".parquet":
        frame.to_parquet(out)
    else:
        frame.to_csv(out, index=False)


def _scores():  # noqa: ANN202 - a table, names and variances
    import pyarrow as pa

    from analysis.tables import load_tables

    framework = load_tables().frameworks["hofstede-2015"]
    complete = framework.scores[np.isfinite(framework.scores).all(axis=1)]
    columns = {"id": list(framework.profile_ids)}
    columns |= dict(zip(framework.dimension_ids, framework.scores.T, strict=True))
    variances = complete.var(axis=0, ddof=1).tolist()
    return pa.table(columns), framework.dimension_ids, variances


def _duckdb(sql: str, scores: object = None) -> None:
    import duckdb

    with tempfile.TemporaryDirectory() as spill:
        done = duckdb.connect(config={"memory_limit": "1GiB", "temp_directory": spill})
        if scores is not None:
            done.register("scores", scores)
        done.execute(sql)


def _from(source: Path) -> str:
    return f"read_{'parquet' if source.suffix == '.parquet' else 'csv'}('{source}')"


def _form(out: Path) -> str:
    parquet = "(FORMAT parquet, COMPRESSION zstd)"
    return parquet if out.suffix == ".parquet" else "(FORMAT csv)"


WAYS = {
    "the job": job,
    "read and write": copy,
    "arithmetic per row": arithmetic,
    "pandas merge": merge,
    "the job on Spark": lambda source, out: job(source, out, "spark"),
}


def process_memory(process: int) -> float:
    """Return what a process and those that it started hold [MiB]."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            status = (path / "status").read_text("utf-8")
            fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
            own = int(path.name) == process
            if (own or int(fields["PPid"]) == process) and "VmRSS" in fields:
                total += int(fields["VmRSS"].split()[0]) / 1024
        except (OSError, ValueError):
            continue  # it has just ended
    return total


def measure(way: str, source: Path, repeats: int) -> dict[str, float]:
    """Return the median time [s] and the highest memory [MiB] of a way."""
    times, most = [], [0.0]
    for _ in range(repeats):
        out = source.with_name(f"out{source.suffix}")
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bulk", "--way", way, "--source", str(source)]
        )

        def watch(process: subprocess.Popen[bytes] = process) -> None:
            while process.poll() is None:
                most[0] = max(most[0], process_memory(process.pid))
                time.sleep(SPARK_SETTLES)

        watcher = threading.Thread(target=watch)
        watcher.start()
        if process.wait():
            raise SystemExit(f"{way} over {source.name} failed")
        times.append(time.perf_counter() - start)
        watcher.join()
        for held in (out, out.with_name("out.json"), out.with_name("out-left-out.csv")):
            if held.is_dir():
                shutil.rmtree(held)
            else:
                held.unlink(missing_ok=True)
    return {"time": statistics.median(times), "memory": most[0]}


def lines(
    sizes: Sequence[int] = (1_000_000,),
    kinds: Sequence[str] = ("parquet", "csv"),
    skip: Sequence[str] = ("the job on Spark",),
    repeats: int = 3,
    folder: Path | None = None,
) -> Iterator[Line]:
    """Yield time and memory against each other way, for each size and kind of file."""
    for rows in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as made:
            make(Path(made), rows)
            for kind in kinds:
                source = Path(made) / f"pairs.{kind}"
                found = {way: measure(way, source, repeats) for way in WAYS if way not in skip}
                yield from _lines(f"{rows:,} pairs, {kind}", found)


def _lines(what: str, found: dict[str, dict[str, float]]) -> Iterator[Line]:
    ours = found.pop("the job")
    yield Line(f"{what}, memory", ours["memory"], BUDGET_MEMORY, "MiB", "what it may take", 1.0)
    for way, theirs in found.items():
        budget = {"read and write": BUDGET_LIMIT, "pandas merge": 1 / BUDGET_PANDAS}.get(way)
        yield Line(f"{what}, time", ours["time"], theirs["time"], "s", way, budget)


def main() -> None:
    """Print the table; with `--way` do that one alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument(
        "--kinds", nargs="+", choices=("parquet", "csv"), default=["parquet", "csv"]
    )
    parser.add_argument("--skip", nargs="+", choices=tuple(WAYS), default=[])
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="for the files, some GB")
    parser.add_argument("--way", choices=tuple(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        WAYS[options.way](options.source, options.source.with_name(f"out{options.source.suffix}"))
        return
    show(lines(options.rows, options.kinds, options.skip, options.repeats, options.folder))


if __name__ == "__main__":
    main()
