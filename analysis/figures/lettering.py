"""Names on a chart stay letters: Plotly reads text as markup, and makes links of some of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_NOT_OURS = re.compile(r"<(?!/?b>|br>|/?extra>)", re.IGNORECASE)
"""Charts set words in bold, break lines and name the box beside a point; nothing else is needed."""


def only_our_tags(part: Any) -> Any:
    """Return a part of a figure in which no text holds a tag but those that charts use.

    A name such as `<a href="…">` would else be a link. What holds none is returned as it is.
    """
    if isinstance(part, str):
        return _NOT_OURS.sub("&lt;", part) if "<" in part else part
    if isinstance(part, Mapping):
        changed = {k: new for k, v in part.items() if (new := only_our_tags(v)) is not v}
        return {**part, **changed} if changed else part
    if isinstance(part, list | tuple):
        made = [only_our_tags(one) if not isinstance(one, float) else one for one in part]
        same = all(new is old for new, old in zip(made, part, strict=True))
        return part if same else type(part)(made)
    return part
