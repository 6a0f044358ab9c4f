"""Cultural F_ST: how much of the variation in answers lies between two groups.

A question is a locus, an answer an allele, a group a population. Nothing else is needed, neither
published constants nor an interval scale, so two teams that answered the same questions can be
compared directly. Answers count as names, not as steps of a scale, which throws away their order.
Levels depend on the questions asked: only values from one questionnaire compare.

Sources: Muthukrishna and others 2020, Psychological Science 31(6), 678-701, doi
10.1177/0956797620916782. Cited from memory, not read again: Bell, Richerson and McElreath 2009,
PNAS 106, 17671-17674, for the formula for two options; Nei 1973, PNAS 70, 3321-3323, for the share
of heterozygosity between groups; Nei 1978, Genetics 89, 583-590, for heterozygosity without bias.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.tables import FloatArray

LEAST = 2
_Z = 1.959964  # the middle 95 % of a normal distribution
_ROWS_AT_ONCE = 1 << 12  # a block of people fits the processor's cache
_NOUGHT = 1e-12
_MOST_OPTIONS = 1000


@dataclass(frozen=True, eq=False)
class CulturalFst:
    """Cultural F_ST of two groups over all questions that can be used.

    Attributes
    ----------
    estimate : float or None
        Mean over questions, without bias from small groups. It may lie below 0 where the groups
        differ less than two samples of one population would; `shown` is then 0.
    standard_error : float or None
        By deleting one person at a time (jackknife); None without an interval.
    interval : tuple of float or None
        The estimate plus and minus 1.96 standard errors. None where deletion cannot tell the error:
        fewer than three people in a group, or groups that are uniform or copies of each other.
    naive : float or None
        The same mean by the plain formula, too high by about 1 / (2n).
    by_question, naive_by_question : ndarray of shape (q,)
        NaN where a question cannot be used: fewer than two answers in a group, or one and the same
        answer from all.
    answered : ndarray of shape (2, q)
        Valid answers in each group.
    reason : str
        Why there is no estimate, or no interval; empty where there are both.
    """

    estimate: float | None
    standard_error: float | None
    interval: tuple[float, float] | None
    naive: float | None
    by_question: FloatArray
    naive_by_question: FloatArray
    answered: NDArray[np.int64]
    reason: str

    def __post_init__(self) -> None:
        for array in (self.by_question, self.naive_by_question, self.answered):
            array.flags.writeable = False

    @property
    def shown(self) -> float | None:
        """The estimate as it is shown, never below 0."""
        return None if self.estimate is None else max(0.0, self.estimate)

    @property
    def shown_interval(self) -> tuple[float, float] | None:
        """The interval as it is shown, never below 0."""
        if self.interval is None:
            return None
        low, high = self.interval
        return max(0.0, low), max(0.0, high)

    @property
    def questions(self) -> int:
        """How many questions the estimate rests on."""
        return int(np.isfinite(self.by_question).sum())


def binary_fst(
    first: ArrayLike, second: ArrayLike, first_size: ArrayLike = 1, second_size: ArrayLike = 1
) -> FloatArray:
    r"""Return F_ST of a trait that people have or have not, groups weighted by size.

    .. math:: F = \frac{w_1 (p_1 - \bar p)^2 + w_2 (p_2 - \bar p)^2}{\bar p (1 - \bar p)}, \quad
              w_i = \frac{n_i}{n_1 + n_2}, \quad \bar p = w_1 p_1 + w_2 p_2

    Parameters
    ----------
    first, second : array_like
        Share of each group that has the trait [0..1].
    first_size, second_size : array_like
        Sizes of the groups, above 0; only their proportion counts.

    Returns
    -------
    ndarray
        [0..1], NaN where all people are alike.

    Raises
    ------
    ValueError
        A share lies outside 0 to 1, or a size is not above 0.

    Examples
    --------
    >>> round(float(binary_fst(0.46, 0.02, 100, 100)), 5)
    0.26535
    """
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    sizes = np.asarray(first_size, dtype=float), np.asarray(second_size, dtype=float)
    if not all(((p >= 0) & (p <= 1)).all() for p in (one, other)):
        raise ValueError("a share must lie between 0 and 1")
    if not all((np.isfinite(n) & (n > 0)).all() for n in sizes):
        raise ValueError("the size of a group must be a number above 0")
    weight = sizes[0] / (sizes[0] + sizes[1])
    mean = weight * one + (1 - weight) * other
    between = weight * (one - mean) ** 2 + (1 - weight) * (other - mean) ** 2
    return _ratio(between, mean * (1 - mean))


def fst_of_shares(
    first: ArrayLike,
    second: ArrayLike,
    first_size: ArrayLike | None = None,
    second_size: ArrayLike | None = None,
) -> FloatArray:
    r"""Return F_ST of each question from the shares of its answers, both groups weighing the same.

    .. math:: F = \frac{H_T - H_W}{H_T}, \quad H_W = \frac{H_1 + H_2}{2}, \quad
              H_T = \frac{H_W + H_{12}}{2}, \quad
              H_i = 1 - \sum_a p_{ia}^2, \quad H_{12} = 1 - \sum_a p_{1a} p_{2a}

    With the sizes of the samples each heterozygosity within a group is multiplied by n / (n - 1):
    two people of a group, drawn without returning the first, then differ as often on average in a
    small sample as in the group. Without, the value is the naive one of the samples themselves.

    Parameters
    ----------
    first, second : array_like of shape (..., options)
        Shares that add to 1.
    first_size, second_size : array_like of shape (...), optional
        Answers behind the shares, both or neither; at least 2.

    Returns
    -------
    ndarray of shape (...)
        [0..1] without sizes; with them from below 0 up to 1. NaN where all answers are the same.

    Raises
    ------
    ValueError
        Shares do not add to 1 or are negative, or a size is below 2 or the only one.

    Examples
    --------
    >>> round(float(fst_of_shares([2 / 3, 1 / 3], [1 / 3, 2 / 3])), 3)
    0.111
    """
    shares = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    for share in shares:
        if share.ndim == 0 or not ((share >= 0).all() and np.allclose(share.sum(axis=-1), 1)):
            raise ValueError("the shares of a question's answers must be 0 or more and add to 1")
    if (first_size is None) != (second_size is None):
        raise ValueError("give the sizes of both samples or of neither")
    same = [(share**2).sum(axis=-1) for share in shares]
    both = (shares[0] * shares[1]).sum(axis=-1)
    if first_size is None or second_size is None:
        return _fst(1 - same[0], 1 - same[1], 1 - both)
    sizes = np.asarray(first_size, dtype=float), np.asarray(second_size, dtype=float)
    if not all((np.isfinite(n) & (n >= LEAST)).all() for n in sizes):
        raise ValueError("a sample needs at least 2 answers")
    within = [(1 - s) * n / (n - 1) for s, n in zip(same, sizes, strict=True)]
    return _fst(within[0], within[1], 1 - both)


def cultural_fst(
    first: ArrayLike,
    second: ArrayLike,
    first_weights: ArrayLike | None = None,
    second_weights: ArrayLike | None = None,
    names: tuple[str, str] = ("the first group", "the second group"),
) -> CulturalFst:
    """Return cultural F_ST of two groups from their answers, with its interval.

    Parameters
    ----------
    first, second : array_like of int, shapes (n, q) and (m, q)
        Answers from 1 up, 0 where missing: a missing answer is left out of its question alone.
    first_weights, second_weights : array_like of shapes (n,) and (m,), optional
        How much a person counts, above 0. A sample is then as large as (sum of weights) squared /
        sum of squared weights.
    names : tuple of str
        What the sentences call the groups.

    Raises
    ------
    ValueError
        A shape does not fit, an answer is not a whole number from 0 to 1000, or a weight is not a
        number above 0.

    Notes
    -----
    The jackknife deletes people, not questions, and takes each group by itself. Simulated with 24
    questions and 5 to 50 people in each group, the interval covers the true value 96 to 99 times of
    100: rather too wide than too narrow. Intervals from people drawn with replacement would not do:
    each draw repeats people, which looks like less variety inside a group.
    """
    one, other = _groups(first, second, first_weights, second_weights)
    between = _between(one, other)
    by_question = _fst(_within(one), _within(other), between)
    naive = _fst(_within(one, naive=True), _within(other, naive=True), between)
    naive[np.isnan(by_question)] = np.nan
    answered = np.stack([one.answered, other.answered])
    reason = _why_nothing(one, other, names, by_question)
    if reason:
        return CulturalFst(None, None, None, None, by_question, naive, answered, reason)
    estimate = float(_mean_over_questions(by_question))
    variance = _jackknife_variance(one, other) + _jackknife_variance(other, one)
    error, interval = float(np.sqrt(variance)), None
    if np.isnan(error):
        reason = "There is no interval: without one of the people nothing is left to compare."
    elif error < _NOUGHT:
        reason = "There is no interval: leaving out any one person changes the value as little."
    elif estimate + _Z * error < 0:
        reason = "There is no interval: the groups are more alike than two samples of one would be."
    else:
        interval = estimate - _Z * error, estimate + _Z * error
    return CulturalFst(
        estimate, error if interval else None, interval, float(_mean_over_questions(naive)),
        by_question, naive, answered, reason,
    )  # fmt: skip


class _Group(NamedTuple):
    """A group's answers and, by question, what heterozygosity needs of them.

    `by_option` of shape (q, options + 1) holds the weight behind each answer; its first column, for
    missing answers, is empty. `same` is the sum of its squares, `squares` that of people's weights.
    """

    answers: NDArray[Any]
    weights: FloatArray
    by_option: FloatArray
    answered: NDArray[np.int64]
    total: FloatArray
    squares: FloatArray
    same: FloatArray


def _groups(
    first: ArrayLike,
    second: ArrayLike,
    first_weights: ArrayLike | None,
    second_weights: ArrayLike | None,
) -> tuple[_Group, _Group]:
    answers = np.asarray(first), np.asarray(second)
    for given in answers:
        if given.ndim != 2 or given.dtype.kind not in "iu":
            raise ValueError("answers must be whole numbers, a row for each person")
        if given.size and not (given.min() >= 0 and given.max() <= _MOST_OPTIONS):
            raise ValueError(f"an answer must be 1 to {_MOST_OPTIONS}, or 0 where missing")
    if answers[0].shape[1] != answers[1].shape[1]:
        raise ValueError("both groups must have been asked the same questions")
    options = max(int(given.max(initial=0)) for given in answers)
    one, other = (
        _group(given, weights, options)
        for given, weights in zip(answers, (first_weights, second_weights), strict=True)
    )
    return one, other


def _group(answers: NDArray[Any], weights: ArrayLike | None, options: int) -> _Group:
    n, questions = answers.shape
    weight = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    if weight.shape != (n,) or not (np.isfinite(weight) & (weight > 0)).all():
        raise ValueError(f"weights must be {n} numbers above 0")
    present = answers.any(axis=1)
    answers, weight = answers[present], weight[present]
    # Only proportions count; with the same weight for all, sums are whole numbers and exact.
    weight = weight / weight.max(initial=0) if len(weight) else weight
    by_option = np.zeros((questions, options + 1))
    for row, column in zip(by_option, answers.T, strict=True):
        row[:] = np.bincount(column, weight, options + 1)
    by_option[:, 0] = 0
    return _Group(
        answers, weight, by_option, (answers > 0).sum(axis=0), by_option.sum(axis=1),
        weight**2 @ (answers > 0), (by_option**2).sum(axis=1),
    )  # fmt: skip


def _within(group: _Group, *, naive: bool = False) -> FloatArray:
    squares = np.zeros_like(group.squares) if naive else group.squares
    return _heterozygosity(group.answered, group.total, squares, group.same)


def _heterozygosity(
    answered: NDArray[Any], total: FloatArray, squares: FloatArray, same: FloatArray
) -> FloatArray:
    """Return how often two different people differ; with `squares` of 0, two that may be one.

    With equal weights it is (1 - sum p^2) n / (n - 1).
    """
    found = _ratio(total**2 - same, total**2 - squares)
    return np.where(answered >= LEAST, found, np.nan)


def _between(one: _Group, other: _Group) -> FloatArray:
    return 1 - _ratio((one.by_option * other.by_option).sum(axis=1), one.total * other.total)


def _fst(first: FloatArray, second: FloatArray, between: FloatArray) -> FloatArray:
    within = (first + second) / 2
    total = (within + between) / 2
    # With weights, answers that are all the same leave an error in the last digit, not nought.
    return _ratio(total - within, np.where(total > _NOUGHT, total, 0))


def _jackknife_variance(group: _Group, other: _Group) -> float:
    """Return the part of the variance of the mean F_ST that comes from one group's people."""
    fixed, question = _within(other), np.arange(len(group.total))
    shared = (group.by_option * other.by_option).sum(axis=1)
    without = []
    for start in range(0, len(group.answers), _ROWS_AT_ONCE):
        answers = group.answers[start : start + _ROWS_AT_ONCE]
        weight = group.weights[start : start + _ROWS_AT_ONCE, None] * (answers > 0)
        total = group.total - weight
        within = _heterozygosity(
            group.answered - (answers > 0),
            total,
            group.squares - weight**2,
            group.same - 2 * weight * group.by_option[question, answers] + weight**2,
        )
        both = shared - weight * other.by_option[question, answers]
        between = 1 - _ratio(both, total * other.total)
        without.append(_mean_over_questions(_fst(within, fixed, between)))
    found = np.concatenate(without)
    return float((len(found) - 1) * found.var())


def _mean_over_questions(values: FloatArray) -> FloatArray:
    known = np.isfinite(values)
    return _ratio(np.where(known, values, 0).sum(axis=-1), known.sum(axis=-1))


def _why_nothing(
    one: _Group, other: _Group, names: tuple[str, str], by_question: FloatArray
) -> str:
    for group, name in zip((one, other), names, strict=True):
        if len(group.answers) < LEAST:
            return f"Fewer than two people in {name} gave valid answers; each side needs two."
    if not ((one.answered >= LEAST) & (other.answered >= LEAST)).any():
        return "There is no question that at least two people on each side answered."
    if np.isnan(by_question).all():
        return "All people on both sides gave the same answers: there is no variation to share out."
    return ""


def _ratio(above: NDArray[Any], below: NDArray[Any]) -> FloatArray:
    """Divide, NaN where the divisor is not above zero."""
    above, below = np.broadcast_arrays(above, below)
    return np.asarray(np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0))
