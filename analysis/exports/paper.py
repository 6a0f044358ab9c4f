"""A comparison or a brief as a document: one page to decide by, then annexes."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts.agreement import has_opinions
from analysis.charts.axis import has_shape
from analysis.exports import brief_content as plans
from analysis.exports import content
from analysis.exports.as_json import sources_of
from analysis.exports.blocks import Block, Blocks, Figure, Heading, Text, bullets
from analysis.exports.subject import Stamp, Subject
from analysis.friction.words import (
    NOTHING_PREDICTED,
    badges,
    headline,
    legend,
    top_note,
)
from analysis.strategy.brief import Brief


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. The front page has two columns where there is room for them."""

    stamp: Stamp
    left: Blocks
    right: Blocks
    annexes: Blocks


def paper_of(subject: Subject) -> Paper:
    """Return the document of a brief or, where there is none, of the comparison."""
    if subject.brief:
        return _brief(subject, subject.brief)
    return _comparison(subject)


def _comparison(subject: Subject) -> Paper:
    left: list[Block] = [
        *(Text(said, style="lead") for said in subject.answer[:1]),
        *(Text(said) for said in subject.answer[1:]),
        _profiles(subject),
    ]
    if subject.comparison.reason:
        return Paper(
            subject.stamp,
            tuple(left),
            (),
            (Heading("The scores"), content.scores_table(subject), *_foundations(subject)),
        )
    if content.is_unpredicted(subject):
        right = _without_prediction(subject, drawn=has_shape(subject.framework))
        annexes: list[Block] = [Heading("The scores"), content.scores_table(subject)]
    else:
        right = [Heading("Where it may rub"), *_top(subject), *_common(subject)]
        annexes = [
            Heading("The gaps one by one"),
            *_gaps(subject),
            content.scores_table(subject),
        ]
    if content.top_of(subject):
        annexes += [Heading("What each side may see"), content.sees_table(subject)]
    annexes += _how_sure(subject)
    if subject.pairs:
        annexes += [Heading("All parties, two by two"), content.pairs_table(subject)]
    return Paper(subject.stamp, tuple(left), tuple(right), (*annexes, *_foundations(subject)))


def _brief(subject: Subject, brief: Brief) -> Paper:
    unpredicted = content.is_unpredicted(subject)
    expected = (*brief.sentences, *subject.both_ranks, *subject.cautions, *subject.remarks)
    said_first = subject.answer if unpredicted else expected
    left: list[Block] = [
        Text(said_first[0], style="lead"),
        *(Text(said) for said in said_first[1:]),
        *plans.decision_texts(brief),
        *plans.opening_texts(brief),
    ]
    right: list[Block] = [*plans.alert_texts(brief)]
    annexes: list[Block] = []
    if unpredicted:
        right += _without_prediction(subject)
        if has_shape(subject.framework):
            annexes += [Heading("The profiles"), _profiles(subject)]
    else:
        right += [Heading("Prepare for these"), *_top(subject), *_common(subject)]
        annexes += [Heading("The profiles"), _profiles(subject)]
        if not subject.comparison.reason:
            annexes += [*(Text(said) for said in subject.answer), *_gaps(subject)]
    if any(stage.first for stage in brief.stages):
        annexes.append(Heading("Stage by stage"))
        annexes.append(Text(_stages_note(subject), style="note"))
        for stage in (stage for stage in brief.stages if stage.first or stage.again):
            annexes += plans.stage_blocks(subject, stage)
    annexes += _plans(subject, brief)
    annexes.append(Heading("Worksheets"))
    annexes += [plans.worksheet_table(brief, sheet) for sheet in brief.worksheets]
    annexes += _how_sure(subject)
    if brief.top:
        annexes += [Heading("Not everyone"), *bullets(list(brief.not_everyone))]
    return Paper(subject.stamp, tuple(left), tuple(right), (*annexes, *_foundations(subject)))


def _without_prediction(subject: Subject, *, drawn: bool = True) -> list[Block]:
    """Return the gaps, where they are `drawn` here, and why no friction is predicted."""
    gaps: list[Block] = [Heading("Where they differ"), Figure("gaps")] if drawn else []
    return [*gaps, Heading("Where it may rub"), *content.unpredicted_texts(subject)]


def _profiles(subject: Subject) -> Figure:
    return Figure("radar" if has_shape(subject.framework) else "gaps")


def _gaps(subject: Subject) -> list[Block]:
    """The gaps, where they do not stand in the place of the profiles already."""
    return [Figure("gaps")] if has_shape(subject.framework) else []


def _stages_note(subject: Subject) -> str:
    return (
        "Hypotheses to test: what may happen, not what will. Several rest on one gap, seen from"
        f" several sides. {legend(subject.friction)}"
    )


def _top(subject: Subject) -> list[Block]:
    top = content.top_of(subject)
    left_out = subject.brief.left_out if subject.brief else ()
    if not top:
        if subject.comparison.reason:
            return [Text("Without the scores nothing can be predicted: prepare by asking.")]
        return [Text(NOTHING_PREDICTED), *map(Text, left_out)]
    found: list[Block] = []
    for t in top:
        move = t.topic.at(t.pole_of("a")).move
        found.append(Text(f"{headline(t)} First move: {move}", t.topic.title, badges(t)))
    return [*found, *map(Text, left_out), Text(top_note(subject.friction, top), style="note")]


def _common(subject: Subject) -> list[Block]:
    if subject.friction.overall is None:
        return []
    told = (
        plans.common_texts(subject.knowledge, subject.brief)
        if subject.brief
        else content.common_texts(subject)
    )
    return [Heading("Common ground"), *bullets(told)]


def _plans(subject: Subject, brief: Brief) -> list[Block]:
    blocks: list[Block] = [Heading("Plans"), Heading("Road map", 2)]
    if brief.roadmap.level != "beyond":
        blocks.append(Figure("roadmap"))
    return [
        *blocks,
        *plans.roadmap_texts(brief),
        Heading("The next meeting", 2),
        *plans.relationship_texts(brief),
        plans.agenda_table(subject.knowledge, brief),
        Heading("What to say", 2),
        plans.must_say_table(subject.knowledge, brief),
        *plans.cue_texts(brief),
        Heading("What to ask", 2),
        *plans.question_texts(brief),
        *plans.personal_texts(brief),
        Heading("Who leads and who decides", 2),
        *plans.lead_texts(brief),
    ]


def _how_sure(subject: Subject) -> list[Block]:
    if subject.comparison.reason:
        return [Heading("The scores"), content.scores_table(subject)]
    return [
        Heading("How sure are we?"),
        Figure("distribution"),
        content.measures_table(subject),
        *content.sure_texts(subject),
        Figure("overlap"),
        *_opinions(subject),
        *([content.scores_table(subject)] if subject.brief else []),
    ]


def _opinions(subject: Subject) -> list[Block]:
    found = subject.agreement
    if found is None:
        return []
    drawn: list[Block] = [Figure("agreement")] if has_opinions(found) else []
    return [*drawn, *content.agreement_texts(found)]


def _foundations(subject: Subject) -> list[Block]:
    model = subject.knowledge.friction
    cited = (
        sources_of(subject.knowledge, subject.brief) if subject.brief else content.sources(subject)
    )
    held: list[Block] = [
        Heading("How well such predictions hold"),
        *bullets(list(model.validity)),
        Heading("Where they failed", 2),
        *bullets(list(model.failures)),
    ]
    return [
        *(held if any(not topic.reason for topic in subject.friction.topics) else []),
        Heading("Sources"),
        *content.source_texts(subject, cited),
        Heading("About this document"),
        *content.stamp_texts(subject),
    ]
