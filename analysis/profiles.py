"""A party's scores with their standing, and finding a party by what people call it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np

from analysis.errors import UnknownProfileError
from analysis.settings import Settings
from analysis.tables import (
    FloatArray,
    Framework,
    OwnScores,
    ProfileKind,
    ProfileRecord,
    Tables,
)
from analysis.words import join, without_marks

Standing = Literal["published", "regional", "yours", "missing"]

# Built once for each set of tables, as a name may be sought in every row of a file.
_NAMES: WeakKeyDictionary[Tables, dict[str, str]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Score:
    """One score on one dimension.

    `origin` is the id of the profile for which the score was published: the profile's own for
    `published` and `yours` (uploaded, as a team or in an edition of one's own), its region's for
    `regional`, empty for `missing`.
    """

    value: float | None
    standing: Standing
    origin: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A party's scores, one for each dimension of its framework, in the framework's order.

    Attributes
    ----------
    mixture : tuple of (profile id, share)
        The published profiles that the scores were made from, whose errors they share; empty for
        a party that was published itself.
    own_errors : tuple of float
        Standard error of each score on top of that [points]; empty for none.
    """

    id: str
    name: str
    name_in_sentence: str
    kind: ProfileKind
    framework: str
    dimension_ids: tuple[str, ...]
    scores: tuple[Score, ...]
    mixture: tuple[tuple[str, float], ...] = ()
    own_errors: tuple[float, ...] = ()

    @property
    def sources(self) -> tuple[tuple[str, float], ...]:
        """The published profiles whose errors the scores carry, with their shares."""
        return self.mixture if self.own_errors else ((self.id, 1.0),)

    def errors(self, score_error: float) -> FloatArray:
        """Return the standard error of each score, shape (n_dimensions,) [points].

        `score_error` is that of a published score [points].
        """
        shared = score_error**2 * sum(share**2 for _, share in self.sources)
        own = np.square(self.own_errors or np.zeros(len(self.dimension_ids)))
        return np.asarray(np.sqrt(shared + own))

    def score(self, dimension_id: str) -> Score:
        """Return the score on one dimension."""
        return self.scores[self.dimension_ids.index(dimension_id)]

    @property
    def values(self) -> FloatArray:
        """The scores as an array of shape (n_dimensions,), NaN where one is missing."""
        return np.array([np.nan if s.value is None else s.value for s in self.scores])

    def is_from_framework(self, score: Score) -> bool:
        """Say whether a score of this party stands in its framework, and is no team's own."""
        return score.standing != "missing" and self.kind != "team"

    def dimensions_with(self, standing: Standing) -> tuple[str, ...]:
        """Return the ids of the dimensions whose score has that standing."""
        return tuple(
            dimension_id
            for dimension_id, score in zip(self.dimension_ids, self.scores, strict=True)
            if score.standing == standing
        )


def gap_errors(first: Profile, second: Profile, score_error: float) -> FloatArray:
    """Return the standard error of the gap on each dimension, shape (n_dimensions,) [points].

    What both sides are made from cancels out: a team of Dutch members and the Netherlands share
    the error of the Dutch scores.

    Parameters
    ----------
    first, second : Profile
        Of one framework.
    score_error : float
        Standard error of a published score [points].
    """
    shares: dict[str, float] = {}
    for profile, sign in ((first, 1.0), (second, -1.0)):
        for source, share in profile.sources:
            shares[source] = shares.get(source, 0.0) + sign * share
    own = [np.square(p.own_errors or np.zeros(len(p.dimension_ids))) for p in (first, second)]
    published = score_error**2 * sum(share**2 for share in shares.values())
    return np.asarray(np.sqrt(published + own[0] + own[1]))


def build_profile(tables: Tables, profile_id: str, settings: Settings) -> Profile:
    """Return a profile with the standing of each score.

    A profile's own score always comes before its region's. The region's is used only where the
    profile has none and `settings.published_only` is off. A part of a country (such as "South
    Africa, white sample") never fills the country.

    Raises
    ------
    UnknownProfileError
        `profile_id` is not in the tables.
    """
    if profile_id not in tables.profiles:
        raise UnknownProfileError(_unknown(tables, profile_id))
    record = tables.profiles[profile_id]
    framework = tables.frameworks[settings.framework]
    if profile_id in tables.own:
        return _own_profile(record, framework, tables.own[profile_id].scores(tables, settings))
    own = _published(framework, profile_id, settings)
    standing: Standing = "yours" if framework.own else "published"
    use_region = bool(record.region) and not settings.published_only
    regional = _published(framework, record.region if use_region else "", settings)
    return Profile(
        record.id,
        record.name,
        record.name_in_sentence,
        record.kind,
        framework.id,
        framework.dimension_ids,
        tuple(
            Score(float(mine), standing, record.id)
            if not np.isnan(mine)
            else Score(float(theirs), "regional", record.region)
            if not np.isnan(theirs)
            else Score(None, "missing", "")
            for mine, theirs in zip(own, regional, strict=True)
        ),
    )


def _published(framework: Framework, profile_id: str, settings: Settings) -> FloatArray:
    """Return a profile's scores in a framework, NaN for each where it has no row."""
    if profile_id not in framework.profile_ids:
        return np.full(len(framework.dimensions), np.nan)
    return np.asarray(framework.matrix(settings.unrounded)[framework.row(profile_id)])


def _own_profile(record: ProfileRecord, framework: Framework, found: OwnScores) -> Profile:
    return Profile(
        record.id,
        record.name,
        record.name_in_sentence,
        record.kind,
        framework.id,
        framework.dimension_ids,
        tuple(
            Score(None, "missing", "") if value is None else Score(value, "yours", record.id)
            for value in found.values
        ),
        found.mixture,
        found.errors,
    )


def find_profile(tables: Tables, text: str) -> str:
    """Return the id of the profile that a person means by an id, ISO code or name.

    Upper and lower case, accents, surrounding space and the dots of an abbreviation do not matter:
    `NLD`, `nl`, `528`, `Holland`, `the netherlands` and `N.L.` all give `NLD`.

    Raises
    ------
    UnknownProfileError
        Nothing goes by that name; the message names the nearest spellings.
    """
    found = known_profile(tables, text)
    if found is None:
        raise UnknownProfileError(_unknown(tables, text))
    return found


def known_profile(tables: Tables, text: str) -> str | None:
    """Return the id of the profile that goes by a text, as `find_profile` does; else None."""
    name = plain_name(text)
    return _names(tables).get(name) or _names(tables).get(_turned(name))


def _names(tables: Tables) -> dict[str, str]:
    """Every name a profile goes by; ids win over names, countries over parts and regions."""
    if tables not in _NAMES:
        _NAMES[tables] = _read_names(tables)
    return _NAMES[tables]


def _read_names(tables: Tables) -> dict[str, str]:
    names: dict[str, str] = {}
    for record in sorted(tables.profiles.values(), key=lambda record: record.kind != "country"):
        for name in (
            record.id, record.iso2, record.iso_numeric, record.iso_numeric.lstrip("0"),
            record.name, record.name_in_sentence, *record.other_names,
        ):  # fmt: skip
            if name:
                names.setdefault(plain_name(name), record.id)
    return {**names, **{plain_name(profile_id): profile_id for profile_id in tables.profiles}}


_TURNED = re.compile(r"([^,()]+?)(?:, | ?\()([^,()]+?)\)?")


def _turned(name: str) -> str:
    """Return a name of a list in the order in which it is spoken; others as they are.

    >>> _turned("korea, republic of"), _turned("iran (islamic republic of)"), _turned("korea")
    ('republic of korea', 'islamic republic of iran', 'korea')
    """
    parts = _TURNED.fullmatch(name)
    return f"{parts[2]} {parts[1]}" if parts else name


_APOSTROPHES = str.maketrans("’ʼ‘`´", "'" * 5)

_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\. ?(?=[^\W\d_](?!\w))")
"""A letter with a dot before another single letter: the `U.` of `U.K.` and of `U. K.`"""

_ABBREVIATED = re.compile(r"(?<=[^\W\d_])\.(?=(\w?))")
"""The dot after a letter; one in a number is part of it: `5.28` is not the code 528."""


def plain_name(text: str) -> str:
    """Return a name without case, accents, extra space and the dots of abbreviations.

    >>> plain_name("P.R. China"), plain_name(" U. K."), plain_name("Czech Rep.")
    ('pr china', 'uk', 'czech rep')
    """
    letters = " ".join(without_marks(text.translate(_APOSTROPHES)).casefold().split())
    if "." not in letters:
        return letters
    joined = _INITIAL.sub(r"\1", letters)
    return " ".join(_ABBREVIATED.sub(lambda dot: " " * bool(dot[1]), joined).split())


def _unknown(tables: Tables, text: str) -> str:
    if text.strip().upper().startswith("TEAM-"):
        return (
            f"“{text.strip()[:40]}” is a team of someone’s own that is not here: open the workspace"
            " that holds it, or choose a country."
        )
    shown = text if len(text) <= 40 else f"{text[:37]}..."
    without = _names_without(tables)
    code = without.get(plain_name(text[:60])) or without.get(_turned(plain_name(text[:60])))
    if code:
        name = next(name for name, held in tables.without_scores.items() if held == code)
        called = code if plain_name(name) == plain_name(text) else f"{name}, {code}"
        return (
            f"No framework here has scores of “{shown}” ({called}): choose another country, or make"
            " a team with scores of your own."
        )
    names = _names(tables)
    # Three letters that are no code are nearest to some code by chance: nothing is suggested then.
    asked = plain_name(text[:60])
    near = (
        difflib.get_close_matches(asked, names, n=_LOOKED_AT, cutoff=_CLOSE)
        if len(text) > 3
        else []
    )
    near = [name for name in near if _may_be_meant(asked, name)][:_MOST_SUGGESTED]
    found = list(dict.fromkeys(names[name] for name in near))
    hint = (
        "did you mean " + join([f"{tables.profiles[i].name} ({i})" for i in found], "or") + "?"
        if found
        else "use a three-letter ISO code or a name, for instance NLD or Netherlands."
    )
    return f"No country, part or region with scores goes by “{shown}”: {hint}"


def _names_without(tables: Tables) -> dict[str, str]:
    """Every name of a country that no framework has, and its code, with that code."""
    held = tables.without_scores
    return {plain_name(name): held.get(name, name) for name in (*held.values(), *held)}


_CLOSE = 0.75
"""Share of letters in common from which on one spelling may stand for another."""

_LOOKED_AT, _MOST_SUGGESTED = 12, 3

_TELLING = {
    **dict.fromkeys(("n", "north", "northern"), "north"),
    **dict.fromkeys(("s", "south", "southern"), "south"),
    **dict.fromkeys(("e", "east", "eastern"), "east"),
    **dict.fromkeys(("w", "west", "western"), "west"),
    **dict.fromkeys(("rep", "republic"), "republic"),
    **dict.fromkeys(("dem", "democratic", "dr", "dpr"), "democratic"),
    **{word: word for word in ("peoples", "black", "white")},
}
"""Words by which two parties of one name are told apart."""

_FILLING = frozenset({"the", "of", "and"})
_RUN_TOGETHER = re.compile(r"\b(north|south|east|west)(?:ern)?(?=[^\W\d_]{5})")


def _may_be_meant(asked: str, name: str) -> bool:
    """Say whether a close spelling may be what was meant, and not its opposite.

    `south korea` is close to `north korea`, and `people's republic of china` to that of Korea: the
    words that tell parties apart must be the same, and the rest be close without them.
    """
    told, rest = _taken_apart(asked)
    known, other = _taken_apart(name)
    return told == known and difflib.SequenceMatcher(None, rest, other).ratio() >= _CLOSE


def _taken_apart(name: str) -> tuple[frozenset[str], str]:
    """Return the telling words of a name, also misspelt ones, and what is left of it.

    A word as near to `north` as to `south` counts as both, which no name has.
    """
    spaced = _RUN_TOGETHER.sub(r"\1 ", re.sub("['’ʼ]", "", name))
    told: set[str] = set()
    rest = []
    for word in re.findall(r"\w+", spaced):
        near = [word] if word in _TELLING else _near_telling(word)
        told.update(_TELLING[one] for one in near)
        if not near and word not in _FILLING:
            rest.append(word)
    return frozenset(told), " ".join(rest)


def _near_telling(word: str) -> list[str]:
    if len(word) < 3:
        return []
    return difflib.get_close_matches(word, _TELLING, n=2, cutoff=0.8)
