"""Tables of text whose lines end in more than one way, as programs leave them that add to a file.

An engine takes the first end of a line for that of all. What stands between quotation marks is part
of a cell and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

_BLOCK = 1 << 22
_QUOTE = b'"'


class LineEnds:
    """The kinds of ends of lines in a text, also of those in cells: all that most files need.

    It is told of each block of bytes in turn. Looking for a sign costs next to nothing where none
    or one is near; counting, which takes longer, is done only in blocks with a carriage return.
    """

    def __init__(self) -> None:
        self._kinds: set[bytes] = set()
        self._held = False

    def add(self, block: bytes) -> None:
        """Look at the next block, wherever it begins and ends."""
        if self._held:
            together = block.startswith(b"\n")
            self._kinds.add(b"\r\n" if together else b"\r")
            block = block[1:] if together else block
        self._held = block.endswith(b"\r")
        if self._held:
            block = block[:-1]
        if b"\r" not in block:
            self._kinds |= {b"\n"} if b"\n" in block else set()
            return
        both = block.count(b"\r\n")
        self._kinds |= {b"\r\n"} if both else set()
        self._kinds |= {b"\n"} if block.count(b"\n") > both else set()
        self._kinds |= {b"\r"} if block.count(b"\r") > both else set()

    def seen(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Hand blocks on, each looked at."""
        for block in blocks:
            self.add(block)
            yield block

    @property
    def may_differ(self) -> bool:
        """Whether there is more than one kind, perhaps only inside of cells."""
        return len(self._kinds | ({b"\r"} if self._held else set())) > 1


def mend_line_ends(path: Path, folder: Path, ends: LineEnds | None = None) -> tuple[Path, bool]:
    """Return a table of text in UTF-8 whose lines all end alike, and whether it is a copy.

    The copy, with lines that end in a line feed, is made in `folder` where they differ. `ends` has
    seen the whole of the text, where somebody has read it before.
    """
    if ends is None:
        ends = LineEnds()
        for block in _blocks(path):
            ends.add(block)
    if not ends.may_differ or not _differ(path):
        return path, False
    copy = folder / "lines.csv"
    with copy.open("wb") as out:
        for outside, text in _parts(path):
            out.write(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if outside else text)
    return copy, True


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
    for read in _blocks(path):
        block = held + read
        held = b"\r" if block.endswith(b"\r") else b""
        yield block[: len(block) - len(held)]
    if held:
        yield held


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(partial(file.read, _BLOCK), b"")
