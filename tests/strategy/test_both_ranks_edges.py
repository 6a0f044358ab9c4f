"""Why distance and friction rank a pair apart, at its bounds: shares, counts, one and several."""

from dataclasses import replace

import pytest

from analysis.comparison import compare
from analysis.settings import make_settings
from analysis.strategy.both_ranks import ranks_sentence, topic_weights
from analysis.tables import load_tables

TABLES = load_tables()
# One of these topics in four pulls both ways by 20 points of severity, and none of the others.
OFFSET, ALONE = (20.0, 0.0), (50.0, 50.0)
LESS = (
    "the distance adds up every gap, while a topic weighs only some and lets them offset each other"
)
MORE = (
    "a topic weighs some dimensions more than the distance does, and its gaps add up where they"
    " pull the same way"
)


@pytest.fixture(scope="module")
def pair(references, friction_of):
    """Return the comparison and the friction of the Netherlands and Japan."""
    settings = make_settings(TABLES)
    return compare(references, "NLD", "JPN", settings, ()), friction_of("NLD", "JPN", settings)


@pytest.fixture(scope="module")
def told(knowledge, pair):
    """Return what is said of the pair with ranks, shares of the distance and severities put in.

    `shares` are of the Kogut-Singh sum, none for a dimension that is not named; `topics` are each
    the severity one way and that of the gap itself.
    """
    base, friction = pair

    def of(far=90.0, rub=60.0, shares=(), topics=(), used=base.dimensions_used):
        gaps = {
            d: replace(gap, contribution=dict(shares).get(d, 0.0)) for d, gap in base.gaps.items()
        }
        result = replace(base.headline, percentile=far, percentile_interval=None)
        comparison = replace(
            base,
            gaps=gaps,
            measures={**base.measures, base.settings.measure: result},
            dimensions_used=used,
        )
        found = friction.topics[0]
        severities = [
            replace(found, one_way=one_way, closed_form=gap, severity=gap)
            for one_way, gap in topics or [(50.0, 40.0)]  # neither together nor offset
        ]
        ranked = replace(
            friction, overall_percentile=rub, rank_interval=None, topics=tuple(severities)
        )
        said = ranks_sentence(TABLES, knowledge, comparison, ranked)
        return said.partition(", and both hold: ")[2].removesuffix(".")

    return of


@pytest.fixture(scope="module")
def weights(knowledge, pair):
    return topic_weights(knowledge, pair[0])


def test_ranks_exactly_twenty_apart_are_told_and_nearer_ones_are_not(told):
    assert told(far=80.0, rub=60.0) == LESS
    assert told(far=60.0, rub=80.0) == MORE
    assert told(far=79.9, rub=60.0) == told(far=60.0, rub=79.9) == ""


def test_without_a_rank_of_the_friction_nothing_is_said(told):
    assert told(rub=None) == ""


def test_a_dimension_is_named_from_a_quarter_of_the_distance(told):
    named = (
        "masculinity (14 against 95) makes up 25 % of the distance but carries 9 % of the weight"
    )
    assert told(shares={"mas": 0.25}) == f"{named} in the topics"
    assert told(shares={"mas": 0.2499}) == LESS


def test_a_dimension_explains_less_friction_where_its_weight_is_below_half_its_share(told, weights):
    double = 2 * weights["pdi"]  # 0.454
    assert told(shares={"pdi": double}) == LESS
    # Between two and three times: 0.568 of the distance against 0.227 of the weight.
    assert told(shares={"pdi": 2.5 * weights["pdi"]}) == (
        "power distance (38 against 54) makes up 57 % of the distance but carries 23 % of the"
        " weight in the topics"
    )


def test_two_dimensions_are_named_the_larger_share_first(told):
    # Masculinity, 81 points apart, comes before indulgence, 26 apart, in points, not in shares; of
    # three the smallest is left out. 60 + 26 = 86 %; 2.5 + 9 = 11.5 % of the weight.
    shares = {"mas": 0.26, "ivr": 0.6, "lto": 0.255}
    assert told(shares=shares) == (
        "indulgence (68 against 42) and masculinity (14 against 95) make up 86 % of the distance"
        " but carry 12 % of the weight in the topics"
    )


@pytest.mark.parametrize("severity", ["closed_form", "counted"])
def test_a_topic_is_one_or_the_other_by_one_rule_of_severity(
    knowledge, references, friction_of, severity
):
    # The severity of one side alone has no count; against a counted severity it would be off.
    settings = make_settings(TABLES, severity=severity)
    comparison = compare(references, "IRL", "ETH", settings, ())
    said = ranks_sentence(TABLES, knowledge, comparison, friction_of("IRL", "ETH", settings))
    assert said.endswith(", and on 11 of 18 topics all gaps pull the same way.")


def test_gaps_that_offset_are_told_from_a_quarter_of_the_topics(told):
    said = "on 1 of 4 topics gaps pull in opposite directions"
    assert told(topics=[OFFSET, ALONE, ALONE, ALONE]) == said
    assert told(topics=[OFFSET, ALONE, ALONE, ALONE, ALONE]) == LESS
    assert told(topics=[(19.9, 0.0), ALONE, ALONE, ALONE]) == LESS
    unknown = (None, None)
    assert told(topics=[OFFSET, ALONE, ALONE, ALONE, unknown]) == said
    assert told(shares={"mas": 0.4}, topics=[OFFSET]).endswith(
        " in the topics, and on 1 of 1 topics gaps pull in opposite directions"
    )


def test_gaps_that_add_up_are_told_from_half_of_the_topics(told):
    def more(*topics):
        return told(far=50.0, rub=80.0, topics=topics)

    said = "on 1 of 2 topics all gaps pull the same way"
    assert more(ALONE, OFFSET) == more((0.0, 0.0), OFFSET) == more((50.9, 50.0), OFFSET) == said
    assert more(ALONE, OFFSET, OFFSET) == MORE
    # A point or more from the gap itself: something pulls the other way.
    assert more((51.0, 50.0), OFFSET) == more((51.5, 50.0), OFFSET) == more((1.5, 0.0), OFFSET)
    assert more((51.0, 50.0), OFFSET) == MORE


def test_one_dimension_carries_what_two_carry(told):
    one = told(far=50.0, rub=80.0, shares={"idv": 0.4})
    assert one == (
        "individualism (80 against 46) carries 37 % of the weight in the topics, where an even"
        " share is 17 %"
    )


def test_a_dimension_with_an_even_share_of_the_weight_explains_nothing(told):
    assert told(far=50.0, rub=80.0, shares={"mas": 1.0}, used=("mas",)) == MORE


def test_a_dimension_on_which_both_score_the_same_explains_nothing(told):
    # Of the two, individualism has most of the weight, and no share of the distance.
    assert told(far=50.0, rub=80.0, shares={"mas": 1.0}, used=("mas", "idv")) == MORE


def test_a_score_of_nought_is_said_as_it_is(knowledge, references, friction_of):
    # Pakistan has 0 on indulgence.
    settings = make_settings(TABLES)
    comparison = compare(references, "PAK", "CHL", settings, ())
    said = ranks_sentence(TABLES, knowledge, comparison, friction_of("PAK", "CHL", settings))
    assert "indulgence (0 against 68) makes up" in said
