"""The rows that were left out, as a file to mend and take in again."""

from __future__ import annotations

import csv
import io
import re

from analysis.teams.reading.cells import number
from analysis.teams.reading.team_file import Reading

_FORMULA = re.compile(r"(?:^|(?<=;))(\s*)(?=[=+\-@\t\r])")
"""Where a cell, or what a spreadsheet set to semicolons takes for one, starts like a formula."""


def rejected_csv(reading: Reading) -> bytes:
    """Return the rejected rows with the reason for each, under the header of the file.

    UTF-8 with its mark, commas, lines that end in CR LF (RFC 4180). What looks like a formula gets
    an apostrophe in front, which reading takes away again.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["Row", "Reason", *map(_disarmed, reading.header)])
    for row in reading.rejected:
        writer.writerow([row.place, _disarmed(row.reason), *map(_disarmed, row.cells)])
    return file.getvalue().encode("utf-8-sig", "replace")


def _disarmed(text: str) -> str:
    if number(text) is not None:
        return text
    # A spreadsheet that does not see the quotation marks starts a row at a line break.
    line = " / ".join(part.strip() for part in text.splitlines()) if text.strip() else ""
    return _FORMULA.sub(r"'\1", line)
