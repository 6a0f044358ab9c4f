"""What each text in a party column means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.errors import UnknownProfileError
from analysis.profiles import find_profile, known_profile
from analysis.tables import Tables

MOST_NAMED = 1_000
"""Unknown texts that are listed, the most frequent first; of the others their number is told."""

_CODE_WITH_NOUGHTS = re.compile(r"\s*([0-9]{1,3})[.,]0+\s*")
_NEAR = ": did you mean "
_MOST_SUGGESTIONS = 200
"""Looking for near spellings costs milliseconds a text: it is done for the first ones only."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the texts of the party columns mean.

    Attributes
    ----------
    known : mapping
        Text to profile id, sorted by text.
    unknown : mapping
        Text to the reason, a sentence; the most frequent first, at most `MOST_NAMED`.
    blank : tuple of str
        Texts without any sign in them.
    unknown_texts : int
        Number of unknown texts, also those that are not listed.
    """

    known: Mapping[str, str]
    unknown: Mapping[str, str]
    blank: tuple[str, ...]
    unknown_texts: int

    @property
    def near(self) -> dict[str, str]:
        """What an unknown text may have meant, where its reason says so."""
        parted = {text: why.partition(_NEAR)[2] for text, why in self.unknown.items()}
        return {text: near.removesuffix("?") for text, near in parted.items() if near}

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that occur, sorted."""
        return tuple(sorted(set(self.known.values())))


def known_party(tables: Tables, text: str) -> str | None:
    """Return the id of the profile that goes by a text; None where there is none.

    Programs that know no missing whole number write the code 528 as `528.0`.
    """
    code = _CODE_WITH_NOUGHTS.fullmatch(text)
    return known_profile(tables, text) or (known_profile(tables, code[1]) if code else None)


def understand(tables: Tables, texts: Mapping[str, int]) -> Understanding:
    """Say what each text means: ISO codes of two and three letters, numeric codes, names.

    `NA` is Namibia: no text stands for a missing party but a blank one.

    Parameters
    ----------
    tables : Tables
    texts : mapping of str to int
        The different texts as they stand in the file, with the number of their cells.
    """
    known: dict[str, str] = {}
    strange: list[str] = []
    blank: list[str] = []
    for text in sorted(texts):
        found = known_party(tables, text)
        if found:
            known[text] = found
        elif text.strip():
            strange.append(text)
        else:
            blank.append(text)
    named = sorted(strange, key=lambda text: (-texts[text], text))[:MOST_NAMED]
    reasons = {
        text: _why(tables, text) if place < _MOST_SUGGESTIONS else not_known(text)
        for place, text in enumerate(named)
    }
    return Understanding(known, reasons, tuple(blank), len(strange))


def not_known(text: str) -> str:
    """Return the reason for an unknown text without a suggestion."""
    shown = text if len(text) <= 40 else f"{text[:37]}..."
    return f"No country, part or region with scores goes by “{shown}”."


def _why(tables: Tables, text: str) -> str:
    try:
        find_profile(tables, text)
    except UnknownProfileError as error:
        return str(error)
    raise ValueError(f"{text!r} is known")
