"""Sources as BibTeX entries, for BibTeX and Biber."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from analysis.tables import Source
from analysis.words import is_body

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
        ">": r"\textgreater{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip
"""Braces become commands too: BibTeX counts a brace even behind a backslash."""

_IN_A_JOURNAL = re.compile(
    r"(?P<journal>\D+) (?P<volume>\d+(?:-\d+)?)(?:\((?P<number>[^()]+)\))?"
    r"(?:, (?P<pages>\d+-\d+))?"
)
_PUBLISHER = re.compile(r"\b(Press|Sage|Books|Publish\w+|Verlag)\b")
_EDITION = re.compile(r"(?P<title>.+) \((?P<edition>\w+) edition\)")
_READ = {
    "yes": "Read for Parley.",
    "in part": "Read in part for Parley.",
    "abstract": "Of this, the abstract was read for Parley.",
    "recalled": "Recalled from the literature and not read again for Parley: check the details.",
}


def bibtex_entry(source: Source) -> str:
    """Return the entry of a source under its id.

    An article where the journal's volume or a DOI tells so, a book where a publisher does, else
    `misc`. What is no exact title becomes a note.
    """
    kind, place = _published(source)
    described = source.title.startswith("[")
    edition = None if described else _EDITION.fullmatch(source.title)
    title = edition["title"] if edition else "" if described else source.title
    doi = source.address.removeprefix("doi:") if source.address.startswith("doi:") else ""
    fields = {
        "author": " and ".join(_authors(source)),
        "title": _title(title),
        **place,
        "edition": edition["edition"] if edition else "",
        "year": str(source.year or ""),
        "doi": verbatim(doi),
        "url": "" if doi else verbatim(source.address),
        "note": escaped(source.title.strip("[]")) if described else "",
        "annote": _READ[source.read],
    }
    return entry(kind, source.id, fields)


def escaped(text: str) -> str:
    """Return text in which no sign means anything to LaTeX; letters of every script stay."""
    return text.translate(_SPECIAL)


def _published(source: Source) -> tuple[str, dict[str, str]]:
    """Return the kind of entry and the fields that tell where a source appeared."""
    where = source.published_in
    found = _IN_A_JOURNAL.fullmatch(where) if source.kind == "paper" else None
    if found:
        parts = {name: (part or "").replace("-", "--") for name, part in found.groupdict().items()}
        return "article", parts | {"journal": escaped(found["journal"])}
    if source.kind == "paper" and where and source.address.startswith("doi:"):
        return "article", {"journal": escaped(where)}
    if source.kind == "paper" and _PUBLISHER.search(where):
        return "book", {"publisher": escaped(where)}
    return "misc", {"howpublished": escaped(where)}


def _authors(source: Source) -> list[str]:
    names = source.authors.removesuffix(" et al.").split("; ")
    others = ["others"] if source.authors.endswith(" et al.") else []
    return [_name(name, source.id) for name in names if name] + others


def _name(name: str, source_id: str) -> str:
    """Return a name as BibTeX takes it; a family name of several words is told by the id.

    `Luca De Benedictis` of `de-benedictis-2023` becomes `De Benedictis, Luca`.
    """
    words = name.split()
    for first in range(1, len(words) - 1):
        if source_id.startswith(f"{'-'.join(map(_plain, words[first:]))}-"):
            return escaped(f"{' '.join(words[first:])}, {' '.join(words[:first])}")
    return f"{{{escaped(name)}}}" if "and" in words or is_body(name) else escaped(name)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _title(title: str) -> str:
    """Return a title in which braces keep the capitals of names; its first word needs none."""
    first, *others = title.split(" ")
    start = escaped(first) if first[1:] == first[1:].lower() else _kept(first)
    return " ".join((start, *map(_kept, others)))


def _kept(word: str) -> str:
    return escaped(word) if word == word.lower() else f"{{{escaped(word)}}}"


def verbatim(address: str) -> str:
    """Return an address for a field that is printed as it is; what would end it is encoded."""
    return "".join(
        sign if sign.isprintable() and sign not in ' {}\\"<>^`|' else f"%{ord(sign):02X}"
        for sign in address
    )


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry under its key; fields are written as they are, empty ones left out."""
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"
