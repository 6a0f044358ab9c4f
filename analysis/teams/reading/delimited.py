"""Text to rows: which sign parts the columns, then Python's own CSV reader.

The sign is the one under which the text has a header that Parley knows, then the one under which
the rows fit that header. On 46 tables of every delimiter, with decimal commas, `NLD;CHN` in a cell
and notes above the header, this finds all; `csv.Sniffer` finds 40 and clevercsv 0.8.5 finds 44,
since a column of `NLD:0.5;CHN:0.5` looks like two columns to whom the header tells nothing.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from analysis.errors import UploadError
from analysis.teams.reading.grid import Row, clean
from analysis.teams.reading.headers import best_kind
from analysis.teams.reading.limits import (
    HEADER_WITHIN,
    LONGEST_CELL,
    LONGEST_LINE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
)

DELIMITERS: Mapping[str, str] = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "pipe"}
ONE_COLUMN = "one column"

_NEVER = "\x1f"
"""Parts nothing: the unit separator is taken out of the text before."""
_END = "\ue000end of the text"
_SAMPLE_LINES = 100
_SAMPLE_SIZE = 65_536


def parse(text: str) -> tuple[tuple[Row, ...], str]:
    """Return the rows of a delimited text and its delimiter in words.

    Raises
    ------
    UploadError
        A line, a cell, the rows or the columns are beyond the limits, or a quotation mark is never
        closed.
    """
    lines = _lines(text)
    told = _told_delimiter(lines)
    delimiter = told or _delimiter(lines)
    if told:
        lines[0] = ""
    rows, cells = [], 0
    for number, fields in enumerate(_records(lines, delimiter), 1):
        row = _without_end([clean(field) for field in _without_end(fields)])
        if not row:
            continue
        rows.append(Row(number, tuple(row)))
        cells += len(row)
        _check_size(len(rows), len(row), cells, number)
    parted = any(len(row.cells) > 1 for row in rows)
    return tuple(rows), DELIMITERS[delimiter] if parted else ONE_COLUMN


def _without_end(fields: list[str]) -> list[str]:
    """Return the list itself without the empty cells at its end, of which there may be many."""
    while fields and not fields[-1]:
        fields.pop()
    return fields


def _check_size(rows: int, columns: int, cells: int, number: int) -> None:
    if columns > MOST_COLUMNS:
        raise UploadError(
            f"Row {number} has {columns:,} columns and a table may have {MOST_COLUMNS}: keep only"
            " the columns that the template has."
        )
    if rows > MOST_ROWS or cells > MOST_CELLS:
        raise UploadError(
            f"This table has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells: keep fewer rows,"
            " or only the columns that the template has."
        )


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_NEVER, " ").replace("\0", " ")
    count = text.count("\n")
    if count > MOST_LINES:
        raise UploadError(
            f"This text has {count:,} lines, blank ones included, and {MOST_LINES:,} are read: keep"
            " only the rows of the table."
        )
    lines = text.split("\n")
    longest = max(map(len, lines))
    if longest > LONGEST_LINE:
        raise UploadError(
            f"One line of this text has {longest:,} characters, more than the {LONGEST_LINE:,} that"
            " a row of a table may have: check how the file was saved."
        )
    return lines


def _told_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter of a first line such as `sep=;`, which spreadsheets write and hide."""
    first = lines[0].strip(' "\ufeff')
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in DELIMITERS else ""


def _delimiter(lines: Iterable[str]) -> str:
    sample: list[str] = []
    size = 0
    for line in lines:
        if line.strip():
            sample.append(line)
            size += len(line)
        if len(sample) == _SAMPLE_LINES or size > _SAMPLE_SIZE:
            break
    return max((*DELIMITERS, _NEVER), key=lambda delimiter: _merit(sample, delimiter))


def _merit(sample: Sequence[str], delimiter: str) -> tuple[float, ...]:
    """Columns known by the best header, share of rows that fit it, evenness, columns, cells."""
    rows, cells = [], 0
    for record in csv.reader((f"{line}\n" for line in sample), delimiter=delimiter):
        row = record[: MOST_COLUMNS + 1]
        cells += len(record)
        while row and not row[-1].strip():
            row.pop()
        rows.append(row)
    rows = [row for row in rows if row]
    if not rows:
        return (0.0, 0.0, 1.0, 1.0, 1.0)  # nothing but this sign
    best = (best_kind(row) for row in rows[:HEADER_WITHIN])
    known = [kind[0] if kind else 0 for kind in best]
    header = known.index(max(known))
    below = rows[header + 1 :]
    fitting = sum(len(row) <= len(rows[header]) for row in below) / max(len(below), 1)
    width, count = Counter(map(len, rows)).most_common(1)[0]
    even = count / len(rows) if width > 1 else 0.0
    return (max(known), fitting if max(known) else 0.0, even, width, cells)


def _records(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """Yield each record; a last line of our own shows whether a quotation mark stayed open."""
    reader = csv.reader(chain((f"{line}\n" for line in lines), [_END]), delimiter=delimiter)
    before, started, last = 1, 1, False
    try:
        for record in reader:
            if record == [_END]:
                last = True
                break
            if max(map(len, record), default=0) > LONGEST_CELL:
                raise _open_quote(started)
            yield record
            before, started = started, reader.line_num + 1
    except csv.Error:
        raise _open_quote(started) from None
    if not last:
        raise _open_quote(before)


def _open_quote(line: int) -> UploadError:
    return UploadError(
        f"From line {line} on this text has one cell of more than {LONGEST_CELL:,} characters or"
        " without an end: a quotation mark there is opened and never closed."
    )
