"""Several threads and processes at once: one after another, and none is lost."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analysis.errors import StoreError
from analysis.store import MOST_TEAMS, open_store
from analysis.store.payloads import write_team
from tests.store.made import marks, team

ROOT = Path(__file__).resolve().parents[2]


def test_processes_and_threads_at_once_lose_no_save(url, tmp_path):
    """Three processes start at once on a database without tables, with two threads each."""
    processes, times = 3, 8
    gate = tmp_path / "gate"
    saving = [sys.executable, "-X", "faulthandler", "-m", "tests.store.saving", url]
    started = [
        subprocess.Popen(
            [*saving, str(10_000 * number), str(times), gate],
            cwd=ROOT, stderr=subprocess.PIPE, text=True,
        )
        for number in range(1, processes + 1)
    ]  # fmt: skip
    gate.touch()
    for process in started:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    with open_store(url) as store:
        held = {kept.id: kept for kept in store.for_user("ann").teams()}
    # Each of 3 * 2 threads adds one 8 times; the team that all share starts at one.
    assert held[team(0).id].size == processes * 2 * times
    assert len(held) == 1 + processes * 2 * times


def test_many_threads_may_be_the_first_to_read_a_team():
    """Before the forms were worked out at import, eleven of twelve such processes ended so."""
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-X", "faulthandler", "-m", "tests.store.reading", write_team(team())],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def test_opening_at_once_makes_the_tables_once(url):
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: open_store(url), range(8)))
    stores[0].for_user("ann").save_team(team(), None)
    for store in stores:
        assert store.for_user("ann").teams() == [team()]
        store.close()


def test_the_limit_holds_when_many_save_at_once(url):
    with open_store(url) as store:
        ann = store.for_user("ann")
        ann.save_together([(team(number), None) for number in range(MOST_TEAMS - 3)])

        def save(number):
            try:
                return bool(ann.save_team(team(number), None))
            except StoreError as error:
                assert "which is the most" in str(error)  # noqa: PT017 - both ends are allowed
                return False

        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(save, range(1000, 1012)))
        assert sum(done) == 3
        assert len(ann.teams()) == MOST_TEAMS


def test_marks_of_many_windows_on_one_debrief_all_stay(url):
    with open_store(url) as store:
        ann = store.for_user("ann")
        topics = [f"topic{number}" for number in range(24)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda t: ann.save_debrief("CHN+NLD", marks(t), before={}), topics))
        assert ann.debriefs().marks["CHN+NLD"] == marks(*topics)


def test_readers_do_not_wait_for_a_writer(store):
    ann = store.for_user("ann")
    ann.save_team(team(), None)

    def while_writing(connection):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(ann.teams).result(timeout=5)

    assert store._database.write("user ann", while_writing) == [team()]
