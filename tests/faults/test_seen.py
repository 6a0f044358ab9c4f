"""What a visitor of a running server sees when a file that ships is damaged, in a real browser."""

import pytest

from benchmarks.server import running
from tests.faults.conftest import PAGES
from tests.faults.test_data import SCORES, TOPIC, change, rows_cut

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEADING = "A file that Parley computes from is damaged"
CAVEAT = "Parley data "


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(120_000)
    yield page
    context.close()


def told(page, server, name, words):
    page.goto(f"{server.address}/{'' if name == 'compare' else name}")
    box = page.get_by_test_id("stAlert").filter(has_text=HEADING)
    box.wait_for()
    assert words in box.inner_text()
    assert "nothing of yours is lost" in box.inner_text()
    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_text(CAVEAT).count() == 0  # nothing that would rest on the file


def whole(page, server, name):
    page.goto(f"{server.address}/{'' if name == 'compare' else name}")
    page.get_by_text(CAVEAT).last.wait_for()
    assert page.get_by_text(HEADING).count() == 0
    assert page.get_by_test_id("stException").count() == 0


def test_a_damaged_table_is_said_on_every_page_until_it_is_mended(project, page):
    path = project / SCORES
    content = path.read_bytes()
    rows_cut(path)  # at the start
    with running(project / "app.py", project) as server:
        for name in PAGES:
            told(page, server, name, "scores.csv holds")
        path.write_bytes(content)  # mended, without a new start
        for name in PAGES:
            whole(page, server, name)
        path.write_bytes(b"framework\n")  # while it runs: what was read whole is used on
        for name in ("compare", "atlas"):
            whole(page, server, name)


def test_a_mistake_in_a_topic_is_said_on_the_pages_that_need_topics(project, page):
    change(project / TOPIC, b"lto: 0.40", b"ltx: 0.40")
    with running(project / "app.py", project) as server:
        for name in ("", "brief"):
            page.goto(f"{server.address}/{name}")
            box = page.get_by_test_id("stAlert").filter(has_text=HEADING)
            box.wait_for()
            assert f"{TOPIC}, line 7" in box.inner_text().replace("\u2060", "")
            assert "“ltx” is no dimension" in box.inner_text()
            assert page.get_by_test_id("stException").count() == 0
        whole(page, server, "teams")
