"""The document as DOCX, to be edited: real styles, headings, tables, captions and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analysis.exports.blocks import Block, Figure, Heading, Table, Text
from analysis.exports.docx.styles import (
    ASIDE,
    GREY,
    INK,
    LEAD,
    NOTE,
    RULE,
    field,
    set_language,
    set_page,
    set_styles,
)
from analysis.exports.package import with_fixed_times
from analysis.exports.paper import Paper, paper_of
from analysis.exports.pictures import pictures_of
from analysis.exports.subject import Stamp, Subject
from analysis.pictures.picture import Picture
from analysis.pictures.render import render

_TEXT_WIDTH = 166
"""Of a page [mm]."""

_WIDTHS = {"radar": 112, "gaps": 150, "distribution": 138, "overlap": 138, "agreement": 132,
           "roadmap": 132}  # fmt: skip
"""Of each chart [mm]: letters in it come out about as large as those around it."""

_DOTS_PER_INCH = 200


def as_docx(subject: Subject) -> bytes:
    """Return the document for Word and its kin."""
    return _Writer(subject).write(paper_of(subject))


class _Writer:
    """A document that grows block by block."""

    def __init__(self, subject: Subject) -> None:
        self._pictures = pictures_of(subject)
        self._document = Document()
        self._counts: Counter[str] = Counter()
        set_styles(self._document)
        set_page(self._document)
        set_language(self._document, "en-GB")
        # Looking a style up by its name takes longer than everything else about a paragraph.
        self._styles = {style.name: style.style_id for style in self._document.styles}

    def write(self, paper: Paper) -> bytes:
        stamp = paper.stamp
        self._paragraph("Title", stamp.title)
        self._paragraph("Subtitle", stamp.subtitle)
        made = f"{stamp.day_in_words} · Parley data {stamp.data_version} · {stamp.settings_line}"
        self._paragraph(NOTE, f"{made} {stamp.caveat}")
        self._blocks((*paper.left, *paper.right))
        self._contents(paper)
        self._blocks(paper.annexes)  # the stamp ends them
        self._foot(stamp)
        self._sign(stamp)
        stream = BytesIO()
        self._document.save(stream)
        return with_fixed_times(stream.getvalue(), stamp.day)

    def _contents(self, paper: Paper) -> None:
        """Add a table of contents; until Word brings it up to date it names the chapters."""
        chapters = [b.text for b in paper.annexes if isinstance(b, Heading) and b.level == 1]
        self._paragraph("Heading 1", "Contents")
        field(self._paragraph("Normal"), 'TOC \\o "1-3" \\h \\z', " · ".join(chapters))

    def _paragraph(self, style: str, text: str = "") -> Any:
        paragraph = self._document.add_paragraph(text)
        paragraph._p.style = self._styles[style]
        return paragraph

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Heading):
                self._paragraph(f"Heading {block.level}", block.text)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Figure):
                self._figure(block, self._pictures[block.chart])
            else:
                self._text(block)

    def _text(self, block: Text) -> None:
        style = {"lead": LEAD, "note": NOTE}.get(block.style, "Normal")
        paragraph = self._paragraph("List Bullet" if block.bullet else style)
        if block.label:
            paragraph.add_run(block.label).bold = True
            if block.aside or block.text:
                paragraph.add_run(" ")
        if block.aside:
            paragraph.add_run(block.aside, style=ASIDE).add_break()
        if block.style == "link":
            _link(paragraph, block.text)
        elif block.text:
            paragraph.add_run(block.text)
        if not block.text and not block.bullet:
            paragraph.paragraph_format.keep_with_next = True

    def _caption(self, kind: str, text: str, *, above: bool) -> None:
        self._counts[kind] += 1
        paragraph = self._paragraph("Caption")
        paragraph.paragraph_format.keep_with_next = above
        paragraph.add_run(f"{kind} ")
        field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._counts[kind]))
        paragraph.add_run(f". {text}")

    def _figure(self, block: Figure, picture: Picture) -> None:
        image = render(picture, "png", dots_per_inch=_DOTS_PER_INCH, framed=False)
        paragraph = self._paragraph("Normal")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(BytesIO(image), width=Mm(_WIDTHS[block.chart]))
        shape._inline.docPr.set("descr", picture.data.description)
        shape._inline.docPr.set("title", picture.data.title)
        self._caption("Figure", f"{picture.data.title}. {picture.data.caption}", above=False)

    def _table(self, block: Table) -> None:
        self._caption("Table", block.title, above=True)
        table = self._document.add_table(len(block.rows) + 1, len(block.columns))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        widths = [Mm(_TEXT_WIDTH * width / sum(block.widths)) for width in block.widths]
        for place, (row, texts) in enumerate(
            zip(table.rows, (block.columns, *block.rows), strict=True)
        ):
            _whole_row(row, head=place == 0)
            for position, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = widths[position]
                numeric = position >= len(texts) - block.numbers
                _cell(cell, text, head=place == 0, lead=position == 0, numeric=numeric)
                # With the row below it, and the last with the note.
                cell.paragraphs[0].paragraph_format.keep_with_next = block.is_short
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        self._paragraph(NOTE, block.note).paragraph_format.space_before = Pt(3)

    def _foot(self, stamp: Stamp) -> None:
        paragraph = self._document.sections[0].footer.paragraphs[0]
        text = f"{stamp.title} · Parley data {stamp.data_version} · {stamp.day_in_words} · page "
        paragraph.add_run(text)
        field(paragraph, "PAGE", "1")
        paragraph.add_run(" of ")
        field(paragraph, "NUMPAGES", "1")
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(GREY)

    def _sign(self, stamp: Stamp) -> None:
        properties = self._document.core_properties
        properties.title, properties.subject = stamp.title, stamp.subtitle[:255]
        properties.author = properties.last_modified_by = "Parley"
        properties.keywords = f"Parley data {stamp.data_version}"
        properties.comments = f"{stamp.source} {stamp.settings_line}"[:255]
        properties.language = "en-GB"
        properties.created = properties.modified = datetime.combine(stamp.day, time())
        properties.revision = 1


def _cell(cell: Any, text: str, *, head: bool, lead: bool, numeric: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    if numeric:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.bold = head or lead
    run.font.size = Pt(8.5 if head else 9)
    run.font.color.rgb = RGBColor.from_string(GREY if head else INK)
    borders = OxmlElement("w:tcBorders")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6" if head else "4"), ("space", "0"),
                        ("color", INK if head else RULE)):  # fmt: skip
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


def _whole_row(row: Any, *, head: bool) -> None:
    """Keep a row on one page; the first is repeated where a table goes on."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _link(paragraph: Any, address: str) -> None:
    identity = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), identity)
    run = paragraph.add_run(address)
    run.font.color.rgb = RGBColor.from_string("00639C")
    link.append(run._r)
    paragraph._p.append(link)
