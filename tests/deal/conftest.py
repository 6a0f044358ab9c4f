"""What the deal tests share."""

import pytest

from analysis.knowledge import load_knowledge


@pytest.fixture(scope="session")
def effects():
    """The default effect of each circumstance."""
    return load_knowledge().friction.effects
