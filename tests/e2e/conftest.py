"""Visits to the app by a real Chromium that may go nowhere else."""

import re

import pytest

collect_ignore = ["provider.py"]
"""A program of its own, whose models need its settings: not to be read for doctests."""


class Visit:
    """One browser profile on the app; collects what a healthy page never does."""

    def __init__(self, browser, server, **profile):
        self.address = server.address
        self.context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}} | profile)
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("console", self._listen)
        self.context.route("**/*", self._route)

    def _listen(self, message):
        # From a page of its own Streamlit first asks for its health beside that page.
        probe = re.search(
            r"/(brief|teams|atlas|methods|bulk)/_stcore/", (message.location or {}).get("url", "")
        )
        if message.type == "error" and not probe:
            self.faults.append(f"console: {message.text}")

    def _route(self, route):
        if route.request.url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        else:
            self.faults.append(f"left the machine: {route.request.url}")
            route.abort()

    def open(self, link=""):
        self.page.goto(f"{self.address}/{link}")
        self.page.get_by_text("This link opens the same view again").wait_for(timeout=60_000)
        return at_rest(self.page)


@pytest.fixture
def visit(browser, server):
    visits = []

    def start(**profile):
        visits.append(Visit(browser, server, **profile))
        return visits[-1]

    yield start
    for one in visits:
        one.context.close()
        assert one.faults == []


def at_rest(page):
    """Return the page once the server has sent all of it and nothing old is left."""
    page.wait_for_function(
        """() => document.querySelector('[data-test-script-state=notRunning]')
                && !document.querySelector('[data-stale=true]')""",
        timeout=60_000,
    )
    return page


def cut_off(page):
    """How far the page, or a table on it, reaches beyond the window [pixels]."""
    return page.evaluate(
        """() => {
          const main = document.querySelector('[data-testid=stMain]');
          return Math.max(main.scrollWidth - main.clientWidth,
                  ...[...document.querySelectorAll('table')].map(
                      t => t.getBoundingClientRect().right - innerWidth));
        }"""
    )
