"""Makes the awkward files: every format, encoding and delimiter, and the broken ones."""

import csv
import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

import openpyxl
import xlwt

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"

SCORES = [
    ["Team", "PDI", "IDV", "MAS", "UAI", "LTO", "IVR", "Size"],
    ["Buyers", 42, 71.5, 35, 55, 48, 60, 12],
    ["Makers", 66, 38, 52, 74.25, "", 41, ""],
]
MEMBERS = [["Name", "Cultures", "Weight"], ["Anna", "NLD:0.5;CHN:0.5", 1], ["Bob", "DEU", 2]]
QUESTIONS = [f"q{n:02d}" for n in range(1, 25)]


def csv_text(rows, delimiter=",", decimal="."):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            str(cell).replace(".", decimal) if isinstance(cell, float) else cell for cell in row
        )
    return file.getvalue()


def with_cells(rows, **changes):
    """Return rows with some cells changed, named as in a sheet: `B2=7`."""
    changed = [list(row) for row in rows]
    for place, value in changes.items():
        changed[int(place[1:]) - 1][ord(place[0]) - ord("A")] = value
    return changed


def answers(count=3, **changes):
    """Return a header and rows of answers; respondent r answers (r + question) mod 5 + 1."""
    rows = [list(QUESTIONS), *([(r + q) % 5 + 1 for q in range(24)] for r in range(count))]
    return with_cells(rows, **changes)


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return file.getvalue()


def xlsx(rows, offset=(0, 0), sheets=(), merged=(), hidden=()):
    """Return a workbook by openpyxl; `sheets` are (title, rows) that stand before."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, other in sheets:
        sheet = book.create_sheet(title)
        for row in other:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    sheet = book.create_sheet("Team")
    for r, row in enumerate(rows, 1 + offset[0]):
        for c, value in enumerate(row, 1 + offset[1]):
            if value not in ("", None):
                sheet.cell(r, c, value)
    for area in merged:
        sheet.merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def raw_xlsx(sheet_data, before="", more=None):
    """Return a workbook whose one sheet is this XML, legal or not."""
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Team" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f"{before}<worksheet {MAIN}><sheetData>{sheet_data}"
            "</sheetData></worksheet>",
            **(more or {}),
        }
    )


def xls(rows, offset=(0, 0), merged=(), book=None):
    book = book or xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Team", cell_overwrite_ok=True)
    for r, row in enumerate(rows, offset[0]):
        for c, value in enumerate(row, offset[1]):
            if value != "":
                sheet.write(r, c, value)
    for r1, r2, c in merged:
        sheet.write_merge(r1, r2, c, c, rows[r1 - offset[0]][c - offset[1]])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def far_xls():
    """Return a sheet with something in its first and last cell only."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Team")
    sheet.write(0, 0, "Team")
    sheet.write(65535, 255, 1)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class LockedBook(xlwt.Workbook):
    """Writes the record by which a reader knows that the rest is encrypted."""

    def _Workbook__intf_hdr_rec(self):  # noqa: N802 - xlwt's own method
        file_pass = struct.pack("<HHHHH", 0x2F, 6, 1, 1, 1)
        return file_pass + xlwt.Workbook._Workbook__intf_hdr_rec(self)


def locked_xls():
    return xls(SCORES, book=LockedBook())


def compound(stream_name):
    """Return what a file of another Office program looks like to whom looks at its names."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + stream_name.encode("utf-16-le").ljust(512, b"\0")


def ods_cell(value):
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(value)}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def ods(rows=(), table="", encrypted=False, before=""):
    """Return an OpenDocument spreadsheet with these rows, or with this XML as its table."""
    body = table or "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )
    locked = '<manifest:encryption-data manifest:checksum="x"/>' if encrypted else ""
    return packed(
        {
            "mimetype": MIMETYPE,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
            f"{locked}</manifest:file-entry></manifest:manifest>",
            "content.xml": f'{before}<office:document-content xmlns:office="{ODF}office:1.0"'
            f' xmlns:table="{ODF}table:1.0" xmlns:text="{ODF}text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Team">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def laughs(depth=9):
    """Return a document type whose last entity is ten to the power of the depth times `ha`."""
    entities = ['<!ENTITY e0 "ha">']
    entities += [
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth + 1)
    ]  # fmt: skip
    return f"<!DOCTYPE x [{''.join(entities)}]>"


def row_xml(number, cells):
    held = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
        for column, value in zip("ABCDEFGHIJ", cells, strict=False)
    )
    return f'<row r="{number}">{held}</row>'


def lying_zip(parts, name, told):
    """Return a zip whose directory says that one part is smaller than it is."""
    data = bytearray(packed(parts))
    size = len(parts[name])
    true, false = struct.pack("<I", size), struct.pack("<I", told)
    place = data.rindex(name.encode()) - 46  # of the entry in the central directory
    assert data[place + 24 : place + 28] == true
    data[place + 24 : place + 28] = false
    local = data.index(name.encode()) - 30
    data[local + 22 : local + 26] = false
    return bytes(data)


def with_flag(data, flag=0x1):
    """Return a zip whose parts all carry a flag, such as that of a password."""
    changed = bytearray(data)
    place = 0
    while (place := changed.find(b"PK\x01\x02", place)) >= 0:
        changed[place + 8] |= flag
        place += 4
    return bytes(changed)


def picture():
    """Return a PNG of one pixel."""

    def chunk(kind, held):
        return (
            struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )
