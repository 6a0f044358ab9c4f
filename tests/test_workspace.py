import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.deal import make_deal
from analysis.debrief import Mark
from analysis.errors import WorkspaceError
from analysis.knowledge import load_knowledge
from analysis.link import View
from analysis.settings import make_settings
from analysis.tables import load_tables
from analysis.teams.party import with_teams
from analysis.teams.team import Culture, Member, Team
from analysis.workspace import (
    LARGEST_FILE,
    Workspace,
    merged,
    read_workspace,
    what_is_replaced,
    write_workspace,
)

KNOWLEDGE = load_knowledge()
TABLES = load_tables()
EFFECTS = KNOWLEDGE.friction.effects


def read(content):
    return read_workspace(TABLES, EFFECTS, KNOWLEDGE.topic_by_id, content)


@pytest.fixture
def workspace():
    deal = make_deal(
        {
            "kind": "supply", "subject": "pumps “X” =1+1", "they_hold": ["molds"],
            "total": 800000.5, "later_orders": [1000, 2000],
            "effects": {"introduced": -0.5}, "repeat_deals": False,
        },
        EFFECTS,
    )  # fmt: skip
    view = View("NLD", "CHN", ("JPN",), make_settings(TABLES, score_error=9), deal)
    mark = Mark("indirect_face", "seen", "a pause", 93.2, 0.82, "critical", "CHN")
    rows = [{"about": "CHN", "what": "who owns it", "answer": "王"}]
    return Workspace(view, {"CHN+NLD": {"information": rows}}, {"CHN+NLD": {mark.topic: mark}})


def changed(workspace, **parts):
    held = json.loads(write_workspace(TABLES, workspace))
    return json.dumps(held | parts).encode()


def test_a_workspace_comes_back_as_it_was(workspace):
    assert read(write_workspace(TABLES, workspace)) == workspace


def test_the_file_says_what_it_is_and_can_be_read_by_people(workspace):
    held = json.loads(write_workspace(TABLES, workspace))
    assert (held["schema"], held["version"]) == ("parley-workspace", 1)
    assert held["data_version"] == TABLES.version
    assert held["view"] == {"a": "NLD", "b": "CHN", "more": "JPN", "error": "9"}
    assert held["deal"]["subject"] == "pumps “X” =1+1"
    assert write_workspace(TABLES, workspace).count(b"\n") > 30


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"schema": "other"}, "no Parley workspace"),
        ({"version": 0}, "has version 0 and this Parley reads version 1: open it with an older"),
        ({"version": 2}, "has version 2 and this Parley reads version 1: open it with a newer"),
        ({"version": "x"}, "has version x"),
        ({"view": 3}, "Expected object, got int at view"),
        ({"view": {"a": "XXX"}}, "goes by “XXX”"),
        ({"view": {"a": "NLD", "b": "CHN", "error": "50"}}, "error of a score is 50"),
        ({"deal": {"kind": "gift"}}, "“kind” is “gift”"),
        ({"deal": {"foo": 1}}, "“foo” is not part of a deal"),
        ({"worksheets": {"CHN": {}}}, "“CHN” is no pair of parties"),
        ({"worksheets": {"CHN+XXX": {}}}, "“CHN+XXX” is no pair of parties"),
        ({"worksheets": {"CHN+NLD": {"information": [{"what": 1}]}}}, "got int at worksheets"),
        ({"worksheets": {"CHN+NLD": {"information": [{"what": "x"}] * 101}}}, "over 100 rows"),
        ({"worksheets": {"CHN+NLD": {"information": [{"what": "x" * 1001}]}}}, "1000 letters"),
        ({"debrief": {"CHN+NLD": [{"topic": "x"}]}}, "required field outcome"),
        ({"more": 1}, "unknown field more"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_place(workspace, parts, said):
    with pytest.raises(WorkspaceError) as caught:
        read(changed(workspace, **parts))
    assert said in str(caught.value)
    assert str(caught.value).endswith("What you have here stays as it is.")
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("topic", "weather", "No topic is called “weather”"),
        ("outcome", "maybe", "maybe"),
        ("probability", 7, "out of range"),
        ("note", "x" * 1001, "out of range"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(workspace, field, value, said):
    held = json.loads(write_workspace(TABLES, workspace))
    held["debrief"]["CHN+NLD"][0][field] = value
    with pytest.raises(WorkspaceError, match=said):
        read(json.dumps(held).encode())


def test_a_file_cut_short_or_too_large_is_refused(workspace):
    content = write_workspace(TABLES, workspace)
    with pytest.raises(WorkspaceError, match="is not JSON"):
        read(content[: len(content) // 2])
    with pytest.raises(WorkspaceError, match="at most 5 MB"):
        read(b" " * (LARGEST_FILE + 1))
    with pytest.raises(WorkspaceError):
        read(b"[" * 100_000)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(content):
    with pytest.raises(WorkspaceError):
        read(content)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_one_wrong_byte_is_either_harmless_or_named(place, byte):
    rows = {"CHN+NLD": {"information": [{"about": "CHN", "what": "owner", "answer": ""}]}}
    whole = Workspace(View("NLD", "CHN", (), make_settings(TABLES)), rows, {})
    content = bytearray(write_workspace(TABLES, whole))
    content[place % len(content)] = byte
    try:
        assert isinstance(read(bytes(content)), Workspace)
    except WorkspaceError as error:
        assert str(error).endswith("stays as it is.")  # noqa: PT017 - both ends are allowed


TEAM = Team(
    "TEAM-ABCDEFGH", "Rotterdam", "members",
    members=(
        Member("Anna", (Culture("NLD", 1.0),)),
        Member("王", (Culture("NLD", 0.5), Culture("CHN", 0.5)), 2.0),
    ),
)  # fmt: skip


@pytest.fixture
def with_a_team(workspace):
    view = View(TEAM.id, "CHN", (), workspace.view.settings, workspace.view.deal)
    return Workspace(view, workspace.worksheets, workspace.debrief, {TEAM.id: TEAM})


def write(workspace):
    return write_workspace(with_teams(TABLES, workspace.teams.values()), workspace)


def test_teams_come_back_as_they_were_and_stand_in_the_view(with_a_team):
    assert read(write(with_a_team)) == with_a_team


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("members", 0, "cultures", 0, "profile"), "XXX", "names “XXX”, which has no scores here"),
        (("members", 0, "cultures", 0, "share"), 0.4, "shares of Anna do not add up to 1"),
        (("members", 0, "cultures", 0, "share"), -1, "damaged"),
        (("members",), [], "has no members"),
        (("kind",), "votes", "damaged"),
        (("id",), "NLD", "damaged"),
        (("name",), "", "needs a name of at most 60 letters"),
        (("framework",), "globe", "“globe”, which is no framework here"),
        (("colour",), "red", "damaged"),
    ],
)
def test_a_damaged_team_refuses_the_whole_file(with_a_team, path, value, said):
    held = json.loads(write(with_a_team))
    part = held["teams"][0]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(WorkspaceError, match=said) as caught:
        read(json.dumps(held).encode())
    assert "What you have here stays as it is." in str(caught.value)


def test_a_view_with_a_team_that_the_file_lacks_is_refused(with_a_team):
    held = json.loads(write(with_a_team)) | {"teams": []}
    with pytest.raises(WorkspaceError, match="is a team of someone’s own that is not here"):
        read(json.dumps(held).encode())


def test_only_what_differs_is_asked_about(workspace, with_a_team):
    assert what_is_replaced(workspace, with_a_team) == []
    other = replace(TEAM, name="Harbour")
    mine = Workspace(workspace.view, {}, {}, {TEAM.id: other})
    assert what_is_replaced(mine, with_a_team) == ["the team “Harbour”"]
    sheets = {"CHN+NLD": {"information": [{"about": "CHN", "what": "mine", "answer": ""}]}}
    mine = Workspace(workspace.view, sheets, {}, {})
    assert what_is_replaced(mine, with_a_team) == ["worksheets of CHN and NLD"]


@pytest.mark.parametrize("replace_own", [True, False])
def test_opening_adds_and_never_loses(workspace, with_a_team, replace_own):
    other, extra = replace(TEAM, name="Harbour"), replace(TEAM, id="TEAM-22222222")
    sheets = {"JPN+NLD": {"balance": []}, "CHN+NLD": {"information": [], "deciders": []}}
    mine = Workspace(workspace.view, sheets, {}, {TEAM.id: other, extra.id: extra})
    found = merged(mine, with_a_team, replace=replace_own)
    assert set(found.teams) == {TEAM.id, extra.id}
    assert found.teams[TEAM.id].name == ("Rotterdam" if replace_own else "Harbour")
    assert set(found.worksheets) == {"JPN+NLD", "CHN+NLD"}
    assert set(found.worksheets["CHN+NLD"]) == {"information", "deciders"}
    assert bool(found.worksheets["CHN+NLD"]["information"]) == replace_own
    assert found.debrief == with_a_team.debrief
    assert found.view == with_a_team.view
