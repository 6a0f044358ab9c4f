"""Small pieces of English that several texts need."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

_NOISE = 9
"""Decimals that a published figure, or the difference of two, can have; the rest is binary."""

_AT_ONCE = 32
_JOINERS = "\u200c\u200d\u2060"
"""Letters of Persian and of the scripts of India stand apart or together by the first two; no line
breaks at the last one, which our own ranges hold."""


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


FARTHER = "Farther than, of 100 pairs"
"""What a rank says: what heads a column of ranks, on every page and in every file."""

_BODIES = frozenset({"Association", "Division", "Nations", "Study", "Survey", "Union"})


def is_body(author: str) -> bool:
    """Say whether an author is no person: `World Values Survey Association`."""
    return not _BODIES.isdisjoint(author.split())


def in_words(number: int) -> str:
    """Return a small whole number as a word, a larger one in figures."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return small[number] if 0 <= number < len(small) else str(number)


def one_line(text: str) -> str:
    r"""Return text from outside on one line, with nothing in it that a terminal would act on.

    Signs that cannot be seen, and those that turn the reading direction, stand as `�`.

    >>> one_line("a\x1b[2J\nb")
    'a�[2J b'
    """
    flat = " ".join(text.split())
    if flat.isprintable():
        return flat
    return "".join(c if c.isprintable() or c in _JOINERS else "�" for c in flat)


def without_marks(text: str) -> str:
    """Return text in its plainest letters, without accents: to compare what people write.

    A few letters at once: putting marks into their order, which does not matter here, takes Python
    a time that grows with the square of their number, a minute for a hundred thousand on one
    letter.
    """
    parts = (text[start : start + _AT_ONCE] for start in range(0, len(text), _AT_ONCE))
    decomposed = "".join(unicodedata.normalize("NFKD", part) for part in parts)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
