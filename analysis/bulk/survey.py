"""A survey of any number of respondents: VSM indices by group, F_ST by pair of groups.

The engine counts (`survey_counting`); what is left is small and computed here with NumPy
(`survey_scores`). Beside the result stand the shares of answers by group and question, the pairs of
groups, and a JSON with settings, counts and citation; all appear when all are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from analysis.bulk import survey_counting as counting
from analysis.bulk.engine import Engine, Progress, Watch
from analysis.bulk.request import Engine as EngineName
from analysis.bulk.sources import (
    Source,
    check_unchanged,
    find_files,
    fingerprints,
    open_source,
)
from analysis.bulk.survey_columns import SurveyColumns, find_columns
from analysis.bulk.survey_files import SurveyFiles, check_place, file_names
from analysis.bulk.survey_report import cautions, report_text
from analysis.bulk.survey_scores import (
    SurveyCounts,
    gather,
    group_indices,
    pair_fst,
)
from analysis.bulk.survey_tables import group_table, pair_tables, question_table
from analysis.errors import BulkError
from analysis.tables import Tables
from analysis.teams.vsm import INDICES

MOST_GROUPS = 20_000
"""Groups beyond which the column is rather a number of the respondent: 200 million pairs."""

_READING, _COUNTING, _SCORING = "Reading the answers", "Counting", "Scoring groups and pairs"


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """What is asked of a survey.

    Attributes
    ----------
    source : Path
        CSV, TSV or Parquet, a folder or pattern of Parquet; a row for each respondent.
    out : Path
        Where the table of groups goes, .csv or .parquet; the other files take its name.
    group : str
        Column that says to which group a respondent belongs.
    vsm, fst : bool
        Whether to score the VSM 2013 by group, and to compute F_ST by pair of groups.
    questions : tuple of str
        Columns that F_ST rests on; empty for the questions of the VSM.
    weight : str or None
        Column that says how much a respondent counts.
    options : int
        Answers are 1 to this [2..10]; the VSM has 5.
    constants : mapping of index to points
        Added to an index: the C of the manual. 0 where not given.
    engine : str
        `duckdb`, or `spark` with `master` as the cluster's address.
    """

    source: Path
    out: Path
    group: str
    vsm: bool = True
    fst: bool = True
    questions: tuple[str, ...] = ()
    weight: str | None = None
    options: int = 5
    constants: Mapping[str, float] = field(default_factory=dict)
    engine: EngineName = "duckdb"
    master: str = "local[*]"


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """What became of a survey.

    Attributes
    ----------
    counts : SurveyCounts
    rows, without_group, without_weight : int
        Rows of the file, and those that were left out.
    columns : SurveyColumns
        What the columns were taken for.
    cautions : tuple of str
        Sentences that belong beside the numbers.
    notes : tuple of str
        What was understood of the file's form.
    engine : mapping
        Name and version.
    inputs : tuple of Path
    files : mapping of what to Path
        `groups`, `questions`, `pairs` (where there are two groups) and `report`.
    """

    counts: SurveyCounts
    rows: int
    without_group: int
    without_weight: int
    columns: SurveyColumns
    cautions: tuple[str, ...]
    notes: tuple[str, ...]
    engine: Mapping[str, Any]
    inputs: tuple[Path, ...]
    files: Mapping[str, Path]


def run_survey(
    request: SurveyRequest,
    tables: Tables,
    *,
    progress: Callable[[Progress], None] | None = None,
    stopped: Callable[[], bool] | None = None,
) -> SurveyReport:
    """Count and score a survey; its files appear under their names only when all are whole.

    Parameters
    ----------
    request : SurveyRequest
    tables : Tables
        For the data version and the citation.
    progress, stopped : callable, optional
        Told of each stage; asked whether to stop.

    Raises
    ------
    BulkError
        Something in the way that a person can mend, in one sentence.
    BulkStopped
        `stopped` said so.
    """
    _check(request)
    watch = Watch(progress, stopped)
    files = find_files(request.source)
    check_place(request.out, files)
    before = fingerprints(files)
    with SurveyFiles(request.out) as out:
        watch.tell(_READING)
        source = open_source(files, out.folder)
        columns = find_columns(
            source, request.group, request.weight, request.questions,
            vsm=request.vsm, fst=request.fst,
        )  # fmt: skip
        with closing(_engine(request, out.spill)) as engine:
            rows, counts = _count(engine, source, columns, request.options, watch)
            described = engine.describe()
        check_unchanged(before)
        watch.tell(_SCORING)
        _write(out, request, columns, counts, watch)
        made = {*out.names, "report"}
        report = SurveyReport(
            counts, rows["rows"], rows["no_group"], rows.get("no_weight", 0), columns,
            cautions(counts, counts.columns, rows, request.options), source.notes, described,
            files, {k: v for k, v in file_names(request.out).items() if k in made},
        )  # fmt: skip
        out.write_text("report", report_text(tables, request, report))
        out.publish()
    return report


def _check(request: SurveyRequest) -> None:
    if not request.vsm and not request.fst:
        raise BulkError("There is nothing to compute: ask for the VSM, for F_ST or for both.")
    if not 2 <= request.options <= counting.MOST_OPTIONS:
        raise BulkError(
            f"Answers cannot be 1 to {request.options}: give 2 to {counting.MOST_OPTIONS} options."
        )
    if request.vsm and request.options != 5:
        raise BulkError(
            f"The VSM 2013 has 5 options, not {request.options}: score it in a run of its own."
        )
    for index, points in request.constants.items():
        if index not in INDICES or not isfinite(points):
            raise BulkError(
                f"“{index}:{points}” is no constant of an index: write such as pdi:20,idv:35."
            )


def _engine(request: SurveyRequest, spill: Path) -> Engine:
    if request.engine == "spark":
        from analysis.bulk.spark_engine import Spark  # noqa: PLC0415 - heavy, optional

        return Spark(spill, request.master)
    from analysis.bulk.duckdb_engine import DuckDB  # noqa: PLC0415 - heavy

    return DuckDB(spill)


def _count(
    engine: Engine, source: Source, columns: SurveyColumns, options: int, watch: Watch
) -> tuple[dict[str, int], SurveyCounts]:
    rows: ir.Table = engine.rows(source)
    _check_types(rows, columns)
    (told,) = engine.fetch(counting.left_out(rows, columns.group, columns.weight)).to_pylist()
    weighted = columns.weight is not None
    if weighted and told["largest"] is None:
        raise BulkError(f"The column “{columns.weight}” holds no weight above 0.")
    codes = counting.coded(
        rows, columns.group, columns.bundles, options, columns.weight, told.get("largest") or 1.0
    )
    kept = engine.keep("parley_answers", codes, watch, _COUNTING)
    groups = engine.fetch(counting.groups(kept))
    if not groups.num_rows:
        raise BulkError(f"No row has a group: the column “{columns.group}” is empty.")
    if groups.num_rows > MOST_GROUPS:
        raise BulkError(
            f"The column “{columns.group}” holds {groups.num_rows:,} different groups, more than"
            f" {MOST_GROUPS:,}: name a column that puts respondents into groups."
        )
    found = engine.fetch(counting.counts(kept, len(columns.bundles), options, weighted=weighted))
    counts = gather(groups, found, columns.bundles, source.columns, options, weighted=weighted)
    if not counts.valid.any():
        raise BulkError(
            f"No answer is a whole number from 1 to {options}: check which columns hold them."
        )
    # Engines give sums as whole numbers or as decimals without any.
    left = {name: int(value) for name, value in told.items() if name != "largest"}
    return left, counts


def _check_types(rows: ir.Table, columns: SurveyColumns) -> None:
    answers = [name for bundle in columns.bundles for name in bundle.columns]
    for name in [*answers, *filter(None, [columns.weight])]:
        kind = rows[name].type()
        if not (kind.is_string() or kind.is_numeric()) or kind.is_boolean():
            raise BulkError(f"The column “{name}” holds {kind}, not numbers: name another.")
    kind = rows[columns.group].type()
    if not (kind.is_string() or kind.is_integer()):
        raise BulkError(
            f"The column “{columns.group}” holds {kind}: a group is a text or a whole number."
        )


def _write(
    out: SurveyFiles,
    request: SurveyRequest,
    columns: SurveyColumns,
    counts: SurveyCounts,
    watch: Watch,
) -> None:
    indices = group_indices(counts, columns.vsm) if request.vsm else None
    out.write_tables("groups", [group_table(counts, indices, request.constants)])
    out.write_tables("questions", [question_table(counts)])
    if len(counts.groups) < 2:
        return
    fst = pair_fst(counts, columns.fst) if request.fst else None
    pairs = pair_tables(counts, fst, indices, counts.places(columns.fst))

    def told() -> Iterator[pa.Table]:
        for done, table in enumerate(pairs):
            watch.tell(_SCORING, done / len(counts.groups))
            yield table

    out.write_tables("pairs", _joined(told()))


def _joined(parts: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Return tables of some thousand rows: a file of many small parts is slow to read."""
    held: list[pa.Table] = []
    rows = 0
    for part in parts:
        held.append(part)
        rows += part.num_rows
        if rows >= 100_000:
            yield pa.concat_tables(held).combine_chunks()
            held, rows = [], 0
    if held:
        yield pa.concat_tables(held).combine_chunks()
