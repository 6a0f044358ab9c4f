"""The deal as one frozen value with a default, and the questions that ask for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

FieldKind = Literal["yes", "choice", "several", "whole", "amount", "amounts", "text", "effects"]


@dataclass(frozen=True, slots=True)
class Deal:
    """The circumstances of a deal; the default is that of an empty form.

    `first_order`, `later_orders` and `total` are amounts of `currency`, `months` is the horizon of
    the whole plan, `minutes` the length of the meeting to prepare. `effects` overrides what single
    circumstances add to a severity [log odds].
    """

    kind: str = "other"
    subject: str = ""
    repeat_deals: bool = True
    best_efforts: bool = False
    unique_asset: bool = False
    commodity: bool = False
    switching: bool = False
    they_hold: tuple[str, ...] = ()
    own_familiarity: str = "moderate"
    their_familiarity: str = "moderate"
    own_lived: bool = False
    own_language: bool = False
    their_lived: bool = False
    their_language: bool = False
    language_difference: bool = False
    tight_deadline: bool = False
    ip_at_stake: bool = False
    many_stakeholders: bool = False
    country_experience: bool = False
    bicultural_adviser: bool = False
    third_language: bool = False
    prior_deals: bool = False
    introduced: bool = False
    hosted: str = "nobody"
    led: str = "nobody"
    initiative: str = "even"
    hard_phase: bool = False
    currency: str = "EUR"
    first_order: float | None = None
    later_orders: tuple[float, ...] = ()
    total: float | None = None
    months: int = 24
    minutes: int = 90
    effects: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DealField:
    """One question of the deal form.

    `link` is the key it has in a link, empty where the answer is private or part of `yes`/`no`.
    """

    name: str
    kind: FieldKind
    group: str
    label: str
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    bounds: tuple[int, int] = (0, 0)
    link: str = ""
    private: bool = False


_LEVELS = {"low": "little", "moderate": "somewhat", "high": "well"}
_WHO = {"nobody": "nobody yet", "we": "we", "they": "they", "both": "both"}

DEAL_FIELDS: Mapping[str, DealField] = {
    one.name: one
    for one in (
        DealField(
            "kind",
            "choice",
            "business",
            "What kind of deal?",
            {
                "supply": "they supply us",
                "distribution": "they distribute for us",
                "licence": "a licence",
                "service": "a service",
                "joint_venture": "a joint venture or shared equity",
                "other": "something else",
            },
            link="deal",
        ),
        DealField("subject", "text", "business", "What it is about", private=True),
        DealField("repeat_deals", "yes", "business", "We expect to deal with them again"),
        DealField(
            "best_efforts",
            "yes",
            "business",
            "We depend on their best efforts",
        ),
        DealField("unique_asset", "yes", "business", "A single sale of something unique"),
        DealField("commodity", "yes", "business", "A commodity or an automated marketplace"),
        DealField("switching", "yes", "business", "We change suppliers often"),
        DealField(
            "they_hold",
            "several",
            "business",
            "They hold our",
            {"molds": "molds", "designs": "designs", "ip": "IP", "credit": "credit information"},
            link="hold",
        ),
        DealField(
            "own_familiarity",
            "choice",
            "people",
            "How well do we know their ways?",
            _LEVELS,
            link="own",
        ),
        DealField(
            "their_familiarity",
            "choice",
            "people",
            "How well do they know ours?",
            _LEVELS,
            link="theirs",
        ),
        DealField("own_lived", "yes", "people", "One of us has lived there"),
        DealField("own_language", "yes", "people", "One of us speaks their language"),
        DealField("their_lived", "yes", "people", "One of them has lived with us"),
        DealField("their_language", "yes", "people", "One of them speaks our language"),
        DealField("language_difference", "yes", "circumstances", "No common first language"),
        DealField("tight_deadline", "yes", "circumstances", "A tight deadline"),
        DealField("ip_at_stake", "yes", "circumstances", "IP is at stake"),
        DealField("many_stakeholders", "yes", "circumstances", "Many people have a say"),
        DealField(
            "country_experience", "yes", "circumstances", "Our team has worked in their country"
        ),
        DealField("bicultural_adviser", "yes", "circumstances", "An adviser at home in both"),
        DealField(
            "third_language", "yes", "circumstances", "A third language that both speak well"
        ),
        DealField("prior_deals", "yes", "circumstances", "Earlier deals with this partner"),
        DealField("introduced", "yes", "circumstances", "Introduced by someone both trust"),
        DealField("hosted", "choice", "course", "Who has hosted so far?", _WHO, link="hosted"),
        DealField("led", "choice", "course", "Who has led so far?", _WHO, link="led"),
        DealField(
            "initiative",
            "choice",
            "course",
            "So far we have",
            {
                "passive": "mostly listened",
                "even": "asked and answered about equally",
                "active": "set the pace",
            },
            link="initiative",
        ),
        DealField("hard_phase", "yes", "course", "A harder phase is planned for later"),
        DealField(
            "minutes",
            "whole",
            "course",
            "Length of the next meeting, in minutes",
            bounds=(15, 600),
            link="minutes",
        ),
        DealField("total", "amount", "money", "Total value", private=True),
        DealField(
            "months", "whole", "money", "Within how many months?", bounds=(1, 240), link="months"
        ),
        DealField("currency", "text", "money", "Currency", bounds=(1, 8), private=True),
        DealField(
            "first_order", "amount", "money", "First step, such as a test order", private=True
        ),
        DealField(
            "later_orders", "amounts", "money", "Later steps, one after the other", private=True
        ),
        DealField(
            "effects",
            "effects",
            "circumstances",
            "How much each circumstance counts",
            link="effects",
        ),
    )
}
EMPTY_FORM = Deal()


def deal_flags(deal: Deal) -> frozenset[str]:
    """Return what a deal says as flags, the words in which conditions are written."""
    flags = set()
    for name, field in DEAL_FIELDS.items():
        value = getattr(deal, name)
        if field.kind == "yes" and value:
            flags.add(name)
        elif field.kind == "choice":
            flags.add(f"{name}:{value}")
        elif field.kind == "several":
            flags |= {f"{name}:{v}" for v in value}
    return frozenset(flags)


def possible_deal_flags() -> frozenset[str]:
    """Return every flag that some deal sets."""
    flags = set()
    for name, field in DEAL_FIELDS.items():
        if field.kind == "yes":
            flags.add(name)
        elif field.kind in {"choice", "several"}:
            flags |= {f"{name}:{v}" for v in field.choices}
    return frozenset(flags)


def without_private(deal: Deal) -> Deal:
    """Return a deal without its private answers: all that a prediction depends on."""
    private = {n: getattr(EMPTY_FORM, n) for n, field in DEAL_FIELDS.items() if field.private}
    return dataclasses.replace(deal, **private)


def changed_fields(deal: Deal) -> dict[str, Any]:
    """Return the answers that differ from those of an empty form."""
    return {
        name: getattr(deal, name)
        for name in (field.name for field in dataclasses.fields(Deal))
        if getattr(deal, name) != getattr(EMPTY_FORM, name)
    }
