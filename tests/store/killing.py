"""Kill a saving process at random moments and check what is kept: `python -m tests.store.killing`.

Takes an address with `{}` in it for the number of the database, a seed, how many kills, and after
how many a new database starts. A child opens the store and saves without a pause; before and after
each save it writes a line to a pipe. After the kill the lines say what was confirmed, and which one
save was under way: that one is kept whole or not at all, and everything else is as it was.

A process is forked, not started, since a start takes longer than all of a child's life.
"""

import os
import random
import select
import signal
import sqlite3
import sys
import time
from dataclasses import dataclass, field, replace

from analysis.store import open_store
from analysis.teams.team import Team
from tests.store.made import MEMBERS, mark, team, workspace_file

PAIRS = ["CHN+NLD", "NLD+USA", "JPN+NLD"]
FILES = [workspace_file("NLD", "CHN"), workspace_file("SWE", "NOR")]
LONGEST_LIFE = 0.12
"""Of a child from its start, or for every second child from its first save [seconds]."""


def content(number, count):
    """A team whose every part says which save it is of, from one page of the file to hundreds."""
    people = tuple(replace(MEMBERS[0], name=str(count)) for _ in range(1 + count % 7 * 200))
    return team(number, name=f"save {count}", members=people)


@dataclass
class Held:
    """What a user keeps, or what one save changes of it; a team of None is deleted."""

    teams: dict[str, Team | None] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def changed_by(self, other):
        return Held(
            self.teams | other.teams, self.marks | other.marks, self.files | other.files
        )  # fmt: skip


def change(count):
    """What the save with this number changes; parent and child compute the same."""
    random_ = random.Random(count)
    number, kind = random_.randrange(12), random_.random()
    id = team(number).id
    if kind < 0.5:
        return Held({id: content(number, count)})
    if kind < 0.65:
        other = (number + 1) % 12
        pair = random_.choice(PAIRS)
        both = {id: content(number, count), team(other).id: content(other, count)}
        return Held(both, {pair: str(count)})
    if kind < 0.8:
        return Held({id: None})
    if kind < 0.9:
        return Held(marks={random_.choice(PAIRS): str(count)})
    return Held(files={f"file {number % 3}": random_.choice(FILES)})


def carry_out(user, made, versions):
    wanted = {id: held for id, held in made.teams.items() if held is not None}
    marked = {
        pair: {"trust": mark("trust", note), "time": mark("time", note)}
        for pair, note in made.marks.items()
    }
    if made.teams and not wanted:
        for id in made.teams:
            user.delete_team(id)
            versions.pop(id, None)
    elif wanted or marked:
        saved = user.save_together(
            [(held, versions.get(id)) for id, held in wanted.items()], marked
        )
        versions.update(zip(wanted, saved, strict=True))
    for name, file in made.files.items():
        user.save_workspace(name, file)


def live(address, first, pipe):
    """Save without a pause, saying so before and after."""
    with open_store(address) as store:
        user = store.for_user("ann")
        versions = {kept.team.id: kept.version for kept in user.kept_teams().teams}
        for count in range(first, sys.maxsize):
            os.write(pipe, f"before {count}\n".encode())
            carry_out(user, change(count), versions)
            os.write(pipe, f"after {count}\n".encode())


def kill_one(address, first, seconds, from_first_save):
    """Start a child, kill it, and return the lines that it wrote."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live(address, first, writing)
        finally:
            os._exit(1)
    os.close(writing)
    if from_first_save:
        select.select([reading], [], [], 20)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself"
    with os.fdopen(reading) as lines:
        return [(word, int(count)) for word, count in map(str.split, lines)]


def what_is_kept(address):
    """Open the store and return what is kept, each part checked to be whole."""
    with open_store(address) as store:
        user = store.for_user("ann")
        user.save_together([])  # waits until a server has ended what the child was about
        kept, debriefs = user.kept_teams(), user.debriefs()
        files = {name: user.workspace(name) for name in user.workspaces()}
        if store.file is not None:
            connection = sqlite3.connect(store.file)
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.close()
    assert (kept.unreadable, debriefs.problems) == ((), ())
    held = Held({k.team.id: k.team for k in kept.teams}, files=files)
    for pair, marks in debriefs.marks.items():
        notes = {one.note for one in marks.values()}
        assert set(marks) == {"trust", "time"}
        assert len(notes) == 1, "half a debrief"
        held.marks[pair] = notes.pop()
    return held


def without_deleted(held):
    return replace(held, teams={id: one for id, one in held.teams.items() if one is not None})


def main(address, seed, kills, renew):
    random_ = random.Random(int(seed))
    held, count, under_way, kept_whole, saves = Held(), 0, 0, 0, 0
    for kill in range(int(kills)):
        if kill % int(renew) == 0:
            held = Held()
        here = address.replace("{}", str(kill // int(renew)))
        lines = kill_one(here, count, random_.uniform(0, LONGEST_LIFE), kill % 2)
        for word, number in lines:
            count = number + 1
            if word == "after":
                held = held.changed_by(change(number))
                saves += 1
        found, possible = what_is_kept(here), [without_deleted(held)]
        if lines and lines[-1][0] == "before":
            possible.append(without_deleted(held.changed_by(change(lines[-1][1]))))
            under_way += 1
            kept_whole += found == possible[1] != possible[0]
        assert found in possible, f"kill {kill}: {lines[-3:]}"
        held = found
    sys.stdout.write(f"{kills} kills, {saves} saves, {under_way} under way, {kept_whole} kept\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
