"""What a bulk job is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.settings import Settings

Engine = Literal["duckdb", "spark"]

HOW_TO_NAME = "name them, such as --columns exporter,importer"
"""What a sentence asks for where the party columns are not clear; a page has another way."""

PARTY_COLUMNS = ("party_a", "party_b")
"""Names under which the two sides are known inside a job."""


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
        The two party columns; None to guess them.
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
