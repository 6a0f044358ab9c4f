import itertools

import numpy as np
import pytest

from analysis.atlas.culture_map import place
from analysis.atlas.groups import OwnGroup, group_profile
from analysis.atlas.neighbours import neighbours
from analysis.charts.culture_map import named_points
from analysis.figures import culture_map as drawing
from analysis.figures.culture_map import culture_map_chart
from analysis.figures.dendrogram import dendrogram
from analysis.figures.groups import groups_chart
from analysis.figures.heat_map import heat_map
from analysis.figures.neighbours import neighbours_chart
from analysis.settings import default_settings
from tests.figures.drawings import assert_sent_as_checked

CHOSEN = ("NLD", "CHN", "EGY")


@pytest.fixture(scope="module")
def charts_of(references, map_of, clusters_of):
    tables = references.tables

    def build(framework, chosen=CHOSEN):
        settings = default_settings(tables, framework)
        found, tree = map_of(framework), clusters_of(framework)
        groups = [group_profile(tables, tables.groups[i], settings) for i in ("eu", "asean")]
        return {
            "culture-map": culture_map_chart(tables, found, place(references, found, chosen), tree),
            "dendrogram": dendrogram(tables, tree, chosen),
            "heat-map": heat_map(tables, tree, chosen),
            "groups": groups_chart(tables, groups, settings),
            "neighbours": neighbours_chart(
                tables, neighbours(references, chosen[0], settings), party_ids=chosen
            ),
        }

    return build


def test_every_chart_has_words_data_and_its_source(charts_of, tables, framework):
    for name, chart in charts_of(framework).items():
        assert chart.id == name
        assert_sent_as_checked(chart)
        assert chart.title
        assert not chart.title.endswith(".")
        assert f"Parley data {tables.version}." in chart.caption
        assert len(chart.description) > 80
        assert "nan" not in chart.description.lower().replace("vietnam", "")
        assert chart.rows
        assert all(len(row) == len(chart.columns) for row in chart.rows)


def test_titles_state_the_finding(charts_of):
    assert {name: chart.title for name, chart in charts_of("hofstede-2015").items()} == {
        "culture-map": "Sweden, Norway and Finland are among the nearest to the Netherlands",
        "dendrogram": "The Netherlands and China stand in different clusters",
        "heat-map": "On average Slovakia lies farthest from the others; Türkiye, Brazil and Spain"
        " lie nearest, about equally",
        "groups": "The means of the groups lie farthest apart on individualism and"
        " uncertainty avoidance",
        "neighbours": "The scores of Sweden are nearest to those of the Netherlands, but 26 others"
        " may be as near",
    }


def test_the_chosen_parties_keep_their_styles(charts_of):
    named = {t.name: t for t in charts_of("hofstede-2015")["culture-map"].figure.data if t.name}
    assert list(named) == ["Egypt", "China", "Netherlands"]  # our side on top
    assert named["Netherlands"].marker.color == "#0072B2"
    assert named["Netherlands"].marker.symbol == "circle"
    assert named["China"].marker.symbol == "square"
    assert named["Egypt"].marker.symbol == "diamond-open"  # four regional scores


def test_a_party_without_a_place_is_told_and_not_drawn(charts_of):
    chart = charts_of("hofstede-2015", ("NLD", "ISR"))["culture-map"]
    assert "Israel has no score on indulgence" in chart.description
    assert [t.name for t in chart.figure.data if t.name] == ["Netherlands"]


def test_no_two_names_on_the_map_touch_at_any_width(
    references, tables, framework, map_of, clusters_of
):
    found = map_of(framework)
    placements = place(references, found, CHOSEN)
    chosen = [p for p in placements if p.x is not None]
    points = drawing._points(tables, found, chosen)
    spans = drawing._spans(points)
    wanted = [*(p.id for p in chosen), *named_points(chosen, clusters_of(framework))]
    sides = drawing._free_sides(points, wanted, len(chosen), spans, found.line)
    assert {p.id for p in chosen} <= set(sides)
    assert len(sides) > len(chosen)
    height = (drawing._LINE_HEIGHT if found.line else drawing._HEIGHT) - 48
    for width in drawing._WIDTHS:
        screen = drawing._Screen(width - 32, height, spans, found.line)
        boxes = [
            drawing._box(screen.at(points[i].x, points[i].y), points[i].name, side)
            for i, side in sides.items()
        ]
        for one, other in itertools.combinations(boxes, 2):
            assert not drawing._overlap(one, other)


def test_the_heat_map_holds_the_matrix_in_the_order_of_the_tree(charts_of, clusters_of):
    found = clusters_of()
    drawn = charts_of("hofstede-2015")["heat-map"].figure.data[0]
    n, m = found.order.index("NLD"), found.order.index("CHN")
    assert drawn.z[n][m] == pytest.approx(found.distances.between("NLD", "CHN"), abs=0.005)
    assert drawn.y[n] == drawn.x[n] == "Netherlands"


def test_far_is_dark_and_chosen_names_stand_on_both_sides(charts_of):
    figure = charts_of("hofstede-2015")["heat-map"].figure
    scale = figure.data[0].colorscale
    light = [sum(int(part) for part in colour[4:-1].split(",")) for _, colour in scale]
    assert light == sorted(light, reverse=True)
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert {"<b>Netherlands</b>", "<b>China</b>"} <= set(axis.ticktext)
    assert "<br>" in figure.data[0].colorbar.title.text  # on a phone one line would be cut


def test_one_dimension_sets_nothing_apart_most(tables):
    usual = default_settings(tables, "tightness-2011")
    groups = [group_profile(tables, tables.groups[i], usual) for i in ("eu", "g20")]
    assert groups_chart(tables, groups, usual).title.startswith("The means on tightness lie ")


def test_nobody_else_takes_the_colour_of_a_side_without_a_place(charts_of):
    chart = charts_of("hofstede-2015", ("ISR", "BRA"))["culture-map"]
    assert chart.title.startswith("Israel has no score on indulgence, so it has no place")
    brazil = next(t for t in chart.figure.data if t.name == "Brazil")
    assert (brazil.marker.color, brazil.marker.symbol) == ("#D55E00", "square")


def test_the_tree_has_a_name_for_every_leaf_and_a_join_for_every_pair(charts_of, clusters_of):
    figure = charts_of("hofstede-2015")["dendrogram"].figure
    assert len(figure.layout.yaxis.ticktext) == 65
    branches = figure.data[0]
    assert sum(x is None for x in branches.x) == 64
    ends = {y for x, y in zip(branches.x, branches.y, strict=True) if x == 0}
    assert ends == set(range(65))
    assert figure.layout.height > 65 * 15


def test_neighbours_show_the_nearest_above(charts_of):
    chart = charts_of("hofstede-2015")["neighbours"]
    assert [row[0] for row in chart.rows[:2]] == ["Sweden", "Norway"]
    assert chart.rows[-1][0] == "Slovakia"
    dots = chart.figure.data[1]
    assert list(dots.y) == sorted(dots.y)
    assert chart.figure.layout.yaxis.range[0] > chart.figure.layout.yaxis.range[1]
    assert "Hollow dots rest on regional scores." in chart.caption


def test_no_neighbours_no_chart(references, tables):
    nobody = neighbours(references, "KWT", default_settings(tables, "tightness-2011"))
    with pytest.raises(ValueError, match="Nobody has a distance"):
        neighbours_chart(tables, nobody)


def test_groups_without_a_mean_say_why_in_the_picture(tables, settings):
    few = group_profile(tables, OwnGroup("few", "Few", ("NLD", "CHN")), settings)
    chart = groups_chart(tables, [few], settings)
    assert chart.title == "Too few members have a score for a mean"
    texts = [t for trace in chart.figure.data for t in (trace.text or ())]
    assert texts.count("two with a score, and a mean needs three") == 6
    assert all(row[2] is None for row in chart.rows)


def test_one_group_is_told_by_its_widest_spread(tables, settings):
    own = group_profile(tables, OwnGroup("n", "North", ("DNK", "FIN", "NOR", "SWE")), settings)
    chart = groups_chart(tables, [own], settings)
    assert chart.title.startswith("North differs most inside on ")
    spreads = {row[0]: row[3] for row in chart.rows}
    assert max(spreads, key=spreads.get).lower() in chart.title


def test_drawing_twice_gives_the_same_bytes(charts_of):
    one, two = charts_of("hofstede-2015"), charts_of("hofstede-2015")
    for name in one:
        assert one[name].figure.to_json() == two[name].figure.to_json()
        assert not np.isnan(one[name].figure.layout.height)
