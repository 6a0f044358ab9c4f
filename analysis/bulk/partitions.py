"""Columns in the names of folders, as engines write them: `panel/year=2001/part-0.parquet`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from analysis.errors import BulkError

_NONE = "__HIVE_DEFAULT_PARTITION__"
"""How engines name the folder of rows that have nothing in the column."""

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class FolderColumn:
    """A column by the names of folders: whole numbers where every value is one, else texts.

    Attributes
    ----------
    name : str
    values : tuple of int, str or None
        One for each file.
    """

    name: str
    values: tuple[int | str | None, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers."""
        return all(value is None or isinstance(value, int) for value in self.values)


def folder_columns(files: Sequence[Path], held: Sequence[str]) -> tuple[FolderColumn, ...]:
    """Return the columns in the names of the folders right above the files, outermost first.

    Parameters
    ----------
    files : sequence of Path
    held : sequence of str
        Columns of the files themselves; one of the same name counts, and not the folder.

    Raises
    ------
    BulkError
        Some files lie in other such folders than the rest.
    """
    named = [_named(path) for path in files]
    keys = [key for key, _ in named[0]]
    for path, pairs in zip(files, named, strict=True):
        if [key for key, _ in pairs] != keys:
            raise BulkError(
                f"The folders do not fit together: “{_tail(path)}” lies otherwise than"
                f" “{_tail(files[0])}”: put all files into folders of the same columns."
            )
    inside = {name.casefold() for name in held}
    found = []
    for place, key in enumerate(keys):
        if key.casefold() in inside:
            continue
        texts = [pairs[place][1] for pairs in named]
        whole = all(text is None or _WHOLE.fullmatch(text) for text in texts)
        found.append(FolderColumn(key, tuple(int(t) if whole and t else t for t in texts)))
    return tuple(found)


def _named(path: Path) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for folder in path.absolute().parents:
        key, sign, value = folder.name.partition("=")
        if not sign or not key:
            break
        found.insert(0, (unquote(key), None if value == _NONE else unquote(value)))
    return found


def _tail(path: Path) -> str:
    return "/".join(path.absolute().parts[-3:])
