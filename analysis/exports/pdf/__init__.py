"""The document as PDF: tagged for screen readers (PDF/UA), its fonts inside, charts as vectors."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst

from analysis.exports.blocks import Blocks, Figure, Table
from analysis.exports.paper import Paper, paper_of
from analysis.exports.pictures import pictures_of
from analysis.exports.subject import Subject
from analysis.fonts import FAMILIES, font_folders
from analysis.pictures.picture import Picture
from analysis.pictures.render import render

_TALL = 0.9
"""Height over width beyond which a picture of hills is drawn smaller, or it fills a page."""

_TEMPLATE = Path(__file__).with_name("paper.typ")


def as_pdf(subject: Subject, *, one_page: bool = False) -> bytes:
    """Return the document as PDF/UA-1; with `one_page` only its front page."""
    paper = paper_of(subject)
    shown = (*paper.left, *paper.right, *(() if one_page else paper.annexes))
    charts = {block.chart for block in shown if isinstance(block, Figure)}
    pictures = {i: p for i, p in pictures_of(subject).items() if i in charts}
    data = json.dumps(_data(paper, pictures, one_page=one_page), ensure_ascii=False)
    written = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
    )
    if not isinstance(written, bytes):
        raise TypeError("The document came in more than one piece.")
    return written


def as_one_page(subject: Subject) -> bytes:
    """Return the front page of the document alone."""
    return as_pdf(subject, one_page=True)


@cache
def _fonts() -> typst.Fonts:
    """Fonts are looked through once a process; it takes longer than setting a document."""
    return typst.Fonts(include_system_fonts=False, font_paths=font_folders())


def _data(paper: Paper, pictures: dict[str, Picture], *, one_page: bool) -> dict[str, Any]:
    stamp = paper.stamp
    return {
        "title": stamp.title,
        "subtitle": stamp.subtitle,
        "day": stamp.day.isoformat(),
        "source": stamp.source,
        "lines": [line for line in stamp.lines if not (stamp.is_address and stamp.link in line)],
        "link": stamp.link if stamp.is_address else "",
        "footer": f"{stamp.title} · Parley data {stamp.data_version} · {stamp.day_in_words}",
        "fonts": FAMILIES,
        "left": _blocks(paper.left),
        "right": _blocks(paper.right),
        "annexes": [] if one_page else _blocks(paper.annexes),
        "one_page": one_page,
        "pictures": {
            i: {
                "svg": render(picture, "svg", framed=False).decode("utf-8"),
                "title": picture.data.title,
                "caption": picture.data.caption,
                "description": picture.data.description,
                "tall": picture.height > _TALL * picture.width,
            }
            for i, picture in pictures.items()
        },
    }


def _blocks(blocks: Blocks) -> list[dict[str, Any]]:
    return [
        {
            "kind": type(block).__name__.lower(),
            **asdict(block),
            **({"short": block.is_short} if isinstance(block, Table) else {}),
        }
        for block in blocks
    ]
