"""An edition as a file holds it, checked strictly when it is read."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from analysis.editions.checking import score_range, why_no_framework
from analysis.editions.edition import EDITION_PREFIX, LONGEST_NAME, LONGEST_NOTE, Edition, Values
from analysis.errors import InputError
from analysis.tables import Tables
from analysis.words import capital

ID_PATTERN = rf"^{EDITION_PREFIX}[0-9a-f]{{12}}\Z"


class EditionForm(Struct, frozen=True, forbid_unknown_fields=True):
    """An `Edition` as a record holds it."""

    id: Annotated[str, Meta(pattern=ID_PATTERN)]
    name: str
    note: str
    base: str
    rows: tuple[tuple[str, Values], ...]


# Worked out by the one thread that imports (see `analysis.teams.record`).
msgspec.json.Decoder(EditionForm)


def form_of(edition: Edition) -> EditionForm:
    """Return an edition as a record holds it."""
    return EditionForm(edition.id, edition.name, edition.note, edition.base, edition.rows)


def edition_of(form: EditionForm) -> Edition:
    """Return the edition that a record holds."""
    return Edition(form.id, form.name, form.note, form.base, form.rows)


def check_edition(tables: Tables, edition: Edition) -> None:
    """Check that an edition can stand among the frameworks of these tables.

    Raises
    ------
    InputError
        Its name or note is too long, it follows no framework that ships, names a profile twice or
        one that is not there, or its scores are out of range or too few for a reference set.
    """
    called = f"The edition “{edition.name[:LONGEST_NAME]}”"
    if not 0 < len(edition.name) <= LONGEST_NAME or len(edition.note) > LONGEST_NOTE:
        raise InputError(
            f"{called} needs a name of at most {LONGEST_NAME} letters and a note of at most"
            f" {LONGEST_NOTE}."
        )
    base = tables.frameworks.get(edition.base)
    if base is None or base.own:
        raise InputError(f"{called} follows “{edition.base[:40]}”, which is no framework here.")
    rows = dict(edition.rows)
    if len(rows) < len(edition.rows):
        raise InputError(f"{called} holds a country twice.")
    low, high = score_range(base)
    for profile, values in edition.rows:
        if profile not in tables.profiles or profile in tables.own:
            raise InputError(f"{called} names “{profile[:40]}”, which is no country here.")
        if len(values) != len(base.dimensions):
            raise InputError(f"{called} does not hold {len(base.dimensions)} scores a country.")
        out = [v for v in values if v is not None and not low <= v <= high]
        if out:
            raise InputError(f"{called} has a score of {out[0]:g}, not {low:g} to {high:g}.")
    reason = why_no_framework(tables, base, rows)
    if reason:
        raise InputError(f"{called} cannot be used. {capital(reason)}")
