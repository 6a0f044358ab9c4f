"""What became of the rows, counted on the different pairs and not on the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.bulk.expression import BLANK
from analysis.bulk.pair_table import PairTable
from analysis.comparison import shared_dimensions
from analysis.profiles import build_profile
from analysis.refusal import cause_of_no_distance
from analysis.settings import Settings
from analysis.tables import FloatArray, Tables


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Rows by what became of them.

    Every row is in one of the first six; `repeated` counts on top of that.

    Attributes
    ----------
    with_value : int
        Got a value for at least one measure.
    empty : int
        Nothing stands in either party column.
    one_sided : int
        One of them is empty.
    unknown : int
        Both are filled, and one or both name no party.
    same_party : int
        Both name one party.
    no_distance : int
        Two known parties between which there is no distance.
    repeated : int
        Name two parties, in this direction, that an earlier row names too; kept like any other.
    """

    with_value: int = 0
    empty: int = 0
    one_sided: int = 0
    unknown: int = 0
    same_party: int = 0
    no_distance: int = 0
    repeated: int = 0

    @property
    def left_out(self) -> int:
        """Rows without any value."""
        return self.empty + self.one_sided + self.unknown + self.same_party + self.no_distance

    @property
    def rows(self) -> int:
        """All rows."""
        return self.with_value + self.left_out


@dataclass(frozen=True, eq=False)
class Distribution:
    """The different values of a measure, rising, and how many rows have each."""

    values: FloatArray
    rows: np.ndarray


@dataclass(frozen=True, eq=False)
class Counts:
    """What `count_outcomes` finds.

    `valueless` holds the places of the pairs of known parties that occur without a value.
    """

    outcomes: Outcomes
    with_value: Mapping[str, int]
    distribution: Mapping[str, Distribution]
    valueless: tuple[tuple[int, int], ...]


def count_outcomes(coded: pa.Table, pairs: PairTable, measures: Sequence[str]) -> Counts:
    """Count rows from the rows of each pair of codes.

    Parameters
    ----------
    coded : pyarrow Table
        Of `expression.coded_pairs`: `code_a`, `code_b` (null for an unknown text), `rows`.
    pairs : PairTable
        Whose places the codes are.
    measures : sequence of str
    """
    unknown = BLANK - 1
    a, b = (
        coded.column(name).combine_chunks().fill_null(unknown).to_numpy(zero_copy_only=False)
        for name in ("code_a", "code_b")
    )
    rows = coded.column("rows").to_numpy().astype(np.int64)
    known = (a >= 0) & (b >= 0)
    at = a[known], b[known]
    found = {m: pairs.columns[m][at] for m in measures}
    any_value = np.zeros(len(rows), dtype=bool)
    any_value[known] = ~np.all([np.isnan(values) for values in found.values()], axis=0)
    blanks = (a == BLANK).astype(int) + (b == BLANK)

    def total(which: np.ndarray) -> int:
        return int(rows[which].sum())

    valueless = known & ~any_value
    outcomes = Outcomes(
        with_value=total(any_value),
        empty=total(blanks == 2),
        one_sided=total(blanks == 1),
        unknown=total((blanks == 0) & ~known),
        same_party=total(valueless & (a == b)),
        no_distance=total(valueless & (a != b)),
        repeated=int((rows[known] - 1).sum()),
    )
    held = {m: _distribution(values, rows[known]) for m, values in found.items()}
    return Counts(
        outcomes,
        {m: int(one.rows.sum()) for m, one in held.items()},
        held,
        tuple(sorted(zip(a[valueless].tolist(), b[valueless].tolist(), strict=True))),
    )


def _distribution(values: FloatArray, rows: np.ndarray) -> Distribution:
    there = ~np.isnan(values)
    different, places = np.unique(values[there], return_inverse=True)
    counts = np.zeros(len(different), dtype=np.int64)
    np.add.at(counts, places, rows[there])
    return Distribution(different, counts)


def reasons_by_pair(
    tables: Tables,
    profiles: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    settings: Settings,
) -> dict[tuple[int, int], str]:
    """Return why each of some pairs of places has no value, in the words of a comparison.

    Without what helps: that stands on the page of the pair, and the list of rows that were left out
    may have millions.
    """
    needed = sorted({place for pair in pairs for place in pair})
    built = {place: build_profile(tables, profiles[place], settings) for place in needed}
    found = {}
    for first, second in pairs:
        a, b = built[first], built[second]
        shared, _ = shared_dimensions(a, b, settings)
        why = cause_of_no_distance(tables, a, b, shared, settings)
        found[first, second] = why or "The chosen measures are not defined for this pair."
    return found
