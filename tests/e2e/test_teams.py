"""A team of one's own, from a file to the table, in a real browser."""

import json
from pathlib import Path

import pytest

from analysis.teams.reading import template
from tests.e2e.conftest import cut_off
from tests.e2e.test_compare import heading

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MEMBERS = (
    "name;culture;weight\nAnna;NLD;1\nBo;NLD:0,5 / CHN:0,5;1\nCarl;Germany;2\nEve;Atlantis;1\n"
)


def opened(visit, **profile):
    one = visit(**profile)
    one.page.goto(f"{one.address}/teams")
    heading(one.page, "Your own team").wait_for(timeout=60_000)
    return one.page


def add(page, name, content):
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode("cp1252")}
    )
    page.get_by_role("button", name="Add this team").click()
    heading(page, Path(name).stem).wait_for()


def test_from_a_file_with_a_bad_row_to_the_table_and_away(visit):
    page = opened(visit)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "Équipe.csv", "mimeType": "text/csv", "buffer": MEMBERS.encode("cp1252")}
    )
    page.get_by_text("found “Atlantis”").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Rows left out, with the reason").click()
    rejected = Path(waiting.value.path()).read_text("utf-8-sig")
    assert "Eve" in rejected
    assert "Anna" not in rejected
    page.get_by_role("button", name="Add this team").click()
    heading(page, "Équipe").wait_for()
    page.get_by_role("button", name="Use as our side").click()
    page.get_by_text("now stands on our side").wait_for()
    page.get_by_test_id("stTopNavLink").get_by_text("Compare").click()
    heading(page, "Équipe and China").wait_for()
    page.get_by_text("no link opens it elsewhere").wait_for()
    page.get_by_text("Download: slides").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Data (JSON)", exact=True).click()
    found = json.loads(Path(waiting.value.path()).read_text("utf-8"))
    assert found["a"]["name"] == "Équipe"
    assert found["stamp"]["link"] is None
    assert "quipe" not in page.url.lower()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone(visit, scheme):
    page = opened(visit, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    add(page, "Team.csv", MEMBERS)
    page.locator(".js-plotly-plot").wait_for()
    assert cut_off(page) <= 0


def test_the_page_with_answers_and_subgroups_fits_a_phone(visit):
    page = opened(visit, viewport={"width": 390, "height": 844})
    tabs = page.get_by_role("tab").all()
    assert all(tab.bounding_box()["x"] + tab.bounding_box()["width"] <= 390 for tab in tabs)
    add(page, "Team.csv", template("answers", filled=True).decode("utf-8-sig"))
    page.get_by_text("What these scores are not for").wait_for()
    page.get_by_text("Subgroup (people)").first.wait_for()
    assert cut_off(page) <= 0


def test_a_workspace_carries_a_team_to_another_browser_and_asks_before_replacing(visit, tmp_path):
    page = opened(visit)
    add(page, "Harbour.csv", MEMBERS)
    page.get_by_role("button", name="Use as our side").click()
    page.get_by_text("now stands on our side").wait_for()
    page.get_by_test_id("stTopNavLink").get_by_text("Brief").click()
    heading(page, "Harbour and China").wait_for()
    page.get_by_text("Workspace: save and open").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the workspace").click()
    path = tmp_path / "workspace.json"
    path.write_bytes(Path(waiting.value.path()).read_bytes())

    other = visit().open("brief?a=FRA&b=ITA")
    other.get_by_text("Workspace: save and open").click()
    other.locator("input[type=file]").set_input_files(path)
    heading(other, "Harbour and China").wait_for()

    held = json.loads(path.read_text("utf-8"))
    held["teams"][0]["name"] = "Port"
    path.write_text(json.dumps(held), "utf-8")
    other.locator("input[type=file]").set_input_files(path)
    other.get_by_text("hold different versions of the team “Harbour”").wait_for()
    heading(other, "Harbour and China").wait_for()
    other.get_by_role("button", name="Take the file’s").click()
    heading(other, "Port and China").wait_for()
    other.get_by_role("button", name="Undo opening").click()
    heading(other, "Harbour and China").wait_for()
