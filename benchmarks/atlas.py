"""The full atlas of one framework against the same steps in plain SciPy.

The baseline gets the finished scores and does nothing but the arithmetic: a distance matrix with
`cdist`, a map by minimising the raw stress with L-BFGS from 20 random starts, a tree and its cut.
Ours reads the profiles by the rules of a comparison and keeps the best of 97 starts of SMACOF. Both
stresses are printed: a quicker map that fits worse is no gain. Imports are not measured. Both sides
work on one thread: on problems this small more threads only wait for each other.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
from scipy.cluster import hierarchy
from scipy.optimize import minimize
from scipy.spatial.distance import cdist, squareform
from threadpoolctl import threadpool_limits

from analysis.atlas.clusters import clusters
from analysis.atlas.culture_map import culture_map, stress_of
from analysis.atlas.distances import complete_distances
from analysis.atlas.neighbours import neighbours
from analysis.comparison import References, plain_references
from analysis.profiles import build_profile
from analysis.reference import yardstick_for
from analysis.settings import default_settings
from analysis.tables import FloatArray, load_tables
from benchmarks.table import Line, show

REPEATS = 5
STARTS = 20


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of a call [s]; the first one, which imports, does not count."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def plain_map(matrix: FloatArray) -> FloatArray:
    """Return the points with the lowest raw stress of several descents, shape (n, 2)."""
    first, second = np.triu_indices(len(matrix), 1)
    true, size = matrix[first, second], len(matrix)

    def raw(flat: FloatArray) -> tuple[float, FloatArray]:
        points = flat.reshape(-1, 2)
        apart = points[first] - points[second]
        drawn = np.sqrt(np.square(apart).sum(axis=1))
        pull = (2 * (drawn - true) / np.maximum(drawn, 1e-12))[:, None] * apart
        slope = np.stack(
            [
                np.bincount(first, pull[:, axis], size) - np.bincount(second, pull[:, axis], size)
                for axis in (0, 1)
            ],
            axis=1,
        )
        return float(np.square(drawn - true).sum()), slope.ravel()

    generator = np.random.default_rng(1)
    found = [
        minimize(raw, generator.normal(0, matrix.mean(), 2 * size), jac=True, method="L-BFGS-B")
        for _ in range(STARTS)
    ]
    return np.asarray(min(found, key=lambda result: float(result.fun)).x.reshape(-1, 2))


@threadpool_limits.wrap(limits=1)
def lines() -> Iterator[Line]:
    """Yield a line for each step, one for all of them, and one for the neighbours."""
    tables = load_tables()
    settings = default_settings(tables)
    plain = plain_references(tables)
    references = References(
        tables, lru_cache(plain.reference), plain.distances, plain.errors, plain.simulated
    )
    distances = complete_distances(references, settings)
    scores = np.array([build_profile(tables, i, settings).values for i in distances.ids])
    settled = references.reference(yardstick_for(settings, settings.dimensions))
    spread = settled.covariance.diagonal()

    def plain_matrix() -> FloatArray:
        return np.asarray(cdist(scores, scores, "seuclidean", V=spread) / np.sqrt(scores.shape[1]))

    def plain_tree() -> object:
        condensed = squareform(distances.matrix, checks=False)
        tree = hierarchy.linkage(condensed, "average", optimal_ordering=True)
        return hierarchy.cophenet(tree, condensed), hierarchy.fcluster(tree, 9, "maxclust")

    steps = {
        "matrix": (lambda: complete_distances(references, settings), plain_matrix),
        "map": (lambda: culture_map(tables, distances), lambda: plain_map(distances.matrix)),
        "clusters": (lambda: clusters(distances), plain_tree),
    }
    np.testing.assert_allclose(distances.matrix, plain_matrix(), atol=1e-9)
    totals, size = np.zeros(2), len(distances.ids)
    for name, (ours, theirs) in steps.items():
        took = np.array([seconds(ours), seconds(theirs)])
        totals += took
        yield Line(f"atlas of {size} parties: {name}", *(1000 * took).tolist(), "ms", "plain SciPy")
    yield Line(f"atlas of {size} parties: all of it", *totals.tolist(), "s", "plain SciPy")
    yield Line(
        "stress of the culture map", culture_map(tables, distances).stress,
        stress_of(plain_map(distances.matrix), distances.matrix), "", "plain SciPy", 1.0,
    )  # fmt: skip
    took_all = seconds(lambda: neighbours(plain, "NLD", settings))
    yield Line("neighbours of a party with intervals", took_all, totals[0], "s", "all of the atlas")


if __name__ == "__main__":
    show(lines())
