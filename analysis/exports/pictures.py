"""The charts of an export as pictures."""

from __future__ import annotations

from analysis.charts.agreement import has_opinions
from analysis.charts.axis import has_shape
from analysis.exports.subject import Subject
from analysis.pictures.agreement import agreement_picture
from analysis.pictures.distribution import distribution_picture
from analysis.pictures.gaps import gaps_picture
from analysis.pictures.overlap import overlap_picture
from analysis.pictures.picture import Picture
from analysis.pictures.radar import radar_picture
from analysis.pictures.roadmap import roadmap_picture


def pictures_of(subject: Subject) -> dict[str, Picture]:
    """Return every chart that the comparison, and the brief where there is one, can show, by id."""
    tables, pair, brief = subject.tables, subject.comparison, subject.brief
    found = {}
    if has_shape(subject.framework):
        found["radar"] = radar_picture(tables, subject.parties)
    if pair.a.id != pair.b.id:
        found["gaps"] = gaps_picture(tables, pair, subject.further)
    if subject.distances is not None:
        found["distribution"] = distribution_picture(tables, pair, subject.distances)
        found["overlap"] = overlap_picture(tables, pair)
        if subject.agreement and has_opinions(subject.agreement):
            found["agreement"] = agreement_picture(tables, subject.agreement)
    if brief and brief.roadmap.level != "beyond":
        found["roadmap"] = roadmap_picture(brief.roadmap, brief.deal)
    return found
