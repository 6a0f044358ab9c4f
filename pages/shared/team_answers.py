"""The part of the Teams page that shows a team's answers to the VSM 2013."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.profiles import build_profile
from analysis.settings import Settings
from analysis.tables import Framework
from analysis.teams.comparing import ComparedAnswers, compare_answers
from analysis.teams.party import anchored_scores
from analysis.teams.subgroups import Subgroups, subgroup_names, summarise_subgroups
from analysis.teams.team import Respondent, Team
from analysis.teams.vsm_anchor import LIMITS, AnchoredScore, why_outside
from pages.shared import state, where
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, table


def show_answers(team: Team, settings: Settings) -> None:
    """Show what comes of answers: scores against the anchor sample, subgroups, other teams."""
    people = len(team.respondents)
    st.markdown(plain(f"{people:,} respondents."), anchors=False)
    if team.framework != settings.framework:
        _compare(team)
        return
    if team.anchor is None:
        st.warning(
            plain(
                "Answers alone give no score that can be set beside a published one. Upload them"
                " together with a matched sample from a country with scores, marked in a column"
                " “sample” or “country”."
            ),
            icon=":material/link_off:", width=READING_WIDTH,
        )  # fmt: skip
    else:
        _show_scores(team, settings)
    _show_subgroups(team, settings)
    _compare(team)


def _show_limits() -> None:
    lines = "\n".join(f"- {plain(text)}" for text in LIMITS.values())
    st.warning(
        f"**What these scores are not for**, by the manual of the questionnaire:\n\n{lines}",
        icon=":material/gavel:", width=READING_WIDTH,
    )  # fmt: skip


def _show_scores(team: Team, settings: Settings) -> None:
    assert team.anchor is not None  # noqa: S101 - for the type checker
    tables = state.tables()
    framework = tables.frameworks[settings.framework]
    found = anchored_scores(tables, team, settings)
    anchor = tables.profiles[team.anchor.profile]
    # Two tables: one with six columns is wider than a phone.
    measured, used = st.columns([1.2, 1], width=960)
    measured.markdown(
        table(
            ("Dimension", "Published", "Team", "Likely"),
            [(_name(framework, one), *_shown(framework, one)) for one in found],
        ),
        anchors=False,
    )
    used.markdown(
        table(
            ("Dimension", "Used", "Own share"),
            [(_name(framework, one), *_drawn(one)) for one in found],
        ),
        anchors=False,
    )
    cautions = [c.text for one in found for c in one.difference.cautions]
    reasons = [one.difference.reason for one in found if one.difference.reason]
    told = [
        f"Set against {len(team.anchor.respondents):,} people in {anchor.name_in_sentence} who"
        " answered the same questions, and its published scores. Used: drawn towards the published"
        " score, the more the fewer people; own share says how much of it is the team’s.",
        why_outside(found, framework.lowest, framework.highest),
        *dict.fromkeys([*cautions, *reasons]),
    ]
    links = [
        where.link("How the team is scored", "anchoring"),
        where.link("What used is", "shrinkage"),
    ]
    st.markdown(
        "\n\n".join([*(plain(text) for text in told if text), " · ".join(links)]),
        width=READING_WIDTH, anchors=False,
    )  # fmt: skip
    _show_limits()


def _name(framework: Framework, one: AnchoredScore) -> str:
    return framework.dimension(one.difference.index).name


def _shown(framework: Framework, one: AnchoredScore) -> tuple[str, str, str]:
    national = "–" if one.national is None else framework.shown(one.national)
    return national, *_value(one)


def _value(one: AnchoredScore) -> tuple[str, str]:
    """Return a score, a difference or a direction, and how sure it is."""
    difference = one.difference
    if one.score is not None and one.interval is not None:
        return f"{one.score:.0f}", f"{one.interval[0]:.0f} to {one.interval[1]:.0f}"
    if one.national is None and difference.points is not None and difference.interval is not None:
        low, high = difference.interval
        return f"{difference.points:+.0f}", f"{low:+.0f} to {high:+.0f}"
    if difference.direction is None:
        return "–", "–"
    return difference.direction, f"{round(100 * (difference.certainty or 0.5))} of 100 sure"


def _drawn(one: AnchoredScore) -> tuple[str, str]:
    if one.team_share is None or one.shrunk is None:
        return "–", "–"
    return f"{one.shrunk:.0f}", f"{100 * one.team_share:.0f} %"


def _show_subgroups(team: Team, settings: Settings) -> None:
    tables = state.tables()
    framework = tables.frameworks[settings.framework]
    national = build_profile(tables, team.anchor.profile, settings) if team.anchor else None
    found = summarise_subgroups(team, national)
    if found is None:
        return
    st.markdown(f"### {plain(_finding(found, framework))}", anchors=False)
    columns = st.columns(min(3, len(framework.dimensions)), gap="large")
    for place, d in enumerate(framework.dimensions):
        rows = [
            (f"{group.name} ({group.people:,})", *_value(one))
            for group in found.groups
            for one in group.scores
            if one.difference.index == d.id
        ]
        if rows:
            value = "Score" if team.anchor else "Points"
            columns[place % len(columns)].markdown(
                f"**{plain(d.name)}**\n\n{table(('Subgroup (people)', value, 'Likely'), rows)}",
                anchors=False,
            )
    st.caption(plain(" ".join(_about(found, team))), width=READING_WIDTH)
    if team.anchor is None:
        _show_limits()


def _finding(found: Subgroups, framework: Framework) -> str:
    widest = found.widest
    if widest is None:
        return "The subgroups, by direction only"
    name = framework.dimension(widest.difference.index).name
    if not widest.is_clear:
        return "The subgroups cannot be told apart"
    return f"{name} is where the subgroups differ most"


def _about(found: Subgroups, team: Team) -> list[str]:
    said = [
        "Likely: the middle 95 of 100 of where each may lie."
        if team.anchor
        else "Points above or below the rest of the team. Likely: the middle 95 of 100 of where"
        " they may lie. Without an anchor sample no subgroup has a score."
    ]
    if any(one.difference.points is None for group in found.groups for one in group.scores):
        base = "the anchor sample" if team.anchor else "the rest of the team"
        said.append(f"With fewer than ten people only the direction from {base} is shown.")
    widest = found.widest
    if widest is not None and widest.difference.points is not None:
        low, high = widest.difference.interval or (0.0, 0.0)
        sign = "above" if widest.difference.points > 0 else "below"
        said.append(
            f"“{widest.first}” stands {abs(widest.difference.points):.0f} points {sign}"
            f" “{widest.second}” on {widest.difference.index.upper()} (likely {low:.0f} to"
            f" {high:.0f}). It is the widest, against its error, of {widest.looked_at} differences;"
            " among so many one looks wide by chance"
            f"{'' if widest.is_clear else ', and this one may be none at all'}."
        )
    if found.without:
        said.append(
            f"{found.without:,} {'person names' if found.without == 1 else 'people name'} no"
            " subgroup."
        )
    if found.unscored:
        said.append(f"Of the smallest subgroups {found.unscored} are not shown.")
    return said


def _compare(team: Team) -> None:
    """Offer cultural F_ST with another team's answers, and between two subgroups of this one."""
    others = {i: t for i, t in state.teams().items() if t.kind == "answers" and i != team.id}
    if others:
        chosen = st.selectbox(
            "Compare the answers with", list(others), format_func=lambda i: others[i].name,
            key="team_answers_other", width=READING_WIDTH,
        )  # fmt: skip
        other = others[chosen]
        names = (f"“{team.name}”", f"“{other.name}”")
        _show_compared(compare_answers(team.respondents, other.respondents, names))
    subgroups = subgroup_names(team)
    if len(subgroups) < 2:
        return
    left, right = st.columns(2, width=READING_WIDTH)
    first = left.selectbox("Compare the answers of", subgroups, key="team_subgroup_a")
    rest = [name for name in subgroups if name != first]
    second = right.selectbox("with those of", rest, key="team_subgroup_b")
    _show_compared(
        compare_answers(_of(team, first), _of(team, second), (f"“{first}”", f"“{second}”"))
    )


def _of(team: Team, subgroup: str) -> Sequence[Respondent]:
    return [person for person in team.respondents if person.subgroup == subgroup]


def _show_compared(found: ComparedAnswers) -> None:
    said = f"{plain(found.text)} {where.chip('cultural-fst')}"
    st.markdown(said, width=READING_WIDTH, anchors=False)
    if found.caution:
        st.warning(plain(found.caution), icon=":material/groups:", width=READING_WIDTH)
