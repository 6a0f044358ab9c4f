"""The map's words and numbers: what is shaded, by what, and what is said to be missing."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest

from analysis.charts.places import OUTLINES_FOLDER, world_places
from analysis.charts.world import no_data_sentence, world_distances, world_scores
from analysis.comparison import compare
from analysis.settings import default_settings


def outlines(size):
    """Read the outlines anew: each country's rings as arrays of longitude and latitude."""
    world = json.loads((OUTLINES_FOLDER / f"world_{size}.json").read_text("utf-8"))
    scale, shift = (np.array(world["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in world["arcs"]]
    rings = {}
    for country in world["objects"]["countries"]["geometries"]:
        pieces = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        rings.setdefault(country.get("id"), []).extend(
            np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring])
            for piece in pieces
            for ring in piece
        )
    return rings


def test_every_place_of_the_outlines_has_a_name_and_members_are_as_many_as_there_are():
    places = world_places()
    assert {i for i in outlines("50m") if i} == set(places) - {"TUV", "XKX"}
    assert sum(place.is_member for place in places.values()) == 193
    assert not {"TWN", "HKG", "PRI", "PSE", "VAT", "XKX"} & {
        p.id for p in places.values() if p.is_member
    }


def test_countries_go_by_the_same_name_on_the_map_as_in_the_tables(tables):
    for record in tables.profiles.values():
        if record.kind == "country":
            assert world_places()[record.id].name == record.name


def test_the_areas_are_those_of_the_outlines():
    rings = outlines("50m")
    with (OUTLINES_FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        held = {row["id"]: row["area"] for row in csv.DictReader(file)}
    for i in ("MLT", "SGP", "LUX", "BEL", "FJI"):
        total = 0.0
        for ring in rings[i]:
            x, y = ring.T
            x = (x % 360 if np.ptp(x) > 180 else x) * np.cos(np.radians(y.mean()))
            total += abs(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2
        assert total == pytest.approx(float(held[i]), abs=0.011)


def test_what_the_coarse_outlines_leave_out_is_a_point():
    coarse = outlines("110m")
    for place in world_places().values():
        assert place.id in coarse or place.is_small
    assert {"HKG", "SGP", "MLT", "LUX", "BHR", "AND", "XKX"} <= {
        p.id for p in world_places().values() if p.is_small and p.longitude is not None
    }


def test_a_shade_by_distance_is_the_percentile_of_the_comparison(references, settings):
    data = world_distances(references, "NLD", settings)
    shades = {shade.id: shade for shade in data.shades}
    for other in ("CHN", "SWE", "EGY", "PAK", "USA", "GHA"):
        pair = compare(references, "NLD", other, settings, ())
        assert shades[other].value == pytest.approx(pair.headline.percentile, abs=1e-9)
    assert shades["EGY"].standing == "regional"
    assert "the Arab countries" in shades["EGY"].note
    assert shades["UKR"].value is None
    assert "Ukraine" in shades["UKR"].note
    assert "NLD" not in shades
    assert (data.lowest, data.highest) == (0, 100)


@pytest.mark.parametrize(
    "framework_id", ["hofstede-2015", "inglehart-welzel-2023", "tightness-2011"]
)
def test_each_shade_by_a_dimension_is_a_score_or_a_reason(tables, framework_id):
    settings = default_settings(tables, framework_id)
    framework = tables.frameworks[framework_id]
    for dimension in framework.dimensions:
        data = world_scores(tables, settings, dimension.id)
        for shade in data.shades:
            assert (shade.value is None) == bool(not shade.shown)
            assert shade.value is not None or shade.note
        values = [shade.value for shade in data.ranked]
        assert values == sorted(values)
        assert (data.lowest, data.highest) == (framework.lowest, framework.highest)


def test_a_part_never_fills_its_country_but_is_named(tables):
    settings = default_settings(tables, "tightness-2011")
    data = world_scores(tables, settings, tables.frameworks["tightness-2011"].dimension_ids[0])
    germany = next(shade for shade in data.shades if shade.id == "DEU")
    assert germany.value is None
    assert "East" in germany.note


def test_parts_stand_in_for_the_heading_and_are_named(references, tables):
    settings = default_settings(tables, "globe-2004-values")
    data = world_distances(references, "DNK", settings)
    assert data.title.startswith("The scores of French-speaking Switzerland are nearest to those")
    assert "only in the list" in data.caption
    germany = next(shade for shade in data.shades if shade.id == "DEU")
    assert "choose East Germany or West Germany" in germany.note
    pair = compare(references, "DEU", "CHE", settings)
    assert "choose French-speaking Switzerland or German-speaking Switzerland" in pair.reason
    for a, b in (("DEU-EAST", "CHE-FR"), ("DEU-WEST", "CHE-DE")):  # the advice works
        assert not compare(references, a, b, settings, ()).reason


def test_a_pair_on_fewer_dimensions_says_so(references, settings):
    shades = {s.id: s for s in world_distances(references, "NLD", settings).shades}
    assert "on 4 of 6 dimensions" in shades["GTM"].shown
    assert "of 6" not in shades["SWE"].shown


def test_the_number_without_data_counts_members_of_the_united_nations(tables, settings):
    data = world_scores(tables, settings, "pdi")
    members = {p.id for p in world_places().values() if p.is_member}
    with_score = {s.id for s in data.shades if s.value is not None} & members
    assert f"{193 - len(with_score)} of the 193 member states" in no_data_sentence(data)


def test_published_only_leaves_regional_countries_without_a_shade(tables, settings):
    data = world_scores(tables, replace(settings, published_only=True), "pdi")
    kenya = next(shade for shade in data.shades if shade.id == "KEN")
    assert kenya.value is None
    assert kenya.note == "no score of its own; that of East Africa is off"
    assert all(shade.standing != "regional" for shade in data.shades)


def test_choosing_another_party_changes_no_other_number(references, settings):
    near = {s.id: s.value for s in world_distances(references, "SWE", settings).shades}
    again = {s.id: s.value for s in world_distances(references, "NLD", settings).shades}
    assert near["NLD"] == pytest.approx(again["SWE"], abs=1e-9)


def test_a_party_that_is_regional_itself_does_not_mark_every_other(references, settings):
    data = world_distances(references, "EGY", settings)
    regional = {shade.id for shade in data.shades if shade.standing == "regional"}
    assert "KEN" in regional
    assert not {"NLD", "CHN", "SWE"} & regional
    assert "from Egypt, which stands with scores of the Arab countries" in data.caption
    iraq = next(shade for shade in data.shades if shade.id == "IRQ")
    assert iraq.value is None  # both stand with the one set of scores of the region
    assert "cannot tell them apart" in iraq.note
