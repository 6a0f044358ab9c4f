"""What all records from knowledge files have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal, TypeVar

from msgspec import Struct


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """A frozen record; an unknown or missing key in its file is an error."""


class Citation(Record, frozen=True):
    """Where a statement comes from.

    `mark` says whether the source was read, is recalled, or the statement is a design of our own.
    """

    id: str
    mark: Literal["read", "recalled", "computed", "design"]
    locator: str = ""
    says: str = ""


class Rule(Record, frozen=True, kw_only=True):
    """Something that counts only under conditions, each the name of a flag.

    It holds where any flag of `when` is set (or there is none), all of `all`, and none of `none`.
    """

    when: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def holds(self, flags: Collection[str]) -> bool:
        """Say whether the conditions are met."""
        return (
            (not self.when or any(flag in flags for flag in self.when))
            and all(flag in flags for flag in self.all)
            and not any(flag in flags for flag in self.none)
        )


class Item(Rule, frozen=True):
    """A line of a list."""

    id: str
    text: str


AnyRule = TypeVar("AnyRule", bound=Rule)


def those_that_hold(rules: Iterable[AnyRule], flags: Collection[str]) -> tuple[AnyRule, ...]:
    """Return the rules whose conditions are met, in their order."""
    return tuple(rule for rule in rules if rule.holds(flags))
