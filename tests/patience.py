"""A browser's user who acts on what stands still, as people do and scripts do not."""

from contextlib import contextmanager
from functools import wraps
from unittest.mock import patch

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as StillBusy

ACTS = ("click", "check", "uncheck", "fill", "focus", "hover", "press", "set_input_files")
"""What a person does to a page with mouse and keys."""

AT_REST = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return !app || (document.querySelector('[data-test-script-state=notRunning]')
                  && !document.querySelector('[data-stale=true]'));
}"""
LONGEST = 10_000
"""How long an act waits at most [ms]: a page that never rests can still be acted upon."""


def wait_for_rest(page):
    try:
        page.wait_for_function(AT_REST, timeout=LONGEST)
    except StillBusy:
        return


@contextmanager
def patience():
    """Let each act wait until the server has sent all of the page.

    A script otherwise clicks in the hundredth of a second in which a button is replaced by its
    successor, and a click on a button that has gone does nothing.
    """

    def patient(act):
        @wraps(act)
        def waits(locator, *args, **kwargs):
            wait_for_rest(locator.page)
            return act(locator, *args, **kwargs)

        return waits

    def keyboard(page):
        wait_for_rest(page)
        return usual_keyboard(page)

    usual_keyboard = Page.keyboard.fget
    acts = {name: patient(getattr(Locator, name)) for name in ACTS}
    with patch.multiple(Locator, **acts), patch.object(Page, "keyboard", property(keyboard)):
        yield
