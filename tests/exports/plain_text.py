"""The text of a file as an independent reader finds it."""

import io
import json

import openpyxl
from docx import Document
from pptx import Presentation
from pypdf import PdfReader


def plain_text(format_id, data):
    """Return all text that a reader of the file can see."""
    return {
        "pptx": _pptx, "docx": _docx, "xlsx": _xlsx, "pdf": _pdf, "pdf-page": _pdf, "json": _json,
    }.get(format_id, _decoded)(data)  # fmt: skip


def _decoded(data):
    return data.decode("utf-8-sig")


def _json(data):
    return json.dumps(json.loads(data), ensure_ascii=False)


def _pdf(data):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def _docx(data):
    document = Document(io.BytesIO(data))
    cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _xlsx(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    values = (v for sheet in book for row in sheet.iter_rows(values_only=True) for v in row)
    return "\n".join(str(value) for value in values if value is not None)


def _pptx(data):
    found = []
    for slide in Presentation(io.BytesIO(data)).slides:
        found.append(slide.notes_slide.notes_text_frame.text)
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)
