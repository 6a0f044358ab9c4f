"""Reading the knowledge files; a mistake in one is named with its file and place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import yaml

from analysis.data_folder import why_unreadable
from analysis.errors import DataError
from analysis.knowledge.places import line_of, record_mistake, yaml_mistake
from analysis.knowledge.plans import Strategy
from analysis.knowledge.record import Record
from analysis.knowledge.references import Names, lost_names
from analysis.knowledge.topics import Contested, Family, FrictionModel, Stage, Topic
from analysis.tables import DATA_FOLDER, check_shipped, dimension_ids_of

KNOWLEDGE_FOLDER = DATA_FOLDER / "knowledge"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader, in C where there is one, that refuses a key given twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping, or say which key stands twice."""
        keys: list[Any] = []
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in keys:
                raise yaml.MarkedYAMLError(None, None, f"“{key}” stands twice", key_node.start_mark)
            keys.append(key)
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
        A file is missing or no YAML, lacks a key, has an unknown one or a value of a wrong kind,
        names something that is not there, or is not the one that `datapackage.json` describes.
    """
    topics = [(path, _read(path, Topic)) for path in sorted((folder / "topics").glob("*.yaml"))]
    for path, topic in topics:
        if topic.id != path.stem:
            raise DataError(f"{path.name}: its id is “{topic.id}”; it must be the file's name.")
    found = Knowledge(
        topics=tuple(
            sorted(
                (topic for _, topic in topics if topic.status != "retired"),
                key=lambda topic: topic.order,
            )
        ),
        families=_read(folder / "families.yaml", tuple[Family, ...]),
        stages=_read(folder / "stages.yaml", tuple[Stage, ...]),
        contested=_read(folder / "contested.yaml", tuple[Contested, ...]),
        friction=_read(folder / "friction.yaml", FrictionModel),
        strategy=Strategy(
            **{
                name: _read(folder / "strategy" / f"{name}.yaml", kind)
                for name, kind in get_type_hints(Strategy).items()
            }
        ),
    )
    _check_names(folder, found, [topic for _, topic in topics])
    _check_released(folder, f"{folder.name}/")
    return found


def _check_names(folder: Path, found: Knowledge, topics: list[Topic]) -> None:
    names = Names(
        dimension_ids_of(found.friction.framework),
        {topic.id: f"topics/{topic.id}.yaml" for topic in topics},
    )
    lost = lost_names(
        names, topics, found.families, found.stages, found.contested, found.friction,
        found.strategy.agenda,
    )  # fmt: skip
    for file, path, said in lost:
        line = line_of((folder / file).read_text("utf-8"), path)
        raise DataError(_sentence(file, line, said))


def _check_released(folder: Path, below: str) -> None:
    """Make sure of the hashes where the folder lies beside a description of it."""
    if (folder.parent / "datapackage.json").exists():
        check_shipped(folder.parent, below)


def load_friction_model(folder: Path = KNOWLEDGE_FOLDER) -> FrictionModel:
    """Read the numbers of the friction model alone, for what needs no topic.

    Raises
    ------
    DataError
        As `load_knowledge`.
    """
    model: FrictionModel = _read(folder / "friction.yaml", FrictionModel)
    _check_released(folder, f"{folder.name}/friction.yaml")
    return model


def _read(path: Path, kind: Any) -> Any:
    text, line = "", 0
    try:
        text = path.read_text("utf-8")
        held = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
        return msgspec.convert(held, kind)
    except (OSError, UnicodeDecodeError) as error:
        what = why_unreadable(error)
    except yaml.YAMLError as error:
        line, what = yaml_mistake(error)
    except msgspec.ValidationError as error:
        line, what = record_mistake(error, text)
    parts = path.parts
    inside = parts[len(parts) - parts[::-1].index("knowledge") :]
    raise DataError(_sentence("/".join(inside), line, what))


def _sentence(file: str, line: int, what: str) -> str:
    place = f"data/knowledge/{file}" + (f", line {line}" if line else "")
    how = "mend that line, or restore" if line else "restore"
    return f"{place} cannot be used ({what}); {how} the file from the release."
