"""The world by one dimension, or by distance from one party: words and numbers of the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.atlas.neighbours import Neighbours, neighbours
from analysis.atlas.sentences import nearest_heading, shared_mark
from analysis.charts.data import ChartData
from analysis.charts.places import world_places
from analysis.comparison import References, shared_dimensions
from analysis.matrix import pairs_that_share
from analysis.measures.registry import MEASURES
from analysis.profiles import Profile, Score, build_profile
from analysis.reference import percentile
from analysis.refusal import why_no_distance
from analysis.sentences import source_line
from analysis.settings import Settings
from analysis.tables import Framework, Tables
from analysis.words import FARTHER, capital, in_words, join, of_hundred

Kind = Literal["scores", "distances"]
SURE = "published"


@dataclass(frozen=True, slots=True)
class Shade:
    """One country on the map.

    Attributes
    ----------
    value : float or None
        What sets its shade: a score [points], or how many of 100 pairs are nearer [0..100].
    shown : str
        The value in words, for instance `farther apart than 93 of 100 country pairs`.
    standing : str
        `published`, `regional` or `missing`; for a distance `regional` where any score of the
        country behind it is a region's.
    note : str
        The region whose score stands in, or why there is no value; empty otherwise.
    """

    id: str
    name: str
    value: float | None
    shown: str
    standing: str
    note: str


@dataclass(frozen=True, eq=False)
class WorldData(ChartData):
    """What the map says.

    Attributes
    ----------
    kind : str
        `scores` or `distances`.
    shades : tuple of Shade
        Every place of the map: those with a value first, the highest leading, then the others.
    lowest, highest : float
        The fixed ends of the scale; values beyond take the shade of the end.
    scale : str
        What the shades show.
    ends : tuple of str
        What the lowest and the highest end stand for.
    source : str
        The id of the party from which distances are taken; empty for scores.
    """

    kind: Kind
    shades: tuple[Shade, ...]
    lowest: float
    highest: float
    scale: str
    ends: tuple[str, str]
    source: str

    @property
    def without(self) -> tuple[Shade, ...]:
        """The countries without a value."""
        return tuple(shade for shade in self.shades if shade.value is None)

    @property
    def ranked(self) -> tuple[Shade, ...]:
        """The countries with a value, the lowest first."""
        return tuple(shade for shade in reversed(self.shades) if shade.value is not None)


def world_scores(tables: Tables, settings: Settings, dimension_id: str) -> WorldData:
    """Return the map of one dimension, whether or not the settings use it for distances."""
    framework = tables.frameworks[settings.framework]
    dimension = framework.dimension(dimension_id)
    shades = []
    for profile in _countries(tables, settings):
        score = profile.score(dimension_id)
        shades.append(
            Shade(
                profile.id,
                profile.name,
                score.value,
                "" if score.value is None else framework.shown(score.value),
                score.standing,
                _region(tables, [score]) or _why_no_score(tables, profile, dimension_id, settings),
            )
        )
    shades = _in_order([*shades, *_others(tables)], {})
    held = {shade.id: shade.value for shade in shades if shade.value is not None}
    title = f"{dimension.name}: no country has a score"
    if held:
        low, high = (_named_at(tables, held, most(held.values())) for most in (min, max))
        # A name that runs from one end to the other cannot itself be high.
        verb = ":" if " to " in dimension.name else " is"
        title = f"{dimension.name}{verb} highest in {high} and lowest in {low}"
    return WorldData(
        "world",
        title,
        _caption(shades, f"Shade: score on {dimension.name.lower()}", framework, tables),
        _description(
            shades,
            f"A map of the world by {dimension.name.lower()}",
            framework,
            ("Highest", "Lowest"),
        ),
        ("Country", dimension.name, "Standing", "Note"),
        tuple((s.name, s.value, _standing(s), s.note) for s in shades),
        kind="scores",
        shades=tuple(shades),
        lowest=framework.lowest,
        highest=framework.highest,
        scale=f"{dimension.name}: {dimension.plain}",
        ends=(dimension.low_pole, dimension.high_pole),
        source="",
    )


def world_distances(
    references: References, party: str, settings: Settings, near: Neighbours | None = None
) -> WorldData:
    """Return the map of distances from a party, by the headline measure of the settings.

    Shades go by rank among all country pairs of the reference set, so that the ends stand for the
    same whoever is chosen. `near` holds the party's neighbours, computed here when omitted: the
    title is theirs, parts of countries among them, though a part has no outline on the map.
    """
    tables = references.tables
    framework = tables.frameworks[settings.framework]
    own = build_profile(tables, party, settings)
    countries = [profile for profile in _countries(tables, settings) if profile.id != party]
    found = _distances(references, party, [profile.id for profile in countries], settings)
    values = {i: value for i, (value, _) in found.items()}
    shades = _in_order(
        [
            *(_distance_shade(tables, own, other, found, settings) for other in countries),
            *(shade for shade in _others(tables) if shade.id != party),
        ],
        values,
    )
    measure = MEASURES[settings.measure]
    near = near or neighbours(references, party, settings)
    parts = [n.id for n in near.all if tables.profiles[n.id].kind == "part"]
    regional = _region(tables, [own.score(d) for d in settings.dimensions])
    stands = f", which stands {regional}" if regional else ""
    title = f"No country has a distance from {own.name_in_sentence}"
    if near.all:
        title = nearest_heading(tables, near)
    return WorldData(
        "world",
        title,
        _caption(
            shades,
            f"Shade: how many of 100 country pairs are nearer to each other ({measure.label}"
            f" distance from {own.name_in_sentence}{stands})",
            framework,
            tables,
            parts,
        ),
        _description(
            shades,
            f"A map of the world by distance from {own.name_in_sentence}",
            framework,
            ("Farthest", "Nearest"),
        ),
        ("Country", f"{measure.label} ({measure.unit})", FARTHER, "Standing", "Note"),
        tuple(
            (s.name, values.get(s.id), None if s.value is None else of_hundred(s.value),
             _standing(s), s.note)
            for s in shades
        ),
        kind="distances",
        shades=tuple(shades),
        lowest=0.0,
        highest=100.0,
        scale=f"Distance from {own.name_in_sentence}: nearer pairs of 100",
        ends=("close", "far apart"),
        source=party,
    )  # fmt: skip


def no_data_sentence(data: WorldData) -> str:
    """Return how many countries of the world have no value on the map."""
    places = world_places()
    without = sum(
        s.value is None and s.id in places and places[s.id].is_member for s in data.shades
    )
    members = sum(place.is_member for place in places.values())
    what = "score" if data.kind == "scores" else "distance"
    if not without:
        return f"All {members} member states of the United Nations have a {what}."
    return (
        f"{capital(in_words(without))} of the {members} member states of the United Nations have no"
        f" {what} here; they are hatched, and no neighbour’s value is put in their place."
    )


def _countries(tables: Tables, settings: Settings) -> list[Profile]:
    return [
        build_profile(tables, record.id, settings)
        for record in tables.profiles.values()
        if record.kind == "country"
    ]


def _others(tables: Tables) -> list[Shade]:
    """Return the places of the map that have no row in any framework."""
    return [
        Shade(place.id, place.name, None, "", "missing", "no scores in any framework")
        for place in world_places().values()
        if place.id not in tables.profiles and place.id != "ATA"
    ]


def _distances(
    references: References, party: str, others: list[str], settings: Settings
) -> Mapping[str, tuple[float, float]]:
    """Return value and percentile of each distance from a party, where there is one."""
    found: dict[str, tuple[float, float]] = {}
    ids = [party, *others]
    for group in pairs_that_share(references, ids, settings):
        reference = references.reference(group.yardstick)
        theirs = group.second[(group.first == 0) & (group.second != 0)]
        if not len(theirs):
            continue
        scores = group.scores[:, reference.columns]
        values = MEASURES[settings.measure].compute(
            scores[[0]], scores[theirs], reference.covariance, group.yardstick.weights
        )
        distances = references.distances(group.yardstick, settings.measure)
        for place, value in zip(theirs.tolist(), values.tolist(), strict=True):
            found[ids[place]] = value, percentile(value, distances)
    return found


def _distance_shade(
    tables: Tables,
    own: Profile,
    other: Profile,
    found: Mapping[str, tuple[float, float]],
    settings: Settings,
) -> Shade:
    shared, _ = shared_dimensions(own, other, settings)
    if other.id not in found:
        reason = why_no_distance(tables, own, other, shared, settings)
        return Shade(other.id, other.name, None, "", "missing", reason)
    value, rank = found[other.id]
    region = _region(tables, [other.score(d) for d in shared])
    n = of_hundred(rank)
    mark = shared_mark(settings, len(shared))
    start = f"distance {value:.2f}{f' on {mark} dimensions' if mark else ''}"
    shown = (
        f"{start}: farther apart than {n} of 100 country pairs"
        if n >= 50
        else f"{start}: nearer than {100 - n} of 100 country pairs"
    )
    return Shade(other.id, other.name, rank, shown, "regional" if region else SURE, region)


def _region(tables: Tables, scores: Iterable[Score]) -> str:
    regions = [
        tables.profiles[s.origin].name_in_sentence for s in scores if s.standing == "regional"
    ]
    return f"with scores of {join(regions)}" if regions else ""


def _why_no_score(tables: Tables, profile: Profile, dimension_id: str, settings: Settings) -> str:
    """Say why a country has no score; a part of it never fills it, but is named."""
    if profile.score(dimension_id).value is not None:
        return ""
    parts = [
        record.name
        for record in tables.profiles.values()
        if record.parent == profile.id
        and build_profile(tables, record.id, settings).score(dimension_id).value is not None
    ]
    region = tables.profiles[profile.id].region
    if parts:
        return f"no score for the whole country; choose {join(parts, 'or')} in a picker"
    if settings.published_only and region:
        return f"no score of its own; that of {tables.profiles[region].name_in_sentence} is off"
    return "no score in this framework"


def _named_at(tables: Tables, held: Mapping[str, float], value: float) -> str:
    names = [tables.profiles[i].name_in_sentence for i, one in held.items() if one == value]
    return join(names) if len(names) <= 3 else f"{in_words(len(names))} countries"


def _standing(shade: Shade) -> str:
    return "no data" if shade.value is None else shade.standing


def _in_order(shades: Sequence[Shade], distances: Mapping[str, float]) -> list[Shade]:
    """Return the shades from the highest to the lowest, then those without a value by name.

    Equal ranks go by distance, as in `analysis.atlas.neighbours`.
    """
    near = sorted(
        (s for s in shades if s.value is not None),
        key=lambda s: (round(s.value or 0.0, 6), distances.get(s.id, 0.0), s.id),
    )
    return [*reversed(near), *sorted((s for s in shades if s.value is None), key=lambda s: s.name)]


def _caption(
    shades: Sequence[Shade],
    what: str,
    framework: Framework,
    tables: Tables,
    parts: Sequence[str] = (),
) -> str:
    regional = any(shade.standing == "regional" for shade in shades)
    names = capital(join(tables.profiles[i].name_in_sentence for i in parts))
    return (
        f"{what}. Hatched: no data."
        + (" Ring: scores of a region stand in." if regional else "")
        + (f" Without an outline, so only in the list: {names}." if parts else "")
        + f" Small states are points. {source_line(tables, framework.id)} Outlines: Natural Earth."
    )


def _description(
    shades: Sequence[Shade], what: str, framework: Framework, ends: tuple[str, str]
) -> str:
    ranked = [s for s in shades if s.value is not None]
    if not ranked:
        return f"{what} ({framework.short_name}): no country has a value."
    regional = [s.name for s in ranked if s.standing == "regional"]
    said = [
        f"{what} ({framework.short_name}), {len(ranked)} countries with a value.",
        f"{ends[0]}: {join(s.name for s in ranked[:5])}.",
        f"{ends[1]}: {join(s.name for s in ranked[:-6:-1])}.",
    ]
    if regional:
        said.append(f"A region’s scores stand in for {join(regional)}.")
    return " ".join(said)
