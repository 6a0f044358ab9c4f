"""Reading the tables in `data/` into frozen objects. What each column means: `data/README.md`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.data_folder import RESTORE, damage, why_unreadable
from analysis.errors import DataError
from analysis.words import points

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
    """One row of the profiles table: who a set of scores belongs to.

    `iso_numeric` holds three digits, and nothing for parts, regions, teams and Kosovo.
    """

    id: str
    name: str
    name_in_sentence: str
    kind: ProfileKind
    iso2: str
    parent: str
    region: str
    other_names: tuple[str, ...]
    leading_name: str
    iso_numeric: str = ""
    unlisted_names: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name, code and other names on one line, so that a picker finds any of them.

        Names that are only understood where they are written out stay off it: a picker puts short
        lines first, and “Hong Kong, China” would come before China.
        """
        name = f"{self.leading_name} ({self.name})" if self.leading_name else self.name
        unlisted = {self.leading_name, *self.unlisted_names}
        others = ", ".join(other for other in self.other_names if other not in unlisted)
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
class Group:
    """A group of countries, for instance a region of the world or the European Union.

    Attributes
    ----------
    kind : str
        `region`, `subregion` or `organisation`.
    source : str
        Id of the source that lists the members.
    as_of : str
        Since when the members are these: a year, or a year and a month.
    members : tuple of str
        Ids of the countries with a score in any framework here, in the order of the profiles.
    """

    id: str
    name: str
    kind: str
    source: str
    as_of: str
    note: str
    members: tuple[str, ...]


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

    Attributes
    ----------
    scale, note : str
        The range of a score and what to know about it, in words.
    lowest, highest : float
        The ends of the axis on which scores are drawn; single scores may lie outside.
    decimals : int
        How many a score is shown with, unless it is whole.
    score_error : float
        The usual standard error of a published score, in the framework's own points.
    error_range : tuple of float
        Between which errors a person may choose.
    error_basis : str
        Where that error comes from, in one sentence.
    profile_ids : tuple of str
        The rows: all profiles with a score here, and those whose region has one.
    scores, scores_unrounded : ndarray of shape (n_profiles, n_dimensions)
        Read-only, in the framework's own points; NaN where nothing was published.
    locators : mapping
        By profile, where in the source its scores stand.
    own : bool
        Whether a person uploaded the scores: they are then one session's and never in a link.
    base : str
        Of one's own, the id of the framework that ships whose dimensions and scale it takes.
    """

    id: str
    name: str
    short_name: str
    year: int
    scale: str
    source: str
    note: str
    lowest: float
    highest: float
    decimals: int
    score_error: float
    error_range: tuple[float, float]
    error_basis: str
    dimensions: tuple[Dimension, ...]
    profile_ids: tuple[str, ...]
    scores: FloatArray
    scores_unrounded: FloatArray
    locators: Mapping[str, str]
    own: bool = False
    base: str = ""

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
        """Return the row of a profile in the score arrays; ValueError where it has none."""
        return self.profile_ids.index(profile_id)

    def shown(self, value: float) -> str:
        """Return a score or a gap as people read it: `38`, and `4.65` where it is not whole."""
        return points(value, self.decimals)

    @property
    def has_unrounded(self) -> bool:
        """Whether some scores are also held with more decimals than were published."""
        return not np.array_equal(self.scores, self.scores_unrounded, equal_nan=True)


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
    any framework, so that no reference set ever depends on them. `without_scores` holds the codes
    of the countries that no framework has, by name.
    """

    version: str
    profiles: Mapping[str, ProfileRecord]
    frameworks: Mapping[str, Framework]
    sources: Mapping[str, Source]
    validity: tuple[Validity, ...]
    groups: Mapping[str, Group] = field(default_factory=dict)
    own: Mapping[str, OwnParty] = field(default_factory=dict)
    without_scores: Mapping[str, str] = field(default_factory=dict)


def load_tables(folder: Path = DATA_FOLDER) -> Tables:
    """Read every table below `folder`.

    Raises
    ------
    DataError
        A file is missing, lacks a column, holds a value that cannot be read, or is not the one that
        `datapackage.json` describes.
    """
    try:
        profiles = _read_profiles(folder)
        found = Tables(
            version=str(json.loads((folder / "datapackage.json").read_text("utf-8"))["version"]),
            profiles=MappingProxyType(profiles),
            frameworks=MappingProxyType(_read_frameworks(folder, profiles)),
            sources=MappingProxyType(
                {
                    row["id"]: Source(**{**row, "year": int(row["year"] or 0)})  # type: ignore[arg-type]
                    for row in _rows(folder, "sources")
                }
            ),
            validity=tuple(_read_validity(folder)),
            groups=MappingProxyType(_read_groups(folder, profiles)),
            without_scores={
                row["name"]: row["profile"]
                for row in _rows(folder, "other_names")
                if row["leads"] == "without"
            },
        )
    except (OSError, KeyError, TypeError, ValueError, csv.Error) as error:
        wrong = damage(folder, "tables/") or why_unreadable(error)
        raise DataError(
            f"The tables in {folder.name}/ cannot be read ({wrong}); restore them from the release."
        ) from error
    # A table that is cut between two rows can be read, and would be passed off for the whole.
    check_shipped(folder, "tables/")
    return found


def check_shipped(folder: Path, below: str) -> None:
    """Raise `DataError` unless files are as `datapackage.json` says; `below` as for `damage`."""
    if wrong := damage(folder, below):
        raise DataError(f"{wrong}; {RESTORE}.")


def dimension_ids_of(framework_id: str) -> list[str]:
    """Return the dimensions of a framework that ships, without reading any score."""
    check_shipped(DATA_FOLDER, "tables/dimensions.csv")
    rows = _rows(DATA_FOLDER, "dimensions")
    return [row["id"] for row in rows if row["framework"] == framework_id]


def shipped_bytes(name: str) -> bytes:
    """Return a file below `data/` that is handed on as it is; raises as `check_shipped` does."""
    check_shipped(DATA_FOLDER, name)
    return (DATA_FOLDER / name).read_bytes()


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _read_profiles(folder: Path) -> dict[str, ProfileRecord]:
    names: dict[str, list[str]] = {}
    unlisted: dict[str, list[str]] = {}
    leading: dict[str, str] = {}
    for row in _rows(folder, "other_names"):
        names.setdefault(row["profile"], []).append(row["name"])
        if row["leads"] == "typed":
            unlisted.setdefault(row["profile"], []).append(row["name"])
        if row["leads"] == "yes":
            leading[row["profile"]] = row["name"]
    return {
        row["id"]: ProfileRecord(
            **row,  # type: ignore[arg-type]
            other_names=tuple(names.get(row["id"], ())),
            leading_name=leading.get(row["id"], ""),
            unlisted_names=tuple(unlisted.get(row["id"], ())),
        )
        for row in _rows(folder, "profiles")
    }


def _read_frameworks(folder: Path, profiles: Mapping[str, ProfileRecord]) -> dict[str, Framework]:
    dimensions: dict[str, list[Dimension]] = {}
    for row in _rows(folder, "dimensions"):
        dimensions.setdefault(row["framework"], []).append(
            Dimension(
                row["id"], row["name"], row["plain"], row["low_pole"], row["high_pole"],
                classic=row["classic"] == "yes", core=row["core"] == "yes",
            )
        )  # fmt: skip
    scores: dict[str, list[dict[str, str]]] = {}
    for score in _rows(folder, "scores"):
        scores.setdefault(score["framework"], []).append(score)
    return {
        row["id"]: _framework(row, tuple(dimensions[row["id"]]), scores[row["id"]], profiles)
        for row in _rows(folder, "frameworks")
    }


def _framework(
    row: Mapping[str, str],
    dimensions: tuple[Dimension, ...],
    scores: Iterable[Mapping[str, str]],
    profiles: Mapping[str, ProfileRecord],
) -> Framework:
    held = {score["profile"] for score in scores}
    if unknown := held - profiles.keys():
        raise ValueError(f"scores for the unknown profile {sorted(unknown)[0]}")
    rows = tuple(p.id for p in profiles.values() if p.id in held or p.region in held)
    columns = [dimension.id for dimension in dimensions]
    rounded = np.full((len(rows), len(columns)), np.nan)
    unrounded = rounded.copy()
    for score in scores:
        cell = rows.index(score["profile"]), columns.index(score["dimension"])
        rounded[cell] = float(score["value"])
        unrounded[cell] = float(score["value_unrounded"] or score["value"])
    rounded.flags.writeable = unrounded.flags.writeable = False
    return Framework(
        row["id"], row["name"], row["short_name"], int(row["year"]), row["scale"], row["source"],
        row["note"], float(row["lowest"]), float(row["highest"]), int(row["decimals"]),
        float(row["score_error"]), (float(row["error_low"]), float(row["error_high"])),
        row["error_basis"], dimensions, rows, rounded, unrounded,
        MappingProxyType({score["profile"]: score["locator"] for score in scores}),
    )  # fmt: skip


def _read_groups(folder: Path, profiles: Mapping[str, ProfileRecord]) -> dict[str, Group]:
    rows = list(_rows(folder, "groups"))
    members: dict[str, set[str]] = {row["id"]: set() for row in rows}
    for row in _rows(folder, "group_members"):
        if row["profile"] not in profiles:
            raise ValueError(f"a group with the unknown profile {row['profile']}")
        members[row["group"]].add(row["profile"])
    return {
        row["id"]: Group(**row, members=tuple(i for i in profiles if i in members[row["id"]]))
        for row in rows
    }


def _read_validity(folder: Path) -> Iterator[Validity]:
    for row in _rows(folder, "validity"):
        counts = {column: int(row[column]) for column in ("countries", "pairs")}
        yield Validity(**{**row, **counts, "value": float(row["value"])})  # type: ignore[arg-type]
