"""What each framework says about the pair, for the JSON file, with where its numbers come from."""

from __future__ import annotations

from typing import Any

from analysis.agreement import FrameworkView
from analysis.exports.subject import Subject
from analysis.measures.registry import MEASURES


def opinions_object(subject: Subject) -> dict[str, Any] | None:
    """Return every framework's view of the pair; None where nobody asked for them."""
    found = subject.agreement
    if found is None:
        return None
    return {
        "verdict": found.verdict.replace(" ", "_"),
        "text": found.sentence,
        "notes": list(found.notes),
        "frameworks": [_opinion(view) for view in found.views],
    }


def opinion_entries(subject: Subject) -> dict[str, dict[str, Any]]:
    """Return the provenance of these numbers, by JSON pointer."""
    views = subject.agreement.views if subject.agreement else ()
    return {
        f"/agreement/frameworks/{place}": {
            "what": f"Distance and rank of the two sides in {view.name}, by its own scores among"
            " its own pairs.",
            "framework": view.framework,
            "measure": view.measure,
            "score_error": view.score_error,
            "rests_on": ["/headline"] if view.in_use else [],
            "methods": ["percentile", "interval"],
            "sources": list(dict.fromkeys((view.source, *MEASURES[view.measure].source_ids))),
        }
        for place, view in enumerate(views)
        if view.result
    }


def _opinion(view: FrameworkView) -> dict[str, Any]:
    said = {"framework": view.framework, "name": view.name, "in_use": view.in_use}
    if view.result is None:
        return said | {"reason": view.reason}
    return said | {
        "measure": view.measure,
        "dimensions": list(view.dimensions),
        "reference_pairs": view.pairs,
        "value": view.result.value,
        "interval": list(view.result.interval or ()),
        "percentile": view.result.percentile,
        "percentile_interval": list(view.result.percentile_interval or ()),
    }
