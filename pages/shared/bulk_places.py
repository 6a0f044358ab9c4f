"""The folder on the server from which bulk jobs may read, and nothing outside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import BulkError

VARIABLE = "PARLEY_BULK_FOLDER"
"""The environment variable that names the folder; without it no path is offered."""

_TABLES = {".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".pq"}
_PARQUETS = {".parquet", ".pq"}
_MOST_LISTED, _MOST_LOOKED_AT, _LONGEST_NAME = 500, 20_000, 500


def allowed_folder() -> Path | None:
    """Return the folder that the server offers; None where it offers none.

    Raises
    ------
    BulkError
        The variable names no folder.
    """
    named = os.environ.get(VARIABLE, "").strip()
    if not named:
        return None
    folder = Path(named)
    if not folder.is_dir():
        raise BulkError(
            f"{VARIABLE} does not name a folder on this server: whoever runs it must mend that;"
            " until then upload a file."
        )
    return folder.resolve()


def tables_in(folder: Path) -> list[str]:
    """Return what can be chosen: tables, and folders with Parquet files in them.

    Names are relative to the folder; what lies outside it through a link is left out.
    """
    found: list[str] = []
    folders: set[str] = set()
    for path in _looked_through(folder):
        if path.suffix.lower() in _TABLES and _is_inside(folder, path):
            found.append(path.relative_to(folder).as_posix())
            if path.suffix.lower() in _PARQUETS and path.parent != folder:
                folders.add(f"{_table_of(folder, path).relative_to(folder).as_posix()}/")
    return sorted([*found, *folders])[:_MOST_LISTED]


def _table_of(folder: Path, file: Path) -> Path:
    """Return the folder that a Parquet file is a part of, above those such as `year=2001`."""
    above = file.parent
    while "=" in above.name and above.parent != folder:
        above = above.parent
    return above


def _looked_through(folder: Path) -> Iterator[Path]:
    looked_at = 0
    for where, folders, files in os.walk(folder):  # does not follow links
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(files):
            looked_at += 1
            if looked_at > _MOST_LOOKED_AT:
                return
            if not name.startswith((".", "_")):
                yield Path(where, name)


def find_inside(folder: Path, text: str) -> Path:
    """Return the file or folder below the allowed one that a text names.

    Parameters
    ----------
    folder : Path
        From `allowed_folder`.
    text : str
        Relative to it.

    Raises
    ------
    BulkError
        It is absolute, steps up, leads out through a link, or is not there.
    """
    name = text.strip()
    parts = name.replace("\\", "/").split("/")
    # One sentence for all three, so that nobody learns what lies elsewhere.
    outside = BulkError(
        "Only what lies below the server’s folder for bulk jobs can be read: choose a name from the"
        " list."
    )
    if not name or "\0" in name or ".." in parts or Path(name).is_absolute() or parts[0] == "~":
        raise outside
    path = folder / name
    if len(name) > _LONGEST_NAME or not _is_inside(folder, path):
        raise outside
    if not _exists(path):
        raise BulkError(f"“{name[:80]}” is not there any more: choose a name from the list.")
    if path.is_dir() and any(not _is_inside(folder, one) for one in path.rglob("*")):
        raise outside
    return path.resolve()


def _is_inside(folder: Path, path: Path) -> bool:
    try:
        return folder in path.resolve().parents
    except (OSError, RuntimeError, ValueError):  # a circle of links
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long
        return False


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """Return a path in a folder under which nothing lies yet, of a result or beside it.

    Raises
    ------
    BulkError
        The folder is not there any more or cannot be read.
    """
    try:
        taken = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise BulkError(
            "The server’s folder for bulk jobs cannot be read any more: ask whoever runs this"
            " server, or upload the table."
        ) from error
    number = 1
    while True:
        name = f"{stem}-parley{'' if number == 1 else f'-{number}'}"
        if not any(other.startswith(f"{name}.") for other in taken):
            return folder / f"{name}{ending}"
        number += 1
