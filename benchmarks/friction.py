"""All topics for all ordered pairs of countries, against the same arithmetic in plain NumPy.

The baseline gets the finished loadings and 101 made-up complete profiles, and does nothing but the
arithmetic. The last line is the real thing: the countries with their missing scores, by the rules
of a single pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from analysis.comparison import plain_references
from analysis.friction.pairs import topic_gap_matrix
from analysis.friction.positions import topic_gaps, topic_loadings
from analysis.friction.severity import severity
from analysis.knowledge import load_knowledge
from analysis.settings import default_settings
from analysis.tables import FloatArray, load_tables
from benchmarks.pairs import median_ms
from benchmarks.table import Line, show


def lines() -> Iterator[Line]:
    """Yield a line for the kernels and one for the real countries."""
    knowledge, tables = load_knowledge(), load_tables()
    scores = np.random.default_rng(1).uniform(1, 110, (101, 6))
    covariance = np.cov(scores, rowvar=False)
    dimensions = ("pdi", "idv", "mas", "uai", "lto", "ivr")
    loadings = topic_loadings(knowledge.topics, dimensions, covariance, 0.6)
    spread = np.sqrt(covariance.diagonal())
    erf = np.vectorize(math.erf, otypes=[float])

    def ours() -> FloatArray:
        return severity(topic_gaps(scores[:, None], scores[None, :], covariance, loadings))

    def plain() -> FloatArray:
        gaps = ((scores[:, None] - scores[None, :]) / spread) @ loadings.T
        return np.asarray(100 * erf(np.abs(gaps) / 2))

    np.testing.assert_allclose(ours(), plain(), atol=1e-9)
    baseline = median_ms(plain)
    yield Line(
        "18 topics, 101 x 101 ordered pairs", median_ms(ours), baseline, "ms", "plain NumPy", 2.0
    )
    references, settings = plain_references(tables), default_settings(tables)
    countries = [p.id for p in tables.profiles.values() if p.kind == "country"]

    def real() -> FloatArray:
        return severity(topic_gap_matrix(knowledge, references, countries, settings))

    found = int(np.isfinite(real()).any(axis=-1).sum()) - len(countries)
    what = f"the same for the {len(countries)} real countries, {found:,} pairs with a prediction"
    yield Line(what, median_ms(real), baseline, "ms", "plain NumPy")


if __name__ == "__main__":
    show(lines())
