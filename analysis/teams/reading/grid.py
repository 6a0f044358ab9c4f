"""A sheet or text as rows of cells, before anyone asks what they mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

Cell = str | float
"""A text or a number; an empty cell is the empty text."""

_SHOWN = 40
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
"""Zero-width space, word joiner, byte order mark and soft hyphen: they hide in pasted text."""
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
    """Return a cell's text without what cannot be seen; its own line breaks stay.

    An apostrophe that was put before a formula to disarm it is taken away again.
    """
    if text.isascii() and text.isprintable():
        shown = text.strip()
    else:
        visible = _INVISIBLE.sub("", text)
        shown = "".join(c if c.isprintable() or c == "\n" else " " for c in visible).strip()
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
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join(
        "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split()
    )


def shown(cell: Cell) -> str:
    """Return a cell for a sentence: in quotation marks, short, printable; `nothing` if empty."""
    text = " ".join(clean(as_text(cell)).split())
    if not text:
        return "nothing"
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + '…'}”"


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
