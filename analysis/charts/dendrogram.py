"""The tree of all parties: who joins whom at which distance."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.atlas.clusters import Clusters
from analysis.atlas.sentences import cluster_sentences, names_of
from analysis.charts.data import ChartData
from analysis.measures.registry import MEASURES
from analysis.sentences import source_line
from analysis.tables import Tables
from analysis.words import capital, in_words


def dendrogram_data(tables: Tables, found: Clusters, party_ids: Sequence[str] = ()) -> ChartData:
    """Return the words of the tree, and every party with its cluster."""
    return ChartData(
        "dendrogram",
        _title(tables, found, party_ids),
        "Two branches join at the mean distance between their parties. Bands: the clusters of the"
        f" cut, with their numbers. {source_line(tables, found.distances.settings.framework)}",
        " ".join(
            [
                f"Tree of {len(found.order)} parties by average linkage.",
                *cluster_sentences(tables, found, party_ids),
                *(
                    f"Cluster {c.number}: {names_of(tables, c.members, len(c.members))}."
                    for c in found.clusters
                ),
            ]
        ),
        ("Party", "Cluster", "Middle of the cluster"),
        tuple(
            (
                tables.profiles[i].name,
                float(c.number),
                tables.profiles[c.medoid].name if len(c.members) > 1 else "alone",
            )
            for c in found.clusters
            for i in c.members
        ),
    )


def axis_title(found: Clusters) -> str:
    """Return the name of the measure with its unit."""
    measure = MEASURES[found.distances.measure]
    return f"{measure.label} ({measure.unit})"


def _title(tables: Tables, found: Clusters, party_ids: Sequence[str]) -> str:
    held = [i for i in dict.fromkeys(party_ids) if i in found.order][:2]
    names = [tables.profiles[i].name_in_sentence for i in held]
    if len(held) == 2:
        same = found.of(held[0]) is found.of(held[1])
        where = "in one cluster" if same else "in different clusters"
        return f"{capital(names[0])} and {names[1]} stand {where}"
    if held:
        others = [i for i in found.of(held[0]).members if i != held[0]]
        if not others:
            return f"{capital(names[0])} stands in a cluster of its own"
        return f"{capital(names[0])} stands in one cluster with {names_of(tables, others, 3)}"
    count = len(found.clusters)
    return f"The tree falls into {in_words(count)} cluster{'' if count == 1 else 's'}"
