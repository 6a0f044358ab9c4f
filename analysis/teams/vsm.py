"""Indices of one sample from its answers to the VSM 2013 questionnaire, with their errors.

The index of one sample is known only up to a constant, so a raw index is never a score; what may be
shown stands in `vsm_anchor`.

Sources: Hofstede and Minkov 2013, VSM 2013 manual (formulas; the questionnaire itself is
copyrighted and no part of this project); Rao and Wu 1988, doi 10.1080/01621459.1988.10478591
(resampling one person fewer than there are; cited from memory, not read again).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.tables import FloatArray
from analysis.teams.team import QUESTIONS, Respondent

FORMULAS: Mapping[str, tuple[tuple[int, int, int], ...]] = {
    "pdi": ((35, 7, 2), (25, 20, 23)),
    "idv": ((35, 4, 1), (35, 9, 6)),
    "mas": ((35, 5, 3), (35, 8, 10)),
    "uai": ((40, 18, 15), (25, 21, 24)),
    "lto": ((40, 13, 14), (25, 19, 22)),
    "ivr": ((35, 12, 11), (40, 17, 16)),
}
"""Of each index: a weight times the mean of one question less that of another, twice."""
INDICES = tuple(FORMULAS)
DRAWS, SEED = 2000, 20130501
LARGE = 2000
"""People above which resampling gives way to the linearised covariance: the two differ by about one
part in n, and 2,000 draws know a standard error to 1.6 % only."""
LEAST = 2
"""People without whom a question has no mean with an error."""

_COEFFICIENTS = np.zeros((len(INDICES), QUESTIONS))
for _row, _terms in zip(_COEFFICIENTS, FORMULAS.values(), strict=True):
    for _weight, _plus, _minus in _terms:
        _row[_plus - 1], _row[_minus - 1] = _weight, -_weight
USED = _COEFFICIENTS != 0
"""Which of the 24 questions each index rests on, shape (6, 24)."""
_ROWS_AT_ONCE, _CELLS_AT_ONCE = 1 << 12, 1 << 20  # a block fits the cache, memory stays bounded


@dataclass(frozen=True, eq=False)
class SampleIndices:
    """One sample's indices, for taking differences only: a raw index is never shown.

    Arrays are read-only, of shape (24,) by question or (6,) by index, and NaN where a question has
    too few valid answers. `answered` counts these; `effective` does so by weight, as (sum of
    weights) squared / sum of squares (Kish). `means` are weighted [1..5]; `raw` and
    `standard_error` are in points, with constants of 0. `draws`, shape (draws, 6), holds the raw
    indices of samples that might have been drawn instead; NaN where nobody drawn had answered.
    """

    respondents: int
    answered: NDArray[np.int64]
    effective: FloatArray
    means: FloatArray
    raw: FloatArray
    standard_error: FloatArray
    draws: FloatArray

    def __post_init__(self) -> None:
        for name in ("answered", "effective", "means", "raw", "standard_error", "draws"):
            getattr(self, name).flags.writeable = False

    @property
    def interval(self) -> FloatArray:
        """The middle 95 % of the draws of each raw index, shape (6, 2) [points]."""
        return middle(self.draws)


def answers_of(respondents: Sequence[Respondent]) -> tuple[NDArray[np.int64], FloatArray]:
    """Return answers of shape (n, 24), 0 where missing, and weights of shape (n,)."""
    rows = [[answer or 0 for answer in person.answers] for person in respondents]
    answers = np.array(rows, dtype=np.int64).reshape(len(rows), QUESTIONS)
    return answers, np.array([person.weight for person in respondents], dtype=float)


def raw_indices(means: ArrayLike) -> FloatArray:
    """Return the six raw indices, shape (..., 6), of question means of shape (..., 24).

    Each is the sum of its two terms in `FORMULAS` [points, any sign], with a constant of 0, and NaN
    where one of its four questions has no mean.

    >>> means = np.full(24, 3.0)
    >>> means[6] = 4.0
    >>> raw_indices(means).tolist()
    [35.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    known = np.asarray(means, dtype=float)
    missing = np.isnan(known)
    # Nought times NaN would spread one missing mean to every index.
    found = np.where(missing, 0.0, known - 3) @ _COEFFICIENTS.T
    found[missing @ USED.T] = np.nan
    return np.asarray(found)


def sample_indices(
    answers: ArrayLike, weights: ArrayLike | None = None, *, draws: int = DRAWS, seed: int = SEED
) -> SampleIndices:
    """Return a sample's indices with their errors; on top of the answers it takes little memory.

    Answers have the shape (n, 24), 1 to 5 and 0 where missing: a missing answer is left out of its
    question alone. Weights, above 0, say how much a person counts; their scale changes nothing.
    Anything else raises ValueError. Up to `LARGE` people the errors come from resampling people,
    which keeps the covariance of a person's answers; above, from the linearised means.
    """
    given, weight = _checked(answers, weights)
    if len(given) <= LARGE:
        # In a fixed order of people the draws do not depend on the order of rows in a file.
        order = np.lexsort((weight, *given.T))
        order = order[given[order].any(axis=1)]
        given, weight = given[order], weight[order]
    respondents, answered, effective, means, covariance = _linearised(given, weight)
    raw, error = raw_indices(means), np.sqrt(np.maximum(covariance.diagonal(), 0))
    known = np.isfinite(error)
    if LEAST <= len(given) <= LARGE:
        drawn = _resampled(given, weight, draws, seed)
        error[known] = np.nanstd(drawn[:, known], axis=0, ddof=1)
    else:
        values, vectors = np.linalg.eigh(np.nan_to_num(covariance))
        normal = np.random.default_rng(seed).standard_normal((draws, len(INDICES)))
        # The symmetric root: the sign of an eigenvector is the linear algebra library's own choice.
        drawn = raw + normal @ (vectors * np.sqrt(values.clip(0))) @ vectors.T
    drawn[:, ~known] = np.nan
    return SampleIndices(respondents, answered, effective, means, raw, error, drawn)


def _linearised(
    answers: NDArray[Any], weights: FloatArray
) -> tuple[int, NDArray[np.int64], FloatArray, FloatArray, FloatArray]:
    """Return respondents, answers, effective numbers and means, and the indices' covariance.

    Cov(m_q, m_r) = f_q f_r sum w^2 (x_q - m_q) (x_r - m_r) / (W_q W_r), f^2 = n / (n - 1), over the
    people who answered both: with equal weights the variance of a mean is s^2 / n.
    """
    blocks = [slice(k, k + _ROWS_AT_ONCE) for k in range(0, len(answers), _ROWS_AT_ONCE)]
    respondents, answered = 0, np.zeros(QUESTIONS, dtype=np.int64)
    totals, squares, sums = np.zeros((3, QUESTIONS))
    for rows in blocks:
        valid, weight = answers[rows] > 0, weights[rows]
        respondents += int(valid.any(axis=1).sum())
        answered += valid.sum(axis=0)
        totals += weight @ valid
        squares += weight**2 @ valid
        sums += weight @ answers[rows]
    means, effective = _ratio(sums, totals), np.nan_to_num(_ratio(totals**2, squares))
    products, centre = np.zeros((QUESTIONS, QUESTIONS)), np.nan_to_num(means)
    for rows in blocks:
        influence = answers[rows] - centre
        influence *= answers[rows] > 0
        influence *= weights[rows, None]
        products += influence.T @ influence
    scale = np.nan_to_num(_ratio(np.sqrt(_ratio(answered, answered - 1)), totals))
    covariance = _COEFFICIENTS @ (products * scale[:, None] * scale) @ _COEFFICIENTS.T
    unknown = (USED & (answered < LEAST)).any(axis=1)
    covariance[unknown] = covariance[:, unknown] = np.nan
    return respondents, answered, effective, means, covariance


def _resampled(answers: NDArray[Any], weights: FloatArray, draws: int, seed: int) -> FloatArray:
    """Return the raw indices of resampled people, shape (draws, 6) [points].

    Each draw takes one person fewer than there are, with replacement, which makes up for the spread
    that a sample lacks against its population: the standard error of a mean is then s / sqrt(n).
    """
    n, random, valid = len(answers), np.random.default_rng(seed), answers > 0
    design = np.hstack([np.where(valid, answers - 3.0, 0.0), valid]) * weights[:, None]
    found = np.empty((draws, len(INDICES)))
    at_once = max(1, _CELLS_AT_ONCE // n)
    for start in range(0, draws, at_once):
        block = min(at_once, draws - start)
        people = random.integers(n, size=(block, n - 1)) + n * np.arange(block)[:, None]
        times = np.bincount(people.ravel(), minlength=block * n).reshape(block, n)
        sums, totals = np.split(times @ design, 2, axis=1)
        found[start : start + block] = raw_indices(_ratio(sums, totals) + 3)
    return found


def middle(draws: FloatArray) -> FloatArray:
    """Return the middle 95 % of each column, shape (columns, 2), NaN where one is empty."""
    found = np.full((draws.shape[1], 2), np.nan)
    known = np.isfinite(draws).any(axis=0)
    if known.any():
        found[known] = np.nanquantile(draws[:, known], (0.025, 0.975), axis=0).T
    return found


def _ratio(above: NDArray[Any], below: NDArray[Any]) -> FloatArray:
    """Divide, NaN where the divisor is not above zero."""
    return np.asarray(np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0))


def _checked(answers: ArrayLike, weights: ArrayLike | None) -> tuple[NDArray[Any], FloatArray]:
    given = np.asarray(answers)
    fits = given.ndim == 2 and given.shape[1] == QUESTIONS and given.dtype.kind in "iu"
    if not fits or (given.size and not (given.min() >= 0 and given.max() <= 5)):
        raise ValueError(f"answers must be whole numbers from 0 to 5 of shape (n, {QUESTIONS})")
    weight = np.ones(len(given)) if weights is None else np.asarray(weights, dtype=float)
    if weight.shape != (len(given),) or not (np.isfinite(weight) & (weight > 0)).all():
        raise ValueError(f"weights must be {len(given)} numbers above 0")
    # Only their proportions count; the same for all, each is exactly one.
    return given, weight / weight.max(initial=0) if len(weight) else weight
