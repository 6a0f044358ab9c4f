"""A worked example: a table, steps in LaTeX, and the number it ends in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isclose, log10

from analysis.words import minus

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A formula with numbers put into it.

    Attributes
    ----------
    columns, rows : tuple
        A table of texts; the first column names the row.
    steps : tuple of str
        What becomes of the rows, line by line, in LaTeX.
    result : float or None
        The number the steps end in, from the arithmetic shown and nothing else.
    said : str
        What the number means, in a sentence.
    reason : str
        Why there is no example; all else is empty then.
    more_title, more_columns, more_rows
        A second table that the steps need.
    """

    columns: Row = ()
    rows: tuple[Row, ...] = ()
    steps: tuple[str, ...] = ()
    result: float | None = None
    said: str = ""
    reason: str = ""
    more_title: str = ""
    more_columns: Row = ()
    more_rows: tuple[Row, ...] = ()


def number(value: float) -> str:
    """Return a number as it stands in a step: four decimals, a true minus sign, no trailing zero.

    Examples
    --------
    >>> number(-1.5), number(42.0), number(0.00004), number(104.56099)
    ('−1.5', '42', '0.00004', '104.561')
    """
    text = f"{value:.4f}" if abs(value) >= 0.001 or value == 0 else f"{value:.5g}"
    if "e" in text:
        text = f"{value:.8f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text.replace("-", "−")


def column(values: Sequence[float]) -> Row:
    """Return numbers that stand under each other, all with the same decimals.

    Four, or so many that the largest has four figures; none where all are whole.

    Examples
    --------
    >>> column([-0.00060565, 0.0706])
    ('−0.00061', '0.07060')
    >>> column([60.0, -52.0]), column([2.4206, -0.01])
    (('60', '−52'), ('2.4206', '−0.0100'))
    """
    largest = max(map(abs, values), default=0.0)
    whole = all(isclose(value, round(value), abs_tol=1e-9) for value in values)
    first = floor(log10(largest)) if largest else 0
    decimals = 0 if whole else max(4, 3 - first)
    return tuple(minus(f"{value + 0.0:.{decimals}f}") for value in values)


def tex(value: float) -> str:
    """Return a number for LaTeX, in brackets where it is negative."""
    text = number(value).replace("−", "-")
    return f"({text})" if text.startswith("-") else text


def tex_result(value: float) -> str:
    """Return a number for the end of a line of LaTeX, without brackets."""
    return number(value).replace("−", "-")


def equal_weights(weights: Sequence[float]) -> bool:
    """Say whether all weights are one, so that they need no column."""
    return all(isclose(weight, 1.0) for weight in weights)
