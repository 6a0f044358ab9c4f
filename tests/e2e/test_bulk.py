"""A table of pairs, from upload to download, in a real browser."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analysis.tables import load_tables
from tests.e2e.conftest import at_rest, cut_off
from tests.e2e.test_compare import heading

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAIRS = "year;exporter;importer\n" + "".join(
    f"{year};{a};{b}\n"
    for year in range(2000, 2020)
    for a, b in (("NLD", "CHN"), ("Holland", "Korea"), ("SWE", "NOR"), ("BRA", "Atlantis"))
)


def opened(visit, **profile):
    one = visit(**profile)
    one.page.goto(f"{one.address}/bulk")
    heading(one.page, "Distances for a whole table of pairs").wait_for(timeout=60_000)
    return at_rest(one.page)


def upload(page, content=PAIRS, name="Mes données.csv"):
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode("cp1252")}
    )
    page.get_by_role("button", name="Compute the distances").wait_for(timeout=60_000)


def computed(page):
    upload(page)
    page.get_by_role("button", name="Compute the distances").click()
    heading(page, "60 of 80 rows got a value").wait_for(timeout=60_000)
    page.locator(".js-plotly-plot").wait_for()
    return page


def download(page, button):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return waiting.value


def test_from_upload_to_the_three_files(visit):
    page = opened(visit)
    upload(page)
    page.get_by_text("7 of 8 different names and codes are understood").wait_for()
    page.get_by_role("cell", name="Atlantis").wait_for()
    page.get_by_role("button", name="Compute the distances").click()
    heading(page, "60 of 80 rows got a value").wait_for(timeout=60_000)
    page.locator(".js-plotly-plot").wait_for()
    file = download(page, "The table with its results")
    assert file.suggested_filename == "Mes données-parley.csv"
    text = Path(file.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text else ","))
    assert [row["year"] for row in rows] == [str(y) for y in range(2000, 2020) for _ in range(4)]
    assert float(rows[0]["konara_mohr"]) == pytest.approx(1.9475, abs=5e-5)
    assert rows[3]["konara_mohr"] == ""
    left_out = Path(download(page, "Rows left out, with the reason").path()).read_text("utf-8-sig")
    assert left_out.count("Atlantis") == 40  # in the cell and in the reason of 20 rows
    told = Path(download(page, "Settings, counts and citation (JSON)").path())
    report = json.loads(told.read_text("utf-8"))
    assert report["outcomes"]["with_value"] == 60
    assert "tmp" not in report["command"]
    assert "donn" not in page.url


def test_a_job_outlives_a_look_at_another_page_and_another_file_replaces_it(visit):
    page = computed(opened(visit))
    page.get_by_test_id("stTopNavLink").get_by_text("Compare").click()
    page.get_by_text("This link opens the same view again").wait_for(timeout=60_000)
    page.get_by_test_id("stTopNavLink").get_by_text("Bulk").click()
    page.get_by_text("is still here").wait_for()
    heading(page, "60 of 80 rows got a value").wait_for()
    upload(page, "a,b\nNLD,CHN\n", "b.csv")
    heading(page, "60 of 80 rows got a value").wait_for(state="detached")


def test_a_job_is_left_found_again_and_cancelled(visit):
    countries = [p.id for p in load_tables().profiles.values() if p.kind == "country"]
    page = opened(visit)
    upload(page, "a,b\n" + "".join(f"{one},NLD\n" for one in countries), "all.csv")
    # Every measure with its interval takes minutes, so the job is still there when it is cancelled.
    box = at_rest(page).get_by_role("combobox", name="Measures, a column for each")
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name="Select all").click()
    page.keyboard.press("Escape")
    at_rest(page).get_by_role("button", name="Interval").click()
    page.get_by_text("24 columns are added").wait_for(timeout=60_000)
    at_rest(page)
    page.get_by_role("button", name="Compute the distances").click()
    page.get_by_text("Computing the pairs").wait_for(timeout=60_000)
    page.get_by_test_id("stTopNavLink").get_by_text("Compare").click()
    page.get_by_text("This link opens the same view again").wait_for(timeout=60_000)
    page.get_by_test_id("stTopNavLink").get_by_text("Bulk").click()
    page.get_by_role("button", name="Cancel").click(timeout=60_000)
    page.get_by_text("Stopped: nothing was written.").wait_for(timeout=60_000)
    page.get_by_role("button", name="Compute the distances").wait_for()


def test_the_keyboard_alone_takes_a_table_to_its_result(visit):
    page = opened(visit)

    def tab_to(what):
        for _ in range(60):
            page.keyboard.press("Tab")
            at = page.evaluate(
                "() => { const at = document.activeElement;"
                " return at.matches('button, input') ? at.ariaLabel || at.innerText : '' }"
            )
            if what in at:
                return
        raise AssertionError(f"no way to {what}")

    tab_to("Upload")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\nNLD,CHN\nSWE,NOR\n"}
    )
    page.get_by_role("button", name="Compute the distances").wait_for(timeout=60_000)
    at_rest(page)
    tab_to("Percentile")
    page.keyboard.press("Enter")
    page.get_by_text("2 columns are added").wait_for(timeout=60_000)
    at_rest(page)
    tab_to("Compute the distances")
    page.keyboard.press("Enter")
    heading(page, "Every row got a value").wait_for(timeout=60_000)
    at_rest(page)
    tab_to("The table with its results")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    text = Path(waiting.value.path()).read_text("utf-8")
    assert text.splitlines()[0] == "a,b,konara_mohr,konara_mohr_percentile"


def test_the_whole_matrix_is_made_on_click(visit):
    page = opened(visit)
    file = download(page, "Parquet")
    assert file.suggested_filename.startswith("parley-matrix-hofstede-2015-pairs-")
    assert "kogut_singh" in pq.read_schema(file.path()).names


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone(visit, scheme):
    page = opened(visit, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    assert cut_off(page) <= 0
    computed(page)
    assert cut_off(page) <= 0
