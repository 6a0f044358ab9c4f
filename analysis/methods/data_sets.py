"""What is loaded and where it comes from: files with their hash, frameworks, what changed when."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from analysis.errors import DataError
from analysis.tables import DATA_FOLDER, Framework, Tables, check_shipped


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the data package.

    `hash` is its SHA-256 in hexadecimal, `sources` holds ids of the sources, `size` bytes.
    """

    name: str
    title: str
    description: str
    path: str
    size: int
    hash: str
    terms: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of the data changed in results."""

    version: str
    what: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many profiles of a framework have scores of their own, by kind.

    `complete` countries have one on every dimension; `scores` counts single scores; `through` are
    the profiles that have only those of a region.
    """

    countries: int
    parts: int
    regions: int
    complete: int
    scores: int
    through: int


@dataclass(frozen=True, slots=True)
class Package:
    """The data package: its files, and the SHA-256 of each framework's lines in the scores."""

    files: tuple[DataFile, ...]
    framework_hashes: Mapping[str, str]


def load_package(folder: Path = DATA_FOLDER) -> Package:
    """Return the files of the data package in its order, and the hash of each framework.

    Raises
    ------
    DataError
        The description is missing or not as expected.
    """
    try:
        package = json.loads((folder / "datapackage.json").read_text("utf-8"))
        return Package(
            tuple(_file(resource) for resource in package["resources"]),
            MappingProxyType(
                {f["id"]: f["hash"].removeprefix("sha256:") for f in package["frameworks"]}
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"data/datapackage.json cannot be used ({error}); restore it from the release."
        ) from error


def _file(resource: dict[str, Any]) -> DataFile:
    return DataFile(
        resource["name"], resource["title"], resource["description"], resource["path"],
        int(resource["bytes"]), resource["hash"].removeprefix("sha256:"), resource["terms"],
        tuple(source["name"] for source in resource["sources"]),
    )  # fmt: skip


def load_changes(folder: Path = DATA_FOLDER) -> tuple[Change, ...]:
    """Return what each version of the data changed, the newest first.

    Raises
    ------
    DataError
        The table is missing or lacks a column.
    """
    try:
        with (folder / "changelog.csv").open(encoding="utf-8", newline="") as file:
            found = tuple(Change(row["version"], row["what"]) for row in csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise DataError(
            f"data/changelog.csv cannot be used ({error}); restore it from the release."
        ) from error
    check_shipped(folder, "changelog.csv")
    return found


def count_profiles(tables: Tables, framework: Framework) -> Counts:
    """Count the profiles of a framework by kind."""
    known = np.isfinite(framework.scores)
    own = known.any(axis=1)
    kinds = np.array([tables.profiles[i].kind for i in framework.profile_ids])

    def of(kind: str) -> int:
        return int((own & (kinds == kind)).sum())

    return Counts(
        of("country"), of("part"), of("region"),
        int((known.all(axis=1) & (kinds == "country")).sum()),
        int(known.sum()), int((~own).sum()),
    )  # fmt: skip
