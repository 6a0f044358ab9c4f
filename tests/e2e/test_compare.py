"""The main journeys in a real browser."""

import re

import pytest

from benchmarks.pages import BROWSER_OPTIONS
from benchmarks.server import ROOT, running
from tests.e2e.conftest import Visit, cut_off

# One process for all of them: they share a server and a browser.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def choose(page, label, typed):
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(typed)
    page.get_by_role("option").first.wait_for()
    first = page.get_by_role("option").first.inner_text()
    box.press("Enter")
    return first


def heading(page, name):
    return page.get_by_role("heading", name=name, exact=True)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Holland", "Netherlands"), ("UK", "UK (United Kingdom)"), ("Korea", "South Korea"),
        ("Czechia", "Czechia"), ("Türkiye", "Türkiye"), ("Turkiye", "Türkiye"),
        ("BRA", "Brazil"), ("US", "US (United States)"), ("China", "China"),
        ("germny", "Germany"), ("England", "UK (United Kingdom)"),
        ("UAE", "UAE (United Arab Emirates)"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_what_people_type(visit, typed, found):
    page = visit().open("?a=FRA&b=ITA")
    box = page.get_by_role("combobox", name="Our side")
    box.click()
    box.fill(typed)
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").first.inner_text().split(" · ")[0] == found


def test_the_main_journey_pick_read_and_come_back_by_the_link(visit):
    first = visit()
    page = first.open()
    heading(page, "The Netherlands and China").wait_for()
    choose(page, "Their side", "Japan")
    heading(page, "The Netherlands and Japan").wait_for()
    page.wait_for_url(re.compile(r"\?a=NLD&b=JPN$"))
    page.get_by_role("button", name="Swap").click()
    heading(page, "Japan and the Netherlands").wait_for()
    page.wait_for_url(re.compile(r"\?a=JPN&b=NLD$"))
    # The link at the foot comes with the rest of the page, a moment after the address.
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stCode]').innerText.trim() === location.href"
    )
    link = page.locator('[data-testid="stCode"]').inner_text().strip()
    other = visit().open(link.split("/")[-1])
    heading(other, "Japan and the Netherlands").wait_for()


def test_a_further_party_is_one_party(visit):
    page = visit().open()
    box = page.get_by_role("combobox", name="Further parties (up to 4)")
    box.click()
    box.fill("India")
    page.get_by_role("option", name="India · IND").click()
    page.keyboard.press("Escape")
    heading(page, "All parties, two by two").wait_for()
    page.wait_for_url(re.compile("more=IND$"))


def test_back_and_forward_go_through_the_views(visit):
    page = visit().open("?a=NLD&b=CHN")
    choose(page, "Their side", "BRA")
    heading(page, "The Netherlands and Brazil").wait_for()
    page.wait_for_url(re.compile("b=BRA"))
    choose(page, "Their side", "SWE")
    heading(page, "The Netherlands and Sweden").wait_for()
    page.wait_for_url(re.compile("b=SWE"))
    page.go_back()
    heading(page, "The Netherlands and Brazil").wait_for()
    page.go_forward()
    heading(page, "The Netherlands and Sweden").wait_for()


def test_settings_travel_in_the_link(visit):
    page = visit().open()
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_text("Settings").click()
    page.get_by_text("The classic four (PDI, IDV, MAS, UAI)").click()
    page.get_by_text("With your settings: only PDI, IDV, MAS and UAI.").wait_for()
    page.wait_for_url(re.compile("dims=classic"))
    page.reload()
    page.get_by_text("With your settings: only PDI, IDV, MAS and UAI.").wait_for()


def test_a_link_opened_as_the_first_request_after_a_start_shows_its_view(browser):
    with running(ROOT / "app.py", ROOT) as server:
        visit = Visit(browser, server)
        page = visit.open("?a=USA&b=JPN&ref=all&more=BRA")
        heading(page, "The United States and Japan").wait_for()
        heading(page, "All parties, two by two").wait_for()
        assert page.url.endswith("?a=USA&b=JPN&more=BRA&ref=all")
        assert page.title() == "Compare · Parley"
        visit.context.close()
        assert visit.faults == []


def test_a_wrong_code_gives_a_message_and_a_working_page(visit):
    page = visit().open("?a=XXX&b=JPN")
    page.get_by_text("No country, part or region with scores goes by “XXX”").wait_for()
    heading(page, "The Netherlands and Japan").wait_for()
    choose(page, "Their side", "FRA")
    heading(page, "The Netherlands and France").wait_for()
    page.get_by_text("with scores goes by “XXX”").wait_for(state="detached")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_nothing_is_cut_off_at_any_width_or_theme(visit, width, scheme):
    profile = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = visit(**profile).open("?a=TTO&b=CHE-FR&more=KEN,ISR")
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot').length === 4")
    assert cut_off(page) <= 0
    # Every text of every chart lies inside its picture.
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
          const box = plot.getBoundingClientRect();
          return [...plot.querySelectorAll('text')].filter(t => t.textContent).filter(t => {
            const r = t.getBoundingClientRect();
            return r.left < box.left - 1 || r.right > box.right + 1
                || r.top < box.top - 1 || r.bottom > box.bottom + 1;
          }).map(t => t.textContent);
        })"""
    )
    assert outside == []


def test_the_charts_are_named_for_those_who_do_not_see_them(visit):
    page = visit().open()
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot').length === 5")
    named = page.locator('[role="figure"][aria-label]')
    assert named.count() == 5
    assert "Radar chart of Netherlands and China." in named.first.get_attribute("aria-label")


def test_the_keyboard_alone_is_enough_to_compare(visit):
    page = visit().open()
    page.get_by_role("combobox", name="Our side").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Brazil")
    page.get_by_role("option", name="Brazil").wait_for()
    page.keyboard.press("Enter")
    heading(page, "Brazil and China").wait_for()


def test_a_chart_is_saved_as_svg_in_the_browser(visit):
    page = visit().open()
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot').length === 5")
    page.locator(".js-plotly-plot").first.hover()
    with page.expect_download() as waiting:
        page.locator('.js-plotly-plot .modebar-btn[data-title*="ownload"]').first.click()
    saved = waiting.value
    assert saved.suggested_filename == "parley-radar.svg"
    assert "<svg" in saved.path().read_text("utf-8")[:500]


def test_the_browser_is_told_to_stay_at_home():
    assert "--disable-background-networking" in BROWSER_OPTIONS
