"""What a job asks of the engine that it runs on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import ibis.expr.types as ir
import pyarrow as pa

from analysis.bulk.sources import Source
from analysis.errors import BulkStopped

STOPPED = "The job was stopped: nothing was written."


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: what it does now, and the share of that stage [0..1] where known."""

    stage: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Watch:
    """Whom a job tells how far it is, and whom it asks whether to go on."""

    progress: Callable[[Progress], None] | None = None
    stopped: Callable[[], bool] | None = None

    def tell(self, stage: str, share: float | None = None) -> None:
        """Say what is done now.

        Raises
        ------
        BulkStopped
            The job is not wanted any more.
        """
        if self.stopped is not None and self.stopped():
            raise BulkStopped(STOPPED)
        if self.progress is not None:
            self.progress(Progress(stage, share))


class Engine(Protocol):
    """Where the expressions of `analysis.bulk.expression` run.

    Each takes and gives Ibis tables of its own backend. Faults that a person can mend (a damaged
    file, a full disk) are raised as `BulkError` in one sentence.
    """

    def rows(self, source: Source, *, numbered: bool = False) -> ir.Table:
        """Return the input, columns by their own names; `numbered` adds `expression.ROW`.

        Cells of a text file are texts; an empty one is null.
        """

    def parties(
        self, source: Source, columns: tuple[str, str], watch: Watch, stage: str, /
    ) -> ir.Table:
        """Return a table with the party columns, for counting.

        What it costs to read them is spent once: `rows` with `numbered` may rest on it, and has
        these columns at least.
        """

    def lookup(
        self, name: str, table: pa.Table, *, texts: Collection[str] = (), as_text: bool = False
    ) -> ir.Table:
        """Return a small table in the engine.

        Parameters
        ----------
        name : str
        table : pyarrow Table
        texts : collection of str
            All that will be looked up by text, also those that the table lacks: some engines find
            the better what they know of.
        as_text : bool
            Its numbers only go into a file of text: an engine may hold them as they will stand
            there.
        """

    def keep(self, name: str, expression: ir.Table, watch: Watch, stage: str) -> ir.Table:
        """Compute a table once, for several uses."""

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Return a small result."""

    def batches(self, expression: ir.Table) -> AbstractContextManager[Iterator[pa.RecordBatch]]:
        """Return a result piece by piece, in the order of the input."""

    def write(
        self, expression: ir.Table, path: Path, watch: Watch, stage: str, *, in_order: bool = True
    ) -> None:
        """Write a result as one file, Parquet or CSV by its ending; the path does not exist yet."""

    def describe(self) -> dict[str, Any]:
        """Return name and version, for the report."""

    def close(self) -> None:
        """Let go of everything."""


@runtime_checkable
class Finder(Protocol):
    """An engine whose joins are not the best way to look up; see `expression.Find`."""

    def find(
        self, rows: ir.Table, lookup: ir.Table, keys: Mapping[str, str], taken: Mapping[str, str]
    ) -> ir.Table:
        """Return all rows with columns of a lookup, in their order."""
