"""A process killed in the middle of a save, or a machine without power: no half team, none lost."""

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.store import open_store
from tests.store.made import team

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")


def kill(address, seed, kills, renew):
    """Run the killing and return how many saves were confirmed, and how many were under way."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", address, str(seed), str(kills), str(renew)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = re.fullmatch(r"(\d+) kills, (\d+) saves, (\d+) under way, .*\n", done.stdout)
    assert int(found[1]) == kills
    return int(found[2]), int(found[3])


def test_over_a_hundred_kills_no_team_is_lost_and_none_is_half(tmp_path):
    """A new database every ten kills, so that some fall into the making of the tables."""
    saves, under_way = kill(f"sqlite:///{tmp_path}/{{}}/parley.db", 1, 110, 10)
    assert saves > 50
    assert under_way > 40


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_over_forty_kills_postgresql_loses_none(cluster):
    saves, under_way = kill(cluster.new_database(), 2, 40, 40)
    assert saves > 20
    assert under_way > 15


def test_a_log_cut_or_overwritten_anywhere_gives_an_earlier_whole_state(tmp_path):
    """What a power cut can leave of SQLite's log of changes: a part of it, then nonsense."""
    path, log = tmp_path / "live" / "parley.db", tmp_path / "live" / "parley.db-wal"
    with open_store(f"sqlite:///{path}") as store:
        store._database.wipe()
        ann, ends, versions = store.for_user("ann"), [0], {}
        states = [{}]
        for number in range(24):
            made = team(number % 5, name=f"save {number}", members=team().members * (number * 9))
            versions[made.id] = ann.save_team(made, versions.get(made.id))
            states.append(states[-1] | {made.id: made})
            ends.append(log.stat().st_size)
        database, whole = path.read_bytes(), log.read_bytes()
    assert ends == sorted(set(ends)), "the log only grew, so each save ends at a place of its own"
    random_ = random.Random(3)
    for trial in range(60):
        cut = random_.choice(ends) if trial % 4 == 0 else random_.randrange(len(whole))
        copy = tmp_path / f"copy{trial}"
        copy.mkdir()
        (copy / "parley.db").write_bytes(database)
        nonsense = random_.randbytes(random_.randrange(9000)) if trial % 2 else b""
        (copy / "parley.db-wal").write_bytes(whole[:cut] + nonsense)
        with open_store(f"sqlite:///{copy / 'parley.db'}") as store:
            held = {kept.id: kept for kept in store.for_user("ann").teams()}
        last = max(place for place, end in enumerate(ends) if end <= cut)
        assert held == states[last], f"cut at {cut}"
