"""A person's own edition of the scores, from a table to the comparison, in a real browser."""

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import cut_off
from tests.e2e.test_compare import heading
from tests.pages.test_editions import NEWER

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def made(one):
    """Make an edition of a table in the manner of a spreadsheet in Western Europe, and use it."""
    page = one.page
    page.goto(f"{one.address}/teams")
    page.get_by_text("Upload or paste scores").click(timeout=60_000)
    page.get_by_label("Or paste the table here").wait_for()
    table = NEWER.replace("\t", ";") + "\nAtlántida;1;2;3;4;5;6"
    page.locator("input[type=file]").last.set_input_files(
        {"name": "Scores of 2023.csv", "mimeType": "text/csv", "buffer": table.encode("cp1252")}
    )
    page.get_by_text("found “Atlántida”").wait_for()
    page.get_by_role("button", name="Make this edition").click()
    page.get_by_role("button", name="Use these scores").click()
    page.get_by_role("button", name="Stop using them").wait_for()
    return page


def go(page, name):
    link = page.get_by_test_id("stTopNavLink").get_by_text(name)
    if not link.is_visible():  # on a phone the menu is in the sidebar
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_test_id("stSidebarNavLink").get_by_text(name).click()
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    else:
        link.click()


def test_from_a_file_to_every_page_and_away(visit):
    page = made(visit())
    go(page, "Compare")
    heading(page, "Your edition beside Hofstede 2015").wait_for(timeout=60_000)
    page.get_by_text("In your edition they stand at 84 instead of 93").wait_for()
    page.get_by_text("so no link opens it elsewhere").wait_for()
    page.get_by_text("Download: slides").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Data (JSON)", exact=True).click()
    found = json.loads(Path(waiting.value.path()).read_text("utf-8"))
    assert "uploaded as “Scores of 2023”, not checked" in found["stamp"]["source"]
    assert found["stamp"]["link"] is None
    address = page.url
    assert "2023" not in address

    other = visit()
    other.page.goto(address)
    other.page.get_by_text("is an edition of someone’s own that is not here").wait_for(
        timeout=60_000
    )
    other.page.get_by_text("This link opens the same view again").wait_for()

    go(page, "Teams")
    page.get_by_role("button", name="Delete").last.click()
    page.get_by_text("Every page rests on Hofstede 2015 again").wait_for()
    page.get_by_role("button", name="Bring back “Scores of 2023”").click()
    page.get_by_role("button", name="Stop using them").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(visit, scheme):
    page = made(visit(viewport={"width": 390, "height": 844}, color_scheme=scheme))
    assert cut_off(page) <= 0
    go(page, "Compare")
    heading(page, "Your edition beside Hofstede 2015").wait_for(timeout=60_000)
    page.get_by_text("Take it away").wait_for()
    assert cut_off(page) <= 0
