"""Who adapts how: the nine cells of METHODS 6.4."""

import pytest

from analysis.deal import Deal
from analysis.strategy.adaptation import choose_adaptation

# Own familiarity with their ways, theirs with ours, what to do; the first before the second.
CELLS = """
low low agent mediator
low moderate agent mediator
low high induce
moderate low adapt
moderate moderate adapt coordinate
moderate high coordinate induce
high low embrace
high moderate embrace coordinate
high high improvise symphony
"""
ROWS = [line.split() for line in CELLS.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:2]))
def test_the_cell_is_that_of_the_methods(knowledge, row):
    own, theirs, *expected = row
    deal = Deal(own_familiarity=own, their_familiarity=theirs)
    found = choose_adaptation(knowledge.strategy.adaptation, deal)
    assert list(found.ids) == expected
    assert [s.name for s in found.strategies] == [
        knowledge.strategy.adaptation.strategies[name].name for name in expected
    ]
    assert found.standing in {"read", "recalled", "design"}


def test_where_neither_knows_the_other_someone_between_is_suggested(knowledge):
    found = choose_adaptation(
        knowledge.strategy.adaptation, Deal(own_familiarity="low", their_familiarity="low")
    )
    assert [s.name for s in found.strategies] == ["use an agent or adviser", "bring in a mediator"]
    assert "knows least" in found.note


def test_a_strategy_is_joint_where_the_methods_mark_it_so(knowledge):
    # METHODS 6.4: (J) mediator, coordinate, improvise, effect symphony; (U) the others.
    joint = {i for i, s in knowledge.strategy.adaptation.strategies.items() if s.joint}
    assert joint == {"mediator", "coordinate", "improvise", "symphony"}
