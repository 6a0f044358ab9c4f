"""What the columns of a survey are: the group, the weight, the questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.bulk.sources import Source
from analysis.bulk.survey_counting import SLOTS, Bundle
from analysis.bulk.survey_scores import index_bundles
from analysis.errors import BulkError
from analysis.teams.reading.headers import COMMON, QUESTION_ROLES, roles
from analysis.words import join

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class SurveyColumns:
    """Columns by what they hold.

    Attributes
    ----------
    group : str
    weight : str or None
    vsm : tuple of str
        Those of questions 1 to 24; empty where the VSM is not scored.
    fst : tuple of str
        Those that F_ST rests on.
    bundles : tuple of Bundle
        All questions, those of each index together and first.
    """

    group: str
    weight: str | None
    vsm: tuple[str, ...]
    fst: tuple[str, ...]
    bundles: tuple[Bundle, ...]


def find_columns(
    source: Source,
    group: str,
    weight: str | None,
    questions: Sequence[str],
    *,
    vsm: bool,
    fst: bool,
) -> SurveyColumns:
    """Return the columns, by their names in any case; questions of the VSM also as q01 or m1.

    Raises
    ------
    BulkError
        A column is not there, is named twice or for two things, or a question is missing.
    """
    known = _vsm_columns(source)
    held = _named(source, group)
    weighed = _named(source, weight) if weight else None
    scored: tuple[str, ...] = ()
    if vsm:
        missing = [f"q{i:02}" for i, r in enumerate(QUESTION_ROLES, 1) if r not in known]
        if missing:
            raise BulkError(
                f"The VSM 2013 needs 24 questions and there is no column for {_some(missing)}: name"
                " the columns q01 to q24, or ask for --fst with --questions alone."
            )
        scored = tuple(known[role] for role in QUESTION_ROLES)
    asked: tuple[str, ...] = ()
    if fst and questions:
        asked = tuple(_question(source, name, known) for name in questions)
    elif fst:
        asked = tuple(known[role] for role in QUESTION_ROLES if role in known)
    if fst and not asked:
        raise BulkError(
            "No column is called like a question of the VSM (q01 to q24): name the questions, such"
            f" as --questions {','.join(source.columns[:3])}."
        )
    for name in asked:
        if asked.count(name) > 1:
            raise BulkError(f"The question “{name}” is named twice.")
    for name in (*asked, *scored):
        if name in {held, weighed}:
            what = "group" if name == held else "weight"
            raise BulkError(f"The column “{name}” cannot be both a question and the {what}.")
    if held == weighed:
        raise BulkError(f"The column “{held}” cannot be both the group and the weight.")
    bundles = index_bundles(scored) if scored else []
    rest = [name for name in asked if name not in scored]
    bundles += [Bundle(tuple(rest[i : i + SLOTS])) for i in range(0, len(rest), SLOTS)]
    return SurveyColumns(held, weighed, scored, asked, tuple(bundles))


def _vsm_columns(source: Source) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, role in zip(source.columns, roles(source.columns, "answers", COMMON), strict=True):
        if role in QUESTION_ROLES:
            if role in found:
                raise BulkError(
                    f"“{found[role]}” and “{name}” are both called like the same question of the"
                    " VSM: rename one."
                )
            found[role] = name
    return found


def _question(source: Source, name: str, known: dict[str, str]) -> str:
    try:
        return _named(source, name)
    except BulkError:
        (role,) = roles([name], "answers", COMMON)
        if role in known:
            return known[role]
        raise


def _named(source: Source, name: str) -> str:
    exact = [column for column in source.columns if column == name]
    alike = [column for column in source.columns if column.casefold() == name.strip().casefold()]
    if not exact and not alike:
        raise BulkError(
            f"There is no column “{name.strip()[:60]}”: there are"
            f" {_some([f'“{column}”' for column in source.columns])}."
        )
    return (exact or alike)[0]


def _some(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return join([*names[:_SHOWN], *([f"{more} more"] if more > 0 else [])])
