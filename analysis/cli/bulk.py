"""Many pairs at once: `distances` for a table of them, `matrix` for all that there are."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, get_args

from analysis.bulk.request import Always, Engine, Extras, Request
from analysis.cli.files import day, write_whole
from analysis.cli.options import add_settings, settings_of
from analysis.cli.teams import ENDINGS, read_file
from analysis.comparison import plain_references
from analysis.errors import BulkStopped, InputError, SettingsError
from analysis.measures.registry import MEASURES
from analysis.settings import Settings
from analysis.tables import Tables
from analysis.teams.party import with_teams
from analysis.words import join, one_line

if TYPE_CHECKING:
    from analysis.bulk.job import Progress, Report

ALL = "all"
_FEW = 3


def add_distances(commands: Any) -> None:
    """Add the command `distances` to those that there are."""
    parser = commands.add_parser(
        "distances", help="add distances to a table of pairs of any length"
    )
    parser.add_argument(
        "source", metavar="PAIRS", type=Path,
        help=".csv, .tsv, .xlsx or .parquet, a folder of Parquet, or a pattern in quotes",
    )  # fmt: skip
    parser.add_argument(
        "--out", required=True, metavar="OUT", type=Path,
        help="the same table with more columns: .parquet, .csv, .tsv or .xlsx; rows left out and"
        " a JSON go beside it",
    )  # fmt: skip
    parser.add_argument(
        "--columns", metavar="A,B", help="the two columns of parties (default: guessed, and said)"
    )
    parser.add_argument(
        "--with", dest="other_side", metavar="PARTY",
        help="the other side of every row, where one column holds parties: a code or a name",
    )  # fmt: skip
    parser.add_argument(
        "--measure", action="append", metavar="ID",
        help=f"{ALL}, or one of {', '.join(MEASURES)}; several times for several (default"
        " konara_mohr)",
    )  # fmt: skip
    for extra, what in (
        ("k", "the number of dimensions that the pair shares"),
        ("percentile", "each measure's rank among the reference pairs"),
        ("interval", "the middle 95 %% of each measure, and of its rank"),
        ("standing", "whether each side's scores are published, regional or your own"),
        ("topics", "the severity of each friction topic, and the overall figure"),
        ("all-extras", "all five of these"),
    ):
        parser.add_argument(f"--{extra}", action="store_true", help=f"add {what}")
    parser.add_argument("--unordered", action="store_true", help="rows may come out in any order")
    parser.add_argument(
        "--team", action="append", type=Path, default=[], metavar="FILE",
        help="a team's file, whose name then is a party; several times for several",
    )  # fmt: skip
    parser.add_argument(
        "--engine", choices=get_args(Engine), default="duckdb",
        help="duckdb on this machine, or spark",
    )  # fmt: skip
    parser.add_argument(
        "--master", default="local[*]", metavar="URL", help="Spark's cluster (default %(default)s)"
    )
    add_settings(parser, measure=False)
    parser.set_defaults(run=_distances)


def add_matrix(commands: Any) -> None:
    """Add the command `matrix` to those that there are."""
    parser = commands.add_parser("matrix", help="write the distances of all pairs of parties")
    parser.add_argument(
        "--out", required=True, metavar="FILE", type=Path, help="a .csv, .parquet or .xlsx file"
    )
    parser.add_argument(
        "--measure", default="konara_mohr", metavar="ID",
        help=f"{ALL} for a row a pair, or for a square one of {', '.join(MEASURES)}",
    )  # fmt: skip
    parser.add_argument(
        "--date", type=day, default=None, metavar="YYYY-MM-DD",
        help="printed on the file (default: today)",
    )  # fmt: skip
    add_settings(parser, measure=False)
    parser.set_defaults(run=_matrix)


def _distances(tables: Tables, options: argparse.Namespace) -> None:
    from analysis.bulk import job  # noqa: PLC0415 - loads the engine, which other commands need not

    for path in options.team:
        tables = _with_team_file(tables, path)
    measures = _measures(tables, options)
    request = Request(
        source=options.source,
        out=options.out,
        settings=settings_of(tables, options, measures[0]),
        measures=measures,
        extras=Extras(
            **{f.name: options.all_extras or getattr(options, f.name) for f in fields(Extras)}
        ),
        columns=_columns(options.columns, options.other_side),
        keep_order=not options.unordered,
        engine=options.engine,
        master=options.master,
        teams=tuple(options.team),
        framework_file=_framework_file(options),
    )
    with _interruptible(), _progress_line() as tell:
        report = job.run(request, tables, progress=tell)
    for sentence in understood_sentences(report):
        print(one_line(sentence), file=sys.stderr)
    print(result_sentence(report))


def _with_team_file(tables: Tables, path: Path) -> Tables:
    if path.suffix.lower() not in ENDINGS:
        raise InputError(
            f"“{path}” is no team’s file: give a name that ends in {join(ENDINGS, 'or')}."
        )
    found = read_file(tables, path)
    if not found.teams:
        raise InputError(f"“{path}” holds no team that can be used.")
    return with_teams(tables, [*tables.own.values(), *found.teams])  # type: ignore[list-item]


def _measures(tables: Tables, options: argparse.Namespace) -> tuple[str, ...]:
    """Return the measures asked for, each once; each is checked as a setting."""
    given = [part.strip() for text in options.measure or ["konara_mohr"]
             for part in text.split(",")]  # fmt: skip
    if ALL in given:
        usual = settings_of(tables, options, "konara_mohr")
        dimensions = len(tables.frameworks[usual.framework].dimensions)
        return tuple(m.id for m in MEASURES.values() if m.fewest_dimensions <= dimensions)
    for measure in given:
        settings_of(tables, options, measure)
    return tuple(dict.fromkeys(given))


def _columns(text: str | None, other_side: str | None) -> tuple[str, str] | None:
    if other_side is not None:
        if "," in (text or ""):
            raise SettingsError(
                "With --with the table has one column of parties: write it as --columns country."
            )
        return (text or "").strip(), Always(other_side)
    if text is None:
        return None
    names = [name.strip() for name in text.split(",")]
    if len(names) != 2 or not all(names):
        raise SettingsError(
            f"“{text[:60]}” names no two columns: write them as --columns exporter,importer."
        )
    return names[0], names[1]


def _framework_file(options: argparse.Namespace) -> Path | None:
    given = getattr(options, "framework_given", options.framework)
    return Path(given) if given != options.framework else None


def understood_sentences(report: Report) -> list[str]:
    """Return what was understood of the input, in a few sentences."""
    said = [*report.notes, report.columns.sentence]
    parties = {party for party, _ in report.understood.values()}
    said.append(
        f"Understood {len(report.understood):,} different texts as {len(parties):,} parties."
        if parties
        else "No text in these columns names a party."
    )
    for text, (reason, cells) in list(report.unknown.items())[:_FEW]:
        shown = text if len(text) <= 40 else f"{text[:37]}..."
        said.append(f"“{shown}” in {cells:,} {'cell' if cells == 1 else 'cells'}: {reason}")
    more = report.unknown_texts - _FEW
    if more > 0:
        said.append(f"{more:,} more texts name no party: see {report.report.name}.")
    return said


def result_sentence(report: Report) -> str:
    """Return what came of a job: rows, values, and what was left out for which reason."""
    outcomes = report.outcomes
    with_value = f"{report.rows:,} rows, {outcomes.with_value:,} with a distance"
    reasons = [
        f"{count:,} {what}"
        for count, what in (
            (outcomes.empty, "empty"),
            (outcomes.one_sided, "with one side only"),
            (outcomes.unknown, "with an unknown name"),
            (outcomes.same_party, "with the same party twice"),
            (outcomes.no_distance, "of pairs that share too few scores"),
        )
        if count
    ]
    if not reasons or report.left_out is None:
        return f"{report.out}: {with_value}."
    return f"{report.out}: {with_value}; {join(reasons)} (listed in {report.left_out.name})."


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let an interrupt and a termination end the job in order, with a sentence."""
    status = {"signal": signal.SIGINT}

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        status["signal"] = signal.Signals(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except (KeyboardInterrupt, BulkStopped):
        print("The job was stopped: nothing was written.", file=sys.stderr)
        raise SystemExit(128 + status["signal"]) from None
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress_line() -> Iterator[Any]:
    """Show how far a job is on one line, where someone is looking."""
    if not sys.stderr.isatty():
        yield None
        return

    def tell(progress: Progress) -> None:
        share = "" if progress.share is None else f" {progress.share:.0%}"
        print(f"\r\x1b[K{progress.stage}{share}", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _matrix(tables: Tables, options: argparse.Namespace) -> None:
    from analysis.exports.matrix_table import (  # noqa: PLC0415 - loads the writers
        ENDINGS as MATRIX_ENDINGS,
    )
    from analysis.exports.matrix_table import matrix_table  # noqa: PLC0415

    whole = options.measure == ALL
    settings: Settings = settings_of(tables, options, "konara_mohr" if whole else options.measure)
    ending = options.out.suffix.lower()
    if ending not in MATRIX_ENDINGS:
        raise InputError(
            f"“{options.out}” is no table that Parley writes here: choose a name that ends in"
            f" {join(MATRIX_ENDINGS, 'or')}."
        )
    printed = options.date or datetime.now().astimezone().date()
    measure = None if whole else options.measure
    references = plain_references(tables)
    write_whole(options.out, matrix_table(references, settings, measure, ending, printed))
    what = "every measure" if whole else MEASURES[options.measure].label
    parties = len(tables.frameworks[settings.framework].profile_ids)
    print(
        f"{options.out}: {what} between {parties} parties; a pair without a distance has an empty"
        " cell."
    )
