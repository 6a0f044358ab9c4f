"""The journeys through the Brief page in a real browser."""

import io
import json
import re

import pytest
from pypdf import PdfReader

from benchmarks.server import ROOT, running
from tests.e2e.conftest import Visit, at_rest, cut_off
from tests.e2e.test_compare import choose, heading

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def cell_at(page, sheet, row, across):
    """Open the editor of a cell; the cells are drawn on a canvas, so it is found by its place."""
    table = page.get_by_test_id("stDataFrame").nth(sheet)
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = table.bounding_box()
    place = box["x"] + box["width"] * across, box["y"] + 53 + 35 * row
    page.mouse.click(*place)
    page.wait_for_timeout(300)
    page.mouse.dblclick(*place)


def on_paper(page):
    """Open the print view, and wait until all of it is there."""
    page.get_by_role("button", name="Print view").click()
    page.get_by_text("The brief", exact=True).click()
    page.wait_for_url(re.compile("print=1"))
    return at_rest(page)


def type_into(page, row, typed):
    """Write into the last column of the first open worksheet, as a person does."""
    cell_at(page, 0, row, 0.75)
    editor = page.locator("#portal textarea")
    editor.fill(typed)
    page.wait_for_timeout(300)
    editor.press("Enter")
    page.locator(f'[data-testid="glide-cell-3-{row}"]', has_text=typed).wait_for(state="attached")
    at_rest(page)


def test_from_compare_to_a_brief_with_the_parties_kept(visit):
    page = visit().open("?a=USA&b=JPN")
    page.get_by_role("link", name="Prepare the brief").click()
    heading(page, "Prepare for these").wait_for()
    heading(page, "The United States and Japan").wait_for()
    page.wait_for_url(re.compile(r"/brief\?a=USA&b=JPN$"))
    choose(page, "Their side", "Brazil")
    heading(page, "The United States and Brazil").wait_for()
    page.get_by_test_id("stTopNavLink").get_by_text("Compare").click()
    heading(page, "How sure are we?").wait_for()
    page.wait_for_url(re.compile(r"/\?a=USA&b=BRA$"))
    page.go_back()  # to the bare address that the menu leads through
    page.wait_for_url(re.compile(r"/$"))
    heading(page, "The United States and Brazil").wait_for()
    page.go_back()
    heading(page, "Prepare for these").wait_for()


def test_a_brief_opened_as_the_first_request_after_a_start_has_its_menu(browser):
    with running(ROOT / "app.py", ROOT) as server:
        visit = Visit(browser, server)
        page = visit.open("brief?a=SWE&b=FIN&deal=service")
        heading(page, "Sweden and Finland").wait_for()
        page.get_by_test_id("stTopNavLink").get_by_text("Compare").wait_for()
        assert page.url.endswith("/brief?a=SWE&b=FIN&deal=service")
        assert page.title() == "Brief · Parley"
        visit.context.close()
        assert visit.faults == []


def test_the_deal_form_decides_and_its_answers_travel_in_the_link(visit):
    first = visit()
    page = first.open("brief?a=NLD&b=CHN")
    page.get_by_text("Describe the deal", exact=True).click()
    page.get_by_text("We expect to deal with them again").click()
    page.get_by_text("Nothing in the form decides it").wait_for()
    page.get_by_role("button", name="molds", exact=True).click()
    page.get_by_text("Because they hold your molds.").wait_for()
    page.wait_for_url(re.compile("hold=molds"))
    at_rest(page)
    link = page.locator('[data-testid="stCode"]').inner_text().strip()
    assert link == page.url
    other = visit().open(link.split("/")[-1])
    other.get_by_text("Because they hold your molds.").wait_for()


def test_what_is_typed_into_a_worksheet_stays(visit):
    page = visit().open("brief?a=NLD&b=CHN")
    page.get_by_text("Worksheets: information").click()
    page.get_by_test_id("stDataFrame").first.wait_for()
    at_rest(page)
    type_into(page, 0, "a family")
    type_into(page, 1, "two names")
    page.get_by_role("button", name="Start again from the deal").wait_for()
    page.get_by_role("button", name="Swap").click()
    heading(page, "China and the Netherlands").wait_for()
    page.get_by_test_id("stTopNavLink").get_by_text("Compare").click()
    heading(page, "How sure are we?").wait_for()
    page.get_by_test_id("stTopNavLink").get_by_text("Brief").click()
    heading(page, "Prepare for these").wait_for()
    on_paper(page)
    page.get_by_role("cell", name="a family").wait_for()
    page.get_by_role("cell", name="two names").wait_for()
    page.go_back()
    heading(page, "Workspace").or_(page.get_by_text("Workspace: save and open")).first.wait_for()


def test_a_workspace_goes_from_one_browser_to_another(visit, tmp_path):
    page = visit().open("brief?a=DEU&b=BRA&deal=distribution")
    page.get_by_text("Describe the deal", exact=True).click()
    page.get_by_label("Total value").fill("250000")
    page.keyboard.press("Enter")
    page.get_by_text("Amounts and the subject are not in it").wait_for()
    page.get_by_text("Workspace: save and open").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the workspace").click()
    saved = waiting.value
    assert re.fullmatch(
        r"parley-workspace-germany-brazil-\d{4}-\d\d-\d\d\.json", saved.suggested_filename
    )
    path = tmp_path / saved.suggested_filename
    saved.save_as(path)
    assert json.loads(path.read_text("utf-8"))["deal"]["total"] == 250_000
    other = visit().open("brief?a=SWE&b=FIN")
    other.get_by_text("Workspace: save and open").click()
    other.locator('input[type="file"]').set_input_files(path)
    heading(other, "Germany and Brazil").wait_for()
    other.get_by_text("about EUR 12,000").first.wait_for()  # 5 % of the total, roughly
    other.get_by_role("button", name="Undo opening").click()
    heading(other, "Sweden and Finland").wait_for()
    at_rest(other)
    other.get_by_role("button", name="Undo opening").wait_for(state="detached")
    path.write_text(path.read_text("utf-8")[:100], "utf-8")
    other.locator('input[type="file"]').set_input_files(path)
    other.get_by_text("The file is damaged or no workspace").wait_for()
    heading(other, "Sweden and Finland").wait_for()


MUCH_TOLD = "deal=supply&hold=molds&initiative=passive&yes=hard_phase,tight_deadline"


@pytest.mark.parametrize(
    "link",
    [
        "brief?a=NLD&b=CHN&deal=supply&hold=molds&initiative=passive&yes=hard_phase",
        "brief?a=USA&b=JPN&deal=licence&yes=ip_at_stake",
        "brief?a=DEU&b=BRA&deal=distribution",
        f"brief?a=TTO&b=CHE-FR&{MUCH_TOLD}",
        f"brief?a=SAU&b=NGA&{MUCH_TOLD}",
    ],
)
def test_the_decision_page_prints_on_one_sheet(visit, link):
    page = visit().open(link)
    on_paper(page)
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "10mm")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", margin=margin))).pages
    first = " ".join(sheets[0].extract_text().split())
    for said in ("Negotiate the relationship", "Say early", "Prepare for these"):
        assert said in first, said
    assert re.search(r"Ask first: “[^”]+\?”", first)
    assert "Evidence from A (many studies) to C (few)." in first  # the last line of the sheet
    assert 2 <= first.count("First move") <= (3 if "passive" in link else 4)
    # What a sheet has no room for stands on the next one.
    if regional := "SAU" in link:
        assert "stands on the next sheet" in first
    assert ("has no score of its own" in " ".join(sheets[1].extract_text().split())) == regional
    assert ("your firmness may come as a surprise" in first) == ("passive" in link)
    assert "Stage by stage" in " ".join(sheet.extract_text() for sheet in sheets[:2])
    controls = [f"[data-testid=st{kind}]" for kind in ("Button", "Checkbox", "MenuButton")]
    assert page.get_by_test_id("stMain").locator(", ".join([*controls, "input"])).count() == 0
    assert "Leave the print view" not in " ".join(sheet.extract_text() for sheet in sheets)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("button", name="Leave the print view").click()
    page.get_by_role("button", name="Print view").wait_for()
    page.wait_for_url(lambda address: "deal=" in address and "print=" not in address)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_nothing_is_cut_off_on_the_brief(visit, width, scheme):
    profile = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = visit(**profile).open("brief?a=TTO&b=CHE-FR&more=KEN,ISR&deal=supply&hold=molds")
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot').length === 1")
    assert cut_off(page) <= 0


def test_a_stage_is_opened_and_its_evidence_with_the_keyboard(visit):
    page = visit().open("brief?a=NLD&b=CHN")
    tab = page.get_by_role("tab", name=re.compile("Relationship"))
    tab.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    heading(page, "They may open far from the goal and give way step by step").wait_for()
    page.get_by_text("Evidence, exceptions and sources").click()
    page.get_by_text("Rests on:").first.wait_for()


@pytest.mark.parametrize("width", [1400, 390])
def test_after_the_meeting_a_prediction_is_marked_and_counted(visit, width):
    page = visit(viewport={"width": width, "height": 900}).open("brief?a=NLD&b=CHN")
    page.get_by_text("After the meeting: what was seen?").click()
    first = page.get_by_role("radiogroup").first
    first.wait_for()
    at_rest(page)
    every = page.get_by_text("Other way round", exact=True)
    assert every.count() == page.get_by_role("radiogroup").count() > 5
    box = page.get_by_test_id("stExpander").filter(has=first).bounding_box()
    for place in range(every.count()):  # what is to be filled in stands in sight
        answer = every.nth(place).bounding_box()
        assert box["x"] < answer["x"]
        assert answer["x"] + answer["width"] < box["x"] + box["width"]
    page.get_by_text("Seen", exact=True).first.click()
    page.get_by_text("1 of 1 predictions were seen").wait_for()
    page.get_by_placeholder("Note").fill("over dinner")
    page.get_by_placeholder("Note").press("Enter")
    at_rest(page)
    page.get_by_text("Seen", exact=True).first.click()
    page.get_by_text("Mark what you saw; then you see here").wait_for()
