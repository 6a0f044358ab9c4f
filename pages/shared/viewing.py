"""The view that the link and the widgets share: parties, settings, deal, and the way to paper.

The link is written and read by `analysis.link`; here it is kept in step with the widgets, back and
forward included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import streamlit as st

from analysis.deal import (
    DEAL_FIELDS,
    EMPTY_FORM,
    MOST_LATER_ORDERS,
    Deal,
    make_deal,
)
from analysis.errors import InputError
from analysis.link import DEFAULT_PARTIES, View, read_link, write_link
from analysis.measures.registry import MEASURES
from analysis.settings import Settings, default_settings, make_settings
from pages.shared import state

T = TypeVar("T")
PARTY_A, PARTY_B, FURTHER = "party_a", "party_b", "party_further"
_WRITTEN, _PROBLEMS, _PAGE = "link_written", "link_problems", "link_page"
_READ = "link_read"
_PRINTING, _BARE = "link_printing", "link_bare"
_OWN, _CHOICES = "link_own", "link_choices"
_THIS_RUN = "link_this_run"

SHOW = "show"
"""The parameter that names an item of the Methods page; it is no part of a view."""


@dataclass(frozen=True, slots=True)
class PageChoices:
    """What one page alone adds to the link.

    `read` puts the parameters under `keys` into the page's widgets, its defaults where there are
    none, and returns a sentence for each that cannot be; `write` returns them from the widgets,
    without what is at its default.
    """

    keys: tuple[str, ...]
    read: Callable[[Mapping[str, str], View], list[str]]
    write: Callable[[], Mapping[str, str]]


def setting_key(name: str) -> str:
    """Return the key of the widget that holds a setting."""
    return f"setting_{name}"


def deal_key(name: str) -> str:
    """Return the key of the widget that holds an answer about the deal."""
    return f"deal_{name}"


def open_view(
    page: str,
    on_entering: Callable[[], None] | None = None,
    own: PageChoices | None = None,
) -> list[str]:
    """Take the view from the link where a person has just opened or gone back to one.

    Returns the sentences about parts of the link that could not be used. They stay until the next
    choice, since the parts themselves vanish from the address at once. A page that is reached
    from another one has an empty link and keeps the view; `on_entering` is called then.
    """
    given, keys = st.query_params.to_dict(), own.keys if own else ()
    choices = {k: given[k] for k in keys if k in given}
    parameters = {k: v for k, v in given.items() if k != SHOW and k not in keys}
    st.session_state[_OWN] = own
    written = st.session_state.get(_WRITTEN)
    entered = st.session_state.get(_PAGE) != page
    bare = written is not None and not parameters
    st.session_state[_PAGE] = page
    if entered and on_entering:
        on_entering()
    if entered and written is not None:
        # The browser starts its widgets anew on another page: without this it sends back the first
        # option of every picker with the next choice.
        fill_widgets(_view_held())
        if own:
            own.read(own.write(), current_view())
        st.session_state[_PRINTING] = False
    # A choice may end the first run before the link is written: it counts against what was read.
    known = st.session_state.get(_READ) if written is None else written
    moved_by_widget = known is not None and (
        _hold_this_run() != known
        or (not entered and _choices() != st.session_state.get(_CHOICES, {}))
    )
    changed = parameters != written or choices != _choices()
    if changed and not moved_by_widget and not bare:
        view, problems = read_link(state.tables(), parameters, state.effects())
        fill_widgets(_with_private_answers(view))
        if own:
            problems = [*problems, *own.read(choices, current_view())]
        st.session_state[_PRINTING] = parameters.get("print") == "1"
        st.session_state[_PROBLEMS] = problems
        st.session_state[_READ] = _hold_this_run()
        st.session_state[_CHOICES] = _choices()
    elif moved_by_widget:
        st.session_state[_PROBLEMS] = []
    # Someone who goes back comes through the bare address of a page: it stays bare, or the way back
    # would end there.
    st.session_state[_BARE] = bare and not entered and not moved_by_widget
    return list(st.session_state.get(_PROBLEMS, []))


def _hold_this_run() -> dict[str, str]:
    """Read the view out of the widgets, once for a whole run; return its parameters."""
    view = _view_held()
    st.session_state[_THIS_RUN] = view, write_link(state.tables(), view)
    return _parameters()


def _view_held() -> View:
    """Return the view that the widgets hold.

    A browser can send what no picker offers, made up or left over from before a team was deleted:
    then the view stays as it was.
    """
    try:
        view = current_view()
        if _is_known(view):
            return view
    except (InputError, LookupError, TypeError, ValueError):
        pass
    before: View | None = st.session_state.get(_THIS_RUN, (None,))[0]
    usual = View(*DEFAULT_PARTIES, (), make_settings(state.tables()))
    fill_widgets(before if before and _is_known(before) else usual)
    return current_view()


def _is_known(view: View) -> bool:
    tables = state.tables()
    return view.settings.framework in tables.frameworks and (
        {view.a, view.b, *view.further} <= tables.profiles.keys()
    )


def this_view() -> View:
    """Return the view of this run, as `open_view` found it."""
    view: View = st.session_state[_THIS_RUN][0]
    return view


def this_link() -> Mapping[str, str]:
    """Return the view of this run as a link carries it."""
    link: Mapping[str, str] = st.session_state[_THIS_RUN][1]
    return link


def once(what: str, make: Callable[[], T]) -> T:
    """Return a part of the page that hangs on nothing but this run's view (see `state.part`)."""
    return state.part(this_view(), this_link(), what, make)


def is_first_view() -> bool:
    """Say whether this session has shown no view yet."""
    return _WRITTEN not in st.session_state


def save_view(show: str = "") -> None:
    """Write the view into the address bar, on the Methods page with the item that is shown."""
    parameters = _parameters()
    if st.session_state.get(_BARE) and not show:
        return
    choices = _choices()
    whole = ({SHOW: show} if show else {}) | parameters | choices
    if st.session_state.get(_WRITTEN) != parameters or st.query_params.to_dict() != whole:
        st.query_params.from_dict(whole)
        st.session_state[_WRITTEN] = parameters
    st.session_state[_CHOICES] = choices


def _choices() -> dict[str, str]:
    own: PageChoices | None = st.session_state.get(_OWN)
    return dict(own.write()) if own else {}


def _parameters() -> dict[str, str]:
    return {**this_link(), **({"print": "1"} if is_printing() else {})}


def is_printing() -> bool:
    """Say whether the print view is on; it is part of the address, so that going back leaves it."""
    return bool(st.session_state.get(_PRINTING))


def set_printing(on: bool) -> None:
    """Enter or leave the print view."""
    st.session_state[_PRINTING] = on


def current_view() -> View:
    """Return the view that the widgets hold; its settings may leave too few dimensions."""
    held = st.session_state
    sides = held[PARTY_A], held[PARTY_B]
    further = tuple(i for i in held[FURTHER] if i not in sides)
    return View(*sides, further, _current_settings(), _current_deal())


def swap_sides() -> None:
    """Exchange our side and their side."""
    held = st.session_state
    held[PARTY_A], held[PARTY_B] = held[PARTY_B], held[PARTY_A]


def parties() -> tuple[str, str, list[str]]:
    """Return who sits where: our side, their side, the further parties."""
    held = st.session_state
    return held[PARTY_A], held[PARTY_B], list(held[FURTHER])


def seat(a: str, b: str, further: list[str]) -> None:
    """Put parties into their places."""
    held = st.session_state
    held[PARTY_A], held[PARTY_B], held[FURTHER] = a, b, further


def take_side(side: str, party: str) -> None:
    """Put a party on our side (`a`) or theirs (`b`); whoever sat there makes room.

    A party that sat on the other side changes places.
    """
    a, b, further = parties()
    if side == "a":
        a, b = party, (a if b == party else b)
    else:
        a, b = (b if a == party else a), party
    seat(a, b, [i for i in further if i not in {a, b}])


def leave_party(party: str) -> None:
    """Let a party go from wherever it sits; a side that it leaves empty gets a default."""
    a, b, further = parties()
    spare = iter([i for i in DEFAULT_PARTIES if i not in {a, b}] + list(DEFAULT_PARTIES))
    if a == party:
        a = next(spare)
    if b == party:
        b = next(spare)
    seat(a, b, [i for i in further if i != party])


def take_pair(a: str, b: str) -> None:
    """Put two of the parties in view at the table; the others become further parties."""
    held = st.session_state
    everyone = (held[PARTY_A], held[PARTY_B], *held[FURTHER])
    held[PARTY_A], held[PARTY_B] = a, b
    held[FURTHER] = [i for i in dict.fromkeys(everyone) if i not in {a, b}]


def change_framework() -> None:
    """Take the framework just chosen with its own dimensions, weights and error of a score."""
    held, tables = st.session_state, state.tables()
    framework = tables.frameworks[held[setting_key("framework")]]
    measure = MEASURES[held[setting_key("measure")]]
    usual = default_settings(tables, framework.id)
    fits = measure.fewest_dimensions <= len(framework.dimensions)
    settings = replace(
        usual,
        measure=measure.id if fits else usual.measure,
        reference=held[setting_key("reference")],
        published_only=held[setting_key("published_only")],
        between_share=held[setting_key("between_share")] / 100,
        severity=held[setting_key("severity")],
    )
    sides = held[PARTY_A], held[PARTY_B]
    fill_widgets(View(*sides, tuple(held[FURTHER]), settings, _current_deal()))


def reset_settings() -> None:
    """Put every setting back to its default; the parties and the deal stay."""
    fill_widgets(replace(current_view(), settings=make_settings(state.tables())))


def reset_deal() -> None:
    """Put the deal back to an empty form."""
    fill_widgets(replace(current_view(), deal=EMPTY_FORM))


def _current_settings() -> Settings:
    def held(name: str) -> Any:
        return st.session_state[setting_key(name)]

    framework = state.tables().frameworks[held("framework")]
    classic = held("dimensions") == "classic"
    return make_settings(
        state.tables(),
        framework=framework.id,
        dimensions=[d.id for d in framework.dimensions if d.classic or not classic],
        weights={d: held(f"weight_{d}") for d in framework.dimension_ids},
        measure=held("measure"),
        reference=held("reference"),
        published_only=held("published_only"),
        unrounded=held("unrounded"),
        score_error=held("score_error"),
        between_share=held("between_share") / 100,
        severity=held("severity"),
        too_few=True,
    )


def _current_deal() -> Deal:
    held = st.session_state
    orders = [held[deal_key(f"later_{place}")] for place in range(MOST_LATER_ORDERS)]
    values = {
        name: held[deal_key(name)] or None if field.kind == "amount" else held[deal_key(name)]
        for name, field in DEAL_FIELDS.items()
        if name not in {"later_orders", "effects", "currency"}
    }
    return make_deal(
        {
            **values,
            "currency": held[deal_key("currency")].strip() or EMPTY_FORM.currency,
            "later_orders": [order for order in orders if order],
            "effects": {name: held[deal_key(f"effect_{name}")] for name in state.effects()},
        },
        state.effects(),
    )


def _with_private_answers(view: View) -> View:
    """Keep what a person told about the deal that no link carries."""
    if deal_key("kind") not in st.session_state:
        return view
    own = _current_deal()
    private = {name: getattr(own, name) for name, field in DEAL_FIELDS.items() if field.private}
    return replace(view, deal=replace(view.deal, **private))


def fill_widgets(view: View) -> None:
    """Put a view into the widgets."""
    _fill_deal(view.deal)
    settings, framework = view.settings, state.tables().frameworks[view.settings.framework]
    classic = {d.id for d in framework.dimensions if d.classic}
    narrow = set(settings.dimensions) <= classic and len(classic) < len(framework.dimensions)
    weights = dict(zip(settings.dimensions, settings.weights, strict=True))
    in_reach = classic if narrow else set(framework.dimension_ids)
    values: dict[str, Any] = {
        "framework": framework.id,
        "dimensions": "classic" if narrow else "all",
        "measure": settings.measure,
        "reference": settings.reference,
        "published_only": settings.published_only,
        "unrounded": settings.unrounded,
        "score_error": settings.score_error,
        "between_share": round(settings.between_share * 100),
        "severity": settings.severity,
    } | {
        f"weight_{d}": weights.get(d, 0.0 if d in in_reach else 1.0)
        for d in framework.dimension_ids
    }
    for name, value in values.items():
        st.session_state[setting_key(name)] = value
    st.session_state[PARTY_A], st.session_state[PARTY_B] = view.a, view.b
    st.session_state[FURTHER] = list(view.further)


def _fill_deal(deal: Deal) -> None:
    values: dict[str, Any] = {
        name: list(value) if isinstance(value := getattr(deal, name), tuple) else value
        for name in DEAL_FIELDS
        if name not in {"later_orders", "effects"}
    }
    for place in range(MOST_LATER_ORDERS):
        orders = deal.later_orders
        values[f"later_{place}"] = orders[place] if place < len(orders) else None
    own = dict(deal.effects)
    for name, usual in state.effects().items():
        values[f"effect_{name}"] = own.get(name, usual)
    for name, value in values.items():
        st.session_state[deal_key(name)] = value
