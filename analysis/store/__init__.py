"""Keeping: teams, debriefs and workspaces of each user, in SQLite or PostgreSQL.

`open_store` opens a file in the user's data folder, or the database at an address; `for_user` gives
what one user can reach. Every query goes through the user: without one there is no method that
takes an id, so no id leads to another user's row. Rows hold JSON text with a schema version, each
save is one transaction, and tables change by the migrations in `migrations/`.

The analysis itself never imports this package: who compares two countries keeps nothing.
"""

from analysis.store.kept import (
    DeletedTeam,
    KeptDebriefs,
    KeptTeam,
    KeptTeams,
    UnreadableTeam,
)
from analysis.store.limits import (
    KEEP_DELETED,
    LARGEST_ROW,
    LARGEST_TOTAL,
    MOST_DEBRIEFS,
    MOST_TEAMS,
    MOST_WORKSPACES,
)
from analysis.store.opening import Store, open_store
from analysis.store.user_store import UserStore

LOCAL_USER = "local"
"""The one user of a machine without sign-in."""

__all__ = [
    "KEEP_DELETED",
    "LARGEST_ROW",
    "LARGEST_TOTAL",
    "LOCAL_USER",
    "MOST_DEBRIEFS",
    "MOST_TEAMS",
    "MOST_WORKSPACES",
    "DeletedTeam",
    "KeptDebriefs",
    "KeptTeam",
    "KeptTeams",
    "Store",
    "UnreadableTeam",
    "UserStore",
    "open_store",
]
