"""The parts of the Compare page after its opening, top to bottom.

Every element of a page costs the browser time on each change, so a heading, its text and its table
go out as one piece of Markdown.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.agreement import Agreement
from analysis.charts.agreement import has_opinions
from analysis.comparison import Comparison
from analysis.figures.agreement import agreement_chart
from analysis.figures.chart import Chart
from analysis.figures.distribution import distribution
from analysis.figures.dumbbell import dumbbell
from analysis.figures.overlap import overlap_curves
from analysis.friction.assessment import Friction
from analysis.friction.ranking import top_frictions
from analysis.friction.words import (
    NOTHING_PREDICTED,
    badges,
    common_sentences,
    headline,
    top_note,
)
from analysis.link import View
from analysis.measures.registry import MEASURES
from analysis.methods.items import measure_item, topic_item
from analysis.profiles import Profile, build_profile
from analysis.reference import yardstick_for
from analysis.refusal import frameworks_with_both
from analysis.sentences import (
    changed_settings,
    notes,
    overlap_sentence,
    three_sentences,
    validity_sentence,
)
from analysis.settings import REFERENCE_RULES
from analysis.strategy.both_ranks import ranks_sentence
from analysis.words import FARTHER, join, of_hundred, of_points
from pages.shared import state, viewing, where
from pages.shared.frame import READING_WIDTH
from pages.shared.opening import offer_framework, title_of
from pages.shared.show import plain, show_chart, table

_DASH = "\u2060–\u2060"
"""A dash between two numbers at which no line breaks."""


def show_answer(slot: DeltaGenerator, pair: Comparison, caution: str = "") -> None:
    """Show the three sentences, or why there is no distance, and what differs from the default.

    `caution` is that of the other frameworks.
    """
    tables = state.tables()
    text = viewing.once(f"answer {caution}", lambda: _answer(pair, caution))
    others = frameworks_with_both(tables, pair.a, pair.b) if pair.reason else []
    if not others or pair.a.id == pair.b.id:
        slot.markdown(text, width=READING_WIDTH, anchors=False)
        return
    with slot.container():
        st.markdown(text, width=READING_WIDTH, anchors=False)
        with st.container(horizontal=True, width=READING_WIDTH):
            for framework in others:
                offer_framework(framework)


def _answer(pair: Comparison, caution: str) -> str:
    tables = state.tables()
    title = title_of([pair.a.name_in_sentence, pair.b.name_in_sentence])
    said = [pair.reason or " ".join(three_sentences(tables, pair)), *notes(tables, pair)]
    if caution and not pair.reason:
        said.insert(1, f"{caution} More under “How sure are we?”.")
    changed = changed_settings(tables, pair.settings)
    if changed:
        said.append(f"With your settings: {'; '.join(changed)}.")
    return "\n\n".join([title, *(plain(text) for text in said)])


def show_gaps(pair: Comparison, view: View) -> None:
    """Show the gap on each dimension, or what is known where there is none on any."""
    if pair.a.id == pair.b.id:
        return
    if pair.reason and all(gap.points is None for gap in pair.gaps.values()):
        st.markdown(_standing(pair, 2), anchors=False)
    else:
        chart = viewing.once("gaps", lambda: _gaps(pair, view))
        show_chart(chart, "gaps", where=where.chip("gap"), level=2)


def _gaps(pair: Comparison, view: View) -> Chart:
    further = [build_profile(state.tables(), i, view.settings) for i in view.further]
    return dumbbell(state.tables(), pair, further)


def show_friction(view: View) -> None:
    """Show where it may rub, both directions, and the common ground, from the scores alone."""
    found = state.friction(view.a, view.b, view.settings)
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        said = viewing.once("rub", lambda: _rub(view, found))
        st.markdown(f"## Where it may rub\n\n{said}", anchors=False)
        rests_on = state.knowledge().friction.framework
        if found.reason and view.settings.framework != rests_on:
            offer_framework(state.tables().frameworks[rests_on])
    with right:
        if found.topics and not found.reason:
            said = viewing.once("common", lambda: _common(found))
            st.markdown(f"## Common ground\n\n{said}", anchors=False)
        st.page_link(
            "pages/brief.py", label="Prepare the brief", icon=":material/arrow_forward:",
            query_params=viewing.this_link(),
        )  # fmt: skip


def _rub(view: View, found: Friction) -> str:
    top = top_frictions(state.knowledge(), found)
    if not top:
        return plain(found.reason or NOTHING_PREDICTED)
    lines = [
        f"{place}. **{where.link(t.topic.title, topic_item(t.topic.id))}**"
        f" :small[:gray[{plain(badges(t))}]]  \n"
        f"{plain(headline(t))} You may see: {plain(t.topic.at(t.pole_of('a')).sees)}. They may"
        f" see: {plain(t.topic.at(t.pole_of('b')).sees)}."
        for place, t in enumerate(top, 1)
    ]
    pair = state.compare(view.a, view.b, view.settings, (view.settings.measure,))
    both = plain(ranks_sentence(state.tables(), state.knowledge(), pair, found))
    note = f"{plain(top_note(found, top))} {where.chip('severity')}"
    return "\n".join([*lines, "", *([both, ""] if both else []), f":small[:gray[{note}]]"])


def _common(found: Friction) -> str:
    shared = [plain(text) for text in common_sentences(state.knowledge(), found)]
    return shared[0] if len(shared) == 1 else "\n".join(f"- {text}" for text in shared)


def show_certainty(pair: Comparison) -> DeltaGenerator:
    """Show how sure the answer is: the measures, the place among all pairs, the overlap.

    Returns the place for what the other frameworks say.
    """
    st.markdown("## How sure are we?", anchors=False)
    left, right = st.columns([1, 1.1], gap="large")
    with left:
        place = viewing.once("distribution", lambda: _distribution(pair))
        show_chart(place, "distribution", where=where.chip("percentile"))
        listed = viewing.once("measures", lambda: f"{_measures(pair)}\n\n{_reference_sets(pair)}")
        st.markdown(listed, anchors=False)
        _explain_measures()
    with right:
        overlap = viewing.once("overlap", lambda: overlap_curves(state.tables(), pair))
        show_chart(overlap, "overlap", where=where.chip("overlap"))
        st.markdown(viewing.once("worth", lambda: _worth(pair)), anchors=False)
    return st.container()


def _distribution(pair: Comparison) -> Chart:
    distances = state.references().distances(
        yardstick_for(pair.settings, pair.dimensions_used), pair.settings.measure
    )
    return distribution(state.tables(), pair, distances)


def _worth(pair: Comparison) -> str:
    tables = state.tables()
    return (
        f"{plain(overlap_sentence(tables, pair))}\n\n{_standing(pair)}\n\n"
        f"### What the number is worth\n\n{plain(validity_sentence(tables, pair.settings))}"
        f" {where.chip('validity')}"
    )


def add_caution(slot: DeltaGenerator, pair: Comparison, view: View) -> None:
    """Show the answer again where the other frameworks do not agree with it."""
    caution = state.agreement(view.a, view.b, view.settings).caution
    if caution and not pair.reason:
        show_answer(slot, pair, caution)


def show_agreement(place: DeltaGenerator, view: View) -> None:
    """Show what each framework says about the pair, and whether they agree.

    It comes last of all: the first time in a process four more reference sets are simulated, which
    takes about a second; after that a change of country takes 30 ms more.
    """
    agreement = state.agreement(view.a, view.b, view.settings)
    said = viewing.once("opinions", lambda: _opinions(agreement))
    with place:
        left, right = st.columns([1, 1.1], gap="large")
        if not has_opinions(agreement):
            left.markdown(f"### No second opinion\n\n{said}", anchors=False)
            return
        with left:
            chart = viewing.once("agreement", lambda: agreement_chart(state.tables(), agreement))
            show_chart(chart, "agreement", where=where.chip("agreement"))
        right.markdown(f"### What the frameworks say\n\n{said}", anchors=False)


def _opinions(agreement: Agreement) -> str:
    lines = [plain(agreement.sentence), *(f"- {plain(note)}" for note in agreement.notes)]
    if agreement.silent:
        silent = [f"- {plain(line)}" for line in agreement.silent]
        lines += ["", "Frameworks that do not rank the pair:", "", *silent]
    return "\n".join([lines[0], "", *lines[1:]])


def _measures(pair: Comparison) -> str:
    rows = []
    for measure, result in pair.listed:
        rows.append(
            (
                where.link(measure.label, measure_item(measure.id)),
                f"{result.value:.4f} ({_value_span(result.interval)})",
                f"{of_hundred(result.percentile)} ({_rank_span(result.percentile_interval)})",
            )
        )
    square = pair.measures["mahalanobis_kogut_singh"].value
    count, all_of_them = len(pair.dimensions_used), len(pair.a.dimension_ids)
    ground = f"On {count} of {all_of_them} dimensions" if all_of_them > 1 else "On one dimension"
    note = (
        f"{ground}. Likely: the middle 95 of 100 simulated worlds, with an"
        f" error of {of_points(pair.settings.score_error)} in every score. On the Kogut-Singh scale"
        f" the Mahalanobis distance is {square:.4f}."
    )
    listed = table(("Measure", "Value (likely)", f"{FARTHER} (likely)"), rows)
    source = where.chip("interval")
    return f"### Every measure\n\n{listed}\n\n:small[:gray[{plain(note)} {source}]]"


def _reference_sets(pair: Comparison) -> str:
    rows = []
    for rule in REFERENCE_RULES.values():
        other = state.compare(
            pair.a.id, pair.b.id, replace(pair.settings, reference=rule.id), intervals=()
        )
        rows.append(
            (
                rule.label,
                f"{other.headline.value:.4f}",
                str(of_hundred(other.headline.percentile)),
                f"{other.reference_pairs:,}",
            )
        )
    label = MEASURES[pair.settings.measure].label
    listed = table(("Reference set", label, FARTHER, "Pairs"), rows)
    note = (
        "The wider sets take the spread of each dimension from more rows; ranks are taken among"
        " the pairs of those rows that have every score in use."
    )
    source = where.chip("reference")
    return (
        f"### What changes with the reference set\n\n{listed}\n\n"
        f":small[:gray[{plain(note)} {source}]]"
    )


def _explain_measures() -> None:
    meaning = st.expander(
        "What each measure counts", key="measures_meaning", on_change="rerun", type="compact"
    )
    if meaning.open:
        rows = [(m.label, m.plain, m.unit) for m in MEASURES.values()]
        meaning.markdown(table(("Measure", "What it counts", "Unit"), rows, text_columns=3))


def show_standing(pair: Comparison) -> DeltaGenerator:
    """Show each score with its standing, for a pair that has no distance.

    Returns the place for what the other frameworks say. Where no gap is known on any dimension the
    scores stand in the place of the gaps already.
    """
    if pair.a.id == pair.b.id or any(gap.points is not None for gap in pair.gaps.values()):
        st.markdown(_standing(pair), anchors=False)
    return st.container()


def _standing(pair: Comparison, level: int = 3) -> str:
    framework = state.tables().frameworks[pair.settings.framework]
    standings = {score.standing for p in (pair.a, pair.b) for score in p.scores}
    special = [word for word in ("regional", "missing") if word in standings]
    if not special:
        or_yours = ", or is yours" if "yours" in standings else ""
        return (
            f"{'#' * level} No score is regional or missing\n\n"
            f"Every score in use was published for the party itself{or_yours}."
            f" {where.chip(where.scores())}"
        )
    sides = list({profile.id: profile for profile in (pair.a, pair.b)}.values())
    bare = [p for p in sides if len(p.dimensions_with("missing")) == len(p.scores)]
    known = [p for p in sides if p not in bare]
    named = join([p.name_in_sentence for p in bare], "or")
    heading = f"No score for {named}" if bare else f"Some scores are {join(special, 'or')}"
    listed = table(
        ("Dimension", *(p.name for p in known)),
        [(d.name, *(_score(p, d.id) for p in known)) for d in framework.dimensions],
        text_columns=3,
    )
    source = where.chip(where.scores())
    shown = [
        f"{'#' * level} {plain(heading)}",
        *([listed] if known else []),
        f":small[:gray[{source}]]",
    ]
    return "\n\n".join(shown)


def _score(profile: Profile, dimension_id: str) -> str:
    tables = state.tables()
    score, framework = profile.score(dimension_id), tables.frameworks[profile.framework]
    if score.value is None:
        return "missing"
    if score.standing == "regional":
        region = tables.profiles[score.origin].name_in_sentence
        return f"{framework.shown(score.value)}, regional: {region}"
    return framework.shown(score.value)


def _value_span(bounds: tuple[float, float] | None) -> str:
    """Two decimals, rounded outwards: the value itself never falls outside."""
    if bounds is None:
        return "–"
    return f"{floor(100 * bounds[0]) / 100:.2f}{_DASH}{ceil(100 * bounds[1]) / 100:.2f}"


def _rank_span(bounds: tuple[float, float] | None) -> str:
    return "–" if bounds is None else f"{of_hundred(bounds[0])}{_DASH}{of_hundred(bounds[1])}"


def show_all_pairs(view: View) -> None:
    """Show every pair among up to six parties."""
    names = state.tables().profiles
    parties = list(dict.fromkeys((view.a, view.b, *view.further)))
    rows = []
    for place, first in enumerate(parties):
        for second in parties[place + 1 :]:
            pair = state.compare(first, second, view.settings, intervals=(view.settings.measure,))
            who = f"{names[first].name} and {names[second].name}"
            if pair.reason:
                rows.append((who, "no distance", "–"))
            else:
                likely = _rank_span(pair.headline.percentile_interval)
                rank = f"{of_hundred(pair.headline.percentile)} ({likely})"
                rows.append((who, f"{pair.headline.value:.2f}", rank))
    listed = table(("Pair", MEASURES[view.settings.measure].label, f"{FARTHER} (likely)"), rows)
    source = f":small[:gray[{where.chip(measure_item(view.settings.measure))}]]"
    st.markdown(f"## All parties, two by two\n\n{listed}\n\n{source}", anchors=False)
