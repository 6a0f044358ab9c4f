"""Citations: of Parley, of one number, of a source."""

from dataclasses import replace
from datetime import date

from analysis.comparison import compare
from analysis.methods.bibtex import bibtex_entry
from analysis.methods.citation import bibtex_of, cite_number, cite_parley, cite_source
from analysis.settings import make_settings

DAY = date(2026, 11, 22)


def test_parley_is_cited_with_the_data_version(tables):
    cited = cite_parley(tables.version)
    assert tables.version in cited.text
    assert "Parley contributors (2026)" in cited.text
    assert cited.bibtex.startswith("@misc{parley,\n  author = {{Parley contributors}},")
    assert f"data {tables.version}" in cited.bibtex


def test_a_number_is_cited_with_all_that_it_depends_on(tables, references):
    settings = make_settings(tables, reference="all", weights={"mas": 0.5})
    found = compare(references, "NLD", "CHN", settings, ())
    cited = cite_number(
        tables, found, "Konara-Mohr", "1.9475", DAY, "http://localhost/?a=NLD&b=CHN"
    )
    for part in (
        "Konara-Mohr", "Netherlands (NLD)", "China (CHN)", "1.9475", tables.version, "2026-11-22",
        "matrix of 2015", "MAS × 0.5", "regions and parts", "Long-term orientation",
        "http://localhost/?a=NLD&b=CHN",
    ):  # fmt: skip
        assert part in cited.text, part
    assert cited.bibtex.startswith("@misc{parley-konara-mohr-nld-chn,")
    assert "urldate = {2026-11-22}" in cited.bibtex
    assert cited.bibtex.count("{") == cited.bibtex.count("}")


def test_without_a_link_and_with_a_name_full_of_signs_the_entry_still_holds(tables, references):
    found = compare(references, "NLD", "CHN", make_settings(tables), ())
    team = replace(found, a=replace(found.a, id="team:1", name="R&D {x} 50 %_#"))
    cited = cite_number(tables, team, "Overall friction", "87", DAY)
    assert "url" not in cited.bibtex
    assert r"R\&D" in cited.bibtex
    assert "@misc{parley-overall-friction-team-1-chn," in cited.bibtex


def test_every_source_can_be_cited_and_only_publications_have_an_entry(tables):
    for source in tables.sources.values():
        line = cite_source(source)
        assert ("own design" if source.kind == "design" else source.authors.split(";")[0]) in line
        assert "  " not in line
        assert "[" not in line
    text = bibtex_of(tables.sources.values())
    published = [s for s in tables.sources.values() if s.kind != "design"]
    assert text.count("\n\n") == len(published) - 1
    assert all(bibtex_entry(source) in text for source in published)
    assert "parley-design" not in text
