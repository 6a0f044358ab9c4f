"""A bulk job from beginning to end: files in, files out, or nothing but a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from analysis.bulk import expression as ex
from analysis.bulk.columns import PartyColumns, party_columns
from analysis.bulk.engine import Engine, Finder, Progress, Watch
from analysis.bulk.formulas import may_lead, without_formulas
from analysis.bulk.names import Understanding, understand
from analysis.bulk.outcomes import (
    Counts,
    Distribution,
    Outcomes,
    count_outcomes,
    reasons_by_pair,
)
from analysis.bulk.output import Place, check_output, check_rows, left_out_path, report_path
from analysis.bulk.pair_table import column_names, pair_table
from analysis.bulk.preview import Preview, preview
from analysis.bulk.report import (
    citation_of,
    command_of,
    report_object,
    report_text,
    settings_object,
)
from analysis.bulk.request import HOW_TO_NAME, Request
from analysis.bulk.sources import (
    Source,
    check_unchanged,
    find_files,
    fingerprints,
    open_source,
)
from analysis.comparison import References, plain_references
from analysis.errors import BulkError
from analysis.friction.reference import plain_friction_references
from analysis.knowledge import load_knowledge
from analysis.tables import Tables
from analysis.words import join

__all__ = ["Distribution", "Outcomes", "Preview", "Progress", "Report", "command_of", "preview",
           "run"]  # fmt: skip

MOST_TEXTS = 1_000_000
"""Different texts in both party columns: there are some thousand ways to write all parties, so
columns with more are no party columns, and each text costs memory."""

_COUNTING, _PAIRS, _WRITING, _LEFT_OUT = (
    "Reading the names", "Computing the pairs", "Writing the result", "Writing what is left out",
)  # fmt: skip
_FEW = 0.1
"""Up to this share of rows without a value it is quicker to pick them out and put them in order: at
1.2 of 50 million rows 1.4 seconds against 3.3, at 20 of 50 million 29 against 20."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a job did.

    Attributes
    ----------
    rows : int
        Rows of the input, all of which stand in the result.
    with_value : mapping of measure id to int
        Rows that got a value.
    understood : mapping of text to (profile id, cells)
        What each text in the party columns was taken for, and in how many cells.
    unknown : mapping of text to (reason, cells)
        Texts that are no party; at most `names.MOST_NAMED` of them, the most frequent first.
    unknown_texts : int
        How many there are in all.
    outcomes : Outcomes
        Rows by what became of them.
    columns : PartyColumns
        The two party columns and how they were found.
    added : tuple of str
        Names of the columns that were added.
    distribution : mapping of measure id to Distribution
        The different values with the rows that have each.
    notes : tuple of str
        What a person should know of the input, as sentences.
    files : tuple of Path
        What was read.
    out, report : Path
        The result, and the JSON beside it.
    left_out : Path or None
        The rows without any value, where there are some.
    data_version : str
    settings, engine : mapping
        As they stand in the JSON.
    citation : str
        BibTeX of the scores and the measures.
    """

    rows: int
    with_value: Mapping[str, int]
    understood: Mapping[str, tuple[str, int]]
    unknown: Mapping[str, tuple[str, int]]
    unknown_texts: int
    outcomes: Outcomes
    columns: PartyColumns
    added: tuple[str, ...]
    distribution: Mapping[str, Distribution]
    notes: tuple[str, ...]
    files: tuple[Path, ...]
    out: Path
    left_out: Path | None
    report: Path
    data_version: str
    settings: Mapping[str, Any]
    engine: Mapping[str, Any]
    citation: str


def run(
    request: Request,
    tables: Tables,
    *,
    progress: Callable[[Progress], None] | None = None,
    stopped: Callable[[], bool] | None = None,
    references: References | None = None,
) -> Report:
    """Run a job; its files appear under their names only when all of them are whole.

    Parameters
    ----------
    request : Request
    tables : Tables
        With the teams and editions that may be named.
    progress : callable, optional
        Told of each stage and, several times a second, of its share.
    stopped : callable, optional
        Asked as often whether to stop.
    references : References, optional
        Cached ones of the caller, of the same tables; else computed for this job.

    Raises
    ------
    BulkError
        Something in the way that a person can mend, in one sentence.
    BulkStopped
        `stopped` said so.
    SettingsError
        Topics are asked for under a framework that they do not rest on.
    """
    watch = Watch(progress, stopped)
    added = column_names(load_knowledge(), request.measures, request.extras)
    files = find_files(request.source)
    check_output(request.out, files, request.source)
    before = fingerprints(files)
    with Place(request.out) as place:
        watch.tell(_COUNTING)
        source = open_source(files, place.folder)
        _check_new_names(source, added)
        with closing(_engine(request, place)) as engine:
            job = _Job(request, tables, engine, source, tuple(added), watch, place)
            report = job.run(files, references or _kept_references(tables))
        place.write_report(report_text(report_object(tables, request, report)))
        check_unchanged(before)
        watch.tell(_WRITING, 1.0)
        place.publish()
    return report


@dataclass(frozen=True, eq=False)
class _Job:
    request: Request
    tables: Tables
    engine: Engine
    source: Source
    added: tuple[str, ...]
    watch: Watch
    place: Place

    def run(self, files: tuple[Path, ...], references: References) -> Report:
        """Write result and left-out rows into the place; say what was done."""
        request, engine, tables = self.request, self.engine, self.tables
        rows = engine.rows(self.source)
        columns = party_columns(
            tables, self.source, request.columns, lambda: engine.fetch(ex.sample(rows))
        )
        parties = engine.parties(self.source, columns.pair, self.watch, _COUNTING)
        kept = engine.keep(
            "parley_pairs_of_texts", ex.pairs_of(parties, columns.pair), self.watch, _COUNTING
        )
        texts = self._texts(kept, columns)
        understanding = understand(tables, texts)
        self.watch.tell(_PAIRS)
        profiles = understanding.profiles
        pairs = pair_table(
            load_knowledge(), references,
            lru_cache(maxsize=32)(plain_friction_references(load_knowledge(), references)),
            profiles, request.settings, request.measures, request.extras,
            lambda share: self.watch.tell(_PAIRS, share),
        )  # fmt: skip
        names = engine.lookup("parley_names", ex.names_lookup(understanding, profiles), texts=texts)
        coded = engine.fetch(ex.coded_pairs(kept, names, self._find))
        counts = count_outcomes(coded, pairs, request.measures)
        check_rows(request.out, counts.outcomes.rows, len(self.source.columns) + len(self.added))
        as_text = request.out.suffix.lower() in {".csv", ".tsv"}
        lookup = engine.lookup("parley_pairs", ex.pairs_lookup(pairs), as_text=as_text)
        found = ex.results(rows, columns.pair, names, lookup, self.added, self._find)
        result = ex.output(found, self.source.columns, self.added, self._types(rows))
        if as_text:
            plain = set() if may_lead(texts) else set(columns.pair)
            result = without_formulas(result, set(self.source.columns) - plain)
        self._write(result)
        if counts.outcomes.left_out:
            self._write_left_out(kept, columns, understanding, counts, names, texts)
        return self._report(files, columns, texts, understanding, counts)

    @property
    def _find(self) -> ex.Find:
        return self.engine.find if isinstance(self.engine, Finder) else ex.joined

    def _texts(self, kept: ir.Table, columns: PartyColumns) -> dict[str, int]:
        held = self.engine.fetch(ex.texts_of(kept, MOST_TEXTS + 1))
        if held.num_rows > MOST_TEXTS:
            raise BulkError(
                f"The columns “{columns.a}” and “{columns.b}” hold more than {MOST_TEXTS:,}"
                f" different texts, so they cannot be names of parties: {HOW_TO_NAME}."
            )
        cells = held.column("cells").to_pylist()
        return dict(zip(held.column("text").to_pylist(), cells, strict=True))

    def _types(self, rows: ir.Table) -> dict[str, ex.CellType]:
        """Columns of a text file go into another text file as they are, else as what they hold."""
        if self.source.kind != "text" or self.request.out.suffix.lower() in {".csv", ".tsv"}:
            return {}
        names = self.source.columns
        comma = self.source.dialect is not None and self.source.dialect.delimiter != ","
        asked = ex.fits(rows, names, comma=comma)
        kept = self.engine.keep("parley_fits", asked, self.watch, _COUNTING)
        return ex.cell_types(self.engine.fetch(kept).to_pylist()[0], names)

    def _write(self, result: ir.Table) -> None:
        if self.place.result.suffix != ".xlsx":
            self.engine.write(
                result, self.place.result, self.watch, _WRITING, in_order=self.request.keep_order
            )
            return
        from analysis.bulk.workbook_writer import write_workbook  # noqa: PLC0415 - heavy

        with self.engine.batches(result) as batches:
            write_workbook(
                result.columns, batches, self.place.result,
                lambda _: self.watch.tell(_WRITING),
            )  # fmt: skip

    def _write_left_out(
        self,
        kept: ir.Table,
        columns: PartyColumns,
        understanding: Understanding,
        counts: Counts,
        names: ir.Table,
        texts: Mapping[str, int],
    ) -> None:
        profiles = understanding.profiles
        reasons = reasons_by_pair(self.tables, profiles, counts.valueless, self.request.settings)
        why = ex.reasons_lookup(reasons, len(profiles))
        lookups = (
            names,
            self.engine.lookup("parley_unknown", ex.unknown_lookup(understanding), texts=texts),
            self.engine.lookup("parley_reasons", why),
        )
        numbered = self.engine.rows(self.source, numbered=True)
        if counts.outcomes.left_out > _FEW * counts.outcomes.rows:
            left_out = ex.left_out_in_place(numbered, columns.pair, *lookups, self._find)
        else:
            told = ex.told_pairs(kept, columns.pair, *lookups, self._find)
            told = self.engine.keep("parley_told", told, self.watch, _LEFT_OUT)
            left_out = ex.left_out(numbered, columns.pair, told)
        self.engine.write(left_out, self.place.left_out, self.watch, _LEFT_OUT)

    def _report(
        self,
        files: tuple[Path, ...],
        columns: PartyColumns,
        texts: Mapping[str, int],
        understanding: Understanding,
        counts: Counts,
    ) -> Report:
        out = self.request.out
        return Report(
            rows=counts.outcomes.rows,
            with_value=counts.with_value,
            understood={t: (p, texts[t]) for t, p in understanding.known.items()},
            unknown={t: (why, texts[t]) for t, why in understanding.unknown.items()},
            unknown_texts=understanding.unknown_texts,
            outcomes=counts.outcomes,
            columns=columns,
            added=self.added,
            distribution=counts.distribution,
            notes=self.source.notes,
            files=files,
            out=out,
            left_out=left_out_path(out) if counts.outcomes.left_out else None,
            report=report_path(out),
            data_version=self.tables.version,
            settings=settings_object(self.request.settings, self.request.extras),
            engine=self.engine.describe(),
            citation=citation_of(self.tables, self.request),
        )


def _engine(request: Request, place: Place) -> Engine:
    if request.engine == "spark":
        try:
            from analysis.bulk.spark_engine import Spark  # noqa: PLC0415 - heavy, optional
        except ImportError as error:
            raise BulkError(
                f"Spark is not installed here ({error.name}): install requirements-spark.txt, or"
                " leave out --engine spark."
            ) from error
        return Spark(place.spill, request.master)
    from analysis.bulk.duckdb_engine import DuckDB  # noqa: PLC0415 - heavy

    return DuckDB(place.spill)


def _check_new_names(source: Source, added: Sequence[str]) -> None:
    """Refuse to add a column beside one of the same name."""
    held = {name.casefold(): name for name in source.columns}
    taken = [held[name.casefold()] for name in added if name.casefold() in held]
    if taken:
        names = join([f"“{name}”" for name in taken[:5]])
        raise BulkError(
            f"The table already has {'columns' if len(taken) > 1 else 'a column'} called {names}:"
            f" rename or remove {'them' if len(taken) > 1 else 'it'} first."
        )


def _kept_references(tables: Tables) -> References:
    """Return references that compute each thing once for this job."""
    plain = plain_references(tables)
    return References(
        tables,
        lru_cache(maxsize=64)(plain.reference),
        lru_cache(maxsize=256)(plain.distances),
        lru_cache(maxsize=2)(plain.errors),
        lru_cache(maxsize=8)(plain.simulated),
    )
