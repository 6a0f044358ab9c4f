"""What exports show of a brief, as texts and tables: the same words in every format."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.deal import EMPTY_FORM
from analysis.exports.blocks import Block, Heading, Table, Text, bullets
from analysis.exports.subject import Subject
from analysis.friction.assessment import TopicFriction
from analysis.friction.ranking import StageFrictions, common_ground
from analysis.friction.words import badges, common_sentences, describe, headline, legend
from analysis.knowledge import Knowledge
from analysis.profiles import Profile
from analysis.strategy.brief import Brief
from analysis.strategy.worksheets import Column, Row, Worksheet, balance_sentence, spent_hours
from analysis.words import capital, join

MOST_SAID_FIRST = 4


def decision_texts(brief: Brief) -> list[Text]:
    """Return relationship or arm's length with its reason, and who adapts how."""
    told, adaptation = brief.orientation, brief.adaptation
    why = " ".join(filter(None, (told.why, told.against, told.advice)))
    adapt = join([s.name for s in adaptation.strategies], "or")
    return [
        Text(why, f"{told.verdict}."),
        Text(f"{adapt}. {adaptation.strategies[0].does}", f"{who_adapts(brief)}:"),
    ]


def who_adapts(brief: Brief) -> str:
    """Return what the advice on adapting is called; what nobody has told is said to be assumed."""
    told = (brief.deal.own_familiarity, brief.deal.their_familiarity)
    usual = (EMPTY_FORM.own_familiarity, EMPTY_FORM.their_familiarity)
    return "Who adapts" if told != usual else "Who adapts, if each side knows the other somewhat"


def common_texts(knowledge: Knowledge, brief: Brief) -> list[str]:
    """Return what can be built on, in full where there is room, then what else comes out close."""
    if not brief.common:
        return common_sentences(knowledge, brief.friction)
    # Where much is to be prepared for there is room for one.
    most = 1 if len(brief.top) > 2 else 4
    further = common_ground(knowledge, brief.friction)[most:]
    titles = join([f"“{found.topic.title_in_sentence}”" for found in further])
    return [*brief.common[:most], *([f"Close as well: {titles}."] if further else [])]


def alert_texts(brief: Brief) -> list[Text]:
    """Return the alert for firmness that comes as a surprise, where there is cause."""
    lead = brief.leadership
    return [Text(f"{lead.alert} {lead.action}", f"{lead.alert_title}.")] if lead.alert else []


def opening_texts(brief: Brief) -> list[Text]:
    """Return what to say early and what to ask first."""
    said = [item.text for item in brief.must_say[:MOST_SAID_FIRST]]
    return [
        Text("", "Say early"),
        *bullets(said),
        Text(f"“{brief.first_question}”", "Ask first:"),
    ]


def moves_texts(brief: Brief) -> list[Text]:
    """Return the top frictions as a list, each with its first move."""
    found = []
    for t in brief.top:
        move = t.topic.at(t.pole_of("a")).move
        found.append(Text(f"{headline(t)} First move: {move}", f"{t.topic.title}.", bullet=True))
    return found


def stage_table(subject: Subject, stages: Sequence[StageFrictions]) -> Table:
    """Return the frictions of one or more stages, in short."""
    listed = [found for stage in stages for found in stage.first]
    rows = tuple(
        (
            t.topic.title,
            headline(t),
            t.topic.question,
            t.topic.at(t.pole_of("a")).move,
            badges(t),
        )
        for t in listed
    )
    return Table(
        capital(join([stage.stage.name.lower() for stage in stages])),
        ("Topic", "They may, you may", "Question that tests it", "First move", "How wide"),
        rows,
        (1.35, 3.0, 2.4, 2.5, 1.2),
        note=f"Hypotheses to test. {legend(subject.friction, listed)}",
    )


def stage_blocks(subject: Subject, stage: StageFrictions) -> list[Block]:
    """Return one stage in full: what each side may see, the test, the move, the evidence."""
    blocks: list[Block] = [Heading(stage.stage.name, 2), Text(stage.stage.about)]
    for found in stage.first:
        blocks += _friction_blocks(subject, found)
    if not stage.first:
        blocks.append(Text("No new topic at this stage."))
    if stage.again:
        again = join([f"“{t.topic.title_in_sentence}”" for t in stage.again])
        blocks.append(Text(f"Comes up again: {again}.", style="note"))
    return blocks


def _friction_blocks(subject: Subject, found: TopicFriction) -> list[Block]:
    said = describe(subject.knowledge, subject.tables, found)
    test = f"“{said.question}” {said.holds_if} {said.fails_if}"
    rows = [
        ("You may see:", said.you_may_see),
        ("They may see:", said.they_may_see),
        ("Test it:", test),
        ("First move:", said.move),
        ("Ask them", said.request.removeprefix("Ask them ")),
        ("In the terms:", said.terms),
        *(("Exception:", text) for text in said.exceptions),
    ]
    evidence = (
        f"{said.likely} Rests on {said.rests_on[:1].lower()}{said.rests_on[1:]}."
        f" Evidence {said.evidence.rstrip('.')}. Limits: {said.limits}"
    )
    return [
        Heading(said.title, 3),
        Text(said.headline, aside=badges(found)),
        *(Text(text, label, bullet=True) for label, text in rows),
        Text(evidence, style="note"),
    ]


def roadmap_texts(brief: Brief) -> list[Text]:
    """Return how to present the road map, its check, and when the next step comes."""
    told = brief.roadmap
    return [
        Text(f"“{told.statement}”", told.statement_label),
        Text(told.check, "Check:"),
        Text("", "The next step comes once"),
        *bullets(list(told.gates)),
        *(Text(text) for text in (told.two_track, told.numbers) if text),
    ]


def agenda_table(knowledge: Knowledge, brief: Brief) -> Table:
    """Return the agenda of the next meeting."""
    rows = tuple(
        (
            item.stage.short,
            f"{item.stage.aim} ({capital(join(item.why))}.)" if item.why else item.stage.aim,
            str(item.minutes),
        )
        for item in brief.agenda
    )
    return Table(
        f"An agenda for {brief.deal.minutes} minutes",
        ("Stage", "Aim, and what moved the time", "Minutes"),
        rows,
        (1.2, 4.6, 0.8),
        numbers=1,
        note=knowledge.strategy.agenda.note,
    )


def must_say_table(knowledge: Knowledge, brief: Brief) -> Table:
    """Return what to say early, and at which stages again."""
    stages = {stage.id: stage.short.lower() for stage in knowledge.stages}
    return Table(
        "Say early, and again",
        ("Say", "When"),
        tuple((item.text, join([stages[s] for s in item.stages])) for item in brief.must_say),
        (3.4, 2.2),
        note=brief.must_say_again,
    )


def must_say_texts(brief: Brief) -> list[Text]:
    """Return what to say early, and that it has to be said again."""
    said = [item.text for item in brief.must_say]
    return [Text(brief.must_say_again, "Say early."), *bullets(said)]


def cue_texts(brief: Brief) -> list[Text]:
    """Return what to listen for."""
    return [Text("", "Listen for"), *bullets([cue.text for cue in brief.cues])]


def question_texts(brief: Brief) -> list[Text]:
    """Return the question cards with what their answers tell."""
    cards = [
        Text(f"Listen for: {c.learns}", f"“{c.text}”", bullet=True) for c in brief.questions.cards
    ]
    return [
        *cards,
        Text("", "If personal matters are not for you, ask instead"),
        *bullets([card.text for card in brief.questions.alternatives]),
    ]


def personal_texts(brief: Brief) -> list[Text]:
    """Return prepared answers for personal questions, and the balance to keep."""
    asked = brief.questions
    return [
        Text("", "If the talk turns personal: prepared answers"),
        *(Text(card.answer, f"{card.text}:", bullet=True) for card in asked.personal),
        Text(f"{asked.personal_note} {asked.balance}"),
    ]


def lead_texts(brief: Brief) -> list[Text]:
    """Return who leads and who decides."""
    lead = brief.leadership
    return [
        Text(f"{lead.state} {lead.initiative}", "Who leads."),
        *alert_texts(brief),
        Text("", "Who decides"),
        *bullets(list(brief.decider_hints)),
    ]


def relationship_texts(brief: Brief) -> list[Text]:
    """Return that the negotiation has begun, and what both sides want."""
    return [Text(text) for text in (brief.relationship_start, brief.shared_aim) if text]


def worksheet_table(brief: Brief, sheet: Worksheet) -> Table:
    """Return a worksheet with the rows that the person, or the deal, has given it."""
    sides = (brief.comparison.a, brief.comparison.b)
    return Table(
        sheet.title,
        tuple(column.label for column in sheet.columns),
        tuple(tuple(_cell(c, row, sides) for c in sheet.columns) for row in sheet.rows),
        tuple(_width(column, len(sheet.columns)) for column in sheet.columns),
        note=" ".join(filter(None, (sheet.note, _result(sheet, sides)))),
    )


def _cell(column: Column, row: Row, sides: tuple[Profile, Profile]) -> str:
    text = row.get(column.key, "")
    if column.kind == "party":
        return {side.id: side.name for side in sides}.get(text, text)
    return text


def _width(column: Column, count: int) -> float:
    """Return a column's relative width; among many columns a party's name needs its share."""
    return {"party": 0.4 * count, "count": 0.9, "mark": 1.1}.get(column.kind, 3.0)


def _result(sheet: Worksheet, sides: tuple[Profile, Profile]) -> str:
    if sheet.id == "balance":
        return balance_sentence(sheet.rows, *sides)
    hours = spent_hours(sheet.rows) if sheet.id == "relationship" else 0.0
    return f"In all {hours:g} hours." if hours else ""
