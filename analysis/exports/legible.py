"""Text from outside made harmless and readable, whatever file it goes into.

Every format escapes text by its own rules; here is what no escaping mends: control characters, a
name as long as a book, marks piled up without end, and signs that turn the reading direction.
"""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 60
LONGEST_NOTE = 1000
_MOST_MARKS = 3
_JOINERS = "\u200c\u200d"
"""Letters of Persian and of the scripts of India stand apart or together by these two."""

_UNUSABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LEADS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def legible(text: str, most: int = LONGEST_NOTE) -> str:
    """Return text on one line, without control characters, at most `most` characters long.

    Letters of every script stay. More than three marks on one letter are left out, and so is
    every sign that turns the reading direction: the letters themselves carry it.
    """
    # A letter takes a few code points at most: what lies far beyond the cut need not be looked at.
    spaced = "".join(" " if sign.isspace() else sign for sign in text[: 8 * most])
    usable = "".join(
        sign for sign in spaced if sign in _JOINERS or unicodedata.category(sign) not in _UNUSABLE
    )
    flat = " ".join(_few_marks(unicodedata.normalize("NFC", usable)).split())
    return shortened(flat, most)


def _few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def legible_name(text: str) -> str:
    """Return a name that fits a title; never empty."""
    return legible(text, LONGEST_NAME) or "Unnamed"


def shortened(text: str, most: int) -> str:
    """Return text cut at `most` characters, the last an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def no_formula(text: str) -> str:
    """Return text for a cell of a table that spreadsheets open, never read as a formula.

    What starts like a formula gets an apostrophe in front: the sign by which spreadsheets
    themselves mark a text.
    """
    return f"'{text}" if text.lstrip().startswith(_LEADS_A_FORMULA) else text
