"""The parts of the Atlas page that show the world map, top to bottom."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.charts.places import world_places
from analysis.charts.world import WorldData, no_data_sentence
from analysis.figures.world import PARTS, world
from analysis.link import View
from analysis.methods.catalogue import measure_item
from analysis.words import of_hundred
from pages.shared import state, viewing, where
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, show_chart

SHADE, PART, PICK = "atlas_shade", "atlas_part", "atlas_pick"
_SAID = "atlas_said"


def outlines_config() -> dict[str, object]:
    """Return what Plotly must know to draw a map without asking the internet for its outlines."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return {"topojsonURL": f"{'/' if base else ''}{base}/app/static/un/", "scrollZoom": False}


def show_answer(view: View) -> None:
    """Show the title and in plain words who is near, who is far, and how much is not known."""
    tables = state.tables()
    found = state.atlas("world_from", view.settings, view.a)
    who = tables.profiles[view.a].name_in_sentence
    said = []
    if found.ranked:
        near, far = found.ranked[0], found.ranked[-1]
        names = [tables.profiles[s.id].name_in_sentence for s in (near, far)]
        said.append(
            f"Of {len(found.ranked)} countries with a distance, {names[0]} stands nearest to {who}"
            f" (nearer than {100 - of_hundred(near.value or 0)} of 100 country pairs) and"
            f" {names[1]} farthest (farther than {of_hundred(far.value or 0)})."
        )
    else:
        said.append(_why_nobody(found, view))
    said.append(no_data_sentence(found))
    st.markdown(
        "\n\n".join(["# " + plain(f"The world from {who}"), plain(" ".join(said))]),
        width=READING_WIDTH,
        anchors=False,
    )


def _why_nobody(found: WorldData, view: View) -> str:
    name = state.tables().profiles[view.a].name_in_sentence
    reasons = [s.note for s in found.shades if s.id == view.b and s.note]
    return reasons[0] if reasons else f"No country has a distance from {name}."


def show_map(view: View) -> None:
    """Show the map with the choice of what sets its shades and of what part of the world it is."""
    options = _shades(view)
    if st.session_state.get(SHADE) not in options:
        st.session_state[SHADE] = "from:a"
    by, of = st.columns([1, 1.1], vertical_alignment="bottom")
    chosen = by.selectbox(
        "Shade the map by", list(options), format_func=options.__getitem__, key=SHADE,
        persist_state="session",
    )  # fmt: skip
    part = of.segmented_control(
        "Part of the world", list(PARTS), format_func=lambda i: PARTS[i].label, key=PART,
        default="world", required=True, persist_state="session",
    )  # fmt: skip
    chart = world(_data(chosen, view), (view.a, view.b), part or "world")
    by_score = chosen.startswith("on:")
    item = where.scores() if by_score else measure_item(view.settings.measure)
    show_chart(
        chart, "atlas_world", config=outlines_config(), on_select=take_clicked,
        where=where.chip(item),
    )  # fmt: skip


def _shades(view: View) -> Mapping[str, str]:
    names = state.tables().profiles
    parties = {"a": view.a, "b": view.b} | {str(n): i for n, i in enumerate(view.further)}
    framework = state.tables().frameworks[view.settings.framework]
    return {
        **{
            f"from:{seat}": f"Distance from {names[i].name_in_sentence}"
            for seat, i in parties.items()
        },
        **{f"on:{d.id}": d.name for d in framework.dimensions},
    }


def _data(chosen: str, view: View) -> WorldData:
    what, of = chosen.split(":")
    if what == "from":
        of = {"a": view.a, "b": view.b}.get(of) or view.further[int(of)]
    found: WorldData = state.atlas(f"world_{what}", view.settings, of)
    return found


def choose_country() -> None:
    """Show the other way to choose a country, and what became of the last click."""
    names = {
        i: record.name for i, record in state.tables().profiles.items() if record.kind == "country"
    }
    st.selectbox(
        "Their side: click on the map, or choose here", sorted(names, key=names.__getitem__),
        format_func=names.__getitem__, key=PICK, index=None, on_change=take_picked,
        placeholder="A country",
    )  # fmt: skip
    said = st.session_state.pop(_SAID, "")
    if said:
        st.info(plain(said))


def take_clicked() -> None:
    """Put the country that was clicked on the map on their side."""
    event = st.session_state["atlas_world_chart"]
    points = event["selection"]["points"]
    if points:
        point = points[0]
        held = point.get("customdata") or [point.get("location")]
        _take(str(held[0]))


def take_picked() -> None:
    """Put the country that was chosen by name on their side."""
    if st.session_state[PICK]:
        _take(st.session_state[PICK])
        st.session_state[PICK] = None


def _take(country: str) -> None:
    if country in state.tables().profiles:
        viewing.take_side("b", country)
    elif country in world_places():
        st.session_state[_SAID] = (
            f"{world_places()[country].name} has no scores in any framework, so it cannot sit at"
            " the table. Choose a country that is shaded."
        )
