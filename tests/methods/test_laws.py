"""What is registered or loaded is on the Methods page, so that it cannot fall behind."""

import re
from pathlib import Path

import pytest
import yaml

from analysis.measures.registry import MEASURES
from analysis.methods.catalogue import (
    FORMULAS,
    catalogue,
    framework_item,
    measure_item,
    plan_item,
    topic_item,
)
from analysis.methods.citation import AUTHORS, TITLE
from analysis.methods.data_sets import count_profiles, load_changes, load_package
from analysis.methods.formulas import STANDINGS
from analysis.methods.symbols import SYMBOLS, symbols_in
from analysis.uncertainty import COVERAGE

ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = re.compile(r"\\mathrm\{(?:clip|erf|logit|corr)\}|\\(?:left|right|tfrac|frac|sqrt|sum)\b")
LETTER = re.compile(
    r"(?:\\(?:bar|tilde) ?)?(?:\\mathrm\{[A-Z]+\}|\\mathcal [A-Z]|"
    r"\\(?:sigma|rho|lambda|tau|theta|Phi|delta|ell|varepsilon)(?![a-z])|(?<![\\A-Za-z])[A-Za-z]+)"
)


@pytest.fixture(scope="module")
def items(tables, knowledge):
    return [item for section in catalogue(tables, knowledge) for item in section.items]


def letters(text):
    """The letters of a formula without their indices: `\\bar x_{ik}` is `\\bar x`."""
    whole = re.sub(r"_\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|_[A-Za-z0-9]", "", WORDS.sub(" ", text))
    return set(LETTER.findall(whole))


def unexplained(formulas, symbols):
    explained = {letter for symbol, _ in symbols for letter in letters(symbol)}
    # What an index runs over is explained with the letter that it stands at.
    return letters(" ".join(formulas)) - explained - {"i", "j", "k", "t"}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.id)
def test_a_measure_has_a_formula_whose_letters_are_explained_and_its_limits(measure):
    assert measure.formula
    assert measure.limits.endswith(".")
    explained = symbols_in(measure.formula)
    assert len(explained) >= 3
    assert not unexplained([measure.formula], explained)


def test_a_longer_letter_hides_the_shorter_one_inside_it():
    assert [letter for letter, _ in symbols_in(r"\frac{x_k}{V_k}")] == ["x_k", "V_k"]
    assert [letter for letter, _ in symbols_in(r"\ell_{tk} w_{tk}")] == ["w_{tk}", r"\ell_{tk}"]


def test_every_common_letter_is_used_somewhere():
    used = {letter for m in MEASURES.values() for letter, _ in symbols_in(m.formula)}
    used |= {letter for f in FORMULAS.values() for letter, _ in f.symbols}
    assert set(SYMBOLS) <= used


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda f: f.id)
def test_a_formula_has_standing_limits_and_letters_that_are_explained(formula, tables):
    assert formula.latex
    assert formula.standing in STANDINGS
    assert formula.limits.endswith(".")
    assert formula.source_ids
    assert set(formula.source_ids) <= set(tables.sources)
    if formula.standing == "design":
        assert "parley-design" in formula.source_ids
    assert not unexplained(formula.latex, formula.symbols)
    for letter, meaning in formula.symbols:
        assert letters(letter) <= letters(" ".join(formula.latex)) | {"f", "i", "j", "k", "m", "t"}
        assert meaning


def test_numbers_inside_formulas_are_those_that_are_computed_with(knowledge):
    assert all(f"Q_{{{edge:g}}}" in " ".join(FORMULAS["interval"].latex) for edge in COVERAGE)
    assert f"{knowledge.friction.interval:g}" in " ".join(FORMULAS["severity"].latex)


def test_what_is_registered_or_loaded_has_an_item(tables, knowledge, items):
    ids = [item.id for item in items]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", i) for i in ids)
    there = set(ids)
    assert {measure_item(i) for i in MEASURES} <= there
    assert {topic_item(t.id) for t in knowledge.topics} <= there
    assert {framework_item(i) for i in tables.frameworks} <= there
    assert {plan_item(i) for i in knowledge.strategy.__struct_fields__} <= there
    assert set(FORMULAS) <= there
    assert len(knowledge.topics) == 18


def test_sections_have_anchors_of_their_own(tables, knowledge):
    anchors = [section.id for section in catalogue(tables, knowledge)]
    assert len(anchors) == len(set(anchors))


def test_the_changelog_of_the_data_is_that_of_the_project(tables):
    changes = load_changes()
    assert changes[0].version == tables.version
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    results = "".join(re.findall(r"### Results\n(.*?)(?=\n#|\Z)", text, re.DOTALL))
    told = {
        version: " ".join(what.split())
        for version, what in re.findall(
            r"- Data version ([\d.]+): (.*?)(?=\n- |\n\n|\Z)", results, re.DOTALL
        )
    }
    assert {v: w.casefold() for v, w in told.items()} == {
        c.version: c.what.casefold() for c in changes
    }


def test_every_file_of_the_package_and_every_framework_has_its_hash(tables):
    package = load_package()
    assert set(package.framework_hashes) == set(tables.frameworks)
    for digest in (*package.framework_hashes.values(), *(file.hash for file in package.files)):
        assert re.fullmatch(r"[0-9a-f]{64}", digest)
    assert all(file.terms and file.sources for file in package.files)


def test_profiles_are_counted_by_kind(tables):
    counts = count_profiles(tables, tables.frameworks["hofstede-2015"])
    # 101 countries with a row, 7 parts, 3 regions, 62 with all six; 6 only through a region
    assert (counts.countries, counts.parts, counts.regions) == (101, 7, 3)
    assert (counts.complete, counts.scores, counts.through) == (62, 505, 6)


def test_the_citation_file_says_what_the_page_says():
    held = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert held["cff-version"] == "1.2.0"
    assert held["title"] == TITLE
    assert held["authors"] == [{"name": AUTHORS}]
    assert "@" not in (ROOT / "CITATION.cff").read_text("utf-8")
