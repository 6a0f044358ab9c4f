"""The tables of a survey: by group, by group and question, and by pair of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.bulk.survey_scores import GroupIndices, PairFst, SurveyCounts
from analysis.teams.vsm import INDICES
from analysis.teams.vsm_anchor import DIRECTION_BELOW, WARN_BELOW

FEW, DIRECTION_ONLY = "few", "direction-only"
_LEVEL = 1e-9


def caution(people: np.ndarray) -> np.ndarray:
    """Return what must stand beside a value that rests on so many people; empty from 20 on."""
    return np.select([people < DIRECTION_BELOW, people < WARN_BELOW], [DIRECTION_ONLY, FEW], "")


def group_table(
    counts: SurveyCounts, indices: GroupIndices | None, constants: Mapping[str, float]
) -> pa.Table:
    """Return a row for each group: its people and, of each index, value, standard error and people.

    Under ten people an index is null: only its direction against another group is told, in the
    table of pairs.
    """
    columns: dict[str, Any] = {
        "group": pa.array(counts.groups, pa.string()),
        "rows": pa.array(counts.rows),
        "respondents": pa.array(counts.respondents),
    }
    if indices is None:
        columns["caution"] = _texts(caution(counts.respondents))
        return pa.table(columns)
    for at, index in enumerate(INDICES):
        shown = indices.people[:, at] >= DIRECTION_BELOW
        columns[index] = _numbers(indices.raw[:, at] + constants.get(index, 0.0), shown)
        columns[f"{index}_se"] = _numbers(indices.standard_error[:, at], shown)
        columns[f"{index}_people"] = pa.array(indices.people[:, at])
        columns[f"{index}_caution"] = _texts(caution(indices.people[:, at]))
    return pa.table(columns)


def question_table(counts: SurveyCounts) -> pa.Table:
    """Return a row for each group and question: answers by what became of them, and their shares.

    `people` are the valid answers counted by weight; `mean` is of the answers as numbers.
    """
    g, q, marks = counts.marks.shape
    shares = counts.shares
    means = shares @ np.arange(1, marks - 1)
    columns: dict[str, Any] = {
        "group": pa.array(np.repeat(np.array(counts.groups, dtype=object), q), pa.string()),
        "question": pa.array(np.tile(np.array(counts.columns, dtype=object), g), pa.string()),
        "valid": pa.array(counts.valid.ravel()),
        "blank": pa.array(counts.marks[..., 0].ravel()),
        "invalid": pa.array(counts.marks[..., -1].ravel()),
        "people": pa.array(counts.effective.ravel()),
        "mean": _numbers(means.ravel()),
    }
    for answer in range(1, marks - 1):
        columns[f"share_{answer}"] = _numbers(shares[..., answer - 1].ravel())
    return pa.table(columns)


def pair_tables(
    counts: SurveyCounts,
    fst: Iterator[PairFst] | None,
    indices: GroupIndices | None,
    fst_places: Sequence[int],
) -> Iterator[pa.Table]:
    """Return the pairs of each group with the groups after it: F_ST, differences of indices.

    With under ten people on a side there are no numbers: `fst_differs` says whether the interval
    lies above 0, and a direction whether the first group's index lies above the second's.
    """
    names = np.array(counts.groups, dtype=object)
    sizes = counts.effective[:, list(fst_places)] if fst is not None else np.empty((len(names), 0))
    people = np.floor(sizes.max(axis=1, initial=0) + 0.5)
    for first in range(len(names) - 1):
        others = slice(first + 1, None)
        columns: dict[str, Any] = {
            "group_a": pa.array([names[first]] * (len(names) - first - 1), pa.string()),
            "group_b": pa.array(names[others], pa.string()),
        }
        if fst is not None:
            fewest = np.minimum(people[first], people[others])
            columns |= _fst_columns(next(fst), fewest)
        if indices is not None:
            columns |= _difference_columns(indices, first, others)
        yield pa.table(columns)


def _fst_columns(found: PairFst, people: np.ndarray) -> dict[str, Any]:
    shown = people >= DIRECTION_BELOW
    return {
        "fst": _numbers(found.estimate, shown),
        "fst_se": _numbers(found.standard_error, shown),
        "fst_low": _numbers(found.low, shown),
        "fst_high": _numbers(found.high, shown),
        "fst_differs": pa.array(found.low > 0, mask=np.isnan(found.low)),
        "fst_questions": pa.array(found.questions),
        "fst_caution": _texts(caution(people)),
    }


def _difference_columns(indices: GroupIndices, first: int, others: slice) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for at, index in enumerate(INDICES):
        points = indices.raw[first, at] - indices.raw[others, at]
        error = np.hypot(indices.standard_error[first, at], indices.standard_error[others, at])
        people = np.minimum(indices.people[first, at], indices.people[others, at])
        shown = people >= DIRECTION_BELOW
        # Two equal sums of means may differ in the last digit.
        direction = np.select([points > _LEVEL, points < -_LEVEL], ["above", "below"], "level")
        columns[f"{index}_difference"] = _numbers(points, shown)
        columns[f"{index}_difference_se"] = _numbers(error, shown)
        columns[f"{index}_direction"] = pa.array(
            direction.tolist(), pa.string(), mask=np.isnan(error)
        )
        columns[f"{index}_caution"] = _texts(caution(people))
    return columns


def _numbers(values: np.ndarray, shown: np.ndarray | bool = True) -> pa.Array:
    return pa.array(values, pa.float64(), mask=~(np.isfinite(values) & shown))


def _texts(values: np.ndarray) -> pa.Array:
    return pa.array(values.tolist(), pa.string())
