"""The nearest and the farthest parties of one party, with intervals."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from analysis.atlas.distances import COUNTRIES, parties_of, why_unfit
from analysis.comparison import Comparison, References, compare
from analysis.refusal import what_helps
from analysis.settings import Settings, require_enough
from analysis.tables import ProfileKind
from analysis.words import of_hundred


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another party as `party` sees it.

    Attributes
    ----------
    rank : int
        Counts from 1, the nearest.
    value, interval : float, tuple of float
        The distance and where it likely lies (95 %) [the unit of the measure].
    percentile, percentile_interval : float, tuple of float
        The same among the pairs of the reference set [percent, 0..100].
    dimensions : tuple of str
        What the distance rests on.
    regional : bool
        Whether one of these scores of the other party is its region's.
    """

    id: str
    rank: int
    value: float
    percentile: float
    interval: tuple[float, float]
    percentile_interval: tuple[float, float]
    dimensions: tuple[str, ...]
    regional: bool

    @property
    def shown_range(self) -> tuple[int, int]:
        """Where the percentile likely lies, as it is shown."""
        low, high = self.percentile_interval
        return of_hundred(low), of_hundred(high)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """All others with a distance from `party`, the nearest first.

    `without` names the others that get no distance. `reason` says why nobody gets one, as a
    sentence; it is empty where somebody does.
    """

    party: str
    settings: Settings
    all: tuple[Neighbour, ...]
    without: tuple[str, ...]
    reason: str

    def nearest(self, count: int) -> tuple[Neighbour, ...]:
        """Return the nearest, the nearest first."""
        return self.all[:count]

    def farthest(self, count: int) -> tuple[Neighbour, ...]:
        """Return the farthest, the farthest last; none that is among as many nearest."""
        return self.all[max(count, len(self.all) - count) :]

    @property
    def as_near(self) -> int:
        """How many others may be as near as the nearest: their likely ranges overlap with its.

        Counted on the ranges as they are shown, in whole numbers of 100 pairs.
        """
        first = self.all[0].shown_range[1]
        return sum(n.shown_range[0] <= first for n in self.all[1:])

    @property
    def as_far(self) -> int:
        """How many others may be as far as the farthest, counted as `as_near` is."""
        last = self.all[-1].shown_range[0]
        return sum(n.shown_range[1] >= last for n in self.all[:-1])

    def rank_of(self, profile_id: str) -> Neighbour | None:
        """Return one of the others, None where it gets no distance."""
        return next((n for n in self.all if n.id == profile_id), None)


def neighbours(
    references: References,
    party_id: str,
    settings: Settings,
    kinds: Collection[ProfileKind] = COUNTRIES,
) -> Neighbours:
    """Return all parties of the wanted kinds by their distance from one party.

    Every number is that of `compare` for the pair, in the headline measure of the settings. Pairs
    that share different dimensions are ranked by their percentile, which takes that into account;
    among equal percentiles the smaller distance comes first.

    Parameters
    ----------
    references : References
        Where they have no cache of their own, each reference set is computed once a call.
    party_id : str
        A profile that ships or a party of a person's own.
    settings : Settings
    kinds : collection of "country", "part", "region"

    Raises
    ------
    UnknownProfileError
        The id is not in the tables.
    SettingsError
        The dimensions in use are too few for a distance.
    """
    tables = references.tables
    require_enough(tables, settings)
    unfit = why_unfit(settings, settings.measure)
    if unfit:
        return Neighbours(party_id, settings, (), (), unfit)
    kept = _kept(references)
    compared = [
        compare(kept, party_id, other, settings, (settings.measure,))
        for other in parties_of(tables, settings, kinds)
        if other != party_id
    ]
    near = sorted(
        (c for c in compared if not c.reason),
        key=lambda c: (round(c.headline.percentile, 6), c.headline.value, c.b.id),
    )
    reason = ""
    if not near:
        name = tables.profiles[party_id].name_in_sentence
        reason = (
            f"Nobody has a distance from {name} under these settings."
            f" {what_helps(tables, party_id, settings)}"
        )
    return Neighbours(
        party_id, settings, tuple(_neighbour(rank, c) for rank, c in enumerate(near, start=1)),
        tuple(c.b.id for c in compared if c.reason), reason,
    )  # fmt: skip


def _kept(references: References) -> References:
    """The same references, each result computed once: a hundred pairs share a handful of sets."""
    return References(
        references.tables,
        lru_cache(maxsize=None)(references.reference),
        lru_cache(maxsize=None)(references.distances),
        lru_cache(maxsize=None)(references.errors),
        lru_cache(maxsize=None)(references.simulated),
    )


def _neighbour(rank: int, comparison: Comparison) -> Neighbour:
    found = comparison.headline
    regional = set(comparison.b.dimensions_with("regional")) & set(comparison.dimensions_used)
    return Neighbour(
        comparison.b.id, rank, found.value, found.percentile,
        found.interval or (found.value, found.value),
        found.percentile_interval or (found.percentile, found.percentile),
        comparison.dimensions_used, bool(regional),
    )  # fmt: skip
