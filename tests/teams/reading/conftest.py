"""What the reading tests share."""

import pytest

from analysis.teams.reading import read_grid, read_team


@pytest.fixture
def read(tables):
    """Return what a file's bytes say."""

    def of(data, name="team.csv", kind=None, sheet=None, **options):
        return read_team(tables, read_grid(data, name, sheet), kind, **options)

    return of
