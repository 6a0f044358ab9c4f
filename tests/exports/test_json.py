"""The JSON file: what it holds, that it fits its schema, and that every number can be followed."""

import copy
import dataclasses
import json
import math
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from analysis.deal import DEAL_FIELDS, EMPTY_FORM, EXAMPLE, Deal, make_deal
from analysis.exports.as_json import SCHEMA_VERSION, as_json, brief_object, comparison_object
from analysis.exports.provenance import DEFINITIONS, DESIGN
from analysis.measures.registry import LISTED, MEASURES
from analysis.settings import make_settings
from analysis.strategy.deal_file import read_deal

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    kind: json.loads(
        (ROOT / "data" / "schemas" / f"parley-{kind}.schema.json").read_text("utf-8")
    )
    for kind in ("comparison", "brief")
}  # fmt: skip
CHECKED = {
    kind: Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for kind, schema in SCHEMAS.items()
}
HOSTILE = {"NLD": '=HYPERLINK("http://x","y")', "CHN": "<script>alert(1)</script>"}
PAIRS = {
    "usual": ("NLD", "CHN", {}),
    "close": ("SWE", "FIN", {}),
    "one score missing": ("ISR", "USA", {}),
    "regional": ("SAU", "NGA", {}),
    "one region": ("SAU", "EGY", {}),
    "no distance": ("UKR", "POL", {}),
    "no distance but further pairs": ("UKR", "POL", {"further": ("NLD",)}),
    "same": ("NLD", "NLD", {}),
    "few dimensions": ("TTO", "CHE-FR", {}),
    "four parties": ("NLD", "CHN", {"further": ("JPN", "BRA")}),
    "other scripts": ("NLD", "CHN", {"names": {"NLD": "中文团队", "CHN": "فريق العمل"}}),
    "hostile": ("NLD", "CHN", {"names": HOSTILE}),
    "no link": ("NLD", "CHN", {"page": ""}),
}
SETTINGS = {
    "classic": {"dimensions": ["pdi", "idv", "mas", "uai"]},
    "weights": {"weights": {"mas": 0.5}},
    "a measure not listed": {"measure": "mahalanobis_kogut_singh"},
    "counted": {"severity": "counted", "reference": "all"},
    "unrounded": {"unrounded": True, "published_only": True, "score_error": 5},
    "people more alike": {"between_share": 0.1},
    "no individualism": {"dimensions": ["pdi", "mas", "uai", "lto"]},
}  # fmt: skip
DEALS = {
    "empty": Deal(),
    "molds": Deal(kind="supply", they_hold=("molds",), first_order=4_000.0, total=800_000.0),
    "licence": Deal(kind="licence", ip_at_stake=True, initiative="passive", hard_phase=True),
    "own effects": Deal(ip_at_stake=True, prior_deals=True, effects=(("ip_at_stake", 1.0),)),
    "at arm's length": Deal(repeat_deals=False, commodity=True, minutes=15, months=1),
    "beyond": Deal(first_order=100.0, later_orders=(1.0, 2.0), total=50.0),
}
# Every pair as a comparison and with a deal; every deal for a pair with and one without a distance.
FILES = list(
    dict.fromkeys(
        [(which, deal) for which in PAIRS for deal in (None, "molds")]
        + [(which, deal) for which in ("usual", "no distance") for deal in DEALS]
    )
)
every_file = pytest.mark.parametrize(("which", "deal"), FILES)
every_pair = pytest.mark.parametrize("which", PAIRS)
every_deal = pytest.mark.parametrize("deal", DEALS.values(), ids=DEALS)


@pytest.fixture(scope="module")
def read(subject_of):
    """Return the file of two parties, read back."""
    return lambda a, b, **more: json.loads(as_json(subject_of(a, b, **more)))


@pytest.fixture(scope="module")
def file_of(read):
    """Return the file of a case and a deal, made once and only to be looked at."""

    @cache
    def of(which, deal):
        a, b, more = PAIRS[which]
        return read(a, b, deal=DEALS[deal] if deal else None, **more)

    return of


def check(found):
    CHECKED[found["schema"]["name"].removeprefix("parley-")].validate(found)


def numbers(value, pointer=""):
    """Every number of an object with its JSON pointer."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from numbers(part, f"{pointer}/{key}")
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from numbers(part, f"{pointer}/{place}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield pointer, value


def at(found, pointer):
    for key in pointer.split("/")[1:]:
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


def entry_for(found, pointer):
    entries = found["provenance"]["numbers"]
    while pointer and pointer not in entries:
        pointer = pointer.rpartition("/")[0]
    return entries.get(pointer)


# The schemas


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_valid_strict_and_explains_every_property(kind):
    Draft202012Validator.check_schema(SCHEMAS[kind])
    seen = 0

    def look(schema):
        nonlocal seen
        if isinstance(schema, list):
            for part in schema:
                look(part)
        if not isinstance(schema, dict):
            return
        for group in ("properties", "patternProperties"):
            # Only where a shape is set down: a condition of `oneOf` names properties without.
            if group not in schema or "type" not in schema:
                continue
            assert schema["additionalProperties"] is False, schema.get("title")
            for name, part in schema[group].items():
                told = part.get("title") and part.get("description")
                assert told or group == "patternProperties", name
                assert part.keys() & {"type", "$ref", "enum", "const", "oneOf"}, name
                seen += 1
        for part in schema.values():
            look(part)

    look(SCHEMAS[kind])
    assert seen > 150
    for name, part in SCHEMAS[kind]["$defs"].items():
        assert part["title"], name
        assert part["description"].endswith("."), name


def test_both_schemas_hold_their_common_parts_alike():
    comparison, brief = (SCHEMAS[kind]["$defs"] for kind in ("comparison", "brief"))
    assert {name: brief[name] for name in comparison} == comparison
    parts = [schema["properties"] for schema in SCHEMAS.values()]
    common = set(parts[0]) - {"schema", "provenance"}
    assert {name: parts[1][name] for name in common} == {name: parts[0][name] for name in common}


def test_the_schemas_know_every_measure_dimension_kind_and_answer():
    parts = SCHEMAS["brief"]["$defs"]
    assert set(parts["measures"]["properties"]) == {m.id for m in LISTED}
    assert set(parts["measure_id"]["enum"]) == set(MEASURES) == set(DEFINITIONS)
    assert set(parts["distance_entry"]["properties"]["unit"]["enum"]) == {
        m.unit for m in MEASURES.values()
    }
    answers = parts["deal"]["properties"]
    assert set(answers) == set(DEAL_FIELDS)
    for name, field in DEAL_FIELDS.items():
        if field.kind == "choice":
            assert answers[name]["enum"] == list(field.choices)
        if field.kind == "several":
            assert answers[name]["items"]["enum"] == list(field.choices)
        if field.kind == "whole":
            assert (answers[name]["minimum"], answers[name]["maximum"]) == field.bounds


@every_file
def test_every_file_fits_its_schema(file_of, which, deal):
    found = file_of(which, deal)
    kind = "brief" if deal else "comparison"
    assert found["schema"] == {"name": f"parley-{kind}", "version": SCHEMA_VERSION}
    check(found)


@pytest.mark.parametrize("deal", [None, DEALS["molds"]], ids=["comparison", "brief"])
def test_a_file_with_second_opinions_and_a_caution_fits_its_schema(read, deal):
    found = read("NLD", "JPN", deal=deal, agreed=True)
    check(found)
    assert found["agreement"]["verdict"] == "disagree"
    assert list(found).index("caution") == list(found).index("measures") + 1


@pytest.mark.parametrize("changed", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("deal", [None, DEALS["molds"]], ids=["comparison", "brief"])
def test_every_setting_fits_the_schema(read, tables, changed, deal):
    check(read("NLD", "CHN", settings=make_settings(tables, **changed), deal=deal))


AMOUNT = st.floats(0.01, 1e12)
EFFECTS = {"ip_at_stake": 0.5, "prior_deals": -0.6}
ANSWERS = {
    "yes": lambda _field: st.booleans(),
    "choice": lambda field: st.sampled_from(list(field.choices)),
    "several": lambda field: st.lists(st.sampled_from(list(field.choices))),
    "whole": lambda field: st.integers(*field.bounds),
    "amount": lambda _field: st.none() | AMOUNT,
    "amounts": lambda _field: st.lists(AMOUNT, max_size=4),
    "text": lambda field: st.text("abc<>= 中", min_size=1, max_size=8).filter(str.strip),
    "effects": lambda _field: st.dictionaries(st.sampled_from(list(EFFECTS)), st.floats(-1.5, 1.5)),
}


@given(st.fixed_dictionaries({n: ANSWERS[f.kind](f) for n, f in DEAL_FIELDS.items()}))
@trials(max_examples=12, deadline=None)
def test_any_deal_fits_the_schema(subject_of, answers):
    found = json.loads(as_json(subject_of("NLD", "CHN", deal=make_deal(answers, EFFECTS))))
    check(found)
    for pointer, _ in numbers({k: v for k, v in found.items() if k != "provenance"}):
        assert entry_for(found, pointer), pointer


BROKEN = {
    "a severity of 101": lambda o: o["friction"]["topics"][0].update(severity=101),
    "a severity below 0": lambda o: o["friction"]["topics"][0].update(severity=-1),
    "a severity as text": lambda o: o["friction"]["topics"][0].update(severity="90"),
    "a severity without a reason": lambda o: o["friction"]["topics"][0].update(severity=None),
    "a reason beside a value": lambda o: o["friction"]["topics"][0].update(reason="so"),
    "a percentile of 101": lambda o: o["measures"]["angle"].update(percentile=101),
    "a distance below 0": lambda o: o["measures"]["euclidean"].update(value=-1),
    "an interval of one end": lambda o: o["measures"]["euclidean"].update(interval=[1]),
    "a missing distance": lambda o: o["measures"]["euclidean"].update(value=None),
    "a score as text": lambda o: o["a"]["scores"].update(pdi="38"),
    "an unknown standing": lambda o: o["a"]["standing"].update(pdi="guessed"),
    "an extra property": lambda o: o.update(more=1),
    "an extra property inside": lambda o: o["friction"].update(more=1),
    "an extra measure": lambda o: o["measures"].update(more=o["measures"]["angle"]),
    "a reason beside measures": lambda o: o.update(reason="so"),
    "an empty reason": lambda o: (o.pop("measures"), o.pop("friction"), o.update(reason="")),
    "a side c": lambda o: o["friction"]["topics"][0].update(high_side="c"),
    "no date": lambda o: o["stamp"].update(date="22 November 2026"),
    "no day of any month": lambda o: o["stamp"].update(date="2026-11-31"),
    "an empty link": lambda o: o["stamp"].update(link=""),
    "another schema": lambda o: o["schema"].update(version="0.9"),
    "a pair with value and reason": lambda o: o["pairs"][0].update(reason="so"),
    "a score without standing": lambda o: o["provenance"]["numbers"]["/a/scores/pdi"].pop(
        "standing"
    ),
    "weights by someone else": lambda o: o["provenance"]["numbers"]["/friction/topics/0"].update(
        weights_by="hofstede-2001"
    ),
    "an entry for nothing": lambda o: o["provenance"]["numbers"].update({"/x": {}}),
    "a source without its terms": lambda o: o["provenance"]["sources"]["hofstede-2015-matrix"].pop(
        "terms"
    ),
}


@pytest.mark.parametrize("breaks", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("deal", [None, "molds"], ids=["comparison", "brief"])
def test_a_broken_file_does_not_fit(file_of, breaks, deal):
    found = copy.deepcopy(file_of("four parties", deal))  # that it fits, another test holds
    breaks(found)
    assert not CHECKED["brief" if deal else "comparison"].is_valid(found)


@pytest.mark.parametrize("deal", [None, "molds"], ids=["comparison", "brief"])
def test_no_property_may_be_left_out(file_of, deal):
    found, kind = file_of("four parties", deal), "brief" if deal else "comparison"
    for name in (*SCHEMAS[kind]["required"], "measures", "friction"):
        assert not CHECKED[kind].is_valid({k: v for k, v in found.items() if k != name}), name


# What the file holds


@every_pair
def test_the_file_holds_what_the_command_line_prints(subject_of, knowledge, which):
    a, b, more = PAIRS[which]
    subject = subject_of(a, b, **more)
    printed = comparison_object(knowledge, subject.comparison, subject.friction)
    assert json.loads(json.dumps(printed)).items() <= json.loads(as_json(subject)).items()


@every_deal
def test_the_file_of_a_brief_holds_the_whole_brief(subject_of, knowledge, deal):
    subject = subject_of("NLD", "CHN", deal=deal)
    printed = brief_object(knowledge, subject.tables, subject.brief)
    assert json.loads(json.dumps(printed)).items() <= json.loads(as_json(subject)).items()


def test_the_stamp_and_the_bytes(subject_of, tables):
    subject = subject_of("NLD", "CHN", settings=make_settings(tables, score_error=5))
    written = as_json(subject)
    assert written == as_json(subject_of("NLD", "CHN", settings=subject.comparison.settings))
    assert written.endswith(b"}\n")
    assert written.startswith(b'{\n  "schema": {\n')
    assert json.loads(written)["stamp"] == {
        "title": "The Netherlands and China",
        "subtitle": "How far apart they stand, how sure that is, and where it may rub",
        "parties": ["Netherlands", "China"],
        "settings_changed": ["error of a score 5 points"],
        "data_version": tables.version,
        "date": "2026-11-22",
        "source": subject.stamp.source,
        "caveat": subject.stamp.caveat,
        "link": "http://127.0.0.1:8501/?a=NLD&b=CHN&error=5",
    }
    later = subject_of("NLD", "CHN", settings=subject.comparison.settings, day=date(2027, 1, 2))
    assert as_json(later) == written.replace(b'"2026-11-22"', b'"2027-01-02"')


def test_private_answers_are_in_the_file_and_not_in_its_link(subject_of, knowledge):
    text = (ROOT / EXAMPLE).read_text("utf-8")
    deal = read_deal(text, knowledge.friction.effects)
    found = json.loads(as_json(subject_of("NLD", "CHN", deal=deal)))
    assert found["deal"]["subject"] == "housings for a pump"
    assert found["deal"]["later_orders"] == [120000, 240000]
    assert found["stamp"]["subtitle"] == "Preparation brief, for our side only: housings for a pump"
    assert not re.search("housings|40000|800000|EUR", found["stamp"]["link"])


def test_names_are_data_whatever_they_look_like(read):
    found = read("NLD", "CHN", names=HOSTILE)
    assert [found[side]["name"] for side in "ab"] == list(HOSTILE.values())
    found = read("NLD", "CHN", names={"NLD": "Zo\u0308e\n\u202e\x00中文", "CHN": 'a"\\'})
    assert (found["a"]["name"], found["b"]["name"]) == ("Zöe 中文", 'a"\\')


def test_letters_of_every_script_stand_as_they_are(subject_of):
    written = as_json(subject_of("NLD", "CHN", names={"NLD": "中文团队"}))
    assert "中文团队".encode() in written
    assert b"\\u" not in written


def test_every_pair_of_four_parties_is_there_with_its_rank(read):
    found = read("NLD", "CHN", further=("JPN", "BRA"))
    assert [(p["a"], p["b"]) for p in found["pairs"]] == [
        ("NLD", "CHN"), ("NLD", "JPN"), ("NLD", "BRA"), ("CHN", "JPN"), ("CHN", "BRA"),
        ("JPN", "BRA"),
    ]  # fmt: skip
    assert found["pairs"][0] == found["headline"]
    usual = found["measures"]["konara_mohr"]
    assert (found["headline"]["value"], found["headline"]["interval"]) == (
        usual["value"], usual["interval"],
    )  # fmt: skip
    assert [p["id"] for p in found["further"]] == ["JPN", "BRA"]
    for pair in found["pairs"]:
        low, high = pair["percentile_interval"]
        assert low <= pair["percentile"] <= high


def test_a_pair_without_a_distance_has_a_reason_and_no_number_in_its_place(read):
    found = read("UKR", "POL", further=("NLD",))
    assert found["reason"].startswith("There is no distance between Ukraine and Poland")
    assert "measures" not in found
    assert found["percentile_intervals"] == {}
    assert found["a"]["scores"]["pdi"] is None
    assert found["dimensions"]["pdi"]["reason"] == "a score is missing"
    # Ukraine has no distance to anybody; Poland and the Netherlands have one.
    assert [p.get("reason") is None for p in found["pairs"]] == [False, False, True]


# Where the numbers come from


@every_file
def test_every_number_has_its_provenance_and_every_trail_ends_at_a_source(file_of, which, deal):
    found = file_of(which, deal)
    held = found["provenance"]
    for pointer, _ in numbers({k: v for k, v in found.items() if k != "provenance"}):
        entry = entry_for(found, pointer)
        assert entry is not None, pointer
        told = entry["what"] == "Told by the person who made this file."
        assert told or entry["rests_on"] or entry["sources"], pointer
    for pointer, entry in held["numbers"].items():
        at(found, pointer)
        for below in entry["rests_on"]:
            at(found, below)
            assert entry_for(found, below), below
        assert set(entry["methods"]) <= set(held["methods"]), pointer
    used = [*held["numbers"].values(), *held["methods"].values()]
    cited = {i for entry in used for i in entry["sources"]}
    cited |= {c["source"] for e in used for c in (*e.get("citations", ()), *e.get("doubts", ()))}
    assert cited == set(held["sources"])
    named = {name for entry in held["numbers"].values() for name in entry["methods"]}
    assert named == set(held["methods"])


def test_sources_stand_once_with_all_that_is_known_of_them(read, tables):
    held = read("NLD", "CHN")["provenance"]["sources"]
    assert held["kogut-singh-1988"] == {
        "kind": "paper",
        "authors": ["Bruce Kogut", "Harbir Singh"],
        "year": 1988,
        "title": "The effect of national culture on the choice of entry mode",
        "description": None,
        "published_in": "Journal of International Business Studies 19(3), 411-432",
        "address": "doi:10.1057/palgrave.jibs.8490394",
        "terms": None,
        "read": "in part",
    }
    assert held["hofstede-2015-matrix"]["terms"].startswith("The site allows use in research")
    assert (held["hupert"]["year"], held["hupert"]["title"]) == (None, None)
    assert held["hupert"]["description"].startswith("a practitioner's article on building")
    for source_id, source in held.items():
        assert "; ".join(source["authors"]) == tables.sources[source_id].authors


def test_a_score_names_whose_it_is_and_where_it_stands_in_the_source(read):
    found = read("SAU", "NLD")["provenance"]["numbers"]["/a/scores/pdi"]
    assert found["standing"] == "regional"
    assert found["origin"] == "ARAB"
    assert found["locator"] == "row Arab countries"
    assert found["sources"] == ["hofstede-2015-matrix"]
    own = read("SAU", "NLD")["provenance"]["numbers"]["/b/scores/ivr"]
    assert (own["standing"], own["origin"], own["locator"]) == (
        "published", "NLD", "row Netherlands",
    )  # fmt: skip
    missing = read("ISR", "USA")["provenance"]["numbers"]["/a/scores/ivr"]
    assert missing["standing"] == "missing"
    assert (missing["origin"], missing["locator"], missing["sources"]) == (None, None, [])


def test_the_measures_follow_from_what_they_rest_on(read):
    found = read("NLD", "CHN")
    entries = found["provenance"]["numbers"]
    entry = entries["/measures/euclidean"]
    scores = [at(found, p) for p in entry["rests_on"] if "/scores/" in p]
    # (38, 80, 14, 53, 67, 68) and (80, 20, 66, 30, 87, 24): gaps 42, 60, 52, 23, 20, 44.
    # 1764 + 3600 + 2704 + 529 + 400 + 1936 = 10933, of which the root is 104.561...
    assert scores == [38, 80, 14, 53, 67, 68, 80, 20, 66, 30, 87, 24]
    assert found["measures"]["euclidean"]["value"] == pytest.approx(math.sqrt(10933))
    # Kogut-Singh is the mean of the squared standardised gaps, Konara-Mohr its root.
    z = [found["dimensions"][d]["gap_standardised"] for d in found["dimensions_used"]]
    index = sum(gap**2 for gap in z) / 6
    assert found["measures"]["kogut_singh"]["value"] == pytest.approx(index)
    assert found["measures"]["konara_mohr"]["value"] == pytest.approx(math.sqrt(index))
    assert found["measures"]["manhattan"]["value"] == pytest.approx(sum(map(abs, z)) / 6)
    # 62 countries have every score: 62 * 61 / 2 = 1891 pairs.
    assert entry["reference_pairs"] == 1891
    how = found["provenance"]["methods"]["interval"]
    assert (how["draws"], how["seed"], how["score_error"], how["quantiles"]) == (
        2000, 20150816, 7.5, [0.025, 0.975],
    )  # fmt: skip
    assert entries["/measures/mahalanobis"]["sources"] == ["mahalanobis-1936", "berry-2010"]


def test_a_topic_follows_from_its_weights_and_the_gaps_they_point_to(read):
    found = read("TTO", "CHE-FR")
    for place, topic in enumerate(found["friction"]["topics"]):
        entry = found["provenance"]["numbers"][f"/friction/topics/{place}"]
        assert entry["topic"] == topic["id"]
        assert entry["weights_by"] == DESIGN
        assert DESIGN in entry["sources"]
        if topic["severity"] is None:
            assert (entry["rests_on"], entry["drivers"]) == ([], {})
            continue
        # Weight times standardised gap, dimension by dimension, as shares of their sizes.
        parts = {
            p.split("/")[2]: entry["weights"][p.split("/")[2]] * at(found, p)
            for p in entry["rests_on"]
        }
        whole = sum(map(abs, parts.values()))
        assert entry["drivers"] == pytest.approx({d: v / whole for d, v in parts.items() if v})
        assert math.copysign(1, sum(parts.values())) == math.copysign(1, topic["gap"])
        # The closed form: 100 erf(|gap| / 2).
        assert topic["severity"] == pytest.approx(100 * math.erf(abs(topic["gap"]) / 2))


def test_what_the_deal_does_follows_from_the_effects_named(read):
    deal = dataclasses.replace(DEALS["own effects"], introduced=True)
    found = read("NLD", "CHN", deal=deal)
    effects = found["provenance"]["methods"]["circumstances"]["effects"]
    # By default 0.5, -0.6 and -0.3; the person counts the first as 1.
    assert [(e["id"], e["effect"], e["default"]) for e in effects] == [
        ("ip_at_stake", 1.0, 0.5), ("prior_deals", -0.6, -0.6), ("introduced", -0.3, -0.3),
    ]  # fmt: skip
    severities = {t["id"]: t["severity"] for t in found["friction"]["topics"]}
    for said in found["predictions"]:
        moved = sum(e["effect"] for e in effects if not e["topics"] or said["topic"] in e["topics"])
        odds = severities[said["topic"]] / (100 - severities[said["topic"]]) * math.exp(moved)
        assert said["severity_with_deal"] == pytest.approx(100 * odds / (1 + odds))


def test_the_answers_of_an_empty_form_need_no_effect(read):
    found = read("NLD", "CHN", deal=EMPTY_FORM)
    assert found["deal"] == {}
    assert found["provenance"]["methods"]["circumstances"]["effects"] == []
    assert found["overall"]["severity"] == pytest.approx(found["overall"]["with_the_deal"])
