"""The Atlas page in a real browser whose every request to elsewhere is refused."""

import csv
import io
import re
from pathlib import Path

import pytest

from benchmarks.server import ROOT, running
from tests.e2e.conftest import Visit, at_rest, cut_off
from tests.e2e.test_compare import heading

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# The same app whose map is not told where its outlines are.
WITHOUT = """from pages.shared import atlas_sections
atlas_sections.outlines_config = dict
from pages.shared.frame import navigate
navigate().run()
"""
DRAWN = "path.choroplethlocation"
# Where a country lies on the screen: the middle of its path.
PLACE = """id => {
  const found = [...document.querySelectorAll('path.choroplethlocation')].find(
      path => path.__data__ && path.__data__.loc === id);
  const box = found.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


class AtlasVisit(Visit):
    def _listen(self, message):
        # From a page of its own Streamlit first asks for its health beside that page.
        if "/atlas/_stcore/" not in (message.location or {}).get("url", ""):
            super()._listen(message)

    def open(self, link=""):
        self.page.goto(f"{self.address}/atlas{link}")
        heading(self.page, "Who is like whom").wait_for(timeout=60_000)
        return at_rest(self.page)


@pytest.fixture
def atlas(browser, server):
    visits = []

    def start(**profile):
        visits.append(AtlasVisit(browser, server, **profile))
        return visits[-1]

    yield start
    for one in visits:
        one.context.close()
        assert one.faults == []


def drawn(page):
    page.locator(DRAWN).first.wait_for(state="attached", timeout=30_000)
    return page.locator(DRAWN).count()


def test_the_map_is_drawn_with_every_outside_request_refused(atlas):
    visit = atlas()
    page = visit.open("?a=NLD&b=CHN")
    assert drawn(page) > 150
    assert page.title() == "Atlas · Parley"
    page.get_by_role("figure", name=re.compile("A map of the world by distance")).wait_for()


def test_without_its_setting_the_map_asks_the_internet_and_is_not_drawn(browser, tmp_path):
    for name in ("pages", "analysis", "data", "static", ".streamlit"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "app.py").write_text(WITHOUT, "utf-8")
    with running(tmp_path / "app.py", tmp_path) as server:
        visit = AtlasVisit(browser, server)
        with visit.page.expect_request(re.compile("/un/"), timeout=60_000):
            page = visit.open("?a=NLD&b=CHN")
        page.wait_for_timeout(1500)
        assert page.locator(DRAWN).count() == 0
        assert any("left the machine" in fault and "/un/" in fault for fault in visit.faults)
        visit.context.close()


def test_a_click_on_a_country_puts_it_on_their_side(atlas):
    page = atlas(viewport={"width": 1400, "height": 1100}).open("?a=NLD&b=CHN")
    drawn(page)
    page.mouse.click(*page.evaluate(PLACE, "BRA"))
    page.wait_for_url(re.compile(r"/atlas\?a=NLD&b=BRA$"))
    at_rest(page)
    assert drawn(page) > 150
    page.mouse.click(*page.evaluate(PLACE, "AUS"))
    page.wait_for_url(re.compile(r"/atlas\?a=NLD&b=AUS$"))


def test_a_click_on_a_country_without_any_scores_says_so(atlas):
    page = atlas().open("?a=NLD&b=CHN")
    drawn(page)
    page.mouse.click(*page.evaluate(PLACE, "TCD"))
    page.get_by_text("No scores for Chad here").wait_for()
    page.wait_for_url(re.compile(r"/atlas\?a=NLD&b=CHN$"))


def test_back_and_forward_lead_through_what_the_map_showed(atlas):
    page = atlas().open("?a=NLD&b=CHN&map=idv")
    heading(
        page, "Individualism is highest in the United States and lowest in Guatemala"
    ).wait_for()
    page.get_by_text("Europe", exact=True).first.click()
    page.wait_for_url(re.compile(r"map=idv&part=europe$"))
    page.go_back()
    page.wait_for_url(re.compile(r"map=idv$"))
    page.get_by_role("radio", name="World", checked=True).wait_for()
    page.go_forward()
    page.wait_for_url(re.compile(r"part=europe$"))
    page.get_by_role("radio", name="Europe", checked=True).wait_for()


def test_a_click_on_a_hatched_country_of_the_tables_says_so(atlas):
    page = atlas().open("?a=NLD&b=CHN")
    drawn(page)
    page.mouse.click(*page.evaluate(PLACE, "DZA"))
    page.get_by_text("Too few scores for Algeria here").wait_for()
    page.wait_for_url(re.compile(r"/atlas\?a=NLD&b=CHN$"))


def test_the_keyboard_chooses_a_country_too(atlas):
    page = atlas().open("?a=NLD&b=CHN")
    box = page.get_by_role("combobox", name=re.compile("Their side: click on the map"))
    box.focus()
    box.press_sequentially("Brazil")
    page.wait_for_timeout(400)
    box.press("Enter")
    page.wait_for_url(re.compile(r"/atlas\?a=NLD&b=BRA$"))


def test_the_matrix_is_a_file_of_all_pairs(atlas):
    page = atlas().open("?a=NLD&b=CHN")
    page.get_by_text("Every distance: the whole matrix").click()
    button = page.get_by_role("button", name="The matrix (CSV)")
    button.wait_for()
    with page.expect_download() as waiting:
        button.click()
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    header, *rows = list(csv.reader(io.StringIO(text)))
    size = len(header) - 1
    assert [row[0] for row in rows[:size]] == header[1:]
    found = {
        (row[0], other): float(cell)
        for row in rows[:size]
        for other, cell in zip(header[1:], row[1:], strict=True)
    }
    assert found["NLD", "NLD"] == 0
    assert found["NLD", "CHN"] == found["CHN", "NLD"] > 1
    assert "Parley data" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_on_a_phone(atlas, scheme):
    page = atlas(viewport={"width": 390, "height": 844}, color_scheme=scheme).open("?a=NLD&b=CHN")
    drawn(page)
    for part in ("Groups of countries", "Clusters: the tree", "Every distance: the whole"):
        page.get_by_text(part).click()
    page.get_by_role("button", name="The matrix (CSV)").wait_for()
    assert cut_off(page) <= 0
    page.get_by_text("Europe", exact=True).first.click()
    page.wait_for_timeout(800)
    assert drawn(page) > 100


def test_the_page_is_in_the_menu_and_keeps_the_view(atlas):
    visit = atlas()
    page = visit.open("?a=USA&b=JPN")
    page.get_by_test_id("stTopNavLink").get_by_text("Compare").click()
    heading(page, "The United States and Japan").wait_for()
    page.get_by_test_id("stTopNavLink").get_by_text("Atlas").click()
    heading(page, "The world from the United States").wait_for()
    page.wait_for_url(re.compile(r"/atlas\?a=USA&b=JPN$"))
