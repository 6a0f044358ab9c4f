"""The distances between all parties that have every score in use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from analysis.comparison import References
from analysis.matrix import distance_matrix
from analysis.measures.registry import MEASURES
from analysis.profiles import Profile, build_profile
from analysis.settings import Settings, enough_dimensions, require_enough
from analysis.tables import FloatArray, ProfileKind, ProfileRecord, Tables
from analysis.words import in_words, join

FEWEST_PARTIES = 3
"""A map or a tree of fewer says no more than their distances do."""

COUNTRIES: tuple[ProfileKind, ...] = ("country",)


@dataclass(frozen=True, eq=False)
class Distances:
    """The distance of every pair of parties that have every dimension in use.

    Attributes
    ----------
    ids : tuple of n ids
        In the order of the profiles table.
    matrix : ndarray of shape (n, n)
        Symmetric, zero on the diagonal, without gaps, read-only [the unit of the measure].
    settings : Settings
    measure : str
        Id of the measure.
    left_out : mapping of id to reason
        Why a party of the wanted kinds is not among `ids`, in a few words.
    stands_for : mapping of region id to ids
        The countries that stand with scores published for a region. They cannot be told apart by
        these, so their region appears once in their place; each is also in `left_out`.
    reason : str
        Why there is no atlas under these settings, as a sentence; empty where there is one.
    """

    ids: tuple[str, ...]
    matrix: FloatArray
    settings: Settings
    measure: str
    left_out: Mapping[str, str]
    stands_for: Mapping[str, tuple[str, ...]]
    reason: str

    def row(self, profile_id: str) -> int:
        """Return the row of a party in the matrix; ValueError where it has none."""
        return self.ids.index(profile_id)

    def between(self, first: str, second: str) -> float:
        """Return the distance of two of the parties."""
        return float(self.matrix[self.row(first), self.row(second)])


def complete_distances(
    references: References,
    settings: Settings,
    measure_id: str = "",
    kinds: Collection[ProfileKind] = COUNTRIES,
) -> Distances:
    """Return the distances of all parties with every dimension in use, as `compare` gives them.

    Only what ships takes part. A party that a person made has no place here, so that none ever
    moves another; `analysis.atlas.culture_map.place` puts it on the finished map.

    Countries with a score in use that was published for their region give way to the region
    itself, once: `compare` refuses a distance between two of them, and one point for several
    countries is what is known.

    Parameters
    ----------
    references : References
    settings : Settings
    measure_id : str, optional
        The headline measure of the settings when omitted.
    kinds : collection of "country", "part", "region"

    Raises
    ------
    SettingsError
        The dimensions in use are too few for a distance.
    """
    tables = references.tables
    require_enough(tables, settings)
    measure = MEASURES[measure_id or settings.measure]
    ids, left_out, stands_for = _chosen(tables, settings, kinds)
    reason = _reason(tables, settings, measure.id, ids)
    if reason:
        ids = ()
    matrix = distance_matrix(references, ids, settings, measure.id) if ids else np.empty((0, 0))
    matrix.flags.writeable = False
    return Distances(
        ids, matrix, settings, measure.id, MappingProxyType(left_out),
        MappingProxyType(stands_for), reason,
    )  # fmt: skip


def parties_of(
    tables: Tables, settings: Settings, kinds: Collection[ProfileKind] = COUNTRIES
) -> tuple[str, ...]:
    """Return the parties of those kinds that ship, in the order of the profiles table.

    Where a framework has no scores for a country but for parts of it, such as two samples that were
    kept apart, the parts stand among the countries instead of it.
    """
    held = set(tables.frameworks[settings.framework].profile_ids)

    def wanted(record: ProfileRecord) -> bool:
        apart = record.kind == "part" and record.id in held and record.parent not in held
        return record.kind in kinds or (apart and "country" in kinds)

    return tuple(r.id for r in tables.profiles.values() if r.id not in tables.own and wanted(r))


def why_unfit(settings: Settings, measure_id: str) -> str:
    """Say why a measure means nothing on the dimensions in use; empty where it does."""
    measure = MEASURES[measure_id]
    if len(settings.dimensions) >= measure.fewest_dimensions:
        return ""
    return (
        f"The measure “{measure.label}” takes at least {in_words(measure.fewest_dimensions)}"
        f" dimensions, and {in_words(len(settings.dimensions))} is in use: choose another measure."
    )


def _reason(tables: Tables, settings: Settings, measure_id: str, ids: Collection[str]) -> str:
    unfit = why_unfit(settings, measure_id)
    if unfit:
        return unfit
    if len(ids) < FEWEST_PARTIES:
        name = tables.frameworks[settings.framework].short_name
        who = ("nobody has", "only one party has", "only two parties have")[len(ids)]
        hint = (
            "switch off “published scores only” or leave a dimension out"
            if settings.published_only
            else "leave a dimension out or choose another framework"
        )
        return (
            f"In {name} {who} every score in use, and a map needs {in_words(FEWEST_PARTIES)}:"
            f" {hint}."
        )
    return ""


def _chosen(
    tables: Tables, settings: Settings, kinds: Collection[ProfileKind]
) -> tuple[tuple[str, ...], dict[str, str], dict[str, tuple[str, ...]]]:
    """The parties with every score in use, why others are not, and what a region stands for."""
    chosen: set[str] = set()
    left_out: dict[str, str] = {}
    stands_for: dict[str, tuple[str, ...]] = {}
    for profile_id in parties_of(tables, settings, kinds):
        record = tables.profiles[profile_id]
        profile = build_profile(tables, record.id, settings)
        lacking = lacking_scores(tables, profile, settings)
        region = _region(profile, settings)
        if lacking:
            left_out[record.id] = lacking
        elif region:
            name = tables.profiles[region].name_in_sentence
            left_out[record.id] = f"stands with scores published for {name}"
            stands_for[region] = (*stands_for.get(region, ()), record.id)
        else:
            chosen.add(record.id)
    for region in stands_for:
        lacking = lacking_scores(tables, build_profile(tables, region, settings), settings)
        if lacking:
            left_out[region] = lacking
        else:
            chosen.add(region)
    return tuple(i for i in tables.profiles if i in chosen), left_out, stands_for


def lacking_scores(tables: Tables, profile: Profile, settings: Settings) -> str:
    """Return which scores in use a party lacks, as "no score on ..."; empty where it has all."""
    missing = [d for d in profile.dimensions_with("missing") if d in settings.dimensions]
    if not missing:
        return ""
    if len(missing) == len(settings.dimensions):
        return "no scores"
    framework = tables.frameworks[settings.framework]
    return f"no score on {join((framework.dimension(d).name.lower() for d in missing), 'or')}"


def dimensions_held(tables: Tables, profile_id: str, settings: Settings) -> tuple[str, ...]:
    """Return the dimensions in use that a party has, where it lacks some and the rest suffice.

    Empty where it has all of them, or too few for a distance.
    """
    profile = build_profile(tables, profile_id, settings)
    held = tuple(d for d in settings.dimensions if profile.score(d).standing != "missing")
    enough = enough_dimensions(tables.frameworks[settings.framework], held)
    return held if enough and held != settings.dimensions else ()


def _region(profile: Profile, settings: Settings) -> str:
    regional = [d for d in profile.dimensions_with("regional") if d in settings.dimensions]
    return profile.score(regional[0]).origin if regional else ""
