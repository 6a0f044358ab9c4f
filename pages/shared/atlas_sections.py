"""The parts of the Atlas page that show the world map, top to bottom."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.atlas.sentences import neighbour_sentences
from analysis.charts.places import world_places
from analysis.charts.world import WorldData, no_data_sentence
from analysis.figures.world import PARTS, world
from analysis.link import View
from analysis.methods.items import measure_item
from analysis.profiles import build_profile
from analysis.refusal import what_helps
from analysis.settings import enough_dimensions
from analysis.words import join
from pages.shared import state, viewing, where
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, show_chart

SHADE, PART, PICK = "atlas_shade", "atlas_part", "atlas_pick"
_SAID = "atlas_said"
_USUAL, _WORLD = "from:a", "world"
_SEATS = {"a": "a", "b": "b"} | {letter: str(n) for n, letter in enumerate("cdef")}
"""The letter of each seat in the link, in which no party stands twice."""


def outlines_config() -> dict[str, object]:
    """Return what Plotly must know to draw a map without asking the internet for its outlines."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return {"topojsonURL": f"{'/' if base else ''}{base}/app/static/un/", "scrollZoom": False}


def read_choices(parameters: Mapping[str, str], view: View) -> list[str]:
    """Take what the map shows from the link; return a sentence for each choice that cannot be."""
    held, problems = st.session_state, []
    shade, part = parameters.get("map", ""), parameters.get("part", "")
    held[SHADE] = f"from:{_SEATS.get(shade, shade)}" if shade in _SEATS else f"on:{shade}"
    if not shade or held[SHADE] not in _shades(view):
        held[SHADE] = _USUAL
    if shade and held[SHADE] == _USUAL != f"from:{shade}":
        framework = state.tables().frameworks[view.settings.framework].short_name
        problems.append(
            f"The link asks for a map of “{shade[:20]}”, which is neither a dimension of"
            f" {framework} nor a party in view: the map shows distances from our side."
        )
    held[PART] = part if part in PARTS else _WORLD
    if part and part not in PARTS:
        problems.append(
            f"“{part[:20]}” is not a part of the world to choose here: the whole world is shown."
        )
    return problems


def write_choices() -> Mapping[str, str]:
    """Return what the map shows for the link: `map=idv` or, from a further party, `map=c`."""
    what, of = st.session_state.get(SHADE, _USUAL).split(":")
    letters = {seat: letter for letter, seat in _SEATS.items()}
    part = st.session_state.get(PART) or _WORLD
    written = {
        "map": (letters.get(of, "") if what == "from" else of) if f"{what}:{of}" != _USUAL else "",
        "part": part if part != _WORLD else "",
    }
    return {key: value for key, value in written.items() if value}


CHOICES = viewing.PageChoices(("map", "part"), read_choices, write_choices)


def source(view: View) -> str:
    """Return whom the page looks from: whose distances the map shows, else our side."""
    if st.session_state.get(SHADE) not in _shades(view):
        st.session_state[SHADE] = _USUAL
    return _shaded_from(view) or view.a


def _shaded_from(view: View) -> str:
    what, of = st.session_state[SHADE].split(":")
    if what != "from":
        return ""
    return {"a": view.a, "b": view.b}.get(of) or view.further[int(of)]


def show_answer(view: View, party: str) -> None:
    """Show the title and in plain words who is near, who is far, and how much is not known."""
    tables = state.tables()
    found = state.atlas("neighbours", view.settings, party)
    data = state.atlas("world_from", view.settings, party)
    who = tables.profiles[party].name_in_sentence
    said = [" ".join(neighbour_sentences(tables, found)[:2])]
    if found.reason:
        said = [_why_nobody(data, found.reason, view)]
    said.append(no_data_sentence(data))
    st.markdown(
        "\n\n".join(["# " + plain(f"The world from {who}"), plain(" ".join(filter(None, said)))]),
        width=READING_WIDTH,
        anchors=False,
    )


def _why_nobody(data: WorldData, reason: str, view: View) -> str:
    """Return why the pair in view has no distance, or else why nobody has one."""
    return next((s.note for s in data.shades if s.id == view.b and s.note), reason)


def show_map(view: View) -> None:
    """Show the map with the choice of what sets its shades and of what part of the world it is."""
    options = _shades(view)
    by, of = st.columns([1, 1.5], vertical_alignment="bottom")
    chosen = by.selectbox(
        "Shade the map by", list(options), format_func=options.__getitem__, key=SHADE,
        persist_state="session",
    )  # fmt: skip
    if st.session_state.get(PART) not in PARTS:
        st.session_state[PART] = _WORLD
    part = of.segmented_control(
        "Part of the world", list(PARTS), format_func=lambda i: PARTS[i].label, key=PART,
        required=True, persist_state="session", wrap=True,
    )  # fmt: skip
    chart = world(_data(chosen, view), (view.a, view.b), part or _WORLD)
    by_score = chosen.startswith("on:")
    item = where.scores() if by_score else measure_item(view.settings.measure)
    show_chart(
        chart, "atlas_world", config=outlines_config(), on_select=take_clicked,
        where=where.chip(item), level=2,
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
    found: WorldData = state.atlas(f"world_{what}", view.settings, _shaded_from(view) or of)
    return found


def choose_country(view: View) -> None:
    """Show the other way to choose a country, and what became of the last click."""
    names = {
        i: record.name for i, record in state.tables().profiles.items() if record.kind == "country"
    }
    # The box shows who sits there, also after a click on the map or a choice above.
    st.session_state[PICK] = view.b if view.b in names else None
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


def _take(country: str) -> None:
    """Seat a country; where its scores give no distance, say so and leave their side as it is."""
    tables = state.tables()
    if country not in tables.profiles:
        if country in world_places():
            st.session_state[_SAID] = (
                f"No scores for {world_places()[country].name} here, nor in any other framework."
                " Choose a country that is shaded."
            )
        return
    settings = viewing.current_view().settings
    profile = build_profile(tables, country, settings)
    framework = tables.frameworks[settings.framework]
    held = [d for d in settings.dimensions if profile.score(d).standing != "missing"]
    if not enough_dimensions(framework, held):
        only = join(framework.dimension(d).name.lower() for d in held)
        few = f"Too few scores for {profile.name_in_sentence} here: only {only}."
        none = f"No scores for {profile.name_in_sentence} here."
        st.session_state[_SAID] = f"{few if held else none} {what_helps(tables, country, settings)}"
        return
    viewing.take_side("b", country)
