"""An edition as one frozen value: what a person uploaded, nothing computed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

EDITION_PREFIX = "edition-"
"""Ids of editions start so; no framework that ships has one like it."""

LONGEST_NAME = 60
LONGEST_NOTE = 300

Values = tuple[float | None, ...]
"""One score for each dimension of the base, in its order [points]; None where there is none."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Scores of a person's own on the dimensions of a framework that ships.

    Attributes
    ----------
    id : str
        `edition-` and what follows from base and scores (see `edition_id`).
    name, note : str
        What the person calls it, and what they want to remember of it.
    base : str
        Id of the framework that ships whose dimensions, scale and error it takes.
    rows : tuple of (profile id, values)
        Each profile once.
    """

    id: str
    name: str
    note: str
    base: str
    rows: tuple[tuple[str, Values], ...]


def edition_id(base: str, rows: Iterable[tuple[str, Values]]) -> str:
    """Return the id that follows from base and scores: the same scores have the same id.

    Name, note and the order of the rows do not count.
    """
    digest = hashlib.sha256(repr((base, sorted(rows, key=lambda row: row[0]))).encode())
    return EDITION_PREFIX + digest.hexdigest()[:12]
