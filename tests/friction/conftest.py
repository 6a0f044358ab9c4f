"""What the friction tests share."""

import pytest

from analysis.reference import yardstick_for
from analysis.settings import default_settings


@pytest.fixture(scope="session")
def usual(references, friction_references):
    """Return the reference set, its scores in standard deviations, and what friction goes by."""
    settings = default_settings(references.tables)
    yardstick = yardstick_for(settings, settings.dimensions)
    reference = references.reference(yardstick)
    z = (reference.scores - reference.scores.mean(axis=0)) / reference.scores.std(axis=0, ddof=1)
    return reference, z, friction_references(yardstick)
