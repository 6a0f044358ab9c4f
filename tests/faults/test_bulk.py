"""Bulk jobs on a disk without room, in a folder that may not be written, and after a kill."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import bulk_places
from pages.shared.bulk_jobs import Desk, clear_left_rooms
from tests.faults.conftest import ROOT, clean_environment, fill

PAIRS = b"exporter,importer\nNLD,CHN\nSWE,NOR\n"
NO_ROOM = "There is no room left on the disk where Parley works on tables: nothing was written."


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    monkeypatch.setenv("PARLEY_DATABASE", "none")


def healthy(app):
    assert not app.exception
    return app


def opened():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    return healthy(app.switch_page("pages/bulk.py").run())


def said(app):
    return " ".join(box.value for box in [*app.warning, *app.error]).replace("\\", "")


def text(app):
    return " ".join(m.value for m in [*app.markdown, *app.caption]).replace("\\", "")


def ended(app):
    job = app.session_state["bulk_desk"].job
    job.wait(120)
    assert job.is_over
    return healthy(app.run())


def test_an_upload_that_finds_no_room_is_said_and_taken_once_there_is_some(small_disk, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    app = opened()
    filling = fill(small_disk)
    healthy(app.file_uploader[0].upload("pairs.csv", PAIRS).run())
    assert NO_ROOM in said(app)
    assert str(small_disk) not in said(app)
    filling.unlink()
    healthy(app.button(key="bulk_again").click().run())
    assert said(app) == ""
    healthy(app.button(key="bulk_run").click().run())
    ended(app)
    assert "Every row got a value" in text(app)


def test_a_job_that_finds_no_room_is_said_and_the_next_one_works(small_disk, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    app = opened()
    healthy(app.file_uploader[0].upload("pairs.csv", PAIRS + b"NLD,CHN\n" * 4000).run())
    filling = fill(small_disk)
    healthy(app.button(key="bulk_run").click().run())
    ended(app)
    assert "The disk is full, so nothing was written: free space or choose" in said(app)
    assert str(small_disk) not in said(app)
    healthy(app.switch_page("pages/compare.py").run())  # the app is up
    filling.unlink()
    healthy(app.switch_page("pages/bulk.py").run())
    healthy(app.button(key="bulk_run").click().run())
    ended(app)
    assert "Every row got a value" in text(app)


def test_a_temporary_folder_that_is_not_there_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    app = opened()
    healthy(app.file_uploader[0].upload("pairs.csv", PAIRS).run())
    assert "The folder where Parley works on tables cannot be used (no such file or" in said(app)
    assert str(tmp_path) not in said(app)


def on_server(app, name):
    app.segmented_control(key="bulk_place").set_value("On the server").run()
    return healthy(app.selectbox(key="bulk_path").set_value(name).run())


def test_a_folder_on_the_server_that_may_not_be_written(tmp_path, monkeypatch):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "pairs.csv").write_bytes(PAIRS)
    done = shutil.which("mount") and subprocess.run(
        ["mount", "--bind", "-o", "ro", folder, folder], check=False, capture_output=True
    )
    if not done or done.returncode:
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere but on a disk mounted to be read only")
        folder.chmod(0o500)
    try:
        monkeypatch.setenv(bulk_places.VARIABLE, str(folder))
        app = on_server(opened(), "pairs.csv")
        assert "The server’s folder for bulk jobs cannot be written to" in said(app)
        assert "upload the table instead" in said(app)
        assert str(folder) not in said(app)
        assert not any(button.key == "bulk_run" for button in app.button)
    finally:
        if done and not done.returncode:
            subprocess.run(["umount", "-l", folder], check=True)
        else:
            folder.chmod(0o700)


def test_a_folder_on_the_server_that_goes_away_while_it_is_looked_at(tmp_path, monkeypatch):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "pairs.csv").write_bytes(PAIRS)
    monkeypatch.setenv(bulk_places.VARIABLE, str(folder))
    app = on_server(opened(), "pairs.csv")
    shutil.rmtree(folder)
    healthy(app.run())
    assert "PARLEY_BULK_FOLDER does not name a folder on this server" in said(app)
    assert str(folder) not in said(app)


SERVER = """
import os, signal, sys
from pages.shared.bulk_jobs import Desk
desk = Desk()
desk.take_upload(b"a,b\\nNLD,CHN\\n", "secret.csv", "1")
print(desk.folder(), flush=True)
signal.pause()
"""


@pytest.mark.skipif(os.name != "posix", reason="a kill of this kind is POSIX's")
def test_what_a_killed_server_left_goes_with_the_next_and_what_a_living_one_holds_stays(
    tmp_path, monkeypatch
):
    """A kill lets nothing tidy up: the uploaded table stays on the disk until the next server."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env=clean_environment(TMPDIR=str(tmp_path)),
        )
        for _ in range(2)
    ]  # fmt: skip
    try:
        killed, living = (Path(one.stdout.readline().strip()) for one in started)
        own = Desk()
        mine = own.take_upload(PAIRS, "mine.csv", "2").path
        started[0].send_signal(signal.SIGKILL)
        started[0].wait()
        assert (killed / "pairs.csv").exists()
        clear_left_rooms()
        assert not killed.exists()
        assert (living / "pairs.csv").exists()
        assert mine.exists()
        own.clear()
        assert not mine.exists()
    finally:
        for one in started:
            one.kill()
            one.wait()
            one.stdout.close()


@pytest.mark.parametrize("address", ["nonsense", "ftp://parley.example", "http://", "https://a b/"])
def test_a_public_address_that_is_none_is_said_and_no_link_begins_with_it(address, monkeypatch):
    monkeypatch.setenv("PARLEY_ADDRESS", address)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    healthy(app)
    assert "PARLEY_ADDRESS holds no web address (https or http and the name" in said(app)
    assert address not in app.code[0].value or address == "http://"
    assert "?a=NLD&b=CHN" in app.code[0].value


def test_a_public_address_that_is_none_is_said_on_the_command_line(tmp_path):
    out = tmp_path / "out.csv"
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "compare", "NLD", "CHN", "--out", str(out)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=clean_environment(PARLEY_ADDRESS="nonsense"),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("PARLEY_ADDRESS holds no web address")
    assert done.stderr.endswith("Or name the address with --address.\n")
    assert not out.exists()
