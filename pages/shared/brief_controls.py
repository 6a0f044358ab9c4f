"""What is chosen on the Brief page: the parties, the pair among several, the deal, and paper.

The print view has no control on the page itself: it would stand on the paper.
"""

from __future__ import annotations

from itertools import combinations

import streamlit as st

from analysis.link import View
from analysis.words import join, of_hundred
from pages.shared import inputs, opening, state, viewing, where
from pages.shared.show import plain, table

_PRINT, _WITH_EVIDENCE = "print_view", "brief_print_evidence"
_PAPER = ("The brief", "With the evidence for each prediction")


def show_controls(view: View, problems: list[str]) -> None:
    """Show the pickers, what was wrong with the link, and the deal form."""
    inputs.choose_parties()
    opening.show_problems(problems)
    _choose_pair(view)
    _choose_deal()


def _choose_deal() -> None:
    """Show the deal form and, beside it, the way to paper."""
    form, paper = st.columns([5, 1], vertical_alignment="top")
    with form:
        inputs.choose_deal()
    paper.menu_button(
        "Print view", _PAPER, key=_PRINT, on_click=_print,
        icon=":material/print:", width="stretch",
        help="The whole brief without controls, for the browser's print command. Going back leaves"
        " it, and so does the sidebar. A dark page prints dark: choose the light theme first.",
    )  # fmt: skip


def _print() -> None:
    st.session_state[_WITH_EVIDENCE] = st.session_state[_PRINT] == _PAPER[1]
    viewing.set_printing(True)


def show_way_back() -> None:
    """Show the way out of the print view in the sidebar, which stays off the paper while closed."""
    st.sidebar.button(
        "Leave the print view", on_click=viewing.set_printing, args=(False,), key="print_leave"
    )


def prints_evidence() -> bool:
    """Say whether the evidence for each prediction was asked for on paper."""
    return bool(st.session_state.get(_WITH_EVIDENCE))


def _choose_pair(view: View) -> None:
    """Offer each pair, and show how all stand, where there are more than two parties."""
    parties = list(dict.fromkeys((view.a, view.b, *view.further)))
    if len(parties) < 3:
        return
    names = state.tables().profiles
    pairs = list(combinations(parties, 2))
    st.markdown(_pairs(view, pairs), anchors=False)
    current = f"{view.a}+{view.b}"
    st.session_state["brief_pair"] = current
    st.selectbox(
        "The brief is for", list(dict.fromkeys((current, *map("+".join, pairs)))),
        key="brief_pair", on_change=take_chosen_pair,
        format_func=lambda pair: join([names[i].name for i in pair.split("+")]),
        persist_state="session",
    )  # fmt: skip


def take_chosen_pair() -> None:
    """Put the pair that was chosen at the table; one that is not in view changes nothing."""
    a, _, b = str(st.session_state["brief_pair"]).partition("+")
    ours, theirs, further = viewing.parties()
    if {a, b} <= {ours, theirs, *further}:
        viewing.take_pair(a, b)


def _pairs(view: View, pairs: list[tuple[str, str]]) -> str:
    """Return the places of all pairs, in distance and in friction, the most friction first."""
    settings, names = view.settings, state.tables().profiles
    told = []
    for a, b in pairs:
        pair, found = state.compare(a, b, settings, intervals=()), state.friction(a, b, settings)
        far = None if pair.reason else pair.headline.percentile
        told.append(((a, b), found.overall_percentile, found.rank_interval, far))
    told.sort(key=lambda one: -(one[1] or 0.0))
    rows = [
        (
            f"{names[a].name} and {names[b].name}",
            _place(rank) + (f" ({_place(likely[0])} to {_place(likely[1])})" if likely else ""),
            _place(far),
        )
        for (a, b), rank, likely, far in told
    ]
    listed = table(("Pair", "Friction: place of 100 (likely)", "Distance: place of 100"), rows)
    known = [pair for pair, rank, *_ in told if rank is not None]
    first = ""
    if len(known) > 1:
        most, least = (
            join([names[i].name_in_sentence for i in pair]) for pair in (known[0], known[-1])
        )
        first = f"Most friction is predicted between {most}, least between {least}."
    note = (
        "A place among all country pairs, by the scores alone: 90 means more friction, or a larger"
        " distance, than 90 of 100 pairs."
    )
    source = where.chip("overall")
    return f"{plain(first)}\n\n{listed}\n\n:small[:gray[{plain(note)} {source}]]"


def _place(rank: float | None) -> str:
    return "–" if rank is None else str(of_hundred(rank))
