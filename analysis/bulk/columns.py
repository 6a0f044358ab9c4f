"""Which two columns name the parties: as told, by their names, or by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from analysis.bulk.names import known_party
from analysis.bulk.request import HOW_TO_FIX, HOW_TO_NAME, Always
from analysis.bulk.sources import Source
from analysis.errors import BulkError, UnknownProfileError
from analysis.profiles import find_profile
from analysis.tables import Tables
from analysis.words import join

SAMPLED = 10_000
"""Rows at the beginning that are looked at."""

_NUMBER = re.compile(r"\s*[0-9]+([.,][0-9]+)?\s*")
_MOSTLY = 0.5
_SHOWN = 12
_SIDES = (
    ("a", "b"), ("o", "d"), ("1", "2"), ("i", "j"), ("x", "y"), ("from", "to"),
    ("exporter", "importer"), ("exporting", "importing"), ("origin", "destination"),
    ("orig", "dest"), ("home", "host"), ("reporter", "partner"), ("acquirer", "target"),
    ("acquiror", "target"), ("buyer", "seller"), ("seller", "buyer"), ("sender", "receiver"),
    ("source", "target"), ("source", "destination"), ("parent", "subsidiary"),
    ("investor", "host"), ("investor", "target"), ("donor", "recipient"), ("first", "second"),
    ("left", "right"), ("our", "their"), ("ours", "theirs"), ("us", "them"), ("own", "other"),
    ("supplier", "customer"), ("sending", "receiving"), ("lead", "partner"),
)  # fmt: skip
"""Words by which data sets tell the two sides of a pair, ours first."""


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """The two party columns, and in a sentence how they were found."""

    a: str
    b: str
    told: bool
    sentence: str

    @property
    def pair(self) -> tuple[str, str]:
        """Both names."""
        return (self.a, self.b)


def party_columns(
    tables: Tables,
    source: Source,
    told: tuple[str, str] | None,
    sample: Callable[[], pa.Table],
) -> PartyColumns:
    """Return the party columns.

    Named columns count; else the two whose names tell two sides of a pair and that hold parties;
    else the first two columns of text most of whose cells are parties.

    Parameters
    ----------
    tables : Tables
    source : Source
    told : tuple of str or None
        Names of the columns, in any case; the second may be `Always` a party, and the first is
        guessed then where it is empty.
    sample : callable
        Returns the first rows; called only where there is something to guess.

    Raises
    ------
    BulkError
        A named column is not there, none could be guessed, or the party is not known.
    """
    if told is not None and isinstance(told[1], Always):
        return _beside(tables, source, told[0], told[1], sample)
    if told is not None:
        a, b = (_named(source, name) for name in told)
        if a == b:
            raise BulkError(f"Both sides are the column “{a}”: name two columns.")
        return PartyColumns(a, b, True, f"Parties are in the columns “{a}” and “{b}”, as named.")
    rows = sample()
    shares = {name: _known_share(tables, rows.column(name)) for name in source.columns}
    by_name = [(a, b) for a, b in sides(source.columns)]
    good = [pair for pair in by_name if min(shares[pair[0]], shares[pair[1]]) >= _MOSTLY]
    if good:
        a, b = max(good, key=lambda pair: min(shares[pair[0]], shares[pair[1]]))
        return _guessed(a, b, "which their names and what they hold tell")
    texts = [
        name for name in source.columns
        if shares[name] >= _MOSTLY and name in source.text_columns and _is_text(rows.column(name))
    ]  # fmt: skip
    if len(texts) >= 2:
        return _guessed(texts[0], texts[1], "the first two that mostly hold parties")
    if by_name:
        return _guessed(*by_name[0], "which their names tell")
    listed = [f"“{name}”" for name in source.columns[:_SHOWN]]
    more = len(source.columns) - _SHOWN
    listed += [f"{more} more"] if more > 0 else []
    found = f"Only “{texts[0]}” seems" if texts else "No two columns seem"
    need = ", and a pair needs two columns" if texts else ""
    fix = HOW_TO_FIX if texts else ""
    raise BulkError(f"{found} to hold parties{need}: {HOW_TO_NAME}{fix}; there are {join(listed)}.")


def _beside(
    tables: Tables, source: Source, name: str, other: Always, sample: Callable[[], pa.Table]
) -> PartyColumns:
    """Return the one party column beside a side that is the same party in every row."""
    try:
        party = tables.profiles[find_profile(tables, other)].name_in_sentence
    except UnknownProfileError as error:
        raise BulkError(str(error)) from error
    end = f"the other side is always {party}."
    if name:
        a = _named(source, name)
        return PartyColumns(a, other, True, f"Parties are in the column “{a}”, as named; {end}")
    rows = sample()
    shares = {one: _known_share(tables, rows.column(one)) for one in source.text_columns}
    best = max(shares, key=shares.__getitem__, default="")  # the first of several alike
    if not best or shares[best] < _MOSTLY:
        listed = join([f"“{one}”" for one in source.columns[:_SHOWN]])
        raise BulkError(
            f"No column seems to hold parties: name it, such as --columns country; there are"
            f" {listed}."
        )
    return PartyColumns(
        best, other, False, f"Parties are taken from the column “{best}”, by what it holds; {end}"
    )


def sides(columns: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of columns whose names differ only in the word for the side.

    >>> sides(["year", "iso_o", "iso_d", "Home country", "Host country"])
    [('iso_o', 'iso_d'), ('Home country', 'Host country')]
    """
    worded: dict[tuple[str, ...], str] = {}
    for name in columns:
        worded.setdefault(_words(name), name)
    found = []
    for words, name in worded.items():
        for first, second in _SIDES:
            if words.count(first) != 1:
                continue
            other = tuple(second if word == first else word for word in words)
            if other in worded and (name, worded[other]) not in found:
                found.append((name, worded[other]))
    return [pair for pair in found if (pair[1], pair[0]) not in found[: found.index(pair)]]


def _words(name: str) -> tuple[str, ...]:
    """Lower-case words; a digit at the end of one is a word of its own, but in `iso2`, `iso3`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    parted = re.sub(r"(?i)\biso[ _-]?([23])(?=\b|_)", r"isocode\1x", parted)
    parted = re.sub(r"(?<=[^\W\d_])(?=\d)(?!\dx)", " ", parted)
    return tuple(re.split(r"[\W_]+", parted.strip().casefold()))


def _named(source: Source, name: str) -> str:
    exact = [column for column in source.columns if column == name]
    alike = [column for column in source.columns if column.casefold() == name.strip().casefold()]
    if not exact and not alike:
        listed = [f"“{column}”" for column in source.columns[:_SHOWN]]
        more = len(source.columns) - _SHOWN
        listed += [f"{more} more"] if more > 0 else []
        raise BulkError(f"There is no column “{name.strip()[:60]}”: there are {join(listed)}.")
    return (exact or alike)[0]


def _guessed(a: str, b: str, why: str) -> PartyColumns:
    return PartyColumns(a, b, False, f"Parties are taken from the columns “{a}” and “{b}”, {why}.")


def _known_share(tables: Tables, cells: pa.ChunkedArray) -> float:
    """Return the share of the cells with something in them that name a party."""
    counts = texts_of_cells(cells)
    total = sum(counts.values())
    known = sum(count for text, count in counts.items() if known_party(tables, text))
    return known / total if total else 0.0


def _is_text(cells: pa.ChunkedArray) -> bool:
    return any(not _NUMBER.fullmatch(text) for text in texts_of_cells(cells))


def texts_of_cells(cells: pa.ChunkedArray) -> Mapping[str, int]:
    """Return the different texts of a sampled column that are not blank, with their number."""
    found: dict[str, int] = {}
    for value in cells.to_pylist():
        if isinstance(value, float):
            text = str(int(value)) if value.is_integer() else ""
        else:
            text = str(value) if isinstance(value, str | int) else ""
        if text.strip():
            found[text] = found.get(text, 0) + 1
    return found
