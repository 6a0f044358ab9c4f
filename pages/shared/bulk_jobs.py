"""Bulk jobs of one session: its temporary folder, its file, and the job in a thread of its own.

Nothing here touches Streamlit: a thread that outlives the run of a page must not. A session holds a
`Desk`; when the session goes, the desk goes with it, its job stops and its folder is removed.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import tempfile
import threading
import time
import traceback
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from analysis.errors import BulkError, BulkStopped, InputError
from analysis.exports.legible import legible

State = Literal["waiting", "running", "done", "stopped", "failed"]
Work = Callable[[Callable[[Any], None], Callable[[], bool]], Any]
"""Takes whom to tell the progress and whom to ask whether to stop; returns the report."""

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
_MOST_SEEN, _LONGEST_NAME = 4, 80
MOST_RUNNING = 2
"""Jobs that run at once in a process; the others wait for their turn."""

_UNEXPECTED = (
    "The job met a fault that Parley did not foresee: run it again, or run the"
    " command below, which says more."
)
_LOG = logging.getLogger(__name__)
_PREFIX, _LOCK = "parley-bulk-", "lock"


def disk_sentence(error: OSError) -> str:
    """Return what a temporary folder that cannot be used means, without its path."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        what = "There is no room left on the disk where Parley works on tables"
    else:
        why = (error.strerror or "no reason given").lower()
        what = f"The folder where Parley works on tables cannot be used ({why})"
    return (
        f"{what}: nothing was written. Try again once that is mended, with a smaller table, or by"
        " the command line on another machine; on a server tell whoever runs it."
    )


class Turns:
    """Lets a few jobs run at once, the others in the order in which they came."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._running = 0
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Wait for a turn and hold it.

        Raises
        ------
        BulkStopped
            The job was stopped while it waited.
        """
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            try:
                while self._running >= self._most or self._queue[0] is not ticket:
                    if stopped():
                        raise BulkStopped("The job was stopped: nothing was written.")
                    self._changed.wait(0.2)
                self._running += 1
            finally:
                self._queue.remove(ticket)
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()


_TURNS = Turns(MOST_RUNNING)


class Room:
    """A temporary folder that nobody else may read, and the job that writes into it.

    A browser that goes away tells nobody, and what its session held stays in memory until Python
    looks for it. So each room is asked from time to time whether its session is still there.

    Attributes
    ----------
    is_there : callable
        Says whether a browser is connected to the session.
    patience : float
        How long a session may be away before the room is closed [s].
    """

    def __init__(self, is_there: Callable[[], bool], patience: float) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = _hold(self.path)
        self._closing = threading.RLock()
        self.closed = False
        self.job: Job | None = None
        self._is_there, self._patience = is_there, patience
        self._seen = time.monotonic()
        _watch(self)

    def look(self, now: float) -> None:
        """Close the room where its session has been away for too long."""
        if self._is_there():
            self._seen = now
        elif now - self._seen > self._patience:
            self.close()

    def close(self) -> None:
        """Stop the job and remove the folder; the session and the watch may come at once."""
        with self._closing:
            self.closed = True
            if self.job is not None:
                self.job.stop()
            shutil.rmtree(self.path, ignore_errors=True)
            held, self._lock = self._lock, None
            if held is not None:
                os.close(held)


def _hold(folder: Path) -> int | None:
    """Lock a room as long as this process lives; the lock appears in it whole."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none; there what a killed server left stays
    except ImportError:
        return None
    handle = os.open(folder / f"{_LOCK}.new", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    (folder / f"{_LOCK}.new").rename(folder / _LOCK)
    return handle


def clear_left_rooms() -> None:
    """Remove the rooms of servers that were killed: their tables would lie there for good."""
    try:
        import fcntl  # noqa: PLC0415 - as above
    except ImportError:
        return
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        try:
            handle = os.open(lock, os.O_RDWR)
        except OSError:  # another user's
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)
        except OSError:  # its server lives
            continue
        finally:
            os.close(handle)


_ROOMS: set[Room] = set()
_BETWEEN_LOOKS = 10.0
_WATCHING = threading.Lock()
_watcher: list[threading.Thread] = []


def _watch(room: Room) -> None:
    with _WATCHING:
        _ROOMS.add(room)
        if not _watcher:
            _watcher.append(threading.Thread(target=_look_around, name="bulk-rooms", daemon=True))
            _watcher[0].start()


def _look_around() -> None:
    clear_left_rooms()
    while True:
        time.sleep(_BETWEEN_LOOKS)
        look_at_rooms(time.monotonic())


def look_at_rooms(now: float) -> None:
    """Close every room whose session has been away for too long; `now` as of `time.monotonic`."""
    with _WATCHING:
        rooms = list(_ROOMS)
    for room in rooms:
        room.look(now)
    with _WATCHING:
        _ROOMS.difference_update([room for room in rooms if room.closed])


class Job:
    """One job in a thread; `state`, `progress`, `report` and `fault` are read from the page.

    Attributes
    ----------
    what : object
        What was asked for, as the page compares it with what is asked for now.
    progress : object or None
        The last that the work told.
    report : object or None
        What the work returned.
    fault : str
        Why it failed, in one sentence.
    """

    def __init__(self, what: Any, work: Work, room: Room, turns: Turns = _TURNS) -> None:
        self.what = what
        self.state: State = "waiting"
        self.progress: Any = None
        self.report: Any = None
        self.fault = ""
        self._work, self._room, self._turns = work, room, turns
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bulk-job", daemon=True)

    def start(self) -> None:
        """Begin, or begin to wait."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the job to end; it does within a second or two."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the job has ended."""
        self._thread.join(seconds)

    @property
    def is_over(self) -> bool:
        """Whether the job will do nothing more."""
        return self.state in {"done", "stopped", "failed"}

    @property
    def is_stopping(self) -> bool:
        """Whether the job has been asked to end and has not yet."""
        return self._stop.is_set() and not self.is_over

    def _run(self) -> None:
        try:
            with self._turns.turn(self._stop.is_set):
                self.state = "running"
                self.report = self._work(self._note, self._stop.is_set)
            self.state = "done"
        except BulkStopped:
            self.state = "stopped"
        except InputError as error:
            self._fail(str(error))
        except OSError as error:
            self._fail(disk_sentence(error))
        except MemoryError:
            self._fail("The job needs more memory than this machine has: ask for fewer columns.")
        except Exception as error:  # whatever it is, the app must stay up
            # No message: it could quote what was uploaded. The lines of our own code may be read.
            trace = "".join(traceback.format_tb(error.__traceback__))
            _LOG.error("A bulk job failed with %s\n%s", type(error).__name__, trace)
            self._fail(_UNEXPECTED)
        if self._room.closed:  # the session went while the job was writing
            self._room.close()

    def _fail(self, sentence: str) -> None:
        self.fault = sentence
        self.state = "failed"

    def _note(self, progress: Any) -> None:
        self.progress = progress


@dataclass(frozen=True, slots=True)
class Held:
    """A table of pairs that can be worked on.

    Attributes
    ----------
    path : Path
        Where it lies.
    name : str
        What its person calls it: for the screen, never for a path.
    key : str
        Changes with every other file.
    uploaded : bool
    """

    path: Path
    name: str
    key: str
    uploaded: bool


@dataclass(eq=False)
class Desk:
    """What one session has on its desk: a file, what was read in it, and a job."""

    is_there: Callable[[], bool] = lambda: True
    patience: float = 120.0
    held: Held | None = None
    job: Job | None = None
    _seen: dict[Any, Any] = field(default_factory=dict)
    _room: Room | None = None
    _finalizer: Any = None

    def tidy(self) -> None:
        """Put everything away where the folder was removed while the browser was gone."""
        if self._room is not None and self._room.closed:
            self.clear()

    def take_upload(self, content: bytes, name: str, key: str) -> Held:
        """Put an uploaded file down under a fixed name; what was there before goes.

        Raises
        ------
        BulkError
            The temporary folder cannot be made or has no room.
        """
        if self.held is None or self.held.key != key:
            self.clear()
            ending = Path(name).suffix.lower()
            path = self.folder() / f"pairs{ending if ending in ENDINGS else '.csv'}"
            try:
                path.write_bytes(content)
            except OSError as error:
                self.clear()
                raise BulkError(disk_sentence(error)) from error
            self.held = Held(path, legible(name, _LONGEST_NAME), key, uploaded=True)
        return self.held

    def take_path(self, path: Path, name: str) -> Held:
        """Work on a file that lies on the server; what was there before goes."""
        key = f"path:{path}"
        if self.held is None or self.held.key != key:
            self.clear()
            self.held = Held(path, name, key, uploaded=False)
        return self.held

    def clear(self) -> None:
        """Let go of file, results and job, and remove what was written for them."""
        if self._finalizer is not None:
            self._finalizer()
        self._room = self._finalizer = None
        self.held = self.job = None
        self._seen.clear()

    def folder(self) -> Path:
        """Return the temporary folder; it is made when it is first needed.

        Raises
        ------
        BulkError
            It cannot be made.
        """
        if self._room is None:
            try:
                self._room = Room(self.is_there, self.patience)
            except OSError as error:
                raise BulkError(disk_sentence(error)) from error
            # The room does not hold the desk, or it would never go. Runs as the process ends, too.
            self._finalizer = weakref.finalize(self, self._room.close)
        return self._room.path

    def results(self) -> Path:
        """Return an empty folder for the results of the next job; those of the last one go."""
        folder = self.folder() / "results"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise BulkError(disk_sentence(error)) from error
        return folder

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return what was made for a key, made now if it was not; it goes with the file."""
        if key not in self._seen:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen[key] = make()
        return self._seen[key]

    def start(self, what: Any, work: Work) -> Job:
        """Start a job in place of the one before, which must be over."""
        if self.job is not None and not self.job.is_over:
            return self.job
        self.folder()
        assert self._room is not None  # noqa: S101 - for the type checker
        self.job = Job(what, work, self._room)
        self._room.job = self.job
        self.job.start()
        return self.job
