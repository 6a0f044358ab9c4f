"""Five million respondents to the VSM 2013 in a hundred groups, against plain pandas.

Each way runs in a process of its own from a Parquet or CSV file to a table of indices with standard
errors by group; pandas takes the answers of a person as independent, which is less than ours does.
Ours also writes the shares of all answers and F_ST of all pairs of groups. Time and memory as in
`benchmarks.bulk`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.bulk import process_memory
from benchmarks.table import Line, show

GROUPS = 100
QUESTIONS = [f"q{q:02}" for q in range(1, 25)]
_AT_ONCE = 250_000


def make(folder: Path, people: int, kinds: list[str]) -> None:
    """Write made-up answers; one in fifty is missing."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    random = np.random.default_rng(1)
    names = np.array([f"G{g:03}" for g in range(GROUPS)])
    schema = pa.schema([("country", pa.string()), *((q, pa.int8()) for q in QUESTIONS)])
    writers = []
    if "parquet" in kinds:
        writers.append(pq.ParquetWriter(folder / "answers.parquet", schema))
    if "csv" in kinds:
        writers.append(pa.csv.CSVWriter(folder / "answers.csv", schema))
    for start in range(0, people, _AT_ONCE):
        n = min(_AT_ONCE, people - start)
        answers = random.integers(1, 6, (n, 24), dtype=np.int8)
        blank = random.random(answers.shape) < 0.02
        columns = [pa.array(answers[:, q], mask=blank[:, q]) for q in range(24)]
        table = pa.table([pa.array(names[random.integers(GROUPS, size=n)]), *columns], schema)
        for writer in writers:
            writer.write_table(table)
    for writer in writers:
        writer.close()


def ours(source: Path, engine: str = "duckdb") -> None:
    """Score groups and compare all pairs."""
    from analysis.bulk.survey import SurveyRequest, run_survey
    from analysis.tables import load_tables

    out = source.with_name("scores.parquet")
    run_survey(SurveyRequest(source, out, "country", engine=engine), load_tables())  # type: ignore[arg-type]


def pandas(source: Path) -> None:
    """Means, their errors and the six indices by group."""
    import pandas as pd

    from analysis.teams.vsm import FORMULAS

    frame = pd.read_parquet(source) if source.suffix == ".parquet" else pd.read_csv(source)
    by_group = frame.groupby("country")[QUESTIONS]
    means, errors = by_group.mean(), by_group.sem()
    scores = {}
    for index, terms in FORMULAS.items():
        scores[index] = sum(w * (means[f"q{a:02}"] - means[f"q{b:02}"]) for w, a, b in terms)
        scores[f"{index}_se"] = np.sqrt(
            sum(w**2 * (errors[f"q{a:02}"] ** 2 + errors[f"q{b:02}"] ** 2) for w, a, b in terms)
        )
    pd.DataFrame(scores).to_parquet(source.with_name("scores.parquet"))


WAYS = {"ours": ours, "pandas": pandas, "ours on Spark": lambda source: ours(source, "spark")}


def measure(way: str, source: Path) -> tuple[float, float]:
    """Return time [s] and the highest memory [MiB] of a way."""
    most = [0.0]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.survey", "--way", way, "--source", str(source)]
    )

    def watch() -> None:
        while process.poll() is None:
            most[0] = max(most[0], process_memory(process.pid))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    if process.wait():
        raise SystemExit(f"{way} over {source.name} failed")
    took = time.perf_counter() - start
    watcher.join()
    return took, most[0]


def lines(
    people: int = 1_000_000,
    kinds: Sequence[str] = ("parquet",),
    skip: Sequence[str] = ("ours on Spark",),
    folder: Path | None = None,
) -> Iterator[Line]:
    """Yield time and memory against each other way, for each kind of file."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        make(Path(made), people, list(kinds))
        for kind in kinds:
            source = Path(made) / f"answers.{kind}"
            found = {way: measure(way, source) for way in WAYS if way not in skip}
            took, memory = found.pop("ours")
            for way, (their_time, their_memory) in found.items():
                what = f"survey of {people:,} in {GROUPS} groups, {kind}"
                yield Line(f"{what}, time", took, their_time, "s", way)
                yield Line(f"{what}, memory", memory, their_memory, "MiB", way)


def main() -> None:
    """Print the table; with `--way` do that one alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000_000)
    parser.add_argument("--kinds", nargs="+", choices=("parquet", "csv"), default=["parquet"])
    parser.add_argument("--skip", nargs="+", choices=tuple(WAYS), default=[])
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--way", choices=tuple(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        WAYS[options.way](options.source)
    else:
        show(lines(options.people, options.kinds, options.skip, options.folder))


if __name__ == "__main__":
    main()
