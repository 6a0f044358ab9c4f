"""What a survey says beside its numbers: cautions, and the JSON with all that it rests on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.methods.bibtex import bibtex_entry
from analysis.methods.citation import cite_parley
from analysis.tables import Tables
from analysis.teams.vsm import INDICES
from analysis.teams.vsm_anchor import DIRECTION_BELOW, LIMITS, WARN_BELOW
from analysis.words import join

if TYPE_CHECKING:
    from analysis.bulk.survey import SurveyReport, SurveyRequest
    from analysis.bulk.survey_scores import SurveyCounts

METHOD: Mapping[str, str] = {
    "vsm": "Indices by the formulas of the VSM 2013 manual, with constants of 0 unless given: only"
    " differences between groups mean something. Standard errors are those of the linearised"
    " (Taylor) variance of the weighted means, with the products of one person's answers.",
    "fst": "F_ST is the mean over questions of (H_T - H_W) / H_T, without bias from few people; a"
    " value below 0 reads as 0. Answers count as names, and levels compare only between groups that"
    " answered the same questions.",
    "fst_error": "The standard error of F_ST leaves out one question at a time, since counts do not"
    " hold what leaving out one person at a time needs; the interval is Student's with one degree"
    " of freedom less than there are questions. Simulated with 24 questions it covers the true"
    " value 92 to 94 times of 100 where the questions are a sample of those that might be asked.",
    "few": f"With fewer than {WARN_BELOW} people each weighs too much (caution: few). With fewer"
    f" than {DIRECTION_BELOW} there are no numbers, only a direction (caution: direction-only).",
    "weights": "Weights count in 16,777,216 steps of the largest, so that sums are exact and the"
    " same in any order; people are counted by weight: the squared sum over the sum of squares.",
}
_SHOWN = 5


def cautions(
    counts: SurveyCounts, columns: Sequence[str], rows: Mapping[str, Any], options: int
) -> tuple[str, ...]:
    """Return the sentences that belong beside the numbers.

    Parameters
    ----------
    counts : SurveyCounts
    columns : sequence of str
        The questions, as they are called.
    rows : mapping
        Rows in all, without a group, and without a usable weight.
    options : int
    """
    found = []
    if rows["no_group"]:
        found.append(f"{_rows(rows['no_group'])} left out: no group is named there.")
    if rows.get("no_weight"):
        found.append(
            f"{_rows(rows['no_weight'])} left out: the weight is blank or not above 0, and 1 would"
            " be a guess."
        )
    invalid = counts.marks[..., -1].sum(axis=0)
    if invalid.any():
        worst = np.argsort(-invalid, kind="stable")
        named = [f"{columns[q]} ({invalid[q]:,})" for q in worst if invalid[q]]
        found.append(
            f"{int(invalid.sum()):,} answers are no whole number from 1 to {options} and count as"
            f" missing, most in {join(named[:_SHOWN])}; the table of questions has them by group."
        )
    people = np.floor(counts.effective.max(axis=1, initial=0) + 0.5).astype(int)
    few = [(n, g) for n, g in zip(people, counts.groups, strict=True) if n < WARN_BELOW]
    if few:
        named = [f"{g[:40]} ({n})" for n, g in sorted(few)[:_SHOWN]]
        more = len(few) - _SHOWN
        named += [f"{more:,} more"] if more > 0 else []
        found.append(
            f"{len(few):,} {'group has' if len(few) == 1 else 'groups have'} fewer than"
            f" {WARN_BELOW} people: {join(named)}. Below {WARN_BELOW} each person weighs too much;"
            f" below {DIRECTION_BELOW} only directions are told."
        )
    if len(counts.groups) == 1:
        found.append("There is one group only, so there are no pairs.")
    return tuple(found)


def _rows(number: int) -> str:
    return f"{number:,} {'row is' if number == 1 else 'rows are'}"


def report_text(tables: Tables, request: SurveyRequest, report: SurveyReport) -> str:
    """Return the JSON beside a survey's tables; the same input gives the same text."""
    counts = report.counts
    sources = ["hofstede-minkov-2013"] if request.vsm else []
    sources += ["muthukrishna-2020"] if request.fst else []
    cited = [bibtex_entry(tables.sources[one]).strip() for one in sources]
    keys = [k for k in METHOD if k == "few" or (k == "weights" and request.weight)]
    keys = [
        *(["vsm"] if request.vsm else []),
        *(["fst", "fst_error"] if request.fst else []),
        *keys,
    ]
    held = {
        "data_version": tables.version,
        "engine": dict(report.engine),
        "input": {"files": [path.name for path in report.inputs], "notes": list(report.notes)},
        "settings": {
            "group": report.columns.group,
            "weight": report.columns.weight,
            "options": request.options,
            "constants": {i: request.constants.get(i, 0.0) for i in INDICES} if request.vsm else {},
            "vsm_questions": list(report.columns.vsm),
            "fst_questions": list(report.columns.fst),
        },
        "files": {what: path.name for what, path in report.files.items()},
        "counts": {
            "rows": report.rows,
            "without_group": report.without_group,
            "without_weight": report.without_weight,
            "groups": len(counts.groups),
            "respondents": int(counts.respondents.sum()),
            "by_question": {
                column: {
                    "valid": int(counts.valid[:, q].sum()),
                    "blank": int(counts.marks[:, q, 0].sum()),
                    "invalid": int(counts.marks[:, q, -1].sum()),
                }
                for q, column in enumerate(counts.columns)
            },
        },
        "cautions": list(report.cautions),
        "method": {key: METHOD[key] for key in keys},
        "limits": list(LIMITS.values()) if request.vsm else [],
        "citation": "\n\n".join([cite_parley(tables.version).bibtex.strip(), *cited]),
    }
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"
