"""Checking the answers of a deal, wherever they come from."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from analysis.deal.form import DEAL_FIELDS, EMPTY_FORM, Deal, DealField
from analysis.errors import DealError
from analysis.words import join

EXAMPLE = "docs/deal.yaml"
LONGEST_TEXT = 200
MOST_LATER_ORDERS = 4
HIGHEST_AMOUNT = 1e12
EFFECT_RANGE = (-1.5, 1.5)


def make_deal(values: Mapping[str, Any], effects: Mapping[str, float]) -> Deal:
    """Return a checked deal from values by field name; what is left out keeps its default.

    `effects` holds the default effect of each circumstance: only these can be overridden.

    Raises
    ------
    DealError
        A name is unknown, or a value is none that its field takes.
    """
    checked = {name: check_value(name, value, effects) for name, value in values.items()}
    return replace(EMPTY_FORM, **checked)


def check_value(name: str, value: Any, effects: Mapping[str, float]) -> Any:
    """Return a value as the field takes it.

    Raises
    ------
    DealError
        The name is unknown, or the value is none that the field takes.
    """
    if name not in DEAL_FIELDS:
        near = difflib.get_close_matches(name[:40], DEAL_FIELDS, n=1)
        hint = f"did you mean “{near[0]}”?" if near else f"{EXAMPLE} lists every name."
        raise DealError(f"“{_shown(name)}” is not part of a deal: {hint}")
    field = DEAL_FIELDS[name]
    if field.kind == "effects":
        return _effects(value, effects)
    return _CHECKS[field.kind](field, value)


def _refuse(field: DealField, value: Any, takes: str) -> DealError:
    return DealError(f"“{field.name}” is “{_shown(value)}”: it takes {takes}.")


def _shown(value: Any) -> str:
    """Return what a person wrote, short and without anything that a terminal would act on."""
    try:
        written = str(value)
    except ValueError:  # Python writes out no whole number of more than 4300 digits
        return "a very long number"
    text = "".join(c if c.isprintable() else "�" for c in written[:41])
    return text if len(text) <= 40 else f"{text[:37]}..."


def _yes(field: DealField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refuse(field, value, "yes or no")
    return value


def _choice(field: DealField, value: Any) -> str:
    if not isinstance(value, str) or value not in field.choices:
        raise _refuse(field, value, join(field.choices, "or"))
    return value


def _several(field: DealField, value: Any) -> tuple[str, ...]:
    held = (value,) if isinstance(value, str) else value
    if not isinstance(held, list | tuple) or any(
        not isinstance(v, str) or v not in field.choices for v in held
    ):
        raise _refuse(field, value, f"a list of {join(field.choices, 'or')}")
    return tuple(name for name in field.choices if name in held)


def _whole(field: DealField, value: Any) -> int:
    low, high = field.bounds
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    if not whole or not low <= value <= high:
        raise _refuse(field, value, f"a whole number from {low} to {high}")
    return int(value)


def _amount(field: DealField, value: Any) -> float | None:
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < value <= HIGHEST_AMOUNT:  # a NaN fails this too
        raise _refuse(field, value, "an amount above 0, such as 25000")
    return float(value)


def _amounts(field: DealField, value: Any) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_LATER_ORDERS:
        raise _refuse(field, value, f"a list of up to {MOST_LATER_ORDERS} amounts")
    return tuple(amount for v in value if (amount := _amount(field, v)) is not None)


def _text(field: DealField, value: Any) -> str:
    least, most = field.bounds if field.bounds[1] else (0, LONGEST_TEXT)
    words = " ".join(value.split()) if isinstance(value, str) else ""
    text = "".join(c for c in words if c.isprintable())
    if not isinstance(value, str) or not least <= len(text) <= most:
        raise _refuse(field, value, f"a text of {least or 'up'} to {most} letters")
    return text


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise TypeError("yes and no are no numbers")
    return float(value)


def _effects(value: Any, effects: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    field = DEAL_FIELDS["effects"]
    pairs = value.items() if isinstance(value, Mapping) else value
    low, high = EFFECT_RANGE
    try:
        held = {str(name): _number(number) for name, number in pairs}
    except (TypeError, ValueError, OverflowError):
        raise _refuse(field, value, "numbers by name, such as prior_deals: -0.6") from None
    for name, number in held.items():
        if name not in effects:
            raise _refuse(field, name, f"the names {join(effects, 'or')}")
        if not low <= number <= high:
            raise _refuse(field, f"{name}: {number:g}", f"numbers from {low:g} to {high:g}")
    return tuple(
        (name, held[name]) for name in effects if held.get(name, effects[name]) != effects[name]
    )


_CHECKS: Mapping[str, Callable[[DealField, Any], Any]] = {
    "yes": _yes, "choice": _choice, "several": _several, "whole": _whole,
    "amount": _amount, "amounts": _amounts, "text": _text,
}  # fmt: skip
