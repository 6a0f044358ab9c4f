"""The culture map: all distances at once as points in two dimensions, by metric scaling.

Metric multidimensional scaling puts the points so that the distances between them come as near to
the given ones as two dimensions allow. What remains is stated as Kruskal's stress-1. SMACOF (from
scikit-learn) finds the nearest low point of the stress from where it starts, and there are many:
the map is the best of many starts, always the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from analysis.atlas.distances import Distances, lacking_scores
from analysis.comparison import References
from analysis.matrix import distance_matrix
from analysis.profiles import Profile, build_profile
from analysis.refusal import parts_with_scores
from analysis.settings import Settings
from analysis.tables import FloatArray, Tables
from analysis.words import capital, join

SEED = 20150816
STARTS = 96
_FIRST_STEPS = 30
_KEPT = 6
"""Of 96 starts the six that stand best after 30 steps are followed to the end: within 1 % of
the lowest stress that longer searches found, for every measure, in about a second."""

EXACT = 1e-6
"""Stress below which a map is without error, but for rounding."""

NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Axis:
    """How an axis of the map goes with each dimension in use.

    `correlations` holds Spearman's rank correlation [-1..1] by dimension, the strongest first; it
    is 0 where all parties have the same score.
    """

    correlations: tuple[tuple[str, float], ...]


@dataclass(frozen=True, eq=False)
class CultureMap:
    """A map of parties on which distances are as right as two dimensions allow.

    Attributes
    ----------
    distances : Distances
        The matrix that the map draws; its `ids` are the rows of `positions`.
    positions : ndarray of shape (n, 2)
        In the unit of the measure; the second column is 0 where `line` holds. Read-only.
    line : bool
        Whether one dimension is in use, so that the parties stand on a line.
    stress : float
        Kruskal's stress-1 [0..1]; 0 is a map without error.
    axes : tuple of Axis
        What each axis goes with, left to right first; one where `line` holds.
    neighbours : mapping of id to ids
        For every party the three nearest by the true distances, the nearest first.
    """

    distances: Distances
    positions: FloatArray
    line: bool
    stress: float
    axes: tuple[Axis, ...]
    neighbours: Mapping[str, tuple[str, ...]]

    @property
    def ids(self) -> tuple[str, ...]:
        """The parties on the map, in the order of the rows of `positions`."""
        return self.distances.ids


@dataclass(frozen=True, slots=True)
class Placement:
    """A party on a finished map.

    Attributes
    ----------
    x, y : float or None
        None where it has no place; `reason` then says why, as a sentence.
    fixed : bool
        Whether it stands at a point of the map; False for one that was placed afterwards.
    stress : float
        Stress-1 of its own distances to the points of the map [0..1].
    nearest : tuple of ids
        The three parties of the map that are nearest by the true distances.
    """

    id: str
    x: float | None
    y: float | None
    fixed: bool
    stress: float
    nearest: tuple[str, ...]
    reason: str


def culture_map(tables: Tables, distances: Distances) -> CultureMap:
    r"""Draw a matrix of distances as a map.

    Kruskal's stress-1 relates the error of the drawn distances :math:`d` to their size,
    :math:`\delta` being the true ones:

    .. math:: S_1 = \sqrt{\sum (d_{ij} - \delta_{ij})^2 / \sum d_{ij}^2}

    The map has no direction of its own. Its widest extent lies left to right, and each axis points
    where the dimension that it goes with most is high. With two dimensions in use the first one
    lies left to right instead, the second upwards. None of this depends on the parties compared.

    Raises
    ------
    ValueError
        `distances.reason` says why there is no atlas.

    References
    ----------
    .. [1] Kruskal, J. B. (1964). Multidimensional scaling by optimizing goodness of fit to a
       nonmetric hypothesis. Psychometrika, 29(1), 1-27. doi:10.1007/BF02289565
    .. [2] Borg, I., & Groenen, P. J. F. (2005). Modern Multidimensional Scaling (2nd ed.).
       Springer. doi:10.1007/0-387-28981-X
    """
    if distances.reason:
        raise ValueError(distances.reason)
    line = len(distances.settings.dimensions) == 1
    scores = _scores(tables, distances)
    positions = _turned(_scaled(distances.matrix, 1 if line else 2), scores)
    axes = tuple(_axis(distances.settings.dimensions, column, scores) for column in positions.T)
    signs = [-1.0 if axis.correlations[0][1] < 0 else 1.0 for axis in axes]
    if scores.shape[1] > 2:
        positions = positions * signs
        axes = tuple(
            Axis(tuple((d, sign * r + 0.0) for d, r in axis.correlations))
            for sign, axis in zip(signs, axes, strict=True)
        )
    stress = stress_of(positions, distances.matrix)
    if line:
        positions = np.column_stack([positions, np.zeros(len(positions))])
    positions.flags.writeable = False
    nearest = np.argsort(distances.matrix + np.diag(np.full(len(positions), np.inf)), kind="stable")
    return CultureMap(
        distances, positions, line, stress, axes,
        MappingProxyType(
            {
                profile_id: tuple(distances.ids[n] for n in row[: min(NEIGHBOURS, len(row) - 1)])
                for profile_id, row in zip(distances.ids, nearest, strict=True)
            }
        ),
    )  # fmt: skip


def stress_of(positions: FloatArray, matrix: FloatArray) -> float:
    """Return Kruskal's stress-1 [0..1] of points, shape (n, k), for true distances, (n, n)."""
    first, second = np.triu_indices(len(matrix), 1)
    drawn = np.linalg.norm(positions[first] - positions[second], axis=1)
    return _stress(drawn, matrix[first, second])


def _stress(drawn: FloatArray, true: FloatArray) -> float:
    size = float(np.square(drawn).sum())
    return float(np.sqrt(np.square(drawn - true).sum() / size)) if size else 0.0


def _scores(tables: Tables, distances: Distances) -> FloatArray:
    """The scores in use, shape (n, k) [points]."""
    settings = distances.settings
    framework = tables.frameworks[settings.framework]
    columns = [framework.dimension_ids.index(d) for d in settings.dimensions]
    return np.array([build_profile(tables, i, settings).values[columns] for i in distances.ids])


def _scaled(matrix: FloatArray, dimensions: int) -> FloatArray:
    """Return the points with the lowest stress found, shape (n, dimensions)."""
    from sklearn.manifold import ClassicalMDS, smacof  # noqa: PLC0415 - 1.5 s, for the atlas alone

    size = float(matrix.mean())
    if not size:
        return np.zeros((len(matrix), dimensions))
    # Scaled to a mean of 1, so that the same tolerance fits degrees and standard deviations.
    true = matrix / size
    start = ClassicalMDS(n_components=dimensions, metric="precomputed").fit_transform(true)
    if stress_of(start, true) < EXACT:
        return np.asarray(start * size)

    def improved(points: FloatArray, steps: int, tolerance: float) -> FloatArray:
        found, _ = smacof(
            true, n_components=dimensions, init=points, n_init=1, max_iter=steps, eps=tolerance,
            normalized_stress=False,
        )  # fmt: skip
        return np.asarray(found)

    # On a line points cannot pass each other: only the classical start has them in order.
    more = STARTS if dimensions > 1 else 0
    generator = np.random.default_rng(SEED)
    starts = [start, *generator.standard_normal((more, *start.shape))]

    def stress(points: FloatArray) -> float:
        return stress_of(points, true)

    first = sorted((improved(p, _FIRST_STEPS, 1e-4) for p in starts), key=stress)[:_KEPT]
    best = min((improved(p, 3000, 1e-7) for p in first), key=stress)
    return np.asarray(improved(best, 3000, 1e-11) * size)


def _turned(positions: FloatArray, scores: FloatArray) -> FloatArray:
    """Turn the points to their principal axes, or to the scores where these are as few."""
    centred = positions - positions.mean(axis=0)
    if scores.shape[1] > centred.shape[1]:
        return np.asarray(centred @ np.linalg.svd(centred, full_matrices=False)[2].T)
    from scipy.linalg import orthogonal_procrustes  # noqa: PLC0415

    spread = scores.std(axis=0)
    target = (scores - scores.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return np.asarray(centred @ orthogonal_procrustes(centred, target)[0])


def _axis(dimensions: tuple[str, ...], positions: FloatArray, scores: FloatArray) -> Axis:
    from scipy.stats import spearmanr  # noqa: PLC0415

    # Equal scores stand at one place; what rounding puts between them is no order.
    drawn = np.round(positions / (np.abs(positions).max() or 1.0), 9)
    found = [
        (d, float(spearmanr(drawn, column).statistic) if np.ptp(column) else 0.0)
        for d, column in zip(dimensions, scores.T, strict=True)
    ]
    return Axis(tuple(sorted(found, key=lambda item: -abs(item[1]))))


def place(
    references: References, found: CultureMap, party_ids: Iterable[str]
) -> tuple[Placement, ...]:
    """Find the place of parties on a finished map, without moving any of its points.

    A party of the map keeps its point, and a country whose every score in use is that of a region
    on the map stands at the region's. Any other party, such as a team, is put where its own
    distances to the points are as right as they can be.

    Parameters
    ----------
    references : References
        May hold parties of a person's own.
    found : CultureMap
    party_ids : iterable of ids

    Raises
    ------
    UnknownProfileError
        An id is not in the tables.
    """
    settings = found.distances.settings
    profiles = [build_profile(references.tables, i, settings) for i in party_ids]
    matrix = distance_matrix(
        references, [*(p.id for p in profiles), *found.ids], settings, found.distances.measure
    )[: len(profiles), len(profiles) :]
    return tuple(
        _placement(references.tables, found, profile, row)
        for profile, row in zip(profiles, matrix, strict=True)
    )


def _placement(tables: Tables, found: CultureMap, profile: Profile, row: FloatArray) -> Placement:
    settings = found.distances.settings
    lacking = lacking_scores(tables, profile, settings)
    if lacking:
        parts = parts_with_scores(tables, profile.id, settings)
        names = join(tables.profiles[i].name_in_sentence for i in parts)
        instead = f"; {names} stand{'s' if len(parts) == 1 else ''} there instead" if parts else ""
        return Placement(
            profile.id, None, None, False, 0.0, (),
            f"{capital(profile.name_in_sentence)} has {lacking}, so it has no place on a map of"
            f" every dimension in use{instead}.",
        )  # fmt: skip
    order = [n for n in np.argsort(row, kind="stable") if np.isfinite(row[n])]
    nearest = tuple(found.ids[n] for n in order if found.ids[n] != profile.id)[:NEIGHBOURS]
    stands_at = _stands_at(profile, settings)
    if stands_at in found.ids:
        point = found.positions[found.ids.index(stands_at)]
        nearest = found.neighbours[stands_at]
    else:
        point = _best_point(found.positions[order], row[order], found.line)
    drawn = np.linalg.norm(found.positions[order] - point, axis=1)
    return Placement(
        profile.id, float(point[0]), float(point[1]), stands_at in found.ids,
        _stress(drawn, row[order]), nearest, "",
    )  # fmt: skip


def _stands_at(profile: Profile, settings: Settings) -> str:
    """The one profile whose scores the party stands with on every dimension in use, if any."""
    origins = {profile.score(d).origin for d in settings.dimensions}
    return origins.pop() if len(origins) == 1 else ""


def _best_point(points: FloatArray, true: FloatArray, line: bool) -> FloatArray:
    """Return the point, shape (2,), with the least squared error of its distances to `points`.

    `points`, shape (n, 2), stand in the order of `true`, the nearest first: the search starts at
    several of the nearest and at their middle, since there may be more than one low point.
    """
    from scipy.optimize import least_squares  # noqa: PLC0415 - 0.4 s, for the atlas alone

    free = points[:, :1] if line else points

    def wrong(point: FloatArray) -> FloatArray:
        return np.asarray(np.linalg.norm(point - free, axis=1) - true)

    def slope(point: FloatArray) -> FloatArray:
        apart = point - free
        drawn = np.linalg.norm(apart, axis=1)
        return np.asarray(apart / np.where(drawn > 0, drawn, 1.0)[:, None])

    # A little off each point: at the point itself the error has no slope to follow.
    off = 0.01 * float(true.mean())
    starts = [free[:8].mean(axis=0), free.mean(axis=0), *(free[:8] + off), *(free[:8] - off)]
    results = [least_squares(wrong, start, slope, method="lm") for start in starts]
    best = np.zeros(2)
    lowest = min(results, key=lambda result: float(result.cost)).x
    best[: free.shape[1]] = _settled(lowest, free, true)
    return best


def _settled(point: FloatArray, points: FloatArray, true: FloatArray) -> FloatArray:
    """Follow a low point to the end by Newton's method: where a search stops hangs on rounding."""
    found = point
    for _ in range(8):
        apart = found - points
        drawn = np.linalg.norm(apart, axis=1)
        if drawn.min() <= EXACT * true.max():
            return point  # at a point of the map the error has a kink
        along = apart / drawn[:, None]
        slope = along.T @ (drawn - true)
        across = 1 - true / drawn
        bend = np.eye(len(point)) * across.sum() + (along.T * (1 - across)) @ along
        if np.linalg.eigvalsh(bend)[0] <= 0:
            return point
        found = found - np.linalg.solve(bend, slope)
    # It starts beside the low point: what goes far has gone elsewhere.
    return found if np.linalg.norm(found - point) < 1e-3 * true.max() else point
