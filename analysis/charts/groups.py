"""Groups of countries on each dimension: where they stand and how far their members spread."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.atlas.groups import GroupDimension, GroupProfile
from analysis.atlas.sentences import group_sentence
from analysis.charts.data import ChartData
from analysis.sentences import source_line
from analysis.settings import Settings
from analysis.tables import Tables
from analysis.words import capital, in_words, join

_ALIKE = 0.1
"""Dimensions whose spans differ by less than this share are named together."""


def groups_data(tables: Tables, profiles: Sequence[GroupProfile], settings: Settings) -> ChartData:
    """Return the words of the chart, and mean, spread and count of each group.

    Parameters
    ----------
    tables : Tables
    profiles : sequence of GroupProfile
        One or more, from `analysis.atlas.groups.group_profile`.
    settings : Settings
    """
    framework = tables.frameworks[settings.framework]
    return ChartData(
        "groups",
        _title(tables, profiles, settings),
        "Dots: the mean of the members with a score; lines: one standard deviation to either side."
        " Countries count alike, however many people they have; at the right, how many count."
        f" {source_line(tables, framework.id)}",
        " ".join(
            [
                f"Mean and spread of {in_words(len(profiles))}"
                f" group{'' if len(profiles) == 1 else 's'} on each dimension.",
                *(group_sentence(tables, p, settings) for p in profiles),
                *(_told(tables, d.id, profiles, settings) for d in framework.dimensions),
            ]
        ),
        ("Dimension", "Group", "Mean", "Spread", "With a score", "Without"),
        tuple(
            (
                d.name, p.name, found.mean, found.spread, float(len(found.counted)),
                float(len(found.lacking)),
            )
            for d in framework.dimensions
            for p in profiles
            for found in (on(p, d.id),)
        ),
    )  # fmt: skip


def on(profile: GroupProfile, dimension_id: str) -> GroupDimension:
    """Return a group on one dimension."""
    return next(d for d in profile.dimensions if d.dimension == dimension_id)


def _told(
    tables: Tables, dimension_id: str, profiles: Sequence[GroupProfile], settings: Settings
) -> str:
    framework = tables.frameworks[settings.framework]
    told = []
    for p in profiles:
        found = on(p, dimension_id)
        told.append(
            f"{p.name} {found.reason}"
            if found.mean is None or found.spread is None
            else f"{p.name} {framework.shown(found.mean)} (spread {framework.shown(found.spread)})"
        )
    return f"{framework.dimension(dimension_id).name}: {'; '.join(told)}."


def _title(tables: Tables, profiles: Sequence[GroupProfile], settings: Settings) -> str:
    framework = tables.frameworks[settings.framework]
    means = {
        d.id: held
        for d in framework.dimensions
        if len(held := [m for p in profiles if (m := on(p, d.id).mean) is not None]) > 1
    }
    if means:
        apart = {d: max(held) - min(held) for d, held in means.items()}
        most = max(apart.values())
        names = {d: framework.dimension(d).name.lower() for d in apart}
        if len(framework.dimensions) == 1:
            return f"The means on {join(names.values())} lie {framework.shown(most)} apart"
        widest = [d for d in apart if apart[d] >= (1 - _ALIKE) * most]
        said = join(names[d] for d in widest)
        return f"The means of the groups lie farthest apart on {said}"
    spreads = {
        d.id: spread
        for d in framework.dimensions
        for p in profiles[:1]
        if (spread := on(p, d.id).spread) is not None
    }
    if not spreads:
        return "Too few members have a score for a mean"
    most = max(spreads.values())
    widest = [d for d in spreads if spreads[d] >= (1 - _ALIKE) * most]
    said = join(framework.dimension(d).name.lower() for d in widest)
    most_ = "" if len(framework.dimensions) == 1 else " most"
    return f"{capital(profiles[0].name)} differs{most_} inside on {said}"
