"""Cells of a text that a spreadsheet would run as formulas, told from numbers with a sign."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import ibis
import ibis.expr.types as ir

from analysis.bulk.expression import harmless

_NUMBER = r"^[-+]?[0-9.,'\s]*[0-9][0-9.,]*([eE][-+]?[0-9]+)?\s*%?$"


def may_lead(texts: Iterable[str]) -> bool:
    """Say whether any of some texts begins so that its cell must be looked at."""
    return any(text < "." or "=" <= text < "A" for text in texts)


def without_formulas(result: ir.Table, columns: Collection[str]) -> ir.Table:
    """Return a table for a file of text in which no cell of some columns and no name is a formula.

    What does gets an apostrophe in front, the sign by which spreadsheets mark a text; a number with
    a sign stays one. Nearly all cells begin with a letter or a digit, and these cost next to
    nothing: comparing texts looks at their first letters alone.
    """
    cells = {}
    for name, kind in result.schema().items():
        cell = result[name]
        if kind.is_string() and name in columns:
            near = (cell < ".") | ((cell >= "=") & (cell < "A"))
            marked = ibis.ifelse(cell.re_search(_NUMBER), cell, harmless(cell))
            cell = ibis.ifelse(near, marked, cell)
        cells[f"'{name}" if name.lstrip().startswith(("=", "+", "-", "@")) else name] = cell
    return result.select(**cells)
