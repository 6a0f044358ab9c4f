"""The settings as options, the same for every command."""

from __future__ import annotations

import argparse
from typing import Any

from analysis.link import read_dimensions, read_weights
from analysis.measures.registry import MEASURES
from analysis.settings import (
    DEFAULT_FRAMEWORK,
    REFERENCE_RULES,
    SEVERITY_RULES,
    Settings,
    make_settings,
)
from analysis.tables import Tables


def add_settings(parser: argparse.ArgumentParser, *, measure: bool = True) -> None:
    """Add the settings; without `measure` where a command takes several of its own."""
    group = parser.add_argument_group("settings", "the same as in the app, with its defaults")
    add_framework(group)
    if measure:
        group.add_argument(
            "--measure", default="konara_mohr", metavar="ID", help=f"one of {', '.join(MEASURES)}"
        )
    group.add_argument(
        "--reference", default="complete", metavar="SET",
        help="; ".join(f"{rule.id}: {rule.description}" for rule in REFERENCE_RULES.values()),
    )  # fmt: skip
    group.add_argument("--dimensions", metavar="LIST", help="classic, or such as pdi,idv,mas,uai")
    group.add_argument("--weights", metavar="LIST", help="such as mas:0.5,uai:0; default 1 each")
    group.add_argument(
        "--severity", default="closed_form", metavar="RULE",
        help=f"how a topic's severity is found: {', '.join(SEVERITY_RULES)}",
    )  # fmt: skip
    group.add_argument(
        "--published-only", action="store_true", help="no score of a region stands in for a country"
    )
    group.add_argument(
        "--unrounded", action="store_true", help="scores as the publisher's sheet holds them"
    )
    group.add_argument(
        "--score-error", type=float, default=None, metavar="POINTS",
        help="standard error of a published score, in the framework's points (default: its usual)",
    )  # fmt: skip
    group.add_argument(
        "--between-share", type=float, default=0.2, metavar="SHARE",
        help="share of the variation that lies between countries, 0.1 to 0.3 (default %(default)s)",
    )  # fmt: skip


def add_framework(parser: Any) -> None:
    """Add the choice of the framework."""
    parser.add_argument(
        "--framework", default=DEFAULT_FRAMEWORK, metavar="ID",
        help="whose scores, such as globe-2004-values, or a file with scores of your own"
        " (default %(default)s)",
    )  # fmt: skip


def settings_of(
    tables: Tables, options: argparse.Namespace, measure: str | None = None
) -> Settings:
    """Return the settings that the options give, with `measure` in the place of theirs.

    Raises
    ------
    SettingsError
        One has a value that it cannot take.
    """
    return make_settings(
        tables,
        framework=options.framework,
        dimensions=read_dimensions(tables, options.framework, options.dimensions),
        weights=read_weights(options.weights),
        measure=options.measure if measure is None else measure,
        reference=options.reference,
        published_only=options.published_only,
        unrounded=options.unrounded,
        score_error=options.score_error,
        between_share=options.between_share,
        severity=options.severity,
    )
