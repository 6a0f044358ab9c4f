"""The commands, their options, and what each does.

Exit status 0, also for a pair that has no distance but a reason; 2 for bad input, 1 where a file
that ships is damaged, each with one sentence on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from analysis.cli.bulk import add_distances, add_matrix
from analysis.cli.editions import find_framework
from analysis.cli.files import (
    add_out,
    agreement_on,
    check_ending,
    exported,
    exported_subject,
    write_whole,
)
from analysis.cli.options import add_framework, add_settings, settings_of
from analysis.cli.survey import add_survey
from analysis.cli.teams import ENDINGS, find_party, show_team_file
from analysis.cli.text import as_text
from analysis.comparison import Comparison, References, compare, plain_references
from analysis.deal import EXAMPLE, Deal
from analysis.errors import DataError, DealError, InputError
from analysis.exports.as_json import comparison_object
from analysis.friction.assessment import Friction, assess
from analysis.friction.reference import plain_friction_references
from analysis.knowledge import Knowledge, load_knowledge
from analysis.link import View
from analysis.profiles import build_profile
from analysis.settings import (
    make_settings,
)
from analysis.strategy.deal_file import LARGEST_FILE, read_deal
from analysis.tables import Tables, load_tables
from analysis.words import one_line

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
  python -m analysis compare NLD CHN --framework newer-scores.csv
  python -m analysis countries
  python -m analysis matrix --measure mahalanobis --out matrix.csv
  python -m analysis distances pairs.csv --out distances.csv --measure kogut_singh --percentile
  python -m analysis distances trade.parquet --columns exporter,importer --out trade-cd.parquet
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
        if "framework" in options:
            options.framework_given = options.framework
            tables, options.framework = find_framework(tables, options.framework)
        options.run(tables, options)
        sys.stdout.flush()
    except InputError as error:
        print(one_line(str(error)), file=sys.stderr)
        return 2
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, `head` for instance, has seen enough
        sys.stderr.close()
    except OSError as error:
        what = f"“{error.filename}”" if error.filename else "The output"
        print(
            f"{what} cannot be read or written ({error.strerror}): make room, or choose another"
            " place.",
            file=sys.stderr,
        )
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the rest of it fails again at the end
        return 2
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
    add_settings(two)
    two.set_defaults(run=_compare)
    paper = commands.add_parser("brief", help="write the preparation brief for two parties")
    paper.add_argument("a", metavar="A", help="our side")
    paper.add_argument("b", metavar="B", help="their side")
    paper.add_argument(
        "--deal", type=Path, metavar="FILE", help=f"the deal; {EXAMPLE} is a commented example"
    )
    add_out(paper, required=True)
    add_settings(paper)
    paper.set_defaults(run=_brief)
    own = commands.add_parser("team", help="what a team's file holds, and what comes of it")
    own.add_argument("file", metavar="FILE", type=Path, help=f"one of {', '.join(ENDINGS)}")
    own.add_argument("--json", action="store_true", help="print one JSON object")
    own.set_defaults(run=show_team_file)
    listing = commands.add_parser("countries", help="list every party and how many scores it has")
    listing.add_argument("--json", action="store_true", help="print a JSON array")
    add_framework(listing)
    listing.set_defaults(run=_countries)
    add_distances(commands)
    add_matrix(commands)
    add_survey(commands)
    return parser


def _compare(tables: Tables, options: argparse.Namespace) -> None:
    if options.out:
        check_ending(options)
    comparison, knowledge, references, friction = _assessed(tables, options, Deal())
    agreement = agreement_on(references, comparison)
    said = as_text(references.tables, comparison, knowledge, friction, agreement.caution)
    if options.out:
        view = View(comparison.a.id, comparison.b.id, (), comparison.settings)
        subject = exported_subject(
            references, knowledge, view, comparison, friction, agreement, options
        )
        write_whole(options.out, exported(subject, options))
        print(f"{options.out}: {said.partition(chr(10) * 2)[0].replace(chr(10), ' ')}")
    elif options.json:
        found = comparison_object(knowledge, comparison, friction, agreement.caution)
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print(said)


def _assessed(
    tables: Tables, options: argparse.Namespace, deal: Deal
) -> tuple[Comparison, Knowledge, References, Friction]:
    settings = settings_of(tables, options)
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
    agreement = agreement_on(references, comparison)
    subject = exported_subject(
        references, knowledge, view, comparison, friction, agreement, options, with_brief=True
    )
    write_whole(options.out, exported(subject, options))
    if subject.brief:
        told = (*subject.brief.sentences, *subject.both_ranks, *subject.cautions)
        said = f"{' '.join(told)} {subject.brief.orientation.verdict}."
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
    settings = make_settings(tables, framework=options.framework)
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
                "frameworks": [f.id for f in tables.frameworks.values() if record.id in f.locators],
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
