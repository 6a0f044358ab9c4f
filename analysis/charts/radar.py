"""The radar: all parties on all dimensions, axes in their fixed order."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts.axis import score_axis
from analysis.charts.data import ChartData
from analysis.profiles import Profile
from analysis.sentences import source_line
from analysis.tables import Tables
from analysis.words import join

FILLED = 3
"""How many parties are filled at most: more would hide each other."""


def radar_data(tables: Tables, parties: Sequence[Profile]) -> ChartData:
    """Return the words and scores of a radar of up to six profiles."""
    framework = tables.frameworks[parties[0].framework]
    names = [d.name for d in framework.dimensions]
    return ChartData(
        "radar",
        f"{join([p.name for p in parties])} on {len(names)} dimensions",
        _caption(tables, parties),
        _description(tables, parties),
        ("Dimension", *(party.name for party in parties)),
        tuple(
            (d.name, *(party.score(d.id).value for party in parties)) for d in framework.dimensions
        ),
    )


def is_filled(party: Profile, place: int) -> bool:
    """Say whether a party's shape is filled: among the first three, with every score."""
    return place < FILLED and not party.dimensions_with("missing")


def _caption(tables: Tables, parties: Sequence[Profile]) -> str:
    framework = tables.frameworks[parties[0].framework]
    axis = score_axis(framework)
    middle, top = (f"{ring:g}" for ring in axis.rings)
    words = [f"Scores from {axis.centre:g} at the centre; the rings stand at {middle} and {top}."]
    if any(party.dimensions_with("regional") for party in parties):
        words.append("Hollow markers are regional scores.")
    if any(party.dimensions_with("missing") for party in parties):
        words.append("The line breaks where a score is missing.")
    return " ".join([*words, source_line(tables, framework.id)])


def _description(tables: Tables, parties: Sequence[Profile]) -> str:
    framework = tables.frameworks[parties[0].framework]
    names = [d.name for d in framework.dimensions]
    told = []
    for party in parties:
        scores = [
            f"{name.lower()} {'missing' if score.value is None else framework.shown(score.value)}"
            + (" (regional)" if score.standing == "regional" else "")
            for name, score in zip(names, party.scores, strict=True)
        ]
        told.append(f"{party.name}: {', '.join(scores)}.")
    return f"Radar chart of {join([p.name for p in parties])}. {' '.join(told)}"
