"""Office files with the same bytes each time.

They are ZIP archives; libraries put the time of writing into the archive and into the document's
properties, and so does a workbook inside a chart.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can hold."""

_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_READ_WRITE = 0o600 << 16


def with_fixed_times(package: bytes, day: date) -> bytes:
    """Return an office file whose every time is the start of `day`, workbooks inside included."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".xlsx"):
                content = with_fixed_times(content, day)
            elif name == "docProps/core.xml":
                moment = f"{day.isoformat()}T00:00:00Z".encode()
                content = _TIMES.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            add_member(target, name, content)
    return written.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of files by name, in that order, without a time of writing."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            add_member(target, name, content)
    return written.getvalue()


def add_member(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file to an archive without the time of writing."""
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _READ_WRITE
    target.writestr(entry, content)
