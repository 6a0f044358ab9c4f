"""What a pair's friction is measured against, and how topics come together to one figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.comparison import References
from analysis.friction.positions import topic_gaps, topic_loadings
from analysis.friction.severity import severity
from analysis.knowledge import Knowledge
from analysis.reference import ReferenceSet, Yardstick
from analysis.tables import FloatArray


@dataclass(frozen=True, eq=False)
class FrictionReference:
    """What a pair's friction is measured against.

    Attributes
    ----------
    loadings : ndarray of shape (n_topics, k)
    gaps : ndarray of shape (n_topics, n_pairs)
        Absolute gaps over the reference pairs, each row in rising order; NaN rows for topics with
        too little to go by.
    overall : ndarray of shape (n_pairs,)
        Overall severity of all reference pairs in rising order; empty where too few families have a
        topic.
    mean : ndarray of shape (k,)
        Mean scores [points].
    """

    loadings: FloatArray
    gaps: FloatArray
    overall: FloatArray
    mean: FloatArray


FrictionReferences = Callable[[Yardstick], FrictionReference]


def build_friction_reference(
    knowledge: Knowledge, reference: ReferenceSet, dimensions: tuple[str, ...]
) -> FrictionReference:
    """Compute the loadings, and the gaps and the overall severity of all reference pairs."""
    model = knowledge.friction
    loadings = topic_loadings(
        knowledge.topics, dimensions, reference.covariance, model.fewest_weight_share
    )
    first, second = reference.pairs
    gaps = np.abs(
        topic_gaps(
            reference.scores[first], reference.scores[second], reference.covariance, loadings
        )
    )
    overall = overall_severity(knowledge, severity(gaps))
    return FrictionReference(
        loadings,
        np.sort(gaps.T, axis=1),
        np.sort(overall) if np.isfinite(overall).all() else np.empty(0),
        reference.scores.mean(axis=0),
    )


def plain_friction_references(knowledge: Knowledge, references: References) -> FrictionReferences:
    """Return friction references that compute everything when asked."""
    return lambda yardstick: build_friction_reference(
        knowledge, references.reference(yardstick), yardstick.dimensions
    )


def family_means(knowledge: Knowledge, severities: FloatArray) -> FloatArray:
    """Return the mean severity of each family, shape (..., n_families); NaN for one without topic.

    Parameters
    ----------
    severities : ndarray of shape (..., n_topics)
        NaN for a topic with too little to go by.
    """
    member = np.array(
        [[topic.family == family.id for topic in knowledge.topics] for family in knowledge.families]
    )
    present = np.isfinite(severities)
    total = np.where(present, severities, 0.0) @ member.T
    count = present @ member.T.astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(total / count)


def overall_severity(knowledge: Knowledge, severities: FloatArray) -> FloatArray:
    """Return the mean of the family means, shape (...); NaN where too few families have a topic."""
    means = family_means(knowledge, severities)
    present = np.isfinite(means)
    count = present.sum(axis=-1)
    total = np.where(present, means, 0.0).sum(axis=-1)
    return np.asarray(
        np.where(count >= knowledge.friction.fewest_families, total / np.maximum(count, 1), np.nan)
    )
