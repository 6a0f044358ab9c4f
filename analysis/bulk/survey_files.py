"""The files of a survey, which appear under their names when all of them are whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from analysis.bulk.output import Place, cannot_write
from analysis.errors import BulkError
from analysis.words import join

ENDINGS = (".csv", ".tsv", ".parquet")
PARTS = ("questions", "pairs")
_LEADS_A_FORMULA = r"^\s*[=+\-@]|^[\t\r]"


def file_names(out: Path) -> dict[str, Path]:
    """Return where each file goes: the groups where asked, the others beside with its name."""
    beside = {part: out.with_name(f"{out.stem}-{part}{out.suffix}") for part in PARTS}
    return {"groups": out, **beside, "report": out.with_name(f"{out.stem}.json")}


def check_place(out: Path, files: Sequence[Path]) -> None:
    """Refuse a result that cannot be, before anything is read.

    Raises
    ------
    BulkError
        The ending is none that is written, the folder is not there, or a file would replace the
        input.
    """
    if out.suffix.lower() not in ENDINGS:
        raise BulkError(
            f"“{out.name}” is no kind of table that a survey gives: choose a name that ends in"
            f" {join(ENDINGS, 'or')}."
        )
    if not out.parent.is_dir():
        raise BulkError(f"The folder “{out.parent}” is not there: make it, or choose another.")
    read = {path.resolve() for path in files}
    for path in file_names(out).values():
        if path.is_dir():
            raise BulkError(f"“{path}” is a folder: give the result another name.")
        if path.resolve() in read:
            raise BulkError(
                f"The result would replace “{path.name}”, which is read: choose another name."
            )


class SurveyFiles:
    """The files in the making; a context manager that leaves nothing behind unless published.

    Attributes
    ----------
    folder, spill : Path
        For what an engine must write down on its way.
    names : mapping of what to Path
        Of the files that were made.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._place = Place(out)
        self.folder, self.spill = self._place.folder, self._place.spill
        self.names: dict[str, Path] = {}

    def __enter__(self) -> Self:
        self._place.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._place.__exit__(kind, error, trace)

    def write_tables(self, what: str, tables: Iterable[pa.Table]) -> None:
        """Write a table that comes in parts with the same columns, at least one.

        Raises
        ------
        BulkError
            The disk is full or refuses.
        """
        path = self._add(what)
        writer = None
        try:
            for table in tables:
                if writer is None:
                    writer = _writer(path, table.schema)
                writer.write_table(_harmless(table) if path.suffix != ".parquet" else table)
            if writer is not None:
                writer.close()
        except OSError as error:
            raise BulkError(cannot_write(self._out, error)) from error

    def write_text(self, what: str, text: str) -> None:
        """Write a text in UTF-8.

        Raises
        ------
        BulkError
            The disk is full or refuses.
        """
        try:
            self._add(what).write_bytes(text.encode())
        except OSError as error:
            raise BulkError(cannot_write(self._out, error)) from error

    def publish(self) -> None:
        """Give the files their names, the table of groups last; no older file stays beside it.

        Raises
        ------
        BulkError
            A name cannot be taken.
        """
        names = file_names(self._out)
        try:
            for what in ("report", *PARTS, "groups"):
                if what in self.names:
                    self._made(what).replace(names[what])
                else:
                    names[what].unlink(missing_ok=True)
        except OSError as error:
            raise BulkError(cannot_write(self._out, error)) from error

    def _add(self, what: str) -> Path:
        self.names[what] = file_names(self._out)[what]
        return self._made(what)

    def _made(self, what: str) -> Path:
        return self.folder / f"{what}{self.names[what].suffix.lower()}"


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter | pyarrow.csv.CSVWriter:
    if path.suffix == ".parquet":
        return pq.ParquetWriter(path, schema, compression="zstd")
    options = pyarrow.csv.WriteOptions(
        delimiter="\t" if path.suffix == ".tsv" else ",", quoting_style="needed"
    )
    return pyarrow.csv.CSVWriter(path, schema, write_options=options)


def _harmless(table: pa.Table) -> pa.Table:
    """Put an apostrophe before names that a spreadsheet would read as a formula."""
    for place, field in enumerate(table.schema):
        if field.name in {"group", "group_a", "group_b", "question"}:
            texts = table.column(place)
            led = pc.match_substring_regex(texts, _LEADS_A_FORMULA)
            safe = pc.if_else(led, pc.binary_join_element_wise("'", texts, ""), texts)
            table = table.set_column(place, field, safe)
    return table
