"""Teams on the command line: what a file holds, and a file wherever a country is taken."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from pathlib import Path
from typing import Any

from analysis.cli.text import aligned
from analysis.errors import InputError, UploadError
from analysis.profiles import Profile, build_profile, find_profile
from analysis.settings import Settings, default_settings
from analysis.tables import Tables
from analysis.teams.party import anchored_scores, with_teams
from analysis.teams.reading import Reading, fault_sentences, read_grid, read_team
from analysis.teams.reading.limits import LARGEST_FILE, MEGABYTE
from analysis.teams.subgroups import Subgroups, summarise_subgroups
from analysis.teams.summary import NORMAL_95, shown_reach, shown_score, summarise_team
from analysis.teams.team import Team
from analysis.teams.vsm_anchor import AnchoredScore, why_outside
from analysis.words import join, of_hundred

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


def find_party(tables: Tables, text: str) -> tuple[Tables, str]:
    """Return the tables and the id of a party named by a code, a name or a team's file.

    Raises
    ------
    InputError
        The file cannot be read, or holds no team or several.
    UnknownProfileError
        Nothing goes by that name.
    """
    path = Path(text)
    if path.suffix.lower() not in ENDINGS:
        return tables, find_profile(tables, text)
    found = read_file(tables, path)
    if len(found.teams) != 1:
        held = join([f"“{team.name}”" for team in found.teams]) or "no team"
        raise InputError(f"“{path}” holds {held}: give a file with one team.")
    _report_faults(path, found)
    return with_teams(tables, found.teams), found.teams[0].id


def read_file(tables: Tables, path: Path) -> Reading:
    """Return what a team's file holds.

    Raises
    ------
    InputError
        It cannot be opened, is too large, or nothing of it can be read.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            limit = LARGEST_FILE // MEGABYTE
            raise InputError(f"“{path}” is too large: a team’s file has at most {limit} MB.")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"“{path}” cannot be read ({error.strerror}): name a file with a team."
        ) from error
    try:
        return read_team(tables, read_grid(content, path.name))
    except UploadError as error:
        raise InputError(f"{path.name}: {error}") from None


def _report_faults(path: Path, found: Reading) -> None:
    sentences = fault_sentences(found.faults)
    left_out = "The row is" if len(found.rejected) == 1 else f"{len(found.rejected):,} rows are"
    for place, sentence in enumerate(sentences, 1):
        end = f" {left_out} left out." if place == len(sentences) else ""
        print(f"{path.name}: {sentence}{end}", file=sys.stderr)


def show_team_file(tables: Tables, options: argparse.Namespace) -> None:
    """Print what comes of a team's file, in words or as JSON."""
    found = read_file(tables, options.file)
    extended = with_teams(tables, found.teams)
    settings = default_settings(tables)
    if options.json:
        held = {
            "kind": found.kind,
            "notes": list(found.notes),
            "teams": [_team_object(extended, team, settings) for team in found.teams],
            "faults": [
                {"row": f.row, "column": f.column, "found": f.found, "expected": f.expected}
                for f in found.faults
            ],
        }
        print(json.dumps(held, ensure_ascii=False, indent=2))
        return
    _report_faults(options.file, found)
    blocks = [textwrap.fill(" ".join(found.notes), 88)]
    blocks += [_team_text(extended, team, settings) for team in found.teams]
    print("\n\n".join(blocks))
    if not found.teams:
        raise InputError(f"“{options.file}” holds no row that can be used.")


def _team_object(tables: Tables, team: Team, settings: Settings) -> dict[str, Any]:
    profile = build_profile(tables, team.id, settings)
    errors = dict(
        zip(profile.dimension_ids, profile.errors(settings.score_error).tolist(), strict=True)
    )
    scores = {d: profile.score(d).value for d in profile.dimension_ids}
    held: dict[str, Any] = {
        "id": team.id,
        "name": team.name,
        "kind": team.kind,
        "scores": scores,
        "standard_errors": {d: None if scores[d] is None else errors[d] for d in scores},
    }
    if team.kind == "members":
        summary = summarise_team(tables, team, settings)
        held["spread"] = {d.dimension: d.spread for d in summary.dimensions}
        held["inside_percentile"] = summary.inside
        held["members"] = [
            {"name": m.name, "from_team_percentile": m.from_team, "far": m.is_far}
            for m in summary.members
        ]
    if team.kind == "answers":
        held["respondents"] = len(team.respondents)
        held["anchor"] = team.anchor.profile if team.anchor else None
        held["indices"] = [_index(one) for one in anchored_scores(tables, team, settings)]
        found = _subgroups(tables, team, settings)
        held["subgroups"] = [
            {
                "name": group.name,
                "people": group.people,
                "indices": [_index(one) for one in group.scores],
            }
            for group in (found.groups if found else ())
        ]
    return held


def _index(one: AnchoredScore) -> dict[str, Any]:
    difference = one.difference
    return {
        "index": difference.index,
        "shown": difference.shown,
        "reason": difference.reason or None,
        "direction": difference.direction,
        "difference": difference.points,
        "difference_interval": list(difference.interval) if difference.interval else None,
        "score": one.score,
        "interval": list(one.interval) if one.interval else None,
        "team_share": one.team_share,
        "shrunk": one.shrunk,
    }


def _subgroups(tables: Tables, team: Team, settings: Settings) -> Subgroups | None:
    national = build_profile(tables, team.anchor.profile, settings) if team.anchor else None
    return summarise_subgroups(team, national)


def _team_text(tables: Tables, team: Team, settings: Settings) -> str:
    profile = build_profile(tables, team.id, settings)
    told = [f"{team.name}: {_what(team)}."]
    if team.kind == "members":
        summary = summarise_team(tables, team, settings)
        far = [m.name for m in summary.members if m.is_far]
        if summary.inside is not None:
            told.append(
                "Two members drawn at random stand on average farther apart than"
                f" {of_hundred(summary.inside)} of 100 country pairs."
            )
        if far:
            told.append(f"Far from the others: {join(far)}.")
    if team.kind == "answers" and team.anchor is None:
        told.append("Without a matched sample from a country with scores there is no score.")
    if team.kind == "answers" and team.anchor:
        found = anchored_scores(tables, team, settings)
        reasons = [o.difference.reason for o in found if o.difference.reason]
        told += list(dict.fromkeys(reasons))
        framework = tables.frameworks[settings.framework]
        told += filter(None, [why_outside(found, framework.lowest, framework.highest)])
    return f"{textwrap.fill(' '.join(told), 88)}\n\n{_scores(tables, profile, settings)}"


def _what(team: Team) -> str:
    if team.kind == "members":
        return f"{len(team.members)} members"
    if team.kind == "answers":
        return f"{len(team.respondents):,} respondents"
    return "six scores"


def _scores(tables: Tables, profile: Profile, settings: Settings) -> str:
    framework = tables.frameworks[settings.framework]
    rows = [["", "score", "likely"]]
    for d, error in zip(framework.dimensions, profile.errors(settings.score_error), strict=True):
        value = profile.score(d.id).value
        if value is None:
            rows.append([d.name, "missing", ""])
            continue
        reach = NORMAL_95 * float(error)
        shown = shown_score(framework, value, (value - reach, value + reach))
        rows.append([d.name, shown, shown_reach(framework, float(error))])
    return aligned(rows)
