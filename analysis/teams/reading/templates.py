"""The files that show how each kind of team is written."""

from __future__ import annotations

from analysis.tables import shipped_bytes
from analysis.teams.team import TeamKind


def template(kind: TeamKind, filled: bool = False) -> bytes:
    """Return the CSV file that shows a kind of team: its header alone, or an invented example."""
    name = f"{kind}-example.csv" if filled else f"{kind}.csv"
    return shipped_bytes(f"templates/{name}")
