"""A chart drawn with Plotly, with everything that must stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.charts.data import ChartData


@dataclass(frozen=True, eq=False)
class Chart(ChartData):
    """A chart and its `figure`, a `plotly.graph_objects.Figure`."""

    figure: go.Figure


def drawn(data: ChartData, figure: go.Figure) -> Chart:
    """Return a chart's words and numbers together with its drawing."""
    return Chart(**vars(data), figure=figure)
