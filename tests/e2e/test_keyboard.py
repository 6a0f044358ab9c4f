"""The main journeys with the keyboard alone: no mouse, no script that moves the focus."""

import re

import pytest

from tests.e2e.conftest import at_rest
from tests.e2e.test_compare import heading

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_STOPS = 120
FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  // The page itself can have the focus, to be scrolled: its name is not all of its text.
  const label = at.closest('label') || at;
  const named = at.getAttribute('aria-label') || label.innerText || '';
  return [at.getAttribute('role') || at.tagName.toLowerCase(),
          named.length < 90 ? named.trim() : '',
          box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight];
}"""
RING = """() => {
  // A ring around the element, or a frame in the primary colour around the field it stands in.
  for (let at = document.activeElement, up = 0; at && up < 6; at = at.parentElement, up += 1) {
    const style = getComputedStyle(at);
    if (style.boxShadow !== 'none' || style.outlineStyle !== 'none') return true;
    if (style.borderTopWidth !== '0px' && style.borderTopColor === 'rgb(0, 99, 156)') return true;
  }
  return false;
}"""


def tab_to(page, name, role=""):
    """Press the tab key until the focus is on what has this name; return the stops before it."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found, text, visible = page.evaluate(FOCUS)
        if re.search(name, text) and role in found:
            assert visible, f"{text} has the focus out of sight"
            page.wait_for_function(RING, timeout=60_000)  # the frame changes its colour slowly
            return stops
        stops.append(text)
    raise AssertionError(f"{name} is not reached: {stops}")


def type_choice(page, typed):
    page.keyboard.press("ArrowDown")
    page.keyboard.type(typed)
    page.get_by_role("option", name=typed).first.wait_for()
    page.keyboard.press("Enter")


def downloaded(page):
    with page.expect_download(timeout=60_000) as waiting:
        page.keyboard.press("Enter")
    return waiting.value.suggested_filename


def test_compare_choose_swap_and_read_the_numbers(visit):
    page = visit().open("?a=NLD&b=CHN")
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot').length === 5")
    at_rest(page)
    stops = tab_to(page, "Our side")
    menu = [stop for stop in stops if stop in {"Compare", "Brief", "Teams", "Atlas", "Methods"}]
    assert menu[:5] == ["Compare", "Brief", "Teams", "Atlas", "Methods"]
    type_choice(page, "Brazil")
    heading(page, "Brazil and China").wait_for()
    tab_to(page, "Their side")
    type_choice(page, "Japan")
    heading(page, "Brazil and Japan").wait_for()
    at_rest(page)
    page.keyboard.press("Shift+Tab")  # the swap button stands between both
    assert "Swap" in page.evaluate(FOCUS)[1]
    page.keyboard.press("Enter")
    heading(page, "Japan and Brazil").wait_for()
    at_rest(page)
    tab_to(page, "The numbers in this picture")
    page.keyboard.press("Enter")
    page.get_by_role("cell", name="Individualism").first.wait_for()


def test_compare_change_the_measure_and_take_a_file_away(visit):
    page = visit().open("?a=NLD&b=CHN")
    tab_to(page, "keyboard_double_arrow|[Ss]idebar")
    page.keyboard.press("Enter")
    tab_to(page, "Settings")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Headline measure").wait_for()
    at_rest(page)
    tab_to(page, "Headline measure", "combobox")
    type_choice(page, "Euclidean")
    page.wait_for_url(re.compile("measure=euclidean"))
    at_rest(page)
    tab_to(page, "Download: slides")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="References (BibTeX)").wait_for()
    at_rest(page)
    tab_to(page, r"References \(BibTeX\)")
    assert downloaded(page).endswith(".bib")


def test_brief_fill_in_the_deal(visit):
    page = visit().open("brief?a=NLD&b=CHN")
    tab_to(page, "Describe the deal")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="molds", exact=True).wait_for()
    at_rest(page)
    tab_to(page, "^molds$|molds")
    page.keyboard.press("Space")
    page.get_by_text("Because they hold your molds.").wait_for()
    page.wait_for_url(re.compile("hold=molds"))


def test_teams_make_one_from_six_scores(visit):
    one = visit()
    page = one.page
    page.goto(f"{one.address}/teams")
    heading(page, "Your own team").wait_for(timeout=60_000)
    at_rest(page)
    tab_to(page, "From a file", "tab")
    page.keyboard.press("ArrowRight")
    page.get_by_label("Name of the team").or_(
        page.get_by_role("tab", selected=True)
    ).first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("Name of the team").wait_for()
    at_rest(page)
    tab_to(page, "Name of the team")
    page.keyboard.type("Harbour")
    for score in range(6):
        tab_to(page, "^(Power|Individualism|Masculinity|Uncertainty|Long-term|Indulgence)")
        page.keyboard.type(str(40 + score))
    tab_to(page, "Add this team")
    page.keyboard.press("Enter")
    heading(page, "Harbour").wait_for()


def test_atlas_choose_a_country_and_go_on_to_the_methods(visit):
    one = visit()
    page = one.page
    page.goto(f"{one.address}/atlas?a=NLD&b=CHN")
    heading(page, "Who is like whom").wait_for(timeout=60_000)
    at_rest(page)
    tab_to(page, "Their side: click on the map")
    type_choice(page, "Brazil")
    page.wait_for_url(re.compile(r"/atlas\?a=NLD&b=BRA$"))
    at_rest(page)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(FOCUS)[1] == "Methods":
            break
    page.keyboard.press("Enter")
    heading(page, "How every number is made").wait_for(timeout=60_000)
