"""The worked examples end in the numbers that the pages show."""

import math

import pytest

from analysis.comparison import compare
from analysis.deal import make_deal
from analysis.friction.assessment import assess, sensitivity
from analysis.measures.registry import MEASURES
from analysis.methods import fixed, pair, topic
from analysis.methods.measures import _WORKED, measure_example
from analysis.reference import yardstick_for
from analysis.settings import default_settings, make_settings
from analysis.teams.cultural_fst import fst_of_shares

PAIRS = [("NLD", "CHN"), ("USA", "JPN"), ("DEU", "BRA"), ("SWE", "NOR"), ("MEX", "IND")]


def reference_of(references, found):
    return references.reference(yardstick_for(found.settings, found.dimensions_used))


def settings_of(tables):
    """Every framework at its defaults, and one with weights, other rows and unrounded scores."""
    yield from (default_settings(tables, framework) for framework in tables.frameworks)
    yield make_settings(
        tables, weights={"pdi": 2, "ivr": 0, "uai": 0.5}, reference="all", unrounded=True
    )
    yield make_settings(tables, dimensions=("pdi", "idv", "mas", "uai"), reference="countries")


def test_there_is_a_worked_example_for_every_measure():
    assert set(_WORKED) == set(MEASURES)


@pytest.mark.parametrize("sides", PAIRS, ids="-".join)
def test_each_measure_worked_by_hand_is_the_measure_of_the_page(tables, references, sides):
    tried = set()
    for settings in settings_of(tables):
        framework = tables.frameworks[settings.framework]
        if not set(sides) <= set(framework.profile_ids):
            continue
        found = compare(references, *sides, settings, ())
        for measure in MEASURES.values():
            example = measure_example(found, framework, None if found.reason else
                                      reference_of(references, found), measure.id)  # fmt: skip
            if measure.id not in found.measures:
                assert example.reason
                assert example.result is None
                continue
            value = found.measures[measure.id].value
            # The angle by its arccosine loses half the digits near 0, by 1e-6 of a degree.
            near = 2e-6 if measure.id == "angle" else 1e-9
            assert example.result == pytest.approx(value, rel=1e-9, abs=near), measure.id
            assert len(example.rows) == len(found.dimensions_used)
            assert all(len(row) == len(example.columns) for row in example.rows)
            tried.add(len(found.dimensions_used))
    assert {1, 2, 4, 5, 6, 9} >= tried >= {6}


def test_frameworks_of_one_two_six_and_nine_dimensions_are_worked(tables, references):
    seen = set()
    for framework in tables.frameworks.values():
        found = compare(references, "NLD", "CHN", default_settings(tables, framework.id), ())
        example = measure_example(
            found, framework, reference_of(references, found), "mahalanobis_kogut_singh"
        )
        assert example.result == pytest.approx(found.measures["mahalanobis_kogut_singh"].value)
        seen.add(len(example.rows))
    assert seen >= {1, 2, 6, 9}


def test_the_steps_show_the_numbers_of_the_methods(tables, references, settings):
    found = compare(references, "NLD", "CHN", settings, ())
    framework = tables.frameworks[settings.framework]
    example = measure_example(found, framework, reference_of(references, found), "konara_mohr")
    # 42^2 / 425.78 + 60^2 / 560.81 + ... = 6 * 3.7929 = 22.757; its sixth's root 1.9475
    assert example.steps[-1].endswith("= 1.9475")
    assert example.rows[0][:4] == ("Power distance", "38", "80", "−42")
    assert float(example.rows[0][-1]) == pytest.approx(42**2 / 425.78, abs=1e-3)


def test_a_weight_has_a_column_only_where_it_says_something(tables, references):
    framework = tables.frameworks["hofstede-2015"]
    for weights, there in (({}, False), ({"pdi": 2}, True)):
        chosen = make_settings(tables, weights=weights)
        found = compare(references, "NLD", "CHN", chosen, ())
        example = measure_example(found, framework, reference_of(references, found), "euclidean")
        assert ("Weight" in example.columns) is there


def test_a_pair_without_a_distance_has_a_reason_in_place_of_an_example(
    tables, references, settings
):
    found = compare(references, "NLD", "UKR", settings, ())
    framework = tables.frameworks[settings.framework]
    for measure in MEASURES:
        assert measure_example(found, framework, None, measure).reason == found.reason
    for example in (
        pair.gap_example(found, framework, None), pair.reference_example(found, framework, None),
        pair.percentile_example(found, None), pair.interval_example(found),
        pair.overlap_example(found, framework),
    ):  # fmt: skip
        assert example.reason == found.reason


@pytest.mark.parametrize("sides", PAIRS, ids="-".join)
@pytest.mark.parametrize("reference", ["complete", "all"])
def test_rank_overlap_and_reference_are_those_of_the_comparison(
    tables, references, sides, reference
):
    settings = make_settings(tables, reference=reference)
    framework = tables.frameworks[settings.framework]
    found = compare(references, *sides, settings, ("konara_mohr",))
    yardstick = yardstick_for(settings, found.dimensions_used)
    distances = references.distances(yardstick, settings.measure)
    held = reference_of(references, found)
    assert pair.percentile_example(found, distances).result == pytest.approx(
        found.headline.percentile
    )
    assert pair.reference_example(found, framework, held).result == found.reference_pairs
    assert pair.overlap_example(found, framework).result == pytest.approx(
        found.overlap_independent.share
    )
    shares = pair.gap_example(found, framework, held)
    assert shares.result == pytest.approx(1)
    assert pair.interval_example(found).result == found.headline.value


@pytest.mark.parametrize("severity", ["closed_form", "counted"])
@pytest.mark.parametrize("sides", PAIRS[:4], ids="-".join)
def test_friction_worked_by_hand_is_the_friction_of_the_page(
    knowledge, tables, references, friction_references, sides, severity
):
    settings = make_settings(tables, severity=severity, weights={"mas": 0.5})
    deal = make_deal(
        {"language_difference": True, "prior_deals": True, "own_lived": True},
        knowledge.friction.effects,
    )
    found = compare(references, *sides, settings, ())
    friction = assess(knowledge, references, friction_references, found, deal)
    case = topic.Case(
        knowledge, tables.frameworks[settings.framework], found, friction,
        reference_of(references, found), deal,
    )  # fmt: skip
    widest = case.widest
    assert abs(widest.gap) == max(abs(t.gap) for t in friction.topics if t.gap is not None)
    assert topic.severity_example(case).result == pytest.approx(widest.closed_form)
    assert topic.circumstances_example(case).result == pytest.approx(widest.in_context)
    assert topic.felt_example(case).result == pytest.approx(widest.felt_by_a)
    assert topic.overall_example(case).result == pytest.approx(friction.overall)
    for one in friction.topics:
        assert topic.topic_gap_example(case, one).result == pytest.approx(one.gap)
    if severity == "closed_form":
        low, high = widest.interval
        shown = [float(part.split("=")[1].strip(" ,")) for part in
                 topic.severity_example(case).steps[-1].split(r"\qquad")]  # fmt: skip
        assert shown == pytest.approx([low, high], abs=1e-3)
    spread, kept = sensitivity(knowledge, references, found)
    assert topic.shaken_example(case, spread, kept).result == spread


def test_under_another_framework_friction_gives_its_reason(
    knowledge, tables, references, friction_references
):
    settings = default_settings(tables, "globe-2004-values")
    found = compare(references, "NLD", "CHN", settings, ())
    friction = assess(knowledge, references, friction_references, found, make_deal({}, {}))
    case = topic.Case(
        knowledge, tables.frameworks[settings.framework], found, friction,
        reference_of(references, found), make_deal({}, {}),
    )  # fmt: skip
    for example in (
        topic.topic_gap_example(case), topic.severity_example(case), topic.felt_example(case),
        topic.circumstances_example(case), topic.overall_example(case),
    ):  # fmt: skip
        assert "choose that framework" in example.reason.lower()


def test_invented_examples_end_where_arithmetic_does():
    assert fixed.vsm_example().result == pytest.approx(35 * (2.6 - 1.9) + 25 * (2.9 - 2.7))
    assert [row[2] for row in fixed.vsm_example().rows] == [
        "29.5 + C", "21 + C", "10.5 + C", "−14 + C", "−3 + C", "13 + C"
    ]  # fmt: skip
    # SE^2 = 100 + 64; lambda = 225 / 389
    assert fixed.shrinkage_example().result == pytest.approx(38 + 12 * 225 / 389)
    assert fixed.anchoring_example().result == 50
    assert fixed.cultural_fst_example().result == pytest.approx(1 / 9)
    assert "0.1111" in fixed.cultural_fst_example().steps[-1]
    assert float(fst_of_shares([2 / 3, 1 / 3], [1 / 3, 2 / 3])) == pytest.approx(1 / 9)
    # (0.2^2 + 0.7^2 + 0.4^2) / 3
    assert fixed.brier_example().result == pytest.approx(0.69 / 3)
    assert math.isclose(float(fixed.brier_example().rows[1][3]), 0.49)
