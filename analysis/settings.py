"""The choices behind a comparison: one frozen value, checked once, usable as a cache key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.errors import SettingsError
from analysis.measures.registry import MEASURES
from analysis.tables import Dimension, Framework, Tables
from analysis.words import in_words, join

DEFAULT_FRAMEWORK = "hofstede-2015"
FEWEST_DIMENSIONS = 4
"""A pair that shares fewer gets no distance: with two the percentile moves by 20 points at the
median, with four by 10 (METHODS: missing dimensions)."""

BETWEEN_SHARE_RANGE = (0.10, 0.30)
HIGHEST_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """Which rows set the spread of a dimension and the pairs a percentile is taken among."""

    id: str
    label: str
    description: str


REFERENCE_RULES: Mapping[str, ReferenceRule] = {
    rule.id: rule
    for rule in (
        ReferenceRule(
            "complete",
            "Countries with every score",
            "countries that have all the framework's scores",
        ),
        ReferenceRule(
            "countries",
            "Countries with a score",
            "all countries that have a score, dimension by dimension",
        ),
        ReferenceRule(
            "all",
            "All rows with a score",
            "all rows with a score, regions and parts of countries among them",
        ),
    )
}


SEVERITY_RULES: Mapping[str, str] = {
    "closed_form": "By the closed form",
    "counted": "Counted among the pairs",
}
"""How the severity of a topic is read off its gap."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can choose, apart from the parties.

    `weights` belongs to `dimensions`, one for each, all above zero: a weight of zero takes the
    dimension out of `dimensions`. `score_error` is the standard error of a published score
    [points], `between_share` the share of the variation that lies between countries [0..1].
    """

    framework: str
    dimensions: tuple[str, ...]
    weights: tuple[float, ...]
    score_error: float
    measure: str = "konara_mohr"
    reference: str = "complete"
    published_only: bool = False
    unrounded: bool = False
    between_share: float = 0.20
    severity: str = "closed_form"


def default_settings(tables: Tables, framework_id: str = DEFAULT_FRAMEWORK) -> Settings:
    """Return the settings that hold until a person changes one."""
    framework = _framework(tables, framework_id)
    weights = tuple(1.0 for _ in framework.dimensions)
    return Settings(framework.id, framework.dimension_ids, weights, framework.score_error)


def make_settings(
    tables: Tables,
    *,
    framework: str = DEFAULT_FRAMEWORK,
    dimensions: Iterable[str] | None = None,
    weights: Mapping[str, float] | None = None,
    measure: str = "konara_mohr",
    reference: str = "complete",
    published_only: bool = False,
    unrounded: bool = False,
    score_error: float | None = None,
    between_share: float = 0.20,
    severity: str = "closed_form",
    too_few: bool = False,
) -> Settings:
    """Return checked settings; with `too_few` also ones that leave too few dimensions.

    A `score_error` of None is the framework's usual one.

    Raises
    ------
    SettingsError
        A value is unknown or out of its range, or the dimensions left are too few for a distance;
        the message names the setting, what was found and what it takes.
    """
    chosen = _framework(tables, framework)
    _one_of("measure", measure, MEASURES)
    _enough_for(measure, chosen)
    _one_of("reference set", reference, REFERENCE_RULES)
    _one_of("rule for severities", severity, SEVERITY_RULES)
    error = chosen.score_error if score_error is None else float(score_error)
    _in_range("error of a score", error, chosen.error_range, "points")
    _in_range("share of variation between countries", between_share, BETWEEN_SHARE_RANGE, "")
    kept, kept_weights = _dimensions(chosen, dimensions, weights or {})
    settings = replace(
        default_settings(tables, framework),
        dimensions=kept,
        weights=kept_weights,
        measure=measure,
        reference=reference,
        published_only=published_only,
        unrounded=unrounded,
        score_error=error,
        between_share=float(between_share),
        severity=severity,
    )
    if not too_few:
        require_enough(tables, settings)
    return settings


def fewest_dimensions(framework: Framework) -> int:
    """Return how many dimensions a distance needs: four, or all of a smaller framework."""
    return min(FEWEST_DIMENSIONS, len(framework.dimensions))


def enough_dimensions(framework: Framework, dimensions: Collection[str]) -> bool:
    """Say whether these dimensions are enough for a distance, a core one among them."""
    core = {d.id for d in framework.dimensions if d.core}
    return len(dimensions) >= fewest_dimensions(framework) and (
        not core or bool(core & set(dimensions))
    )


def require_enough(tables: Tables, settings: Settings) -> None:
    """Check that the dimensions in use are enough for a distance.

    Raises
    ------
    SettingsError
        Fewer than four are left, or none that a distance must have.
    """
    framework = tables.frameworks[settings.framework]
    kept, fewest = settings.dimensions, fewest_dimensions(framework)
    if enough_dimensions(framework, kept):
        return
    if len(kept) < fewest:
        others = join([_shown(d) for d in framework.dimensions if d.id not in kept], "or")
        raise SettingsError(
            f"A distance needs at least {in_words(fewest)} dimensions with a weight above zero, and"
            f" {in_words(len(kept))} {'is' if len(kept) == 1 else 'are'} left: add {others}."
        )
    core = join([_shown(d) for d in framework.dimensions if d.core], "or")
    raise SettingsError(f"A distance needs {core}, and neither is left: add one of them.")


def _enough_for(measure_id: str, framework: Framework) -> None:
    measure = MEASURES[measure_id]
    if len(framework.dimensions) < measure.fewest_dimensions:
        raise SettingsError(
            f"{measure.label} needs {in_words(measure.fewest_dimensions)} dimensions, and"
            f" {framework.short_name} has {in_words(len(framework.dimensions))}: choose another"
            " measure."
        )


def _shown(dimension: Dimension) -> str:
    return f"{dimension.name.lower()} ({dimension.id})"


def _framework(tables: Tables, framework_id: str) -> Framework:
    if framework_id.startswith("edition-") and framework_id not in tables.frameworks:
        raise SettingsError(
            f"“{framework_id[:40]}” is an edition of someone’s own that is not here: open the"
            " workspace that holds it, or go on with a framework that ships."
        )
    _one_of("framework", framework_id, tables.frameworks)
    return tables.frameworks[framework_id]


def _dimensions(
    framework: Framework, dimensions: Iterable[str] | None, weights: Mapping[str, float]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    wanted = framework.dimension_ids if dimensions is None else tuple(dimensions)
    for name in (*wanted, *weights):
        _one_of("dimension", name, framework.dimension_ids)
    for name, weight in weights.items():
        _in_range(f"weight of {name}", weight, (0.0, HIGHEST_WEIGHT), "")
    kept = tuple(d for d in framework.dimension_ids if d in wanted and weights.get(d, 1.0) > 0)
    return kept, tuple(float(weights.get(d, 1.0)) for d in kept)


def _one_of(what: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        shown = value if len(str(value)) <= 40 else f"{str(value)[:37]}..."
        raise SettingsError(f"“{shown}” is not a {what}: choose one of {', '.join(known)}.")


def _in_range(what: str, value: float, bounds: tuple[float, float], unit: str) -> None:
    if not bounds[0] <= value <= bounds[1]:  # a NaN fails this too
        span = f"{bounds[0]:g} to {bounds[1]:g}{' ' + unit if unit else ''}"
        raise SettingsError(f"The {what} is {value:g}: choose {span}.")
