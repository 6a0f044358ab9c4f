import numpy as np
import pytest
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from analysis.atlas.clusters import clusters
from analysis.atlas.distances import complete_distances
from analysis.settings import default_settings


def average_linkage(matrix):
    """Return the joins of the textbook rule, as (height, members), by brute force."""
    groups = [frozenset([n]) for n in range(len(matrix))]
    joins = []
    while len(groups) > 1:
        pairs = [
            (matrix[np.ix_(sorted(a), sorted(b))].mean(), n, m)
            for n, a in enumerate(groups)
            for m, b in enumerate(groups[:n])
        ]
        height, n, m = min(pairs)
        joined = groups[n] | groups[m]
        joins.append((height, joined))
        groups = [g for k, g in enumerate(groups) if k not in {n, m}] + [joined]
    return joins


def mean_silhouette(matrix, labels):
    """Return Rousseeuw's mean silhouette, member by member."""
    widths = []
    for n, own in enumerate(labels):
        inside = [m for m in range(len(labels)) if labels[m] == own and m != n]
        if not inside:
            widths.append(0.0)
            continue
        a = matrix[n, inside].mean()
        b = min(
            matrix[n, [m for m in range(len(labels)) if labels[m] == other]].mean()
            for other in set(labels) - {own}
        )
        widths.append((b - a) / max(a, b))
    return np.mean(widths)


@pytest.mark.parametrize("name", ["hofstede-2015", "tightness-2011"])
def test_the_tree_is_that_of_the_textbook_rule(clusters_of, name):
    found = clusters_of(name)
    size = len(found.order)
    members = {n: frozenset([n]) for n in range(size)}
    for step, (left, right, height, count) in enumerate(found.linkage):
        members[size + step] = members[int(left)] | members[int(right)]
        assert len(members[size + step]) == count
        assert height >= 0
    ours = {members[size + n]: height for n, height in enumerate(found.linkage[:, 2])}
    for height, joined in average_linkage(found.distances.matrix):
        assert ours[joined] == pytest.approx(height)


def test_scipy_gives_the_same_clusters_and_the_same_fit(framework, clusters_of):
    found = clusters_of(framework)
    condensed = squareform(found.distances.matrix, checks=False)
    tree = hierarchy.average(condensed)
    labels = hierarchy.fcluster(tree, len(found.clusters), "maxclust")
    theirs = {
        frozenset(found.distances.ids[n] for n in np.flatnonzero(labels == label))
        for label in set(labels)
    }
    assert {frozenset(c.members) for c in found.clusters} == theirs
    assert found.cophenetic == pytest.approx(hierarchy.cophenet(tree, condensed)[0])


def test_the_number_of_clusters_is_the_one_with_the_best_silhouette(framework, clusters_of):
    found = clusters_of(framework)
    by_hand = {}
    for count in range(3, 11):
        labels = {
            i: c.number for c in clusters_of(framework, "", count).clusters for i in c.members
        }
        by_hand[count] = mean_silhouette(
            found.distances.matrix, [labels[i] for i in found.distances.ids]
        )
    assert dict(found.silhouettes) == pytest.approx(by_hand)
    assert found.best == max(by_hand, key=by_hand.get) == len(found.clusters)


def test_every_party_is_in_one_cluster_in_the_order_of_the_tree(clusters_of):
    found = clusters_of()
    assert tuple(i for c in found.clusters for i in c.members) == found.order
    assert sorted(found.order) == sorted(found.distances.ids)
    assert [c.number for c in found.clusters] == list(range(1, len(found.clusters) + 1))
    assert found.of("NLD").number == found.of("SWE").number
    with pytest.raises(ValueError, match="not in the tree"):
        found.of("ISR")


def test_the_middle_of_a_cluster_has_the_smallest_mean_distance(clusters_of):
    found = clusters_of()
    for cluster in found.clusters:
        sums = {
            i: sum(found.distances.between(i, j) for j in cluster.members) for i in cluster.members
        }
        assert sums[cluster.medoid] == pytest.approx(min(sums.values()))
        if len(cluster.members) == 1:
            assert cluster.within is None
        else:
            count = len(cluster.members) * (len(cluster.members) - 1)
            assert cluster.within == pytest.approx(sum(sums.values()) / count)


@pytest.mark.parametrize("count", [1, 2, 5, 65])
def test_a_person_can_choose_the_number(clusters_of, count):
    found = clusters_of("hofstede-2015", "", count)
    assert len(found.clusters) == count
    heights = found.linkage[:, 2]
    assert (heights > found.cut).sum() == count - 1
    assert found.best == 9


@pytest.mark.parametrize("count", [0, 66])
def test_a_number_that_cannot_be_is_refused(distances_of, count):
    with pytest.raises(ValueError, match="choose 1 to 65"):
        clusters(distances_of(), count)


def test_no_tree_without_distances(references, tables):
    with pytest.raises(ValueError, match="a map needs three"):
        clusters(complete_distances(references, default_settings(tables), kinds=("part",)))
