"""The table: read by Python's own reader and by pandas, with values worked by hand."""

import csv
import io
import math
import subprocess

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from analysis.deal import Deal
from analysis.exports.as_csv import COLUMNS, as_csv
from analysis.measures.registry import LISTED
from analysis.settings import make_settings

MOLDS = Deal(
    kind="supply", subject="=pumps", they_hold=("molds",), first_order=4_000.0, total=800_000.0,
    later_orders=(10_000.0, 20_000.0), prior_deals=True, effects=(("prior_deals", -0.4),),
    minutes=60,
)  # fmt: skip
HOSTILE = {"NLD": '=HYPERLINK("http://x","y")', "CHN": "a;=1+1,\n2"}
NUMBERS = ["value", "low", "high", "percentile", "percentile_low", "percentile_high"]
CASES = {
    "usual": ("NLD", "CHN", {}),
    "close": ("SWE", "FIN", {}),
    "one score missing": ("ISR", "USA", {}),
    "regional": ("SAU", "NGA", {}),
    "no distance": ("UKR", "POL", {}),
    "few dimensions": ("TTO", "CHE-FR", {}),
    "four parties": ("NLD", "CHN", {"further": ("JPN", "BRA")}),
    "other scripts": ("NLD", "CHN", {"names": {"NLD": "中文团队", "CHN": "فريق العمل"}}),
    "hostile": ("NLD", "CHN", {"names": HOSTILE}),
    "brief": ("NLD", "CHN", {"deal": MOLDS}),
    "hostile brief": ("NLD", "CHN", {"deal": MOLDS, "names": HOSTILE}),
    "brief without a distance": ("UKR", "POL", {"deal": Deal()}),
}
every_case = pytest.mark.parametrize("which", CASES)


@pytest.fixture
def rows_of(subject_of):
    """Return the rows of a case as a spreadsheet's reader finds them."""

    def of(a, b, **more):
        text = as_csv(subject_of(a, b, **more)).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    return of


@pytest.fixture
def frame_of(subject_of):
    """Return the table of a case as pandas reads it, without a single option."""
    return lambda a, b, **more: pd.read_csv(io.BytesIO(as_csv(subject_of(a, b, **more))))


def part(frame, section):
    return frame[frame["section"] == section]


@every_case
def test_the_bytes_follow_the_standard(subject_of, which):
    a, b, more = CASES[which]
    written = as_csv(subject_of(a, b, **more))
    assert written.startswith("\ufeffsection,party_a,party_b,item,label,".encode())
    assert written.endswith(b"\r\n")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert written.count("\ufeff".encode()) == 1
    assert written == as_csv(subject_of(a, b, **more))
    table = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True))
    assert tuple(table[0]) == COLUMNS
    assert {len(row) for row in table} == {len(COLUMNS)}


@every_case
def test_pandas_reads_every_number_as_a_number(subject_of, frame_of, rows_of, which):
    a, b, more = CASES[which]
    frame, rows = frame_of(a, b, **more), rows_of(a, b, **more)
    assert len(frame) == len(rows)
    for column in NUMBERS:
        assert pd.api.types.is_numeric_dtype(frame[column]), column
        # Every digit is there: what is read is the very number that was written.
        exact = [float(row[column]) if row[column] else math.nan for row in rows]
        assert frame[column].tolist() == pytest.approx(exact, rel=1e-12, nan_ok=True)
    for column in set(COLUMNS) - set(NUMBERS):
        assert all(isinstance(cell, str) for cell in frame[column].dropna()), column


@every_case
def test_the_first_rows_say_what_every_export_says(subject_of, rows_of, which):
    a, b, more = CASES[which]
    stamp, rows = subject_of(a, b, **more).stamp, rows_of(a, b, **more)
    about = [row for row in rows if row["section"] == "about"]
    assert rows[: len(about)] == about
    told = {row["item"]: row["text"].removeprefix("'") for row in about}
    if "names" not in more:
        assert told["title"] == stamp.title
        assert tuple(r["text"] for r in about if r["item"] == "party") == stamp.parties
    assert told["data_version"] == stamp.data_version
    assert told["date"] == "2026-11-22"
    assert (told["source"], told["caveat"], told["link"]) == (
        stamp.source, stamp.caveat, stamp.link,
    )  # fmt: skip
    assert told["settings"] == stamp.settings_line


def test_changed_settings_stand_in_the_table_and_no_link_gives_no_row(rows_of, tables):
    changed = make_settings(tables, score_error=5, published_only=True)
    rows = rows_of("NLD", "CHN", settings=changed, page="")
    told = {row["item"]: row["text"] for row in rows if row["section"] == "about"}
    assert told["settings"] == "Settings: published scores only; error of a score 5 points."
    assert "link" not in told


@every_case
def test_no_cell_is_a_formula_in_any_spreadsheet(rows_of, which):
    a, b, more = CASES[which]
    for row in rows_of(a, b, **more):
        for name, cell in row.items():
            if name in NUMBERS:
                assert not cell or math.isfinite(float(cell))
                continue
            # Also where a spreadsheet parts the line at semicolons instead of commas.
            for piece in cell.split(";"):
                assert not piece.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), cell
            assert "\n" not in cell


def test_a_name_like_a_formula_is_told_as_text(rows_of):
    rows = rows_of("NLD", "CHN", names=HOSTILE, deal=MOLDS)
    names = [row["text"] for row in rows if row["item"] == "party"]
    assert names == ['\'=HYPERLINK("http://x","y")', "a;'=1+1, 2"]
    subject = next(r for r in rows if r["section"] == "deal" and r["item"] == "subject")
    assert subject["text"] == "'=pumps"


@given(name=st.text(max_size=60))
@trials(max_examples=25, deadline=None)
def test_any_name_leaves_the_table_whole(subject_of, name):
    frame = pd.read_csv(io.BytesIO(as_csv(subject_of("NLD", "CHN", names={"NLD": name}))))
    assert tuple(frame.columns) == COLUMNS
    assert len(part(frame, "score")) == 12
    for cell in part(frame, "about")["text"]:
        assert not str(cell).lstrip().startswith(("=", "+", "-", "@"))


def test_scores_and_gaps(frame_of):
    frame = frame_of("NLD", "CHN", further=("JPN",))
    scores = part(frame, "score").pivot_table(index="party_a", columns="item", values="value")
    assert scores.loc["NLD"].to_dict() == {
        "pdi": 38, "idv": 80, "mas": 14, "uai": 53, "lto": 67, "ivr": 68,
    }  # fmt: skip
    assert sorted(scores.index) == ["CHN", "JPN", "NLD"]
    gaps = part(frame, "gap").set_index("item")["value"]
    # The Netherlands minus China: 38 - 80, 80 - 20, 14 - 66, 53 - 30, 67 - 87, 68 - 24.
    assert gaps.to_dict() == {
        "pdi": -42, "idv": 60, "mas": -52, "uai": 23, "lto": -20, "ivr": 44,
    }  # fmt: skip
    assert part(frame, "contribution")["value"].sum() == pytest.approx(1)
    assert set(part(frame, "score")["standing"]) == {"published"}


def test_a_regional_score_says_so_and_a_missing_one_is_an_empty_cell(rows_of):
    scores = [r for r in rows_of("SAU", "NGA") if r["section"] == "score"]
    assert {r["origin"] for r in scores if r["standing"] == "regional"} >= {"ARAB"}
    rows = rows_of("ISR", "USA")
    missing = next(r for r in rows if (r["section"], r["party_a"], r["item"]) == (
        "score", "ISR", "ivr",
    ))  # fmt: skip
    assert (missing["value"], missing["standing"], missing["reason"]) == (
        "", "missing", "no score was published",
    )  # fmt: skip
    assert missing["source"] == ""
    gap = next(r for r in rows if (r["section"], r["item"]) == ("gap", "ivr"))
    assert (gap["value"], gap["reason"]) == ("", "a score is missing")


@every_case
def test_where_a_value_is_missing_a_reason_stands_and_nowhere_a_guess(rows_of, which):
    a, b, more = CASES[which]
    textual = {"about", "deal", "source"}
    for row in rows_of(a, b, **more):
        if row["section"] not in textual and not row["value"]:
            assert row["reason"], row
            assert not any(row[column] for column in NUMBERS), row


def test_the_measures_and_their_intervals(frame_of, subject_of):
    subject = subject_of("NLD", "CHN")
    measures = part(frame_of("NLD", "CHN"), "measure").set_index("item")
    assert sorted(measures.index) == sorted(m.id for m in LISTED)
    # Gaps of 42, 60, 52, 23, 20 and 44 points: the root of 10933.
    assert measures.loc["euclidean", "value"] == pytest.approx(math.sqrt(10933))
    for name, row in measures.iterrows():
        found = subject.comparison.measures[name]
        assert (row["low"], row["high"]) == pytest.approx(found.interval)
        assert row["low"] <= row["value"] <= row["high"]
        assert row["percentile_low"] <= row["percentile"] <= row["percentile_high"]


def test_a_headline_that_is_not_listed_stands_first(frame_of, tables):
    chosen = make_settings(tables, measure="mahalanobis_kogut_singh")
    measures = part(frame_of("NLD", "CHN", settings=chosen), "measure").set_index("item")["value"]
    assert measures.index[0] == "mahalanobis_kogut_singh"
    assert len(measures) == len(LISTED) + 1
    # D squared over the six dimensions.
    assert measures.iloc[0] == pytest.approx(measures["mahalanobis"] ** 2 / 6)


def test_every_pair_of_four_parties(frame_of):
    pairs = part(frame_of("NLD", "CHN", further=("JPN", "BRA")), "pair")
    assert len(pairs) == 6  # 4 * 3 / 2
    assert set(pairs["item"]) == {"konara_mohr"}
    assert len(set(zip(pairs["party_a"], pairs["party_b"], strict=True))) == 6


def test_topics_with_their_intervals_and_evidence(frame_of):
    frame = frame_of("NLD", "CHN")
    topics = part(frame, "topic").set_index("item")
    assert len(topics) == 18
    gaps = part(frame, "topic_gap").set_index("item")["value"]
    for topic, row in topics.iterrows():
        assert row["value"] == pytest.approx(100 * math.erf(abs(gaps[topic]) / 2))
        assert row["low"] <= row["value"] <= row["high"]
    assert topics.loc["detailed_contract", "evidence"] == "A"
    families = part(frame, "family")["value"]
    overall = part(frame, "friction").iloc[0]
    assert overall["value"] == pytest.approx(families.mean())
    assert "topic_with_deal" not in set(frame["section"])


def test_a_brief_adds_the_deal_the_road_map_and_the_agenda(frame_of):
    frame = frame_of("NLD", "CHN", deal=MOLDS)
    deal = part(frame, "deal")
    later = deal[deal["item"] == "later_orders"]
    assert later["value"].tolist() == [10_000, 20_000]
    assert set(later["unit"]) == {"EUR"}
    effect = deal[deal["item"] == "effects"].iloc[0]
    assert (effect["text"], effect["value"]) == ("prior_deals", -0.4)
    assert deal.set_index("item")["text"]["prior_deals"] == "yes"
    # 800,000 less 4,000, 10,000 and 20,000 leaves a last stage of 766,000.
    assert part(frame, "roadmap_amount")["value"].tolist() == [4_000, 10_000, 20_000, 766_000]
    assert part(frame, "roadmap_share")["value"].sum() == pytest.approx(1)
    assert part(frame, "agenda")["value"].sum() == 60
    assert len(part(frame, "topic_with_deal")) == 18


@every_case
def test_every_source_named_stands_below(rows_of, tables, which):
    a, b, more = CASES[which]
    rows = rows_of(a, b, **more)
    below = [row["item"] for row in rows if row["section"] == "source"]
    named = {i for row in rows for i in row["source"].split()}
    assert len(below) == len(set(below))
    assert set(below) == named
    assert named <= set(tables.sources)
    computed = {"score", "gap", "measure", "pair", "topic", "friction", "family", "overlap"}
    for row in rows:
        assert row["source"] or row["section"] not in computed or row["standing"] == "missing", row


@pytest.mark.office
@pytest.mark.parametrize("separator", [",", ";"])
def test_an_office_program_finds_no_formula(subject_of, tmp_path, separator):
    names = {"NLD": '=HYPERLINK("http://x","y")', "CHN": "a;=1+1"}
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv(subject_of("NLD", "CHN", names=names, deal=MOLDS)))
    subprocess.run(
        [
            "soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
            # Separator, quotes, UTF-8, from line 1, formulas evaluated as a person might allow.
            f"--infilter=CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,0,true",
            "--convert-to", "xlsx", "--outdir", str(tmp_path), str(path),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    assert [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    if separator == ",":
        held = {row[3].value: row[6].value for row in sheet.iter_rows() if row[0].value == "gap"}
        assert held == {"pdi": -42, "idv": 60, "mas": -52, "uai": 23, "lto": -20, "ivr": 44}
