"""Reading the knowledge files; a mistake in one is named with its file and place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import yaml

from analysis.errors import DataError
from analysis.knowledge.plans import Strategy
from analysis.knowledge.record import Record
from analysis.knowledge.topics import Contested, Family, FrictionModel, Stage, Topic
from analysis.tables import DATA_FOLDER

KNOWLEDGE_FOLDER = DATA_FOLDER / "knowledge"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader, in C where there is one, that refuses a key given twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping, or say which key stands twice."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.YAMLError(f"“{min(twice)}” stands twice, line {node.start_mark.line + 1}")
        return dict(super().construct_mapping(node, deep=deep))


class Knowledge(Record, frozen=True, dict=True):
    """Everything in `data/knowledge/`; topics in their fixed order, retired ones left out."""

    topics: tuple[Topic, ...]
    families: tuple[Family, ...]
    stages: tuple[Stage, ...]
    contested: tuple[Contested, ...]
    friction: FrictionModel
    strategy: Strategy

    @cached_property
    def topic_by_id(self) -> Mapping[str, Topic]:
        """The topics by their id."""
        return {topic.id: topic for topic in self.topics}

    def family(self, family_id: str) -> Family:
        """Return the family with that id."""
        return next(family for family in self.families if family.id == family_id)


def load_knowledge(folder: Path = KNOWLEDGE_FOLDER) -> Knowledge:
    """Read every knowledge file below `folder`.

    Raises
    ------
    DataError
        A file is missing or no YAML, lacks a key, has an unknown one or a value of a wrong kind.
    """
    topics = [(path, _read(path, Topic)) for path in sorted((folder / "topics").glob("*.yaml"))]
    for path, topic in topics:
        if topic.id != path.stem:
            raise DataError(f"{path.name}: its id is “{topic.id}”; it must be the file's name.")
    return Knowledge(
        topics=tuple(
            sorted(
                (topic for _, topic in topics if topic.status != "retired"),
                key=lambda topic: topic.order,
            )
        ),
        families=_read(folder / "families.yaml", tuple[Family, ...]),
        stages=_read(folder / "stages.yaml", tuple[Stage, ...]),
        contested=_read(folder / "contested.yaml", tuple[Contested, ...]),
        friction=load_friction_model(folder),
        strategy=Strategy(
            **{
                name: _read(folder / "strategy" / f"{name}.yaml", kind)
                for name, kind in get_type_hints(Strategy).items()
            }
        ),
    )


def load_friction_model(folder: Path = KNOWLEDGE_FOLDER) -> FrictionModel:
    """Read the numbers of the friction model alone, for what needs no topic.

    Raises
    ------
    DataError
        As `load_knowledge`.
    """
    model: FrictionModel = _read(folder / "friction.yaml", FrictionModel)
    return model


def _read(path: Path, kind: Any) -> Any:
    try:
        held = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
        return msgspec.convert(held, kind)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        what = " ".join(str(error).split())
        place = "/".join(path.parts[path.parts.index("knowledge") :])
        raise DataError(
            f"data/{place} cannot be used ({what}); restore it from the release."
        ) from error
