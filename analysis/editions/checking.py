"""What scores of a person's own must fulfil to be a framework with a reference set of its own."""

from __future__ import annotations

import numpy as np

from analysis.editions.edition import Values
from analysis.tables import Framework, Tables
from analysis.words import capital, in_words, join

FEWEST_COUNTRIES = 10
"""Countries with every score: among fewer, 45 pairs, a rank says little."""

REACH = 0.5
"""How far a score may lie beyond either end of the scale, as a share of it: published scores lie
above 100, and one beyond 150 is a typing mistake."""


def score_range(base: Framework) -> tuple[float, float]:
    """Return between which values a score must lie [points]: -50 to 150 on a scale of 100."""
    reach = REACH * (base.highest - base.lowest)
    return base.lowest - reach, base.highest + reach


def why_no_framework(tables: Tables, base: Framework, rows: dict[str, Values]) -> str:
    """Return in a sentence why scores cannot be a framework of their own; empty where they can."""
    if not rows:
        return "No row could be used: mend the table and give it again."
    empty = [
        d.name.lower()
        for place, d in enumerate(base.dimensions)
        if all(values[place] is None for values in rows.values())
    ]
    if empty:
        return (
            f"The table has no score on {join(empty)}, so no country has all"
            f" {in_words(len(base.dimensions))} and no reference set can be made: add what is"
            " missing."
        )
    complete = np.array(
        [
            values
            for profile, values in rows.items()
            if tables.profiles[profile].kind == "country" and None not in values
        ],
        dtype=float,
    )
    if len(complete) < FEWEST_COUNTRIES:
        count = in_words(len(complete))
        one = len(complete) == 1
        return (
            f"{capital(count)} {'country has' if one else 'countries have'} all"
            f" {in_words(len(base.dimensions))} scores, and a reference set needs at least"
            f" {in_words(FEWEST_COUNTRIES)}: a distance is measured against the other pairs of the"
            " same edition."
        )
    return _why_no_spread(base, complete)


def _why_no_spread(base: Framework, complete: np.ndarray) -> str:
    flat = [
        d.name.lower()
        for d, column in zip(base.dimensions, complete.T, strict=True)
        if np.ptp(column) == 0
    ]
    if flat:
        return (
            f"All countries have the same score on {join(flat)}, so no gap can be measured there:"
            " check whether the right columns were read."
        )
    if np.linalg.matrix_rank(np.atleast_2d(np.corrcoef(complete.T))) < len(base.dimensions):
        return (
            "Some columns follow exactly from others, so they are not"
            f" {in_words(len(base.dimensions))} dimensions: check whether one was copied."
        )
    return ""
