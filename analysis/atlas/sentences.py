"""The atlas in plain words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.atlas.clusters import Clusters
from analysis.atlas.culture_map import EXACT, Axis, CultureMap, Placement
from analysis.atlas.distances import Distances
from analysis.atlas.groups import GroupDistances, GroupProfile
from analysis.atlas.neighbours import Neighbour, Neighbours
from analysis.measures.registry import MEASURES
from analysis.refusal import parts_with_scores
from analysis.settings import Settings
from analysis.tables import Tables
from analysis.words import capital, in_words, join, of_hundred

_STRESS = ((0.05, "good"), (0.10, "fair"), (0.20, "rough"))
"""Kruskal (1964): 0.05 is good, 0.10 fair, 0.20 poor."""

_SILHOUETTE = ((0.70, "strong"), (0.50, "reasonable"), (0.25, "weak"))
"""Kaufman and Rousseeuw (1990), table 4: below 0.25 no substantial structure."""

_CLEAR = 0.5
"""Rank correlation from which on an axis is said to go with a dimension."""

_AXES = 2
_NAMED = 6


def names_of(tables: Tables, ids: Sequence[str], most: int = _NAMED) -> str:
    """Return parties as a list in a sentence, at most so many by name."""
    names = [tables.profiles[i].name_in_sentence for i in ids]
    if len(names) <= most + 1:
        return join(names)
    return join([*names[:most], f"{in_words(len(names) - most)} more"])


def nearest_sentence(tables: Tables, party_id: str, nearest: Sequence[str]) -> str:
    """Return who a party lies nearest to, without a full stop: it may head a chart.

    No one of them is singled out: without their intervals nobody can tell which is the nearest.
    """
    verb = "is" if len(nearest) == 1 else "are"
    name = tables.profiles[party_id].name_in_sentence
    return f"{capital(names_of(tables, nearest))} {verb} among the nearest to {name}"


def nearest_heading(tables: Tables, found: Neighbours) -> str:
    """Return who is nearest and how sure that is, in words and without a full stop.

    Where the likely ranges of most others overlap with that of the nearest, nobody is singled out.
    `found` holds somebody.
    """
    own = tables.profiles[found.party].name_in_sentence
    name = tables.profiles[found.all[0].id].name_in_sentence
    total, others = len(found.all), found.as_near
    if 2 * others > total - 1:
        return f"Nobody is surely nearest to {own}: {others + 1} of {total} parties may be"
    start = f"The scores of {name} are nearest to those of {own}"
    if not others:
        return f"{start}, and no others are likely to be as near"
    return f"{start}, but {_others(others)} may be as near"


def _others(count: int) -> str:
    return f"{in_words(count)} other{'' if count == 1 else 's'}"


def _ranked(one: Neighbour, unit: str) -> str:
    low, high = one.shown_range
    return f"farther apart than {of_hundred(one.percentile)} of 100{unit}, likely {low} to {high}"


def _nearest(tables: Tables, found: Neighbours) -> str:
    own = tables.profiles[found.party].name_in_sentence
    first, others, total = found.all[0], found.as_near, len(found.all)
    name = tables.profiles[first.id].name_in_sentence
    rank = f"({_ranked(first, ' country pairs')})"
    if 2 * others > total - 1:
        return (
            f"{_who(tables, found)}, nobody is surely nearest to {own}: {others + 1} may be, among"
            f" them {name} {rank}."
        )
    end = f", but {_others(others)} may be as near" if others else ""
    return f"{_who(tables, found)}, the scores of {name} are nearest to those of {own} {rank}{end}."


def _who(tables: Tables, found: Neighbours) -> str:
    """Who takes part: parts stand in for a country that has no score of its own."""
    parts = sum(tables.profiles[n.id].kind == "part" for n in found.all)
    if not parts:
        return f"Of {len(found.all)} countries with a distance"
    of = "part of a country that has" if parts == 1 else "parts of countries that have"
    return f"Of {len(found.all) - parts} countries and {in_words(parts)} {of} no score as a whole"


def _farthest(tables: Tables, found: Neighbours) -> str:
    last, others, total = found.all[-1], found.as_far, len(found.all)
    name = tables.profiles[last.id].name_in_sentence
    if 2 * others > total - 1:
        return f"Nobody is surely farthest: {others + 1} may be."
    end = f", but {_others(others)} may be as far" if others else ""
    return f"{capital(name)} is farthest ({_ranked(last, ' pairs')}){end}."


def shared_mark(settings: Settings, shared: int) -> str:
    """Return "4 of 6" for a pair that shares fewer dimensions than are in use; else nothing."""
    use = len(settings.dimensions)
    return f"{shared} of {use}" if shared < use else ""


def _on_fewer(found: Neighbours) -> str:
    marks = [shared_mark(found.settings, len(n.dimensions)) for n in found.all]
    held = sorted({mark for mark in marks if mark})
    if not held:
        return ""
    return (
        f"{join(held, 'or')}: the two share only so many of the dimensions in use, so the number"
        " is one among pairs on these dimensions and is less sure."
    )


def axis_words(tables: Tables, found: CultureMap, axis: Axis, verb: str = "") -> str:
    """Return what an axis goes with, for instance "power distance higher, indulgence lower".

    At most the two clearest dimensions, and one where there is an axis for each; with a `verb`
    such as "is" the words can stand in a sentence.
    """
    framework = tables.frameworks[found.distances.settings.framework]
    most = 1 if len(axis.correlations) <= _AXES else 2
    clear = [(d, r) for d, r in axis.correlations if abs(r) >= _CLEAR][:most]
    said = []
    for place, (d, r) in enumerate(clear):
        dimension = framework.dimension(d)
        if _names_both_ends(dimension.name):
            said.append(f"more of {dimension.high_pole if r > 0 else dimension.low_pole}")
        else:
            is_ = f" {verb}" if verb and not place else ""
            said.append(f"{dimension.name.lower()}{is_} {'higher' if r > 0 else 'lower'}")
    return ", ".join(said)


def _names_both_ends(name: str) -> bool:
    """Whether a name runs from one end to the other, so that it cannot itself be higher."""
    return " to " in name


def map_sentences(tables: Tables, found: CultureMap) -> tuple[str, ...]:
    """Return how to read the culture map, and how far to trust it."""
    return (_directions(tables, found), _fit(found), *_regions(tables, found.distances))


def _directions(tables: Tables, found: CultureMap) -> str:
    if found.line:
        words = axis_words(tables, found, found.axes[0], "is")
        return (
            f"One dimension makes a line, not a map: to the right {words}. How high a"
            " point stands has no meaning; it only keeps names apart."
        )
    ways = []
    for axis, way in zip(found.axes, ("to the right", "upwards"), strict=True):
        words = axis_words(tables, found, axis, "is")
        if words:
            ways.append(f"{way} {words}")
    start = "The nearer two points, the more alike the scores."
    return (
        f"{start} {capital('; '.join(ways))}."
        if ways
        else f"{start} No direction has a clear name."
    )


def _fit(found: CultureMap) -> str:
    if found.stress < EXACT:
        return "Every distance on it is exact."
    level = next((word for limit, word in _STRESS if found.stress <= limit), "poor")
    count = in_words(len(found.distances.settings.dimensions))
    advice = (
        "the distances themselves stand in the lists below"
        if found.stress <= _STRESS[0][0]
        else "take it as an overview, and the distances from the lists below"
    )
    if found.line or len(found.distances.settings.dimensions) == 2:
        why = "This measure does not fit on a flat map without error"
    else:
        why = f"{capital(count)} dimensions do not fit on a flat map without error"
    return f"{why}: its stress is {found.stress:.2f} (0 is exact), a {level} fit, so {advice}."


def _regions(tables: Tables, distances: Distances) -> tuple[str, ...]:
    held = [
        f"{tables.profiles[region].name_in_sentence} for {names_of(tables, ids)}"
        for region, ids in distances.stands_for.items()
        if region in distances.ids
    ]
    if not held:
        return ()
    return (
        "Countries with regional scores cannot be told apart by these, so their region appears"
        f" once in their place: {'; '.join(held)}.",
    )


def placement_sentence(tables: Tables, placement: Placement) -> str:
    """Return how a party came to its place on the map; empty for one of the map's own points."""
    if placement.reason:
        return placement.reason
    name = capital(tables.profiles[placement.id].name_in_sentence)
    if placement.fixed:
        return ""
    return (
        f"{name} was put on the finished map by its own distances (stress {placement.stress:.2f});"
        " no other point moved."
    )


def left_out_sentence(tables: Tables, distances: Distances) -> str:
    """Return who has no place for want of a score; empty where everybody has one."""
    regional = {i for ids in distances.stands_for.values() for i in ids}
    lacking = [i for i in distances.left_out if i not in regional]
    if not lacking:
        return ""
    verb = "lacks" if len(lacking) == 1 else "lack"
    return (
        f"{capital(names_of(tables, lacking))} {verb} a score in use and"
        f" {'is' if len(lacking) == 1 else 'are'} left out; no score is made up for them."
    )


def cluster_sentences(tables: Tables, found: Clusters, party_ids: Sequence[str] = ()) -> list[str]:
    """Return how many clusters there are, how distinct, how well the tree fits, who is where."""
    groups = found.clusters
    said = [_distinct(found)]
    if found.cophenetic is not None:
        fit = (
            "well"
            if found.cophenetic >= 0.8
            else "fairly well"
            if found.cophenetic >= 0.6
            else "badly"
        )
        said.append(
            f"The tree keeps the distances {fit} (cophenetic correlation {found.cophenetic:.2f},"
            " 1 is exact)."
        )
    for party_id in party_ids:
        if party_id not in found.order:
            continue
        group = found.of(party_id)
        name = capital(tables.profiles[party_id].name_in_sentence)
        others = [i for i in group.members if i != party_id]
        said.append(
            f"{name} is in cluster {group.number} of {len(groups)},"
            f" with {names_of(tables, others)}."
            if others
            else f"{name} is in a cluster of its own."
        )
    return said


def _distinct(found: Clusters) -> str:
    count = len(found.clusters)
    start = f"The tree is cut into {in_words(count)} cluster{'' if count == 1 else 's'}"
    silhouette = found.silhouettes.get(count)
    if silhouette is None:
        return f"{start}."
    level = next((w for limit, w in _SILHOUETTE if silhouette >= limit), "hardly there at all")
    best = ", the number that sets them apart best" if count == found.best else ""
    return (
        f"{start}{best}; the borders between them are {level} (mean silhouette {silhouette:.2f},"
        " 1 is best)."
    )


def neighbour_sentences(tables: Tables, found: Neighbours) -> tuple[str, ...]:
    """Return who is nearest, who is farthest, and how sure each is; then who is told on less."""
    if found.reason:
        return (found.reason,)
    said = [_nearest(tables, found), _farthest(tables, found)]
    if fewer := _on_fewer(found):
        said.append(fewer)
    if found.without:
        count = len(found.without)
        said.append(
            f"{capital(in_words(count))} {'party gets' if count == 1 else 'parties get'} no"
            f" distance: {names_of(tables, found.without)}."
        )
    return tuple(said)


def group_sentence(tables: Tables, profile: GroupProfile, settings: Settings) -> str:
    """Return where a group differs most and least inside, or why that cannot be said."""
    framework = tables.frameworks[settings.framework]
    held = [
        d for d in profile.dimensions if d.spread is not None and d.dimension in settings.dimensions
    ]
    if not held:
        return f"{profile.name}: {profile.dimensions[0].reason}."
    spread = {d.dimension: d.spread or 0.0 for d in held}
    widest, narrowest = max(spread, key=spread.__getitem__), min(spread, key=spread.__getitem__)

    def told(dimension: str) -> str:
        shown = framework.shown(spread[dimension])
        return f"{framework.dimension(dimension).name.lower()} (standard deviation {shown})"

    counted = {len(d.counted) for d in held}
    count = str(min(counted)) if len(counted) == 1 else f"{min(counted)} to {max(counted)}"
    start = f"{profile.name}, {count} of {len(profile.members)} with a score,"
    inside = f"differs most inside on {told(widest)} and least on {told(narrowest)}"
    if len(held) == 1:
        inside = f"differs inside on {told(widest)}"
    lacking = _names_lacking(tables, [i for d in held for i in d.lacking], settings)
    return f"{start} {inside}.{lacking}"


def _names_lacking(tables: Tables, ids: Sequence[str], settings: Settings) -> str:
    known = [i for i in dict.fromkeys(ids) if i in tables.profiles]
    if not known:
        return ""
    said = f" Without every score: {names_of(tables, known)}."
    for i in known:
        parts = parts_with_scores(tables, i, settings)
        if parts:
            said += (
                f" {capital(tables.profiles[i].name_in_sentence)} has scores only for"
                f" {names_of(tables, parts)}; a part does not count as the country."
            )
    return said


def group_distance_sentences(
    names: Sequence[str], found: GroupDistances, settings: Settings
) -> list[str]:
    """Return the mean distance within each group and between each two that has one."""
    measure = MEASURES[settings.measure]
    said = []
    for a, first in enumerate(names):
        if np.isnan(found.matrix[a, a]):
            why = found.reasons.get(found.ids[a], "no two members share every dimension in use")
            said.append(f"{first} has no mean distance: {why}.")
            continue
        said.append(
            f"{first}: two members lie {found.matrix[a, a]:.2f} apart on average"
            f" ({measure.label}, {measure.unit}; {found.pairs[a, a]} pairs)."
        )
    for a, first in enumerate(names):
        for b, second in enumerate(names[a + 1 :], start=a + 1):
            if np.isfinite(found.matrix[a, b]):
                said.append(
                    f"{first} and {second}: two members, one of each, lie"
                    f" {found.matrix[a, b]:.2f} apart on average ({found.pairs[a, b]} pairs)."
                )
    return said
