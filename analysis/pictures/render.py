"""A picture in, the bytes of a PNG or SVG file out; the same bytes each time."""

from __future__ import annotations

import re
from io import BytesIO, StringIO
from typing import Literal
from xml.sax.saxutils import escape

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis.charts.data import ChartData
from analysis.charts.style import PARTY_STYLES
from analysis.pictures.frame import Page, Shape, lay_out_page
from analysis.pictures.lettering import LOCK, one_line
from analysis.pictures.picture import POINTS_PER_INCH, Picture
from analysis.pictures.sheet import Sheet
from analysis.pictures.style import LOOKS, Look, LookName

FileFormat = Literal["png", "svg"]

_SVG_DOTS = POINTS_PER_INCH
"""Dots per inch by which Matplotlib counts in an SVG."""

_NEAR = 12
"""How far a mean may lie from the colour that it stands for, of 255."""


def render(
    picture: Picture,
    file_format: FileFormat,
    *,
    look: LookName = "light",
    dots_per_inch: int = 300,
    framed: bool = True,
    shape: Shape = "page",
) -> bytes:
    """Return a picture as a file.

    Parameters
    ----------
    picture : Picture
    file_format : {"png", "svg"}
    look : {"light", "dark"}
    dots_per_inch : int
        Of a PNG; an SVG has no dots.
    framed : bool
        Whether title, caption, source and data version stand inside the picture. The bare drawing
        with its legend is for documents that print them themselves.
    shape : {"page", "slide"}
        Of a framed picture: 6.5 inches wide and as high as it needs to be, or a whole slide of
        13.33 by 7.5 inches with the words beside the drawing.
    """
    with LOCK:
        page = lay_out_page(picture, framed=framed, shape=shape)
        if file_format == "svg":
            return _svg(page, picture.data, LOOKS[look])
        return _png(page, picture.data, LOOKS[look], dots_per_inch)


def _figure(page: Page, look: Look, dots_per_inch: int) -> tuple[Figure, int, int]:
    """Return the drawn page with its width and height in whole dots."""
    wide, high = (
        round(side / POINTS_PER_INCH * dots_per_inch) for side in (page.width, page.height)
    )
    size = wide / dots_per_inch, high / dots_per_inch
    figure = Figure(figsize=size, dpi=dots_per_inch, facecolor=look.ground)
    page.draw(Sheet(figure, look))
    return figure, wide, high


def _told(data: ChartData) -> tuple[str, str]:
    """Return title and description as they are written into a file."""
    return one_line(data.title), one_line(f"{data.description} {data.caption}")


def _png(page: Page, data: ChartData, look: Look, dots_per_inch: int) -> bytes:
    figure, wide, high = _figure(page, look, dots_per_inch)
    # Not through a canvas, which would keep the dots alive: fourteen megabytes each.
    renderer = RendererAgg(wide, high, dots_per_inch)
    figure.draw(renderer)
    dots = Image.frombuffer("RGBA", (wide, high), renderer.buffer_rgba(), "raw", "RGBA", 0, 1)
    words = PngInfo()
    for key, text in zip(("Title", "Description"), _told(data), strict=True):
        words.add_text(key, text)
    file = BytesIO()
    _with_a_palette(dots.convert("RGB"), look).save(
        file, "png", dpi=(dots_per_inch, dots_per_inch), pnginfo=words, compress_level=5
    )
    return file.getvalue()


def _with_a_palette(dots: Image.Image, look: Look) -> Image.Image:
    """Return a picture with 256 colours: a third of the bytes, and no eye sees it.

    The palette is made of means of near colours; those that a reader may want to measure, as they
    stand for a party, are put right.
    """
    few = dots.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = np.array(few.getpalette(), dtype=int).reshape(-1, 3)
    for colour in (*(style.colour for style in PARTY_STYLES), look.ink, look.ground):
        exact = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
        away = np.abs(palette - exact).max(axis=1)
        nearest = int(away.argmin())
        if away[nearest] <= _NEAR:
            palette[nearest] = exact
    few.putpalette(palette.ravel().tolist())
    return few


_ROOT = re.compile(r"<svg .*?>", re.DOTALL)
_DROPPED = re.compile(r"<!--.*?-->\n?|<defs>\s*<style.*?</style>\s*</defs>\n?", re.DOTALL)


def _svg(page: Page, data: ChartData, look: Look) -> bytes:
    """Return the picture as SVG that names itself and points nowhere outside.

    Comments and the style sheet that Matplotlib writes are left out: the style would reach beyond
    a picture that is put into a page.
    """
    file = StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure, wide, high = _figure(page, look, _SVG_DOTS)
    FigureCanvasSVG(figure).print_svg(file, metadata=nothing)
    drawn = file.getvalue()
    root = _ROOT.search(drawn)
    if root is None:
        raise ValueError("Matplotlib wrote no SVG")
    title, description = (escape(text) for text in _told(data))
    opening = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}" role="img"'
        f' aria-labelledby="{data.id}-title {data.id}-description" stroke-linejoin="round"'
        ' stroke-linecap="butt">\n'
        f'<title id="{data.id}-title">{title}</title>\n'
        f'<desc id="{data.id}-description">{description}</desc>\n'
    )
    return (opening + _DROPPED.sub("", drawn[root.end() :]).lstrip()).encode()
