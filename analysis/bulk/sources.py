"""Tables of pairs as they come in: which files, of which form, with which columns."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.bulk.delimited import Dialect, sniff
from analysis.bulk.partitions import FolderColumn, folder_columns
from analysis.errors import BulkError
from analysis.words import join

Kind = Literal["text", "workbook", "parquet"]

TEXTS = (".csv", ".tsv", ".tab", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
PARQUETS = (".parquet", ".pq")
LONGEST_NAME = 300
"""Characters of a column's name: a whole question of a survey fits."""
RESERVED = "parley_"
"""How the columns begin that a job makes for itself."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells that a file is still the one that was opened."""

    path: Path
    size: int
    changed: int
    inode: int


@dataclass(frozen=True, slots=True)
class Source:
    """The input, ready for an engine.

    Attributes
    ----------
    kind : str
        What the person gave; a workbook is read into Parquet first, and `files` names that.
    files : tuple of Path
        CSV in UTF-8 (one file) or Parquet (one or several with the same columns), in their order.
    columns : tuple of str
        Names in their order.
    text_columns : tuple of str
        Those that hold texts; of a text file all.
    dialect : Dialect or None
        Of a text file: how its cells are parted.
    rows : int or None
        Where that is known without reading.
    notes : tuple of str
        What was understood of the form, as sentences.
    folder_columns : tuple of FolderColumn
        Of Parquet files: the columns, after those of the files, that the names of folders hold.
    """

    kind: Kind
    files: tuple[Path, ...]
    columns: tuple[str, ...]
    text_columns: tuple[str, ...]
    dialect: Dialect | None = None
    rows: int | None = None
    notes: tuple[str, ...] = ()
    folder_columns: tuple[FolderColumn, ...] = ()


def kind_of(files: Sequence[Path]) -> Kind:
    """Return the form that the ending of a file tells.

    Raises
    ------
    BulkError
        It tells none that can be read.
    """
    ending = files[0].suffix.lower()
    if ending in TEXTS:
        return "text"
    if ending in WORKBOOKS:
        return "workbook"
    if ending in PARQUETS:
        return "parquet"
    raise BulkError(
        f"“{files[0].name}” is no table that Parley reads here: give a file that ends in"
        f" {join([*TEXTS, *WORKBOOKS, *PARQUETS], 'or')}, or a folder of Parquet files."
    )


def find_files(source: Path) -> tuple[Path, ...]:
    """Return the files that a path, a folder or a pattern names, sorted by name.

    A folder stands for the Parquet files in it and below (`year=2001` in the name of one below is a
    column). Names that begin with a dot or an
    underscore are left out: engines mark what is no data that way.

    Raises
    ------
    BulkError
        There is no such file, or none that can be read.
    """
    try:
        if source.is_dir():
            found = [p for p in source.rglob("*") if p.suffix.lower() in PARQUETS]
            return _several(source, [p for p in found if _is_data(p.relative_to(source))])
        if source.exists():
            return (source,)
        if glob.has_magic(str(source)):
            matches = [Path(p) for p in glob.glob(str(source), recursive=True)]  # noqa: PTH207 - absolute too
            return _several(source, [p for p in matches if p.is_file() and _is_data(p)])
    except OSError as error:
        raise BulkError(f"“{source}” cannot be read ({error.strerror}).") from error
    raise BulkError(f"“{source}” is not there: name a file, a folder or a pattern.")


def _is_data(path: Path) -> bool:
    return not any(part.startswith((".", "_")) and part not in {".", ".."} for part in path.parts)


def _several(source: Path, found: Sequence[Path]) -> tuple[Path, ...]:
    files = tuple(sorted(found))
    if not files:
        raise BulkError(f"“{source}” holds no Parquet file: name a file or another folder.")
    if len(files) > 1 and any(p.suffix.lower() not in PARQUETS for p in files):
        other = next(p for p in files if p.suffix.lower() not in PARQUETS)
        raise BulkError(
            f"“{source}” names several files, “{other.name}” among them: only Parquet files can be"
            " read together."
        )
    return files


def fingerprints(files: Sequence[Path]) -> tuple[Fingerprint, ...]:
    """Return what tells whether the files stay as they are.

    Raises
    ------
    BulkError
        One cannot be read.
    """
    found = []
    for path in files:
        try:
            with path.open("rb"):
                told = path.stat()
        except OSError as error:
            raise BulkError(
                f"“{path}” cannot be read ({error.strerror}): check its name, its permissions and"
                " whether another program holds it."
            ) from error
        found.append(Fingerprint(path, told.st_size, told.st_mtime_ns, told.st_ino))
    return tuple(found)


def check_unchanged(before: Sequence[Fingerprint]) -> None:
    """Refuse what was written to, replaced or removed since.

    Raises
    ------
    BulkError
        A file is not the one that was opened.
    """
    for held in before:
        try:
            told = held.path.stat()
            same = (told.st_size, told.st_mtime_ns, told.st_ino) == (
                held.size, held.changed, held.inode,
            )  # fmt: skip
        except OSError:
            same = False
        if not same:
            raise BulkError(
                f"“{held.path.name}” changed while it was read, so nothing was written: run the job"
                " again when no program writes to it."
            )


def open_source(files: Sequence[Path], folder: Path, *, most: int | None = None) -> Source:
    """Return the input as a source.

    Parameters
    ----------
    files : sequence of Path
        From `find_files`.
    folder : Path
        For what must be written down first: a text in another encoding, the rows of a workbook.
    most : int, optional
        Bytes of a text that are enough, for a preview.

    Raises
    ------
    BulkError
        The form is none that is read, a file is damaged or empty, the columns of several files
        differ, or a name stands twice.
    """
    kind = kind_of(files)
    if kind == "text":
        path, header, dialect, notes = sniff(files[0], folder, most)
        source = Source(kind, (path,), header, header, dialect, None, notes)
    elif kind == "workbook":
        from analysis.bulk.workbooks import workbook_to_parquet  # noqa: PLC0415 - heavy

        source = _parquet(kind, (workbook_to_parquet(files[0], folder),))
    else:
        source = _parquet(kind, files)
    check_names(source.columns)
    return source


def check_names(columns: Sequence[str]) -> None:
    """Refuse names that cannot be told apart, or that a job needs for itself.

    Raises
    ------
    BulkError
        A name is empty, too long or holds a zero byte, stands twice (engines do not tell upper from
        lower case), or is reserved.
    """
    seen: dict[str, str] = {}
    for place, name in enumerate(columns, 1):
        if not name.strip():
            raise BulkError(f"Column {place} has no name: write one in the first row.")
        if len(name) > LONGEST_NAME:
            raise BulkError(
                f"The name of column {place} has {len(name):,} characters: keep it to"
                f" {LONGEST_NAME}."
            )
        if "\0" in name:
            raise BulkError(
                f"The name of column {place} holds a character that is no text: type it anew."
            )
        if name.casefold() in seen:
            first = seen[name.casefold()]
            which = f"“{name}”" if first == name else f"“{first}” and “{name}”"
            raise BulkError(f"Two columns are called {which}: give each its own name.")
        if name.casefold().startswith(RESERVED):
            raise BulkError(f"The column “{name}” has a name that Parley needs: call it otherwise.")
        seen[name.casefold()] = name


def _parquet(kind: Kind, files: Sequence[Path]) -> Source:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    rows, first = 0, None
    for path in files:
        try:
            held = pq.ParquetFile(path)
            schema = held.schema_arrow.remove_metadata()
            rows += held.metadata.num_rows
        except (pa.ArrowException, OSError) as error:
            raise BulkError(
                f"“{path.name}” is damaged or no Parquet file: make it again."
            ) from error
        plain = [(f.name, _undictionaried(f.type)) for f in schema]
        if first is None:
            first, held_first = plain, path
        elif plain != first:
            raise BulkError(_difference(held_first, first, path, plain))
    assert first is not None  # noqa: S101 - for the type checker
    texts = tuple(
        name for name, what in first if pa.types.is_string(what) or pa.types.is_large_string(what)
    )
    columns = tuple(name for name, _ in first)
    above = folder_columns(files, columns) if kind == "parquet" else ()
    added = tuple(column.name for column in above)
    texts += tuple(column.name for column in above if not column.is_whole)
    verb = "is a column" if len(added) == 1 else "are columns"
    notes = (f"The folders’ {join([f'“{n}”' for n in added])} {verb}.",) if added else ()
    return Source(kind, tuple(files), (*columns, *added), texts, None, rows, notes, above)


def _undictionaried(what: object) -> object:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return what.value_type if isinstance(what, pa.DictionaryType) else what


def _difference(
    first: Path,
    held: Sequence[tuple[str, object]],
    second: Path,
    other: Sequence[tuple[str, object]],
) -> str:
    for (name, what), (other_name, other_what) in zip(held, other, strict=False):
        if name != other_name:
            found = f"has the column “{other_name}” where the first has “{name}”"
            break
        if what != other_what:
            found = f"holds “{name}” as {other_what}, the first as {what}"
            break
    else:
        found = f"has {len(other)} columns, the first {len(held)}"
    return (
        f"The Parquet files do not fit together: “{second.name}” {found} (“{first.name}”): give"
        " files with the same columns."
    )
