"""Which side notices more, by hand from the individualism of both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from analysis.comparison import compare
from analysis.deal import Deal
from analysis.friction.assessment import assess
from analysis.friction.perception import felt_multiplier, felt_severity
from analysis.settings import make_settings


@pytest.mark.parametrize(
    ("pair", "ours", "theirs"),
    [("NLD-CHN", 1.24, 0.76), ("USA-JPN", 1.18, 0.82), ("DEU-BRA", 1.12, 0.88)],
)
def test_the_multipliers_are_those_of_the_methods(friction_of, pair, ours, theirs):
    # NLD and CHN: 80 - 20 = 60 points of 23.681, so 1 + .095 * 2.534 = 1.241.
    a, b = pair.split("-")
    assert friction_of(a, b).multipliers == pytest.approx((ours, theirs), abs=0.005)
    assert friction_of(b, a).multipliers == pytest.approx((theirs, ours), abs=0.005)
    assert friction_of(a, b).notices_more == "a"
    assert friction_of(b, a).notices_more == "b"


def test_they_are_clipped_and_then_shrink_with_each_tie(knowledge):
    felt = knowledge.friction.felt
    assert felt_multiplier(1, 0, 0, felt) == pytest.approx(1.095)
    assert felt_multiplier(4, 0, 0, felt) == 1.3  # 1.38
    assert felt_multiplier(0, 4, 0, felt) == 0.7  # .62
    # .9 for each tie, after clipping: 1.3 * .9 and 1.3 * .81, .7 * .81
    assert felt_multiplier(4, 0, 1, felt) == pytest.approx(1.17)
    assert felt_multiplier(4, 0, 2, felt) == pytest.approx(1.053)
    assert felt_multiplier(0, 4, 2, felt) == pytest.approx(0.567)
    assert felt_multiplier(1, 1, 0, felt) == 1


def test_a_very_wide_gap_is_clipped_on_both_sides(friction_of):
    # USA 91, GTM 6: 85 points of 23.681 are 3.59; 1 + .095 * 3.59 = 1.34, clipped to 1.3.
    assert friction_of("USA", "GTM").multipliers == (1.3, 0.7)


def test_each_side_has_ties_of_its_own(friction_of):
    plain = friction_of("NLD", "CHN").multipliers
    lived = friction_of("NLD", "CHN", deal=Deal(own_lived=True)).multipliers
    assert lived == pytest.approx((0.9 * plain[0], plain[1]))
    both = friction_of("NLD", "CHN", deal=Deal(own_lived=True, own_language=True)).multipliers
    assert both == pytest.approx((0.81 * plain[0], plain[1]))
    theirs = friction_of("NLD", "CHN", deal=Deal(their_language=True)).multipliers
    assert theirs == pytest.approx((plain[0], 0.9 * plain[1]))


def test_what_a_side_feels_is_the_severity_with_the_deal_times_its_multiplier(friction_of):
    found = friction_of("NLD", "CHN", deal=Deal(prior_deals=True, own_lived=True))
    for topic in found.topics:
        ours, theirs = (topic.in_context * m for m in found.multipliers)
        assert topic.felt_by_a == pytest.approx(min(100, ours))
        assert topic.felt_by_b == pytest.approx(min(100, theirs))
    # 97 * 1.24 would be 120
    assert friction_of("NLD", "CHN").topic("holistic_agenda").felt_by_a == 100


@given(st.floats(0, 100), st.floats(0.5, 1.3))
def test_nobody_feels_more_than_everything(value, multiplier):
    felt = felt_severity(value, multiplier)
    assert 0 <= felt <= 100
    assert felt == pytest.approx(value * multiplier) or value * multiplier > 100


def test_without_individualism_nobody_is_said_to_notice_more(friction_of, tables):
    without = make_settings(tables, dimensions=["pdi", "mas", "uai", "lto"])
    found = friction_of("NLD", "CHN", without)
    assert found.multipliers is None
    assert found.notices_more is None
    valued = [topic for topic in found.topics if topic.severity is not None]
    assert len(valued) == 9  # those that keep 60 % of their weights
    assert {(topic.felt_by_a, topic.felt_by_b) for topic in valued} == {(None, None)}


@pytest.mark.parametrize(
    ("pair", "notices"),
    # Individualism 90 and 89: 1 point. 67 and 55: 12 points, a difference of the multipliers of
    # 2 * .095 * 12 / 23.681 = .096. 80 and 67: 13 points, .104.
    [("AUS-GBR", None), ("DEU-AUT", None), ("NLD-DEU", "a"), ("DEU-NLD", "b")],
)
def test_a_difference_of_a_tenth_decides_who_notices_more(friction_of, pair, notices):
    found = friction_of(*pair.split("-"))
    assert found.notices_more == notices
    ours, theirs = found.multipliers
    assert (abs(ours - theirs) > 0.1) == (notices is not None)


def test_ties_can_turn_round_who_notices_more(friction_of):
    # DEU to BRA 1.12 * .81 = .90 against .88: no more than a tenth apart.
    tied = Deal(own_lived=True, own_language=True)
    assert friction_of("DEU", "BRA", deal=tied).notices_more is None
    assert friction_of("AUS", "GBR", deal=tied).notices_more == "b"


@pytest.mark.parametrize(("highest", "notices"), [(0.2, None), (0.3, "a")])
def test_exactly_a_tenth_apart_is_not_yet_noticed(
    knowledge, references, friction_references, settings, highest, notices
):
    # Clipped on both sides: .2 - .1 is the number .1 to the last digit, which is not above it.
    felt = changed(knowledge.friction.felt, slope=10.0, lowest=0.1, highest=highest)
    model = changed(knowledge, friction=changed(knowledge.friction, felt=felt))
    pair = compare(references, "NLD", "CHN", settings, ())
    found = assess(model, references, friction_references, pair, Deal())
    assert found.multipliers == (highest, 0.1)
    assert found.notices_more == notices
