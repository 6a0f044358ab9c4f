"""All 101 x 101 pairs on every measure, against SciPy's `cdist` doing the same arithmetic.

The kernels get 101 made-up complete profiles, so that both sides do the same work. The last line is
the real thing: the 101 countries with their missing scores, by the rules of a single comparison.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
from scipy.spatial.distance import cdist

from analysis.comparison import plain_references
from analysis.matrix import distance_matrix
from analysis.measures.registry import MEASURES
from analysis.settings import default_settings
from analysis.tables import load_tables
from benchmarks.table import Line, show

REPEATS = 30


def median_ms(work: Callable[[], object]) -> float:
    """Return the median time of a call [ms]."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def lines() -> Iterator[Line]:
    """Yield a line for each measure, one for all of them, and one for the real countries."""
    scores = np.random.default_rng(1).uniform(1, 110, (101, 6))
    covariance = np.cov(scores, rowvar=False)
    variance, inverse = covariance.diagonal(), np.linalg.inv(covariance)
    standardised = scores / np.sqrt(variance)
    baseline: dict[str, Callable[[], np.ndarray]] = {
        "konara_mohr": lambda: cdist(scores, scores, "seuclidean", V=variance) / np.sqrt(6),
        "kogut_singh": lambda: cdist(standardised, standardised, "sqeuclidean") / 6,
        "euclidean_standardised": lambda: cdist(scores, scores, "seuclidean", V=variance),
        "euclidean": lambda: cdist(scores, scores),
        "manhattan": lambda: cdist(standardised, standardised, "cityblock") / 6,
        "mahalanobis": lambda: cdist(scores, scores, "mahalanobis", VI=inverse),
        "angle": lambda: np.degrees(np.arccos(1 - cdist(scores, scores, "cosine").clip(0, 2))),
        "mahalanobis_kogut_singh": lambda: (
            cdist(scores, scores, "mahalanobis", VI=inverse) ** 2 / 6
        ),
    }
    left, right = scores[:, None], scores[None, :]
    totals = np.zeros(2)
    for name, measure in MEASURES.items():
        ours = median_ms(lambda m=measure: m.compute(left, right, covariance))
        theirs = median_ms(baseline[name])
        np.testing.assert_allclose(
            measure.compute(left, right, covariance), baseline[name](), atol=2e-5
        )
        totals += ours, theirs
        yield Line(f"101 x 101 pairs, {name}", ours, theirs, "ms", "cdist")
    yield Line("101 x 101 pairs, all measures", *totals.tolist(), "ms", "cdist", 10.0)
    yield _real_countries(totals[1])


def _real_countries(baseline: float) -> Line:
    tables = load_tables()
    references, settings = plain_references(tables), default_settings(tables)
    framework = tables.frameworks[settings.framework]
    countries = [
        profile_id
        for profile_id, row in zip(framework.profile_ids, framework.scores, strict=True)
        if tables.profiles[profile_id].kind == "country" and np.isfinite(row).any()
    ]
    ours = median_ms(
        lambda: [distance_matrix(references, countries, settings, m) for m in MEASURES]
    )
    return Line(f"the {len(countries)} real countries, all measures", ours, baseline, "ms", "cdist")


if __name__ == "__main__":
    show(lines())
