"""A million respondents to the VSM 2013 scored with intervals, against the plain pandas way.

Each way is measured in a process of its own, from answers that are in memory already: for ours a
byte each, for pandas the frame of floating point that a file with blanks becomes. Memory is the
most that was held on top of that. Pandas has two ways to an interval. One puts the standard errors
of the question means together as if answers of a person were independent. The other resamples
people, as it must where they are not: a few of the 2,000 draws are made, and the time for all is
scaled up.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from analysis.tables import FloatArray
from analysis.teams.vsm import DRAWS, FORMULAS, sample_indices
from benchmarks.table import Line, show

PEOPLE = 1_000_000
REPEATS = 5
PANDAS_DRAWS = 4

Limits = FloatArray
"""Lower and upper limit of each index, shape (6, 2) [points]."""


def _answers() -> np.ndarray:
    """Return made-up answers; one in fifty is missing."""
    random = np.random.default_rng(1)
    answers = random.integers(1, 6, (PEOPLE, 24), dtype=np.uint8)
    for rows in np.array_split(answers, 100):
        rows[random.random(rows.shape) < 0.02] = 0
    return answers


def _ours() -> Callable[[], Limits]:
    answers = _answers()
    return lambda: sample_indices(answers).interval


def _frame() -> Any:
    import pandas as pd

    answers = _answers()
    return pd.DataFrame(
        np.where(answers > 0, answers, np.nan), columns=[f"q{q:02}" for q in range(1, 25)]
    )


def _indices(means: Any) -> list[float]:
    return [
        sum(
            weight * (means[f"q{plus:02}"] - means[f"q{minus:02}"]) for weight, plus, minus in terms
        )
        for terms in FORMULAS.values()
    ]


def _pandas_as_independent() -> Callable[[], Limits]:
    frame = _frame()

    def score() -> Limits:
        raw, variances = np.array(_indices(frame.mean())), frame.sem() ** 2
        error = [
            sum(w**2 * (variances[f"q{a:02}"] + variances[f"q{b:02}"]) for w, a, b in terms) ** 0.5
            for terms in FORMULAS.values()
        ]
        return raw[:, None] + 1.96 * np.outer(error, (-1, 1))

    return score


def _pandas_resampled() -> Callable[[], Limits]:
    frame = _frame()

    def score() -> Limits:
        drawn = [
            _indices(frame.sample(frac=1, replace=True, random_state=seed).mean())
            for seed in range(PANDAS_DRAWS)
        ]
        return np.quantile(drawn, (0.025, 0.975), axis=0).T

    return score


WAYS = {
    "ours": (_ours, REPEATS, 1.0),
    "pandas, answers as independent": (_pandas_as_independent, REPEATS, 1.0),
    "pandas, people resampled": (_pandas_resampled, 1, DRAWS / PANDAS_DRAWS),
}
"""How to get ready, how often to measure, and by how much to scale the time."""


def _measure(way: str) -> dict[str, Any]:
    """Return the median time [s], memory on top [MiB] and the limits of a way."""
    prepare, repeats, scale = WAYS[way]
    score = prepare()
    before = _memory("VmRSS")
    # From here on the kernel takes the highest memory anew.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        limits = score()
        times.append(time.perf_counter() - start)
    return {
        "time": scale * statistics.median(times),
        "memory": _memory("VmHWM") - before,
        "limits": limits.tolist(),
    }


def _memory(kind: str) -> float:
    """Return the memory that the process holds (VmRSS), or the most it has held (VmHWM) [MiB]."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024


def _in_a_process(way: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.vsm", way], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines() -> Iterator[Line]:
    """Yield time and memory against each way of pandas."""
    found = {way: _in_a_process(way) for way in WAYS}
    ours, independent, _ = found.values()
    # The made-up answers are independent, so both must say the same; 2,000 draws know a limit to
    # 0.06 of the standard error, which is about 0.1 points.
    np.testing.assert_allclose(ours["limits"], independent["limits"], atol=0.04)
    what = f"VSM indices of {PEOPLE:,} people"
    for way, one in list(found.items())[1:]:
        scaled = f", {PANDAS_DRAWS} draws scaled to {DRAWS:,}" if WAYS[way][2] > 1 else ""
        yield Line(f"{what}, time", ours["time"], one["time"], "s", f"{way}{scaled}")
        yield Line(f"{what}, memory", ours["memory"], one["memory"], "MiB", way)


def main() -> None:
    """Print the table; with an argument measure one way and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", nargs="?", choices=WAYS)
    chosen = parser.parse_args().way
    if chosen:
        print(json.dumps(_measure(chosen)))
    else:
        show(lines())


if __name__ == "__main__":
    main()
