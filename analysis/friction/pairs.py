"""The gaps on all topics between many parties at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.comparison import References
from analysis.friction.positions import topic_gaps, topic_loadings
from analysis.knowledge import Knowledge
from analysis.matrix import pairs_that_share
from analysis.settings import Settings
from analysis.tables import FloatArray


def topic_gap_matrix(
    knowledge: Knowledge, references: References, profile_ids: Sequence[str], settings: Settings
) -> FloatArray:
    """Return the gap on every topic for every ordered pair, by the rules of a single pair.

    Parameters
    ----------
    knowledge : Knowledge
    references : References
    profile_ids : sequence of n ids
    settings : Settings

    Returns
    -------
    ndarray of shape (n, n, n_topics)
        First minus second [standard deviations]; NaN where a pair or a topic gets no value.

    Raises
    ------
    UnknownProfileError
        An id is not in the tables.
    """
    n = len(profile_ids)
    gaps = np.full((n, n, len(knowledge.topics)), np.nan)
    for group in pairs_that_share(references, profile_ids, settings):
        reference = references.reference(group.yardstick)
        loadings = topic_loadings(
            knowledge.topics, group.yardstick.dimensions, reference.covariance,
            knowledge.friction.fewest_weight_share,
        )  # fmt: skip
        used = group.scores[:, reference.columns]
        gaps[group.first, group.second] = topic_gaps(
            used[group.first], used[group.second], reference.covariance, loadings
        )
    return gaps
