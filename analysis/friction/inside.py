"""Friction inside a team: the topics on which its own members' cultures lie apart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.comparison import References
from analysis.friction.positions import topic_gaps
from analysis.friction.reference import FrictionReference
from analysis.friction.severity import severity
from analysis.knowledge import Knowledge
from analysis.knowledge.topics import Topic
from analysis.reference import Yardstick, yardstick_for
from analysis.settings import Settings, enough_dimensions
from analysis.tables import FloatArray

MOST = 3


def inside_frictions(
    knowledge: Knowledge,
    references: References,
    friction_references: Callable[[Yardstick], FrictionReference],
    scores: FloatArray,
    shares: FloatArray,
    settings: Settings,
) -> list[tuple[Topic, float]]:
    """Return the topics on which members differ most, never two of one family.

    Parameters
    ----------
    knowledge, references, friction_references
    scores : ndarray of shape (n_members, n_dimensions)
        NaN where missing; only dimensions on which every member has a score count.
    shares : ndarray of shape (n_members,)
        Each member's share in the team.
    settings : Settings

    Returns
    -------
    list of (topic, severity)
        Severity is the mean over two different members drawn by share [0..100], the highest first;
        empty with fewer than two members or too few dimensions.
    """
    framework = references.tables.frameworks[settings.framework]
    complete = np.asarray(np.isfinite(scores).all(axis=0))
    shared = tuple(
        d
        for d, known in zip(framework.dimension_ids, complete.tolist(), strict=True)
        if known and d in settings.dimensions
    )
    if len(scores) < 2 or not enough_dimensions(framework, shared):
        return []
    yardstick = yardstick_for(settings, shared)
    reference, against = references.reference(yardstick), friction_references(yardstick)
    used = scores[:, reference.columns]
    first, second = np.triu_indices(len(used), 1)
    found = severity(topic_gaps(used[first], used[second], reference.covariance, against.loadings))
    weight = shares[first] * shares[second]
    means = (found * weight[:, None]).sum(axis=0) / weight.sum()
    order = [p for p in np.argsort(-means, kind="stable").tolist() if np.isfinite(means[p])]
    kept: dict[str, tuple[Topic, float]] = {}
    for place in order:
        topic = knowledge.topics[place]
        if means[place] > 0:
            kept.setdefault(topic.family, (topic, float(means[place])))
    return list(kept.values())[:MOST]
