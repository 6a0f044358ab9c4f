"""Where a pair stands among all pairs of the reference set."""

from __future__ import annotations

import numpy as np

from analysis.charts.data import ChartData
from analysis.comparison import Comparison
from analysis.measures.registry import MEASURES
from analysis.sentences import FEW_PAIRS, of_pairs, source_line
from analysis.tables import FloatArray, Tables
from analysis.words import of_hundred

_BINS = 40


def histogram(distances: FloatArray) -> tuple[np.ndarray, FloatArray]:
    """Return counts, shape (n_bins,), and edges, shape (n_bins + 1,), of distances."""
    return np.histogram(distances, bins=_BINS)


def axis_title(comparison: Comparison) -> str:
    """Return the name of the headline measure with its unit."""
    measure = MEASURES[comparison.headline.id]
    return f"{measure.label} ({measure.unit})"


def likely_span(comparison: Comparison) -> tuple[float, float]:
    """Return the interval of the headline distance; the distance itself where there is none."""
    headline = comparison.headline
    return headline.interval or (headline.value, headline.value)


def distribution_data(tables: Tables, comparison: Comparison, distances: FloatArray) -> ChartData:
    """Return the words and counts of the histogram of all reference pairs.

    `distances` has shape (n_pairs,), sorted, from `analysis.reference.reference_distances` for the
    headline measure.
    """
    headline = comparison.headline
    low, high = likely_span(comparison)
    counts, edges = histogram(distances)
    pairs = f"{comparison.reference_pairs:,}"
    rank = of_hundred(headline.percentile)
    count, whole = of_pairs(tables, comparison, headline.percentile)
    total = 100 if comparison.reference_pairs >= FEW_PAIRS else comparison.reference_pairs
    return ChartData(
        "distribution",
        f"Farther apart than {count} of {whole}"
        if rank >= 50
        else f"Nearer to each other than {total - count} of {whole}",
        f"Bars: {pairs} pairs of the reference set. Line: {comparison.a.name} and"
        f" {comparison.b.name}; stronger grey: where they likely lie."
        f" {source_line(tables, comparison.settings.framework)}",
        f"Histogram of the distances of {pairs} country pairs, from {distances[0]:.2f} to"
        f" {distances[-1]:.2f} with the middle at {np.median(distances):.2f}."
        f" {comparison.a.name} and {comparison.b.name} stand at {headline.value:.2f}, likely"
        f" between {low:.2f} and {high:.2f}: farther than {rank} of 100.",
        ("From", "To", "Pairs"),
        tuple(
            (round(float(a), 3), round(float(b), 3), int(n))
            for a, b, n in zip(edges[:-1], edges[1:], counts, strict=True)
        ),
    )
