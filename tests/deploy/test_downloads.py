"""A file stays to be fetched while other sessions come to the end of their runs."""

import re
from pathlib import Path

import pytest
from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from pages.shared import downloads
from pages.shared.downloads import offer_file

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """What there is of a server where files are concerned."""

    def __init__(self):
        self.media_file_mgr = MediaFileManager(MemoryMediaFileStorage("/media"))

    def others_run(self):
        """Two runs of other sessions end: the first marks what nobody shows, the second deletes."""
        for _ in range(2):
            self.media_file_mgr.remove_orphaned_files()

    def content(self, address):
        found = self.media_file_mgr.read_file(address.removeprefix("/media/"))
        return found and found.content


class Button:
    """Takes what a download button would, and is clicked."""

    def __init__(self, server):
        self._server = server

    def download_button(self, label, data, file_name, mime):
        self._data, self._name, self._mime = data, file_name, mime

    def click(self):
        files = self._server.media_file_mgr
        return files.execute_deferred(files.add_deferred(self._data, self._mime, "1", self._name))


@pytest.fixture
def server(monkeypatch):
    made = Server()
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: made)
    return made


def offered(server, content, name="a.csv"):
    button = Button(server)
    offer_file(button, "A file", data=lambda: content, file_name=name, mime="text/csv")
    return button


def test_a_file_outlives_the_runs_of_others(server):
    address = offered(server, b"1,2").click()
    server.others_run()
    assert server.content(address) == b"1,2"


def test_without_the_place_of_its_own_it_is_gone(server):
    # Once this holds no longer, Streamlit keeps such files itself and `downloads` can go.
    button = Button(server)
    button.download_button("A file", lambda: b"1,2", "a.csv", "text/csv")
    address = button.click()
    server.others_run()
    assert server.content(address) is None


def test_no_more_files_are_held_than_the_bound_and_each_for_its_time_only(server, monkeypatch):
    waiting = []

    class Later:
        def __init__(self, seconds, function, arguments):
            assert seconds == downloads.HELD_FOR
            waiting.append(lambda: function(*arguments))

        def start(self):
            pass

    monkeypatch.setattr(downloads, "Timer", Later)
    monkeypatch.setattr(downloads, "MOST_HELD", 3)
    addresses = [offered(server, b"%d" % n).click() for n in range(5)]
    server.others_run()
    assert [server.content(a) for a in addresses] == [None, None, b"2", b"3", b"4"]
    waiting[0]()  # the place of the first has been taken by the fourth: that one stays
    server.others_run()
    assert server.content(addresses[3]) == b"3"
    for release in waiting:
        release()
    server.others_run()
    assert [server.content(a) for a in addresses] == [None] * 5


def test_text_and_open_files_leave_as_bytes(server, tmp_path):
    assert server.content(offered(server, "ä").click()) == "ä".encode()
    (tmp_path / "b").write_bytes(b"whole")
    button = Button(server)
    opened = (tmp_path / "b").open
    offer_file(button, "A file", data=lambda: opened("rb"), file_name="b", mime="text/csv")
    assert server.content(button.click()) == b"whole"


def test_every_button_that_makes_a_file_is_shown_so():
    buttons = re.compile(r"\bdownload_button\(")
    scripts = [*(ROOT / "pages").rglob("*.py")]
    found = {path.name for path in scripts if buttons.search(path.read_text("utf-8"))}
    assert found == {"downloads.py"}
