"""Making a team: from a file or pasted text, from six scores, or by typing its members."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.settings import DEFAULT_FRAMEWORK
from analysis.tables import Dimension
from analysis.teams.reading import Reading, fault_sentences, rejected_csv, template
from analysis.teams.reading.limits import LARGEST_FILE, MEGABYTE
from analysis.teams.reading.scores import LARGEST_SIZE, SCORE_RANGE, WIDEST_SPREAD
from analysis.teams.team import Culture, Team, TeamKind
from pages.shared import own_teams, state
from pages.shared.downloads import offer_file
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, table

_KINDS: dict[str, TeamKind | None] = {
    "Whatever it holds": None,
    "Six scores, a team in each row": "scores",
    "Members, a person in each row": "members",
    "Answers to the VSM 2013, a respondent in each row": "answers",
}
_NAMES = {
    "keep": "Keep the names", "initials": "Only initials", "leave_out": "Leave names out",
}  # fmt: skip
_TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"]
_MOST_SHOWN = 12
_MEMBER_COLUMNS = ("name", "culture", "weight")


def show_making() -> None:
    """Show the three ways to make a team."""
    if "team_make_open" not in st.session_state:
        st.session_state["team_make_open"] = not state.teams()
    if st.session_state.pop(own_teams.CLOSE, False):  # after a team was added
        st.session_state["team_make_open"] = False
    part = st.expander(
        "Make a team", key="team_make_open", on_change="rerun", icon=":material/group_add:"
    )
    if not part.open:
        return
    with part:
        upload, scores, members = st.tabs(
            ["From a file", "Six scores", "Members"],
            key="team_make", on_change="rerun",
        )  # fmt: skip
        if upload.open:
            with upload:
                _show_upload()
        if scores.open:
            with scores:
                _show_six_scores()
        if members.open:
            with members:
                _show_new_members()


def _show_upload() -> None:
    left, right = st.columns(2, gap="large")
    with left:
        uploaded = st.file_uploader(
            "A file: CSV, TSV, XLSX, XLS or ODS", type=_TYPES, key=own_teams.upload_key(),
            max_upload_size=LARGEST_FILE // MEGABYTE,
        )  # fmt: skip
        pasted = st.text_area(
            "Or paste a table here", key=f"{own_teams.upload_key()}_pasted", height=120,
            placeholder="name\tculture\nAnna\tNLD\nBo\tNLD:0.5; CHN:0.5",
        )  # fmt: skip
    with right:
        kind = _KINDS[st.selectbox("What it holds", list(_KINDS), key="team_kind")]
        names = st.radio(
            "Names of members", list(_NAMES), format_func=_NAMES.__getitem__, key="team_names",
            horizontal=True,
        )  # fmt: skip
        _show_templates()
    st.caption("It is read here, kept only where this page says so, and never put into a link.")
    if uploaded is not None:
        content = uploaded.getvalue()
        offered = own_teams.sheets(content, uploaded.name)
        sheet = st.selectbox("Sheet", offered, key="team_sheet") if offered else None
        _show_reading(own_teams.read(content, uploaded.name, kind, names, sheet))
    elif pasted.strip():
        _show_reading(own_teams.read(pasted, "", kind, names))


def _show_templates() -> None:
    part = st.expander(
        "Templates, empty and as an example", key="team_templates", on_change="rerun",
        type="compact",
    )  # fmt: skip
    if not part.open:
        return
    for kind, label in (("scores", "Six scores"), ("members", "Members"), ("answers", "Answers")):
        empty, filled = part.columns(2)
        for column, example in ((empty, False), (filled, True)):
            offer_file(
                column, f"{label}{', example' if example else ''}",
                data=lambda kind=kind, example=example: template(kind, example),
                file_name=f"parley-{kind}{'-example' if example else ''}.csv",
                mime="text/csv", key=f"template_{kind}_{example}", on_click="ignore",
                width="stretch",
            )  # fmt: skip


def _show_reading(found: Reading | str) -> None:
    if isinstance(found, str):
        st.error(plain(found), icon=":material/error:")
        return
    st.caption(plain(" ".join(found.notes)), width=READING_WIDTH)
    if found.faults:
        kinds = fault_sentences(found.faults)
        shown = [f"- {plain(sentence)}" for sentence in kinds[:_MOST_SHOWN]]
        more = len(kinds) - _MOST_SHOWN
        if more > 0:
            kind = f"kind{'s' if more > 1 else ''}"
            shown.append(f"- {plain(f'And {more:,} more {kind} of fault: see the download.')}")
        count = f"{len(found.rejected):,} row{'s' if len(found.rejected) != 1 else ''} left out"
        st.warning(
            f"**{plain(count)}**\n\n" + "\n".join(shown), icon=":material/rule:",
            width=READING_WIDTH,
        )  # fmt: skip
        offer_file(
            st, "Rows left out, with the reason", data=lambda: rejected_csv(found),
            file_name="parley-rows-left-out.csv", mime="text/csv", key="team_rejected",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip
    if not found.teams:
        st.info("No row could be used. Mend the file and upload it again.")
        return
    st.markdown(
        table(("Team", "Holds"), [(t.name, _holds(t)) for t in found.teams[:_MOST_SHOWN]], 2)
    )
    count = len(found.teams)
    st.button(
        f"Add {'this team' if count == 1 else f'these {count} teams'}", type="primary",
        on_click=own_teams.add, args=(found.teams,), key="team_add",
    )  # fmt: skip


def _holds(team: Team) -> str:
    if team.kind == "members":
        return f"{len(team.members)} members"
    if team.kind == "answers":
        anchor = (
            f", anchored to {state.shipped().profiles[team.anchor.profile].name}"
            if team.anchor
            else ""
        )
        return f"{len(team.respondents):,} respondents{anchor}"
    dimensions = state.shipped().frameworks[team.framework].dimensions
    return ", ".join(
        f"{d.abbreviation} {'–' if score is None else f'{score:g}'}"
        for d, score in zip(dimensions, team.scores, strict=True)
    )


def _show_six_scores() -> None:
    dimensions = state.shipped().frameworks[DEFAULT_FRAMEWORK].dimensions
    low, high = SCORE_RANGE[DEFAULT_FRAMEWORK]
    with st.form("team_scores", border=False, width=READING_WIDTH):
        name = st.text_input("Name of the team", key="team_scores_name", max_chars=60)
        columns = st.columns(3)
        for place, d in enumerate(dimensions):
            columns[place % 3].number_input(
                d.name, low, high, None, 1.0, key=f"team_score_{d.id}",
                help=f"0: {d.low_pole}. 100: {d.high_pole}.",
            )  # fmt: skip
        size = _show_people(dimensions)
        if st.form_submit_button("Add this team", type="primary"):
            _add_six_scores(name, dimensions, size)


def _show_people(dimensions: tuple[Dimension, ...]) -> int | None:
    """Show the fields for how many people stand behind the scores, and how far they differ."""
    with st.expander("People behind the scores, if known"):
        st.caption(
            plain(
                "The standard deviation between people, divided by the root of their number,"
                " becomes the error of the score: the more people and the more alike, the narrower"
                " every range. Without both it is the error of a published score."
            )
        )
        size: int | None = st.number_input(
            "Number of people", 1, LARGEST_SIZE, None, key="team_size", width=240
        )
        columns = st.columns(3)
        for place, d in enumerate(dimensions):
            columns[place % 3].number_input(
                f"{d.abbreviation}, standard deviation", 0.0, WIDEST_SPREAD, None, 1.0,
                key=f"team_spread_{d.id}",
                help=f"How far the people differ on {d.name.lower()}, in points.",
            )  # fmt: skip
    return size


def _add_six_scores(name: str, dimensions: tuple[Dimension, ...], size: int | None) -> None:
    values = tuple(st.session_state[f"team_score_{d.id}"] for d in dimensions)
    spread = tuple(st.session_state[f"team_spread_{d.id}"] for d in dimensions)
    if all(value is None for value in values):
        st.error("Every score is empty: fill in at least one.", icon=":material/error:")
        return
    if size is None and any(one is not None for one in spread):
        st.error(
            "A standard deviation says nothing without the number of people: fill that in, or leave"
            " the deviations empty.",
            icon=":material/error:",
        )
        return
    team = Team(
        own_teams.new_id(), " ".join(name.split()) or "Our team", "scores",
        framework=DEFAULT_FRAMEWORK, scores=values, spread=spread, size=size,
    )  # fmt: skip
    own_teams.add([team])
    st.rerun()


def _show_new_members() -> None:
    name = st.text_input(
        "Name of the team", key="team_members_name", max_chars=60, width=READING_WIDTH
    )
    rows = _members_editor([{"name": "", "culture": "", "weight": 1.0}] * 3, "team_new_members")
    if st.button("Add this team", type="primary", key="team_members_add"):
        found = own_teams.from_rows(name, "members", _MEMBER_COLUMNS, rows)
        if isinstance(found, str) or found.faults or not found.teams:
            _show_typed_faults(found)
        else:
            own_teams.add(found.teams)
            st.rerun()


def _show_typed_faults(found: Reading | str) -> None:
    """Name what is wrong in typed rows, by their place in the table on the page."""
    if isinstance(found, str) or not found.faults:
        st.error("No member has a culture yet: fill in at least one row.", icon=":material/error:")
        return
    lines = [
        f"- {plain(f'Line {fault.row - 1}: found {fault.found}, expected {fault.expected}.')}"
        for fault in found.faults[:_MOST_SHOWN]
    ]
    st.error("\n".join(lines), icon=":material/error:")


def edit_members(team: Team) -> None:
    """Show the members as a table to change; nothing changes until it is saved."""
    part = st.expander(
        "Change the members", key=f"team_edit_{team.id}", on_change="rerun",
        icon=":material/edit:",
    )  # fmt: skip
    if not part.open:
        return
    with part:
        started = [
            {"name": m.name, "culture": _written(m.cultures), "weight": m.weight}
            for m in team.members
        ]
        rows = _members_editor(started, f"team_editor_{team.id}")
        if st.button("Save the members", type="primary", key="team_save"):
            found = own_teams.from_rows(team.name, "members", _MEMBER_COLUMNS, rows)
            if isinstance(found, str) or found.faults or not found.teams:
                _show_typed_faults(found)
            else:
                own_teams.change_members(team.id, found.teams[0].members)
                st.rerun()


def _members_editor(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    config = st.column_config
    shown = st.data_editor(
        rows, key=key, num_rows="dynamic", hide_index=True, width="stretch",
        column_config={
            "name": config.TextColumn("Name", max_chars=60),
            "culture": config.TextColumn(
                "Culture or cultures", max_chars=200, width="large",
                help="A country by name or code; several with shares, as NLD:0.5; CHN:0.5.",
            ),
            "weight": config.NumberColumn("Weight", min_value=0.01, max_value=1000.0),
        },
    )  # fmt: skip
    kept: list[dict[str, Any]] = [dict(row) for row in shown]
    return [row for row in kept if row.get("name") or row.get("culture")]


def _written(cultures: tuple[Culture, ...]) -> str:
    if len(cultures) == 1:
        return cultures[0].profile
    return "; ".join(f"{culture.profile}:{culture.share:g}" for culture in cultures)
