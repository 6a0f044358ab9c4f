"""How the distances of a bulk job lie over its rows."""

from __future__ import annotations

from typing import NamedTuple

from analysis.charts.bulk import RowDistances, bulk_distances_data
from analysis.figures.chart import Chart, drawn
from analysis.figures.drawing import Drawing
from analysis.figures.style import FAINT, GREY, SMALL_SIZE, build_figure
from analysis.tables import Tables

_FAR = 0.45
"""Share of the width from which two labels have room side by side."""

_ABOVE = 1.1


class _Line(NamedTuple):
    at: float
    dash: str
    label: str
    anchor: str
    top: float


def bulk_distances(tables: Tables, held: RowDistances) -> Chart:
    """Draw the rows of a job by distance, with their median and the reference set's."""
    return drawn(bulk_distances_data(tables, held), _drawing(held))


def _drawing(held: RowDistances) -> Drawing:
    counts, edges = held.histogram()
    lines = _lines(held, float(edges[-1]))
    return build_figure(
        [
            {
                "type": "bar",
                "x": ((edges[:-1] + edges[1:]) / 2).round(4).tolist(),
                "y": counts.tolist(),
                "marker": {"color": FAINT},
                "hovertemplate": "%{y:,} rows near %{x:.2f}<extra></extra>",
            }
        ],
        300,
        {"l": 4, "r": 4, "t": 56, "b": 56},
        bargap=0.06,
        xaxis={
            "title": {"text": held.axis_title}, "range": [0, float(edges[-1]) * 1.01],
            "zeroline": False, "showgrid": False, "fixedrange": True,
        },
        yaxis={"visible": False, "range": [0, float(counts.max()) * 1.04], "fixedrange": True},
        shapes=[
            {
                "type": "line", "x0": line.at, "x1": line.at, "yref": "paper", "y0": 0,
                "y1": line.top, "line": {"color": GREY, "width": 3, "dash": line.dash},
            }
            for line in lines
        ],
        annotations=[
            {
                "text": f"<b>{line.label}</b>", "showarrow": False, "x": line.at, "y": line.top,
                "yref": "paper", "xanchor": line.anchor, "yanchor": "bottom",
                "font": {"size": SMALL_SIZE + 1},
            }
            for line in lines
        ],
    )  # fmt: skip


def _lines(held: RowDistances, width: float) -> list[_Line]:
    """Place both lines so that no label is cut off on a phone and no line runs through one."""
    low, high = sorted(
        [(held.median, "solid", "Median row"), (held.reference_median, "dash", "Median pair")]
    )
    if high[0] - low[0] > _FAR * width:
        anchors = tuple("left" if one[0] < width / 2 else "right" for one in (low, high))
    else:
        anchors = ("left" if low[0] + high[0] < width else "right",) * 2
    # Of two labels that begin at their line the left one stands above, of two that end there the
    # right one: its line then reaches past the other label without touching it.
    tops = (_ABOVE, 1.0) if anchors[1] == "left" else (1.0, _ABOVE)
    return [
        _Line(*one, anchor, top)
        for one, anchor, top in zip((low, high), anchors, tops, strict=True)
    ]
