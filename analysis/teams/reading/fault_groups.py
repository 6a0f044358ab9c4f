"""Faults of one kind said once, with the places where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.teams.reading.fault import Fault
from analysis.words import join

SHOWN = 10
"""Places that are listed of one kind; the others stand in the rows that were left out."""


def fault_sentences(faults: Iterable[Fault], shown: int = SHOWN) -> tuple[str, ...]:
    """Return a sentence for each kind of fault, in the order of their first row.

    Faults are of one kind where the same is expected; one alone is said as it is. Of more than
    `shown` places the rest is counted.

    >>> fault = Fault(3, "C (weight)", "“x”", "a weight above 0")
    >>> fault_sentences([fault, Fault(7, "C (weight)", "nothing", "a weight above 0")])
    ('Column C (weight), expected a weight above 0: found “x” in row 3 and nothing in row 7.',)
    """
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.expected, []).append(fault)
    return tuple(_sentence(expected, found, shown) for expected, found in kinds.items())


def _sentence(expected: str, faults: Sequence[Fault], shown: int) -> str:
    if len(faults) == 1:
        return faults[0].sentence
    more = len(faults) - shown
    listed, columns = faults[:shown], {fault.column for fault in faults}
    rest = f", and {more:,} more" if more > 0 else ""
    if len(columns) > 1:
        places = [f"{f.found} in row {f.row}, column {f.column}" for f in listed]
        return f"Expected {expected}: found {'; '.join(places)}{rest}."
    rows: dict[str, list[str]] = {}
    for fault in listed:
        rows.setdefault(fault.found, []).append(str(fault.row))
    places = [f"{found} in row{'s' if len(r) > 1 else ''} {join(r)}" for found, r in rows.items()]
    named = ", ".join(places) if rest else join(places)
    return f"Column {faults[0].column}, expected {expected}: found {named}{rest}."
