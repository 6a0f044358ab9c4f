"""After the meeting: which predictions were seen, and how well they held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from analysis.knowledge.topics import Band

if TYPE_CHECKING:  # every page keeps marks; who makes none needs no friction
    from analysis.friction.assessment import TopicFriction

Outcome = Literal["seen", "not_seen", "reversed"]
OUTCOMES: Mapping[Outcome, str] = {
    "seen": "seen", "not_seen": "not seen", "reversed": "seen the other way round",
}  # fmt: skip
LONGEST_NOTE = 1000
GUESSING = 0.25
"""The Brier score of someone who always says one half."""


class Mark(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of one prediction, with the prediction as it stood when it was marked.

    `severity` is that with the deal [0..100], `probability` the stated chance that it is seen
    [0..1], `high_party` the id of the party at the high pole.
    """

    topic: str
    outcome: Outcome
    note: str
    severity: float
    probability: float
    band: str
    high_party: str


@dataclass(frozen=True, slots=True)
class BandRecord:
    """How many predictions of one band were marked, and the share seen [0..1]."""

    band: Band
    marked: int
    seen: int

    @property
    def share(self) -> float:
        """The share of the marked predictions that were seen."""
        return self.seen / self.marked


@dataclass(frozen=True, slots=True)
class DebriefSummary:
    """How well the predictions held; `brier` is the mean squared error of the probabilities."""

    bands: tuple[BandRecord, ...]
    marked: int
    seen: int
    reversed: int
    brier: float


def make_mark(found: TopicFriction, outcome: Outcome, note: str, a: str, b: str) -> Mark:
    """Return a mark that keeps the prediction as it stands now.

    Raises
    ------
    ValueError
        The topic has no prediction.
    """
    if found.in_context is None or found.probability is None or found.band is None:
        raise ValueError(f"{found.topic.id} has no prediction to mark")
    high = {"a": a, "b": b, None: ""}[found.high_side]
    return Mark(
        found.topic.id, outcome, note[:LONGEST_NOTE], found.in_context, found.probability,
        found.band.id, high,
    )  # fmt: skip


def summarise(marks: Iterable[Mark], bands: Iterable[Band]) -> DebriefSummary | None:
    """Return how well the predictions held, or None where nothing was marked.

    A prediction that was seen the other way round counts as not seen.
    """
    held = list(marks)
    if not held:
        return None
    hits = [mark.outcome == "seen" for mark in held]
    brier = sum((m.probability - hit) ** 2 for m, hit in zip(held, hits, strict=True)) / len(held)
    records = []
    for band in bands:
        own = [hit for mark, hit in zip(held, hits, strict=True) if mark.band == band.id]
        if own:
            records.append(BandRecord(band, len(own), sum(own)))
    flipped = sum(mark.outcome == "reversed" for mark in held)
    return DebriefSummary(tuple(records), len(held), sum(hits), flipped, brier)


def summary_sentence(summary: DebriefSummary) -> str:
    """Return the summary in words."""
    better = (
        "better than guessing" if summary.brier < GUESSING - 0.01
        else "worse than guessing" if summary.brier > GUESSING + 0.01
        else "no better than guessing"
    )  # fmt: skip
    flipped = f", {summary.reversed} the other way round" if summary.reversed else ""
    few = " With so few marks this says little yet." if summary.marked < 20 else ""
    return (
        f"{summary.seen} of {summary.marked} predictions were seen{flipped}. The stated chances had"
        f" a Brier score of {summary.brier:.2f}, {better} ({GUESSING:.2f}).{few}"
    )
