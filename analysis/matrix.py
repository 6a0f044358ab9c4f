"""The distances between many parties at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.comparison import References
from analysis.measures.registry import MEASURES
from analysis.profiles import build_profile
from analysis.reference import Yardstick, yardstick_for
from analysis.settings import Settings, enough_dimensions
from analysis.tables import FloatArray

IntArray = NDArray[np.intp]


def distance_matrix(
    references: References, profile_ids: Sequence[str], settings: Settings, measure_id: str
) -> FloatArray:
    """Return the distance of every pair of parties, by the rules of a single comparison.

    Pairs that share the same dimensions are computed together: there are only a handful of such
    sets, so the work is a few array operations for any number of parties.

    Parameters
    ----------
    references : References
    profile_ids : sequence of n ids
    settings : Settings
    measure_id : str

    Returns
    -------
    ndarray of shape (n, n)
        Symmetric, zero on the diagonal, NaN where a pair gets no distance.

    Raises
    ------
    UnknownProfileError
        An id is not in the tables.
    """
    matrix = np.full((len(profile_ids), len(profile_ids)), np.nan)
    for group in pairs_that_share(references, profile_ids, settings):
        if len(group.yardstick.dimensions) < MEASURES[measure_id].fewest_dimensions:
            continue
        reference = references.reference(group.yardstick)
        used = group.scores[:, reference.columns]
        matrix[group.first, group.second] = MEASURES[measure_id].compute(
            used[group.first], used[group.second], reference.covariance, group.yardstick.weights
        )
    return matrix


@dataclass(frozen=True, eq=False)
class SharedGroup:
    """The ordered pairs of parties that share one set of dimensions.

    `first` and `second` are positions among the parties, `scores` has shape (n, n_dimensions of the
    framework) [points].
    """

    yardstick: Yardstick
    first: IntArray
    second: IntArray
    scores: FloatArray


def pairs_that_share(
    references: References, profile_ids: Sequence[str], settings: Settings
) -> Iterator[SharedGroup]:
    """Yield all ordered pairs that get a distance, grouped by the dimensions that they share."""
    framework = references.tables.frameworks[settings.framework]
    profiles = [build_profile(references.tables, i, settings) for i in profile_ids]
    scores = np.array([p.values for p in profiles])
    sources = (*framework.profile_ids, *references.tables.own)
    rows = {profile_id: row for row, profile_id in enumerate(sources)}
    origins = np.array([[rows.get(s.origin, -1) for s in p.scores] for p in profiles])
    in_use = np.array([d in settings.dimensions for d in framework.dimension_ids])
    present = (origins >= 0) & in_use
    same_party = np.equal.outer(np.array(profile_ids), np.array(profile_ids))
    told_apart = (origins[:, None] != origins[None, :]) | same_party[..., None]
    shared = present[:, None] & present[None, :] & told_apart
    pattern = shared @ (1 << np.arange(shared.shape[-1]))
    for code in np.unique(pattern):
        dimensions = tuple(
            d for place, d in enumerate(framework.dimension_ids) if code >> place & 1
        )
        if enough_dimensions(framework, dimensions):
            first, second = np.nonzero(pattern == code)
            yield SharedGroup(yardstick_for(settings, dimensions), first, second, scores)
