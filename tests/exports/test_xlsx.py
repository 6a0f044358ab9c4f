import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import openpyxl
import pytest

from analysis.charts.style import PARTY_STYLES
from analysis.deal import EMPTY_FORM, Deal
from analysis.exports.xlsx import as_xlsx
from analysis.measures.registry import MEASURES
from analysis.settings import make_settings

DEAL = Deal(
    kind="supply", subject="housings for a pump", they_hold=("molds",), first_order=40_000.0,
    later_orders=(120_000.0, 240_000.0), total=800_000.0, ip_at_stake=True,
)  # fmt: skip
HOSTILE = {"NLD": '=HYPERLINK("http://x","y")', "CHN": "<r><t>x</t></r>"}
ALWAYS = ["Summary", "Scores", "Gaps", "Measures", "Covariance", "Topics"]
LAST = ["Settings", "Sources"]
PLAN = [
    "Road map", "Agenda", "Information", "Relationship", "Qualification", "Deciders", "Questions",
    "Deal",
]  # fmt: skip
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened(data, **more):
    return openpyxl.load_workbook(io.BytesIO(data), **more)


def parts_of(data, start):
    """Return the parsed parts of a workbook whose names start so."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = sorted(name for name in book.namelist() if name.startswith(start))
        return {name: ElementTree.fromstring(book.read(name)) for name in names}


def formulas_of(book):
    """Return every formula by sheet and cell."""
    found = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    text = getattr(cell.value, "text", cell.value)
                    found[sheet.title, cell.coordinate] = text
    return found


def rows_of(sheet):
    """Return the rows of the table under the header in row 3, by their first cell."""
    header = [cell.value for cell in sheet[3]]
    found = {}
    for row in sheet.iter_rows(min_row=4, values_only=True):
        if row[0] is None:
            break
        found[row[0]] = dict(zip(header, row, strict=True))
    return found


def column_of(sheet, first, last):
    return [sheet[f"{first}{row}"].value for row in range(4, last)]


def texts_of(sheet):
    return [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


@pytest.fixture(scope="module")
def usual(subject_of):
    subject = subject_of("NLD", "CHN")
    data = as_xlsx(subject)
    return subject, data, opened(data), opened(data, data_only=True)


@pytest.fixture(scope="module")
def brief(subject_of):
    data = as_xlsx(subject_of("NLD", "CHN", deal=DEAL))
    return data, opened(data), opened(data, data_only=True)


def test_the_sheets_of_a_comparison_have_frozen_headers_and_the_summary_comes_first(usual):
    _, _, book, _ = usual
    assert book.sheetnames == [*ALWAYS, *LAST]
    assert book.active.title == "Summary"
    assert not book["Summary"].sheet_view.showGridLines
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes in {"B4", "C4"}, sheet.title
        assert sheet.print_title_rows == "$1:$3"
        assert all(cell.font.bold for cell in sheet[3] if cell.value)
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in {None, 1}
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_brief_adds_the_plan_and_further_parties_their_pairs(brief, subject_of):
    assert brief[1].sheetnames == [*ALWAYS, *PLAN, *LAST]
    four = opened(as_xlsx(subject_of("NLD", "CHN", further=("JPN", "BRA"))))
    assert four.sheetnames == [*ALWAYS, "All pairs", *LAST]
    assert len(column_of(four["Scores"], "A", 28)) == 24  # four parties on six dimensions
    pairs = [row[:2] for row in four["All pairs"].iter_rows(min_row=4, max_row=9, values_only=True)]
    assert pairs[0] == ("Netherlands", "China")
    assert len(set(pairs)) == 6  # 4 * 3 / 2


def test_scores_are_those_of_the_data_with_their_standing_and_source(usual):
    _, _, _, book = usual
    rows = list(book["Scores"].iter_rows(min_row=4, max_row=15, values_only=True))
    assert rows[1][:8] == (
        "Netherlands", "Individualism", "IDV", 80, "published", "Netherlands",
        "Hofstede and others 2015", "row Netherlands",
    )  # fmt: skip
    assert [row[3] for row in rows[6:]] == [80, 20, 66, 30, 87, 24]  # the published row of China


def test_a_gap_is_a_formula_on_two_scores(usual):
    _, _, book, values = usual
    gaps = rows_of(book["Gaps"])["Individualism"]
    assert gaps["Netherlands"] == "=Scores!$D$5"
    assert gaps["China"] == "=Scores!$D$11"
    assert gaps["Gap"] == "=B4-C4"
    assert gaps["Absolute gap"] == "=ABS(D4)"
    assert gaps["Gap in standard deviations"] == "=D4/SQRT(F4)"
    assert gaps["Share of the Kogut-Singh sum"] == "=IF(J$10=0,0,J4/J$10)"
    assert book["Scores"]["D5"].value == 80
    assert book["Scores"]["D11"].value == 20
    assert rows_of(values["Gaps"])["Individualism"]["Gap"] == 60  # 80 - 20


def test_cached_values_are_those_of_the_comparison(usual):
    subject, _, _, book = usual
    pair = subject.comparison
    framework = subject.tables.frameworks["hofstede-2015"]
    found = rows_of(book["Gaps"])
    for d in framework.dimensions:
        gap, row = pair.gaps[d.id], found[d.name]
        assert row["Gap"] == gap.points
        assert row["Gap in standard deviations"] == pytest.approx(gap.standardised, rel=1e-12)
        assert row["Share of the Kogut-Singh sum"] == pytest.approx(gap.contribution, rel=1e-12)
        assert row["People in common"] == pytest.approx(gap.overlap.share, rel=1e-12)
    measures = list(book["Measures"].iter_rows(min_row=4, max_row=11, values_only=True))
    assert measures[0][0] == "Konara-Mohr (headline)"
    for measure, row in zip(MEASURES.values(), measures, strict=True):
        result = pair.measures[measure.id]
        assert row[0].removesuffix(" (headline)") == measure.label
        assert row[1] == pytest.approx(result.value, rel=1e-12)
        assert (*row[3:5], row[5], *row[6:8]) == pytest.approx(
            (*result.interval, result.percentile, *result.percentile_interval), rel=1e-12
        )
        assert len(row[9]) > 20  # the formula in words


def test_every_measure_and_every_step_is_a_formula(usual):
    _, _, book, _ = usual
    formulas = formulas_of(book)
    measures = {cell: f for (sheet, cell), f in formulas.items() if sheet == "Measures"}
    assert set(measures) == {f"B{row}" for row in (*range(4, 12), *range(14, 20))}
    assert measures["B4"] == "=SQRT($B$5)"
    assert formulas["Covariance", "B12"] == "=MINVERSE($B$4:$G$9)"
    assert formulas["Covariance", "C20"] == "=MMULT($B$12:$G$17,$B$20:$B$25)"
    # Nothing that older and other spreadsheet programs do not know.
    known = {
        "ABS", "ATAN2", "AVERAGE", "COUNT", "DEGREES", "IF", "MINVERSE", "MMULT", "NORMSDIST",
        "SQRT", "SUM", "SUMPRODUCT",
    }  # fmt: skip
    assert {name for f in formulas.values() for name in re.findall(r"[A-Z0-9]+(?=\()", f)} == known


def test_weights_and_left_out_dimensions_are_honoured(subject_of, tables):
    settings = make_settings(
        tables, dimensions=("pdi", "idv", "uai", "lto"), weights={"pdi": 2.0, "uai": 0.5}
    )
    subject = subject_of("NLD", "CHN", settings=settings)
    data = as_xlsx(subject)
    book, values = opened(data), opened(data, data_only=True)
    rows = rows_of(book["Gaps"])
    assert rows["Power distance"]["Weight"] == "=Settings!$B$5"
    assert values["Settings"]["B5"].value == 2
    assert rows["Masculinity"]["Gap in standard deviations"] is None
    assert rows["Masculinity"]["Remarks"] == "left out"
    assert rows["Masculinity"]["Counts"] == "no"
    listed = rows_of(values["Settings"])
    assert listed["Weight of masculinity"]["Value"] == "left out"
    differing = [name for name, row in listed.items() if row["Differs"] == "differs"]
    assert differing == [
        "Weight of power distance", "Weight of masculinity", "Weight of uncertainty avoidance",
        "Weight of indulgence",
    ]  # fmt: skip
    said = "Settings: only PDI, IDV, UAI and LTO; weights PDI × 2 and UAI × 0.5."
    assert said in texts_of(book["Summary"])


def test_a_missing_score_stays_empty_with_a_reason_in_words(subject_of):
    data = as_xlsx(subject_of("ISR", "USA"))
    book = opened(data, data_only=True)
    score = next(
        row
        for row in book["Scores"].iter_rows(min_row=4, values_only=True)
        if row[:3] == ("Israel", "Indulgence", "IVR")
    )
    assert score[3:6] == (None, "missing", "none was published")
    gap = rows_of(book["Gaps"])["Indulgence"]
    assert gap["Israel"] is None
    assert gap["United States"] == 68
    assert (gap["Gap"], gap["Weighted"]) == (None, None)
    assert gap["Remarks"] == "missing: Israel"
    radar = parts_of(data, "xl/charts/chart1.xml").popitem()[1]
    drawn = [s.findall(f"{CHART}val//{CHART}pt") for s in radar.iter(f"{CHART}ser")]
    assert [len(points) for points in drawn] == [5, 6]  # what is kept beside the chart
    assert radar.find(f".//{CHART}dispBlanksAs").get("val") == "gap"


def test_regional_scores_are_named_and_have_hollow_markers(subject_of, usual):
    data = as_xlsx(subject_of("SAU", "NGA"))
    book = opened(data, data_only=True)
    assert book["Scores"]["E4"].value == "regional"
    assert book["Scores"]["F4"].value == "Arab countries, stands in"
    assert rows_of(book["Gaps"])["Power distance"]["Remarks"] == (
        "regional: Saudi Arabia and Nigeria"
    )
    radar = parts_of(data, "xl/charts/chart1.xml").popitem()[1]
    hollow = radar.findall(f".//{CHART}dPt/{CHART}marker//{{*}}solidFill/{{*}}srgbClr")
    # Four regional scores on each side; of each marker the fill and the outline.
    assert [c.get("val") for c in hollow] == ["FFFFFF", "0072B2"] * 4 + ["FFFFFF", "D55E00"] * 4
    whole = parts_of(usual[1], "xl/charts/chart1.xml").popitem()[1]
    assert whole.findall(f".//{CHART}dPt") == []


@pytest.mark.parametrize("deal", [None, EMPTY_FORM])
def test_a_pair_without_a_distance_has_its_reason_and_no_empty_sheet(subject_of, deal):
    subject = subject_of("UKR", "POL", deal=deal)
    book = opened(as_xlsx(subject), data_only=True)
    plan = PLAN if deal else []
    assert book.sheetnames == ["Summary", "Scores", "Gaps", *plan, *LAST]
    assert subject.comparison.reason in texts_of(book["Summary"])
    gaps = rows_of(book["Gaps"])
    assert "Weight" not in gaps["Indulgence"]
    assert (gaps["Indulgence"]["Gap"], gaps["Indulgence"]["Remarks"]) == (-15, "no distance")
    assert all(sheet.max_row > 4 for sheet in book)


def test_two_times_the_same_party_has_no_gaps(subject_of):
    book = opened(as_xlsx(subject_of("NLD", "NLD")))
    assert book.sheetnames == ["Summary", "Scores", *LAST]


def test_topics_hold_all_eighteen_with_reasons_where_there_is_no_value(subject_of, usual):
    subject, _, _, book = usual
    rows = rows_of(book["Topics"])
    assert len(rows) == 18
    assert "With the deal" not in rows["Pace"]
    for found in subject.friction.topics:
        row = rows[found.topic.title]
        assert row["Severity"] == pytest.approx(found.severity, rel=1e-12)
        assert row["Felt by Netherlands"] == pytest.approx(found.felt_by_a, rel=1e-12)
        assert row["Stands high"] == ("Netherlands" if found.high_side == "a" else "China")
        assert " may " in row["In words: a hypothesis to test"]
    severities = [row["Severity"] for row in rows.values()]
    assert severities == sorted(severities, reverse=True)
    few = rows_of(opened(as_xlsx(subject_of("TTO", "CHE-FR")))["Topics"])
    none = [row for row in few.values() if row["Severity"] is None]
    assert none
    for row in none:
        assert row["In words: a hypothesis to test"].startswith("No prediction: too little to go")


def test_a_brief_shows_what_the_deal_does_to_severities(brief):
    rows = rows_of(brief[2]["Topics"])
    # IP at stake adds to the safeguards and to nothing else.
    moved = [n for n, row in rows.items() if abs(row["With the deal"] - row["Severity"]) > 1e-9]
    assert moved == ["Safeguards"]
    assert rows["Safeguards"]["With the deal"] > rows["Safeguards"]["Severity"]


def test_the_road_map_adds_up_by_formulas(brief):
    _, book, values = brief
    sheet = book["Road map"]
    assert column_of(sheet, "C", 8) == [40_000, 120_000, 240_000, 400_000]
    assert sheet["D4"].value == "=C4/$C$9"
    assert sheet["C8"].value == "=SUM(C4:C7)"
    assert sheet["C3"].value == "Amount in EUR"
    # 40,000 of 800,000; what is left of the total is the last step.
    assert column_of(values["Road map"], "D", 8) == [0.05, 0.15, 0.3, 0.5]
    assert (values["Road map"]["C8"].value, values["Road map"]["C9"].value) == (800_000, 800_000)


def test_without_amounts_the_road_map_holds_shares(subject_of):
    book = opened(as_xlsx(subject_of("NLD", "CHN", deal=EMPTY_FORM)), data_only=True)
    assert column_of(book["Road map"], "C", 8) == [None] * 4
    assert column_of(book["Road map"], "D", 9) == [0.05, 0.15, 0.3, 0.5, 1.0]


def test_the_minutes_of_the_agenda_add_up(brief):
    _, book, values = brief
    assert book["Agenda"]["C9"].value == "=SUM(C4:C8)"
    assert sum(column_of(values["Agenda"], "C", 9)) == values["Agenda"]["C9"].value == 90
    assert book["Agenda"]["B5"].value == "=B4+C4"
    starts, minutes = (column_of(values["Agenda"], c, 9) for c in "BC")
    assert starts == [sum(minutes[:place]) for place in range(5)]


def test_worksheets_are_tables_with_their_rows_and_a_persons_own(subject_of):
    own = [{"occasion": "Dinner", "establish": "=1+1", "hours": "2.5", "found": ""}]
    names = {"NLD": "Team", "CHN": "team"}
    data = as_xlsx(
        subject_of("NLD", "CHN", deal=DEAL, names=names, worksheets={"relationship": own})
    )
    book = opened(data)
    tables = [table for sheet in book for table in sheet.tables.values()]
    assert len(tables) == 5
    for sheet in book:
        for table in sheet.tables.values():
            header = [cell.value for cell in sheet[table.ref][0]]
            assert [column.name for column in table.tableColumns] == header
            assert len({label.casefold() for label in header}) == len(header)
    row = [cell.value for cell in book["Relationship"][4]]
    assert row == ["Dinner", "=1+1", 2.5, None]
    assert book["Relationship"]["B4"].data_type == "s"
    assert book["Relationship"]["C11"].value == "=SUM(C4:C9)"
    assert opened(data, data_only=True)["Relationship"]["C11"].value == 2.5
    marks = book["Qualification"].data_validations.dataValidation
    assert {str(mark.sqref) for mark in marks} == {"B4:B13", "C4:C13"}


def test_no_name_becomes_a_formula_a_link_or_markup(subject_of, brief):
    data = as_xlsx(subject_of("NLD", "CHN", deal=DEAL, names=HOSTILE))
    book = opened(data)
    assert formulas_of(book) == formulas_of(brief[1])
    scores = texts_of(book["Scores"])
    assert all(name in [text.strip() for text in scores] for name in HOSTILE.values())
    targets = [
        relation.get("Target")
        for part in parts_of(data, "xl/worksheets/_rels/").values()
        for relation in part
        if relation.get("TargetMode") == "External"
    ]
    assert len(targets) == 1
    assert targets[0].startswith("http://127.0.0.1:8501/?a=NLD&b=CHN")
    strings = parts_of(data, "xl/sharedStrings.xml").popitem()[1]
    whole = ["".join(si.itertext()).strip() for si in strings]
    assert whole.count(HOSTILE["CHN"]) == 1


@pytest.mark.parametrize(
    "name", ["鹿特丹采购团队" * 8, "فريق المشتريات في روتردام " * 2, "W" * 60, "_x0041_&<"]
)
def test_names_of_any_script_and_length_stand_whole_in_cells(subject_of, name):
    subject = subject_of("NLD", "CHN", names={"NLD": name}, deal=DEAL)
    book = opened(as_xlsx(subject))
    assert len(subject.comparison.a.name) <= 60
    assert book["Scores"]["A4"].value == subject.comparison.a.name
    assert book["Gaps"]["B3"].value == subject.comparison.a.name
    assert book["Gaps"]["B3"].alignment.wrap_text


def test_every_export_signs_with_all_that_it_must(usual, subject_of):
    subject, _, book, _ = usual
    texts = texts_of(book["Summary"])
    stamp = subject.stamp
    assert texts[0] == stamp.title
    for line in (*subject.answer, *stamp.lines):
        assert line in texts
    assert book.properties.title == stamp.title
    assert stamp.caveat in book.properties.description
    for sheet in book.worksheets[1:]:
        assert stamp.source in texts_of(sheet), sheet.title
    without = opened(as_xlsx(subject_of("NLD", "CHN", page="")))
    assert "Open the same view" not in texts_of(without["Summary"])


def test_sources_are_listed_once_with_their_address(usual):
    subject, _, book, _ = usual
    rows = list(book["Sources"].iter_rows(min_row=4, values_only=True))
    listed = [row[:5] for row in rows if row[1]]
    assert len({row[:2] for row in listed}) == len(listed)
    addresses = {row[3] for row in listed}
    assert "https://geerthofstede.com/research-and-vsm/dimension-data-matrix/" in addresses
    cited = {c.id for t in subject.friction.topics for c in t.topic.sources}
    titles = {row[1] for row in listed}
    assert {subject.tables.sources[i].title for i in cited} <= titles


def test_the_radar_has_the_parties_colours_dashes_and_a_fixed_scale(subject_of):
    data = as_xlsx(subject_of("NLD", "CHN", further=("JPN", "BRA")))
    radar = parts_of(data, "xl/charts/chart1.xml").popitem()[1]
    series = list(radar.iter(f"{CHART}ser"))
    lines = [s.find(f"{CHART}spPr/{{*}}ln") for s in series]
    colours = [line.find(".//{*}srgbClr").get("val") for line in lines]
    assert [f"#{c}" for c in colours] == [style.colour for style in PARTY_STYLES[:4]]
    dashes = [line.find("{*}prstDash").get("val") for line in lines]
    markers = [s.find(f"{CHART}marker/{CHART}symbol").get("val") for s in series]
    assert len(set(dashes)) == len(set(markers)) == 4
    assert (dashes[0], markers[0], markers[1]) == ("solid", "circle", "square")
    names = [s.find(f"{CHART}tx//{CHART}v").text for s in series]
    assert names == ["Netherlands", "China", "Japan", "Brazil"]
    scale = radar.find(f".//{CHART}valAx/{CHART}scaling")
    assert [scale.find(f"{CHART}{end}").get("val") for end in ("min", "max")] == ["0", "115"]
    assert len(parts_of(data, "xl/charts/")) == 2


def test_the_bars_of_the_gaps_have_the_colour_of_the_side_that_scores_higher(usual):
    _, data, _, _ = usual
    bars = parts_of(data, "xl/charts/chart2.xml").popitem()[1]
    assert bars.find(f".//{CHART}barDir").get("val") == "bar"
    values = [float(v.text) for v in bars.findall(f".//{CHART}val//{CHART}v")]
    colours = [c.get("val") for c in bars.findall(f".//{CHART}dPt//{{*}}srgbClr")]
    assert values == [60, -52, 44, -42, 23, -20]
    assert colours == ["0072B2" if value > 0 else "D55E00" for value in values]
    drawings = parts_of(data, "xl/drawings/drawing2.xml").popitem()[1]
    told = drawings.find(".//{*}cNvPr").get("descr")
    assert "Individualism: 80 against 20, gap 60." in told


def test_rows_of_text_fit_themselves_again_and_those_below_a_chart_do_not(usual):
    _, data, _, _ = usual
    gaps = parts_of(data, "xl/worksheets/sheet3.xml").popitem()[1]
    rows = {int(row.get("r")): row for row in gaps.iter(f"{SHEET}row")}
    assert rows[4].get("ht")
    assert rows[4].get("customHeight") is None
    drawing = parts_of(data, "xl/drawings/drawing2.xml").popitem()[1]
    first, last = (int(row.text) for row in drawing.findall(".//{*}row"))
    assert all(rows[row + 1].get("customHeight") == "1" for row in range(first, last + 1))


def test_the_same_day_gives_the_same_bytes_and_another_day_does_not(subject_of, usual):
    subject, data, _, _ = usual
    assert as_xlsx(subject) == data
    assert as_xlsx(subject_of("NLD", "CHN")) == data
    later = as_xlsx(subject_of("NLD", "CHN", day=date(2026, 11, 23)))
    assert later != data
    assert opened(later).properties.created.date() == date(2026, 11, 23)
