"""The pages against the floor app, in a real Chromium, in one run.

What is timed, each as it would be felt: from the start of the process to the first drawn chart, or
to what another page shows first; from the key that chooses a country to the changed chart, or the
changed brief; the memory an open session takes; the memory after 200 changes. The floor app runs
once on Streamlit's default settings and once on ours.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.server import ROOT, Server, running
from benchmarks.table import Line, show

FLOOR = ROOT / "benchmarks" / "floor_app.py"
CHANGES, STARTS, SESSIONS, MANY_CHANGES = 30, 3, 10, 200
SETTLES, BARELY = 600, 200  # milliseconds
FIRST_VIEWS = {
    "brief": "the brief", "teams": "the teams", "atlas": "the world map",
    "bulk": "the bulk page", "methods": "the methods",
}  # fmt: skip
COUNTRIES = ("USA", "JPN", "DEU", "BRA", "FRA", "IND", "SWE", "MEX", "CHN")
BROWSER_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

# What the first chart shows: the radar's lines, or the floor's title. Empty until it is drawn.
_DRAWN = """() => {
  const plot = document.querySelector('.js-plotly-plot');
  if (!plot) return '';
  const lines = [...plot.querySelectorAll('path.js-line')].map(p => p.getAttribute('d') || '');
  if (lines.length) return lines.every(Boolean) ? lines.join('|') : '';
  const title = plot.querySelector('.gtitle');
  return title ? title.textContent : '';
}"""

# What the Atlas shows: the shapes of the map.
_MAPPED = """() => {
  const shapes = document.querySelectorAll('.choroplethlayer path');
  return shapes.length ? String(shapes.length) : '';
}"""

# What a page of words shows: the Brief's decision page, say, from the title on.
_WRITTEN = """() => {
  const title = document.querySelector('h1');
  return title ? title.closest('[data-testid=stMarkdownContainer]').textContent : '';
}"""

_TIME_NEXT_CHANGE = """() => new Promise(resolve => {
  const drawn = DRAWN;
  const before = drawn();
  let start = null;
  document.addEventListener('keydown', e => {
    if (e.key === 'Enter') start = performance.now();
  }, {capture: true, once: true});
  const look = () => {
    const now = drawn();
    if (start !== null && now && now !== before) resolve(performance.now() - start);
    else if (start !== null && performance.now() - start > 20000) resolve(-1);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("No Chromium found: install it with `apt-get install chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(BROWSER_OPTIONS))
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, server: Server, link: str = "") -> Page:
    """Open the app in a browser profile of its own and wait for what it shows first."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(f"{server.address}/{link}")
    page.wait_for_function(_shown(link), timeout=60_000)
    return page


def _shown(link: str) -> str:
    return _MAPPED if link == "atlas" else _WRITTEN if link else _DRAWN


def change_country(page: Page, code: str, rest: int = SETTLES, link: str = "") -> float:
    """Choose a country on their side; return the time until the page shows it [ms]."""
    time_next_change = _TIME_NEXT_CHANGE.replace("DRAWN", _shown(link))
    box = page.get_by_role("combobox", name="Their side", exact=True)
    box.click()
    box.fill(code)
    page.locator('[role="option"]').first.wait_for()
    pending = page.evaluate_handle(f"() => {{ window.pending = ({time_next_change})(); }}")
    box.press("Enter")
    elapsed = float(page.evaluate("() => window.pending"))
    pending.dispose()
    if elapsed < 0:
        raise RuntimeError(f"choosing {code} never changed the page")
    page.wait_for_timeout(rest)  # the rest of the page settles: each change starts from rest
    return elapsed


def first_view(browser: Browser, script: Path, folder: Path, link: str = "") -> float:
    """Return the median time from the start of the process to what is shown first [s]."""
    times = []
    for _ in range(STARTS):
        with running(script, folder) as server:
            page = open_page(browser, server, link)
            times.append(time.perf_counter() - server.started)
            page.context.close()
    return statistics.median(times)


def changes(browser: Browser, script: Path, folder: Path, link: str = "") -> float:
    """Return the median time of a change of country [ms]."""
    with running(script, folder) as server:
        page = open_page(browser, server, link)
        for code in COUNTRIES[:2]:
            change_country(page, code, link=link)
        times = [
            change_country(page, COUNTRIES[n % len(COUNTRIES)], link=link) for n in range(CHANGES)
        ]
        page.context.close()
    return statistics.median(times)


def memory(browser: Browser, script: Path, folder: Path) -> tuple[float, float]:
    """Return the memory one more open session takes, and what 200 changes add [MiB]."""
    with running(script, folder) as server:
        first = open_page(browser, server)
        for n in range(40):  # fill the bounded caches: what they hold is not growth
            change_country(first, COUNTRIES[n % len(COUNTRIES)], BARELY)
        before = server.memory()
        others = [open_page(browser, server) for _ in range(SESSIONS)]
        each = (server.memory() - before) / SESSIONS
        for page in others:
            page.context.close()
        before = server.memory()
        for n in range(MANY_CHANGES):
            change_country(first, COUNTRIES[n % len(COUNTRIES)], BARELY)
        grown = server.memory() - before
        first.context.close()
    return each, grown


def lines() -> Iterator[Line]:
    """Yield first views, changes and memory."""
    with tempfile.TemporaryDirectory() as bare, chromium() as browser:
        ours, default, app = "floor, our settings", "floor, default settings", ROOT / "app.py"
        floor_start = first_view(browser, FLOOR, ROOT)
        start = first_view(browser, app, ROOT)
        yield Line("process start to the first chart", start, floor_start, "s", ours, 1.3)
        for link, what in FIRST_VIEWS.items():
            start = first_view(browser, app, ROOT, link)
            yield Line(f"process start to {what}", start, floor_start, "s", ours, 2.0)
        floor_ours = changes(browser, FLOOR, ROOT)
        change = changes(browser, app, ROOT)
        yield Line("change of country", change, floor_ours, "ms", ours, 1.3)
        floor_default = changes(browser, FLOOR, Path(bare))
        yield Line("change of country", change, floor_default, "ms", default, 1.0)
        for link in ("brief", "atlas"):
            change = changes(browser, app, ROOT, link)
            yield Line(f"change of country, {link}", change, floor_ours, "ms", ours)
        floor_each, floor_grown = memory(browser, FLOOR, ROOT)
        each, grown = memory(browser, app, ROOT)
        yield Line("memory for each open session", each, floor_each, "MiB", ours)
        yield Line("memory after 200 changes", grown, floor_grown, "MiB", ours)


if __name__ == "__main__":
    show(lines())
