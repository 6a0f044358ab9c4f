"""What the knowledge tests share."""

import pytest

from analysis.knowledge import load_knowledge


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge()
