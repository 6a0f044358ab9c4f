"""Disks that fill up, servers that go away, locks that stay, and what is said and logged of it."""

import json
import logging
import os
import sqlite3
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
import sqlalchemy

from analysis.errors import StoreError
from analysis.store import open_store
from tests.store.made import MEMBERS, change_row, marks, team
from tests.store.made import workspace_file as file_of

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Zweckverband"
STAYS = "What is on the screen stays as it is."


def all_of(error):
    """Everything that a log could take from an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(error.__context__)


@pytest.mark.skipif(os.name != "posix", reason="the limit is POSIX's")
@pytest.mark.parametrize("room", [60_000, 300_000])
def test_a_full_disk_is_said_and_what_was_saved_can_be_read(tmp_path, room):
    address = f"sqlite:///{tmp_path / 'parley.db'}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.filling", address, str(room)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["readable"]
    assert len(found["said"]) == 3
    for said in found["said"]:
        assert said.startswith("There is no room left where your teams are kept: make room and")
        assert said.endswith(STAYS)
        assert SECRET not in said
    with open_store(address) as store:  # the disk has room again
        ann = store.for_user("ann")
        assert len(ann.teams()) == found["confirmed"]
        ann.save_team(team(999, members=MEMBERS * 200), None)


def test_a_database_that_may_not_grow_is_full(tmp_path):
    def limit(connection, record):
        connection.execute("PRAGMA max_page_count = 40")

    sqlalchemy.event.listen(sqlalchemy.Engine, "connect", limit)
    try:
        with open_store(f"sqlite:///{tmp_path / 'parley.db'}") as store:
            ann = store.for_user("ann")
            ann.save_team(team(1), None)
            with pytest.raises(StoreError, match="no room left") as caught:
                ann.save_team(team(2, name=SECRET, members=MEMBERS * 2000), None)
            assert SECRET not in all_of(caught.value)
            assert ann.teams() == [team(1)]
            ann.save_team(team(3), None)
            assert ann.teams() == [team(1), team(3)]
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "connect", limit)


def test_a_lock_that_stays_is_said(url, monkeypatch):
    monkeypatch.setattr("analysis.store.database.WAIT", 0.2)
    with open_store(url) as first, open_store(url) as second:
        first.for_user("ann").save_team(team(), None)

        def while_locked(connection):
            with pytest.raises(StoreError, match="Another window is saving just now") as caught:
                second.for_user("ann").save_team(team(2, name=SECRET), None)
            assert SECRET not in all_of(caught.value)
            return second.for_user("ann").teams()

        assert first._database.write("user ann", while_locked) == [team()]
        second.for_user("ann").save_team(team(2), None)


def test_a_file_that_may_only_be_read_is_said_and_read(tmp_path):
    def limit(connection, record):
        connection.execute("PRAGMA query_only = ON")

    address = f"sqlite:///{tmp_path / 'parley.db'}"
    with open_store(address) as store:
        store.for_user("ann").save_team(team(), None)
    sqlalchemy.event.listen(sqlalchemy.Engine, "connect", limit)
    try:
        with open_store(address) as store:
            with pytest.raises(StoreError, match=r"right to write .* the file .*parley\.db and"):
                store.for_user("ann").save_team(team(2), None)
            assert store.for_user("ann").teams() == [team()]
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "connect", limit)


def test_a_damaged_file_is_said(tmp_path):
    path = tmp_path / "parley.db"
    with open_store(f"sqlite:///{path}") as store:
        for number in range(9):
            store.for_user("ann").save_team(team(number, members=MEMBERS * 200), None)
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"parley\.db that keeps your teams is damaged"):
        open_store(f"sqlite:///{path}").for_user("ann").teams()


def test_a_text_that_is_no_text_is_one_rows_fault(tmp_path):
    path = tmp_path / "parley.db"
    with open_store(f"sqlite:///{path}") as store:
        ann = store.for_user("ann")
        for number in (1, 2, 3, 4):
            ann.save_team(team(number), None)
        connection = sqlite3.connect(path)
        for number, value in ((1, "CAST(x'7bff7d' AS TEXT)"), (2, "x'7b7d'"), (4, "7")):
            connection.execute(f"UPDATE teams SET payload = {value} WHERE id = '{team(number).id}'")
        connection.execute("UPDATE teams SET name = CAST(x'ff41' AS TEXT), changed = 9e17")
        connection.commit()
        connection.close()
        held = ann.kept_teams()
    assert [kept.team for kept in held.teams] == [team(3)]
    assert [one.problem for one in held.unreadable] == [
        "The team “A” cannot be read (its text is not UTF-8): delete it, or save it anew.",
        "The team “A” cannot be read (its row holds no text): delete it, or save it anew.",
        "The team “A” cannot be read (Expected object, got int): delete it, or save it anew.",
    ]


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_server_that_goes_away_and_comes_back(cluster):
    address = cluster.new_database()
    with open_store(address) as store:
        ann = store.for_user("ann")
        version = ann.save_team(team(name="before"), None)
        cluster.stop()
        try:
            for _ in range(2):
                for call in (
                    ann.teams, lambda: ann.save_team(team(name=SECRET), version),
                    lambda: ann.delete_team(team().id), ann.debriefs, ann.delete_everything,
                    lambda: open_store(address),
                ):  # fmt: skip
                    with pytest.raises(
                        StoreError, match="cannot be reached or did not let"
                    ) as caught:
                        call()
                    assert str(caught.value).endswith(STAYS)
                    assert SECRET not in all_of(caught.value)
                    assert cluster.password not in all_of(caught.value)
        finally:
            cluster.start()
        assert ann.teams() == [team(name="before")]
        ann.save_team(team(name="after"), version)
        assert ann.teams() == [team(name="after")]


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_server_that_was_started_anew_is_not_even_noticed(cluster):
    with open_store(cluster.new_database()) as store:
        store.for_user("ann").save_team(team(), None)
        cluster.stop()
        cluster.start()
        assert store.for_user("ann").teams() == [team()]


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_connection_cut_in_the_middle_of_a_save_keeps_nothing_of_it(cluster):
    address = cluster.new_database()
    name = address.rsplit("/", 1)[1]
    with open_store(address) as store:
        ann = store.for_user("ann")
        ann.save_team(team(1), None)

        def cut(connection):
            ann._rows.put_team(connection, team(2), "{}", None, ann._now())
            cluster.execute(
                "postgres",
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
            )
            return ann._rows.teams(connection)

        with pytest.raises(StoreError, match="cannot be reached"):
            ann._write(cut)
        assert ann.teams() == [team(1)]


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_refused_sign_in_says_neither_name_nor_password(cluster):
    wrong = cluster.address("postgres", "openSesame"), cluster.address("nowhere_at_all")
    for address in wrong:
        with pytest.raises(StoreError, match="did not let Parley in") as caught:
            open_store(address)
        for private in ("openSesame", "tester", "nowhere_at_all", cluster.password):
            assert private not in all_of(caught.value)


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_user_without_rights_is_told(cluster):
    address = cluster.new_database()
    open_store(address).close()
    name = address.rsplit("/", 1)[1]
    cluster.execute(name, "CREATE ROLE reader LOGIN PASSWORD 'reader'")
    cluster.execute(name, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    address = f"postgresql://reader:reader@127.0.0.1:{cluster.port}/{name}"
    with open_store(address) as store:
        assert store.for_user("ann").teams() == []
        with pytest.raises(StoreError, match="has no right to write where your teams are kept"):
            store.for_user("ann").save_team(team(), None)
    cluster.execute(name, "DROP OWNED BY reader")
    cluster.execute(name, "DROP ROLE reader")


def test_nothing_that_is_kept_reaches_a_log(url, caplog, request):
    """Every logger at its most talkative, statements that work and statements that fail."""
    caplog.set_level(logging.DEBUG)
    names = ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.engine.Engine", "alembic", "psycopg")
    for name in names:
        caplog.set_level(logging.DEBUG, logger=name)
    with open_store(url) as store:
        ann = store.for_user(SECRET + " user")
        secret = team(1, name=SECRET, members=(*MEMBERS, *team().members))
        version = ann.save_team(secret, None)
        ann.save_debrief("CHN+NLD", marks("trust", note=SECRET))
        ann.save_workspace(SECRET, file_of().replace(b'"NLD"', b'"' + SECRET.encode() + b'"'))
        assert (ann.teams(), ann.workspaces()) == ([secret], [SECRET])
        ann.debriefs()
        for column in ("payload", "name"):
            change_row(url, f"ALTER TABLE teams RENAME COLUMN {column} TO lost_{column}")
        with pytest.raises(StoreError) as caught:
            ann.save_team(secret, version)
        change_row(url, "DROP TABLE debriefs")
        with pytest.raises(StoreError) as other:
            ann.save_debrief("CHN+NLD", marks("trust", note=SECRET))
    for error in (caught.value, other.value):
        assert "refused the request (" in str(error)
        assert error.__context__ is None
        assert SECRET not in all_of(error)
    assert caplog.records, "the log was on"
    for record in caplog.records:
        assert SECRET not in record.getMessage() + repr(record.args) + str(record.exc_text)
    if url.startswith("postgresql"):
        assert SECRET not in request.getfixturevalue("cluster").log
