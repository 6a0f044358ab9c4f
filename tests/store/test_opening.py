"""Where a store is, who may read its files, and how its tables come to be."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import alembic.autogenerate
import pytest
import sqlalchemy
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from platformdirs import PlatformDirs

from analysis.data_folder import default_file
from analysis.errors import StoreError
from analysis.store import LOCAL_USER, open_store
from analysis.store.migrating import HEAD, MIGRATIONS
from analysis.store.schema import metadata
from tests.store.made import change_row, marks, team
from tests.store.made import workspace_file as file_of

ROOT = Path(__file__).resolve().parents[2]


def permissions(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_without_an_address_the_file_is_in_the_users_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with open_store() as store:
        store.for_user(LOCAL_USER).save_team(team(), None)
        assert store.file == default_file()
    if sys.platform == "linux":
        assert store.file == tmp_path / "data" / "parley" / "parley.db"
    with open_store() as store:
        assert store.for_user(LOCAL_USER).teams() == [team()]


def test_the_usual_folder_is_the_platforms_and_not_in_the_repository(monkeypatch):
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    usual = default_file()
    assert usual.parent == Path(PlatformDirs("parley", appauthor=False).user_data_dir)
    assert usual.is_absolute()
    assert not usual.is_relative_to(ROOT)


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are POSIX's")
def test_the_folder_and_every_file_are_for_the_user_alone(tmp_path):
    folder = tmp_path / "new" / "deep"
    before = os.umask(0)
    try:
        with open_store(f"sqlite:///{folder / 'parley.db'}") as store:
            store.for_user("ann").save_team(team(), None)
            files = {path.name: permissions(path) for path in folder.iterdir()}
    finally:
        os.umask(before)
    assert files == {"parley.db": 0o600, "parley.db-wal": 0o600, "parley.db-shm": 0o600}
    assert permissions(folder) == 0o700


@pytest.mark.parametrize("inside", ["parley.db", "data/kept/parley.db", "analysis/../x.db"])
def test_no_file_inside_the_repository(monkeypatch, inside):
    monkeypatch.chdir(ROOT)
    for address in (f"sqlite:///{ROOT / inside}", f"sqlite:///{inside}"):
        with pytest.raises(StoreError, match="lies in Parley's own folder"):
            open_store(address)
    assert not (ROOT / inside).exists()


def test_no_link_into_the_repository(tmp_path):
    (tmp_path / "link").symlink_to(ROOT)
    with pytest.raises(StoreError, match="lies in Parley's own folder"):
        open_store(f"sqlite:///{tmp_path / 'link' / 'parley.db'}")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "it has the form"),
        ("secret", "it has the form sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"),
        ("mysql://ann:secret@127.0.0.1/x", "it has the form"),
        ("postgresql+psycopg2://ann:secret@127.0.0.1/x", "it has the form"),
        ("postgresql://ann:secret@127.0.0.1:port/x", "it has the form"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///file:secret?mode=memory&uri=true", "names no file"),
    ],
)
def test_an_address_that_cannot_be_is_not_repeated(address, said):
    with pytest.raises(StoreError, match=said) as caught:
        open_store(address)
    assert "secret" not in str(caught.value)


def test_a_folder_or_file_that_cannot_be_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    for path, why in (("file/parley.db", "Not a directory|File exists"), (".", "Is a directory")):
        with pytest.raises(StoreError, match=f"cannot be made or opened \\(({why})\\)"):
            open_store(f"sqlite:///{tmp_path / path}")


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "parley.db"
    path.write_bytes(b"letters to a friend, not a database\n" * 1000)
    before = path.read_bytes()
    with pytest.raises(
        StoreError, match=r"parley\.db that keeps your teams is damaged: put a copy"
    ):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_missing_driver_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"its driver is not there: install psycopg\[binary\]"):
        open_store("postgresql://ann:secret@127.0.0.1/x")


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_usual_ways_to_write_an_address(cluster, scheme):
    address = cluster.new_database().replace("postgresql", scheme)
    with open_store(address) as store:
        store.for_user("ann").save_team(team(), None)
        assert (store.file, store.for_user("ann").teams()) == (None, [team()])


def test_the_migrations_make_the_tables_that_the_queries_expect(url):
    open_store(url).close()
    engine = sqlalchemy.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert context.get_current_revision() == HEAD
        assert alembic.autogenerate.compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_that_is_named():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_opening_again_changes_nothing(url):
    with open_store(url) as store:
        store.for_user("ann").save_together([(team(), None)], {"CHN+NLD": marks("trust")})
        store.for_user("ann").save_workspace("a", file_of())
    for _ in range(2):
        with open_store(url) as store:
            ann = store.for_user("ann")
            assert (ann.teams(), ann.workspaces()) == ([team()], ["a"])
            assert ann.debriefs().marks == {"CHN+NLD": marks("trust")}


def test_tables_of_a_newer_parley_are_left_alone(url):
    with open_store(url) as store:
        store.for_user("ann").save_team(team(), None)
    change_row(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="A newer Parley has changed how your teams are kept"):
        open_store(url)
    change_row(url, "UPDATE alembic_version SET version_num = :head", head=HEAD)
    with open_store(url) as store:
        assert store.for_user("ann").teams() == [team()]


def run(code, **more):
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | more,
    ).stdout.strip()  # fmt: skip


def test_who_keeps_nothing_loads_no_database(tmp_path):
    """The command line loads none of it, a store that is up to date only what it needs."""
    names = "{'sqlalchemy', 'alembic', 'psycopg', 'platformdirs', 'streamlit', 'pandas'}"
    show = f"print(*sorted({names} & set(sys.modules)))"
    assert run(f"import sys, analysis.cli; {show}") == ""
    code = f"import sys; from analysis.store import open_store; open_store().close(); {show}"
    assert "alembic" in run(code, XDG_DATA_HOME=str(tmp_path)).split()
    assert run(code, XDG_DATA_HOME=str(tmp_path)) == "platformdirs sqlalchemy"


def test_a_confirmed_save_survives_a_power_cut(tmp_path):
    """SQLite's own settings: 2 is FULL; what is deleted is overwritten; readers never wait."""
    seen = {}

    def listen(connection, record):
        for name in ("synchronous", "secure_delete", "journal_mode"):
            seen[name] = connection.execute(f"PRAGMA {name}").fetchone()[0]

    open_store(f"sqlite:///{tmp_path / 'parley.db'}").close()
    with open_store(f"sqlite:///{tmp_path / 'parley.db'}") as store:
        sqlalchemy.event.listen(store._database._engine, "connect", listen)
        store._database._engine.dispose()
        store.for_user("ann").teams()
        assert store._database._engine.hide_parameters
        assert not store._database._engine.echo
    assert seen == {"synchronous": 2, "secure_delete": 1, "journal_mode": "wal"}


def test_the_bytes_of_what_was_deleted_are_gone_from_the_files(tmp_path):
    secret = "Zweckverband"
    with open_store(f"sqlite:///{tmp_path / 'parley.db'}") as store:
        ann = store.for_user("ann")
        for number in range(20):
            ann.save_team(team(number, name=f"{secret} {number}"), None)
        ann.delete_team(team(1).id)
        ann.save_debrief("CHN+NLD", marks("trust", note=secret))
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert held.count(secret.encode()) > 20
        ann.delete_everything()
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert secret.encode() not in held
