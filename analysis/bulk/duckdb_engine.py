"""DuckDB: embedded, streaming, larger than memory; nothing is fetched from any network."""

from __future__ import annotations

import glob
import os
import re
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from math import isqrt
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from analysis.bulk.delimited import Dialect
from analysis.bulk.engine import Watch
from analysis.bulk.expression import ROW
from analysis.bulk.request import real_columns
from analysis.bulk.sources import Source
from analysis.errors import BulkError
from analysis.words import one_line

MEMORY = "1GiB"
"""What DuckDB may hold; what is beyond goes to the spill folder."""

_POLL = 0.1
_ROW_GROUP = 122_880
_BATCH = 65_536
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_FULL = ("No space left", "File too large", "max_temp_directory", "disk quota")
_MIXED = (
    "The table mixes two kinds of line ends or of quotation marks: open it in a spreadsheet or text"
    " program and save it again."
)
_WIDTH = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")


class DuckDB:
    """An engine of `analysis.bulk.engine` on one machine.

    Parameters
    ----------
    spill : Path
        A folder for what does not fit into memory.
    threads : int, optional
        As many as there are processors when omitted.
    """

    def __init__(self, spill: Path, threads: int | None = None, memory: str = MEMORY) -> None:
        self._connection = duckdb.connect(
            config={
                "memory_limit": memory,
                "threads": threads or os.cpu_count() or 1,
                "temp_directory": str(spill),
                "preserve_insertion_order": True,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        for setting in (
            "enable_progress_bar = true", "enable_progress_bar_print = false",
            "progress_bar_time = 0",
        ):  # fmt: skip
            self._connection.execute(f"SET {setting}")
        self._ibis = ibis.duckdb.from_connection(self._connection)
        self._lengths: dict[str, int] = {}
        self._parties = spill / "parties.parquet"

    def rows(self, source: Source, *, numbered: bool = False) -> ir.Table:
        """Return the input, columns by their own names; `numbered` adds `expression.ROW`."""
        files = ", ".join(_quoted(glob.escape(str(path))) for path in source.files)
        if numbered and self._parties.exists():
            origin = f"read_parquet({_quoted(glob.escape(str(self._parties)))})"
        elif source.dialect is not None:
            origin = _csv(files, source.columns, source.dialect)
        else:
            origin = f"read_parquet([{files}], hive_partitioning = false)"
        name = "parley_numbered" if numbered else "parley_rows"
        number = ""
        if numbered:
            # Counting over all rows takes one thread; a Parquet file knows the number of each.
            alone = (source.dialect is None or self._parties.exists()) and len(source.files) == 1
            known = alone and "file_row_number" not in map(str.casefold, source.columns)
            number = f", {'file_row_number + 1' if known else 'row_number() OVER ()'} AS {ROW}"
        with _told():
            above = self._folder_columns(source)
            self._connection.execute(
                f"CREATE OR REPLACE VIEW {name} AS SELECT *{above}{number} FROM {origin}"  # noqa: S608
            )
            return self._ibis.table(name)

    def _folder_columns(self, source: Source) -> str:
        """Return what to select for them: a list of values, by the place of the file."""
        said = ""
        for place, column in enumerate(source.folder_columns):
            kind = "BIGINT" if column.is_whole else "VARCHAR"
            held = f"parley_folder_{place}"
            self._connection.execute(f"SET VARIABLE {held} = ?::{kind}[]", [list(column.values)])
            at = f"getvariable('{held}')[(file_index + 1)::BIGINT]"
            said += f", {at} AS {_column(column.name)}"
        return said

    def parties(
        self, source: Source, columns: tuple[str, str], watch: Watch, stage: str, /
    ) -> ir.Table:
        """Return a table with the party columns, for counting; those of a text file are kept.

        A text file does not know the number of a row, and to number its rows it is read on one
        thread; a Parquet file of the two columns knows it and is read in no time.
        """
        rows = self.rows(source)
        taken = {name.casefold() for name in columns} & {"file_row_number", "file_index"}
        if source.dialect is None or taken:
            return rows
        cells = ", ".join(_column(name) for name in real_columns(columns))
        target = _quoted(str(self._parties))
        self._run(
            f"COPY (SELECT {cells} FROM parley_rows) TO {target} (FORMAT parquet, COMPRESSION lz4)",  # noqa: S608
            watch, stage,
        )  # fmt: skip
        return self.rows(source, numbered=True)

    def lookup(
        self, name: str, table: pa.Table, *, texts: Collection[str] = (), as_text: bool = False
    ) -> ir.Table:
        """Return a small table in the engine, by texts or dense by two places."""
        run = self._connection.execute
        self._take(name, table)
        if "text" in table.column_names and table.num_rows:
            # A text that an enumeration lacks takes a hundred times as long as one that it has
            # (2.0.0 words the fault that nobody reads), so it has them all.
            held = table.column("text").to_pylist()
            known = set(held)
            every = [*held, *(text for text in texts if text not in known)]
            self._take(f"{name}_texts", pa.table({"text": pa.array(every, pa.string())}))
            run(f"CREATE TYPE {name}_text AS ENUM (SELECT text FROM {name}_texts ORDER BY rowid)")  # noqa: S608
            run(
                f"CREATE TEMP MACRO {name}_place(cell) AS"
                f" enum_code(TRY_CAST(cell AS {name}_text))::INTEGER + 1"
            )
        if as_text:
            self._hold_as_text(name, table)
        for place, column in enumerate(table.column_names):
            held = f"{name}_{place}"
            listed = f"SELECT list({_column(column)} ORDER BY rowid) FROM {name}"  # noqa: S608
            run(f"SET VARIABLE {held} = ({listed})")
            run(f"CREATE TEMP MACRO {held}_at(place) AS getvariable('{held}')[place]")
        self._lengths[name] = table.num_rows
        return self._ibis.table(name)

    def _take(self, name: str, table: pa.Table) -> None:
        self._connection.register("parley_given", table)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM parley_given")
        self._connection.unregister("parley_given")

    def _hold_as_text(self, name: str, table: pa.Table) -> None:
        """Turn numbers into an enumeration of what stands for them in a file.

        Writing a number in digits costs more than looking it up, and there are as many different
        ones as pairs of parties, not as rows.
        """
        run = self._connection.execute
        for place, field in enumerate(table.schema):
            if not pa.types.is_floating(field.type) or table[place].null_count == table.num_rows:
                continue
            held, cell = f"{name}_{place}_number", _column(field.name)
            run(
                f"CREATE TYPE {held} AS ENUM (SELECT DISTINCT {cell}::VARCHAR FROM {name}"  # noqa: S608
                f" WHERE {cell} IS NOT NULL ORDER BY 1)"
            )
            run(f"ALTER TABLE {name} ALTER {cell} TYPE {held} USING {cell}::VARCHAR::{held}")

    def find(
        self, rows: ir.Table, lookup: ir.Table, keys: Mapping[str, str], taken: Mapping[str, str]
    ) -> ir.Table:
        """Return all rows with columns of a lookup, in their order.

        A join here does not keep the order of the rows on several threads (tried in 2.0.0), and
        sorting millions of rows anew costs more than the whole job. A text finds its place by an
        enumeration instead, and two places find their results in a list.
        """
        name = lookup.get_name()
        if not self._lengths[name]:
            return rows.mutate(**{new: ibis.null(lookup[old].type()) for new, old in taken.items()})
        if "text" in keys:
            place = _function(f"{name}_place", "string")(rows[keys["text"]])
        else:
            first, second = (rows[column] for column in keys.values())
            inside = ((first >= 0) & (second >= 0)).fill_null(False)
            flat = first * isqrt(self._lengths[name]) + second + 1
            place = ibis.ifelse(inside, flat, ibis.null("int32")).cast("int32")
        columns = {
            new: _function(
                f"{name}_{lookup.columns.index(old)}_at", "int32", str(lookup[old].type())
            )(place)
            for new, old in taken.items()
        }
        return rows.mutate(**columns)

    def keep(self, name: str, expression: ir.Table, watch: Watch, stage: str) -> ir.Table:
        """Compute a table once, for several uses."""
        self._run(f"CREATE TEMP TABLE {name} AS {self._sql(expression)}", watch, stage)
        return self._ibis.table(name)

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Return a small result."""
        with _told():
            found = self._connection.sql(self._sql(expression)).to_arrow_table()
        # A sum is of 128 bits here, which Arrow knows as a decimal only.
        wide = [pa.types.is_decimal(field.type) and field.type.scale == 0 for field in found.schema]
        return found.cast(
            pa.schema(
                pa.field(f.name, pa.int64()) if is_sum else f
                for f, is_sum in zip(found.schema, wide, strict=True)
            )
        )

    @contextmanager
    def batches(self, expression: ir.Table) -> Iterator[Iterator[pa.RecordBatch]]:
        """Return a result piece by piece, in the order of the input."""
        with _told():
            yield self._connection.sql(self._sql(expression)).to_arrow_reader(_BATCH)

    def write(
        self, expression: ir.Table, path: Path, watch: Watch, stage: str, *, in_order: bool = True
    ) -> None:
        """Write a result as one file, Parquet or CSV by its ending."""
        if path.suffix.lower() == ".parquet":
            form = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}"
        else:
            delimiter = "\t" if path.suffix.lower() in {".tsv", ".tab"} else ","
            form = f"FORMAT csv, HEADER true, DELIMITER {_quoted(delimiter)}"
        self._connection.execute(f"SET preserve_insertion_order = {str(in_order).lower()}")
        target = _quoted(str(path))
        try:
            self._run(f"COPY ({self._sql(expression)}) TO {target} ({form})", watch, stage)
        finally:
            self._connection.execute("SET preserve_insertion_order = true")

    def describe(self) -> dict[str, Any]:
        """Return name and version, for the report."""
        return {"name": "duckdb", "version": duckdb.__version__}

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()

    def _sql(self, expression: ir.Table) -> str:
        return str(self._ibis.compile(expression))

    def _run(self, sql: str, watch: Watch, stage: str) -> None:
        """Run a statement beside, telling how far it is; what ends the wait ends the statement."""
        with _told():
            _beside(
                lambda: self._connection.execute(sql),
                lambda: watch.tell(stage, self._share()),
                self._connection.interrupt,
            )

    def _share(self) -> float | None:
        percentage = self._connection.query_progress()
        return min(percentage / 100, 1.0) if percentage >= 0 else None


def _beside(work: Callable[[], object], meanwhile: Callable[[], None],
            interrupt: Callable[[], None]) -> None:  # fmt: skip
    failed: list[BaseException] = []
    # Not `join`: broken off by an interrupt, it takes the thread for ended (Python 3.11).
    done = threading.Event()

    def target() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=target, name="parley-bulk", daemon=True)
    thread.start()
    try:
        meanwhile()
        while not done.wait(_POLL):
            meanwhile()
    except BaseException:
        while not done.wait(_POLL):  # an interrupt before the statement starts would be lost
            interrupt()
        raise
    if failed:
        raise failed[0]


def _csv(files: str, columns: tuple[str, ...], dialect: Dialect) -> str:
    named = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in columns)
    return (
        f"read_csv([{files}], columns = {{{named}}}, delim = {_quoted(dialect.delimiter)},"
        f" skip = {dialect.skipped}, header = true, auto_detect = false, quote = '\"',"
        " escape = '\"', strict_mode = true, allow_quoted_nulls = false)"
    )


def _function(name: str, argument: str, result: str = "int32") -> Callable[[ir.Value], ir.Value]:
    """Return a function of the engine, for expressions."""

    def call(argument: ir.Value) -> ir.Value:  # never run: the engine has its own
        raise NotImplementedError

    made: Callable[[ir.Value], ir.Value] = ibis.udf.scalar.builtin(
        call, name=name, signature=((argument,), result)
    )
    return made


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _told() -> Iterator[None]:
    """Turn the engine's faults into sentences."""
    try:
        yield
    except duckdb.Error as error:
        if "CSV" in str(error) and "invalid state" in str(error):
            raise BulkError(_MIXED) from error
        raise BulkError(_sentence(error)) from error


def _sentence(error: duckdb.Error) -> str:
    said = str(error)
    if line := _LINE.search(said):
        return _sentence_of_line(line[1], said)
    if isinstance(error, duckdb.OutOfMemoryException):
        return (
            f"The job needs more than {MEMORY.replace('GiB', ' GiB')} of memory, or the disk beside"
            " the result is full: free space there, or use --engine spark."
        )
    if any(words in said for words in _FULL):
        return "The disk is full, so nothing was written: free space or choose another place."
    what = one_line(said.partition("\n")[0].partition(": ")[2][:200]).rstrip(".")
    why = f" ({what})" if what else ""
    return f"The table is damaged or cannot be read or written{why}: make it again."


def _sentence_of_line(line: str, said: str) -> str:
    if width := _WIDTH.search(said):
        return (
            f"Line {line} has {width[2]} cells where the first line has {width[1]}: put quotation"
            " marks around cells that hold the sign between cells."
        )
    if "unterminated quote" in said:
        return f"The quotation mark that opens in line {line} is never closed: mend that line."
    return f"Line {line} cannot be read as a row: compare its quotation marks and its cells."
