"""Where in a knowledge file a mistake stands, as a line that a person can go to."""

from __future__ import annotations

import re
from typing import Any

import yaml

_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_PLACE = re.compile(r" - at `\$([^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")


def yaml_mistake(error: yaml.YAMLError) -> tuple[int, str]:
    """Return the line of what is no YAML, 0 where it is not known, and what is wrong with it."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return 0, " ".join(str(error).split())
    said = getattr(error, "problem", None) or "it is no YAML"
    context = getattr(error, "context", None)
    return mark.line + 1, " ".join((f"{context}, {said}" if context else said).split())


def record_mistake(error: Exception, text: str) -> tuple[int, str]:
    """Return the line of a key or value that does not fit, 0 where unknown, and what is wrong.

    `error` is msgspec's; it names the place as a path of keys, `$.high.pole` for instance.
    """
    said = " ".join(str(error).split())
    place = _PLACE.search(said)
    unknown = _UNKNOWN.search(said)
    path: list[str | int] = [
        key or int(number) for key, number in _STEP.findall(place[1] if place else "")
    ]
    return line_of(text, [*path, unknown[1]] if unknown else path), said


def line_of(text: str, path: list[str | int]) -> int:
    r"""Return the line on which a key or an item stands, or the last on the way that does.

    Examples
    --------
    >>> line_of("a: 1\nb:\n  - c: 2\n", ["b", 0, "c"])
    3
    """
    node: Any = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if node is None:
        return 0
    line: int = node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step >= len(node.value):
                break
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
