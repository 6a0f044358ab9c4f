"""What a start loads: the modules of the first page against Streamlit and Plotly themselves.

Measured as processor time, each time in a process of its own. Nothing heavy may come along: which
libraries are heavy stands in `HEAVY`, and a test holds them out of the first page.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.server import ROOT
from benchmarks.table import Line, show

REPEATS = 7
HEAVY = (
    "pandas", "scipy", "sklearn", "pyarrow", "duckdb", "ibis", "matplotlib", "pptx", "docx",
    "xlsxwriter", "typst", "sqlalchemy", "alembic", "PIL",
)  # fmt: skip
FLOOR = "import streamlit.elements.plotly_chart, plotly.graph_objects as go; go.Figure()"
OURS = "import pages.shared.frame, pages.shared.compare_sections, pages.shared.take_away"
_TIMED = """
import time
{before}
start = time.process_time()
{code}
print(time.process_time() - start)
"""


def seconds(code: str, before: str = "") -> float:
    """Return the median processor time that running `code` takes after `before` [s]."""
    times = []
    for _ in range(REPEATS):
        done = subprocess.run(
            [sys.executable, "-c", _TIMED.format(before=before, code=code)],
            check=True, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        times.append(float(done.stdout.split()[-1]))
    return statistics.median(times)


def lines() -> Iterator[Line]:
    """Yield the line of the table."""
    yield Line(
        "imports on top of Streamlit's and Plotly's", 1000 * seconds(OURS, before=FLOOR),
        1000 * seconds(FLOOR), "ms", "theirs", 1.0,
    )  # fmt: skip


if __name__ == "__main__":
    show(lines())
