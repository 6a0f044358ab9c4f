"""What each added column holds, in a sentence: for the page and for the JSON beside a result."""

from __future__ import annotations

from analysis.bulk.pair_table import column_names, topic_column
from analysis.bulk.request import Extras
from analysis.knowledge import Knowledge
from analysis.measures.registry import MEASURES
from analysis.settings import REFERENCE_RULES, Settings
from analysis.uncertainty import DRAWS
from analysis.words import of_points

_STANDING = (
    "Where the scores of {side} come from: published, regional (those of the region that a country"
    " was counted in), yours, or missing; with a plus sign between where they differ."
)


def column_meanings(
    knowledge: Knowledge, settings: Settings, measures: tuple[str, ...], extras: Extras
) -> dict[str, str]:
    """Return a sentence for each column that is added, in the order of the columns."""
    told: dict[str, str] = {}
    for measure in measures:
        told |= _of_measure(measure, settings)
    told["k"] = "On how many dimensions both have a score; the distance rests on these."
    told["standing_a"] = _STANDING.format(side="the first party")
    told["standing_b"] = _STANDING.format(side="the second party")
    told |= {
        topic_column(topic.id): f"Severity of “{topic.title}”, 0 to 100: the share of all pairs of"
        " countries whose gap on it is smaller [%]."
        for topic in knowledge.topics
    }
    told["friction_overall"] = "The mean of the severities, each area of topics counting once."
    return {name: told[name] for name in column_names(knowledge, measures, extras)}


def _of_measure(measure: str, settings: Settings) -> dict[str, str]:
    found = MEASURES[measure]
    unit = "without a unit" if found.unit == "index" else f"in {found.unit}"
    error = of_points(settings.score_error)
    likely = (
        f"end of where {{what}} likely lies: of {DRAWS:,} simulated worlds with an error of"
        f" {error} in each score, the middle 95 % lie inside."
    )
    ends = {"low": f"Lower {likely}", "high": f"Upper {likely}"}
    return {
        measure: f"{found.label}, {unit}: {found.plain}. 0 is alike, more is farther apart.",
        f"{measure}_percentile": "How many of 100 pairs of the reference set"
        f" ({REFERENCE_RULES[settings.reference].description}) stand closer by it.",
        **{f"{measure}_{end}": text.format(what="the value") for end, text in ends.items()},
        **{
            f"{measure}_percentile_{end}": text.format(what="the percentile")
            for end, text in ends.items()
        },
    }
