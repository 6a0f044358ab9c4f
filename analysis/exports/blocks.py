"""The pieces that documents and slides are made of, before any format is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_SHORT = 9
"""Rows up to which a table is kept on one page."""

Style = Literal["body", "lead", "note", "source", "link"]
"""`source` texts may hold links to the works they name, a `link` is one."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `label` leads it in bold, `bullet` makes it an item of a list.

    `aside` stands in small letters behind the label, on a line of their own.
    """

    text: str
    label: str = ""
    aside: str = ""
    bullet: bool = False
    style: Style = "body"

    @property
    def whole(self) -> str:
        """The paragraph with its label."""
        return " ".join(filter(None, (self.label, self.aside, self.text)))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a chapter."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are relative, the last `numbers` columns are set to the right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numbers: int = 0
    note: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it stands on one page, whole; a longer one may go on overleaf."""
        return len(self.rows) <= _SHORT


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart by its id; the writer draws it."""

    chart: str


Block = Text | Heading | Table | Figure
Blocks = tuple[Block, ...]


def bullets(texts: tuple[str, ...] | list[str]) -> list[Text]:
    """Return texts as the items of a list."""
    return [Text(text, bullet=True) for text in texts]
