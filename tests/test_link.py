import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.link import View, link_address, read_link, write_link
from analysis.settings import make_settings
from analysis.tables import load_tables

TABLES = load_tables()
IDS = list(TABLES.profiles)


def test_the_plainest_link_names_two_sides(tables, settings):
    view = View("NLD", "CHN", (), settings)
    assert write_link(tables, view) == {"a": "NLD", "b": "CHN"}
    assert link_address(tables, view, "http://x/") == "http://x/?a=NLD&b=CHN"
    assert read_link(tables, {"a": "NLD", "b": "CHN"}) == (view, [])


def test_an_empty_link_is_a_complete_view(tables, settings):
    assert read_link(tables, {}) == (View("NLD", "CHN", (), settings), [])


weights = st.dictionaries(
    st.sampled_from(["mas", "uai", "lto", "ivr"]), st.sampled_from([0, 0.5, 2, 3]), max_size=2
)


@given(
    parties=st.lists(st.sampled_from(IDS), min_size=2, max_size=6, unique=True),
    classic=st.booleans(),
    weights=weights,
    measure=st.sampled_from(["konara_mohr", "angle", "mahalanobis"]),
    reference=st.sampled_from(["complete", "countries", "all"]),
    switches=st.tuples(st.booleans(), st.booleans()),
    error=st.sampled_from([5, 7.5, 9.5]),
    share=st.sampled_from([0.1, 0.2, 0.27]),
)
def test_every_view_survives_its_link(
    parties, classic, weights, measure, reference, switches, error, share
):
    used = {d: w for d, w in weights.items() if not classic or w > 0}
    settings = make_settings(
        TABLES,
        dimensions=["pdi", "idv", "mas", "uai"] if classic else None,
        weights=used,
        measure=measure,
        reference=reference,
        published_only=switches[0],
        unrounded=switches[1],
        score_error=error,
        between_share=share,
    )
    view = View(parties[0], parties[1], tuple(parties[2:]), settings)
    assert read_link(TABLES, write_link(TABLES, view)) == (view, [])


def test_names_in_a_link_are_understood(tables):
    view, problems = read_link(tables, {"a": "holland", "b": "jp", "more": "UK,Brazil"})
    assert (view.a, view.b, view.further, problems) == ("NLD", "JPN", ("GBR", "BRA"), [])


def test_a_wrong_code_is_named_and_the_rest_of_the_link_counts(tables):
    view, problems = read_link(tables, {"a": "XXX", "b": "JPN", "ref": "all"})
    assert (view.a, view.b, view.settings.reference) == ("NLD", "JPN", "all")
    assert problems == [
        "No country, part or region with scores goes by “XXX”: use a three-letter ISO code or a"
        " name, for instance NLD or Netherlands. The Netherlands is shown instead."
    ]


def test_what_stands_in_for_a_wrong_code_is_never_the_other_side(tables):
    view, _ = read_link(tables, {"a": "XXX", "b": "NLD"})
    assert (view.a, view.b) == ("CHN", "NLD")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("ref", "foo", "“foo” is not a reference set"),
        ("measure", "foo", "“foo” is not a measure"),
        ("error", "99", "error of a score is 99"),
        ("error", "much", "“much” is not a number"),
        ("share", "nan", "between countries is nan"),
        ("w", "mas", "“mas” is not a weight"),
        ("w", "pdi:0,idv:0", "needs power distance (pdi) or individualism (idv)"),
        ("dims", "pdi,idv", "at least four dimensions"),
        ("published", "perhaps", "neither yes nor no"),
        ("framework", "globe", "“globe” is not a framework"),
    ],
)
def test_a_wrong_setting_is_named_and_passed_over(tables, settings, key, value, said):
    view, problems = read_link(tables, {"a": "NLD", "b": "CHN", key: value})
    assert view == View("NLD", "CHN", (), settings)
    assert len(problems) == 1
    assert f"The link’s “{key}” was ignored." in problems[0]
    assert said in problems[0]


def test_too_many_parties_are_cut_and_said(tables):
    view, problems = read_link(tables, {"more": "JPN,USA,BRA,DEU,FRA,JPN,NLD"})
    assert view.further == ("JPN", "USA", "BRA", "DEU")
    assert "names 5 further parties; the first 4 are shown" in problems[0]


KEYS = ("a", "b", "more", "dims", "w", "measure", "ref", "error")


@given(st.dictionaries(st.sampled_from(KEYS), st.text()))
def test_no_link_breaks_the_page(parameters):
    view, problems = read_link(TABLES, parameters)
    assert view.a in TABLES.profiles
    assert view.b in TABLES.profiles
    assert all(len(problem) < 600 for problem in problems)
