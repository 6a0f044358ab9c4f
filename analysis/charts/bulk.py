"""How the distances of a bulk job lie over its rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.charts.data import ChartData
from analysis.matrix import IntArray
from analysis.measures.registry import MEASURES
from analysis.sentences import source_line
from analysis.tables import FloatArray, Tables
from analysis.words import of_hundred

_BINS = 40
_FEW = 100
"""Up to so many rows are counted one by one."""


@dataclass(frozen=True, eq=False)
class RowDistances:
    """The distances of all rows of a job by one measure, and what they are held against.

    Attributes
    ----------
    measure : str
        Id of the registry.
    framework : str
    values : ndarray of shape (n_values,)
        The different distances; two rows with the same pair have the same one.
    rows : ndarray of shape (n_values,)
        How many rows have each, at least 1.
    reference : ndarray of shape (n_pairs,)
        Distances of the pairs of the reference set.
    """

    measure: str
    framework: str
    values: FloatArray
    rows: IntArray
    reference: FloatArray

    @property
    def count(self) -> int:
        """Rows with a distance."""
        return int(self.rows.sum())

    @property
    def median(self) -> float:
        """The median over the rows."""
        return weighted_median(self.values, self.rows)

    @property
    def reference_median(self) -> float:
        """The distance of the middle pair of the reference set."""
        return float(np.median(self.reference))

    @property
    def share_above(self) -> float:
        """Share of the rows farther apart than the middle pair of the reference set [0..1]."""
        return float(self.rows[self.values > self.reference_median].sum() / self.count)

    @property
    def axis_title(self) -> str:
        """The measure with its unit."""
        measure = MEASURES[self.measure]
        return f"{measure.label} ({measure.unit})"

    def histogram(self) -> tuple[IntArray, FloatArray]:
        """Return rows in each bar, shape (n_bins,), and edges, shape (n_bins + 1,), from 0 on."""
        top = max(float(self.values.max()), self.reference_median)
        counts, edges = np.histogram(
            self.values, bins=_BINS, range=(0, top or 1), weights=self.rows
        )
        return np.round(counts).astype(np.intp), edges


def weighted_median(values: FloatArray, rows: IntArray) -> float:
    """Return the median of values of which each stands for a number of rows.

    >>> weighted_median(np.array([3.0, 1.0]), np.array([1, 3]))
    1.0
    >>> weighted_median(np.array([3.0, 1.0]), np.array([2, 2]))
    2.0
    """
    order = np.argsort(values, kind="stable")
    up_to = np.cumsum(rows[order])
    middle = [(up_to[-1] - 1) // 2, up_to[-1] // 2]
    return float(values[order][np.searchsorted(up_to, middle, side="right")].mean())


def bulk_distances_data(tables: Tables, held: RowDistances) -> ChartData:
    """Return the words and counts of the histogram over the rows of a job."""
    counts, edges = held.histogram()
    return ChartData(
        "bulk-distances",
        _finding(held),
        f"Bars: {held.count:,} rows with a distance. Solid line: their median, {held.median:.2f};"
        f" dashed line: the median of the {len(held.reference):,} country pairs of the reference"
        f" set, {held.reference_median:.2f}. {source_line(tables, held.framework)}",
        f"Histogram of the distances of {held.count:,} rows by {MEASURES[held.measure].label}, from"
        f" {held.values.min():.2f} to {held.values.max():.2f} with the median at"
        f" {held.median:.2f}. The median of the country pairs of the reference set is"
        f" {held.reference_median:.2f}; {_share(held)}.",
        ("From", "To", "Rows"),
        tuple(
            (round(float(a), 3), round(float(b), 3), int(n))
            for a, b, n in zip(edges[:-1], edges[1:], counts, strict=True)
        ),
    )


def _finding(held: RowDistances) -> str:
    said = _share(held)
    return said[:1].upper() + said[1:]


def _share(held: RowDistances) -> str:
    share = held.share_above
    if share in {0.0, 1.0}:
        who = "every row is" if share else "no row is"
    else:
        above = round(share * held.count)
        of = (
            f"{of_hundred(100 * share)} of 100" if held.count > _FEW else f"{above} of {held.count}"
        )
        who = f"{of} rows are"
    return f"{who} farther apart than the middle country pair"
