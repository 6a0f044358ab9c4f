"""Sign-in by OpenID Connect: whose teams are whose, in real browsers, on both databases.

Each person's browser notes every message that the server sends it. What another person typed must
be in none of them: that it is not on the screen would not be enough.
"""

import re
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import TimeoutError as NotInTime
from sqlalchemy import create_engine, inspect, text

from analysis.sentences import CAVEAT
from tests.e2e.conftest import Visit, at_rest
from tests.e2e.provider import app, provider
from tests.store.cluster import Cluster

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEPT = "Your teams are kept on this server, and only you can see them."
SIGN_IN = "Sign in to keep your teams"
NO_TEAM = "No team yet: make one above."
ON_COMPARE, ON_BRIEF = "?a={}&b=CHN", "brief?a=NLD&b={}"
AT_REST = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning'
      && !document.querySelector('[data-stale=true]');
}"""


@dataclass(frozen=True)
class Table:
    """A table to paste, the team that it makes, and words that only its owner may ever see."""

    team: str
    words: tuple[str, ...]
    pasted: str


def members(team, *names):
    rows = [
        f"{team}\t{name}\t{culture}" for name, culture in zip(names, ("NLD", "CHN"), strict=True)
    ]
    return Table(team, (team, *names), "\n".join(["team\tname\tculture", *rows]))


def scores(team, *values):
    header = "team\tPDI\tIDV\tMAS\tUAI\tLTO\tIVR"
    pasted = f"{header}\n" + "\t".join([team, *values, "50", "50", "50", "50"])
    return Table(team, (team, *values), pasted)


ZEBRAS = members("Zebra flock", "Quillfeather", "Marrowgate")
OKAPIS = scores("Okapi syndicate", "61.7391", "12.8317")
LYNXES = members("Lynx bureau", "Thistlewood", "Umberlane")
TAPIRS = scores("Tapir circle", "73.1279", "18.4613")
WORDS = {word for table in (ZEBRAS, OKAPIS, LYNXES, TAPIRS) for word in table.words}


class Person(Visit):
    """A browser profile of one person."""

    def __init__(self, browser, server, trusted=None):
        self._trusted = trusted
        super().__init__(browser, server)
        self.received = []
        self._watch(self.page)

    def _watch(self, page):
        page.set_default_timeout(60_000)
        page.on("websocket", lambda socket: socket.on("framereceived", self._note))

    def _note(self, frame):
        self.received.append(frame.encode() if isinstance(frame, str) else frame)

    def _listen(self, message):
        # From a page of its own Streamlit first asks for its health beside that page.
        if "/teams/_stcore/" not in (message.location or {}).get("url", ""):
            super()._listen(message)

    def _route(self, route):
        if self._trusted and route.request.url.startswith(f"{self._trusted.address}/"):
            route.continue_()
        else:
            super()._route(route)

    def rest(self):
        self.page.wait_for_function(AT_REST)

    def teams_page(self):
        """Come to the Teams page in a new session."""
        self.page.goto(f"{self.address}/teams")
        self._on_teams_page()

    def turn_to_teams(self):
        """Come to the Teams page by the menu, in the same session."""
        self.page.get_by_role("link", name="Teams").click()
        self._on_teams_page()

    def _on_teams_page(self):
        self.page.get_by_role("heading", name="Your own team").wait_for()
        self.page.get_by_text(CAVEAT).last.wait_for()
        self.rest()

    def turn_to_compare(self):
        """Come to the Compare page by the menu, in the same session."""
        self.page.get_by_role("link", name="Compare").click()
        self._on_a_view()

    def _on_a_view(self):
        self.page.get_by_role("heading", name="Take it away").wait_for()
        self.page.get_by_text(CAVEAT).last.wait_for()
        self.rest()

    def link(self, query):
        """Open a link by hand, which begins a new session."""
        self.page.goto(f"{self.address}/{query}")
        self._on_a_view()

    def is_refused(self, team_id, link):
        """Type the id of a team that is not this person's into a link."""
        self.page.goto(f"{self.address}/{link.format(team_id)}")
        sentence = f"“{team_id}” is a team of someone’s own that is not here"
        self.page.get_by_text(sentence).wait_for()
        self._on_a_view()

    def sign_in(self, name):
        """Sign in from the Teams page and come back to it."""
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(self._trusted.secret)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url(re.compile(rf"^{self.address}/(\?.*)?$"))
        self.turn_to_teams()
        self.page.get_by_text(KEPT).wait_for()

    def sign_out(self):
        """Sign out from the Teams page; the provider sends the tab back to the app."""
        self.page.get_by_role("button", name="Sign out", exact=True).click()
        self.page.wait_for_url(re.compile(rf"^{self.address}/(\?.*)?$"))
        self.turn_to_teams()

    def sees_no_team(self, said):
        self.page.get_by_text(said).wait_for()
        self.page.get_by_text(NO_TEAM).wait_for()
        self.rest()

    def make(self, table):
        part = self.page.locator("details").filter(has_text="Make a team")
        part.wait_for()
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        self.page.get_by_label("Or paste a table here").fill(table.pasted)
        self.page.keyboard.press("Control+Enter")
        self.page.get_by_role("button", name="Add this team").click()
        self.page.get_by_text(f"Added “{table.team}”").wait_for()
        self.rest()

    def take_our_side(self):
        """Put the team in view on our side; return its id, which the link then carries."""
        on_our_side = re.compile(r"[?&]a=TEAM-")
        at_rest(self.page).get_by_role("button", name="Our side").click()
        try:
            self.page.wait_for_url(on_our_side, timeout=30_000)
        except NotInTime:  # once in many runs on a busy machine; a person clicks again
            self.page.get_by_role("button", name="Our side").click()
            self.page.wait_for_url(on_our_side)
        self.rest()
        return re.search(r"a=(TEAM-[A-Z0-9]+)", self.page.url)[1]

    def offered(self, picker, typed=""):
        """Return what a picker shows, with something typed into it or nothing."""
        box = self.page.get_by_role("combobox", name=picker)
        options = self.page.get_by_role("option")
        shown = options.or_(self.page.get_by_text("No results")).first
        box.click()
        if typed:
            box.fill(typed)
        shown.wait_for()
        found = options.all_inner_texts()
        box.press("Escape")
        return found

    def looks_at(self):
        """Return the names of the teams that the Teams page offers."""
        return [label.split(" · ")[0] for label in self.offered("Team to look at")]

    def has_been_sent(self, words):
        """Return which of some words came from the server or stand on the page."""
        everything = b"".join(self.received) + self.page.content().encode()
        return {word for word in words if word.encode() in everything}


@pytest.fixture
def start(tmp_path):
    """Start servers of this test alone, which end after every browser has left them."""
    with ExitStack() as servers:
        yield lambda *options, **more: servers.enter_context(app(tmp_path, *options, **more))


@pytest.fixture
def person(browser, start):
    people = []

    def come(server, trusted=None):
        people.append(Person(browser, server, trusted))
        return people[-1]

    yield come
    for one in people:
        one.context.close()
        assert one.faults == []


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    with provider(tmp_path_factory.mktemp("provider")) as started:
        yield started


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request, tmp_path_factory):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('kept') / 'parley.db'}"
        return
    cluster = Cluster()
    yield cluster.new_database()
    cluster.remove()


@pytest.fixture(scope="module")
def served(trusted, database, tmp_path_factory):
    """The app with sign-in; at its end its output names nothing that anyone typed."""
    folder = tmp_path_factory.mktemp("served")
    secrets = trusted.secrets_for_the_app(folder)
    with app(folder, database, "--secrets.files", str(secrets)) as started:
        yield started
    assert_says_nothing(started)


def assert_says_nothing(server):
    said = server.said()
    assert server.address.rsplit(":", 1)[1] in said  # it is the server's own output
    assert {word for word in WORDS if word in said} == set()
    assert re.findall(r"TEAM-[A-Z0-9]{8}", said) == []
    assert "Traceback" not in said


def kept_rows(database):
    """Return the owner of each row that the database holds."""
    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("teams"):
                return []
            return list(connection.scalars(text("SELECT owner FROM teams ORDER BY owner")))
    finally:
        engine.dispose()


def test_without_sign_in_the_page_works_and_keeps_nothing(person, served, database):
    before = kept_rows(database)
    guest = person(served)
    guest.teams_page()
    guest.sees_no_team(SIGN_IN)
    guest.make(ZEBRAS)
    guest.take_our_side()
    assert guest.has_been_sent(ZEBRAS.words) == set(ZEBRAS.words)
    assert kept_rows(database) == before
    again = person(served)
    again.teams_page()
    again.sees_no_team(SIGN_IN)
    assert again.has_been_sent(WORDS) == set()


def test_two_who_are_signed_in_at_once_never_see_each_other(person, served, trusted, database):
    before = kept_rows(database)
    ann, ben = person(served, trusted), person(served, trusted)
    for one in (ann, ben):
        one.teams_page()
    ann.sign_in("ann")
    ben.sign_in("ben")
    ann.make(ZEBRAS)
    ben.make(OKAPIS)
    assert len(kept_rows(database)) == len(before) + 2
    ids = ann.take_our_side(), ben.take_our_side()
    for one, own, other, foreign, link in (
        (ann, ZEBRAS, OKAPIS, ids[1], ON_COMPARE), (ben, OKAPIS, ZEBRAS, ids[0], ON_BRIEF),
    ):  # fmt: skip
        assert one.looks_at() == [own.team]
        one.is_refused(foreign, link)
        assert one.offered("Our side")[0] == f"{own.team} · your team"
        assert not [o for o in one.offered("Our side", other.team) if other.team in o]
        assert one.has_been_sent(WORDS) == set(own.words)


def test_the_next_to_sign_in_at_the_same_browser_sees_nothing_of_the_last(person, served, trusted):
    tab = person(served, trusted)
    tab.teams_page()
    tab.sign_in("cleo")
    tab.make(LYNXES)
    lynxes = tab.take_our_side()
    # From the click on, nothing of hers may come any more, whatever runs before the tab leaves.
    tab.received.clear()
    tab.sign_out()
    tab.sees_no_team(SIGN_IN)
    tab.is_refused(lynxes, ON_COMPARE)
    tab.turn_to_teams()
    tab.sign_in("dora")
    tab.sees_no_team(KEPT)
    assert tab.has_been_sent(WORDS) == set()
    tab.make(TAPIRS)
    tab.is_refused(lynxes, ON_BRIEF)
    assert tab.has_been_sent(WORDS) == set(TAPIRS.words)
    tab.turn_to_teams()
    tab.received.clear()
    tab.sign_out()
    tab.sign_in("cleo")
    assert tab.looks_at() == [LYNXES.team]
    assert tab.has_been_sent(WORDS) == set(LYNXES.words)


def test_a_person_finds_the_teams_again_in_a_new_session(person, served, trusted):
    first = person(served, trusted)
    first.teams_page()
    first.sign_in("emma")
    first.make(LYNXES)
    lynxes = first.take_our_side()
    other = person(served, trusted)
    other.teams_page()
    other.sign_in("emma")
    assert other.looks_at() == [LYNXES.team]
    assert other.has_been_sent(WORDS) == set(LYNXES.words)
    # The first browser is still signed in: her link opens her team there.
    first.link(f"?a={lynxes}&b=CHN")
    first.page.get_by_role("heading", name=f"{LYNXES.team} and China").wait_for()
    # The same cookie with one letter changed, as someone would make it up, opens nothing.
    (cookie,) = [c for c in first.context.cookies() if c["name"] == "_streamlit_user"]
    begin, letter, end = cookie["value"][:9], cookie["value"][9], cookie["value"][10:]
    thief = person(served)
    made_up = begin + ("C" if letter == "B" else "B") + end
    thief.context.add_cookies([cookie | {"value": made_up}])
    thief.teams_page()
    thief.sees_no_team(SIGN_IN)
    assert thief.has_been_sent(WORDS) == set()


def test_nothing_that_is_typed_reaches_the_output(person, served, trusted):
    fred = person(served, trusted)
    fred.teams_page()
    fred.sign_in("fred")
    bad = f"{OKAPIS.team}\t{ZEBRAS.words[1]}\t{OKAPIS.words[1]}\t3\t4\t5\t6"
    fred.make(Table(TAPIRS.team, (), f"{TAPIRS.pasted}\n{bad}"))
    name = fred.page.get_by_label("Name", exact=True)
    name.fill(LYNXES.team)
    name.press("Enter")
    fred.page.get_by_text(f"“{LYNXES.team}” is changed.").wait_for()
    fred.page.get_by_role("button", name="Delete", exact=True).click()
    fred.page.get_by_text(f"“{LYNXES.team}” is deleted.").wait_for()
    fred.page.get_by_role("button", name=f"Bring back “{LYNXES.team}”").click()
    fred.page.get_by_text(f"“{LYNXES.team}” is back.").wait_for()
    fred.rest()
    assert_says_nothing(served)


def test_two_sessions_on_a_server_that_keeps_nothing_never_see_each_other(person, start):
    server = start("none")
    ann, ben = person(server), person(server)
    for one, own in ((ann, ZEBRAS), (ben, OKAPIS)):
        one.teams_page()
        one.sees_no_team("Teams stay in this browser tab only")
        one.make(own)
    zebras, _ = ann.take_our_side(), ben.take_our_side()
    assert ann.looks_at() == [ZEBRAS.team]
    assert ben.looks_at() == [OKAPIS.team]
    ben.turn_to_compare()
    assert ben.offered("Our side")[0] == f"{OKAPIS.team} · your team"
    ben.is_refused(zebras, ON_BRIEF)
    assert ann.has_been_sent(WORDS) == set(ZEBRAS.words)
    assert ben.has_been_sent(WORDS) == set(OKAPIS.words)
    assert_says_nothing(server)


@pytest.mark.parametrize(("listen", "keeps"), [("127.0.0.1", True), ("0.0.0.0", False)])
def test_without_sign_in_only_a_server_of_ones_own_machine_keeps(
    person, start, tmp_path, listen, keeps
):
    server = start("", listen=listen)
    one = person(server)
    one.teams_page()
    said = "in a file on this machine" if keeps else "no sign-in, so it keeps nothing"
    one.sees_no_team(said)
    one.make(ZEBRAS)
    other = person(server)
    other.teams_page()
    if keeps:
        assert other.looks_at() == [ZEBRAS.team]
    else:
        other.sees_no_team(said)
    assert other.has_been_sent(WORDS) == (set(ZEBRAS.words) if keeps else set())
    assert bool(list(tmp_path.rglob("*.db"))) == keeps
    assert_says_nothing(server)
