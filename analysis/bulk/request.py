"""What a bulk job is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.settings import Settings

Engine = Literal["duckdb", "spark"]

HOW_TO_NAME = "name them, such as --columns exporter,importer"
"""What a sentence asks for where the party columns are not clear; a page has another way."""

HOW_TO_FIX = ", or give the other side of every row, such as --with NLD"
"""What else helps where there is one party column; a page has another way here, too."""

PARTY_COLUMNS = ("party_a", "party_b")
"""Names under which the two sides are known inside a job."""


class Always(str):
    """In place of a column's name: one side that is this party, by code or name, in every row.

    Never equal to the name of a column, whatever that is.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Tell apart from a column of the same name."""
        return isinstance(other, Always) and str(self) == str(other)

    def __ne__(self, other: object) -> bool:
        """Tell apart from a column of the same name."""
        return not self == other

    def __hash__(self) -> int:
        """Agree with `==`."""
        return hash((Always, str(self)))


def real_columns(columns: tuple[str, str]) -> tuple[str, ...]:
    """Return the party columns that are in the table, each once."""
    return tuple(dict.fromkeys(name for name in columns if not isinstance(name, Always)))


@dataclass(frozen=True, slots=True)
class Extras:
    """What is added to the value of each measure.

    Attributes
    ----------
    k : bool
        Number of dimensions that the pair shares.
    percentile, interval : bool
        For each measure its rank among the reference pairs, and the middle 95 % of both.
    standing : bool
        For each side whether its scores are published, regional, the user's own, or mixed.
    topics : bool
        The severity of each friction topic, and the overall figure.
    """

    k: bool = False
    percentile: bool = False
    interval: bool = False
    standing: bool = False
    topics: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One bulk job.

    Attributes
    ----------
    source : Path
        A file, a folder of Parquet files, or a pattern for them.
    out : Path
        Where the result goes; its ending says the format.
    columns : tuple of str or None
        The two party columns; None to guess them. The second may be `Always` a party; the first
        is guessed, too, where it is empty then.
    measures : tuple of str
        Ids of the registry, in the order of the output.
    keep_order : bool
        Whether the rows come out in the order in which they went in.
    engine : str
        `duckdb`, or `spark` with `master` as the cluster's address.
    teams : tuple of Path
        Files of the teams that the tables hold, only to name them in the command.
    framework_file : Path or None
        File of the edition that the settings name, likewise.
    """

    source: Path
    out: Path
    settings: Settings
    measures: tuple[str, ...]
    extras: Extras = Extras()
    columns: tuple[str, str] | None = None
    keep_order: bool = True
    engine: Engine = "duckdb"
    master: str = "local[*]"
    teams: tuple[Path, ...] = ()
    framework_file: Path | None = None
