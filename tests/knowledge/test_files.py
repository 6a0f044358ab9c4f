"""Reading is strict: a mistake in a file is named with the file, and nothing is passed over."""

import shutil
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.knowledge import load_knowledge
from analysis.knowledge.reading import KNOWLEDGE_FOLDER
from analysis.knowledge.record import Item, Rule, those_that_hold

TOPIC = "topics/patience_pace.yaml"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(KNOWLEDGE_FOLDER, tmp_path / "knowledge"))


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_copy_reads_the_same(folder, knowledge):
    assert load_knowledge(folder) == knowledge


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (TOPIC, "title: Pace", "title: Pace\ntitel: Pace", "unknown field"),
        (TOPIC, "title: Pace\n", "", "missing required field `title`"),
        (TOPIC, "  pole: a slow run-up\n", "", "missing required field `pole`"),
        (TOPIC, "  habit: let the", "  habbit: yes\n  habit: let the", "unknown field `habbit`"),
        (TOPIC, "idv: -0.35", "idv: much", "Expected `float`"),
        (TOPIC, "order: 2", "order: two", "Expected `int`"),
        (TOPIC, "status: reviewed", "status: perfect", "status"),
        (TOPIC, "family: time", "family: [time]", "Expected `str`"),
        (TOPIC, "mark: recalled", "mark: guessed", "mark"),
        (TOPIC, "title: Pace", "title: [Pace", "patience_pace"),
        (TOPIC, "fires: [[NLD, CHN]", "fires: [[NLD]", "length 2"),
        (TOPIC, "id: patience_pace", "id: patience", "its id is “patience”"),
        ("families.yaml", "name:", "nom:", "unknown field `nom`"),
        ("stages.yaml", "minutes_share: 0.30", "minutes_share: long", "Expected `float`"),
        ("contested.yaml", "badge: contested", "badge: 1", "Expected `str`"),
        ("friction.yaml", "slope: 0.095", "slope: steep", "Expected `float`"),
        ("friction.yaml", "fewest_families: 4", "", "fewest_families"),
        ("friction.yaml", "from: 50", "from: 50, to: 74", "unknown field `to`"),
        ("strategy/orientation.yaml", "overrides: true", "override: true", "unknown field"),
        ("strategy/adaptation.yaml", "joint: false", "joint: maybe", "Expected `bool`"),
        ("strategy/roadmap.yaml", "insult_below: 0.01", "insult_below: tiny", "Expected `float`"),
        ("strategy/agenda.yaml", "step: 5", "step: 2.5", "Expected `int`"),
        ("strategy/must_say.yaml", "again:", "agian:", "unknown field `agian`"),
        ("strategy/questions.yaml", "learns:", "learn:", "unknown field `learn`"),
        ("strategy/leadership.yaml", "states:", "state:", "unknown field `state`"),
    ],
)
def test_a_mistake_is_named_with_its_file(folder, name, old, new, said):
    change(folder, name, old, new)
    with pytest.raises(DataError) as raised:
        load_knowledge(folder)
    message = str(raised.value)
    assert name.rpartition("/")[2] in message
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "name", ["families.yaml", "contested.yaml", "strategy/agenda.yaml", "strategy/deciders.yaml"]
)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(DataError, match=name.rpartition("/")[2]):
        load_knowledge(folder)


@pytest.mark.parametrize("name", [TOPIC, "families.yaml", "strategy/roadmap.yaml"])
@pytest.mark.parametrize(
    "content", [b"", b"- 1\n", b"id: a\n---\nid: b\n", b"\xff\xfe\x00", b"\x00"]
)
def test_a_file_with_something_else_in_it_is_named(folder, name, content):
    (folder / name).write_bytes(content)
    with pytest.raises(DataError, match=name.rpartition("/")[2]):
        load_knowledge(folder)


def test_nothing_in_a_file_is_run(folder):
    change(folder, TOPIC, "title: Pace", "title: !!python/object/apply:os.getcwd []")
    with pytest.raises(DataError, match="patience_pace"):
        load_knowledge(folder)


def test_a_retired_topic_is_left_out(folder, knowledge):
    change(folder, TOPIC, "status: reviewed", "status: retired")
    found = load_knowledge(folder)
    assert [t.id for t in found.topics] == [
        t.id for t in knowledge.topics if t.id != "patience_pace"
    ]
    assert "patience_pace" not in found.topic_by_id


@pytest.mark.parametrize(
    ("rule", "flags", "holds"),
    [
        (Rule(), "", True),
        (Rule(when=("a", "b")), "", False),
        (Rule(when=("a", "b")), "b", True),
        (Rule(all=("a", "b")), "a", False),
        (Rule(all=("a", "b")), "ab", True),
        (Rule(none=("a",)), "b", True),
        (Rule(none=("a",)), "ab", False),
        (Rule(when=("a",), all=("b",), none=("c",)), "ab", True),
        (Rule(when=("a",), all=("b",), none=("c",)), "abc", False),
        (Rule(when=("a",), all=("b",), none=("c",)), "b", False),
    ],
)
def test_a_rule_holds_with_any_of_when_all_of_all_and_none_of_none(rule, flags, holds):
    assert rule.holds(frozenset(flags)) is holds


def test_those_that_hold_keep_their_order():
    items = [Item(id=i, text=i, when=(i,)) for i in "cab"]
    assert [item.id for item in those_that_hold(items, {"a", "c"})] == ["c", "a"]
