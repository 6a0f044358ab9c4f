"""What the tests of the atlas share: each matrix and map computed once a run."""

from functools import cache, lru_cache

import pytest

from analysis.atlas.clusters import clusters
from analysis.atlas.culture_map import culture_map
from analysis.atlas.distances import complete_distances
from analysis.settings import default_settings, make_settings

# Frameworks with 6, 9, 2 and 1 dimensions.
FRAMEWORKS = (
    "hofstede-2015", "globe-2004-practices", "inglehart-welzel-2023", "tightness-2011",
)  # fmt: skip


@pytest.fixture(scope="session")
def distances_of(references):
    @cache
    def of(framework="hofstede-2015", measure="", **settings):
        chosen = (
            make_settings(references.tables, framework=framework, **settings)
            if settings
            else default_settings(references.tables, framework)
        )
        return complete_distances(references, chosen, measure)

    return of


@pytest.fixture(scope="session")
def map_of(tables, distances_of):
    return lru_cache(maxsize=None)(lambda *args: culture_map(tables, distances_of(*args)))


@pytest.fixture(scope="session")
def clusters_of(distances_of):
    @cache
    def of(framework="hofstede-2015", measure="", count=None):
        return clusters(distances_of(framework, measure), count)

    return of


@pytest.fixture(scope="session", params=FRAMEWORKS)
def framework(request):
    return request.param
