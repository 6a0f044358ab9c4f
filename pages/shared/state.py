"""Every cache of the app, and the view that the link and the widgets share.

Reference data and results are frozen and shared between sessions (`cache_resource`); every key is a
small value that holds the data version. Nothing a person types is a key before it has been checked
against the tables. `version` is in a signature only to be part of the key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

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
from analysis.friction.reference import FrictionReference, build_friction_reference
from analysis.knowledge import Knowledge, load_friction_model, load_knowledge
from analysis.link import View
from analysis.profiles import build_profile
from analysis.reference import ReferenceSet, Yardstick
from analysis.settings import Settings
from analysis.strategy.brief import Brief, build_brief
from analysis.tables import FloatArray, ProfileRecord, Tables, load_tables

_hash_by_value: Mapping[type | str, Any] = {
    Yardstick: repr,
    Settings: repr,
    Deal: repr,
}


@st.cache_resource
def tables() -> Tables:
    """Return the tables that ship, read once a process."""
    return load_tables()


@st.cache_resource(max_entries=1, show_spinner=False)
def _labels(version: str) -> Mapping[str, str]:
    def order(profile: ProfileRecord) -> tuple[bool, bytes]:
        plain = unicodedata.normalize("NFKD", profile.label).encode("ascii", "ignore")
        return profile.kind != "country", plain.lower()

    profiles = sorted(tables().profiles.values(), key=order)
    return MappingProxyType({profile.id: profile.label for profile in profiles})


def picker_labels() -> Mapping[str, str]:
    """Return each profile's label for a picker, in alphabetical order, countries first."""
    return _labels(tables().version)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_hash_by_value)
def _reference(version: str, yardstick: Yardstick) -> ReferenceSet:
    return reference.build_reference(tables(), yardstick)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=_hash_by_value)
def _distances(version: str, yardstick: Yardstick, measure_id: str) -> FloatArray:
    distances = reference.reference_distances(_reference(version, yardstick), yardstick, measure_id)
    distances.flags.writeable = False
    return distances


@st.cache_resource(max_entries=2, show_spinner=False)
def _errors(version: str, framework_id: str) -> FloatArray:
    errors = uncertainty.standard_errors(*tables().frameworks[framework_id].scores.shape)
    errors.flags.writeable = False
    return errors


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs=_hash_by_value)
def _simulated(
    version: str, yardstick: Yardstick, measure_id: str, score_error: float
) -> uncertainty.SimulatedReference:
    """About 4.4 MB each: the bound keeps all of them together below 90 MB."""
    return uncertainty.simulate_reference(
        _reference(version, yardstick),
        tables().frameworks[yardstick.framework].matrix(yardstick.unrounded),
        yardstick,
        measure_id,
        score_error,
        _errors(version, yardstick.framework),
    )


def references() -> References:
    """Return the reference distributions with the caches in front."""
    version = tables().version
    return References(
        tables(),
        lambda yardstick: _reference(version, yardstick),
        lambda yardstick, measure_id: _distances(version, yardstick, measure_id),
        lambda framework_id: _errors(version, framework_id),
        lambda yardstick, measure_id, error: _simulated(version, yardstick, measure_id, error),
    )


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=_hash_by_value)
def _compared(
    version: str, a: str, b: str, settings: Settings, intervals: tuple[str, ...] | None
) -> Comparison:
    return comparison.compare(references(), a, b, settings, intervals)


def compare(
    a: str, b: str, settings: Settings, intervals: tuple[str, ...] | None = None
) -> Comparison:
    """Return the comparison of two profiles, from the cache where it is there."""
    return _compared(tables().version, a, b, settings, intervals)


@st.cache_resource(show_spinner=False)
def knowledge() -> Knowledge:
    """Return the topics, rules and words that ship, read once a process."""
    return load_knowledge()


@st.cache_resource(show_spinner=False)
def effects() -> Mapping[str, float]:
    """Return the default effect of each circumstance; a link is read before any topic is needed."""
    return MappingProxyType(load_friction_model().effects)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_hash_by_value)
def _friction_reference(version: str, yardstick: Yardstick) -> FrictionReference:
    return build_friction_reference(
        knowledge(), _reference(version, yardstick), yardstick.dimensions
    )


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=_hash_by_value)
def _friction(version: str, a: str, b: str, settings: Settings, deal: Deal) -> Friction:
    return assessment.assess(
        knowledge(),
        references(),
        lambda yardstick: _friction_reference(version, yardstick),
        compare(a, b, settings, intervals=(settings.measure,)),
        deal,
    )


def friction(a: str, b: str, settings: Settings, deal: Deal | None = None) -> Friction:
    """Return the friction between two profiles; without a deal, from the scores alone."""
    return _friction(tables().version, a, b, settings, without_private(deal or EMPTY_FORM))


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=_hash_by_value)
def _sensitivity(version: str, a: str, b: str, settings: Settings) -> tuple[float, float]:
    pair = compare(a, b, settings, intervals=(settings.measure,))
    return assessment.sensitivity(knowledge(), references(), pair)


def sensitivity(a: str, b: str, settings: Settings) -> tuple[float, float]:
    """Return how much shaken weights move a pair's severities, and the share of the top kept."""
    return _sensitivity(tables().version, a, b, settings)


def brief(view: View) -> Brief:
    """Return the brief for a view; it is small beside the friction, and made anew each time."""
    pair = compare(view.a, view.b, view.settings, intervals=(view.settings.measure,))
    return build_brief(
        knowledge(), pair, friction(view.a, view.b, view.settings, view.deal), view.deal
    )


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=_hash_by_value)
def _radar(version: str, ids: tuple[str, ...], settings: Settings) -> Chart:
    return radar(tables(), [build_profile(tables(), i, settings) for i in ids])


def radar_of(view: View) -> Chart:
    """Return the radar of a view's parties, each once, from the cache where it is there."""
    ids = tuple(dict.fromkeys((view.a, view.b, *view.further)))
    return _radar(tables().version, ids, view.settings)
