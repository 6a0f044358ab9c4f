"""Editions made from the matrix of 2015, changed here and there."""

import numpy as np
import pytest

from analysis.comparison import References
from analysis.editions import Edition, edition_id
from pages.shared.own_references import Kept, with_own


@pytest.fixture(scope="session")
def edition_of_2015(tables):
    """Return an edition: the matrix of 2015 with other scores where `changed` names them."""
    base = tables.frameworks["hofstede-2015"]

    def make(changed=None, left_out=(), name="Scores of 2023"):
        changed = changed or {}
        rows = tuple(
            (
                profile,
                tuple(
                    changed.get((profile, d), None if np.isnan(v) else float(v))
                    for d, v in zip(base.dimension_ids, values, strict=True)
                ),
            )
            for profile, values in zip(base.profile_ids, base.scores, strict=True)
            if np.isfinite(values).any() and profile not in left_out
        )
        return Edition(edition_id(base.id, rows), name, "", base.id, rows)

    return make


@pytest.fixture(scope="session")
def references_over(references):
    """Return references over tables with editions, those of 2015 computed once a test run."""

    def of(tables):
        shared = References(
            tables, references.reference, references.distances, references.errors,
            references.simulated,
        )  # fmt: skip
        return with_own(shared, Kept(100), Kept(10))

    return of
