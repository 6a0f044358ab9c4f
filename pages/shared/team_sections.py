"""The parts of the Teams page that show a team."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analysis.charts.radar import radar_data
from analysis.figures.members import members_chart
from analysis.figures.radar import radar
from analysis.link import View
from analysis.profiles import build_profile
from analysis.settings import Settings
from analysis.teams.party import member_scores, member_shares, why_no_scores
from analysis.teams.summary import (
    NORMAL_95,
    TeamSummary,
    shown_reach,
    shown_score,
    summarise_team,
)
from analysis.teams.team import Team
from analysis.words import capital, in_words, join, of_hundred
from pages.shared import keeping, own_teams, state, store, team_answers, team_making, viewing, where
from pages.shared.downloads import offer_file
from pages.shared.frame import READING_WIDTH
from pages.shared.show import draw, plain, show_chart, table

_KINDS = {"scores": "six scores", "members": "members", "answers": "answers to a questionnaire"}


def show_intro() -> None:
    """Show the title and what a team is good for."""
    st.markdown(
        "# Your own team\n\n"
        + plain(
            "A party need not be a country. Make a team from six scores, from its members and their"
            " cultures, or from answers to the VSM 2013; it then stands in both pickers on every"
            " page."
        ),
        width=READING_WIDTH,
        anchors=False,
    )


def show_keeping() -> None:
    """Say where teams are kept, and let a person sign in or out where that is set up."""
    st.caption(plain(keeping.where()), width=READING_WIDTH)
    if not keeping.works() and state.teams():
        view = viewing.current_view()
        offer_file(
            st, "Save the workspace with your teams", data=store.workspace_file(view),
            on_click="ignore", file_name=store.workspace_name(view), mime="application/json",
            key="team_workspace", icon=":material/download:",
        )  # fmt: skip
    if keeping.has_sign_in():
        if st.user.is_logged_in:
            st.button("Sign out", on_click=st.logout, key="sign_out")
        else:
            st.button("Sign in", on_click=st.login, key="sign_in", icon=":material/login:")


def show_said() -> None:
    """Say what has just been done, and offer to bring back what was deleted."""
    wrong = keeping.problem()
    if wrong:
        st.warning(plain(wrong), icon=":material/database_off:")
    said, gone = own_teams.said(), own_teams.deleted()
    if said:
        st.success(plain(said), icon=":material/check:")
    if gone:
        st.button(
            f"Bring back “{gone.name}”", on_click=own_teams.undo_delete, key="team_undo",
            icon=":material/undo:",
        )  # fmt: skip


def choose_team() -> Team | None:
    """Show the picker of teams; return the one to look at."""
    teams = state.teams()
    if not teams:
        st.info("No team yet: make one above. A template shows how each kind is written.")
        return None
    if st.session_state.get(own_teams.CHOSEN) not in teams:
        st.session_state[own_teams.CHOSEN] = next(iter(teams))
    chosen = st.selectbox(
        "Team to look at", list(teams), key=own_teams.CHOSEN, persist_state="session",
        format_func=lambda i: f"{teams[i].name} · {_KINDS[teams[i].kind]}", width=READING_WIDTH,
    )  # fmt: skip
    return teams[chosen]


def show_team(team: Team, view: View) -> None:
    """Show one team: what to do with it, what comes of it, and its rows to change."""
    st.markdown(f"## {plain(team.name)}", anchors=False)
    _show_actions(team)
    reason = why_no_scores(state.tables(), team, view.settings)
    if reason:
        st.info(plain(reason), icon=":material/swap_horiz:", width=READING_WIDTH)
    if team.kind == "members":
        _show_members(team, view)
    elif team.kind == "answers":
        team_answers.show_answers(team, view.settings)
    elif not reason:
        _show_scores(team, view.settings)


def _show_actions(team: Team) -> None:
    ours, theirs, copy, away = st.columns([1, 1, 1, 1], width=READING_WIDTH)
    profile = build_profile(state.tables(), team.id, viewing.current_view().settings)
    # Without any score a team has no place at the table.
    wide = {"width": "stretch"}
    seat = {**wide, "disabled": not np.isfinite(profile.values).any()}
    ours.button(
        "Use as our side", on_click=own_teams.use, args=(team.id, "a"), key="team_a", **seat
    )
    theirs.button(
        "Use as their side", on_click=own_teams.use, args=(team.id, "b"), key="team_b", **seat
    )
    copy.button("Duplicate", on_click=own_teams.duplicate, args=(team.id,), key="team_copy", **wide)
    away.button("Delete", on_click=own_teams.delete, args=(team.id,), key="team_delete", **wide)
    key = f"team_name_{team.id}"
    st.session_state[key] = team.name
    st.text_input(
        "Name", key=key, max_chars=60, on_change=own_teams.rename, args=(team.id, key),
        width=READING_WIDTH,
    )  # fmt: skip


def _show_members(team: Team, view: View) -> None:
    tables, settings = state.tables(), view.settings
    other = view.b if view.b != team.id else view.a
    party = build_profile(tables, other, settings) if other != team.id else None
    summary = summarise_team(tables, team, settings, party)
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        chart = members_chart(tables, team.name, summary, settings)
        show_chart(chart, "members", where=where.chip("members"))
    with right:
        st.markdown(_said_of_members(team, summary, settings), anchors=False)
        st.markdown(_member_table(summary, party.name if party else ""), anchors=False)
    team_making.edit_members(team)


def _said_of_members(team: Team, summary: TeamSummary, settings: Settings) -> str:
    framework = state.tables().frameworks[settings.framework]
    lacking = [
        f"{framework.dimension(d.dimension).name}: {join(d.lacking)} without a score, so the team"
        " has none."
        for d in summary.dimensions
        if d.lacking
    ]
    people = f"{in_words(len(team.members))} member{'s' if len(team.members) > 1 else ''}"
    said = [
        f"{capital(people)}. So few people leave a wide range around each mean: their cultures’"
        " scores say nothing sure about them as persons."
    ]
    far = [m.name for m in summary.members if m.is_far]
    if far:
        said.append(
            f"{join(far)} stand{'s' if len(far) == 1 else ''} farther from the team’s mean than 75"
            " of 100 country pairs stand from each other."
        )
    return "\n\n".join(plain(text) for text in (*said, *_inside(team, summary, settings), *lacking))


def _inside(team: Team, summary: TeamSummary, settings: Settings) -> list[str]:
    if summary.inside is None or len(team.members) < 2:
        return []
    found = state.results().inside(
        member_scores(state.tables(), team, settings), member_shares(team), settings
    )
    if not found or not summary.inside:
        return ["Inside the team the cultures do not differ."]
    topics = join(f"“{topic.title_in_sentence}” ({width:.0f} of 100)" for topic, width in found)
    return [
        "Inside the team: two members drawn at random stand on average farther apart than"
        f" {of_hundred(summary.inside)} of 100 country pairs. It may rub first on {topics}."
    ]


def _member_table(summary: TeamSummary, other: str) -> str:
    columns = ["Member", "From the team", *([f"From {other}"] if other else [])]
    rows = [
        (
            member.name + (" (far from the others)" if member.is_far else ""),
            _rank(member.from_team),
            *([_rank(member.from_other)] if other else []),
        )
        for member in summary.members
    ]
    note = "Farther apart than so many of 100 country pairs, by the headline measure."
    source = where.chip("percentile")
    return f"{table(columns, rows)}\n\n:small[:gray[{plain(note)} {source}]]"


def _rank(percentile: float | None) -> str:
    return "–" if percentile is None else str(of_hundred(percentile))


def _show_scores(team: Team, settings: Settings) -> None:
    tables = state.tables()
    profile = build_profile(tables, team.id, settings)
    left, right = st.columns([1, 1.1], gap="large")
    with left:
        alt = radar_data(tables, [profile]).description
        draw(radar(tables, [profile]).drawing, "team_radar", alt)
    framework = tables.frameworks[settings.framework]
    rows = [
        (
            d.name,
            "–"
            if (score := profile.score(d.id).value) is None
            else shown_score(
                framework, score, (score - NORMAL_95 * error, score + NORMAL_95 * error)
            ),
            "–" if score is None else shown_reach(framework, error),
        )
        for d, error in zip(framework.dimensions, profile.own_errors, strict=True)
    ]
    size = f"From {team.size} people. " if team.size else ""
    note = (
        f"{size}Likely: the middle 95 of 100, from spread and number of people where you gave both,"
        " else with the error of a published score."
    )
    right.markdown(
        f"{table(('Dimension', 'Score', 'Likely'), rows)}\n\n"
        f":small[:gray[{plain(note)} {where.chip('interval')}]]",
        anchors=False,
    )
