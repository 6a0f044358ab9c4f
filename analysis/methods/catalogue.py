"""Every item of the Methods page with its id: what can be linked to, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.knowledge import Knowledge
from analysis.knowledge.plans import Plan
from analysis.measures.registry import MEASURES
from analysis.methods.atlas_formulas import ATLAS_FORMULAS
from analysis.methods.formulas import FRICTION_FORMULAS, PAIR_FORMULAS, Formula
from analysis.methods.items import framework_item, measure_item, plan_item, topic_item
from analysis.methods.team_formulas import TEAM_FORMULAS
from analysis.tables import Tables
from analysis.words import in_words

Kind = Literal["measure", "formula", "topic", "plan", "framework", "text"]

FORMULAS: dict[str, Formula] = {
    formula.id: formula
    for formula in (*PAIR_FORMULAS, *FRICTION_FORMULAS, *TEAM_FORMULAS, *ATLAS_FORMULAS)
}
"""Every formula that is no measure, by its id."""

_DATA = {
    "files": "Every file, with its size and hash",
    "changelog": "What each version of the data changed",
}
_WORTH = {
    "validity": "Where a distance agrees with other evidence",
    "friction-held": "Where the friction model held, and where it failed",
    "inside-countries": "What national scores cannot say",
    "contested": "Findings that speak against a score",
}
_CITE = {
    "cite": "How to cite Parley",
    "sources": "All sources, with BibTeX",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the page explains. `key` names it within its kind."""

    id: str
    kind: Kind
    key: str
    title: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page; `id` is also its anchor."""

    id: str
    title: str
    about: str
    items: tuple[Item, ...]


def plans_of(knowledge: Knowledge) -> dict[str, Plan]:
    """Return the strategy files by the name of the file."""
    strategy = knowledge.strategy
    return {name: getattr(strategy, name) for name in strategy.__struct_fields__}


def catalogue(tables: Tables, knowledge: Knowledge) -> tuple[Section, ...]:
    """Return all sections with their items, from what is registered and loaded."""
    topics = [Item(topic_item(t.id), "topic", t.id, t.title, t.about) for t in knowledge.topics]
    plans = [
        Item(plan_item(name), "plan", name, plan.title)
        for name, plan in plans_of(knowledge).items()
    ]
    frameworks = [
        Item(framework_item(f.id), "framework", f.id, f.name, f.scale)
        for f in tables.frameworks.values()
    ]
    return (
        Section(
            "distance", "How a distance is measured",
            "Each measure turns two profiles into one number. They differ in what they let count.",
            tuple(
                Item(measure_item(m.id), "measure", m.id, m.label, m.plain)
                for m in MEASURES.values()
            ),
        ),
        Section(
            "sure", "How a distance becomes a rank, and how sure that is",
            "A bare distance says little. These say what is wide, and what the error of the scores"
            " leaves of it.",
            _formulas(PAIR_FORMULAS),
        ),
        Section(
            "friction", "How friction is predicted",
            "From the scores to topics of negotiation, as hypotheses to test in the first meeting.",
            _formulas(FRICTION_FORMULAS),
        ),
        Section(
            "topics", f"The {in_words(len(topics))} topics",
            "What each rests on: weights, evidence, sources, exceptions.", tuple(topics),
        ),
        Section(
            "teams", "How a team of yours is scored",
            "From members or from answers to a questionnaire.", _formulas(TEAM_FORMULAS),
        ),
        Section(
            "atlas", "How the atlas is drawn",
            "From all distances to a map, a tree and groups.", _formulas(ATLAS_FORMULAS),
        ),
        Section(
            "plans", "What the brief's advice rests on",
            "Rules and words of each part of the brief, with their sources.", tuple(plans),
        ),
        Section(
            "data", "Where the scores come from", "Each data set with provider, terms and hash.",
            (*frameworks, *_texts(_DATA)),
        ),
        Section(
            "worth", "How well it holds",
            "What the numbers agree with, where they fail, and what they cannot say.",
            _texts(_WORTH),
        ),
        Section(
            "citing", "How to cite it", "Parley, a number of it, or a source.", _texts(_CITE),
        ),
    )  # fmt: skip


def _formulas(formulas: tuple[Formula, ...]) -> tuple[Item, ...]:
    return tuple(Item(f.id, "formula", f.id, f.title, f.plain) for f in formulas)


def _texts(titles: dict[str, str]) -> tuple[Item, ...]:
    return tuple(Item(i, "text", i, title) for i, title in titles.items())
