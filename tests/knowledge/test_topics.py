"""The topics are those of the method notes, 7.2, and every name in the files leads somewhere."""

from itertools import product

import msgspec
import pytest

from analysis.deal import DEAL_FIELDS
from analysis.strategy.flags import possible_flags

# METHODS 7.2: number, id, family, evidence, weights on PDI IDV MAS UAI LTO IVR.
SPECIFIED = """
1 trust_before_transaction trust B/C .20 -.45 0 .15 .20 0
12 socialising_as_diligence trust C .20 -.60 0 0 .20 0
18 gifts_favours_as_obligation trust C .40 -.45 0 0 .15 0
4 indirect_face voice B .30 -.70 0 0 0 0
10 guarded_information_SO voice B .30 -.50 0 .20 0 0
13 avoid_open_conflict voice A .25 -.55 -.20 0 0 0
14 emotional_restraint voice B 0 0 0 -.30 .30 -.40
3 decision_at_top rank B .70 -.30 0 0 0 0
8 formality_protocol rank B/C .60 0 0 .25 0 -.15
15 host_leads_rank_order rank C .50 -.30 -.20 0 0 0
5 detailed_contract contract A -.15 .65 0 0 -.20 0
6 safeguards_IP_exclusivity contract B- 0 .30 0 .70 0 0
17 renegotiable_agreement contract C 0 -.40 0 -.25 .35 0
2 patience_pace time B- .10 -.35 0 -.15 .40 0
11 long_horizon_roadmap time A 0 0 0 -.15 .85 0
16 holistic_agenda time B/C 0 -.45 0 -.35 .20 0
7 competitive_concessions contest B .40 0 .60 0 0 0
9 collective_accountability contest B 0 -.75 -.25 0 0 0
"""
DIMENSIONS = ("pdi", "idv", "mas", "uai", "lto", "ivr")
TABLE = {line.split()[1]: line.split() for line in SPECIFIED.strip().splitlines()}


def held(value, at=""):
    """Every mapping in the knowledge, with its place."""
    if isinstance(value, dict):
        yield at, value
        for key, part in value.items():
            yield from held(part, f"{at}/{key}")
    elif isinstance(value, list | tuple):
        for place, part in enumerate(value):
            yield from held(part, f"{at}/{place}")


@pytest.fixture(scope="module")
def mappings(knowledge):
    return list(held(msgspec.to_builtins(knowledge)))


def test_there_are_the_18_topics_of_the_methods_in_their_order(knowledge):
    assert [t.id for t in knowledge.topics] == sorted(TABLE, key=lambda i: int(TABLE[i][0]))
    assert [t.order for t in knowledge.topics] == list(range(1, 19))


@pytest.mark.parametrize("topic_id", TABLE)
def test_weights_family_and_evidence_are_those_of_the_methods(knowledge, topic_id):
    topic, (_, _, family, evidence, *weights) = knowledge.topic_by_id[topic_id], TABLE[topic_id]
    expected = {d: float(w) for d, w in zip(DIMENSIONS, weights, strict=True) if float(w)}
    assert topic.weights == expected
    assert (topic.family, topic.evidence) == (family, evidence)
    assert sum(map(abs, topic.weights.values())) == pytest.approx(1)


def test_six_families_have_their_topics(knowledge):
    counts = {f.id: sum(t.family == f.id for t in knowledge.topics) for f in knowledge.families}
    assert counts == {"trust": 3, "voice": 4, "rank": 3, "contract": 3, "time": 3, "contest": 2}


def test_the_numbers_of_the_model_are_those_of_the_methods(knowledge):
    model = knowledge.friction
    assert {b.id: b.from_ for b in model.bands} == {
        "low": 0,
        "watch": 50,
        "high": 75,
        "critical": 90,
    }
    assert (model.fewest_weight_share, model.fewest_families, model.interval) == (0.6, 4, 1.645)
    weights = {g.id: g.order_weight for g in model.evidence}
    assert weights.pop("B-") < weights["B"]
    assert weights == {"A": 1, "B": 0.85, "B/C": 0.7, "C": 0.55}
    felt = model.felt
    assert (felt.slope, felt.lowest, felt.highest, felt.each_tie) == (0.095, 0.7, 1.3, 0.9)
    assert felt.dimension == "idv"
    how = model.sensitivity
    assert (how.from_, how.to, how.draws, how.top) == (0.5, 1.5, 2000, 5)
    assert model.effects == {
        "language_difference": 0.3, "joint_venture": 0.3, "tight_deadline": 0.3, "ip_at_stake": 0.5,
        "many_stakeholders": 0.2, "country_experience": -0.4, "bicultural_adviser": -0.4,
        "third_language": -0.2, "prior_deals": -0.6, "introduced": -0.3,
    }  # fmt: skip
    about = {c.id: set(c.topics) for c in model.context if c.topics}
    assert about == {
        "ip_at_stake": {"safeguards_IP_exclusivity"},
        "introduced": {
            "trust_before_transaction", "guarded_information_SO", "socialising_as_diligence"
        },
    }  # fmt: skip


def test_every_source_cited_is_in_the_table_of_sources(mappings, tables):
    cited = {(m["id"], at) for at, m in mappings if "mark" in m}
    cited |= {(m["source"], at) for at, m in mappings if isinstance(m.get("source"), str)}
    assert len(cited) > 60
    assert [(i, at) for i, at in cited if i and i not in tables.sources] == []


def test_a_source_is_said_to_be_read_only_where_the_table_says_so(mappings, tables):
    # The table: yes, in part, abstract or recalled. A page that was never read is no locator.
    for at, citation in mappings:
        if citation.get("mark") == "read":
            assert tables.sources[citation["id"]].read != "recalled", at
            assert citation["locator"], at
        elif citation.get("mark") == "recalled":
            assert tables.sources[citation["id"]].read == "recalled", at
            assert not citation["locator"], at


def test_every_topic_has_a_source_that_says_something(knowledge):
    for topic in knowledge.topics:
        assert topic.sources
        assert all(citation.says for citation in topic.sources), topic.id


def test_every_family_stage_grade_finding_and_topic_that_is_named_exists(knowledge, tables):
    families = {f.id for f in knowledge.families}
    stages = [s.id for s in knowledge.stages]
    grades = {g.id for g in knowledge.friction.evidence}
    findings = {c.id for c in knowledge.contested}
    for topic in knowledge.topics:
        assert topic.family in families
        assert topic.evidence in grades
        assert topic.stages
        assert set(topic.stages) <= set(stages)
        assert len(set(topic.stages)) == len(topic.stages)
        assert set(topic.contested) <= findings
        assert set(topic.weights) <= set(DIMENSIONS)
        for pair in (*topic.fires, *topic.quiet):
            assert set(pair) <= set(tables.profiles)
    for circumstance in knowledge.friction.context:
        assert set(circumstance.topics) <= set(knowledge.topic_by_id)
    for item in knowledge.strategy.must_say.items:
        assert item.stages
        assert set(item.stages) <= set(stages)
    for move in knowledge.strategy.agenda.moves:
        assert move.stage in stages
    for finding in knowledge.contested:
        assert finding.dimension in DIMENSIONS
        assert set(finding.profiles) <= set(tables.profiles)
        # A finding is named only where its score has a weight.
        for topic in knowledge.topics:
            assert finding.id not in topic.contested or finding.dimension in topic.weights
    assert sum(stage.minutes_share for stage in knowledge.stages) == pytest.approx(1)


def test_conditions_use_only_flags_that_can_be_set(knowledge, mappings):
    possible = possible_flags(knowledge)
    used = {
        (flag, at)
        for at, rule in mappings
        for key in ("when", "all", "none", "any")
        if isinstance(rule.get(key), list | tuple)
        for flag in rule[key]
    }
    assert len(used) > 80
    assert [(flag, at) for flag, at in used if flag not in possible] == []
    strategy = knowledge.strategy
    for by_flag in (
        strategy.orientation.conditions, strategy.leadership.reasons, strategy.leadership.states,
        strategy.leadership.initiative,
    ):  # fmt: skip
        assert set(by_flag) <= possible


def test_every_choice_of_the_deal_form_has_its_words(knowledge):
    strategy = knowledge.strategy
    lead = strategy.leadership
    assert set(lead.states) == {f"led:{who}" for who in DEAL_FIELDS["led"].choices}
    assert set(lead.initiative) == {f"initiative:{i}" for i in DEAL_FIELDS["initiative"].choices}
    assert set(lead.reasons) == set(lead.alert.any)
    assert set(strategy.roadmap.names) == set(DEAL_FIELDS["kind"].choices)
    assert all(len(n.steps) == len(strategy.roadmap.shape) for n in strategy.roadmap.names.values())
    assert sum(strategy.roadmap.shape) == pytest.approx(1)
    named = {flag for rule in strategy.orientation.rules for flag in rule.any}
    assert named == set(strategy.orientation.conditions)
    assert {r.outcome for r in strategy.orientation.rules} <= set(strategy.orientation.outcomes)
    assert strategy.orientation.rules[-1].any == ()
    business = {n for n, f in DEAL_FIELDS.items() if f.group == "business" and f.kind == "yes"}
    assert business <= named
    circumstances = {
        n for n, f in DEAL_FIELDS.items() if f.group == "circumstances" and f.kind == "yes"
    }
    assert circumstances <= set(knowledge.friction.effects)


def test_adaptation_has_a_cell_for_each_pair_of_familiarities(knowledge):
    plan = knowledge.strategy.adaptation
    levels = tuple(DEAL_FIELDS["own_familiarity"].choices)
    assert plan.levels == levels == ("low", "moderate", "high")
    cells = [(cell.own, cell.theirs) for cell in plan.cells]
    assert sorted(cells) == sorted(product(levels, levels))
    used = {name for cell in plan.cells for name in cell.choose}
    assert used == set(plan.strategies)  # none is missing, none is idle
    assert len(plan.strategies) == 8


def test_ids_are_used_once_in_their_list(mappings):
    for at, mapping in mappings:
        for key, part in mapping.items():
            if isinstance(part, list | tuple) and part and isinstance(part[0], dict):
                ids = [p["id"] for p in part if "id" in p]
                assert len(set(ids)) == len(ids), f"{at}/{key}"
