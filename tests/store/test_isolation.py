"""No user reads, changes, deletes, lists or notices what another keeps."""

import re

import pytest
import sqlalchemy
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from analysis.errors import ChangedElsewhere
from analysis.store import open_store
from tests.store.made import marks, team
from tests.store.made import workspace_file as file_of

PAIR = "CHN+NLD"


def everything(user):
    return (
        user.kept_teams(), user.deleted_teams(), user.debriefs(),
        {name: user.workspace(name) for name in user.workspaces()},
    )  # fmt: skip


@pytest.fixture
def kept(ann):
    """Ann's team 1, a deleted team 2, a debrief and a workspace."""
    versions = ann.save_together([(team(1), None), (team(2), None)], {PAIR: marks("trust")})
    ann.delete_team(team(2).id)
    ann.save_workspace("mine", file_of())
    return versions


def test_another_user_sees_nothing(kept, ann, ben):
    assert ben.teams() == []
    assert (ben.kept_teams().teams, ben.kept_teams().unreadable) == ((), ())
    assert (ben.deleted_teams(), ben.workspaces()) == ([], [])
    assert ben.debriefs().marks == {}
    assert (ben.team(team(1).id), ben.workspace("mine")) == (None, None)


def test_what_another_user_keeps_answers_like_what_nobody_keeps(kept, ann, ben):
    """Ids of Ann's and ids of nobody's get the same answers, to the letter."""
    before = everything(ann)
    said = []
    for there, name in ((team(1), "mine"), (team(7, name="Team 1"), "none")):
        with pytest.raises(ChangedElsewhere) as caught:
            ben.save_team(there, kept[0])
        said.append((
            str(caught.value), ben.team(there.id), ben.delete_team(there.id),
            ben.restore_team(there.id), ben.workspace(name), ben.delete_workspace(name),
            ben.save_debrief(PAIR, {}), ben.deleted_teams(),
        ))  # fmt: skip
    assert said[0] == said[1]
    assert not ben.restore_team(team(2).id)
    assert everything(ann) == before


def test_the_same_ids_are_free_for_another_user(kept, ann, ben):
    before = everything(ann)
    own = team(1, name="Ben's")
    version = ben.save_team(own, None)
    ben.save_debrief(PAIR, marks("time"))
    ben.save_workspace("mine", file_of("SWE", "NOR"))
    assert everything(ann) == before
    ben.save_team(team(1, name="Ben's anew"), version)
    ben.delete_team(own.id)
    ben.delete_everything()
    assert everything(ann) == before
    assert ben.teams() == []


@pytest.mark.parametrize("user", ["Ann", "ann ", " ann", "%", "ann' OR '1'='1", "аnn", "an_"])
def test_a_user_is_told_apart_to_the_letter(kept, store, user):
    other = store.for_user(user)
    assert (other.teams(), other.deleted_teams(), other.workspaces()) == ([], [], [])
    other.delete_everything()
    assert store.for_user("ann").teams() == [team(1)]


@pytest.mark.parametrize("nobody", ["", " ", "\t\n", "a\0", "\ud800", "x" * 1001])
def test_nobody_keeps_nothing(store, nobody):
    with pytest.raises(ValueError, match="needs to know the user"):
        store.for_user(nobody)


def test_every_statement_names_the_owner(store, ann, kept):
    """Also the ones written later: each public method runs, each of its statements is read."""
    seen = []

    def listen(connection, cursor, statement, parameters, context, executemany):
        if re.search(r"\b(teams|debriefs|workspaces)\b", statement):
            seen.append(" ".join(statement.split()))

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", listen)
    calls = {
        "teams": (), "kept_teams": (), "team": (team(1).id,), "deleted_teams": (),
        "save_team": (team(1), kept[0]), "save_together": ([(team(3), None)], {PAIR: {}}),
        "delete_team": (team(3).id,), "restore_team": (team(3).id,), "debriefs": (),
        "save_debrief": (PAIR, marks("trust"), {}), "workspaces": (), "workspace": ("mine",),
        "save_workspace": ("mine", file_of()), "delete_workspace": ("mine",),
        "delete_everything": (),
    }  # fmt: skip
    try:
        for name, arguments in calls.items():
            getattr(ann, name)(*arguments)
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", listen)
    assert set(calls) == {name for name in dir(ann) if not name.startswith("_")}
    assert len(seen) > len(calls)
    for statement in seen:
        if statement.startswith("INSERT"):
            assert re.match(r"INSERT INTO \w+ \(owner, ", statement), statement
        else:
            where = statement.split(" WHERE ", 1)[1]
            assert re.match(r"\w+\.owner = ", where), statement


class TwoUsers(RuleBasedStateMachine):
    """Two users do anything in any order with the same few ids; a dictionary says what holds."""

    users = st.sampled_from(["ann", "ben"])
    numbers = st.integers(1, 3)

    @initialize()
    def start(self):
        self.folder = TwoUsers.folders.mktemp("two")
        self.store = open_store(f"sqlite:///{self.folder / 'parley.db'}")
        self.live = {"ann": {}, "ben": {}}
        self.deleted = {"ann": {}, "ben": {}}
        self.marks = {"ann": {}, "ben": {}}

    @rule(user=users, number=numbers, name=st.text("abc", max_size=2), stale=st.booleans())
    def save(self, user, number, name, stale):
        kept, id = self.live[user], team(number).id
        expected = kept[id][1] - stale if id in kept else None
        saved = team(number, name=name)
        if id in kept and stale:
            with pytest.raises(ChangedElsewhere):
                self.store.for_user(user).save_team(saved, expected)
            return
        kept[id] = (saved, self.store.for_user(user).save_team(saved, expected))
        self.deleted[user].pop(id, None)

    @rule(user=users, number=numbers)
    def delete(self, user, number):
        id = team(number).id
        there = self.live[user].pop(id, None)
        assert self.store.for_user(user).delete_team(id) is (there is not None)
        if there:
            self.deleted[user][id] = there

    @rule(user=users, number=numbers)
    def restore(self, user, number):
        id = team(number).id
        there = self.deleted[user].pop(id, None)
        assert self.store.for_user(user).restore_team(id) is (there is not None)
        if there:
            self.live[user][id] = there

    @rule(user=users, topics=st.sets(st.sampled_from("xyz")))
    def debrief(self, user, topics):
        self.marks[user] = {PAIR: marks(*sorted(topics))} if topics else {}
        self.store.for_user(user).save_debrief(PAIR, marks(*sorted(topics)))

    @rule(user=users)
    def forget(self, user):
        self.store.for_user(user).delete_everything()
        self.live[user], self.deleted[user], self.marks[user] = {}, {}, {}

    @invariant()
    def each_has_what_is_theirs(self):
        for user in ("ann", "ben"):
            own = self.store.for_user(user)
            held = {kept.team.id: (kept.team, kept.version) for kept in own.kept_teams().teams}
            assert held == self.live[user]
            assert {one.id for one in own.deleted_teams()} == set(self.deleted[user])
            assert own.debriefs().marks == self.marks[user]

    def teardown(self):
        self.store.close()


def test_two_users_in_any_order(tmp_path_factory):
    TwoUsers.folders = tmp_path_factory
    TwoUsers.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
    TwoUsers.TestCase("runTest").runTest()
