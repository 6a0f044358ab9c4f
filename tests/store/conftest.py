"""A store on each database; the tests that need PostgreSQL carry its mark."""

from datetime import UTC, datetime, timedelta

import pytest

from analysis.store import open_store
from tests.store.cluster import Cluster

POSTGRES = pytest.param(
    "postgres", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")]
)


class Clock:
    """A time that only moves when it is told to."""

    def __init__(self):
        self.time = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self):
        return self.time

    def pass_by(self, **parts):
        self.time += timedelta(**parts)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def cluster():
    started = Cluster()
    yield started
    started.remove()


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kept' / 'parley.db'}"
        return
    cluster = request.getfixturevalue("cluster")
    address = cluster.new_database()
    yield address
    cluster.drop_database(address)


@pytest.fixture
def store(url, clock):
    with open_store(url, clock) as opened:
        yield opened


@pytest.fixture
def ann(store):
    return store.for_user("ann")


@pytest.fixture
def ben(store):
    return store.for_user("ben")
