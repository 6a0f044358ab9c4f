"""Names and notes that are markup: on every page they are letters, in a real browser."""

import json

import pytest

from analysis.link import View
from analysis.settings import default_settings
from analysis.tables import load_tables
from analysis.teams.party import with_teams
from analysis.teams.team import Culture, Member, Team
from analysis.workspace import Workspace, write_workspace
from tests.e2e.conftest import at_rest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAMES = (
    "<img src=x onerror=hostile=1> A",
    "[B](javascript:hostile=1) <b id=hostile-b>B</b>",
    '<a href="http://hostile.example/">C</a>',
    "![D](http://hostile.example/d.png) D",
    "<script>hostile=1</script><i id=hostile-i>E</i> &lt;b&gt;",
    ":material/skull: :red[hostile] $hostile^2$ **F** `F`",
)
NOTE = (
    "<svg onload=hostile=1><u id=hostile-u>N</u> [N](javascript:hostile=1) http://hostile.example"
)
MADE = """() => {
  const made = [];
  const look = (root) => {
    for (const one of root.querySelectorAll('*')) {
      if (one.shadowRoot) look(one.shadowRoot);
      if (/^hostile/.test(one.id)) made.push(one.outerHTML);
      if (one.matches('script, iframe, object, embed, math, .katex')
          && /hostile/.test(one.outerHTML)) made.push(one.outerHTML);
      if (one.matches('[data-testid=stIconMaterial]') && one.textContent === 'skull')
        made.push(one.outerHTML);
      if (one.children.length === 0 && one.textContent === 'hostile') made.push(one.outerHTML);
      for (const {name, value} of one.attributes) {
        if (/^on/.test(name) || (/href|src|action|srcdoc|data$/.test(name)
            && /hostile|javascript:/.test(value))) made.push(`${name}=${value}`);
      }
    }
  };
  look(document);
  if (window.hostile !== undefined) made.push('it ran');
  return made;
}"""
OPENED = ("The numbers in this picture", "Who adapts", "Worksheets", "After the meeting")


def workspace_file(tmp_path):
    """Return a workspace with six hostile teams in view, and notes of every kind."""
    tables = load_tables()
    spread = (38.0, 80.0, 14.0, 53.0, 67.0, 68.0)
    teams = [
        Team(f"TEAM-HOSTILE{n}", name, "scores", scores=tuple(s + 3 * n for s in spread), size=9)
        for n, name in enumerate(NAMES)
    ]
    teams[2] = Team(
        "TEAM-HOSTILE2", NAMES[2], "members",
        members=tuple(Member(n[:60], (Culture("NLD", 0.5), Culture("CHN", 0.5))) for n in NAMES),
    )  # fmt: skip
    own = with_teams(tables, teams)
    ids = [team.id for team in teams]
    view = View(ids[0], ids[1], tuple(ids[2:]), default_settings(own))
    pair = "+".join(sorted(ids[:2]))
    sheets = {pair: {"information": [{"about": NOTE, "what": NOTE, "answer": NOTE}]}}
    content = write_workspace(own, Workspace(view, sheets, {}, {t.id: t for t in teams}))
    held = json.loads(content)
    held["deal"] = {"subject": NOTE, "total": 1000}
    path = tmp_path / "workspace.json"
    path.write_text(json.dumps(held), "utf-8")
    return path


def turn_to(page, name):
    page.get_by_test_id("stTopNavLink").get_by_text(name, exact=True).click()
    page.get_by_text("numbers cannot say").or_(page.get_by_text("Parley data")).last.wait_for()
    at_rest(page)


def check(page, shown):
    at_rest(page)
    assert page.evaluate(MADE) == []
    for name in shown:
        page.get_by_text(name).first.wait_for(state="attached")


def test_a_hostile_name_is_letters_on_every_page(visit, tmp_path):
    page = visit().open("brief")
    page.set_default_timeout(90_000)
    page.get_by_text("Workspace: save and open").click()
    page.locator("input[type=file]").set_input_files(workspace_file(tmp_path))
    page.get_by_role("button", name="Undo opening").wait_for()
    check(page, NAMES[:2])
    for label in ("After the meeting", "Worksheets"):
        for part in page.locator("summary").filter(has_text=label).all():
            part.click()
            check(page, ())
    turn_to(page, "Compare")
    check(page, NAMES[:2])
    for part in page.locator("summary").filter(has_text="The numbers in this picture").all()[:3]:
        part.click()
        check(page, ())
    for name in ("Teams", "Atlas", "Methods", "Bulk"):
        turn_to(page, name)
        check(page, ())


def test_hostile_columns_and_parties_of_a_pair_file_are_letters(visit, tmp_path):
    rows = ["exporter,importer,note", "NLD,CHN,x", *(f'NLD,"{n.replace(chr(34), chr(34) * 2)}",x'
                                                      for n in NAMES)]  # fmt: skip
    rows[0] = f'exporter,importer,"{NAMES[0]}"'
    path = tmp_path / "<img src=x onerror=hostile=1>.csv"
    path.write_text("\n".join(rows), "utf-8")
    one = visit()
    one.page.goto(f"{one.address}/bulk")
    page = at_rest(one.page)
    page.set_default_timeout(90_000)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_text("Not understood: these rows get no value").wait_for()
    check(page, (NAMES[0], NAMES[4][:20]))


@pytest.mark.parametrize("page_name", ["", "brief", "methods"])
def test_a_hostile_link_is_letters(visit, page_name):
    link = (
        f"{page_name}?a=%3Cimg%20src%3Dx%20onerror%3Dhostile%3D1%3E&measure=%5BB%5D(javascript:hostile=1)"
        "&more=%3Cb%20id%3Dhostile-b%3EB%3C/b%3E&show=%3Ci%20id%3Dhostile-i%3E[x](javascript:hostile=1)"
        "&framework=http://hostile.example&kind=$hostile$&yes=:material/skull:"
    )
    one = visit()
    one.page.goto(f"{one.address}/{link}")
    one.page.get_by_text("Parley data").last.wait_for(timeout=90_000)
    check(one.page, ("<img src=x onerror=hostile=1>",))
