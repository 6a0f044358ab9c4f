import re

from analysis.atlas.culture_map import place
from analysis.atlas.groups import OwnGroup, group_distances, group_profile
from analysis.atlas.neighbours import neighbours
from analysis.atlas.sentences import (
    cluster_sentences,
    group_distance_sentences,
    group_sentence,
    left_out_sentence,
    map_sentences,
    nearest_heading,
    neighbour_sentences,
    placement_sentence,
)
from analysis.settings import default_settings
from analysis.words import of_hundred

NORDIC = OwnGroup("nordic", "Nordic countries", ("DNK", "FIN", "NOR", "SWE"))
SMALL = OwnGroup("small", "Two of them", ("DNK", "FIN"))


def test_the_map_says_what_its_directions_mean_and_how_rough_it_is(tables, map_of):
    directions, fit, regions = map_sentences(tables, map_of())
    assert directions == (
        "The nearer two points, the more alike the scores. To the right power distance is higher,"
        " indulgence lower; upwards long-term orientation is higher."
    )
    assert fit == (
        "Six dimensions do not fit on a flat map without error: its stress is 0.23 (0 is exact), a"
        " poor fit, so take it as an overview, and the distances from the lists below."
    )
    assert "the Arab countries for Egypt, Iraq, Kuwait" in regions


def test_an_exact_map_and_a_line_say_so(tables, map_of):
    assert map_sentences(tables, map_of("inglehart-welzel-2023"))[1] == (
        "Every distance on it is exact."
    )
    line = map_sentences(tables, map_of("tightness-2011"))[0]
    assert line.startswith("One dimension makes a line, not a map: to the right tightness")


def test_who_was_placed_afterwards_and_who_is_left_out(references, tables, map_of):
    egypt, dutch, israel = place(references, map_of(), ["EGY", "NLD", "ISR"])
    assert placement_sentence(tables, egypt).startswith("Egypt was put on the finished map")
    assert placement_sentence(tables, dutch) == ""
    assert "no score on indulgence" in placement_sentence(tables, israel)
    assert left_out_sentence(tables, map_of().distances).startswith("Albania, Algeria")


def test_clusters_say_how_distinct_they_are(tables, clusters_of):
    said = cluster_sentences(tables, clusters_of(), ["NLD", "SVK", "ISR"])
    assert said == [
        "The tree is cut into nine clusters, the number that sets them apart best; the borders"
        " between them are weak (mean silhouette 0.30, 1 is best).",
        "The tree keeps the distances fairly well (cophenetic correlation 0.70, 1 is exact).",
        "The Netherlands is in cluster 8 of 9, with Denmark, Sweden, Norway and Finland.",
        "Slovakia is in a cluster of its own.",
    ]


def test_neighbours_say_how_sure_the_order_is(references, tables, settings):
    found = neighbours(references, "NLD", settings)
    near, far, fewer, without = neighbour_sentences(tables, found)
    assert near == (
        "Of 82 countries with a distance, the scores of Sweden are nearest to those of the"
        " Netherlands (farther apart than 4 of 100 country pairs, likely 1 to 24), but 26 others"
        " may be as near."
    )
    assert far.startswith(
        "Slovakia is farthest (farther apart than 99 of 100 pairs, likely 95 to 99), but "
    )
    assert fewer.startswith("4 of 6 or 5 of 6: the two share only so many")
    assert "parties get no distance: Albania" in without
    # Counted anew from what is printed: whose range starts where Sweden's has not ended.
    printed = [tuple(map(of_hundred, n.percentile_interval)) for n in found.all]
    end, start = printed[0][1], printed[-1][0]
    assert sum(low <= end for low, _ in printed) - 1 == found.as_near == 26
    assert sum(high >= start for _, high in printed) - 1 == found.as_far == 34


def test_nobody_is_singled_out_where_most_may_be_as_near(references, tables):
    found = neighbours(references, "ISR", default_settings(tables, "tightness-2011"))
    assert nearest_heading(tables, found) == (
        "Nobody is surely nearest to Israel: 25 of 32 parties may be"
    )
    said = neighbour_sentences(tables, found)
    assert ", nobody is surely nearest to Israel: 25 may be, among them " in said[0]
    assert "30 countries and two parts of countries that have no score as a whole" in said[0]


def test_a_dimension_named_by_both_ends_is_told_by_its_pole(tables, map_of):
    said = map_sentences(tables, map_of("inglehart-welzel-2023"))[0]
    assert "to the right more of reason and one's own judgement" in said.lower().replace("’", "'")
    assert "values is higher" not in said


def test_groups_say_where_they_differ_or_why_not(references, tables, settings):
    told = group_sentence(tables, group_profile(tables, NORDIC, settings), settings)
    assert told.startswith("Nordic countries, 4 of 4 with a score, differs most inside on")
    small = group_sentence(tables, group_profile(tables, SMALL, settings), settings)
    assert small == "Two of them: two with a score, and a mean needs three."
    said = group_distance_sentences(
        ["Nordic countries", "Two of them"],
        group_distances(references, [NORDIC, SMALL], settings),
        settings,
    )
    assert said[0].startswith("Nordic countries: two members lie 0.")
    assert said[1].startswith("Two of them has no mean distance: two with every score")


def test_one_dimension_has_a_group_sentence(tables):
    settings = default_settings(tables, "tightness-2011")
    told = group_sentence(tables, group_profile(tables, tables.groups["eu"], settings), settings)
    assert "differs inside on tightness" in told
    assert "Without every score: " in told
    assert "Germany has scores only for East Germany and West Germany; a part does not" in told


def test_no_slips_in_any_sentence(references, tables, framework, map_of, clusters_of):
    settings = default_settings(tables, framework)
    said = [
        *map_sentences(tables, map_of(framework)),
        left_out_sentence(tables, map_of(framework).distances),
        *cluster_sentences(tables, clusters_of(framework), ["NLD", "USA"]),
        *neighbour_sentences(tables, neighbours(references, "NLD", settings)),
    ]
    for sentence in said:
        assert not re.search(r"!|  |\bnan\b| ,|\.\.", sentence), sentence
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0].isdigit()
