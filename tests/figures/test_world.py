"""The drawing of the map: fixed scale, hatching inside the borders, nothing re-centred."""

from itertools import pairwise

import numpy as np
import pytest

from analysis.charts.places import world_places
from analysis.charts.world import world_distances, world_scores
from analysis.figures.hatching import hatching
from analysis.figures.world import NEUTRAL, PARTS, shades_of, world
from analysis.settings import default_settings
from tests.charts.test_world import outlines
from tests.figures.drawings import assert_sent_as_checked


def luminance(colour):
    """Relative luminance by WCAG 2."""
    parts = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


@pytest.fixture(scope="module")
def chart(references):
    data = world_distances(references, "NLD", default_settings(references.tables))
    return world(data, ("NLD", "CHN"))


def test_lightness_alone_carries_the_order_and_both_ends_stand_on_both_grounds():
    light = [luminance(colour) for _, colour in shades_of(NEUTRAL)]
    assert all(first > second * 1.2 for first, second in pairwise(light))
    dark_ground = luminance("rgb(23, 22, 20)") + 0.05
    assert (light[-1] + 0.05) / dark_ground > 1.5
    assert 1.05 / (light[0] + 0.05) > 1.15


def test_hatching_covers_a_country_and_nothing_else():
    step = 0.5
    x, y = hatching(["COD"], step)
    lines = np.array([[x[n], y[n], x[n + 1], y[n + 1]] for n in range(0, len(x), 3)])
    ring = outlines("110m")["COD"][0]
    # Slanted lines a step apart along a circle of latitude: area = step * sum of their heights.
    area = (
        abs(
            np.dot(ring[:, 0], np.roll(ring[:, 1], -1))
            - np.dot(np.roll(ring[:, 0], -1), ring[:, 1])
        )
        / 2
    )
    assert step * np.abs(lines[:, 3] - lines[:, 1]).sum() == pytest.approx(area, rel=0.01)
    assert lines[:, [0, 2]].min() >= ring[:, 0].min() - 0.01
    assert lines[:, [0, 2]].max() <= ring[:, 0].max() + 0.01
    assert np.allclose(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0], atol=0.02)


def test_a_country_across_the_date_line_is_hatched_where_it_lies():
    x, _ = hatching(["FJI"], 0.5)
    assert all(176 < longitude < 183 for longitude in x if longitude is not None)


def test_places_without_an_outline_have_no_hatching():
    assert hatching(["XKX", "TUV"], 1.0) == ([], [])


def test_the_map_is_sent_as_plotly_checks_it(chart):
    assert_sent_as_checked(chart)


def test_the_map_is_never_centred_on_its_data_and_its_scale_is_fixed(chart):
    layout = chart.figure.layout
    assert layout.geo.fitbounds is False
    assert (layout.coloraxis.cmin, layout.coloraxis.cmax) == (0, 100)
    assert layout.geo.lonaxis.range == PARTS["world"].longitudes


def test_the_legend_names_both_sides_regional_scores_and_no_data(chart):
    named = [trace.name for trace in chart.figure.data if trace.showlegend]
    assert named == ["Netherlands", "China", "Regional", "No data"]
    sides = [t for t in chart.figure.data if t.showlegend][:2]
    assert [t.marker.symbol for t in sides] == ["circle", "square"]
    assert [t.marker.color for t in sides] == ["#0072B2", "#D55E00"]


def test_small_states_are_points_with_the_shade_of_their_value(tables, settings):
    data = world_scores(tables, settings, "pdi")
    points = next(t for t in world(data, ()).figure.data if t.type == "scattergeo" and t.text)
    values = dict(zip(points.text, points.marker.color, strict=True))
    assert values["Singapore"] == 74
    assert values["Hong Kong"] == 68
    assert {"Malta", "Luxembourg"} <= values.keys()


def test_no_country_is_both_shaded_and_without_data(chart):
    without, with_value = (set(trace.locations) for trace in chart.figure.data[:2])
    assert not without & with_value
    assert "NLD" not in without | with_value


def test_every_place_is_in_some_part_of_the_world():
    parts = {name: part for name, part in PARTS.items() if name != "world"}
    for i in ("AUS", "NZL", "FJI", "PNG"):
        place = world_places()[i]
        held = [
            name for name, p in parts.items()
            if p.longitudes[0] <= place.longitude <= p.longitudes[1]
            and p.latitudes[0] <= place.latitude <= p.latitudes[1]
        ]  # fmt: skip
        assert "oceania" in held


def test_every_country_without_data_says_why(chart):
    assert all(text for _, text in chart.figure.data[0].customdata)
