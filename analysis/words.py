"""Small pieces of English that several texts need."""

from __future__ import annotations

from collections.abc import Iterable


def join(words: Iterable[str], last: str = "and") -> str:
    """Return the words as a list in a sentence, each once: `a, b and c`."""
    unique = list(dict.fromkeys(words))
    if len(unique) < 2:
        return "".join(unique)
    return f"{', '.join(unique[:-1])} {last} {unique[-1]}"


def capital(text: str) -> str:
    """Return the text with its first letter as a capital and the rest as it is."""
    return text[:1].upper() + text[1:]


def points(score: float, decimals: int = 1) -> str:
    """Return a score or gap as people read it: `38`, and `67.3` where it is not whole."""
    text = f"{score:.{decimals}f}"
    return text.removesuffix("." + "0" * decimals) if decimals else text


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
