"""What the deal tests share."""

import pytest


@pytest.fixture(scope="session")
def effects(knowledge):
    """The default effect of each circumstance."""
    return knowledge.friction.effects
