"""What a row holds: every team that can be kept comes back equal, everything else is named."""

import dataclasses
import json
import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import StoreError
from analysis.store.payloads import (
    UnreadableError,
    read_debrief,
    read_team,
    write_debrief,
    write_team,
)
from analysis.teams import record
from analysis.teams import team as model
from analysis.teams.team import Anchor, Culture, Member, Respondent, Team
from tests.store.made import answering_team, mark, marks, scoring_team, team

TEAMS = [team(), answering_team(), scoring_team()]


@pytest.mark.parametrize("name", ["Culture", "Member", "Respondent", "Anchor", "Team"])
def test_the_kept_form_has_the_fields_of_the_model(name):
    fields = [field.name for field in dataclasses.fields(getattr(model, name))]
    assert list(getattr(record, f"{name}Form").__struct_fields__) == fields


def test_the_text_is_json_that_says_what_it_is():
    held = json.loads(write_team(team()))
    assert (held["schema"], held["version"]) == ("parley-team", 1)
    assert held["team"]["members"][0]["cultures"] == [
        {"profile": "NLD", "share": 0.5}, {"profile": "CHN", "share": 0.5},
    ]  # fmt: skip
    held = json.loads(write_debrief("CHN+NLD", [mark()]))
    assert (held["schema"], held["version"]) == ("parley-debrief", 1)


# A row as version 1 wrote it. It must stay readable: when this fails, old rows can't be read.
FIRST_VERSION = (
    '{"schema":"parley-team","version":1,"team":{"id":"TEAM-0000abcD","name":"T","kind":"answers",'
    '"framework":"hofstede-2015","scores":[1.5,null],"spread":[0.0,null],"size":4,"members":'
    '[{"name":"A","cultures":[{"profile":"NLD","share":1.0}],"weight":2.0}],"respondents":'
    '[{"answers":[1,2,3,4,5,null,1,2,3,4,5,null,1,2,3,4,5,null,1,2,3,4,5,null],"weight":1.0,'
    '"subgroup":"s"}],"anchor":{"profile":"CHN","respondents":[]}}}'
)


def test_a_row_of_the_first_version_can_be_read():
    answers = (1, 2, 3, 4, 5, None) * 4
    read = read_team(FIRST_VERSION)
    assert read == Team(
        "TEAM-0000abcD", "T", "answers", "hofstede-2015", (1.5, None), (0.0, None), 4,
        (Member("A", (Culture("NLD", 1.0),), 2.0),), (Respondent(answers, 1.0, "s"),),
        Anchor("CHN", ()),
    )  # fmt: skip
    assert write_team(read) == FIRST_VERSION


weights = st.floats(1e-9, 1e9)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
respondents = st.builds(
    Respondent,
    st.tuples(*[st.none() | st.integers(1, 5)] * model.QUESTIONS),
    weights,
    texts,
)
any_team = st.builds(
    Team,
    st.from_regex(r"TEAM-[0-9A-Za-z]{8}", fullmatch=True),
    texts,
    st.sampled_from(["scores", "members", "answers"]),
    texts,
    st.lists(st.none() | st.floats(-1e9, 1e9), max_size=6).map(tuple),
    st.lists(st.none() | st.floats(0, 1e9), max_size=6).map(tuple),
    st.none() | st.integers(1, 10**6),
    st.lists(
        st.builds(
            Member, texts, st.lists(st.builds(Culture, texts, weights), max_size=3).map(tuple)
        ),
        max_size=3,
    ).map(tuple),
    st.lists(respondents, max_size=2).map(tuple),
    st.none() | st.builds(Anchor, texts, st.lists(respondents, max_size=2).map(tuple)),
)


@settings(max_examples=200, deadline=None)
@given(any_team)
def test_every_team_comes_back_equal(made):
    assert read_team(write_team(made)) == made


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (team(name="\ud800"), "half a character; type that text anew"),
        (scoring_team(scores=(math.nan,)), "one of its numbers is not finite"),
        (scoring_team(scores=(math.inf,)), "one of its numbers is not finite"),
        (scoring_team(spread=(-1.0,)), "Expected float >= 0.0 at team.spread[0]"),
        (scoring_team(size=0), "Expected int >= 1 at team.size"),
        (team(id="NLD"), "Expected str matching regex"),
        (team(members=(Member("A", (), math.nan),)), "Expected float, got null"),
        (team(members=(Member("A", (Culture("NLD", 0.0),)),)), "cultures[0].share"),
        (team(respondents=(Respondent((1,) * 23),)), "length >= 24"),
        (team(respondents=(Respondent((6,) * 24),)), "Expected int <= 5"),
        (team(kind="country"), "Invalid enum value 'country' at team.kind"),
    ],
)
def test_a_team_that_would_not_come_back_is_refused(wrong, said):
    with pytest.raises(StoreError) as caught:
        write_team(wrong)
    assert said in str(caught.value)
    assert str(caught.value).startswith("The team “")
    assert "cannot be kept: " in str(caught.value)


def changed(made, change):
    held = json.loads(write_team(made))
    change(held)
    return json.dumps(held)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda h: h.update(version=2), "parley-team of version 2, and this Parley reads"),
        (lambda h: h.update(schema="parley-debrief"), "it is parley-debrief of version 1"),
        (lambda h: h.pop("team"), "missing required field team"),
        (lambda h: h.update(more=1), "unknown field more"),
        (lambda h: h["team"].update(more=1), "unknown field more"),
        (lambda h: h["team"].pop("size"), "missing required field size"),
        (lambda h: h["team"].update(name=1), "got int at team.name"),
        (lambda h: h["team"]["members"][0].update(age=40), "unknown field age"),
    ],
)
def test_a_damaged_row_says_where(change, said):
    with pytest.raises(UnreadableError) as caught:
        read_team(changed(team(), change))
    assert said in str(caught.value)


@pytest.mark.parametrize("text", [None, 5, b"{}", "", "{", "[]", "null", "[" * 99_999, "\udcff"])
def test_what_is_no_payload_at_all_is_unreadable(text):
    for read in (read_team, read_debrief):
        with pytest.raises(UnreadableError):
            read(text)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TEAMS), st.integers(0, 10_000), st.integers(0, 255))
def test_one_wrong_byte_is_either_harmless_or_named(made, place, byte):
    content = bytearray(write_team(made).encode())
    content[place % len(content)] = byte
    try:
        assert isinstance(read_team(content.decode("utf-8", "surrogateescape")), Team)
    except UnreadableError as error:
        assert 0 < len(str(error)) < 300  # noqa: PT017 - both ends are allowed


def test_marks_come_back_in_their_order():
    made = marks("trust", "time", note="王 “x”")
    assert list(read_debrief(write_debrief("CHN+NLD", made.values())).items()) == [*made.items()]
    with pytest.raises(StoreError, match=r"The debrief of CHN\+NLD cannot be kept"):
        write_debrief("CHN+NLD", [msgspec.structs.replace(mark(), probability=1.5)])
