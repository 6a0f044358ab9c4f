"""The joins of a bulk job: Ibis expressions that run on every engine.

Nothing here computes a distance: the results stand in the pair table, and rows find theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol, cast

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from analysis.bulk.columns import SAMPLED
from analysis.bulk.names import Understanding, not_known
from analysis.bulk.pair_table import PairTable
from analysis.bulk.request import Always, real_columns

ROW = "parley_row"
"""The column that numbers the rows of the input from 1, made by the engine's source."""

BLANK = -1
"""The code of a text without any sign in it; unknown texts have none."""

CellType = Literal["int64", "float64", "comma"]
"""What a column of text holds; `comma` are numbers with a decimal comma."""


class Find(Protocol):
    """How an engine takes columns from a lookup: `joined`, or what it can do better."""

    def __call__(
        self, rows: ir.Table, lookup: ir.Table, keys: Mapping[str, str], taken: Mapping[str, str]
    ) -> ir.Table:
        """Return all rows and columns, with those of the lookup's row with the same keys.

        Parameters
        ----------
        rows, lookup : Table
        keys : mapping
            Column of the lookup to column of the rows: its text, or its two places.
        taken : mapping
            New name to column of the lookup; null where it has no such row.
        """


_RAW_A, _RAW_B, _CODE_A, _CODE_B = "parley_a", "parley_b", "parley_code_a", "parley_code_b"
_PAIR_A, _PAIR_B, _WHY = "parley_pair_a", "parley_pair_b", "parley_why"
_PLACES = {_PAIR_A: _CODE_A, _PAIR_B: _CODE_B}
_WHOLE = r"^(0|-?[1-9][0-9]{0,17})$"
_DECIMAL = r"^-?(0|[1-9][0-9]{0,14})([.][0-9]{1,16})?([eE][-+]?[0-9]{1,2})?$"
"""Numbers that keep their meaning as numbers: no sign or nought in front that a code may carry, and
no more digits than fit."""
_DECIMAL_COMMA = r"^-?(0|[1-9][0-9]{0,14})(,[0-9]{1,16})?$"


def names_lookup(understanding: Understanding, profiles: Sequence[str]) -> pa.Table:
    """Return the table from a text to the place of its profile in the pair table, or `BLANK`."""
    places = {profile: place for place, profile in enumerate(profiles)}
    codes = {text: places[profile] for text, profile in understanding.known.items()}
    codes |= dict.fromkeys(understanding.blank, BLANK)
    return pa.table(
        {"text": pa.array(list(codes), pa.string()),
         "code": pa.array(list(codes.values()), pa.int32())}
    )  # fmt: skip


def pairs_lookup(pairs: PairTable) -> pa.Table:
    """Return the pair table in long form, with null where a pair has no value."""
    n = len(pairs.profiles)
    first, second = np.divmod(np.arange(n * n), max(n, 1))
    columns: dict[str, Any] = {
        _PAIR_A: pa.array(first, pa.int32()),
        _PAIR_B: pa.array(second, pa.int32()),
    }
    for name, values in pairs.columns.items():
        flat = values.reshape(-1)
        if flat.dtype == object:
            columns[name] = pa.array(flat.tolist(), pa.string())
        elif name == "k":
            whole = np.nan_to_num(flat).astype(np.int32)
            columns[name] = pa.array(whole, pa.int32(), mask=np.isnan(flat))
        else:
            columns[name] = pa.array(flat, pa.float64(), mask=np.isnan(flat))
    return pa.table(columns)


def reasons_lookup(reasons: Mapping[tuple[int, int], str], n: int) -> pa.Table:
    """Return why a pair of known parties has no value, by both places among n parties."""
    first, second = np.divmod(np.arange(n * n), max(n, 1))
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    return pa.table(
        {
            _PAIR_A: pa.array(first, pa.int32()),
            _PAIR_B: pa.array(second, pa.int32()),
            _WHY: pa.array([reasons.get(pair) for pair in pairs], pa.string()),
        }
    )


def unknown_lookup(understanding: Understanding) -> pa.Table:
    """Return the table from the unknown texts that are named to the reason."""
    return pa.table(
        {"text": pa.array(list(understanding.unknown), pa.string()),
         "why": pa.array(list(understanding.unknown.values()), pa.string())}
    )  # fmt: skip


def joined(
    rows: ir.Table, lookup: ir.Table, keys: Mapping[str, str], taken: Mapping[str, str]
) -> ir.Table:
    """Return what `Find` describes, by a join that any engine has."""
    renamed = lookup.view().rename({f"parley_of_{column}": column for column in lookup.columns})
    on = [rows[column] == renamed[f"parley_of_{key}"] for key, column in keys.items()]
    found = rows.left_join(renamed, on)
    return found.select(
        [*rows.columns, *(found[f"parley_of_{old}"].name(new) for new, old in taken.items())]
    )


def sample(rows: ir.Table) -> ir.Table:
    """Return the first rows."""
    return rows.limit(SAMPLED)


def party_text(cells: ir.Column) -> ir.StringColumn:
    """Return a party column as texts.

    Codes such as 528 become floating-point numbers in programs that know no missing whole number:
    a whole one is read as the code.
    """
    if not cells.type().is_floating():
        return cells.cast("string")
    whole = ~cells.isnan() & (cells.abs() < 1e6) & (cells == cells.floor())
    return ibis.ifelse(
        whole, ibis.ifelse(whole, cells, 0.0).cast("int64").cast("string"),
        ibis.ifelse(cells.isnan(), ibis.null("string"), cells.cast("string")),
    )  # fmt: skip


def pairs_of(rows: ir.Table, columns: tuple[str, str]) -> ir.Table:
    """Return each different pair of texts with the number of its rows: the one pass of counting."""
    texts = rows.select(text_a=_side(rows, columns[0]), text_b=_side(rows, columns[1]))
    return texts.group_by("text_a", "text_b").agg(rows=lambda t: t.count())


def _side(rows: ir.Table, name: str) -> ir.StringColumn:
    """Return the texts of a party column, or of a side that is the same party in every row."""
    if isinstance(name, Always):
        return cast("ir.StringColumn", ibis.literal(str(name), "string"))
    return party_text(rows[name])


def texts_of(pairs: ir.Table, most: int) -> ir.Table:
    """Return each different text of both sides with the number of its cells, at most `most`."""
    sides = [pairs.select(text=pairs[name], rows=pairs.rows) for name in ("text_a", "text_b")]
    both = sides[0].union(sides[1])
    return (
        both.filter(both.text.notnull())
        .group_by("text")
        .agg(cells=lambda t: t.rows.sum())
        .limit(most)
    )


def coded_pairs(pairs: ir.Table, names: ir.Table, find: Find = joined) -> ir.Table:
    """Return the rows of each pair of codes; a code is null for an unknown text."""
    coded = _coded(
        pairs.rename({_RAW_A: "text_a", _RAW_B: "text_b", "parley_rows": "rows"}), names, find
    )
    filled = coded.select(
        code_a=_or_blank(coded, _RAW_A, _CODE_A),
        code_b=_or_blank(coded, _RAW_B, _CODE_B),
        rows=coded.parley_rows,
    )
    return filled.group_by("code_a", "code_b").agg(rows=lambda t: t.rows.sum())


def results(
    rows: ir.Table,
    columns: tuple[str, str],
    names: ir.Table,
    pairs: ir.Table,
    added: Sequence[str],
    find: Find = joined,
) -> ir.Table:
    """Return the rows with the results of their pairs; a row that has none keeps nulls.

    Parameters
    ----------
    rows : Table
        The input.
    columns : tuple of str
        The two party columns.
    names, pairs : Table
        `names_lookup` and `pairs_lookup` in the engine.
    added : sequence of str
        The columns to take from the pair table.
    find : callable
        How the engine looks up.
    """
    coded = _coded(_keyed(rows, columns), names, find)
    found = find(coded, pairs, _PLACES, {name: name for name in added})
    return found.select([*rows.columns, *added])


def output(
    found: ir.Table, input_columns: Sequence[str], added: Sequence[str],
    types: Mapping[str, CellType],
) -> ir.Table:  # fmt: skip
    """Return the table as it goes out, columns of text that hold numbers only as numbers."""
    cells = [
        _number(found[name], types[name]).name(name) if name in types else found[name]
        for name in input_columns
    ]
    return found.select([*cells, *(found[name] for name in added)])


def _number(cells: ir.StringColumn, what: CellType) -> ir.Column:
    if what == "comma":
        return cells.replace(",", ".").cast("float64")
    return cells.cast(what)


def fits(rows: ir.Table, columns: Sequence[str], *, comma: bool = False) -> ir.Table:
    """Return in one row whether all cells of a column of text are whole numbers, or numbers.

    With `comma`, also whether they are numbers with a decimal comma: not to be asked of a table
    whose cells are parted by commas.
    """
    tests: dict[str, Any] = {}
    for place, name in enumerate(columns):
        tests[f"whole_{place}"] = rows[name].re_search(_WHOLE).all()
        tests[f"number_{place}"] = rows[name].re_search(_DECIMAL).all()
        if comma:
            tests[f"comma_{place}"] = rows[name].re_search(_DECIMAL_COMMA).all()
    return rows.aggregate(**tests)


def cell_types(answer: Mapping[str, bool | None], columns: Sequence[str]) -> dict[str, CellType]:
    """Return the columns of text that hold numbers only, from the row that `fits` gives.

    A column without any cell is none: the answer is null then.
    """
    found: dict[str, CellType] = {}
    for place, name in enumerate(columns):
        if answer[f"whole_{place}"]:
            found[name] = "int64"
        elif answer[f"number_{place}"]:
            found[name] = "float64"
        elif answer.get(f"comma_{place}"):
            found[name] = "comma"
    return found


def told_pairs(
    pairs: ir.Table,
    columns: tuple[str, str],
    names: ir.Table,
    unknown: ir.Table,
    reasons: ir.Table,
    find: Find = joined,
) -> ir.Table:
    """Return each pair of texts that gets no value for any measure, with the reason.

    Parameters
    ----------
    pairs : Table
        From `pairs_of`, kept.
    columns : tuple of str
        The two party columns, to be named.
    names, unknown, reasons : Table
        The lookups of those names in the engine; `reasons` has all pairs without a value.
    find : callable
        How the engine looks up.
    """
    keyed = pairs.select(**{_RAW_A: pairs.text_a, _RAW_B: pairs.text_b})
    told = _without_value(keyed, names, unknown, reasons, find)
    # An empty cell and none at all are one and the same here.
    held = told.select(
        key_a=told[_RAW_A].fill_null(""), key_b=told[_RAW_B].fill_null(""),
        reason=_reason(told, columns),
    )  # fmt: skip
    return held.group_by("key_a", "key_b").agg(reason=lambda t: t.reason.min())


def left_out(numbered: ir.Table, columns: tuple[str, str], told: ir.Table) -> ir.Table:
    """Return number, both texts and reason of each row without any value, in order.

    For few of many rows: those that are found are put in order.

    Parameters
    ----------
    numbered : Table
        The input with the column `ROW`.
    columns : tuple of str
    told : Table
        From `told_pairs`, kept: joined to the rows by their texts it passes over most of a large
        file at the speed of reading it.
    """
    keyed = _keyed(numbered.select(ROW, *real_columns(columns)), columns)
    keyed = keyed.mutate(key_a=keyed[_RAW_A].fill_null(""), key_b=keyed[_RAW_B].fill_null(""))
    found = keyed.inner_join(told, ["key_a", "key_b"])
    listed = found.select(
        row=found[ROW], a=harmless(found[_RAW_A]), b=harmless(found[_RAW_B]), reason=found.reason
    )
    return listed.order_by("row")


def left_out_in_place(
    numbered: ir.Table,
    columns: tuple[str, str],
    names: ir.Table,
    unknown: ir.Table,
    reasons: ir.Table,
    find: Find = joined,
) -> ir.Table:
    """Return what `left_out` does, for many rows: each is looked up where it stands.

    An engine whose `find` does not keep the order of the input sorts by `row`.
    """
    keyed = _keyed(numbered.select(ROW, *real_columns(columns)), columns)
    told = _without_value(keyed, names, unknown, reasons, find)
    return told.select(
        row=told[ROW], a=harmless(told[_RAW_A]), b=harmless(told[_RAW_B]),
        reason=_reason(told, columns),
    )  # fmt: skip


def _without_value(
    keyed: ir.Table, names: ir.Table, unknown: ir.Table, reasons: ir.Table, find: Find
) -> ir.Table:
    """Keep what has no value, with what a reason is made of."""
    coded = _coded(keyed, names, find)
    coded = coded.mutate(
        **{_CODE_A: _or_blank(coded, _RAW_A, _CODE_A), _CODE_B: _or_blank(coded, _RAW_B, _CODE_B)}
    )
    told = find(coded, reasons, _PLACES, {_WHY: _WHY})
    known = (told[_CODE_A] >= 0).fill_null(False) & (told[_CODE_B] >= 0).fill_null(False)
    told = told.filter(told[_WHY].notnull() | ~known)
    told = find(told, unknown, {"text": _RAW_A}, {"parley_why_a": "why"})
    return find(told, unknown, {"text": _RAW_B}, {"parley_why_b": "why"})


def harmless(text: ir.StringColumn) -> ir.StringColumn:
    """Return text that no spreadsheet reads as a formula, as `exports.legible.no_formula` does."""
    led = text.lstrip().substr(0, 1).isin(["=", "+", "-", "@"]) | text.substr(0, 1).isin(
        ["\t", "\r"]
    )
    return ibis.ifelse(led, ibis.literal("'").concat(text), text)


def _keyed(rows: ir.Table, columns: tuple[str, str]) -> ir.Table:
    return rows.mutate(**{_RAW_A: _side(rows, columns[0]), _RAW_B: _side(rows, columns[1])})


def _coded(keyed: ir.Table, names: ir.Table, find: Find) -> ir.Table:
    coded = find(keyed, names, {"text": _RAW_A}, {_CODE_A: "code"})
    return find(coded, names, {"text": _RAW_B}, {_CODE_B: "code"})


def _or_blank(coded: ir.Table, raw: str, code: str) -> ir.IntegerColumn:
    return ibis.ifelse(coded[raw].isnull(), ibis.literal(BLANK, "int32"), coded[code])


def _reason(told: ir.Table, columns: tuple[str, str]) -> ir.StringColumn:
    blank_a, blank_b = ((told[code] == BLANK).fill_null(False) for code in (_CODE_A, _CODE_B))
    unknown_a, unknown_b = (
        ibis.ifelse(
            told[code].isnull(),
            told[why].fill_null(not_known_expression(told[raw])),
            ibis.null("string"),
        )
        for code, why, raw in (
            (_CODE_A, "parley_why_a", _RAW_A), (_CODE_B, "parley_why_b", _RAW_B),
        )
    )  # fmt: skip
    both = unknown_a.notnull() & unknown_b.notnull() & (told[_RAW_A] != told[_RAW_B])
    return ibis.cases(
        (blank_a & blank_b, "Both party columns are empty."),
        (blank_a, f"“{columns[0]}” is empty."),
        (blank_b, f"“{columns[1]}” is empty."),
        (both, unknown_a.concat(" ", unknown_b)),
        (unknown_a.notnull(), unknown_a),
        (unknown_b.notnull(), unknown_b),
        else_=told[_WHY],
    )


def not_known_expression(text: ir.StringColumn) -> ir.StringColumn:
    """Return `names.not_known` as an expression, for texts that are too many to be named."""
    before, _mark, after = not_known("\0").partition("\0")
    cut = ibis.ifelse(text.length() > 40, text.substr(0, 37).concat("..."), text)
    return ibis.literal(before).concat(cut, after)
