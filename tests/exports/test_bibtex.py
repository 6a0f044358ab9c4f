"""The bibliography: read back with another program's reader and held against the tables."""

import re

import bibtexparser
import pytest
from bibtexparser import middlewares
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from analysis.deal import Deal
from analysis.exports.as_bibtex import OWN_KEY, as_bibtex, bibtex_entry, escaped, used_sources
from analysis.exports.as_json import sources_of
from analysis.friction.ranking import top_frictions
from analysis.measures.registry import LISTED
from analysis.tables import Source, load_tables

TABLES = load_tables()
CITABLE = [source for source in TABLES.sources.values() if source.kind != "design"]
HOSTILE = {"NLD": "@article{x, title = {\\evil} % &", "CHN": "50% & $x_1^2 ~# }}}"}
CASES = {
    "usual": ("NLD", "CHN", {}),
    "close": ("SWE", "FIN", {}),
    "one score missing": ("ISR", "USA", {}),
    "regional": ("SAU", "NGA", {}),
    "no distance": ("UKR", "POL", {}),
    "no distance but further pairs": ("UKR", "POL", {"further": ("NLD",)}),
    "few dimensions": ("TTO", "CHE-FR", {}),
    "four parties": ("NLD", "CHN", {"further": ("JPN", "BRA")}),
    "other scripts": ("NLD", "CHN", {"names": {"NLD": "中文团队", "CHN": "فريق العمل"}}),
    "hostile": ("NLD", "CHN", {"names": HOSTILE}),
    "brief": ("NLD", "CHN", {"deal": Deal(subject="pumps & {valves}", total=8e5)}),
    "brief without a distance": ("UKR", "POL", {"deal": Deal()}),
}
every_case = pytest.mark.parametrize("which", CASES)
every_source = pytest.mark.parametrize("source", CITABLE, ids=lambda source: source.id)


def parsed(text, *, names=True):
    """Return what an independent reader finds; LaTeX commands turned back into letters."""
    split = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()] if names else []
    library = bibtexparser.parse_string(
        text, append_middleware=[middlewares.LatexDecodingMiddleware(), *split]
    )
    assert library.failed_blocks == []
    return library


def entry(source):
    (found,) = parsed(bibtex_entry(source)).entries
    return found


def value(found, name):
    field = found.fields_dict.get(name)
    return field.value if field else ""


def whole_name(parts):
    return " ".join((*parts.first, *parts.von, *parts.last, *parts.jr))


@every_source
def test_an_entry_says_what_the_table_says(source):
    found = entry(source)
    assert found.key == source.id
    people = [whole_name(parts) for parts in value(found, "author")]
    others = ["others"] if source.authors.endswith(" et al.") else []
    assert people == source.authors.removesuffix(" et al.").split("; ") + others
    assert value(found, "year") == (str(source.year) if source.year else "")
    edition = f" ({value(found, 'edition')} edition)" if value(found, "edition") else ""
    if source.title.startswith("["):
        assert value(found, "title") == ""
        assert f"[{value(found, 'note')}]" == source.title
    else:
        assert value(found, "title") + edition == source.title
    doi, url = value(found, "doi"), value(found, "url")
    assert (f"doi:{doi}" if doi else url) == source.address
    assert value(found, "annote")


@every_source
def test_where_it_appeared_can_be_put_together_again(source):
    # The reader turns the two hyphens of a range into a dash.
    found = entry(source)
    volume, number, pages = (
        value(found, n).replace("–", "-") for n in ("volume", "number", "pages")
    )
    again = value(found, "journal") or value(found, "publisher") or value(found, "howpublished")
    again += f" {volume}" if volume else ""
    again += f"({number})" if number else ""
    again += f", {pages}" if pages else ""
    assert again == source.published_in


@pytest.mark.parametrize(
    ("source_id", "kind", "fields"),
    [
        ("kogut-singh-1988", "article", {
            "journal": "Journal of International Business Studies", "volume": "19", "number": "3",
            "pages": "411--432", "doi": "10.1057/palgrave.jibs.8490394",
        }),
        ("cao-lumineau-2015", "article", {"volume": "33--34", "pages": "15--42"}),
        ("levine-norenzayan-1999", "article", {"volume": "30"}),
        ("minkov-2018", "article", {"journal": r"Cross Cultural \& Strategic Management"}),
        ("hofstede-2001", "book", {"publisher": "Sage", "edition": "second"}),
        ("hall-1976", "book", {"publisher": "Anchor Press"}),
        ("hofstede-2015-matrix", "misc", {
            "url": "https://geerthofstede.com/research-and-vsm/dimension-data-matrix/",
        }),
        # Two parts in two issues are no volume, number and pages of one article.
        ("weiss-1994", "misc", {
            "howpublished": "Sloan Management Review 35(2), 51-61, and 35(3), 85-99",
        }),
        ("alexander-portfolios", "misc", {"howpublished": "working paper"}),
        ("de-benedictis-2023", "article", {
            "author": "De Benedictis, Luca and Roberto Rondinelli and Veronica Vinciotti",
        }),
        ("triandis-2001", "article", {"author": "Harry C. Triandis and others"}),
        ("adair-2001", "article", {
            "title": "Negotiation behavior when cultures collide: the {United} {States} and"
            " {Japan}",
        }),
    ],
)  # fmt: skip
def test_the_kind_and_the_fields_of_some_entries(source_id, kind, fields):
    (found,) = bibtexparser.parse_string(bibtex_entry(TABLES.sources[source_id])).entries
    assert found.entry_type == kind
    assert {name: value(found, name) for name in fields} == fields


def test_how_little_was_read_is_told():
    said = bibtex_entry(TABLES.sources["graham-1985"])
    assert "not read again" in said


@every_case
def test_the_file_is_whole(subject_of, which):
    a, b, more = CASES[which]
    subject = subject_of(a, b, **more)
    written = as_bibtex(subject)
    assert written == as_bibtex(subject_of(a, b, **more))
    text = written.decode("utf-8")
    library = parsed(text)
    keys = [found.key for found in library.entries]
    assert len(keys) == len(set(keys))
    assert keys[0] == OWN_KEY
    assert keys[1:] == [i for i in used_sources(subject) if i != "parley-design"]
    # An at sign at the start of a line begins an entry, and only there.
    assert text.count("\n@") == len(keys)
    depth = 0
    for sign in "".join(line for line in text.splitlines() if not line.startswith("%")):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert 0 <= depth <= 4
    assert depth == 0
    assert "\\{" not in text.partition("@misc")[2]
    assert all("@" not in line for line in text.splitlines() if line.startswith("%"))


@every_case
def test_what_stands_on_every_export_stands_above_and_in_the_own_entry(subject_of, which):
    a, b, more = CASES[which]
    subject = subject_of(a, b, **more)
    text, stamp = as_bibtex(subject).decode("utf-8"), subject.stamp
    comments = text[: text.index("\n@misc")]
    assert all(line.startswith("%") for line in comments.splitlines() if line)
    for told in (*stamp.lines, stamp.title, stamp.subtitle, *stamp.parties):
        assert told.replace("@", "＠") in comments
    own = parsed(text, names=False).entries_dict[OWN_KEY]
    assert value(own, "year") == "2026"
    assert value(own, "version") == stamp.data_version
    # An address is printed as it stands: no sign in it is a command.
    as_written = bibtexparser.parse_string(text).entries_dict[OWN_KEY]
    if "page" in more:
        assert value(as_written, "url") == stamp.link
        assert value(own, "urldate") == "2026-11-22"
    else:  # a loopback address opens nothing for a reader elsewhere
        assert not value(as_written, "url")
    for told in ("22 November 2026", stamp.caveat, stamp.settings_line):
        assert told in value(own, "note")
    if "names" not in more and "deal" not in more:
        assert value(own, "title") == f"{stamp.title}. {stamp.subtitle}"


def test_a_comparison_cites_data_measures_and_the_frictions_shown(subject_of, knowledge):
    subject = subject_of("NLD", "CHN")
    used = used_sources(subject)
    assert used[:3] == ["hofstede-2015-matrix", "konara-mohr-2019", "kogut-singh-1988"]
    assert {i for m in LISTED for i in m.source_ids} <= set(used)
    top = top_frictions(knowledge, subject.friction)
    assert {c.id for t in top for c in t.topic.sources} <= set(used)
    # Weiss's strategies and the practitioner's advice are the brief's alone.
    assert "weiss-1994" not in used


def test_a_brief_cites_its_advice_too(subject_of, knowledge):
    subject = subject_of("NLD", "CHN", deal=Deal())
    used = used_sources(subject)
    assert {c.id for c in sources_of(knowledge, subject.brief)} <= set(used)
    assert {"weiss-1994", "hupert", "taras-2016", "westjohn-2022"} <= set(used)


def test_without_a_distance_no_measure_is_cited(subject_of):
    assert used_sources(subject_of("UKR", "POL")) == ["hofstede-2015-matrix", "taras-2016"]
    assert "konara-mohr-2019" in used_sources(subject_of("UKR", "POL", further=("NLD",)))


def test_without_a_link_the_own_entry_has_no_address(subject_of):
    text = as_bibtex(subject_of("NLD", "CHN", page="")).decode("utf-8")
    own = parsed(text, names=False).entries_dict[OWN_KEY]
    assert "url" not in own.fields_dict
    assert "urldate" not in own.fields_dict


SPECIAL = {
    "\\textbackslash{}": "\\", "\\textbraceleft{}": "{", "\\textbraceright{}": "}",
    "\\textasciitilde{}": "~", "\\textasciicircum{}": "^", "\\textless{}": "<",
    "\\textgreater{}": ">", "\\&": "&", "\\%": "%", "\\$": "$", "\\#": "#", "\\_": "_",
}  # fmt: skip


@given(st.text())
def test_escaped_text_has_no_sign_of_its_own_and_can_be_read_back(text):
    once = escaped(text)
    pattern = "|".join(map(re.escape, SPECIAL))
    assert re.sub(pattern, lambda found: SPECIAL[found[0]], once) == text
    assert not re.search(r"[&%$#_{}~^<>\\]", re.sub(pattern, "", once))


@given(name=st.text(alphabet=st.sampled_from("@{}\\%&$#_~^\"',=ab 中"), max_size=40))
@trials(max_examples=25, deadline=None)
def test_any_name_leaves_the_file_whole(subject_of, name):
    subject = subject_of("NLD", "CHN", names={"NLD": name})
    text = as_bibtex(subject).decode("utf-8")
    assert len(parsed(text).entries) == 1 + len(used_sources(subject)) - (
        "parley-design" in used_sources(subject)
    )
    assert text.count("{") == text.count("}") or any(sign in name for sign in "{}")


@given(
    st.builds(
        Source, id=st.just("x-2000"), kind=st.sampled_from(["paper", "data"]),
        authors=st.sampled_from(["A and B Ltd", "C de D; E F et al.", "G & H_I"]),
        year=st.just(2000), title=st.text("Ab {}%\\@[]", max_size=12),
        published_in=st.text("Journal 12(3), 4-5&{", max_size=30),
        address=st.sampled_from(["", "doi:10.1/a_b", "https://a.b/{x}?y=%20&z=ü \\"]),
        terms=st.just(""), read=st.sampled_from(["yes", "in part", "abstract", "recalled"]),
    )
)  # fmt: skip
def test_an_entry_is_whole_whatever_a_table_holds(source):
    text = bibtex_entry(source)
    assert text.count("{") == text.count("}")
    (found,) = parsed(text).entries
    assert found.key == "x-2000"
    assert not re.search(r"[\s{}\\]", value(found, "url"))
