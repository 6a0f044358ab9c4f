"""What one user does with teams, debriefs and workspaces, the same on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from analysis.errors import ChangedElsewhere, InputError, StoreError
from analysis.store import LARGEST_ROW, MOST_TEAMS, MOST_WORKSPACES, open_store
from tests.store.made import answering_team, change_row, mark, marks, scoring_team, team
from tests.store.made import workspace_file as file_of


@pytest.mark.parametrize("make", [team, answering_team, scoring_team])
def test_a_team_comes_back_as_it_was_also_after_opening_anew(url, clock, make):
    made = make(name="Kōbe “sales” ½ 🙂")
    with open_store(url, clock) as store:
        version = store.for_user("ann").save_team(made, None)
    with open_store(url, clock) as store:
        kept = store.for_user("ann").team(made.id)
    assert kept.team == made
    assert (kept.version, kept.changed) == (version, clock.time)


def test_teams_are_listed_by_name(ann):
    for number, name in enumerate(["b", "C", "a", "B"], 1):
        ann.save_team(team(number, name=name), None)
    assert [held.name for held in ann.teams()] == ["a", "b", "B", "C"]
    assert [kept.team.name for kept in ann.kept_teams().teams] == ["a", "b", "B", "C"]


def test_each_save_has_a_higher_version(ann, clock):
    first = ann.save_team(team(), None)
    second = ann.save_team(team(name="two"), first)
    clock.pass_by(days=-3)  # a clock that was set back
    third = ann.save_team(team(name="three"), second)
    assert first < second < third
    assert [held.name for held in ann.teams()] == ["three"]


def test_the_second_of_two_windows_is_told_and_nothing_is_lost(ann):
    opened = ann.save_team(team(name="as opened"), None)
    first = ann.save_team(team(name="first window"), opened)
    with pytest.raises(ChangedElsewhere, match="“second window” was changed in another window"):
        ann.save_team(team(name="second window"), opened)
    assert ann.team(team().id).team.name == "first window"
    assert ann.save_team(team(name="second window"), first) > first


def test_a_new_team_does_not_overwrite_one_of_the_same_id(ann):
    ann.save_team(team(name="first"), None)
    with pytest.raises(ChangedElsewhere, match="kept already"):
        ann.save_team(team(name="other"), None)
    assert ann.teams() == [team(name="first")]


def test_a_change_to_a_deleted_team_says_so_and_can_be_saved_as_new(ann):
    version = ann.save_team(team(), None)
    ann.delete_team(team().id)
    with pytest.raises(ChangedElsewhere, match="was deleted in another window"):
        ann.save_team(team(name="changed"), version)
    assert ann.teams() == []
    assert ann.save_team(team(name="changed"), None) > version
    assert ann.teams() == [team(name="changed")]
    assert ann.deleted_teams() == []


def test_a_team_made_anew_after_it_was_gone_for_good_has_no_version_of_before(ann, clock):
    old = ann.save_team(team(name="before"), None)
    ann.delete_everything()
    clock.pass_by(seconds=1)
    ann.save_team(team(name="made anew"), None)
    with pytest.raises(ChangedElsewhere):
        ann.save_team(team(name="from an old window"), old)


def test_deleting_can_be_undone(ann, clock):
    version = ann.save_team(team(), None)
    assert ann.delete_team(team().id)
    assert not ann.delete_team(team().id)
    assert (ann.teams(), ann.team(team().id)) == ([], None)
    deleted = ann.deleted_teams()
    assert [(held.id, held.name, held.deleted) for held in deleted] == [
        (team().id, "Team 1", clock.time)
    ]
    assert ann.restore_team(team().id)
    assert not ann.restore_team(team().id)
    assert ann.team(team().id).version == version
    assert ann.teams() == [team()]


def test_what_was_deleted_over_30_days_ago_goes_for_good_on_opening(url, clock):
    with open_store(url, clock) as store:
        ann = store.for_user("ann")
        for number in (1, 2, 3):
            ann.save_team(team(number), None)
        ann.delete_team(team(1).id)
        clock.pass_by(milliseconds=1)
        ann.delete_team(team(2).id)
    clock.pass_by(days=30)
    with open_store(url, clock) as store:
        ann = store.for_user("ann")
        assert [held.id for held in ann.deleted_teams()] == [team(2).id]
        assert ann.teams() == [team(3)]


def test_only_the_latest_deleted_teams_are_kept(ann, clock, monkeypatch):
    monkeypatch.setattr("analysis.store.rows.MOST_TEAMS", 3)
    for number in range(5):
        ann.save_team(team(number), None)
        clock.pass_by(seconds=1)
        ann.delete_team(team(number).id)
    assert [held.name for held in ann.deleted_teams()] == ["Team 4", "Team 3", "Team 2"]


def test_several_are_kept_together_or_none(ann):
    version = ann.save_team(team(1), None)
    changed = team(1, name="changed")
    with pytest.raises(ChangedElsewhere):
        ann.save_together([(team(2), None), (changed, version - 1)], {"CHN+NLD": marks("trust")})
    assert ann.teams() == [team(1)]
    assert ann.debriefs().marks == {}
    versions = ann.save_together(
        [(team(2), None), (changed, version)], {"CHN+NLD": marks("trust")}
    )  # fmt: skip
    assert [ann.team(team(number).id).version for number in (2, 1)] == list(versions)
    assert ann.debriefs().marks == {"CHN+NLD": marks("trust")}


def test_a_team_beyond_the_limits_is_refused_in_a_sentence(ann, monkeypatch):
    # 24 answers with their commas and brackets are 49 bytes, the rest of a respondent 43 or so.
    people = LARGEST_ROW // 80
    with pytest.raises(StoreError, match=r"“Team 1” takes \d\.\d MB and at most 5 MB can be kept"):
        ann.save_team(answering_team(people=people), None)
    assert ann.save_team(answering_team(people=LARGEST_ROW // 100), None)
    monkeypatch.setattr("analysis.store.rows.LARGEST_TOTAL", 3 * 2**20)
    with pytest.raises(StoreError, match="more than 3 MB together: delete one"):
        ann.save_team(answering_team(2, people=LARGEST_ROW // 100), None)
    assert [held.id for held in ann.teams()] == [team(1).id]


def test_no_more_teams_than_the_limit(ann):
    ann.save_together([(team(number), None) for number in range(MOST_TEAMS)])
    with pytest.raises(StoreError, match="You keep 200 teams, which is the most: delete one"):
        ann.save_team(team(MOST_TEAMS), None)
    kept = ann.team(team(7).id)
    assert ann.save_team(replace(kept.team, name="still can be changed"), kept.version)
    ann.delete_team(team(0).id)
    ann.save_team(team(MOST_TEAMS), None)
    with pytest.raises(StoreError, match="which is the most"):
        ann.restore_team(team(0).id)
    assert len(ann.teams()) == MOST_TEAMS


def test_a_damaged_row_is_named_and_leaves_the_others(ann, url):
    for number in (1, 2, 3):
        ann.save_team(team(number), None)
    statement = "UPDATE teams SET payload = replace(payload, '0.5', '-0.5') WHERE id = :id"
    assert change_row(url, statement, id=team(2).id) == 1
    held = ann.kept_teams()
    assert [kept.team for kept in held.teams] == ann.teams() == [team(1), team(3)]
    assert [(one.id, one.name) for one in held.unreadable] == [(team(2).id, "Team 2")]
    assert held.unreadable[0].problem == (
        "The team “Team 2” cannot be read (Expected float > 0.0 at"
        " team.members[0].cultures[0].share): delete it, or save it anew."
    )
    with pytest.raises(StoreError, match="“Team 2” cannot be read"):
        ann.team(team(2).id)
    ann.save_team(team(2), held.unreadable[0].version)
    assert ann.team(team(2).id).team == team(2)


def test_debriefs_are_kept_by_pair(ann):
    both = marks("trust", "time", note="“late”\n=1 王")
    assert ann.save_debrief("CHN+NLD", both) == both
    ann.save_debrief(f"NLD+{team().id}", marks("rank"))
    ann.save_debrief("CHN+NLD", marks("trust", outcome="reversed"))
    found = ann.debriefs()
    assert found.marks == {
        "CHN+NLD": marks("trust", outcome="reversed"), f"NLD+{team().id}": marks("rank"),
    }  # fmt: skip
    assert found.problems == ()
    ann.save_debrief("CHN+NLD", {})
    assert list(ann.debriefs().marks) == [f"NLD+{team().id}"]


def test_two_windows_mark_one_debrief(ann):
    opened = ann.save_debrief("CHN+NLD", marks("trust", "time", "rank"))
    ann.save_debrief("CHN+NLD", opened | marks("trust", note="first window"), before=opened)
    second = {"time": mark("time", "second window"), "trust": opened["trust"]}
    kept = ann.save_debrief("CHN+NLD", second, before=opened)  # `rank` was taken away
    assert kept == ann.debriefs().marks["CHN+NLD"]
    assert {topic: held.note for topic, held in kept.items()} == {
        "trust": "first window", "time": "second window",
    }  # fmt: skip
    with pytest.raises(ChangedElsewhere, match=r"debrief of CHN\+NLD was changed in another"):
        ann.save_debrief("CHN+NLD", opened | marks("trust", note="lost?"), before=opened)
    assert ann.debriefs().marks["CHN+NLD"] == kept


def test_a_damaged_debrief_is_named_and_leaves_the_others(ann, url):
    ann.save_debrief("CHN+NLD", marks("trust"))
    ann.save_debrief("NLD+USA", marks("trust"))
    change_row(url, "UPDATE debriefs SET payload = '{' WHERE pair = 'CHN+NLD'")
    found = ann.debriefs()
    assert found.marks == {"NLD+USA": marks("trust")}
    assert len(found.problems) == 1
    assert found.problems[0].startswith("The debrief of CHN+NLD cannot be read (")
    with pytest.raises(StoreError, match="cannot be read"):
        ann.save_debrief("CHN+NLD", marks("time"), before={})
    assert ann.save_debrief("CHN+NLD", marks("time")) == ann.debriefs().marks["CHN+NLD"]


@pytest.mark.parametrize("wrong", ["", "CHN", "A+B+C", "A+\0", "A+\ud800", "A+" + "B" * 200])
def test_what_is_no_pair_is_a_programming_mistake(ann, wrong):
    with pytest.raises(ValueError, match="no pair"):
        ann.save_debrief(wrong, marks("trust"))
    with pytest.raises(ValueError, match="no pair"):
        ann.save_together([], {wrong: marks("trust")})


def test_marks_that_cannot_be_are_refused(ann):
    with pytest.raises(ValueError, match="another topic"):
        ann.save_debrief("CHN+NLD", {"time": mark("trust")})
    with pytest.raises(StoreError, match="the mark on “trust” is out of range"):
        ann.save_debrief("CHN+NLD", {"trust": mark(note="x" * 1001)})
    assert ann.debriefs().marks == {}


def test_workspaces_are_kept_as_files(ann):
    ann.save_workspace("Kōbe, May", file_of())
    ann.save_workspace("a", file_of("SWE", "NOR"))
    assert ann.workspaces() == ["Kōbe, May", "a"]
    assert ann.workspace("Kōbe, May") == file_of()
    ann.save_workspace("a", file_of())
    assert ann.workspace("a") == file_of()
    assert ann.delete_workspace("a")
    assert not ann.delete_workspace("a")
    assert (ann.workspace("a"), ann.workspaces()) == (None, ["Kōbe, May"])


@pytest.mark.parametrize(
    "wrong",
    [b"", b"{}", b"\xff", b"[" * 10_000, b'{"schema": "other", "version": 1}', file_of() + b"\0",
     file_of()[:-9]],
)  # fmt: skip
def test_what_is_no_workspace_is_not_kept(ann, wrong):
    with pytest.raises(StoreError, match="no Parley workspace file"):
        ann.save_workspace("a", wrong)
    assert ann.workspaces() == []


def test_workspaces_have_limits(ann):
    with pytest.raises(StoreError, match=r"takes 5\.0 MB and at most 5 MB"):
        ann.save_workspace("a", file_of() + b" " * LARGEST_ROW)
    for number in range(MOST_WORKSPACES):
        ann.save_workspace(str(number), file_of())
    with pytest.raises(StoreError, match="You keep 50 workspaces"):
        ann.save_workspace("a", file_of())
    ann.save_workspace("0", file_of("SWE", "NOR"))


@pytest.mark.parametrize("name", ["", " ", "\0", "a\nb", "\ud800", "x" * 201])
def test_a_name_that_cannot_be_is_refused(ann, name):
    with pytest.raises(StoreError, match="needs a name of 1 to 200 printable characters"):
        ann.save_workspace(name, file_of())
    assert ann.workspace(name) is None
    assert not ann.delete_workspace(name)


@pytest.mark.parametrize("id", ["", "TEAM-1", "TEAM-00000001\n", "x' OR 'a'='a", "\0", "\ud800"])
def test_what_is_no_id_finds_nothing(ann, id):
    ann.save_team(team(1), None)
    assert ann.team(id) is None
    assert not ann.delete_team(id)
    assert not ann.restore_team(id)
    with pytest.raises(StoreError, match="cannot be kept"):
        ann.save_team(team(2, id=id), None)
    assert ann.teams() == [team(1)]


def test_delete_everything_leaves_nothing(ann, clock):
    for number in (1, 2):
        ann.save_team(team(number), None)
    ann.delete_team(team(2).id)
    ann.save_debrief("CHN+NLD", marks("trust"))
    ann.save_workspace("a", file_of())
    ann.delete_everything()
    assert (ann.teams(), ann.deleted_teams(), ann.workspaces()) == ([], [], [])
    assert ann.debriefs().marks == {}
    ann.save_team(team(1), None)
    assert ann.teams() == [team(1)]


def test_what_is_refused_is_for_the_person_to_read(ann):
    assert issubclass(ChangedElsewhere, StoreError)
    assert issubclass(StoreError, InputError)
    assert ann.kept_teams().teams == ()


def test_times_are_kept_to_the_millisecond(ann, clock):
    clock.pass_by(microseconds=123_456)
    ann.save_team(team(), None)
    kept = ann.team(team().id).changed
    assert timedelta() <= clock.time - kept < timedelta(milliseconds=1)
