"""The sheet of scores: whose each one is, its standing and where it was published."""

from __future__ import annotations

from analysis.exports.legible import legible_name
from analysis.exports.subject import Subject, score_format
from analysis.exports.xlsx.book import AnyCell, Column, Sheet
from analysis.friction.words import short_name
from analysis.profiles import Profile, Score


def fill_scores(sheet: Sheet, subject: Subject) -> None:
    """Write a row for each party and dimension."""
    framework = subject.tables.frameworks[subject.comparison.settings.framework]
    columns = (
        Column("Party", most=26),
        Column("Dimension", most=26),
        Column("Short"),
        Column("Score", score_format(subject)),
        Column("Standing", least=10),
        Column("Whose score", most=26),
        Column("Source", most=20),
        Column("Where in it", most=24),
        Column("What it is about", most=38),
        Column("Low scores", most=20),
        Column("High scores", most=20),
    )
    rows = [
        (
            party.name,
            d.name,
            d.abbreviation,
            *_score(subject, party, party.score(d.id)),
            d.plain,
            d.low_pole,
            d.high_pole,
        )
        for party in subject.parties
        for d in framework.dimensions
    ]
    below = sheet.table(
        "Scores with their standing and source",
        f"{framework.name}: {framework.scale}. A missing score stays empty: it is never 0 and"
        " never a mean.",
        columns,
        rows,
        frozen_columns=2,
    )
    sheet.notes(below, [_standings(subject), subject.stamp.source, subject.stamp.settings_line])


def _score(subject: Subject, party: Profile, score: Score) -> tuple[AnyCell, ...]:
    """Return value, standing, whose it is, source and locator."""
    if score.value is None:
        return None, score.standing, _why_missing(subject, party), "", ""
    framework = subject.tables.frameworks[party.framework]
    if score.standing == "yours":
        return score.value, score.standing, party.name, "yours", "uploaded or made from members"
    if score.origin == party.id:
        whose = party.name
    else:
        whose = f"{legible_name(subject.tables.profiles[score.origin].name)}, stands in"
    return (
        score.value,
        score.standing,
        whose,
        short_name(subject.tables, framework.source),
        framework.locators.get(score.origin, ""),
    )


def _why_missing(subject: Subject, party: Profile) -> str:
    if subject.comparison.settings.published_only and subject.tables.profiles[party.id].region:
        return "none of its own; regional scores are switched off"
    return "none was published"


def _standings(subject: Subject) -> str:
    standings = {score.standing for party in subject.parties for score in party.scores}
    if "regional" not in standings:
        return ""
    return (
        "Regional: the score that was published for the region in which the country was counted."
        " How far the country may differ from its region is not known."
    )
