"""Where a pair stands among all pairs of the reference set."""

from __future__ import annotations

import numpy as np

from analysis.charts.distribution import (
    axis_title,
    distribution_data,
    histogram,
    likely_span,
)
from analysis.comparison import Comparison
from analysis.figures.chart import Chart, drawn
from analysis.figures.drawing import Drawing
from analysis.figures.style import GREY, build_figure
from analysis.tables import FloatArray, Tables

OUTSIDE, INSIDE = "rgba(128, 128, 128, 0.25)", "rgba(128, 128, 128, 0.55)"


def distribution(tables: Tables, comparison: Comparison, distances: FloatArray) -> Chart:
    """Draw the distances of all reference pairs with this pair and its interval marked.

    `distances` has shape (n_pairs,), from `analysis.reference.reference_distances` for the headline
    measure.
    """
    return drawn(
        distribution_data(tables, comparison, distances),
        _drawing(comparison, *histogram(distances)),
    )


def _drawing(comparison: Comparison, counts: np.ndarray, edges: FloatArray) -> Drawing:
    headline = comparison.headline
    low, high = likely_span(comparison)
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
            "title": {"text": axis_title(comparison)}, "rangemode": "tozero",
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
