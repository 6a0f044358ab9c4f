"""The menu of files on Compare and Brief: closed, open, and for a pair without a value."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.exports.formats import FORMATS

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(page, *, menu, **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.session_state["take_away_open"] = menu
    app.run()
    if page == "brief":
        app.session_state["take_away_open"] = menu
        app.switch_page("pages/brief.py").run()
    assert not app.exception
    return app


def offered(app):
    return {button.proto.label for button in app.get("download_button")}


@pytest.mark.parametrize("page", ["compare", "brief"])
def test_a_closed_menu_sends_nothing(page):
    assert offered(opened(page, menu=False, a="NLD", b="CHN")) == set()


@pytest.mark.parametrize("page", ["compare", "brief"])
@pytest.mark.parametrize("pair", [("NLD", "CHN"), ("UKR", "POL"), ("SAU", "NGA")])
def test_an_open_menu_offers_every_format_with_what_it_is_good_for(page, pair):
    app = opened(page, menu=True, a=pair[0], b=pair[1])
    assert offered(app) == {one.label for one in FORMATS.values()}
    shown = " ".join(m.value for m in [*app.markdown, *app.caption]).replace("\\", "")
    for one in FORMATS.values():
        assert one.good_for in shown


def test_nothing_is_made_before_a_click(monkeypatch):
    made = []
    monkeypatch.setattr(
        "analysis.exports.formats.resolve_name", lambda name: made.append(name) or (lambda _: b"")
    )
    opened("compare", menu=True, a="NLD", b="CHN")
    assert made == []
