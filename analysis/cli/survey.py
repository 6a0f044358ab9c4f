"""`survey`: VSM indices by group and F_ST by pair of groups, from any number of respondents."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, get_args

from analysis.bulk.request import Engine
from analysis.errors import BulkError
from analysis.tables import Tables
from analysis.words import join


def add_survey(commands: Any) -> None:
    """Add the command to those that there are."""
    parser = commands.add_parser(
        "survey", help="score a survey of any size by group, and compare all groups"
    )
    parser.add_argument(
        "file", metavar="FILE", type=Path,
        help="a row for each respondent: .csv, .tsv, .parquet, a folder or pattern of Parquet",
    )  # fmt: skip
    parser.add_argument("--group", required=True, metavar="COLUMN", help="who belongs together")
    parser.add_argument(
        "--out", required=True, metavar="OUT", type=Path,
        help="the table of groups, .csv, .tsv or .parquet; pairs, shares of answers and a JSON go"
        " beside it",
    )  # fmt: skip
    parser.add_argument(
        "--vsm", action="store_true", help="score the VSM 2013 (questions q01 to q24)"
    )
    parser.add_argument(
        "--fst", action="store_true",
        help="cultural F_ST of all pairs of groups; without --vsm and --fst both are done",
    )  # fmt: skip
    parser.add_argument(
        "--questions", metavar="LIST", help="columns that F_ST rests on (default: q01 to q24)"
    )
    parser.add_argument(
        "--options", type=int, default=5, metavar="N", help="answers are 1 to N (default 5)"
    )
    parser.add_argument("--weight", metavar="COLUMN", help="how much a respondent counts")
    parser.add_argument(
        "--constants", metavar="LIST",
        help="points added to an index, the manual's C, such as pdi:20,idv:35 (default 0)",
    )  # fmt: skip
    parser.add_argument(
        "--engine",
        choices=get_args(Engine),
        default="duckdb",
        help="duckdb on this machine, or spark",
    )
    parser.add_argument(
        "--master", default="local[*]", metavar="URL", help="Spark's cluster (default %(default)s)"
    )
    parser.set_defaults(run=run_command)


def run_command(tables: Tables, options: argparse.Namespace) -> None:
    """Run the command.

    Raises
    ------
    BulkError
        Anything in the way that a person can mend.
    """
    # pyarrow and the engine take their time: only who asks for a survey waits for them.
    from analysis.bulk.survey import SurveyRequest, run_survey  # noqa: PLC0415

    questions = tuple(one.strip() for one in (options.questions or "").split(",") if one.strip())
    both = not options.vsm and not options.fst
    report = run_survey(
        SurveyRequest(
            options.file, options.out, options.group,
            vsm=options.vsm or (both and not questions),
            fst=options.fst or both,
            questions=questions, weight=options.weight, options=options.options,
            constants=_constants(options.constants), engine=options.engine, master=options.master,
        ),
        tables,
    )  # fmt: skip
    counts = report.counts
    beside = [path.name for what, path in report.files.items() if what != "groups"]
    print(
        f"{options.out}: {len(counts.groups):,} {'group' if len(counts.groups) == 1 else 'groups'},"
        f" {int(counts.respondents.sum()):,} respondents of {report.rows:,} rows; beside it"
        f" {join(beside)}."
    )
    for caution in report.cautions:
        print(caution, file=sys.stderr)


def _constants(text: str | None) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        index, _, points = part.partition(":")
        try:
            found[index.strip().lower()] = float(points)
        except ValueError:
            raise BulkError(
                f"“{part.strip()[:40]}” is no constant: write such as pdi:20,idv:35."
            ) from None
    return found
