"""Every cache of the app, and what one session computes with its own teams and editions.

Reference data and results are frozen and shared between sessions; every key is a small value that
holds the data version. What takes long is computed by one session while others wait for it
(`cache_resource`); what takes milliseconds and is asked for often is looked up at once
(`lru_cache`). Nothing a person types is a key before it has been checked against the tables.
`version` is in a signature only to be part of the key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pkgutil import resolve_name
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from analysis import reference
from analysis.comparison import Comparison, References
from analysis.comparison import compare as compared
from analysis.deal import EMPTY_FORM, Deal, without_private
from analysis.knowledge import Knowledge, load_friction_model, load_knowledge
from analysis.link import View, is_shareable
from analysis.reference import ReferenceSet, Yardstick
from analysis.settings import DEFAULT_FRAMEWORK, Settings
from analysis.tables import FloatArray, Tables, load_tables
from analysis.uncertainty import SimulatedReference, simulate_reference, standard_errors
from pages.shared.labels import labelled
from pages.shared.own_references import Kept, with_own

if TYPE_CHECKING:  # what the first chart does not need is loaded once it is on its way
    from analysis.agreement import Agreement
    from analysis.editions import Edition
    from analysis.friction.assessment import Friction
    from analysis.friction.reference import FrictionReference
    from analysis.knowledge.topics import Topic
    from analysis.strategy.brief import Brief
    from analysis.teams.team import Team

T = TypeVar("T")
_TEAMS, _EDITIONS = "own_teams", "own_editions"
_RESULTS, _IN_USE = "own_results", "results_in_use"
_NONE: Mapping[str, Any] = MappingProxyType({})


def _makers() -> Any:
    return import_module("pages.shared.makers")


_hash_by_value: Mapping[type | str, Any] = dict.fromkeys((Yardstick, Settings, Deal), repr)


@st.cache_resource(show_spinner=False)
def shipped() -> Tables:
    """Return the tables that ship, read once a process."""
    return load_tables()


def teams() -> Mapping[str, Team]:
    """Return the teams of this session by id; the mapping is replaced whole with every change."""
    held: Mapping[str, Team] = st.session_state.get(_TEAMS, _NONE)
    return held


def put_teams(changed: Mapping[str, Team]) -> None:
    """Put the session's teams in place of those before; what was computed with them goes."""
    st.session_state[_TEAMS] = MappingProxyType(dict(changed))
    st.session_state[_IN_USE] = None


def editions() -> Mapping[str, Edition]:
    """Return this session's own editions of scores by id; replaced whole with every change."""
    held: Mapping[str, Edition] = st.session_state.get(_EDITIONS, _NONE)
    return held


def put_editions(changed: Mapping[str, Edition]) -> None:
    """Put the session's editions in place of those before; what was computed with them goes."""
    st.session_state[_EDITIONS] = MappingProxyType(dict(changed))
    st.session_state[_IN_USE] = None


def results() -> Results:
    """Return the tables with this session's own, and everything computed from them."""
    in_use: Results | None = st.session_state.get(_IN_USE)
    if in_use is None:
        in_use = st.session_state[_IN_USE] = _results()
    return in_use


def _results() -> Results:
    own, newer = teams(), editions()
    if not own and not newer:
        return Results(shipped())
    held: tuple[Any, Any, Results] | None = st.session_state.get(_RESULTS)
    if held is None or held[0] is not own or held[1] is not newer:
        make = _makers()
        over = make.with_editions(shipped(), newer.values())
        found = Results(make.with_teams(over, own.values()))
        if held and held[1] is newer:  # no team changes what an edition is measured against
            found = Results(found.tables, heavy=held[2].heavy)
        held = own, newer, found
        st.session_state[_RESULTS] = held
    return held[2]


def tables() -> Tables:
    """Return the tables that ship with this session's teams and editions."""
    return results().tables


@lru_cache(8)
def _labels(version: str, framework_id: str) -> Mapping[str, str]:
    return MappingProxyType(labelled(shipped(), shipped().frameworks[framework_id]))


def picker_labels(framework_id: str = DEFAULT_FRAMEWORK) -> Mapping[str, str]:
    """Return each party's label for a picker: own teams, then countries, in alphabetical order.

    A party without any score in the framework can still be chosen; the page then says what helps.
    """
    own = {team.id: f"{team.name} · your team" for team in teams().values()}
    if framework_id in editions():
        return {**own, **labelled(shipped(), tables().frameworks[framework_id])}
    return {**own, **_labels(shipped().version, framework_id)}


@st.cache_resource(show_spinner=False)
def kept_at(address: str) -> Any:
    """Return the store at an address, opened once a process; empty for the local user's file.

    Its library takes half a second to load, so it is looked up when something is to be kept.
    """
    _makers()  # the store reads teams and editions: they have to be there whole
    return resolve_name("analysis.store:open_store")(address or None)


@lru_cache(64)
def _reference(version: str, yardstick: Yardstick) -> ReferenceSet:
    return reference.build_reference(shipped(), yardstick)


@lru_cache(256)
def _distances(version: str, yardstick: Yardstick, measure_id: str) -> FloatArray:
    """A page asks for these a hundred times: Streamlit's cache takes 0.1 ms a time."""
    distances = reference.reference_distances(_reference(version, yardstick), yardstick, measure_id)
    distances.flags.writeable = False
    return distances


@lru_cache(6)
def _drawn(profiles: int, dimensions: int) -> FloatArray:
    """By size, so that two frameworks share one; all that ship take 24 MB together."""
    errors = standard_errors(profiles, dimensions)
    errors.flags.writeable = False
    return errors


def _errors(framework_id: str) -> FloatArray:
    return _drawn(*shipped().frameworks[framework_id].scores.shape)


@st.cache_resource(max_entries=40, show_spinner=False, hash_funcs=_hash_by_value)
def _simulated(
    version: str, yardstick: Yardstick, measure_id: str, score_error: float
) -> SimulatedReference:
    """A page takes five, one for each order of measures, and one for each other framework.

    From 1 MB each with 33 countries to 13 MB with 115; Hofstede's take 4. On the default settings
    all pairs under all frameworks take 35 of them, 150 MB together.
    """
    return simulate_reference(
        _reference(version, yardstick),
        shipped().frameworks[yardstick.framework].matrix(yardstick.unrounded),
        yardstick,
        measure_id,
        score_error,
        _errors(yardstick.framework),
    )


def _references(over: Tables) -> References:
    """Return the reference distributions with the caches in front; no team ever changes them."""
    version = shipped().version
    return References(
        over,
        lambda yardstick: _reference(version, yardstick),
        lambda yardstick, measure_id: _distances(version, yardstick, measure_id),
        _errors,
        lambda yardstick, measure_id, error: _simulated(version, yardstick, measure_id, error),
    )


@st.cache_resource(show_spinner=False)
def knowledge() -> Knowledge:
    """Return the topics, rules and words that ship."""
    return load_knowledge()


@st.cache_resource(show_spinner=False)
def effects() -> Mapping[str, float]:
    """Return the default effect of each circumstance; a link is read before any topic is needed."""
    return MappingProxyType(load_friction_model().effects)


@lru_cache(512)
def _compared(
    version: str, a: str, b: str, settings: Settings, intervals: tuple[str, ...] | None
) -> Comparison:
    return compared(_references(shipped()), a, b, settings, intervals)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_hash_by_value)
def _friction_reference(version: str, yardstick: Yardstick) -> FrictionReference:
    return _makers().build_friction_reference(
        knowledge(), _reference(version, yardstick), yardstick.dimensions
    )


@lru_cache(512)
def _agreement(version: str, a: str, b: str, settings: Settings) -> Agreement:
    pair = _compared(version, a, b, settings, (settings.measure,))
    return _agree(_references(shipped()), pair)


def _agree(over: References, pair: Comparison) -> Agreement:
    def under(settings: Settings) -> Comparison:
        parties = pair.a.id, pair.b.id
        return compared(over, *parties, settings, (settings.measure,))

    return _makers().find_agreement(over.tables, pair, under)


@lru_cache(512)
def _friction(version: str, a: str, b: str, settings: Settings, deal: Deal) -> Friction:
    pair = _compared(version, a, b, settings, (settings.measure,))
    return Results(shipped()).assess(pair, deal)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=_hash_by_value)
def _sensitivity(version: str, a: str, b: str, settings: Settings) -> tuple[float, float]:
    pair = _compared(version, a, b, settings, (settings.measure,))
    return _makers().sensitivity(knowledge(), _references(shipped()), pair)


@lru_cache(128)
def _parts(version: str, link: tuple[tuple[str, str], ...]) -> Kept:
    """What pages show of one view: five charts and their words take 0.1 MB."""
    return Kept(40)


@dataclass(frozen=True, eq=False)
class Results:
    """What is computed for one session: from the shared caches, or with its own from its own.

    `own` holds the results that a team or an edition is part of, `heavy` what an edition is
    measured against. Both belong to one session and go with it: nothing that a person uploads
    reaches a cache shared with others. They can be taken along out of the session, to make a file
    after the page was sent.
    """

    tables: Tables
    own: Kept = field(default_factory=lambda: Kept(200))
    heavy: Kept = field(default_factory=lambda: Kept(10))

    def references(self) -> References:
        """Return the reference distributions."""
        return with_own(_references(self.tables), self.own, self.heavy)

    def compare(
        self, a: str, b: str, settings: Settings, intervals: tuple[str, ...] | None = None
    ) -> Comparison:
        """Return the comparison of two parties, with the intervals of some or all measures."""
        if not self.is_own(settings, a, b):
            return _compared(self.tables.version, a, b, settings, intervals)
        key = ("compare", a, b, settings, intervals)
        return self.own.once(key, lambda: compared(self.references(), a, b, settings, intervals))

    def agreement(self, a: str, b: str, settings: Settings) -> Agreement:
        """Return what every framework, own editions too, says about two parties."""
        same = len(self.tables.frameworks) == len(shipped().frameworks)
        if same and not self.is_own(settings, a, b):
            return _agreement(self.tables.version, a, b, settings)
        pair = self.compare(a, b, settings, (settings.measure,))
        key = ("agreement", a, b, settings)
        return self.own.once(key, lambda: _agree(self.references(), pair))

    def friction(self, a: str, b: str, settings: Settings, deal: Deal | None = None) -> Friction:
        """Return the friction between two parties; without a deal, from the scores alone."""
        told = without_private(deal or EMPTY_FORM)
        if not self.is_own(settings, a, b):
            return _friction(self.tables.version, a, b, settings, told)
        pair = self.compare(a, b, settings, (settings.measure,))
        return self.own.once(("friction", a, b, settings, told), lambda: self.assess(pair, told))

    def assess(self, pair: Comparison, deal: Deal) -> Friction:
        """Return the friction of a compared pair, anew each time."""
        return _makers().assess(knowledge(), self.references(), self._against, pair, deal)

    def sensitivity(self, a: str, b: str, settings: Settings) -> tuple[float, float]:
        """Return how much shaken weights move the severities, and the share of the top kept."""
        if not self.is_own(settings, a, b):
            return _sensitivity(self.tables.version, a, b, settings)
        pair = self.compare(a, b, settings, (settings.measure,))
        return self.own.once(
            ("sensitivity", a, b, settings),
            lambda: _makers().sensitivity(knowledge(), self.references(), pair),
        )

    def inside(
        self, scores: FloatArray, shares: FloatArray, settings: Settings
    ) -> list[tuple[Topic, float]]:
        """Return the topics on which a team's own members differ most."""
        return _makers().inside_frictions(
            knowledge(), self.references(), self._against, scores, shares, settings
        )

    def is_own(self, settings: Settings, *ids: str) -> bool:
        """Say whether scores of this session's own are behind a result."""
        framework = self.tables.frameworks[settings.framework]
        return framework.own or any(i in self.tables.own for i in ids)

    def _against(self, yardstick: Yardstick) -> FrictionReference:
        if not self.tables.frameworks[yardstick.framework].own:
            return _friction_reference(self.tables.version, yardstick)
        rows = self.references().reference(yardstick)
        return self.heavy.once(
            ("friction", yardstick),
            lambda: _makers().build_friction_reference(knowledge(), rows, yardstick.dimensions),
        )


def references() -> References:
    """Return the reference distributions with the caches in front."""
    return results().references()


def compare(
    a: str, b: str, settings: Settings, intervals: tuple[str, ...] | None = None
) -> Comparison:
    """Return the comparison of two parties."""
    return results().compare(a, b, settings, intervals)


def agreement(a: str, b: str, settings: Settings) -> Agreement:
    """Return what every framework says about two parties, and whether they agree."""
    return results().agreement(a, b, settings)


def friction(a: str, b: str, settings: Settings, deal: Deal | None = None) -> Friction:
    """Return the friction between two parties; without a deal, from the scores alone."""
    return results().friction(a, b, settings, deal)


def sensitivity(a: str, b: str, settings: Settings) -> tuple[float, float]:
    """Return how much shaken weights move a pair's severities, and the share of the top kept."""
    return results().sensitivity(a, b, settings)


def brief(view: View) -> Brief:
    """Return the brief for a view; it is small beside the friction, and made anew each time."""
    pair = compare(view.a, view.b, view.settings, intervals=(view.settings.measure,))
    return _makers().build_brief(
        knowledge(), pair, friction(view.a, view.b, view.settings, view.deal), view.deal
    )


def part(view: View, link: Mapping[str, str], what: str, make: Callable[[], T]) -> T:
    """Return a part of a page that hangs on nothing but the view, made once for all who see it.

    `link` is the view as `write_link` writes it. Where anything of a person's own is in the view,
    or in what the others are compared with, the part is made for their session alone.
    """
    own = results()
    if is_shareable(own.tables, view) and not editions():
        return _parts(own.tables.version, tuple(link.items())).once((what,), make)
    return own.own.once(("part", what, view), make)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=_hash_by_value)
def _atlas(version: str, what: str, of: str, settings: Settings) -> Any:
    return _makers().MAKERS[what](_references(shipped()), of, settings, atlas)


def atlas(what: str, settings: Settings, of: str = "") -> Any:
    """Return one of `atlas_makers.MAKERS`; `of` is an id from the tables.

    Without anything of a session's own in it it is shared, since no team moves another party.
    """
    own = results()
    if not own.is_own(settings, of):
        return _atlas(shipped().version, what, of, settings)
    return own.own.once(
        (what, of, settings), lambda: _makers().MAKERS[what](own.references(), of, settings, atlas)
    )
