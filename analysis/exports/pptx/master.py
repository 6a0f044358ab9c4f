"""The master of the slides: fonts, colours and four layouts, all of which stay editable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

INK, GREY, RULE = "22211F", "6B6862", "C9C5BD"
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.62
"""Of a slide and of its empty edge [inches]."""

BODY_TOP, BODY_BOTTOM = 1.62, 6.72
"""Between these heights stands what a slide shows [inches]."""

TITLE_SIZE, TEXT_SIZE, NOTE_SIZE, FOOT_SIZE = 26, 15, 10.5, 9
"""Of letters [points]."""

TITLE, CONTENT, CHART, TABLE = range(4)
"""The layouts, by their place in the master."""

FIRST_BOX = (MARGIN, 1.5, 11.0, 1.9)
TITLE_BOX = (MARGIN, 0.52, WIDTH - 2 * MARGIN, 1.0)
FULL_BOX = (MARGIN, BODY_TOP, WIDTH - 2 * MARGIN, BODY_BOTTOM - BODY_TOP)
LEFT_BOX = (MARGIN, BODY_TOP, 5.75, BODY_BOTTOM - BODY_TOP)
RIGHT_BOX = (6.96, BODY_TOP, 5.75, BODY_BOTTOM - BODY_TOP)
CHART_BOX = (MARGIN, BODY_TOP, 7.5, 4.62)
CAPTION_BOX = (MARGIN, 6.27, 7.5, 0.6)
BESIDE_BOX = (8.5, BODY_TOP, 4.21, BODY_BOTTOM - BODY_TOP)
TABLE_BOX = (MARGIN, BODY_TOP - 0.1, WIDTH - 2 * MARGIN, 4.55)
NOTE_BOX = (MARGIN, 6.27, WIDTH - 2 * MARGIN, 0.6)
BESIDE, CAPTION, SECOND, BODY = 12, 13, 14, 11
"""Numbers of the placeholders that slides fill."""

Box = tuple[float, float, float, float]
"""Left, top, width and height [inches]."""

_SPACES = nsdecls("p", "a", "r")
_COLOURS = {
    "dk1": INK, "lt1": "FFFFFF", "dk2": "3B3A37", "lt2": "F5F4F1", "accent1": "0072B2",
    "accent2": "D55E00", "accent3": "009E73", "accent4": "CC79A7", "accent5": "E69F00",
    "accent6": "808080", "hlink": "00639C", "folHlink": "00639C",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """A placeholder of a layout."""

    number: int
    name: str
    kind: str
    box: Box
    size: float
    colour: str = INK
    anchor: str = "t"
    hint: str = "Text"


def new_presentation(footer: str) -> Any:
    """Return an empty presentation, 16:9, with the house master; `footer` stands on each slide."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = presentation.slide_master
    for layout in list(presentation.slide_layouts)[4:]:
        presentation.slide_layouts.remove(layout)
    _set_theme(master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    _set_tree(master._element, _master_shapes(footer))
    _set_styles(master._element)
    for layout, (name, places) in zip(presentation.slide_layouts, _layouts().items(), strict=True):
        element = layout._element
        element.attrib.pop("type", None)
        element.find(".//{*}cSld").set("name", name)
        _set_tree(element, [*map(_placeholder, places), *_foot(footer)])
    return presentation


def _layouts() -> dict[str, list[_Place]]:
    title = _Place(0, "Title", "title", TITLE_BOX, TITLE_SIZE, hint="The message of this slide")
    note = _Place(CAPTION, "Caption", "body", NOTE_BOX, NOTE_SIZE, GREY, "b", "Source and caption")
    chart_note = _Place(
        CAPTION, "Caption", "body", CAPTION_BOX, NOTE_SIZE, GREY, "b", "Source and caption"
    )
    return {
        "Parley title": [
            _Place(0, "Title", "title", FIRST_BOX, 44, anchor="b", hint="Title"),
            _Place(BODY, "Subtitle", "body", (MARGIN, 3.55, 11.0, 1.2), 20, GREY, hint="Subtitle"),
            _Place(CAPTION, "Origin", "body", (MARGIN, 5.2, 11.6, 1.55), 11.5, GREY, "b"),
        ],
        "Parley content": [
            title,
            _Place(BODY, "Left text", "body", LEFT_BOX, TEXT_SIZE),
            _Place(SECOND, "Right text", "body", RIGHT_BOX, TEXT_SIZE),
        ],
        "Parley chart": [
            title,
            _Place(BODY, "Chart", "chart", CHART_BOX, TEXT_SIZE, hint="Chart"),
            _Place(BESIDE, "Text", "body", BESIDE_BOX, TEXT_SIZE),
            chart_note,
        ],
        "Parley table": [
            title,
            _Place(BODY, "Table", "tbl", TABLE_BOX, 12, hint="Table"),
            note,
        ],
    }


def _set_theme(part: Any) -> None:
    text = part.blob.decode("utf-8")
    for name, colour in _COLOURS.items():
        text = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)", rf'\1<a:srgbClr val="{colour}"/>\2', text, flags=re.S
        )
    for kind, font in (("major", "Georgia"), ("minor", "Arial")):
        text = re.sub(
            rf'(<a:{kind}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", text, flags=re.S
        )
    part._blob = re.sub(r'name="Office[^"]*"', 'name="Parley"', text).encode("utf-8")


def _set_tree(element: Any, shapes: list[str]) -> None:
    """Put shapes in the place of those that the element shows."""
    tree = element.find(".//{*}spTree")
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for identity, shape in enumerate(shapes, 2):
        xml = parse_xml(shape)
        xml.find(".//{*}cNvPr").set("id", str(identity))
        tree.append(xml)


def _set_styles(master: Any) -> None:
    styles = master.find("{*}txStyles")
    title = _level(1, TITLE_SIZE, "+mj", 'marL="0" indent="0"', "<a:buNone/>", before=0)
    body = [_level(1, TEXT_SIZE, "+mn", 'marL="0" indent="0"', "<a:buNone/>", before=700)]
    for level in range(2, 6):
        edge = f'marL="{200000 * (level - 1)}" indent="-200000"'
        mark = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
        body.append(_level(level, TEXT_SIZE, "+mn", edge, mark, before=450))
    for name, levels in (("titleStyle", [title]), ("bodyStyle", body)):
        style = styles.find(f"{{*}}{name}")
        for old in list(style):
            style.remove(old)
        for text in levels:
            style.append(parse_xml(text))


def _level(level: int, size: float, font: str, edge: str, mark: str, *, before: int) -> str:
    return (
        f"<a:lvl{level}pPr {_SPACES} {edge}"
        f' algn="l" rtl="0"><a:lnSpc><a:spcPct val="98000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{before}"/></a:spcBef>{mark}'
        f'<a:defRPr sz="{round(100 * size)}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/>'
        f'</a:solidFill><a:latin typeface="{font}-lt"/><a:ea typeface="{font}-ea"/>'
        f'<a:cs typeface="{font}-cs"/></a:defRPr></a:lvl{level}pPr>'
    )


def _master_shapes(footer: str) -> list[str]:
    bar = (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="9" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvSpPr><p:spPr>{_frame((MARGIN, 0.36, 0.62, 0.055))}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="tx1"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    title = _Place(0, "Title", "title", TITLE_BOX, TITLE_SIZE, hint="The message of this slide")
    body = _Place(BODY, "Text", "body", FULL_BOX, TEXT_SIZE)
    return [bar, _placeholder(title), _placeholder(body, master=True), *_foot(footer)]


def _foot(footer: str) -> list[str]:
    number = (
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
        '<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
    )
    text = f'<a:r><a:rPr lang="en-GB"/><a:t>{escape(footer)}</a:t></a:r>'
    wide, narrow = (MARGIN, 7.02, 10.6, 0.28), (WIDTH - MARGIN - 1.2, 7.02, 1.2, 0.28)
    return [
        _small("Footer", "ftr", 15, wide, "l", text),
        _small("Number", "sldNum", 16, narrow, "r", number),
    ]


def _small(name: str, kind: str, number: int, box: Box, align: str, content: str) -> str:
    return (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="1" name="{name}"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{number}"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_frame(box)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle>'
        f'<a:lvl1pPr algn="{align}"><a:defRPr sz="{100 * FOOT_SIZE}"><a:solidFill>'
        f'<a:srgbClr val="{GREY}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
        f"<a:p>{content}</a:p></p:txBody></p:sp>"
    )


def _placeholder(place: _Place, *, master: bool = False) -> str:
    number = "" if place.kind == "title" else f' idx="{1 if master else place.number}"'
    style = (
        f'<a:lvl1pPr><a:defRPr sz="{round(100 * place.size)}"><a:solidFill>'
        f'<a:srgbClr val="{place.colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )
    return (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="1" name="{place.name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{place.kind}"{number}/></p:nvPr>'
        f"</p:nvSpPr><p:spPr>{_frame(place.box)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{place.anchor}"><a:normAutofit/>'
        f"</a:bodyPr><a:lstStyle>{'' if master else style}</a:lstStyle>"
        f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{place.hint}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def _frame(box: Box) -> str:
    left, top, width, height = (round(914400 * side) for side in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
