"""The places of the world map: names, a point for each, and which are too small to see."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

OUTLINES_FOLDER = Path(__file__).resolve().parent.parent.parent / "static" / "un"

_SMALL = 1.5
"""Square degrees at the equator, 18,500 km²: on a map 900 pixels wide a few pixels across."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a code of its own.

    Attributes
    ----------
    id : str
        ISO 3166 alpha-3.
    is_member : bool
        Whether it is a member state of the United Nations.
    longitude, latitude : float or None
        The middle of its largest piece [degrees]; None where the map has no outline of it.
    is_small : bool
        Whether its outline is too small to be seen on a map of the world.
    """

    id: str
    name: str
    is_member: bool
    longitude: float | None
    latitude: float | None
    is_small: bool


@cache
def world_places() -> Mapping[str, Place]:
    """Return every place by its code, in the order of the codes; read once a process."""
    with (OUTLINES_FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return MappingProxyType(
        {
            row["id"]: Place(
                row["id"],
                row["name"],
                row["member"] == "yes",
                float(row["longitude"]) if row["longitude"] else None,
                float(row["latitude"]) if row["latitude"] else None,
                not row["area"] or float(row["area"]) < _SMALL,
            )
            for row in rows
        }
    )
