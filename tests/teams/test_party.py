"""A team as a party: its scores and errors, by arithmetic, and what must not change."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.comparison import compare, plain_references
from analysis.figures.members import members_chart
from analysis.matrix import distance_matrix
from analysis.profiles import build_profile, find_profile, gap_errors
from analysis.settings import default_settings, make_settings
from analysis.teams.party import (
    anchored_scores,
    member_scores,
    person_spread,
    why_no_scores,
    with_teams,
)
from analysis.teams.summary import shown_reach, shown_score, summarise_team
from analysis.teams.team import Anchor, Culture, Member, Respondent, Team
from analysis.uncertainty import simulated_scores, standard_errors
from tests.figures.drawings import assert_sent_as_checked


def member(name, *cultures, weight=1.0):
    return Member(name, tuple(Culture(i, share) for i, share in cultures), weight)


MIXED = Team(
    "TEAM-mixed001", "Rotterdam", "members",
    members=(
        member("Anna", ("NLD", 1.0)), member("Bo", ("NLD", 0.5), ("CHN", 0.5)),
        member("Carl", ("DEU", 1.0), weight=2.0),
    ),
)  # fmt: skip
SCORED = Team(
    "TEAM-scored01", "Lab", "scores", scores=(40.0, 60.0, None, 50.0, 55.0, 45.0),
    spread=(20.0, None, None, 10.0, 10.0, 10.0), size=25,
)  # fmt: skip


@pytest.fixture
def profile_of(tables, settings):
    def of(team, **chosen):
        own = make_settings(tables, **chosen) if chosen else settings
        return build_profile(with_teams(tables, [team]), team.id, own)

    return of


def test_a_teams_scores_are_the_weighted_mean_of_its_members(profile_of):
    # Power distance: Anna 38, Bo (38 + 80) / 2 = 59, Carl 35 twice: (38 + 59 + 70) / 4 = 41.75.
    found = profile_of(MIXED)
    assert found.score("pdi").value == pytest.approx(41.75)
    assert found.score("pdi").standing == "yours"
    assert found.kind == "team"
    # Shares: Dutch 1/4 + 1/8, Chinese 1/8, German 2/4.
    assert dict(found.mixture) == pytest.approx({"NLD": 0.375, "CHN": 0.125, "DEU": 0.5})


def test_the_error_of_a_team_falls_with_its_people(tables, settings, profile_of):
    # Power distance has a spread of 21.04 between countries; with a fifth of the variation between
    # them people spread twice as wide: 2 x 21.04 = 42.1. Weights 1, 1, 2 of 4: the root of
    # (1/16 + 1/16 + 4/16) is .6124.
    spread = person_spread(tables, settings)
    matrix = tables.frameworks["hofstede-2015"].scores
    countries = [
        tables.profiles[i].kind == "country" for i in tables.frameworks["hofstede-2015"].profile_ids
    ]
    complete = matrix[np.isfinite(matrix).all(axis=1) & np.array(countries)]
    assert spread == pytest.approx(2 * complete.std(axis=0, ddof=1))
    assert profile_of(MIXED).own_errors == pytest.approx(spread * np.sqrt(6) / 4)
    many = replace(MIXED, members=MIXED.members * 25)
    assert profile_of(many).own_errors == pytest.approx(spread * np.sqrt(6) / 4 / 5)


def test_a_member_without_a_score_leaves_the_team_without_one(profile_of):
    # Israel has no score on indulgence.
    team = replace(MIXED, members=(*MIXED.members, member("Dov", ("ISR", 1.0))))
    found = profile_of(team)
    assert found.score("ivr").value is None
    assert found.score("ivr").standing == "missing"
    assert found.score("pdi").value is not None


def test_regional_scores_count_for_members_until_switched_off(profile_of):
    team = replace(MIXED, members=(member("Sara", ("SAU", 1.0)),))
    assert profile_of(team).score("pdi").value == 80  # of the Arab countries
    assert profile_of(team, published_only=True).score("pdi").value is None


def test_six_scores_take_their_error_from_spread_and_size(profile_of):
    found = profile_of(SCORED)
    assert [s.value for s in found.scores] == [40, 60, None, 50, 55, 45]
    # 20 / root 25 = 4; without a spread the error of a published score.
    assert found.own_errors[:2] == pytest.approx((4.0, 7.5))
    assert profile_of(replace(SCORED, size=None)).own_errors == pytest.approx((7.5,) * 6)


def test_answers_without_an_anchor_give_no_score_and_with_one_a_score(profile_of):
    drawn = np.random.default_rng(1).integers(1, 6, (30, 24)).tolist()
    people = tuple(Respondent(tuple(row)) for row in drawn)
    team = Team("TEAM-answers1", "Survey", "answers", respondents=people)
    assert all(score.value is None for score in profile_of(team).scores)
    anchored = replace(team, anchor=Anchor("NLD", people))
    # The same people on both sides: no difference, so the published scores.
    assert [s.value for s in profile_of(anchored).scores] == [38, 80, 14, 53, 67, 68]


def test_a_team_of_one_country_has_the_countrys_scores_and_shares_their_error(
    tables, settings, profile_of
):
    dutch = replace(MIXED, members=(member("Anna", ("NLD", 1.0)), member("Bas", ("NLD", 1.0))))
    team, country = profile_of(dutch), build_profile(tables, "NLD", settings)
    assert [s.value for s in team.scores] == [s.value for s in country.scores]
    # What both are made from cancels out: only the sampling of two people is left.
    assert gap_errors(team, country, 7.5) == pytest.approx(team.own_errors)
    framework, errors = tables.frameworks["hofstede-2015"], standard_errors(117, 6)
    columns = np.arange(6)
    ours, theirs = (simulated_scores(framework, p, columns, 7.5, errors) for p in (team, country))
    assert (ours - theirs).std(axis=0) == pytest.approx(team.own_errors, rel=0.05)


def test_no_other_number_changes_when_a_team_is_there(tables, settings, references):
    extended = replace(references, tables=with_teams(tables, [MIXED, SCORED]))
    for rule in ("complete", "all"):
        own = make_settings(tables, reference=rule)
        plain, other = (compare(r, "NLD", "CHN", own) for r in (references, extended))
        assert plain.measures == other.measures
    ids = ["NLD", "CHN", "JPN"]
    before = distance_matrix(references, ids, settings, "konara_mohr")
    after = distance_matrix(extended, [*ids, MIXED.id], settings, "konara_mohr")
    np.testing.assert_array_equal(after[:3, :3], before)
    assert np.isfinite(after[3, :3]).all()


def test_a_team_is_found_by_its_name_and_id(tables):
    extended = with_teams(tables, [MIXED])
    assert find_profile(extended, "rotterdam") == MIXED.id
    assert find_profile(extended, MIXED.id) == MIXED.id


def test_the_summary_by_hand(tables, settings):
    extended = with_teams(tables, [MIXED])
    other = build_profile(extended, "CHN", settings)
    found = summarise_team(extended, MIXED, settings, other)
    power = found.dimensions[0]
    # Around 41.75: Anna 3.75 and Bo 17.25 with a quarter each, Carl 6.75 with a half:
    # root of (14.0625 / 4 + 297.5625 / 4 + 45.5625 / 2) = root of 100.6875.
    assert power.spread == pytest.approx(100.6875**0.5)
    scores = member_scores(extended, MIXED, settings)
    assert (
        found.widest
        == ("pdi", "idv", "mas", "uai", "lto", "ivr")[
            int(np.argmax([d.spread for d in found.dimensions]))
        ]
    )
    anna = found.members[0]
    assert anna.scores == (38, 80, 14, 53, 67, 68)
    # The same rank that the Compare page gives to the Netherlands and China.
    pair = compare(plain_references(tables), "NLD", "CHN", settings, ())
    assert anna.from_other == pytest.approx(pair.headline.percentile)
    assert scores.shape == (3, 6)


def test_a_member_far_from_the_others_is_marked(tables, settings):
    people = [member(f"Person {i}", ("SWE", 1.0)) for i in range(7)]
    team = replace(MIXED, members=(*people, member("Far", ("SVK", 1.0))))
    found = summarise_team(with_teams(tables, [team]), team, settings)
    assert [m.name for m in found.members if m.is_far] == ["Far"]
    alike = replace(MIXED, members=tuple(people))
    same = summarise_team(with_teams(tables, [alike]), alike, settings)
    assert same.inside == 0.0
    assert same.widest == ""


@pytest.fixture
def other_framework(tables):
    """A made-up framework of two dimensions from 1 to 7, with scores for three countries."""
    first = tables.frameworks["hofstede-2015"]
    scores = np.array([[4.0, 5.5], [2.0, np.nan], [6.25, 3.0]])
    made = replace(
        first, id="made-up", name="Made up", short_name="Made up 1999", lowest=1.0, highest=7.0,
        decimals=2, score_error=0.2, error_range=(0.1, 0.4),
        dimensions=tuple(replace(first.dimensions[n], id=i, name=i.title(), core=False)
                         for n, i in enumerate(("warmth", "haste"))),
        profile_ids=("NLD", "CHN", "DEU"), scores=scores, scores_unrounded=scores, locators={},
    )  # fmt: skip
    extended = replace(tables, frameworks={**tables.frameworks, "made-up": made})
    return extended, default_settings(extended, "made-up")


def test_members_take_the_scores_of_their_cultures_under_another_framework(other_framework):
    tables, settings = other_framework
    found = build_profile(with_teams(tables, [MIXED]), MIXED.id, settings)
    # Warmth: Anna 4, Bo (4 + 2) / 2 = 3, Carl 6.25 twice: (4 + 3 + 12.5) / 4 = 4.875. On haste
    # the made-up China has no score, so Bo and the team have none.
    assert [s.value for s in found.scores] == [pytest.approx(4.875), None]
    assert why_no_scores(tables, MIXED, settings) == ""
    extended = with_teams(tables, [MIXED])
    summary = summarise_team(extended, MIXED, settings)
    assert summary.dimensions[1].lacking == ("Bo",)
    chart = members_chart(extended, MIXED.name, summary, settings)
    assert_sent_as_checked(chart)
    assert chart.columns == ("Member", "Warmth", "Haste")
    assert "Haste: no mean." in chart.description


def test_a_country_without_a_row_in_a_framework_leaves_its_members_without(other_framework):
    tables, settings = other_framework
    team = replace(MIXED, members=(member("Ken", ("JPN", 1.0)),))
    found = build_profile(with_teams(tables, [team]), team.id, settings)
    assert [s.standing for s in found.scores] == ["missing", "missing"]


@pytest.mark.parametrize("kind", ["scores", "answers"])
def test_scores_and_answers_are_missing_under_another_framework_and_why(other_framework, kind):
    tables, settings = other_framework
    people = tuple(Respondent((1, 2, 3, 4) * 6) for _ in range(12))
    answered = Team(
        "TEAM-answers1", "Lab", "answers", respondents=people, anchor=Anchor("NLD", people)
    )
    team = SCORED if kind == "scores" else answered
    found = build_profile(with_teams(tables, [team]), team.id, settings)
    assert [s.standing for s in found.scores] == ["missing", "missing"]
    said = why_no_scores(tables, team, settings)
    assert "Lab has no scores in Made up 1999." in said
    assert "choose Hofstede 2015 in the settings" in said
    assert anchored_scores(tables, team, settings) == ()
    assert why_no_scores(tables, team, default_settings(tables)) == ""


@pytest.mark.parametrize(
    ("value", "interval", "shown"),
    [(91.3, (83.0, 99.6), "91"), (91.3, (86.3, 96.3), "91.3"), (91.3, None, "91.3"),
     (91.0, (86.0, 96.0), "91"), (0.4, (-30.0, 30.8), "0")],
)  # fmt: skip
def test_a_score_keeps_no_decimals_that_its_interval_does_not_carry(tables, value, interval, shown):
    assert shown_score(tables.frameworks["hofstede-2015"], value, interval) == shown


def test_on_a_narrow_scale_a_wide_interval_takes_one_decimal(other_framework):
    made = other_framework[0].frameworks["made-up"]
    # A tenth of 1 to 7 is 0.6.
    assert shown_score(made, 4.875, (4.0, 5.75)) == "4.9"  # 4.875 to one decimal
    assert shown_score(made, 4.88, (4.7, 5.0)) == "4.88"
    assert shown_reach(made, 0.2) == "±0.4"


def test_the_same_team_under_another_name_has_the_same_ranges(tables, profile_of):
    framework, errors = tables.frameworks["hofstede-2015"], standard_errors(117, 6)

    def worlds(team):
        return simulated_scores(framework, profile_of(team), np.arange(6), 7.5, errors)

    renamed = replace(MIXED, id="TEAM-another1", name="Harbour")
    np.testing.assert_array_equal(worlds(renamed), worlds(MIXED))
    # With a person fewer it is another team, with draws of its own.
    fewer = replace(MIXED, members=MIXED.members[:2])
    drawn = [worlds(team) - worlds(team).mean(axis=0) for team in (MIXED, fewer)]
    assert abs(np.corrcoef(drawn[0][:, 0], drawn[1][:, 0])[0, 1]) < 0.9
