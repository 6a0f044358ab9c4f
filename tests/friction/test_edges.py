"""The friction model at its edges: exactly at a bound, exactly nought, nothing at all."""

import re
import warnings
from dataclasses import replace

import numpy as np
import pytest
from msgspec.structs import replace as changed

from analysis.comparison import compare
from analysis.deal import Deal
from analysis.friction.assessment import assess, sensitivity
from analysis.friction.positions import topic_loadings
from analysis.friction.ranking import common_ground, is_balance, predicted, priority, top_frictions
from analysis.friction.reference import build_friction_reference
from analysis.friction.severity import weight_sensitivity
from analysis.friction.words import (
    GRADES,
    NOTHING_PREDICTED,
    badges,
    citation_line,
    common_sentences,
    describe,
    how_likely,
    rests_on,
    shared_sentence,
    short_name,
    top_note,
    who_notices,
    width_note,
)
from analysis.knowledge.record import Citation
from analysis.reference import yardstick_for
from analysis.settings import default_settings, make_settings


@pytest.fixture
def found(friction_of):
    return friction_of("NLD", "CHN").topic("decision_at_top")


@pytest.fixture
def framework(tables):
    return tables.frameworks["hofstede-2015"]


def test_dimensions_for_too_few_families_leave_no_overall_figure(knowledge, references, settings):
    one = references.reference(yardstick_for(settings, ("mas",)))
    alone = build_friction_reference(knowledge, one, ("mas",))
    assert alone.overall.shape == (0,)
    assert alone.mean == pytest.approx(one.scores.mean(axis=0))
    assert alone.gaps.shape == (len(knowledge.topics), len(one.pairs[0]))


@pytest.mark.parametrize("pairs", [0, 1])
def test_an_overall_figure_takes_one_pair_to_be_measured_against(
    knowledge, references, friction_references, settings, pairs
):
    # The one pair lies at 100, so that this one is wider than none of it.
    def against(yardstick):
        return replace(friction_references(yardstick), overall=np.full(pairs, 100.0))

    comparison = compare(references, "NLD", "CHN", settings, ())
    found = assess(knowledge, references, against, comparison, Deal())
    assert found.overall_percentile == (0 if pairs else None)
    for value in (
        found.overall, found.overall_in_context, found.overall_interval, found.rank_interval
    ):  # fmt: skip
        assert (value is None) == (pairs == 0)
    assert found.reason == (
        ""
        if pairs
        else "Too few families of topics have the scores they need for an overall figure."
    )


def test_positions_average_nought_over_the_reference_set(usual):
    reference, _, against = usual
    columns = reference.scores.T.tolist()
    assert against.mean == pytest.approx([sum(column) / len(column) for column in columns])
    assert (np.diff(against.gaps, axis=1) >= 0).all()


def test_a_mean_position_lies_in_the_middle_of_the_two_sides(friction_of, usual, tables):
    reference, z, against = usual
    ids = [tables.frameworks["hofstede-2015"].profile_ids[row] for row in reference.complete]
    ours, theirs = (z[ids.index(i)] @ against.loadings.T for i in ("NLD", "CHN"))
    expected = ((ours + theirs) / 2).tolist()
    held = [t.mean_position for t in friction_of("NLD", "CHN").topics]
    assert held == pytest.approx(expected, abs=1e-9)


def test_sides_alike_on_individualism_notice_it_alike(friction_of):
    # Both have 20.
    friction = friction_of("CHN", "BGD")
    assert friction.multipliers == (1.0, 1.0)
    assert friction.notices_more is None
    assert who_notices(friction) == "Both sides are likely to notice it about equally."


def test_where_there_is_no_gap_neither_side_is_the_high_one(friction_of):
    # China and Bangladesh both have 80 on power distance and 20 on individualism.
    alike = friction_of("CHN", "BGD").topic("decision_at_top")
    assert alike.gap == 0
    assert alike.severity == 0
    assert alike.high_side is None
    assert (alike.pole_of("a"), alike.pole_of("b")) == ("low", "low")


def test_without_individualism_nobody_is_said_to_notice_more(friction_of, tables):
    friction = friction_of(
        "NLD", "CHN", make_settings(tables, dimensions=["pdi", "mas", "uai", "lto"])
    )
    assert friction.multipliers is None
    assert who_notices(friction) == (
        "Which side will notice more cannot be said without both scores on individualism."
    )


def test_half_a_weight_is_half_whatever_the_weights_add_up_to(knowledge):
    # .7 and .3 of 2: with IDV alone 30 % is there, with PDI alone 70 %, and 60 % is needed.
    topic = changed(knowledge.topics[0], weights={"pdi": 1.4, "idv": 0.6})
    one = np.array([[400.0]])
    assert topic_loadings([topic], ["pdi"], one, 0.6).tolist() == [[1.0]]
    assert np.isnan(topic_loadings([topic], ["idv"], one, 0.6)).all()


def test_a_topic_of_one_whole_weight_has_that_loading(knowledge):
    topic = changed(knowledge.topics[0], weights={"pdi": 1.0})
    assert topic_loadings([topic], ["pdi"], np.array([[400.0]]), 0.6).tolist() == [[1.0]]


def test_what_cannot_be_scaled_has_no_loading_and_gives_no_warning(knowledge):
    # Two dimensions that say the same cancel each other; a topic without its dimensions is empty.
    cancelling = changed(knowledge.topics[0], weights={"pdi": 1.0, "idv": -1.0})
    absent = changed(knowledge.topics[0], weights={"lto": 1.0})
    twins = np.array([[4.0, 4.0], [4.0, 4.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loadings = topic_loadings([cancelling, absent], ["pdi", "idv"], twins, 0.6)
    assert np.isnan(loadings).all()


def test_a_band_above_the_lowest_is_predicted(friction_of):
    friction = friction_of("NLD", "CHN")
    topic = next(t for t in friction.topics if t.band.from_ > 0)
    lowest = replace(topic, band=changed(topic.band, from_=1))
    assert predicted(replace(friction, topics=(lowest,))) == [lowest]
    none = replace(topic, band=changed(topic.band, from_=0))
    assert predicted(replace(friction, topics=(none,))) == []


def test_a_balance_begins_with_the_band_above_the_lowest(knowledge, found):
    low, watch, *others = knowledge.friction.bands
    bands = (low, changed(watch, from_=1), *others)
    model = changed(knowledge, friction=changed(knowledge.friction, bands=bands))
    found = replace(found, severity=4.0)
    assert is_balance(model, replace(found, one_way=5.0))
    assert not is_balance(model, replace(found, one_way=0.0))
    assert not is_balance(model, replace(found, one_way=None))


def test_what_the_scores_do_not_put_close_is_no_balance(knowledge, found):
    bound = float(knowledge.friction.common_ground_below)
    wide = replace(found, one_way=60.0)
    assert is_balance(knowledge, replace(wide, severity=bound - 0.1))
    assert not is_balance(knowledge, replace(wide, severity=bound))
    assert not is_balance(knowledge, replace(wide, severity=None))


def test_a_severity_of_nought_is_nought_in_every_order(knowledge, friction_of, found):
    assert priority(knowledge, replace(found, in_context=0.0)) == 0
    assert priority(knowledge, replace(found, in_context=None)) == 0
    found = replace(found, one_way=0.0)
    nearest, next_to_it = replace(found, in_context=0.0), replace(found, in_context=0.5)
    friction = replace(friction_of("NLD", "CHN"), topics=(next_to_it, nearest))
    assert common_ground(knowledge, friction) == (nearest,)


def test_common_ground_ends_below_its_bound(knowledge, friction_of, found):
    bound = float(knowledge.friction.common_ground_below)
    found = replace(found, one_way=0.0)
    at, below = replace(found, in_context=bound), replace(found, in_context=bound - 0.1)
    friction = friction_of("NLD", "CHN")
    assert common_ground(knowledge, replace(friction, topics=(at,))) == ()
    assert common_ground(knowledge, replace(friction, topics=(below,))) == (below,)


@pytest.mark.parametrize("lacking", ["severity", "counted", "interval", "probability"])
def test_without_one_of_its_numbers_a_likelihood_is_a_reason(found, lacking):
    told = how_likely(replace(found, reason="this is why", **{lacking: None}))
    assert told == "No prediction: this is why."


def test_a_count_of_nought_is_told_like_any_other(found):
    # As everywhere, nothing is farther than none or all of a hundred pairs: 1 to 99.
    assert "; counted one by one 1)" in how_likely(replace(found, counted=0.0))


def test_a_tenth_of_a_gap_is_named_and_less_is_not(framework, found):
    wide = replace(found, gap=1.0)
    parts = (("pdi", 0.5), ("idv", -0.1), ("mas", 0.1), ("uai", 0.099), ("lto", -0.099))
    assert rests_on(framework, replace(wide, drivers=parts)) == (
        "Power distance (50 %) and masculinity (10 %), with individualism pulling the other way"
    )
    # Where the parts cancel there is no gap for any of them to be behind.
    even = replace(found, gap=0.0, drivers=(("pdi", 0.5), ("idv", -0.5)))
    assert rests_on(framework, even) == ""
    assert rests_on(framework, replace(even, gap=None)) == ""


def test_in_the_middle_two_sides_share_what_is_common(found):
    for place in (0.0, None, 0.499, -0.499):
        assert shared_sentence(replace(found, mean_position=place)) == found.topic.common
    assert shared_sentence(replace(found, mean_position=0.5)) == found.topic.high.shared
    assert shared_sentence(replace(found, mean_position=-0.5)) == found.topic.low.shared


def test_badges_say_width_evidence_and_doubt(friction_of, found):
    assert badges(found) == f"{found.band.word}, {round(found.in_context)} of 100; evidence B"
    assert badges(replace(found, uncertain=True)).endswith("; uncertain")
    told = friction_of("USA", "JPN").topic("trust_before_transaction")
    doubts = [c.badge for c in told.contested]
    assert doubts
    assert badges(replace(told, uncertain=False)) == (
        f"{told.band.word}, {round(told.in_context)} of 100; evidence {told.topic.evidence}; "
        + "; ".join(dict.fromkeys(doubts))
    )
    twice = replace(told, uncertain=True, contested=told.contested * 2)
    assert badges(twice).count(doubts[0]) == 1
    assert badges(replace(found, band=None, reason="why")) == "why"
    assert badges(replace(found, in_context=None, reason="why")) == "why"


def test_a_description_carries_every_field_of_its_topic(knowledge, tables, friction_of):
    found = friction_of("NLD", "CHN").topic("trust_before_transaction")
    said = describe(knowledge, tables, found)
    topic = found.topic
    assert (said.id, said.title, said.stages) == (topic.id, topic.title, topic.stages)
    assert said.rests_on == rests_on(tables.frameworks["hofstede-2015"], found)
    cited = {e.text: short_name(tables, e.source) for e in topic.exceptions if e.source}
    assert cited
    for text, name in cited.items():
        assert f"{text} ({name})" in said.exceptions
    for exception in topic.exceptions:
        assert exception.source or exception.text in said.exceptions


def test_a_source_read_whole_and_one_never_published(tables):
    line = citation_line(tables, Citation("hofstede-jonker-verwaart-2009", "read", says="So."))
    source = tables.sources["hofstede-jonker-verwaart-2009"]
    address = f", {source.address}" if source.address else ""
    assert line == f"Hofstede and others 2009, {source.title}{address} (read). So."


def test_a_body_keeps_its_whole_name(tables):
    assert short_name(tables, "un-m49").startswith("United Nations Statistics Division")


def test_the_note_on_widths_names_what_of_the_deal_has_moved_them(friction_of):
    plain = friction_of("NLD", "CHN", deal=Deal())
    assert plain.effects == ()
    means = "“75 of 100” means wider apart on the topic than 75 of 100 country pairs"
    # The words of the bands that occur, each with where it starts in the knowledge files.
    bands = {t.band.word for t in plain.topics if t.band and t.band.from_}
    assert bands == {"watch", "high", "very high"}
    starts = "watch from 50, high from 75 and very high from 90"
    assert width_note(plain) == f"{means}; {starts}."
    highest = [t for t in plain.topics if t.band and t.band.from_ == 90]
    assert width_note(plain, highest) == f"{means}; very high from 90."
    moved = friction_of("NLD", "CHN", deal=Deal(tight_deadline=True, ip_at_stake=True))
    names = [effect.label for effect in moved.effects]
    assert len(names) == 2
    shown = [n if n[1:2].isupper() else n[0].lower() + n[1:] for n in names]
    assert width_note(moved) == (
        f"{means}, then moved by the deal ({' and '.join(shown)}); {starts}."
    )
    effect = moved.effects[0]
    one = [
        changed(effect, label=label) for label in ("IP at stake", "Tight deadline", "X", "", "IPs")
    ]
    told = [width_note(replace(moved, effects=(only,))).partition(";")[0] for only in one]
    assert told[0].endswith("(IP at stake)")
    assert told[1].endswith("tight deadline)")
    assert told[2].endswith("(x)")
    assert told[3].endswith("()")
    assert told[4].endswith("(IPs)")


def test_the_note_under_a_list_says_how_to_read_it(friction_of):
    friction = friction_of("NLD", "CHN")
    assert top_note(friction) == (
        "Hypotheses to test at the table, one from an area, in the order of width and evidence;"
        f" several may rest on one gap, so do not add them up. {width_note(friction)} Evidence:"
        " A (meta-analysis or study of many countries), B (peer-reviewed studies), B-"
        " (peer-reviewed, with findings that do not all agree), B/C (some studies and"
        " practitioners’ accounts) and C (practitioners’ accounts or theory). Uncertain: the error"
        " of the scores could undo it. Contested: researchers doubt a score behind it."
    )
    assert NOTHING_PREDICTED.startswith("No topic lies wider apart than in half")


def test_where_nothing_is_predicted_there_is_no_band_and_no_badge_to_explain(friction_of):
    nothing, something = friction_of("SWE", "NOR"), friction_of("NLD", "CHN")
    assert predicted(nothing) == []
    means, _, bands = width_note(something).partition(";")
    assert bands
    assert width_note(nothing) == f"{means}."
    assert top_note(nothing).endswith(f" {means}.")


@pytest.mark.parametrize("pair", [("NLD", "CHN"), ("USA", "JPN"), ("DEU", "FRA"), ("KOR", "BRA")])
def test_each_tag_of_a_list_is_explained_once_and_no_other(knowledge, friction_of, pair):
    friction = friction_of(*pair)
    listed = top_frictions(knowledge, friction)
    note = top_note(friction, listed)
    worn = {tag for t in listed for tag in badges(t).replace("evidence ", "").split("; ")[1:]}
    starts = {f"{band.word} from {band.from_}": band.word for band in knowledge.friction.bands}
    told = {f"{g} (" for g in GRADES} | {"Uncertain:", "Contested:"} | set(starts)
    wanted = {f"{tag} (" if tag in GRADES else f"{tag.capitalize()}:" for tag in worn}
    wanted |= {start for start, word in starts.items() if word in {t.band.word for t in listed}}
    counted = {text: len(re.findall(rf"(?<![\w/-]){re.escape(text)}", note)) for text in told}
    assert {text for text, count in counted.items() if count} == wanted
    assert all(count <= 1 for count in counted.values())


def test_the_legend_knows_every_grade_and_doubt_of_the_knowledge_files(knowledge):
    assert {grade.id: grade.plain for grade in knowledge.friction.evidence} == GRADES
    assert {finding.badge for finding in knowledge.contested} == {"contested"}


def test_common_sentences_name_the_nearest_topic_where_none_is_close(knowledge, friction_of):
    near = friction_of("SWE", "NOR")
    shared = common_ground(knowledge, near)
    assert common_sentences(knowledge, near) == [shared_sentence(t) for t in shared]
    topics = [replace(t, in_context=60.0 + n) for n, t in enumerate(near.topics)]
    topics[3] = replace(topics[3], in_context=51.6)
    unknown = replace(topics[5], in_context=None)
    far = replace(near, topics=(*topics[:5], unknown, *topics[6:]))
    assert common_sentences(knowledge, far) == [
        f"No topic is close. The smallest gap is on “{topics[3].topic.title_in_sentence}”"
        " (52 of 100). What both share is the aim: a deal that pays and a partner to rely on."
    ]
    # A bound of nought leaves no common ground, and a gap of nought is then the nearest of all.
    nought, more = replace(topics[4], in_context=0.0), replace(topics[6], in_context=0.5)
    model = changed(knowledge, friction=changed(knowledge.friction, common_ground_below=0))
    (told,) = common_sentences(model, replace(near, topics=(more, nought)))
    assert f"“{nought.topic.title_in_sentence}” (0 of 100)" in told
    nothing = replace(near, topics=(unknown,), reason="There is no friction, and why.")
    assert common_sentences(knowledge, nothing) == ["There is no friction, and why."]


def test_shaken_weights_are_the_same_each_time(knowledge):
    how = knowledge.friction.sensitivity
    weights, gaps = np.array([[0.5, 0.5], [0.9, -0.1]]), np.array([1.0, -2.0])
    once, again = (weight_sensitivity(gaps, weights, np.eye(2), how) for _ in range(2))
    assert once[0].tolist() == again[0].tolist()
    assert (once[0] > 1).all()


def test_sensitivity_of_a_pair_is_that_of_its_topics_with_a_value(
    knowledge, references, usual, tables
):
    reference, _, against = usual
    settings = default_settings(tables)
    pair = compare(references, "NLD", "CHN", settings, ())
    z = np.array([pair.gaps[d].standardised for d in settings.dimensions])
    spreads, kept = weight_sensitivity(
        z, against.loadings, np.corrcoef(reference.scores.T), knowledge.friction.sensitivity
    )
    assert sensitivity(knowledge, references, pair) == pytest.approx(
        (np.median(spreads), kept), abs=1e-9
    )
    # Without LTO and IVR some topics have no loading, and the others still have a spread.
    classic = make_settings(tables, dimensions=["pdi", "idv", "mas", "uai"])
    spread, share = sensitivity(
        knowledge, references, compare(references, "NLD", "CHN", classic, ())
    )
    assert 0 < spread < 25
    assert 0.5 < share <= 1
