"""Where a local user's own things are kept, by the platform's convention."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path

FILE_NAME = "parley.db"


def default_file() -> Path:
    """Return the file in the user's data folder; it need not be there."""
    return user_data_path("parley", appauthor=False) / FILE_NAME
