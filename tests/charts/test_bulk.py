"""The distances of a bulk job over its rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.bulk import RowDistances, bulk_distances_data, weighted_median
from analysis.figures.bulk import bulk_distances
from tests.figures.drawings import assert_sent_as_checked


def held(values, rows, reference=(1.0, 2.0, 3.0)):
    return RowDistances(
        "konara_mohr", "hofstede-2015", np.array(values, float), np.array(rows),
        np.array(reference, float),
    )  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), min_size=1, max_size=12))
def test_the_median_over_rows_is_that_of_the_rows_written_out(pairs):
    values, rows = (np.array(side) for side in zip(*pairs, strict=True))
    assert weighted_median(values.astype(float), rows) == np.median(np.repeat(values, rows))


def test_rows_count_as_often_as_they_stand_in_the_table(tables):
    # Reference median 2. Of 3 + 1 + 996 rows only the 3 with 2.5 lie above it.
    found = held([2.5, 2.0, 0.5], [3, 1, 996])
    assert found.count == 1000
    assert found.share_above == pytest.approx(0.003)
    data = bulk_distances_data(tables, found)
    assert data.title == "1 of 100 rows are farther apart than the middle country pair"
    assert sum(row[2] for row in data.rows) == 1000
    assert data.rows[0][0] == 0
    assert data.rows[-1][1] == 2.5
    assert "1,000 rows with a distance" in data.caption
    assert "median at 0.50" in data.description


@pytest.mark.parametrize(
    ("values", "rows", "title"),
    [
        ([2.5, 1.0], [3, 4], "3 of 7 rows are farther apart than the middle country pair"),
        ([2.5], [900], "Every row is farther apart than the middle country pair"),
        ([2.0], [900], "No row is farther apart than the middle country pair"),
    ],
)
def test_few_all_and_none_are_said_as_they_are(tables, values, rows, title):
    assert bulk_distances_data(tables, held(values, rows)).title == title


@pytest.mark.parametrize("median", [0.0, 0.2, 0.9, 1.9, 2.0, 2.1, 5.0])
def test_no_label_lies_under_the_line_of_the_other(tables, median):
    chart = bulk_distances(tables, held([median], [5]))
    assert_sent_as_checked(chart)
    figure = chart.figure
    labels, lines = figure.layout.annotations, figure.layout.shapes
    assert [label.text for label in labels if label.y > 1] != []
    for label in labels:
        for line in lines:
            toward = line.x0 - label.x if label.xanchor == "left" else label.x - line.x0
            near = 0 < toward < 0.4 * figure.layout.xaxis.range[1]
            assert not near or line.y1 <= label.y
