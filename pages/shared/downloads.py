"""Files that a person downloads: made on a click, and there until the browser has fetched them.

Streamlit makes a file on a click, tells the browser where it is, and deletes what no session shows
at the end of any session's run: with ten people on a server eight of ten files were gone before a
browser 200 ms away could fetch them. So each file is also entered under a place of its own, for as
long as a slow network may take.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from threading import Timer
from typing import Any, BinaryIO

from streamlit import runtime

HELD_FOR = 120.0
"""Seconds that a file stays to be fetched."""

MOST_HELD = 64
"""Files that stay at once; one more takes the place of the oldest."""

_numbers = count()
_latest: dict[str, int] = {}


def offer_file(
    where: Any,
    label: str,
    *,
    data: Callable[[], bytes | str | BinaryIO],
    file_name: str,
    mime: str,
    **more: Any,
) -> None:
    """Show the button that makes a file; `where` is the page or a part of it.

    `data` runs on a click and outside the session: it must close over what it needs.
    """
    made = _held(data, file_name, mime)
    where.download_button(label, data=made, file_name=file_name, mime=mime, **more)


def _held(
    make: Callable[[], bytes | str | BinaryIO], file_name: str, mime: str
) -> Callable[[], bytes]:
    def made() -> bytes:
        found = make()
        content = found if isinstance(found, bytes | str) else _read(found)
        content = content.encode() if isinstance(content, str) else content
        if runtime.exists():
            _hold(content, file_name, mime)
        return content

    return made


def _read(file: BinaryIO) -> bytes:
    with file:
        return file.read()


def _hold(content: bytes, file_name: str, mime: str) -> None:
    number = next(_numbers)
    place = f"held {number % MOST_HELD}"
    _latest[place] = number
    # The address of a file follows from content, kind and name: it is the one that Streamlit sends.
    files = runtime.get_instance().media_file_mgr
    files.add(content, mime, place, file_name, is_for_static_download=True)
    later = Timer(HELD_FOR, _release, (place, number))
    later.daemon = True
    later.start()


def _release(place: str, number: int) -> None:
    """Let a file go unless another one has taken its place since."""
    if _latest.get(place) == number and runtime.exists():
        runtime.get_instance().media_file_mgr.add(b"", "text/plain", place)
