from dataclasses import replace

import pytest

from analysis.errors import UnknownProfileError
from analysis.profiles import build_profile, find_profile


def standings(tables, settings, profile_id):
    return [score.standing for score in build_profile(tables, profile_id, settings).scores]


def test_a_country_with_scores_of_its_own_is_published_throughout(tables, settings):
    profile = build_profile(tables, "NLD", settings)
    assert profile.values.tolist() == [38, 80, 14, 53, 67, 68]
    assert {score.standing for score in profile.scores} == {"published"}
    assert {score.origin for score in profile.scores} == {"NLD"}


def test_an_own_score_comes_before_the_regions(tables, settings):
    # Egypt: its own LTO 7 and IVR 4; the Arab countries stand in with 80 38 53 68 (and have 23 34).
    profile = build_profile(tables, "EGY", settings)
    assert profile.values.tolist() == [80, 38, 53, 68, 7, 4]
    assert standings(tables, settings, "EGY") == ["regional"] * 4 + ["published"] * 2
    assert profile.score("pdi").origin == "ARAB"


@pytest.mark.parametrize(
    ("country", "values"),
    [
        ("KWT", [80, 38, 53, 68, 23, 34]), ("LBN", [80, 38, 53, 68, 23, 34]),
        ("LBY", [80, 38, 53, 68, 23, 34]), ("ARE", [80, 38, 53, 68, 23, 34]),
        ("KEN", [64, 27, 41, 52, 32, 40]), ("SLE", [77, 20, 46, 54, 9, 78]),
    ],
)  # fmt: skip
def test_six_countries_are_known_only_through_their_region(tables, settings, country, values):
    assert build_profile(tables, country, settings).values.tolist() == values
    assert standings(tables, settings, country) == ["regional"] * 6
    published = replace(settings, published_only=True)
    assert standings(tables, published, country) == ["missing"] * 6


def test_south_africa_is_never_filled_from_its_white_sample(tables, settings):
    profile = build_profile(tables, "ZAF", settings)
    assert [score.value for score in profile.scores] == [None] * 4 + [34, 63]
    assert build_profile(tables, "ZAF-WHITE", settings).values.tolist()[:4] == [49, 65, 63, 49]


def test_a_missing_score_is_none_and_never_a_number(tables, settings):
    score = build_profile(tables, "ISR", settings).score("ivr")
    assert (score.value, score.standing, score.origin) == (None, "missing", "")


def test_a_real_zero_is_a_score(tables, settings):
    assert build_profile(tables, "PAK", settings).score("ivr").value == 0.0
    assert build_profile(tables, "PRI", settings).score("lto").value == 0.0


def test_unrounded_scores_are_a_setting(tables, settings):
    assert build_profile(tables, "USA", settings).score("lto").value == 26
    exact = build_profile(tables, "USA", replace(settings, unrounded=True))
    assert exact.score("lto").value == 25.692695


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NLD", "NLD"), ("nld", "NLD"), ("NL", "NLD"), ("Holland", "NLD"),
        ("the netherlands", "NLD"), (" Netherlands ", "NLD"), ("UK", "GBR"),
        ("Great Britain", "GBR"), ("Korea", "KOR"), ("Czechia", "CZE"), ("Czech Republic", "CZE"),
        ("Türkiye", "TUR"), ("turkiye", "TUR"), ("Turkey", "TUR"), ("usa", "USA"),
        ("SLV", "SLV"), ("El Salvador", "SLV"), ("Slovenia", "SVN"), ("Viet Nam", "VNM"),
        ("bel-fr", "BEL-FR"), ("Arab countries", "ARAB"), ("Kenya", "KEN"),
    ],
)  # fmt: skip
def test_a_party_is_found_by_code_name_or_other_name(tables, text, found):
    assert find_profile(tables, text) == found


def test_every_profile_is_found_by_its_own_names(tables):
    for record in tables.profiles.values():
        for name in (record.id, record.name, record.name_in_sentence, *record.other_names):
            assert find_profile(tables, name) == record.id


def test_an_unknown_name_is_answered_with_near_ones(tables):
    with pytest.raises(UnknownProfileError, match=r"“Germny”: did you mean Germany \(DEU\)"):
        find_profile(tables, "Germny")
    with pytest.raises(UnknownProfileError, match="use a three-letter ISO code or a name"):
        find_profile(tables, "???")


def test_an_endless_name_is_not_repeated_in_full(tables):
    with pytest.raises(UnknownProfileError) as caught:
        find_profile(tables, "x" * 100_000)
    assert len(str(caught.value)) < 200


def test_a_label_holds_what_a_picker_must_find(tables):
    assert tables.profiles["NLD"].label == "Netherlands · NLD · Holland"
    assert tables.profiles["GBR"].label.startswith("UK (United Kingdom) · GBR")
