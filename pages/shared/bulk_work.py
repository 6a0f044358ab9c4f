"""What a bulk job does in its thread: it runs, and looks at what it wrote. Nothing of Streamlit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from analysis.bulk.request import real_columns
from analysis.errors import BulkError, InputError

FIRST_ROWS = 8
MOST_WRITTEN, MOST_GROWTH = 2 * 1024**3, 50
"""Bytes of a result, and how many times the size of the table it may have on top. A Parquet file of
some kilobytes can hold a billion rows, or a text of megabytes in each of a million."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a job leaves.

    Attributes
    ----------
    report : object
    first : pyarrow Table or None
        Parties and additions in the first rows of its result, where they can be read.
    reasons : Reasons or None
        Why rows got no value, where some got none.
    names : mapping of Path to str
        What each file of the result is called by its person.
    """

    report: Any
    first: Any
    reasons: Any
    names: Mapping[Path, str]


def _first_added(first: Any, parties: tuple[str, ...], added: tuple[str, ...]) -> Any:
    """Return the parties and what was added, numbers with three decimals, to be looked at."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    shown = {name: first.column(name) for name in parties}
    for name in added:
        cells = first.column(name)
        if name not in {"k", "standing_a", "standing_b"}:
            filled = pc.if_else(
                pc.equal(cells.cast(pa.string()), ""), None, cells.cast(pa.string())
            )
            cells = pc.round(filled.cast(pa.float64()), 3)
        shown[name] = cells
    return pa.table(shown)


def _within_bounds(request: Any, tell: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return what is told of the progress, and ends a job whose result grows beyond all bounds."""
    files = resolve_name("analysis.bulk.sources:find_files")(request.source)
    most = MOST_WRITTEN + MOST_GROWTH * sum(path.stat().st_size for path in files)
    made = resolve_name("analysis.bulk.output:Place")(request.out).folder

    def told(progress: Any) -> None:
        if sum(_size(path) for path in made.rglob("*")) > most:
            raise BulkError(
                f"The result would be larger than {most / 1024**3:.1f} GB, far more than a table of"
                " this size gives: use the command line for it."
            )
        tell(progress)

    return told


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # a file on its way that is gone already
        return 0


def work(
    request: Any,
    shown: Any,
    tables: Any,
    tell: Callable[[Any], None],
    stopped: Callable[[], bool],
) -> Done:
    """Run a job and look at what it wrote.

    `shown` is the request with the names that a person gave their files: the JSON beside the result
    quotes those, so that it fits what they hold and no path of this server leaves it.
    """
    run = resolve_name("analysis.bulk.job:run")  # loads the engine
    report = run(request, tables, progress=_within_bounds(request, tell), stopped=stopped)
    told = json.loads(report.report.read_text("utf-8"))
    told["command"] = resolve_name("analysis.bulk.job:command_of")(tables, shown)
    beside = resolve_name("analysis.bulk.output:left_out_path")(shown.out)
    names = {report.out: shown.out.name, report.report: shown.out.with_suffix(".json").name}
    told["result"]["file"] = shown.out.name
    if report.left_out is not None:
        names[report.left_out] = told["result"]["left_out"] = beside.name
    if len(report.files) == 1:
        told["input"]["files"] = [shown.source.name]
    report.report.write_text(
        json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n"
    )
    try:
        look = resolve_name("analysis.bulk.job:preview")
        seen = look(tables, report.out, report.columns.pair).first.slice(0, FIRST_ROWS)
        first = _first_added(seen, real_columns(report.columns.pair), report.added)
    except (InputError, ValueError):  # Arrow's own errors are values that do not fit
        first = None
    left_out = report.left_out
    reasons = resolve_name("analysis.bulk.reasons:reasons_in")(left_out) if left_out else None
    return Done(report, first, reasons, names)
