"""Charts that stay charts: the reader can change their data and their look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MethodType
from typing import Any

from analysis.charts.axis import score_axis
from analysis.charts.style import PARTY_STYLES, PartyStyle, is_hollow
from analysis.exports.fitting import text_width
from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import FIRST_ROW, FONT, GREY, INK, PIXELS_PER_POINT, SMALL, Book
from analysis.exports.xlsx.places import (
    GAPS,
    NAME_COLUMN,
    PARTY_COLUMN,
    ROADMAP,
    SCORE_COLUMN,
    SCORES,
    Places,
)
from analysis.profiles import Profile
from analysis.tables import Dimension

RADAR_WIDTH = 560
GAP_CHART = (820, 340)
ROADMAP_CHART = (640, 300)
_GAP_COLUMN = 3
_WHOLE_FROM = 20
"""On a scale at least this long a gap is read in whole points."""

_GAP_EDGE, _GAP_STEP = 1.2, 0.4
"""End and step of the axis of gaps, as shares of the scale."""

_PLOT, _LABELS, _LEGEND_LINE, _LEGEND_SIGN = 350, 36, 20, 60
"""The radar without its labels, the room above and below it, a line of the legend, and what stands
before a name there [pixels]."""
_RINGS = "#C8C8C8"

_DASHES: Mapping[str, str] = {
    "solid": "solid",
    "dash": "dash",
    "dot": "round_dot",
    "dashdot": "dash_dot",
    "longdash": "long_dash",
    "longdashdot": "long_dash_dot",
}
_MARKERS: Mapping[str, str] = {
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "triangle-up": "triangle",
    "triangle-down": "star",  # the format has no triangle that stands on its tip
    "x": "x",
}


def parties_with_scores(subject: Subject) -> list[tuple[int, Profile]]:
    """Return the parties that have any score to draw, with their places."""
    return [
        (place, party)
        for place, party in enumerate(subject.parties)
        if any(score.value is not None for score in party.scores)
    ]


def radar_chart(book: Book, subject: Subject, places: Places) -> tuple[Any, tuple[int, int]]:
    """Return the radar of all parties that have scores, with its size [pixels].

    The scale is fixed, a missing score breaks the line, and a regional one has a hollow marker.
    """
    chart = book.workbook.add_chart({"type": "radar", "subtype": "with_markers"})
    axis = score_axis(subject.framework)
    drawn = parties_with_scores(subject)
    for place, party in drawn:
        style = PARTY_STYLES[place]
        rows = (places.score_row(place, places.fixed[0]), places.score_row(place, places.fixed[-1]))
        line = {"color": style.colour, "width": 2, "dash_type": _DASHES[style.dash]}
        chart.add_series(
            {
                "name": [SCORES, rows[0], PARTY_COLUMN],
                "categories": [SCORES, rows[0], NAME_COLUMN, rows[1], NAME_COLUMN],
                "values": [SCORES, rows[0], SCORE_COLUMN, rows[1], SCORE_COLUMN],
                # The library would keep an empty cell as 0 beside the chart.
                "values_data": [score.value for score in party.scores],
                "line": line,
                "marker": {
                    "type": _MARKERS[style.marker],
                    "size": 7,
                    "fill": {"color": style.colour},
                    "border": {"color": style.colour},
                },
                "points": [_point(style, is_hollow(score)) for score in party.scores],
            }
        )
    _draw_points_as_markers(chart)
    chart.set_y_axis(
        {
            "min": _short(axis.centre),
            "max": _short(axis.rim),
            "major_unit": _short(axis.rings[1] - axis.rings[0]),
            "num_format": "General",
            "num_font": _letters(GREY),
            "line": {"color": _RINGS},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": True, "line": {"color": _RINGS, "width": 0.75}},
        }
    )
    chart.set_x_axis({"num_font": _letters(INK)})
    _calm(chart)
    legend = _LEGEND_LINE * _legend_lines(drawn)
    height = _PLOT + 2 * _LABELS + legend + _LEGEND_LINE
    room = {
        "x": 0.02,
        "y": 1 - (legend + _LEGEND_LINE / 2) / height,
        "width": 0.96,
        "height": legend / height,
    }
    chart.set_legend({"position": "bottom", "font": _letters(INK), "layout": room})
    plot = {
        "x": (1 - _PLOT / RADAR_WIDTH) / 2,
        "y": _LABELS / height,
        "width": _PLOT / RADAR_WIDTH,
        "height": _PLOT / height,
    }
    chart.set_plotarea({"fill": {"none": True}, "layout": plot})
    return chart, (RADAR_WIDTH, height)


def _short(value: float) -> float:
    """Return a number as a file writes it best: whole where it is, without stray last digits."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _legend_lines(drawn: Sequence[tuple[int, Profile]]) -> int:
    widths = [text_width(party.name, SMALL * PIXELS_PER_POINT) + _LEGEND_SIGN for _, party in drawn]
    columns = max(1, int(RADAR_WIDTH // max(widths)))
    return -(-len(drawn) // columns)


def _point(style: PartyStyle, hollow: bool) -> dict[str, Any] | None:
    if not hollow:
        return None
    return {"fill": {"color": "#FFFFFF"}, "border": {"color": style.colour, "width": 1.5}}


def _draw_points_as_markers(chart: Any) -> None:
    """Make a point's look that of its marker, as the library does for line charts.

    For a radar it would recolour the piece of line that leads to the point. Series are written in
    their order, each point once, so the marker of a point is that of the series under way.
    """
    written: dict[str, Any] = {}
    whole_series = chart._write_ser

    def series(_: Any, data: dict[str, Any]) -> None:
        written["marker"] = data["marker"]
        whole_series(data)

    def point(this: Any, place: int, look: dict[str, Any]) -> None:
        this._xml_start_tag("c:dPt")
        this._write_idx(place)
        this._write_marker({**written["marker"], **look})
        this._xml_end_tag("c:dPt")

    chart._write_ser = MethodType(series, chart)
    chart._write_d_pt_point = MethodType(point, chart)


def gap_chart(book: Book, subject: Subject, order: Sequence[Dimension]) -> Any:
    """Return the bars of the gaps, the widest on top, coloured by the side that scores higher."""
    chart = book.workbook.add_chart({"type": "bar"})
    last = FIRST_ROW + len(order) - 1
    span = subject.framework.highest - subject.framework.lowest
    gaps = [subject.comparison.gaps[d.id].points for d in order]
    colours = [PARTY_STYLES[0 if (gap or 0.0) >= 0 else 1].colour for gap in gaps]
    chart.add_series(
        {
            "name": "Gap",
            "categories": [GAPS, FIRST_ROW, 0, last, 0],
            "values": [GAPS, FIRST_ROW, _GAP_COLUMN, last, _GAP_COLUMN],
            "values_data": gaps,
            "points": [{"fill": {"color": c}, "border": {"none": True}} for c in colours],
            "data_labels": {"value": True, "font": _letters(INK)},
            "gap": 60,
        }
    )
    chart.set_x_axis(
        {
            "min": _short(-_GAP_EDGE * span),
            "max": _short(_GAP_EDGE * span),
            "major_unit": _short(_GAP_STEP * span),
            "num_format": "0;0;0" if span > _WHOLE_FROM else "0.0;0.0;0.0",
            "num_font": _letters(GREY),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": _RINGS, "width": 0.75}},
        }
    )
    chart.set_y_axis(
        {
            "reverse": True,
            "label_position": "low",
            "num_font": _letters(INK),
            "line": {"color": GREY},
            "major_tick_mark": "none",
        }
    )
    chart.set_legend({"none": True})
    _calm(chart)
    return chart


def roadmap_chart(book: Book, steps: int, column: int) -> Any:
    """Return the columns of the stages; `column` holds their heights."""
    chart = book.workbook.add_chart({"type": "column"})
    last = FIRST_ROW + steps - 1
    chart.add_series(
        {
            "name": [ROADMAP, FIRST_ROW - 1, column],
            "categories": [ROADMAP, FIRST_ROW, 0, last, 0],
            "values": [ROADMAP, FIRST_ROW, column, last, column],
            "fill": {"color": PARTY_STYLES[0].colour},
            "border": {"none": True},
            "data_labels": {"value": True, "font": _letters(INK)},
            "gap": 60,
        }
    )
    chart.set_x_axis({"num_font": _letters(INK), "line": {"color": GREY}})
    chart.set_y_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    _calm(chart)
    return chart


def _letters(colour: str) -> dict[str, Any]:
    return {"name": FONT, "size": SMALL, "color": colour, "bold": False}


def _calm(chart: Any) -> None:
    """Take away title, frame and ground: title and source stand in cells, where they wrap."""
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart._write_disp_blanks_as = MethodType(_leave_gaps, chart)


def _leave_gaps(chart: Any) -> None:
    """Say that nothing is drawn for an empty cell.

    The library leaves that unsaid, as Excel of 2007 did; by the standard it would then be a 0.
    """
    chart._xml_empty_tag("c:dispBlanksAs", [("val", "gap")])
