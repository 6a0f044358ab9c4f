"""Teams given by their answers to the VSM 2013: one row a respondent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

from analysis.errors import UploadError
from analysis.tables import Tables
from analysis.teams.reading.cells import ProfileFinder, is_missing, name, number, team_name, weight
from analysis.teams.reading.fault import BadCell, Faults, beyond_header
from analysis.teams.reading.grid import Cell, Row, as_text, plain, shown
from analysis.teams.reading.headers import QUESTION_ROLES
from analysis.teams.reading.table import Table
from analysis.teams.team import Anchor, Answers, Respondent, Team
from analysis.words import in_words, join

MISSING_CODES = frozenset((0.0, 9.0, 99.0, -1.0))
"""Numbers by which data sets mark an answer that was not given; none is an answer."""

TEAM_WORDS = frozenset(
    ("team", "ours", "our", "own", "us", "we", "own team", "our team", "our side", "respondent")
)
"""What says in a column such as *Sample* that a row is the team's own."""

USED_ROLES = frozenset((*QUESTION_ROLES, "weight", "subgroup", "team", "sample"))
_QUICK: Mapping[Cell, int] = {key: n for n in range(1, 6) for key in (str(n), float(n))}
_FROM_ONE_TO_FIVE = "a whole number from 1 to 5, or nothing (0, 9, 99 and -1 count as nothing)"


@dataclass(frozen=True, slots=True)
class Mark:
    """The column that tells the team from an anchor sample, and whose sample that is.

    `role` is empty where no column does; `profile` where all rows are the team's.
    """

    role: str = ""
    profile: str = ""
    note: str = ""


def read_answers(
    tables: Tables, table: Table, finder: ProfileFinder, title: str, faults: Faults
) -> tuple[list[Team], list[str], Collection[str]]:
    """Return the teams, still without ids, what a person should know, and the roles read.

    The rows of the anchor sample serve every team of the file.
    """
    mark = find_mark(tables, table, finder)
    missing: Counter[str] = Counter()
    groups: dict[str, tuple[str, list[Respondent]]] = {}
    anchor: list[Respondent] = []
    for record in table.records:
        cell, take = partial(table.cell, record), partial(faults.take, record)
        held: list[str] = []
        answers = _answers(table, record, held, faults)
        weighed = take(("weight",), partial(weight, cell("weight")))
        subgroup = take(("subgroup",), partial(name, cell("subgroup"))) or ""
        ours = not mark.role or _is_team(cell(mark.role), mark.role)
        team = take(("team",), partial(team_name, cell("team"))) if ours else ""
        if not ours:
            take((mark.role,), partial(_same_sample, cell(mark.role), mark, finder))
        beyond_header(table, record, faults)
        if not faults.close(record):
            continue
        missing.update(held)
        respondent = Respondent(answers, 1.0 if weighed is None else weighed, subgroup)
        if ours:
            label = team or title or "Team"
            groups.setdefault(plain(label), (label, []))[1].append(respondent)
        else:
            anchor.append(respondent)
    sample = Anchor(mark.profile, tuple(anchor)) if anchor else None
    teams = [
        Team("", label, "answers", respondents=tuple(people), anchor=sample)
        for label, people in groups.values()
    ]
    notes = [*_columns_missing(table), *_missing(missing), *filter(None, [mark.note])]
    if mark.profile:
        ours_count = sum(len(team.respondents) for team in teams)
        notes.append(
            f"{ours_count} rows are the team's, {len(anchor)} the anchor sample of"
            f" {tables.profiles[mark.profile].name_in_sentence}."
        )
    used = (USED_ROLES - {"sample"}) | ({mark.role} if mark.role else set())
    return teams, notes, used


def _answers(table: Table, record: Row, missing: list[str], faults: Faults) -> Answers:
    answers: list[int | None] = []
    for role in QUESTION_ROLES:
        column = table.columns.get(role)
        if column is None:
            answers.append(None)
            continue
        cell = record.cell(column)
        quick = _QUICK.get(cell)  # nearly every cell; the rest is looked at closely
        if quick is None:
            try:
                quick = answer(cell, missing)
            except BadCell as problem:
                faults.add(record, column, problem)
        answers.append(quick)
    if not faults.row_failed and not any(answers):
        first = min(table.columns[r] for r in QUESTION_ROLES if r in table.columns)
        faults.add(record, first, BadCell("an answer to at least one question"))
    return tuple(answers)


def answer(cell: Cell, missing: list[str]) -> int | None:
    """Return an answer from 1 to 5, None where it was not given; `missing` gets the reason."""
    if is_missing(cell):
        missing.append("blank")
        return None
    found = number(cell)
    if found in MISSING_CODES:
        missing.append(f"coded {found:g}")
        return None
    if found not in {1.0, 2.0, 3.0, 4.0, 5.0}:
        raise BadCell(_FROM_ONE_TO_FIVE)
    return int(found)


def find_mark(tables: Tables, table: Table, finder: ProfileFinder) -> Mark:
    """Return which column marks an anchor sample.

    A column named *Sample* or *Anchor* does: each row holds a profile, or `team` or nothing for the
    team. A column named *Country* or the like does only where every row holds either `team` or one
    and the same profile, since it may as well be the respondent's nationality.

    Raises
    ------
    UploadError
        A column named *Sample* holds two profiles, or no row of the team.
    """
    if "sample" in table.columns:
        held = _profiles(table, "sample", finder)
        ours = sum(_is_team(table.cell(r, "sample"), "sample") for r in table.records)
        if len(held) > 1:
            named = join(tables.profiles[profile].name for profile in sorted(held))
            raise UploadError(
                f"The column {_header(table, 'sample')} names {in_words(len(held))} anchor samples,"
                f" {named}: keep one, since a team is held against one."
            )
        if held and not ours:
            raise UploadError(
                f"Every row names an anchor sample in the column {_header(table, 'sample')}: leave"
                " it blank, or write team, in the rows of the team."
            )
        return Mark("sample", next(iter(held), ""))
    if "culture" not in table.columns:
        return Mark()
    held = _profiles(table, "culture", finder)
    ours = sum(_is_team(table.cell(r, "culture"), "culture") for r in table.records)
    if len(held) == 1 and ours and ours + sum(held.values()) == len(table.records):
        return Mark("culture", next(iter(held)))
    return Mark(
        note=f"The column {_header(table, 'culture')} is not taken as the mark of an anchor sample:"
        " for that every row holds team or one country."
    )


def _profiles(table: Table, role: str, finder: ProfileFinder) -> Mapping[str, int]:
    return Counter(
        profile
        for record in table.records
        if (profile := finder.find(as_text(table.cell(record, role)))) is not None
    )


def _is_team(cell: Cell, role: str) -> bool:
    text = plain(as_text(cell))
    return text in TEAM_WORDS or (role == "sample" and not text)


def _same_sample(cell: Cell, mark: Mark, finder: ProfileFinder) -> None:
    """Check a row that is not the team's; a misspelt sample must not pass for the team."""
    if not mark.profile or finder.find(as_text(cell)) != mark.profile:
        whose = mark.profile or "a country, part or region with scores"
        raise BadCell(f"{whose}, or team or nothing for a row of the team")


def _header(table: Table, role: str) -> str:
    return shown(table.header.cell(table.columns[role]))


def _columns_missing(table: Table) -> list[str]:
    absent = [
        f"q{r.removeprefix('question:'):0>2}" for r in QUESTION_ROLES if r not in table.columns
    ]
    if not absent:
        return []
    return [f"No column holds {join(absent)}; an index that rests on one of them has no value."]


def _missing(missing: Mapping[str, int]) -> list[str]:
    total = sum(missing.values())
    if not total:
        return []
    kinds = join(f"{count} {kind}" for kind, count in sorted(missing.items()))
    return [f"{total} answer{'s' if total > 1 else ''} not given: {kinds}."]
