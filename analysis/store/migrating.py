"""Bringing a database's tables up to date, by one process at a time."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text

from analysis.errors import StoreError
from analysis.store.database import Database

HEAD = "0001"
"""The newest migration; one that is there already needs no look into the folder."""

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = "migrations"
_alembic = Lock()  # Alembic keeps what it works on in its modules


def migrate(database: Database) -> None:
    """Bring the tables up to date in one transaction, which other processes wait for.

    Raises
    ------
    StoreError
        The database cannot be written, or a newer Parley made its tables.
    """
    if database.read(_revision) != HEAD:
        with _alembic:
            database.write(_LOCK, _upgrade)


def _revision(connection: Connection) -> str | None:
    """Return the last migration that a database went through."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection) -> None:
    # Alembic is only needed for a database that is new or old.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    now = _revision(connection)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if now is not None and now not in known:
        raise StoreError(
            "A newer Parley has changed how your teams are kept, and this one cannot read them:"
            " start the newer one."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")  # does nothing where another process was first
