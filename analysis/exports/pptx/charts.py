"""Charts that stay editable: each with a workbook of its own behind it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt
from xlsxwriter import Workbook

from analysis.charts.axis import score_axis
from analysis.charts.distribution import axis_title, histogram, likely_span
from analysis.charts.dumbbell import by_gap, gap_label, score_reach
from analysis.charts.roadmap import known_steps, step_label, step_start, step_value
from analysis.charts.style import PARTY_STYLES, is_hollow
from analysis.deal import Deal
from analysis.exports.legible import shortened
from analysis.exports.pptx.master import GREY, INK, RULE
from analysis.exports.subject import Subject, score_format
from analysis.profiles import Profile
from analysis.strategy.roadmap import Roadmap

COLOURS = tuple(style.colour.removeprefix("#") for style in PARTY_STYLES)
_DASHES = {
    "solid": MSO_LINE.SOLID, "dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT,
    "dashdot": MSO_LINE.DASH_DOT, "longdash": MSO_LINE.LONG_DASH,
    "longdashdot": MSO_LINE.LONG_DASH_DOT,
}  # fmt: skip
_MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE, "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND, "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "triangle-down": XL_MARKER_STYLE.STAR,  # slides know no triangle on its tip
    "x": XL_MARKER_STYLE.X,
}  # fmt: skip
_LEGEND_NAME = 34
_OUTSIDE, _INSIDE = "D3D0CA", "9B9892"


def add_radar(place: Any, subject: Subject) -> Any:
    """Put a radar of all parties into a chart placeholder; return its frame."""
    framework = subject.tables.frameworks[subject.comparison.settings.framework]
    data = CategoryChartData(number_format=score_format(subject))
    data.categories = [d.name for d in framework.dimensions]
    for party in subject.parties:
        data.add_series(_legend(party), [party.score(d.id).value for d in framework.dimensions])
    frame = _insert(place, XL_CHART_TYPE.RADAR_MARKERS, data)
    chart = frame.chart
    for series, party, style, colour in zip(
        chart.plots[0].series, subject.parties, PARTY_STYLES, COLOURS, strict=False
    ):
        line, marker = series.format.line, _MARKERS[style.marker]
        line.width, line.dash_style = Pt(2.5), _DASHES[style.dash]
        line.color.rgb = RGBColor.from_string(colour)
        series.smooth = False
        _mark(series.marker, marker, colour)
        for position, score in enumerate(party.scores):
            if is_hollow(score):
                _mark(series.points[position].marker, marker, colour, hollow=True)
    axis = chart.value_axis
    scale = score_axis(subject.framework)
    axis.minimum_scale, axis.maximum_scale = scale.centre, scale.rim
    axis.major_unit = scale.rings[1] - scale.rings[0]
    _grid(axis)
    axis.tick_labels.font.size = Pt(9)
    axis.format.line.fill.background()
    chart.category_axis.tick_labels.font.size = Pt(12)
    _inner_plot(chart, (0.15, 0.17, 0.7, 0.75))
    return frame


def add_gaps(place: Any, subject: Subject) -> Any:
    """Put the scores of all parties as bars, the widest gap first, into a chart placeholder."""
    pair, parties = subject.comparison, subject.parties
    order = by_gap(subject.tables, pair)
    data = CategoryChartData(number_format=score_format(subject))
    data.categories = [
        f"{d.name}\n{gap_label(subject.tables, pair, d)}{_standing(parties, d.id)}" for d in order
    ]
    for party in parties:
        data.add_series(_legend(party), [party.score(d.id).value for d in order])
    frame = _insert(place, XL_CHART_TYPE.BAR_CLUSTERED, data)
    chart = frame.chart
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 55, -6
    shown = enumerate(zip(plot.series, parties, COLOURS, strict=False))
    for rank, (series, party, colour) in shown:
        _fill(series, colour, striped=rank == 1)
        _label_values(series, colour, score_format(subject))
        if rank < 2:
            reach = score_reach(pair, party, rank)
            _error_lines(series, [reach[party.dimension_ids.index(d.id)] for d in order])
    chart.category_axis.reverse_order = True  # the first dimension stands at the top
    axis = chart.value_axis
    scale, framework = score_axis(subject.framework), subject.framework
    axis.minimum_scale = framework.lowest
    axis.maximum_scale = framework.highest + 0.2 * (framework.highest - framework.lowest)
    axis.major_unit = scale.step
    axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # below: the order is turned round
    axis.tick_labels.font.size = Pt(9)
    axis.format.line.fill.background()
    _grid(axis)
    _quiet(chart.category_axis)
    chart.category_axis.tick_labels.font.size = Pt(11)
    _inner_plot(chart, (0.28, 0.11, 0.7, 0.81))
    return frame


def add_distribution(place: Any, subject: Subject) -> Any:
    """Put the distances of all reference pairs, with this pair marked, into a placeholder."""
    pair = subject.comparison
    if subject.distances is None:
        raise ValueError("A pair without a distance has no place among the others.")
    counts, edges = histogram(subject.distances)
    low, high = likely_span(pair)
    data = CategoryChartData(number_format="0")
    data.categories = [f"{edge:.2f}" for edge in (edges[:-1] + edges[1:]) / 2]
    data.add_series("Pairs of countries", counts.tolist())
    own = min(max(int(edges.searchsorted(pair.headline.value, "right")) - 1, 0), len(counts) - 1)
    top = round(float(counts.max()) * 1.06)
    data.add_series("This pair", [top if at == own else None for at in range(len(counts))])
    frame = _insert(place, XL_CHART_TYPE.COLUMN_CLUSTERED, data, legend=False)
    chart = frame.chart
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 6, 100
    series, line = plot.series
    _fill(series, _OUTSIDE)
    for place_of, (left, right) in enumerate(pairwise(edges)):
        if place_of == own or low <= (left + right) / 2 <= high:
            _fill(series.points[place_of], INK if place_of == own else _INSIDE)
    line.format.fill.background()
    _error_lines(line, [top if at == own else 0 for at in range(len(counts))], INK, "minus")
    label = line.points[own].data_label  # above all bars, where nothing stands behind it
    label.has_text_frame = True
    label.text_frame.text = "This pair"
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    _letters(label.text_frame.paragraphs[0].runs[0].font, 12, INK, bold=True)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.maximum_scale = float(counts.max()) * 1.2
    _quiet(chart.category_axis)
    chart.category_axis.tick_labels.font.size = Pt(10)
    _every_label(chart.category_axis, 5)
    _axis_title(chart.category_axis, axis_title(pair))
    return frame


def add_roadmap(place: Any, roadmap: Roadmap, deal: Deal) -> Any:
    """Put the stages of the road map as columns into a chart placeholder."""
    steps = known_steps(roadmap)
    data = CategoryChartData(number_format="#,##0.##" if roadmap.total else "0 %")
    data.categories = [f"{step.name}\n{step_start(step)}" for step in steps]
    name = f"Amount in {deal.currency}" if steps[0].amount is not None else "Share of the total"
    data.add_series(name, [step_value(step) for step in steps])
    frame = _insert(place, XL_CHART_TYPE.COLUMN_CLUSTERED, data, legend=False)
    chart = frame.chart
    plot = chart.plots[0]
    plot.gap_width = 60
    series = plot.series[0]
    _fill(series, "9CC6E0")
    for position, step in enumerate(steps):
        point = series.points[position]
        if position == 0:
            _fill(point, COLOURS[0])
        label = point.data_label
        label.has_text_frame = True
        label.text_frame.text = " ".join(step_label(roadmap, step, deal))
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        _letters(label.text_frame.paragraphs[0].runs[0].font, 12, INK)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.value_axis.maximum_scale = 1.15 * max(step_value(step) or 0.0 for step in steps)
    _quiet(chart.category_axis)
    chart.category_axis.tick_labels.font.size = Pt(12)
    return frame


def _insert(place: Any, kind: Any, data: CategoryChartData, *, legend: bool = True) -> Any:
    frame = place.insert_chart(kind, data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(data))
    chart.has_title = False
    chart.font.size = Pt(12)
    chart.font.name = "Arial"
    chart.font.color.rgb = RGBColor.from_string(INK)
    chart.has_legend = legend
    if legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(13)
    return frame


def _workbook(data: CategoryChartData) -> bytes:
    """Return the chart's workbook, where a name that looks like a formula stays a name."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 6, 18)
        number = book.add_format({"num_format": data.number_format})
        for row, category in enumerate(data.categories, 1):
            sheet.write_string(row, 0, category.label)
        for column, series in enumerate(data, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, number)
    return stream.getvalue()


def _legend(party: Profile) -> str:
    return shortened(party.name, _LEGEND_NAME)


def _standing(parties: Sequence[Profile], dimension_id: str) -> str:
    regional = [p.name for p in parties if p.score(dimension_id).standing == "regional"]
    return f" ({', '.join(shortened(n, 16) for n in regional)}: regional)" if regional else ""


def _mark(marker: Any, style: Any, colour: str, *, hollow: bool = False) -> None:
    marker.style, marker.size = style, 8
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = RGBColor.from_string("FFFFFF" if hollow else colour)
    marker.format.line.color.rgb = RGBColor.from_string(colour)
    marker.format.line.width = Pt(1.75)


def _fill(shape: Any, colour: str, *, striped: bool = False) -> None:
    fill = shape.format.fill
    if striped:  # tells the sides apart without colour
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb = RGBColor.from_string(colour)
        fill.back_color.rgb = RGBColor.from_string("F6D9C6")
        shape.format.line.color.rgb = RGBColor.from_string(colour)
    else:
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(colour)


def _label_values(series: Any, colour: str, number_format: str) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = XL_LABEL_POSITION.INSIDE_BASE
    _letters(labels.font, 10, "FFFFFF" if colour == COLOURS[0] else INK, bold=True)


def _error_lines(
    series: Any, spans: Sequence[float], colour: str = GREY, reach: str = "both"
) -> None:
    """Draw how far each value may lie off, or a line down; the library knows no error bars."""
    if not any(spans):
        return
    values = "".join(
        f'<c:pt idx="{place}"><c:v>{span:.2f}</c:v></c:pt>' for place, span in enumerate(spans)
    )
    held = f'<c:numLit><c:ptCount val="{len(spans)}"/>{values}</c:numLit>'
    capless, width = (0, 9525) if reach == "both" else (1, 22225)
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="{reach}"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="{capless}"/><c:plus>{held}</c:plus>'
        f'<c:minus>{held}</c:minus><c:spPr><a:ln w="{width}"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    series._element.find("{*}cat").addprevious(bars)


def _grid(axis: Any) -> None:
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(RULE)
    axis.major_gridlines.format.line.width = Pt(0.75)
    axis.major_tick_mark = XL_TICK_MARK.NONE


def _inner_plot(chart: Any, box: tuple[float, float, float, float]) -> None:
    """Set where the plot lies within the chart: left, top, width and height as shares."""
    parts = "".join(f'<c:{name} val="{value}"/>' for name, value in zip("xywh", box, strict=True))
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
        ),
    )


def _quiet(axis: Any) -> None:
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = RGBColor.from_string(RULE)


def _every_label(axis: Any, step: int) -> None:
    for name in ("tickLblSkip", "tickMarkSkip"):
        tag = parse_xml(f'<c:{name} {nsdecls("c")} val="{step}"/>')
        before = axis._element.find("{*}noMultiLvlLbl")
        before.addprevious(tag)


def _axis_title(axis: Any, text: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = text
    _letters(axis.axis_title.text_frame.paragraphs[0].runs[0].font, 11, GREY)


def _letters(font: Any, size: float, colour: str, *, bold: bool = False) -> None:
    font.size, font.bold = Pt(size), bold
    font.color.rgb = RGBColor.from_string(colour)
