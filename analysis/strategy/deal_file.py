"""Reading a deal from a YAML file; a mistake in it is named with its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from analysis.deal import Deal, check_value, make_deal
from analysis.errors import DealError

LARGEST_FILE = 64 * 1024
_LONGEST_NUMBER = 40
_SHALLOW = 3
"""Levels of nesting a deal needs: the mapping, a list in it, its values."""


def read_deal(text: str, effects: Mapping[str, float]) -> Deal:
    """Return the deal that a file describes.

    Parameters
    ----------
    text : str
        YAML: one `name: value` a line.
    effects : mapping
        The default effect of each circumstance.

    Raises
    ------
    DealError
        The text is no YAML, a name is unknown or stands twice, or a value is none that the name
        takes; the message begins with the line.
    """
    if len(text) > LARGEST_FILE:
        raise DealError(
            f"The deal file has {len(text):,} characters: keep it below {LARGEST_FILE:,}."
        )
    node = _composed(text)
    if node is None:
        return Deal()
    if not isinstance(node, yaml.MappingNode):
        raise DealError(f"Line {_line(node)}: a deal file holds lines such as “kind: supply”.")
    values: dict[str, Any] = {}
    for key, value in node.value:
        name = str(_plain(key))
        try:
            if name in values:
                raise DealError(f"“{name}” stands twice: keep one.")
            values[name] = check_value(name, _plain(value), effects)
        except DealError as error:
            raise DealError(f"Line {_line(key)}: {error}") from None
    return make_deal(values, effects)


def _composed(text: str) -> yaml.Node | None:
    """Return the nodes of a YAML text, without references and not deeper than a deal is."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _SHALLOW or isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise DealError(f"Line {line}: a deal file holds plain values and short lists.")
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DealError(
            f"Line {line}: this is no YAML ({error.problem}); write “name: value”."
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DealError(f"Line {line}: it holds a character that is no text; delete it.") from None


def _plain(node: yaml.Node) -> Any:
    """Return the value that a node stands for; its text where it is none of its kind."""
    if isinstance(node, yaml.ScalarNode):
        if not node.tag.endswith(":str") and len(node.value) > _LONGEST_NUMBER:
            return node.value
        try:
            return yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError, LookupError, AttributeError, ArithmeticError):
            return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part) for part in node.value]
    return {str(_plain(key)): _plain(value) for key, value in node.value}


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
