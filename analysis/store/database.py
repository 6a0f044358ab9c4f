"""One database: its engine, its transactions, and nothing that knows what is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from analysis.errors import StoreError
from analysis.store.failures import failure_sentence, gone_sentence

T = TypeVar("T")
WAIT = 15
"""How long a save waits for another one [seconds]."""

_LOGGER = "parley_store"
_BEGIN = "parley_begin"
_UNREACHABLE_AFTER = {"connect_timeout": 5, "tcp_user_timeout": WAIT * 1000}


class Database:
    """A database at an address.

    Parameters
    ----------
    url : URL
    file : Path or None
        SQLite's file; None where a server keeps the data.
    """

    def __init__(self, url: URL, file: Path | None) -> None:
        self.file = file
        self._engine = _make_engine(url, file)
        self._opened = _identity(file)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` makes of the database as it stands.

        Raises
        ------
        StoreError
            The database cannot be reached or read.
        """
        return self._run(work, "BEGIN", None)

    def write(self, lock: str, work: Callable[[Connection], T]) -> T:
        """Return what `work` returns once all of its changes are kept; on any error none is.

        Writes with the same `lock` happen one after another, in this process and others. SQLite has
        one writer at a time in any case.

        Raises
        ------
        StoreError
            The database cannot be reached or written.
        """
        return self._run(work, "BEGIN IMMEDIATE", lock)

    def wipe(self) -> None:
        """Let nothing that was deleted stay in SQLite's log of changes, beside its file."""
        if self.file is not None:
            self._run(
                lambda c: c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all(), "", None
            )

    def use_write_ahead_log(self) -> None:
        """Let readers go on while one writes; SQLite's file keeps this setting for good.

        A file system without shared memory cannot, and then SQLite stays with its older way.
        """
        if self.file is not None:
            self._run(lambda c: c.exec_driver_sql("PRAGMA journal_mode=WAL").all(), "", None)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], T], begin: str, lock: str | None) -> T:
        self._stay_with_the_file()
        try:
            with (
                self._engine.connect().execution_options(**{_BEGIN: begin}) as connection,
                connection.begin(),
            ):
                if lock is not None and self.file is None:
                    _wait_for(connection, lock)
                return work(connection)
        except SQLAlchemyError as error:
            said = failure_sentence(error, self.file)
        # Raised out here, it does not carry the driver's error and what that says along.
        raise StoreError(said)

    def _stay_with_the_file(self) -> None:
        """Let no save go to a file that was moved away or deleted: SQLite would, and say nothing.

        Where another file lies in its place, a copy that was put back say, that one is used.
        """
        if self.file is None:
            return
        now = _identity(self.file)
        if now is None:
            raise StoreError(gone_sentence(self.file))
        if now != self._opened:
            self._engine.dispose()
            self._opened = now


def _identity(file: Path | None) -> tuple[int, int] | None:
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def _make_engine(url: URL, file: Path | None) -> Engine:
    # Results and parameters would go to a log of level DEBUG; a logger of its own stays silent.
    logging.getLogger(f"sqlalchemy.engine.Engine.{_LOGGER}").setLevel(logging.WARNING)
    arguments: dict[str, Any] = {"timeout": WAIT}
    if file is None:
        asked = {key: value for key, value in _UNREACHABLE_AFTER.items() if key not in url.query}
        # A pooler in between may hand each transaction to another connection.
        arguments = {**asked, "application_name": "parley", "prepare_threshold": None}
    engine = create_engine(
        url,
        echo=False,
        hide_parameters=True,
        logging_name=_LOGGER,
        pool_pre_ping=file is None,
        pool_timeout=WAIT,
        connect_args=arguments,
    )
    if file is not None:
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Set up a connection: durable, erasing, and with transactions that we begin ourselves."""
    connection.isolation_level = None
    # A damaged text is one row's fault; decoded strictly it would end the reading of all rows.
    connection.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
    for setting in (
        # With NORMAL a power cut can take back saves that were confirmed. FULL costs a few
        # milliseconds a save, and a person saves a few times a minute.
        "synchronous=FULL",
        "secure_delete=ON",  # what is deleted is overwritten in the file
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get(_BEGIN)
    if begin:
        connection.exec_driver_sql(begin)


def _wait_for(connection: Connection, lock: str) -> None:
    """Wait for a lock of PostgreSQL that ends with the transaction."""
    connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": f"{WAIT}s"})
    key = int.from_bytes(blake2b(lock.encode(), digest_size=8).digest(), signed=True)
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
