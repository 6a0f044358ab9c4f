import tracemalloc
from collections import Counter
from dataclasses import astuple
from math import hypot, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analysis.profiles import build_profile
from analysis.settings import default_settings
from analysis.teams import vsm, vsm_anchor
from analysis.teams.team import Anchor, Respondent, Team
from analysis.teams.vsm import FORMULAS, INDICES, answers_of, raw_indices, sample_indices
from analysis.teams.vsm_anchor import (
    IndexDifference,
    anchored_score,
    index_differences,
    score_team,
)

# METHODS.md section 4: means of questions 1 to 24 and the six indices, with constants of 0.
MEANS = [
    1.8, 1.9, 2.4, 1.9, 2.1, 2.0, 2.6, 2.9, 2.5, 2.3, 2.2, 2.0,
    2.4, 2.6, 3.1, 2.2, 2.7, 2.5, 2.3, 2.9, 2.6, 2.1, 2.7, 2.2,
]  # fmt: skip
RAW = [29.5, 21.0, 10.5, -14.0, -3.0, 13.0]


def made_up(n, seed=0, missing=0.0):
    """Answers that hang together in a person, as real ones do."""
    random = np.random.default_rng(seed)
    leaning = random.normal(size=(n, 1))
    answers = np.clip(np.round(3 + 0.6 * leaning + random.normal(size=(n, 24))), 1, 5).astype(int)
    answers[random.random((n, 24)) < missing] = 0
    return answers


def with_means(means, n):
    """Answers of n people with exactly these means, in tenths for n = 10."""
    sums = np.round(np.array(means) * n).astype(int)
    return np.array([(sums + person) // n for person in range(n)])


def team_of(answers, anchor=None):
    people = tuple(Respondent(tuple(int(a) or None for a in row)) for row in answers)
    return Team("TEAM-abcdefgh", "Ours", "answers", respondents=people, anchor=anchor)


answer_tables = st.integers(2, 12).flatmap(
    lambda n: arrays(np.int64, (n, 24), elements=st.integers(0, 5))
)


def test_the_indices_of_the_test_vector_to_one_decimal():
    assert raw_indices(MEANS).round(1).tolist() == RAW
    answers = with_means(MEANS, 10)
    assert answers.mean(axis=0).tolist() == pytest.approx(MEANS)
    assert sample_indices(answers).raw.round(1).tolist() == RAW


def test_each_question_counts_once_and_each_term_is_a_difference():
    # Twelve differences of two questions: 24 questions.
    used = [q for terms in FORMULAS.values() for _, plus, minus in terms for q in (plus, minus)]
    assert Counter(used) == dict.fromkeys(range(1, 25), 1)


@pytest.mark.parametrize("index", INDICES)
def test_an_index_is_its_formula(index):
    # A mean of 4 on one question alone moves one index by its weight, up or down.
    for weight, plus, minus in FORMULAS[index]:
        for question, sign in ((plus, 1), (minus, -1)):
            means = np.full(24, 3.0)
            means[question - 1] = 4.0
            found = dict(zip(INDICES, raw_indices(means), strict=True))
            assert found.pop(index) == sign * weight
            assert set(found.values()) == {0}


@pytest.mark.parametrize(
    ("n", "errors"),
    # METHODS.md: s = 1, independent items; sqrt(2 * 35^2 + 2 * 25^2) / sqrt(10) = 19.2 and so on.
    [
        (10, (19, 22, 22, 21, 21, 24)),
        (20, (13.6, 15.7, 15.7, 14.9, 14.9, 16.8)),
        (50, (8.6, 9.9, 9.9, 9.4, 9.4, 10.6)),
    ],
)
def test_standard_errors_are_those_of_the_methods(n, errors):
    random = np.random.default_rng(n)
    # Half the people answer 2 and half 4: the standard deviation is 1.
    samples = 2 * random.integers(1, 3, size=(150, n, 24))
    squares = [sample_indices(sample, draws=400).standard_error ** 2 for sample in samples]
    # 150 samples know the mean of their variances to about 2 % and less.
    assert np.sqrt(np.mean(squares, axis=0)) == pytest.approx(errors, rel=0.04)


def test_the_spread_of_an_index_is_that_of_its_persons():
    # With no answer missing an index is the mean of each person's own: numpy knows its error.
    answers = made_up(400)
    persons = raw_indices(answers)
    expected = persons.std(axis=0, ddof=1) / sqrt(400)
    resampled = sample_indices(answers)
    # 2,000 draws know a standard error to 1 / sqrt(4000) = 1.6 %.
    assert resampled.standard_error == pytest.approx(expected, rel=0.06)
    assert resampled.raw == pytest.approx(persons.mean(axis=0))
    # Who answers high on one question does so on others: taken as independent, the error is larger.
    alone = np.sqrt((vsm._COEFFICIENTS**2) @ answers.var(axis=0, ddof=1) / 400)
    assert (alone > 1.05 * expected).all()


def test_large_samples_get_the_error_of_their_persons_exactly():
    answers = made_up(9001)
    found = sample_indices(answers)
    assert found.standard_error == pytest.approx(
        raw_indices(answers).std(axis=0, ddof=1) / sqrt(9001), rel=1e-9
    )
    assert found.draws.std(axis=0) == pytest.approx(found.standard_error, rel=0.06)
    assert np.corrcoef(found.draws.T) == pytest.approx(np.corrcoef(raw_indices(answers).T), abs=0.1)


@pytest.mark.parametrize(("n", "missing"), [(300, 0.0), (1500, 0.15)])
def test_resampling_and_the_linearised_errors_agree(monkeypatch, n, missing):
    answers, weights = made_up(n, 3, missing), np.random.default_rng(4).uniform(0.3, 3, n)
    resampled = sample_indices(answers, weights, draws=6000)
    monkeypatch.setattr(vsm, "LARGE", 0)
    linearised = sample_indices(answers, weights, draws=6000)
    assert (resampled.draws != linearised.draws).all()
    assert linearised.raw == pytest.approx(resampled.raw)
    # 6,000 draws: 0.9 % of the error, and 0.035 of it for a limit of the interval, on both sides.
    assert linearised.standard_error == pytest.approx(resampled.standard_error, rel=0.04)
    apart = np.abs(linearised.interval - resampled.interval) / linearised.standard_error[:, None]
    assert apart.max() < 0.2


def test_a_missing_answer_is_left_out_of_its_question_alone():
    answers = np.full((4, 24), 3)
    answers[:, 6] = [5, 0, 2, 2]  # m07 = 9 / 3 = 3, not 9 / 4
    answers[:, 1] = [0, 0, 1, 2]  # m02 = 1.5
    answers[:, 19] = [4, 4, 5, 5]  # m20 = 4.5
    found = sample_indices(answers)
    assert found.means[[1, 6, 19]].tolist() == [1.5, 3.0, 4.5]
    assert found.answered[[1, 6, 19]].tolist() == [2, 3, 4]
    assert found.raw[0] == 35 * (3 - 1.5) + 25 * (4.5 - 3)
    assert found.raw[1:].tolist() == [0] * 5


def test_a_question_that_nobody_answered_takes_its_index_alone_with_it():
    answers = made_up(30)
    whole = sample_indices(answers)
    answers[:, 17] = 0
    found = sample_indices(answers)
    assert np.isnan(found.means).tolist() == [q == 17 for q in range(24)]
    for array in (found.raw, found.standard_error, found.interval[:, 0], found.draws[0]):
        assert np.isnan(array).tolist() == [i == "uai" for i in INDICES]
    assert np.delete(found.raw, 3).tolist() == np.delete(whole.raw, 3).tolist()


def test_a_person_without_an_answer_is_no_respondent():
    answers = made_up(15)
    padded = np.vstack([answers[:7], np.zeros((5, 24), dtype=int), answers[7:]])
    assert sample_indices(padded).respondents == 15
    assert (sample_indices(padded).draws == sample_indices(answers).draws).all()


@given(answer_tables, st.data())
@settings(max_examples=40, deadline=None)
def test_whole_weights_are_as_good_as_repetition_for_the_indices(answers, data):
    weights = data.draw(arrays(np.int64, len(answers), elements=st.integers(1, 5)))
    once = sample_indices(answers, weights, draws=50)
    again = sample_indices(np.repeat(answers, weights, axis=0), draws=50)
    assert once.means == pytest.approx(again.means, nan_ok=True)
    assert once.raw == pytest.approx(again.raw, nan_ok=True, abs=1e-9)


def test_weights_count_by_their_proportions_and_people_stay_as_many_as_they_are():
    answers, weights = made_up(40), np.random.default_rng(1).uniform(1, 9, 40)
    once, scaled = sample_indices(answers, weights), sample_indices(answers, 512 * weights)
    assert (once.draws == scaled.draws).all()
    assert once.effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    alike = sample_indices(answers, np.full(40, 0.1))
    assert alike.effective.tolist() == [40.0] * 24
    # Repetition would make the error smaller; the same weight for all must not.
    assert alike.standard_error.tolist() == sample_indices(answers).standard_error.tolist()


@given(answer_tables, st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_answers_that_all_move_by_the_same_steps_change_nothing(answers, steps):
    low = np.where(answers > 0, np.minimum(answers, 5 - steps), 0)
    high = np.where(low > 0, low + steps, 0)
    one, other = sample_indices(low, draws=20), sample_indices(high, draws=20)
    assert one.raw == pytest.approx(other.raw, nan_ok=True, abs=1e-9)
    assert one.draws == pytest.approx(other.draws, nan_ok=True, abs=1e-9)


@given(answer_tables)
@settings(max_examples=40, deadline=None)
def test_answers_turned_round_turn_the_sign(answers):
    turned = np.where(answers > 0, 6 - answers, 0)
    assert sample_indices(answers, draws=50).raw == pytest.approx(
        -sample_indices(turned, draws=50).raw, nan_ok=True, abs=1e-9
    )


@given(answer_tables, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_people_does_not_matter(answers, random):
    order = list(range(len(answers)))
    random.shuffle(order)
    one, other = sample_indices(answers, draws=20), sample_indices(answers[order], draws=20)
    for mine, theirs in zip(vars(one).values(), vars(other).values(), strict=True):
        np.testing.assert_array_equal(mine, theirs)


@pytest.mark.parametrize(
    ("answers", "weights"),
    [
        (np.full((3, 23), 3), None),
        (np.full(24, 3), None),
        (np.full((3, 24), 3.5), None),
        (np.full((3, 24), 6), None),
        (np.full((3, 24), -1), None),
        (np.full((3, 24), 3), [1, 1]),
        (np.full((3, 24), 3), [1, 1, 0]),
        (np.full((3, 24), 3), [1, 1, np.nan]),
    ],
)
def test_what_is_no_set_of_answers_is_refused(answers, weights):
    with pytest.raises(ValueError, match=r"must be"):
        sample_indices(answers, weights)


def test_results_cannot_be_changed():
    found = sample_indices(made_up(12))
    for array in (found.raw, found.draws, found.means, found.standard_error, found.answered):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_memory_stays_far_below_that_of_the_answers():
    answers = np.random.default_rng(0).integers(0, 6, (400_000, 24), dtype=np.uint8)  # 9.2 MiB
    small = answers[:2000]
    tracemalloc.start()
    sample_indices(answers)
    large_peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    sample_indices(small)
    small_peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # As floating point the answers alone would be 73 MiB; 2,000 draws of 2,000 people 31 MiB.
    assert large_peak < 12 * 2**20
    assert small_peak < 40 * 2**20


def differences(n, m=60, seed=0):
    return index_differences(sample_indices(made_up(n, seed)), sample_indices(made_up(m, 99)))


def test_a_difference_combines_the_errors_of_both_samples():
    ours, theirs = sample_indices(made_up(25)), sample_indices(made_up(60, 99))
    for place, found in enumerate(index_differences(ours, theirs)):
        assert found.index == INDICES[place]
        assert found.points == ours.raw[place] - theirs.raw[place]
        error = hypot(ours.standard_error[place], theirs.standard_error[place])
        assert found.standard_error == pytest.approx(error)
        # The percentiles of 2,000 draws lie near those of a normal curve.
        limits = found.points - 1.96 * error, found.points + 1.96 * error
        assert found.interval == pytest.approx(limits, abs=0.3 * error)
        assert found.direction == ("above" if found.points > 0 else "below")
        assert found.people == (25, 60)


def test_a_sample_against_itself_is_level_but_not_free_of_error():
    # Both share the seed and the people: paired draw by draw they would have no error at all.
    sample = sample_indices(made_up(40))
    for found in index_differences(sample, sample):
        assert found.points == 0
        assert (found.direction, found.certainty) == ("level", 0.5)
        assert found.interval[1] - found.interval[0] == pytest.approx(
            2 * 1.96 * found.standard_error, rel=0.15
        )


def test_swapping_the_samples_turns_the_signs_and_nothing_else():
    one, other = sample_indices(made_up(25)), sample_indices(made_up(60, 99))
    turned = {"above": "below", "below": "above", "level": "level"}
    for there, back in zip(
        index_differences(one, other), index_differences(other, one), strict=True
    ):
        assert there.points == -back.points
        assert there.interval == pytest.approx((-back.interval[1], -back.interval[0]))
        assert there.direction == turned[back.direction]
        assert there.certainty == back.certainty


@pytest.mark.parametrize("n", [10, 20, 50])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(n):
    # Both samples come from one population: the true difference is 0.
    covered = []
    for seed in range(120):
        pair = [sample_indices(made_up(n, 2 * seed + i), draws=400) for i in (0, 1)]
        covered += [
            low <= 0 <= high for low, high in (d.interval for d in index_differences(*pair))
        ]
    assert 0.9 < np.mean(covered) < 0.98


@pytest.mark.parametrize(
    ("n", "shown", "codes"),
    [
        (20, "number", []),
        (19, "number", ["few"]),
        (10, "number", ["few"]),
        (9, "direction", ["direction-only"]),
        (2, "direction", ["direction-only"]),
        (1, "nothing", []),
        (0, "nothing", []),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_smaller_sample_decides_what_is_shown(n, shown, codes, swapped):
    pair = sample_indices(made_up(n, 6)), sample_indices(made_up(60, 99))
    for found in index_differences(*(pair[::-1] if swapped else pair)):
        assert found.shown == shown
        assert [caution.code for caution in found.cautions] == codes
        assert bool(found.reason) == (shown == "nothing")
        assert (found.points is not None) == (shown == "number")
        assert (found.direction is not None) == (shown != "nothing")


def test_a_direction_comes_with_how_sure_it_is_and_without_any_number():
    for found in differences(6):
        score = anchored_score(found, 38)
        assert 0.5 <= found.certainty <= 1
        assert found.points is found.standard_error is found.interval is None
        assert score.score is score.interval is score.shrunk is score.team_share is None
        assert "6 people in the team" in found.cautions[0].text


def test_two_people_who_agree_by_chance_are_not_taken_for_certain():
    # Their own error is next to nothing, so only the freedom of one person more than one is left.
    answers = np.array([np.full(24, 3), np.full(24, 3)])
    answers[:, [6, 19]] = 5
    answers[0, 6] = 4
    found = index_differences(sample_indices(answers), sample_indices(made_up(60, 99)))[0]
    assert found.direction == "above"
    assert 0.8 < found.certainty < 0.98


@pytest.mark.parametrize("freedom", [*range(1, 31), 99, 100, 1000])
def test_student_is_that_of_scipy(freedom):
    for t in (0.0, 0.3, 1.0, 2.5, 8.0):
        assert vsm_anchor._student(t, freedom) == pytest.approx(stats.t.cdf(t, freedom), abs=1e-12)
    assert vsm_anchor._student(1.5, 10**6) == pytest.approx(stats.norm.cdf(1.5), abs=2e-4)


@pytest.mark.parametrize("valid", [0, 1])
def test_an_index_with_too_few_answers_to_a_question_says_which(valid):
    answers = made_up(30)
    answers[valid:, [3, 8]] = 0
    found = index_differences(sample_indices(answers), sample_indices(made_up(60, 99)))
    assert [d.shown for d in found] == ["number", "nothing", *["number"] * 4]
    assert found[1].reason == (
        "IDV: in the team fewer than two people gave a valid answer to questions 4 and 9."
    )
    assert found[1].direction is None


def test_few_answers_to_one_question_count_as_few_people():
    answers = made_up(30)
    answers[9:, 3] = 0  # nine people answered question 4
    answers[12:, 17] = 0  # twelve question 18
    found = index_differences(sample_indices(answers), sample_indices(made_up(60, 99)))
    assert [d.people[0] for d in found] == [30, 9, 30, 12, 30, 30]
    assert [d.shown for d in found] == ["number", "direction", *["number"] * 4]
    assert found[3].cautions[0].code == "few"


def test_weights_that_leave_the_say_to_few_count_as_few_people():
    answers, others = made_up(30), sample_indices(made_up(60, 99))
    # (29 + 1000)^2 / (29 + 1000^2) = 1.06 people
    one_man = index_differences(sample_indices(answers, [1000, *[1] * 29]), others)
    assert {d.shown for d in one_man} == {"nothing"}
    assert "one person's weight" in one_man[0].reason
    # (10 * 20 + 20)^2 / (10 * 400 + 20) = 12.04 people
    dozen = index_differences(sample_indices(answers, [20] * 10 + [1] * 20), others)
    assert {d.people[0] for d in dozen} == {12}
    assert {d.cautions[0].code for d in dozen} == {"few"}


def test_people_who_all_answer_alike_leave_no_error_and_get_a_reason():
    # The last two answer with one and the same step everywhere: each index is 0 for all.
    for answers in (
        np.tile(made_up(1), (25, 1)),
        np.tile(made_up(1), (3001, 1)),
        np.repeat(made_up(25)[:, :1], 24, axis=1),
        np.repeat(made_up(3001)[:, :1], 24, axis=1),
    ):
        found = index_differences(sample_indices(answers), sample_indices(made_up(60, 99)))
        assert {d.shown for d in found} == {"nothing"}
        assert "alike" in found[0].reason


def test_the_sentences_name_the_samples_they_are_told():
    found = index_differences(
        sample_indices(made_up(12)), sample_indices(made_up(1)), ("Sales", "Buying")
    )
    assert "in Buying" in found[0].reason
    few = index_differences(
        sample_indices(made_up(12)), sample_indices(made_up(30)), ("Sales", "Buying")
    )
    assert few[0].cautions[0].text == (
        "PDI rests on 12 people in Sales: with fewer than 20 each person weighs too much."
    )


def difference(points, error):
    return IndexDifference(
        "pdi", "number", (30, 60), "", (), "above", 0.9, points, error, (points - 8, points + 9)
    )


def test_a_score_is_the_published_one_plus_the_difference():
    found = anchored_score(difference(12.0, 15.0), 38)
    assert (found.score, found.interval) == (50, (42, 59))
    # With an error of 15 = tau, lambda = 225 / (225 + 225) = 1/2: half way back to 38.
    assert (found.team_share, found.shrunk) == (0.5, 44)
    assert found.shrunk_error == pytest.approx(15 / sqrt(2))
    # With an error of 20: 225 / 625 = 0.36; 38 + 0.36 * 12 = 42.32.
    assert anchored_score(difference(12.0, 20.0), 38).team_share == pytest.approx(0.36)
    assert anchored_score(difference(12.0, 20.0), 38).shrunk == pytest.approx(42.32)
    # With a tau of 40 and an error of 30: 1600 / 2500 = 0.64.
    assert anchored_score(difference(12.0, 30.0), 38, 40).team_share == pytest.approx(0.64)


def test_a_score_may_lie_outside_0_to_100():
    assert anchored_score(difference(30.0, 5.0), 80).score == 110
    assert anchored_score(difference(-30.0, 5.0), 14).score == -16


@given(st.floats(-100, 100), st.floats(0.1, 60), st.floats(0, 120), st.floats(0.1, 60))
def test_a_shrunk_score_lies_between_the_nation_and_the_team(points, error, national, tau):
    found = anchored_score(difference(points, error), national, tau)
    low, high = sorted((national, found.score))
    assert low - 1e-9 <= found.shrunk <= high + 1e-9
    assert 0 <= found.team_share <= 1
    assert found.shrunk_error <= min(error, tau) * (1 + 1e-9)


def test_without_a_published_score_there_is_a_reason_but_still_a_direction():
    found = anchored_score(difference(12.0, 15.0), None)
    assert found.score is found.shrunk is found.team_share is None
    assert found.difference.reason == "The anchor's country has no published PDI of its own."
    assert found.difference.direction == "above"


@pytest.mark.parametrize("tau", [0, -1, float("nan")])
def test_a_spread_of_teams_that_is_no_spread_is_refused(tau):
    with pytest.raises(ValueError, match="above 0"):
        anchored_score(difference(12.0, 15.0), 38, tau)


def test_a_team_stands_on_the_published_scores_of_its_anchor(tables):
    national = build_profile(tables, "NLD", default_settings(tables))
    ours, theirs = made_up(24, missing=0.02), made_up(60, 99)
    anchor = Anchor("NLD", team_of(theirs).respondents)
    found = score_team(team_of(ours), anchor, national)
    expected = national.values + sample_indices(ours).raw - sample_indices(theirs).raw
    assert [s.score for s in found] == pytest.approx(expected)
    assert [s.national for s in found] == [38, 80, 14, 53, 67, 68]
    assert [s.difference.index for s in found] == list(INDICES)
    # The same call gives the same result, and the order of rows plays no part.
    again = score_team(team_of(ours[::-1]), anchor, national)
    assert [astuple(s) for s in found] == [astuple(s) for s in again]


def test_a_score_of_a_region_anchors_no_country(tables):
    egypt = build_profile(tables, "EGY", default_settings(tables))
    standing = [egypt.score(i).standing for i in INDICES]
    assert "regional" in standing
    anchor = Anchor("EGY", team_of(made_up(60, 99)).respondents)
    found = score_team(team_of(made_up(24)), anchor, egypt)
    for score, own in zip(found, standing, strict=True):
        assert (score.score is not None) == (own == "published")
        assert bool(score.difference.reason) == (own != "published")


def test_a_team_is_scored_only_with_what_belongs_to_it(tables):
    national = build_profile(tables, "NLD", default_settings(tables))
    anchor = Anchor("BEL", team_of(made_up(60)).respondents)
    with pytest.raises(ValueError, match="does not anchor BEL"):
        score_team(team_of(made_up(24)), anchor, national)
    with pytest.raises(ValueError, match="no answers"):
        score_team(Team("TEAM-abcdefgh", "Ours", "members"), anchor, national)


def test_answers_come_from_respondents_row_by_row():
    blank = (None, 1, 5, *[3] * 21)
    answers, weights = answers_of([Respondent(blank, 2.0), Respondent((4,) * 24)])
    assert answers[0].tolist() == [0, 1, 5, *[3] * 21]
    assert weights.tolist() == [2.0, 1.0]
    assert answers_of([])[0].shape == (0, 24)
    with pytest.raises(ValueError, match="reshape"):
        answers_of([Respondent((3,) * 12), Respondent((3,) * 12)])


def test_the_manuals_limits_are_said_in_plain_sentences():
    assert set(vsm_anchor.LIMITS) == {"individuals", "organisations", "published", "sample"}
    assert all(text.endswith(".") and "!" not in text for text in vsm_anchor.LIMITS.values())
    assert "20" in vsm_anchor.LIMITS["sample"]
    assert "50" in vsm_anchor.LIMITS["sample"]
