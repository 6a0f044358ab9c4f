"""Tables of text: encoding, the sign that parts cells, and the names in the first row."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.bulk.line_ends import LineEnds, mend_line_ends
from analysis.errors import BulkError, UploadError
from analysis.teams.reading.decoding import ENCODINGS, decode
from analysis.words import join

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
HEAD = 1 << 20
"""Bytes at the beginning from which delimiter and names are told."""

_BLOCK = 1 << 20
_ROWS_LOOKED_AT = 100
_STRANGE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a text are parted.

    Attributes
    ----------
    delimiter : str
    skipped : int
        Lines before the one with the names: 1 where a spreadsheet wrote `sep=;`.
    """

    delimiter: str
    skipped: int


def sniff(
    path: Path, folder: Path, most: int | None = None
) -> tuple[Path, tuple[str, ...], Dialect, tuple[str, ...]]:
    """Return a table of text in UTF-8, its columns, its dialect, and what was understood.

    Text in another encoding, or whose lines end in different ways, is written anew into `folder`;
    with `most`, so are the first bytes, up to the end of a row.

    Raises
    ------
    BulkError
        The file is empty or no table of text.
    """
    try:
        codec, ends = _codec(path, most)
        plain = path
        if codec != "utf-8" or most is not None:
            plain = folder / "input.csv"
            _transcode(path, plain, codec, most)
            ends = None
        plain, mended = mend_line_ends(plain, folder, ends)
        with plain.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise BulkError(f"“{path.name}” cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError:
        raise BulkError(
            f"“{path.name}” is in no encoding that Parley reads throughout: save it as UTF-8."
        ) from None
    text = head.decode("utf-8", "ignore")
    if not text.strip():
        raise BulkError(f"“{path.name}” is empty: give a table with names in its first row.")
    dialect = _dialect(path, text, whole=len(head) < HEAD)
    names = next(_records(_skipped(text, dialect.skipped), dialect.delimiter))
    header = tuple(n if n.strip() else f"column{place}" for place, n in enumerate(names, 1))
    if len(header) < 2:
        raise BulkError(
            f"“{path.name}” has one column, and pairs need two: part its cells by"
            f" {join(list(DELIMITERS.values()), 'or')}."
        )
    words = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16",
             "utf-16-be": "UTF-16", "utf-32": "UTF-32"}.get(codec) or ENCODINGS[codec]  # fmt: skip
    notes = [f"Read as {words}, cells parted by {DELIMITERS[dialect.delimiter]}."]
    if dialect.delimiter == ";":
        notes.append(
            "A result in CSV is parted by comma, its distances have decimal points: choose XLSX for"
            " a spreadsheet that expects otherwise."
        )
    notes += (
        ["Its lines end in more than one way; all are read as ends of lines."] if mended else []
    )
    return plain, header, dialect, tuple(notes)


def _codec(path: Path, most: int | None) -> tuple[str, LineEnds | None]:
    """Return the encoding: by its mark, by its zero bytes, UTF-8 where all of it is valid.

    Where all of it was read for that, also the ends of its lines.
    """
    ends = LineEnds()
    with path.open("rb") as file:
        head = file.read(HEAD)
        for mark, codec in _MARKS:
            if head.startswith(mark):
                # An engine reads over the mark of UTF-8 itself.
                return "utf-8" if codec == "utf-8-sig" else codec, None
        sample = head[: len(head) // 2 * 2]
        first, second = sample[::2].count(0), sample[1::2].count(0)
        enough = len(sample) / 10
        if first > enough or second > enough:
            return "utf-16-be" if first > second else "utf-16-le", None
        file.seek(0)
        strange = _not_utf8(ends.seen(_blocks(file, most)), cut=most is not None)
    if strange is None:
        return "utf-8", ends
    try:
        told = decode(strange).encoding
    except UploadError:
        raise BulkError(
            f"“{path.name}” is no table of text: save the table as CSV, XLSX or Parquet."
        ) from None
    codec = next((codec for codec, words in ENCODINGS.items() if words == told), "cp1252")
    return codec, None


def _blocks(file: io.BufferedReader, most: int | None) -> Iterator[bytes]:
    left = most
    while block := file.read(_BLOCK if left is None else min(_BLOCK, left)):
        yield block
        if left is not None:
            left -= len(block)


def _not_utf8(blocks: Iterator[bytes], *, cut: bool) -> bytes | None:
    """Return lines around the first bytes that are not UTF-8; None where all are.

    A letter without its end is one only where the text was `cut`.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    waiting, block = False, b""
    for block in blocks:
        if block.isascii() and not waiting:
            continue
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            lines = (line for line in block.splitlines(keepends=True)[1:] if not line.isascii())
            return b"".join(lines)[:_STRANGE] or block[:_STRANGE]
        waiting = bool(decoder.getstate()[0])
    return block[-_STRANGE:] if waiting and not cut else None


def _transcode(path: Path, to: Path, codec: str, most: int | None) -> None:
    decoder = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as file, to.open("wb") as out:
        cut = most is not None and path.stat().st_size > most
        for block in _blocks(file, most):
            out.write(decoder.decode(block).encode())
        if not cut:
            out.write(decoder.decode(b"", final=True).encode())
    if cut:
        head = to.read_bytes()
        to.write_bytes(head[: head.rfind(b"\n") + 1] or head)


def _dialect(path: Path, text: str, *, whole: bool) -> Dialect:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    line = first.strip()
    if line[:4].lower() == "sep=" and line[4:] in DELIMITERS:
        return Dialect(line[4:], 1)
    best, best_rank = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        rank = _fit(text, delimiter, whole=whole)
        if rank > best_rank:
            best, best_rank = delimiter, rank
    if best_rank == (0.0, 0) and path.suffix.lower() in {".tsv", ".tab"}:
        best = "\t"
    return Dialect(best, 0)


def _fit(text: str, delimiter: str, *, whole: bool) -> tuple[float, int]:
    """Say how well a sign parts the text: rows as wide as the first, then how wide that is."""
    rows: list[list[str]] = []
    try:
        for row in _records(text, delimiter):
            rows.append(row)
            if len(rows) > _ROWS_LOOKED_AT:
                break
    except csv.Error:
        return (0.0, 0)
    if len(rows) > 1 and len(rows) <= _ROWS_LOOKED_AT and not whole:
        rows.pop()  # cut by the end of the head
    rows = [row for row in rows if row]
    width = len(rows[0]) if rows else 0
    if width < 2:
        return (0.0, 0)
    return sum(len(row) == width for row in rows) / len(rows), width


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)


def _skipped(text: str, lines: int) -> str:
    for _ in range(lines):
        text = text.partition("\n")[2]
    return text
