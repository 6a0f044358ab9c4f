"""What is taken away: one frozen value from which every format is made, and that each one signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from types import MappingProxyType

from analysis.agreement import Agreement
from analysis.comparison import Comparison
from analysis.deal import DEAL_FIELDS, Deal
from analysis.exports.address import NO_SERVER
from analysis.exports.legible import legible, legible_name
from analysis.friction.assessment import Friction
from analysis.knowledge import Knowledge
from analysis.link import View, link_address
from analysis.profiles import Profile
from analysis.sentences import CAVEAT, changed_settings, notes, source_line, three_sentences
from analysis.strategy.both_ranks import ranks_sentence
from analysis.strategy.brief import Brief, build_brief
from analysis.strategy.worksheets import Row, Worksheet
from analysis.tables import FloatArray, Framework, Tables
from analysis.words import capital, join


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on every export.

    `settings` are phrases for all that differs from the default. `link` opens the same view: an
    address or, where nobody serves the app, the part to add to one; empty where none can.
    """

    title: str
    subtitle: str
    parties: tuple[str, ...]
    settings: tuple[str, ...]
    data_version: str
    day: date
    source: str
    caveat: str
    link: str

    @property
    def settings_line(self) -> str:
        """Which settings differ from the default, as a sentence."""
        told = "; ".join(self.settings)
        return f"Settings: {told}." if told else "Settings: all at their defaults."

    @property
    def day_in_words(self) -> str:
        """The day as people write it: 22 November 2026."""
        return f"{self.day.day} {_MONTHS[self.day.month - 1]} {self.day.year}"

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything but title and parties, a sentence each, the link last where there is one."""
        made = f"Made with Parley on {self.day_in_words}, data {self.data_version}."
        link = (f"The same view: {self.way_back}",) if self.link else ()
        return (self.source, self.settings_line, self.caveat, made, *link)

    @property
    def is_address(self) -> bool:
        """Whether the link can be clicked."""
        return self.link.startswith(("http://", "https://"))

    @property
    def way_back(self) -> str:
        """How to come to the same view: the address, or what to add to that of the app."""
        if self.is_address or not self.link:
            return self.link
        return f"open Parley and add {self.link} to its address"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Subject:
    """A comparison, or a brief, with all that its exports show.

    Attributes
    ----------
    comparison : Comparison
        With the interval of every measure.
    further : tuple of Profile
        The parties beyond the two at the table.
    pairs : tuple of Comparison
        Every pair among more than two parties, with the headline's interval; else empty.
    distances : ndarray of shape (n_pairs,) or None
        The sorted distances of the reference set; None where the pair has no distance.
    brief : Brief or None
        None for a comparison.
    agreement : Agreement or None
        What every framework says about the pair; None where nobody asked.
    """

    tables: Tables
    knowledge: Knowledge
    comparison: Comparison
    friction: Friction
    further: tuple[Profile, ...]
    pairs: tuple[Comparison, ...]
    distances: FloatArray | None
    brief: Brief | None
    stamp: Stamp
    agreement: Agreement | None = None

    @property
    def framework(self) -> Framework:
        """The framework that the scores belong to."""
        return self.tables.frameworks[self.comparison.settings.framework]

    @property
    def parties(self) -> tuple[Profile, ...]:
        """The two sides, then the further parties."""
        return (self.comparison.a, self.comparison.b, *self.further)

    @property
    def answer(self) -> tuple[str, ...]:
        """The three sentences or the reason, then all that is to be kept in mind."""
        pair = self.comparison
        said = [pair.reason] if pair.reason else three_sentences(self.tables, pair)
        return (*said, *self.cautions, *self.remarks)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What stands beside the rank where another survey puts the pair elsewhere, if it does."""
        found = self.agreement.caution if self.agreement else ""
        return (found,) if found else ()

    @property
    def both_ranks(self) -> tuple[str, ...]:
        """How distance and friction can rank the pair so differently, where they do."""
        found = ranks_sentence(self.tables, self.knowledge, self.comparison, self.friction)
        return (found,) if found else ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to keep in mind about missing and regional scores, a sentence each."""
        return tuple(notes(self.tables, self.comparison))


def score_format(subject: Subject) -> str:
    """Return the number format of a score: whole where every score shown is."""
    shown = [score.value for party in subject.parties for score in party.scores]
    if all(value is None or value == round(value) for value in shown):
        return "0"
    return f"0.{'0' * subject.framework.decimals}"


def party_pairs(view: View) -> list[tuple[str, str]]:
    """Return every pair among a view's parties where there are more than two."""
    parties = list(dict.fromkeys((view.a, view.b, *view.further)))
    return list(combinations(parties, 2)) if len(parties) > 2 else []


def make_subject(
    tables: Tables,
    knowledge: Knowledge,
    view: View,
    comparison: Comparison,
    friction: Friction,
    *,
    day: date,
    further: Sequence[Profile] = (),
    pairs: Sequence[Comparison] = (),
    distances: FloatArray | None = None,
    page: str = "",
    with_brief: bool = False,
    worksheets: Mapping[str, Sequence[Row]] | None = None,
    agreement: Agreement | None = None,
) -> Subject:
    """Return what is exported for a view, with every text from outside made legible.

    Parameters
    ----------
    tables, knowledge, view
    comparison : Comparison
        Of the view's two sides, with the interval of every measure.
    friction : Friction
        With the view's deal for a brief, from the scores alone for a comparison.
    day : date
        Printed on the export; the same input and day give the same bytes.
    further, pairs, distances, agreement
        See `Subject`.
    page : str
        The address that a link starts with, or `address.NO_SERVER` and what follows it; without
        it no link is printed.
    with_brief : bool
        Whether this is a brief rather than a comparison.
    worksheets : mapping of worksheet id to rows, optional
        What a person made of the worksheets, in place of what the deal suggests.
    """
    tables, comparison = _legible_tables(tables), _legible_pair(comparison)
    deal = _legible_deal(view.deal)
    brief = build_brief(knowledge, comparison, friction, deal) if with_brief else None
    friction = brief.friction if brief else friction  # with the first moves of this deal
    if brief and worksheets:
        brief = replace(brief, worksheets=tuple(_own(w, worksheets) for w in brief.worksheets))
    names = [comparison.a.name_in_sentence, comparison.b.name_in_sentence]
    others = tuple(_legible_party(p) for p in further)
    stamp = Stamp(
        capital(join(names)),
        _subtitle(deal, with_brief=with_brief),
        tuple(p.name for p in (comparison.a, comparison.b, *others)),
        tuple(changed_settings(tables, comparison.settings)),
        tables.version,
        day,
        source_line(tables, comparison.settings.framework),
        CAVEAT,
        link_address(tables, view, page).removeprefix(NO_SERVER) if page else "",
    )
    return Subject(
        tables, knowledge, comparison, friction, others,
        tuple(_legible_pair(pair) for pair in pairs), distances, brief, stamp,
        _legible_agreement(agreement) if agreement else None,
    )  # fmt: skip


def _subtitle(deal: Deal, *, with_brief: bool) -> str:
    if not with_brief:
        return "How far apart they stand, how sure that is, and where it may rub"
    what = "Preparation brief, for our side only"
    return f"{what}: {deal.subject}" if deal.subject else what


def _legible_pair(pair: Comparison) -> Comparison:
    return replace(
        pair, a=_legible_party(pair.a), b=_legible_party(pair.b), reason=legible(pair.reason)
    )


def _legible_agreement(agreement: Agreement) -> Agreement:
    views = (replace(view, reason=legible(view.reason)) for view in agreement.views)
    return replace(agreement, views=tuple(views))


def _legible_tables(tables: Tables) -> Tables:
    """Return the tables with the texts of a person's own editions made legible."""
    own = {i: f for i, f in tables.frameworks.items() if f.own}
    if not own:
        return tables
    frameworks = {
        i: replace(
            f, name=legible_name(f.name), short_name=legible_name(f.short_name),
            note=legible(f.note),
        )
        for i, f in own.items()
    }  # fmt: skip
    sources = {
        f.source: replace(source, title=legible(source.title))
        for f in own.values()
        if (source := tables.sources[f.source])
    }
    return replace(
        tables,
        frameworks=MappingProxyType({**tables.frameworks, **frameworks}),
        sources=MappingProxyType({**tables.sources, **sources}),
    )


def _legible_party(party: Profile) -> Profile:
    return replace(
        party,
        name=legible_name(party.name),
        name_in_sentence=legible_name(party.name_in_sentence),
    )


def _legible_deal(deal: Deal) -> Deal:
    texts = {
        name: legible(getattr(deal, name), 100)
        for name, field in DEAL_FIELDS.items()
        if field.kind == "text"
    }
    return replace(deal, **texts)  # type: ignore[arg-type]


def _own(sheet: Worksheet, worksheets: Mapping[str, Sequence[Row]]) -> Worksheet:
    rows = worksheets.get(sheet.id)
    if rows is None:
        return sheet
    return replace(
        sheet, rows=tuple({key: legible(cell) for key, cell in row.items()} for row in rows)
    )
