"""The lower parts of the Atlas page: who is like whom, for the parties and for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isnan
from pkgutil import resolve_name
from typing import Any

import streamlit as st

from analysis.atlas.distances import dimensions_held
from analysis.atlas.groups import GroupDistances, OwnGroup, group_distances, group_profile
from analysis.atlas.neighbours import Neighbour, Neighbours
from analysis.atlas.sentences import (
    cluster_sentences,
    group_sentence,
    left_out_sentence,
    map_sentences,
    neighbour_sentences,
    placement_sentence,
)
from analysis.charts.neighbours import shown_name
from analysis.charts.style import PARTY_STYLES
from analysis.link import View
from analysis.measures.registry import MEASURES
from analysis.settings import Settings
from analysis.words import capital, in_words, join, of_hundred
from pages.shared import state, viewing, where
from pages.shared.downloads import offer_file
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, show_chart, table, wide_table

_LISTED = 6
_USUAL_GROUPS, _OWN = ("eu", "asean", "mercosur", "g20"), "own"
_DASH = "\u2060–\u2060"
"""A dash between two numbers at which no line breaks."""
_FARTHER = "Farther than, of 100"


def show_neighbours(view: View, party: str) -> None:
    """Show who stands nearest to a party and who farthest, with ranks and intervals."""
    found: Neighbours = state.atlas("neighbours", view.settings, party)
    if found.reason:
        st.markdown(plain(found.reason), anchors=False)
        return
    who = state.tables().profiles[party].name_in_sentence
    near, far = found.nearest(_LISTED), found.farthest(_LISTED)
    said = neighbour_sentences(state.tables(), found)
    note = f"{_FARTHER}: how many of 100 country pairs are nearer to each other (likely range)."
    parts = [
        f"## {plain(f'Nearest to and farthest from {who}')}",
        table(("Nearest", _FARTHER), [_rank_row(found, n) for n in near]),
        table(("Farthest", _FARTHER), [_rank_row(found, n) for n in reversed(far)]),
        f":small[:gray[{plain(' '.join([note, *said[2:]]))} {where.chip('neighbours')}]]",
    ]
    st.markdown("\n\n".join(part for part in parts if part), anchors=False)


def show_everyone(view: View, party: str) -> None:
    """Show all others in order, over the whole width: the list is long."""
    found: Neighbours = state.atlas("neighbours", view.settings, party)
    if found.reason:
        return
    who = state.tables().profiles[party].name_in_sentence
    everyone = st.expander(
        f"All {len(found.all)} parties in order of distance from {plain(who)}",
        key="atlas_everyone",
        on_change="rerun",
        icon=":material/format_list_numbered:",
    )
    if everyone.open:
        label = MEASURES[view.settings.measure].label
        rows = [(str(n.rank), *_row(found, n)) for n in found.all]
        with everyone:
            wide_table(("Place", "Party", label, _FARTHER), rows, "All parties in order")


def _rank_row(found: Neighbours, one: Neighbour) -> tuple[str, str]:
    """Name and rank; the distance stands in the list of all: the column beside the map is slim."""
    name, _, rank = _row(found, one)
    return name, rank


def _row(found: Neighbours, one: Neighbour) -> tuple[str, str, str]:
    low, high = one.shown_range
    name = shown_name(state.tables(), found, one) + (" (regional)" if one.regional else "")
    return name, f"{one.value:.2f}", f"{of_hundred(one.percentile)} ({low}{_DASH}{high})"


def show_culture_map(view: View) -> None:
    """Show all parties in two dimensions, with the chosen ones and every own team among them."""
    distances = state.atlas("distances", view.settings)
    if distances.reason:
        st.markdown(
            f"## Who is like whom\n\n{plain(distances.reason)}", width=READING_WIDTH, anchors=False
        )
        return
    st.markdown("## Who is like whom", anchors=False)
    tables = state.tables()
    found = state.atlas("culture_map", view.settings)
    seats = dict.fromkeys((view.a, view.b, *view.further, *state.teams()))
    placements = [state.atlas("placed", view.settings, i) for i in list(seats)[: len(PARTY_STYLES)]]
    said = [
        *map_sentences(tables, found),
        # The reason of our side, where it has no place, heads the map.
        *(placement_sentence(tables, p) for p in placements if not (p.reason and p.id == view.a)),
        left_out_sentence(tables, distances),
    ]
    left, right = st.columns([2, 1], gap="large")
    with left:
        groups = state.atlas("clusters", view.settings)
        chart = _drawing("culture_map:culture_map_chart")(tables, found, placements, groups)
        show_chart(chart, "atlas_culture", where=where.chip("culture-map"))
    with right:
        _offer_dimensions(view)
    right.markdown("\n\n".join(plain(text) for text in said if text), anchors=False)


def _offer_dimensions(view: View) -> None:
    """Offer to draw on the dimensions that our side has, where it lacks a score in use."""
    tables, settings = state.tables(), view.settings
    held = dimensions_held(tables, view.a, settings)
    if not held:
        return
    framework = tables.frameworks[settings.framework]
    weights = dict(zip(settings.dimensions, settings.weights, strict=True))
    fewer = replace(settings, dimensions=held, weights=tuple(weights[d] for d in held))
    names = join(framework.dimension(d).name.lower() for d in held)
    st.button(
        f"Draw the map on the {in_words(len(held))} dimensions that"
        f" {tables.profiles[view.a].name_in_sentence} has",
        key="atlas_fewer", help=f"Sets the weight of every dimension but {names} to zero.",
        on_click=viewing.fill_widgets, args=(replace(view, settings=fewer),),
    )  # fmt: skip


def show_groups(view: View) -> None:
    """Show mean and spread of groups of countries, and how far apart they are."""
    part = st.expander(
        "Groups of countries", key="atlas_groups_open", on_change="rerun", icon=":material/groups:"
    )
    if not part.open:
        return
    with part:
        groups = _choose_groups()
        if not groups:
            st.markdown("Choose a group, or put one of your own together.", anchors=False)
            return
        tables, settings = state.tables(), view.settings
        profiles = [group_profile(tables, group, settings) for group in groups]
        found = group_distances(state.references(), groups, settings)
        said = "\n".join(f"- {plain(group_sentence(tables, p, settings))}" for p in profiles)
        left, right = st.columns([1.4, 1], gap="large")
        with left:
            chart = _drawing("groups:groups_chart")(tables, profiles, settings)
            show_chart(chart, "atlas_groups", where=where.chip("groups"))
        right.markdown(
            f"{said}\n\n{_apart([g.name for g in groups], found, settings)}", anchors=False
        )
        right.caption("\n\n".join(plain(f"{g.name}: {g.note}") for g in groups if g.id != _OWN))


def _apart(names: list[str], found: GroupDistances, settings: Settings) -> str:
    """Return the mean distances within and between groups as a table."""
    rows = []
    for a, first in enumerate(names):
        for b, second in enumerate(names[a:], start=a):
            who = f"Inside {first}" if a == b else f"{first} and {second}"
            mean, pairs = found.matrix[a, b], found.pairs[a, b]
            # No mean is no number: too few members share every dimension in use.
            rows.append((who, "–" if isnan(mean) else f"{mean:.2f}", f"{pairs:,}"))
    label = f"Mean {MEASURES[settings.measure].label}"
    reasons = [f"{names[found.ids.index(i)]}: {why}." for i, why in found.reasons.items()]
    note = f"\n\n:small[:gray[{plain(' '.join(reasons))}]]" if reasons else ""
    return table(("How far apart", label, "Pairs"), rows) + note


def _choose_groups() -> list[Any]:
    """Show the pickers of groups; return those chosen, the person's own last."""
    shipped, labels = state.tables().groups, state.picker_labels()
    left, right = st.columns(2)
    chosen = left.multiselect(
        "Groups", list(shipped), default=[i for i in _USUAL_GROUPS if i in shipped],
        format_func=lambda i: shipped[i].name, key="atlas_groups_chosen", max_selections=6,
        placeholder="Choose a group", select_all=False, wrap=True, persist_state="session",
    )  # fmt: skip
    own = right.multiselect(
        "Your own group (three or more)", list(labels), format_func=labels.__getitem__,
        key="atlas_groups_own", placeholder="Add a party", select_all=False, wrap=True,
        persist_state="session",
    )  # fmt: skip
    yours = [OwnGroup(_OWN, "Your group", tuple(own))] if own else []
    return [*(shipped[i] for i in chosen), *yours]


def show_tree(view: View) -> None:
    """Show the tree over all parties with its clusters."""
    part = st.expander(
        "Clusters: the tree of all parties", key="atlas_tree_open", on_change="rerun",
        icon=":material/account_tree:",
    )  # fmt: skip
    if not part.open:
        return
    with part:
        found = _clusters_or_reason(view)
        if found is None:
            return
        tables, ids = state.tables(), (view.a, view.b, *view.further)
        said = [*cluster_sentences(tables, found, ids), *_not_in_tree(found, ids)]
        st.markdown(
            f"{plain(' '.join(said))} {where.chip('clusters')}", width=READING_WIDTH, anchors=False
        )
        chart = _drawing("dendrogram:dendrogram")(tables, found, ids)
        show_chart(chart, "atlas_tree", where=where.chip("clusters"))


def show_matrix(view: View) -> None:
    """Show all distances at once, in the order of the tree, and the file of them."""
    part = st.expander(
        "Every distance: the whole matrix", key="atlas_matrix_open", on_change="rerun",
        icon=":material/grid_on:",
    )  # fmt: skip
    if not part.open:
        return
    with part:
        found = _clusters_or_reason(view)
        if found is None:
            return
        tables, ids = state.tables(), (view.a, view.b, *view.further)
        chart = _drawing("heat_map:heat_map")(tables, found, ids)
        show_chart(chart, "atlas_matrix", where=where.chip("matrix"))
        distances, settings, today = found.distances, view.settings, date.today()

        def make_file() -> bytes:
            """Close over values: the download runs without the session."""
            as_csv = resolve_name("analysis.exports.matrix_csv:matrix_as_csv")
            content: bytes = as_csv(tables, distances.ids, distances.matrix, settings, today)
            return content

        offer_file(
            st, "The matrix (CSV)", data=make_file, on_click="ignore", mime="text/csv",
            file_name=f"parley-matrix-{settings.framework}-{settings.measure}-{today}.csv",
            key="atlas_matrix_file", icon=":material/download:",
        )  # fmt: skip


def _clusters_or_reason(view: View) -> Any:
    """Return the clusters; None where the settings leave none, and say why."""
    reason = state.atlas("distances", view.settings).reason
    if reason:
        st.markdown(plain(reason), anchors=False)
        return None
    return state.atlas("clusters", view.settings)


def _not_in_tree(found: Any, ids: tuple[str, ...]) -> list[str]:
    """Say which of the chosen parties the tree does not hold, and why."""
    profiles, left_out = state.tables().profiles, found.distances.left_out
    return [
        f"{capital(profiles[i].name_in_sentence)} is not in the tree:"
        f" {left_out.get(i, 'it holds only what ships, so that your own parties move nobody')}."
        for i in ids
        if i not in found.order
    ]


def _drawing(name: str) -> Any:
    """Return a drawing by its name; SciPy behind some of them takes half a second to load."""
    return resolve_name(f"analysis.figures.{name}")
