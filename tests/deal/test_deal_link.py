"""A deal in a link and back; what is private never leaves."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from analysis.deal import DEAL_FIELDS, EMPTY_FORM, Deal, make_deal, read_deal_link, write_deal
from analysis.knowledge import load_knowledge
from analysis.link import View, link_address, read_link, write_link
from analysis.settings import default_settings
from analysis.tables import load_tables

TABLES = load_tables()
EFFECTS = load_knowledge().friction.effects
SECRETS = {
    "subject": "Project Nightjar", "currency": "XQX", "first_order": 77123.0,
    "later_orders": [88123.0, 99123.0], "total": 66123456.0,
}  # fmt: skip


def answers(field):
    """What a person may answer; effects as the form sets them, in hundredths."""
    return {
        "yes": st.booleans(),
        "choice": st.sampled_from(sorted(field.choices) or [""]),
        "several": st.lists(st.sampled_from(sorted(field.choices) or [""]), max_size=4),
        "whole": st.integers(*field.bounds),
        "effects": st.dictionaries(
            st.sampled_from(sorted(EFFECTS)), st.integers(-150, 150).map(lambda n: n / 100)
        ),
    }.get(field.kind)


public = st.fixed_dictionaries(
    {}, optional={n: answers(f) for n, f in DEAL_FIELDS.items() if not f.private}
)


@given(public)
@trials(deadline=None)
def test_every_public_answer_survives_its_link(given_answers):
    deal = make_deal(given_answers, EFFECTS)
    assert read_deal_link(write_deal(deal), EFFECTS) == (deal, [])


@given(public)
@trials(deadline=None)
def test_no_private_answer_goes_into_a_link(given_answers):
    deal = make_deal(given_answers | SECRETS, EFFECTS)
    written = write_deal(deal)
    text = str(written)
    for secret in ("Nightjar", "XQX", "77123", "88123", "99123", "66123456"):
        assert secret not in text
    usual = {name: getattr(EMPTY_FORM, name) for name in SECRETS}
    assert read_deal_link(written, EFFECTS) == (replace(deal, **usual), [])


@given(public)
@trials(deadline=None)
def test_a_view_carries_its_deal(given_answers):
    deal = make_deal(given_answers | SECRETS, EFFECTS)
    view = View("USA", "JPN", (), default_settings(TABLES), deal)
    usual = {name: getattr(EMPTY_FORM, name) for name in SECRETS}
    found, problems = read_link(TABLES, write_link(TABLES, view), EFFECTS)
    assert found == replace(view, deal=replace(deal, **usual))
    assert problems == []
    assert "Nightjar" not in link_address(TABLES, view)


def test_only_what_differs_from_an_empty_form_is_written():
    assert write_deal(EMPTY_FORM) == {}
    assert write_deal(
        Deal(
            kind="supply", repeat_deals=False, commodity=True, hard_phase=True,
            they_hold=("molds", "ip"), own_familiarity="low", months=12,
            effects=(("introduced", -0.5),),
        )
    ) == {
        "yes": "commodity,hard_phase", "no": "repeat_deals", "deal": "supply", "hold": "molds,ip",
        "own": "low", "months": "12", "effects": "introduced:-0.5",
    }  # fmt: skip


def test_an_empty_link_is_an_empty_form():
    assert read_deal_link({}, EFFECTS) == (EMPTY_FORM, [])
    assert read_deal_link({"a": "NLD", "w": "mas:2", "utm": "x"}, EFFECTS) == (EMPTY_FORM, [])


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("deal", "barter", "“kind” is “barter”: it takes supply"),
        ("yes", "flying", "“flying” is not part of a deal"),
        ("no", "flying", "“flying” is not part of a deal"),
        ("yes", "months", "“months” is “True”: it takes a whole number"),
        ("yes", "effects", "“effects” is “True”: it takes numbers by name"),
        ("no", "own_familiarity", "“own_familiarity” is “False”: it takes low"),
        ("yes", "first_order", "“first_order” is private and never part of a link"),
        ("yes", "subject", "“subject” is private and never part of a link"),
        ("minutes", "9000000", "“minutes” is “9000000”: it takes a whole number from 15 to 600"),
        ("minutes", "14", "“minutes” is “14”: it takes a whole number from 15 to 600"),
        ("months", "1e1", "“months” is “1e1”: it takes a whole number from 1 to 240"),
        ("months", "٣", "“months” is “٣”: it takes a whole number from 1 to 240"),
        ("own", "expert", "“own_familiarity” is “expert”: it takes low, moderate or high"),
        ("hold", "gold", "it takes a list of molds, designs, ip or credit"),
        ("hosted", "You", "it takes nobody, we, they or both"),
        ("effects", "language_difference:9", "it takes numbers from -1.5 to 1.5"),
        ("effects", "language_difference:nan", "it takes numbers from -1.5 to 1.5"),
        ("effects", "weather:0.1", "it takes the names"),
        ("effects", "x", "it takes numbers by name"),
        ("effects", "introduced:0.1:2", "it takes numbers by name"),
    ],
)
def test_a_part_that_cannot_be_gives_a_sentence_and_leaves_the_rest(key, text, said):
    link = {"initiative": "passive", "led": "they", "yes": "hard_phase"}
    spoilt = link | {key: ",".join(filter(None, [link.get(key), text]))}
    deal, problems = read_deal_link(spoilt, EFFECTS)
    assert deal == Deal(initiative="passive", led="they", hard_phase=True)
    assert len(problems) == 1
    assert problems[0].startswith(f"The link’s “{key}” was ignored. ")
    assert said in problems[0]
    assert problems[0].endswith(".")


def test_private_names_have_no_key_of_their_own_in_a_link():
    deal, problems = read_deal_link(dict.fromkeys(SECRETS, "77123"), EFFECTS)
    assert (deal, problems) == (EMPTY_FORM, [])


@given(
    st.dictionaries(
        st.sampled_from(["yes", "no", *(f.link for f in DEAL_FIELDS.values() if f.link)]),
        st.text(max_size=40),
    )
)
def test_whatever_a_link_says_there_is_a_deal(parameters):
    deal, problems = read_deal_link(parameters, EFFECTS)
    assert isinstance(deal, Deal)
    assert all(problem.startswith("The link’s “") for problem in problems)
