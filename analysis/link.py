"""A view as a link and back: parties and settings with short keys, `?a=NLD&b=CHN`.

Only what differs from the default is written, apart from the two sides. Nothing that a person
uploads, and nothing private about a deal, ever goes into a link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from analysis.deal import EMPTY_FORM, Deal, read_deal_link, write_deal
from analysis.errors import InputError, SettingsError, UnknownProfileError
from analysis.profiles import find_profile
from analysis.settings import DEFAULT_FRAMEWORK, Settings, default_settings, make_settings
from analysis.tables import Tables
from analysis.words import capital, join

DEFAULT_PARTIES = ("NLD", "CHN")
MOST_FURTHER = 4
LONGEST_VALUE = 1_000
"""Characters of one value: the longest that is written has some 400. To look for the nearest
spelling of each name in a list without end would keep a server busy for minutes."""
_MOST_NAMED = 3 * MOST_FURTHER
_YES, _NO = ("1", "true", "yes"), ("0", "false", "no", "")


@dataclass(frozen=True, slots=True)
class View:
    """Who is compared, under which settings, for which deal."""

    a: str
    b: str
    further: tuple[str, ...]
    settings: Settings
    deal: Deal = EMPTY_FORM


def write_link(tables: Tables, view: View) -> dict[str, str]:
    """Return the parameters of the link that opens a view."""
    settings, usual = view.settings, default_settings(tables, view.settings.framework)
    framework = tables.frameworks[settings.framework]
    classic = tuple(d.id for d in framework.dimensions if d.classic)
    base = classic if set(settings.dimensions) <= set(classic) else framework.dimension_ids
    held = dict(zip(settings.dimensions, settings.weights, strict=True))
    weights = [f"{d}:{held.get(d, 0):g}" for d in base if held.get(d, 0) != 1]
    written = {
        "a": view.a,
        "b": view.b,
        "more": ",".join(view.further),
        "framework": settings.framework if settings.framework != DEFAULT_FRAMEWORK else "",
        "dims": "classic" if base is classic and classic != framework.dimension_ids else "",
        "w": ",".join(weights),
        "measure": settings.measure if settings.measure != usual.measure else "",
        "ref": settings.reference if settings.reference != usual.reference else "",
        "published": "1" if settings.published_only else "",
        "unrounded": "1" if settings.unrounded else "",
        "error": _if_changed(settings.score_error, usual.score_error),
        "share": _if_changed(settings.between_share, usual.between_share),
        "severity": settings.severity if settings.severity != usual.severity else "",
        **write_deal(view.deal),
    }
    return {key: value for key, value in written.items() if value}


def link_address(tables: Tables, view: View, page: str = "") -> str:
    """Return the link as text; without `page`, only the part from the question mark on."""
    return f"{page}?{urlencode(write_link(tables, view), safe=',:')}"


def is_shareable(tables: Tables, view: View) -> bool:
    """Say whether a view holds nothing of a person's own, neither a team nor an edition.

    Only then is a link offered: it could not open elsewhere.
    """
    parties = {view.a, view.b, *view.further}
    return not parties & tables.own.keys() and not tables.frameworks[view.settings.framework].own


def read_link(
    tables: Tables,
    parameters: Mapping[str, str],
    effects: Mapping[str, float] = MappingProxyType({}),
) -> tuple[View, list[str]]:
    """Return the view that a link asks for, and a sentence for each thing in it that cannot be.

    `effects` holds the default effect of each circumstance of a deal.

    A part that cannot be used falls back to its default; the rest of the link still counts.
    Parameters that Parley does not know are passed over.
    """
    parameters, problems = _short(parameters)
    sides: list[str] = []
    for place, (key, default) in enumerate(zip(("a", "b"), DEFAULT_PARTIES, strict=True)):
        other = _or_none(tables, parameters.get("ba"[place], ""))
        fallback = default if default != other else DEFAULT_PARTIES[1 - place]
        sides.append(_party(tables, parameters.get(key, "") or fallback, fallback, problems))
    further: list[str] = []
    named = [text for text in parameters.get("more", "").split(",") if text]
    for text in named[:_MOST_NAMED]:
        found = _party(tables, text, "", problems)
        if found and found not in (*sides, *further):
            further.append(found)
    more = len(further) + len(named[_MOST_NAMED:])
    if more > MOST_FURTHER:
        problems.append(
            f"The link names {more} further parties; the first {MOST_FURTHER} are shown."
        )
    settings = _settings(tables, parameters, problems)
    deal, unusable = read_deal_link(parameters, effects)
    view = View(sides[0], sides[1], tuple(further[:MOST_FURTHER]), settings, deal)
    return view, problems + unusable


def _short(parameters: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the parameters that are no longer than any that is written, and what of the rest."""
    kept = {key: text for key, text in parameters.items() if len(text) <= LONGEST_VALUE}
    left_out = [key[:20] for key in parameters if key not in kept]
    if not left_out:
        return kept, []
    named = join([f"“{key}”" for key in left_out[:5]])
    return kept, [f"The link’s {named} was ignored: it has more than {LONGEST_VALUE:,} characters."]


def _or_none(tables: Tables, text: str) -> str | None:
    try:
        return find_profile(tables, text)
    except UnknownProfileError:
        return None


def _party(tables: Tables, text: str, fallback: str, problems: list[str]) -> str:
    try:
        return find_profile(tables, text)
    except UnknownProfileError as error:
        end = ""
        if fallback:
            name = capital(tables.profiles[fallback].name_in_sentence)
            end = f" {name} is shown instead."
        problems.append(f"{error}{end}")
        return fallback


def _settings(tables: Tables, parameters: Mapping[str, str], problems: list[str]) -> Settings:
    settings = default_settings(tables)
    chosen: dict[str, object] = {}
    readers: Mapping[str, tuple[str, Callable[[str], object]]] = {
        "framework": ("framework", str),
        "dims": ("dimensions", lambda text: read_dimensions(tables, settings.framework, text)),
        "w": ("weights", read_weights),
        "measure": ("measure", str),
        "ref": ("reference", str),
        "published": ("published_only", _yes_or_no),
        "unrounded": ("unrounded", _yes_or_no),
        "error": ("score_error", _number),
        "share": ("between_share", _number),
        "severity": ("severity", str),
    }
    for key, (name, read) in readers.items():
        if not parameters.get(key):
            continue
        try:
            attempt = {**chosen, name: read(parameters[key])}
            settings = make_settings(tables, **attempt)  # type: ignore[arg-type]
            chosen = attempt
        except InputError as error:
            problems.append(f"The link’s “{key}” was ignored. {error}")
    return settings


def read_dimensions(tables: Tables, framework_id: str, text: str | None) -> tuple[str, ...] | None:
    """Return the dimensions that a text names: `classic`, or ids with commas; None for no text."""
    if not text:
        return None
    if text.strip().lower() == "classic" and framework_id in tables.frameworks:
        dimensions = tables.frameworks[framework_id].dimensions
        return tuple(d.id for d in dimensions if d.classic)
    return tuple(part.strip() for part in text.lower().split(","))


def read_weights(text: str | None) -> dict[str, float]:
    """Return the weights that a text such as `mas:0.5,uai:2` names.

    Raises
    ------
    SettingsError
        A part has no colon or no number behind it.
    """
    weights = {}
    for part in filter(None, (text or "").lower().split(",")):
        name, separator, value = part.partition(":")
        if not separator:
            raise SettingsError(f"“{part[:40]}” is not a weight: write it as mas:0.5.")
        weights[name.strip()] = _number(value)
    return weights


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingsError(f"“{text[:40]}” is not a number: write it as 7.5.") from None


def _yes_or_no(text: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise SettingsError(f"“{text[:40]}” is neither yes nor no: write 1 or 0.")
    return text.lower() in _YES


def _if_changed(value: float, usual: float) -> str:
    return "" if value == usual else f"{value:g}"
