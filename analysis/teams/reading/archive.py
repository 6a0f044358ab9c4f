"""Zip-based workbooks: what is looked at before, and instead of, trusting them.

Sizes are checked in the zip directory before anything is unpacked. Then the XML parts are unpacked
here, with their checksums, and packed anew without compression: the reader gets no stream that
could hold more than was promised, and no picture or macro at all.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from analysis.errors import UploadError
from analysis.teams.reading.limits import (
    HIGHEST_RATIO,
    LARGEST_FILE,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_PARTS,
)

_KEPT = (".xml", ".rels", "mimetype")
_DAMAGED = "This workbook is damaged: open it in a spreadsheet program and save it again."
LOCKED = (
    "This workbook is protected by a password: open it in a spreadsheet program and save it"
    " without one."
)
_DOCUMENT_TYPE = (
    "This workbook declares a document type, which no spreadsheet program writes and which can make"
    " a small file grow without end: save the table as CSV."
)
_OTHERS = (
    ("word/document.xml", "a text document (DOCX): put the table into a spreadsheet"),
    ("ppt/presentation.xml", "a presentation (PPTX): put the table into a spreadsheet"),
    ("xl/workbook.bin", "a binary workbook (XLSB): save it as XLSX"),
    ("Index/Document.iwa", "a Numbers document: export it as XLSX or CSV"),
    ("index.xml", "a Numbers document: export it as XLSX or CSV"),
)
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError,
    OverflowError, MemoryError,
)  # fmt: skip
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


def unpack(data: bytes) -> tuple[str, bytes]:
    """Return the format of a zip-based workbook and the workbook itself, safe to read.

    Returns
    -------
    tuple of str and bytes
        `XLSX` or `ODS`, and the XML parts as a zip file without compression.

    Raises
    ------
    UploadError
        The file is damaged, locked or no workbook, unpacks to more than the limits, or declares a
        document type, by which a few lines of XML grow to gigabytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _checked_parts(archive, len(data))
            kind = _kind(archive)
            return kind, _repacked(archive, parts)
    except UploadError:
        raise
    except RuntimeError as error:  # Python says so of a part that needs a password
        raise UploadError(LOCKED if "password" in str(error) else _DAMAGED) from None
    except _ZIP_ERRORS as error:
        raise UploadError(_DAMAGED) from error


def _checked_parts(archive: zipfile.ZipFile, packed: int) -> list[zipfile.ZipInfo]:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise UploadError(
            f"This workbook consists of {len(parts):,} parts, or has one twice, as no spreadsheet"
            " program writes it: save the table as CSV."
        )
    if unpacked > LARGEST_UNPACKED:
        raise UploadError(
            f"This workbook unpacks to {unpacked / MEGABYTE:,.0f} MB, more than"
            f" {LARGEST_UNPACKED // MEGABYTE} MB: keep only the table, or save it as CSV."
        )
    if unpacked > LARGEST_FILE and unpacked > HIGHEST_RATIO * packed:
        raise UploadError(
            f"This workbook unpacks to {unpacked // packed:,} times its size, as no table of a team"
            " does: save the table as CSV."
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise UploadError(LOCKED)
    # No office program packs in another way, and LZMA may ask for a dictionary of gigabytes.
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise UploadError(_DAMAGED)
    return parts


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "XLSX"
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        told = archive.read("mimetype").decode("ascii", "replace").strip()
        if told.startswith(_OPEN_DOCUMENT):
            return "ODS"
        if "opendocument" in told:
            raise UploadError(
                "This file is an OpenDocument file but no spreadsheet: put the table into one and"
                " save it as ODS."
            )
    for name, what in _OTHERS:
        if name in names:
            raise UploadError(f"This file is {what}.")
    raise UploadError("This file is a zip archive: unpack it and take the table that is inside.")


def _repacked(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as packed:
        for part in parts:
            if not part.filename.endswith(_KEPT):
                continue
            content = archive.read(part)
            if not part.filename.endswith("mimetype"):
                _check_xml(content)
            if part.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
                raise UploadError(LOCKED)
            packed.writestr(zipfile.ZipInfo(part.filename), content)
    return held.getvalue()


class _Declared(Exception):  # noqa: N818 - caught where the part is checked
    """A document type stands before the first element."""


def _check_xml(content: bytes) -> None:
    """Refuse a document type and anything that is not well-formed.

    Calamine never ends on some sheets that are cut or garbled, so none reaches it.
    """

    def refuse(*_: object) -> None:
        raise _Declared

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except _Declared:
        raise UploadError(_DOCUMENT_TYPE) from None
    except expat.ExpatError:
        raise UploadError(_DAMAGED) from None
