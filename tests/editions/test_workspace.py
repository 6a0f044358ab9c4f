"""Editions in a workspace: there and back, merged, and refused whole where one is damaged."""

import json
from dataclasses import replace

import pytest

from analysis.editions import with_editions
from analysis.errors import WorkspaceError
from analysis.link import View
from analysis.settings import default_settings
from analysis.workspace import (
    MOST_EDITIONS,
    Workspace,
    check_room,
    merged,
    read_workspace,
    what_is_replaced,
    write_workspace,
)


@pytest.fixture
def held(tables, edition_of_2015):
    edition = replace(edition_of_2015({("CHN", "idv"): 43.0}), note="licence 12")
    extended = with_editions(tables, [edition])
    view = View("NLD", "CHN", (), default_settings(extended, edition.id))
    return extended, edition, Workspace(view, {}, {}, {}, {edition.id: edition})


@pytest.fixture
def read(tables, knowledge):
    return lambda content: read_workspace(
        tables, knowledge.friction.effects, knowledge.topic_by_id, content
    )


def test_an_edition_comes_back_as_it_was(held, read):
    extended, edition, workspace = held
    content = write_workspace(extended, workspace)
    assert read(content) == workspace
    assert json.loads(content)["view"]["framework"] == edition.id


def test_a_file_without_editions_is_what_it_was_before(tables, read):
    bare = Workspace(View("NLD", "CHN", (), default_settings(tables)), {}, {})
    content = write_workspace(tables, bare)
    assert "editions" not in json.loads(content)
    assert json.loads(content)["version"] == 1
    assert read(content) == bare


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda e: e.update(id="hofstede-2015"), "damaged"),
        (lambda e: e.update(id="edition-../../x"), "damaged"),
        (lambda e: e.update(name=""), "needs a name of at most 60 letters"),
        (lambda e: e.update(note="x" * 301), "a note of at most 300"),
        (lambda e: e.update(base="globe"), "“globe”, which is no framework here"),
        (lambda e: e.update(colour="red"), "damaged"),
        (lambda e: e["rows"].append(e["rows"][0]), "holds a country twice"),
        (lambda e: e["rows"][0].__setitem__(0, "XXX"), "“XXX”, which is no country here"),
        (lambda e: e["rows"][0][1].pop(), "does not hold 6 scores"),
        (lambda e: e["rows"][0][1].__setitem__(0, 151), "has a score of 151, not -50 to 150"),
        (lambda e: e["rows"][0][1].__setitem__(0, "7"), "damaged"),
        (lambda e: e["rows"].__delitem__(slice(0, -9)), "needs at least ten"),
    ],
)
def test_a_damaged_edition_refuses_the_whole_file(held, read, change, said):
    extended, _, workspace = held
    content = json.loads(write_workspace(extended, workspace))
    change(content["editions"][0])
    with pytest.raises(WorkspaceError, match=said) as caught:
        read(json.dumps(content).encode())
    assert str(caught.value).endswith("What you have here stays as it is.")


def test_a_view_under_an_edition_that_the_file_lacks_is_refused(held, read):
    extended, _, workspace = held
    content = json.loads(write_workspace(extended, workspace))
    del content["editions"]
    with pytest.raises(WorkspaceError, match="is an edition of someone’s own that is not here"):
        read(json.dumps(content).encode())


def test_one_edition_twice_or_too_many_are_refused(held, read):
    extended, _, workspace = held
    content = json.loads(write_workspace(extended, workspace))
    first = content["editions"][0]
    for more in ([first], [{**first, "id": f"edition-{n:012x}"} for n in range(MOST_EDITIONS)]):
        with pytest.raises(WorkspaceError, match="one edition twice, or more than 10"):
            read(json.dumps({**content, "editions": [first, *more]}).encode())


@pytest.mark.parametrize("replace_own", [True, False])
def test_opening_merges_by_id_and_asks_before_it_replaces(held, edition_of_2015, replace_own):
    _, edition, opened = held
    other = edition_of_2015({("CHN", "idv"): 30.0}, name="Mine")
    mine = Workspace(opened.view, {}, {}, {}, {other.id: other})
    assert what_is_replaced(mine, opened) == []
    renamed = replace(edition, name="Renamed")
    mine = Workspace(opened.view, {}, {}, {}, {other.id: other, edition.id: renamed})
    assert what_is_replaced(mine, opened) == ["the edition “Renamed”"]
    found = merged(mine, opened, replace=replace_own)
    assert set(found.editions) == {other.id, edition.id}
    assert found.editions[edition.id].name == ("Scores of 2023" if replace_own else "Renamed")


def test_together_no_more_than_one_workspace_holds(held):
    _, edition, opened = held
    many = {f"edition-{n:012x}": edition for n in range(MOST_EDITIONS)}
    with pytest.raises(WorkspaceError, match="more than 10: delete some"):
        check_room(Workspace(opened.view, {}, {}, {}, many), opened)
    check_room(Workspace(opened.view, {}, {}, {}, dict(list(many.items())[1:])), opened)
