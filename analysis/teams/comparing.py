"""What may be said of the answers of two groups: cultural F_ST, and how far few people carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.teams.cultural_fst import CulturalFst, cultural_fst
from analysis.teams.team import Respondent
from analysis.teams.vsm import answers_of
from analysis.teams.vsm_anchor import DIRECTION_BELOW, WARN_BELOW
from analysis.words import join


@dataclass(frozen=True, slots=True)
class ComparedAnswers:
    """Cultural F_ST of two groups in words, by how many people stand behind it.

    With "number" `text` holds the value with its interval; with "verdict", under ten people on a
    side, only whether the two differ; with "nothing" why neither can be said. `people` counts those
    with an answer on both sides by weight, as (sum of weights) squared / sum of squares (Kish).
    `caution` is empty with twenty people or more.
    """

    shown: Literal["number", "verdict", "nothing"]
    people: tuple[int, int]
    text: str
    caution: str
    found: CulturalFst


def compare_answers(
    first: Sequence[Respondent], second: Sequence[Respondent], names: tuple[str, str]
) -> ComparedAnswers:
    """Return what the answers of two groups say of how far they differ.

    The jackknife's interval holds for few people as well, but is then so wide that a value says
    less than it seems to: METHODS section 3 tests it at 20 and 50 people a group. The marks are
    those of the VSM, which knows the same groups: below 20 a caution, below 10 no value.
    """
    ours, theirs = answers_of(first), answers_of(second)
    found = cultural_fst(ours[0], theirs[0], ours[1], theirs[1], names)
    people = _people(first), _people(second)
    few = [
        f"{count} {'person' if count == 1 else 'people'} in {name}"
        for name, count in zip(names, people, strict=True)
        if count < WARN_BELOW
    ]
    if found.estimate is None or found.interval is None:
        return ComparedAnswers("nothing", people, found.reason, "", found)
    (low, high), value = found.shown_interval or (0.0, 0.0), found.shown or 0.0
    if min(people) < DIRECTION_BELOW:
        caution = (
            f"There are {join(few)}: with fewer than {DIRECTION_BELOW} no value is shown, only"
            " whether the two differ."
        )
        return ComparedAnswers("verdict", people, _verdict(low > 0, names), caution, found)
    caution = (
        f"There are {join(few)}: with fewer than {WARN_BELOW} the range is wide. Read the range,"
        " not the value."
        if few
        else ""
    )
    text = (
        f"Cultural F_ST between {names[0]} and {names[1]}: {value:.3f}, likely {low:.3f} to"
        f" {high:.3f}. 0: both answer alike; 1: nobody in one answers as anybody in the other. It"
        " compares answers as they are, without any country score; set it beside other values only"
        " where they come from the same questions."
    )
    return ComparedAnswers("number", people, text, caution, found)


def _verdict(differ: bool, names: tuple[str, str]) -> str:
    if differ:
        return (
            f"{names[0]} and {names[1]} answer differently, more than so few people would by chance"
            " (cultural F_ST lies above 0)."
        )
    return (
        f"These answers cannot tell {names[0]} and {names[1]} apart. With so few people that does"
        " not mean that they answer alike."
    )


def _people(respondents: Sequence[Respondent]) -> int:
    weights = [person.weight for person in respondents if any(person.answers)]
    return round(sum(weights) ** 2 / sum(w**2 for w in weights)) if weights else 0
