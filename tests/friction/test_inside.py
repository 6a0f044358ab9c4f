"""Friction inside a team: against the pair of two, by hand for three, and at its edges."""

import numpy as np
import pytest

from analysis.friction.inside import MOST, inside_frictions
from analysis.friction.positions import topic_gaps
from analysis.friction.severity import severity
from analysis.settings import make_settings


@pytest.fixture
def inside(knowledge, references, friction_references, settings):
    def of(scores, shares, chosen=settings):
        return inside_frictions(
            knowledge, references, friction_references,
            np.array(scores, dtype=float), np.array(shares, dtype=float), chosen,
        )  # fmt: skip

    return of


def _scores(tables, *ids):
    framework = tables.frameworks["hofstede-2015"]
    return np.array([framework.scores[framework.profile_ids.index(i)] for i in ids])


def test_inside_a_team_of_two_the_friction_is_that_of_the_pair(inside, friction_of, tables):
    held = inside(_scores(tables, "NLD", "CHN"), [0.5, 0.5])
    pair = {t.topic.id: t.severity for t in friction_of("NLD", "CHN").topics}
    best = {}
    for t in sorted(friction_of("NLD", "CHN").topics, key=lambda t: -t.severity):
        best.setdefault(t.topic.family, t.topic.id)
    assert [topic.id for topic, _ in held] == list(best.values())[:MOST]
    assert [value for _, value in held] == pytest.approx([pair[t.id] for t, _ in held])


def test_inside_a_team_each_two_members_count_by_their_shares(inside, usual, tables, knowledge):
    reference, _, against = usual
    scores = _scores(tables, "NLD", "CHN", "USA")
    # Of two different members drawn with shares .5, .3 and .2: .15, .10 and .06 of .31.
    pairs = [(0, 1, 0.15), (0, 2, 0.10), (1, 2, 0.06)]
    parts = [
        w * severity(topic_gaps(scores[a], scores[b], reference.covariance, against.loadings))
        for a, b, w in pairs
    ]
    means = sum(parts) / 0.31
    held = inside(scores, [0.5, 0.3, 0.2])
    assert len(held) == MOST
    assert len({topic.family for topic, _ in held}) == MOST
    places = {topic.id: n for n, topic in enumerate(knowledge.topics)}
    for topic, value in held:
        assert value == pytest.approx(means[places[topic.id]])
    assert held[0][1] == pytest.approx(means.max())
    assert [v for _, v in held] == sorted((v for _, v in held), reverse=True)


def test_inside_a_team_only_what_every_member_has_counts(inside, tables, friction_of):
    scores = _scores(tables, "NLD", "CHN")
    scores[0, 4:] = np.nan
    classic = make_settings(tables, dimensions=["pdi", "idv", "mas", "uai"])
    assert inside(scores, [0.5, 0.5]) == inside(_scores(tables, "NLD", "CHN"), [0.5, 0.5], classic)
    scores[1, :3] = np.nan
    assert inside(scores, [0.5, 0.5]) == []


def test_inside_a_team_of_one_or_of_twins_there_is_no_friction(inside, tables):
    assert inside(_scores(tables, "NLD"), [1.0]) == []
    assert inside(_scores(tables, "NLD", "NLD"), [0.5, 0.5]) == []


def test_inside_a_team_a_severity_of_less_than_one_is_still_a_difference(inside, tables):
    # A fifth of a point of power distance is .2 / 20.634 = .00969 standard deviations. Its widest
    # loading is .799 (titles and forms): 100 * erf(.799 * .00969 / 2) = .437.
    scores = _scores(tables, "NLD", "NLD")
    scores[1, 0] += 0.2
    held = inside(scores, [0.5, 0.5])
    assert len(held) == MOST
    assert all(topic.weights["pdi"] for topic, _ in held)
    assert held[0][1] == pytest.approx(0.437, abs=0.001)
    assert 0 < held[-1][1] <= held[0][1] < 1


def test_inside_a_team_topics_of_one_severity_keep_their_order(inside, tables, knowledge):
    # So far apart on masculinity that every topic with a weight on it has 100 of 100.
    scores = _scores(tables, "NLD", "NLD")
    scores[1, 2] += 10_000
    first = {}
    for topic in knowledge.topics:
        if topic.weights.get("mas"):
            first.setdefault(topic.family, topic.id)
    assert len(first) >= MOST
    expected = [(topic, 100.0) for topic in first.values()][:MOST]
    assert [(topic.id, value) for topic, value in inside(scores, [0.5, 0.5])] == expected
