"""What a bulk job does in its thread: it runs, and looks at what it wrote. Nothing of Streamlit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from analysis.errors import InputError

FIRST_ROWS = 8


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
    """

    report: Any
    first: Any
    reasons: Any


def _first_added(first: Any, parties: tuple[str, str], added: tuple[str, ...]) -> Any:
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


def work(
    request: Any,
    shown: Any,
    tables: Any,
    tell: Callable[[Any], None],
    stopped: Callable[[], bool],
) -> Done:
    """Run a job and look at what it wrote.

    `shown` is the request with the names that a person gave their files: the JSON beside the result
    quotes that one, so that no path of this server leaves it.
    """
    run = resolve_name("analysis.bulk.job:run")  # loads the engine
    report = run(request, tables, progress=tell, stopped=stopped)
    told = json.loads(report.report.read_text("utf-8"))
    told["command"] = resolve_name("analysis.bulk.job:command_of")(tables, shown)
    report.report.write_text(
        json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n"
    )
    try:
        look = resolve_name("analysis.bulk.job:preview")
        seen = look(tables, report.out, report.columns.pair).first.slice(0, FIRST_ROWS)
        first = _first_added(seen, report.columns.pair, report.added)
    except (InputError, ValueError):  # Arrow's own errors are values that do not fit
        first = None
    left_out = report.left_out
    reasons = resolve_name("analysis.bulk.reasons:reasons_in")(left_out) if left_out else None
    return Done(report, first, reasons)
