"""The workbook as a spreadsheet program sees it: calculated anew, and laid out on pages."""

import io
import re
import subprocess
import zipfile
from statistics import NormalDist

import numpy as np
import openpyxl
import pytest

from analysis.deal import EMPTY_FORM, Deal
from analysis.exports.xlsx import as_xlsx
from analysis.measures.registry import MEASURES
from analysis.settings import make_settings

pytestmark = pytest.mark.office

DEAL = Deal(
    kind="supply", subject="housings for a pump", they_hold=("molds",), first_order=40_000.0,
    later_orders=(120_000.0, 240_000.0), total=800_000.0, ip_at_stake=True,
)  # fmt: skip
LONG = {
    "NLD": "The procurement and engineering team of the Rotterdam office",
    "CHN": "W" * 60,
    "JPN": '=HYPERLINK("http://x","y")',
    "BRA": "<r><t>a & b</t></r>",
}
CASES = {
    "usual": ("NLD", "CHN", {"deal": DEAL}),
    "close": ("SWE", "FIN", {"deal": EMPTY_FORM}),
    "missing": ("ISR", "USA", {}),
    "regional": ("SAU", "NGA", {}),
    "no value": ("UKR", "POL", {"deal": DEAL}),
    "few": ("TTO", "CHE-FR", {}),
    "many": ("NLD", "CHN", {"further": ("JPN", "BRA", "SAU", "TTO"), "names": LONG, "deal": DEAL}),
    "weighted": (
        "NLD", "SAU",
        {
            "dimensions": ("pdi", "idv", "uai", "lto", "ivr"), "weights": {"pdi": 2.0, "uai": 0.5},
            "measure": "mahalanobis", "reference": "all", "unrounded": True, "between_share": 0.3,
        },
    ),
}  # fmt: skip
WRONG = -987654
# LibreOffice takes over the values of a file unless it is told to calculate always.
ALWAYS_CALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item
 oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def subject_for(subject_of, tables, case):
    a, b, more = CASES[case]
    names = ("further", "names", "deal")
    chosen = {name: value for name, value in more.items() if name not in names}
    settings = make_settings(tables, **chosen)
    return subject_of(a, b, settings=settings, **{n: more[n] for n in names if n in more})


def convert(folder, suffix, sources):
    """Return the files as LibreOffice writes them, in a profile of its own."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(ALWAYS_CALCULATE, "utf-8")
    target = folder / f"as{suffix}"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", suffix[1:], "--outdir", str(target), *map(str, sources)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {source.stem: target / f"{source.stem}{suffix}" for source in sources}


def with_wrong_values(data):
    """Return a workbook in which the value beside every formula is wrong."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                wrong = rb"\g<1><v>%d</v>" % WRONG
                content = re.sub(rb"(</f>)<v>[^<]*</v>", wrong, content)
            target.writestr(name, content)
    return written.getvalue()


def opened(path_or_data, **more):
    if isinstance(path_or_data, bytes):
        path_or_data = io.BytesIO(path_or_data)
    return openpyxl.load_workbook(path_or_data, **more)


@pytest.fixture(scope="module")
def subjects(subject_of, tables):
    return {case: subject_for(subject_of, tables, case) for case in CASES}


@pytest.fixture(scope="module")
def files(subjects):
    return {case: as_xlsx(subject) for case, subject in subjects.items()}


@pytest.fixture(scope="module")
def calculated(files, tmp_path_factory):
    """Return every workbook calculated anew, from a copy in which no value is right."""
    folder = tmp_path_factory.mktemp("calculated")
    sources = []
    for case, data in files.items():
        sources.append(folder / f"{case}.xlsx")
        sources[-1].write_bytes(with_wrong_values(data))
    found = convert(folder, ".xlsx", sources)
    return {case: opened(found[case], data_only=True) for case in files}


@pytest.fixture(scope="module")
def pages(files, tmp_path_factory):
    """Return the words of every workbook's pages."""
    folder = tmp_path_factory.mktemp("pages")
    sources = []
    for case, data in files.items():
        sources.append(folder / f"{case}.xlsx")
        sources[-1].write_bytes(data)
    return {
        case: subprocess.run(
            ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, timeout=60
        ).stdout.decode()
        for case, path in convert(folder, ".pdf", sources).items()
    }


@pytest.mark.parametrize("case", CASES)
def test_the_value_beside_every_formula_is_what_the_formula_gives(files, calculated, case):
    formulas, values = opened(files[case]), opened(files[case], data_only=True)
    compared = 0
    for sheet in formulas:
        blocks = [sheet[cell.value.ref] for row in sheet.iter_rows() for cell in row
                  if hasattr(cell.value, "ref")]  # fmt: skip
        members = {cell.coordinate for block in blocks for row in block for cell in row}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" or cell.coordinate in members:
                    found = calculated[case][sheet.title][cell.coordinate].value
                    kept = values[sheet.title][cell.coordinate].value
                    # Next to nothing: what is left of a difference of near equals.
                    assert found == pytest.approx(kept, rel=1e-9, abs=1e-13), cell.coordinate
                    compared += 1
    assert compared > (10 if case == "no value" else 100)


@pytest.mark.parametrize("case", [c for c in CASES if c != "no value"])
def test_calculated_measures_and_gaps_are_those_of_the_comparison(subjects, calculated, case):
    pair, book = subjects[case].comparison, calculated[case]
    rows = list(book["Measures"].iter_rows(min_row=4, max_row=11, max_col=2, values_only=True))
    for measure, (label, value) in zip(MEASURES.values(), rows, strict=True):
        assert label.startswith(measure.label)
        assert value == pytest.approx(pair.measures[measure.id].value, rel=1e-9)
    header = [cell.value for cell in book["Gaps"][3]]
    places = [header.index(name) for name in ("Gap", "Gap in standard deviations")]
    framework = subjects[case].tables.frameworks["hofstede-2015"]
    ids = {d.name: d.id for d in framework.dimensions}
    counted = 0
    for row in book["Gaps"].iter_rows(min_row=4, max_row=9, values_only=True):
        gap = pair.gaps[ids[row[0]]]
        points, standardised = (row[place] for place in places)
        assert points == (None if gap.points is None else pytest.approx(gap.points, rel=1e-9))
        if gap.standardised is not None:
            assert standardised == pytest.approx(gap.standardised, rel=1e-9, abs=1e-13)
            counted += 1
    assert counted == len(pair.dimensions_used)


def test_a_changed_score_weight_and_share_reach_every_measure(
    subjects, files, references, tmp_path
):
    """What a reader may try: 80 becomes 60, a weight 3, a fifth three tenths."""
    pair = subjects["usual"].comparison
    book = opened(files["usual"])
    assert book["Scores"]["D5"].value == 80
    book["Scores"]["D5"] = 60
    book["Settings"]["B6"] = 3
    share = next(row for row in book["Settings"].iter_rows() if row[0].value and
                 row[0].value.startswith("Variation"))  # fmt: skip
    share[1].value = 0.3
    book.save(tmp_path / "changed.xlsx")
    path = convert(tmp_path, ".xlsx", [tmp_path / "changed.xlsx"])["changed"]
    found = opened(path, data_only=True)
    scores = np.array([pair.a.values, pair.b.values])
    scores[0, 1] = 60
    framework = subjects["usual"].tables.frameworks["hofstede-2015"]
    spread = framework.scores
    rows = [i for i, name in enumerate(framework.profile_ids)
            if references.tables.profiles[name].kind == "country"
            and np.isfinite(spread[i]).all()]  # fmt: skip
    covariance = np.cov(spread[rows].T)
    for place, measure in enumerate(MEASURES.values()):
        value = measure.compute(*scores, covariance, (1, 3, 1, 1, 1, 1))
        assert found["Measures"][f"B{4 + place}"].value == pytest.approx(float(value), rel=1e-9)
    # 60 - 20 = 40 points over the spread of people at a share of three tenths.
    d = 40 / covariance[1, 1] ** 0.5 * (0.3 / 0.7) ** 0.5
    kept = {row[0].value: row for row in found["Gaps"].iter_rows(min_row=4, max_row=9)}
    overlap = kept["Individualism"][11].value
    assert overlap == pytest.approx(2 * NormalDist().cdf(-d / 2), rel=1e-9)


@pytest.mark.parametrize("case", CASES)
def test_pages_show_every_name_whole_and_no_error(subjects, pages, case):
    text = re.sub(r"\s", "", pages[case])
    for name in subjects[case].stamp.parties:
        assert re.sub(r"\s", "", name) in text
    for sign in ("#####", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#N/A", "Err:"):
        assert sign not in text
    for line in (*subjects[case].stamp.lines, *subjects[case].answer):
        assert re.sub(r"\s", "", line) in text or _halves(line, text)


def _halves(line, text):
    """Say whether all words of a line are there, where a chart stands beside it on the page."""
    return all(word in text for word in line.split())
