"""Taking a result away: the link that opens it again, and every file it can be made into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from analysis.exports.address import address_problem, public_address
from analysis.exports.formats import FORMATS, Format, file_name, write_export
from analysis.exports.subject import Subject, make_subject, party_pairs
from analysis.link import View, is_shareable, link_address
from analysis.profiles import build_profile
from analysis.reference import yardstick_for
from analysis.strategy.worksheets import pair_key
from pages.shared import state, store
from pages.shared.downloads import offer_file
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain

_FOR_PEOPLE = ("pptx", "pdf", "pdf-page", "docx", "everything")


def show_take_away(view: View, *, with_brief: bool) -> None:
    """Show the link that opens this very view, and the menu of files."""
    if not is_shareable(state.tables(), view):
        what = "A team of yours is in" if _holds_team(view) else "Your own scores are behind"
        st.markdown(
            "## Take it away\n\n"
            + plain(
                f"{what} this view, so no link opens it elsewhere: save the workspace on the Brief"
                " page to take it along."
            ),
            anchors=False,
        )
        _show_files(view, with_brief)
        return
    private = [name for name in ("subject", "first_order", "total") if getattr(view.deal, name)]
    kept = (
        "Amounts and the subject are not in it: the files below and the workspace hold them."
        if private and with_brief
        else ""
    )
    st.markdown(
        "## Take it away\n\nThis link opens the same view again, with every setting."
        + (f" {plain(kept)}" if kept else ""),
        anchors=False,
    )
    if wrong := address_problem():
        st.warning(plain(wrong), icon=":material/link_off:", width=READING_WIDTH)
    st.code(
        link_address(state.tables(), view, _address(with_brief)), None, wrap_lines=True,
        width=READING_WIDTH,
    )  # fmt: skip
    _show_files(view, with_brief)


def _holds_team(view: View) -> bool:
    return any(i in state.teams() for i in (view.a, view.b, *view.further))


def _address(with_brief: bool) -> str:
    if public := public_address():
        return f"{public}brief" if with_brief else public
    page = (st.context.url or "").split("?")[0].rstrip("/")
    return page if with_brief else f"{page}/"


def _show_files(view: View, with_brief: bool) -> None:
    part = st.expander(
        "Download: slides, documents, workbook, pictures, data", key="take_away_open",
        on_change="rerun", icon=":material/download:", width=READING_WIDTH,
    )  # fmt: skip
    if not part.open:
        return
    page = _address(with_brief) if is_shareable(state.tables(), view) else ""
    subject = _subject_maker(view, page, with_brief)
    with part:
        st.caption(
            "Each file is made when you click. It names its settings, sources, data version and"
            " day, and says what national scores cannot."
        )
        left, right = st.columns(2, gap="medium")
        for one in FORMATS.values():
            with left if one.id in _FOR_PEOPLE else right:
                _offer(one, view, subject, with_brief)


def _offer(one: Format, view: View, subject: Callable[[], Subject], with_brief: bool) -> None:
    names = tuple(state.tables().profiles[i].name for i in (view.a, view.b))
    with st.container(gap="xsmall"):
        offer_file(
            st,
            one.label,
            data=lambda: write_export(one.id, subject()),
            file_name=file_name(one.id, names, date.today(), with_brief=with_brief),
            mime=one.media_type,
            key=f"take_{one.id}",
            on_click="ignore",
            width="stretch",
        )
        st.caption(plain(one.good_for))


def _subject_maker(view: View, page: str, with_brief: bool) -> Callable[[], Subject]:
    """Return a function that gathers what is exported; it is only called on a click.

    It runs outside the session, so all that the session holds is taken here.
    """
    day = date.today()
    found = state.results()
    worksheets = store.own_worksheets(pair_key(view.a, view.b)) if with_brief else {}

    def make() -> Subject:
        tables, settings = found.tables, view.settings
        pair = found.compare(view.a, view.b, settings)
        measure = (settings.measure,)
        distances = None
        if not pair.reason:
            yardstick = yardstick_for(settings, pair.dimensions_used)
            distances = found.references().distances(yardstick, settings.measure)
        return make_subject(
            tables,
            state.knowledge(),
            view,
            pair,
            found.friction(view.a, view.b, settings, view.deal if with_brief else None),
            day=day,
            further=[build_profile(tables, i, settings) for i in view.further],
            pairs=[found.compare(*two, settings, measure) for two in party_pairs(view)],
            distances=distances,
            page=page,
            with_brief=with_brief,
            worksheets=worksheets,
            agreement=found.agreement(view.a, view.b, settings),
        )

    return make
