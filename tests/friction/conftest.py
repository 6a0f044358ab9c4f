"""What the friction tests share: the knowledge, and the friction of a pair."""

from functools import lru_cache

import pytest

from analysis.comparison import compare
from analysis.deal import EMPTY_FORM
from analysis.friction.assessment import assess
from analysis.friction.reference import plain_friction_references
from analysis.knowledge import load_knowledge
from analysis.reference import yardstick_for
from analysis.settings import default_settings


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge()


@pytest.fixture(scope="session")
def friction_references(knowledge, references):
    return lru_cache(maxsize=32)(plain_friction_references(knowledge, references))


@pytest.fixture(scope="session")
def friction_of(knowledge, references, friction_references):
    """Return the friction of two parties; settings and deal as in an empty form if not given."""
    usual = default_settings(references.tables)

    def of(a, b, settings=usual, deal=EMPTY_FORM):
        comparison = compare(references, a, b, settings, ())
        return assess(knowledge, references, friction_references, comparison, deal)

    return of


@pytest.fixture(scope="session")
def usual(references, friction_references):
    """Return the reference set, its scores in standard deviations, and what friction goes by."""
    settings = default_settings(references.tables)
    yardstick = yardstick_for(settings, settings.dimensions)
    reference = references.reference(yardstick)
    z = (reference.scores - reference.scores.mean(axis=0)) / reference.scores.std(axis=0, ddof=1)
    return reference, z, friction_references(yardstick)
