"""The brief: everything the page, the exports and the command line show, as one frozen value."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from analysis.comparison import Comparison
from analysis.deal import EMPTY_FORM, Deal, deal_flags
from analysis.friction.assessment import Friction, TopicFriction
from analysis.friction.ranking import (
    StageFrictions,
    by_stage,
    common_ground,
    predicted,
    top_frictions,
)
from analysis.friction.words import shared_sentence, who_notices
from analysis.knowledge import Knowledge
from analysis.knowledge.plans import MustSayItem, QuestionsPlan
from analysis.knowledge.record import Item, those_that_hold
from analysis.knowledge.topics import Pole
from analysis.sentences import leaves_open
from analysis.strategy.adaptation import Adaptation, choose_adaptation
from analysis.strategy.agenda import AgendaItem, plan_agenda
from analysis.strategy.flags import brief_flags
from analysis.strategy.leadership import Leadership, judge_leadership
from analysis.strategy.orientation import Orientation, decide_orientation
from analysis.strategy.roadmap import Roadmap, draw_roadmap
from analysis.strategy.worksheets import Worksheet, make_worksheets
from analysis.words import capital, in_words, join, of_hundred

_MUCH, _EVEN, _LITTLE = 75, 50, 25
"""Percentiles of the overall severity."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief for one pair and one deal.

    `reason` says why there are no predictions; the advice that follows from the deal is there all
    the same. `left_out` says why a topic that the deal names is not among `top`, `first_question`
    is what to ask first, `common` sentences on shared ground.
    """

    comparison: Comparison
    friction: Friction
    deal: Deal
    sentences: tuple[str, ...]
    orientation: Orientation
    adaptation: Adaptation
    top: tuple[TopicFriction, ...]
    stages: tuple[StageFrictions, ...]
    left_out: tuple[str, ...]
    common: tuple[str, ...]
    first_question: str
    roadmap: Roadmap
    must_say: tuple[MustSayItem, ...]
    must_say_again: str
    cues: tuple[Item, ...]
    questions: QuestionsPlan
    leadership: Leadership
    decider_hints: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    relationship_start: str
    shared_aim: str
    worksheets: tuple[Worksheet, ...]
    not_everyone: tuple[str, ...]
    reason: str


def build_brief(
    knowledge: Knowledge, comparison: Comparison, friction: Friction, deal: Deal
) -> Brief:
    """Return the brief for a pair and a deal."""
    strategy = knowledge.strategy
    friction = with_moves_of_the_deal(friction, deal)
    outcome = decide_orientation(
        strategy.orientation, brief_flags(deal, friction, ""), assumed=deal == EMPTY_FORM
    )
    flags = brief_flags(deal, friction, outcome.outcome)
    top = top_frictions(knowledge, friction)
    must_say = those_that_hold(strategy.must_say.items, flags)
    return Brief(
        comparison,
        friction,
        deal,
        brief_sentences(knowledge, comparison, friction),
        outcome,
        choose_adaptation(strategy.adaptation, deal),
        top,
        by_stage(knowledge, friction),
        left_out_sentences(friction, top, deal),
        tuple(shared_sentence(t) for t in common_ground(knowledge, friction)),
        _first_question(knowledge, top, deal),
        draw_roadmap(strategy.roadmap, deal, flags),
        tuple(sorted(must_say, key=lambda item: not item.when)),  # the deal's own points first
        strategy.must_say.again,
        those_that_hold(strategy.must_say.cues, flags),
        strategy.questions,
        judge_leadership(strategy.leadership, flags),
        tuple(hint.text for hint in those_that_hold(strategy.deciders.hints, flags)),
        plan_agenda(knowledge, deal.minutes, flags),
        strategy.relationship.start if outcome.outcome != "arms_length" else "",
        strategy.relationship.aim,
        make_worksheets(strategy, comparison.a, comparison.b, flags),
        _not_everyone(knowledge, friction),
        friction.reason,
    )


def brief_sentences(
    knowledge: Knowledge, comparison: Comparison, friction: Friction
) -> tuple[str, ...]:
    """Return how much friction to expect, what to prepare first, and who will notice more."""
    names = f"{comparison.a.name_in_sentence} and {comparison.b.name_in_sentence}"
    if friction.overall is None or friction.overall_percentile is None:
        return (friction.reason,)
    return (
        _how_much(names, friction.overall_percentile, friction.rank_interval or (0.0, 100.0))
        + _with_the_deal(friction),
        _where(knowledge, friction),
        who_notices(friction)
        if predicted(friction)
        else "Differences between the companies and the people will matter more.",
    )


def _how_much(names: str, percentile: float, interval: tuple[float, float]) -> str:
    rank, low, high = (of_hundred(percent) for percent in (percentile, *interval))
    if leaves_open(interval):
        return (
            f"How much friction to expect between {names} cannot be told from scores this"
            f" uncertain: they put it above {rank} of 100 country pairs, and likely anywhere from"
            f" {low} to {high}"
        )
    if percentile >= _MUCH:
        probably = "" if interval[0] >= _EVEN else "probably "
        how = (
            f"{probably}more friction than between {rank} of 100 country pairs (likely {low} to"
            f" {high})"
        )
    elif percentile < _LITTLE:
        probably = "" if interval[1] <= _EVEN else "probably "
        how = (
            f"{probably}little friction: less than between {100 - rank} of 100 country pairs"
            f" (likely {100 - high} to {100 - low})"
        )
    else:
        how = (
            f"a middling amount of friction, more than between {rank} of 100 country pairs (likely"
            f" {low} to {high})"
        )
    return f"Between {names} the scores predict {how}"


def _with_the_deal(friction: Friction) -> str:
    """Return the end of the first sentence: what the circumstances of the deal do to it."""
    plain, moved = round(friction.overall or 0.0), round(friction.overall_in_context or 0.0)
    if not friction.effects or plain == moved:
        return "."
    does = "adds to" if moved > plain else "takes from"
    return (
        f"; your deal {does} it: the mean severity of the areas is {moved} of 100 instead of"
        f" {plain}."
    )


def overall_sentence(friction: Friction) -> str:
    """Return the rank and the mean severity behind it, each with its scale; empty without them."""
    if friction.overall is None or friction.overall_percentile is None:
        return ""
    low, high = (round(edge) for edge in friction.overall_interval or (0.0, 100.0))
    deal = f"; with this deal {round(friction.overall_in_context or 0)}" if friction.effects else ""
    return (
        f"The rank, {of_hundred(friction.overall_percentile)}, says between how many of 100 country"
        " pairs there is less friction by the scores alone. The mean severity behind it, the"
        f" average of the areas, is {round(friction.overall)} of 100 (likely, in 90 of 100 worlds,"
        f" {low} to {high}){deal}."
    )


def with_moves_of_the_deal(friction: Friction, deal: Deal) -> Friction:
    """Return the friction with those first moves that the deal puts in place of the usual."""
    flags = deal_flags(deal)
    return replace(
        friction,
        topics=tuple(
            replace(
                found,
                topic=structs.replace(
                    found.topic,
                    high=_moved(found.topic.high, flags),
                    low=_moved(found.topic.low, flags),
                ),
            )
            if found.topic.high.instead or found.topic.low.instead
            else found
            for found in friction.topics
        ),
    )


def _moved(pole: Pole, flags: Collection[str]) -> Pole:
    held = those_that_hold(pole.instead, flags)
    return structs.replace(pole, move=held[0].text) if held else pole


def left_out_sentences(
    friction: Friction, top: Sequence[TopicFriction], deal: Deal
) -> tuple[str, ...]:
    """Return why topics that a circumstance adds to are not among those to prepare first."""
    own = dict(deal.effects)
    named = {i: e for e in friction.effects if own.get(e.id, e.effect) > 0 for i in e.topics}
    listed = {found.topic.id for found in top}
    said = []
    for found in friction.topics:
        if found.topic.id not in named or found.topic.id in listed or found.in_context is None:
            continue
        width = f"“{found.topic.title_in_sentence}” ({round(found.in_context)} of 100)"
        same = next((t for t in top if t.topic.family == found.topic.family), None)
        if found.band is None or found.band.from_ == 0:
            why = "is not listed, being narrower than in half of all country pairs"
        elif same:
            rival = same.topic.title_in_sentence
            why = f"stands stage by stage: “{rival}” is listed for its area"
        else:
            why = "stands stage by stage: other areas come first"
        said.append(f"{named[found.topic.id].label}: {width} {why}.")
    return tuple(said)


def _where(knowledge: Knowledge, friction: Friction) -> str:
    """Return in which areas friction is predicted, and what to prepare for first."""
    top = top_frictions(knowledge, friction)
    if not top:
        nearest = max(friction.topics, key=lambda t: t.in_context or 0.0)
        return (
            "No topic lies wider apart than in half of all country pairs; nearest to that is"
            f" “{nearest.topic.title_in_sentence}” ({round(nearest.in_context or 0)} of 100)."
        )
    prepare = join([f"“{t.topic.title_in_sentence}”" for t in top[:2]])
    found = {t.topic.family for t in predicted(friction)}
    known = [f for f in knowledge.families if f.id in friction.families]
    inside = [f.short for f in known if f.id in found]
    outside = [f.short for f in known if f.id not in found]
    unjudged = [f.short for f in knowledge.families if f not in known]
    judged = " that can be judged" if unjudged else ""
    if not outside:
        where = f"all {in_words(len(inside))} areas{judged}"
    elif len(outside) <= 2:
        where = f"every area{judged} but {join(outside)}"
    else:
        where = f"{join(inside)} only"
    end = f" Too few scores are in use to judge {join(unjudged)}." if unjudged else ""
    if all(t.uncertain for t in top):
        weak = join(f"“{t.topic.title_in_sentence}”" for t in top)
        return f"They point to {where}, and weakly: {weak}.{end}"
    return f"They point to {where}; prepare first for {prepare}.{end}"


def _first_question(knowledge: Knowledge, top: tuple[TopicFriction, ...], deal: Deal) -> str:
    """Return the test question of the top friction met first; never a delicate or doubtful one."""
    if deal.prior_deals:
        return knowledge.strategy.questions.after_prior_deals
    fit = [found for found in top if not found.topic.delicate and not found.uncertain]
    if not fit:
        return knowledge.strategy.questions.cards[0].text
    order = [stage.id for stage in knowledge.stages]
    return min(fit, key=lambda found: order.index(found.topic.stages[0])).topic.question


def _not_everyone(knowledge: Knowledge, friction: Friction) -> tuple[str, ...]:
    texts = knowledge.strategy.not_everyone.text
    found = predicted(friction)
    if not found:
        return tuple(text for text in texts if "{" not in text)
    widest = max(found, key=lambda t: abs(t.gap or 0.0))
    return tuple(
        capital(
            text.format(
                topic=widest.topic.title_in_sentence,
                other_way=100 - round(100 * (widest.probability or 0.5)),
            )
        )
        for text in texts
    )
