"""From which share of a gap a finding against a score is shown."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from analysis.comparison import compare
from analysis.deal import Deal
from analysis.friction.assessment import assess
from analysis.friction.reference import plain_friction_references


@pytest.mark.parametrize(
    ("gap", "shown"),
    # Four dimensions of equal weight, three with a gap of 1: of 4 parts a quarter each; with .99
    # the share is .99 / 3.99 = .248, with 1.01 it is .252. The side does not matter.
    [(1.0, True), (-1.0, True), (0.99, False), (-0.99, False), (1.01, True)],
)
def test_a_finding_is_shown_from_a_quarter_of_a_gap(knowledge, references, settings, gap, shown):
    weights = dict.fromkeys(("pdi", "idv", "mas", "uai"), 0.25)
    topic = changed(knowledge.topics[0], weights=weights, contested=("masculinity_weak",))
    model = changed(knowledge, topics=(topic,))
    pair = compare(references, "NLD", "CHN", settings, ())
    gaps = {d: replace(held, standardised=float(d in weights)) for d, held in pair.gaps.items()}
    gaps["mas"] = replace(gaps["mas"], standardised=gap)
    found = assess(
        model, references, plain_friction_references(model, references),
        replace(pair, gaps=gaps), Deal(),
    ).topics[0]  # fmt: skip
    assert dict(found.drivers)["mas"] == pytest.approx(gap / (3 + abs(gap)))
    assert [finding.id for finding in found.contested] == ["masculinity_weak"] * shown
