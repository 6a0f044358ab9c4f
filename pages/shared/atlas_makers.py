"""How each result of the Atlas page is made; `state.atlas` keeps what comes of it.

A maker gets the references, an id from the tables (or nothing), the settings, and a way to ask for
another result, so that what two results rest on is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import resolve_name
from threading import RLock
from typing import Any

from analysis.atlas.distances import complete_distances
from analysis.atlas.neighbours import neighbours
from analysis.charts.world import WorldData, world_distances, world_scores
from analysis.comparison import References
from analysis.settings import Settings

Ask = Callable[..., Any]
Maker = Callable[[References, str, Settings, Ask], Any]


def _world_on(references: References, of: str, settings: Settings, ask: Ask) -> WorldData:
    return world_scores(references.tables, settings, of)


def _world_from(references: References, of: str, settings: Settings, ask: Ask) -> WorldData:
    return world_distances(references, of, settings, ask("neighbours", settings, of))


def _neighbours(references: References, of: str, settings: Settings, ask: Ask) -> Any:
    return neighbours(references, of, settings)


def _distances(references: References, of: str, settings: Settings, ask: Ask) -> Any:
    return complete_distances(references, settings)


def _culture_map(references: References, of: str, settings: Settings, ask: Ask) -> Any:
    _load("sklearn.manifold", "scipy.linalg", "scipy.stats")
    return _late("culture_map:culture_map")(references.tables, ask("distances", settings))


def _placed(references: References, of: str, settings: Settings, ask: Ask) -> Any:
    _load("scipy.optimize")
    return _late("culture_map:place")(references, ask("culture_map", settings), [of])[0]


def _clusters(references: References, of: str, settings: Settings, ask: Ask) -> Any:
    _load("scipy.cluster.hierarchy", "scipy.spatial.distance", "sklearn.metrics")
    return _late("clusters:clusters")(ask("distances", settings))


_LOADING = RLock()


def _load(*libraries: str) -> None:
    """Load libraries by one thread alone: two at once meet those that import in circles in part."""
    with _LOADING:
        for name in libraries:
            import_module(name)


def _late(name: str) -> Any:
    """Return a function of the atlas by its name; what stands behind it loads when it is needed."""
    return resolve_name(f"analysis.atlas.{name}")


MAKERS: Mapping[str, Maker] = {
    "world_on": _world_on,
    "world_from": _world_from,
    "neighbours": _neighbours,
    "distances": _distances,
    "culture_map": _culture_map,
    "placed": _placed,
    "clusters": _clusters,
}
