"""The counting of a survey: Ibis expressions that run on every engine, exact in any order.

A respondent's answers are written as digits of a few numbers, four questions each; rows with the
same number are counted once for all, and the counts and cross products follow from these counts.
That takes about half the time of one sum for each count and product over all rows. All sums are of
whole numbers: no engine, number of processors or order of rows changes a digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any

import ibis
import ibis.expr.types as ir

from analysis.teams.reading.cells import MISSING

GROUP, ANY, WEIGHT = "parley_group", "parley_any", "parley_weight"
SLOTS = 4
"""Questions in one bundle: those of an index of the VSM."""
SLOT_PAIRS = tuple(combinations(range(SLOTS), 2))
WEIGHT_STEPS = 1 << 24
"""Weights count in this many steps of the largest, so that their sums are whole numbers."""
MOST_OPTIONS = 10
"""12 marks (10 answers, blank, invalid) to the power of four questions are 20,736 patterns."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Up to four questions, the names of their columns, that are counted together."""

    columns: tuple[str, ...]


def marked(column: ir.Column, options: int) -> ir.Column:
    """Return an answer as a digit: 1 to `options`, 0 where blank, `options` + 1 where invalid.

    A text counts as an answer where it is the number, also with noughts behind a point or comma or
    one in front (`3`, `03`, `3.0`, `3,00`). What stands for no number in an uploaded team (blank,
    `NA`, `-`) is blank here too.
    """
    if column.type().is_string():
        text = column.strip()
        ways = ("{}", "{}.0", "0{}", "{}.00", "{},0", "{},00")
        spelt = [(way.format(a), a) for way in ways for a in range(1, options + 1)]
        blank = text.lower().isin(sorted(MISSING))
        other = ibis.ifelse(text.isnull() | blank, 0, options + 1)
        return text.cases(*spelt, else_=other).cast("int32")
    invalid = options + 1
    if column.type().is_floating() or column.type().is_decimal():
        number = column.cast("float64")
        whole = number.between(1, options) & (number == number.floor())
        # A NaN is what pandas writes for a blank.
        return ibis.cases(
            (number.isnull() | number.isnan(), 0), (whole, number.cast("int32")), else_=invalid
        ).cast("int32")
    return ibis.cases(
        (column.isnull(), 0), (column.between(1, options), column.cast("int32")), else_=invalid
    ).cast("int32")


def weight_number(column: ir.Column) -> ir.Column:
    """Return a weight as a number, null where it is none above 0."""
    if column.type().is_string():
        number = column.strip().replace(",", ".").try_cast("float64")
    else:
        number = column.cast("float64")
    usable = number.notnull() & ~number.isnan() & (number > 0) & (number <= 1e12)
    return ibis.ifelse(usable, number, ibis.null("float64"))


def group_text(column: ir.Column) -> ir.Column:
    """Return a group's name without blanks around it, null where there is none."""
    return column.cast("string").strip().nullif("")


def left_out(rows: ir.Table, group: str, weight: str | None) -> ir.Table:
    """Return one row: all rows, those without a group, without a usable weight, and the largest."""
    no_group = group_text(rows[group]).isnull()
    told: dict[str, Any] = {"rows": rows.count(), "no_group": no_group.cast("int64").sum()}
    if weight:
        number = weight_number(rows[weight])
        told["no_weight"] = (number.isnull() & ~no_group).cast("int64").sum()
        told["largest"] = number.max()
    return rows.aggregate(**told)


def coded(
    rows: ir.Table,
    group: str,
    bundles: Sequence[Bundle],
    options: int,
    weight: str | None = None,
    largest: float = 1.0,
) -> ir.Table:
    """Return each respondent who counts: group, weight, and a number for each bundle.

    Parameters
    ----------
    rows : Table
    group, weight : str
        Columns; rows without a group or a usable weight are left out.
    bundles : sequence of Bundle
    options : int
        Answers are 1 to this.
    largest : float
        The largest weight.
    """
    base = options + 2
    digits = {name: marked(rows[name], options) for b in bundles for name in b.columns}
    columns: dict[str, Any] = {GROUP: group_text(rows[group])}
    if weight:
        steps = (weight_number(rows[weight]) / largest * WEIGHT_STEPS + 0.5).floor()
        # Not round: engines part ways at a half. No weight above 0 becomes 0.
        columns[WEIGHT] = ibis.greatest(steps.cast("int64"), ibis.literal(1, "int64"))
        columns["parley_usable"] = weight_number(rows[weight]).notnull()
    inner = rows.select(**columns, **{f"parley_d{i}": d for i, d in enumerate(digits.values())})
    place = {name: f"parley_d{i}" for i, name in enumerate(digits)}
    kept = inner.filter(inner[GROUP].notnull())
    if weight:
        kept = kept.filter(kept["parley_usable"])
    numbers = {
        _code(i): reduce(
            lambda total, term: total + term,
            [kept[place[name]] * base**slot for slot, name in enumerate(bundle.columns)],
        ).cast("int32")
        for i, bundle in enumerate(bundles)
    }
    valid = [kept[name].between(1, options) for name in place.values()]
    keep = [GROUP, WEIGHT] if weight else [GROUP]
    return kept.select(*keep, **{ANY: reduce(or_, valid)}, **numbers)


def _code(bundle: int) -> str:
    return f"parley_code_{bundle}"


def groups(codes: ir.Table) -> ir.Table:
    """Return for each group its rows, and the respondents with any valid answer."""
    return codes.group_by(GROUP).agg(
        rows=codes.count(), respondents=codes[ANY].cast("int64").sum().cast("int64")
    )


def counts(codes: ir.Table, bundles: int, options: int, *, weighted: bool) -> ir.Table:
    """Return by group and bundle how often each answer was given, and the cross products.

    Columns: `bundle` and, by slot of the bundle and mark, `n_<slot>_<mark>` (marks 0 and
    `options` + 1 are blank and invalid); with weights also the sums `w_<slot>_<mark>` of weights
    and `s_<slot>_<mark>` of their squares, in steps. By pair of slots the sums over the people who
    answered both, times the squared weight, of 1 (`m_<a>_<b>_0`), of the second answer (`_1`), of
    the first (`_2`) and of both (`_3`), each less 3, so that the sums stay small.
    """
    parts = [_bundle_counts(codes, i, options, weighted=weighted) for i in range(bundles)]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _bundle_counts(codes: ir.Table, bundle: int, options: int, *, weighted: bool) -> ir.Table:
    sums: dict[str, Any] = {"n": codes.count()}
    if weighted:
        square = (codes[WEIGHT] * codes[WEIGHT]).cast("decimal(18, 0)")
        sums |= {"w": codes[WEIGHT].sum().cast("int64"), "s": square.sum().cast("decimal(28, 0)")}
    cells = codes.group_by([GROUP, _code(bundle)]).agg(**sums)
    base, code = options + 2, cells[_code(bundle)]
    opened = cells.mutate(
        **{f"d{slot}": (code // base**slot % base).cast("int32") for slot in range(SLOTS)}
    )
    product = "s" if weighted else "n"
    held: dict[str, ir.Value] = {}
    for slot in range(SLOTS):
        digit = opened[f"d{slot}"]
        for mark in range(options + 2):
            for what in sums:
                if what == "n" or 1 <= mark <= options:
                    held[f"{what}_{slot}_{mark}"] = _where(digit == mark, opened[what])
    for a, b in SLOT_PAIRS:
        first, second = opened[f"d{a}"], opened[f"d{b}"]
        both = first.between(1, options) & second.between(1, options)
        factors = (None, second - 3, first - 3, (first - 3) * (second - 3))
        for place, factor in enumerate(factors):
            value = opened[product]
            if factor is not None:
                # Narrow decimals multiply without leaving the 38 digits that engines have.
                value *= factor.cast("decimal(3, 0)" if weighted else "int64")
            held[f"m_{a}_{b}_{place}"] = _where(both, value)
    found = opened.group_by(GROUP).agg(**held)
    exact: Mapping[str, Any] = {
        name: found[name].cast("decimal(38, 0)" if weighted and name[0] in "sm" else "int64")
        for name in held
    }
    return found.select(GROUP, bundle=ibis.literal(bundle, "int32"), **exact)


def _where(condition: ir.Value, value: ir.Value) -> ir.Value:
    return ibis.ifelse(condition, value, ibis.literal(0).cast(value.type())).sum()
