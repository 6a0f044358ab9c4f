"""What the strategy tests share: the brief of a pair and a deal."""

import pytest

from analysis.comparison import compare
from analysis.deal import EMPTY_FORM
from analysis.settings import default_settings
from analysis.strategy.brief import build_brief


@pytest.fixture(scope="session")
def brief_of(knowledge, references, friction_of):
    """Return the brief of two parties; settings and deal as in an empty form if not given."""
    usual = default_settings(references.tables)

    def of(a, b, deal=EMPTY_FORM, settings=usual):
        comparison = compare(references, a, b, settings, ())
        return build_brief(knowledge, comparison, friction_of(a, b, settings, deal), deal)

    return of
