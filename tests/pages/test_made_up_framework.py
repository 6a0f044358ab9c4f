"""A framework nobody has heard of, added to the tables: every page works with it.

Nothing in the measures, figures or pages may know a framework's name or count its dimensions.
"""

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.tables import Dimension, Framework, Source, load_tables
from pages.shared import state

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
MADE_UP = "made-up-2026"
SCORES = {
    "BRA": (2.5, 7.0, 4.1), "CHN": (8.5, 6.2, 9.0), "DEU": (4.0, 2.2, 6.5), "FRA": (6.1, 3.3, 5.2),
    "JPN": (5.6, 8.8, 8.1), "NLD": (3.0, 1.9, 6.0), "SWE": (2.8, 1.2, 5.5), "USA": (4.4, 4.9, 2.7),
}  # fmt: skip


def made_up_tables():
    shipped = load_tables()
    source = Source(
        MADE_UP, "data", "Ann Author; Ben Writer", 2026, "A study that never was", "Nowhere Press",
        "", "free", "yes",
    )  # fmt: skip
    dimensions = tuple(
        Dimension(i, name, f"how {name.lower()} people are", f"little {name.lower()}",
                  f"much {name.lower()}", classic=place < 2, core=False)
        for place, (i, name) in enumerate([("wa", "Warmth"), ("ha", "Haste"), ("th", "Thrift")])
    )  # fmt: skip
    rows = tuple(i for i in shipped.profiles if i in SCORES)
    scores = np.array([SCORES[i] for i in rows])
    scores.flags.writeable = False
    framework = Framework(
        MADE_UP, "A framework made up", "Made up 2026", 2026, "0 to 10", MADE_UP, "None of it is"
        " so.", 0.0, 10.0, 1, 0.5, (0.2, 1.0), "Half a point, as a guess.", dimensions, rows,
        scores, scores, MappingProxyType(dict.fromkeys(rows, "table 1")),
    )  # fmt: skip
    return replace(
        shipped,
        frameworks=MappingProxyType({**shipped.frameworks, MADE_UP: framework}),
        sources=MappingProxyType({**shipped.sources, MADE_UP: source}),
    )


@pytest.fixture(autouse=True)
def made_up(monkeypatch):
    """Put the framework among those that ship, for this test alone."""
    forget()
    monkeypatch.setattr(state, "load_tables", made_up_tables)
    yield
    forget()


def forget():
    st.cache_resource.clear()
    for held in vars(state).values():
        if hasattr(held, "cache_clear"):
            held.cache_clear()


def opened(page, **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"framework": MADE_UP, **link})
    app.run()
    assert not app.exception
    if page != "compare.py":
        app.switch_page(f"pages/{page}")
        app.query_params.update({"framework": MADE_UP, **link})
        app.run()
    assert not app.exception
    return app


def text(app):
    return " ".join(m.value for m in [*app.markdown, *app.caption]).replace("\\", "")


def names(app):
    """The names of the frameworks in the chart of agreement."""
    drawn = json.loads(app.get("plotly_chart")[-1].proto.spec)["data"]
    return drawn[2]["text"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_it(page):
    app = opened(page)
    assert app.session_state["setting_framework"] == MADE_UP
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_a_pair_that_it_does_not_know(page):
    opened(page, a="MEX", b="NLD")


def test_compare_shows_its_scores_its_source_and_what_the_others_say():
    app = opened("compare.py")
    shown = text(app)
    assert "thrift" in shown
    assert "Ann Author and Ben Writer, A study that never was" in shown
    assert "28 pairs" in shown  # 8 countries: 8 * 7 / 2
    assert "Choose that framework under Settings" in shown
    assert "Hofstede 2015" in shown  # among the other frameworks
    assert len(app.get("plotly_chart")) == 5
    assert "<b>Made up 2026</b>" in names(app)


def test_the_frameworks_that_ship_stand_beside_it():
    app = opened("compare.py", framework="hofstede-2015")
    assert {"<b>Hofstede 2015</b>", "Made up 2026"} <= set(names(app))
    app.session_state["settings_open"] = True
    app.run()
    app.selectbox(key="setting_framework").set_value(MADE_UP).run()
    assert not app.exception
    assert "scores of Made up 2026" in text(app)


def test_the_brief_says_what_friction_rests_on_and_what_to_do():
    shown = text(opened("brief.py"))
    assert "the topics rest on the dimensions of Hofstede 2015" in shown
    assert "Choose that framework under Settings" in shown
