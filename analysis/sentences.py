"""A comparison in plain words: the three sentences, what to keep in mind, and the settings."""

from __future__ import annotations

import numpy as np

from analysis.comparison import Comparison, Gap
from analysis.measures.registry import MEASURES
from analysis.settings import (
    DEFAULT_FRAMEWORK,
    REFERENCE_RULES,
    SEVERITY_RULES,
    Settings,
    default_settings,
)
from analysis.tables import Framework, Tables
from analysis.words import capital, in_words, join, of_hundred

DISAGREEMENT = 10.0
"""Percentile points between the lowest and the highest measure above which the text says so."""

CAVEAT = (
    "National scores are averages of many people; about 80 % of the variation in values lies inside"
    " countries. They say nothing about the person opposite."
)

_LEVELS = (
    (75.0, "stand far apart"),
    (60.0, "stand fairly far apart"),
    (40.0, "stand about as far apart as two countries usually do"),
    (25.0, "are fairly close"),
    (0.0, "are close"),
)
_CLOSE, _EVEN, _FAR = 25.0, 50.0, 75.0
_OPEN = 65.0
"""Percentile points from which on a range leaves the answer open. The ranges of two countries that
ship are narrower, with the usual error of a score; those of a team of two or three are wider."""
_WIDE = 4.0
"""A gap is wide from this many errors of a score on: 30 points of Hofstede's 100."""


FEW_PAIRS = 300
"""Pairs of a reference set below which a rank is told as a count of them, not out of a hundred."""


def of_pairs(tables: Tables, comparison: Comparison, percent: float) -> tuple[int, str]:
    """Return a share of the reference pairs as a count, and out of what it is.

    Out of a hundred, or out of the pairs themselves where they are fewer than 300.

    Parameters
    ----------
    percent : float
        A percentile among the reference pairs, 0 to 100.
    """
    pairs = comparison.reference_pairs
    if pairs >= FEW_PAIRS:
        return of_hundred(percent), "100 country pairs"
    own = tables.frameworks[comparison.settings.framework].own
    whole = f"the {pairs} pairs in your file" if own else f"{pairs} country pairs"
    return round(percent * pairs / 100), whole


def three_sentences(tables: Tables, comparison: Comparison) -> tuple[str, str, str]:
    """Return how far, where, and whether the measures agree.

    The comparison needs the interval of its headline measure.
    """
    return (
        _how_far(tables, comparison),
        _where(tables, comparison),
        _agreement(comparison),
    )


def leaves_open(interval: tuple[float, float] | None) -> bool:
    """Say whether a range of percentiles is so wide that no verdict can be given on it."""
    return interval is not None and interval[1] - interval[0] >= _OPEN


def _how_far(tables: Tables, comparison: Comparison) -> str:
    headline = comparison.headline
    rank = headline.percentile
    level = next(words for floor, words in _LEVELS if rank >= floor)
    names = f"{comparison.a.name_in_sentence} and {comparison.b.name_in_sentence}"
    low, high = headline.percentile_interval or (rank, rank)
    (n, whole), (least, _), (most, _) = (
        of_pairs(tables, comparison, percent) for percent in (rank, low, high)
    )
    if leaves_open((low, high)):
        return (
            f"How far apart {names} stand cannot be told from scores this uncertain: they put them"
            f" farther apart than {n} of {whole}, and likely anywhere from {least} to {most}."
        )
    total = 100 if comparison.reference_pairs >= FEW_PAIRS else comparison.reference_pairs
    sure = low >= _EVEN if rank >= _FAR else high <= _EVEN if rank < _CLOSE else False
    verb, rest = level.split(" ", 1)
    if not sure:
        level = f"are probably {rest}" if verb == "are" else f"probably {level}"
    sentence = f"{capital(names)} {level}: "
    if rank >= _FAR:
        share, end = f"farther than {n} of {whole}", f"very likely farther than {least}"
        return f"{sentence}{share}, and {end}."
    if rank < _CLOSE:
        share, end = f"nearer than {total - n} of {whole}", f"nearer than {total - most}"
        return f"{sentence}{share}, and very likely {end}."
    return f"{sentence}farther than {n} of {whole}, likely between {least} and {most}."


def ordered_gaps(comparison: Comparison) -> list[Gap]:
    """Return the gaps that count, the widest in points first."""
    used = [comparison.gaps[d] for d in comparison.dimensions_used]
    return sorted(used, key=lambda gap: -abs(gap.points or 0.0))


def _where(tables: Tables, comparison: Comparison) -> str:
    framework = tables.frameworks[comparison.settings.framework]

    def named(gap: Gap) -> str:
        a, b = comparison.a.score(gap.dimension).value, comparison.b.score(gap.dimension).value
        name = framework.dimension(gap.dimension).name.lower()
        return f"{name} ({framework.shown(a or 0)} against {framework.shown(b or 0)})"

    first, *others = ordered_gaps(comparison)
    if not first.points:
        return "Their scores are the same on every dimension."
    if not others:
        return f"All that counts here is {named(first)}."
    second, last = others[0], others[-1]
    if second is last:
        return f"The wider gap is on {named(first)}, the narrower on {named(last)}."
    closest = framework.dimension(last.dimension).name.lower()
    start = f"The widest gaps are on {named(first)} and {named(second)}"
    most = _most_of_it(comparison)
    if most:
        start = f"Most of it is {join(named(gap) for gap in most)}"
    return (
        f"{start}; on {closest} they score the same."
        if not last.points
        else f"{start}; they are closest on {named(last)}."
    )


def _most_of_it(comparison: Comparison) -> list[Gap]:
    """Return the one or two dimensions that make up over half of the distance, if so few do.

    Only for a pair that is not close, and for measures that add up like the Kogut-Singh index.
    """
    alike = MEASURES[comparison.settings.measure].same_order_as == "konara_mohr"
    if not alike or comparison.headline.percentile < _EVEN:
        return []
    by_part = sorted(ordered_gaps(comparison), key=lambda gap: -(gap.contribution or 0))
    parts = [gap.contribution or 0 for gap in by_part]
    few = 1 if parts[0] > 0.5 else 2 if parts[0] + parts[1] > 0.5 else 0
    return [gap for gap in ordered_gaps(comparison) if gap in by_part[:few]]


def _agreement(comparison: Comparison) -> str:
    """Say whether the measures agree; each family of measures with one rank counts once."""
    if len(comparison.dimensions_used) == 1:
        return (
            "With one dimension every measure ranks the pair alike; one number is thin ground, so"
            " look at another framework too."
        )
    ranks = {m.id: found.percentile for m, found in comparison.listed if m.same_order_as == m.id}
    low, high = min(ranks, key=ranks.__getitem__), max(ranks, key=ranks.__getitem__)
    if ranks[high] - ranks[low] > DISAGREEMENT:
        return (
            f"The measures disagree: {MEASURES[low].in_sentence} puts them at"
            f" {of_hundred(ranks[low])} and {MEASURES[high].in_sentence} at"
            f" {of_hundred(ranks[high])}, so treat the rank as a range."
        )
    span = (
        f"at {of_hundred(ranks[low])}"
        if of_hundred(ranks[low]) == of_hundred(ranks[high])
        else f"between {of_hundred(ranks[low])} and {of_hundred(ranks[high])}"
    )
    widest = abs(ordered_gaps(comparison)[0].points or 0)
    wide = _WIDE * comparison.settings.score_error
    close = comparison.headline.percentile < _CLOSE and widest < wide
    if close and not leaves_open(comparison.headline.percentile_interval):
        return (
            f"Every way of measuring puts them {span} of 100, and no gap is wide:"
            " look to the companies and people first."
        )
    return (
        f"Every way of measuring puts them {span} of 100; the error in the scores moves the rank"
        " more than the choice of measure."
    )


def notes(tables: Tables, comparison: Comparison) -> list[str]:
    """Return what a reader must keep in mind about missing and regional scores, if anything."""
    framework = tables.frameworks[comparison.settings.framework]
    found = _own_edition(tables, framework, comparison)
    for profile in (comparison.a, comparison.b):
        in_use = comparison.settings.dimensions
        is_own = profile.kind == "team"
        if is_own and any(d in in_use for d in profile.dimensions_with("yours")):
            sure = (
                "How sure they are follows from the people behind them."
                if profile.mixture
                else "Where you gave no spread with a size they count as sure as published ones."
            )
            found.append(f"The scores of {profile.name_in_sentence} are yours. {sure}")
        regional = [d for d in profile.dimensions_with("regional") if d in in_use]
        missing = [d for d in profile.dimensions_with("missing") if d in in_use]
        who = capital(profile.name_in_sentence)
        if regional:
            region = tables.profiles[profile.score(regional[0]).origin].name_in_sentence
            names = join([framework.dimension(d).name.lower() for d in regional], "or")
            what = (
                "has no scores of its own"
                if len(regional) == len(in_use)
                else f"has no score of its own on {names}"
            )
            found.append(
                f"{who} {what}; the scores published for {region} stand in (regional). How far it"
                " may differ from its region is not part of the ranges given."
            )
        if missing and not comparison.reason:
            names = join([framework.dimension(d).name.lower() for d in missing], "or")
            found.append(
                f"{who} has no score on {names}: the comparison, and the pairs it is ranked among,"
                f" rest on the other {in_words(len(comparison.dimensions_used))} dimensions."
            )
    return found


def _own_edition(tables: Tables, framework: Framework, comparison: Comparison) -> list[str]:
    """Say under an edition of one's own what everything is measured against."""
    if not framework.own:
        return []
    base = tables.frameworks[framework.base].short_name
    countries = sum(
        tables.profiles[profile].kind == "country" and bool(np.isfinite(row).all())
        for profile, row in zip(framework.profile_ids, framework.scores, strict=True)
    )
    pairs = comparison.reference_pairs
    few = f" With {pairs} pairs, “of 100” is a share of those." if 0 < pairs < FEW_PAIRS else ""
    return [
        f"All scores are those that you uploaded as {framework.short_name}, not checked. Distances,"
        f" ranks and frictions are measured among its own countries ({countries} have every score);"
        f" none of {base} is mixed in.{few}"
    ]


def changed_settings(tables: Tables, settings: Settings) -> list[str]:
    """Return the settings that differ from the defaults, each as a short phrase."""
    usual = default_settings(tables, settings.framework)
    said = []
    if settings.framework != DEFAULT_FRAMEWORK:
        said.append(f"scores of {tables.frameworks[settings.framework].short_name}")
    if settings.dimensions != usual.dimensions:
        said.append("only " + join([d.upper() for d in settings.dimensions]))
    weighted = [
        f"{d.upper()} × {w:g}"
        for d, w in zip(settings.dimensions, settings.weights, strict=True)
        if w != 1
    ]
    if weighted:
        said.append("weights " + join(weighted))
    if settings.measure != usual.measure:
        said.append(f"headline {MEASURES[settings.measure].label}")
    if settings.reference != usual.reference:
        said.append(f"reference: {REFERENCE_RULES[settings.reference].description}")
    if settings.published_only:
        said.append("published scores only")
    if settings.unrounded:
        said.append("scores unrounded")
    if settings.score_error != usual.score_error:
        said.append(f"error of a score {settings.score_error:g} points")
    if settings.severity != usual.severity:
        said.append(f"severities {SEVERITY_RULES[settings.severity].lower()}")
    if settings.between_share != usual.between_share:
        said.append(f"{100 * settings.between_share:.0f} % of the variation between countries")
    return said


def source_line(tables: Tables, framework_id: str) -> str:
    """Return the line that stands under every chart: source and data version."""
    framework = tables.frameworks[framework_id]
    if framework.own:
        return (
            f"Source: scores that you uploaded as {framework.short_name}, not checked. Parley data"
            f" {tables.version}."
        )
    source = tables.sources[framework.source]
    authors = join(source.authors.split("; "))
    return (
        f"Source: {authors}, {source.title}, {source.published_in}. Parley data {tables.version}."
    )


def validity_sentence(tables: Tables, settings: Settings) -> str:
    """Return how well the distance agrees with other evidence, in plain words."""
    held = [v for v in tables.validity if v.framework == settings.framework]
    if not held:
        return "How well this distance agrees with other evidence has not been measured."
    usual = default_settings(tables, settings.framework)
    dimensions = _dimension_set(tables, settings)
    own = [v for v in held if v.dimensions == dimensions and v.measure == settings.measure]
    if set(settings.weights) != {1.0} or not own:
        own = [v for v in held if v.dimensions == "six" and v.measure == usual.measure]
        opening = "For these settings nobody has measured it. With the default ones it"
    else:
        opening = "It tells something, not everything. It"
    alike = MEASURES[own[0].measure].same_order_as
    # A rank correlation is the same for every measure that ranks pairs alike.
    own += [
        v
        for v in held
        if v not in own
        and v.statistic == "spearman"
        and v.dimensions == own[0].dimensions
        and MEASURES[v.measure].same_order_as == alike
    ]
    said = join(
        f"{v.criterion_plain} ({'rank ' if v.statistic == 'spearman' else ''}correlation"
        f" {v.value:.2f}, {v.pairs} pairs of {v.countries} countries)"
        for v in own
    )
    return f"{opening} correlates with {said}. Take it as a reason to ask, not as an answer."


def _dimension_set(tables: Tables, settings: Settings) -> str:
    dimensions = tables.frameworks[settings.framework].dimensions
    names = {
        tuple(d.id for d in dimensions): "six",
        tuple(d.id for d in dimensions if d.classic): "classic",
    }
    return names.get(settings.dimensions, "")


def overlap_sentence(tables: Tables, comparison: Comparison) -> str:
    """Return how much the two populations have in common, for a comparison with a distance."""
    independent, correlated = comparison.overlap_independent, comparison.overlap_correlated
    least = least_overlap(comparison)
    if least.overlap is None or independent is None or correlated is None:
        return ""
    framework = tables.frameworks[comparison.settings.framework]
    name = framework.dimension(least.dimension).name.lower()
    other_way = 100 - round(100 * least.overlap.superiority)
    low, high = sorted((round(100 * independent.share), round(100 * correlated.share)))
    overall = f"{low}" if low == high else f"{low} to {high}"
    together = (
        f"There {overall} % of the two populations overlap."
        if len(comparison.dimensions_used) == 1
        else f"All dimensions at once tell people apart better than any one of them: {overall} % of"
        " the two populations overlap then."
    )
    return (
        f"Take one person from each side at random: on {name}, {other_way} of 100 such pairs are"
        f" the other way round from the two scores. {together}"
    )


def least_overlap(comparison: Comparison) -> Gap:
    """Return the dimension on which the two populations have the least in common."""
    return min(ordered_gaps(comparison), key=lambda gap: gap.overlap.share if gap.overlap else 1.0)
