"""The Methods page: complete, live, and reached from every number."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from analysis.comparison import compare
from analysis.measures.registry import MEASURES
from analysis.methods.catalogue import catalogue
from analysis.methods.data_sets import load_package

ROOT = Path(__file__).resolve().parent.parent.parent
LINK = re.compile(r"\[(?:[^\[\]]|\\.)*\]\(methods\?([^()]*)\)")
TEAM = "team\tname\tculture\nRotterdam\tAnna\tNLD\nRotterdam\tBo\tCHN\n"


def opened(page="methods", **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    if page == "compare":
        return app
    for key, value in link.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def ask(app, item, **link):
    for key, value in {"show": item, **link}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, item
    return app


def raw(app):
    return " ".join(m.value for m in [*app.markdown, *app.caption])


def text(app):
    """All Markdown of the page as a reader sees it, without escapes and addresses of links."""
    return re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", raw(app).replace("\\", ""))


def link_of(app):
    return {k: v if isinstance(v, str) else v[0] for k, v in app.query_params.items()}


def targets(app):
    return [{k: v[0] for k, v in parse_qs(found).items()} for found in LINK.findall(raw(app))]


@pytest.fixture(scope="module")
def sections(tables, knowledge):
    return catalogue(tables, knowledge)


@pytest.fixture(scope="module")
def ids(sections):
    return [item.id for section in sections for item in section.items]


def test_the_page_opens_complete_and_calm(sections, ids):
    app = opened()
    shown = text(app)
    assert "# How every number is made" in shown
    assert "the examples are worked with the Netherlands and China" in shown
    heads = {head.value: head.anchor for head in app.header}
    contents = raw(app)
    for section in sections:
        assert heads[section.title] == section.id
        assert f"](#{section.id})" in contents
    labels = " ".join(part.label for part in app.expander).replace("\\", "")
    for section in sections:
        assert all(item.title in labels for item in section.items)
    assert not app.latex  # closed items are not sent
    assert not app.code
    assert link_of(app) == {"a": "NLD", "b": "CHN"}


def test_every_item_opens_from_its_link_with_its_own_link_at_its_end(sections, ids):
    app = opened()
    for section in sections:
        for item in section.items:
            ask(app, item.id)
            assert f"## {item.title}" in text(app)
            assert {"show": item.id, "a": "NLD", "b": "CHN"} in targets(app)
            assert link_of(app) == {"show": item.id, "a": "NLD", "b": "CHN"}
            linked = {found["show"] for found in targets(app)}
            assert linked <= set(ids)


@pytest.mark.parametrize(("a", "b"), [("USA", "JPN"), ("DEU", "BRA")])
def test_the_live_example_of_a_measure_ends_in_the_number_of_the_comparison(
    references, settings, a, b
):
    found = compare(references, a, b, settings, ())
    app = opened(a=a, b=b)
    for measure in MEASURES.values():
        ask(app, f"measure-{measure.id}", a=a, b=b)
        value = found.measures[measure.id].value
        assert f"On the page: {value:.4f}" in text(app)
        assert app.latex[0].value.strip("$ \n") == measure.formula
        end = app.latex[len(app.latex) - 1].value
        shown = float(re.findall(r"= (-?[\d.]+)(?:\^\\circ)?\s*\$*\s*$", end)[0])
        assert shown == pytest.approx(value, abs=6e-5)
        assert measure.limits.split(":")[0] in text(app)
        assert len(app.table) >= 1


def test_a_setting_in_the_link_moves_the_example():
    app = ask(opened(), "measure-kogut_singh", w="pdi:2", ref="all")
    assert "Weight" in str(app.table[0].value)
    assert "regions and parts of countries" in app.code[0].value
    assert "PDI × 2" in app.code[0].value


def test_a_number_is_cited_with_pair_settings_data_version_and_day(tables):
    app = ask(opened(a="USA", b="JPN"), "measure-konara_mohr", a="USA", b="JPN")
    told, bibtex, source = (block.value for block in app.code)
    for part in ("US", "JPN", "1.7970", tables.version, "defaults", "?a=USA&b=JPN"):
        assert part in told, part
    assert bibtex.startswith("@misc{parley-konara-mohr-usa-jpn,")
    assert "127.0.0.1" not in told + bibtex
    assert "localhost" not in told + bibtex
    assert source.startswith("@article{konara-mohr-2019,")


def test_a_pair_without_a_distance_keeps_the_formulas_and_says_why():
    app = opened(a="NLD", b="UKR")
    for item in ("measure-mahalanobis", "percentile", "overlap", "severity", "topic-gap", "felt",
                 "topic-trust_before_transaction", "reference", "interval"):  # fmt: skip
        ask(app, item, a="NLD", b="UKR")
        assert "Ukraine" in text(app).split("With the Netherlands and Ukraine")[1]
        if item == "measure-mahalanobis":
            assert app.latex


@pytest.mark.parametrize("framework", ["tightness-2011", "inglehart-welzel-2023",
                                       "globe-2004-values"])  # fmt: skip
def test_every_item_opens_under_every_framework(framework, ids):
    app = opened(framework=framework, a="NLD", b="CHN")
    for item in ids:
        if not item.startswith(("plan-", "scores-")):
            ask(app, item, framework=framework, a="NLD", b="CHN")


def test_a_link_to_no_item_says_so_and_shows_the_contents():
    app = opened(show="[x](y) *z*")
    assert "which is no item of this page" in app.warning[0].value
    assert "[x](y)" not in app.warning[0].value
    assert "**Contents**" in raw(app)


def test_an_asked_item_can_be_closed():
    app = ask(opened(), "interval")
    assert "# Where this comes from" in text(app)
    app.button(key="methods_close").click().run()
    assert "# How every number is made" in text(app)
    assert link_of(app) == {"a": "NLD", "b": "CHN"}


def test_every_source_can_be_copied_and_every_file_has_its_hash(tables):
    app = ask(opened(), "sources")
    for source in tables.sources.values():
        if source.kind != "design":
            assert f"{{{source.id}," in app.code[0].value
    ask(app, "files")
    shown = text(app)
    for file in load_package().files:
        assert file.path in shown
        assert file.hash in shown


def test_a_framework_is_told_with_provider_sample_terms_and_hash(tables):
    app = opened()
    for framework in tables.frameworks.values():
        shown = text(ask(app, f"scores-{framework.id}"))
        source = tables.sources[framework.source]
        for part in (source.authors.split(";")[0], framework.note, source.terms, framework.scale,
                     load_package().framework_hashes[framework.id]):  # fmt: skip
            assert " ".join(part.split()) in shown, part


def test_a_topic_is_told_with_weights_evidence_exceptions_and_sources(knowledge, tables):
    app = opened()
    for topic in knowledge.topics:
        shown = text(ask(app, f"topic-{topic.id}"))
        for weight in topic.weights.values():
            assert f"{weight:+.2f}".replace("-", "−") in shown
        for part in (topic.high.pole, topic.low.pole, topic.limits, topic.evidence,
                     *(e.text for e in topic.exceptions)):  # fmt: skip
            assert part in shown
        for citation in topic.sources:
            assert tables.sources[citation.id].authors.split(";")[0] in shown


def test_what_failed_is_said(knowledge, tables):
    app = ask(opened(), "friction-held")
    assert all(text_ in text(app) for text_ in knowledge.friction.failures)
    ask(app, "validity")
    assert all(f"{v.value:.2f}" in text(app) for v in tables.validity)
    assert "80 %" in text(ask(app, "inside-countries"))


@pytest.mark.parametrize("page", ["compare", "brief", "atlas"])
def test_wherever_a_number_stands_a_link_leads_to_its_item(page, ids):
    app = opened(page, a="USA", b="JPN", more="DEU", ref="all")
    found = targets(app)
    assert found
    for target in found:
        assert target.pop("show") in ids
        assert (target["a"], target["b"]) == ("USA", "JPN")
        assert target["ref"] == "all"
    if page == "compare":
        assert {f"measure-{m}" for m in MEASURES if m != "mahalanobis_kogut_singh"} <= {
            t["show"] for t in targets(app)
        }
        for item in ("gap", "percentile", "overlap", "interval", "reference", "severity",
                     "validity", "scores-hofstede-2015"):  # fmt: skip
            assert item in {t["show"] for t in targets(app)}


def test_a_view_with_a_team_is_in_no_link(ids):
    app = opened("teams")
    app.text_area[0].set_value(TEAM).run()
    app.button(key="team_add").click().run()
    app.button(key="team_a").click().run()
    for page in ("compare", "brief", "teams"):
        app.switch_page(f"pages/{page}.py").run()
        found = targets(app)
        assert found or page == "brief"
        assert all(set(target) == {"show"} and target["show"] in ids for target in found)
    app.switch_page("pages/methods.py").run()
    shown = ask(app, "measure-konara_mohr")
    assert "Rotterdam" in text(shown)
    assert "http" not in shown.code[0].value
