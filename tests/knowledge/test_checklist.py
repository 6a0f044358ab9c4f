"""Every idea of the source article has its place (METHODS section 8, 31 rows)."""

import pytest

# Row, what it asks in a few words, and the files that answer it.
ROWS = """
1 a test order builds trust, or takes it first: trust_before_transaction roadmap
2 both want the same end: relationship
3 the negotiation starts with the first meeting: agenda relationship
4 meals and visits are due diligence: socialising_as_diligence relationship
5 each side checks the other as partner and credit risk: information relationship
6 six scores are where the questions come from: not_everyone
7 the circle you are not in, and who decides: decision_at_top deciders
8 facts and figures for those who judge by them: information
9 power that is unequal and seen as such or not: formality_protocol deciders
10 patience and restraint: patience_pace emotional_restraint
11 qualifying for a partnership: trust_before_transaction relationship
12 the early build is part of the negotiation: socialising_as_diligence agenda relationship
13 a plan of what to learn and what to let be known: information
14 when to talk numbers: roadmap
15 relationship or arm's length: orientation
16 key issues said early: must_say
17 a test order announced with its road map: roadmap
18 hints on size, technology and IP: must_say
19 safeguards said early and often: safeguards_IP_exclusivity must_say
20 negotiate the relationship, do not wait: orientation leadership
21 who waits gives away the lead: host_leads_rank_order leadership
22 being firm late comes as a surprise: host_leads_rank_order leadership
23 meetings that become one-sided questioning: questions
24 personal questions and prepared answers: questions
25 a plan for building the relationship: relationship
26 three safe questions: questions
27 alternatives to personal matters: questions
28 time is an investment: relationship
29 a first order that does not insult: roadmap
30 the total and the way to it: roadmap
31 not everyone: not_everyone
"""
FILES_OF = {
    int(line.split()[0]): set(line.rpartition(":")[2].split()) for line in ROWS.strip().splitlines()
}


@pytest.fixture(scope="module")
def covers(knowledge):
    strategy = knowledge.strategy
    return {topic.id: set(topic.covers) for topic in knowledge.topics} | {
        name: set(getattr(strategy, name).covers) for name in strategy.__struct_fields__
    }


def test_the_rows_are_those_of_the_checklist():
    assert list(FILES_OF) == list(range(1, 32))


def test_together_the_files_cover_every_row_and_no_other(covers):
    assert set().union(*covers.values()) == set(range(1, 32))


@pytest.mark.parametrize("row", FILES_OF)
def test_each_row_is_covered_where_it_is_expected(covers, row):
    assert {name for name, rows in covers.items() if row in rows} == FILES_OF[row]


def test_rows_with_a_word_of_their_own_are_answered_in_words(knowledge):
    strategy = knowledge.strategy
    cards = [card.text for card in strategy.questions.cards]
    assert len(cards) == 3  # 26
    assert "partner" in cards[0]
    assert "five years" in cards[1]
    assert "international market" in cards[2]
    assert {p.id for p in strategy.questions.personal} >= {
        "age",
        "income",
        "family",
        "health",
    }  # 24
    assert {a.id for a in strategy.questions.alternatives} == {"philosophy", "industry", "economy"}
    held = {flag.partition(":")[2] for flag in strategy.orientation.rules[0].any}
    assert held == {"molds", "designs", "ip", "credit"}  # 15 c
    assert strategy.orientation.rules[0].overrides
    assert {cue.id for cue in strategy.must_say.cues} >= {"order_size", "technology", "ip"}  # 18
    assert strategy.leadership.alert.all == ("hard_phase",)  # 22
    assert set(strategy.leadership.alert.any) == {"initiative:passive", "led:they"}
    ip = next(item for item in strategy.must_say.items if item.id == "ip")
    assert len(ip.stages) >= 3  # 19, early and often
    assert ip.stages[0] == "relationship_building"
    assert "{total}" in strategy.roadmap.statement  # 30
