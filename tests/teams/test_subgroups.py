"""Subgroups of answers: the rule for few people, the widest difference, and answers compared."""

import re
from dataclasses import replace

import numpy as np
import pytest

from analysis.profiles import build_profile
from analysis.teams.comparing import compare_answers
from analysis.teams.subgroups import MOST_SUBGROUPS, subgroup_names, summarise_subgroups
from analysis.teams.team import Anchor, Respondent, Team
from analysis.teams.vsm import answers_of, raw_indices, sample_indices
from analysis.teams.vsm_anchor import anchored_score, index_differences, why_outside


def people(n, subgroup="", seed=0, **raised):
    """n people; `q07=2` raises the answers to question 7 by 2."""
    drawn = np.random.default_rng(seed).integers(2, 5, (n, 24))
    for question, by in raised.items():
        drawn[:, int(question[1:]) - 1] += by
    return [Respondent(tuple(row), 1.0, subgroup) for row in drawn.clip(1, 5).tolist()]


def team_of(*groups, anchor=None):
    return Team(
        "TEAM-abcdefgh", "Ours", "answers",
        respondents=tuple(p for g in groups for p in g), anchor=anchor,
    )  # fmt: skip


@pytest.fixture
def dutch(tables, settings):
    return build_profile(tables, "NLD", settings)


def test_a_team_without_subgroups_has_none():
    assert summarise_subgroups(team_of(people(20)), None) is None


def test_each_subgroup_is_set_against_the_rest_without_an_anchor():
    first, second = people(30, "A", 1), people(20, "B", 2)
    found = summarise_subgroups(team_of(first, second, people(3)), None)
    assert [(g.name, g.people) for g in found.groups] == [("A", 30), ("B", 20)]
    assert found.without == 3
    rest = sample_indices(*answers_of([*first, *people(3)]))
    expected = sample_indices(*answers_of(second)).raw - rest.raw
    shown = [one.difference.points for one in found.groups[1].scores]
    assert shown == pytest.approx(expected.tolist())
    assert all(one.score is None for g in found.groups for one in g.scores)


def test_with_an_anchor_a_subgroup_has_the_published_score_plus_the_difference(dutch):
    sample = people(40, seed=3)
    team = team_of(people(30, "A", 1), people(25, "B", 2), anchor=Anchor("NLD", tuple(sample)))
    found = summarise_subgroups(team, dutch)
    ours = raw_indices(np.mean([p.answers for p in people(30, "A", 1)], axis=0))
    theirs = raw_indices(np.mean([p.answers for p in sample], axis=0))
    # Published for the Netherlands: 38, 80, 14, 53, 67, 68.
    expected = np.array([38, 80, 14, 53, 67, 68]) + ours - theirs
    assert [one.score for one in found.groups[0].scores] == pytest.approx(expected.tolist())
    assert all(one.interval[0] < one.score < one.interval[1] for one in found.groups[0].scores)


def test_fewer_than_ten_people_get_a_direction_and_fewer_than_two_nothing(dutch):
    anchor = Anchor("NLD", tuple(people(40, seed=3)))
    team = team_of(people(30, "A"), people(9, "B"), people(10, "C"), people(1, "D"), anchor=anchor)
    found = summarise_subgroups(team, dutch)
    shown = {g.name: {one.difference.shown for one in g.scores} for g in found.groups}
    assert shown == {"A": {"number"}, "C": {"number"}, "B": {"direction"}, "D": {"nothing"}}
    assert all(one.score is None for one in found.groups[2].scores)
    assert found.groups[1].scores[0].difference.cautions[0].code == "few"


def test_where_two_subgroups_differ_most_is_found_with_its_sign():
    # Raising question 7 by up to 2 raises power distance alone: 35 points for each.
    low, high = people(25, "Low", 1), people(25, "High", 2, q07=2)
    found = summarise_subgroups(team_of(low, high, people(9, "Few", 3, q12=2)), None)
    widest = found.widest
    assert {widest.first, widest.second} == {"Low", "High"}
    assert widest.difference.index == "pdi"
    assert widest.is_clear
    assert (widest.difference.points > 0) == (widest.first == "High")
    assert widest.looked_at == 6  # the nine people of the third get no number
    alike = summarise_subgroups(team_of(people(12, "A", 5), people(12, "B", 6)), None).widest
    assert not alike.is_clear


def test_the_smallest_of_many_subgroups_are_counted_not_scored():
    team = team_of(*(people(3, f"G{n:02}", n) for n in range(MOST_SUBGROUPS + 2)))
    found = summarise_subgroups(team, None)
    assert len(subgroup_names(team)) == MOST_SUBGROUPS + 2
    assert (len(found.groups), found.unscored) == (MOST_SUBGROUPS, 2)
    assert found.widest is None


@pytest.mark.parametrize(
    ("first", "second", "shown", "caution"),
    [(30, 30, "number", ""), (30, 19, "number", "with fewer than 20 the range is wide"),
     (20, 20, "number", ""), (30, 9, "verdict", "with fewer than 10 no value is shown"),
     (10, 10, "number", "with fewer than 20"), (30, 1, "nothing", "")],
)  # fmt: skip
def test_few_people_behind_f_st_are_said_and_get_no_value(first, second, shown, caution):
    found = compare_answers(people(first, seed=1), people(second, seed=2, q07=2), ("“A”", "“B”"))
    assert found.shown == shown
    assert caution in found.caution
    assert bool(caution) == bool(found.caution)
    assert ("likely" in found.text) == (shown == "number")
    assert bool(re.search(r"\d\.\d{3}", found.text)) == (shown == "number")


def test_nine_people_are_told_apart_or_not_without_a_value():
    apart = [replace(p, answers=(5,) * 12 + p.answers[12:]) for p in people(9, seed=1)]
    same = people(9, seed=2)
    found = compare_answers(apart, same, ("“A”", "“B”"))
    assert found.text.startswith("“A” and “B” answer differently")
    assert "0." not in found.text
    alike = compare_answers(people(9, seed=4), people(9, seed=5), ("“A”", "“B”"))
    assert "cannot tell “A” and “B” apart" in alike.text or alike.shown == "nothing"


def test_a_person_of_great_weight_counts_as_few():
    # Weights 100 and nineteen of 1: 119^2 / (10,000 + 19) = 1.4 people.
    heavy = people(20, seed=1)
    heavy[0] = replace(heavy[0], weight=100.0)
    assert compare_answers(heavy, people(20, seed=2), ("A", "B")).people == (1, 20)


def test_scores_beyond_the_scale_get_a_sentence_and_others_none():
    first, second = (
        sample_indices(*answers_of(people(40, seed=n, **r)))
        for n, r in ((1, {"q07": 2}), (2, {"q07": -2}))
    )
    difference = index_differences(first, second)[0]
    high = anchored_score(difference, 80.0)
    assert high.score > 100.5
    said = why_outside([high], 0, 100)
    assert said.startswith(f"PDI {high.score:.0f} lies beyond 0 to 100, and is no mistake")
    assert "set by the anchor sample" in said
    just = replace(high, score=100.4)  # reads 100
    assert why_outside([just], 0, 100) == ""
    assert why_outside([replace(high, score=-0.6)], 0, 100).startswith("PDI -1 lies beyond")
