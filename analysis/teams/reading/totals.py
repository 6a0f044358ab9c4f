"""Rows that sum up the others, such as *Total* or *Mean*: neither a team nor a person."""

from __future__ import annotations

from dataclasses import replace

from analysis.teams.reading.cells import ProfileFinder
from analysis.teams.reading.grid import Row, as_text, plain, shown
from analysis.teams.reading.headers import QUESTION_ROLES
from analysis.teams.reading.table import Table
from analysis.words import join

TOTALS = frozenset(
    (
        "total", "totals", "grand total", "subtotal", "sum", "total sum", "all", "overall",
        "gesamt", "gesamtsumme", "summe", "insgesamt", "somme", "totale", "totaal", "som", "suma",
        "soma", "合计", "合計", "总计", "總計", "総計", "小计", "小計", "합계", "итого", "المجموع",
    )
)  # fmt: skip
MEANS = frozenset(
    (
        "mean", "average", "avg", "median", "mean value", "team mean", "team average",
        "mittel", "mittelwert", "durchschnitt", "moyenne", "mediane", "media", "promedio",
        "gemiddelde", "平均", "平均值", "平均値", "중앙값", "평균", "среднее", "المتوسط",
    )
)  # fmt: skip
_NAMED_BY = ("team", "name", "given", "family", "culture", "subgroup")
_NAMED = 5


def without_totals(table: Table, finder: ProfileFinder, hidden: bool) -> tuple[Table, list[str]]:
    """Return a table without the rows that sum it up, and a sentence about them.

    Only a row beside others can be one. A person called *Sum* with a culture is a person. With
    `hidden` the sentence quotes no cell.
    """
    found = [record for record in table.records if _sums_up(table, record, finder)]
    if not found or len(found) == len(table.records):
        return table, []
    kept = tuple(record for record in table.records if record not in found)
    what = "a column" if table.turned else "a row"
    if hidden:
        named = join([table.row_name(record) for record in found[:_NAMED]])
    else:
        named = join([f"{table.row_name(r)} ({shown(_word(table, r))})" for r in found[:_NAMED]])
    several = len(found) > 1
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    place = "Column" if table.turned else "Row"
    return replace(table, records=kept), [
        f"{place}{'s' if several else ''} {named}{more} look{'' if several else 's'} like"
        f" {what} that sums up the others, a total or a mean, and {'are' if several else 'is'}"
        f" left out. If {'they are' if several else 'it is'} not, give"
        f" {'them other names' if several else 'it another name'}."
    ]


def _sums_up(table: Table, record: Row, finder: ProfileFinder) -> bool:
    if plain(_word(table, record)).rstrip(" :.") not in TOTALS | MEANS:
        return False
    if table.kind != "members":
        return True
    cultures = (as_text(table.cell(record, role)) for role in table.columns if "culture" in role)
    # A number, or nothing, where a culture would stand: a count of the rows above.
    return not any(finder.find(text) or ":" in text or ";" in text for text in cultures)


def _word(table: Table, record: Row) -> str:
    """Return what a row is called: the first cell with a word in it, a question's cell or a name's.

    Other cells hold numbers in such a row.
    """
    read = {table.columns[r] for r in (*_NAMED_BY, *QUESTION_ROLES) if r in table.columns}
    named = (c for c in sorted(read) if as_text(record.cell(c)).strip())
    first = next(named, 0)
    text = as_text(record.cell(0)) or as_text(record.cell(first))
    # A row of answers has no name; a column before the answers, such as *No*, often says it.
    return text if plain(text).rstrip(" :.") in TOTALS | MEANS else as_text(record.cell(first))
