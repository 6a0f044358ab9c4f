"""Names of files: what is inside, and the day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from analysis.exports.legible import legible

_LONGEST = 40
_MOST_PARTIES = 4


def file_stem(names: Iterable[str], day: date) -> str:
    """Return a file name without its ending: `parley-netherlands-china-2026-11-22`.

    Letters of every script stay, accents go, all else becomes a hyphen.
    """
    parts = [part for name in list(names)[:_MOST_PARTIES] if (part := _part(name))]
    return "-".join(["parley", *parts, day.isoformat()])


def _part(name: str) -> str:
    plain = unicodedata.normalize("NFKD", legible(name, _LONGEST).casefold())
    letters = "".join(
        sign if sign.isalnum() else "-" for sign in plain if not unicodedata.combining(sign)
    )
    return "-".join(filter(None, unicodedata.normalize("NFC", letters).split("-")))
