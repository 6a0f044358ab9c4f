"""Every cache of the app, and what one session computes with teams of its own.

Reference data and results are frozen and shared between sessions (`cache_resource`); every key is a
small value that holds the data version. Nothing a person types is a key before it has been checked
against the tables. `version` is in a signature only to be part of the key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from types import MappingProxyType
from typing import Any, TypeVar

import streamlit as st

from analysis import comparison, reference, uncertainty
from analysis.comparison import Comparison, References
from analysis.deal import (
    EMPTY_FORM,
    Deal,
    without_private,
)
from analysis.figures.chart import Chart
from analysis.figures.radar import radar
from analysis.friction import assessment
from analysis.friction.assessment import Friction
from analysis.friction.inside import inside_frictions
from analysis.friction.reference import FrictionReference, build_friction_reference
from analysis.knowledge import Knowledge, load_friction_model, load_knowledge
from analysis.knowledge.topics import Topic
from analysis.link import View
from analysis.profiles import build_profile
from analysis.reference import ReferenceSet, Yardstick
from analysis.settings import Settings
from analysis.strategy.brief import Brief, build_brief
from analysis.tables import FloatArray, ProfileRecord, Tables, load_tables
from analysis.teams.party import with_teams
from analysis.teams.team import Team

_T = TypeVar("_T")
_TEAMS, _RESULTS = "own_teams", "own_results"
_MOST_OWN_RESULTS = 200

_hash_by_value: Mapping[type | str, Any] = {
    Yardstick: repr,
    Settings: repr,
    Deal: repr,
}


@st.cache_resource(show_spinner=False)
def shipped() -> Tables:
    """Return the tables that ship, read once a process."""
    return load_tables()


def teams() -> Mapping[str, Team]:
    """Return the teams of this session by id; the mapping is replaced whole with every change."""
    held: Mapping[str, Team] = st.session_state.get(_TEAMS, {})
    return held


def put_teams(changed: Mapping[str, Team]) -> None:
    """Put the session's teams in place of those before; what was computed with them goes."""
    st.session_state[_TEAMS] = MappingProxyType(dict(changed))


def results() -> Results:
    """Return the tables with this session's teams, and everything computed from them."""
    own = teams()
    if not own:
        return Results(shipped(), {})
    held: tuple[Mapping[str, Team], Results] | None = st.session_state.get(_RESULTS)
    if held is None or held[0] is not own:
        held = own, Results(with_teams(shipped(), own.values()), {})
        st.session_state[_RESULTS] = held
    return held[1]


def tables() -> Tables:
    """Return the tables that ship with this session's teams among the parties."""
    return results().tables


@st.cache_resource(max_entries=1, show_spinner=False)
def _labels(version: str) -> Mapping[str, str]:
    def order(profile: ProfileRecord) -> tuple[bool, bytes]:
        plain = unicodedata.normalize("NFKD", profile.label).encode("ascii", "ignore")
        return profile.kind != "country", plain.lower()

    profiles = sorted(shipped().profiles.values(), key=order)
    return MappingProxyType({profile.id: profile.label for profile in profiles})


def picker_labels() -> Mapping[str, str]:
    """Return each party's label for a picker: own teams, then countries, in alphabetical order."""
    own = {team.id: f"{team.name} · your team" for team in teams().values()}
    return {**own, **_labels(shipped().version)}


@st.cache_resource(show_spinner=False)
def kept_at(address: str) -> Any:
    """Return the store at an address, opened once a process; empty for the local user's file.

    Its library takes half a second to load, so it is looked up when something is to be kept.
    """
    return resolve_name("analysis.store:open_store")(address or None)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_hash_by_value)
def _reference(version: str, yardstick: Yardstick) -> ReferenceSet:
    return reference.build_reference(shipped(), yardstick)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=_hash_by_value)
def _distances(version: str, yardstick: Yardstick, measure_id: str) -> FloatArray:
    distances = reference.reference_distances(_reference(version, yardstick), yardstick, measure_id)
    distances.flags.writeable = False
    return distances


@st.cache_resource(max_entries=2, show_spinner=False)
def _errors(version: str, framework_id: str) -> FloatArray:
    errors = uncertainty.standard_errors(*shipped().frameworks[framework_id].scores.shape)
    errors.flags.writeable = False
    return errors


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs=_hash_by_value)
def _simulated(
    version: str, yardstick: Yardstick, measure_id: str, score_error: float
) -> uncertainty.SimulatedReference:
    """About 4.4 MB each: the bound keeps all of them together below 90 MB."""
    return uncertainty.simulate_reference(
        _reference(version, yardstick),
        shipped().frameworks[yardstick.framework].matrix(yardstick.unrounded),
        yardstick,
        measure_id,
        score_error,
        _errors(version, yardstick.framework),
    )


def _references(over: Tables) -> References:
    """Return the reference distributions with the caches in front; no team ever changes them."""
    version = shipped().version
    return References(
        over,
        lambda yardstick: _reference(version, yardstick),
        lambda yardstick, measure_id: _distances(version, yardstick, measure_id),
        lambda framework_id: _errors(version, framework_id),
        lambda yardstick, measure_id, error: _simulated(version, yardstick, measure_id, error),
    )


@st.cache_resource(show_spinner=False)
def knowledge() -> Knowledge:
    """Return the topics, rules and words that ship, read once a process."""
    return load_knowledge()


@st.cache_resource(show_spinner=False)
def effects() -> Mapping[str, float]:
    """Return the default effect of each circumstance; a link is read before any topic is needed."""
    return MappingProxyType(load_friction_model().effects)


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=_hash_by_value)
def _compared(
    version: str, a: str, b: str, settings: Settings, intervals: tuple[str, ...] | None
) -> Comparison:
    return comparison.compare(_references(shipped()), a, b, settings, intervals)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_hash_by_value)
def _friction_reference(version: str, yardstick: Yardstick) -> FrictionReference:
    return build_friction_reference(
        knowledge(), _reference(version, yardstick), yardstick.dimensions
    )


def _assess(over: Tables, pair: Comparison, deal: Deal) -> Friction:
    version = shipped().version
    return assessment.assess(
        knowledge(),
        _references(over),
        lambda yardstick: _friction_reference(version, yardstick),
        pair,
        deal,
    )


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=_hash_by_value)
def _friction(version: str, a: str, b: str, settings: Settings, deal: Deal) -> Friction:
    pair = _compared(version, a, b, settings, (settings.measure,))
    return _assess(shipped(), pair, deal)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=_hash_by_value)
def _sensitivity(version: str, a: str, b: str, settings: Settings) -> tuple[float, float]:
    pair = _compared(version, a, b, settings, (settings.measure,))
    return assessment.sensitivity(knowledge(), _references(shipped()), pair)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=_hash_by_value)
def _radar(version: str, ids: tuple[str, ...], settings: Settings) -> Chart:
    return radar(shipped(), [build_profile(shipped(), i, settings) for i in ids])


@dataclass(frozen=True, eq=False)
class Results:
    """What is computed for one session: from the shared caches, or with own teams from its own.

    `own` holds the results that a team is part of. It belongs to one session and goes with it:
    nothing that a person uploads reaches a cache shared with others. It can be taken along out of
    the session, to make a file after the page was sent.
    """

    tables: Tables
    own: dict[tuple[Any, ...], Any]

    def references(self) -> References:
        """Return the reference distributions."""
        return _references(self.tables)

    def compare(
        self, a: str, b: str, settings: Settings, intervals: tuple[str, ...] | None = None
    ) -> Comparison:
        """Return the comparison of two parties, with the intervals of some or all measures."""
        if not self._is_own(a, b):
            return _compared(self.tables.version, a, b, settings, intervals)
        key = ("compare", a, b, settings, intervals)
        return self._kept(
            key, lambda: comparison.compare(self.references(), a, b, settings, intervals)
        )

    def friction(self, a: str, b: str, settings: Settings, deal: Deal | None = None) -> Friction:
        """Return the friction between two parties; without a deal, from the scores alone."""
        told = without_private(deal or EMPTY_FORM)
        if not self._is_own(a, b):
            return _friction(self.tables.version, a, b, settings, told)
        pair = self.compare(a, b, settings, (settings.measure,))
        return self._kept(
            ("friction", a, b, settings, told), lambda: _assess(self.tables, pair, told)
        )

    def sensitivity(self, a: str, b: str, settings: Settings) -> tuple[float, float]:
        """Return how much shaken weights move the severities, and the share of the top kept."""
        if not self._is_own(a, b):
            return _sensitivity(self.tables.version, a, b, settings)
        pair = self.compare(a, b, settings, (settings.measure,))
        return self._kept(
            ("sensitivity", a, b, settings),
            lambda: assessment.sensitivity(knowledge(), self.references(), pair),
        )

    def inside(
        self, scores: FloatArray, shares: FloatArray, settings: Settings
    ) -> list[tuple[Topic, float]]:
        """Return the topics on which a team's own members differ most."""
        version = shipped().version
        return inside_frictions(
            knowledge(),
            self.references(),
            lambda yardstick: _friction_reference(version, yardstick),
            scores,
            shares,
            settings,
        )

    def radar(self, ids: tuple[str, ...], settings: Settings) -> Chart:
        """Return the radar of some parties."""
        if not self._is_own(*ids):
            return _radar(self.tables.version, ids, settings)
        return self._kept(
            ("radar", ids, settings),
            lambda: radar(self.tables, [build_profile(self.tables, i, settings) for i in ids]),
        )

    def _is_own(self, *ids: str) -> bool:
        return any(i in self.tables.own for i in ids)

    def _kept(self, key: tuple[Any, ...], make: Callable[[], _T]) -> _T:
        if key not in self.own:
            if len(self.own) >= _MOST_OWN_RESULTS:
                self.own.clear()
            self.own[key] = make()
        found: _T = self.own[key]
        return found


def references() -> References:
    """Return the reference distributions with the caches in front."""
    return results().references()


def compare(
    a: str, b: str, settings: Settings, intervals: tuple[str, ...] | None = None
) -> Comparison:
    """Return the comparison of two parties."""
    return results().compare(a, b, settings, intervals)


def friction(a: str, b: str, settings: Settings, deal: Deal | None = None) -> Friction:
    """Return the friction between two parties; without a deal, from the scores alone."""
    return results().friction(a, b, settings, deal)


def sensitivity(a: str, b: str, settings: Settings) -> tuple[float, float]:
    """Return how much shaken weights move a pair's severities, and the share of the top kept."""
    return results().sensitivity(a, b, settings)


def brief(view: View) -> Brief:
    """Return the brief for a view; it is small beside the friction, and made anew each time."""
    pair = compare(view.a, view.b, view.settings, intervals=(view.settings.measure,))
    return build_brief(
        knowledge(), pair, friction(view.a, view.b, view.settings, view.deal), view.deal
    )


def radar_of(view: View) -> Chart:
    """Return the radar of a view's parties, each once."""
    ids = tuple(dict.fromkeys((view.a, view.b, *view.further)))
    return results().radar(ids, view.settings)
