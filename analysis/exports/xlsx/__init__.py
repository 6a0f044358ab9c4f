"""The Excel workbook: scores, gaps, measures and topics that can be followed cell by cell."""

from __future__ import annotations

from analysis.exports.subject import Subject
from analysis.exports.xlsx.book import Book
from analysis.exports.xlsx.covariance import fill_covariance
from analysis.exports.xlsx.gaps import fill_gaps
from analysis.exports.xlsx.measures import fill_measures
from analysis.exports.xlsx.places import (
    AGENDA,
    COVARIANCE,
    DEAL,
    GAPS,
    MEASURES,
    PAIRS,
    ROADMAP,
    SCORES,
    SETTINGS,
    SOURCES,
    SUMMARY,
    TOPICS,
    places_of,
)
from analysis.exports.xlsx.plan import WORKSHEETS, fill_agenda, fill_roadmap, fill_worksheet
from analysis.exports.xlsx.record import fill_deal, fill_settings, fill_sources
from analysis.exports.xlsx.scores import fill_scores
from analysis.exports.xlsx.summary import fill_summary
from analysis.exports.xlsx.topics import fill_pairs, fill_topics

__all__ = ["as_xlsx"]


def as_xlsx(subject: Subject) -> bytes:
    """Return a comparison or a brief as an Excel workbook.

    Gaps, shares, measures and sums are formulas, each with its value. What a pair does not have
    gets no sheet: without a distance there are no measures, covariances and topics.
    """
    places = places_of(subject)
    contents = _contents(subject)
    book = Book(subject.stamp)
    sheets = {name: book.sheet(name) for name in (SUMMARY, *contents)}
    fill_summary(book, sheets[SUMMARY], subject, places, contents)
    fill_scores(sheets[SCORES], subject)
    if GAPS in sheets:
        fill_gaps(book, sheets[GAPS], subject, places)
    if places.used:
        fill_measures(sheets[MEASURES], subject, places)
        fill_covariance(sheets[COVARIANCE], subject, places)
    if TOPICS in sheets:
        fill_topics(sheets[TOPICS], subject)
    if PAIRS in sheets:
        fill_pairs(sheets[PAIRS], subject)
    if subject.brief:
        fill_roadmap(book, sheets[ROADMAP], subject, subject.brief)
        fill_agenda(sheets[AGENDA], subject, subject.brief)
        for worksheet in subject.brief.worksheets:
            fill_worksheet(sheets[WORKSHEETS[worksheet.id]], subject.brief, worksheet)
        fill_deal(sheets[DEAL], subject, subject.brief.deal)
    fill_settings(sheets[SETTINGS], subject)
    fill_sources(sheets[SOURCES], subject)
    return book.close()


def _contents(subject: Subject) -> dict[str, str]:
    """Return the sheets after the summary, each with what it holds."""
    pair = subject.comparison
    found = {SCORES: "each score with its standing and source"}
    if any(gap.points is not None for gap in pair.gaps.values()):
        share = "" if pair.reason else " and its share of the distance"
        found[GAPS] = f"the gap on each dimension{share}, as formulas"
    if not pair.reason:
        found[MEASURES] = "every measure with value, rank and likely range"
        found[COVARIANCE] = "the spread that gaps are set against, and Mahalanobis step by step"
        if any(not topic.reason for topic in subject.friction.topics):
            found[TOPICS] = "all eighteen topics, the widest first"
    if subject.pairs:
        found[PAIRS] = "all parties, two by two"
    if subject.brief:
        found[ROADMAP] = "the stages of the deal with amounts and shares"
        found[AGENDA] = "the minutes of the next meeting"
        for worksheet in subject.brief.worksheets:
            found[WORKSHEETS[worksheet.id]] = f"{_lower(worksheet.title)}, yours to fill in"
        found[DEAL] = "what the brief was told"
    found[SETTINGS] = "every setting with its default"
    found[SOURCES] = "what figures and words rest on"
    return found


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
