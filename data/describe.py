"""Write `datapackage.json`: what people say of each file, with its size and hash added.

Run it with `make data` after a change to a file; a changed score, weight or formula also takes a
new `VERSION` and a line under *Results* in the CHANGELOG.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent
VERSION = "2026.11.5"

OWN_TERMS = "Written for Parley."
SCORE_TERMS = (
    "Each source has terms of its own, given in full in sources.csv. Hofstede: the publisher's site"
    " allows use in research without asking and invites those who consider commercial use to make"
    " contact. GLOBE: posted openly by the project, no licence text found. Inglehart-Welzel: points"
    " of the map only; the survey files behind them may not be redistributed and are not held."
    " Tightness: from a copy under Creative Commons Zero."
)
PUBLIC_DOMAIN = "Codes and most names: Open Data Commons Public Domain Dedication and License 1.0."
MEMBER_TERMS = (
    "Regions: from a list under the Open Data Commons Public Domain Dedication and License 1.0."
    " Lists of members are facts that anyone may state."
)


class Words(NamedTuple):
    """What people say of a file; a table also cites what stands in its column `source`."""

    title: str
    description: str
    terms: str = OWN_TERMS
    sources: tuple[str, ...] = ()


TABLES = {
    "profiles": Words(
        "Countries, parts of countries and regions",
        "Who a set of scores belongs to, with the region whose scores stand in.",
        PUBLIC_DOMAIN,
        (
            "hofstede-2015-matrix", "globe-2004", "inglehart-welzel-2023", "gelfand-2011",
            "country-codes",
        ),
    ),
    "other_names": Words(
        "Other names people use",
        "What a picker and the command line understand besides name and code.",
    ),
    "frameworks": Words("Frameworks", "Named sets of dimensions, each with its scale and error."),
    "dimensions": Words(
        "Dimensions",
        "What each dimension is about and both its poles, in our own plain words.",
    ),
    "scores": Words(
        "Scores",
        "One row for each published score.",
        SCORE_TERMS,
        ("wvs-trend-file", "evs-trend-file"),
    ),
    "groups": Words("Country groups", "Regions of the world and bodies of states.", MEMBER_TERMS),
    "group_members": Words(
        "Members of the country groups",
        "Which countries are in which group.",
        MEMBER_TERMS,
        (
            "un-m49", "country-codes", "eu-members", "asean-members", "mercosur-members",
            "g20-members",
        ),
    ),
    "sources": Words("Sources", "Where numbers and formulas come from."),
    "validity": Words(
        "How well the measures hold",
        "Correlations of a distance with what it should agree with, computed for Parley from the"
        " 2015 matrix and the data of the study named.",
    ),
}  # fmt: skip

# folder: description
KNOWLEDGE = {
    "knowledge": "Numbers and short lists of the friction model.",
    "topics": "A friction topic: weights, words for both sides, exceptions, limits, sources.",
    "strategy": "Rules and words of one part of the brief.",
}

TEMPLATES = {
    "scores": Words("Template: scores", "The columns of a team given by its scores."),
    "members": Words("Template: members", "The columns of a team given by its members."),
    "answers": Words("Template: answers", "The columns of answers to the VSM 2013 questionnaire."),
    "scores-example": Words("Example: scores", "A team by its scores, invented."),
    "members-example": Words("Example: members", "A team by its members, invented."),
    "answers-example": Words("Example: answers", "Answers of a team and its sample, invented."),
    "edition": Words("Template: your own edition", "The columns of newer scores, a country a row."),
    "edition-example": Words("Example: your own edition", "Scores of 13 countries, invented."),
}

MEDIA_TYPES = {"csv": "text/csv", "yaml": "application/yaml", "json": "application/schema+json"}


def describe() -> str:
    """Return the text of `datapackage.json` for the files as they are."""
    sources = {row["id"]: row for row in _rows("sources")}
    described = [*_tables(), *_knowledge(set(sources)), _changes(), *_templates(), *_schemas()]
    package = {
        "name": "parley-data",
        "title": "The tables and the knowledge behind Parley",
        "version": VERSION,
        "frameworks": [_framework(row) for row in _rows("frameworks")],
        "resources": [_resource(name, path, words, sources) for name, path, words in described],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tables() -> list[tuple[str, Path, Words]]:
    described = []
    for name, words in TABLES.items():
        cited = [row["source"] for row in _rows(name) if "source" in row]
        path = FOLDER / "tables" / f"{name}.csv"
        sources = tuple(dict.fromkeys([*cited, *words.sources]))
        described.append((name, path, words._replace(sources=sources)))
    return described


def _changes() -> tuple[str, Path, Words]:
    words = Words("Changes of the data", "What each version of the data changed, newest first.")
    return "changelog", FOLDER / "changelog.csv", words


def _knowledge(source_ids: set[str]) -> list[tuple[str, Path, Words]]:
    described = []
    for path in sorted((FOLDER / "knowledge").rglob("*.yaml")):
        held = path.read_text("utf-8")
        title = re.search(r"^title: (.+)$", held, re.MULTILINE)
        cited = sorted(set(re.findall(r"{id: ([a-z0-9-]+), [^}]*mark:", held)) & source_ids)
        words = Words(
            title[1] if title else path.stem.capitalize(),
            KNOWLEDGE[path.parent.name],
            sources=tuple(cited),
        )
        described.append((f"knowledge-{path.stem.lower().replace('_', '-')}", path, words))
    return described


def _templates() -> list[tuple[str, Path, Words]]:
    paths = sorted((FOLDER / "templates").glob("*.csv"))
    return [(f"template-{path.stem}", path, TEMPLATES[path.stem]) for path in paths]


def _schemas() -> list[tuple[str, Path, Words]]:
    described = []
    for path in sorted((FOLDER / "schemas").glob("*.json")):
        title = json.loads(path.read_text("utf-8"))["title"]
        words = Words(title, "JSON Schema of a file that Parley writes.")
        described.append((path.name.removesuffix(".json").replace(".", "-"), path, words))
    return described


def _framework(row: dict[str, str]) -> dict[str, object]:
    """Name a framework's version and size, and hash its lines of `scores.csv` as they stand."""
    text = (FOLDER / "tables" / "scores.csv").read_text("utf-8")
    lines = [line for line in text.splitlines(keepends=True) if line.startswith(f"{row['id']},")]
    return {
        "id": row["id"],
        "title": row["name"],
        "version": row["year"],
        "profiles": len({line.split(",")[1] for line in lines}),
        "scores": len(lines),
        "hash": f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}",
    }


def _resource(
    name: str, path: Path, words: Words, sources: dict[str, dict[str, str]]
) -> dict[str, object]:
    content = path.read_bytes()
    kind = path.suffix.removeprefix(".")
    return {
        "name": name,
        "path": path.relative_to(FOLDER).as_posix(),
        "title": words.title,
        "description": words.description,
        "format": kind,
        "mediatype": MEDIA_TYPES[kind],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "sources": [
            {"name": i, "title": sources[i]["title"], "path": sources[i]["address"]}
            for i in words.sources or ("parley-design",)
        ],
        "terms": words.terms,
    }


if __name__ == "__main__":
    (FOLDER / "datapackage.json").write_text(describe(), encoding="utf-8")
