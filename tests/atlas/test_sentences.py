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
    neighbour_sentences,
    placement_sentence,
)
from analysis.settings import default_settings

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
    first, overlap, without = neighbour_sentences(tables, neighbours(references, "NLD", settings))
    assert first == (
        "The Netherlands lies nearest to Sweden and Norway, and farthest from Slovakia, farther"
        " than 99 of 100 country pairs."
    )
    assert overlap == (
        "The likely ranges of 26 others overlap with that of Sweden, so the order among them is"
        " not worth arguing about."
    )
    assert "parties get no distance: Albania" in without


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
