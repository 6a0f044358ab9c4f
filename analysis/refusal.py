"""Why a pair gets no distance, and what a person can do about it."""

from __future__ import annotations

from dataclasses import replace

from analysis.profiles import Profile, build_profile
from analysis.settings import (
    Settings,
    default_settings,
    enough_dimensions,
    fewest_dimensions,
)
from analysis.tables import Framework, Tables
from analysis.words import capital, in_words, join


def why_no_distance(
    tables: Tables, first: Profile, second: Profile, shared: tuple[str, ...], settings: Settings
) -> str:
    """Say why a pair gets no distance and what helps; empty where it gets one."""
    why = cause_of_no_distance(tables, first, second, shared, settings)
    return " ".join(filter(None, (why, _ways_out(tables, first, second, settings) if why else "")))


def cause_of_no_distance(
    tables: Tables, first: Profile, second: Profile, shared: tuple[str, ...], settings: Settings
) -> str:
    """Say why a pair gets no distance, without what helps; empty where it gets one."""
    framework = tables.frameworks[settings.framework]
    if first.id == second.id:
        return f"Both sides are {first.name_in_sentence}, so there is nothing to compare."
    start = f"There is no distance between {first.name_in_sentence} and {second.name_in_sentence}:"
    twins = _same_origin(first, second, settings)
    if len(twins) == len(settings.dimensions):
        region = tables.profiles[first.score(twins[0]).origin].name_in_sentence
        return (
            f"{start} both stand with the one set of scores published for {region}, which cannot"
            " tell them apart."
        )
    if enough_dimensions(framework, shared):
        return ""
    fewest = fewest_dimensions(framework)
    names = {d.id: d.name.lower() for d in framework.dimensions}
    if len(shared) < fewest:
        count = f"{in_words(len(shared))} score{'s' if len(shared) > 1 else ''}"
        listed = f" ({join([names[d] for d in shared])})" if shared else ""
        why = f"share {count}{listed}, and a distance needs at least {in_words(fewest)}"
    else:
        core = join([d.name.lower() for d in framework.dimensions if d.core], "or")
        why = f"share no score on {core}, and a distance needs one"
    return f"{start} they {why}. {_what_is_missing(tables, first, second, settings)}".rstrip()


def _what_is_missing(tables: Tables, first: Profile, second: Profile, settings: Settings) -> str:
    names = {d.id: d.name.lower() for d in tables.frameworks[settings.framework].dimensions}
    sentences = []
    same = _same_origin(first, second, settings)
    if same:
        region = tables.profiles[first.score(same[0]).origin].name_in_sentence
        sentences.append(
            f"On {join([names[d] for d in same])} both stand with the one score published for"
            f" {region}, which cannot tell them apart."
        )
    for profile in (first, second):
        missing = _missing(profile, settings)
        apart = _scored_in_parts(tables, profile, settings)
        if apart:
            sentences.append(apart)
        elif missing:
            what = (
                "none of the scores in use"
                if len(missing) == len(settings.dimensions)
                else f"no score on {join([names[d] for d in missing], 'or')}"
            )
            only = _only_in_parts(tables, profile, settings)
            end = f"; {only}" if only else ""
            sentences.append(f"{capital(profile.name_in_sentence)} has {what}{end}.")
    return " ".join(sentences)


def _missing(profile: Profile, settings: Settings) -> list[str]:
    return [d for d in profile.dimensions_with("missing") if d in settings.dimensions]


def _ways_out(tables: Tables, first: Profile, second: Profile, settings: Settings) -> str:
    """Say what gives a pair without a distance one."""
    if first.id == second.id:
        return "Choose another party on one side."
    same = _same_origin(first, second, settings)
    if len(same) == len(settings.dimensions):
        return "Choose a country with scores of its own on one side."
    sentences, profiles = [], tables.profiles
    fillable = [
        profiles[profiles[profile.id].region].name_in_sentence
        for profile in (first, second)
        if _missing(profile, settings) and settings.published_only and profiles[profile.id].region
    ]
    if fillable:
        sentences.append(
            f"Switching off “published scores only” lets the scores of {join(fillable)} stand in."
        )
    others = join([f.short_name for f in frameworks_with_both(tables, first, second)], "or")
    in_parts = any(_scored_in_parts(tables, profile, settings) for profile in (first, second))
    if others:
        sentences.append(f"Both have scores in another framework: choose {others} under Settings.")
    elif not fillable and not same and not in_parts and not settings.published_only:
        sentences.append(
            "No region’s score stands in for these: prepare by asking, or choose another country."
        )
    return " ".join(sentences)


def _only_in_parts(tables: Tables, profile: Profile, settings: Settings) -> str:
    """Name the parts that have the scores which a country with a few of its own lacks."""
    if _enough_scores(tables, profile.id, settings):
        return ""
    parts = [
        record.name_in_sentence
        for record in tables.profiles.values()
        if record.parent == profile.id and _enough_scores(tables, record.id, settings)
    ]
    if not parts:
        return ""
    one = len(parts) == 1
    return (
        f"only {'a part' if one else 'parts'} of it {'has' if one else 'have'} enough scores,"
        f" {join(parts)}, which {'does' if one else 'do'} not stand for the whole"
    )


def parts_with_scores(tables: Tables, profile_id: str, settings: Settings) -> tuple[str, ...]:
    """Return the parts of a country that stand for it: enough scores, where it has none itself.

    Empty where the country has any score of its own in the framework.
    """
    framework = tables.frameworks[settings.framework]
    if profile_id in framework.profile_ids:
        return ()
    return tuple(
        record.id
        for record in tables.profiles.values()
        if record.parent == profile_id and _enough_scores(tables, record.id, settings)
    )


def _scored_in_parts(tables: Tables, profile: Profile, settings: Settings) -> str:
    parts = parts_with_scores(tables, profile.id, settings)
    if not parts:
        return ""
    names = join([tables.profiles[i].name_in_sentence for i in parts], "or")
    return (
        f"{capital(profile.name_in_sentence)} has no score as a whole in"
        f" {tables.frameworks[settings.framework].short_name}, but parts of it have: choose"
        f" {names}."
    )


def what_helps(tables: Tables, profile_id: str, settings: Settings) -> str:
    """Say what gives a party that has no distance from anybody one, and nothing that does not."""
    profile = build_profile(tables, profile_id, settings)
    apart = _scored_in_parts(tables, profile, settings)
    if apart:
        return apart
    ways = []
    region = tables.profiles[profile_id].region
    usual = replace(settings, published_only=False)
    if settings.published_only and region and _enough_scores(tables, profile_id, usual):
        name = tables.profiles[region].name_in_sentence
        ways.append(f"switch off “published scores only”, so that the scores of {name} stand in")
    others = [
        f.short_name
        for f in tables.frameworks.values()
        if f.id != settings.framework
        and _enough_scores(tables, profile_id, default_settings(tables, f.id))
    ]
    if others:
        ways.append(f"choose {join(others, 'or')} under Settings, where it has scores")
    if not ways:
        ways.append(
            "no framework here has enough scores of it, so choose another party, or enter scores"
            " of your own on the Teams page"
        )
    only = _only_in_parts(tables, profile, settings)
    return f"{capital(join(ways, 'or'))}.{f' Here {only}.' if only else ''}"


def _enough_scores(tables: Tables, profile_id: str, settings: Settings) -> bool:
    profile = build_profile(tables, profile_id, settings)
    held = [d for d in settings.dimensions if profile.score(d).standing != "missing"]
    return enough_dimensions(tables.frameworks[settings.framework], held)


def frameworks_with_both(tables: Tables, first: Profile, second: Profile) -> list[Framework]:
    """Return the frameworks, other than the profiles' own, in which the pair gets a distance."""
    found = []
    for framework in tables.frameworks.values():
        if framework.id == first.framework:
            continue
        usual = default_settings(tables, framework.id)
        a, b = (build_profile(tables, p.id, usual) for p in (first, second))
        shared = [
            d
            for d in framework.dimension_ids
            if "missing" not in (a.score(d).standing, b.score(d).standing)
            and a.score(d).origin != b.score(d).origin
        ]
        if enough_dimensions(framework, shared):
            found.append(framework)
    return found


def _same_origin(first: Profile, second: Profile, settings: Settings) -> list[str]:
    """The dimensions in use on which both sides stand with one and the same published score."""
    return [d for d in settings.dimensions if first.score(d).origin == second.score(d).origin != ""]
