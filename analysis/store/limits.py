"""How much is kept for one user, and for how long."""

from __future__ import annotations

from datetime import timedelta

from analysis.workspace import LARGEST_FILE, MOST_PAIRS

LARGEST_ROW = LARGEST_FILE
"""Largest team, debrief or workspace as JSON text [bytes]: about 20 000 respondents of a team."""

LARGEST_TOTAL = 20 * 2**20
"""All teams of a user together [bytes], since a list of them reads them all."""

MOST_TEAMS = 200
"""Teams of a user; as many deleted ones are kept for undoing, the latest."""

MOST_DEBRIEFS = MOST_PAIRS
MOST_WORKSPACES = 50

KEEP_DELETED = timedelta(days=30)
"""How long a deleted team can be brought back."""
