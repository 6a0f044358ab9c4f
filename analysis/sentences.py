"""A comparison in plain words: the three sentences, what to keep in mind, and the settings."""

from __future__ import annotations

from analysis.comparison import Comparison, Gap
from analysis.measures.registry import LISTED, MEASURES
from analysis.settings import REFERENCE_RULES, Settings, default_settings
from analysis.tables import Tables
from analysis.words import capital, in_words, join, of_hundred, points

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
_CLOSE, _MIDDLE, _FAR = 25.0, 40.0, 75.0


def three_sentences(tables: Tables, comparison: Comparison) -> tuple[str, str, str]:
    """Return how far, where, and whether the measures agree.

    The comparison needs the interval of its headline measure.
    """
    return (
        _how_far(comparison),
        _where(tables, comparison),
        _agreement(comparison),
    )


def _how_far(comparison: Comparison) -> str:
    headline = comparison.headline
    rank = headline.percentile
    level = next(words for floor, words in _LEVELS if rank >= floor)
    names = f"{comparison.a.name_in_sentence} and {comparison.b.name_in_sentence}"
    sentence = f"{capital(names)} {level}: "
    low, high = headline.percentile_interval or (rank, rank)
    if rank >= _FAR:
        n, least = of_hundred(rank), of_hundred(low)
        share, end = f"farther than {n} of 100 country pairs", f"very likely farther than {least}"
        return f"{sentence}{share}, and {end}."
    if rank < _CLOSE:
        n, least = of_hundred(100 - rank), of_hundred(100 - high)
        share, end = f"nearer than {n} of 100 country pairs", f"very likely nearer than {least}"
        return f"{sentence}{share}, and {end}."
    return (
        f"{sentence}farther than {of_hundred(rank)} of 100 country pairs, likely between"
        f" {of_hundred(low)} and {of_hundred(high)}."
    )


def ordered_gaps(comparison: Comparison) -> list[Gap]:
    """Return the gaps that count, the widest in points first."""
    used = [comparison.gaps[d] for d in comparison.dimensions_used]
    return sorted(used, key=lambda gap: -abs(gap.points or 0.0))


def _where(tables: Tables, comparison: Comparison) -> str:
    framework = tables.frameworks[comparison.settings.framework]

    def named(gap: Gap) -> str:
        a, b = comparison.a.score(gap.dimension).value, comparison.b.score(gap.dimension).value
        name = framework.dimension(gap.dimension).name.lower()
        return f"{name} ({points(a or 0)} against {points(b or 0)})"

    first, second, *_, last = ordered_gaps(comparison)
    share = (first.contribution or 0) + (second.contribution or 0)
    closest = framework.dimension(last.dimension).name.lower()
    if not first.points:
        return "Their scores are the same on every dimension."
    start = (
        f"Most of it is {named(first)} and {named(second)}"
        if share > 0.5 and comparison.headline.percentile >= _MIDDLE
        else f"The widest gaps are on {named(first)} and {named(second)}"
    )
    return (
        f"{start}; on {closest} they score the same."
        if not last.points
        else f"{start}; they are closest on {named(last)}."
    )


def _agreement(comparison: Comparison) -> str:
    """Say whether the measures agree; each family of measures with one rank counts once."""
    ranks = {m.id: comparison.measures[m.id].percentile for m in LISTED if m.same_order_as == m.id}
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
    end = (
        "differences between companies and people will matter more"
        if comparison.headline.percentile < _MIDDLE
        else "the exact rank is not worth arguing about"
    )
    return f"Every way of measuring puts them {span} of 100, so {end}."


def notes(tables: Tables, comparison: Comparison) -> list[str]:
    """Return what a reader must keep in mind about missing and regional scores, if anything."""
    framework = tables.frameworks[comparison.settings.framework]
    found = []
    for profile in (comparison.a, comparison.b):
        in_use = comparison.settings.dimensions
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
                f"{who} {what}; there the scores published for {region} stand in (regional)."
            )
        if missing and not comparison.reason:
            names = join([framework.dimension(d).name.lower() for d in missing], "or")
            found.append(
                f"{who} has no score on {names}: the comparison, and the pairs it is ranked among,"
                f" rest on the other {in_words(len(comparison.dimensions_used))} dimensions."
            )
    return found


def changed_settings(tables: Tables, settings: Settings) -> list[str]:
    """Return the settings that differ from the defaults, each as a short phrase."""
    usual = default_settings(tables, settings.framework)
    said = []
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
    if settings.between_share != usual.between_share:
        said.append(f"{100 * settings.between_share:.0f} % of the variation between countries")
    return said


def source_line(tables: Tables, framework_id: str) -> str:
    """Return the line that stands under every chart: source and data version."""
    framework = tables.frameworks[framework_id]
    source = tables.sources[framework.source]
    authors = join(source.authors.split("; "))
    return (
        f"Source: {authors}, {source.title}, {source.published_in}. Parley data {tables.version}."
    )


def validity_sentence(tables: Tables, settings: Settings) -> str:
    """Return how well the distance agrees with other evidence, in plain words."""
    known = [v for v in tables.validity if v.framework == settings.framework]
    if not known:
        return "How well this distance predicts anything has not been measured."
    felt = next(v for v in known if v.criterion == "psychic-distance")
    others = [v for v in known if v.criterion != felt.criterion and v.measure == "kogut_singh"]
    rest = join(
        f"{v.criterion_plain} (correlation {v.value:.2f}, {v.pairs} pairs)"
        for v in others
        if v.dimensions == "six"
    )
    return (
        f"It tells something, not everything. Over {felt.pairs} pairs of {felt.countries} countries"
        f" the {MEASURES[felt.measure].label} distance goes along with {felt.criterion_plain} at a"
        f" correlation of {felt.value:.2f}; the distance on the map explains more. It also"
        f" goes along with {rest}. Take it as a reason to ask, not as an answer."
    )


def overlap_sentence(tables: Tables, comparison: Comparison) -> str:
    """Return how much the two populations have in common, for a comparison with a distance."""
    widest = ordered_gaps(comparison)[0]
    independent, correlated = comparison.overlap_independent, comparison.overlap_correlated
    if widest.overlap is None or independent is None or correlated is None:
        return ""
    framework = tables.frameworks[comparison.settings.framework]
    name = framework.dimension(widest.dimension).name.lower()
    other_way = 100 - round(100 * widest.overlap.superiority)
    low, high = sorted((round(100 * independent.share), round(100 * correlated.share)))
    overall = f"{low}" if low == high else f"{low} to {high}"
    return (
        f"Take one person from each side at random: on {name}, {other_way} of 100 such pairs are"
        f" the other way round from the two scores. On all dimensions together {overall} % of the"
        f" two populations overlap, and {100 - round(100 * independent.superiority)} of 100 pairs"
        " are the other way round."
    )
