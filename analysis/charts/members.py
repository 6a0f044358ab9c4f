"""The members of a team on each dimension, with the team's mean and where it likely lies."""

from __future__ import annotations

from analysis.charts.data import ChartData
from analysis.sentences import source_line
from analysis.settings import Settings
from analysis.tables import Tables
from analysis.teams.summary import TeamSummary, shown_score
from analysis.words import capital


def members_data(tables: Tables, name: str, summary: TeamSummary, settings: Settings) -> ChartData:
    """Return the words and scores of the strip chart of a team of members."""
    framework = tables.frameworks[settings.framework]
    names = {d.id: d.name for d in framework.dimensions}
    told = []
    for found in summary.dimensions:
        if found.mean is None or found.interval is None:
            told.append(f"{names[found.dimension]}: no mean.")
            continue
        mean, low, high = (
            shown_score(framework, value, found.interval) for value in (found.mean, *found.interval)
        )
        told.append(f"{names[found.dimension]}: mean {mean}, likely {low} to {high}.")
    title = (
        f"{capital(names[summary.widest])} is where the members differ most"
        if summary.widest
        else "The members stand at the same scores"
    )
    return ChartData(
        "members",
        title,
        "Dots: members, by the scores of their cultures, not measured in person. Bar: the team’s"
        " mean; line: where it likely lies with so few people."
        f" {source_line(tables, framework.id)}",
        f"Dots for each of the {len(summary.members)} members of {name} on each dimension."
        f" {' '.join(told)}",
        ("Member", *names.values()),
        tuple((member.name, *member.scores) for member in summary.members),
    )
