"""A sheet or text as rows of cells, before anyone asks what they mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from analysis.words import without_marks

Cell = str | float
"""A text or a number; an empty cell is the empty text."""

_SHOWN = 40
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
"""Zero-width space, word joiner, byte order mark and soft hyphen: they hide in pasted text."""
_JOINERS = "\u200c\u200d"
_JOINED = re.compile("(?<=[^\\s\x00-\x7f])[\u200c\u200d]+(?=[^\\s\x00-\x7f])")
"""Joiners between two signs beyond ASCII: they make one emoji of several, and spell Persian."""
_DISARMED = re.compile(r"'(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something.

    `number` counts from 1 as a spreadsheet does, blank rows included; `cells[0]` is column A.
    """

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """Return the cell of a column counted from 0; empty beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a file or a pasted text holds, and how it was understood.

    Attributes
    ----------
    rows : tuple of Row
        Blank rows are left out; the numbers of the others stay.
    title : str
        The file's name without folder and ending; empty for pasted text.
    format : str
        `CSV`, `TSV`, `XLSX`, `XLS`, `ODS` or `pasted text`.
    sheet : str
        Name of the sheet that was read; empty for text.
    sheets : tuple of str
        Names of all sheets that can be read.
    encoding, delimiter : str
        How text was understood, in words; empty for workbooks.
    notes : tuple of str
        The same and everything unusual, as sentences for the person.
    """

    rows: tuple[Row, ...]
    title: str
    format: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Return a cell's text without what cannot be seen; line breaks and inner joiners stay.

    An apostrophe that was put before a formula to disarm it is taken away again.
    """
    if text.isascii() and text.isprintable():
        shown = text.strip()
    else:
        visible = _INVISIBLE.sub("", text)
        joiners = {match.start() for match in _JOINED.finditer(visible)}
        shown = "".join(
            c if c.isprintable() or c == "\n" or place in joiners else " "
            for place, c in enumerate(visible)
        ).strip()
    return _DISARMED.sub("", shown, count=1) if shown.startswith("'") else shown


def as_text(cell: Cell) -> str:
    """Return a cell as people write it: a whole number without its point."""
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)


def plain(text: str) -> str:
    """Return text without case, accents and extra space, to compare what people write."""
    if text.isascii():
        return " ".join(text.casefold().split())
    letters = "".join(c for c in without_marks(text) if c not in _JOINERS)
    return " ".join(letters.casefold().split())


def shown(cell: Cell) -> str:
    """Return a cell for a sentence: in quotation marks, short, printable; `nothing` if empty."""
    text = " ".join(clean(as_text(cell)).split())
    if not text:
        return "nothing"
    if len(text) <= _SHOWN:
        return f"“{text}”"
    cut = ""
    for sign in clusters(text[: 2 * _SHOWN]):
        if len(cut) + len(sign) >= _SHOWN:
            break
        cut += sign
    return f"“{cut.rstrip()}…”"


def letter(column: int) -> str:
    """Return a column counted from 0 as a spreadsheet names it: A, B, … Z, AA.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    name, rest = "", column + 1
    while rest:
        rest, sign = divmod(rest - 1, 26)
        name = chr(ord("A") + sign) + name
    return name


def clusters(text: str) -> list[str]:
    """Return the signs of a text as a reader sees them, near enough to Unicode's annex 29.

    Marks, joiners, variation selectors, skin tones and the tags of a flag stay with what they
    follow, what follows a joiner stays with it, and letters of flags go in pairs.

    >>> [len(sign) for sign in clusters("e\u0301a\U0001f468\u200d\U0001f467")]
    [2, 1, 3]
    """
    found: list[str] = []
    for sign in text:
        last = found[-1] if found else ""
        belongs = (
            unicodedata.category(sign)[0] == "M"
            or sign in "\u200c\u200d"
            or "\U0001f3fb" <= sign <= "\U0001f3ff"
            or "\U000e0020" <= sign <= "\U000e007f"
            or last.endswith("\u200d")
            or (_is_flag(sign) and len(last) == 1 and _is_flag(last))
        )
        if belongs and last:
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"
