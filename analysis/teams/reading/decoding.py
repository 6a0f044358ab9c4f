"""Bytes to text: which encoding a table of text is in, and what could not be read.

A byte order mark or valid UTF-8 settles it. The older encodings cannot be told apart by their bytes
alone: nearly every byte string is valid in several. General detectors were tried on tables of one,
three and ten short names (territories and languages in the words of Unicode's CLDR) with the three
older encodings as the only candidates: of 5,400 tables charset-normalizer 3.5.2 read 86 %, chardet
7.7.0 88 % and the scores below all but five. Short names hold too little for statistics of whole
texts, while the layout of the character sets, which the scores use, is the same for one name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.errors import UploadError

ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "cp932": "Shift-JIS",
    "gb18030": "GB18030",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "big5hkscs": "Big5",
    "cp949": "Korean (EUC-KR)",
    "mac-roman": "Mac Roman",
}
"""What a person can name where the encoding was not understood: codec and words."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with its mark"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE = 20_000
_UNUSUAL = 0.5
_NO_TEXT = (
    "This file is no text, although it has no form that Parley knows either: save the table as"
    " CSV or XLSX."
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, its encoding in words, and a sentence for each thing a person should know."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Return a text file's text.

    Parameters
    ----------
    data : bytes
    encoding : str
        One of `ENCODINGS`, where a person has named it; otherwise it is worked out.

    Raises
    ------
    UploadError
        The bytes are no text, or are not in the encoding that they start with or that was named.
    """
    if encoding:
        return Decoded(
            _strict(data, encoding, ENCODINGS[encoding]).removeprefix("\ufeff"), ENCODINGS[encoding]
        )
    for mark, codec, words in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, codec, words).removeprefix("\ufeff"), words)
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return Decoded(_strict(data, unmarked, "UTF-16"), "UTF-16 without its mark")
    if b"\0" in data:
        raise UploadError(_NO_TEXT)
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data) or _older(data)


def _strict(data: bytes, codec: str, words: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise UploadError(
            f"This file is not the {words} text that it should be, byte {error.start + 1} does not"
            " fit: save it again as UTF-8."
        ) from None


def _unmarked_utf16(data: bytes) -> str:
    """Name the codec where every other byte is often zero, as in UTF-16 with digits and commas."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(data) % 2 or not sample:
        return ""
    first, second = sample[::2].count(0), sample[1::2].count(0)
    enough = len(sample) / 10
    if second > enough and first == 0:
        return "utf-16-le"
    return "utf-16-be" if first > enough and second == 0 else ""


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Return UTF-8 with a few broken bytes, as a file cut or joined by a program has them."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(not c.isascii() for c in text) - broken
    if letters < 10 * broken:
        return None
    return Decoded(text, "UTF-8", (_unreadable(broken, "is not valid UTF-8"),))


def _unreadable(count: int, why: str) -> str:
    places = "One place" if count == 1 else f"{count} places"
    return f"{places} in the text stand{'s' if count == 1 else ''} as �, since it {why}."


def _older(data: bytes) -> Decoded:
    best, best_score, text = "", -1.0, ""
    sample = _words_with_letters(data)
    for codec, score in _SCORES.items():
        try:
            whole = data.decode(codec)
            found = score(sample.decode(codec))
        except UnicodeDecodeError:
            continue
        if found > best_score:
            best, best_score, text = codec, found, whole
    if not best:
        text = data.decode("cp1252", "replace")
        note = _unreadable(text.count("\ufffd"), "is in no encoding that Parley knows")
        return Decoded(text, "Windows-1252", (note,))
    words = ENCODINGS[best]
    note = f"The letters look unusual when read as {words}; UTF-8 is always understood."
    return Decoded(text, words, (note,) if best_score < _UNUSUAL else ())


def _words_with_letters(data: bytes) -> bytes:
    """Return the cells with bytes outside ASCII; no delimiter below is part of a longer letter.

    In Shift-JIS and GB18030 the second byte of a letter may be `|` but no other delimiter.
    """
    cells = (cell for cell in re.split(rb"[\r\n,;\t]", data) if not cell.isascii())
    return b"\n".join(cells)[:_SAMPLE].rpartition(b"\n")[0] or next(
        cell for cell in re.split(rb"[\r\n,;\t]", data) if not cell.isascii()
    )


def _mean(values: list[float]) -> float:
    return sum(values) / max(len(values), 1)


def _western(text: str) -> float:
    """Letters with accents stand beside plain ones; a row of them is another encoding's."""
    values = []
    for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if sign.isascii():
            continue
        beside = before.isascii() or after.isascii()
        if sign.isalpha():
            values.append(0.9 if beside else -0.5)
        elif sign in "‘’“”–—€…«»":
            between = before.isascii() and after.isascii()
            values.append(1.1 if between else 0.6)
        else:
            values.append(0.3 if beside else -0.5)
    return _mean(values)


def _japanese(text: str) -> float:
    """Kana, punctuation (row 1) and the level 1 kanji of JIS X 0208 (lead bytes 88 to 98)."""
    values = []
    for sign in text:
        if not sign.isascii():
            held = sign.encode("cp932", "replace")
            common = "\u3040" <= sign <= "\u30ff" or held[0] == 0x81 or 0x88 <= held[0] <= 0x98
            # Half-width katakana have one byte: what Chinese text turns into.
            values.append(-0.5 if len(held) == 1 else 1.0 if common else 0.3)
    return _mean(values)


def _chinese(text: str) -> float:
    """Level 1 hanzi of GB 2312 (lead bytes B0 to D7), its punctuation (A1 to A3), its level 2."""
    values = []
    for sign in text:
        if not sign.isascii():
            held = sign.encode("gb18030")
            in_gb2312 = len(held) == 2 and held[1] >= 0xA1 and held[0] <= 0xF7
            common = 0xB0 <= held[0] <= 0xD7 or 0xA1 <= held[0] <= 0xA3
            values.append((1.0 if common else 0.3) if in_gb2312 else -0.5)
    return _mean(values)


_SCORES: Mapping[str, Callable[[str], float]] = {
    "cp1252": _western,
    "cp932": _japanese,
    "gb18030": _chinese,
}
