"""An edition as a framework: the very numbers of 2015 from the matrix of 2015, and never mixed."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.comparison import compare
from analysis.deal import EMPTY_FORM
from analysis.editions import with_editions
from analysis.errors import SettingsError
from analysis.friction.assessment import assess
from analysis.friction.reference import plain_friction_references
from analysis.link import View, is_shareable, read_link, write_link
from analysis.measures.registry import MEASURES
from analysis.profiles import build_profile
from analysis.reference import build_reference, yardstick_for
from analysis.sentences import changed_settings, notes, source_line
from analysis.settings import default_settings, make_settings
from analysis.teams.party import with_teams
from analysis.teams.team import Culture, Member, Team

BASE = "hofstede-2015"
SAMPLE = ("NLD", "CHN", "SWE", "PAK", "KWT", "BEL-FR", "ARAB", "SLV", "SVN", "ISR", "ETH")


@pytest.fixture(scope="module")
def same(tables, edition_of_2015, references_over):
    edition = edition_of_2015()
    extended = with_editions(tables, [edition])
    return extended, edition.id, references_over(extended)


@pytest.fixture(scope="module")
def newer(tables, edition_of_2015, references_over):
    """China's individualism is 43, and Sweden is not in it."""
    edition = edition_of_2015({("CHN", "idv"): 43.0}, left_out=("SWE",))
    extended = with_editions(tables, [edition])
    return extended, edition.id, references_over(extended)


def test_the_matrix_of_2015_as_an_edition_is_the_framework_of_2015(tables, same):
    extended, edition, _ = same
    own, base = extended.frameworks[edition], tables.frameworks[BASE]
    assert own.profile_ids == base.profile_ids
    assert np.array_equal(own.scores, base.scores, equal_nan=True)
    assert (own.dimensions, own.lowest, own.highest, own.score_error, own.scale) == (
        base.dimensions, base.lowest, base.highest, base.score_error, base.scale,
    )  # fmt: skip
    assert own.own
    assert own.base == BASE
    assert not own.has_unrounded


@pytest.mark.parametrize("reference", ["complete", "countries", "all"])
def test_it_gives_the_very_numbers_of_2015_for_every_pair_and_measure(references, same, reference):
    _, edition, own = same
    settings = make_settings(own.tables, framework=edition, reference=reference)
    usual = replace(settings, framework=BASE)
    for place, a in enumerate(SAMPLE):
        for b in SAMPLE[place + 1 :]:
            mine, theirs = compare(own, a, b, settings, ()), compare(references, a, b, usual, ())
            assert bool(mine.reason) == bool(theirs.reason), (a, b)
            assert mine.dimensions_used == theirs.dimensions_used
            assert mine.reference_pairs == theirs.reference_pairs
            assert dict(mine.gaps) == dict(theirs.gaps)
            assert {i: (m.value, m.percentile) for i, m in mine.measures.items()} == {
                i: (m.value, m.percentile) for i, m in theirs.measures.items()
            }


def test_intervals_are_those_of_2015_too(references, same):
    _, edition, own = same
    mine = compare(own, "NLD", "CHN", default_settings(own.tables, edition))
    theirs = compare(references, "NLD", "CHN", default_settings(own.tables, BASE))
    assert set(mine.measures) == set(MEASURES)
    assert dict(mine.measures) == dict(theirs.measures)


def test_friction_is_that_of_2015_and_its_reference_the_editions(
    knowledge, friction_of, same, newer
):
    def friction(references, edition):
        pair = compare(references, "NLD", "CHN", default_settings(references.tables, edition), ())
        against = plain_friction_references(knowledge, references)
        return assess(knowledge, references, against, pair, EMPTY_FORM)

    theirs = friction_of("NLD", "CHN")
    mine = friction(same[2], same[1])
    assert mine.overall == theirs.overall
    assert [t.severity for t in mine.topics] == [t.severity for t in theirs.topics]
    other = friction(newer[2], newer[1])
    assert other.overall != theirs.overall
    assert not other.reason


def test_a_country_that_the_edition_lacks_gets_a_reason_and_no_score_of_2015(newer):
    extended, edition, own = newer
    settings = default_settings(extended, edition)
    sweden = build_profile(extended, "SWE", settings)
    assert {score.standing for score in sweden.scores} == {"missing"}
    found = compare(own, "NLD", "SWE", settings, ())
    assert found.reason.startswith("There is no distance between the Netherlands and Sweden")
    assert "choose Hofstede 2015" in found.reason
    assert not found.measures


def test_its_scores_are_yours_and_its_own_countries_are_the_reference_set(tables, newer):
    extended, edition, _ = newer
    settings = default_settings(extended, edition)
    china = build_profile(extended, "CHN", settings)
    assert (china.score("idv").value, china.score("idv").standing) == (43.0, "yours")
    yardstick = yardstick_for(settings, settings.dimensions)
    # 62 countries have every score in 2015; without Sweden 61, so 61 * 60 / 2 = 1,830 pairs.
    assert len(build_reference(extended, yardstick).pairs[0]) == 1830
    usual = replace(yardstick, framework=BASE)
    assert len(build_reference(extended, usual).pairs[0]) == 1891
    # The frameworks that ship are the very same objects.
    assert all(extended.frameworks[i] is f for i, f in tables.frameworks.items())


def test_a_region_stands_in_only_where_the_edition_holds_it(tables, edition_of_2015):
    held, without = edition_of_2015(), edition_of_2015(left_out=("ARAB",))
    for edition, standing in ((held, "regional"), (without, "missing")):
        extended = with_editions(tables, [edition])
        kuwait = build_profile(extended, "KWT", default_settings(extended, edition.id))
        assert kuwait.score("pdi").standing == standing
    assert "KWT" not in with_editions(tables, [without]).frameworks[without.id].profile_ids


def test_a_team_of_members_stands_under_an_edition_and_changes_nothing_there(newer):
    extended, edition, _ = newer
    team = Team(
        "TEAM-AAAAAAAA", "Us", "members", members=(Member("A", (Culture("CHN", 1.0),)),)
    )  # fmt: skip
    held = with_teams(extended, [team])
    found = build_profile(held, team.id, default_settings(held, edition))
    assert found.score("idv").value == 43.0


def test_what_is_said_of_it(newer):
    extended, edition, own = newer
    settings = default_settings(extended, edition)
    line = source_line(extended, edition)
    assert line.startswith(
        "Source: scores that you uploaded as “Scores of 2023”, not checked."
    )  # fmt: skip
    told = notes(extended, compare(own, "NLD", "CHN", settings, ()))
    assert len(told) == 1
    assert "measured among its own countries (61 have every score)" in told[0]
    assert "none of Hofstede 2015 is mixed in" in told[0]
    assert changed_settings(extended, settings) == ["scores of “Scores of 2023”"]


def test_a_view_under_it_is_never_offered_as_a_link_and_opens_nowhere_else(tables, newer):
    extended, edition, _ = newer
    view = View("NLD", "CHN", (), default_settings(extended, edition))
    assert not is_shareable(extended, view)
    assert is_shareable(extended, replace(view, settings=default_settings(extended)))
    opened, problems = read_link(tables, write_link(extended, view))
    assert opened.settings == default_settings(tables)
    assert len(problems) == 1
    assert f"“{edition}” is an edition of someone’s own that is not here" in problems[0]
    with pytest.raises(SettingsError, match="not here"):
        make_settings(tables, framework=edition)
