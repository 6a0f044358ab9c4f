"""The styles of the document: real ones, so that a person can change them all at once."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

INK, GREY, RULE = "22211F", "6B6862", "C9C5BD"
NOTE, LEAD, ASIDE = "Note", "Lead", "Aside"
"""Names of the styles that Word does not bring."""

_SERIF, _SANS = "Georgia", "Arial"


def set_styles(document: Any) -> None:
    """Give the built-in styles the house look and add those that are missing."""
    styles = document.styles
    _letters(styles["Normal"], _SANS, 10, INK)
    _room(styles["Normal"], 0, 6)
    styles["Normal"].paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    styles["Normal"].paragraph_format.line_spacing = 1.12
    _letters(styles["Title"], _SERIF, 27, INK)
    _room(styles["Title"], 0, 2)
    _without_border(styles["Title"])
    _letters(styles["Subtitle"], _SANS, 12, GREY, italic=False)
    _room(styles["Subtitle"], 0, 14)
    for level, size, above in ((1, 17, 20), (2, 13.5, 14), (3, 11, 11)):
        style = styles[f"Heading {level}"]
        _letters(style, _SERIF, size, INK, italic=level == 3)
        _room(style, above, 4)
        style.paragraph_format.keep_with_next = True
    _letters(styles["Caption"], _SANS, 8.5, GREY)
    _room(styles["Caption"], 4, 8)
    _room(styles["List Bullet"], 0, 3)
    for name, size, colour in ((NOTE, 8.5, GREY), (LEAD, 12.5, INK)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _letters(style, _SERIF if name == LEAD else _SANS, size, colour)
    aside = styles.add_style(ASIDE, WD_STYLE_TYPE.CHARACTER)
    aside.font.size, aside.font.color.rgb = Pt(8.5), RGBColor.from_string(GREY)


def set_language(document: Any, language: str) -> None:
    """Set the language in which the text is proofed."""
    for mark in document.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)


def set_page(document: Any) -> None:
    """Set the page to A4 with its margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.footer_distance = Mm(10)


def _letters(
    style: Any, font: str, size: float, colour: str, *, italic: bool | None = None
) -> None:
    style.font.name, style.font.size = font, Pt(size)
    style.font.bold, style.font.italic = False, italic
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), font)


def _room(style: Any, above: float, below: float) -> None:
    style.paragraph_format.space_before = Pt(above)
    style.paragraph_format.space_after = Pt(below)


def _without_border(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field that Word keeps up to date, with what it shows until then."""
    for kind, text in (
        ("begin", ""),
        ("", instruction),
        ("separate", ""),
        (None, shown),
        ("end", ""),
    ):
        run = paragraph.add_run()
        if kind is None:
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._r.append(code)
