"""What each framework says about a pair: its rank with the likely range, one line a framework."""

from __future__ import annotations

from analysis.agreement import Agreement, FrameworkView, Verdict, surely_on_side
from analysis.charts.data import ChartData
from analysis.friction.words import short_name
from analysis.tables import Tables
from analysis.words import FARTHER, in_words, join

TICKS = (0, 25, 50, 75, 100)
AXIS_TITLE = "Farther apart than this many of 100 pairs"

_FINDINGS: dict[Verdict, str] = {
    "agree": "The frameworks agree on this pair",
    "same side": "The frameworks point to one side, not to one size",
    "disagree": "The frameworks do not agree on this pair",
}


def has_opinions(agreement: Agreement) -> bool:
    """Say whether there is something to draw: two frameworks that rank the pair, or more."""
    return agreement.verdict in _FINDINGS


def finding(agreement: Agreement) -> str:
    """Return the heading: what the frameworks find together, no surer than each of them is."""
    known = agreement.known
    if agreement.verdict == "same side" and len(surely_on_side(known)) < len(known):
        return "The frameworks point to one side, not all of them surely"
    return _FINDINGS[agreement.verdict]


def agreement_data(tables: Tables, agreement: Agreement) -> ChartData:
    """Return the words and ranks of the chart; at least two frameworks must rank the pair."""
    known = agreement.known
    sources = join(short_name(tables, view.source) for view in known)
    return ChartData(
        "agreement",
        finding(agreement),
        "Dots: where each framework ranks the pair among the pairs of its own countries; lines:"
        " the middle 95 of 100 simulated worlds. Filled: the framework in use; hollow: the others."
        f" Sources: {sources}. Parley data {tables.version}.",
        " ".join(["Rank of the pair in each framework.", *map(_told, known), agreement.sentence]),
        (
            "Framework",
            FARTHER,
            "Likely from",
            "Likely to",
            "Dimensions",
            "Pairs",
        ),
        tuple(
            (v.name, v.rank, *v.span, len(v.dimensions), v.pairs)
            if v.result
            else (v.name, None, None, None, None, None)
            for v in agreement.views
        ),
    )


def rank_label(view: FrameworkView) -> str:
    """Return a rank with its likely range."""
    low, high = view.span
    return f"{view.rank} ({low}\u2060–\u2060{high})"


def ground_label(view: FrameworkView) -> str:
    """Return what a rank rests on: how many dimensions, and how many pairs."""
    count = len(view.dimensions)
    return f"{in_words(count)} dimension{'s' if count > 1 else ''}, {view.pairs:,} pairs"


def _told(view: FrameworkView) -> str:
    low, high = view.span
    used = ", in use" if view.in_use else ""
    return f"{view.name}{used}: {view.rank}, likely {low} to {high}, on {ground_label(view)}."
