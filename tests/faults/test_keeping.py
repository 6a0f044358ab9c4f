"""What becomes of a team when the place that keeps it fails: told, and never lost.

The Teams page over a real disk without room, a real PostgreSQL that is stopped and started, files
moved away and damaged, folders that may not be written. Each test makes the fault, not a stand-in.
"""

import random

import pytest
from streamlit.testing.v1 import AppTest

from analysis.errors import StoreError
from analysis.store import open_store
from pages.shared import keeping, state
from tests.faults.conftest import ROOT, fill
from tests.store.made import MEMBERS as PEOPLE
from tests.store.made import marks
from tests.store.made import team as made

POSTGRES = pytest.param(
    "postgres", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")]
)
MEMBERS = "team\tname\tculture\n{0}\tAnna\tNLD\n{0}\tBo\tCHN\n"
IN_TAB = "It stays in this browser tab. It is saved as soon as that works again."
SAVED = "What had stayed in this browser tab only is saved now."


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """No store of another test, and no pause between two tries."""
    state.kept_at.clear()
    monkeypatch.setattr(keeping, "RETRY_AFTER", 0)
    yield
    state.kept_at.clear()


@pytest.fixture
def keep_at(monkeypatch):
    def at(address):
        monkeypatch.setenv("PARLEY_DATABASE", address)
        return address

    return at


def opened():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    return healthy(app.switch_page("pages/teams.py").run())


def healthy(app):
    assert not app.exception
    return app


def said(app):
    return " ".join(box.value for box in [*app.warning, *app.error]).replace("\\", "")


def caption(app):
    return " ".join(c.value for c in app.caption).replace("\\", "")


def add(app, name):
    app.session_state["team_make_open"] = True
    healthy(app.run()).text_area[0].set_value(MEMBERS.format(name)).run()
    return healthy(app.button(key="team_add").click().run())


def rename(app, name):
    key = next(t.key for t in app.text_input if t.key.startswith("team_name_"))
    return healthy(app.text_input(key=key).set_value(name).run())


def shown(app):
    return [label.split(" · ")[0] for label in app.selectbox(key="team_chosen").options]


def kept(address):
    with open_store(address) as store:
        return sorted(team.name for team in store.for_user("local").teams())


def test_a_disk_without_room_is_said_and_the_team_saved_once_there_is_some(small_disk, keep_at):
    address = keep_at(f"sqlite:///{small_disk / 'parley.db'}")
    app = add(opened(), "Rotterdam")
    filling = fill(small_disk)
    add(app, "Shanghai")
    assert "There is no room left where your teams are kept" in said(app)
    assert str(small_disk) in said(app)
    assert IN_TAB in said(app)
    assert "Nothing can be kept just now" in caption(app)
    assert shown(app) == ["Rotterdam", "Shanghai"]
    rename(app, "Suzhou")  # go on working: the other pages, and changes
    assert shown(app) == ["Rotterdam", "Suzhou"]
    healthy(app.switch_page("pages/compare.py").run())
    assert kept(address) == ["Rotterdam"]
    filling.unlink()
    app = healthy(app.switch_page("pages/teams.py").run())  # nothing is typed again
    assert SAVED in said(app)
    assert kept(address) == ["Rotterdam", "Suzhou"]
    assert "Nothing can be kept" not in caption(app)


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_database_that_goes_and_comes_back_in_the_middle_of_a_session(cluster, keep_at):
    address = keep_at(cluster.new_database())
    app = add(opened(), "Rotterdam")
    cluster.stop()
    try:
        rename(app, "Rotterdam port")
        assert "The database that keeps your teams cannot be reached" in said(app)
        assert IN_TAB in said(app)
        assert cluster.password not in said(app)
        assert shown(app) == ["Rotterdam port"]
        add(app, "Shanghai")
        app.selectbox(key="team_chosen").set_value(
            next(i for i, t in app.session_state["own_teams"].items() if t.name != "Shanghai")
        ).run()
        newcomer = opened()
        assert "It is tried again in a moment." in said(newcomer)
    finally:
        cluster.start()
    add(app, "Osaka")  # the next save, without a new start, takes along what waited
    assert kept(address) == ["Osaka", "Rotterdam port", "Shanghai"]
    assert "Nothing can be kept" not in caption(app)
    healthy(newcomer.run())
    assert shown(newcomer) == ["Osaka", "Rotterdam port", "Shanghai"]
    cluster.drop_database(address)


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_what_was_deleted_while_the_database_was_away_does_not_come_back(cluster, keep_at):
    address = keep_at(cluster.new_database())
    app = add(add(opened(), "Rotterdam"), "Shanghai")
    cluster.stop()
    try:
        healthy(app.button(key="team_delete").click().run())
        assert IN_TAB in said(app)
    finally:
        cluster.start()
    assert SAVED in said(healthy(app.run()))
    assert kept(address) == ["Rotterdam"]
    healthy(app.button(key="team_undo").click().run())
    assert kept(address) == ["Rotterdam", "Shanghai"]
    cluster.drop_database(address)


@pytest.mark.parametrize("database", ["sqlite", POSTGRES])
def test_two_tabs_that_edit_one_team(database, request, tmp_path, keep_at):
    if database == "sqlite":
        address = keep_at(f"sqlite:///{tmp_path / 'kept.db'}")
    else:
        address = keep_at(request.getfixturevalue("cluster").new_database())
    first = add(opened(), "Rotterdam")
    second = opened()
    rename(first, "First")
    rename(second, "Second")
    assert "was changed in another window" in said(second)
    assert "Your version is kept beside it." in said(second)
    assert kept(address) == ["First", "Second (mine)"]
    assert shown(second) == ["First", "Second (mine)"]
    rename(first, "Third")  # the first one goes on without noticing
    assert said(first) == ""
    assert kept(address) == ["Second (mine)", "Third"]


def test_two_tabs_that_mark_the_same_meeting(tmp_path, keep_at):
    address = keep_at(f"sqlite:///{tmp_path / 'kept.db'}")
    pair, mine, theirs = "CHN+NLD", marks("trust", note="mine"), marks("trust", note="theirs")
    with open_store(address) as store:
        store.for_user("local").save_debrief(pair, theirs)

    def script():
        import streamlit as st  # noqa: PLC0415 - a script of its own

        from pages.shared import keeping  # noqa: PLC0415

        held = st.session_state
        held["result"] = dict(keeping.keep_debrief("CHN+NLD", held["marks"], held["before"]))
        st.write(keeping.problem())

    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["marks"], app.session_state["before"] = mine, {}
    healthy(app.run())
    assert "Another window has marked the same topics" in app.markdown[0].value
    assert app.session_state["result"] == mine  # what was typed stays
    with open_store(address) as store:
        assert store.for_user("local").debriefs().marks[pair] == theirs
    app.session_state["before"] = mine
    app.session_state["marks"] = changed = marks("trust", note="mine, on purpose")
    healthy(app.run())
    with open_store(address) as store:
        assert store.for_user("local").debriefs().marks[pair] == changed


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("nonsense", "The address of the database cannot be used: it has the form sqlite:///PATH"),
        ("mysql://ann:secret@127.0.0.1/x", "The address of the database cannot be used"),
        ("sqlite:///", "names no file"),
        ("postgresql://ann:secret@127.0.0.1:9/x", "cannot be reached or did not let Parley in"),
    ],
)
def test_an_address_that_is_nonsense_is_said_and_everything_else_works(address, what, keep_at):
    keep_at(address)
    app = opened()
    assert what in said(app)
    assert "secret" not in said(app)
    add(app, "Rotterdam")
    assert what in said(app)
    assert "Nothing can be kept just now" in caption(app)
    assert shown(app) == ["Rotterdam"]
    assert any(b.proto.label.startswith("Save the workspace") for b in app.get("download_button"))


def test_a_home_folder_that_may_only_be_read(read_only_disk, monkeypatch):
    monkeypatch.setenv("HOME", str(read_only_disk))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("PARLEY_DATABASE", raising=False)
    monkeypatch.setattr("pages.shared.keeping.user", lambda: "local")
    app = opened()
    assert said(app) == ""  # nothing is kept yet, so nothing is missed
    add(app, "Rotterdam")
    assert "cannot be made or opened (" in said(app)
    assert "name another place, or give Parley the right to write there" in said(app)
    assert IN_TAB in said(app)
    assert shown(app) == ["Rotterdam"]


def test_a_file_that_is_moved_away_takes_no_save_and_its_return_needs_no_new_start(
    tmp_path, keep_at
):
    folder, away = tmp_path / "kept", tmp_path / "away"
    address = keep_at(f"sqlite:///{folder / 'parley.db'}")
    app = add(opened(), "Rotterdam")
    folder.rename(away)
    add(app, "Shanghai")
    assert f"The file {folder / 'parley.db'} that keeps your teams is not where it was" in said(app)
    assert not folder.exists()
    away.rename(folder)
    assert SAVED in said(healthy(app.run()))
    assert kept(address) == ["Rotterdam", "Shanghai"]


def filled(path, number=30):
    with open_store(f"sqlite:///{path}") as store:
        for place in range(number):
            store.for_user("local").save_team(made(place, members=PEOPLE * (place + 1)), None)
    return path.read_bytes()


def test_a_damaged_file_is_refused_with_its_path_and_left_as_it_is(tmp_path, keep_at):
    path = tmp_path / "parley.db"
    content = bytearray(filled(path))
    content[8192:12288] = random.Random(1).randbytes(4096)
    path.write_bytes(content)
    keep_at(f"sqlite:///{path}")
    app = opened()
    assert f"The file {path} that keeps your teams is damaged: put a copy in its place" in said(app)
    add(app, "Rotterdam")
    assert IN_TAB in said(app)
    assert path.read_bytes() == content
    for one in tmp_path.iterdir():  # what the sentence says to do
        one.rename(tmp_path / f"old-{one.name}")
    assert SAVED in said(healthy(app.run()))
    assert kept(f"sqlite:///{path}") == ["Rotterdam"]


def test_wherever_a_file_is_damaged_nothing_is_read_as_something_else_and_nothing_is_written(
    tmp_path,
):
    """A hundred files cut or overwritten anywhere: refused, or every team read as it was saved."""
    content, random_ = filled(tmp_path / "parley.db"), random.Random(5)
    whole = {made(n).id: made(n, members=PEOPLE * (n + 1)) for n in range(30)}
    refused = read = 0
    for trial in range(100):
        hurt = bytearray(content)
        if trial % 2:
            hurt = hurt[: random_.randrange(1, len(hurt))]
        else:
            page = random_.randrange(len(hurt) // 4096) * 4096
            hurt[page : page + 4096] = random_.randbytes(4096)
        path = tmp_path / str(trial) / "parley.db"
        path.parent.mkdir()
        path.write_bytes(hurt)
        try:
            with open_store(f"sqlite:///{path}") as store:
                found = store.for_user("local").kept_teams()
        except StoreError as error:
            refused += f"{path} that keeps your teams is damaged" in str(error)
            assert path.read_bytes() == hurt
        else:
            read += 1
            assert {held.team.id: held.team for held in found.teams} == whole
    assert refused + read == 100
    assert refused > 90


def test_an_empty_file_beside_a_log_of_changes_does_not_make_sqlite_delete_the_log(tmp_path):
    path = tmp_path / "live" / "parley.db"
    copy = tmp_path / "copy"
    with open_store(f"sqlite:///{path}") as store:
        store.for_user("local").save_team(made(), None)
        copy.mkdir()
        log = path.with_name("parley.db-wal").read_bytes()
    (copy / "parley.db-wal").write_bytes(log)
    for content in (None, b""):
        if content is not None:
            (copy / "parley.db").write_bytes(content)
        with pytest.raises(StoreError, match=r"parley\.db-wal beside it holds what was saved last"):
            open_store(f"sqlite:///{copy / 'parley.db'}")
        assert (copy / "parley.db-wal").read_bytes() == log


def test_a_save_that_was_kept_before_the_connection_was_cut_is_not_doubled(tmp_path, keep_at):
    """The database kept it and could not say so: trying again finds the own team there."""
    address = keep_at(f"sqlite:///{tmp_path / 'kept.db'}")
    app = add(opened(), "Rotterdam")
    id, team = next(iter(app.session_state["own_teams"].items()))
    with open_store(address) as store:  # as if the answer to this very save had been lost
        held = store.for_user("local").team(id)
        store.for_user("local").save_team(team, held.version)
    app.session_state["kept_unsaved"] = {id: True}
    assert SAVED in said(healthy(app.run()))
    assert kept(address) == ["Rotterdam"]
