"""What many tests share: the tables, and reference distributions computed once a process."""

from functools import lru_cache

import hypothesis
import pytest

from analysis.comparison import References, compare, plain_references
from analysis.deal import EMPTY_FORM
from analysis.friction.assessment import assess
from analysis.friction.reference import plain_friction_references
from analysis.knowledge import load_knowledge
from analysis.settings import default_settings
from analysis.tables import load_tables
from benchmarks.pages import chromium
from benchmarks.server import ROOT, running
from tests.patience import patience

# A slow machine is no fault of a law: nothing here is judged by its time.
hypothesis.settings.register_profile("parley", deadline=None)
hypothesis.settings.load_profile("parley")
_TABLES = load_tables()


@lru_cache(maxsize=1)
def _references():
    plain = plain_references(_TABLES)
    return References(
        _TABLES,
        lru_cache(maxsize=64)(plain.reference),
        lru_cache(maxsize=256)(plain.distances),
        lru_cache(maxsize=2)(plain.errors),
        lru_cache(maxsize=32)(plain.simulated),
    )


@pytest.fixture(scope="session")
def tables():
    return _TABLES


@pytest.fixture(scope="session")
def references():
    return _references()


@pytest.fixture
def settings():
    return default_settings(_TABLES)


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
def server():
    """The app on a free port of the loopback address."""
    with running(ROOT / "app.py", ROOT) as started:
        yield started


@pytest.fixture(scope="session")
def browser():
    """A real Chromium: one for all tests, since a process cannot drive two."""
    with patience(), chromium() as started:
        yield started
