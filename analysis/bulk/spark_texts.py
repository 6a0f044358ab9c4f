"""Tables of text as Spark can read them."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from analysis.bulk.sources import Source


def quoted_line_ends(source: Source) -> bool:
    """Say whether a cell of the text holds the end of a line; Spark then cannot part the file.

    A line has an odd number of quotation marks where a quoted cell goes on in the next.
    """
    for path in source.files:
        with path.open("rb") as file:
            if any(b'"' in block for block in iter(partial(file.read, 1 << 22), b"")):
                file.seek(0)
                if any(line.count(b'"') % 2 for line in file):
                    return True
    return False


def without_lines(path: Path, folder: Path, lines: int) -> Path:
    """Return a copy without the first lines, where a spreadsheet wrote what parts the cells."""
    copy = folder / "without-first-lines.csv"
    with path.open("rb") as file, copy.open("wb") as out:
        for _ in range(lines):
            file.readline()
        shutil.copyfileobj(file, out, 1 << 20)
    return copy
