import dataclasses

import pytest

from analysis.atlas.distances import parties_of
from analysis.atlas.neighbours import neighbours
from analysis.comparison import compare
from analysis.errors import SettingsError, UnknownProfileError
from analysis.settings import default_settings, make_settings


@pytest.fixture(scope="module")
def dutch(references):
    return neighbours(references, "NLD", default_settings(references.tables))


def test_every_number_is_that_of_a_comparison(references, settings, dutch):
    for found in dutch.all[::7]:
        pair = compare(references, "NLD", found.id, settings).headline
        assert (found.value, found.percentile) == (pair.value, pair.percentile)
        assert (found.interval, found.percentile_interval) == (
            pair.interval,
            pair.percentile_interval,
        )


def test_the_order_among_complete_countries_is_that_of_the_matrix(dutch, distances_of):
    matrix = distances_of()
    held = [n for n in dutch.all if len(n.dimensions) == 6 and n.id in matrix.ids]
    by_matrix = sorted((n.id for n in held), key=lambda i: matrix.between("NLD", i))
    assert [n.id for n in held] == by_matrix
    assert by_matrix[:3] == ["SWE", "NOR", "FIN"]


def test_everybody_has_a_rank_or_no_distance(tables, settings, dutch):
    everybody = set(parties_of(tables, settings)) - {"NLD"}
    assert {n.id for n in dutch.all} | set(dutch.without) == everybody
    assert [n.rank for n in dutch.all] == list(range(1, len(dutch.all) + 1))
    percentiles = [n.percentile for n in dutch.all]
    assert percentiles == sorted(percentiles)


def test_nearest_and_farthest_never_overlap(dutch):
    near, far = dutch.nearest(10), dutch.farthest(10)
    assert (len(near), len(far)) == (10, 10)
    assert far[-1] is dutch.all[-1]
    assert len(dutch.nearest(60)) + len(dutch.farthest(60)) == len(dutch.all)
    assert dutch.rank_of("SWE") is dutch.all[0]
    assert dutch.rank_of("NLD") is None


def test_regional_scores_are_marked(dutch):
    assert dutch.rank_of("KWT").regional
    assert not dutch.rank_of("SWE").regional
    # Chile has all six; Israel lacks indulgence and is compared on the other five.
    assert len(dutch.rank_of("ISR").dimensions) == 5


def test_one_two_and_nine_dimensions(references, tables, framework):
    found = neighbours(references, "NLD", default_settings(tables, framework))
    assert len(found.all) >= 32
    assert not found.reason


def test_nobody_with_a_distance_is_said(references, tables):
    found = neighbours(references, "KWT", default_settings(tables, "tightness-2011"))
    assert found.all == ()
    assert found.reason.startswith("Nobody has a distance from Kuwait under these settings")
    # Kuwait has regional scores in Hofstede 2015 and its own in GLOBE; each advice must work.
    advised = [f for f in tables.frameworks.values() if f.short_name in found.reason]
    assert advised
    for other in advised:
        assert neighbours(references, "KWT", default_settings(tables, other.id)).all


def test_switching_regional_scores_on_is_advised_only_where_it_helps(references, tables, settings):
    published = dataclasses.replace(settings, published_only=True)
    assert "switch off “published scores only”" in (
        neighbours(references, "KWT", published).reason.lower()
    )
    assert "published" not in neighbours(references, "ALB", published).reason
    assert "regional" not in neighbours(references, "ALB", settings).reason


def test_an_angle_on_one_dimension_is_said(references, tables):
    one = dataclasses.replace(default_settings(tables, "tightness-2011"), measure="angle")
    assert "takes at least two dimensions" in neighbours(references, "NLD", one).reason


def test_what_cannot_be_is_refused(references, tables, settings):
    with pytest.raises(UnknownProfileError):
        neighbours(references, "Atlantis", settings)
    with pytest.raises(SettingsError):
        neighbours(references, "NLD", make_settings(tables, dimensions=["pdi"], too_few=True))
