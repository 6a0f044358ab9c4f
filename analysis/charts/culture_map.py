"""The culture map: all parties as points, the nearer the more alike."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.atlas.clusters import Clusters
from analysis.atlas.culture_map import CultureMap, Placement
from analysis.atlas.sentences import axis_words, map_sentences, nearest_sentence, placement_sentence
from analysis.charts.data import ChartData
from analysis.sentences import source_line
from analysis.tables import Tables
from analysis.words import capital, join


def placed(placements: Sequence[Placement]) -> list[Placement]:
    """Return the parties that have a place, each once."""
    return list({p.id: p for p in placements if p.x is not None and p.y is not None}.values())


def named_points(
    placements: Sequence[Placement], clusters: Clusters | None = None
) -> tuple[str, ...]:
    """Return the points of the map to name beside the chosen parties, the most wanted first.

    Their nearest neighbours, then the middle of each cluster; all others are named on hover.
    """
    chosen = {p.id for p in placements}
    near = [i for p in placed(placements) for i in p.nearest]
    middles = [c.medoid for c in clusters.clusters if len(c.members) > 1] if clusters else []
    return tuple(i for i in dict.fromkeys([*near, *middles]) if i not in chosen)


def culture_map_data(
    tables: Tables,
    found: CultureMap,
    placements: Sequence[Placement] = (),
    clusters: Clusters | None = None,
) -> ChartData:
    """Return the words and positions of the culture map with the chosen parties."""
    shown = placed(placements)
    return ChartData(
        "culture-map",
        _title(tables, found, placements),
        " ".join(
            [
                *_how_to_read(found, shown, clusters),
                f"Stress {found.stress:.2f}.",
                source_line(tables, found.distances.settings.framework),
            ]
        ),
        _description(tables, found, placements),
        ("Party", "Across", "Up", "Nearest"),
        (
            *(_row(tables, p.id, p.x or 0.0, p.y or 0.0, p.nearest) for p in shown),
            *(
                _row(tables, i, float(x), float(y), found.neighbours[i])
                for i, (x, y) in zip(found.ids, found.positions, strict=True)
                if i not in {p.id for p in shown}
            ),
        ),
    )


def _row(
    tables: Tables, profile_id: str, x: float, y: float, nearest: Sequence[str]
) -> tuple[str, float, float, str]:
    names = join(tables.profiles[i].name for i in nearest)
    return tables.profiles[profile_id].name, round(x, 3), round(y, 3), names


def _title(tables: Tables, found: CultureMap, placements: Sequence[Placement]) -> str:
    """The first party, our side, heads the map; also where it has no place on it."""
    if placements and placements[0].reason:
        return placements[0].reason.removesuffix(".")
    with_near = next((p for p in placements if p.nearest), None)
    if with_near:
        return nearest_sentence(tables, with_near.id, with_near.nearest)
    words = axis_words(tables, found, found.axes[0])
    return f"To the right, {words}" if words else "Like stands near like"


def _how_to_read(
    found: CultureMap, shown: Sequence[Placement], clusters: Clusters | None
) -> list[str]:
    said = ["Points: parties with every score in use; the nearer, the more alike."]
    if shown:
        said.append("Lines: to each chosen party’s nearest by the true distances.")
    if clusters is not None:
        said.append("Also named: the middle of each cluster.")
    if any(not p.fixed for p in shown):
        said.append("Chosen parties outside the set were put on the finished map.")
    if found.distances.stands_for:
        said.append("Hollow: regional scores.")
    if found.line:
        said.append("Height has no meaning.")
    return said


def _description(tables: Tables, found: CultureMap, placements: Sequence[Placement]) -> str:
    told = [f"Map of {len(found.ids)} parties by the distance between their scores."]
    told += map_sentences(tables, found)
    for p in placements:
        if p.nearest:
            names = join(tables.profiles[i].name_in_sentence for i in p.nearest)
            told.append(
                f"{capital(tables.profiles[p.id].name_in_sentence)} has nearest to it {names}."
            )
        said = placement_sentence(tables, p)
        if said:
            told.append(said)
    return " ".join(told)
