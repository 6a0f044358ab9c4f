"""A process of its own that saves in two threads at once: `python -m tests.store.saving`.

Takes the address, a name for its teams, how many times each thread saves, and a file to wait for.
Each thread adds one to the size of a team that all share and saves a team of its own.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Thread

from analysis.errors import ChangedElsewhere
from analysis.store import open_store
from tests.store.made import scoring_team

SHARED = scoring_team(0, size=1)


def add_one(user):
    while True:
        kept = user.team(SHARED.id)
        try:
            if kept is None:
                user.save_team(SHARED, None)
            else:
                user.save_team(replace(kept.team, size=kept.team.size + 1), kept.version)
        except ChangedElsewhere:
            continue
        return


def save(user, first, times):
    for number in range(times):
        add_one(user)
        user.save_team(scoring_team(first + number), None)


def main(address, first, times, gate):
    while not Path(gate).exists():
        time.sleep(0.001)
    with open_store(address) as store:
        user = store.for_user("ann")
        threads = [
            Thread(target=save, args=(user, int(first) + half * 1000, int(times)))
            for half in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
