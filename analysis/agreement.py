"""What each framework says about the same pair, and whether they agree.

Every framework ranks a pair among the pairs of its own countries, with its own dimensions and the
error of its own scores. The ranks can be set side by side; the distances cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.comparison import Comparison, MeasureResult
from analysis.measures.registry import MEASURES
from analysis.profiles import Profile
from analysis.settings import Settings, default_settings
from analysis.tables import Framework, Tables
from analysis.words import in_words, join, of_hundred

Verdict = Literal["agree", "same side", "disagree", "one", "none"]

NEAR = 25
"""Percentile points within which ranks count as near each other: a quarter of all pairs."""

MIDDLE = 50

_THIN = 1
"""Dimensions up to which a framework is thin ground."""


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """What one framework says about a pair.

    Attributes
    ----------
    framework, name, source : str
        Its id, its short name, and the id of the source its scores are from.
    in_use : bool
        Whether the page rests on it, with the person's own settings; the others stand at their
        defaults.
    result : MeasureResult or None
        Distance and rank with their intervals; None where the framework does not know both.
    measure : str
        By which measure.
    dimensions : tuple of str
        The dimensions that the pair is compared on.
    pairs : int
        How many pairs the rank is taken among.
    score_error : float
        Standard error of a score behind the intervals, in the framework's own points.
    reason : str
        Why there is no rank, as part of a sentence; else empty.
    """

    framework: str
    name: str
    source: str
    in_use: bool
    result: MeasureResult | None
    measure: str
    dimensions: tuple[str, ...]
    pairs: int
    score_error: float
    reason: str

    @property
    def rank(self) -> int:
        """The rank as it is shown, a count out of a hundred pairs; ValueError where none is."""
        return of_hundred(self._known.percentile)

    @property
    def span(self) -> tuple[int, int]:
        """Where the rank likely lies, as it is shown; ValueError where there is none."""
        low, high = self._known.percentile_interval or (self._known.percentile,) * 2
        return of_hundred(low), of_hundred(high)

    @property
    def _known(self) -> MeasureResult:
        if self.result is None:
            raise ValueError(f"{self.name} does not rank the pair.")
        return self.result


@dataclass(frozen=True, slots=True)
class Agreement:
    """Every framework's view of a pair, the one in use first, and whether they agree.

    `sentence` says it, `notes` what to keep in mind; neither names a party.
    """

    views: tuple[FrameworkView, ...]
    verdict: Verdict
    sentence: str
    notes: tuple[str, ...]

    @property
    def known(self) -> tuple[FrameworkView, ...]:
        """The frameworks that rank the pair."""
        return tuple(view for view in self.views if view.result)

    @property
    def caution(self) -> str:
        """A sentence to set beside the rank of the framework in use; empty unless they disagree."""
        if self.verdict != "disagree" or not self.views[0].result:
            return ""
        used = self.views[0]
        other = max(self.known, key=lambda view: abs(view.rank - used.rank))
        only = "only " if other.rank < used.rank else ""
        return (
            f"Not every survey agrees: {other.name} puts the pair farther apart than {only}"
            f"{other.rank} of 100 pairs ({_likely(other)}), so treat the distance as open."
        )

    @property
    def silent(self) -> tuple[str, ...]:
        """A line for the frameworks that do not rank the pair, by their reason."""
        by_reason: dict[str, list[str]] = {}
        for view in self.views:
            if not view.result:
                by_reason.setdefault(view.reason, []).append(view.name)
        return tuple(f"{join(names)}: {reason}." for reason, names in by_reason.items())


def settings_under(tables: Tables, settings: Settings, framework_id: str) -> Settings:
    """Return another framework's default settings with the choices that fit every framework.

    Those are the headline measure, where the framework has dimensions enough for it, the rule for
    the reference set, and published scores only.
    """
    usual = default_settings(tables, framework_id)
    fits = MEASURES[settings.measure].fewest_dimensions <= len(usual.dimensions)
    return replace(
        usual,
        measure=settings.measure if fits else usual.measure,
        reference=settings.reference,
        published_only=settings.published_only,
    )


def find_agreement(
    tables: Tables, pair: Comparison, compare_under: Callable[[Settings], Comparison]
) -> Agreement:
    """Return what every framework says about a pair, and whether they agree.

    Numbers count as they are shown, so that a reader can follow the rule:

    - the frameworks *agree* where every likely range overlaps every other and all ranks lie within
      25 percentile points of each other;
    - they agree on the *same side* where they do not, but all ranks lie above 50, or all below;
    - else they *disagree*.

    An edition of a person's own and the framework it renews are one opinion: of such the one in use
    counts, or else the first.

    The rule is a choice made here and no test of significance: two ranges of 95 % may overlap
    although the difference is not due to chance alone.

    Parameters
    ----------
    tables : Tables
    pair : Comparison
        In the framework in use, with the interval of its headline measure.
    compare_under : callable
        Returns the comparison of the same pair under other settings, with the interval of their
        headline measure.
    """
    used = tables.frameworks[pair.settings.framework]
    opinions = {_renewed(used): used}
    for framework in tables.frameworks.values():
        opinions.setdefault(_renewed(framework), framework)
    others = (framework.id for framework in opinions.values() if framework is not used)
    compared = [compare_under(settings_under(tables, pair.settings, i)) for i in others]
    views = tuple(_view(tables, pair, found) for found in (pair, *compared))
    known = [view for view in views if view.result]
    verdict = _verdict(known)
    notes = (
        *_thin_ground(known),
        *_not_independent(known),
        *_other_measures(known, pair.settings.measure),
    )
    return Agreement(views, verdict, _sentence(known, verdict), notes)


def surely_on_side(known: Sequence[FrameworkView]) -> list[FrameworkView]:
    """Return those of the frameworks whose whole likely range lies on one side of the middle."""
    return [view for view in known if view.span[0] > MIDDLE or view.span[1] < MIDDLE]


def _renewed(framework: Framework) -> str:
    """The framework that an edition renews; a framework that ships stands for itself."""
    return framework.base or framework.id


def _view(tables: Tables, pair: Comparison, found: Comparison) -> FrameworkView:
    framework, settings = tables.frameworks[found.settings.framework], found.settings
    return FrameworkView(
        framework.id,
        framework.short_name,
        framework.source,
        framework.id == pair.settings.framework,
        None if found.reason else found.headline,
        settings.measure,
        found.dimensions_used,
        found.reference_pairs,
        settings.score_error,
        _why_not(tables, framework, found) if found.reason else "",
    )


def _why_not(tables: Tables, framework: Framework, found: Comparison) -> str:
    """Return which side lacks scores, with the samples of its parts where there are any."""
    if found.a.id == found.b.id:
        return "both sides are the same"
    sides = (found.a, found.b)
    in_use = set(found.settings.dimensions)
    bare = [p for p in sides if in_use <= set(p.dimensions_with("missing"))]
    if not bare:
        if not found.dimensions_used:
            return "the two share no score of their own"
        count = in_words(len(found.dimensions_used))
        return f"the two share {count} of its {in_words(len(framework.dimensions))} scores"
    own = "published " if found.settings.published_only else ""
    names = join([p.name_in_sentence for p in bare], "or")
    parts = [name for p in bare for name in _parts(tables, framework, p)]
    instead = f"; it holds {join(parts)}, which can be chosen instead" if parts else ""
    return f"no {own}score for {names}{instead}"


def _parts(tables: Tables, framework: Framework, profile: Profile) -> list[str]:
    return [
        record.name_in_sentence
        for record in tables.profiles.values()
        if record.parent == profile.id and record.id in framework.profile_ids
    ]


def _verdict(known: Sequence[FrameworkView]) -> Verdict:
    if len(known) < 2:
        return "one" if known else "none"
    ranks = [view.rank for view in known]
    least, most = _fits_all(known)
    if least <= most and max(ranks) - min(ranks) <= NEAR:
        return "agree"
    return "same side" if min(ranks) > MIDDLE or max(ranks) < MIDDLE else "disagree"


def _fits_all(known: Sequence[FrameworkView]) -> tuple[int, int]:
    """Return the first and last rank inside every likely range; turned round where none is.

    Ranges that overlap two by two have a part in common to all, so this decides for every pair.
    """
    return max(view.span[0] for view in known), min(view.span[1] for view in known)


def _sentence(known: Sequence[FrameworkView], verdict: Verdict) -> str:
    if verdict == "none":
        return "No framework here knows both, so there is no rank to compare."
    if verdict == "one":
        return (
            f"Only {known[0].name} knows both, so there is no second opinion: what it says stands"
            " alone."
        )
    ordered = sorted(known, key=lambda view: view.rank)
    low, high = ordered[0], ordered[-1]
    if verdict == "agree":
        count = "both" if len(known) == 2 else f"all {in_words(len(known))}"
        least, most = _fits_all(known)
        common = f"any rank between {least} and {most} fits" if least < most else f"{least} fits"
        run = (
            f"at {low.rank}"
            if low.rank == high.rank
            else f"between {low.rank} ({_named(low)}) and {high.rank} ({_named(high)})"
        )
        return (
            f"The frameworks agree: {count}{_surveys(known)} put the pair {run} of 100, and"
            f" {common} {count}."
        )
    if verdict == "same side":
        return _one_side(known, low, high)
    apart = (
        "these ranges overlap, so error in the scores may be part of it"
        if low.span[1] >= high.span[0]
        else "these ranges do not even meet"
    )
    return (
        f"The frameworks do not agree: {high.name} puts the pair at {high.rank} of 100"
        f" ({_likely(high)}), {low.name} at {low.rank} ({_likely(low)}); {apart}. Treat the"
        " distance as open and look at the dimensions one by one."
    )


def _one_side(known: Sequence[FrameworkView], low: FrameworkView, high: FrameworkView) -> str:
    """Say that all ranks lie on one side of the middle, and which of them only probably do."""
    side, word = ("farther apart", "farther") if low.rank > MIDDLE else ("nearer", "nearer")
    count = "Both" if len(known) == 2 else f"All {in_words(len(known))}"
    sure = surely_on_side(known)
    open_to_doubt = [view.name for view in known if view not in sure]
    if not open_to_doubt:
        how_sure, probably = "each of them surely", ""
    elif not sure:
        how_sure, probably = "none of them surely", "probably "
    else:
        unsure = f"{in_words(len(open_to_doubt))} only probably ({join(open_to_doubt)})"
        how_sure, probably = f"{in_words(len(sure))} surely, {unsure}", "probably "
    return (
        f"{count}{_surveys(known)} point to {side} than the middle pair, {how_sure}. They do"
        f" not agree on the size: from {low.rank} ({_named(low)}) to {high.rank} ({_named(high)})"
        f" of 100. Take “{probably}{word} than most” as the finding and leave the rank open."
    )


def _surveys(known: Sequence[FrameworkView]) -> str:
    """Return how many surveys the frameworks come from, where that is fewer."""
    count = len({view.source for view in known})
    if count == len(known):
        return ""
    return f", from {in_words(count)} survey{'' if count == 1 else 's'},"


def _named(view: FrameworkView) -> str:
    return f"{view.name}, {_likely(view)}"


def _likely(view: FrameworkView) -> str:
    return f"likely {view.span[0]} to {view.span[1]}"


def _thin_ground(known: Sequence[FrameworkView]) -> list[str]:
    """Say which frameworks rank on one dimension, and what the others say without them."""
    thin = [view for view in known if len(view.dimensions) <= _THIN]
    others = [view for view in known if view not in thin]
    if not thin:
        return []
    rank, it = ("ranks", "it") if len(thin) == 1 else ("rank", "them")
    said = f"{join(view.name for view in thin)} {rank} on one dimension alone, which is thin ground"
    if len(others) < 2:
        return [f"{said}."]
    verdict = _verdict(others)
    without = "the finding is the same" if verdict == _verdict(known) else _WITHOUT[verdict]
    return [f"{said}; without {it} {without}."]


_WITHOUT: Mapping[Verdict, str] = {
    "agree": "the others agree",
    "same side": "the others agree on the side but not on the size",
    "disagree": "the others do not agree",
}


def _not_independent(known: Sequence[FrameworkView]) -> list[str]:
    """Say which frameworks come from one survey and are no two opinions."""
    by_source: dict[str, list[str]] = {}
    for view in known:
        by_source.setdefault(view.source, []).append(view.name)
    return [
        f"{join(names)} come from one survey and are not independent of each other."
        for names in by_source.values()
        if len(names) > 1
    ]


def _other_measures(known: Sequence[FrameworkView], usual: str) -> list[str]:
    return [
        f"{view.name} ranks by {MEASURES[view.measure].label}: {MEASURES[usual].label} takes"
        f" {in_words(MEASURES[usual].fewest_dimensions)} dimensions."
        for view in known
        if view.measure != usual
    ]
