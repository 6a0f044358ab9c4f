"""One cell to a number, a name or cultures with their shares."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

from analysis.errors import UnknownProfileError
from analysis.profiles import find_profile, plain_name
from analysis.tables import Tables
from analysis.teams.reading.fault import BadCell
from analysis.teams.reading.grid import Cell, as_text, plain, shown
from analysis.teams.reading.limits import LONGEST_LIST, LONGEST_NAME, MOST_CULTURES
from analysis.teams.team import Culture

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:[.,][0-9]{0,15})?|[.,][0-9]{1,15})")
_SIGNS_OF_NUMBERS = str.maketrans("\u2212\u2013\uff0d\uff0e\uff0c", "---.,")
MISSING = frozenset(
    ("", "-", "–", "—", ".", "na", "n/a", "n.a.", "#n/a", "#null!", "null", "none", "nan",
     "missing")
)  # fmt: skip
"""What stands for no number: a blank, and how people, R, SAS, spreadsheets and Hofstede's own sheet
(`#NULL!`) write one."""


def is_missing(cell: Cell) -> bool:
    """Say whether a cell stands for no number."""
    return isinstance(cell, str) and cell.casefold() in MISSING


def number(cell: Cell) -> float | None:
    """Return a cell's number, with a point or a comma before the decimals; None if it is none.

    A comma is never taken to part thousands: `1,250` is one and a quarter.
    """
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    text = cell if cell.isascii() else _plain_digits(cell)
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _plain_digits(text: str) -> str:
    """Return digits of any script as 0 to 9; a raised 2, a footnote's mark, stays what it is."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in text[:LONGEST_NAME].translate(_SIGNS_OF_NUMBERS)
    )


def bounded(cell: Cell, low: float, high: float, expected: str) -> float | None:
    """Return a number within bounds, None where the cell is blank.

    Raises
    ------
    BadCell
        It is no number or out of bounds.
    """
    if is_missing(cell):
        return None
    found = number(cell)
    if found is None or not low <= found <= high:
        raise BadCell(expected)
    return found


def weight(cell: Cell) -> float:
    """Return a weight; a blank one among others is a fault, since 1 would be a guess."""
    found = number(cell)
    if found is None or not 0 < found <= 1e6:
        raise BadCell("a weight above 0")
    return found


def name(cell: Cell) -> str:
    """Return a name on one line; empty where the cell is."""
    text = " ".join(as_text(cell).split())
    if len(text) > LONGEST_NAME:
        raise BadCell(f"at most {LONGEST_NAME} characters")
    return text


def team_name(cell: Cell) -> str:
    """Return the name of the team that a row belongs to."""
    found = name(cell)
    if not found:
        raise BadCell("the name of a team")
    return found


class ProfileFinder:
    """Finds profiles by what people write, quickly for many rows.

    `find_profile` decides; this remembers what it said, and asks for the nearest spellings of at
    most fifty unknown names, since that takes milliseconds each.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known = {
            plain_name(plain(text))
            for record in tables.profiles.values()
            for text in (
                record.id, record.iso2, record.name, record.name_in_sentence, *record.other_names,
            )
        } - {""}  # fmt: skip
        self._ids: dict[str, str] = {}
        self._hints: dict[str, str] = {}

    def find(self, text: str) -> str | None:
        """Return the id of a profile, None where nothing goes by that name."""
        key = plain_name(plain(text))
        if key not in self._known:
            return None
        if key not in self._ids:
            self._ids[key] = find_profile(self._tables, text)
        return self._ids[key]

    def hint(self, text: str) -> str:
        """Return what is expected in place of an unknown name."""
        key = plain(text[:LONGEST_NAME])
        if key not in self._hints and len(self._hints) < 50:
            try:
                find_profile(self._tables, text[:LONGEST_NAME])
            except UnknownProfileError as error:
                self._hints[key] = str(error).rpartition("”: ")[2].rstrip(".")
        usual = "use a three-letter ISO code or a name, for instance NLD or Netherlands"
        return f"a country, part or region with scores ({self._hints.get(key, usual)})"


_SHARE = re.compile(r"(.*?)(?:\s*[:=]\s*|\s+|\s*\()([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*(%?)\)?")
_SIGNS = (r"[;|\n]", r"[/+&]", r",(?!\d)", r"\s+and\s+")
"""What parts cultures, the clearest first; a comma before a digit belongs to a share."""


def cultures(text: str, finder: ProfileFinder) -> tuple[tuple[Culture, ...], bool]:
    """Return a member's cultures with shares that add to 1, and whether they were scaled.

    `NLD:0.5;CHN:0.5`, `Netherlands 50%, China 50%` and `NLD; CHN` are all understood. Whole numbers
    such as `NLD:2;CHN:1` are proportions; decimals and percentages must add up.

    Raises
    ------
    BadCell
        A culture is unknown or named twice, or shares are missing or do not add up.
    """
    if not text:
        raise BadCell("a culture, such as NLD or Netherlands")
    if len(text) > LONGEST_LIST:
        raise BadCell(f"at most {LONGEST_LIST} characters")
    parts = _split(text, finder)
    if len(parts) > MOST_CULTURES:
        raise BadCell(f"at most {MOST_CULTURES} cultures")
    found = [_culture(part, finder) for part in parts]
    profiles = [profile for profile, _, _ in found]
    if len(set(profiles)) < len(profiles):
        raise BadCell("each culture once")
    shares, scaled = _shares([(share, percent) for _, share, percent in found])
    return tuple(map(Culture, profiles, shares)), scaled


def _split(text: str, finder: ProfileFinder) -> list[str]:
    """Return the parts of a list of cultures; a name such as `Belgium, Dutch-speaking` is one."""
    match = _SHARE.fullmatch(text)
    if finder.find(text) or (match and finder.find(match[1])):
        return [text]
    for sign in _SIGNS:
        parts = [part for part in (part.strip() for part in re.split(sign, text)) if part]
        if len(parts) > 1:
            return [piece for part in parts for piece in _split(" ".join(part.split()), finder)]
    return [text.strip(" ;|,/+&") or text]


def _culture(part: str, finder: ProfileFinder) -> tuple[str, float | None, bool]:
    profile = finder.find(part)
    if profile:
        return profile, None, False
    match = _SHARE.fullmatch(part)
    label, share, percent = match.groups() if match else (part, None, "")
    profile = finder.find(label)
    if not profile:
        raise BadCell(finder.hint(label), shown(label))
    return profile, number(share) if share else None, percent == "%"


def _shares(given: Sequence[tuple[float | None, bool]]) -> tuple[list[float], bool]:
    values = [share for share, _ in given if share is not None]
    if not values:
        return [1 / len(given)] * len(given), False
    if len(values) < len(given):
        raise BadCell("a share for each culture or for none")
    if min(values) <= 0:
        raise BadCell("shares above 0")
    total = math.fsum(values)
    percent = any(is_percent for _, is_percent in given)
    whole = not percent and all(value == int(value) for value in values)
    # Thirds written as 0.33 or 33 add up but for rounding.
    adds_up = abs(total - 100) <= 2 or (not percent and abs(total - 1) <= 0.02)
    if not adds_up and not (whole and len(values) > 1):
        expected = "100" if percent else "1"
        raise BadCell(f"shares that add up to {expected}, not to {total:g}")
    return [value / total for value in values], not adds_up
