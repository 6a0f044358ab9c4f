"""The reasons in a list of rows left out, each with its number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MOST_REASONS = 50
"""Kinds of reason that are told; the list itself has the reason of every row."""

_MOST_NAMED = 3
_LIST = (
    "read_csv(?, delim = ',', header = true, all_varchar = true, quote = '\"', escape = '\"',"
    " parallel = false)"
)
# What a row's own parties add to its reason is left out, so that rows come together by kind.
_KIND = r"""
CASE
  WHEN regexp_matches(reason, '^There is no distance between .*?: (they|both) ')
    THEN 'No distance between the two: '
      || regexp_extract(reason, '^There is no distance between .*?: ((they|both) [^.]*)', 1) || '.'
  WHEN regexp_matches(reason, '^Both sides are .*, so there is nothing to compare')
    THEN 'Both sides are the same party, so there is nothing to compare.'
  ELSE reason
END
"""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why rows got no value.

    Attributes
    ----------
    kinds : tuple of (sentence, rows)
        The most frequent first, at most `MOST_REASONS`.
    without_distance : tuple of (text, rows)
        As they stand in the table, the parties most often in rows without a distance.
    """

    kinds: tuple[tuple[str, int], ...]
    without_distance: tuple[tuple[str, int], ...]


def reasons_in(left_out: Path) -> Reasons:
    """Count the reasons in a list of rows left out.

    The list may be as long as the input, so the engine counts it and only the kinds come back.

    Parameters
    ----------
    left_out : Path
        Written by a job: CSV with the columns `row`, `a`, `b` and `reason`.
    """
    import duckdb  # noqa: PLC0415 - heavy

    with duckdb.connect(config={"threads": 1, "temp_directory": ""}) as engine:
        kinds = engine.execute(
            f"SELECT {_KIND} AS kind, count(*) AS n FROM {_LIST} GROUP BY kind"  # noqa: S608
            " ORDER BY n DESC, kind LIMIT ?",
            [str(left_out), MOST_REASONS],
        ).fetchall()
        named = engine.execute(
            f"WITH rows AS (SELECT a, b FROM {_LIST}"  # noqa: S608
            " WHERE starts_with(reason, 'There is no distance between '))"
            " SELECT text, count(*) AS n FROM (SELECT a AS text FROM rows UNION ALL SELECT b FROM"
            " rows) GROUP BY text ORDER BY n DESC, text LIMIT ?",
            [str(left_out), _MOST_NAMED],
        ).fetchall()
    return Reasons(tuple(kinds), tuple(named))
