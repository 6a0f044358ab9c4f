"""The distances of all pairs as a table: a square by one measure, or a row a pair by all."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from math import isnan

import numpy as np

from analysis.comparison import References
from analysis.exports.legible import no_formula
from analysis.matrix import distance_matrix
from analysis.measures.registry import MEASURES
from analysis.sentences import CAVEAT, changed_settings, source_line
from analysis.settings import Settings
from analysis.tables import FloatArray, Tables

Cell = str | float | None
ENDINGS = (".csv", ".parquet", ".xlsx")


def matrix_table(
    references: References, settings: Settings, measure_id: str | None, ending: str, day: date
) -> bytes:
    """Return the distances of all pairs of parties of a framework as a file.

    What the numbers are stands below the table in CSV (after an empty line), on a sheet of its own
    in XLSX, and in the metadata of Parquet. A pair without a distance has an empty cell.

    Parameters
    ----------
    references : References
        Own teams among the tables are parties too.
    settings : Settings
    measure_id : str or None
        One for a square with a row and a column for each party; None for a row for each pair, in
        one direction, with a column for each measure.
    ending : str
        `.csv`, `.parquet` or `.xlsx`.
    day : date
        Printed, never read from the clock.
    """
    tables = references.tables
    framework = tables.frameworks[settings.framework]
    ids = [*framework.profile_ids, *(i for i in tables.own if i not in framework.profile_ids)]
    if measure_id is None:
        header, rows = _by_pair(references, ids, settings)
    else:
        header, rows = square(ids, distance_matrix(references, ids, settings, measure_id))
    about = about_matrix(tables, settings, measure_id, len(ids), day)
    if ending == ".xlsx":
        return _as_xlsx(header, rows, about, day)
    return (matrix_csv if ending == ".csv" else _as_parquet)(header, rows, about)


def square(ids: Sequence[str], matrix: FloatArray) -> tuple[list[str], list[list[Cell]]]:
    """Return a matrix of shape (n, n) as a header and a row for each party, by its id."""
    rows: list[list[Cell]] = [
        [i, *(None if isnan(d) else d for d in distances)]
        for i, distances in zip(ids, matrix.tolist(), strict=True)
    ]
    return ["id", *ids], rows


def _by_pair(
    references: References, ids: Sequence[str], settings: Settings
) -> tuple[list[str], list[list[Cell]]]:
    framework = references.tables.frameworks[settings.framework]
    fitting = [m.id for m in MEASURES.values() if m.fewest_dimensions <= len(framework.dimensions)]
    first, second = np.triu_indices(len(ids), 1)
    columns = [
        distance_matrix(references, ids, settings, one)[first, second].tolist() for one in fitting
    ]
    names = [no_formula(references.tables.profiles[i].name) for i in ids]
    rows: list[list[Cell]] = [
        [ids[a], names[a], ids[b], names[b], *(None if isnan(d) else d for d in found)]
        for a, b, *found in zip(first, second, *columns, strict=True)
    ]
    return ["id_a", "name_a", "id_b", "name_b", *fitting], rows


def about_matrix(
    tables: Tables, settings: Settings, measure_id: str | None, parties: int, day: date
) -> list[str]:
    """Return the lines that say what a matrix of distances is."""
    what = "Distances by every measure"
    if measure_id is not None:
        what = f"{MEASURES[measure_id].label} distance ({MEASURES[measure_id].unit})"
    changed = "; ".join(changed_settings(tables, settings))
    return [
        f"{what} between {parties} parties, {day.isoformat()}."
        f" Settings: {changed or 'the defaults'}.",
        source_line(tables, settings.framework),
        CAVEAT,
    ]


def matrix_csv(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], about: Sequence[str]
) -> bytes:
    """Return a table as CSV with what it is below it, after an empty line.

    UTF-8 with its mark, lines that end in CR LF (RFC 4180).
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(
        [repr(cell) if isinstance(cell, float) else cell for cell in row] for row in rows
    )
    writer.writerows([[], *([line] for line in about)])
    return text.getvalue().encode("utf-8-sig")


def _as_parquet(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], about: Sequence[str]
) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    texts = {"id", "id_a", "name_a", "id_b", "name_b"}
    columns = [
        pa.array(list(cells), pa.string() if name in texts else pa.float64())
        for name, cells in zip(header, zip(*rows, strict=True), strict=True)
    ]
    table = pa.table(columns, names=list(header))
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"about": "\n".join(about)}), out)
    return out.getvalue()


def _as_xlsx(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], about: Sequence[str], day: date
) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(day.year, day.month, day.day)})
        sheet = book.add_worksheet("Distances")
        for place, row in enumerate([header, *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(place, column, cell)
                elif cell is not None:
                    sheet.write_number(place, column, cell)
        sheet.freeze_panes(1, 1)
        notes = book.add_worksheet("About")
        for place, line in enumerate(about):
            notes.write_string(place, 0, line)
    return out.getvalue()
