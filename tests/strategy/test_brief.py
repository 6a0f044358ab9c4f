"""The whole brief: its sentences, its flags, and the object that is taken away as JSON."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from analysis.comparison import compare
from analysis.deal import DEAL_FIELDS, EMPTY_FORM, EXAMPLE, Deal, possible_deal_flags
from analysis.exports.as_json import brief_object, comparison_object, sources_of
from analysis.friction.ranking import common_ground, predicted
from analysis.friction.words import describe, headline
from analysis.settings import make_settings
from analysis.strategy.brief import brief_sentences, build_brief
from analysis.strategy.deal_file import read_deal
from analysis.strategy.flags import brief_flags, possible_flags
from analysis.tables import load_tables

ROOT = Path(__file__).parents[2]
COUNTRIES = [p.id for p in load_tables().profiles.values() if p.kind == "country"]
MOLDS = Deal(kind="supply", they_hold=("molds",), first_order=4_000.0, total=800_000.0)
BRIEFS = {
    "supply": ("NLD", "CHN", MOLDS),
    "licence": ("USA", "JPN", Deal(kind="licence", ip_at_stake=True, initiative="passive")),
    "distribution": ("DEU", "BRA", Deal(kind="distribution", led="they", hard_phase=True)),
    "near": ("SWE", "FIN", EMPTY_FORM),
}
every_brief = pytest.mark.parametrize("which", BRIEFS)


@pytest.fixture(scope="module")
def example(knowledge):
    return read_deal((ROOT / EXAMPLE).read_text("utf-8"), knowledge.friction.effects)


def sentences_of(text):
    return [s for s in re.split(r"(?<=[.!?])\s+", text) if s]


def texts(value):
    """Every text in an object, at any depth."""
    if isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


def test_much_friction_is_said_with_its_rank_and_what_to_prepare(brief_of):
    # 99th percentile (METHODS 7.1); all six families; contract 95.0, then concessions 82.3.
    first, second, third = brief_of("NLD", "CHN").sentences
    assert re.fullmatch(
        r"Between the Netherlands and China the scores predict more friction than between 99 of 100"
        r" country pairs \(likely \d\d to 99\)\.",
        first,
    )
    assert second == (
        "They point to all six areas; prepare first for “how much goes into the contract” and"
        " “opening offers and concessions”."
    )
    assert third.startswith("Your side is likely to notice it more than theirs")


def test_a_middling_amount_is_called_so(brief_of):
    # 50th percentile; no topic on contracts reaches 50.
    first, second, _ = brief_of("DEU", "BRA").sentences
    assert "predict a middling amount of friction, more than between 50 of 100" in first
    assert second.startswith("They point to every area but contracts; prepare first for")


def test_little_friction_is_said_as_little(brief_of):
    first, second, third = brief_of("SWE", "FIN").sentences
    assert "Between Sweden and Finland the scores predict little friction: less than" in first
    low, high = map(
        int, re.search(r"less than between \d+ .*likely (\d+) to (\d+)", first).groups()
    )
    rank = int(re.search(r"less than between (\d+) of 100", first)[1])
    assert low <= rank <= high
    assert second == "They point to contracts only, and weakly: “safeguards”."
    assert third == "Both sides are likely to notice it about equally."


@pytest.fixture
def said_of(brief_of, knowledge):
    """Return the sentences of SWE and FIN with parts of the friction put in place."""
    brief = brief_of("SWE", "FIN")
    return lambda **parts: brief_sentences(
        knowledge, brief.comparison, replace(brief.friction, **parts)
    )


@pytest.mark.parametrize(
    ("percentile", "interval", "said"),
    [
        (75, (60, 90), "more friction than between 75 of 100 country pairs (likely 60 to 90)."),
        (
            74.9, (60, 90),
            "a middling amount of friction, more than between 75 of 100 country pairs (likely 60 to"
            " 90).",
        ),
        (
            25, (10, 40),
            "a middling amount of friction, more than between 25 of 100 country pairs (likely 10 to"
            " 40).",
        ),
        # Seen from below: 100 - 24, 100 - 40 and 100 - 10.
        (
            24, (10, 40),
            "little friction: less than between 76 of 100 country pairs (likely 60 to 90).",
        ),
        # A range that reaches beyond the middle leaves its quarter probable.
        (75, (49, 90), "probably more friction than between 75 of 100 country pairs (likely 49 to"
         " 90)."),
        (24, (10, 51), "probably little friction: less than between 76 of 100 country pairs (likely"
         " 49 to 90)."),
    ],
)  # fmt: skip
def test_how_much_is_said_by_quarters_and_little_is_counted_from_below(
    said_of, percentile, interval, said
):
    first = said_of(overall_percentile=percentile, rank_interval=interval)[0]
    assert first == f"Between Sweden and Finland the scores predict {said}"


@pytest.mark.parametrize(
    ("interval", "edges"), [((19, 94), (19, 94)), ((20, 85), (20, 85)), (None, (1, 99))]
)
def test_a_range_of_two_thirds_of_all_pairs_gives_no_verdict(said_of, interval, edges):
    for percentile in (10, 57, 90):
        assert said_of(overall_percentile=percentile, rank_interval=interval)[0] == (
            "How much friction to expect between Sweden and Finland cannot be told from scores this"
            f" uncertain: they put it above {percentile} of 100 country pairs, and likely anywhere"
            f" from {edges[0]} to {edges[1]}."
        )
    assert "a middling amount" in said_of(overall_percentile=57, rank_interval=(20, 84))[0]


def test_areas_with_too_few_scores_to_judge_are_not_counted_in(brief_of, tables):
    # Without individualism no topic of trust has enough of its weight, so five areas are judged.
    without = make_settings(tables, weights={"idv": 0})
    assert brief_of("NLD", "CHN", settings=without).sentences[1] == (
        "They point to all five areas that can be judged; prepare first for “opening offers and"
        " concessions” and “who can say yes”. Too few scores are in use to judge trust."
    )
    assert (
        brief_of("NLD", "KEN", settings=without)
        .sentences[1]
        .startswith("They point to every area that can be judged but communication, and weakly: “")
    )
    few = make_settings(tables, weights={"pdi": 0, "lto": 0})
    assert "judged" not in brief_of("NLD", "CHN").sentences[1]
    assert "judge hierarchy." in brief_of("NLD", "JPN", settings=few).sentences[1]


@pytest.mark.parametrize("missing", ["overall", "overall_percentile"])
def test_without_a_severity_or_its_rank_the_reason_is_all_there_is(said_of, missing):
    assert said_of(reason="There is none.", **{missing: None}) == ("There is none.",)


@pytest.mark.parametrize("nearest", [0.4, 0.0])
def test_a_topic_without_a_value_is_never_the_nearest(brief_of, said_of, nearest):
    unknown, known = brief_of("SWE", "FIN").friction.topics[:2]
    unknown = replace(unknown, in_context=None, band=None)
    known = replace(known, in_context=nearest, band=None)
    said = said_of(topics=(known, unknown) if nearest == 0 else (unknown, known))[1]
    assert said.endswith(f"“{known.topic.title_in_sentence}” (0 of 100).")


def only(friction, count):
    """Return a friction with the first predicted topic of that many families and no other."""
    kept = {}
    for found in predicted(friction):
        kept.setdefault(found.topic.family, found)
    kept = list(kept.values())[:count]
    return replace(friction, topics=tuple(kept))


@pytest.mark.parametrize(
    ("count", "where"),
    [
        (6, r"all six areas"), (5, r"every area but \w+"), (4, r"every area but \w+ and \w+"),
        (3, r"\w+, \w+ and \w+ only"), (2, r"\w+ and \w+ only"), (1, r"\w+ only"),
    ],
)  # fmt: skip
def test_up_to_two_areas_are_named_as_left_out_and_up_to_three_as_in(
    brief_of, knowledge, count, where
):
    brief = brief_of("NLD", "CHN")
    sentences = brief_sentences(knowledge, brief.comparison, only(brief.friction, count))
    assert re.match(rf"They point to {where}; prepare first for “", sentences[1])


def test_where_nothing_is_predicted_people_matter_more(brief_of):
    brief = brief_of("SWE", "NOR")
    assert predicted(brief.friction) == []
    assert brief.top == ()
    assert "little friction" in brief.sentences[0]
    assert brief.sentences[1].startswith("No topic lies wider apart than in half of all")
    nearest = max(brief.friction.topics, key=lambda t: t.in_context)
    assert brief.sentences[1].endswith(
        f"nearest to that is “{nearest.topic.title.lower()}” ({nearest.in_context:.0f} of 100)."
    )
    assert nearest.in_context > 40
    assert brief.sentences[2] == (
        "Differences between the companies and the people will matter more."
    )
    assert all(stage.first == stage.again == () for stage in brief.stages)
    assert not any("standard deviations" in text for text in brief.not_everyone)


@pytest.mark.parametrize("pair", [("UKR", "POL"), ("NLD", "NLD"), ("KWT", "LBN")])
def test_without_a_distance_the_advice_from_the_deal_is_there_all_the_same(brief_of, pair):
    brief = brief_of(*pair, MOLDS)
    assert brief.reason
    assert brief.top == ()
    assert brief.orientation.outcome == "relationship"
    assert brief.roadmap.level == "insult"
    assert "That the molds stay yours" in " ".join(item.text for item in brief.must_say)
    assert sum(item.minutes for item in brief.agenda) == 90
    assert brief.sentences
    assert all("None" not in s and "nan" not in s for s in brief.sentences)


def test_the_first_question_is_that_of_the_top_friction_that_is_met_first(brief_of, knowledge):
    # Of the top five of NLD and CHN only pace is met while the relationship is built.
    pace = knowledge.topic_by_id["patience_pace"]
    assert brief_of("NLD", "CHN").first_question == pace.question
    # With nothing to test, the first safe question.
    assert brief_of("SWE", "NOR").first_question == (
        "What do you look for in a partner from abroad?"
    )


def test_the_first_question_is_never_on_a_topic_that_is_delicate_or_doubtful(
    knowledge, friction_of, brief_of
):
    # Of DEU and BRA who answers for a mistake is uncertain, and met before the other three.
    brief = brief_of("DEU", "BRA")
    fit = [t for t in brief.top if not t.uncertain and not t.topic.delicate]
    assert {t.topic.id for t in brief.top} - {t.topic.id for t in fit} == {
        "collective_accountability", "gifts_favours_as_obligation",
    }  # fmt: skip
    assert brief.first_question in {t.topic.question for t in fit}
    # Delicate alone, or uncertain alone, is enough to keep a topic back.
    sure = replace(brief.friction, topics=tuple(replace(t, uncertain=False) for t in brief.top))
    asked = build_brief(knowledge, brief.comparison, sure, EMPTY_FORM).first_question
    assert asked == knowledge.topic_by_id["collective_accountability"].question


def test_what_an_empty_form_decides_is_said_to_be_assumed(brief_of):
    assert brief_of("NLD", "CHN").orientation.why == (
        "Assumed until you describe the deal: you expect to deal with them again."
    )
    assert brief_of("NLD", "CHN", Deal(kind="supply")).orientation.why == (
        "Because you expect to deal with them again."
    )


def test_how_the_negotiation_starts_is_said_unless_it_is_at_arms_length(brief_of, knowledge):
    start = knowledge.strategy.relationship.start
    assert start.startswith("The negotiation starts with the first")
    assert brief_of("NLD", "CHN").relationship_start == start
    assert brief_of("NLD", "CHN", Deal(repeat_deals=False)).relationship_start == start


def test_every_flag_that_can_be_set_is_known(knowledge):
    found = possible_flags(knowledge)
    assert found - possible_deal_flags() == {
        f"topic:{topic.id}:{pole}"
        for topic in knowledge.topics
        for pole in ("they_high", "they_low")
    } | {"relationship", "arms_length", "open"}
    assert {"kind:supply", "they_hold:molds", "repeat_deals"} <= found


def test_flags_say_at_which_pole_they_stand(brief_of, knowledge):
    brief = brief_of("NLD", "CHN", MOLDS)
    flags = brief_flags(MOLDS, brief.friction, "relationship")
    topics = {flag for flag in flags if flag.startswith("topic:")}
    assert "topic:trust_before_transaction:they_high" in topics
    assert "topic:detailed_contract:they_low" in topics
    # Two of the eighteen are uncertain: who answers (74) and the horizon (53).
    assert len(predicted(brief.friction)) == 18
    assert len(topics) == 16
    assert {"relationship", "they_hold:molds", "kind:supply", "repeat_deals"} <= flags
    back = brief_flags(MOLDS, brief_of("CHN", "NLD", MOLDS).friction, "relationship")
    other = {"they_high": "they_low", "they_low": "they_high"}
    turned = {":".join([*f.split(":")[:2], other[f.split(":")[2]]]) for f in topics}
    assert {flag for flag in back if flag.startswith("topic:")} == turned


deals = st.builds(
    Deal,
    **{
        name: st.booleans()
        if field.kind == "yes"
        else st.sampled_from(sorted(field.choices))
        if field.kind == "choice"
        else st.lists(st.sampled_from(sorted(field.choices)), unique=True).map(tuple)
        for name, field in DEAL_FIELDS.items()
        if field.kind in {"yes", "choice", "several"}
    },
)


@given(a=st.sampled_from(COUNTRIES), b=st.sampled_from(COUNTRIES), deal=deals)
@trials(max_examples=60, deadline=None)
def test_every_pair_and_deal_has_a_whole_brief(brief_of, knowledge, tables, a, b, deal):
    brief = brief_of(a, b, deal)
    assert brief_flags(deal, brief.friction, brief.orientation.outcome) <= possible_flags(knowledge)
    found = brief_object(knowledge, tables, brief)
    written = json.dumps(found, ensure_ascii=False, allow_nan=False)
    assert not re.search(r"\{[a-z_]*\}", written)
    for text in texts(found):
        assert not re.search(r"\bNone\b|\bnan\b|\.\.(?!\.)| {2}| ,", text), text
    topics = [t.topic.id for stage in brief.stages for t in stage.first]
    assert sorted(topics) == sorted(t.topic.id for t in predicted(brief.friction))
    assert [p["topic"] for p in found["predictions"]] == topics
    assert brief.must_say
    assert brief.decider_hints
    assert all(s.endswith(".") for s in brief.sentences)


@every_brief
def test_no_sentence_stands_twice_in_what_is_to_be_decided(brief_of, knowledge, tables, which):
    a, b, deal = BRIEFS[which]
    brief = brief_of(a, b, deal)
    decision = brief.orientation
    said = [
        *brief.sentences, decision.verdict, decision.why, decision.against, decision.advice,
        *(headline(t) for t in brief.top),
        *(describe(knowledge, tables, t).move for t in brief.top),
        *(item.text for item in brief.must_say), brief.must_say_again, brief.first_question,
        brief.roadmap.check, brief.roadmap.statement, brief.shared_aim, brief.relationship_start,
        brief.leadership.state, brief.leadership.initiative, brief.leadership.alert,
        *brief.common, *brief.decider_hints,
    ]  # fmt: skip
    counted = Counter(sentence for text in said for sentence in sentences_of(text))
    assert [sentence for sentence, count in counted.items() if count > 1] == []
    assert not any("{" in sentence or "}" in sentence for sentence in counted)


@every_brief
def test_no_two_predictions_of_a_brief_say_the_same(brief_of, knowledge, tables, which):
    a, b, deal = BRIEFS[which]
    brief = brief_of(a, b, deal)
    found = [describe(knowledge, tables, t) for stage in brief.stages for t in stage.first]
    for field in (
        "headline",
        "you_may_see",
        "they_may_see",
        "question",
        "move",
        "request",
        "terms",
    ):
        said = [getattr(prediction, field) for prediction in found]
        assert len(set(said)) == len(said), field


def test_the_molds_are_said_early_and_again(brief_of):
    brief = brief_of("NLD", "CHN", MOLDS)
    molds = next(item for item in brief.must_say if "molds" in item.text)
    assert molds.stages[0] == "relationship_building"
    assert len(molds.stages) >= 3
    # What the deal brings comes before what holds for every deal.
    order = [bool(item.when) for item in brief.must_say]
    assert order == sorted(order, reverse=True)
    plain = brief_of("NLD", "CHN")
    assert not any("molds" in item.text for item in plain.must_say)


def test_at_arms_length_the_first_order_is_no_step_one(brief_of):
    bid = Deal(kind="supply", repeat_deals=False, commodity=True)
    said = {item.id for item in brief_of("NLD", "CHN", bid).must_say}
    assert "price_rules" in said
    assert "first_order" not in said
    assert brief_of("NLD", "CHN", bid).relationship_start == ""
    assert "first_order" in {item.id for item in brief_of("NLD", "CHN", MOLDS).must_say}


def test_not_everyone_names_the_widest_gap_and_who_differs_the_other_way(brief_of):
    # NLD and CHN, of all topics: the way of settling, 3.07; Phi(3.0729 / 2 / root 2) = .861, so 14.
    said = " ".join(brief_of("NLD", "CHN").not_everyone)
    assert "(one by one or all at once), 14 of 100 random pairs of people" in said


def test_who_decides_is_hinted_by_what_is_predicted(brief_of):
    assert (
        "The person who decides may not be in the room." in brief_of("NLD", "CHN").decider_hints[0]
    )
    assert (
        "The people in the room may be able to decide." in brief_of("CHN", "NLD").decider_hints[0]
    )
    assert brief_of("SWE", "FIN").decider_hints == (
        "Ask at the start who decides and who is asked before.",
    )


TOP_KEYS = {
    "data_version", "settings", "a", "b", "dimensions_used", "gaps", "measures", "friction",
    "source", "caveat", "deal", "sentences", "orientation", "adaptation", "say_early", "listen_for",
    "first_question", "common_ground", "predictions", "stages", "roadmap", "questions",
    "leadership", "who_decides", "agenda", "shared_aim", "worksheets", "not_everyone", "sources",
}  # fmt: skip
INNER_KEYS = {
    "friction": {"overall", "overall_percentile", "topics", "top"},
    "orientation": {"outcome", "verdict", "decided_by", "why", "against", "advice"},
    "adaptation": {"strategies", "placed_by", "note"},
    "roadmap": {
        "steps", "total", "suggested", "check", "statement", "next_step_when", "two_tracks",
        "when_to_talk_money",
    },
    "questions": {"cards", "alternatives", "personal", "personal_note", "balance"},
    "leadership": {"state", "initiative", "alert", "action"},
    "worksheets": {"information", "relationship", "qualification", "deciders", "balance"},
}  # fmt: skip
PREDICTION_KEYS = {
    "topic", "severity_with_deal", "band", "uncertain", "probability", "drivers", "headline",
    "you_may_see", "they_may_see", "question", "holds_if", "fails_if", "first_move", "ask_of_them",
    "terms", "example", "exceptions", "limits", "sources",
}  # fmt: skip
# What may be empty for this pair and deal: nothing speaks against the decision, nobody led.
MAY_BE_EMPTY = {"against", "alert", "action", "common_ground"}


def test_the_brief_of_the_example_is_one_whole_object(brief_of, knowledge, tables, example):
    found = brief_object(knowledge, tables, brief_of("NLD", "CHN", example))
    assert json.loads(json.dumps(found, ensure_ascii=False, allow_nan=False)) == found
    assert set(found) >= TOP_KEYS
    for key, inner in INNER_KEYS.items():
        assert set(found[key]) >= inner, key
    assert len(found["predictions"]) == 18
    for prediction in found["predictions"]:
        assert set(prediction) >= PREDICTION_KEYS
        assert all(prediction[key] not in (None, "", [], {}) for key in PREDICTION_KEYS)
    for topic in found["friction"]["topics"]:
        assert {
            "id", "name", "family", "gap", "severity", "interval", "high_side", "felt_by_a",
            "felt_by_b", "evidence",
        } <= set(topic)  # fmt: skip
        assert None not in topic.values()

    def check(value, key=""):
        assert value is not None, key
        if isinstance(value, dict):
            for name, part in value.items():
                check(part, name)
        elif isinstance(value, list):
            for part in value:
                check(part, key)

    check({key: part for key, part in found.items() if key != "worksheets"})
    for key in TOP_KEYS - MAY_BE_EMPTY:
        assert found[key] not in ("", [], {}), key
    for key, inner in INNER_KEYS.items():
        for name in inner - MAY_BE_EMPTY:
            assert found[key][name] not in ("", [], {}, None), (key, name)
    assert found["deal"]["subject"] == "housings for a pump"
    assert found["deal"]["later_orders"] == [120000, 240000]
    assert found["roadmap"]["check"]["level"] == "fits"
    assert sum(item["minutes"] for item in found["agenda"]) == 90


def test_the_object_holds_the_comparison_of_the_same_pair(brief_of, knowledge, tables, references):
    brief = brief_of("USA", "JPN")
    found = brief_object(knowledge, tables, brief)
    compared = comparison_object(knowledge, brief.comparison, brief.friction)
    assert compared.items() <= found.items()
    assert found["friction"]["overall"] == brief.friction.overall
    assert found["friction"]["top"] == [t.topic.id for t in brief.top]
    assert found["friction"]["topics"][0]["high_side"] == "b"
    assert found["settings"]["severity"] == "closed_form"
    assert (
        compare(references, "USA", "JPN", brief.comparison.settings, ()).gaps["idv"].points
        == (found["gaps"]["idv"])
    )


def test_a_pair_without_a_distance_gives_an_object_with_its_reason(brief_of, knowledge, tables):
    found = brief_object(knowledge, tables, brief_of("UKR", "POL", MOLDS))
    assert json.dumps(found, allow_nan=False)
    assert found["reason"].startswith("There is no distance between Ukraine and Poland")
    assert "measures" not in found
    assert "friction" not in found
    assert found["predictions"] == []
    assert found["orientation"]["outcome"] == "relationship"


def test_a_topic_without_a_value_has_its_reason_in_the_object(brief_of, knowledge, tables):
    classic = make_settings(tables, dimensions=["pdi", "idv", "mas", "uai"])
    found = brief_object(knowledge, tables, brief_of("NLD", "CHN", settings=classic))
    horizon = next(t for t in found["friction"]["topics"] if t["id"] == "long_horizon_roadmap")
    assert horizon["reason"] == "too little to go by without LTO"
    assert horizon["severity"] is None
    assert "long_horizon_roadmap" not in {p["topic"] for p in found["predictions"]}


def test_common_ground_stands_in_the_object_as_in_the_brief(brief_of, knowledge, tables):
    brief = brief_of("DEU", "BRA")
    found = brief_object(knowledge, tables, brief)["common_ground"]
    assert [c["text"] for c in found] == list(brief.common)
    assert [c["topic"] for c in found] == [
        t.topic.id for t in common_ground(knowledge, brief.friction)
    ]


@every_brief
def test_each_source_stands_once_and_whatever_is_used_is_among_them(
    brief_of, knowledge, tables, which
):
    a, b, deal = BRIEFS[which]
    brief = brief_of(a, b, deal)
    cited = [c.id for c in sources_of(knowledge, brief)]
    assert len(set(cited)) == len(cited)
    used = {c.id for t in predicted(brief.friction) for c in t.topic.sources}
    used |= {f.source.id for t in predicted(brief.friction) for f in t.contested}
    assert used <= set(cited)
    assert {"hupert", "weiss-1994", "luo-shenkar-2011", "taras-2016"} <= set(cited)
    found = brief_object(knowledge, tables, brief)
    assert len(found["sources"]) == len(cited)
