"""One table of ratios: each line is ours against its baseline, both measured in the same run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was measured of both, in the same unit; a `budget` holds for the ratio.

    `at_least` turns the budget round: the ratio must reach it.
    """

    what: str
    ours: float
    baseline: float
    unit: str
    against: str
    budget: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """Ours over the baseline."""
        return self.ours / self.baseline if self.baseline else float("inf")

    @property
    def verdict(self) -> str:
        """Say whether the ratio is within its budget; nothing where there is none."""
        if self.budget is None:
            return ""
        within = self.ratio >= self.budget if self.at_least else self.ratio <= self.budget
        return "yes" if within else "**no**"

    def row(self) -> str:
        """Return the line as a row of a Markdown table."""
        kind = "at least " if self.at_least else ""
        budget = "" if self.budget is None else f"{kind}{self.budget:g}"
        cells = (
            self.what, f"{_number(self.ours)} {self.unit}",
            f"{_number(self.baseline)} {self.unit}, {self.against}",
            f"{self.ratio:.2f}", budget, self.verdict,
        )  # fmt: skip
        return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def show(lines: Iterable[Line]) -> None:
    """Print the table, each line as soon as it is known."""
    print("| What | Parley | Baseline | Ratio | Budget | Kept |")
    print("| --- | ---: | ---: | ---: | ---: | --- |", flush=True)
    for line in lines:
        print(line.row(), flush=True)
    load = os.getloadavg()[0]
    print(f"\nThe machine's load at the end: {load:.1f} of {os.cpu_count()} processors.")
