"""A person's own edition on the pages: made, used, set beside what ships, deleted, kept apart."""

import json
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from analysis.settings import default_settings
from analysis.tables import load_tables
from pages.shared import state

ROOT = Path(__file__).resolve().parent.parent.parent
TABLES = load_tables()
HOFSTEDE = TABLES.frameworks["hofstede-2015"]


def as_text(changed=None):
    """The matrix of 2015 as a pasted table, with some scores changed."""
    changed = changed or {}
    lines = ["\t".join(["Country", *(d.upper() for d in HOFSTEDE.dimension_ids)])]
    for profile, row in zip(HOFSTEDE.profile_ids, HOFSTEDE.scores, strict=True):
        cells = [
            changed.get((profile, d), "" if np.isnan(v) else f"{v:g}")
            for d, v in zip(HOFSTEDE.dimension_ids, row, strict=True)
        ]
        if any(cells):
            lines.append("\t".join([profile, *map(str, cells)]))
    return "\n".join(lines)


NEWER = as_text({("CHN", "idv"): 43})
"""One score differs from 2015: individualism of China, 43 and not 20."""


def first_complete(count):
    """The header and the first countries of `NEWER` that have every score."""
    head, *lines = NEWER.splitlines()
    whole = [line for line in lines if "\t\t" not in line and not line.endswith("\t")]
    return "\n".join([head, *whole[:count]])


def opened(**link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    return go(app, "teams")


def go(app, page):
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def text(app):
    return " ".join(m.value for m in [*app.markdown, *app.caption]).replace("\\", "")


def click(app, start):
    next(b for b in app.button if b.key.startswith(start)).click().run()
    assert not app.exception
    return app


def paste(app, table):
    app.session_state["edition_open"] = True
    app.session_state["team_make_open"] = False
    app.run()
    area = next(a for a in app.text_area if a.key.startswith("edition_file"))
    area.set_value(table).run()
    assert not app.exception
    return app


def made(table=NEWER, name="Scores of 2023", **link):
    app = paste(opened(**link), table)
    app.text_input(key="edition_name").set_value(name)
    return click(app, "edition_add")


def used(**link):
    return click(made(**link), "edition_use")


def test_the_section_says_what_it_is_for_and_whose_licence_counts():
    app = opened()
    assert "## Your own edition of the scores" in text(app)
    assert "whether you may use them is between you and the publisher" in text(app)
    app.session_state["edition_open"] = True
    app.run()
    labels = {b.proto.label for b in app.get("download_button")}
    assert {"Template", "Template with an example"} <= labels


def test_what_was_understood_and_what_was_not_is_said_before_anything_is_made():
    app = paste(opened(), NEWER + "\nAtlantis\t1\t2\t3\t4\t5\t6\nKuwait\t1\t2\t900\t4\t5\t6")
    told = app.warning[0].value.replace("\\", "")
    assert "2 rows left out" in told
    assert "found “Atlantis”" in told
    assert "found “900”, expected a score from -50 to 150" in told
    assert "individualism from “IDV”" in text(app)
    assert [b for b in app.button if b.key == "edition_add"]


def test_too_few_countries_are_refused_in_one_sentence():
    app = paste(opened(), first_complete(9))
    assert len(app.error) == 1
    assert (
        "Nine countries have all six scores, and a reference set needs at least ten"
        in app.error[0].value.replace("\\", "")
    )
    assert not [b for b in app.button if b.key == "edition_add"]


def test_an_edition_exists_and_compare_shows_it_beside_2015():
    app = go(made(a="NLD", b="CHN"), "compare")
    shown = text(app)
    assert "### Your edition beside Hofstede 2015" in shown
    assert "most of the change is individualism of China, 43 instead of 20" in shown
    assert "| Individualism | 80 | 43 (20) | +37 (+60) |" in shown
    assert "The gap changed on individualism (−23 points)." in shown
    assert "farther than 93 of 100" in shown  # the page itself still rests on 2015
    assert "This link opens the same view again" in shown


def test_in_use_every_page_rests_on_it_and_no_link_is_offered():
    app = used(a="NLD", b="CHN")
    assert "Every page now rests on “Scores of 2023”" in app.success[0].value.replace("\\", "")
    go(app, "compare")
    shown = text(app)
    assert "| Individualism | 80 | 43 (20) |" in shown
    assert "not checked. Distances, ranks and frictions are measured among its own" in shown
    assert "Source: scores that you uploaded as “Scores of 2023”, not checked." in shown
    assert "Your own scores are behind this view, so no link opens it elsewhere" in shown
    assert "This link opens the same view" not in shown
    assert "Where it may rub" in shown
    go(app, "brief")
    assert "measured among its own countries" in text(app)


def test_deleting_what_is_in_use_falls_back_and_can_be_undone():
    app = click(used(a="NLD", b="CHN"), "edition_delete")
    said = app.success[0].value.replace("\\", "")
    assert said == "“Scores of 2023” is deleted. Every page rests on Hofstede 2015 again."
    go(app, "compare")
    assert "uploaded" not in text(app)
    go(app, "teams")
    click(app, "edition_undo")
    assert "“Scores of 2023” is back." in app.success[0].value.replace("\\", "")
    go(app, "compare")
    assert "Source: scores that you uploaded" in text(app)


def test_a_session_without_the_edition_of_a_link_falls_back_with_one_sentence():
    first = used(a="NLD", b="CHN")
    address = "".join(first.query_params["framework"])
    assert address.startswith("edition-")
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    other.query_params["framework"] = address
    other.query_params["b"] = "DEU"
    other.run()
    assert not other.exception
    told = [w.value.replace("\\", "") for w in other.warning]
    assert len(told) == 1
    assert "is an edition of someone’s own that is not here" in told[0]
    assert "# The Netherlands and Germany" in text(other)
    assert "uploaded" not in text(other)


def test_two_sessions_never_see_each_others_edition():
    one = go(used(a="NLD", b="CHN"), "compare")
    other = made(as_text({("CHN", "idv"): 77}), a="NLD", b="CHN")
    click(other, "edition_use")
    go(other, "compare")
    assert "80 against 77" not in text(one)
    assert "43 (20)" in text(one)
    assert "77 (20)" in text(other)
    assert "43 (20)" not in text(other)
    # Nothing of an edition is in what all sessions share.
    assert set(state.shipped().frameworks) == set(TABLES.frameworks)
    third = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "Your edition" not in text(third)


def test_the_shared_caches_are_never_asked_under_an_edition(monkeypatch):
    app = used(a="NLD", b="CHN")

    def refuse(*arguments, **_):
        if any("edition-" in repr(argument) for argument in arguments):
            raise AssertionError(arguments)
        return NotImplemented

    shared = ("_reference", "_distances", "_simulated", "_errors", "_compared", "_friction",
              "_friction_reference", "_sensitivity", "_parts", "_agreement", "_atlas")  # fmt: skip
    for name in shared:
        held = getattr(state, name)

        def guarded(*arguments, held=held, **more):
            refuse(*arguments, *more.values())
            return held(*arguments, **more)

        monkeypatch.setattr(state, name, guarded)
    for page in ("compare", "brief", "atlas"):
        go(app, page)


def test_the_same_scores_are_not_taken_twice():
    app = paste(made(), NEWER)
    click(app, "edition_add")
    assert "The very same scores are here already" in app.success[0].value.replace("\\", "")
    assert len(app.session_state["own_editions"]) == 1


@pytest.mark.parametrize("page", ["compare", "brief", "atlas", "teams"])
def test_every_page_works_under_an_edition_with_few_countries(page):
    app = click(made(first_complete(12), a="NLD", b="CHN"), "edition_use")
    go(app, page)


def test_the_default_of_an_edition_is_that_of_its_base():
    app = used()
    found = app.session_state["own_results"][2].tables
    own = next(f for f in found.frameworks.values() if f.own)
    assert default_settings(found, own.id).score_error == HOFSTEDE.score_error
    assert json.dumps(own.dimension_ids) == json.dumps(HOFSTEDE.dimension_ids)
