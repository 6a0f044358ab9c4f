"""The sheet of measures: each value as a formula on the gaps, with its rank and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum, sqrt

from analysis.agreement import FrameworkView
from analysis.comparison import too_few_dimensions
from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import FIRST_ROW, AnyCell, Cell, Column, Sheet
from analysis.exports.xlsx.covariance import squared_mahalanobis
from analysis.exports.xlsx.places import Places, cell
from analysis.friction.words import short_name
from analysis.measures.registry import MEASURES, Measure
from analysis.profiles import Profile
from analysis.sentences import validity_sentence
from analysis.words import FARTHER, join, of_points

_ROWS: Mapping[str, int] = {
    measure_id: FIRST_ROW + place for place, measure_id in enumerate(MEASURES)
}
_STEPS_ROW = FIRST_ROW + len(MEASURES) + 2
"""Where the steps start: an empty row and a header below the measures."""

_IN_WORDS: Mapping[str, str] = {
    "konara_mohr": "The root of the Kogut-Singh index.",
    "kogut_singh": (
        "For each dimension the squared gap over its variance, times its weight; their sum over the"
        " sum of the weights."
    ),
    "euclidean_standardised": (
        "The Konara-Mohr distance times the root of the number of dimensions."
    ),
    "euclidean": (
        "The root of the sum of squared gaps in points, each times its weight; weights are scaled"
        " to a mean of one."
    ),
    "manhattan": "The mean of the absolute gaps in standard deviations, each with its weight.",
    "mahalanobis": (
        "The root of gap times inverse covariance times gap, summed: step by step on the sheet"
        " Covariance."
    ),
    "angle": (
        "Both profiles scaled to length one; twice the arctangent of the length of their"
        " difference over the length of their sum."
    ),
    "mahalanobis_kogut_singh": "The squared Mahalanobis distance over the number of dimensions.",
}


def fill_measures(sheet: Sheet, subject: Subject, places: Places) -> None:
    """Write a row for each measure, then the steps that several of them share."""
    pair = subject.comparison
    columns = (
        Column("Measure", most=26),
        Column("Value", "0.0000", least=11),
        Column("Unit", most=18),
        Column("Value, likely from", "0.00", least=9),
        Column("Value, likely to", "0.00", least=9),
        *farther_columns(),
        Column("What it says", most=34),
        Column("How it is computed", most=44),
        Column("Source", most=24),
    )
    formulas = _formulas(places)
    below = sheet.table(
        "Every measure of the distance",
        "Values are formulas: they follow a change of a score, a weight or a variance. “Farther"
        " than” and the likely ranges hold for the data as exported and do not.",
        columns,
        [_row(subject, measure, formulas[measure.id]) for measure in MEASURES.values()],
    )
    steps = (Column("Steps"), Column("Value", "0.0000"))
    below = sheet.block(below, steps, _steps(subject, places))
    below = _opinions(sheet, subject, below)
    error = pair.settings.score_error
    sheet.notes(
        below,
        [
            f"The headline measure is {MEASURES[pair.settings.measure].label}. Farther than:"
            f" counted among {pair.reference_pairs:,} pairs. Likely: the middle 95 of 100 simulated"
            f" worlds, with an error of {of_points(error)} in every score.",
            *subject.cautions,
            validity_sentence(subject.tables, pair.settings),
            subject.stamp.source,
            subject.stamp.settings_line,
        ],
    )


def farther_columns() -> tuple[Column, ...]:
    """Return the columns of a rank and of where it likely lies, headed by what it says."""
    return (
        Column(FARTHER, "0.0", least=13),
        Column("Farther than, likely from", "0.0", least=13),
        Column("Farther than, likely to", "0.0", least=13),
    )


def _opinions(sheet: Sheet, subject: Subject, below: int) -> int:
    """Write what each framework says about the pair; return the row below."""
    found = subject.agreement
    if found is None:
        return below
    columns = (
        Column("Framework", most=26),
        Column("Dimensions", "0"),
        Column("Pairs", "#,##0"),
        Column(FARTHER, "0.0"),
        Column("Likely from", "0.0"),
        Column("Likely to", "0.0"),
    )
    below = sheet.block(below, columns, [_opinion(view) for view in found.views])
    return sheet.notes(below, [*found.silent, found.sentence, *found.notes]) + 1


def _opinion(view: FrameworkView) -> tuple[AnyCell, ...]:
    name = f"{view.name} (in use)" if view.in_use else view.name
    if view.result is None:
        return name, *(None,) * 5
    low, high = view.result.percentile_interval or (None, None)
    return (
        name, float(len(view.dimensions)), float(view.pairs), view.result.percentile, low, high,
    )  # fmt: skip


def _row(subject: Subject, measure: Measure, formula: str) -> tuple[AnyCell, ...]:
    found = subject.comparison.measures.get(measure.id)
    if found is None:
        return (
            measure.label, too_few_dimensions(measure), measure.unit, *(None,) * 5, measure.plain,
            _IN_WORDS[measure.id], join(short_name(subject.tables, i) for i in measure.source_ids),
        )  # fmt: skip
    low, high = found.interval or (None, None)
    least, most = found.percentile_interval or (None, None)
    headline = " (headline)" if measure.id == subject.comparison.settings.measure else ""
    return (
        f"{measure.label}{headline}",
        Cell(found.value, formula),
        measure.unit,
        low,
        high,
        found.percentile,
        least,
        most,
        measure.plain,
        _IN_WORDS[measure.id],
        join(short_name(subject.tables, i) for i in measure.source_ids),
    )


_COUNT, _WEIGHTS, _WEIGHTED, _LENGTH_A, _LENGTH_B, _SQUARED = (
    cell(_STEPS_ROW + place, 1) for place in range(6)
)


def _formulas(places: Places) -> dict[str, str]:
    a, b, gaps, z, weights = (places.gaps(column) for column in "BCDGI")
    value = {measure_id: cell(row, 1) for measure_id, row in _ROWS.items()}

    def length(sign: str) -> str:
        directions = f"({a}/{_LENGTH_A}{sign}{b}/{_LENGTH_B})^2"
        return f"SQRT(SUMPRODUCT({weights},{directions}))"

    return {
        "kogut_singh": f"{_WEIGHTED}/{_WEIGHTS}",
        "konara_mohr": f"SQRT({value['kogut_singh']})",
        "euclidean_standardised": f"SQRT({_COUNT})*{value['konara_mohr']}",
        "euclidean": f"SQRT(SUMPRODUCT({weights},{gaps},{gaps})*{_COUNT}/{_WEIGHTS})",
        "manhattan": f"SUMPRODUCT({weights},ABS({z}))/{_WEIGHTS}",
        "mahalanobis": f"SQRT({_SQUARED})",
        "angle": f"DEGREES(2*ATAN2({length('+')},{length('-')}))",
        "mahalanobis_kogut_singh": f"{_SQUARED}/{_COUNT}",
    }


def _steps(subject: Subject, places: Places) -> list[tuple[AnyCell, ...]]:
    pair, used = subject.comparison, places.counted
    held = dict(zip(pair.settings.dimensions, pair.settings.weights, strict=True))
    weights = [held[d] for d in used]
    weighted = fsum(held[d] * (pair.gaps[d].standardised or 0.0) ** 2 for d in used)
    a, b, z, w, parts = (places.gaps(column) for column in "BCGIJ")

    def length(party: Profile) -> float:
        return sqrt(fsum(held[d] * (party.score(d).value or 0.0) ** 2 for d in used))

    squared = pair.measures["mahalanobis"].value ** 2
    return [
        ("Dimensions that count", Cell(float(len(used)), f"COUNT({z})", "0")),
        ("Sum of the weights", Cell(fsum(weights), f"SUM({w})", "General")),
        ("Weighted sum of squared gaps", Cell(weighted, f"SUM({parts})")),
        (f"Length of {pair.a.name}", Cell(length(pair.a), f"SQRT(SUMPRODUCT({w},{a},{a}))")),
        (f"Length of {pair.b.name}", Cell(length(pair.b), f"SQRT(SUMPRODUCT({w},{b},{b}))")),
        ("Squared Mahalanobis distance", Cell(squared, squared_mahalanobis(places))),
    ]
