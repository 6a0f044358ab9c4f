import pytest

from analysis.comparison import compare
from analysis.figures.distribution import distribution
from analysis.figures.dumbbell import dumbbell, poles_fit
from analysis.figures.overlap import overlap_curves
from analysis.figures.radar import radar
from analysis.figures.style import NARROW, PARTY_STYLES, SMALL_SIZE, legend_height, letters_width
from analysis.profiles import build_profile
from analysis.reference import yardstick_for
from analysis.settings import default_settings
from tests.figures.drawings import assert_sent_as_checked


@pytest.fixture(scope="module")
def charts_of(references):
    settings = default_settings(references.tables)

    def build(a, b):
        pair = compare(references, a, b, settings)
        distances = references.distances(
            yardstick_for(settings, pair.dimensions_used), "konara_mohr"
        )
        tables = references.tables
        return {
            "radar": radar(tables, [pair.a, pair.b]),
            "gaps": dumbbell(tables, pair),
            "distribution": distribution(tables, pair, distances),
            "overlap": overlap_curves(tables, pair),
        }

    return build


def test_every_chart_has_words_data_and_its_source(charts_of, tables):
    for name, chart in charts_of("NLD", "CHN").items():
        assert chart.id == name
        assert_sent_as_checked(chart)
        assert chart.title
        assert not chart.title.endswith(".")
        assert f"Parley data {tables.version}." in chart.caption
        assert len(chart.description) > 80
        assert chart.rows
        assert all(len(row) == len(chart.columns) for row in chart.rows)


def test_the_radar_shows_the_scores_in_the_frameworks_order(charts_of):
    chart = charts_of("NLD", "CHN")["radar"]
    ours, theirs = chart.figure.data
    assert list(ours.r) == [38, 80, 14, 53, 67, 68, 38]  # closed: the first score again
    assert list(theirs.r) == [80, 20, 66, 30, 87, 24, 80]
    assert chart.figure.layout.polar.angularaxis.rotation == 90
    assert chart.figure.layout.polar.angularaxis.direction == "clockwise"
    radius = chart.figure.layout.polar.radialaxis  # 112 is the highest score
    assert tuple(radius.range) == pytest.approx((0, 115))
    assert "Netherlands: power distance 38" in chart.description


def test_parties_differ_in_colour_dash_and_marker(charts_of):
    ours, theirs = charts_of("NLD", "CHN")["radar"].figure.data
    assert (ours.line.color, ours.line.dash, ours.marker.symbol[0]) == (
        "#0072B2", "solid", "circle",
    )  # fmt: skip
    assert (theirs.line.color, theirs.line.dash, theirs.marker.symbol[0]) == (
        "#D55E00", "dash", "square",
    )  # fmt: skip
    for channel in ("colour", "dash", "marker"):
        assert len({getattr(style, channel) for style in PARTY_STYLES}) == 6


def test_at_most_three_parties_are_filled_and_none_with_a_missing_score(tables, settings):
    ids = ["NLD", "ISR", "CHN", "JPN", "USA", "BRA"]
    chart = radar(tables, [build_profile(tables, i, settings) for i in ids])
    assert [trace.fill for trace in chart.figure.data] == [
        "toself", "none", "toself", "none", "none", "none",
    ]  # fmt: skip
    assert list(chart.figure.data[1].r) == [13, 54, 47, 81, 38, None, 13]
    assert "The line breaks where a score is missing." in chart.caption


def test_regional_scores_are_hollow_and_named(charts_of):
    charts = charts_of("KEN", "DEU")
    for name in ("radar", "gaps"):
        assert "Hollow markers are regional scores." in charts[name].caption
    assert set(drawn(charts["gaps"], "Kenya").marker.symbol) == {"circle-open"}
    assert "power distance 64 (regional)" in charts["radar"].description


def drawn(chart, name):
    return next(trace for trace in chart.figure.data if trace.name == name)


def test_the_two_sides_lie_on_top_and_only_they_have_error_bars(references, settings):
    pair = compare(references, "NLD", "CHN", settings, ())
    chart = dumbbell(references.tables, pair, [build_profile(references.tables, "JPN", settings)])
    named = [trace for trace in chart.figure.data if trace.name]
    assert [trace.name for trace in named] == ["Japan", "China", "Netherlands"]
    assert [trace.error_x.visible for trace in named] == [False, True, True]
    by_rank = sorted(named, key=lambda trace: trace.legendrank)
    assert [trace.name for trace in by_rank] == ["Netherlands", "China", "Japan"]


def test_the_dumbbell_puts_the_widest_gap_first_and_says_so(charts_of):
    chart = charts_of("NLD", "CHN")["gaps"]
    assert chart.title == "Individualism is the widest gap"
    assert [row[0] for row in chart.rows] == [
        "Individualism", "Masculinity", "Indulgence", "Power distance", "Uncertainty avoidance",
        "Long-term orientation",
    ]  # fmt: skip
    assert chart.rows[0][1:4] == (80, 20, 60)
    ours = drawn(chart, "Netherlands")
    assert list(ours.error_x.array) == pytest.approx([1.96 * 7.5] * 6)
    assert max(ours.y) == ours.y[list(ours.x).index(80)]


def test_a_dimension_that_does_not_count_comes_last_with_its_reason(charts_of):
    chart = charts_of("ISR", "USA")["gaps"]
    assert chart.rows[-1][0] == "Indulgence"
    assert chart.rows[-1][1] is None
    assert "Indulgence: a score is missing." in chart.description


def test_the_distribution_counts_every_pair_and_marks_this_one(charts_of):
    chart = charts_of("NLD", "CHN")["distribution"]
    assert sum(row[2] for row in chart.rows) == 1891
    assert chart.figure.layout.shapes[0].x0 == pytest.approx(1.9475, abs=5e-5)
    assert chart.title == "Farther apart than 93 of 100 country pairs"


def test_the_overlap_chart_shows_the_overlaps(charts_of):
    chart = charts_of("NLD", "CHN")["overlap"]
    assert chart.title == "Even on masculinity, 52 % of the two populations overlap"
    assert chart.rows[0][1] == pytest.approx(0.53, abs=0.005)
    hills = chart.figure.data[0]
    assert sum(y is None for y in hills.y) == 6  # one closed hill a dimension


def test_a_longer_legend_gets_more_room():
    assert legend_height(["Netherlands", "China"]) == 24
    assert legend_height(["Trinidad and Tobago", "Switzerland, French-speaking"]) == 48


def pair_under(references, framework):
    return compare(references, "NLD", "CHN", default_settings(references.tables, framework))


@pytest.mark.parametrize(
    "framework", ["globe-2004-values", "inglehart-welzel-2023", "hofstede-2015"]
)
def test_long_poles_stand_on_two_lines_that_fit_a_phone(references, framework):
    tables, pair = references.tables, pair_under(references, framework)
    low, high = dumbbell(tables, pair).figure.data[-2:]
    apart = [a != b for a, b in zip(low.y, high.y, strict=True)]
    assert set(apart) == {not poles_fit(tables, pair)} == {framework != "hofstede-2015"}
    assert all(letters_width(text) <= NARROW for text in (*low.text, *high.text))


def test_the_names_of_nine_axes_have_room_on_a_phone(references):
    tables, pair = references.tables, pair_under(references, "globe-2004-values")
    layout = radar(tables, [pair.a, pair.b]).figure.layout
    assert layout.polar.angularaxis.tickfont.size == SMALL_SIZE
    assert layout.margin.l == layout.margin.r > letters_width("egalitarianism")
    six = pair_under(references, "hofstede-2015")
    assert radar(tables, [six.a, six.b]).figure.layout.margin.l == 80


def test_one_dimension_is_not_said_to_be_one_of_several(references):
    tables, pair = references.tables, pair_under(references, "tightness-2011")
    chart = overlap_curves(tables, pair)
    assert chart.title.startswith("On tightness, ")
    assert len(chart.rows) == 1
