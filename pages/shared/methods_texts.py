"""The items of the Methods page that are no formula: topics, plans, data sets, worth, citing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from analysis.friction.assessment import TopicFriction
from analysis.friction.words import short_name
from analysis.knowledge.record import Citation
from analysis.knowledge.topics import Topic
from analysis.link import View
from analysis.measures.registry import MEASURES
from analysis.methods.catalogue import plans_of
from analysis.methods.citation import cite_parley, cite_source
from analysis.methods.data_sets import DataFile, count_profiles, load_changes, load_package
from analysis.methods.topic import topic_gap_example
from analysis.sentences import CAVEAT
from analysis.tables import Framework, Source
from analysis.words import capital, join, minus, of_points
from pages.shared import methods_examples, state, where
from pages.shared.frame import READING_WIDTH
from pages.shared.methods_parts import (
    listed,
    named,
    say,
    show_example,
    show_number,
    show_sources,
)
from pages.shared.show import plain, plain_with_links, table

_OWN_TERMS = "Written for Parley."
_MARKS = {
    "read": "read",
    "recalled": "recalled, not read again",
    "computed": "computed for Parley",
    "design": "Parley’s own",
}


def show_topic(topic_id: str, view: View) -> None:
    """Show what a topic rests on, and the pair in view on it."""
    knowledge, tables = state.knowledge(), state.tables()
    topic = knowledge.topic_by_id[topic_id]
    framework = tables.frameworks[knowledge.friction.framework]
    weights = [
        (framework.dimension(d).name, minus(f"{weight:+.2f}"))
        for d, weight in topic.weights.items()
    ]
    exceptions = [
        e.text + (f" ({short_name(tables, e.source)})" if e.source else "")
        for e in topic.exceptions
    ]
    doubts = [finding.text.replace("{profiles}", _names(finding.profiles))
              for finding in knowledge.contested if finding.id in topic.contested]  # fmt: skip
    say(
        named(
            [
                ("High pole", topic.high.pole),
                ("Low pole", topic.low.pole),
                ("Family", knowledge.family(topic.family).name),
                ("Evidence", _evidence(topic)),
                ("Limits", topic.limits),
                *(("Exception", text) for text in exceptions),
                *(("Contested", text) for text in doubts),
            ]
        ),
        table(("Dimension", "Weight toward the high pole"), weights),
        plain("The weights are Parley’s own; the studies below speak for their direction."),
    )
    pair = state.compare(view.a, view.b, view.settings, intervals=(view.settings.measure,))
    case = methods_examples.case_of(view, pair)
    found = case.friction.topic(topic_id)
    show_example(topic_gap_example(case, found), pair)
    if found.severity is not None and found.interval is not None:
        low, high = found.interval
        value = (
            f"severity {found.severity:.0f} of 100, likely {low:.0f} to {high:.0f} (90 of 100"
            " worlds)"
        )
        say(plain(f"{capital(value)}. {_drivers(framework, found)}"), where.link(
            "How a severity is computed", "severity"
        ))  # fmt: skip
        show_number(view, pair, f"Topic “{topic.title_in_sentence}”", value)
    ids = [e.source for e in topic.exceptions if e.source]
    ids += [finding.source.id for finding in knowledge.contested if finding.id in topic.contested]
    show_sources([], topic.sources)
    _more_sources(ids, topic.sources)


def _more_sources(ids: Iterable[str], shown: Iterable[Citation]) -> None:
    known = {citation.id for citation in shown}
    lines = [cite_source(state.tables().sources[i]) for i in dict.fromkeys(ids) if i not in known]
    if lines:
        shown = "\n".join(f"- {plain_with_links(line)}" for line in lines)
        say("For the exceptions and doubts:", shown)


def _names(profile_ids: Iterable[str]) -> str:
    return join([state.tables().profiles[i].name_in_sentence for i in profile_ids])


def _evidence(topic: Topic) -> str:
    grade = state.knowledge().friction.grade(topic.evidence)
    return f"{topic.evidence}, {grade.plain}; it counts {grade.order_weight:g} in the order."


def _drivers(framework: Framework, found: TopicFriction) -> str:
    parts = [
        f"{framework.dimension(d).name.lower()} {minus(f'{100 * share:+.0f}')} %"
        for d, share in found.drivers
    ]
    return f"Behind the gap: {join(parts)}." if parts else ""


def show_plan(plan_id: str, view: View) -> None:
    """Show where the advice of one part of the brief comes from."""
    plan = plans_of(state.knowledge())[plan_id]
    say(
        plain(
            "Rules and words stand in a file of their own; a rule asks for your answers and the"
            " predictions, and nothing else. What no source below says is Parley’s own."
        ),
        named([(_source_name(c), f"{c.says or 'Named as a source.'} ({_mark(c)})")
                for c in plan.sources]),
    )  # fmt: skip
    show_sources([c.id for c in plan.sources])


def _source_name(citation: Citation) -> str:
    return short_name(state.tables(), citation.id)


def _mark(citation: Citation) -> str:
    locator = f": {citation.locator}" if citation.locator else ""
    return f"{_MARKS[citation.mark]}{locator}"


def show_framework(framework_id: str, view: View) -> None:
    """Show provider, year, sample, terms and hash of a framework, and its dimensions."""
    tables = state.tables()
    framework = tables.frameworks[framework_id]
    source = tables.sources.get(framework.source)
    digest = load_package().framework_hashes.get(framework_id, "")
    counts = count_profiles(tables, framework)
    kinds = [
        f"{n} {word}{'' if n == 1 else 's'}"
        for n, word in (
            (counts.parts, "part of a country" if counts.parts == 1 else "part"),
            (counts.regions, "region"),
        )
        if n
    ]
    profiles = f"{counts.countries} countries, {counts.complete} of them with every score"
    profiles += f"; {join(kinds)}" if kinds else ""
    profiles += f"; {counts.through} countries through their region" if counts.through else ""
    low, high = framework.error_range
    say(
        named(
            [
                ("Provider", source.authors.replace("; ", ", ") if source else "yours"),
                ("Title", source.title.strip("[]") if source else framework.name),
                ("Year", str(framework.year)),
                ("Sample", framework.note),
                ("Scale", framework.scale),
                ("Profiles", f"{profiles}; {counts.scores:,} scores."),
                (
                    "Error of a score",
                    f"{of_points(framework.score_error)}, chosen between {low:g} and"
                    f" {high:g}. {framework.error_basis}",
                ),
                ("Terms", source.terms if source else ""),
                ("Address", source.address if source else ""),
                ("Data version", tables.version),
                ("SHA-256 of its lines in the scores", digest),
            ]
        ),
    )
    about = [
        (d.name, f"{d.plain}. Low: {d.low_pole}. High: {d.high_pole}.")
        for d in framework.dimensions
    ]
    say("### Dimensions", named(about))
    show_sources([framework.source])


def show_text(text_id: str, view: View) -> None:
    """Show one of the items that are neither formula nor record."""
    showers: Mapping[str, Callable[[], None]] = {
        "files": _show_files,
        "changelog": _show_changes,
        "validity": _show_validity,
        "friction-held": _show_friction_held,
        "inside-countries": _show_inside_countries,
        "contested": _show_contested,
        "cite": _show_cite,
        "sources": _show_all_sources,
    }
    showers[text_id]()


def _show_files() -> None:
    say(
        plain(
            f"The files of data version {state.tables().version}. Where no terms stand, the file"
            " was written for Parley."
        )
    )
    groups: dict[str, list[DataFile]] = {}
    for file in load_package().files:
        groups.setdefault(file.path.split("/")[0], []).append(file)
    for folder, files in groups.items():
        say(f"**data/{plain(folder)}**", "\n".join(map(_file, files)))


def _file(file: DataFile) -> str:
    tables = state.tables()
    used = [i for i in file.sources if i in tables.sources]
    cited = [short_name(tables, i) for i in used if tables.sources[i].kind != "design"]
    basis = f" From {join(cited)}." if cited else ""
    terms = "" if file.terms == _OWN_TERMS else f" {file.terms}"
    return (
        f"- **{plain(file.title)}:** {plain(file.description + basis + terms)}"
        f" :small[:gray[{plain(file.path)}, {file.size:,} bytes, SHA-256 {plain(file.hash)}]]"
    )


def _show_changes() -> None:
    say(
        plain(
            "What moved a result, the newest first. Every export prints the version it rests on."
        ),
        named([(change.version, change.what) for change in load_changes()]),
    )


def _show_validity() -> None:
    tables = state.tables()
    say(
        plain(
            "A distance between two countries tells something of how differently their people"
            " answer surveys, and less of how far apart managers feel them to be. It is a moderate"
            " stand-in, and no more: a correlation of 0.40 leaves five sixths of the differences"
            " to other things."
        )
    )
    for criterion in dict.fromkeys(v.criterion_plain for v in tables.validity):
        rows = [
            (
                f"{MEASURES[v.measure].label}, {v.dimensions}",
                f"{v.value:.2f}{' (ranks)' if v.statistic == 'spearman' else ''}",
                f"{v.pairs:,} of {v.countries}",
            )
            for v in tables.validity
            if v.criterion_plain == criterion
        ]
        say(
            f"**{plain(capital(criterion))}**",
            table(("Measure, dimensions", "Correlation", "Pairs, countries"), rows),
        )
    say(plain("Computed for Parley from the scores and the data of the studies named."))
    held = {v.framework for v in tables.validity}
    others = [f.short_name for f in tables.frameworks.values() if f.id not in held]
    if others:
        say(plain(f"For {join(others)} nobody has measured it."))
    show_sources(dict.fromkeys(v.source for v in tables.validity))


def _show_friction_held() -> None:
    model = state.knowledge().friction
    say(
        plain(
            "Trust, voice and hierarchy rest on firm ground. Safeguards, pace and the order of the"
            " agenda are the weakest topics, and are worded so. What people do at a table follows"
            " their values only a little: every prediction is a hypothesis to test in the first"
            " meeting."
        ),
        "**Where it held**", listed(model.validity),
        "**Where it failed**", listed(model.failures),
        where.link("How well your own predictions held is scored by", "brier"),
    )  # fmt: skip
    show_sources([], model.sources)


def _show_inside_countries() -> None:
    say(
        plain(
            "Take a national score as the average of very many people who differ. About 80 % of the"
            " variation in values lies between people of one country, and only about 20 % between"
            " countries."
        ),
        plain(CAVEAT),
        listed(
            [
                "They are no statement about one person, one company or one trade.",
                "They are of the years in which people were asked, and countries change.",
                "A distance is the same in both directions; what people feel is not.",
                "The scores of one framework are not the culture of a country: others ask other"
                " questions, and may rank the same pair elsewhere.",
            ]
        ),
        f"{where.link('How much two populations overlap', 'overlap')} ·"
        f" {where.link('What other frameworks say', 'agreement')}",
    )
    show_sources(["taras-2016"])


def _show_contested() -> None:
    knowledge, tables = state.knowledge(), state.tables()
    framework = tables.frameworks[knowledge.friction.framework]
    rows = []
    for finding in knowledge.contested:
        touched = [t.title for t in knowledge.topics if finding.id in t.contested]
        text = finding.text.replace("{profiles}", _names(finding.profiles))
        rows.append(
            (
                f"{framework.dimension(finding.dimension).name}, {finding.badge}",
                f"{text} Shown on: {join(touched)}.",
            )
        )
    say(named(rows))
    show_sources([finding.source.id for finding in knowledge.contested])


def _show_cite() -> None:
    cited = cite_parley(state.tables().version)
    say(
        plain(
            "Name the data version: it fixes scores, weights and formulas. Each measure, rank and"
            " severity on this page has a citation of its own, with pair, settings and day."
        )
    )
    st.code(cited.text, None, wrap_lines=True, width=READING_WIDTH)
    st.code(cited.bibtex, None, wrap_lines=True, width=READING_WIDTH)


def _show_all_sources() -> None:
    sources = list(state.tables().sources.values())
    show_sources([source.id for source in sorted(sources, key=_by_name)])


def _by_name(source: Source) -> tuple[str, int]:
    return source.authors.rsplit(" ", 1)[-1] if ";" not in source.authors else (
        source.authors.split(";")[0].rsplit(" ", 1)[-1]
    ), source.year
