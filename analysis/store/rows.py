"""One user's rows: the only place that puts together a query for them.

Every function takes the connection of the transaction that it is part of.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from analysis.errors import ChangedElsewhere, StoreError
from analysis.store.kept import (
    DeletedTeam,
    KeptDebriefs,
    KeptTeam,
    UnreadableTeam,
    milliseconds,
    time_of,
)
from analysis.store.limits import (
    KEEP_DELETED,
    LARGEST_TOTAL,
    MOST_DEBRIEFS,
    MOST_TEAMS,
    MOST_WORKSPACES,
)
from analysis.store.payloads import UnreadableError, read_debrief, read_team, shown
from analysis.store.schema import debriefs, teams, workspaces
from analysis.teams.team import Team
from analysis.workspace import Marks

_LIVE = teams.c.deleted.is_(None)
_KEYS = {"debriefs": debriefs.c.pair, "workspaces": workspaces.c.name}


class OwnRows:
    """The rows of one user."""

    def __init__(self, user: str) -> None:
        self._user = user

    def _own(self, table: Table) -> ColumnElement[bool]:
        return table.c.owner == self._user

    def _of_team(self, id: str) -> tuple[ColumnElement[bool], ...]:
        return self._own(teams), teams.c.id == id

    def teams(self, connection: Connection) -> list[KeptTeam | UnreadableTeam]:
        """Return every team that is not deleted."""
        query = select(teams).where(self._own(teams), _LIVE)
        return [_read_team_row(row) for row in connection.execute(query)]

    def team(self, connection: Connection, id: str) -> KeptTeam | UnreadableTeam | None:
        """Return a team that is not deleted, or None."""
        query = select(teams).where(*self._of_team(id), _LIVE)
        row = connection.execute(query).one_or_none()
        return None if row is None else _read_team_row(row)

    def put_team(
        self, connection: Connection, team: Team, payload: str, expected: int | None, now: datetime
    ) -> int:
        """Insert or replace a team if its version is the expected one; return the new version."""
        columns = teams.c.version, teams.c.deleted
        query = select(*columns).where(*self._of_team(team.id)).with_for_update()
        row = connection.execute(query).one_or_none()
        called = f"The team “{shown(team.name)}”"
        if expected is not None and (row is None or row.deleted is not None):
            raise ChangedElsewhere(
                f"{called} was deleted in another window: bring it back first, or save yours as a"
                " new team."
            )
        if expected is None and row is not None and row.deleted is None:
            raise ChangedElsewhere(f"{called} is kept already: open that one and change it there.")
        if expected is not None and row is not None and row.version != expected:
            raise ChangedElsewhere(
                f"{called} was changed in another window since you opened it: open it again, then"
                " make your change."
            )
        # A clock's reading as the first version: a team that was deleted for good and is made anew
        # never has a version that an older window still holds.
        version = max(milliseconds(now), row.version + 1 if row else 0)
        values = {
            "name": shown(team.name), "version": version, "size": len(payload.encode()),
            "payload": payload, "changed": milliseconds(now), "deleted": None,
        }  # fmt: skip
        if row is None:
            connection.execute(insert(teams).values(owner=self._user, id=team.id, **values))
        else:
            connection.execute(update(teams).where(*self._of_team(team.id)).values(**values))
        return version

    def set_deleted(self, connection: Connection, id: str, deleted: int | None) -> bool:
        """Mark a team as deleted, or as no longer so; False where there is none to mark."""
        now = _LIVE if deleted is not None else ~_LIVE
        query = update(teams).where(*self._of_team(id), now).values(deleted=deleted)
        return connection.execute(query).rowcount > 0

    def deleted_teams(self, connection: Connection) -> list[DeletedTeam]:
        """Return what can be brought back, the latest first."""
        columns = teams.c.id, teams.c.name, teams.c.deleted
        query = select(*columns).where(self._own(teams), ~_LIVE)
        rows = connection.execute(query.order_by(teams.c.deleted.desc(), teams.c.id))
        return [DeletedTeam(row.id, shown(row.name), time_of(row.deleted)) for row in rows]

    def drop_long_deleted(self, connection: Connection, now: datetime) -> None:
        """Delete for good what was deleted long ago, or too many deletions ago."""
        gone = select(teams.c.id).where(self._own(teams), ~_LIVE)
        oldest = gone.order_by(teams.c.deleted.desc(), teams.c.id).offset(MOST_TEAMS)
        due = teams.c.deleted < milliseconds(now - KEEP_DELETED)
        connection.execute(delete(teams).where(self._own(teams), or_(due, teams.c.id.in_(oldest))))

    def debriefs(self, connection: Connection) -> KeptDebriefs:
        """Return the marks of every pair."""
        query = select(debriefs).where(self._own(debriefs)).order_by(debriefs.c.pair)
        marks, problems = {}, []
        for row in connection.execute(query):
            try:
                marks[row.pair] = read_debrief(row.payload)
            except UnreadableError as error:
                problems.append(_unreadable_debrief(row.pair, error))
        return KeptDebriefs(marks, tuple(problems))

    def marks(self, connection: Connection, pair: str) -> Marks:
        """Return the marks of one pair, none where there is no debrief."""
        text = self.text(connection, debriefs, pair)
        try:
            return {} if text is None else read_debrief(text)
        except UnreadableError as error:
            raise StoreError(_unreadable_debrief(pair, error)) from None

    def names(self, connection: Connection, table: Table) -> list[str]:
        """Return the names under which something is kept in a table."""
        query = select(_KEYS[table.name]).where(self._own(table))
        return sorted(connection.scalars(query))

    def text(self, connection: Connection, table: Table, name: str) -> str | None:
        """Return the text that is kept under a name, or None."""
        query = select(table.c.payload).where(self._own(table), _KEYS[table.name] == name)
        found: str | None = connection.scalar(query)
        return found

    def put_text(
        self, connection: Connection, table: Table, name: str, payload: str, now: datetime
    ) -> None:
        """Insert or replace the text that is kept under a name."""
        self.drop_text(connection, table, name)
        key = _KEYS[table.name].name
        values: Mapping[str, Any] = {key: name, "payload": payload, "changed": milliseconds(now)}
        connection.execute(insert(table).values(owner=self._user, **values))

    def drop_text(self, connection: Connection, table: Table, name: str) -> bool:
        """Delete the text that is kept under a name for good; False where there is none."""
        query = delete(table).where(self._own(table), _KEYS[table.name] == name)
        return connection.execute(query).rowcount > 0

    def drop_all(self, connection: Connection) -> None:
        """Delete every row for good."""
        for table in (teams, debriefs, workspaces):
            connection.execute(delete(table).where(self._own(table)))

    def check_limits(self, connection: Connection) -> None:
        """Refuse a transaction that would keep too much; undoing it is the caller's.

        Raises
        ------
        StoreError
            There are too many teams, debriefs or workspaces, or the teams are too large together.
        """
        query = select(func.count(), func.coalesce(func.sum(teams.c.size), 0))
        count, size = connection.execute(query.where(self._own(teams), _LIVE)).one()
        if count > MOST_TEAMS:
            raise StoreError(_too_many("teams", MOST_TEAMS))
        if size > LARGEST_TOTAL:
            raise StoreError(
                f"Your teams would take more than {LARGEST_TOTAL / 2**20:.0f} MB together: delete"
                " one that you no longer need, or keep the file it came from."
            )
        for table, most in ((debriefs, MOST_DEBRIEFS), (workspaces, MOST_WORKSPACES)):
            rows = select(func.count()).select_from(table).where(self._own(table))
            if connection.execute(rows).scalar_one() > most:
                raise StoreError(_too_many(table.name, most))


def _read_team_row(row: Any) -> KeptTeam | UnreadableTeam:
    try:
        team = read_team(row.payload)
        if team.id != row.id:
            raise UnreadableError("its row holds another team")
    except UnreadableError as error:
        name = shown(row.name)
        problem = f"The team “{name}” cannot be read ({error}): delete it, or save it anew."
        return UnreadableTeam(row.id, name, row.version, problem)
    return KeptTeam(team, row.version, time_of(row.changed))


def _unreadable_debrief(pair: object, error: UnreadableError) -> str:
    return f"The debrief of {shown(pair)} cannot be read ({error}): mark it anew."


def _too_many(what: str, most: int) -> str:
    return f"You keep {most} {what}, which is the most: delete one that you no longer need."
