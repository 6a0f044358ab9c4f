"""A deal file: read whole, or refused with the line of the mistake."""

import dataclasses
import re
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.deal import DEAL_FIELDS, EMPTY_FORM, EXAMPLE, Deal, changed_fields, make_deal
from analysis.errors import DealError
from analysis.knowledge import load_knowledge
from analysis.strategy.deal_file import LARGEST_FILE, read_deal

EFFECTS = load_knowledge().friction.effects
ROOT = Path(__file__).parents[2]


def test_the_example_reads_and_shows_every_field():
    text = (ROOT / EXAMPLE).read_text("utf-8")
    assert set(yaml.safe_load(text)) == set(DEAL_FIELDS)
    deal = read_deal(text, EFFECTS)
    assert (deal.kind, deal.they_hold, deal.own_familiarity) == ("supply", ("molds",), "low")
    assert (deal.first_order, deal.later_orders, deal.total) == (40000, (120000, 240000), 800000)
    assert (deal.currency, deal.months, deal.subject) == ("EUR", 24, "housings for a pump")
    assert deal.introduced
    assert deal.third_language
    assert not deal.hard_phase
    assert deal.effects == ()  # the figures in the example are the defaults


def test_the_comments_of_the_example_name_every_choice():
    text = (ROOT / EXAMPLE).read_text("utf-8")
    for name in ("kind", "they_hold", "own_familiarity", "hosted", "initiative"):
        line = next(line for line in text.splitlines() if line.startswith(f"{name}:"))
        assert set(DEAL_FIELDS[name].choices) <= set(
            line.replace(",", " ").replace(":", " ").split()
        )
    assert "-1.5 to 1.5" in text


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n"])
def test_a_file_without_a_line_is_an_empty_form(text):
    assert read_deal(text, EFFECTS) == EMPTY_FORM


amounts = st.floats(0.01, 1e12)
answers = {
    "yes": lambda f: st.booleans(),
    "choice": lambda f: st.sampled_from(sorted(f.choices)),
    "several": lambda f: st.lists(st.sampled_from(sorted(f.choices)), max_size=4),
    "whole": lambda f: st.integers(*f.bounds),
    "amount": lambda f: st.none() | amounts,
    "amounts": lambda f: st.lists(amounts, max_size=4),
    "text": lambda f: st.text("abc é–ß:#", min_size=1, max_size=8).filter(str.strip),
    "effects": lambda f: st.dictionaries(st.sampled_from(sorted(EFFECTS)), st.floats(-1.5, 1.5)),
}


@given(st.fixed_dictionaries({}, optional={n: answers[f.kind](f) for n, f in DEAL_FIELDS.items()}))
@settings(deadline=None)
def test_every_deal_survives_its_file(given_answers):
    deal = make_deal(given_answers, EFFECTS)
    held = {n: list(v) if isinstance(v, tuple) else v for n, v in changed_fields(deal).items()}
    if "effects" in held:
        held["effects"] = dict(deal.effects)
    assert read_deal(yaml.safe_dump(held, allow_unicode=True), EFFECTS) == deal


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("knd: supply", "“knd” is not part of a deal: did you mean “kind”?"),
        ("zzzz: 1", "“zzzz” is not part of a deal: docs/deal.yaml lists every name."),
        ("commodity: perhaps", "“commodity” is “perhaps”: it takes yes or no."),
        ("commodity: 1", "“commodity” is “1”: it takes yes or no."),
        ("they_hold: [molds, gold]", "it takes a list of molds, designs, ip or credit."),
        ("own_familiarity: expert", "it takes low, moderate or high."),
        ("own_familiarity:", "it takes low, moderate or high."),
        ("minutes: 5", "“minutes” is “5”: it takes a whole number from 15 to 600."),
        ("minutes: ninety", "it takes a whole number from 15 to 600."),
        ("first_order: 40,000", "it takes an amount above 0, such as 25000."),
        ("first_order: EUR 40000", "it takes an amount above 0, such as 25000."),
        ("total: -1", "it takes an amount above 0, such as 25000."),
        ("total: .inf", "it takes an amount above 0, such as 25000."),
        ("later_orders: 5000", "it takes a list of up to"),
        ("later_orders: [1, many]", "it takes an amount above 0, such as 25000."),
        ("currency: a very long name", "it takes a text of 1 to 8 letters."),
        ("effects: 0.3", "it takes numbers by name, such as prior_deals: -0.6."),
        ("effects: {prior_deals: 7}", "it takes numbers from -1.5 to 1.5."),
        ("effects: {weather: 0.1}", "it takes the names language_difference,"),
        ("kind: service", "“kind” stands twice: keep one."),
        ("  kind: service", "this is no YAML"),
        ("\tkind: service", "this is no YAML"),
        ("no colon here", "this is no YAML"),
        ("they_hold: [molds", "this is no YAML"),
        ("total: &a 5", None),
        ("they_hold: *a", "a deal file holds plain values and short lists."),
        ("they_hold: [[molds]]", "it takes a list of molds, designs, ip or credit."),
        ("they_hold: [[[molds]]]", "a deal file holds plain values and short lists."),
        ("they_hold: [[[[molds]]]]", "a deal file holds plain values and short lists."),
    ],
)
def test_a_mistake_is_named_with_its_line(line, said):
    text = f"# a deal\nkind: supply\n\n{line}\nhosted: we\nmonths: 12\n"
    if said is None:
        assert read_deal(text, EFFECTS).total == 5
        return
    with pytest.raises(DealError) as raised:
        read_deal(text, EFFECTS)
    message = str(raised.value)
    assert said in message
    # A list that is not closed, or a line without a colon, is only seen on the next line.
    late = line in {"they_hold: [molds", "no colon here"}
    assert message.startswith("Line 5: " if late else "Line 4: ")
    assert message.endswith((".", "?"))


def test_the_first_mistake_in_the_example_is_named_wherever_it_stands():
    lines = (ROOT / EXAMPLE).read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        name = line.partition(":")[0]
        if name in DEAL_FIELDS:
            spoilt = [*lines[: number - 1], f"x_{line}", *lines[number:]]
            with pytest.raises(DealError, match=rf"^Line {number}: “x_{name}” is not part"):
                read_deal("\n".join(spoilt), EFFECTS)


@pytest.mark.parametrize("text", ["- kind: supply\n", "supply\n", "[1, 2]\n", "5\n"])
def test_a_file_that_is_no_list_of_names_is_refused(text):
    with pytest.raises(DealError, match=r"^Line 1: a deal file holds lines such as “kind: supply”"):
        read_deal(text, EFFECTS)


def test_a_second_document_is_refused():
    with pytest.raises(DealError, match=r"^Line 2: this is no YAML"):
        read_deal("kind: supply\n---\nkind: service\n", EFFECTS)


def test_a_file_that_unfolds_to_millions_of_values_is_refused_at_once():
    bomb = "a: &a [x, x, x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}, *{before}, *{before}]\n"
        for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    with pytest.raises(DealError, match=r"^Line 2: a deal file holds plain values"):
        read_deal(bomb, EFFECTS)


@pytest.mark.parametrize("opening", ["[", "{a: ", "? ", "- "])
def test_deep_nesting_is_refused_and_does_not_overflow(opening):
    with pytest.raises(DealError):
        read_deal("kind: supply\nsubject:\n  " + opening * 10_000, EFFECTS)


def test_a_large_file_is_refused_before_it_is_read():
    text = "subject: x\n" + "#" * LARGEST_FILE
    with pytest.raises(DealError, match=r"^The deal file has 65,547 characters: keep it below"):
        read_deal(text, EFFECTS)
    assert read_deal(text[:LARGEST_FILE], EFFECTS).subject == "x"


@pytest.mark.parametrize(
    "text",
    [
        "? [a, b]\n: 1\n",
        "? {a: 1}\n: 2\n",
        "total: " + "9" * 400,
        "total: -" + "9" * 400,
        "first_order: 0x" + "f" * 300,
        "months: 0x" + "f" * 5000,
        "effects: {prior_deals: " + "9" * 400 + "}",
        "repeat_deals: !!bool perhaps",
        "months: !!int ''",
        "months: !!timestamp x",
        "months: !!float ''",
        "subject: !!python/object/apply:os.getcwd []",
        "subject: \x00",
    ],
    ids=lambda text: " ".join(re.findall(r"\w+", text))[:24],
)
def test_odd_yaml_is_refused_in_one_sentence(text):
    with pytest.raises(DealError) as raised:
        read_deal(f"kind: supply\n{text}\n", EFFECTS)
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith("Line 2: ")


def test_a_character_that_is_no_text_is_named_with_its_line():
    said = r"^Line 3: it holds a character that is no text; delete it\.$"
    for after in ("", "\n", "\nmonths: 12\nhosted: we\nkind: supply\n"):
        with pytest.raises(DealError, match=said):
            read_deal(f"\n\nsubject: \x00{after}", EFFECTS)


def test_a_number_of_up_to_forty_characters_is_one_and_a_longer_one_is_a_text():
    assert read_deal("total: 25000." + "0" * 34, EFFECTS).total == 25_000
    with pytest.raises(DealError, match=r"^Line 1: “total” is “25000\.0+"):
        read_deal("total: 25000." + "0" * 35, EFFECTS)
    # Sixtieths: 1:1 is 61, and 1:1:1 is 3661. A long row of them is not reckoned out.
    with pytest.raises(DealError, match="“months” is “3661”"):
        read_deal("months: 1:1:1", EFFECTS)
    with pytest.raises(DealError, match="“months” is “1:1:1:1"):
        read_deal("months: " + ":".join("1" * 25), EFFECTS)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_a_deal_or_a_refusal(text):
    with suppress(DealError):
        assert isinstance(read_deal(text, EFFECTS), Deal)


keys = st.sampled_from([*DEAL_FIELDS, "x", "<<", "1", "~", "? [a]\n", "? {a: b}\n", "!!int ''"])
tags = st.sampled_from(
    ["", "", "!!int ", "!!bool ", "!!float ", "!!timestamp ", "!!binary ", "!x ", "&a ", "|\n "]
)
scalars = st.sampled_from(
    [
        "", "yes", "0", "-1", "1.5", ".inf", "0x", "0xff", "1_0", "1:30", "2001-13-45", "9" * 400,
        "supply", "molds", "[molds]", "[1, [2]]", "[9e999]", "{prior_deals: 1}", "{1: 2}", "*a",
        "'", '"', "#", "%", "\x85", "\ufeff", "prior_deals: 1", "{prior_deals: [1]}", "~",
    ]
)  # fmt: skip
lines = st.tuples(keys, st.just(": "), tags, scalars).map("".join)


@given(st.lists(lines | st.sampled_from(["---", "...", "- 1", "  "]), max_size=5).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_any_heap_of_yaml_is_a_deal_or_a_refusal(text):
    with suppress(DealError):
        deal = read_deal(text, EFFECTS)
        held = {field.name: getattr(deal, field.name) for field in dataclasses.fields(Deal)}
        assert make_deal(held, EFFECTS) == deal
