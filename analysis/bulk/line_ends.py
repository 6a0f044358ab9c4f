"""Tables of text whose lines end in more than one way, as programs leave them that add to a file.

An engine takes the first end of a line for that of all. What stands between quotation marks is part
of a cell and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

_BLOCK = 1 << 22
_QUOTE = b'"'


def mend_line_ends(path: Path, folder: Path) -> tuple[Path, bool]:
    """Return a table of text in UTF-8 whose lines all end alike, and whether it is a copy.

    The copy, with lines that end in a line feed, is made in `folder` where they differ.
    """
    if not _may_differ(path) or not _differ(path):
        return path, False
    copy = folder / "lines.csv"
    with copy.open("wb") as out:
        for outside, text in _parts(path):
            out.write(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if outside else text)
    return copy, True


def _may_differ(path: Path) -> bool:
    """Count all ends of lines, also those in cells: quick, and all that most files need."""
    both = feeds = returns = 0
    for block in _whole_blocks(path):
        feeds += block.count(b"\n")
        if b"\r" in block:
            both += block.count(b"\r\n")
            returns += block.count(b"\r")
    return (both > 0) + (feeds > both) + (returns > both) > 1


def _differ(path: Path) -> bool:
    seen: set[bytes] = set()
    for outside, text in _parts(path):
        if outside:
            both = text.count(b"\r\n")
            seen |= {b"\r\n"} if both else set()
            seen |= {b"\n"} if text.count(b"\n") > both else set()
            seen |= {b"\r"} if text.count(b"\r") > both else set()
            if len(seen) > 1:
                return True
    return False


def _parts(path: Path) -> Iterator[tuple[bool, bytes]]:
    """Return the text in parts outside and inside quotation marks, each mark with what it opens.

    A doubled mark inside a cell closes and opens again, with nothing between.
    """
    outside = True
    for block in _whole_blocks(path):
        first, *rest = block.split(_QUOTE)
        yield outside, first
        for text in rest:
            outside = not outside
            yield outside, _QUOTE + text


def _whole_blocks(path: Path) -> Iterator[bytes]:
    """Return the file in blocks; none ends between the two signs of one end of a line."""
    held = b""
    with path.open("rb") as file:
        for read in iter(partial(file.read, _BLOCK), b""):
            block = held + read
            held = b"\r" if block.endswith(b"\r") else b""
            yield block[: len(block) - len(held)]
    if held:
        yield held
