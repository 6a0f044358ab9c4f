"""What the export tests share: a subject for any pair, deal, settings and names."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from analysis.agreement import find_agreement
from analysis.comparison import compare
from analysis.deal import EMPTY_FORM
from analysis.exports.subject import make_subject, party_pairs
from analysis.friction.assessment import assess
from analysis.link import View
from analysis.profiles import build_profile
from analysis.reference import yardstick_for
from analysis.settings import default_settings

DAY = date(2026, 11, 22)
PAGE = "http://127.0.0.1:8501/"


def renamed(references, names):
    """Return the references with other names for some profiles, as a person's team would have."""
    tables = references.tables
    records = {
        i: replace(record, name=names.get(i, record.name),
                   name_in_sentence=names.get(i, record.name_in_sentence))
        for i, record in tables.profiles.items()
    }  # fmt: skip
    return replace(references, tables=replace(tables, profiles=MappingProxyType(records)))


@pytest.fixture(scope="session")
def subject_of(knowledge, references, friction_references):
    """Return what is exported for two parties; a brief where a deal is given.

    `agreed` asks what the other frameworks say, as the pages and the command line do.
    """
    usual = default_settings(references.tables)

    def of(
        a, b, *, further=(), deal=None, settings=usual, names=None, page=PAGE, worksheets=None,
        day=DAY, agreed=False,
    ):  # fmt: skip
        source = renamed(references, names) if names else references
        view = View(a, b, tuple(further), settings, deal or EMPTY_FORM)
        pair = compare(source, a, b, settings)
        distances = None
        if not pair.reason:
            yardstick = yardstick_for(settings, pair.dimensions_used)
            distances = source.distances(yardstick, settings.measure)
        return make_subject(
            source.tables,
            knowledge,
            view,
            pair,
            assess(knowledge, source, friction_references, pair, view.deal),
            day=day,
            further=[build_profile(source.tables, i, settings) for i in view.further],
            pairs=[
                compare(source, *two, settings, (settings.measure,)) for two in party_pairs(view)
            ],
            distances=distances,
            page=page,
            with_brief=deal is not None,
            worksheets=worksheets,
            agreement=find_agreement(
                source.tables, pair, lambda under: compare(source, a, b, under, (under.measure,))
            )
            if agreed
            else None,
        )  # fmt: skip

    return of
