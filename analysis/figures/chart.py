"""A chart drawn with Plotly, with everything that must stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import plotly.graph_objects as go

from analysis.charts.data import ChartData
from analysis.figures.drawing import Drawing


@dataclass(frozen=True, eq=False)
class Chart(ChartData):
    """A chart and its `drawing`, which `st.plotly_chart` takes."""

    drawing: Drawing

    @cached_property
    def figure(self) -> go.Figure:
        """The drawing as a figure of Plotly's own, every part of it checked."""
        return self.drawing.checked()


def drawn(data: ChartData, drawing: Drawing) -> Chart:
    """Return a chart's words and numbers together with its drawing."""
    return Chart(**vars(data), drawing=drawing)
