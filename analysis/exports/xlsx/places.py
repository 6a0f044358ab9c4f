"""Where the cells stand that formulas on other sheets refer to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from analysis.charts.dumbbell import by_gap
from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import FIRST_ROW
from analysis.reference import ReferenceSet, build_reference, yardstick_for
from analysis.tables import FloatArray

SUMMARY, SCORES, GAPS, MEASURES = "Summary", "Scores", "Gaps", "Measures"
COVARIANCE, TOPICS, PAIRS = "Covariance", "Topics", "All pairs"
ROADMAP, AGENDA, DEAL = "Road map", "Agenda", "Deal"
SETTINGS, SOURCES = "Settings", "Sources"

SCORE_COLUMN = 3
PARTY_COLUMN, NAME_COLUMN = 0, 1
"""Columns of the sheet of scores."""

VALUE_COLUMN = 1
FIRST_WEIGHT = FIRST_ROW + 1
"""Where the settings' values stand; the framework comes first, then a weight for each dimension."""


@dataclass(frozen=True, eq=False)
class Places:
    """The order in which parties and dimensions stand on the sheets.

    `order` is that of the sheets of gaps and covariances, the widest gap first; the first `used`
    of them count. `fixed` is the framework's own order. `spread` is the reference set, None where
    there is no distance.
    """

    fixed: tuple[str, ...]
    order: tuple[str, ...]
    used: int
    spread: ReferenceSet | None

    @property
    def counted(self) -> tuple[str, ...]:
        """The dimensions that count, in the order of the sheet of gaps."""
        return self.order[: self.used]

    def score_row(self, party: int, dimension_id: str) -> int:
        """Return the row of a score on the sheet of scores."""
        return FIRST_ROW + party * len(self.fixed) + self.fixed.index(dimension_id)

    def score(self, party: int, dimension_id: str) -> str:
        """Return where a score stands."""
        return reference(SCORES, self.score_row(party, dimension_id), SCORE_COLUMN)

    def weight(self, dimension_id: str) -> str:
        """Return where the weight of a dimension stands."""
        return reference(SETTINGS, FIRST_WEIGHT + self.fixed.index(dimension_id), VALUE_COLUMN)

    @property
    def between_share(self) -> str:
        """Where the share of the variation between countries stands."""
        row = FIRST_WEIGHT + len(self.fixed) + BEFORE_SHARE
        return reference(SETTINGS, row, VALUE_COLUMN)

    def covariance(self, first: str, second: str) -> str:
        """Return where the covariance of two dimensions stands."""
        row, column = self.counted.index(first), self.counted.index(second)
        return reference(COVARIANCE, FIRST_ROW + row, 1 + column)

    @property
    def covariances(self) -> FloatArray:
        """The covariances in the order of the sheet of gaps, shape (used, used)."""
        if self.spread is None:
            raise ValueError("a pair without a distance has no reference set")
        at = [self.counted.index(d) for d in self.fixed if d in self.counted]
        found = np.empty((self.used, self.used))
        found[np.ix_(at, at)] = self.spread.covariance
        return found

    def gaps(self, column: str) -> str:
        """Return a column of the sheet of gaps over the dimensions that count."""
        first = FIRST_ROW + 1
        return f"{GAPS}!${column}${first}:${column}${first + self.used - 1}"

    @property
    def sum_row(self) -> int:
        """The row of the sums on the sheet of gaps."""
        return FIRST_ROW + len(self.order)


BEFORE_SHARE = 5
"""How many settings stand between the weights and the share of variation between countries."""


def places_of(subject: Subject) -> Places:
    """Return where everything stands for a subject."""
    pair = subject.comparison
    order = tuple(d.id for d in by_gap(subject.tables, pair))
    if pair.reason:
        return Places(pair.a.dimension_ids, order, 0, None)
    used = pair.dimensions_used
    spread = build_reference(subject.tables, yardstick_for(pair.settings, used))
    return Places(pair.a.dimension_ids, order, len(used), spread)


def reference(sheet: str, row: int, column: int) -> str:
    """Return a cell of another sheet as a formula names it, from rows and columns counted from 0.

    Examples
    --------
    >>> reference("Gaps", 3, 1)
    'Gaps!$B$4'
    """
    return f"{sheet}!{cell(row, column)}"


def cell(row: int, column: int) -> str:
    """Return a cell of the same sheet as a formula names it.

    Examples
    --------
    >>> cell(3, 27)
    '$AB$4'
    """
    return f"${xl_col_to_name(column)}${row + 1}"


def block(first_row: int, first_column: int, rows: int, columns: int) -> str:
    """Return a block of cells of the same sheet as a formula names it.

    Examples
    --------
    >>> block(3, 1, 2, 2)
    '$B$4:$C$5'
    """
    last = cell(first_row + rows - 1, first_column + columns - 1)
    return f"{cell(first_row, first_column)}:{last}"
