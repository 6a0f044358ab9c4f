"""The whole matrix of distances, in the order of the tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.atlas.clusters import Clusters
from analysis.atlas.sentences import names_of
from analysis.charts.data import ChartData
from analysis.sentences import source_line
from analysis.tables import FloatArray, Tables
from analysis.words import capital

_ALIKE = 0.05
"""Means that differ by less than this share are told as equal: the scores are not so exact."""

_NAMED = 4


def ordered_matrix(found: Clusters) -> FloatArray:
    """Return the distances with rows and columns in the order of the tree, shape (n, n)."""
    rows = [found.distances.row(i) for i in found.order]
    return found.distances.matrix[np.ix_(rows, rows)]


def heat_map_data(tables: Tables, found: Clusters, party_ids: Sequence[str] = ()) -> ChartData:
    """Return the words of the heat map, and for each party its nearest, its farthest and its mean.

    The whole matrix has thousands of numbers: the command line writes it as a file.
    """
    matrix = ordered_matrix(found)
    size = len(matrix)
    means = matrix.sum(axis=1) / (size - 1)
    nearest = np.where(np.eye(size, dtype=bool), np.inf, matrix).argmin(axis=1)
    farthest = matrix.argmax(axis=1)
    names = [tables.profiles[i].name for i in found.order]
    remote, central = found.order[int(means.argmax())], found.order[int(means.argmin())]
    pair = np.unravel_index(int(matrix.argmax()), matrix.shape)
    return ChartData(
        "heat-map",
        _title(tables, found, means),
        "Each cell is a pair: the darker, the farther apart. Squares: the clusters."
        f" {source_line(tables, found.distances.settings.framework)}",
        f"Heat map of the distances between {size} parties in the order of the tree, farthest in"
        f" the darkest shade. On average {tables.profiles[central].name_in_sentence} lies"
        f" {means.min():.2f} from the others and {tables.profiles[remote].name_in_sentence}"
        f" {means.max():.2f}. Farthest apart are"
        f" {names_of(tables, [found.order[int(n)] for n in pair])} ({matrix.max():.2f})."
        f"{_of_parties(tables, found, party_ids)}",
        ("Party", "Mean distance", "Nearest", "Distance", "Farthest", "Distance "),
        tuple(
            (
                name, round(float(means[n]), 3), names[nearest[n]],
                round(float(matrix[n, nearest[n]]), 3), names[farthest[n]],
                round(float(matrix[n, farthest[n]]), 3),
            )
            for n, name in enumerate(names)
        ),
    )  # fmt: skip


def _title(tables: Tables, found: Clusters, means: FloatArray) -> str:
    """Who is farthest and nearest on average, with those whose mean hardly differs beside them."""

    def told(held: FloatArray) -> str:
        ids = [found.order[int(n)] for n in held]
        return names_of(tables, ids) if len(ids) <= _NAMED else f"{len(ids)} parties"

    order = np.argsort(means, kind="stable")
    near = order[means[order] <= means.min() * (1 + _ALIKE)]
    far = order[::-1][means[order[::-1]] >= means.max() * (1 - _ALIKE)]
    if len(near) + len(far) > len(means):
        return "On average all lie about equally far from the others"
    return (
        f"On average {told(far)} lie{'s' if len(far) == 1 else ''} farthest from the others;"
        f" {told(near)} lie{'s' if len(near) == 1 else ''} nearest"
        f"{', about equally' if len(near) > 1 else ''}"
    )


def _of_parties(tables: Tables, found: Clusters, party_ids: Sequence[str]) -> str:
    held = [i for i in dict.fromkeys(party_ids) if i in found.order][:2]
    if len(held) < 2:
        return ""
    return (
        f" {capital(names_of(tables, held))} lie {found.distances.between(held[0], held[1]):.2f}"
        " apart."
    )
