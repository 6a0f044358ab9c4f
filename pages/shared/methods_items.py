"""One item of the Methods page: a measure, a formula, a topic, a data set, a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analysis.link import View
from analysis.measures.registry import MEASURES, Measure
from analysis.methods.catalogue import FORMULAS, Item
from analysis.methods.example import number
from analysis.methods.formulas import STANDINGS, Formula
from analysis.methods.measures import measure_example
from analysis.methods.symbols import symbols_in
from analysis.words import capital, join, of_hundred
from pages.shared import methods_examples, methods_texts, state, where
from pages.shared.frame import READING_WIDTH
from pages.shared.methods_parts import (
    named,
    say,
    show_example,
    show_formulas,
    show_number,
    show_sources,
)
from pages.shared.show import plain


def show_item(item: Item, view: View) -> None:
    """Show one item in full, below its heading."""
    showers: Mapping[str, Callable[[str, View], None]] = {
        "measure": _show_measure,
        "formula": _show_formula,
        "topic": methods_texts.show_topic,
        "plan": methods_texts.show_plan,
        "framework": methods_texts.show_framework,
        "text": methods_texts.show_text,
    }
    showers[item.kind](item.key, view)
    st.caption(where.link("Link to this item", item.id), width=READING_WIDTH)


def _show_measure(measure_id: str, view: View) -> None:
    measure = MEASURES[measure_id]
    framework = state.tables().frameworks[view.settings.framework]
    show_formulas((measure.formula,), symbols_in(measure.formula))
    read = [state.tables().sources[i] for i in measure.source_ids]
    own = all(source.kind == "design" for source in read)
    say(
        named(
            [
                ("Unit and range", _range(measure)),
                ("As a distance", _metric(measure)),
                ("Limits", measure.limits),
                (
                    "Standing",
                    STANDINGS["design"] if own else "A published measure; see its source below.",
                ),
            ]
        )
    )
    pair = state.compare(view.a, view.b, view.settings, intervals=(measure_id,))
    example = measure_example(pair, framework, methods_examples.reference_of(pair), measure_id)
    show_example(example, pair)
    if example.result is not None:
        result = pair.measures[measure_id]
        said = f"On the page: {result.value:.4f}"
        if result.interval:
            said += f", likely {result.interval[0]:.2f} to {result.interval[1]:.2f}"
        rank = f"farther apart than {of_hundred(result.percentile)} of 100 pairs"
        say(plain(f"{said}; {rank}."))
        show_number(view, pair, measure.label, f"{result.value:.4f}, {rank}")
    show_sources(measure.source_ids)


def _range(measure: Measure) -> str:
    top = "up" if measure.upper_bound is None else f"to {measure.upper_bound:g}"
    return f"{capital(measure.unit)}, from 0 {top}."


def _metric(measure: Measure) -> str:
    alike = [
        m.label for m in MEASURES.values() if m.same_order_as == measure.same_order_as
        and m is not measure
    ]  # fmt: skip
    said = (
        "A metric: the way over a third party is never shorter."
        if measure.is_metric
        else "Not a metric; its limits say why."
    )
    do = "does" if len(alike) == 1 else "do"
    return f"{said} Ranks pairs as {join(alike)} {do}." if alike else said


def _show_formula(formula_id: str, view: View) -> None:
    formula = FORMULAS[formula_id]
    show_formulas(formula.latex, formula.symbols)
    say(
        named(
            [
                ("Result", formula.gives),
                ("Limits", formula.limits),
                ("Standing", f"{STANDINGS[formula.standing]} {formula.also}"),
            ]
        )
    )
    _show_live(formula, view)
    show_sources(formula.source_ids)


def _show_live(formula: Formula, view: View) -> None:
    pair = state.compare(view.a, view.b, view.settings, intervals=(view.settings.measure,))
    if formula.id in methods_examples.FIXED:
        show_example(methods_examples.FIXED[formula.id](), None)
    elif formula.id in methods_examples.LIVE:
        example = methods_examples.LIVE[formula.id](view, pair)
        show_example(example, pair)
        cited = methods_examples.CITED.get(formula.id)
        if cited and example.result is not None:
            show_number(view, pair, cited, number(example.result))
