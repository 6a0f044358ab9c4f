"""Results as files: which one, from its ending, and written whole or not at all."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path

from analysis.agreement import Agreement, find_agreement
from analysis.comparison import Comparison, References, compare
from analysis.errors import InputError
from analysis.exports.address import NO_SERVER, address_problem, public_address
from analysis.exports.formats import (
    FORMATS,
    PICTURES,
    chart_names,
    one_picture,
    write_export,
)
from analysis.exports.subject import Subject, make_subject
from analysis.friction.assessment import Friction
from analysis.knowledge import Knowledge
from analysis.link import View, is_shareable
from analysis.reference import yardstick_for
from analysis.words import join

_ENDINGS = (*dict.fromkeys(one.suffix for one in FORMATS.values()), *PICTURES)


def add_out(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add the options for writing a file."""
    group = parser.add_argument_group("file")
    group.add_argument(
        "--out", required=required, metavar="FILE", type=Path,
        help=f"where to write it; its ending says what: {', '.join(_ENDINGS)}",
    )  # fmt: skip
    group.add_argument(
        "--one-page", action="store_true", help="of a .pdf only the page to decide by"
    )
    group.add_argument(
        "--chart", default="radar", metavar="NAME",
        help="for .png and .svg: radar, gaps, distribution, overlap, agreement or, in a brief,"
        " roadmap",
    )  # fmt: skip
    group.add_argument("--dark", action="store_true", help="for .png and .svg: on a dark ground")
    group.add_argument(
        "--address", default=public_address() or NO_SERVER, metavar="URL",
        help="of the app, for the link that opens the same view (default: what PARLEY_ADDRESS"
        " holds; without it a file names only the part of the link to add)",
    )  # fmt: skip
    group.add_argument(
        "--date", type=day, default=None, metavar="YYYY-MM-DD",
        help="printed on the file (default: today); the same input and date give the same bytes",
    )  # fmt: skip


def day(text: str) -> date:
    """Return the date that a person wrote as 2026-11-22."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text[:40]}” is no date: write it as 2026-11-22"
        ) from None


def exported_subject(
    references: References,
    knowledge: Knowledge,
    view: View,
    comparison: Comparison,
    friction: Friction,
    agreement: Agreement,
    options: argparse.Namespace,
    *,
    with_brief: bool = False,
) -> Subject:
    """Return what is written, with the address and the day that the options give."""
    distances = None
    if not comparison.reason:
        yardstick = yardstick_for(view.settings, comparison.dimensions_used)
        distances = references.distances(yardstick, view.settings.measure)
    if options.address == NO_SERVER and (wrong := address_problem()):
        raise InputError(f"{wrong} Or name the address with --address.")
    page = options.address.rstrip("/")
    return make_subject(
        references.tables, knowledge, view, comparison, friction,
        day=options.date or datetime.now().astimezone().date(),
        distances=distances,
        # No link opens a team or an edition of one's own elsewhere.
        page=""
        if not is_shareable(references.tables, view)
        else f"{page}/brief"
        if with_brief
        else f"{page}/",
        with_brief=with_brief,
        agreement=agreement,
    )  # fmt: skip


def agreement_on(references: References, comparison: Comparison) -> Agreement:
    """Return what every framework says about a pair."""
    a, b = comparison.a.id, comparison.b.id
    return find_agreement(
        references.tables, comparison,
        lambda under: compare(references, a, b, under, (under.measure,)),
    )  # fmt: skip


def check_ending(options: argparse.Namespace) -> None:
    """Refuse a file name of no known kind before anything is computed."""
    if options.out.suffix.lower() not in _ENDINGS:
        raise InputError(
            f"“{options.out}” is no kind of file that Parley writes: choose a name that ends in"
            f" {join(_ENDINGS, 'or')}."
        )


def exported(subject: Subject, options: argparse.Namespace) -> bytes:
    """Return the file that the options ask for.

    Raises
    ------
    InputError
        The pair has no chart of that name.
    """
    suffix = options.out.suffix.lower()
    if suffix in PICTURES:
        try:
            look = "dark" if options.dark else "light"
            return one_picture(subject, options.chart, suffix, look)
        except KeyError:
            raise InputError(
                f"“{options.chart}” is no chart of this pair: choose"
                f" {join(chart_names(subject), 'or')}."
            ) from None
    known = {one.suffix: one.id for one in FORMATS.values() if not one.part}
    found = {**known, ".zip": "everything"}[suffix]
    if found == "pdf" and options.one_page:
        found = "pdf-page"
    return write_export(found, subject)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise InputError(
            f"“{path}” cannot be written ({error.strerror}): choose another place."
        ) from error
