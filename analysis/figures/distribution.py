"""Where a pair stands among all pairs of the reference set."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from analysis.comparison import Comparison, MeasureResult
from analysis.figures.chart import Chart
from analysis.figures.style import GREY, build_figure
from analysis.measures.registry import MEASURES
from analysis.sentences import source_line
from analysis.tables import FloatArray, Tables
from analysis.words import of_hundred

_BINS = 40
OUTSIDE, INSIDE = "rgba(128, 128, 128, 0.25)", "rgba(128, 128, 128, 0.55)"


def distribution(tables: Tables, comparison: Comparison, distances: FloatArray) -> Chart:
    """Draw the distances of all reference pairs with this pair and its interval marked.

    `distances` has shape (n_pairs,), from `analysis.reference.reference_distances` for the headline
    measure.
    """
    headline = comparison.headline
    low, high = headline.interval or (headline.value, headline.value)
    counts, edges = np.histogram(distances, bins=_BINS)
    pairs = f"{comparison.reference_pairs:,}"
    rank = of_hundred(headline.percentile)
    description = (
        f"Histogram of the distances of {pairs} country pairs, from {distances[0]:.2f} to"
        f" {distances[-1]:.2f} with the middle at {np.median(distances):.2f}."
        f" {comparison.a.name} and {comparison.b.name} stand at {headline.value:.2f}, likely"
        f" between {low:.2f} and {high:.2f}: farther than {rank} of 100."
    )
    return Chart(
        "distribution",
        _drawing(headline, counts, edges),
        f"Farther apart than {rank} of 100 country pairs",
        f"Bars: {pairs} pairs of the reference set. Line: this pair; stronger grey: where it likely"
        f" lies. {source_line(tables, comparison.settings.framework)}",
        description,
        ("From", "To", "Pairs"),
        tuple(
            (round(float(a), 3), round(float(b), 3), int(n))
            for a, b, n in zip(edges[:-1], edges[1:], counts, strict=True)
        ),
    )


def _drawing(headline: MeasureResult, counts: np.ndarray, edges: FloatArray) -> go.Figure:
    measure = MEASURES[headline.id]
    low, high = headline.interval or (headline.value, headline.value)
    centres = (edges[:-1] + edges[1:]) / 2
    return build_figure(
        [
            {
                "type": "bar",
                "x": centres.round(4).tolist(),
                "y": counts.tolist(),
                "marker": {"color": [INSIDE if low <= x <= high else OUTSIDE for x in centres]},
                "hovertemplate": "%{y} pairs near %{x:.2f}<extra></extra>",
            }
        ],
        260,
        {"l": 4, "r": 4, "t": 34, "b": 56},
        bargap=0.06,
        xaxis={
            "title": {"text": f"{measure.label} ({measure.unit})"}, "rangemode": "tozero",
            "zeroline": False, "showgrid": False, "fixedrange": True,
        },
        yaxis={"visible": False, "range": [0, float(counts.max()) * 1.04], "fixedrange": True},
        shapes=[
            {
                "type": "line", "x0": headline.value, "x1": headline.value, "yref": "paper",
                "y0": 0, "y1": 1, "line": {"color": GREY, "width": 4},
            }
        ],
        annotations=[
            {
                "text": "<b>This pair</b>", "showarrow": False,
                "x": headline.value, "y": 1.0, "yref": "paper", "yanchor": "bottom",
                "xanchor": "right" if headline.percentile > 50 else "left", "font": {"size": 14},
            }
        ],
    )  # fmt: skip
