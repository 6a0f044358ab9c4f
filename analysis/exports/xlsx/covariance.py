"""The sheet of covariances: what gaps are set against, and the Mahalanobis distance in steps."""

from __future__ import annotations

import numpy as np

from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import FIRST_ROW, AnyCell, Cell, Column, Sheet
from analysis.exports.xlsx.places import COVARIANCE, GAPS, Places, block, cell, reference
from analysis.settings import REFERENCE_RULES
from analysis.tables import FloatArray

_BETWEEN = 2
"""An empty row and a header lie between two blocks."""


def squared_mahalanobis(places: Places) -> str:
    """Return where the squared Mahalanobis distance stands."""
    return reference(COVARIANCE, _steps_row(places) + places.used, 3)


def _inverse_row(places: Places) -> int:
    return FIRST_ROW + places.used + _BETWEEN


def _steps_row(places: Places) -> int:
    return _inverse_row(places) + places.used + _BETWEEN


def fill_covariance(sheet: Sheet, subject: Subject, places: Places) -> None:
    """Write the covariances, their inverse, the steps to the distance, and the correlations."""
    framework = subject.tables.frameworks[subject.comparison.settings.framework]
    names = [framework.dimension(d).name for d in places.counted]

    def columns(label: str, number: str) -> list[Column]:
        numbers = [Column(name, number, least=12, most=16) for name in names]
        return [Column(label, least=24, most=26), *numbers]

    values = places.covariances.tolist()
    sheet.table(
        "Spread of the scores in the reference set",
        _how_it_was_made(subject, places),
        columns("Covariance", "0.00"),
        [(name, *row) for name, row in zip(names, values, strict=True)],
    )
    sheet.worksheet.fit_to_pages(1, 1)
    _inverse(sheet, places, columns("Inverse", "0.00000"), names)
    below = _steps(sheet, subject, places, names)
    below = sheet.block(below, columns("Correlation", "0.00"), _correlations(places, names))
    sheet.notes(below, [subject.stamp.source, subject.stamp.settings_line])


def _how_it_was_made(subject: Subject, places: Places) -> str:
    pair = subject.comparison
    rows = len(places.spread.rows) if places.spread is not None else 0
    rule = REFERENCE_RULES[pair.settings.reference]
    return (
        f"Sample covariance (divided by n − 1) over {rule.description}: {rows} rows. Ranks are"
        f" taken among the {pair.reference_pairs:,} pairs of those with every score in use. The"
        " diagonal holds the variances. Below: inverse, Mahalanobis distance in steps,"
        " correlations."
    )


def _inverse(sheet: Sheet, places: Places, columns: list[Column], names: list[str]) -> None:
    row, k = _inverse_row(places), places.used
    sheet.header(row - 1, columns)
    sheet.rows(row, columns[:1], [(name,) for name in names])
    whole = block(FIRST_ROW, 1, k, k)
    inverse: FloatArray = np.asarray(np.linalg.inv(places.covariances), dtype=np.float64)
    sheet.array(row, 1, inverse, f"MINVERSE({whole})", columns[1].number)


def _steps(sheet: Sheet, subject: Subject, places: Places, names: list[str]) -> int:
    """Write gap, inverse times gap and their product for each dimension, and the sum."""
    row, k = _steps_row(places), places.used
    pair = subject.comparison
    weights = np.array(
        [pair.settings.weights[pair.settings.dimensions.index(d)] for d in places.counted]
    )
    points = np.array([pair.gaps[d].points for d in places.counted], dtype=float)
    gaps = np.sqrt(weights / weights.mean()) * points
    turned = np.linalg.solve(places.covariances, gaps)
    products = gaps * turned
    columns = (
        Column("Mahalanobis, step by step"),
        Column("Weighted gap", "0.0000"),
        Column("Inverse times weighted gap", "0.0000"),
        Column("Product", "0.0000"),
    )
    mean = f"AVERAGE({places.gaps('I')})"
    rows: list[tuple[AnyCell, ...]] = []
    for place, name in enumerate(names):
        at = FIRST_ROW + place
        scale = f"SQRT({reference(GAPS, at, 8)}/{mean})"
        rows.append(
            (
                name,
                Cell(float(gaps[place]), f"{scale}*{reference(GAPS, at, 3)}"),
                None,
                Cell(float(products[place]), f"B{row + place + 1}*C{row + place + 1}"),
            )
        )
    total = Cell(
        pair.measures["mahalanobis"].value ** 2, f"SUM({block(row, 3, k, 1)})", columns[3].number
    )
    below = sheet.block(row - 1, columns, rows, ("Squared distance", None, None, total))
    product = f"MMULT({block(_inverse_row(places), 1, k, k)},{block(row, 1, k, 1)})"
    sheet.array(row, 2, turned[:, None], product, columns[2].number)
    return below


def _correlations(places: Places, names: list[str]) -> list[tuple[AnyCell, ...]]:
    """Return each covariance over the root of the product of the two variances."""
    values = places.covariances
    spread = np.sqrt(values.diagonal())
    found = values / np.outer(spread, spread)
    return [
        (
            name,
            *(
                Cell(
                    float(found[down, right]),
                    f"{_at(down, right)}/SQRT({_at(down, down)}*{_at(right, right)})",
                )
                for right in range(len(names))
            ),
        )
        for down, name in enumerate(names)
    ]


def _at(down: int, right: int) -> str:
    return cell(FIRST_ROW + down, 1 + right)
