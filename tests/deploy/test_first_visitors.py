"""The first visitors of a process, who come at once and by different pages; and how they come."""

import asyncio
import subprocess
import sys

import pytest

from benchmarks.load import cold
from benchmarks.load_client import Visitor
from benchmarks.server import ROOT, running
from tests.deploy.farm import apart

LOADED_AT_ONCE = """
import threading
from analysis.exports.formats import FORMATS, _loaded
start, faults = threading.Barrier(len(FORMATS)), []
def load(name):
    start.wait()
    try:
        _loaded(name)
    except Exception as error:
        faults.append(f"{name}: {error!r}")
threads = [threading.Thread(target=load, args=(f.writer,)) for f in FORMATS.values()]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not faults, faults
"""


def test_the_libraries_of_all_files_can_be_asked_for_at_once():
    done = subprocess.run(
        [sys.executable, "-c", LOADED_AT_ONCE], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.deploy
@pytest.mark.xdist_group("browser")
def test_first_visitors_by_every_page_at_once_meet_no_fault_and_proxies_are_seen(tmp_path):
    kept = {"PARLEY_DATABASE": f"sqlite:///{tmp_path / 'parley.db'}"}
    with running(ROOT / "app.py", ROOT, environment=kept) as server:
        outcome = apart(asyncio.run, cold(server.address, 12))
        assert outcome.errors == {}
        assert sum(map(len, outcome.times.values())) == 12
        # Behind a proxy everyone comes from this machine, and yet nobody is the local user.
        for headers, said in (
            ({}, "in a file on this machine"),
            ({"X-Forwarded-For": "192.0.2.7"}, "no sign-in, so it keeps nothing"),
            ({"Forwarded": "for=192.0.2.7"}, "no sign-in, so it keeps nothing"),
        ):
            assert [text for text in apart(asyncio.run, _teams(server, headers)) if said in text]


async def _teams(server, headers):
    one = Visitor(server.address, headers)
    await one.open("teams")
    await one.close()
    return [text.replace("\\", "") for text in one.texts]  # as it is read
