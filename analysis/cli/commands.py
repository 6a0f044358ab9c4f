"""The commands, their options, and what each does.

Exit status 0, also for a pair that has no distance but a reason; 2 for bad input, with one sentence
on standard error.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from analysis.cli.files import add_out, check_ending, exported, exported_subject, write_whole
from analysis.cli.teams import ENDINGS, find_party, show_team_file
from analysis.cli.text import as_text
from analysis.comparison import Comparison, References, compare, plain_references
from analysis.deal import EXAMPLE, Deal
from analysis.errors import DealError, InputError
from analysis.exports.as_json import comparison_object
from analysis.friction.assessment import Friction, assess
from analysis.friction.reference import plain_friction_references
from analysis.knowledge import Knowledge, load_knowledge
from analysis.link import View, read_dimensions, read_weights
from analysis.matrix import distance_matrix
from analysis.measures.registry import MEASURES
from analysis.profiles import build_profile
from analysis.sentences import (
    source_line,
)
from analysis.settings import (
    DEFAULT_FRAMEWORK,
    REFERENCE_RULES,
    SEVERITY_RULES,
    Settings,
    default_settings,
    make_settings,
)
from analysis.strategy.deal_file import LARGEST_FILE, read_deal
from analysis.tables import Tables, load_tables

_EXAMPLES = """\
examples:
  python -m analysis compare NLD CHN
  python -m analysis compare Holland "South Korea" --json
  python -m analysis compare USA JPN --reference all --unrounded --dimensions pdi,idv,mas,uai
  python -m analysis compare NLD CHN --out comparison.xlsx
  python -m analysis brief NLD CHN --deal docs/deal.yaml --out brief.pptx
  python -m analysis brief NLD CHN --out gaps.svg --chart gaps --dark
  python -m analysis team data/templates/members-example.csv
  python -m analysis compare our-team.csv CHN
  python -m analysis countries
  python -m analysis matrix --measure mahalanobis --out matrix.csv
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}; see `{self.prog} --help`.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        tables = load_tables()
        options.run(tables, options)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, `head` for instance, has seen enough
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m analysis",
        description="How far apart two parties' scores lie, how sure that is, and where.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    two = commands.add_parser("compare", help="compare two parties, in words or as JSON")
    two.add_argument(
        "a", metavar="A", help="our side: an ISO code or a name, such as NLD, or a team's file"
    )
    two.add_argument("b", metavar="B", help="their side, such as CHN")
    two.add_argument("--json", action="store_true", help="print one JSON object")
    add_out(two, required=False)
    _add_settings(two)
    two.set_defaults(run=_compare)
    paper = commands.add_parser("brief", help="write the preparation brief for two parties")
    paper.add_argument("a", metavar="A", help="our side")
    paper.add_argument("b", metavar="B", help="their side")
    paper.add_argument(
        "--deal", type=Path, metavar="FILE", help=f"the deal; {EXAMPLE} is a commented example"
    )
    add_out(paper, required=True)
    _add_settings(paper)
    paper.set_defaults(run=_brief)
    own = commands.add_parser("team", help="what a team's file holds, and what comes of it")
    own.add_argument("file", metavar="FILE", type=Path, help=f"one of {', '.join(ENDINGS)}")
    own.add_argument("--json", action="store_true", help="print one JSON object")
    own.set_defaults(run=show_team_file)
    listing = commands.add_parser("countries", help="list every party and how many scores it has")
    listing.add_argument("--json", action="store_true", help="print a JSON array")
    listing.set_defaults(run=_countries)
    table = commands.add_parser("matrix", help="write the distances of all pairs of countries")
    table.add_argument("--out", required=True, metavar="FILE", type=Path, help="a .csv file")
    _add_settings(table)
    table.set_defaults(run=_matrix)
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("settings", "the same as in the app, with its defaults")
    group.add_argument("--framework", default=DEFAULT_FRAMEWORK, metavar="ID", help="%(default)s")
    group.add_argument(
        "--measure", default="konara_mohr", metavar="ID", help=f"one of {', '.join(MEASURES)}"
    )
    group.add_argument(
        "--reference", default="complete", metavar="SET",
        help="; ".join(f"{rule.id}: {rule.description}" for rule in REFERENCE_RULES.values()),
    )  # fmt: skip
    group.add_argument("--dimensions", metavar="LIST", help="classic, or such as pdi,idv,mas,uai")
    group.add_argument("--weights", metavar="LIST", help="such as mas:0.5,uai:0; default 1 each")
    group.add_argument(
        "--severity", default="closed_form", metavar="RULE",
        help=f"how a topic's severity is found: {', '.join(SEVERITY_RULES)}",
    )  # fmt: skip
    group.add_argument(
        "--published-only", action="store_true", help="no score of a region stands in for a country"
    )
    group.add_argument(
        "--unrounded", action="store_true", help="scores as the publisher's sheet holds them"
    )
    group.add_argument(
        "--score-error", type=float, default=7.5, metavar="POINTS",
        help="standard error of a published score, 5 to 10 (default %(default)s)",
    )  # fmt: skip
    group.add_argument(
        "--between-share", type=float, default=0.2, metavar="SHARE",
        help="share of the variation that lies between countries, 0.1 to 0.3 (default %(default)s)",
    )  # fmt: skip


def _settings(tables: Tables, options: argparse.Namespace) -> Settings:
    return make_settings(
        tables,
        framework=options.framework,
        dimensions=read_dimensions(tables, options.framework, options.dimensions),
        weights=read_weights(options.weights),
        measure=options.measure,
        reference=options.reference,
        published_only=options.published_only,
        unrounded=options.unrounded,
        score_error=options.score_error,
        between_share=options.between_share,
        severity=options.severity,
    )


def _compare(tables: Tables, options: argparse.Namespace) -> None:
    if options.out:
        check_ending(options)
    comparison, knowledge, references, friction = _assessed(tables, options, Deal())
    said = as_text(references.tables, comparison, knowledge, friction)
    if options.out:
        view = View(comparison.a.id, comparison.b.id, (), comparison.settings)
        subject = exported_subject(references, knowledge, view, comparison, friction, options)
        write_whole(options.out, exported(subject, options))
        print(f"{options.out}: {said.partition(chr(10) * 2)[0].replace(chr(10), ' ')}")
    elif options.json:
        found = comparison_object(knowledge, comparison, friction)
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print(said)


def _assessed(
    tables: Tables, options: argparse.Namespace, deal: Deal
) -> tuple[Comparison, Knowledge, References, Friction]:
    settings = _settings(tables, options)
    tables, a = find_party(tables, options.a)
    tables, b = find_party(tables, options.b)
    references, knowledge = plain_references(tables), load_knowledge()
    comparison = compare(references, a, b, settings)
    against = plain_friction_references(knowledge, references)
    friction = assess(knowledge, references, against, comparison, deal)
    return comparison, knowledge, references, friction


def _brief(tables: Tables, options: argparse.Namespace) -> None:
    check_ending(options)
    deal = _deal(options.deal) if options.deal else Deal()
    comparison, knowledge, references, friction = _assessed(tables, options, deal)
    view = View(comparison.a.id, comparison.b.id, (), comparison.settings, deal)
    subject = exported_subject(
        references, knowledge, view, comparison, friction, options, with_brief=True
    )
    write_whole(options.out, exported(subject, options))
    if subject.brief:
        said = f"{' '.join(subject.brief.sentences)} {subject.brief.orientation.verdict}."
        print(f"{options.out}: {said}")


def _deal(path: Path) -> Deal:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"“{path}” is too large for a deal file: keep it below 64 KB.")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"“{path}” cannot be read ({error.strerror}): name a deal file such as {EXAMPLE}."
        ) from error
    except UnicodeDecodeError:
        raise InputError(f"“{path}” is no text in UTF-8: save it as UTF-8.") from None
    try:
        return read_deal(text, load_knowledge().friction.effects)
    except DealError as error:
        raise DealError(f"{path.name}: {error}") from None


def _countries(tables: Tables, options: argparse.Namespace) -> None:
    settings = default_settings(tables)
    listed: list[dict[str, Any]] = []
    for record in tables.profiles.values():
        profile = build_profile(tables, record.id, settings)
        listed.append(
            {
                "id": record.id,
                "name": record.name,
                "kind": record.kind,
                "other_names": list(record.other_names),
                "published": len(profile.dimensions_with("published")),
                "regional": len(profile.dimensions_with("regional")),
                "missing": len(profile.dimensions_with("missing")),
            }
        )
    if options.json:
        print(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    head = ["id", "name", "kind", "published", "regional", "missing", "other names"]
    rows = [head] + [
        [str(row[key]) for key in head[:-1]] + [", ".join(row["other_names"])] for row in listed
    ]
    widths = [max(len(row[c]) for row in rows) for c in range(len(head))]
    for row in rows:
        line = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(line).rstrip())


def _matrix(tables: Tables, options: argparse.Namespace) -> None:
    settings = _settings(tables, options)
    if options.out.suffix.lower() != ".csv":
        raise InputError(f"“{options.out}” is no CSV file: choose a name that ends in .csv.")
    ids = [record.id for record in tables.profiles.values() if record.kind == "country"]
    matrix = distance_matrix(plain_references(tables), ids, settings, settings.measure)
    try:
        with options.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["", *ids])
            for profile_id, distances in zip(ids, matrix.tolist(), strict=True):
                writer.writerow([profile_id, *("" if isnan(d) else d for d in distances)])
    except OSError as error:
        raise InputError(
            f"“{options.out}” cannot be written ({error.strerror}): choose another place."
        ) from error
    pairs = int(np.isfinite(matrix[np.triu_indices(len(ids), 1)]).sum())
    print(
        f"{options.out}: {MEASURES[settings.measure].label}, {len(ids)} countries, {pairs:,} pairs"
        f" with a distance, the others empty. {source_line(tables, settings.framework)}"
    )
