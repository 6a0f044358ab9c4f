"""The parts of the Brief page: the decision page, the frictions by stage, the sources.

Texts go out as few pieces of Markdown: each element of a page costs the browser time.
"""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from analysis.exports.as_json import sources_of
from analysis.exports.brief_content import MOST_SAID_FIRST, common_texts, who_adapts
from analysis.figures.dumbbell import dumbbell
from analysis.friction.assessment import TopicFriction
from analysis.friction.ranking import StageFrictions
from analysis.friction.words import badges, citation_line, describe, short_name, top_note
from analysis.link import View
from analysis.methods.items import topic_item
from analysis.sentences import changed_settings, notes, source_line, three_sentences
from analysis.strategy.both_ranks import ranks_sentence
from analysis.strategy.brief import Brief, overall_sentence
from analysis.words import capital, in_words, join, minus
from pages.shared import brief_controls, brief_sheet, opening, state, where
from pages.shared.brief_sheet import LEFT, RIGHT
from pages.shared.frame import READING_WIDTH
from pages.shared.show import plain, plain_with_links, show_chart

MOST_PRINTED = 4
_PRINTED_LEGEND = (
    "Hypotheses to test. “75 of 100”: wider apart than 75 of 100 country pairs. Evidence from A"
    " (many studies) to C (few)."
)


def show_decision_page(paper: Brief, printing: bool) -> None:
    """Show what a deal lead needs ten minutes before the call: one screen, one printed page."""
    if printing:  # a sheet of paper is narrow, and all of it must fit
        left, right = st.columns([1.08, 1.22], gap="small")
        left.markdown(brief_sheet.first_that_fits(_left_halves(paper), LEFT), anchors=False)
        right.markdown(brief_sheet.first_that_fits(_right_halves(paper), RIGHT), anchors=False)
        return
    left, right = st.columns([1, 1.15], gap="large")
    with left:
        st.markdown(_opening(paper, _both_ranks(paper)), anchors=False)
        if paper.leadership.alert:
            st.warning(_alert(paper), icon=":material/campaign:")
        st.markdown(_say_and_ask(paper), anchors=False)
    with right:
        pair = paper.comparison
        if paper.reason and not pair.reason:
            show_chart(dumbbell(state.tables(), pair), "gaps", where=where.chip("gap"), level=2)
        most = len(paper.top)
        st.markdown(_top(paper, most, top_note(paper.friction, paper.top)), anchors=False)
        rests_on = state.knowledge().friction.framework
        if paper.reason and not pair.reason and pair.settings.framework != rests_on:
            opening.offer_framework(state.tables().frameworks[rests_on])


def _left_halves(paper: Brief) -> Iterator[str]:
    """Yield the left half of the printed sheet, each shorter than the one before."""
    moved = _moves_notes(paper)
    for most in range(MOST_SAID_FIRST, 1, -1):
        yield f"{_opening(paper, moved=moved)}\n\n{_say_and_ask(paper, most)}"
    for most in (2, 1):
        yield f"{_opening(paper, moved=moved, short=True)}\n\n{_say_and_ask(paper, most)}"


def _moves_notes(paper: Brief) -> bool:
    """Say whether the sheet has no room for what there is to know about the scores."""
    whole = f"{_opening(paper)}\n\n{_say_and_ask(paper)}"
    return bool(_notes(paper)) and _has_stages(paper) and not brief_sheet.fits(whole, LEFT)


def _right_halves(paper: Brief) -> Iterator[str]:
    alert = _alert(paper)
    for most in range(MOST_PRINTED, 1, -1):
        yield f"{alert}\n\n{_top(paper, most, _PRINTED_LEGEND, printing=True)}"


def _both_ranks(paper: Brief) -> str:
    """Return how distance and friction can rank the pair so differently, where they do."""
    return ranks_sentence(state.tables(), state.knowledge(), paper.comparison, paper.friction)


def _opening(
    paper: Brief, both_ranks: str = "", *, moved: bool = False, short: bool = False
) -> str:
    pair, told = paper.comparison, paper.orientation
    title = capital(join([pair.a.name_in_sentence, pair.b.name_in_sentence]))
    subject = f"*{plain(paper.deal.subject)}*" if paper.deal.subject else ""
    adapt = join([s.name for s in paper.adaptation.strategies], "or")
    does = paper.adaptation.strategies[0].does
    blocks = [
        f"# {plain(title)}",
        subject,
        plain(" ".join(_first_said(paper))),
        plain(both_ranks),
        *(
            ["What to know about these scores stands on the next sheet."]
            if moved
            else _notes(paper)
        ),
        f"**{plain(told.verdict)}.** {plain(' '.join(filter(None, (told.why, told.against))))}"
        f" {plain(told.advice)}",
        f"**{who_adapts(paper)}:** {plain(adapt)}. {plain('' if short else does)}".rstrip(),
    ]
    changed = changed_settings(state.tables(), pair.settings)
    if changed:
        blocks.append(plain(f"With your settings: {'; '.join(changed)}."))
    return "\n\n".join(filter(None, blocks))


def _notes(paper: Brief) -> list[str]:
    return [plain(note) for note in notes(state.tables(), paper.comparison)]


def _first_said(paper: Brief) -> tuple[str, ...]:
    """Return how much friction to expect or, without a prediction, how far apart they stand."""
    pair = paper.comparison
    if paper.reason and not pair.reason:
        return three_sentences(state.tables(), pair)
    return paper.sentences


def _alert(paper: Brief) -> str:
    lead = paper.leadership
    if not lead.alert:
        return ""
    return f"**{plain(lead.alert_title)}.** {plain(lead.alert)} {plain(lead.action)}"


def _say_and_ask(paper: Brief, most: int = MOST_SAID_FIRST) -> str:
    said = [f"- {plain(item.text)}" for item in paper.must_say[:most]]
    question = f"“{paper.first_question}”"
    return "\n".join(["**Say early**", "", *said, "", f"**Ask first:** {plain(question)}"])


def _top(paper: Brief, most: int, note: str, *, printing: bool = False) -> str:
    if not paper.top:
        if paper.reason:
            missing = "Without the scores nothing can be predicted:"
            why = missing if paper.comparison.reason else paper.reason
            prepare = "prepare with the plans below, which rest on your answers alone."
            said = f"{why} {prepare if why == missing else capital(prepare)}"
            return f"## No prediction for this pair\n\n{plain(said)}"
        said = [paper.sentences[1], *paper.left_out]
        common = [f"- {plain(text)}" for text in common_texts(state.knowledge(), paper)]
        first = "\n\n".join(["## Nothing stands out", *map(plain, said)])
        return "\n".join([first, "", *common])
    lines = [
        f"{place}. **{where.link(t.topic.title, topic_item(t.topic.id))}**"
        f" :small[:gray[{plain(badges(t))}]]  \n"
        f"{plain(describe(state.knowledge(), state.tables(), t).headline)}  \n"
        f"*First move:* {plain(t.topic.at(t.pole_of('a')).move)}"
        for place, t in enumerate(paper.top[:most], 1)
    ]
    left_out = len(paper.top) - most
    more = [f"And {in_words(left_out)} more, stage by stage below."] if left_out > 0 else []
    shared = [f"- {plain(text)}" for text in common_texts(state.knowledge(), paper)]
    if printing:  # a sheet has no room for what is not there
        told, shared = more, shared[:1] if paper.common else []
    else:
        told = [*more, *paper.left_out]
    for text in told:
        lines += ["", plain(text)]
    common = ["", "**Common ground**", "", *shared] if shared else []
    legend = f":small[:gray[{plain(note)}]]"
    return "\n".join(["## Prepare for these", "", *lines, *common, "", legend])


def show_stages(paper: Brief, printing: bool) -> None:
    """Show every predicted friction at the stage at which it will first be met."""
    if not _has_stages(paper):
        return
    about = "What each side may see when they meet it, how to test it, and what to do first."
    known = _notes(paper) if printing and _moves_notes(paper) else []
    st.markdown(
        "\n\n".join([*known, "## Stage by stage", about]), width=READING_WIDTH, anchors=False
    )
    if printing:
        for place, stage in enumerate(paper.stages, 1):
            name = f"### {place}. {plain(stage.stage.name)}"
            shown = [_evidence(stage)] if brief_controls.prints_evidence() else []
            st.markdown(
                "\n\n".join([name, _stage(stage, 4), *shown]), width=READING_WIDTH, anchors=False
            )
        return
    names = [
        f"{place} {stage.stage.short} ({len(stage.first)})"
        for place, stage in enumerate(paper.stages, 1)
    ]
    # Only the stage that is looked at is sent.
    start = next((n for n, s in zip(names, paper.stages, strict=True) if s.first), None)
    tabs = st.tabs(names, default=start, key="stages", on_change="rerun")
    for tab, stage in zip(tabs, paper.stages, strict=True):
        if tab.open:
            with tab:
                _show_stage(stage)


def _has_stages(paper: Brief) -> bool:
    return not paper.reason or any(stage.first for stage in paper.stages)


def _show_stage(stage: StageFrictions) -> None:
    st.markdown(_stage(stage, 3), width=READING_WIDTH, anchors=False)
    if not stage.first:
        return
    more = st.expander(
        "Evidence, exceptions and sources", type="compact", key=f"evidence_{stage.stage.id}",
        on_change="rerun", width=READING_WIDTH,
    )  # fmt: skip
    if more.open:
        more.markdown(_evidence(stage), anchors=False)


def _stage(stage: StageFrictions, level: int) -> str:
    blocks = [plain(stage.stage.about)]
    blocks += [_friction(t, level) for t in stage.first]
    if not stage.first:
        blocks.append("No new topic at this stage.")
    if stage.again:
        again = join([f"“{t.topic.title_in_sentence}”" for t in stage.again])
        blocks.append(plain(f"Comes up again: {again}."))
    return "\n\n".join(blocks)


def _friction(found: TopicFriction, level: int) -> str:
    said = describe(state.knowledge(), state.tables(), found)
    theirs, ours = found.topic.at(found.pole_of("b")), found.topic.at(found.pole_of("a"))
    rows = [
        ("You may see", said.you_may_see),
        ("They may see", said.they_may_see),
        ("Test it", f"“{said.question}” {said.holds_if} {said.fails_if}"),
        ("First move", said.move),
        ("In the terms", said.terms),
    ]
    listed = "\n".join(f"- **{name}:** {plain(text)}" for name, text in rows)
    asked = plain(said.request.removeprefix("Ask them "))
    item = topic_item(found.topic.id)
    return (
        f"{'#' * level} They may {plain(theirs.habit)}\n\n"
        f"You may {plain(ours.habit)}. :small[:gray[{where.link(said.title, item)}:"
        f" {plain(badges(found))}]]"
        f"\n\n{listed}\n- **Ask them** {asked}"
    )


def _evidence(stage: StageFrictions) -> str:
    return "\n\n".join(_evidence_of(t) for t in stage.first)


def _evidence_of(found: TopicFriction) -> str:
    tables = state.tables()
    said = describe(state.knowledge(), tables, found)
    rows = [
        ("How wide", said.likely),
        ("With this deal", f"{round(found.in_context or 0)} of 100; {_felt(found)}"),
        ("Rests on", said.rests_on),
        ("Evidence", said.evidence),
        ("For example", said.example),
        *(("Exception", text) for text in said.exceptions),
        ("Limits", said.limits),
        *(
            (short_name(tables, c.id), f"{c.says or 'See above.'} ({_read(c.mark, c.locator)})")
            for c in said.sources
        ),
    ]
    listed = "\n".join(f"- **{plain(name)}:** {plain(text)}" for name, text in rows)
    return f"**{plain(said.title)}**\n\n{listed}"


def _read(mark: str, locator: str) -> str:
    words = {"read": "read", "recalled": "recalled", "computed": "computed", "design": "own design"}
    return f"{words[mark]}: {locator}" if locator else words[mark]


def _felt(found: TopicFriction) -> str:
    if found.felt_by_a is None or found.felt_by_b is None:
        return "who notices more is not known without both scores on individualism"
    return f"felt as {round(found.felt_by_a)} by you and {round(found.felt_by_b)} by them"


def show_sources(paper: Brief, printing: bool) -> None:
    """Show why a prediction need not hold for people, how well they hold, and every source."""
    if paper.comparison.reason or not paper.reason:  # else nothing is predicted of anyone
        lines = [f"- {plain(text)}" for text in paper.not_everyone]
        st.markdown("\n".join(["## Not everyone", "", *lines]), width=READING_WIDTH, anchors=False)
    title = "How well such predictions hold, and all sources"
    if printing:  # what opens and closes has no place on paper
        st.markdown(f"## {title}\n\n{_evidence_in_all(paper)}", width=READING_WIDTH, anchors=False)
        return
    found = st.expander(title, key="brief_sources", on_change="rerun", width=READING_WIDTH)
    if found.open:
        found.markdown(_evidence_in_all(paper), anchors=False)


def _evidence_in_all(paper: Brief) -> str:
    model = state.knowledge().friction
    held = [f"- {plain(text)}" for text in model.validity]
    firm = [f"- {plain(text)}" for text in _how_firm(paper)]
    failed = [f"- {plain(text)}" for text in model.failures]
    sources = [
        f"- {plain_with_links(citation_line(state.tables(), c))}"
        for c in sources_of(state.knowledge(), paper)
    ]
    blocks = ["**This pair**", "", *firm, ""] if firm else []
    blocks += ["**Where they held**", "", *held, "", "**Where they failed**", "", *failed, ""]
    blocks += [where.chip("overall")]
    return "\n".join([*blocks, "", "**Sources**", "", *sources])


def _how_firm(paper: Brief) -> list[str]:
    """Return the overall figures, and what becomes of the order when the weights are shaken."""
    found, pair = paper.friction, paper.comparison
    if found.overall is None or found.overall_interval is None:
        return []
    spread, kept = state.sensitivity(pair.a.id, pair.b.id, pair.settings)
    top = state.knowledge().friction.sensitivity.top
    return [
        overall_sentence(found),
        *filter(None, [_both_ranks(paper)]),
        "The weights of the topics are Parley’s own. Shaken by up to a half, a severity moves by"
        f" {spread:.0f} points (median), and of the five widest topics {top * kept:.1f} stay among"
        " the five.",
        *(
            f"{effect.label}: {_signed(dict(paper.deal.effects).get(effect.id, effect.effect))} in"
            " log odds."
            for effect in found.effects
        ),
    ]


def _signed(effect: float) -> str:
    return minus(f"{effect:+.1f}")


def show_source_line(view: View) -> None:
    """Show the source line."""
    st.caption(plain(source_line(state.tables(), view.settings.framework)))
