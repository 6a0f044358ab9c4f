"""A prediction in words: sentences that are whole, hedged, and the right way round."""

import re
from dataclasses import replace

import pytest

from analysis.friction.words import (
    citation_line,
    contested_sentence,
    describe,
    headline,
    how_likely,
    rests_on,
    shared_sentence,
    short_name,
    who_notices,
)
from analysis.knowledge.record import Citation
from analysis.settings import make_settings


@pytest.fixture
def framework(tables):
    return tables.frameworks["hofstede-2015"]


def test_a_headline_says_what_each_side_may_do(friction_of):
    found = friction_of("NLD", "CHN").topic("decision_at_top")
    assert headline(found) == (
        "They may leave the decision to someone senior who may not be in the room; you may send"
        " people who may decide within a mandate."
    )
    assert headline(friction_of("CHN", "NLD").topic("decision_at_top")) == (
        "They may send people who may decide within a mandate; you may leave the decision to"
        " someone senior who may not be in the room."
    )


def test_how_likely_gives_the_rank_its_range_and_the_people(friction_of):
    # 90.504 [78.0 to 96.5], and Phi(2.3613 * .5 / root 2) = .798
    assert how_likely(friction_of("NLD", "CHN").topic("trust_before_transaction")) == (
        "By the scores alone wider than in 91 of 100 country pairs (likely, in 90 of 100 worlds, 78"
        " to 97; counted one by one 88); 80 of 100 random pairs of people differ this way round."
    )


def test_without_a_value_the_reason_is_given(friction_of, tables):
    classic = make_settings(tables, dimensions=["pdi", "idv", "mas", "uai"])
    found = friction_of("NLD", "CHN", classic).topic("long_horizon_roadmap")
    assert how_likely(found) == "No prediction: too little to go by without LTO."


def test_what_a_gap_rests_on_names_what_pulls_the_other_way(friction_of, framework):
    # Decision: 65 % and 35 %. Quarrel: .25 * 2.0355 = .509, .55 * 2.5337 = 1.394 and, against it,
    # .20 * 2.5636 = .513, of 2.415 together 21 %, 58 % and 21 %.
    found = friction_of("NLD", "CHN")
    assert rests_on(framework, found.topic("decision_at_top")) == (
        "Power distance (65 %) and individualism (35 %)"
    )
    assert rests_on(framework, found.topic("avoid_open_conflict")) == (
        "Individualism (58 %) and power distance (21 %), with masculinity pulling the other way"
    )
    # Less than a tenth is left out: PDI in "trust first" for USA and JPN has 7 %.
    trust = friction_of("USA", "JPN").topic("trust_before_transaction")
    assert "ower distance" not in rests_on(framework, trust)


@pytest.mark.parametrize(("place", "kind"), [(0.5, "high"), (0.49, ""), (-0.49, ""), (-0.5, "low")])
def test_common_ground_speaks_of_the_end_at_which_both_stand(friction_of, place, kind):
    found = replace(friction_of("SWE", "NOR").topic("indirect_face"), mean_position=place)
    expected = {"high": found.topic.high.shared, "low": found.topic.low.shared}
    assert shared_sentence(found) == expected.get(kind, found.topic.common)


def test_who_notices_more_is_said_to_us(friction_of, tables):
    # The multipliers are 1.2407 and .7593.
    assert who_notices(friction_of("NLD", "CHN")) == (
        "Your side is likely to notice it more than theirs."
    )
    assert who_notices(friction_of("CHN", "NLD")) == (
        "Their side is likely to notice it more than yours."
    )
    assert who_notices(friction_of("AUS", "GBR")) == (
        "Both sides are likely to notice it about equally."
    )
    without = make_settings(tables, dimensions=["pdi", "mas", "uai", "lto"])
    assert "individualism" in who_notices(friction_of("NLD", "CHN", without))


@pytest.mark.parametrize("pair", [("NLD", "CHN"), ("CHN", "NLD"), ("USA", "JPN"), ("DEU", "BRA")])
def test_every_line_of_a_prediction_is_a_whole_sentence(friction_of, knowledge, tables, pair):
    for found in friction_of(*pair).topics:
        said = describe(knowledge, tables, found)
        ours, theirs = found.topic.at(found.pole_of("a")), found.topic.at(found.pole_of("b"))
        assert said.move == ours.move
        assert said.request == f"Ask them {theirs.request}."
        assert said.holds_if == f"It holds if {theirs.sign}."
        assert said.fails_if == f"It does not if {ours.sign}."
        assert said.you_may_see[1:] == f"{ours.sees}."[1:]
        assert said.they_may_see[1:] == f"{theirs.sees}."[1:]
        lines = [
            said.headline, said.you_may_see, said.they_may_see, said.holds_if, said.fails_if,
            said.move, said.request, said.terms, said.likely, said.limits,
            *(line.split(" (")[0] for line in said.exceptions),  # without the source behind it
        ]  # fmt: skip
        for line in lines:
            assert re.match(r"[A-Z“]", line), line
            assert re.search(r"[.!?][”)]?$", line), line
            assert not re.search(r"\.\.|[{}]|\s\s", line), line
            assert not re.search(
                r"(?i)(^|[.;,] )(they|you|both sides) (will|always|never)\b", line
            ), line
        assert said.question.endswith("?")
        assert said.evidence.startswith(f"{found.topic.evidence}: ")


def test_what_speaks_against_a_score_stands_with_the_exceptions_and_its_source(
    friction_of, knowledge, tables
):
    said = describe(knowledge, tables, friction_of("USA", "JPN").topic("trust_before_transaction"))
    assert said.exceptions[-1].startswith("Studies of individuals do not find people in Japan or")
    assert said.exceptions[-1].endswith("(Oyserman and others 2002)")
    assert said.sources[-1].id == "oyserman-2002"
    plain = describe(knowledge, tables, friction_of("NLD", "CHN").topic("trust_before_transaction"))
    assert not any("Oyserman" in line for line in plain.exceptions)
    for finding in knowledge.contested:
        assert "{" not in contested_sentence(tables, finding)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("holt-devore-2005", "Holt and DeVore 2005"),
        ("gunkel-2016", "Gunkel and others 2016"),
        ("westjohn-2022", "Westjohn and others 2022"),
        ("hofstede-2001", "Hofstede 2001"),
        ("hupert", "Hupert"),
    ],
)
def test_a_source_is_named_by_who_and_when(tables, source, name):
    assert short_name(tables, source) == name


@pytest.mark.parametrize(
    ("citation", "line"),
    [
        (
            Citation("gunkel-2016", "read", "abstract", "It says so."),
            "Gunkel and others 2016, Cultural values, emotional intelligence, and conflict handling"
            " styles: a global study, Journal of World Business 51, 568-585,"
            " doi:10.1016/j.jwb.2016.02.001 (read: abstract). It says so.",
        ),
        (
            Citation("hofstede-2001", "recalled", says="It says so."),
            "Hofstede 2001, Culture's consequences (second edition), Sage (recalled, not read"
            " again). It says so.",
        ),
        (
            Citation("hupert", "read", "whole text", "It says so."),
            "Hupert, Contracting Excellence (WorldCC) (read: whole text). It says so.",
        ),
        (
            Citation("parley-design", "design", says="Weights."),
            "Own design of Parley. Weights.",
        ),
    ],
)
def test_a_citation_says_where_it_is_from_and_how_it_was_read(tables, citation, line):
    assert citation_line(tables, citation) == line
