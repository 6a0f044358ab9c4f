"""The axis of scores, for scales of any kind."""

from types import SimpleNamespace

import pytest

from analysis.charts.axis import ends, has_shape, score_axis


def scale(lowest, highest, dimensions=6):
    return SimpleNamespace(lowest=lowest, highest=highest, dimensions=(None,) * dimensions)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, (0, 25, 50, 75, 100)),
        (1, 7, (1, 2.5, 4, 5.5, 7)),
        (0, 13, (0, 5, 10)),
        (-2.5, 3.5, (-1.5, 0, 1.5, 3)),  # a scale through zero has a tick there
    ],
)
def test_ticks_are_round_and_within_the_scale(low, high, ticks):
    assert score_axis(scale(low, high)).ticks == pytest.approx(ticks)


def test_the_axis_of_a_hundred_points_holds_scores_above_it_with_their_errors():
    axis = score_axis(scale(0, 100))
    assert axis.edges == (-12, 122)  # 112 is the highest score
    assert (axis.centre, axis.rim, axis.rings, axis.step) == (0, 115, (50, 100), 25)


def test_a_radar_starts_at_the_lowest_score_of_the_scale():
    axis = score_axis(scale(1, 7))
    assert (axis.centre, axis.rim, axis.rings) == (1, 7.9, (4, 7))


def test_a_shape_takes_three_axes():
    assert [has_shape(scale(0, 1, count)) for count in (1, 2, 3, 9)] == [False, False, True, True]


def test_the_ends_are_named_with_their_scores(tables):
    framework = tables.frameworks["globe-2004-values"]
    low, high = ends(framework, framework.dimensions[0])
    assert low.startswith("1: ")
    assert high.startswith("7: ")
