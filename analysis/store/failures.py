"""What a database's failure means to a person, in one sentence.

Only the kind of a failure is passed on. What the driver says may hold what was being saved, an
address or a password, so it reaches neither the sentence nor a log.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_FULL = "there is no room left where your teams are kept: make room and save again"
_BUSY = "another window is saving just now: try again in a moment"
# The driver tells a server that is away and one that refuses the sign-in apart by words only, and
# those are in the server's language.
_AWAY = (
    "the database that keeps your teams cannot be reached or did not let Parley in: try again"
    " later, and if it stays so ask whoever runs this server"
)
_RIGHTS = "Parley has no right to write where your teams are kept: give it that right"

# By the first letters of SQLSTATE, the longest first: PostgreSQL's documentation, appendix A.
_BY_STATE = {
    "53100": _FULL, "53": _BUSY, "55P03": _BUSY, "57014": _BUSY, "40": _BUSY, "08": _AWAY,
    "57": _AWAY, "28": _AWAY, "3D": _AWAY, "42501": _RIGHTS, "25006": _RIGHTS,
}  # fmt: skip


def failure_sentence(error: SQLAlchemyError, file: Path | None) -> str:
    """Return what a failure means and what to do about it.

    Parameters
    ----------
    error : SQLAlchemyError
    file : Path or None
        SQLite's file; None where a server keeps the data.
    """
    said = _BUSY if isinstance(error, PoolTimeoutError) else _meaning(error, file)
    return _sentence(said)


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}. What is on the screen stays as it is."


def _meaning(error: SQLAlchemyError, file: Path | None) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else None
    if file is not None:
        return _sqlite_meaning(getattr(cause, "sqlite_errorname", None) or "", file)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        # Without a state nothing came from the server: no answer, or the connection was cut.
        return _AWAY if cause is not None else _refusal(type(error).__name__)
    found = next((said for start, said in _BY_STATE.items() if state.startswith(start)), None)
    return found or _refusal(state)


def _sqlite_meaning(code: str, file: Path) -> str:
    """Return what one of SQLite's result codes means (sqlite.org/rescode.html)."""
    if code in {"SQLITE_FULL", "SQLITE_TOOBIG"} or code.startswith("SQLITE_IOERR"):
        # A file that may not grow is an input and output error to SQLite, not a full disk.
        return f"{_FULL}, or check the disk that holds {file}"
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return _BUSY
    if code.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_CANTOPEN")):
        return f"{_RIGHTS}, the file {file} and its folder"
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged(file)
    return _refusal(code or "without a code")


def _damaged(file: Path) -> str:
    return (
        f"the file {file} that keeps your teams is damaged: put a copy in its place, or move it"
        " away, with the files beside it whose names begin like its own, to start with none"
    )


def damaged_sentence(file: Path) -> str:
    """Return the sentence for a file that is damaged."""
    return _sentence(_damaged(file))


def lost_log_sentence(file: Path) -> str:
    """Return the sentence for a log of changes whose file is gone or empty."""
    return _sentence(
        f"the file {file} that keeps your teams is gone or empty, and {file.name}-wal beside it"
        " holds what was saved last: put a copy of the file in its place, or move that one away"
        " too, to start with none"
    )


def gone_sentence(file: Path) -> str:
    """Return the sentence for a file that went away while Parley runs."""
    return _sentence(
        f"the file {file} that keeps your teams is not where it was: put it back, or start Parley"
        " again to start with none"
    )


def _refusal(code: str) -> str:
    return f"the database refused the request ({code}), and nothing was changed: start Parley again"
