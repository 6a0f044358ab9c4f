"""The Bulk page: empty, understood, wrong, running, cancelled, done; and nothing left behind."""

import gc
import io
import json
import logging
import os
import shlex
import stat
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

import analysis.bulk.job as bulk_job
from analysis.bulk.engine import Progress
from analysis.cli.commands import main
from analysis.comparison import compare
from analysis.errors import BulkError, BulkStopped
from analysis.settings import default_settings
from pages.shared import bulk_jobs, bulk_places
from pages.shared.bulk_jobs import Desk, Job, Room, Turns, look_at_rooms
from tests.pages.test_teams import MEMBERS, go, text, with_team

ROOT = Path(__file__).resolve().parent.parent.parent
PAIRS = (
    b"year,exporter,importer\n2019,NLD,CHN\n2020,Holland,china\n2021,SWE,NOR\n2021,Germany,Japan\n"
    b"2022,Brazil,Atlantis\n2022,NLD,NLD\n2022,,CHN\n"
)


@pytest.fixture(autouse=True)
def temporary(monkeypatch, tmp_path):
    """All temporary folders of a test in one place, so that what stays behind is seen."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv(bulk_places.VARIABLE, raising=False)
    return folder


def opened(**link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    return go(app, "bulk")


def uploaded(content=PAIRS, name="my pairs.csv", **link):
    app = opened(**link)
    app.file_uploader[0].upload(name, content).run()
    assert not app.exception
    return app


def desk(app):
    return app.session_state["bulk_desk"]


def ended(app):
    desk(app).job.wait(60)
    assert desk(app).job.is_over
    app.run()
    assert not app.exception
    return app


def computed(app):
    app.button(key="bulk_run").click().run()
    return ended(app)


def downloads(app):
    return {b.proto.label for b in app.get("download_button")}


def rows_of(app):
    """The result as a mapping for each row."""
    lines = desk(app).job.report.report.out.read_text("utf-8-sig").splitlines()
    header = lines[0].split(",")
    return [dict(zip(header, line.split(","), strict=True)) for line in lines[1:]]


def test_the_empty_page_says_what_to_give_and_offers_the_matrix():
    app = opened()
    assert "# Distances for a whole table of pairs" in text(app)
    assert "Up to 5 MB: about 200,000 rows of CSV, twice as many of Parquet" in text(app)
    assert "No table yet." in app.info[0].value
    assert downloads(app) == {"An example to try (CSV)", "CSV", "Parquet", "XLSX"}
    assert not app.button
    assert not app.segmented_control  # no path without the variable


def test_a_larger_limit_of_the_server_counts_for_this_page(monkeypatch, tmp_path):
    monkeypatch.setenv("PARLEY_DATABASE", f"sqlite:///{tmp_path / 'kept.db'}")
    own = text(opened())
    assert "STREAMLIT_SERVER_MAX_UPLOAD_SIZE=200 make run” takes up to 200 MB here" in own
    known = config.get_option("server.maxUploadSize")
    config.set_option("server.maxUploadSize", 200)
    try:
        app = opened()
        assert app.file_uploader(key="bulk_file").proto.max_upload_size_mb == 200
        assert "Up to 200 MB: about 8,000,000 rows of CSV" in text(app)
        assert "make run" not in text(app)
    finally:
        config.set_option("server.maxUploadSize", known)
    monkeypatch.setenv("PARLEY_DATABASE", "none")  # as for strangers: it is not theirs to change
    assert "make run" not in text(opened())


def test_what_was_understood_is_said_before_anything_runs():
    app = uploaded()
    shown = text(app)
    assert "Parties are taken from the columns “exporter” and “importer”" in shown
    assert "9 of 10 different names and codes are understood" in shown
    assert "| Atlantis | – | 1 |" in app.warning[0].value
    assert "1 cell of these columns is blank" in shown
    assert "too few scores" not in shown
    assert len(app.dataframe) == 1
    assert desk(app).job is None


def test_what_will_get_no_value_is_said_before_anything_runs():
    # Albania has scores on long-term orientation and indulgence only, South Africa in parts only.
    app = uploaded(b"a,b\nAlbania,CHN\nZAF,NLD\nNLD,Jpan\n,Albania\n , \n528.0,Chine\n")
    shown = text(app).replace("\\", "")
    assert (
        "2 parties have too few scores in Hofstede 2015 for a distance to anybody, so rows with"
        " them get no value: Albania and South Africa."
    ) in shown
    assert "3 cells are blank" in shown
    warned = app.warning[0].value.replace("\\", "")
    assert "| Jpan | Japan (JPN) or Panama (PAN) | 1 |" in warned
    assert "528" not in warned


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"firm,country\nPhilips,NLD\nSony,JPN\n",
         "Only “country” seems to hold parties, and a pair needs two columns: choose the two above,"
         " or for their side “always the same party”;"
         " there are “firm” and “country”."),
        (b"firm,city\nPhilips,Breda\nSony,Kyoto\n",
         "No two columns seem to hold parties: choose the two above; there are “firm” and “city”."),
    ],
)  # fmt: skip
def test_a_table_without_two_columns_of_parties_says_what_to_do_here(content, said):
    app = uploaded(content)
    assert app.warning[0].value.replace("\\", "") == said
    assert app.selectbox(key="bulk_column_a").value is None


def test_one_column_of_parties_is_set_against_a_party_that_is_always_the_same():
    app = uploaded(b"year,country\n2019,CHN\n2020,Japan\n2021,Atlantis\n")
    app.selectbox(key="bulk_column_a").set_value("country").run()
    app.selectbox(key="bulk_column_b").set_value("\0").run()
    assert "choose the two above" in app.warning[0].value  # until it is said which party
    app.selectbox(key="bulk_other_side").set_value("NLD").run()
    assert not app.exception
    shown = text(app)
    assert (
        "Parties are in the column “country”, as named; the other side is always the Nether"
        in shown
    )
    app.button(key="bulk_run").click().run()
    ended(app)
    pairs = {row["country"]: row["konara_mohr"] for row in rows_of(app)}
    assert float(pairs["CHN"]) == pytest.approx(1.947531458590909)  # as Compare has it
    assert pairs["Atlantis"] == ""
    assert "--columns country --with NLD" in app.code[0].value


def test_each_added_column_is_explained_before_and_after():
    app = uploaded()
    app.multiselect(key="bulk_measures").set_value(["kogut_singh"]).run()
    app.pills(key="bulk_extras").set_value(["percentile", "interval", "topics"]).run()
    assert "half a minute for each measure" in text(app)
    app.session_state["bulk_meanings"] = True
    app.run()
    shown = text(app).replace("\\", "")
    assert "- **kogut_singh**: Kogut-Singh, without a unit: its square" in shown
    assert (
        "- **kogut_singh_percentile_low**: Lower end of where the percentile likely lies" in shown
    )
    assert "- **friction_overall**: The mean" in shown
    app.pills(key="bulk_extras").set_value(["k"]).run()
    app = computed(app)
    told = json.loads(desk(app).job.report.report.report.read_text("utf-8"))["result"]
    assert list(told["meaning_of_columns"]) == told["columns_added"] == ["kogut_singh", "k"]
    assert told["meaning_of_columns"]["k"].startswith("On how many dimensions both have a score")


def test_the_json_names_the_files_as_their_person_holds_them():
    app = computed(uploaded(name="my pairs.csv"))
    done = desk(app).job.report
    told = json.loads(done.report.report.read_text("utf-8"))
    assert told["input"]["files"] == ["my pairs.csv"]
    assert told["result"]["file"] == "my pairs-parley.csv"
    assert told["result"]["left_out"] == "my pairs-parley-left-out.csv"
    assert list(done.names.values()) == [
        "my pairs-parley.csv", "my pairs-parley.json", "my pairs-parley-left-out.csv",
    ]  # fmt: skip


def test_the_columns_can_be_changed_and_a_bad_choice_is_one_sentence():
    app = uploaded()
    app.selectbox(key="bulk_column_a").set_value("importer").run()
    assert "Both sides are the column “importer”" in app.warning[0].value
    assert "bulk_run" not in {b.key for b in app.button}
    app.selectbox(key="bulk_column_b").set_value("exporter").run()
    app = computed(app)
    assert float(rows_of(app)[0]["konara_mohr"]) > 0
    assert desk(app).job.report.report.columns.pair == ("importer", "exporter")


def test_the_result_is_said_counted_and_the_very_number_of_the_compare_page(references):
    app = computed(uploaded())
    shown = text(app)
    assert "## 4 of 7 rows got a value" in shown
    assert (
        "3 rows have none: 1 names a party that is not known, 1 names one party twice and 1 names"
        " one party only."
    ) in shown
    assert "1 row repeats a pair" in shown  # Holland and china
    assert "| One side is empty | 1 | 14.3 |" in shown
    assert "The result" not in shown
    assert len(app.get("plotly_chart")) == 1
    assert downloads(app) >= {
        "The table with its results", "Rows left out, with the reason",
        "Settings, counts and citation (JSON)",
    }  # fmt: skip
    settings = default_settings(references.tables)
    rows = rows_of(app)
    for row, (a, b) in zip(rows, [("NLD", "CHN"), ("NLD", "CHN"), ("SWE", "NOR")], strict=False):
        expected = compare(references, a, b, settings, ()).measures["konara_mohr"].value
        assert float(row["konara_mohr"]) == pytest.approx(expected, rel=1e-14)
    assert rows[4]["konara_mohr"] == ""


def test_all_that_can_be_added_is_added_in_the_order_of_the_menu():
    app = uploaded()
    app.multiselect(key="bulk_measures").set_value(["mahalanobis", "kogut_singh"]).run()
    app.pills(key="bulk_extras").set_value(["k", "percentile", "standing", "topics"]).run()
    app = computed(app)
    first = rows_of(app)[0]
    names = list(first)
    assert names[:5] == ["year", "exporter", "importer", "kogut_singh", "kogut_singh_percentile"]
    assert first["k"] == "6"
    assert first["standing_a"] == "published"
    assert "friction_overall" in first
    assert app.selectbox(key="bulk_measure_shown").value == "kogut_singh"


@pytest.mark.parametrize(("ending", "read"), [("Parquet", pq.read_table), ("XLSX", None)])
def test_the_result_can_be_another_kind_of_file(ending, read):
    app = uploaded()
    app.segmented_control(key="bulk_format").set_value(f".{ending.lower()}").run()
    app = computed(app)
    out = desk(app).job.report.report.out
    assert out.suffix == f".{ending.lower()}"
    if read:
        assert read(out).num_rows == 7
    assert len(app.dataframe) == 2


@pytest.mark.parametrize("name", ["pairs.parquet", "pairs.tsv"])
def test_other_kinds_of_table_go_in(name):
    if name.endswith("tsv"):
        content = PAIRS.replace(b",", b"\t")
    else:
        held = io.BytesIO()
        pq.write_table(pa.table({"a": ["NLD", "SWE"], "b": ["CHN", None]}), held)
        content = held.getvalue()
    app = computed(uploaded(content, name))
    assert "got a value" in text(app)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "picture.csv"),
        (b"PAR1 is not enough", "a.parquet"),
        (b"PK no workbook", "a.xlsx"),
        (b"\x00\xff\x00\xff", "a.csv"),
        (b"one\ntwo\n", "a.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(content, name, temporary):
    app = uploaded(content, name)
    told = [*app.error, *app.warning]
    assert len(told) == 1
    assert told[0].value.replace("\\", "").endswith(".")
    assert str(temporary) not in told[0].value
    assert "pairs." not in told[0].value.replace("\\", "").replace("pairs need", "")
    assert "bulk_run" not in {b.key for b in app.button}


def test_a_failed_job_says_why_and_the_page_stays_up():
    app = uploaded(PAIRS.replace(b"year", b"konara_mohr"))
    app = computed(app)
    assert len(app.error) == 1
    assert "already has a column called “konara_mohr”" in app.error[0].value.replace("\\", "")
    app.multiselect(key="bulk_measures").set_value(["kogut_singh"]).run()
    assert "## 4 of 7 rows got a value" in text(computed(app))


def test_a_fault_nobody_foresaw_is_a_sentence_and_no_name_reaches_the_log(monkeypatch, caplog):
    quoted = "my pairs.csv: Atlantis"

    def broken(*_, **__):
        raise ZeroDivisionError(quoted)

    monkeypatch.setattr(bulk_job, "run", broken)
    with caplog.at_level(logging.DEBUG):
        app = computed(uploaded())
    assert "did not foresee" in app.error[0].value
    assert "ZeroDivisionError" in caplog.text
    assert "Atlantis" not in caplog.text
    assert "my pairs" not in caplog.text


@pytest.fixture
def endless(monkeypatch):
    """A job that runs until it is stopped, and says that it has begun."""
    begun = threading.Event()

    def run(request, tables, *, progress, stopped):
        request.out.with_name(".half").write_text("half")
        progress(Progress("Computing the pairs", 0.5))
        begun.set()
        while not stopped():
            time.sleep(0.01)
        request.out.with_name(".half").unlink()
        raise BulkStopped("stopped")

    monkeypatch.setattr(bulk_job, "run", run)
    return begun


def test_progress_is_shown_and_cancel_leaves_nothing(endless, temporary):
    app = uploaded()
    app.button(key="bulk_run").click().run()
    endless.wait(10)
    app.run()
    bar = app.get("progress")[0].proto
    assert bar.text == "Computing the pairs (50 %)"
    assert 30 < bar.value < 55
    assert "bulk_run" not in {b.key for b in app.button}
    began = time.monotonic()
    app.button(key="bulk_cancel").click().run()
    app = ended(app)
    assert time.monotonic() - began < 30  # against a hang; a second or two on a quiet machine
    assert app.info[0].value == "Stopped: nothing was written."
    assert {p.name for p in temporary.rglob("*") if p.is_file()} == {"pairs.csv", "lock"}
    assert "bulk_run" in {b.key for b in app.button}


def test_a_real_job_can_be_cancelled_while_it_computes_intervals():
    app = uploaded(b"a,b\n" + b"".join(b"NLD,%b\n" % c for c in (b"CHN", b"FRA", b"SWE")))
    app.pills(key="bulk_extras").set_value(["interval"]).run()
    app.button(key="bulk_run").click().run()
    desk(app).job.stop()
    ended(app)
    assert desk(app).job.state == "stopped"


def test_the_job_goes_on_while_another_page_is_looked_at(endless):
    app = uploaded()
    app.button(key="bulk_run").click().run()
    go(app, "compare")
    go(app, "bulk")
    assert desk(app).job.state == "running"
    assert "my pairs.csv is still here" in text(app).replace("*", "")
    app.button(key="bulk_put_away").click().run()
    assert "No table yet." in app.info[0].value


def test_results_of_other_settings_are_called_old():
    app = computed(uploaded())
    assert len(app.warning) == 1
    app.multiselect(key="bulk_measures").set_value(["angle"]).run()
    assert "what stands here is from before" in app.warning[1].value


def test_topics_are_offered_only_under_the_framework_they_rest_on():
    app = uploaded(framework="globe-2004-values")
    assert "topics" not in app.pills(key="bulk_extras").options
    assert "there are none under GLOBE" in text(app)
    assert "got a value" in text(computed(app))


@pytest.mark.parametrize(
    "framework", ["globe-2004-practices", "inglehart-welzel-2023", "tightness-2011"]
)
def test_every_framework_works(framework):
    app = computed(uploaded(framework=framework))
    assert "What became of the rows" in text(app)


def test_the_command_is_quoted_and_gives_the_same_job(references):
    app = uploaded(name="a b'; rm -rf $HOME.csv", ref="all", dims="classic")
    app.toggle(key="bulk_in_order").set_value(False).run()
    words = shlex.split(app.code[0].value)
    assert words[:5] == ["python", "-m", "analysis", "distances", "a b'; rm -rf $HOME.csv"]
    assert words[words.index("--reference") + 1] == "all"
    assert words[words.index("--dimensions") + 1] == "pdi,idv,mas,uai"
    assert "--unordered" in words
    shown = json.loads(desk(computed(app)).job.report.report.report.read_text("utf-8"))
    assert shlex.split(shown["command"]) == words
    assert tempfile.gettempdir() not in json.dumps(shown)


def test_the_command_writes_the_bytes_of_the_page(monkeypatch, tmp_path):
    app = uploaded(name="my pairs.csv", ref="all")
    app.multiselect(key="bulk_measures").set_value(["angle", "kogut_singh"]).run()
    app.pills(key="bulk_extras").set_value(["k", "percentile", "standing"]).run()
    report = desk(computed(app)).job.report.report
    (tmp_path / "my pairs.csv").write_bytes(PAIRS)
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(app.code[0].value)[3:]) == 0
    assert (tmp_path / "my pairs-parley.csv").read_bytes() == report.out.read_bytes()
    beside = tmp_path / "my pairs-parley-left-out.csv"
    assert beside.read_bytes() == report.left_out.read_bytes()


def test_a_name_that_would_be_an_option_is_not_quoted_as_one():
    words = shlex.split(uploaded(name="--help.csv").code[0].value)
    assert words[4] == "pairs.csv"


def test_own_teams_are_named_in_the_table():
    app = with_team(MEMBERS, a="FRA", b="CHN")
    go(app, "bulk")
    app.file_uploader[0].upload("a.csv", b"us,them\nRotterdam,CHN\nCHN,rotterdam\n").run()
    app = computed(app)
    rows = rows_of(app)
    assert rows[0]["konara_mohr"] == rows[1]["konara_mohr"] != ""
    assert "--team teams.csv" in app.code[0].value
    assert "your teams as teams.csv" in text(app)


def test_nothing_uploaded_is_in_the_link_or_in_a_path(temporary):
    app = computed(uploaded())
    assert "pairs" not in str(app.query_params)
    paths = [str(p.relative_to(temporary)) for p in temporary.rglob("*")]
    assert paths
    assert not [p for p in paths if "my" in p]
    folder = next(p for p in temporary.iterdir() if p.name.startswith("parley-bulk-"))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_another_file_drops_what_was_there_and_so_does_the_end_of_the_session(temporary):
    app = computed(uploaded())
    before = desk(app).job.report.report.out
    app.file_uploader[0].upload("b.csv", PAIRS).run()
    assert not before.exists()
    assert desk(app).job is None
    del app
    gc.collect()
    assert not list(temporary.iterdir())


def test_a_job_whose_session_ends_stops_and_takes_its_folder_along(temporary):
    held = Desk()
    held.take_upload(PAIRS, "a.csv", "1")
    at_work = threading.Event()

    def write_until_stopped(_tell, stopped):
        at_work.set()
        while not stopped():
            time.sleep(0.01)
        raise BulkStopped("stopped")

    job = held.start("job", write_until_stopped)
    at_work.wait(10)
    del held
    gc.collect()
    job.wait(10)
    assert job.state == "stopped"
    assert not list(temporary.iterdir())


def test_a_folder_goes_once_its_browser_has_been_away_for_long(temporary):
    there = [True]
    held = Desk(lambda: there[0], patience=100)
    held.take_upload(PAIRS, "a.csv", "1")
    job = held.start("job", lambda _tell, stopped: stopped() or time.sleep(0.05))
    now = time.monotonic()
    look_at_rooms(now + 1000)
    assert list(temporary.iterdir())  # the browser is there
    there[0] = False
    look_at_rooms(now + 1090)
    there[0] = True
    look_at_rooms(now + 1095)  # it was away for a moment
    there[0] = False
    look_at_rooms(now + 1190)
    assert list(temporary.iterdir())
    look_at_rooms(now + 1196)
    job.wait(5)
    assert not list(temporary.iterdir())
    held.tidy()
    assert held.held is None
    assert held.job is None


def test_only_so_many_jobs_run_at_once_and_the_others_wait_their_turn():
    turns, room, order = Turns(1), Room(lambda: True, 1), []
    gates = [threading.Event() for _ in range(3)]

    def work_for(place):
        def work(_tell, stopped):
            order.append(place)
            while not gates[place].is_set():
                if stopped():
                    raise BulkStopped("stopped")
                time.sleep(0.01)

        return work

    jobs = [Job(place, work_for(place), room, turns) for place in range(3)]
    for job in jobs:
        job.start()
        time.sleep(0.05)
    assert [job.state for job in jobs] == ["running", "waiting", "waiting"]
    jobs[1].stop()
    jobs[1].wait(5)
    assert jobs[1].state == "stopped"  # it need not wait for its turn to be stopped
    gates[0].set()
    gates[2].set()
    jobs[2].wait(5)
    assert [jobs[0].state, jobs[2].state] == ["done", "done"]
    assert order == [0, 2]
    room.close()


@pytest.fixture
def on_server(monkeypatch, tmp_path):
    folder = tmp_path / "offered"
    (folder / "panel").mkdir(parents=True)
    (tmp_path / "secret.csv").write_bytes(PAIRS)
    (folder / "trade.csv").write_bytes(PAIRS)
    (folder / ".hidden.csv").write_bytes(PAIRS)
    (folder / "out.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "inside.csv").symlink_to(folder / "trade.csv")
    (folder / "elsewhere").symlink_to(tmp_path)
    pq.write_table(pa.table({"a": ["NLD"], "b": ["CHN"]}), folder / "panel" / "one.parquet")
    for year in (2001, 2002):
        part = folder / "by year" / f"year={year}"
        part.mkdir(parents=True)
        pq.write_table(pa.table({"a": ["NLD"], "b": ["CHN"]}), part / "one.parquet")
    monkeypatch.setenv(bulk_places.VARIABLE, str(folder))
    return folder


def test_the_list_holds_what_lies_below_the_folder_and_nothing_else(on_server):
    assert bulk_places.tables_in(bulk_places.allowed_folder()) == [
        "by year/", "by year/year=2001/one.parquet", "by year/year=2002/one.parquet",
        "inside.csv", "panel/", "panel/one.parquet", "trade.csv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "../secret.csv", "panel/../../secret.csv", "out.csv", "elsewhere/secret.csv", "elsewhere",
        "/etc/passwd", "~/x.csv", ".", "", "..", "panel\\..\\..\\secret.csv", "a\0b", "x" * 5000,
    ],
)  # fmt: skip
def test_every_way_out_of_the_folder_is_refused_with_the_same_sentence(on_server, name):
    with pytest.raises(BulkError, match="Only what lies below the server’s folder"):
        bulk_places.find_inside(on_server.resolve(), name)


def test_a_folder_with_a_link_that_leads_out_is_refused(on_server, tmp_path):
    (on_server / "panel" / "two.parquet").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(BulkError, match="Only what lies below"):
        bulk_places.find_inside(on_server.resolve(), "panel")


def test_a_table_on_the_server_is_worked_on_there(on_server):
    app = opened()
    app.segmented_control(key="bulk_place").set_value("On the server").run()
    assert not app.file_uploader
    app.selectbox(key="bulk_path").set_value("trade.csv").run()
    app = computed(app)
    assert (on_server / "trade-parley.csv").exists()
    assert "called “trade-parley.csv”" in text(app)
    app = computed(app)  # the first result stays
    assert (on_server / "trade-parley-2.csv").exists()
    app.selectbox(key="bulk_path").set_value("panel/").run()
    computed(app)
    assert (on_server / "panel-parley.csv").exists()
    app.selectbox(key="bulk_path").set_value("by year/").run()
    assert [row["year"] for row in rows_of(computed(app))] == ["2001", "2002"]
    assert (on_server / "trade.csv").read_bytes() == PAIRS


def test_a_variable_that_names_no_folder_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv(bulk_places.VARIABLE, str(tmp_path / "nowhere"))
    app = opened()
    assert "does not name a folder" in app.warning[0].value.replace("\\", "")
    assert str(tmp_path) not in app.warning[0].value
    assert app.file_uploader


def test_a_room_is_closed_once_though_session_and_watch_come_at_once(monkeypatch):
    room, closed, faults = Room(lambda: True, 1), [], []
    close, held = os.close, room._lock

    def slowly(handle):
        closed.append(handle)
        time.sleep(0.05)
        close(handle)

    def come():
        try:
            room.close()
        except OSError as error:
            faults.append(error)

    monkeypatch.setattr(bulk_jobs.os, "close", slowly)
    both = [threading.Thread(target=come) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert faults == []
    assert closed.count(held) == 1
    assert not room.path.exists()
