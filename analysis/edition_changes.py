"""Two editions of a framework's scores side by side for a pair, and what changed.

Each edition ranks the pair among its own countries; no score of one ever enters the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from analysis.comparison import Comparison, References, compare
from analysis.profiles import Profile, gap_errors
from analysis.settings import Settings
from analysis.tables import Framework, Tables
from analysis.words import join, of_hundred

Kind = Literal["same", "within", "beyond", "unknown"]

_MOST = 0.5
"""Share of what changed in the squared gaps from which one dimension makes up most of it."""


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """One dimension in both editions.

    Attributes
    ----------
    dimension : str
    edition, base : tuple of (score of a, score of b, gap a minus b)
        In the person's edition and in the other [points]; None where there is none.
    change : float or None
        Gap in the edition minus gap in the base [points].
    error : float
        Standard error of that change [points]: both gaps' errors, taken as independent.
    kind : {"same", "within", "beyond", "unknown"}
        No change; one of less than its standard error; a larger one; or a gap is missing.
    """

    dimension: str
    edition: tuple[float | None, float | None, float | None]
    base: tuple[float | None, float | None, float | None]
    change: float | None
    error: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """A pair in two editions.

    `edition` and `base` are whole comparisons, with the interval of the headline measure and the
    number of reference pairs each; `sentence` says what changed, `notes` what to keep in mind.
    """

    edition: Comparison
    base: Comparison
    dimensions: tuple[DimensionChange, ...]
    sentence: str
    notes: tuple[str, ...]


def settings_beside(tables: Tables, settings: Settings, framework_id: str) -> Settings:
    """Return the same choices under another edition with the same dimensions."""
    unrounded = settings.unrounded and tables.frameworks[framework_id].has_unrounded
    return replace(settings, framework=framework_id, unrounded=unrounded)


def changes(
    references: References, a: str, b: str, edition_settings: Settings, base_settings: Settings
) -> EditionChanges:
    """Compare a pair under its scores in two editions.

    Parameters
    ----------
    references : References
        Of tables that hold both frameworks.
    a, b : str
        Profile ids.
    edition_settings, base_settings : Settings
        Under the person's edition, and under the framework to set beside it; of the same
        dimensions.

    Raises
    ------
    ValueError
        The two frameworks have not the same dimensions.
    """
    found = [
        compare(references, a, b, settings, (settings.measure,))
        for settings in (edition_settings, base_settings)
    ]
    return changes_between(references.tables, *found)


def changes_between(tables: Tables, edition: Comparison, base: Comparison) -> EditionChanges:
    """Return what changed between two comparisons of one pair (see `changes`)."""
    if edition.a.dimension_ids != base.a.dimension_ids:
        raise ValueError("two editions need the same dimensions")
    errors = np.hypot(*(gap_errors(c.a, c.b, c.settings.score_error) for c in (edition, base)))
    dimensions = tuple(
        _dimension(edition, base, d, float(error))
        for d, error in zip(edition.a.dimension_ids, errors, strict=True)
    )
    return EditionChanges(
        edition,
        base,
        dimensions,
        _sentence(tables, edition, base),
        _notes(tables, edition, base, dimensions),
    )


def _dimension(
    edition: Comparison, base: Comparison, dimension: str, error: float
) -> DimensionChange:
    after, before = (
        (c.a.score(dimension).value, c.b.score(dimension).value, c.gaps[dimension].points)
        for c in (edition, base)
    )
    if after[2] is None or before[2] is None:
        return DimensionChange(dimension, after, before, None, error, "unknown")
    change = after[2] - before[2]
    kind: Kind = "same" if change == 0 else "within" if abs(change) < error else "beyond"
    return DimensionChange(dimension, after, before, change, error, kind)


def _sentence(tables: Tables, edition: Comparison, base: Comparison) -> str:
    own, other = (tables.frameworks[c.settings.framework] for c in (edition, base))
    where = "In your edition" if own.own else f"In {own.short_name}"
    if edition.reason and base.reason:
        return f"Neither {own.short_name} nor {other.short_name} gives the pair a distance."
    if edition.reason:
        sides = [_lacking(p, edition.settings) for p in (edition.a, edition.b)]
        lacking = join(filter(None, sides))
        return (
            f"{where} the pair has no distance{f' ({lacking})' if lacking else ''}, and no score of"
            f" {other.short_name} stands in: there they stand at {_rank(base)} of 100."
        )
    if base.reason:
        return (
            f"{where} they stand at {_rank(edition)} of 100; {other.short_name} has no distance"
            " for the pair to set beside it."
        )
    same = _rank(edition) == _rank(base)
    what = _what_changed(own, edition, base, same=same)
    if same:
        return f"{where} they stand at {_rank(edition)} of 100, as in {other.short_name}; {what}."
    return f"{where} they stand at {_rank(edition)} instead of {_rank(base)}; {what}."


def _rank(found: Comparison) -> int:
    return of_hundred(found.headline.percentile)


def _lacking(profile: Profile, settings: Settings) -> str:
    missing = [d for d in profile.dimensions_with("missing") if d in settings.dimensions]
    if not missing:
        return ""
    if len(missing) == len(settings.dimensions):
        return f"it has no score of {profile.name_in_sentence}"
    return f"it lacks {join([d.upper() for d in missing])} of {profile.name_in_sentence}"


def _what_changed(
    framework: Framework, edition: Comparison, base: Comparison, *, same: bool
) -> str:
    """Say which score moved the pair, by what each dimension adds to the squared gaps.

    The dimension whose weighted squared standardised gap changed most in the direction of the
    whole, among those on which a score of the two differs.
    """
    shared = [d for d in edition.dimensions_used if d in base.dimensions_used]
    moved = {
        d: _part(edition, d) - _part(base, d)
        for d in shared
        if _scores(edition, d) != _scores(base, d)
    }
    if not moved:
        alike = np.isclose(edition.headline.value, base.headline.value, rtol=1e-9) and same
        others = "" if alike else ", only the countries that they are ranked among differ"
        return f"the scores of the two are the same in both{others}"
    total = sum(_part(edition, d) for d in shared) - sum(_part(base, d) for d in shared)
    same_way = {d: part for d, part in moved.items() if part * total > 0} or moved
    most = max(same_way, key=lambda d: abs(same_way[d]))
    share = abs(moved[most]) / (sum(abs(part) for part in moved.values()) or 1.0)
    start = (
        "what changed most is"
        if same
        else "most of the change is"
        if share > _MOST
        else "the largest part of the change is"
    )
    name, shown = framework.dimension(most).name.lower(), framework.shown
    (a, b), (a_before, b_before) = _scores(edition, most), _scores(base, most)
    if a != a_before and b != b_before:
        now = f"{shown(a or 0)} against {shown(b or 0)}"
        before = f"{shown(a_before or 0)} against {shown(b_before or 0)}"
        return f"{start} {name}, {now} instead of {before}"
    side, new, old = (edition.a, a, a_before) if a != a_before else (edition.b, b, b_before)
    return (
        f"{start} {name} of {side.name_in_sentence}, {shown(new or 0)} instead of {shown(old or 0)}"
    )


def _part(found: Comparison, dimension: str) -> float:
    settings = found.settings
    weight = settings.weights[settings.dimensions.index(dimension)]
    return float(weight * (found.gaps[dimension].standardised or 0.0) ** 2)


def _scores(found: Comparison, dimension: str) -> tuple[float | None, float | None]:
    return found.a.score(dimension).value, found.b.score(dimension).value


def _signed(framework: Framework, change: float) -> str:
    return f"{'+' if change > 0 else ''}{framework.shown(change)} points"


def _notes(
    tables: Tables,
    edition: Comparison,
    base: Comparison,
    dimensions: tuple[DimensionChange, ...],
) -> tuple[str, ...]:
    own, other = (tables.frameworks[c.settings.framework] for c in (edition, base))
    known = [d for d in dimensions if d.change is not None]
    notes = []
    if not edition.reason and not base.reason:
        part = ", so part of a changed rank can come from the other countries"
        notes.append(
            f"The rank is taken among {edition.reference_pairs:,} pairs of {own.short_name} and"
            f" {base.reference_pairs:,} of {other.short_name}"
            f"{'' if _rank(edition) == _rank(base) else part}."
        )
        ranges = [c.headline.percentile_interval for c in (edition, base)]
        if _rank(edition) != _rank(base) and ranges[0] and ranges[1]:
            meet = max(r[0] for r in ranges if r) <= min(r[1] for r in ranges if r)
            notes.append(
                "Their likely ranges overlap, so errors in the scores may be all of it."
                if meet
                else "Their likely ranges do not even meet."
            )
    beyond, within = (
        [f"{own.dimension(d.dimension).name.lower()} ({_signed(own, d.change)})" for d in known
         if d.kind == kind and d.change is not None]
        for kind in ("beyond", "within")
    )  # fmt: skip
    if beyond:
        notes.append(f"The gap changed on {join(beyond)}.")
    if within:
        errors = {own.shown(round(d.error)) for d in known if d.kind == "within"}
        limit = f" of {min(errors)} points" if len(errors) == 1 else ""
        notes.append(
            f"On {join(within)} the gap changed by less than the error{limit} that the four scores"
            " behind the change have together: it may be no change at all."
        )
    lost = [own.dimension(d.dimension).name.lower() for d in dimensions if d.kind == "unknown"]
    if lost:
        notes.append(f"On {join(lost)} one of the two has no gap, so nothing can be said.")
    return tuple(notes)
