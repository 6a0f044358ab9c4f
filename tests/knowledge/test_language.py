"""How the knowledge files speak: of habits at the table, never of people's nature or blocs."""

import re

import pytest
import yaml

from analysis.knowledge.reading import KNOWLEDGE_FOLDER

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FILES = sorted(KNOWLEDGE_FOLDER.rglob("*.yaml"))
TOPICS = [path for path in FILES if path.parent.name == "topics"]
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
every_topic = pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
# Where a party may be named: what a study found, and whom it was about.
ABOUT_STUDIES = {"sources", "source", "says", "exceptions", "limits", "fires", "quiet"}


def texts(value, at=()):
    """Every text in a file with the keys that lead to it."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, (*at, str(key)))
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, at)
    elif isinstance(value, str):
        yield at, value


def load(path):
    return yaml.load(path.read_text("utf-8"), Loader=LOADER)


def read(path):
    return list(texts(load(path)))


def found(path, pattern, but=frozenset()):
    return [
        (at, match[0]) for at, text in read(path) if not but & set(at)
        for match in re.finditer(pattern, text)
    ]  # fmt: skip


def test_the_files_hold_the_texts():
    assert len(FILES) == 33
    assert len(TOPICS) == 18
    assert sum(len(read(path)) for path in FILES) > 900


@every_file
def test_no_text_sets_east_against_west(path):
    blocs = (
        r"(?i)\b(east|west|eastern|western|westerners?|orientals?|occidentals?|asians?|arabs?)\b"
    )
    assert found(path, blocs) == []


@every_file
def test_no_text_names_a_gender(path):
    gendered = (
        r"(?i)\b(s?he|his|hers?|him(self)?|herself|wom[ae]n|m[ae]n|males?|females?|girls?|boys?"
        r"|lad(y|ies)|gentlem[ae]n|gender)\b"
    )
    assert found(path, gendered) == []


@every_file
def test_no_text_names_a_religion(path):
    religion = (
        r"(?i)\b(religi\w+|muslims?|islam\w*|christian\w*|buddhis\w+|hindu\w*|jew(s|ish)?|judaism"
        r"|catholic\w*|protestant\w*|orthodox\w*|confuci\w+|tao\w*|shinto\w*|sikh\w*)\b"
    )
    assert found(path, religion) == []


@every_file
def test_no_text_calls_a_people_something(path):
    nature = (
        r"(?i)\b(mentality|temperament|race|racial|ethnic\w*|primitive|backward|lazy|cunning"
        r"|inscrutable|exotic)\b"
    )
    assert found(path, nature) == []


@every_file
def test_a_country_is_named_only_where_a_study_is_spoken_of(path, tables):
    names = {
        name
        for p in tables.profiles.values()
        for name in (p.name, *p.other_names, p.id, p.iso2)
        if name
    }
    peoples = {
        "American", "Americans", "Brazilian", "British", "Chinese", "Dutch", "French", "German",
        "Germans", "Indian", "Israeli", "Japanese", "Korean", "Mexican", "Russian",
    }  # fmt: skip
    pattern = rf"(?<!\w)({'|'.join(map(re.escape, sorted(names | peoples)))})(?!\w)"
    if path.stem != "contested":
        assert found(path, pattern, ABOUT_STUDIES) == []
    assert re.search(pattern, "two weeks in Brazil")


@every_file
def test_nobody_shouts_or_promises(path):
    assert found(path, "!") == []
    assert found(path, r"(?i)\b(guarantee\w*|certainly|obviously|of course|of necessity)\b") == []
    promise = r"(?i)(^|[.;,] )(they|you|people|(both|neither) sides?) (will|always|never)\b"
    assert found(path, promise) == []


@every_file
def test_texts_are_clean(path):
    for at, text in read(path):
        assert text == " ".join(text.split()), at
        assert text or at[-1] in {"override", "none", "rank", "group", "room", "part"}, at
        assert text.count("“") == text.count("”"), at
        assert text.count("(") == text.count(")"), at
        assert not {'"', "'"} & set(text), at


@every_file
def test_a_file_reads_the_same_without_the_c_library(path):
    assert yaml.safe_load(path.read_text("utf-8")) == load(path)


def whole(text):
    return re.match(r"[A-Z“]", text) and re.search(r"[.?]”?$", text)


@every_topic
def test_each_field_of_a_topic_has_its_form(path):
    topic = load(path)
    for pole in (topic["high"], topic["low"]):
        for field in ("habit", "sees", "request", "sign", "pole"):  # they go on a sentence
            assert pole[field][:1].islower(), (field, pole[field])
            assert not pole[field].endswith((".", "?", ";", ",")), (field, pole[field])
        for field in ("move", "shared"):
            assert whole(pole[field]), pole[field]
            assert pole[field].endswith((".", ".”")), pole[field]
        assert pole["shared"].startswith("Both sides are likely to ")
    for field in ("common", "terms", "limits"):
        assert whole(topic[field]), topic[field]
        assert topic[field].endswith((".", ".”"))
    assert whole(topic["example"])
    for field in ("about", "question"):
        assert topic[field].endswith("?")
        assert whole(topic[field])
    for exception in topic["exceptions"]:
        assert whole(exception["text"])
    for source in topic["sources"]:
        assert whole(source["says"])
    assert "likely" in topic["common"]
    assert not topic["title"].endswith(".")


def test_no_two_topics_share_a_text():
    fields = (
        "title", "about", "pole", "habit", "sees", "move", "request", "sign", "shared", "common",
        "example", "question", "terms", "text", "limits",
    )  # fmt: skip
    seen = {}
    for path in TOPICS:
        for at, text in read(path):
            if at[-1] in fields:
                assert text not in seen, (path.stem, at, seen.get(text))
                seen[text] = (path.stem, at)
    assert len(seen) > 18 * 20
