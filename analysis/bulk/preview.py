"""A first look at a table of pairs, before a job is run."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from analysis.bulk import expression as ex
from analysis.bulk.columns import SAMPLED, PartyColumns, party_columns, texts_of_cells
from analysis.bulk.names import Understanding, understand
from analysis.bulk.request import Always, real_columns
from analysis.bulk.sources import find_files, open_source
from analysis.errors import BulkError
from analysis.tables import Tables

_ENOUGH = 16 * 1024 * 1024
"""Bytes of a table of text that are looked at."""


@dataclass(frozen=True, eq=False)
class Preview:
    """What is seen of a table of pairs before it is worked on.

    Attributes
    ----------
    columns : tuple of str
        Names in their order.
    first : pyarrow Table
        The first rows, at most `columns.SAMPLED`.
    rows : int or None
        How many there are, where that is known without reading them.
    parties : PartyColumns or None
        The two party columns and how they were found; None where `reason` says why not.
    reason : str
        One sentence, or nothing.
    understanding : Understanding
        Of the party columns of the first rows.
    cells : mapping of text to int
        How often each text occurs in them.
    blank : int
        Cells of both in these rows that hold nothing.
    notes : tuple of str
        What was understood of the form, as sentences.
    """

    columns: tuple[str, ...]
    first: pa.Table
    rows: int | None
    parties: PartyColumns | None
    reason: str
    understanding: Understanding
    cells: Mapping[str, int]
    blank: int
    notes: tuple[str, ...]


def preview(tables: Tables, source: Path, columns: tuple[str, str] | None = None) -> Preview:
    """Look at the first rows of a table of pairs.

    Parameters
    ----------
    tables : Tables
        With the teams that may be named.
    source : Path
        A file, a folder of Parquet files, or a pattern for them.
    columns : tuple of str, optional
        The two party columns; guessed when omitted.

    Raises
    ------
    BulkError
        The table cannot be read at all.
    """
    from analysis.bulk.duckdb_engine import DuckDB  # noqa: PLC0415 - heavy

    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        held = open_source(find_files(source), Path(folder), most=_ENOUGH)
        with closing(DuckDB(Path(folder) / "spill")) as engine:
            first = engine.fetch(ex.sample(engine.rows(held)))
        parties, reason = None, ""
        try:
            parties = party_columns(tables, held, columns, lambda: first)
        except BulkError as error:
            reason = str(error)
        cells: dict[str, int] = {}
        for name in real_columns(parties.pair) if parties else ():
            for text, count in texts_of_cells(first.column(name)).items():
                cells[text] = cells.get(text, 0) + count
        if parties and isinstance(parties.b, Always):
            cells[str(parties.b)] = cells.get(parties.b, 0) + first.num_rows
        rows = held.rows
        if rows is None and first.num_rows < SAMPLED:
            rows = first.num_rows
        return Preview(
            held.columns, first, rows, parties, reason, understand(tables, cells), cells,
            _blank(first, parties), held.notes,
        )  # fmt: skip


def _blank(first: pa.Table, parties: PartyColumns | None) -> int:
    names = real_columns(parties.pair) if parties else ()
    held = [cell for name in names for cell in first[name].to_pylist()]
    return sum(
        cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())  # noqa: PLR0124 - NaN
        for cell in held
    )
