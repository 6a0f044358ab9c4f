"""The Methods page in a real browser: formulas typeset, items reached from other pages."""

import re

import pytest

from tests.e2e.conftest import Visit, cut_off
from tests.e2e.test_compare import heading

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class MethodsVisit(Visit):
    def _listen(self, message):
        # From a page of its own Streamlit first asks for its health beside that page.
        if "/methods/_stcore/" not in (message.location or {}).get("url", ""):
            super()._listen(message)

    def open(self, link="", name="How every number is made"):
        self.page.goto(f"{self.address}/methods{link}")
        heading(self.page, name).wait_for(timeout=60_000)
        self.page.get_by_text("Parley data").wait_for()
        return self.page


@pytest.fixture
def methods(browser, server):
    visits = []

    def start(**profile):
        visits.append(MethodsVisit(browser, server, **profile))
        return visits[-1]

    yield start
    for one in visits:
        one.context.close()
        assert one.faults == []


def formulas(page):
    page.locator(".katex-display").first.wait_for()
    assert page.locator(".katex-error").count() == 0
    return page.locator(".katex-display")


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_item_stands_open_at_the_top_and_nothing_is_cut_off(methods, width, scheme):
    visit = methods(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = visit.open("?show=measure-mahalanobis&a=USA&b=JPN", "Where this comes from")
    item = heading(page, "Mahalanobis")
    assert item.bounding_box()["y"] < 500
    assert formulas(page).count() == 3
    page.get_by_text("On the page: 4.4976").wait_for()
    page.get_by_text("Cite this number").wait_for()
    assert cut_off_but_scrolled(page) <= 0
    assert page.evaluate(
        "() => [...document.querySelectorAll('.katex-display')].every("
        "f => f.scrollWidth <= f.clientWidth + 4)"
    )


def cut_off_but_scrolled(page):
    """A wide table in a part that scrolls by itself is not cut off."""
    return page.evaluate(
        """() => {
          const main = document.querySelector('[data-testid=stMain]');
          return main.scrollWidth - main.clientWidth;
        }"""
    )


def test_a_link_beside_a_number_opens_its_item_in_a_new_tab_with_the_same_pair(methods):
    visit = methods()
    page = visit.page
    page.goto(f"{visit.address}/?a=DEU&b=BRA&ref=all")
    link = page.get_by_role("link", name="Manhattan", exact=True)
    link.wait_for(timeout=60_000)
    with visit.context.expect_page() as opened:
        link.click()
    tab = opened.value
    heading(tab, "Manhattan").wait_for(timeout=60_000)
    heading(tab, "With Germany and Brazil").wait_for()
    assert re.search(r"/methods\?show=measure-manhattan&a=DEU&b=BRA&ref=all$", tab.url)
    assert formulas(tab).count() == 3
    assert page.url.endswith("/?a=DEU&b=BRA&ref=all")  # nothing made here is lost


def test_a_link_from_another_page_than_the_first_leads_there_too(methods):
    visit = methods()
    page = visit.page
    page.goto(f"{visit.address}/brief?a=USA&b=JPN")
    link = page.get_by_role("link", name="Trust before the first deal", exact=True).first
    link.wait_for(timeout=60_000)
    with visit.context.expect_page() as opened:
        link.click()
    tab = opened.value
    heading(tab, "Trust before the first deal").wait_for(timeout=60_000)
    assert "/methods?show=topic-trust_before_transaction&a=USA&b=JPN" in tab.url


def test_the_contents_lead_to_a_section_and_an_item_opens_there(methods):
    page = methods(viewport={"width": 390, "height": 900}).open("?a=NLD&b=CHN")
    page.get_by_role("link", name="How well it holds").click()
    target = heading(page, "How well it holds")
    page.wait_for_function(
        "() => document.getElementById('worth').getBoundingClientRect().top < 400"
    )
    assert target.bounding_box()["y"] >= 0
    page.get_by_text("Where the friction model held, and where it failed").click()
    page.get_by_text("Cultural tightness (39 countries)").wait_for()
    assert cut_off(page) <= 0


def test_the_anchor_of_a_section_works_from_outside(methods):
    page = methods().open("?a=NLD&b=CHN#citing")
    page.wait_for_function(
        "() => document.getElementById('citing').getBoundingClientRect().top < innerHeight"
    )


def test_closing_an_item_leaves_its_address(methods):
    page = methods().open("?show=interval&a=NLD&b=CHN", "Where this comes from")
    page.get_by_role("button", name="Close this and show the contents").click()
    heading(page, "How every number is made").wait_for()
    page.wait_for_url(re.compile(r"/methods\?a=NLD&b=CHN$"))
