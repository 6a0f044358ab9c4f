"""How to cite Parley, a source, and one number with all that it depends on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analysis.comparison import Comparison
from analysis.methods.bibtex import bibtex_entry, entry, escaped, verbatim
from analysis.sentences import changed_settings
from analysis.settings import REFERENCE_RULES
from analysis.tables import Source, Tables
from analysis.words import join

AUTHORS = "Parley contributors"
TITLE = "Parley: cultural distance and where it may rub, with how sure that is"


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as a sentence and as a BibTeX entry."""

    text: str
    bibtex: str


def cite_parley(version: str) -> Cited:
    """Return the citation for Parley itself, with the data version; its year is the data's."""
    year = version.split(".", maxsplit=1)[0]
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{{TITLE}}}",
        "year": year,
        "version": escaped(f"data {version}"),
        "note": "Computer program",
    }
    return Cited(
        f"{AUTHORS} ({year}). {TITLE} (data version {version}) [computer program].",
        entry("misc", "parley", fields),
    )


def cite_number(
    tables: Tables, pair: Comparison, what: str, value: str, day: date, link: str = ""
) -> Cited:
    """Return the citation for one number of a pair.

    Parameters
    ----------
    tables : Tables
    pair : Comparison
        With settings and data version.
    what : str
        What the number is: a measure, a rank, the severity of a topic.
    value : str
        The number as it is shown.
    day : date
        When it was computed.
    link : str, optional
        The address that opens the view or, where it leads nowhere for a reader elsewhere, its part
        from the question mark on; empty where none opens it, as with own teams.
    """
    settings, framework = pair.settings, tables.frameworks[pair.settings.framework]
    changed = changed_settings(tables, settings)
    told = f"Settings: {'; '.join(changed)}" if changed else "Settings: all at their defaults"
    sides = f"{pair.a.name} ({pair.a.id}) and {pair.b.name} ({pair.b.id})"
    used = [framework.dimension(d).name for d in pair.dimensions_used]
    # The framework's source stands behind the number as much as the program does.
    basis = (
        f"{framework.name}; on {join(used)}; reference set:"
        f" {REFERENCE_RULES[settings.reference].description}. {told}."
    )
    address = link if link.startswith(("http://", "https://")) else ""
    way = f" {address}" if address else f" View: add {link} to the address of Parley."
    way = way if link else ""
    text = (
        f"{what}, {sides}: {value}. {basis} {AUTHORS}, Parley, data version {pair.data_version},"
        f" computed on {day.isoformat()}.{way}"
    )
    key = re.sub(r"[^a-z0-9]+", "-", f"parley-{what}-{pair.a.id}-{pair.b.id}".lower()).strip("-")
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{{escaped(f'{what}, {sides}: {value}')}}}",
        "howpublished": "Computed with the program Parley",
        "year": str(day.year),
        "version": escaped(f"data {pair.data_version}"),
        "note": escaped(basis),
        "url": verbatim(address),
        "urldate": day.isoformat() if address else "",
    }
    return Cited(text, entry("misc", key, fields))


def cite_source(source: Source) -> str:
    """Return a source as a line: who, when, what, where, and whether it was read."""
    if source.kind == "design":
        return "Parley's own design: a choice made here and not taken from the literature."
    # A title in square brackets is a description of ours and no title.
    title = "" if source.title.startswith("[") else f"“{source.title}”"
    names = source.authors.replace("; ", ", ")
    parts = [
        f"{names} ({source.year or 'no year'})", title, source.published_in, source.address,
    ]  # fmt: skip
    return ". ".join(part.rstrip(".") for part in parts if part) + f". {READ[source.read]}"


READ = {
    "yes": "Read.",
    "in part": "Read in part.",
    "abstract": "Its abstract was read.",
    "recalled": "Recalled, not read again: check before quoting.",
}
"""Whether a source was read for Parley, in words."""


def bibtex_of(sources: Iterable[Source]) -> str:
    """Return the BibTeX entries of sources; choices of our own are no publications."""
    return "\n\n".join(bibtex_entry(source) for source in sources if source.kind != "design")
