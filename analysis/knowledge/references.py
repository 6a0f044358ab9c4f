"""Names in the knowledge files that must lead somewhere: to a dimension, a family, a stage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from analysis.knowledge.plans import AgendaPlan
from analysis.knowledge.topics import Contested, Family, FrictionModel, Stage, Topic
from analysis.words import join


class Lost(NamedTuple):
    """A name that leads nowhere: its file, the keys that lead to it, and what is wrong with it."""

    file: str
    path: list[str | int]
    said: str


class Names(NamedTuple):
    """What names may lead to."""

    dimensions: Collection[str]
    topics: Mapping[str, str]
    """File of each topic by its id, retired ones too."""


def lost_names(
    names: Names,
    topics: Iterable[Topic],
    families: Iterable[Family],
    stages: Iterable[Stage],
    contested: Iterable[Contested],
    friction: FrictionModel,
    agenda: AgendaPlan,
) -> Iterator[Lost]:
    """Yield the names that lead nowhere, file by file."""
    known_families = [family.id for family in families]
    known_stages = [stage.id for stage in stages]
    doubts, grades = [one.id for one in contested], [grade.id for grade in friction.evidence]
    for topic in topics:
        file = names.topics[topic.id]
        yield from _lost(file, ["weights"], topic.weights, names.dimensions, "dimension")
        yield from _lost(file, ["family"], [topic.family], known_families, "family")
        yield from _lost(file, ["stages"], topic.stages, known_stages, "stage")
        yield from _lost(file, ["contested"], topic.contested, doubts, "contested finding")
        yield from _lost(file, ["evidence"], [topic.evidence], grades, "grade of evidence")
    for place, doubt in enumerate(contested):
        path: list[str | int] = [place, "dimension"]
        yield from _lost("contested.yaml", path, [doubt.dimension], names.dimensions, "dimension")
    felt = [friction.felt.dimension]
    yield from _lost("friction.yaml", ["felt", "dimension"], felt, names.dimensions, "dimension")
    for place, circumstance in enumerate(friction.context):
        path = ["context", place, "topics"]
        yield from _lost("friction.yaml", path, circumstance.topics, names.topics, "topic")
    for place, move in enumerate(agenda.moves):
        path = ["moves", place, "stage"]
        yield from _lost("strategy/agenda.yaml", path, [move.stage], known_stages, "stage")


def _lost(
    file: str, path: list[str | int], given: Iterable[str], known: Collection[str], what: str
) -> Iterator[Lost]:
    for name in given:
        if name not in known:
            listed = join(sorted(known), "or")
            yield Lost(file, [*path, name], f"“{name}” is no {what}, expected {listed}")
