"""Which slides a deck has, and the one message of each."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts.agreement import agreement_data, has_opinions
from analysis.charts.axis import ends, has_shape
from analysis.charts.distribution import distribution_data
from analysis.charts.dumbbell import dumbbell_data
from analysis.charts.radar import radar_data
from analysis.charts.roadmap import roadmap_data
from analysis.exports import brief_content as plans
from analysis.exports import content
from analysis.exports.as_json import sources_of
from analysis.exports.blocks import Text, bullets
from analysis.exports.pptx import charts
from analysis.exports.pptx.deck import Deck
from analysis.exports.subject import Subject
from analysis.friction.ranking import StageFrictions, common_ground
from analysis.friction.words import (
    NOTHING_PREDICTED,
    citation_line,
    short_name,
)
from analysis.strategy.brief import Brief
from analysis.words import capital, join

_MOST_ON_A_SLIDE = 6
"""Topics of neighbouring stages that share a slide."""


def as_pptx(subject: Subject) -> bytes:
    """Return the deck of a comparison or, where there is one, of the brief."""
    deck = Deck(subject)
    stamp = subject.stamp
    deck.title_slide(stamp.title, stamp.subtitle, _origin(subject))
    if subject.brief:
        _brief(deck, subject, subject.brief)
    else:
        _comparison(deck, subject)
    return deck.save()


def _origin(subject: Subject) -> list[str]:
    stamp = subject.stamp
    first = f"{stamp.day_in_words} · Parley data {stamp.data_version} · {stamp.settings_line}"
    others = join(stamp.parties[2:])
    return [
        first,
        *([f"Also compared: {others}."] if others else []),
        stamp.source,
        stamp.caveat,
        *([f"The same view: {stamp.way_back}"] if stamp.link else []),
    ]


def _comparison(deck: Deck, subject: Subject) -> None:
    _profiles(deck, subject)
    distances = subject.distances
    if distances is None:
        deck.table_slides(
            "What is known: the scores with their standing", content.scores_table(subject)
        )
        _closing(deck, subject)
        return
    if has_shape(subject.framework):
        _gaps(deck, subject)
    top = content.top_of(subject)
    if top:
        deck.table_slides(_where(subject), content.sees_table(subject), _cited(subject))
    common = [
        Text("", "Common ground"),
        *bullets(content.common_texts(subject)),
    ]
    unpredicted = content.is_unpredicted(subject)
    if not top and not unpredicted:
        deck.text_slide("Nothing stands out", [Text(NOTHING_PREDICTED)], common)
    data = distribution_data(subject.tables, subject.comparison, distances)
    deck.chart_slide(
        data.title,
        lambda place: charts.add_distribution(place, subject),
        data.description,
        content.rank_texts(subject),
        data.caption,
    )
    if unpredicted:
        absent = [Text("", "Where it may rub"), *content.unpredicted_texts(subject)]
        message = "What overlaps, and why no friction is predicted"
        deck.text_slide(message, content.sure_texts(subject), absent)
    else:
        deck.text_slide(
            _what_overlaps(subject) if top else "What overlaps",
            content.sure_texts(subject),
            common if top else [],
        )
    deck.table_slides("How each way of measuring sees the pair", content.measures_table(subject))
    _opinions(deck, subject)
    if subject.pairs:
        deck.table_slides("All parties, two by two", content.pairs_table(subject))
    deck.table_slides("Every score with its standing", content.scores_table(subject))
    _closing(deck, subject)


def _what_overlaps(subject: Subject) -> str:
    if common_ground(subject.knowledge, subject.friction):
        return "What overlaps, and what can be built on"
    return "What overlaps, and no common ground in the scores"


def _opinions(deck: Deck, subject: Subject) -> None:
    found = subject.agreement
    if found and has_opinions(found):
        data = agreement_data(subject.tables, found)
        deck.table_slides(data.title, content.agreement_table(found), [data.caption])


def _profiles(deck: Deck, subject: Subject) -> None:
    data = radar_data(subject.tables, subject.parties)
    pair = subject.comparison
    message = "Why there is no distance for this pair" if pair.reason else _how_far(subject)
    if not has_shape(subject.framework):
        data = dumbbell_data(subject.tables, pair, subject.further)
    add = charts.add_radar if has_shape(subject.framework) else charts.add_gaps
    deck.chart_slide(
        message,
        lambda place: add(place, subject),
        data.description,
        [Text(said) for said in subject.answer],
        data.caption,
    )


def _how_far(subject: Subject) -> str:
    """Return the first sentence up to its figures: how far the two stand apart."""
    return subject.answer[0].split(": ", 1)[0]


def _gaps(deck: Deck, subject: Subject) -> None:
    data = dumbbell_data(subject.tables, subject.comparison, subject.further)
    framework = subject.tables.frameworks[subject.comparison.settings.framework]
    deck.chart_slide(
        data.title,
        lambda place: charts.add_gaps(place, subject),
        data.description,
        [
            Text("", "What the ends mean"),
            *(
                Text("; ".join(ends(framework, d)) + ".", f"{d.name}.")
                for d in framework.dimensions
            ),
        ],
        # Bars have no markers: what is regional stands at the name of its dimension.
        data.caption.replace(" Hollow markers are regional scores.", ""),
    )


def _where(subject: Subject) -> str:
    names = [f"“{t.topic.title_in_sentence}”" for t in content.top_of(subject)[:2]]
    return f"It may rub first on {join(names)}"


def _cited(subject: Subject) -> list[str]:
    return [
        citation_line(subject.tables, citation)
        for t in content.top_of(subject)
        for citation in t.topic.sources
    ]


def _brief(deck: Deck, subject: Subject, brief: Brief) -> None:
    knowledge = subject.knowledge
    if content.is_unpredicted(subject):
        _pair_drawn(deck, subject)
        _decision(deck, subject, brief, [t.text for t in content.unpredicted_texts(subject)])
    else:
        also = (*subject.both_ranks, *subject.cautions, *subject.remarks)
        _decision(deck, subject, brief, [" ".join(brief.sentences), *also])
        if brief.top:
            notes = [*brief.left_out, *_cited(subject)]
            deck.table_slides(_where(subject), content.top_table(subject), notes)
        _pair_drawn(deck, subject)
    for stages in _grouped(brief.stages):
        _stage(deck, subject, stages)
    roadmap = brief.roadmap
    if roadmap.level != "beyond":
        data = roadmap_data(roadmap, brief.deal)
        deck.chart_slide(
            _first_step(brief),
            lambda place: charts.add_roadmap(place, roadmap, brief.deal),
            data.description,
            plans.roadmap_texts(brief),
            data.caption,
        )
    else:
        deck.text_slide("The steps add up to more than the total", plans.roadmap_texts(brief), [])
    deck.table_slides(
        f"{brief.deal.minutes} minutes, and what each stage is for",
        plans.agenda_table(knowledge, brief),
        [said.text for said in plans.relationship_texts(brief)],
    )
    deck.text_slide(
        "Questions that are usually safe",
        plans.question_texts(brief),
        [*plans.personal_texts(brief)],
    )
    deck.text_slide(
        "Who leads and decides, what to say early and listen for",
        plans.lead_texts(brief),
        [*plans.must_say_texts(brief), *plans.cue_texts(brief)],
        _when(subject, brief),
    )
    deck.table_slides(
        "What each side should learn about the other",
        plans.worksheet_table(brief, brief.worksheets[0]),
    )
    _closing(deck, subject)


def _pair_drawn(deck: Deck, subject: Subject) -> None:
    _profiles(deck, subject)
    if not subject.comparison.reason and has_shape(subject.framework):
        _gaps(deck, subject)


def _decision(deck: Deck, subject: Subject, brief: Brief, said: Sequence[str]) -> None:
    deck.text_slide(
        brief.orientation.verdict,
        [*map(Text, said), *plans.decision_texts(brief)],
        [*plans.alert_texts(brief), *plans.opening_texts(brief)],
        _plan_sources(subject),
    )


def _when(subject: Subject, brief: Brief) -> list[str]:
    rows = plans.must_say_table(subject.knowledge, brief).rows
    return [f"Say “{text}” at these stages: {stages}." for text, stages in rows]


def _plan_sources(subject: Subject) -> list[str]:
    strategy = subject.knowledge.strategy
    cited = (*strategy.orientation.sources, *strategy.adaptation.sources)
    return [citation_line(subject.tables, citation) for citation in cited]


def _grouped(stages: Sequence[StageFrictions]) -> list[list[StageFrictions]]:
    """Return the stages with something new; neighbours with little share a slide."""
    groups: list[list[StageFrictions]] = []
    for stage in (stage for stage in stages if stage.first):
        last = groups[-1] if groups else []
        if last and sum(len(s.first) for s in last) + len(stage.first) <= _MOST_ON_A_SLIDE:
            last.append(stage)
        else:
            groups.append([stage])
    return groups


def _stage(deck: Deck, subject: Subject, stages: list[StageFrictions]) -> None:
    table = plans.stage_table(subject, stages)
    opening = {stage.first[0].topic.title for stage in stages}
    met = {t.topic.title: (stage, t.topic) for stage in stages for t in stage.first}

    def message(rows: Sequence[Sequence[str]]) -> str:
        names = dict.fromkeys(met[row[0]][0].stage.name.lower() for row in rows)
        word = "first" if rows[0][0] in opening else "then"
        return f"{capital(join(names))}: {word} “{met[rows[0][0]][1].title_in_sentence}”"

    cited = [c for stage in stages for t in stage.first for c in t.topic.sources]
    deck.table_slides(
        message,
        table,
        [citation_line(subject.tables, citation) for citation in cited],
    )


def _first_step(brief: Brief) -> str:
    level = brief.roadmap.level
    if level == "insult":
        return "The first step is so small that it needs its reason and what follows"
    return "The first step is step one of a whole"


def _closing(deck: Deck, subject: Subject) -> None:
    brief = subject.brief
    cited = sources_of(subject.knowledge, brief) if brief else content.sources(subject)
    names = [short_name(subject.tables, c.id) for c in cited if c.mark != "design"]
    left = content.stamp_texts(subject)
    right = [Text(f"{join(names)}. What each of them says stands in the notes.", "Evidence.")]
    if brief and brief.top:
        right = [Text("", "Not everyone"), *bullets(list(brief.not_everyone)), *right]
    deck.text_slide(
        "What this rests on, and what it cannot say",
        left,
        right,
        [citation_line(subject.tables, c) for c in cited],
    )
