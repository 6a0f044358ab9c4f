"""What many tests share: the tables, and reference distributions computed once a process."""

from functools import lru_cache

import pytest

from analysis.comparison import References, plain_references
from analysis.settings import default_settings
from analysis.tables import load_tables

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
