import re
from dataclasses import replace
from itertools import combinations

import pytest

from analysis.comparison import References, compare
from analysis.sentences import (
    CAVEAT,
    changed_settings,
    leaves_open,
    notes,
    overlap_sentence,
    source_line,
    three_sentences,
    validity_sentence,
)
from analysis.settings import make_settings
from analysis.teams.party import with_teams
from analysis.teams.team import Culture, Member, Team

HEADLINE = ("konara_mohr",)


def said(references, settings, a, b):
    found = compare(references, a, b, settings, HEADLINE)
    return three_sentences(references.tables, found)


def test_a_rank_among_few_pairs_is_a_count_of_them(references, settings):
    tables = references.tables
    found = compare(references, "NLD", "CHN", settings, HEADLINE)
    few = replace(found, reference_pairs=66)
    # The rank is 92.9 of 100: 66 * 0.929 = 61.3.
    assert "farther than 61 of 66 country pairs, and" in three_sentences(tables, few)[0]
    own = {**tables.frameworks}
    own[settings.framework] = replace(own[settings.framework], own=True, base=settings.framework)
    uploaded = replace(tables, frameworks=own)
    assert "farther than 61 of the 66 pairs in your file" in three_sentences(uploaded, few)[0]
    assert "With 66 pairs, “of 100” is a share of those." in notes(uploaded, few)[0]
    assert "of 100 country pairs" in three_sentences(uploaded, found)[0]
    near = replace(compare(references, "SWE", "NOR", settings, HEADLINE), reference_pairs=66)
    first = three_sentences(tables, near)[0]
    count, beyond = map(int, re.findall(r"nearer than (\d+)", first))
    assert beyond <= count <= 66


def test_a_far_pair(references, settings):
    first, second, third = said(references, settings, "NLD", "CHN")
    assert re.fullmatch(
        r"The Netherlands and China stand far apart: farther than 93 of 100 country pairs, and very"
        r" likely farther than 6\d\.",
        first,
    )
    assert second == (
        "Most of it is individualism (80 against 20) and masculinity (14 against 66); they are"
        " closest on long-term orientation (67 against 87)."
    )
    assert third == (
        "Every way of measuring puts them between 88 and 95 of 100; the error in the scores moves"
        " the rank more than the choice of measure."
    )


def test_a_close_pair_is_not_talked_up(references, settings):
    first, second, third = said(references, settings, "SWE", "NOR")
    assert first.startswith("Sweden and Norway are close: nearer than 94 of 100 country pairs")
    assert second.startswith("The widest gaps are on indulgence (78 against 55)")
    assert third.endswith("and no gap is wide: look to the companies and people first.")


def test_a_pair_in_the_middle_is_given_as_a_range(references, settings):
    first, _, _ = said(references, settings, "KEN", "DEU")
    assert re.search(r"farther than 53 of 100 country pairs, likely between 2\d and 8\d\.", first)


def test_measures_that_disagree_by_more_than_ten_points_are_named(references, settings):
    # USA-JPN: angle 67.9, Manhattan 90.9.
    third = said(references, settings, "USA", "JPN")[2]
    assert third == (
        "The measures disagree: the angle (only the shape of the profiles) puts them at 68 and the"
        " Manhattan distance (the average gap) at 91, so treat the rank as a range."
    )


def test_what_is_regional_or_missing_is_said(references, settings):
    tables = references.tables
    assert notes(tables, compare(references, "NLD", "CHN", settings, ())) == []
    assert notes(tables, compare(references, "KEN", "DEU", settings, ())) == [
        "Kenya has no scores of its own; the scores published for East Africa stand in (regional)."
        " How far it may differ from its region is not part of the ranges given."
    ]
    assert notes(tables, compare(references, "ISR", "USA", settings, ())) == [
        "Israel has no score on indulgence: the comparison, and the pairs it is ranked among, rest"
        " on the other five dimensions."
    ]


def test_every_pair_has_sound_sentences(references, settings):
    ids = ["NLD", "CHN", "SWE", "NOR", "AUS", "USA", "ISR", "KEN", "EGY", "TTO", "CHE-FR", "ARAB"]
    for a in ids:
        for b in ids:
            found = compare(references, a, b, settings, HEADLINE)
            if found.reason:
                continue
            text = " ".join(three_sentences(references.tables, found))
            assert not re.search(r"nan|None|\b0 of 100|\b100 of 100|\{|\}", text), text
            assert "!" not in text
            assert text[0].isupper()
            assert re.search(
                r"\d+ % of the two populations", overlap_sentence(references.tables, found)
            )


@pytest.mark.parametrize(
    ("choice", "phrase"),
    [
        ({"dimensions": ["pdi", "idv", "mas", "uai"]}, "only PDI, IDV, MAS and UAI"),
        ({"weights": {"mas": 0.5}}, "weights MAS × 0.5"),
        ({"measure": "angle"}, "headline Angle"),
        ({"reference": "all"}, "reference: all rows with a score, regions and parts"),
        ({"published_only": True}, "published scores only"),
        ({"unrounded": True}, "scores unrounded"),
        ({"score_error": 5}, "error of a score 5 points"),
        ({"between_share": 0.1}, "10 % of the variation between countries"),
    ],
)
def test_a_setting_that_differs_is_named(tables, choice, phrase):
    assert changed_settings(tables, make_settings(tables)) == []
    assert phrase in changed_settings(tables, make_settings(tables, **choice))[0]


def test_the_source_line_names_source_and_data_version(tables):
    line = source_line(tables, "hofstede-2015")
    assert line == (
        "Source: Geert Hofstede, Gert Jan Hofstede and Michael Minkov, Dimension data matrix"
        f" (version of 16 August 2015), geerthofstede.com. Parley data {tables.version}."
    )


def test_what_the_number_is_worth_comes_from_the_table(tables):
    sentence = validity_sentence(tables, make_settings(tables))
    assert "(correlation 0.40, 300 pairs of 25 countries)" in sentence
    assert "(rank correlation 0.50, 465 pairs of 31 countries)" in sentence


@pytest.mark.parametrize(
    ("choice", "figure"),
    [
        ({"measure": "mahalanobis"}, "correlation 0.27, 300"),
        ({"measure": "kogut_singh"}, "correlation 0.37, 300"),
        (
            {"measure": "kogut_singh", "dimensions": ["pdi", "idv", "mas", "uai"]},
            "correlation 0.24, 300",
        ),
    ],
)
def test_other_settings_get_their_own_figures(tables, choice, figure):
    assert figure in validity_sentence(tables, make_settings(tables, **choice))


@pytest.mark.parametrize(
    "choice",
    [{"measure": "angle"}, {"weights": {"mas": 2}}, {"dimensions": ["pdi", "idv", "mas", "uai"]}],
)
def test_what_nobody_measured_is_not_claimed(tables, choice):
    sentence = validity_sentence(tables, make_settings(tables, **choice))
    assert sentence.startswith("For these settings nobody has measured it.")


def test_a_level_that_the_interval_does_not_bear_out_is_only_probable(references, settings):
    assert (
        "Germany and Brazil are probably fairly close:"
        in said(references, settings, "DEU", "BRA")[0]
    )
    assert "Kenya and Germany probably stand about" in said(references, settings, "KEN", "DEU")[0]


def test_a_team_of_two_far_apart_gets_no_verdict(references, settings):
    # Two people, of two cultures: nearly any place among the pairs is likely.
    pair = Team(
        "TEAM-pairpair", "Pair", "members",
        members=tuple(Member(i, (Culture(i, 1.0),)) for i in ("NLD", "CHN")),
    )  # fmt: skip
    own = References(
        with_teams(references.tables, [pair]), references.reference, references.distances,
        references.errors, references.simulated,
    )  # fmt: skip
    for other, rank in (("JPN", 57), ("DEU", 14)):
        first, _, third = said(own, settings, pair.id, other)
        low, high = map(int, re.search(r"likely anywhere from (\d+) to (\d+)\.$", first).groups())
        name = references.tables.profiles[other].name_in_sentence
        assert high - low >= 65
        assert first.startswith(
            f"How far apart Pair and {name} stand cannot be told from scores this uncertain: they"
            f" put them farther apart than {rank} of 100 country pairs,"
        )
        assert "look to the companies" not in third


def test_no_two_countries_of_the_default_have_so_wide_a_range(references, settings):
    for a, b in combinations(("NLD", "DEU", "BRA", "JPN", "USA", "IND"), 2):
        assert not said(references, settings, a, b)[0].startswith("How far apart")
    assert leaves_open((19.0, 84.0))
    assert not leaves_open((20.0, 84.9))
    assert not leaves_open(None)


def test_one_dimension_is_most_of_it_only_where_it_is_more_than_half(references, tables):
    # Sweden and Japan: masculinity (90 / 20.284)^2 = 19.7 of 34.3, the sum over all six.
    found = compare(references, "SWE", "JPN", make_settings(tables), HEADLINE)
    assert "Most of it is masculinity (5 against 95); they" in three_sentences(tables, found)[1]
    angle = make_settings(tables, measure="angle")
    found = compare(references, "NLD", "CHN", angle, ("angle",))
    assert three_sentences(tables, found)[1].startswith("The widest gaps are on")


def test_the_caveat_speaks_of_people():
    assert "nothing about the person opposite" in CAVEAT
