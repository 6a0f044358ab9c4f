"""A deal as part of a link and back; nothing private is among it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.deal.form import DEAL_FIELDS, EMPTY_FORM, Deal, DealField, changed_fields
from analysis.deal.values import check_value
from analysis.errors import DealError


def write_deal(deal: Deal) -> dict[str, str]:
    """Return the parameters that carry a deal in a link; nothing private is among them."""
    changed = changed_fields(deal)
    ticked = [n for n, v in changed.items() if DEAL_FIELDS[n].kind == "yes" and v]
    unticked = [n for n, v in changed.items() if DEAL_FIELDS[n].kind == "yes" and not v]
    written = {"yes": ",".join(ticked), "no": ",".join(unticked)}
    for name, value in changed.items():
        field = DEAL_FIELDS[name]
        if field.link and field.kind == "effects":
            written[field.link] = ",".join(f"{n}:{v:g}" for n, v in value)
        elif field.link:
            written[field.link] = ",".join(value) if field.kind == "several" else str(value)
    return {key: value for key, value in written.items() if value}


def read_deal_link(
    parameters: Mapping[str, str], effects: Mapping[str, float]
) -> tuple[Deal, list[str]]:
    """Return the deal that a link carries, and a sentence for each part that cannot be used."""
    asked: list[tuple[str, str, Any]] = []
    for key, value in (("yes", True), ("no", False)):
        asked += [(key, name, value) for name in filter(None, parameters.get(key, "").split(","))]
    for field in DEAL_FIELDS.values():
        text = parameters.get(field.link, "") if field.link else ""
        if text:
            asked.append((field.link, field.name, _from_text(field, text)))
    deal, problems = EMPTY_FORM, []
    for key, name, value in asked:
        try:
            if DEAL_FIELDS.get(name) and DEAL_FIELDS[name].private:
                raise DealError(f"“{name}” is private and never part of a link.")
            deal = replace(deal, **{name: check_value(name, value, effects)})
        except DealError as error:
            problems.append(f"The link’s “{key}” was ignored. {error}")
    return deal, problems


def _from_text(field: DealField, text: str) -> Any:
    if field.kind == "whole":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else text
    if field.kind == "several":
        return text.split(",")
    if field.kind == "effects":
        return [tuple(part.split(":", 1)) for part in text.split(",")]
    return text
