"""Small pieces of English that several texts need."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

_NOISE = 9
"""Decimals that a published figure, or the difference of two, can have; the rest is binary."""


def join(words: Iterable[str], last: str = "and") -> str:
    """Return the words as a list in a sentence, each once: `a, b and c`."""
    unique = list(dict.fromkeys(words))
    if len(unique) < 2:
        return "".join(unique)
    return f"{', '.join(unique[:-1])} {last} {unique[-1]}"


def capital(text: str) -> str:
    """Return the text with its first letter as a capital and the rest as it is."""
    return text[:1].upper() + text[1:]


def minus(figures: str) -> str:
    """Return the figures of a number with a true minus sign: `-0.11` as `−0.11`.

    Only numbers: the hyphen of a word stays one.
    """
    return f"−{figures[1:]}" if figures.startswith("-") else figures


def points(score: float, decimals: int = 1) -> str:
    """Return a score or gap as people read it: `38`, and `67.3` where it is not whole.

    Halves are rounded away from zero, on the decimal figures that were published, as office
    programs round what they hold: 3.675 is 3.68 in every export, although the nearest binary
    number is a little less.
    """
    published = Decimal(repr(round(float(score), _NOISE)))
    text = f"{published.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    text = text.removesuffix("." + "0" * decimals) if decimals else text
    return minus("0" if text == "-0" else text)


def of_points(size: float) -> str:
    """Return an amount of points with its unit: `1 point`, `7.5 points`."""
    return f"{size:g} point{'' if size == 1 else 's'}"


def of_hundred(percent: float) -> int:
    """Return a percentile as a count out of a hundred pairs, never none and never all."""
    return min(99, max(1, round(percent)))


_BODIES = frozenset({"Association", "Division", "Nations", "Study", "Survey", "Union"})


def is_body(author: str) -> bool:
    """Say whether an author is no person: `World Values Survey Association`."""
    return not _BODIES.isdisjoint(author.split())


def in_words(number: int) -> str:
    """Return a small whole number as a word, a larger one in figures."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return small[number] if 0 <= number < len(small) else str(number)
