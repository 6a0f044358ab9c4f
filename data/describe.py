"""Write `datapackage.json`: what people say of each file, with its size and hash added.

Run it with `make data` after a change to a table; a changed score, weight or formula also takes a
new `VERSION` and a line under *Results* in the CHANGELOG.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
VERSION = "2026.11.2"

HOFSTEDE_TERMS = (
    "The publisher's site allows use in research without asking and invites those who consider"
    " commercial use to make contact."
)
OWN_TERMS = "Written for Parley."
PUBLIC_DOMAIN = "Codes and most names: Open Data Commons Public Domain Dedication and License 1.0."

# name: title, description, sources, terms
TABLES = {
    "profiles": (
        "Countries, parts of countries and regions",
        "Who a set of scores belongs to, with the region whose scores stand in.",
        ["hofstede-2015-matrix", "country-codes"],
        PUBLIC_DOMAIN,
    ),
    "other_names": (
        "Other names people use",
        "What a picker and the command line understand besides name and code.",
        ["parley-design"],
        OWN_TERMS,
    ),
    "frameworks": ("Frameworks", "Named sets of dimensions.", ["hofstede-2015-matrix"], OWN_TERMS),
    "dimensions": (
        "Dimensions",
        "What each dimension is about and both its poles, in our own plain words.",
        ["parley-design"],
        OWN_TERMS,
    ),
    "scores": (
        "Scores",
        "One row for each published score.",
        ["hofstede-2015-matrix"],
        HOFSTEDE_TERMS,
    ),
    "sources": ("Sources", "Where numbers and formulas come from.", ["parley-design"], OWN_TERMS),
    "validity": (
        "How well the measures hold",
        "Correlations of a distance with what it should agree with, computed for Parley from the"
        " 2015 matrix and the data of the study named.",
        ["hakanson-ambos-2010", "de-benedictis-2023", "muthukrishna-2020"],
        OWN_TERMS,
    ),
}

# folder: description
KNOWLEDGE = {
    "knowledge": "Numbers and short lists of the friction model.",
    "topics": "A friction topic: weights, words for both sides, exceptions, limits, sources.",
    "strategy": "Rules and words of one part of the brief.",
}


def describe() -> str:
    """Return the text of `datapackage.json` for the files as they are."""
    with (FOLDER / "tables" / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = {row["id"]: row for row in csv.DictReader(file)}
    resources = []
    for name, (title, description, source_ids, terms) in TABLES.items():
        path = FOLDER / "tables" / f"{name}.csv"
        resources.append(_resource(name, path, title, description, terms, source_ids, sources))
    for path in sorted((FOLDER / "knowledge").rglob("*.yaml")):
        held = path.read_text("utf-8")
        title = re.search(r"^title: (.+)$", held, re.MULTILINE)
        cited = sorted(set(re.findall(r"{id: ([a-z0-9-]+), [^}]*mark:", held)) & set(sources))
        resources.append(
            _resource(
                f"knowledge-{path.stem.lower().replace('_', '-')}",
                path,
                title[1] if title else path.stem.capitalize(),
                KNOWLEDGE[path.parent.name],
                OWN_TERMS,
                cited or ["parley-design"],
                sources,
            )
        )
    package = {
        "name": "parley-data",
        "title": "The tables and the knowledge behind Parley",
        "version": VERSION,
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(
    name: str,
    path: Path,
    title: str,
    description: str,
    terms: str,
    source_ids: list[str],
    sources: dict[str, dict[str, str]],
) -> dict[str, object]:
    content = path.read_bytes()
    kind = path.suffix.removeprefix(".")
    return {
        "name": name,
        "path": path.relative_to(FOLDER).as_posix(),
        "title": title,
        "description": description,
        "format": kind,
        "mediatype": "text/csv" if kind == "csv" else "application/yaml",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "sources": [
            {"name": i, "title": sources[i]["title"], "path": sources[i]["address"]}
            for i in source_ids
        ],
        "terms": terms,
    }


if __name__ == "__main__":
    (FOLDER / "datapackage.json").write_text(describe(), encoding="utf-8")
