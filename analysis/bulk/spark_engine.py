"""Spark: on this machine by default, on any cluster by its address.

Nothing listens but on this machine where the cluster is local, and nothing is fetched. On a cluster
input, result and the folder of the result must lie where every worker reaches them.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from analysis.bulk.engine import Watch
from analysis.bulk.expression import ROW
from analysis.bulk.sources import Source
from analysis.bulk.spark_texts import quoted_line_ends, without_lines
from analysis.errors import BulkError

with warnings.catch_warnings():
    # Said of pandas 3, through which nothing here goes: results come as Arrow.
    warnings.simplefilter("ignore", FutureWarning)
    import pyspark
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession

MEMORY = "1g"
"""What the Java process may hold for its objects; larger work goes to the spill folder."""

_POLL = 0.1
_PARTITION_BYTES = 64 * 1024 * 1024
_NO_JAVA = (
    "Spark needs Java 17 or later, and there is none: install your system's package, such as"
    " Debian's openjdk-17-jre-headless, or leave out --engine spark."
)


class Spark:
    """An engine of `analysis.bulk.engine` on Spark.

    Parameters
    ----------
    spill : Path
        A folder for what does not fit into memory.
    master : str
        The cluster's address; `local[*]` for the processors of this machine.
    memory : str
        Of the driver, and of the whole where the cluster is local, as Spark writes it.

    Raises
    ------
    BulkError
        There is no Java, or the cluster does not answer.
    """

    def __init__(self, spill: Path, master: str = "local[*]", memory: str = MEMORY) -> None:
        _check_java()
        self._spill = spill
        self._local = master.startswith("local")
        self._session = _started(master, memory, spill)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            self._ibis = ibis.pyspark.connect(self._session)
        self._kept: list[DataFrame] = []

    def rows(self, source: Source, *, numbered: bool = False) -> ir.Table:
        """Return the input, columns by their own names; `numbered` adds `expression.ROW`."""
        with _told():
            frame = self._read(source)
            if numbered:
                frame = _numbered(frame)
            return self._table("parley_numbered" if numbered else "parley_rows", frame)

    def parties(self, source: Source, *_: object) -> ir.Table:
        """Return the input itself, for counting."""
        return self.rows(source)

    def lookup(self, name: str, table: pa.Table, **_: object) -> ir.Table:
        """Return a small table in the engine, sent whole to each worker where it is joined."""
        from pyspark.sql.functions import broadcast  # noqa: PLC0415 - the session must stand

        with _told():
            return self._table(name, broadcast(self._session.createDataFrame(table)))

    def keep(self, name: str, expression: ir.Table, watch: Watch, stage: str) -> ir.Table:
        """Compute a table once, for several uses."""
        from pyspark import StorageLevel  # noqa: PLC0415 - the session must stand

        with _told():
            frame = self._frame(expression).persist(StorageLevel.MEMORY_AND_DISK)
            self._kept.append(frame)
            self._run(frame.count, watch, stage)
            return self._table(name, frame)

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Return a small result."""
        with _told():
            return self._frame(expression).toArrow()

    @contextmanager
    def batches(self, expression: ir.Table) -> Iterator[Iterator[pa.RecordBatch]]:
        """Return a result piece by piece, in the order of the input."""
        folder = self._spill / "batches.parquet"
        with _told():
            self._frame(expression).write.mode("overwrite").parquet(str(folder))
        try:
            yield _batches(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def write(
        self, expression: ir.Table, path: Path, watch: Watch, stage: str, *, in_order: bool = True
    ) -> None:
        """Write a result: a folder of Parquet parts by that name, or one text file.

        Parts are numbered in the order of the input: Spark keeps it where joins are with lookups.
        """
        del in_order  # the rows are in order either way
        parts = path.with_name(f"{path.name}.parts")
        with _told():
            frame = self._frame(expression)
            if path.suffix.lower() == ".parquet":
                writer = frame.write.option("compression", "zstd")
                self._run(lambda: writer.parquet(str(parts)), watch, stage)
                _plain_names(parts)
                parts.replace(path)
                return
            delimiter = "\t" if path.suffix.lower() in {".tsv", ".tab"} else ","
            options: dict[str, str | bool] = {
                "header": False, "sep": delimiter, "escape": '"', "emptyValue": "",
                "lineSep": "\n", "ignoreLeadingWhiteSpace": False,
                "ignoreTrailingWhiteSpace": False,
            }  # fmt: skip
            self._run(lambda: frame.write.options(**options).csv(str(parts)), watch, stage)
        _joined(parts, path, _text_line(frame.columns, delimiter))
        shutil.rmtree(parts)

    def describe(self) -> dict[str, Any]:
        """Return name and version, for the report."""
        return {"name": "spark", "version": pyspark.__version__}

    def close(self) -> None:
        """Stop the session, and on this machine the Java process with it."""
        for frame in self._kept:
            frame.unpersist()
        _stop(self._session)

    def _read(self, source: Source) -> DataFrame:
        paths = [str(path.resolve()) for path in source.files]
        if source.dialect is None:
            # One by one: Spark reads several files together by their size, largest first.
            frames = [
                _with_folder_columns(self._session.read.parquet(path), source, place)
                for place, path in enumerate(paths)
            ]
            return reduce(DataFrame.union, frames)
        if source.dialect.skipped:
            paths = [str(without_lines(path, self._spill, source.dialect.skipped))
                     for path in source.files]  # fmt: skip
        schema = ", ".join(f"`{name.replace('`', '``')}` STRING" for name in source.columns)
        return self._session.read.csv(
            paths, schema=schema, sep=source.dialect.delimiter, header=True, enforceSchema=True,
            quote='"', escape='"', mode="FAILFAST", multiLine=quoted_line_ends(source),
            lineSep=None, emptyValue="", nullValue="",
            ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False,
        )  # fmt: skip

    def _frame(self, expression: ir.Table) -> DataFrame:
        return self._session.sql(str(self._ibis.compile(expression)))

    def _table(self, name: str, frame: DataFrame) -> ir.Table:
        frame.createOrReplaceTempView(name)
        return self._ibis.table(name)

    def _run(self, work: Callable[[], object], watch: Watch, stage: str) -> None:
        """Run a job beside, telling how far it is; what ends the wait ends the job."""
        failed: list[BaseException] = []

        def target() -> None:
            try:
                work()
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=target, name="parley-bulk", daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                watch.tell(stage, self._share())
                thread.join(_POLL)
        except BaseException:
            while thread.is_alive():  # a job may begin after an earlier call
                self._session.sparkContext.cancelAllJobs()
                thread.join(_POLL)
            raise
        if failed:
            raise failed[0]

    def _share(self) -> float | None:
        """Return how many tasks of the stages at work are done."""
        tracker = self._session.sparkContext.statusTracker()
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        tasks = sum(stage.numTasks for stage in stages if stage)
        done = sum(stage.numCompletedTasks for stage in stages if stage)
        return done / tasks if tasks else None


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None or not Path(java).exists():
        raise BulkError(_NO_JAVA)


def _started(master: str, memory: str, spill: Path) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("Parley")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.driver.memory": memory,
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.files.maxPartitionBytes": str(_PARTITION_BYTES),
        "spark.sql.files.openCostInBytes": "0",
        "spark.sql.autoBroadcastJoinThreshold": str(64 * 1024 * 1024),
        # Java that is made for one wide sum takes longer to compile than the sum takes without.
        "spark.sql.codegen.maxFields": "50",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    }
    if master.startswith("local"):
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.local.dir": str(spill.resolve()),
            "spark.sql.warehouse.dir": str(spill.resolve() / "warehouse"),
            "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
        }
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        with _quiet():
            return builder.getOrCreate()
    except Exception as error:  # py4j's own, with pages of Java behind it
        raise BulkError(f"Spark does not start with “{master}”: {_first_line(error)}") from error


def _stop(session: SparkSession) -> None:
    gateway: Any = session.sparkContext._gateway
    session.stop()
    process = getattr(gateway, "proc", None)
    gateway.shutdown()
    if isinstance(process, subprocess.Popen):
        if process.stdin is not None:
            process.stdin.close()  # Java ends when the one who started it does
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
    from pyspark import SparkContext  # noqa: PLC0415 - only now is there one

    # Else the next session would talk to the process that has ended.
    SparkContext._gateway = SparkContext._jvm = None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Java prints while it starts from a person's terminal."""
    held = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(held, 2)
        os.close(held)
        os.close(nothing)


def _with_folder_columns(frame: DataFrame, source: Source, place: int) -> DataFrame:
    from pyspark.sql.functions import lit  # noqa: PLC0415 - the session must stand

    for column in source.folder_columns:
        kind = "bigint" if column.is_whole else "string"
        frame = frame.withColumn(column.name, lit(column.values[place]).cast(kind))
    return frame


def _numbered(frame: DataFrame) -> DataFrame:
    """Add the place of each row in the input: those of the parts before, and that in its own."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - the session must stand

    part, inside = "parley_part", "parley_inside"
    placed = frame.withColumn(part, f.spark_partition_id()).withColumn(
        inside, f.monotonically_increasing_id().bitwiseAND((1 << 33) - 1)
    )
    counts = {row[part]: row["count"] for row in placed.groupBy(part).count().collect()}
    before, total = {}, 0
    for number in sorted(counts):
        before[number] = total
        total += counts[number]
    starts = frame.sparkSession.createDataFrame(
        pa.table({part: pa.array(before, pa.int32()), ROW: pa.array(before.values(), pa.int64())})
    )
    joined = placed.join(f.broadcast(starts), part)
    columns = [joined[_ticked(name)] for name in frame.columns]
    return joined.select(*columns, (joined[ROW] + joined[inside] + 1).alias(ROW))


def _ticked(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def _batches(folder: Path) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    for part in sorted(folder.glob("part-*.parquet")):
        yield from pq.ParquetFile(part).iter_batches()


def _plain_names(parts: Path) -> None:
    """Leave the parts alone, by their number: Spark puts a random name behind it."""
    for path in sorted(parts.iterdir()):
        if path.name.startswith("part-"):
            path.replace(parts / f"{path.name[:10]}.parquet")
        else:
            path.unlink()


def _joined(parts: Path, path: Path, header: str) -> None:
    try:
        with path.open("wb") as out:
            out.write(header.encode())
            for part in sorted(parts.glob("part-*")):
                with part.open("rb") as file:
                    shutil.copyfileobj(file, out, 1 << 20)
    except OSError as error:
        raise BulkError(_no_space(error.strerror or "")) from error


def _text_line(cells: list[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue()


@contextmanager
def _told() -> Iterator[None]:
    """Turn the engine's faults into sentences."""
    try:
        yield
    except PySparkException as error:
        raise BulkError(_sentence(str(error))) from error
    except OSError as error:
        raise BulkError(_no_space(error.strerror or str(error))) from error
    except Exception as error:
        if type(error).__module__.startswith("py4j"):
            raise BulkError(_sentence(str(error))) from error
        raise


def _sentence(said: str) -> str:
    if "MALFORMED_RECORD" in said:
        return (
            "A row has more or fewer cells than the first line, or a quotation mark that is never"
            " closed: compare the rows, or run the job with --engine duckdb, which names the line."
        )
    if "OutOfMemoryError" in said:
        return "The job needs more memory than Spark has here: use --engine duckdb or a cluster."
    if "No space left" in said:
        return _no_space("")
    if "FAILED_READ_FILE" in said or "CANNOT_READ" in said:
        return "A file is damaged or went away while it was read: make it again."
    return f"Spark gave up: {_first_line(said)}"


def _no_space(said: str) -> str:
    if said and "space" not in said:
        return f"A file cannot be read or written ({said})."
    return "The disk is full, so nothing was written: free space or choose another place."


def _first_line(said: object) -> str:
    lines = [line.strip() for line in str(said).splitlines() if line.strip()]
    return (lines[0] if lines else type(said).__name__)[:200]
