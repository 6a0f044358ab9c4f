"""Reading the tables in `data/` into frozen objects. What each column means: `data/README.md`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.errors import DataError

FloatArray = NDArray[np.float64]
ProfileKind = Literal["country", "part", "region", "team"]

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a framework, with both ends in plain words."""

    id: str
    name: str
    plain: str
    low_pole: str
    high_pole: str
    classic: bool
    core: bool

    @property
    def abbreviation(self) -> str:
        """The three letters that the literature uses, for instance PDI."""
        return self.id.upper()


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """One row of the profiles table: who a set of scores belongs to."""

    id: str
    name: str
    name_in_sentence: str
    kind: ProfileKind
    iso2: str
    parent: str
    region: str
    other_names: tuple[str, ...]
    leading_name: str

    @property
    def label(self) -> str:
        """Name, code and other names on one line, so that a picker finds any of them."""
        name = f"{self.leading_name} ({self.name})" if self.leading_name else self.name
        others = ", ".join(other for other in self.other_names if other != self.leading_name)
        return " · ".join(part for part in (name, self.id, others) if part)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number or a formula comes from, and on which terms; a year of 0 is unknown."""

    id: str
    kind: str
    authors: str
    year: int
    title: str
    published_in: str
    address: str
    terms: str
    read: str


@dataclass(frozen=True, slots=True)
class Validity:
    """How well a measure agrees with something it should agree with."""

    framework: str
    dimensions: str
    measure: str
    criterion: str
    criterion_plain: str
    statistic: str
    value: float
    countries: int
    pairs: int
    source: str


@dataclass(frozen=True, eq=False)
class Framework:
    """A named set of dimensions with scores.

    `scores` and `scores_unrounded` are read-only arrays of shape (n_profiles, n_dimensions) in the
    framework's own units; NaN where nothing was published. `profile_ids` names the rows.
    """

    id: str
    name: str
    short_name: str
    scale: str
    source: str
    note: str
    dimensions: tuple[Dimension, ...]
    profile_ids: tuple[str, ...]
    scores: FloatArray
    scores_unrounded: FloatArray
    locators: Mapping[str, str]

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions' ids in their fixed order."""
        return tuple(dimension.id for dimension in self.dimensions)

    def dimension(self, dimension_id: str) -> Dimension:
        """Return the dimension with that id."""
        return self.dimensions[self.dimension_ids.index(dimension_id)]

    def matrix(self, unrounded: bool) -> FloatArray:
        """Return the scores, shape (n_profiles, n_dimensions), as published or unrounded."""
        return self.scores_unrounded if unrounded else self.scores

    def row(self, profile_id: str) -> int:
        """Return the row of a profile in the score arrays."""
        return self.profile_ids.index(profile_id)


@dataclass(frozen=True, slots=True)
class OwnScores:
    """The scores of a party that a person made.

    Attributes
    ----------
    values : tuple of float or None
        One for each dimension of the framework in use [points]; None where there is none.
    errors : tuple of float
        Standard error of each score [points], beyond that of the published scores behind it.
    mixture : tuple of (profile id, share)
        The published profiles that the scores were made from; empty for none.
    """

    values: tuple[float | None, ...]
    errors: tuple[float, ...]
    mixture: tuple[tuple[str, float], ...]


class OwnParty(Protocol):
    """A party that a person made and that stands beside the profiles that ship."""

    def scores(self, tables: Tables, settings: Any) -> OwnScores:
        """Return its scores under the settings, an `analysis.settings.Settings`."""


@dataclass(frozen=True, eq=False)
class Tables:
    """Everything that ships in `data/tables/`, with the data version.

    `own` holds the parties that a person made, by id; they have a row in `profiles`, but none in
    any framework, so that no reference set ever depends on them.
    """

    version: str
    profiles: Mapping[str, ProfileRecord]
    frameworks: Mapping[str, Framework]
    sources: Mapping[str, Source]
    validity: tuple[Validity, ...]
    own: Mapping[str, OwnParty] = field(default_factory=dict)


def load_tables(folder: Path = DATA_FOLDER) -> Tables:
    """Read every table below `folder`.

    Raises
    ------
    DataError
        A file is missing, lacks a column, or holds a value that cannot be read.
    """
    try:
        profiles = _read_profiles(folder)
        return Tables(
            version=str(json.loads((folder / "datapackage.json").read_text("utf-8"))["version"]),
            profiles=MappingProxyType(profiles),
            frameworks=MappingProxyType(_read_frameworks(folder, tuple(profiles))),
            sources=MappingProxyType(
                {
                    row["id"]: Source(**{**row, "year": int(row["year"] or 0)})  # type: ignore[arg-type]
                    for row in _rows(folder, "sources")
                }
            ),
            validity=tuple(_read_validity(folder)),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"The tables in {folder.name}/ cannot be read ({error}); restore them from the release."
        ) from error


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _read_profiles(folder: Path) -> dict[str, ProfileRecord]:
    names: dict[str, list[str]] = {}
    leading: dict[str, str] = {}
    for row in _rows(folder, "other_names"):
        names.setdefault(row["profile"], []).append(row["name"])
        if row["leads"] == "yes":
            leading[row["profile"]] = row["name"]
    return {
        row["id"]: ProfileRecord(
            **row,  # type: ignore[arg-type]
            other_names=tuple(names.get(row["id"], ())),
            leading_name=leading.get(row["id"], ""),
        )
        for row in _rows(folder, "profiles")
    }


def _read_frameworks(folder: Path, profile_ids: tuple[str, ...]) -> dict[str, Framework]:
    dimensions: dict[str, list[Dimension]] = {}
    for row in _rows(folder, "dimensions"):
        dimensions.setdefault(row["framework"], []).append(
            Dimension(
                row["id"], row["name"], row["plain"], row["low_pole"], row["high_pole"],
                classic=row["classic"] == "yes", core=row["core"] == "yes",
            )
        )  # fmt: skip
    frameworks = {}
    scores = list(_rows(folder, "scores"))
    for row in _rows(folder, "frameworks"):
        own = [score for score in scores if score["framework"] == row["id"]]
        ids = [dimension.id for dimension in dimensions[row["id"]]]
        rounded = np.full((len(profile_ids), len(ids)), np.nan)
        unrounded = rounded.copy()
        for score in own:
            cell = profile_ids.index(score["profile"]), ids.index(score["dimension"])
            rounded[cell] = float(score["value"])
            unrounded[cell] = float(score["value_unrounded"] or score["value"])
        rounded.flags.writeable = unrounded.flags.writeable = False
        frameworks[row["id"]] = Framework(
            row["id"], row["name"], row["short_name"], row["scale"], row["source"], row["note"],
            tuple(dimensions[row["id"]]), profile_ids, rounded, unrounded,
            MappingProxyType({score["profile"]: score["locator"] for score in own}),
        )  # fmt: skip
    return frameworks


def _read_validity(folder: Path) -> Iterator[Validity]:
    for row in _rows(folder, "validity"):
        yield Validity(
            row["framework"], row["dimensions"], row["measure"], row["criterion"],
            row["criterion_plain"], row["statistic"], float(row["value"]), int(row["countries"]),
            int(row["pairs"]), row["source"],
        )  # fmt: skip
