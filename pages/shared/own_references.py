"""Reference distributions of a person's own editions: computed in their session and kept there.

Those of the frameworks that ship come from caches that all sessions share; nothing of an edition
ever goes there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from analysis.comparison import References, plain_references
from analysis.reference import ReferenceSet, Yardstick
from analysis.tables import FloatArray
from analysis.uncertainty import SimulatedReference, simulate_reference

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Kept:
    """Results of one session, at most `most` of them: beyond that the oldest goes."""

    most: int
    held: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def once(self, key: tuple[Any, ...], make: Callable[[], _T]) -> _T:
        """Return what is kept under a key, made when it is first asked for."""
        if key in self.held:
            found: _T = self.held[key]
            return found
        made = make()
        while len(self.held) >= self.most:
            self.held.pop(next(iter(self.held)), None)
        self.held[key] = made
        return made


def with_own(shared: References, kept: Kept, heavy: Kept) -> References:
    """Return references that take the frameworks that ship from `shared`, own ones from the rest.

    `heavy` keeps what takes megabytes: simulated errors and distributions.
    """
    over = shared.tables
    if not any(framework.own for framework in over.frameworks.values()):
        return shared
    plain = plain_references(over)

    def is_own(framework_id: str) -> bool:
        return over.frameworks[framework_id].own

    def reference(yardstick: Yardstick) -> ReferenceSet:
        if not is_own(yardstick.framework):
            return shared.reference(yardstick)
        return kept.once(("reference", yardstick), lambda: plain.reference(yardstick))

    def distances(yardstick: Yardstick, measure_id: str) -> FloatArray:
        if not is_own(yardstick.framework):
            return shared.distances(yardstick, measure_id)
        key = ("distances", yardstick, measure_id)
        return kept.once(key, lambda: plain.distances(yardstick, measure_id))

    def errors(framework_id: str) -> FloatArray:
        if not is_own(framework_id):
            return shared.errors(framework_id)
        shape = over.frameworks[framework_id].scores.shape
        return heavy.once(("errors", shape), lambda: plain.errors(framework_id))

    def simulated(yardstick: Yardstick, measure_id: str, error: float) -> SimulatedReference:
        if not is_own(yardstick.framework):
            return shared.simulated(yardstick, measure_id, error)
        return heavy.once(
            ("simulated", yardstick, measure_id, error),
            lambda: simulate_reference(
                reference(yardstick), over.frameworks[yardstick.framework].scores,
                yardstick, measure_id, error, errors(yardstick.framework),
            ),
        )  # fmt: skip

    return References(over, reference, distances, errors, simulated)
