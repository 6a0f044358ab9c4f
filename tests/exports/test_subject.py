from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.deal import Deal
from analysis.exports.legible import legible, legible_name, no_formula
from analysis.exports.naming import file_stem


def test_the_stamp_says_all_that_every_export_must(subject_of, tables, settings):
    stamp = subject_of("NLD", "CHN").stamp
    assert stamp.title == "The Netherlands and China"
    assert stamp.parties == ("Netherlands", "China")
    assert stamp.settings == ()
    assert stamp.day_in_words == "22 November 2026"
    assert stamp.link == "http://127.0.0.1:8501/?a=NLD&b=CHN"
    told = " ".join(stamp.lines)
    assert f"data {tables.version}" in told
    for part in ("22 November 2026", "Source: Geert Hofstede", "the person opposite", stamp.link):
        assert part in told
    assert "all at their defaults" in told


def test_no_private_answer_is_in_the_link_but_the_subject_is_in_the_title(subject_of):
    deal = Deal(subject="Bicycle frames", first_order=5000, total=1e6, ip_at_stake=True)
    stamp = subject_of("NLD", "CHN", deal=deal).stamp
    assert stamp.subtitle == "Preparation brief, for our side only: Bicycle frames"
    assert "yes=ip_at_stake" in stamp.link
    assert not any(part in stamp.link for part in ("Bicycle", "5000", "1000000"))


def test_without_an_address_no_link_is_printed(subject_of):
    stamp = subject_of("NLD", "CHN", page="").stamp
    assert not stamp.link
    assert "The same view" not in " ".join(stamp.lines)


def test_a_persons_own_worksheet_rows_take_the_place_of_the_suggested(subject_of):
    rows = [{"about": "CHN", "what": "Who signs?\nReally", "answer": "\u202eno"}]
    paper = subject_of("NLD", "CHN", deal=Deal(), worksheets={"information": rows}).brief
    sheet = next(w for w in paper.worksheets if w.id == "information")
    assert [dict(row) for row in sheet.rows] == [
        {"about": "CHN", "what": "Who signs? Really", "answer": "no"}
    ]


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Team\nBlue\t1", "Team Blue 1"),
        ("a" * 10_000, "a" * 59 + "…"),
        ("\u202eevil\u202c", "evil"),
        ("Z" + "\u0300" * 40, "Z" + "\u0300" * 3),
        ("中文团队", "中文团队"),
        ("فريق العمل", "فريق العمل"),
        ("क्‍ष", "क्‍ष"),
        ("\x00\x07", "Unnamed"),
        ("\ud800x", "x"),
    ],
)  # fmt: skip
def test_names_are_made_legible(given_name, shown):
    # U+0300 after Z has no composed form, so three marks stay.
    assert legible_name(given_name) == shown


@given(st.text(max_size=300), st.integers(2, 80))
def test_legible_text_is_one_short_line_and_stays_as_it_is(text, most):
    once = legible(text, most)
    assert len(once) <= most
    assert "\n" not in once
    assert once.encode("utf-8").decode("utf-8") == once
    assert legible(once, most) == once


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"])
def test_what_starts_like_a_formula_is_marked_as_text(text):
    assert no_formula(text) == f"'{text}"
    assert no_formula("a=1") == "a=1"


def test_file_names_say_what_is_inside():
    day = date(2026, 11, 22)
    assert file_stem(["Netherlands", "China"], day) == "parley-netherlands-china-2026-11-22"
    assert file_stem(["Türkiye", "Côte d'Ivoire"], day) == "parley-turkiye-cote-d-ivoire-2026-11-22"
    assert (
        file_stem(["中文团队", "../../etc/passwd"], day) == "parley-中文团队-etc-passwd-2026-11-22"
    )
    assert len(file_stem(["x" * 10_000] * 9, day)) < 190
