"""What a library's rounding may not decide: the order of ties, and where a search stops."""

import numpy as np
import pytest

from analysis.atlas.culture_map import culture_map, place
from analysis.atlas.distances import complete_distances
from analysis.matrix import distance_matrix
from analysis.settings import default_settings

TWO = "inglehart-welzel-2023"
"""Two dimensions, so that a map can be exact: then equal scores stand at one place."""


def drawn(references, framework, measure="konara_mohr"):
    tables = references.tables
    settings = default_settings(tables, framework)
    return culture_map(tables, complete_distances(references, settings, measure))


@pytest.mark.parametrize("framework", [TWO, "tightness-2011"])
def test_on_an_exact_map_an_axis_has_the_order_of_its_dimension(references, framework):
    # Ties and all. Ranks that fell out of rounding gave 0.999998, and 0.57759 or 0.57769 for the
    # other dimension, from one version of NumPy to the next.
    for axis in drawn(references, framework).axes:
        assert axis.correlations[0][1] == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("measure", ["kogut_singh", "mahalanobis_kogut_singh"])
def test_a_party_is_placed_where_the_slope_of_its_error_is_nothing(references, measure):
    found = drawn(references, TWO, measure)
    placed = place(references, found, ["GBR-NIR"])[0]
    row = distance_matrix(references, ["GBR-NIR", *found.ids], found.distances.settings, measure)
    apart = np.array([placed.x, placed.y]) - found.positions
    lengths = np.linalg.norm(apart, axis=1)
    slope = ((lengths - row[0, 1:]) / lengths) @ apart
    # The sum of some 80 terms of about 1; where the search itself stops it is 1e-5.
    assert slope == pytest.approx([0, 0], abs=1e-10)
