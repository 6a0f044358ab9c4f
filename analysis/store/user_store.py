"""What one user can reach: teams, debriefs and workspaces of the user's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from sqlalchemy import Connection

from analysis.debrief import Mark
from analysis.errors import ChangedElsewhere, StoreError
from analysis.store.database import Database
from analysis.store.kept import (
    DeletedTeam,
    KeptDebriefs,
    KeptTeam,
    KeptTeams,
    UnreadableTeam,
    milliseconds,
)
from analysis.store.payloads import check_workspace, shown, write_debrief, write_team
from analysis.store.rows import OwnRows
from analysis.store.schema import debriefs, workspaces
from analysis.teams.record import ID_PATTERN
from analysis.teams.team import Team
from analysis.workspace import Marks

T = TypeVar("T")
LONGEST_NAME = 200


class UserStore:
    """One user's teams, debriefs and workspaces.

    Each method raises `StoreError` with one sentence where the database cannot be reached, read or
    written. What another user keeps is to every method as if it were not there.
    """

    def __init__(self, database: Database, user: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._lock = f"user {user}"
        self._rows = OwnRows(user)
        self._now = now

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self._database.write(self._lock, work)

    def teams(self) -> list[Team]:
        """Return the teams by name; `kept_teams` also tells of those that cannot be read."""
        return [kept.team for kept in self.kept_teams().teams]

    def kept_teams(self) -> KeptTeams:
        """Return the teams with their versions by name, and those that cannot be read."""
        found = self._database.read(self._rows.teams)
        good = [held for held in found if isinstance(held, KeptTeam)]
        good.sort(key=lambda held: (held.team.name.casefold(), held.team.id))
        return KeptTeams(tuple(good), tuple(h for h in found if isinstance(h, UnreadableTeam)))

    def team(self, id: str) -> KeptTeam | None:
        """Return one team, or None where there is none.

        Raises
        ------
        StoreError
            Its row is damaged.
        """
        if not _is_team_id(id):
            return None
        found = self._database.read(lambda connection: self._rows.team(connection, id))
        if isinstance(found, UnreadableTeam):
            raise StoreError(found.problem)
        return found

    def save_team(self, team: Team, expected_version: int | None) -> int:
        """Keep a team and return its new version.

        Parameters
        ----------
        team : Team
        expected_version : int or None
            The version that was changed, from `KeptTeam` or an earlier save; None for a new team,
            also where one of the same id was deleted.

        Raises
        ------
        ChangedElsewhere
            Another window saved, deleted or made it first. Nothing is overwritten.
        StoreError
            The team is too large, or there are too many.
        """
        return self.save_together([(team, expected_version)])[0]

    def save_together(
        self,
        changed: Sequence[tuple[Team, int | None]],
        marked: Mapping[str, Mapping[str, Mark]] = MappingProxyType({}),
    ) -> tuple[int, ...]:
        """Keep several teams and debriefs, or on any error none; return the teams' new versions.

        Takes each team with its expected version as `save_team` does, and marks by pair, which
        replace those kept. Raises as `save_team` and `save_debrief` do.
        """
        payloads = [write_team(team) for team, _ in changed]
        texts = {pair: _debrief_text(pair, marks) for pair, marks in marked.items()}

        def work(connection: Connection) -> tuple[int, ...]:
            now = self._now()
            versions = tuple(
                self._rows.put_team(connection, team, payload, expected, now)
                for (team, expected), payload in zip(changed, payloads, strict=True)
            )
            for pair, text in texts.items():
                self._put_debrief(connection, pair, text)
            self._rows.check_limits(connection)
            return versions

        return self._write(work)

    def delete_team(self, id: str) -> bool:
        """Delete a team so that it can be brought back; False where there is none."""

        def work(connection: Connection) -> bool:
            now = self._now()
            done = self._rows.set_deleted(connection, id, milliseconds(now))
            self._rows.drop_long_deleted(connection, now)
            return done

        return _is_team_id(id) and self._write(work)

    def deleted_teams(self) -> list[DeletedTeam]:
        """Return what can be brought back, the latest first."""
        return self._database.read(self._rows.deleted_teams)

    def restore_team(self, id: str) -> bool:
        """Bring a deleted team back as it was, with its version; False where there is none.

        Raises
        ------
        StoreError
            There are too many teams by now.
        """

        def work(connection: Connection) -> bool:
            done = self._rows.set_deleted(connection, id, None)
            if done:
                self._rows.check_limits(connection)
            return done

        return _is_team_id(id) and self._write(work)

    def debriefs(self) -> KeptDebriefs:
        """Return the marks of every pair, and a sentence for each debrief that cannot be read."""
        return self._database.read(self._rows.debriefs)

    def save_debrief(
        self, pair: str, marks: Mapping[str, Mark], before: Mapping[str, Mark] | None = None
    ) -> Marks:
        """Keep the marks of a pair and return those that are kept now.

        Parameters
        ----------
        pair : str
            As `pair_key` makes it.
        marks : mapping
            By topic; with none the debrief is deleted.
        before : mapping or None
            The marks as they were read. With them, only what changed since is put in, so that
            another window's marks on other topics stay; without, `marks` replaces all.

        Raises
        ------
        ChangedElsewhere
            Another window changed one of the same topics since.
        StoreError
            A mark is out of range, or there are too many debriefs.
        ValueError
            The pair has not two sides, or a mark stands under another topic.
        """
        _debrief_text(pair, marks)

        def work(connection: Connection) -> Marks:
            kept = dict(marks)
            if before is not None:
                kept = _merge(pair, self._rows.marks(connection, pair), before, marks)
            self._put_debrief(connection, pair, _debrief_text(pair, kept))
            self._rows.check_limits(connection)
            return kept

        return self._write(work)

    def _put_debrief(self, connection: Connection, pair: str, text: str) -> None:
        if text:
            self._rows.put_text(connection, debriefs, pair, text, self._now())
        else:
            self._rows.drop_text(connection, debriefs, pair)

    def workspaces(self) -> list[str]:
        """Return the names of the workspaces in order."""
        return self._database.read(lambda connection: self._rows.names(connection, workspaces))

    def workspace(self, name: str) -> bytes | None:
        """Return a workspace's file for `read_workspace` to check, or None where there is none."""
        if not _is_name(name):
            return None
        text = self._database.read(lambda c: self._rows.text(c, workspaces, name))
        return None if text is None else text.encode("utf-8", "surrogateescape")

    def save_workspace(self, name: str, content: bytes) -> None:
        """Keep the bytes of `write_workspace` under a name; like a file, what had it is replaced.

        Raises
        ------
        StoreError
            The name or the content cannot be used, or there are too many workspaces.
        """
        if not _is_name(name):
            raise StoreError(
                f"A workspace needs a name of 1 to {LONGEST_NAME} printable characters: give it"
                " another one."
            )
        text = check_workspace(content)

        def work(connection: Connection) -> None:
            self._rows.put_text(connection, workspaces, name, text, self._now())
            self._rows.check_limits(connection)

        self._write(work)

    def delete_workspace(self, name: str) -> bool:
        """Delete a workspace for good; False where there is none."""
        return _is_name(name) and self._write(
            lambda connection: self._rows.drop_text(connection, workspaces, name)
        )

    def delete_everything(self) -> None:
        """Delete all that this user keeps, for good; in SQLite its bytes are overwritten."""
        self._write(self._rows.drop_all)
        self._database.wipe()


def _is_team_id(id: str) -> bool:
    return re.search(ID_PATTERN, id) is not None


def _is_name(name: str) -> bool:
    return bool(name.strip()) and len(name) <= LONGEST_NAME and name.isprintable()


def _debrief_text(pair: str, marks: Mapping[str, Mark]) -> str:
    """Return the text of a debrief's row, empty where there are no marks."""
    if pair.count("+") != 1 or not _is_name(pair):
        raise ValueError(f"{shown(pair)} is no pair")
    if any(topic != mark.topic for topic, mark in marks.items()):
        raise ValueError("a mark stands under another topic")
    return write_debrief(pair, marks.values()) if marks else ""


def _merge(
    pair: str, kept: Mapping[str, Mark], before: Mapping[str, Mark], marks: Mapping[str, Mark]
) -> Marks:
    """Return what is kept with the changes from `before` to `marks` put in."""
    changed = [t for t in {**before, **marks} if before.get(t) != marks.get(t)]
    if any(kept.get(t) not in (before.get(t), marks.get(t)) for t in changed):
        raise ChangedElsewhere(
            f"The debrief of {shown(pair)} was changed in another window since you opened it: open"
            " it again, then make your change."
        )
    merged = {**kept, **{topic: marks[topic] for topic in changed if topic in marks}}
    return {topic: mark for topic, mark in merged.items() if topic in marks or topic not in changed}
