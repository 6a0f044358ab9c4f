"""The Teams page: empty, good and bad tables, and a team at the table on every page."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.debrief import Mark
from analysis.errors import StoreError
from analysis.store import open_store
from analysis.teams.reading import template
from pages.shared import keeping

ROOT = Path(__file__).resolve().parent.parent.parent
MEMBERS = (
    "team\tname\tculture\tweight\n"
    "Rotterdam\tAnna\tNLD\t1\nRotterdam\tBo\tNLD:0.5; CHN:0.5\t1\nRotterdam\tCarl\tGermany\t2\n"
)
BAD = MEMBERS + "Rotterdam\tEve\tAtlantis\t1\nRotterdam\tFritz\tBelgium French\tx\n"


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


def paste(app, table):
    app.text_area[0].set_value(table).run()
    assert not app.exception
    return app


def with_team(table=MEMBERS, **link):
    app = paste(opened(**link), table)
    app.button(key="team_add").click().run()
    assert not app.exception
    return app


def test_the_empty_page_says_what_to_do_and_where_teams_stay():
    app = opened()
    assert "# Your own team" in text(app)
    assert "No team yet: make one above." in app.info[0].value
    assert "Teams stay in this browser tab only" in text(app)
    assert not app.get("download_button")  # the templates are folded
    app.session_state["team_templates"] = True
    app.run()
    assert {b.proto.label for b in app.get("download_button")} >= {"Members", "Members, example"}


def test_the_tabs_are_short_enough_for_a_phone():
    assert sum(len(tab.label) for tab in opened().tabs) <= 30


def test_a_pasted_table_becomes_a_team_with_its_mean_and_spread():
    app = with_team(a="FRA", b="CHN")
    shown = text(app)
    assert "Added “Rotterdam”" in app.success[0].value.replace("\\", "")
    assert "## Rotterdam" in shown
    assert "Three members." in shown
    assert "Inside the team" in shown
    assert "| Anna |" in shown
    assert "From China" in shown
    assert len(app.get("plotly_chart")) == 1


def test_every_bad_cell_is_named_and_the_good_rows_go_on():
    app = paste(opened(), BAD)
    told = app.warning[0].value.replace("\\", "")
    assert "2 rows left out" in told
    assert "Row 5, column C (culture): found “Atlantis”" in told
    assert "Row 6, column D (weight): found “x”, expected a weight above 0." in told
    assert "Rows left out, with the reason" in {b.proto.label for b in app.get("download_button")}
    app.button(key="team_add").click().run()
    assert "Three members." in text(app)


def test_a_table_of_which_nothing_can_be_read_is_one_sentence_and_changes_nothing():
    app = paste(opened(), "no table at all")
    assert len(app.error) == 1
    assert app.error[0].value.endswith((".", "\\."))
    assert not [b for b in app.button if b.key == "team_add"]


def test_a_team_takes_its_place_on_every_page_and_in_no_link():
    app = with_team(a="FRA", b="CHN")
    app.button(key="team_a").click().run()
    go(app, "compare")
    shown = text(app)
    assert "# Rotterdam and China" in shown
    assert "The scores of Rotterdam are yours" in shown
    assert "no link opens it elsewhere" in shown
    assert "Rotterdam" not in str(app.query_params)
    assert "TEAM-" in str(app.query_params["a"])
    go(app, "brief")
    assert "# Rotterdam and China" in text(app)


def test_rename_duplicate_delete_and_bring_back():
    app = with_team(a="FRA", b="CHN")
    app.button(key="team_b").click().run()
    key = next(t.key for t in app.text_input if t.key.startswith("team_name_"))
    app.text_input(key=key).set_value("Harbour\n team").run()
    assert "## Harbour team" in text(app)
    app.button(key="team_copy").click().run()
    assert "## Harbour team (2)" in text(app)
    app.button(key="team_delete").click().run()
    assert "## Harbour team" in text(app)
    app.button(key="team_delete").click().run()
    assert "No team yet" in app.info[0].value
    go(app, "compare")
    assert "Harbour" not in text(app)  # a default took its seat
    go(app, "teams")
    app.button(key="team_undo").click().run()
    assert "## Harbour team" in text(app)
    go(app, "compare")
    assert "# France and Harbour team" in text(app)


def test_a_link_to_someone_elses_team_says_so():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["a"] = "TEAM-ABCDEFGH"
    app.query_params["b"] = "CHN"
    app.run()
    told = app.warning[0].value.replace("\\", "")
    assert "is a team of someone’s own that is not here" in told
    assert "The Netherlands is shown instead" in told


def test_teams_are_kept_for_the_next_session_and_deleted_ones_are_not(monkeypatch, tmp_path):
    address = f"sqlite:///{tmp_path / 'kept.db'}"
    monkeypatch.setenv("PARLEY_DATABASE", address)
    with_team()
    second = opened()
    assert "## Rotterdam" in text(second)
    assert "kept in a file on this machine" in text(second)
    second.button(key="team_delete").click().run()
    assert "No team yet" in opened().info[0].value
    with open_store(address) as store:
        assert store.for_user("local").teams() == []
        assert len(store.for_user("local").deleted_teams()) == 1


def test_two_windows_that_change_one_team_lose_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("PARLEY_DATABASE", f"sqlite:///{tmp_path / 'kept.db'}")
    first = with_team()
    second = opened()
    for app, name in ((first, "First"), (second, "Second")):
        key = next(t.key for t in app.text_input if t.key.startswith("team_name_"))
        app.text_input(key=key).set_value(name).run()
    told = second.warning[0].value.replace("\\", "")
    assert "Your version is kept beside it." in told
    third = opened()
    names = third.selectbox(key="team_chosen").options
    assert [name.split(" · ")[0] for name in names] == ["First", "Second (mine)"]


def test_without_a_writable_place_the_team_stays_in_the_tab(monkeypatch, tmp_path):
    monkeypatch.setenv(
        "PARLEY_DATABASE", f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.txt' / 'kept.db'}"
    )
    (tmp_path / "no").write_text("a file where a folder should be")
    app = with_team()
    assert "It stays in this browser tab." in app.warning[0].value.replace("\\", "")
    assert "## Rotterdam" in text(app)


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1"])
def test_a_server_for_others_without_sign_in_keeps_nothing(monkeypatch, tmp_path, address):
    monkeypatch.setenv("PARLEY_DATABASE", f"sqlite:///{tmp_path / 'kept.db'}")
    monkeypatch.setattr("pages.shared.keeping.st.get_option", lambda name: address)
    app = with_team()
    assert "this server has no sign-in, so it keeps nothing" in text(app)
    assert not (tmp_path / "kept.db").exists()


def answers(mark):
    lines = template("answers", filled=True).decode("utf-8-sig").splitlines()
    head, rows = lines[0], lines[1:]
    return "\n".join([head, *(row for row in rows if row.endswith(mark))])


def test_answers_stand_on_the_sample_they_are_set_against():
    app = with_team(template("answers", filled=True).decode("utf-8-sig"))
    shown = text(app)
    assert "24 respondents." in shown
    assert "| Dimension | Published | Team | Likely |" in shown
    assert "| Dimension | Used | Own share |" in shown
    assert "Set against 26 people in the Netherlands" in shown
    limits = app.warning[0].value.replace("\\", "")
    assert "What these scores are not for" in limits
    assert "not for comparing individuals" in limits
    assert "| Subgroup (people) | Score | Likely |" in shown
    assert "| Purchasing (12) |" in shown


def test_answers_alone_give_no_score_but_can_be_compared_with_another_teams():
    ours, theirs = answers(","), answers("NLD").replace(",NLD", ",")
    app = with_team(ours)
    assert "Answers alone give no score" in app.warning[0].value.replace("\\", "")
    app.session_state["team_make_open"] = True
    paste(app.run(), theirs)
    app.button(key="team_add").click().run()
    shown = text(app)
    assert "26 respondents." in shown
    assert "Cultural F_ST between “" in shown
    go(app, "compare")  # a team without scores gets a reason, not a number
    assert not app.exception


def test_two_subgroups_of_one_team_can_be_compared():
    app = with_team(template("answers", filled=True).decode("utf-8-sig"))
    first, second = (app.selectbox(key=f"team_subgroup_{side}").value for side in "ab")
    assert first != second
    told = text(app) + " ".join(w.value.replace("\\", "") for w in app.warning)
    assert f"“{first}” and “{second}”" in told
    assert "with fewer than 20 the range is wide" in told


def test_a_subgroup_of_fewer_than_ten_gets_a_direction_and_no_f_st():
    lines = template("answers", filled=True).decode("utf-8-sig").splitlines()
    few = [line.replace("Sales", "Board", 1) for line in lines if "Sales" in line][:6]
    app = with_team("\n".join([line for line in lines if line not in few] + few))
    shown = text(app)
    assert "| Board (" in shown
    app.session_state["team_make_open"] = False
    app.selectbox(key="team_subgroup_a").set_value("Board").run()
    told = text(app) + " ".join(w.value.replace("\\", "") for w in app.warning)
    assert "only the direction from the anchor sample is shown" in told
    assert "with fewer than 10 no value is shown" in told
    assert "Cultural F_ST between" not in told


def six_scores(app, **fields):
    app.session_state["team_make"] = "Six scores"
    app.run()
    for key, value in fields.items():
        app.number_input(key=f"team_{key}").set_value(value)
    next(b for b in app.button if b.label == "Add this team").click().run()
    assert not app.exception
    return app


def test_standard_deviations_typed_with_the_number_of_people_narrow_the_score():
    scores = {f"score_{d}": 50.0 for d in ("pdi", "idv", "mas", "uai", "lto", "ivr")}
    app = six_scores(opened(), **scores, spread_pdi=20.0, size=25)
    # 1.96 * 20 / root 25 = 7.84; without a deviation 1.96 * 7.5 = 14.7.
    assert "| Power distance | 50 | ±8 |" in text(app)
    assert "| Individualism | 50 | ±15 |" in text(app)


def test_a_standard_deviation_without_people_is_asked_about():
    app = six_scores(opened(), score_pdi=50.0, spread_pdi=20.0)
    assert "says nothing without the number of people" in app.error[0].value
    assert "No team yet" in app.info[0].value


def test_a_reading_that_failed_is_tried_again_in_the_same_session(monkeypatch, tmp_path):
    monkeypatch.setenv("PARLEY_DATABASE", f"sqlite:///{tmp_path / 'kept.db'}")
    with_team()
    monkeypatch.setattr(keeping, "RETRY_AFTER", 0)
    real = keeping._store

    def away():
        raise StoreError("The database is away.")

    monkeypatch.setattr(keeping, "_store", away)
    second = opened()
    assert "It is tried again in a moment." in second.warning[0].value.replace("\\", "")
    assert "No team yet" in second.info[0].value
    monkeypatch.setattr(keeping, "_store", real)
    second.run()
    assert "## Rotterdam" in text(second)


def test_many_faults_of_one_kind_are_one_line():
    rows = "".join(f"Rotterdam\tP{n}\tNLD\tx\n" for n in range(44))
    app = paste(opened(), MEMBERS + rows)
    told = app.warning[0].value.replace("\\", "")
    assert "44 rows left out" in told
    assert told.count("expected a weight above 0") == 1
    assert "and 34 more." in told


def test_debriefs_and_workspaces_are_kept_too(monkeypatch, tmp_path):
    monkeypatch.setenv("PARLEY_DATABASE", f"sqlite:///{tmp_path / 'kept.db'}")
    first = with_team(a="FRA", b="CHN")
    first.button(key="team_a").click().run()
    mark = Mark("pace", "seen", "a pause", 93.2, 0.82, "critical", "CHN")
    first.session_state["debrief_open"] = True
    first.session_state["workspace_open"] = True
    go(first, "brief")
    first.text_input(key="workspace_name").set_value("Harbour deal")
    first.button(key="workspace_keep").click().run()
    with open_store(f"sqlite:///{tmp_path / 'kept.db'}") as store:
        mine = store.for_user("local")
        assert mine.workspaces() == ["Harbour deal"]
        mine.save_debrief("CHN+NLD", {mark.topic: mark})
    second = opened()
    second.session_state["workspace_open"] = True
    go(second, "brief")
    assert second.session_state["work_marks"]["CHN+NLD"]["pace"] == mark
    second.button(key="workspace_open_kept").click().run()
    assert "# Rotterdam and China" in text(second)
    second.button(key="workspace_drop").click().run()
    with open_store(f"sqlite:///{tmp_path / 'kept.db'}") as store:
        assert store.for_user("local").workspaces() == []
