"""The whole matrix of distances as a table for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.exports.matrix_table import about_matrix, matrix_csv, square
from analysis.settings import Settings
from analysis.tables import FloatArray, Tables


def matrix_as_csv(
    tables: Tables, ids: Sequence[str], matrix: FloatArray, settings: Settings, day: date
) -> bytes:
    """Return a matrix of distances as CSV: a column and a row for each party, by its id.

    A pair without a distance has an empty cell. What the numbers are stands below the matrix after
    an empty line, so that the table starts with its header. UTF-8 with its mark, lines that end in
    CR LF (RFC 4180).

    Parameters
    ----------
    tables : Tables
    ids : sequence of n ids
        In the order of the rows of `matrix`.
    matrix : ndarray of shape (n, n)
    settings : Settings
        Behind the distances; their headline measure is taken.
    day : date
        Printed, never read from the clock.
    """
    about = about_matrix(tables, settings, settings.measure, len(ids), day)
    return matrix_csv(*square(ids, matrix), about)
