"""From the counts of a survey to the indices of each group and the F_ST of each pair of groups.

The indices, their weights and F_ST are those of `analysis.teams`; here they are taken for all
groups at once. What the counts hold sets which standard error there can be: that of an index comes
from the linearised means with the products of the answers of one person (Taylor), which the counts
keep for the four questions of an index; that of F_ST from leaving out one question at a time, for
leaving out one person at a time would need the answers themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analysis.bulk.survey_counting import GROUP, SLOT_PAIRS, SLOTS, WEIGHT_STEPS, Bundle
from analysis.tables import FloatArray
from analysis.teams.cultural_fst import LEAST, fst_of_shares
from analysis.teams.team import QUESTIONS
from analysis.teams.vsm import FORMULAS, INDICES, USED, raw_indices

_ALIKE = 1e-9


@dataclass(frozen=True, eq=False)
class SurveyCounts:
    """What was counted, by group and question.

    Attributes
    ----------
    groups : tuple of g str
        Sorted.
    columns : tuple of q str
        The questions' columns.
    rows, respondents : ndarray of shape (g,)
        Rows of the group, and those with at least one valid answer.
    marks : ndarray of int, shape (g, q, options + 2)
        How many gave each answer; first the blank ones, last the invalid ones.
    weights, squares : ndarray of shape (g, q, options)
        Sums of the weights and squared weights behind each answer, in units of the largest weight.
    products : ndarray of shape (g, bundles, pairs of slots, 4)
        As `survey_counting.counts` gives them, in the same units.
    """

    groups: tuple[str, ...]
    columns: tuple[str, ...]
    rows: NDArray[np.int64]
    respondents: NDArray[np.int64]
    marks: NDArray[np.int64]
    weights: FloatArray
    squares: FloatArray
    products: FloatArray

    @property
    def valid(self) -> NDArray[np.int64]:
        """Valid answers by group and question."""
        return np.asarray(self.marks[..., 1:-1].sum(axis=-1))

    @property
    def effective(self) -> FloatArray:
        """Answers counted by weight (Kish): the squared sum of weights over the sum of squares."""
        return np.nan_to_num(_ratio(self.weights.sum(axis=-1) ** 2, self.squares.sum(axis=-1)))

    @property
    def shares(self) -> FloatArray:
        """Share of each answer by group and question, NaN without valid answers."""
        return _ratio(self.weights, self.weights.sum(axis=-1, keepdims=True))

    def places(self, columns: Sequence[str]) -> list[int]:
        """Return where the columns stand."""
        return [self.columns.index(column) for column in columns]


def gather(
    groups: pa.Table,
    found: pa.Table,
    bundles: Sequence[Bundle],
    columns: Sequence[str],
    options: int,
    *,
    weighted: bool,
) -> SurveyCounts:
    """Return what `survey_counting.groups` and `counts` found as arrays.

    Groups are sorted, questions in the order of `columns`.
    """
    held = groups.column(GROUP).to_pylist()
    order = sorted(range(len(held)), key=held.__getitem__)
    names = tuple(held[i] for i in order)
    place = {name: i for i, name in enumerate(names)}
    slots = {name: (b, s) for b, one in enumerate(bundles) for s, name in enumerate(one.columns)}
    by_slot = np.zeros((len(names), len(bundles), SLOTS, options + 2), dtype=np.int64)
    weights = np.zeros((len(names), len(bundles), SLOTS, options))
    squares = np.zeros_like(weights)
    products = np.zeros((len(names), len(bundles), len(SLOT_PAIRS), 4))
    group = np.array([place[name] for name in found.column(GROUP).to_pylist()], dtype=np.int64)
    bundle_of = _whole(found, "bundle")
    for s in range(SLOTS):
        for mark in range(options + 2):
            by_slot[group, bundle_of, s, mark] = _whole(found, f"n_{s}_{mark}")
        for a in range(1, options + 1) if weighted else ():
            weights[group, bundle_of, s, a - 1] = _real(found, f"w_{s}_{a}") / WEIGHT_STEPS
            squares[group, bundle_of, s, a - 1] = _real(found, f"s_{s}_{a}") / WEIGHT_STEPS**2
    for p, (a, b) in enumerate(SLOT_PAIRS):
        for k in range(4):
            products[group, bundle_of, p, k] = _real(found, f"m_{a}_{b}_{k}")
    if weighted:
        products /= WEIGHT_STEPS**2
    else:
        weights = by_slot[..., 1:-1].astype(float)
        squares = weights
    asked = tuple(name for name in columns if name in slots)
    at = tuple(np.array([slots[name] for name in asked]).T)
    return SurveyCounts(
        names,
        asked,
        _whole(groups, "rows")[order], _whole(groups, "respondents")[order],
        by_slot[:, *at], weights[:, *at], squares[:, *at], products,
    )  # fmt: skip


def _whole(table: pa.Table, name: str) -> NDArray[np.int64]:
    """Return a column of counts; engines give sums as whole numbers or as decimals without any."""
    return np.asarray(table.column(name).cast(pa.int64()), dtype=np.int64)


def _real(table: pa.Table, name: str) -> FloatArray:
    return np.asarray(table.column(name).cast(pa.float64(), safe=False), dtype=float)


@dataclass(frozen=True, eq=False)
class GroupIndices:
    """Indices of all groups, arrays of shape (g, 6) in the order of `INDICES`.

    `raw` are with constants of 0 [points]; `people` the fewest behind one question, by weight.
    """

    raw: FloatArray
    standard_error: FloatArray
    people: NDArray[np.int64]


def group_indices(counts: SurveyCounts, questions: Sequence[str]) -> GroupIndices:
    r"""Return the six indices of every group with their standard errors.

    .. math:: Var(I) = \sum_{q,r} c_q c_r f_q f_r
              \frac{\sum_i w_i^2 (x_{iq} - m_q) (x_{ir} - m_r)}{W_q W_r},
              \quad f_q^2 = \frac{n_q}{n_q - 1}

    over the people who answered both questions: as `analysis.teams.vsm` has it above 2,000 people.

    Parameters
    ----------
    counts : SurveyCounts
        Its first six bundles are those of the indices.
    questions : sequence of 24 str
        Columns of the questions 1 to 24.
    """
    at = counts.places(questions)
    weights, valid = counts.weights[:, at], counts.valid[:, at]
    centred = np.arange(1, weights.shape[-1] + 1) - 3.0
    total = weights.sum(axis=-1)
    middle = _ratio(weights @ centred, total)
    means = middle + 3
    people = np.floor(counts.effective[:, at] + 0.5).astype(np.int64)
    scale = _ratio(np.sqrt(_ratio(valid, valid - 1)), total)
    spread = (counts.squares[:, at] * (centred - np.nan_to_num(middle)[..., None]) ** 2).sum(
        axis=-1
    )
    error = np.full((len(counts.groups), len(INDICES)), np.nan)
    for row, index in enumerate(INDICES):
        coefficient = _coefficients(index)
        asked = sorted(coefficient)
        own = {q: coefficient[q] * scale[:, q - 1] for q in asked}
        variance = sum(own[q] ** 2 * spread[:, q - 1] for q in asked)
        for p, (a, b) in enumerate(SLOT_PAIRS):
            first, second = asked[a], asked[b]
            one, right, left, both = np.moveaxis(counts.products[:, row, p], -1, 0)
            m, o = middle[:, first - 1], middle[:, second - 1]
            product = both - m * right - o * left + m * o * one
            variance += 2 * own[first] * own[second] * product
        error[:, row] = np.sqrt(np.maximum(variance, 0))
    short = np.stack([(valid[:, used] < LEAST).any(axis=1) for used in USED], axis=1)
    error[short] = np.nan
    fewest = np.stack([people[:, used].min(axis=1) for used in USED], axis=1)
    return GroupIndices(raw_indices(means), error, fewest)


def index_bundles(questions: Sequence[str]) -> list[Bundle]:
    """Return for each index the bundle of its questions, of the columns of questions 1 to 24."""
    if len(questions) != QUESTIONS:
        raise ValueError(f"there are {QUESTIONS} questions, not {len(questions)}")
    return [
        Bundle(tuple(questions[q - 1] for q in sorted(_coefficients(index)))) for index in INDICES
    ]


def _coefficients(index: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for weight, plus, minus in FORMULAS[index]:
        found |= {plus: weight, minus: -weight}
    return found


@dataclass(frozen=True, eq=False)
class PairFst:
    """F_ST of one group with each of the groups after it, arrays of shape (others,).

    `estimate` is the mean over `questions` questions, without bias from few people: it may lie
    below 0. `standard_error`, `low` and `high` are NaN under two questions or where all are alike.
    """

    first: int
    estimate: FloatArray
    standard_error: FloatArray
    low: FloatArray
    high: FloatArray
    questions: NDArray[np.int64]


def pair_fst(counts: SurveyCounts, questions: Sequence[str]) -> Iterator[PairFst]:
    """Return cultural F_ST of all pairs of groups, group by group, so that memory stays small.

    Notes
    -----
    Leaving out one question at a time, the variance of the mean of F_q is s^2 / q. The interval,
    by Student's t with q - 1 degrees of freedom, is for the questions as a sample of those that
    might have been asked. Simulated with 24 such questions and 20 to 1,000 people in each group it
    covers the value over all such questions 92 to 94 times of 100. For the very questions asked it
    is no narrower: with many people the questions differ more than their errors.
    """
    at = counts.places(questions)
    shares, sizes, valid = counts.shares[:, at], counts.effective[:, at], counts.valid[:, at]
    usable = (valid >= LEAST) & (sizes >= LEAST)
    # A question that cannot be used gets any shares, and no value below.
    shares = np.where(usable[..., None], shares, 1 / shares.shape[-1])
    sizes = np.where(usable, sizes, LEAST)
    for first in range(len(counts.groups) - 1):
        others = slice(first + 1, None)
        by_question = fst_of_shares(
            shares[None, first], shares[others], sizes[None, first], sizes[others]
        )
        by_question = np.where(usable[first] & usable[others], by_question, np.nan)
        known = np.isfinite(by_question)
        number = known.sum(axis=1)
        estimate = _ratio(np.where(known, by_question, 0).sum(axis=1), number)
        apart = np.where(known, by_question - estimate[:, None], 0)
        error = np.sqrt(_ratio((apart**2).sum(axis=1), number * (number - 1)))
        error[~(error > _ALIKE)] = np.nan
        reach = error * _student(number - 1)
        yield PairFst(first, estimate, error, estimate - reach, estimate + reach, number)


def _student(freedom: NDArray[np.int64]) -> FloatArray:
    from scipy.special import stdtrit  # noqa: PLC0415 - heavy

    return np.asarray(stdtrit(np.maximum(freedom, 1), 0.975))


def _ratio(above: NDArray[Any], below: NDArray[Any]) -> FloatArray:
    """Divide, NaN where the divisor is not above zero."""
    above, below = np.broadcast_arrays(above, below)
    return np.asarray(np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0))
