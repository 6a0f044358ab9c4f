"""The JSON beside a result: what was asked, what was understood, what came of it, what to cite."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from analysis.bulk.meanings import column_meanings
from analysis.bulk.request import Always, Extras, Request, real_columns
from analysis.knowledge import load_knowledge
from analysis.measures.registry import MEASURES
from analysis.methods.bibtex import bibtex_entry
from analysis.sentences import CAVEAT, changed_settings, source_line
from analysis.settings import Settings, default_settings
from analysis.tables import Tables
from analysis.uncertainty import COVERAGE, DRAWS, SEED

if TYPE_CHECKING:
    from analysis.bulk.job import Report

_ROWS = "Rows are numbered from 1; the row with the names does not count."


def settings_object(settings: Settings, extras: Extras) -> dict[str, Any]:
    """Return the settings, with what the intervals rest on where some are asked for."""
    held = asdict(settings)
    held.pop("measure")
    held["weights"] = dict(zip(settings.dimensions, settings.weights, strict=True))
    held["dimensions"] = list(settings.dimensions)
    if extras.interval:
        held["interval"] = {"coverage": list(COVERAGE), "draws": DRAWS, "seed": SEED}
    return held


def citation_of(tables: Tables, request: Request) -> str:
    """Return BibTeX entries of the scores and of each measure, once each.

    Scores of a person's own and choices of Parley's are no publications and have none.
    """
    framework = tables.frameworks[request.settings.framework]
    base = tables.frameworks[framework.base] if framework.own else framework
    ids = [] if framework.own else [base.source]
    ids += [source for m in request.measures for source in MEASURES[m].source_ids]
    sources = [tables.sources[i] for i in dict.fromkeys(ids)]
    return "\n\n".join(bibtex_entry(s).strip() for s in sources if s.kind != "design")


def report_object(tables: Tables, request: Request, report: Report) -> dict[str, Any]:
    """Return what stands beside a result; the same job over the same file gives the same."""
    framework = tables.frameworks[request.settings.framework]
    outcomes = asdict(report.outcomes)
    repeated = outcomes.pop("repeated")
    return {
        "command": command_of(tables, request),
        "data_version": report.data_version,
        "framework": {"id": framework.id, "name": framework.name},
        "measures": {m: MEASURES[m].label for m in request.measures},
        "settings": dict(report.settings),
        "settings_in_words": changed_settings(tables, request.settings),
        "source": source_line(tables, framework.id),
        "caveat": CAVEAT,
        "engine": dict(report.engine),
        "input": {
            "files": [path.name for path in report.files],
            "notes": list(report.notes),
            "columns": {"a": report.columns.a, "b": report.columns.b,
                        "how": report.columns.sentence},
        },
        "result": {
            "file": report.out.name,
            "left_out": report.left_out.name if report.left_out else None,
            "columns_added": list(report.added),
            "meaning_of_columns": column_meanings(
                load_knowledge(), request.settings, request.measures, request.extras
            ),
            "in_order": request.keep_order,
        },
        "rows": report.rows,
        "rows_with_value": dict(report.with_value),
        "outcomes": outcomes,
        "repeated_pairs": repeated,
        "numbering": _ROWS,
        "understood": {
            text: {"party": profile, "cells": cells}
            for text, (profile, cells) in report.understood.items()
        },
        "unknown_texts": report.unknown_texts,
        "unknown": {
            text: {"reason": reason, "cells": cells}
            for text, (reason, cells) in report.unknown.items()
        },
        "citation": report.citation,
    }  # fmt: skip


def report_text(held: dict[str, Any]) -> str:
    """Return the JSON as it is written."""
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


def command_of(tables: Tables, request: Request) -> str:
    """Return the command that does the same job, without what is the default anyway.

    Files of teams and of scores of one's own stand in it as they were given to the request.
    """
    words = ["python", "-m", "analysis", "distances", str(request.source), "--out",
             str(request.out)]  # fmt: skip
    named = [name for name in real_columns(request.columns or ("", "")) if name]
    words += ["--columns", ",".join(named)] if named else []
    if request.columns and isinstance(request.columns[1], Always):
        words += ["--with", str(request.columns[1])]
    if set(request.measures) == set(MEASURES):
        words += ["--measure", "all"]
    else:
        words += [word for m in request.measures for word in ("--measure", m)]
    words += [f"--{f.name}" for f in fields(Extras) if getattr(request.extras, f.name)]
    words += [] if request.keep_order else ["--unordered"]
    words += [word for path in request.teams for word in ("--team", str(path))]
    if request.engine != "duckdb":
        words += ["--engine", request.engine, "--master", request.master]
    return shlex.join([*words, *_changed_options(tables, request)])


def _changed_options(tables: Tables, request: Request) -> list[str]:
    settings = request.settings
    usual = default_settings(tables, settings.framework)
    words = []
    if request.framework_file is not None:
        words += ["--framework", str(request.framework_file)]
    elif settings.framework != default_settings(tables).framework:
        words += ["--framework", settings.framework]
    if settings.dimensions != usual.dimensions:
        words += ["--dimensions", ",".join(settings.dimensions)]
    weights = {d: w for d, w in zip(settings.dimensions, settings.weights, strict=True) if w != 1}
    if weights:
        words += ["--weights", ",".join(f"{d}:{w:g}" for d, w in weights.items())]
    for name in ("reference", "severity", "score_error", "between_share"):
        value = getattr(settings, name)
        if value != getattr(usual, name):
            words += [f"--{name.replace('_', '-')}", f"{value:g}" if isinstance(value, float)
                      else value]  # fmt: skip
    words += ["--published-only"] if settings.published_only else []
    words += ["--unrounded"] if settings.unrounded else []
    return words
