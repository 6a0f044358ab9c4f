"""The nearest and the farthest parties of one party."""

from __future__ import annotations

from analysis.atlas.neighbours import Neighbour, Neighbours
from analysis.atlas.sentences import nearest_heading, neighbour_sentences, shared_mark
from analysis.charts.data import ChartData
from analysis.measures.registry import MEASURES
from analysis.sentences import source_line
from analysis.tables import Tables
from analysis.words import join, of_hundred

COUNT = 10
"""How many nearest and how many farthest are shown."""


def neighbours_data(tables: Tables, found: Neighbours, count: int = COUNT) -> ChartData:
    """Return the words of the chart, and the nearest and farthest with their numbers.

    ValueError where `found.reason` says why there are none.
    """
    if found.reason:
        raise ValueError(found.reason)
    measure = MEASURES[found.settings.measure]
    near, far = found.nearest(count), found.farthest(count)
    hollow = any(n.regional for n in (*near, *far))
    return ChartData(
        "neighbours",
        nearest_heading(tables, found),
        "Dots: farther than so many of 100 country pairs. Lines: where that likely lies (95 %). At"
        " the right: the place in the order."
        f"{' Hollow dots rest on regional scores.' if hollow else ''}"
        f" {source_line(tables, found.settings.framework)}",
        f"{' '.join(neighbour_sentences(tables, found))} Nearest first: {_told(tables, near)}."
        f"{f' Farthest last: {_told(tables, far)}.' if far else ''}",
        (
            "Party", "Rank", f"{measure.label} ({measure.unit})", "Likely from", "to", "Percentile",
            "Likely from ", "to ",
        ),
        tuple(_row(tables, found, n) for n in (*near, *far)),
    )  # fmt: skip


def shown_name(tables: Tables, found: Neighbours, n: Neighbour) -> str:
    """Return a party's name, with "(4 of 6)" where the pair shares fewer dimensions."""
    mark = shared_mark(found.settings, len(n.dimensions))
    return tables.profiles[n.id].name + (f" ({mark})" if mark else "")


def _row(tables: Tables, found: Neighbours, n: Neighbour) -> tuple[str | float | None, ...]:
    return (
        shown_name(tables, found, n), float(n.rank), round(n.value, 3), round(n.interval[0], 3),
        round(n.interval[1], 3), round(n.percentile, 1), round(n.percentile_interval[0], 1),
        round(n.percentile_interval[1], 1),
    )  # fmt: skip


def _told(tables: Tables, held: tuple[Neighbour, ...]) -> str:
    return join(
        f"{tables.profiles[n.id].name} at {of_hundred(n.percentile)} (likely"
        f" {n.shown_range[0]} to {n.shown_range[1]})"
        for n in held
    )
