"""A file of scores wherever a framework is taken."""

from __future__ import annotations

import sys
from pathlib import Path

from analysis.cli.teams import ENDINGS
from analysis.editions import read_edition, with_editions
from analysis.errors import InputError, UploadError
from analysis.tables import Tables
from analysis.teams.reading import read_grid
from analysis.teams.reading.limits import LARGEST_FILE, MEGABYTE


def find_framework(tables: Tables, text: str) -> tuple[Tables, str]:
    """Return the tables and the id of a framework named by its id or by a file of own scores.

    Raises
    ------
    InputError
        The file cannot be read, or makes no framework.
    """
    path = Path(text)
    if path.suffix.lower() not in ENDINGS:
        return tables, text
    try:
        if path.stat().st_size > LARGEST_FILE:
            limit = LARGEST_FILE // MEGABYTE
            raise InputError(f"“{path}” is too large: a file of scores has at most {limit} MB.")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"“{path}” cannot be read ({error.strerror}): name a file with scores."
        ) from error
    try:
        found = read_edition(read_grid(content, path.name), tables)
    except UploadError as error:
        raise InputError(f"{path.name}: {error}") from None
    for fault in found.faults:
        print(f"{path.name}: {fault.sentence} The row is left out.", file=sys.stderr)
    if found.edition is None:
        raise InputError(f"{path.name}: {found.reason}")
    return with_editions(tables, [found.edition]), found.edition.id
