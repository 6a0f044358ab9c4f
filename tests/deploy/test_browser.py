"""What a person sees whose server is killed: in a real Chromium, signed in, behind nginx."""

import re

import pytest

from benchmarks.pages import chromium
from tests.deploy.farm import apart
from tests.e2e.test_sign_in import Person, scores
from tests.patience import patience

pytestmark = [
    pytest.mark.deploy, pytest.mark.browser, pytest.mark.postgres,
    pytest.mark.xdist_group("browser"),
]  # fmt: skip

TOLD = "The server that held this tab has gone"
TEAM = scores("Heron desk", "41.2", "77.3")


def process_of(person):
    (cookie,) = [c for c in person.context.cookies() if c["name"] == "parley_process"]
    return int(cookie["value"])


def choose(person, country):
    box = person.page.get_by_role("combobox", name="Their side")
    box.click()
    box.fill(country)
    person.page.get_by_role("option").first.click()


def test_the_one_at_the_killed_process_is_told_and_finds_what_was_kept(farm):
    apart(visit, farm)


def visit(farm):
    with patience(), chromium() as browser:
        person = Person(browser, farm, farm.provider)
        live_through_it(person, farm)
        person.context.close()


def live_through_it(person, farm):
    person.teams_page()
    person.sign_in("ann")
    person.make(TEAM)
    team = person.take_our_side()
    person.turn_to_compare()
    # Nothing that nginx adds stands in the way: no policy is broken, no file is missing.
    assert person.faults == []
    address, killed = person.page.url, process_of(person)
    assert re.search(rf"a={team}&b=\w+", address)

    # The browser connects again by itself; the page stands as it was until the next choice.
    with person.page.expect_event("websocket", timeout=120_000):
        farm.kill(killed)
    choose(person, "Japan")
    person.page.get_by_text(TOLD).wait_for(timeout=120_000)
    person.rest()
    # The same view, by its link; the team of one's own came out of the database.
    assert person.page.url == address
    person.page.get_by_role("heading", name=TEAM.team).first.wait_for()
    person.page.get_by_text("What was saved is here").wait_for()
    moved_to = process_of(person)
    assert moved_to != killed

    # It goes on as before: a choice, another page, and the word is put away for good.
    choose(person, "Japan")
    person.page.wait_for_url(re.compile(rf"a={team}&b=JPN"))
    person.page.get_by_role("button", name="Put this away").click()
    person.page.get_by_text(TOLD).wait_for(state="detached")
    person.turn_to_teams()
    assert person.looks_at() == [TEAM.team]

    farm.start(killed)
    farm.wait(killed)
    person.turn_to_compare()
    assert process_of(person) == moved_to
    policy = [fault for fault in person.faults if "Content Security Policy" in fault]
    assert policy == []
