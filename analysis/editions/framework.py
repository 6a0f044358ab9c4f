"""Editions as frameworks beside those that ship."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from analysis.editions.edition import Edition
from analysis.tables import Framework, Source, Tables


def with_editions(tables: Tables, editions: Iterable[Edition]) -> Tables:
    """Return the tables with editions among the frameworks; those that ship stay as they are."""
    held = {edition.id: edition for edition in editions}
    if not held:
        return tables
    made = {i: own_framework(tables, edition) for i, edition in held.items()}
    sources = {i: _source(edition) for i, edition in held.items()}
    return replace(
        tables,
        frameworks=MappingProxyType({**tables.frameworks, **made}),
        sources=MappingProxyType({**tables.sources, **sources}),
    )


def own_framework(tables: Tables, edition: Edition) -> Framework:
    """Return an edition as a framework.

    Dimensions, scale, ends of the axis and error of a score are the base's. No score of the base is
    taken over: a country that the edition lacks has none, and a region's scores stand in for its
    countries only where the edition holds them.
    """
    base = tables.frameworks[edition.base]
    values = dict(edition.rows)
    rows = tuple(p.id for p in tables.profiles.values() if p.id in values or p.region in values)
    scores = np.full((len(rows), len(base.dimensions)), np.nan)
    for place, profile in enumerate(rows):
        if profile in values:
            scores[place] = [np.nan if value is None else value for value in values[profile]]
    scores.flags.writeable = False
    return replace(
        base,
        id=edition.id,
        name=f"{edition.name} · your own scores",
        short_name=f"“{edition.name}”",
        source=edition.id,
        note=" ".join(
            filter(None, ["Scores that you uploaded; Parley has not checked them.", edition.note])
        ),
        error_basis=f"Taken over from {base.short_name}. {base.error_basis}",
        profile_ids=rows,
        scores=scores,
        scores_unrounded=scores,
        locators=MappingProxyType(dict.fromkeys(values, "as uploaded")),
        own=True,
        base=base.id,
    )


def _source(edition: Edition) -> Source:
    return Source(
        edition.id, "data", "you", 0,
        f"[Scores uploaded as “{edition.name}”, not checked]", "", "",
        "Whether they may be used is between that person and the publisher.", "yes",
    )  # fmt: skip
