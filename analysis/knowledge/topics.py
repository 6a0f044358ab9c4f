"""The friction topics and the numbers of the friction model, as frozen records."""

from __future__ import annotations

from typing import Literal

from analysis.knowledge.record import Citation, Record, Rule

PoleName = Literal["high", "low"]


class Instead(Rule, frozen=True):
    """A first move that takes the place of the usual one where the deal calls for it."""

    text: str


class Pole(Record, frozen=True):
    """One end of a topic, in words for the side that stands there.

    `habit` follows "may", `sees` follows "may see", `request` follows "Ask them", `sign` follows
    "It holds if"; `move` is a sentence to "you", `shared` one for two sides at this same end. The
    first of `instead` that holds for a deal takes the place of `move`.
    """

    pole: str
    habit: str
    sees: str
    move: str
    request: str
    sign: str
    shared: str
    instead: tuple[Instead, ...] = ()


class TopicException(Record, frozen=True):
    """When a prediction may not hold."""

    text: str
    source: str = ""


class Topic(Record, frozen=True):
    """A subject on which parties rub. `weights` are signed toward the high pole."""

    id: str
    order: int
    title: str
    family: str
    status: Literal["draft", "reviewed", "retired"]
    about: str
    weights: dict[str, float]
    high: Pole
    low: Pole
    common: str
    example: str
    question: str
    terms: str
    stages: tuple[str, ...]
    exceptions: tuple[TopicException, ...]
    covers: tuple[int, ...]
    contested: tuple[str, ...]
    evidence: str
    limits: str
    sources: tuple[Citation, ...]
    fires: tuple[tuple[str, str], ...]
    quiet: tuple[tuple[str, str], ...]
    delicate: bool = False

    @property
    def title_in_sentence(self) -> str:
        """The title as it stands inside a sentence."""
        return self.title[:1].lower() + self.title[1:]

    def at(self, pole: PoleName) -> Pole:
        """Return the words for one end."""
        return self.high if pole == "high" else self.low


class Family(Record, frozen=True):
    """Topics that rest on much the same gap."""

    id: str
    short: str
    name: str
    about: str


class Stage(Record, frozen=True):
    """A stage of a negotiation; `minutes_share` is its part of a meeting [0..1]."""

    id: str
    short: str
    name: str
    about: str
    minutes_share: float
    aim: str


class Contested(Record, frozen=True):
    """A finding that speaks against a score; for all parties where `profiles` is empty."""

    id: str
    dimension: str
    profiles: tuple[str, ...]
    badge: str
    text: str
    source: Citation


class Band(Record, frozen=True, rename={"from_": "from"}):
    """A range of severities, from `from_` up to the next band."""

    id: str
    from_: int
    word: str
    plain: str


class Grade(Record, frozen=True):
    """How good the evidence is, and how much it counts when topics are put in order [0..1]."""

    id: str
    order_weight: float
    plain: str


class Felt(Record, frozen=True):
    """The constants of the felt severity: which side notices more."""

    dimension: str
    slope: float
    lowest: float
    highest: float
    each_tie: float
    source: str


class Sensitivity(Record, frozen=True, rename={"from_": "from"}):
    """How the weights are shaken to see whether the order of topics holds."""

    from_: float
    to: float
    draws: int
    seed: int
    top: int


class ContextEffect(Rule, frozen=True):
    """What a circumstance adds to a severity [log odds]; on all topics if none named."""

    id: str
    effect: float
    label: str
    topics: tuple[str, ...] = ()


class FrictionModel(Record, frozen=True):
    """Every number of the friction model, and the framework on whose dimensions it rests."""

    framework: str
    bands: tuple[Band, ...]
    common_ground_below: int
    fewest_weight_share: float
    fewest_families: int
    interval: float
    evidence: tuple[Grade, ...]
    felt: Felt
    sensitivity: Sensitivity
    context: tuple[ContextEffect, ...]
    sources: tuple[Citation, ...]
    validity: tuple[str, ...]
    failures: tuple[str, ...]

    @property
    def effects(self) -> dict[str, float]:
        """The default effect of each circumstance [log odds]."""
        return {circumstance.id: circumstance.effect for circumstance in self.context}

    def grade(self, grade_id: str) -> Grade:
        """Return the evidence grade with that id."""
        return next(grade for grade in self.evidence if grade.id == grade_id)

    def band(self, severity: float) -> Band:
        """Return the band of a severity, by the whole number that is shown."""
        return [band for band in self.bands if round(severity) >= band.from_][-1]
