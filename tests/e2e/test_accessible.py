"""Every page, opened as far as it goes, judged by axe-core in light and in dark, wide and narrow.

The same visit shows that nothing leaves the machine (`Visit` refuses and counts it), that every
chart says in words what it shows, that its words can be read, that nothing is cut off when the page
is twice as large, and that nothing moves for those who asked for less motion.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import axe_playwright_python
import pytest
from coloraide import Color

from analysis.charts.dumbbell import dumbbell_data
from analysis.charts.radar import radar_data
from analysis.comparison import compare
from tests.e2e.conftest import at_rest
from tests.e2e.test_bulk import computed
from tests.e2e.test_compare import heading

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome a dark page can change; all others look at the same elements twice."""

MEMBERS = "name;culture;weight\nAnna;NLD;1\nBo;NLD:0.5 / CHN:0.5;1\nCarl;Germany;2\n"
GROUND = {"light": "#ffffff", "dark": "#171614"}


@dataclass(frozen=True)
class Own:
    """What axe finds in Streamlit's own parts, where neither its options nor its theme reach."""

    rule: str
    selector: str
    why: str


STREAMLIT_OWN = (
    Own(
        "presentation-role-conflict",
        "[data-testid=stFileUploaderDropzone]",
        "The field for dropping a file is named although its role is `presentation`; the button"
        " inside it has a name and a role and does the same.",
    ),
    Own(
        "color-contrast",
        "[data-variant=segmented_control] *, [data-variant=pills] *",
        "A chosen pill is written in the primary colour on a tint of it, 3.5 to 1 in dark. A"
        " lighter primary colour would put the white words of chips and buttons below 4.5 to 1:"
        " one colour sets both. The frame around it says the same as the colour.",
    ),
    Own(
        "landmark-unique",
        "[data-testid=stTable] [role=region]",
        "Every table that can be scrolled is a region called “Scrollable table”; the table in it"
        " has the name that we give.",
    ),
    Own(
        "scrollable-region-focusable",
        ".katex-display, [data-testid=stTable] > div",
        "A wide formula or table scrolls sideways in its own frame without a `tabindex`; browsers"
        " of today let the keyboard reach such a frame all the same.",
    ),
)

# `offsetParent`: only what can be seen; a part inside a closed one comes with its turn.
OPEN_ALL = """() => {
  const closed = [...document.querySelectorAll(
      '[data-testid=stExpander] details:not([open])')].filter(part => part.offsetParent);
  for (const part of closed) {
    part.dataset.asked = 'yes';
    part.querySelector('summary').click();
  }
  return closed.length;
}"""
FILLED = """() => [...document.querySelectorAll('details[data-asked]')].every(
    part => part.open && part.querySelector(
        '[data-testid=stExpanderDetails] [data-testid=stElementContainer]'))"""
JUDGE = """async ([only, own]) => {
  const found = await axe.run(
      {exclude: ['.katex-html']}, {runOnly: only, resultTypes: ['violations'], preload: false});
  const known = new Set(), faults = [];
  for (const {id, nodes} of found.violations) for (const node of nodes) {
    const element = document.querySelector(node.target[0]);
    const place = own.findIndex(([rule, selector]) => rule === id && element.matches(selector));
    if (place >= 0) known.add(place);
    else faults.push(`${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`);
  }
  return [faults, [...known]];
}"""
# Every word of every chart with its colour and how opaque it is.
WRITTEN = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(
  plot => [...plot.querySelectorAll('text')].filter(t => t.textContent.trim()).map(text => {
    const style = getComputedStyle(text);
    let opacity = parseFloat(style.fillOpacity);
    for (let e = text; e !== plot; e = e.parentElement) opacity *= getComputedStyle(e).opacity;
    return [text.textContent, style.fill, opacity];
  }))"""
MOVING = """() => [...document.getAnimations().filter(a => a.playState === 'running').map(
      a => String(a.animationName || a.transitionProperty)),
  ...[...document.querySelectorAll('.js-plotly-plot')].filter(plot =>
      plot.layout.transition || plot._transitionData._frames.length).map(() => 'a chart')]"""


def open_all(page):
    """Open every part of the page, and every part inside one."""
    while page.evaluate(OPEN_ALL):
        page.wait_for_function(FILLED, timeout=120_000)
        at_rest(page)


def with_team(page):
    page.locator("input[type=file]").first.set_input_files(
        {"name": "Team.csv", "mimeType": "text/csv", "buffer": MEMBERS.encode()}
    )
    page.get_by_role("button", name="Add this team").click()
    heading(page, "Team").wait_for(timeout=60_000)


@dataclass(frozen=True)
class Place:
    """A page: its link, its last words, how to fill it, and how many charts it then shows."""

    link: str
    last: str
    charts: int
    fill: object = None


FOOT = "They say nothing about the person opposite"
PLACES = {
    "compare": Place("?a=TTO&b=CHN&more=KEN,ISR", FOOT, 5),
    "brief": Place("brief?a=NLD&b=CHN&deal=supply&hold=molds", FOOT, 1),
    "teams": Place("teams", FOOT, 1, with_team),
    "atlas": Place("atlas?a=NLD&b=CHN", FOOT, 5),
    "bulk": Place("bulk", FOOT, 1, computed),
    "methods": Place("methods?show=measure-mahalanobis&a=USA&b=JPN", FOOT, 0),
}


def opened(visit, name, **profile):
    one = visit(**profile)
    place, page = PLACES[name], one.page
    page.goto(f"{one.address}/{place.link}")
    page.get_by_text(place.last).first.wait_for(timeout=60_000)
    at_rest(page)
    if place.fill:
        place.fill(page)
        at_rest(page)
    if name != "methods":
        open_all(page)
    drawn = "n => document.querySelectorAll('.js-plotly-plot .main-svg').length >= n"
    page.wait_for_function(drawn, arg=place.charts, timeout=60_000)
    page.evaluate(AXE)
    return page


def judged(page, only):
    faults, known = page.evaluate(
        JUDGE, [only, [[own.rule, own.selector] for own in STREAMLIT_OWN]]
    )
    assert faults == []
    return known


def resized(page, width, height=900):
    page.set_viewport_size({"width": width, "height": height})
    # Charts take the new width a moment later.
    page.wait_for_function(
        """() => [...document.querySelectorAll('.js-plotly-plot')].every(
            plot => plot.getBoundingClientRect().right <= innerWidth + 1)""",
        timeout=60_000,
    )
    return at_rest(page)


@pytest.mark.parametrize("name", PLACES)
def test_a_page_opened_wide_has_no_fault_of_ours_in_light(visit, name):
    page = opened(visit, name)
    judged(page, TAGS)
    said_in_words(page, PLACES[name].charts)
    readable(page, "light")
    judged(resized(page, 390), TAGS)
    assert sideways(page) <= 0
    # A window of 1400 by 900 pixels at 200 %.
    assert sideways(resized(page, 700, 450)) <= 0


@pytest.mark.parametrize("name", PLACES)
def test_a_page_can_be_read_in_dark_and_holds_still(visit, name):
    page = opened(visit, name, color_scheme="dark", reduced_motion="reduce")
    judged(page, COLOURS)
    readable(page, "dark")
    page.wait_for_function(f"() => ({MOVING})().length === 0", timeout=60_000)
    judged(resized(page, 390), COLOURS)


def sideways(page):
    """How far the page reaches beyond the window; a table that scrolls by itself does not."""
    main = "document.querySelector('[data-testid=stMain]')"
    return page.evaluate(f"() => {main}.scrollWidth - {main}.clientWidth")


def said_in_words(page, charts):
    """Each chart has a name of its own with the numbers, not only a title."""
    plots = page.locator(".js-plotly-plot")
    names = page.locator("[role=figure][aria-label]:has(.js-plotly-plot)")
    said = [name.get_attribute("aria-label") for name in names.all()]
    assert len(said) == plots.count() >= charts
    for text in said:
        assert len(re.findall(r"\d+", text)) >= 2, text
        assert len(text) > 100, text
        assert text.endswith("."), text


def readable(page, scheme):
    """Each word of each chart has a contrast of 4.5 to 1, which axe does not judge there."""
    ground = Color(GROUND[scheme])
    pale = []
    for text, fill, opacity in page.evaluate(WRITTEN):
        ink = Color(fill)
        share = ink.alpha() * opacity
        parts = zip(ink.coords(), ground.coords(), strict=True)
        seen = Color("srgb", [share * a + (1 - share) * b for a, b in parts])
        if seen.contrast(ground) < 4.5:
            pale.append((text, fill, opacity))
    assert pale == []


def test_the_name_of_a_chart_is_its_text_alternative(visit, tables, references, settings):
    pair = compare(references, "SWE", "JPN", settings, ())
    page = visit().open("?a=SWE&b=JPN")
    page.locator("[role=figure][aria-label]").nth(1).wait_for(timeout=60_000)
    said = [f.get_attribute("aria-label") for f in page.locator("[role=figure][aria-label]").all()]
    assert said[0] == radar_data(tables, [pair.a, pair.b]).description
    assert said[1] == dumbbell_data(tables, pair).description


def test_axe_finds_a_fault_that_is_put_in(visit):
    page = visit().open("?a=SWE&b=JPN")
    page.evaluate(AXE)
    page.evaluate(
        """() => document.querySelector('[data-testid=stMain]').insertAdjacentHTML(
            'afterbegin',
            '<img src="data:,"><p style="color:#aaa;background:#fff">pale words</p>')"""
    )
    faults, _ = page.evaluate(JUDGE, [TAGS, []])
    assert {fault.split(":")[0] for fault in faults} >= {"image-alt", "color-contrast"}
