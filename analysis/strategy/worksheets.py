"""The brief's worksheets: tables that start from the deal and that a person then makes their own.

Rows speak of a party by its id, never of "us" and "them", so that they stay right when the sides
are swapped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from analysis.knowledge.plans import Strategy
from analysis.knowledge.record import those_that_hold
from analysis.profiles import Profile
from analysis.words import capital

ColumnKind = Literal["text", "party", "count", "mark"]
Row = Mapping[str, str]
LONGEST_CELL = 1000
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `party` holds a party's id, `count` a whole number, `mark` yes, no or nothing."""

    key: str
    label: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A table with its first rows; every cell is a text."""

    id: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def make_worksheets(
    strategy: Strategy, a: Profile, b: Profile, flags: Collection[str]
) -> tuple[Worksheet, ...]:
    """Return all worksheets of a brief with the rows that the deal and the predictions suggest."""
    return (
        _information(strategy, a, b, flags),
        _relationship(strategy, a, b, flags),
        _qualification(strategy, a, b),
        _deciders(strategy, b),
        _balance(strategy, a, b),
    )


def pair_key(a: str, b: str) -> str:
    """Return the name under which a pair's worksheets are kept, whichever side is ours."""
    return "+".join(sorted((a, b)))


def _information(strategy: Strategy, a: Profile, b: Profile, flags: Collection[str]) -> Worksheet:
    plan = strategy.information
    rows = [
        {"about": party.id, "what": item.text, "answer": ""}
        for party, items in ((b, plan.about_them), (a, plan.about_us))
        for item in those_that_hold(items, flags)
    ]
    columns = (
        Column("about", "About", "party"),
        Column("what", "What the other side should learn"),
        Column("answer", "What came out"),
    )
    return Worksheet("information", plan.title, plan.note, columns, tuple(rows))


def _relationship(strategy: Strategy, a: Profile, b: Profile, flags: Collection[str]) -> Worksheet:
    plan = strategy.relationship
    names = {"them": b.name_in_sentence, "us": a.name_in_sentence}
    rows = [
        {
            "occasion": occasion.name.format(**names),
            "establish": occasion.establish,
            "hours": f"{occasion.hours:g}",
            "found": "",
        }
        for occasion in those_that_hold(plan.occasions, flags)
    ]
    columns = (
        Column("occasion", "Occasion"),
        Column("establish", "What it should establish"),
        Column("hours", "Hours", "count"),
        Column("found", "What it established"),
    )
    return Worksheet("relationship", plan.title, plan.ledger, columns, tuple(rows))


def _qualification(strategy: Strategy, a: Profile, b: Profile) -> Worksheet:
    rows = [
        {"criterion": item.text, b.id: "", a.id: ""} for item in strategy.relationship.qualification
    ]
    columns = (
        Column("criterion", "What earns trust"),
        Column(b.id, f"Shown by {b.name_in_sentence}", "mark"),
        Column(a.id, f"Shown by {a.name_in_sentence}", "mark"),
    )
    note = "The same questions for both sides; leave empty what you do not know yet."
    return Worksheet("qualification", "Checking each other", note, columns, tuple(rows))


def _deciders(strategy: Strategy, b: Profile) -> Worksheet:
    plan = strategy.deciders
    rows = [
        {"side": b.id} | {key: getattr(seed, key) for key in plan.columns} for seed in plan.seeds
    ]
    columns = (
        Column("side", "Side", "party"),
        *(Column(key, label) for key, label in plan.columns.items()),
    )
    return Worksheet("deciders", plan.title, "", columns, tuple(rows))


def _balance(strategy: Strategy, a: Profile, b: Profile) -> Worksheet:
    columns = (
        Column("meeting", "Meeting"),
        Column(a.id, f"Asked by {a.name_in_sentence}", "count"),
        Column(b.id, f"Asked by {b.name_in_sentence}", "count"),
    )
    row = {"meeting": "First meeting", a.id: "", b.id: ""}
    return Worksheet("balance", "Who asks", strategy.questions.balance, columns, (row,))


def balance_sentence(rows: Sequence[Row], a: Profile, b: Profile) -> str:
    """Return who asked how much, as far as it was counted; empty where nothing was."""
    asked = {p.id: sum(_count(row.get(p.id, "")) for row in rows) for p in (a, b)}
    total = sum(asked.values())
    if not total:
        return ""
    most = max((a, b), key=lambda p: asked[p.id])
    kind = "that is an interview" if asked[most.id] / total >= _INTERVIEW else "a conversation"
    who = capital(most.name_in_sentence)
    return f"{who} asked {asked[most.id]:g} of {total:g} questions: {kind}."


def spent_hours(rows: Sequence[Row]) -> float:
    """Return the hours that a relationship plan adds up to."""
    return float(sum(_count(row.get("hours", "")) for row in rows))


def _count(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return max(0.0, number) if isfinite(number) else 0.0


_INTERVIEW = 0.75
