"""A pair in two editions: the numbers, and the sentence that says what changed."""

from dataclasses import replace
from math import sqrt

import pytest

from analysis.comparison import compare
from analysis.edition_changes import changes, settings_beside
from analysis.editions import with_editions
from analysis.settings import default_settings, make_settings

BASE = "hofstede-2015"


@pytest.fixture(scope="module")
def beside(tables, edition_of_2015, references_over):
    """Return the changes of a pair between an edition with changed scores and 2015."""

    def of(changed, pair=("NLD", "CHN"), left_out=(), **chosen):
        edition = edition_of_2015(changed, left_out)
        extended = with_editions(tables, [edition])
        own = make_settings(extended, framework=edition.id, **chosen)
        return changes(references_over(extended), *pair, own, settings_beside(extended, own, BASE))

    return of


def test_one_changed_score_is_named_with_both_values(beside, references):
    found = beside({("CHN", "idv"): 43.0})
    assert found.sentence == (
        "In your edition they stand at 84 instead of 93; most of the change is individualism of"
        " China, 43 instead of 20."
    )
    one = next(d for d in found.dimensions if d.dimension == "idv")
    # Gaps: 80 - 43 = 37 and 80 - 20 = 60, so the gap changed by -23.
    assert (one.edition, one.base, one.change) == ((80, 43, 37), (80, 20, 60), -23)
    # Four scores with an error of 7.5 points each: 7.5 * sqrt(4) = 15 points.
    assert one.error == pytest.approx(7.5 * sqrt(4))
    assert one.kind == "beyond"
    assert {d.kind for d in found.dimensions if d.dimension != "idv"} == {"same"}
    usual = default_settings(references.tables, BASE)
    assert found.base == compare(references, "NLD", "CHN", usual, (usual.measure,))
    assert found.edition.reference_pairs == found.base.reference_pairs == 1891
    assert found.edition.headline.percentile_interval is not None


@pytest.mark.parametrize(
    ("idv", "kind"), [(20.0, "same"), (34.9, "within"), (35.0, "beyond"), (5.1, "within")]
)
def test_a_change_below_the_errors_is_said_to_be_within_them(beside, idv, kind):
    # China has 20 in 2015, so these are changes of 0, 14.9, 15 and 14.9 against an error of 15.
    found = beside({("CHN", "idv"): idv})
    assert next(d for d in found.dimensions if d.dimension == "idv").kind == kind
    said = " ".join(found.notes)
    assert ("points) the gap changed by less than the error of 15 points" in said) == (
        kind == "within"
    )
    assert ("The gap changed on individualism (−15 points)." in said) == (kind == "beyond")


def test_the_error_that_a_person_chose_counts(beside):
    found = beside({("CHN", "idv"): 31.0}, score_error=5.0)
    assert found.dimensions[1].error == pytest.approx(10.0)
    assert found.dimensions[1].kind == "beyond"  # 11 points against 10


def test_both_sides_changed_and_the_rank_went_up(beside):
    found = beside({("NLD", "pdi"): 10.0, ("CHN", "pdi"): 100.0, ("CHN", "lto"): 90.0})
    assert found.edition.headline.percentile > found.base.headline.percentile
    assert "power distance, 10 against 100 instead of 38 against 80" in found.sentence


def test_nothing_changed_is_said_so(beside):
    found = beside({})
    assert found.sentence == (
        "In your edition they stand at 93 of 100, as in Hofstede 2015; the scores of the two are"
        " the same in both."
    )
    fewer = beside({}, left_out=("SWE", "NOR", "DNK", "FIN", "USA", "GBR", "AUS"))
    assert fewer.edition.reference_pairs == 55 * 54 / 2  # seven of the 62 are not in it
    assert fewer.sentence.endswith(
        "the scores of the two are the same in both, only the countries that they are ranked among"
        " differ."
    )
    assert "part of a changed rank can come from the other countries" in " ".join(fewer.notes)


def test_a_side_without_scores_in_one_edition_is_never_filled_from_the_other(beside):
    found = beside({}, left_out=("CHN",))
    assert found.sentence == (
        "In your edition the pair has no distance (it has no score of China), and no score of"
        " Hofstede 2015 stands in: there they stand at 93 of 100."
    )
    assert {d.kind for d in found.dimensions} == {"unknown"}
    assert all(d.change is None for d in found.dimensions)
    # Israel has no score on indulgence in 2015.
    newer = beside({("ISR", "ivr"): 50.0}, pair=("ISR", "USA"))
    assert next(d for d in newer.dimensions if d.dimension == "ivr").kind == "unknown"


def test_two_frameworks_with_other_dimensions_are_refused(references):
    own = default_settings(references.tables, BASE)
    with pytest.raises(ValueError, match="same dimensions"):
        changes(
            references, "NLD", "CHN", own, default_settings(references.tables, "tightness-2011")
        )


def test_the_same_choices_hold_in_both(tables, edition_of_2015):
    edition = edition_of_2015()
    extended = with_editions(tables, [edition])
    chosen = make_settings(extended, unrounded=True, dimensions=["pdi", "idv", "mas", "uai"])
    assert settings_beside(extended, chosen, edition.id) == replace(
        chosen, framework=edition.id, unrounded=False
    )
