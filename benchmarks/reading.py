"""How long the worst broken files take to be refused, against reading the fullest good one.

All in one run: the processor time of this process and of the reader's together, the median of
three. A ratio below one says that nobody can keep the app busier with a bad file than with a good
one.
"""

from __future__ import annotations

import io
import resource
import statistics
from collections.abc import Iterator
from contextlib import suppress

import xlsxwriter

from analysis.errors import UploadError
from analysis.tables import load_tables
from analysis.teams.reading import read_grid, read_team
from benchmarks.table import Line, show
from tests.teams.reading.broken import REFUSED
from tests.teams.reading.build import QUESTIONS

ROWS = 70_000
"""Of 24 answers: what 50 MB unpacked hold."""
REPEATS = 3
SHOWN = 3


def _full() -> bytes:
    """Return the fullest workbook of answers that is read."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, QUESTIONS)
        for row in range(1, ROWS):
            sheet.write_row(row, 0, [(row * 7 + q * q) % 5 + 1 for q in range(24)])
    return file.getvalue()


def _used() -> float:
    """Return the processor time of this process and the readers that have ended [s]."""
    found = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in found)


def _measure(data: bytes, name: str) -> float:
    """Return the median time to read a file or to refuse it [s]."""
    tables, times = load_tables(), []
    for _ in range(REPEATS):
        began = _used()
        with suppress(UploadError):
            read_team(tables, read_grid(data, name))
        times.append(_used() - began)
    return statistics.median(times)


def lines() -> Iterator[Line]:
    """Yield the broken files that take longest to be refused."""
    good = _measure(_full(), "full.xlsx")
    found = {name: _measure(data, name) for name, data in REFUSED.items()}
    against = f"the fullest good file, {ROWS:,} rows"
    for name in sorted(found, key=lambda name: -found[name])[:SHOWN]:
        yield Line(f"refusing {name}", found[name], good, "s", against, 1.0)


if __name__ == "__main__":
    show(lines())
