import re
from dataclasses import replace

import pytest

from analysis.errors import UnknownProfileError
from analysis.profiles import build_profile, find_profile, known_profile, plain_name


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SKorea", "KOR"), ("skorea", "KOR"), ("S. Korea", "KOR"), ("South Korea", "KOR"),
        ("Korea, South", "KOR"), ("Korea (South)", "KOR"), ("Korea, Rep.", "KOR"),
        ("Korea, Republic of", "KOR"), ("UK", "GBR"), ("U.K.", "GBR"), ("UAE", "ARE"),
        ("Holland", "NLD"), ("Czechia", "CZE"), ("Türkiye", "TUR"), ("Turkey", "TUR"),
        ("Macedonia", "MKD"), ("FYROM", "MKD"), ("Macedonia, FYR", "MKD"), ("NIreland", "GBR-NIR"),
        ("E. Germany", "DEU-EAST"), ("W. Germany", "DEU-WEST"), ("S. Africa", "ZAF"),
        ("Iran (Islamic Republic of)", "IRN"), ("Tanzania, United Republic of", "TZA"),
        ("People’s Republic of China", "CHN"), ("Egypt, Arab Rep.", "EGY"),
    ],
)  # fmt: skip
def test_short_forms_and_names_of_lists_are_found(tables, text, found):
    assert find_profile(tables, text) == found


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("NKorea", "North Korea, PRK"), ("N. Korea", "North Korea, PRK"),
        ("North Korea", "PRK"), ("Korea (North)", "North Korea, PRK"),
        ("DPRK", "North Korea, PRK"), ("prk", "North Korea, PRK"), ("Ivory Coast", "CIV"),
        ("Côte d'Ivoire", "Ivory Coast, CIV"), ("Côte d’Ivoire", "Ivory Coast, CIV"),
        ("Cote d'Ivoire", "Ivory Coast, CIV"), ("Niger", "NER"), ("Swaziland", "Eswatini, SWZ"),
        ("Republic of Congo", "Congo, COG"), ("DR Congo", "Democratic Republic of the Congo, COD"),
    ],
)  # fmt: skip
def test_a_country_that_no_framework_has_is_refused_by_name(tables, text, called):
    # Never with a neighbour's name: Niger is close to Nigeria, and NKorea to Korea.
    with pytest.raises(UnknownProfileError) as caught:
        find_profile(tables, text)
    assert str(caught.value) == (
        f"No framework here has scores of “{text}” ({called}): choose another country, or make a"
        " team with scores of your own."
    )


def test_no_name_of_a_country_without_scores_means_a_party(tables):
    held = {plain_name(name): code for name, code in tables.without_scores.items()}
    assert len(held) == len(tables.without_scores)
    for name, code in tables.without_scores.items():
        assert re.fullmatch("[A-Z]{3}", code)
        for text in (name, code):
            assert known_profile(tables, text) is None
            with pytest.raises(UnknownProfileError, match="No framework here has scores of"):
                find_profile(tables, text)
    # ISO 3166 has 249 codes, of which 122 have scores in some framework; Kosovo has none in it.
    own = {p.id for p in tables.profiles.values() if p.kind == "country"} - {"XKX"}
    assert len(own) + len(set(tables.without_scores.values())) == 249
    assert not own & set(tables.without_scores.values())


def test_every_profile_is_found_by_its_own_names(tables):
    for record in tables.profiles.values():
        for name in (record.id, record.name, record.name_in_sentence, *record.other_names):
            assert find_profile(tables, name) == record.id


def names_of(record):
    codes = (record.iso2, record.iso_numeric, record.iso_numeric.lstrip("0"))
    return [
        name
        for name in (record.id, *codes, record.name, record.name_in_sentence, *record.other_names)
        if name
    ]


def dotted(name):
    """Write each word of capitals with dots: `UK (United Kingdom)` as `U.K. (United Kingdom)`."""
    return re.sub(r"\b[A-Z]{2,4}\b", lambda found: "".join(f"{c}." for c in found[0]), name)


def test_the_dots_of_abbreviations_do_not_matter(tables):
    for record in tables.profiles.values():
        for name in names_of(record):
            last_open = re.sub(r"\.$", "", dotted(name))
            spaced = re.sub(r"\.(?=\w)", ". ", dotted(name))
            for written in (dotted(name), dotted(name).lower(), last_open, spaced):
                assert find_profile(tables, written) == record.id, written
    for text in ("U.K.", "u.k", "U. K.", " U.K. "):
        assert find_profile(tables, text) == "GBR"
    assert find_profile(tables, "S.Korea") == find_profile(tables, "S Korea") == "KOR"
    assert find_profile(tables, "Dominican Rep") == "DOM"


def test_no_two_parties_share_a_name(tables):
    owners = {}
    for record in tables.profiles.values():
        for name in names_of(record):
            owners.setdefault(plain_name(name), set()).add(record.id)
    assert not [(name, ids) for name, ids in owners.items() if len(ids) > 1 or not name]


@pytest.mark.parametrize("text", ["5.28", "52.8", "0.40", "5.2.8", "U.K.R.", ".", "...", "a.b"])
def test_a_dot_inside_a_number_is_part_of_it(tables, text):
    # 528 is the Netherlands, 040 Austria, and U.K.R. is Ukraine as UKR is.
    assert known_profile(tables, text) == ("UKR" if text == "U.K.R." else None)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("North Korea", "KOR"), ("N. Korea", "KOR"), ("Noth Korea", "KOR"), ("NorthKorea", "KOR"),
        ("Democratic Republic of Korea", "KOR"), ("Republic of China", "CHN"),
        ("People’s Republic of Korea", "CHN"), ("South Macedonia", "MKD"),
        ("South Ireland", "GBR-NIR"), ("Western Germany.", "DEU-EAST"),
        ("South Africa, blak sample", "ZAF-WHITE"), ("Republic of Congo", "XKX"),
        ("South Netherlands", "NLD"),
    ],
)  # fmt: skip
def test_the_opposite_is_never_suggested(tables, text, never):
    with pytest.raises(UnknownProfileError) as caught:
        find_profile(tables, text)
    assert f"({never})" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Soth Korea", "KOR"), ("Southkorae", "KOR"), ("Norht Macedonia", "MKD"),
        ("Northen Irland", "GBR-NIR"), ("West Germny", "DEU-WEST"), ("eat germany", "DEU-EAST"),
        ("Slovak Republik", "SVK"), ("Domincan Republic", "DOM"), ("Eastonia", "EST"),
        ("Peoples Republik of China", "CHN"), ("South Afrika", "ZAF"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_still_understood(tables, text, meant):
    with pytest.raises(UnknownProfileError, match=rf"did you mean [^?]*\({meant}\)"):
        find_profile(tables, text)


def test_no_name_suggests_one_of_another_direction(tables):
    # Of every name with a direction, the same with each other direction in its place.
    ways = ("north", "south", "east", "west")
    for record in tables.profiles.values():
        for name in map(plain_name, names_of(record)):
            for way in (way for way in ways if way in name.split()):
                for other in set(ways) - {way}:
                    asked = name.replace(way, other)
                    if known_profile(tables, asked) is None:
                        with pytest.raises(UnknownProfileError) as caught:
                            find_profile(tables, asked)
                        assert f"({record.id})" not in str(caught.value)


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
