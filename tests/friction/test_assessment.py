"""All topics of a pair: the worked pairs of the method notes, then laws over many pairs."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from analysis.comparison import compare
from analysis.deal import Deal
from analysis.friction.reference import family_means, overall_severity
from analysis.settings import default_settings, make_settings
from analysis.tables import load_tables

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "friction.json").read_text("utf-8"))
PARTIES = [p.id for p in load_tables().profiles.values()]
pairs = st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES))
worked = pytest.mark.parametrize("pair", GOLDEN)


@worked
def test_gaps_and_severities_are_those_of_the_methods(friction_of, pair):
    found, expected = friction_of(*pair.split("-")), GOLDEN[pair]
    assert {t.topic.id for t in found.topics} == set(expected["gap"])
    for topic in found.topics:
        assert topic.gap == pytest.approx(expected["gap"][topic.topic.id], abs=0.01)
        assert topic.severity == pytest.approx(expected["severity"][topic.topic.id], abs=0.1)
        assert topic.reason == ""


@worked
def test_family_means_and_the_overall_severity_are_those_of_the_methods(friction_of, pair):
    found, expected = friction_of(*pair.split("-")), GOLDEN[pair]
    assert found.families == pytest.approx(expected["family"], abs=0.1)
    assert found.overall == pytest.approx(expected["overall"], abs=0.1)
    assert found.overall == pytest.approx(sum(expected["family"].values()) / 6, abs=0.1)


@pytest.mark.parametrize(("pair", "rank"), [("NLD-CHN", 99), ("USA-JPN", 90), ("DEU-BRA", 50)])
def test_overall_ranks_are_those_of_the_methods(friction_of, pair, rank):
    found = friction_of(*pair.split("-"))
    assert round(found.overall_percentile) == rank
    assert found.overall_interval[0] < found.overall < found.overall_interval[1]
    assert found.rank_interval[0] < found.overall_percentile < found.rank_interval[1]


def test_the_middle_of_all_pairs_is_that_of_the_methods(usual):
    # METHODS 7.1: all-pair p50 49.6, p90 74.4
    _, _, against = usual
    assert len(against.overall) == 1891
    assert np.percentile(against.overall, [50, 90]) == pytest.approx([49.6, 74.4], abs=0.05)


LOW_IN_CHINA = {"detailed_contract", "safeguards_IP_exclusivity"}
LOW_IN_JAPAN = {"detailed_contract"}
LOW_IN_BRAZIL = {
    "patience_pace", "detailed_contract", "safeguards_IP_exclusivity", "long_horizon_roadmap",
    "emotional_restraint", "renegotiable_agreement",
}  # fmt: skip


@pytest.mark.parametrize(
    ("pair", "first_is_high"),
    [("NLD-CHN", LOW_IN_CHINA), ("USA-JPN", LOW_IN_JAPAN), ("DEU-BRA", LOW_IN_BRAZIL)],
)
def test_the_side_at_the_high_pole_is_that_of_the_methods(friction_of, pair, first_is_high):
    found = friction_of(*pair.split("-"))
    for topic in found.topics:
        side = "a" if topic.topic.id in first_is_high else "b"
        assert topic.high_side == side, topic.topic.id
        assert topic.pole_of(side) == "high"
        assert topic.pole_of("ab".replace(side, "")) == "low"


@given(pair=pairs)
@trials(max_examples=60, deadline=None)
def test_swapping_the_sides_turns_every_gap_round_and_changes_no_severity(friction_of, pair):
    deal = Deal(own_lived=True, their_language=True, prior_deals=True)
    turned = Deal(their_lived=True, own_language=True, prior_deals=True)
    there, back = friction_of(*pair, deal=deal), friction_of(*pair[::-1], deal=turned)
    other = {"a": "b", "b": "a", None: None}
    for one, two in zip(there.topics, back.topics, strict=True):
        assert (one.gap is None) == (two.gap is None)
        if one.gap is None:
            continue
        assert one.gap == pytest.approx(-two.gap, abs=1e-12)
        assert one.high_side == other[two.high_side]
        for name in ("severity", "closed_form", "counted", "in_context", "probability"):
            assert getattr(one, name) == pytest.approx(getattr(two, name), abs=1e-9), name
        assert one.interval == pytest.approx(two.interval, abs=1e-9)
        assert (one.felt_by_a, one.felt_by_b) == pytest.approx((two.felt_by_b, two.felt_by_a))
        assert dict(one.drivers) == pytest.approx({d: -share for d, share in two.drivers})
        assert one.contested == two.contested
    assert there.overall == pytest.approx(back.overall)
    assert there.overall_interval == pytest.approx(back.overall_interval)
    assert there.families == pytest.approx(back.families)
    assert there.notices_more == other[back.notices_more]


@given(pair=pairs)
@trials(max_examples=60, deadline=None)
def test_every_value_lies_where_it_belongs(friction_of, knowledge, pair):
    found = friction_of(*pair, deal=Deal(tight_deadline=True))
    for topic in found.topics:
        if topic.gap is None:
            assert topic.reason
            continue
        low, high = topic.interval
        assert 0 <= low <= topic.severity <= high <= 100
        assert 0 <= topic.counted <= 100
        assert topic.severity <= topic.in_context <= 100 + 1e-9
        assert topic.band == knowledge.friction.band(topic.in_context)
        assert topic.uncertain == (round(low) < 50)
        assert 0.5 <= topic.probability < 1
        assert topic.high_side == (None if topic.gap == 0 else "a" if topic.gap > 0 else "b")
        if topic.drivers:
            assert sum(abs(share) for _, share in topic.drivers) == pytest.approx(1)
            signed = sum(share for _, share in topic.drivers)
            assert signed == 0 or (signed > 0) == (topic.gap > 0) or abs(topic.gap) < 1e-9
    if found.overall is not None:
        assert found.overall == pytest.approx(sum(found.families.values()) / len(found.families))
        assert found.overall_interval[0] <= found.overall <= found.overall_interval[1]


def test_the_drivers_of_a_gap_by_hand(friction_of):
    # Decision at the top, NLD and CHN: .70 * -42 / 20.634 = -1.4248 and -.30 * 60 / 23.681 =
    # -.7601; of 2.1849 together 65 % and 35 %.
    found = friction_of("NLD", "CHN").topic("decision_at_top")
    assert [d for d, _ in found.drivers] == ["pdi", "idv"]
    assert dict(found.drivers) == pytest.approx({"pdi": -0.652, "idv": -0.348}, abs=5e-4)


def test_a_party_has_no_friction_with_itself(friction_of):
    found = friction_of("NLD", "NLD")
    assert found.reason.startswith("Both sides are the Netherlands")
    assert found.overall is None
    assert {topic.high_side for topic in found.topics} == {None}
    assert {topic.in_context for topic in found.topics} <= {None, 0.0}


@pytest.mark.parametrize("pair", [("UKR", "POL"), ("AND", "FRA"), ("KWT", "LBN"), ("ZAF", "USA")])
def test_a_pair_without_a_distance_has_the_same_reason_and_no_values(
    friction_of, references, settings, pair
):
    found = friction_of(*pair)
    reason = compare(references, *pair, settings, ()).reason
    assert found.reason == reason != ""
    assert len(found.topics) == 18
    assert {(t.reason, t.gap, t.severity, t.band) for t in found.topics} == {
        (reason, None, None, None)
    }
    assert (found.overall, found.overall_percentile, found.overall_interval) == (None,) * 3
    assert (found.overall_in_context, found.multipliers, found.notices_more) == (None,) * 3
    assert found.families == {}


def test_an_overall_figure_takes_four_families(knowledge):
    # One topic with a value in each of the first n families: 10, 20, 30, ... Four of them have a
    # mean of 25, three do not count; a second topic in a family of 10 only moves its own mean.
    def severities(count):
        first = {}
        for place, topic in enumerate(knowledge.topics):
            first.setdefault(topic.family, place)
        values = np.full(18, np.nan)
        for number, family in enumerate(knowledge.families[:count], 1):
            values[first[family.id]] = 10.0 * number
        return values

    assert np.isnan(overall_severity(knowledge, severities(3)))
    assert overall_severity(knowledge, severities(4)) == pytest.approx(25)
    assert overall_severity(knowledge, severities(6)) == pytest.approx(35)
    more = severities(4)
    family = knowledge.families[0].id
    second = [p for p, t in enumerate(knowledge.topics) if t.family == family][1]
    more[second] = 50.0
    # (10 + 50) / 2 = 30; (30 + 20 + 30 + 40) / 4 = 30
    assert family_means(knowledge, more)[0] == pytest.approx(30)
    assert overall_severity(knowledge, more) == pytest.approx(30)
    assert overall_severity(knowledge, np.stack([more, severities(4)])).tolist() == [30, 25]


def test_circumstances_add_up_and_move_the_topics_they_are_about(friction_of, knowledge):
    # 1.1 for language, deadline and venture on all topics; -.3 for the introduction on three.
    deal = Deal(
        kind="joint_venture", language_difference=True, tight_deadline=True, introduced=True,
        country_experience=True,
    )  # fmt: skip
    plain, moved = friction_of("DEU", "BRA"), friction_of("DEU", "BRA", deal=deal)
    introduced = {
        "trust_before_transaction", "guarded_information_SO", "socialising_as_diligence"
    }  # fmt: skip
    for before, after in zip(plain.topics, moved.topics, strict=True):
        effect = 0.3 + 0.3 + 0.3 - 0.4 - (0.3 if after.topic.id in introduced else 0)
        odds = before.severity / (100 - before.severity) * np.exp(effect)
        assert after.in_context == pytest.approx(100 * odds / (1 + odds)), after.topic.id
        assert after.severity == before.severity == pytest.approx(before.in_context)
    assert {e.id for e in moved.effects} == {
        "joint_venture", "language_difference", "tight_deadline", "introduced",
        "country_experience",
    }  # fmt: skip
    assert moved.overall == plain.overall
    assert moved.overall_in_context == pytest.approx(
        overall_severity(knowledge, np.array([t.in_context for t in moved.topics]))
    )


@pytest.mark.parametrize(
    "deal", [Deal(ip_at_stake=True), Deal(they_hold=("ip",)), Deal(they_hold=("designs",))]
)
def test_ip_at_stake_moves_safeguards_only_and_once(friction_of, deal):
    both = replace(deal, ip_at_stake=True)
    plain = friction_of("USA", "JPN")
    for moved in (friction_of("USA", "JPN", deal=d) for d in (deal, both)):
        for before, after in zip(plain.topics, moved.topics, strict=True):
            if after.topic.id == "safeguards_IP_exclusivity":
                # 58.94 of 100: odds 1.4354, times e^.5 = 2.3666, which is 70.30 of 100.
                assert after.in_context == pytest.approx(70.3, abs=0.05)
            else:
                assert after.in_context == before.in_context


def test_an_effect_of_ones_own_takes_the_place_of_the_usual_one(friction_of):
    usual = friction_of("DEU", "BRA", deal=Deal(prior_deals=True))
    mild = friction_of("DEU", "BRA", deal=Deal(prior_deals=True, effects=(("prior_deals", 0.0),)))
    plain = friction_of("DEU", "BRA", deal=Deal(effects=(("prior_deals", -1.5),)))
    for topic in usual.topics:
        severity = topic.severity
        assert topic.in_context < severity
        assert mild.topic(topic.topic.id).in_context == pytest.approx(severity)
        assert plain.topic(topic.topic.id).in_context == pytest.approx(severity)


@pytest.mark.parametrize("pair", [("NLD", "CHN"), ("USA", "JPN"), ("DEU", "BRA"), ("KEN", "DEU")])
def test_counted_severity_can_take_the_place_of_the_closed_form(
    friction_of, references, tables, usual, pair
):
    closed = friction_of(*pair)
    counted = friction_of(*pair, make_settings(tables, severity="counted"))
    _, _, against = usual
    for one, two, row in zip(closed.topics, counted.topics, against.gaps, strict=True):
        assert (one.gap, one.closed_form, one.counted) == (two.gap, two.closed_form, two.counted)
        assert one.severity == one.closed_form
        assert two.severity == two.counted == pytest.approx(two.in_context)
        assert two.counted == pytest.approx(100 * (row < abs(two.gap)).mean(), abs=0.1)
        assert two.interval[0] <= two.severity <= two.interval[1]
        assert abs(one.severity - two.severity) < 9.4  # METHODS 7.1: at most 9.3 points
    assert closed.overall != counted.overall


def contested(found, finding):
    return {t.topic.id for t in found.topics if finding in [c.id for c in t.contested]}


def test_what_rests_on_individualism_is_contested_for_japan(friction_of):
    # A quarter of the gap or more: a badge is shown wherever its score drives a prediction. In
    # "decision at the top" it is .30 * 45 / 23.681 = .570 against .70 * 14 / 20.634 = .475: 55 %.
    found = friction_of("USA", "JPN")
    rests = {t.topic.id for t in found.topics if abs(dict(t.drivers).get("idv", 0)) >= 0.25}
    assert contested(found, "collectivism_japan_korea") == rests


def test_individualism_is_contested_for_japan_and_korea_only(friction_of):
    # METHODS 7.3 names these two for the United States and Japan.
    named = {"trust_before_transaction", "socialising_as_diligence"}
    assert named <= contested(friction_of("USA", "JPN"), "collectivism_japan_korea")
    assert named <= contested(friction_of("KOR", "DEU"), "collectivism_japan_korea")
    # Horizon has no weight on individualism.
    horizon = friction_of("USA", "JPN").topic("long_horizon_roadmap")
    assert horizon.contested == ()
    assert not contested(friction_of("NLD", "CHN"), "collectivism_japan_korea")


def test_a_finding_about_a_score_holds_for_all_parties(friction_of):
    # Concessions, NLD and CHN: .40 * 42 / 20.634 = .814 and .60 * 52 / 20.284 = 1.538, so 65 % is
    # masculinity; safeguards: .30 * 60 / 23.681 = .760 and .70 * 23 / 23.136 = .696, so 48 % is
    # uncertainty avoidance.
    found = friction_of("NLD", "CHN")
    assert "competitive_concessions" in contested(found, "masculinity_weak")
    assert "safeguards_IP_exclusivity" in contested(found, "uncertainty_avoidance_weak")
    # DEU and BRA: .60 * 17 / 20.284 = .503 against .40 * 34 / 20.634 = .659, 43 %; safeguards:
    # .70 * 11 / 23.136 = .333 against .30 * 29 / 23.681 = .367, 48 %.
    assert "competitive_concessions" in contested(friction_of("DEU", "BRA"), "masculinity_weak")


@pytest.mark.parametrize("where", ["fires", "quiet"])
def test_every_topic_fires_and_stays_quiet_where_its_file_says(friction_of, knowledge, where):
    wrong = [
        (topic.id, pair, found.severity)
        for topic in knowledge.topics
        for pair in getattr(topic, where)
        for found in [friction_of(*pair).topic(topic.id)]
        if (found.severity >= 50) != (where == "fires")
    ]
    assert wrong == []
    assert all(getattr(topic, where) for topic in knowledge.topics)


def test_regional_scores_count_as_in_the_comparison(friction_of, references, tables):
    found = friction_of("KEN", "DEU")
    assert found.reason == ""
    compared = compare(references, "KEN", "DEU", default_settings(tables), ())
    assert len(compared.dimensions_used) == 6
    off = friction_of("KEN", "DEU", make_settings(tables, published_only=True))
    assert off.reason.startswith("There is no distance between Kenya and Germany")


def test_a_weight_on_a_dimension_moves_no_topic_but_a_dimension_left_out_does(friction_of, tables):
    plain = friction_of("NLD", "CHN")
    tilted = friction_of("NLD", "CHN", make_settings(tables, weights={"mas": 3}))
    assert [t.gap for t in tilted.topics] == pytest.approx([t.gap for t in plain.topics])
    without = friction_of("NLD", "CHN", make_settings(tables, weights={"mas": 0}))
    assert without.topic("competitive_concessions").reason == "too little to go by without MAS"
    assert without.topic("decision_at_top").gap == pytest.approx(plain.topic("decision_at_top").gap)


@pytest.mark.parametrize(
    ("framework", "name"),
    [
        ("globe-2004-practices", "GLOBE practices"),
        ("inglehart-welzel-2023", "Inglehart-Welzel 2023"),
        ("tightness-2011", "Tightness 2011"),
    ],
)
def test_a_framework_without_the_dimensions_of_the_topics_predicts_nothing_and_says_so(
    friction_of, tables, framework, name
):
    found = friction_of("NLD", "CHN", make_settings(tables, framework=framework))
    assert found.reason == (
        f"No friction is predicted from {name}: the topics rest on the dimensions of Hofstede"
        " 2015. Choose that framework under Settings to see them."
    )
    assert len(found.topics) == 18
    assert {(t.reason, t.gap, t.severity) for t in found.topics} == {(found.reason, None, None)}
    assert (found.overall, found.multipliers, found.effects) == (None, None, ())
