"""What fits on the one sheet that the decision page prints on.

A browser breaks a page where it is full, so what may be too long is chosen before: by the lines
that a text takes in a column of A4 with margins of a centimetre, counted from its letters. The
figures were read off printed sheets; a browser test prints long ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil
from textwrap import wrap
from typing import NamedTuple


class Column(NamedTuple):
    """How many letters of body text a line of a column holds, and how many lines the sheet."""

    letters: int
    lines: float


LEFT, RIGHT = Column(45, 38.0), Column(53, 36.5)

_ADDRESS = re.compile(r"\]\([^)]*\)")
_MARKS = re.compile(r":small\[|:gray\[|[\\*\[\]]")
_ITEM = re.compile(r"- |\d+\. ")
_BLANK, _HEADING, _OF_TITLE, _OF_SMALL = 0.65, 2.2, 1.75, 0.85
_IN_TITLE, _IN_SMALL, _INDENT = 0.36, 1.12, 4


def lines_of(text: str, letters: int) -> float:
    """Return how many lines of body text a piece of Markdown takes in a column.

    `letters` is how many of body text stand on a line.
    """
    blocks = [block for block in text.split("\n\n") if block.strip()]
    return sum(_of_block(block, letters) + _BLANK for block in blocks)


def _of_block(block: str, letters: int) -> float:
    indent = _INDENT if _ITEM.match(block) else 0
    return sum(_of_line(line, letters, indent) for line in block.split("\n") if line.strip())


def _of_line(line: str, letters: int, indent: int) -> float:
    count = len(_MARKS.sub("", _ADDRESS.sub("", line)))
    if line.startswith("# "):
        return _OF_TITLE * len(wrap(line[2:], int(letters * _IN_TITLE)))
    if line.startswith("## "):
        return _HEADING
    if line.startswith(":small["):
        return _OF_SMALL * ceil(count / (letters * _IN_SMALL))
    return ceil(count / (letters - indent))


def fits(text: str, column: Column) -> bool:
    """Say whether a text fits into a column of the sheet."""
    return lines_of(text, column.letters) <= column.lines


def first_that_fits(texts: Iterable[str], column: Column) -> str:
    """Return the first text that fits on the sheet; the last one where none does."""
    found = ""
    for found in texts:
        if fits(found, column):
            break
    return found
