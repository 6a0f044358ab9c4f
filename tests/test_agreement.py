"""What the frameworks say about a pair: the rule, its words, and ranks worked by hand."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.agreement import (
    NEAR,
    FrameworkView,
    _sentence,
    _thin_ground,
    _verdict,
    find_agreement,
    settings_under,
)
from analysis.charts.agreement import agreement_data, has_opinions
from analysis.comparison import MeasureResult, compare
from analysis.figures.agreement import agreement_chart
from analysis.settings import default_settings, make_settings
from tests.figures.drawings import assert_sent_as_checked


def view(rank, low, high, *, name="X", dimensions=6, in_use=False):
    result = MeasureResult("konara_mohr", 1.0, float(rank), (0.5, 1.5), (float(low), float(high)))
    used = tuple(f"d{place}" for place in range(dimensions))
    return FrameworkView(name, name, name, in_use, result, "konara_mohr", used, 100, 1.0, "")


@pytest.fixture
def agreement_of(references):
    """Return what all frameworks say about two parties."""

    def of(a, b, **chosen):
        settings = make_settings(references.tables, **chosen)
        pair = compare(references, a, b, settings, (settings.measure,))

        def under(other):
            return compare(references, a, b, other, (other.measure,))

        return find_agreement(references.tables, pair, under)

    return of


@pytest.mark.parametrize(
    ("views", "verdict"),
    [
        # 93 - 70 = 23 within 25, and 67 to 87 is common to both.
        ([(93, 67, 99), (70, 42, 87)], "agree"),
        ([(50, 30, 70), (75, 60, 90)], "agree"),  # exactly 25 apart
        ([(51, 30, 70), (77, 60, 90)], "same side"),  # 26 apart, both above 50
        ([(60, 55, 65), (80, 70, 90)], "same side"),  # 20 apart, but no rank is common
        ([(50, 30, 70), (76, 60, 90)], "disagree"),  # 50 lies on no side
        ([(10, 1, 20), (40, 30, 60)], "same side"),
        ([(93, 67, 99), (41, 20, 60)], "disagree"),
        ([(49, 48, 49), (52, 51, 53)], "disagree"),  # near, but the ranges do not meet
        # Two by two the neighbours agree; the ends lie 40 apart.
        ([(30, 1, 80), (50, 20, 90), (70, 30, 99)], "disagree"),
        ([(93, 67, 99)], "one"),
        ([], "none"),
    ],
)
def test_the_rule_decides_as_it_is_written(views, verdict):
    known = [view(*each) for each in views]
    assert _verdict(known) == verdict
    assert _verdict(known[::-1]) == verdict


SPANS = st.tuples(*[st.integers(1, 99)] * 3).map(sorted).map(lambda s: view(s[1], s[0], s[2]))


@given(st.lists(SPANS, min_size=2, max_size=6))
def test_laws_of_the_rule(known):
    verdict, ranks = _verdict(known), [one.rank for one in known]
    overlapping = all(
        a.span[0] <= b.span[1] and b.span[0] <= a.span[1] for a in known for b in known
    )
    assert (verdict == "agree") == (overlapping and max(ranks) - min(ranks) <= NEAR)
    if verdict == "same side":
        assert min(ranks) > 50 or max(ranks) < 50
    # A further framework never turns disagreement into agreement, nor do more of the same.
    assert _verdict([*known, known[0]]) == verdict
    if _verdict(known[:-1]) == "disagree":
        assert verdict == "disagree"
    said = _sentence(known, verdict)
    if verdict != "agree" or max(ranks) > min(ranks):  # no number without its range
        assert str(min(ranks)) in said
        assert str(max(ranks)) in said
        assert said.count("likely ") == 2


def test_the_sentence_names_the_two_that_lie_farthest_apart_and_what_to_do():
    known = [
        view(93, 67, 99, name="Hofstede 2015"), view(70, 42, 87, name="Map"),
        view(41, 20, 60, name="GLOBE values"),
    ]  # fmt: skip
    assert _sentence(known, _verdict(known)) == (
        "The frameworks do not agree: Hofstede 2015 puts the pair at 93 of 100 (likely 67 to 99),"
        " GLOBE values at 41 (likely 20 to 60); these ranges do not even meet. Treat the distance"
        " as open and look at the dimensions one by one."
    )
    wider = [known[0], view(41, 20, 70, name="GLOBE values")]
    assert "these ranges overlap, so error in the scores may be part" in _sentence(
        wider, "disagree"
    )


def test_one_side_counts_who_is_sure_and_the_surveys_behind_it():
    known = [
        view(93, 67, 99, name="H"), view(70, 42, 87, name="M"),
        replace(view(96, 90, 99, name="V"), source="G"),
        replace(view(77, 54, 89, name="P"), source="G"), view(73, 32, 91, name="T"),
    ]  # fmt: skip
    said = _sentence(known, _verdict(known))
    # 67, 90 and 54 lie above 50; 42 and 32 do not. V and P come from one survey: 5 - 1 = 4.
    assert said == (
        "All five, from four surveys, point to farther apart than the middle pair, three surely,"
        " two only probably (M and T). They do not agree on the size: from 70 (M, likely 42 to 87)"
        " to 96 (V, likely 90 to 99) of 100. Take “probably farther than most” as the finding and"
        " leave the rank open."
    )
    sure = [view(10, 1, 20, name="A"), view(40, 30, 49, name="B")]
    assert "Both point to nearer than the middle pair, each of them surely." in _sentence(
        sure, "same side"
    )
    assert "none of them surely" in _sentence(
        [view(52, 30, 60, name="A"), view(90, 45, 99, name="B")], "same side"
    )


def test_the_heading_is_no_surer_than_the_frameworks(agreement_of, tables):
    found = agreement_of("NLD", "CHN")
    assert agreement_data(tables, found).title == (
        "The frameworks point to one side, not all of them surely"
    )
    sure = replace(found, views=found.views[:2])  # 67 to 99 and 54 to 89
    assert agreement_data(tables, sure).title == "The frameworks point to one side, not to one size"


def test_one_dimension_is_thin_ground_and_what_it_decides_is_said():
    firm = [view(90, 70, 99, name="A"), view(80, 60, 95, name="B")]
    thin = view(20, 5, 45, name="One", dimensions=1)
    assert _thin_ground(firm) == []
    assert _thin_ground([*firm, thin]) == [
        "One ranks on one dimension alone, which is thin ground; without it the others agree."
    ]
    assert _thin_ground([*firm, view(85, 60, 99, name="One", dimensions=1)])[0].endswith(
        "without it the finding is the same."
    )
    assert _thin_ground([firm[0], thin])[0].endswith("which is thin ground.")


def test_the_rank_in_a_framework_of_one_dimension_is_a_count(agreement_of, tables):
    tightness = tables.frameworks["tightness-2011"]
    countries = [i for i in tightness.profile_ids if tables.profiles[i].kind == "country"]
    scores = {i: float(tightness.scores[tightness.row(i), 0]) for i in countries}
    own = abs(scores["NLD"] - scores["CHN"])  # 3.3 and 7.9: 4.6
    assert own == pytest.approx(4.6)
    gaps = [abs(scores[a] - scores[b]) for a, b in combinations(countries, 2)]
    nearer = sum(gap < own - 1e-9 for gap in gaps)
    level = sum(abs(gap - own) <= 1e-9 for gap in gaps)
    found = {v.framework: v for v in agreement_of("NLD", "CHN").views}["tightness-2011"]
    assert found.pairs == len(gaps)
    assert found.result.percentile == pytest.approx(100 * (nearer + level / 2) / len(gaps))
    # One dimension: the Konara-Mohr distance is the gap over the spread of the countries.
    assert found.result.value == pytest.approx(own / np.std(list(scores.values()), ddof=1))
    low, high = found.result.percentile_interval
    assert low < found.result.percentile < high


def test_the_framework_in_use_comes_first_with_the_persons_own_settings(agreement_of, tables):
    chosen = {"framework": "globe-2004-values", "measure": "manhattan", "score_error": 0.2}
    found = agreement_of("NLD", "CHN", **chosen)
    first, *others = found.views
    assert (first.framework, first.in_use, first.score_error) == ("globe-2004-values", True, 0.2)
    assert [v.framework for v in others] == [i for i in tables.frameworks if i != first.framework]
    assert not any(v.in_use for v in others)
    assert {v.measure for v in others} == {"manhattan"}
    for other in others:
        usual = default_settings(tables, other.framework)
        assert other.score_error == usual.score_error
        assert other.dimensions == usual.dimensions


def test_a_view_is_the_same_whichever_framework_is_in_use(agreement_of):
    here = {v.framework: v for v in agreement_of("USA", "JPN").views}
    there = {v.framework: v for v in agreement_of("USA", "JPN", framework="tightness-2011").views}
    assert {i: replace(v, in_use=False) for i, v in here.items()} == {
        i: replace(v, in_use=False) for i, v in there.items()
    }


def test_a_measure_that_takes_more_dimensions_gives_way_and_is_named(agreement_of, tables):
    settings = make_settings(tables, measure="angle", reference="all", published_only=True)
    under = settings_under(tables, settings, "tightness-2011")
    assert (under.measure, under.reference, under.published_only) == ("konara_mohr", "all", True)
    assert settings_under(tables, settings, "inglehart-welzel-2023").measure == "angle"
    found = agreement_of("NLD", "CHN", measure="angle")
    assert "Tightness 2011 ranks by Konara-Mohr: Angle takes two dimensions." in found.notes


def test_the_frameworks_that_lack_a_side_say_which(agreement_of):
    found = agreement_of("DEU", "CAN")
    assert found.silent == (
        "GLOBE practices and GLOBE values: no score for Germany; it holds East Germany and West"
        " Germany, which can be chosen instead.",
        "Tightness 2011: no score for Germany or Canada; it holds East Germany and West Germany,"
        " which can be chosen instead.",
    )
    assert {v.framework for v in found.known} == {"hofstede-2015", "inglehart-welzel-2023"}
    assert not any("one survey" in note for note in found.notes)
    # Both stand with the scores of the Arab countries and none of their own.
    assert agreement_of("ARE", "KWT").silent[0] == (
        "Hofstede 2015: the two share no score of their own."
    )


def test_frameworks_from_one_survey_are_named_once(agreement_of):
    notes = [n for n in agreement_of("NLD", "CHN").notes if "one survey" in n]
    assert notes == [
        "GLOBE practices and GLOBE values come from one survey and are not independent of each"
        " other."
    ]


def test_a_pair_that_one_framework_knows_has_no_second_opinion(agreement_of):
    found = agreement_of("TTO", "CHE-FR")
    assert (found.verdict, len(found.known)) == ("one", 1)
    assert "Only Hofstede 2015 knows both" in found.sentence
    assert not has_opinions(found)


def test_the_chart_draws_every_framework_that_ranks_the_pair(agreement_of, tables):
    found = agreement_of("NLD", "CHN")
    chart = agreement_chart(tables, found)
    assert_sent_as_checked(chart)
    ranges, ranks = chart.figure.data[:2]
    assert list(ranks.x) == [v.rank for v in found.known]
    assert list(ranks.marker.symbol) == ["circle"] + ["circle-open"] * 4
    assert [x for x in ranges.x if x is not None] == [end for v in found.known for end in v.span]
    assert chart.figure.data[2].text[0] == "<b>Hofstede 2015</b>"
    assert chart.figure.data[2].text[1] == "GLOBE practices"
    assert tuple(chart.figure.layout.xaxis.tickvals) == (0, 25, 50, 75, 100)
    assert chart.figure.layout.shapes[0].x0 == 50
    assert f"Parley data {tables.version}." in chart.caption
    for name in ("Hofstede and others 2015", "House and others 2004", "Gelfand and others 2011",
                 "World Values Survey Association and European Values Study 2023"):  # fmt: skip
        assert name in chart.caption
    for one in found.known:
        assert f"{one.rank}, likely {one.span[0]} to {one.span[1]}" in chart.description
    assert [row[0] for row in chart.rows] == [v.name for v in found.views]
    assert vars(agreement_data(tables, found)).items() <= vars(chart).items()


def test_a_caution_names_the_framework_that_is_farthest_from_the_one_in_use(agreement_of):
    # Netherlands and Japan: 94 of 100 by Hofstede, 30 by Inglehart-Welzel, the others between.
    found = agreement_of("NLD", "JPN")
    ranks = {known.name: known.rank for known in found.known}
    used, *others = found.known
    farthest = max(others, key=lambda known: abs(known.rank - used.rank))
    assert found.caution.startswith(
        f"Not every survey agrees: {farthest.name} puts the pair farther apart than only"
        f" {ranks[farthest.name]} of 100 pairs"
    )
    assert farthest.name != used.name


def test_without_disagreement_there_is_no_caution(agreement_of):
    for a, b in (("NLD", "CHN"), ("USA", "GBR"), ("NLD", "NLD")):
        found = agreement_of(a, b)
        assert bool(found.caution) == (found.verdict == "disagree")
