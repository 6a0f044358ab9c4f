import numpy as np
import pytest
from scipy.optimize import minimize

from analysis.atlas import culture_map as scaling
from analysis.atlas.culture_map import culture_map, place, stress_of
from analysis.atlas.distances import complete_distances
from analysis.comparison import plain_references
from analysis.settings import default_settings
from tests.atlas.test_distances import with_team


def independent_stress(matrix, starts):
    """Return stress-1 of the best of several quasi-Newton descents of the raw stress."""
    first, second = np.triu_indices(len(matrix), 1)
    true = matrix[first, second]

    def raw(flat):
        points = flat.reshape(-1, 2)
        apart = points[first] - points[second]
        drawn = np.linalg.norm(apart, axis=1)
        pull = (2 * (drawn - true) / np.maximum(drawn, 1e-12))[:, None] * apart
        slope = np.zeros_like(points)
        for axis in (0, 1):
            slope[:, axis] = np.bincount(first, pull[:, axis], len(points)) - np.bincount(
                second, pull[:, axis], len(points)
            )
        return ((drawn - true) ** 2).sum(), slope.ravel()

    found = [
        minimize(
            raw, np.random.default_rng(seed).normal(0, matrix.mean(), 2 * len(matrix)),
            jac=True, method="L-BFGS-B", options={"maxiter": 4000},
        )
        for seed in range(starts)
    ]  # fmt: skip
    best = min(found, key=lambda result: result.fun).x.reshape(-1, 2)
    drawn = np.linalg.norm(best[first] - best[second], axis=1)
    return np.sqrt(((drawn - true) ** 2).sum() / (drawn**2).sum())


@pytest.mark.parametrize(
    ("framework", "measure"),
    [
        ("hofstede-2015", "konara_mohr"),
        ("hofstede-2015", "mahalanobis"),
        ("hofstede-2015", "manhattan"),
        ("globe-2004-practices", "konara_mohr"),
    ],
)
def test_no_other_minimisation_finds_a_map_more_than_1_percent_better(map_of, framework, measure):
    found = map_of(framework, measure)
    assert found.stress <= 1.01 * independent_stress(found.distances.matrix, 8)


def test_stress_is_kruskals():
    # A right angle with sides 3 and 4 drawn with 3 and 5 along one line: drawn 3, 5, 2 for the
    # true 3, 4, 5; error 0 + 1 + 9 = 10, size 9 + 25 + 4 = 38.
    true = np.array([[0, 3, 4], [3, 0, 5], [4, 5, 0]], dtype=float)
    assert stress_of(np.array([[0.0], [3.0], [5.0]]), true) == pytest.approx(np.sqrt(10 / 38))
    assert stress_of(np.array([[0.0, 0], [3, 0], [0, 4]]), true) == pytest.approx(0)


def test_two_dimensions_are_drawn_exactly_with_the_first_to_the_right(tables, map_of):
    found = map_of("inglehart-welzel-2023")
    assert found.stress < 1e-6
    framework = tables.frameworks["inglehart-welzel-2023"]
    scores = np.array([framework.scores[framework.row(i)] for i in found.ids])
    for axis in (0, 1):
        assert np.corrcoef(scores[:, axis], found.positions[:, axis])[0, 1] == pytest.approx(1)
        assert found.axes[axis].correlations[0][0] == framework.dimension_ids[axis]


def test_one_dimension_is_a_line(tables, map_of):
    found = map_of("tightness-2011")
    assert found.line
    assert found.stress < 1e-6
    assert len(found.axes) == 1
    assert not found.positions[:, 1].any()
    framework = tables.frameworks["tightness-2011"]
    scores = np.array([framework.scores[framework.row(i), 0] for i in found.ids])
    assert np.corrcoef(found.positions[:, 0], scores)[0, 1] == pytest.approx(1)


def test_the_axes_point_where_their_clearest_dimension_is_high(map_of):
    for axis in map_of("hofstede-2015").axes:
        strengths = [abs(r) for _, r in axis.correlations]
        assert axis.correlations[0][1] > 0
        assert strengths == sorted(strengths, reverse=True)


def test_left_to_right_is_the_widest_extent(map_of):
    across, up = map_of("hofstede-2015").positions.std(axis=0)
    assert across > up
    # Principal axes do not go together.
    assert np.corrcoef(map_of("hofstede-2015").positions.T)[0, 1] == pytest.approx(0, abs=1e-9)


def test_the_same_matrix_gives_the_same_map(tables, distances_of, map_of):
    again = culture_map(tables, distances_of())
    assert np.array_equal(again.positions, map_of().positions)


def test_neighbours_are_those_of_the_distances_not_of_the_map(map_of):
    found = map_of()
    matrix = found.distances.matrix
    for row, profile_id in enumerate(found.ids):
        others = sorted((matrix[row, n], n) for n in range(len(matrix)) if n != row)
        assert found.neighbours[profile_id] == tuple(found.ids[n] for _, n in others[:3])


def test_choosing_parties_moves_nobody(references, map_of):
    found = map_of()
    before = found.positions.copy()
    alone = place(references, found, ["EGY"])
    together = place(references, found, ["NLD", "EGY", "CHN"])
    assert np.array_equal(found.positions, before)
    assert together[1] == alone[0]
    assert (together[0].x, together[0].y) == tuple(found.positions[found.ids.index("NLD")])
    assert together[0].fixed
    assert not alone[0].fixed


def test_a_country_that_stands_with_its_regions_scores_stands_at_the_regions_point(
    references, map_of
):
    found = map_of()
    kuwait, emirates = place(references, found, ["KWT", "ARE"])
    region = tuple(found.positions[found.ids.index("ARAB")])
    assert (kuwait.x, kuwait.y) == (emirates.x, emirates.y) == region


def test_a_party_placed_afterwards_stands_where_its_own_error_is_least(references, map_of):
    found = map_of()
    egypt = place(references, found, ["EGY"])[0]
    settings = found.distances.settings
    from analysis.matrix import distance_matrix  # noqa: PLC0415

    true = distance_matrix(references, ["EGY", *found.ids], settings, settings.measure)[0, 1:]
    held = np.isfinite(true)
    assert not held[found.ids.index("ARAB")]  # four of their six scores are one and the same

    def error(x, y):
        drawn = np.hypot(*(found.positions[held] - (x, y)).T)
        return ((drawn - true[held]) ** 2).sum()

    grid = np.linspace(-3, 3, 121)
    least = min(error(x, y) for x in grid for y in grid)
    assert error(egypt.x, egypt.y) <= least + 1e-9


def test_a_team_with_a_countrys_scores_lands_beside_it(tables, map_of):
    own = with_team(tables)
    found = map_of()
    team = place(plain_references(own), found, ["TEAM-1"])[0]
    assert team.nearest[0] == "NLD"
    # Its distances are those of the Netherlands, so its best place is as good as theirs or better.
    assert team.stress <= place(plain_references(own), found, ["NLD"])[0].stress + 1e-6


def test_a_party_without_every_score_gets_a_reason(references, map_of):
    israel = place(references, map_of(), ["ISR"])[0]
    assert (israel.x, israel.y) == (None, None)
    assert israel.reason == (
        "Israel has no score on indulgence, so it has no place on a map of every dimension in use."
    )


def test_no_map_without_distances(references, tables):
    angle = complete_distances(references, default_settings(tables, "tightness-2011"), "angle")
    with pytest.raises(ValueError, match="takes at least two dimensions"):
        culture_map(tables, angle)


@pytest.mark.parametrize("name", ["inglehart-welzel-2023", "tightness-2011"])
def test_on_an_exact_map_a_point_left_out_is_found_again(map_of, name):
    found = map_of(name)
    for row, true in enumerate(found.distances.matrix):
        others = [n for n in np.argsort(true) if n != row]
        point = scaling._best_point(found.positions[others], true[others], found.line)
        assert point == pytest.approx(found.positions[row], abs=1e-9)
