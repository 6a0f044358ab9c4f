"""The clock moved while Parley runs, and days that are not 24 hours long: nothing is lost by it.

Waiting (rooms of bulk jobs, the next try of a database) rests on the steady clock, which no one
moves. The time of day stands in names of files, in what is kept, and in what may be undone.
"""

import json
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from analysis.store import KEEP_DELETED, open_store, opening
from pages.shared import bulk_jobs, keeping, state, store, take_away
from tests.faults.conftest import ROOT, command
from tests.faults.test_keeping import add, healthy, kept, rename, said, shown
from tests.store.conftest import Clock
from tests.store.made import team

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(
    2026, 3, 28, 23, 30, tzinfo=AMSTERDAM
)  # before midnight and the change of the hour


@pytest.fixture
def moving(monkeypatch):
    """A clock for everything that asks for the time of day."""
    clock = Clock()
    clock.time = START

    class Moved(datetime):
        @classmethod
        def now(cls, tz=None):
            return clock.time.astimezone(tz or AMSTERDAM)

    class MovedDate(date):
        @classmethod
        def today(cls):
            return clock.time.astimezone(AMSTERDAM).date()

    monkeypatch.setattr(opening, "datetime", Moved)
    monkeypatch.setattr(take_away, "date", MovedDate)
    monkeypatch.setattr(store, "date", MovedDate)
    monkeypatch.setattr(time, "time", lambda: clock().timestamp())
    monkeypatch.setattr(keeping, "RETRY_AFTER", 0)
    state.kept_at.clear()
    yield clock
    state.kept_at.clear()


def file_today():
    return take_away.file_name("pdf", ("A", "B"), take_away.date.today(), with_brief=False)


@pytest.mark.parametrize(
    ("moved", "day"),
    [
        (datetime(2025, 3, 28, 23, 30, tzinfo=AMSTERDAM), "2025-03-28"),  # a year back
        (datetime(2031, 7, 1, 12, tzinfo=AMSTERDAM), "2031-07-01"),  # years forward
        (datetime(2026, 3, 29, 0, 5, tzinfo=AMSTERDAM), "2026-03-29"),  # across midnight
        (datetime(2026, 3, 29, 3, 30, tzinfo=AMSTERDAM), "2026-03-29"),  # past the hour left out
        (datetime(1971, 1, 1, tzinfo=UTC), "1971-01-01"),  # a machine without a battery
    ],
)
def test_a_clock_that_is_moved_while_it_runs_loses_nothing(
    moving, moved, day, tmp_path, monkeypatch
):
    address = f"sqlite:///{tmp_path / 'kept.db'}"
    monkeypatch.setenv("PARLEY_DATABASE", address)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    add(healthy(app.switch_page("pages/teams.py").run()), "Before")
    desk = bulk_jobs.Desk()
    table = desk.take_upload(b"a,b\nNLD,CHN\n", "pairs.csv", "1").path
    assert "2026-03-28" in file_today()
    moving.time = moved
    assert day in file_today()
    app.session_state["take_away_open"] = True
    healthy(app.switch_page("pages/compare.py").run())
    healthy(app.switch_page("pages/teams.py").run())
    rename(app, "After")
    add(app, "New")
    assert said(app) == ""
    bulk_jobs.look_at_rooms(time.monotonic())
    assert table.exists()  # a table on the desk is not taken for one left long ago
    newcomer = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    healthy(newcomer.switch_page("pages/teams.py").run())
    assert shown(newcomer) == ["After", "New"] == kept(address)
    healthy(app.button(key="team_delete").click().run())
    healthy(app.button(key="team_undo").click().run())
    assert kept(address) == ["After", "New"]
    desk.clear()


def test_the_day_in_a_file_is_the_day_where_parley_runs(tmp_path):
    """The two zones are 26 hours apart, so that at any moment their days differ."""
    days = []
    for zone in ("Etc/GMT+12", "Pacific/Kiritimati"):
        before = datetime.now(ZoneInfo(zone)).date()
        out = tmp_path / "out.json"
        done = command(ROOT, "compare", "NLD", "CHN", "--out", str(out), TZ=zone)
        assert done.returncode == 0, done.stderr
        days.append(date.fromisoformat(json.loads(out.read_text("utf-8"))["stamp"]["date"]))
        assert before <= days[-1] <= datetime.now(ZoneInfo(zone)).date()
    assert days[0] < days[1]


def test_a_clock_that_is_years_off_deletes_only_what_was_deleted(tmp_path):
    """A year forward ends the 30 days of undoing; it never touches a team that is there."""
    clock = Clock()
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with open_store(url, clock) as opened:
        ann = opened.for_user("ann")
        ann.save_team(team(1), None)
        ann.save_team(team(2), None)
        ann.delete_team(team(2).id)
    clock.time -= timedelta(days=365)  # what was deleted was so in the future, and stays
    with open_store(url, clock) as opened:
        assert opened.for_user("ann").teams() == [team(1)]
        assert [one.id for one in opened.for_user("ann").deleted_teams()] == [team(2).id]
    clock.time += timedelta(days=365) + KEEP_DELETED + timedelta(seconds=1)
    with open_store(url, clock) as opened:
        assert opened.for_user("ann").teams() == [team(1)]
        assert opened.for_user("ann").deleted_teams() == []


def test_a_save_is_never_taken_for_an_older_one_when_the_clock_goes_back(tmp_path):
    clock = Clock()
    with open_store(f"sqlite:///{tmp_path / 'kept.db'}", clock) as opened:
        ann = opened.for_user("ann")
        first = ann.save_team(team(1, name="first"), None)
        clock.time -= timedelta(days=365)
        second = ann.save_team(team(1, name="second"), first)
        clock.time -= timedelta(hours=1)
        third = ann.save_team(team(1, name="third"), second)
        assert len({first, second, third}) == 3
        assert [one.name for one in ann.teams()] == ["third"]
