"""Which formula is worked with the pair in view, and which with invented numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.comparison import Comparison
from analysis.link import View
from analysis.methods import fixed, pair, topic
from analysis.methods.example import Example
from analysis.reference import ReferenceSet, yardstick_for
from analysis.tables import FloatArray, Framework
from pages.shared import state

FIXED: Mapping[str, Callable[[], Example]] = {
    "vsm": fixed.vsm_example,
    "anchoring": fixed.anchoring_example,
    "shrinkage": fixed.shrinkage_example,
    "cultural-fst": fixed.cultural_fst_example,
    "brier": fixed.brier_example,
}


def _framework(view: View) -> Framework:
    return state.tables().frameworks[view.settings.framework]


def reference_of(found: Comparison) -> ReferenceSet | None:
    """Return the reference set of a pair, None where it has no distance."""
    if found.reason:
        return None
    return state.references().reference(yardstick_for(found.settings, found.dimensions_used))


def _distances(found: Comparison) -> FloatArray | None:
    if found.reason:
        return None
    yardstick = yardstick_for(found.settings, found.dimensions_used)
    return state.references().distances(yardstick, found.settings.measure)


def case_of(view: View, found: Comparison) -> topic.Case:
    """Return what the examples of friction are worked with."""
    friction = state.friction(view.a, view.b, view.settings, view.deal)
    return topic.Case(
        state.knowledge(), _framework(view), found, friction, reference_of(found), view.deal
    )


def _shaken(view: View, found: Comparison) -> Example:
    case = case_of(view, found)
    if case.reason:
        return Example(reason=case.reason)
    return topic.shaken_example(case, *state.sensitivity(view.a, view.b, view.settings))


LIVE: Mapping[str, Callable[[View, Comparison], Example]] = {
    "gap": lambda v, p: pair.gap_example(p, _framework(v), reference_of(p)),
    "reference": lambda v, p: pair.reference_example(p, _framework(v), reference_of(p)),
    "percentile": lambda _, p: pair.percentile_example(p, _distances(p)),
    "interval": lambda _, p: pair.interval_example(p),
    "overlap": lambda v, p: pair.overlap_example(p, _framework(v)),
    "topic-gap": lambda v, p: topic.topic_gap_example(case_of(v, p)),
    "severity": lambda v, p: topic.severity_example(case_of(v, p)),
    "circumstances": lambda v, p: topic.circumstances_example(case_of(v, p)),
    "felt": lambda v, p: topic.felt_example(case_of(v, p)),
    "overall": lambda v, p: topic.overall_example(case_of(v, p)),
    "shaken-weights": _shaken,
}

CITED: Mapping[str, str] = {
    "percentile": "Percentile of the distance",
    "overlap": "Overlap of the two populations on all dimensions, taken as independent",
    "severity": "Severity of the widest topic",
    "overall": "Overall friction",
}
"""The numbers that can be cited, as they are called in a citation."""
