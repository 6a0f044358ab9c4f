"""No page test touches what the person at this machine has kept."""

import pytest


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    monkeypatch.setenv("PARLEY_DATABASE", "none")
