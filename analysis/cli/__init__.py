"""The command line: `python -m analysis`. The same functions as the pages, one answer a call."""

from __future__ import annotations

from analysis.cli.commands import main

__all__ = ["main"]
