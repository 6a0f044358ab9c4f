"""Letters of every script: which font has them, how much room they take, where lines break.

Only fonts that come with the app are used, so that a picture is the same on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from threading import RLock

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import text_to_path

from analysis.fonts import FAMILIES, SANS, font_files

LOCK = RLock()
"""Held while Matplotlib measures or draws: its fonts must not be used by two threads at once."""

LINE_HEIGHT = 1.34
"""Of lines of text, as a multiple of the letters' size; tall scripts and accents fit in."""

_TO_THE_RIGHT = "\u200e"
_JOINERS = "\u200c\u200d"
_IGNORED = {"Cf", "Cc", "Cs", "Zs", "Zl", "Zp"}
_UNIT, _FIXED = 100.0, 1 << 16
"""Size at which letters are measured [points]; FreeType gives their widths in 65536ths."""

_TIE = "\u00a0"
_AMOUNT = re.compile(r"\d{1,3}(?:,|$)|\.\d+$")
"""An amount breaks behind its commas only."""

_VIRAMA = 9  # its combining class: it ties the next consonant to the last


def _install() -> None:
    """Set Matplotlib up for the whole process: nothing is taken from the machine it runs on."""
    mpl.rcdefaults()
    mpl.rcParams.update(
        {
            "font.family": [SANS],
            "text.hinting": "no_hinting",
            "svg.fonttype": "path",
            "svg.hashsalt": "parley",
        }
    )
    fontManager.ttflist.clear()
    for path in font_files():
        fontManager.addfont(path)
    fontManager.ttflist[:] = [
        entry for entry in fontManager.ttflist if entry.name in FAMILIES and entry.style == "normal"
    ]


_install()


@cache
def _face(family: str) -> FT2Font:
    entry = next(entry for entry in fontManager.ttflist if entry.name == family)
    return FT2Font(entry.fname, face_index=entry.index)


def families(text: str) -> list[str]:
    """Return the font families that a text needs, the Latin one first.

    Every further family makes Matplotlib shape the text once more, so no more than needed.
    """
    if text.isascii():
        return [SANS]
    needed = {SANS: True}
    for sign in set(text):
        if sign.isascii() or unicodedata.category(sign) in _IGNORED:
            continue
        code = ord(sign)
        needed[next((name for name in FAMILIES if _face(name).get_char_index(code)), SANS)] = True
    return [family for family in FAMILIES if family in needed]


def font_for(text: str, size: float) -> FontProperties:
    """Return the fonts of a text, with its size in points."""
    with LOCK:
        return FontProperties(family=families(text), size=size)


def one_line(text: str) -> str:
    """Return text as Matplotlib takes a line of English with names in any script.

    Control signs are left out, also those that turn the direction. A sentence that starts with a
    name in Arabic or Hebrew still runs from left to right, and so does a list of such names; a name
    alone runs its own way.
    """
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    flat = " ".join("".join(sign for sign in spaced if _is_drawn(sign)).split())
    ways = set(map(unicodedata.bidirectional, flat))
    if text.startswith(_TO_THE_RIGHT) or ("L" in ways and ways & {"R", "AL"}):
        return _TO_THE_RIGHT + flat.replace(", ", f",{_TO_THE_RIGHT} ")
    return flat


def _is_drawn(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Cn", "Co"}


def text_width(text: str, size: float) -> float:
    """Return the width of text on one line [points]; `size` in points.

    Of Latin letters the widths are added up, which is quick and hardly more than they take; all
    else is shaped.
    """
    with LOCK:
        if all(map(_is_latin, text)):
            return size * sum(map(_letter_width, text))
        measured = text_to_path.get_text_width_height_descent(text, font_for(text, size), False)
    return float(measured[0])


def _is_latin(sign: str) -> bool:
    return " " <= sign <= "~" or "\u00a1" <= sign <= "\u017f"


@cache
def _letter_width(sign: str) -> float:
    """Return the width of a Latin letter as a multiple of its size."""
    face = _face(SANS)
    face.set_size(_UNIT, 72)
    glyph = face.load_char(ord(sign), LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / _FIXED / _UNIT


def wrapped(text: str, size: float, width: float, *, even: bool = False) -> list[str]:
    """Return text broken into lines.

    Parameters
    ----------
    text : str
    size, width : float
        Of the letters and of the longest line [points].
    even : bool
        Whether lines are made about equally long, as in a title.
    """
    flat = one_line(text)
    if text_width(flat, size) <= width:
        return [flat]
    space = text_width(" ", size)
    pieces = [part for word in _words(flat) for part in _parts(word, size, width)]
    broken = _fill(pieces, space, width)
    if even and len(broken) > 1:
        narrow = _narrowest(pieces, space, width, len(broken))
        broken = _fill(pieces, space, narrow)
    way = _TO_THE_RIGHT if flat.startswith(_TO_THE_RIGHT) else ""
    return [one_line(way + line) for line in broken]


_Piece = tuple[str, float, bool]
"""A text that is not broken, its width, and whether a space stands before it."""


def _words(line: str) -> list[str]:
    """Return the words of a line; a sign of per cent stays with its number."""
    return [word.replace(_TIE, " ") for word in line.replace(" %", f"{_TIE}%").split(" ")]


def _parts(word: str, size: float, width: float) -> list[_Piece]:
    """Return a word, in pieces where it is wider than a line or can break between any signs."""
    whole = text_width(word, size)
    if whole <= width and not any(map(_is_ideograph, word)):
        return [(word, whole, True)]
    pieces = _AMOUNT.findall(word) if _AMOUNT.match(word) else _clusters(word)
    measured = {piece: text_width(piece, size) for piece in set(pieces)}
    return [(piece, measured[piece], place == 0) for place, piece in enumerate(pieces)]


def _is_ideograph(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u9fff"


def _clusters(word: str) -> list[str]:
    """Return the pieces between which a word can break: no mark leaves its letter."""
    breaks = [0]
    for place, (before, sign) in enumerate(pairwise(word), 1):
        joined = (
            unicodedata.category(sign) in {"Mn", "Mc", "Me", "Cf"}
            or unicodedata.category(before) == "Cf"
            or unicodedata.combining(before) == _VIRAMA
            or sign in "\u0e33\u0eb3、。，"  # Thai and Lao am; stops of Chinese
            or before in "\u0e40\u0e41\u0e42\u0e43\u0e44"  # Thai vowels before their consonant
        )
        if not joined:
            breaks.append(place)
    return [word[start:end] for start, end in pairwise([*breaks, len(word)])]


def _fill(pieces: Sequence[_Piece], space: float, width: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for text, wide, apart in pieces:
        gap = space if apart and line else 0.0
        if line and used + gap + wide > width:
            lines.append(line)
            line, used, gap = "", 0.0, 0.0
        line += f" {text}" if gap else text
        used += gap + wide
    return [*lines, line]


def _narrowest(pieces: Sequence[_Piece], space: float, width: float, lines: int) -> float:
    """Return the least width, to a point, at which the pieces still fit on so many lines."""
    low, high = width / 2, width
    while high - low > 1:
        middle = (low + high) / 2
        if len(_fill(pieces, space, middle)) > lines:
            low = middle
        else:
            high = middle
    return high
