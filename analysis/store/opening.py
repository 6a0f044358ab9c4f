"""Opening a store: where it is, who may read it, and what it is brought up to."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, delete, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from analysis.data_folder import default_file
from analysis.errors import StoreError
from analysis.store.database import Database
from analysis.store.failures import damaged_sentence, lost_log_sentence
from analysis.store.kept import milliseconds
from analysis.store.limits import KEEP_DELETED
from analysis.store.migrating import migrate
from analysis.store.schema import teams
from analysis.store.user_store import UserStore

LONGEST_USER = 1000
LARGEST_CHECKED = 2**28
"""Of SQLite's file [bytes]: looking through so much takes a fraction of a second."""

_PROJECT = Path(__file__).resolve().parents[2]
_POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}
_FORMS = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"


class Store:
    """What is kept, for all users; one is enough for all threads of a process.

    Attributes
    ----------
    file : Path or None
        SQLite's file; None where a server keeps the data.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    @property
    def file(self) -> Path | None:
        """SQLite's file; None where a server keeps the data."""
        return self._database.file

    def for_user(self, user: str) -> UserStore:
        """Return what one user can reach.

        Parameters
        ----------
        user : str
            `LOCAL_USER`, or what sign-in vouches for and never gives to someone else: the issuer
            and the subject together, not a name or a mail address.

        Raises
        ------
        ValueError
            The user is nobody. Nobody's rows would be everybody's.
        """
        if not user.strip() or len(user) > LONGEST_USER or not user.isprintable():
            raise ValueError("a store needs to know the user")
        return UserStore(self._database, user, self._now)

    def purge(self) -> None:
        """Delete for good what every user deleted longer than `KEEP_DELETED` ago.

        Raises
        ------
        StoreError
            The database cannot be reached or written.
        """
        due = teams.c.deleted < milliseconds(self._now() - KEEP_DELETED)
        if self._database.read(lambda c: c.execute(select(teams.c.id).where(due).limit(1)).first()):
            self._database.write("purge", lambda c: c.execute(delete(teams).where(due)))

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _utc_now() -> datetime:
    return datetime.now(UTC)


def open_store(url: str | None = None, now: Callable[[], datetime] = _utc_now) -> Store:
    """Open the store, with its tables brought up to date and old deleted teams purged.

    Parameters
    ----------
    url : str or None
        `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/DATABASE`; None for a file in the
        user's data folder.
    now : callable
        Returns the time, with its zone.

    Raises
    ------
    StoreError
        The address is none of these, or nothing can be kept there.
    """
    address = _address(url)
    file = Path(address.database or "") if address.drivername == "sqlite" else None
    if file is not None:
        _check_file(file)
        _make_file(file)
    database = _connect(address, file)
    try:
        database.use_write_ahead_log()
        migrate(database)
        store = Store(database, now)
        _purge_if_possible(store)
    except BaseException:
        database.close()
        raise
    return store


def _address(url: str | None) -> URL:
    """Return the address of the database; a wrong one is never repeated, it has a password."""
    if url is None:
        return _sqlite_address(default_file())
    try:
        address = make_url(url)
    except (SQLAlchemyError, ValueError):
        address = None
    if address is not None and address.drivername in _POSTGRES:
        return address.set(drivername="postgresql+psycopg")
    if address is None or address.drivername != "sqlite":
        raise StoreError(f"The address of the database cannot be used: it has the form {_FORMS}.")
    name = address.database or ""
    if not name or name.startswith((":memory:", "file:")) or address.query:
        raise StoreError("The address of the database names no file: write sqlite:///PATH.")
    return _sqlite_address(Path(name).absolute())


def _sqlite_address(file: Path) -> URL:
    if file.resolve().is_relative_to(_PROJECT):
        raise StoreError(
            f"{file} lies in Parley's own folder, where teams could be passed on with the program:"
            " name a file outside it."
        )
    return URL.create("sqlite", database=str(file))


def _make_file(file: Path) -> None:
    """Make the folder and the file, for this user alone; SQLite gives its other files the same."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"The file {file} cannot be made or opened ({os.strerror(error.errno or 0)}): name"
            " another place, or give Parley the right to write there."
        ) from None


def _check_file(file: Path) -> None:
    """Refuse a damaged file before anything could be written to it, and leave it as it is.

    SQLite itself notices a damaged page only when it comes upon it, and deletes the log of changes
    beside an empty file.
    """
    log = file.with_name(f"{file.name}-wal")
    if _size(file) == 0:
        if _size(log):
            raise StoreError(lost_log_sentence(file))
        return
    if _size(file) > LARGEST_CHECKED:
        return
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        # What else is wrong, rights for instance, shows and is said when the file is opened.
        name = getattr(error, "sqlite_errorname", "")
        whole = not name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
    else:
        whole = found == ("ok",)
    if not whole:
        raise StoreError(damaged_sentence(file))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _connect(address: URL, file: Path | None) -> Database:
    try:
        return Database(address, file)
    except ImportError:
        raise StoreError(
            "The address asks for PostgreSQL and its driver is not there: install psycopg[binary]"
            " and start Parley again."
        ) from None


def _purge_if_possible(store: Store) -> None:
    try:
        store.purge()
    except StoreError:
        # A full disk must not keep anyone from reading; the next opening purges what is due.
        return
