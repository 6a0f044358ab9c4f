"""Clusters of parties by average linkage on the matrix of distances itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from analysis.atlas.distances import Distances
from analysis.tables import FloatArray

FEWEST, MOST = 3, 10
"""How many clusters are tried where nobody chooses a number."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster: `number` counts from 1 along the tree's order, `members` stand in that order.

    `medoid` is the member with the smallest mean distance to the others, `within` the mean distance
    between members; None for a single one.
    """

    number: int
    members: tuple[str, ...]
    medoid: str
    within: float | None


@dataclass(frozen=True, eq=False)
class Clusters:
    """A tree over all parties and a cut through it.

    Attributes
    ----------
    linkage : ndarray of shape (n - 1, 4)
        As SciPy writes it, over the rows of `distances`; read-only.
    order : tuple of ids
        The leaves of the tree so that like stand as near to like as the tree allows.
    cophenetic : float or None
        Correlation of the heights in the tree with the distances themselves [-1..1]; None where
        either does not vary.
    silhouettes : mapping of int to float
        Mean silhouette [-1..1] by number of clusters, for those that were tried.
    clusters : tuple of Cluster
        In the order of the tree.
    best : int
        The number of clusters with the highest mean silhouette.
    cut : float
        The height of the cut: joins below it lie inside a cluster.
    """

    distances: Distances
    linkage: FloatArray
    order: tuple[str, ...]
    cophenetic: float | None
    silhouettes: Mapping[int, float]
    clusters: tuple[Cluster, ...]
    best: int
    cut: float

    def of(self, profile_id: str) -> Cluster:
        """Return the cluster of a party; ValueError where it is not in the tree."""
        for cluster in self.clusters:
            if profile_id in cluster.members:
                return cluster
        raise ValueError(f"{profile_id} is not in the tree.")


def clusters(distances: Distances, count: int | None = None) -> Clusters:
    """Cluster parties by average linkage (UPGMA) with optimal leaf ordering.

    Parameters
    ----------
    distances : Distances
    count : int, optional
        The number of clusters [1..n]; the one with the best mean silhouette between 3 and 10 when
        omitted. Where ties make it impossible there are fewer.

    Raises
    ------
    ValueError
        `distances.reason` says why there is no atlas, or `count` is out of range.

    References
    ----------
    .. [1] Sokal, R. R., & Michener, C. D. (1958). A statistical method for evaluating systematic
       relationships. University of Kansas Science Bulletin, 38, 1409-1438.
    .. [2] Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and
       validation of cluster analysis. Journal of Computational and Applied Mathematics, 20, 53-65.
       doi:10.1016/0377-0427(87)90125-7
    .. [3] Bar-Joseph, Z., Gifford, D. K., & Jaakkola, T. S. (2001). Fast optimal leaf ordering for
       hierarchical clustering. Bioinformatics, 17, S22-S29.
       doi:10.1093/bioinformatics/17.suppl_1.S22
    """
    from scipy.cluster.hierarchy import cophenet, leaves_list, linkage  # noqa: PLC0415 - 0.4 s
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    if distances.reason:
        raise ValueError(distances.reason)
    size = len(distances.ids)
    if count is not None and not 1 <= count <= size:
        raise ValueError(f"{count} clusters of {size} parties: choose 1 to {size}.")
    condensed = squareform(distances.matrix, checks=False)
    tree = np.asarray(linkage(condensed, "average", optimal_ordering=True))
    tree.flags.writeable = False
    heights = np.asarray(cophenet(tree))
    vary = bool(np.ptp(heights) and np.ptp(condensed))
    tried = range(min(FEWEST, size - 1), min(MOST, size - 1) + 1)
    silhouettes = {k: _mean_silhouette(distances.matrix, _cut(tree, k)) for k in tried}
    best = max(silhouettes, key=lambda k: (round(silhouettes[k], 9), -k))
    chosen = best if count is None else count
    order = np.asarray(leaves_list(tree))
    return Clusters(
        distances, tree, tuple(distances.ids[n] for n in order),
        float(np.corrcoef(heights, condensed)[0, 1]) if vary else None,
        MappingProxyType(silhouettes),
        _clusters(distances, order, _cut(tree, chosen)),
        best, _height(tree, chosen),
    )  # fmt: skip


def _cut(tree: FloatArray, count: int) -> np.ndarray:
    """Return the cluster of every row, shape (n,), for a cut into `count` clusters."""
    from scipy.cluster.hierarchy import fcluster  # noqa: PLC0415

    return np.asarray(fcluster(tree, count, "maxclust"))


def _height(tree: FloatArray, count: int) -> float:
    """Return a height between the last join inside a cluster and the first between two."""
    joins = np.concatenate([[0.0], tree[:, 2], [1.05 * tree[-1, 2]]])
    return float(joins[-count - 1] + joins[-count]) / 2


def _mean_silhouette(matrix: FloatArray, labels: np.ndarray) -> float:
    """Return the mean silhouette; -1, the lowest, where there are too few clusters for one."""
    from sklearn.metrics import silhouette_score  # noqa: PLC0415 - 1.5 s, for the atlas alone

    if not 2 <= len(np.unique(labels)) < len(labels):
        return -1.0
    return float(silhouette_score(matrix, labels, metric="precomputed"))


def _clusters(distances: Distances, order: np.ndarray, labels: np.ndarray) -> tuple[Cluster, ...]:
    found = []
    for number, label in enumerate(dict.fromkeys(labels[order].tolist()), start=1):
        rows = [row for row in order if labels[row] == label]
        within = distances.matrix[np.ix_(rows, rows)]
        others = len(rows) - 1
        found.append(
            Cluster(
                number,
                tuple(distances.ids[row] for row in rows),
                distances.ids[rows[int(within.sum(axis=1).argmin())]],
                float(within.sum() / (len(rows) * others)) if others else None,
            )
        )
    return tuple(found)
