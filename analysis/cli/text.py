"""A comparison as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import partial
from math import ceil, floor

from analysis.comparison import Comparison
from analysis.friction.assessment import Friction
from analysis.friction.ranking import top_frictions
from analysis.friction.words import headline
from analysis.knowledge import Knowledge
from analysis.measures.registry import MEASURES
from analysis.profiles import Profile
from analysis.sentences import (
    CAVEAT,
    changed_settings,
    notes,
    overlap_sentence,
    source_line,
    three_sentences,
)
from analysis.tables import Framework, Tables
from analysis.words import of_hundred

_wrapped = partial(textwrap.fill, width=88, break_on_hyphens=False)
"""Text in lines of 88 letters; a name such as Inglehart-Welzel stays in one piece."""


def as_text(
    tables: Tables,
    comparison: Comparison,
    knowledge: Knowledge,
    friction: Friction,
    caution: str,
) -> str:
    """Return a comparison as plain text for a terminal; `caution` stands beside the rank."""
    said = comparison.reason or " ".join((*three_sentences(tables, comparison), caution)).rstrip()
    paragraphs = [said, *notes(tables, comparison)]
    changed = changed_settings(tables, comparison.settings)
    if changed:
        paragraphs.append(f"Settings: {'; '.join(changed)}.")
    blocks = [_wrapped(text) for text in paragraphs]
    blocks.append(_scores_table(tables, comparison))
    if not comparison.reason:
        blocks += [
            _measures_table(comparison),
            _wrapped(overlap_sentence(tables, comparison)),
            _rub(knowledge, friction),
        ]
    foot = f"{source_line(tables, comparison.settings.framework)} {CAVEAT}"
    return "\n\n".join([*blocks, _wrapped(foot)])


def _rub(knowledge: Knowledge, friction: Friction) -> str:
    top = top_frictions(knowledge, friction)
    if not top:
        nothing = "No topic lies wider apart than in half of all country pairs."
        return _wrapped(friction.reason or nothing)
    lines = [
        _wrapped(
            f"{t.topic.title} ({round(t.severity or 0)} of 100, evidence {t.topic.evidence}):"
            f" {headline(t)}",
            initial_indent="- ", subsequent_indent="  ",
        )
        for t in top
    ]  # fmt: skip
    return "\n".join(["Where it may rub, as hypotheses to test:", *lines])


def _scores_table(tables: Tables, comparison: Comparison) -> str:
    framework = tables.frameworks[comparison.settings.framework]
    rows = [["", comparison.a.name, comparison.b.name, "gap"]]
    for d in framework.dimensions:
        gap = comparison.gaps[d.id]
        shown = "–" if gap.points is None else _signed(framework, gap.points)
        rows.append(
            [d.name, _score(framework, comparison.a, d.id),
             _score(framework, comparison.b, d.id),
             f"{shown} ({gap.reason})" if gap.reason else shown]
        )  # fmt: skip
    return aligned(rows)


def _signed(framework: Framework, gap: float) -> str:
    return f"{'-' if gap < 0 else '+'}{framework.shown(abs(gap))}"


def _score(framework: Framework, profile: Profile, dimension_id: str) -> str:
    score = profile.score(dimension_id)
    if score.value is None:
        return "missing"
    return framework.shown(score.value) + (" regional" if score.standing == "regional" else "")


def _measures_table(comparison: Comparison) -> str:
    rows = [["", "value", "likely", "farther than", "likely"]]
    for measure_id, result in comparison.measures.items():
        measure = MEASURES[measure_id]
        low, high = result.interval or (result.value, result.value)
        least, most = result.percentile_interval or (result.percentile, result.percentile)
        rows.append(
            [measure.label, f"{result.value:.4f}",
             f"{floor(100 * low) / 100:.2f} to {ceil(100 * high) / 100:.2f}",
             f"{of_hundred(result.percentile)} of 100",
             f"{of_hundred(least)} to {of_hundred(most)}"]
        )  # fmt: skip
    return aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return a table with its first column to the left and the others to the right."""
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if c == 0 else cell.rjust(width)
            for c, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
