import dataclasses
import itertools

import numpy as np
import pytest

from analysis.atlas.distances import complete_distances, parties_of
from analysis.comparison import compare, plain_references
from analysis.errors import SettingsError
from analysis.measures.registry import MEASURES
from analysis.profiles import build_profile
from analysis.settings import default_settings, make_settings
from analysis.tables import OwnScores, ProfileRecord

SAMPLE = ("NLD", "CHN", "SVK", "JPN", "USA", "BRA", "ARAB", "AFRICA-EAST", "PAK")


@pytest.mark.parametrize("measure", MEASURES)
def test_every_distance_is_that_of_a_comparison(references, settings, distances_of, measure):
    found = distances_of("hofstede-2015", measure)
    for a, b in itertools.combinations(SAMPLE, 2):
        alone = compare(references, a, b, settings, ()).measures[measure].value
        assert found.between(a, b) == pytest.approx(alone, rel=1e-9), (a, b)


def test_the_same_in_every_framework(references, framework, distances_of):
    found = distances_of(framework)
    usual = default_settings(references.tables, framework)
    for a, b in itertools.combinations(found.ids[::9], 2):
        alone = compare(references, a, b, usual, ()).headline.value
        assert found.between(a, b) == pytest.approx(alone, rel=1e-9), (a, b)


def test_the_matrix_has_no_gap_and_cannot_be_written_to(framework, distances_of):
    found = distances_of(framework)
    assert not found.reason
    assert np.isfinite(found.matrix).all()
    assert np.array_equal(found.matrix, found.matrix.T)
    assert not found.matrix.diagonal().any()
    with pytest.raises(ValueError, match="read-only"):
        found.matrix[0, 1] = 0


def test_everybody_has_a_place_or_a_reason(tables, framework, distances_of):
    found = distances_of(framework)
    everybody = set(parties_of(tables, found.settings))
    assert everybody <= {*found.ids, *found.left_out}
    assert not set(found.ids) & set(found.left_out)
    assert all(found.left_out.values())


def test_countries_with_regional_scores_give_way_to_their_region_once(tables, distances_of):
    found = distances_of()
    # 62 countries have all six scores of their own; three regions stand for fourteen countries.
    assert len(found.ids) == 65
    assert set(found.stands_for) == {"ARAB", "AFRICA-EAST", "AFRICA-WEST"}
    assert sum(map(len, found.stands_for.values())) == 14
    assert found.left_out["KWT"] == "stands with scores published for the Arab countries"
    assert found.left_out["ISR"] == "no score on indulgence"


def test_published_scores_only_leaves_the_regions_out(distances_of):
    found = distances_of(published_only=True)
    assert len(found.ids) == 62
    assert not found.stands_for
    assert found.left_out["KWT"] == "no scores"


def test_parts_and_regions_stand_where_they_are_asked_for(references, tables):
    classic = make_settings(tables, dimensions=["pdi", "idv", "mas", "uai"])
    found = complete_distances(references, classic, kinds=("country", "part", "region"))
    assert {"BEL-FR", "BEL-NL", "CAN-FR", "BEL", "ARAB"} <= set(found.ids)
    assert "BEL-FR" not in complete_distances(references, classic).ids


def test_samples_that_were_kept_apart_stand_for_their_country(tables, distances_of):
    found = distances_of("globe-2004-practices")
    assert {"DEU-WEST", "DEU-EAST", "CHE-FR", "CHE-DE"} <= set(found.ids)
    assert found.left_out["DEU"] == "no scores"
    # Where the country has a row of its own, its parts do not stand beside it.
    assert "DEU-EAST" not in parties_of(tables, distances_of().settings)


class Team:
    def scores(self, tables, settings):
        return OwnScores((38.0, 80.0, 14.0, 53.0, 67.0, 68.0), (0.0,) * 6, ())


def with_team(tables):
    record = ProfileRecord("TEAM-1", "Buyers", "Buyers", "team", "", "", "", (), "")
    return dataclasses.replace(
        tables, profiles={**tables.profiles, "TEAM-1": record}, own={"TEAM-1": Team()}
    )


def test_a_party_of_ones_own_changes_nothing(tables, distances_of):
    own = with_team(tables)
    assert build_profile(own, "TEAM-1", default_settings(own)).values[0] == 38
    found = complete_distances(plain_references(own), default_settings(own))
    assert found.ids == distances_of().ids
    assert np.array_equal(found.matrix, distances_of().matrix)


def test_too_few_dimensions_are_refused(references, tables):
    few = make_settings(tables, dimensions=["pdi", "idv"], too_few=True)
    with pytest.raises(SettingsError, match="at least four dimensions"):
        complete_distances(references, few)


def test_an_angle_on_one_dimension_gives_a_reason(references, tables):
    found = complete_distances(references, default_settings(tables, "tightness-2011"), "angle")
    assert found.reason.startswith("The measure “Angle” takes at least two dimensions")
    assert found.ids == ()
    assert found.matrix.shape == (0, 0)


def test_too_few_parties_give_a_reason(references, settings):
    found = complete_distances(references, settings, kinds=("part",))
    assert found.reason == (
        "In Hofstede 2015 nobody has every score in use, and a map needs three: leave a dimension"
        " out or choose another framework."
    )
