"""What the columns of a table are, from their names in the ways that people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analysis.tables import Framework
from analysis.teams.reading.grid import Cell, as_text, plain
from analysis.teams.team import QUESTIONS, TeamKind

KINDS: tuple[TeamKind, ...] = ("answers", "scores", "members")
"""In the order in which a kind wins where a header fits two equally well."""

FEWEST_QUESTIONS = 4
"""Questions that one index rests on: with fewer columns nothing can be computed."""

Vocabulary = Mapping[str, tuple[frozenset[str], ...]]
"""For each dimension the sets of words by which a header may name it."""

_OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "pdi": ("power distance",),
    "idv": ("individualism",),
    "mas": ("masculinity", "motivation towards achievement and success"),
    "uai": ("uncertainty avoidance",),
    "lto": ("long term orientation", "long term", "ltowvs"),
    "ivr": ("indulgence",),
}
_FILLING = frozenset(
    ("index", "score", "scores", "value", "values", "mean", "average", "avg", "points",
     "dimension", "vs", "versus", "or", "and", "of", "the", "in", "collectivism", "femininity",
     "restraint", "short", "term", "normative", "orientation", "0", "100")
)  # fmt: skip
_SPREAD = frozenset(
    ("sd", "s", "d", "spread", "std", "stdev", "stddev", "st", "dev", "standard", "deviation")
)

_CULTURE = (
    "culture", "cultures", "culture s", "cultural background", "home culture", "country",
    "countries", "country name", "country code", "country of origin", "home country", "nation",
    "nationality", "nationalities", "origin", "citizenship", "passport", "profile", "profiles",
    "iso", "iso 3", "iso code",
)  # fmt: skip
_WEIGHT = ("weight", "weights", "weighting", "w", "fte", "importance")
_TEAM = (
    "team", "team name", "party", "party name", "side", "delegation", "company", "organisation",
    "organization",
)  # fmt: skip
_SUBGROUP = (
    "subgroup", "sub group", "group", "department", "departments", "dept", "division", "unit",
    "business unit", "function", "section", "location", "site",
)  # fmt: skip
_SAMPLE = (
    "sample", "anchor", "anchor sample", "matched sample", "national sample", "reference sample",
)  # fmt: skip
_SIZE = (
    "size", "n", "team size", "group size", "sample size", "number", "number of people",
    "number of members", "people", "members", "headcount", "head count", "respondents",
)  # fmt: skip
_CULTURE_SHARE = (
    "culture share", "culture shares", "cultural share", "share of culture", "share of the culture",
    "share of this culture", "country share", "share of country", "culture percent",
    "culture percentage", "percent of culture",
)  # fmt: skip
_SHARE = (
    "share",
    "shares",
    "percent",
    "percentage",
    "proportion",
    "fraction",
    "part",
    "quota",
    "anteil",
)
"""Of a culture in the person, or of the person in the team: by the word alone nobody knows."""

_NAME = ("name", "full name")
_PERSON = (*_NAME, "member", "member name", "team member", "person", "people", "participant",
           "employee")  # fmt: skip
_PHRASES: Mapping[TeamKind, Mapping[str, tuple[str, ...]]] = {
    "scores": {"name": _NAME, "team": (*_TEAM, "group"), "culture": _CULTURE, "size": _SIZE},
    "members": {
        "name": _PERSON,
        "given": ("first name", "given name", "forename"),
        "family": ("last name", "surname", "family name"),
        "culture": _CULTURE,
        "share": _CULTURE_SHARE,
        "unclear": _SHARE,
        "weight": _WEIGHT,
        "team": (*_TEAM, "group"),
    },
    "answers": {
        "team": _TEAM,
        "weight": _WEIGHT,
        "subgroup": _SUBGROUP,
        "sample": _SAMPLE,
        "culture": _CULTURE,
    },
}
_ROLE = {
    kind: {phrase: role for role, phrases in roles.items() for phrase in phrases}
    for kind, roles in _PHRASES.items()
}
_QUESTION = re.compile(
    r"(?:vsm )?(?:2013 )?(?:(?:q|question) 0*(\d{1,2})(?: .*)?|(?:m|v|item|vsm) 0*(\d{1,2}))"
)
_NUMBERED = re.compile(r"0*(\d{1,2})(?: .*)?")
_SEVERAL = re.compile(r"(.+) ([1-9])")
_LONGEST_HEADER = 300


def vocabulary(framework: Framework) -> Vocabulary:
    """Return the words for the dimensions of a framework."""
    return {
        dimension.id: tuple(
            frozenset(words.split())
            for words in (
                dimension.id,
                header_words(dimension.name),
                *_OTHER_WORDS.get(dimension.id, ()),
            )
        )
        for dimension in framework.dimensions
    }


COMMON: Vocabulary = {
    dimension: tuple(frozenset(words.split()) for words in (dimension, *others))
    for dimension, others in _OTHER_WORDS.items()
}
"""The six indices of the VSM, for telling a header before a framework is known."""


def header_words(cell: Cell) -> str:
    """Return a header in plain words.

    >>> header_words("Power_Distance-Index (PDI)"), header_words("q01"), header_words("teamSize")
    ('power distance index pdi', 'q 01', 'team size')
    """
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", as_text(cell)[:_LONGEST_HEADER])
    text = re.sub(r"[\W_]+", " ", plain(text))
    return re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", text).strip()


def roles(cells: Sequence[Cell], kind: TeamKind, words: Vocabulary) -> tuple[str, ...]:
    """Return for each cell of a header what its column holds, empty where that is unknown.

    `score:pdi` and `spread:pdi` are of a dimension, `question:1` of a question of the VSM 2013,
    `culture:2` and `share:2` of several such columns; the others stand alone. `unclear` is a share
    of which the header does not say whether it is of a culture or of the person.
    """
    return _roles(_headers(cells), kind, words)


def _headers(cells: Sequence[Cell]) -> list[str]:
    return [header_words(cell) if isinstance(cell, str) else as_text(cell) for cell in cells]


def _roles(headers: Sequence[str], kind: TeamKind, words: Vocabulary) -> tuple[str, ...]:
    if kind != "answers":
        return tuple(_role(header, kind, words) for header in headers)
    return tuple(
        f"question:{number}" if number else _ROLE[kind].get(header, "")
        for header, number in zip(headers, _questions(headers), strict=True)
    )


def fits(found: Sequence[str], kind: TeamKind) -> bool:
    """Say whether the columns are enough to read that kind of team."""
    match kind:
        case "answers":
            return len(set(found) & set(QUESTION_ROLES)) >= FEWEST_QUESTIONS
        case "scores":
            return any(role.startswith("score:") for role in found)
        case "members":
            return any(role == "culture" or role.startswith("culture:") for role in found)


QUESTION_ROLES = tuple(f"question:{number}" for number in range(1, QUESTIONS + 1))


def best_kind(
    cells: Sequence[Cell], kinds: Sequence[TeamKind] = KINDS, words: Vocabulary = COMMON
) -> tuple[int, TeamKind, tuple[str, ...]] | None:
    """Return the kind of which a row names most columns: how many, which kind, and their roles.

    None where the row is the header of none of the kinds.
    """
    headers = _headers(cells)
    found = ((kind, _roles(headers, kind, words)) for kind in kinds)
    fitting = [(len(set(r) - {""}), kind, r) for kind, r in found if fits(r, kind)]
    return max(fitting, key=lambda known: known[0], default=None)


def _questions(headers: Sequence[str]) -> list[int]:
    """Number of the question in each header; numbers alone count only where most are there."""
    named = [
        int(match[1] or match[2]) if (match := _QUESTION.fullmatch(header)) else 0
        for header in headers
    ]
    if any(named):
        return named
    bare = [int(match[1]) if (match := _NUMBERED.fullmatch(header)) else 0 for header in headers]
    # A row of answers holds 1 to 5 only, so 20 different numbers can be nothing but a header.
    return bare if len(set(bare) & set(range(1, QUESTIONS + 1))) >= 20 else named


def _role(header: str, kind: TeamKind, words: Vocabulary) -> str:
    found = _ROLE[kind].get(header, "")
    if found or kind == "answers":
        return found
    if kind == "members":
        several = _SEVERAL.fullmatch(header)
        role = _ROLE[kind].get(several[1], "") if several else ""
        role = "share" if role == "unclear" else role  # beside a culture of the same number
        return f"{role}:{several[2]}" if several and role in {"culture", "share"} else ""
    return _dimension_role(frozenset(header.split()), words)


def _dimension_role(header: frozenset[str], words: Vocabulary) -> str:
    named = {
        dimension: frozenset().union(*(name for name in names if name <= header))
        for dimension, names in words.items()
        if any(name <= header for name in names)
    }
    if len(named) != 1:
        return ""
    dimension, used = next(iter(named.items()))
    rest = header - used - _FILLING
    if not rest:
        return f"score:{dimension}"
    # What else stands there (rank, error, difference) is another number than the score.
    return f"spread:{dimension}" if rest <= _SPREAD else ""
