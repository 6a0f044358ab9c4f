"""The app as `docs/DEPLOY.md` sets it up: nginx, three processes, PostgreSQL, sign-in."""

import pytest

from tests.deploy.farm import Farm
from tests.e2e.provider import provider
from tests.store.cluster import Cluster


@pytest.fixture(scope="session")
def farm(tmp_path_factory):
    folder, cluster = tmp_path_factory.mktemp("farm"), Cluster()
    with provider(folder) as trusted:
        started = Farm(folder, cluster.new_database(), trusted)
        yield started
        started.stop()
    cluster.remove()
