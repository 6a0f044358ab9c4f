"""What the strategy tests share: the knowledge, and the brief of a pair and a deal."""

from functools import lru_cache

import pytest

from analysis.comparison import compare
from analysis.deal import EMPTY_FORM
from analysis.friction.assessment import assess
from analysis.friction.reference import plain_friction_references
from analysis.knowledge import load_knowledge
from analysis.settings import default_settings
from analysis.strategy.brief import build_brief


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge()


@pytest.fixture(scope="session")
def brief_of(knowledge, references):
    """Return the brief of two parties; settings and deal as in an empty form if not given."""
    usual = default_settings(references.tables)
    against = lru_cache(maxsize=32)(plain_friction_references(knowledge, references))

    def of(a, b, deal=EMPTY_FORM, settings=usual):
        comparison = compare(references, a, b, settings, ())
        friction = assess(knowledge, references, against, comparison, deal)
        return build_brief(knowledge, comparison, friction, deal)

    return of
