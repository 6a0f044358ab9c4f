import csv
import hashlib
import json
import shutil
from collections import Counter

import numpy as np
import pytest

from analysis.errors import DataError
from analysis.tables import DATA_FOLDER, load_tables

DIMENSIONS = ("pdi", "idv", "mas", "uai", "lto", "ivr")


def rows(table):
    with (DATA_FOLDER / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_461_published_country_scores_are_those_of_the_matrix():
    # The digest was taken with awk and sha256sum from the matrix of 2015-08-16: its country rows as
    # lines "NLD,pdi,38", sorted by byte.
    countries = {row["id"] for row in rows("profiles") if row["kind"] == "country"}
    lines = sorted(
        f"{row['profile']},{row['dimension']},{row['value']}\n"
        for row in rows("scores")
        if row["profile"] in countries
    )
    assert len(lines) == 461
    assert (
        hashlib.sha256("".join(lines).encode()).hexdigest()
        == "4438b45ef377db0c60e85a0c3125113bcffc4486f1d4d42a322c6035ed256907"
    )


def test_all_505_scores_have_the_counts_and_sums_of_the_matrix(tables):
    # Counts, sums and sums of squares by dimension, taken with awk from the matrix.
    framework = tables.frameworks["hofstede-2015"]
    found = np.isfinite(framework.scores)
    assert found.sum() == 505
    assert found.sum(axis=0).tolist() == [78, 78, 78, 78, 96, 97]
    assert np.nansum(framework.scores, axis=0).tolist() == [4628, 3523, 3843, 5276, 4367, 4403]
    assert np.nansum(framework.scores**2, axis=0).tolist() == [
        309278, 203369, 217161, 397582, 254387, 247075,
    ]  # fmt: skip


def test_the_unrounded_scores_have_the_sums_of_the_publishers_sheet(tables):
    unrounded = tables.frameworks["hofstede-2015"].scores_unrounded
    assert np.nansum(unrounded, axis=0)[4:] == pytest.approx([4366.010076, 4406.276782], abs=1e-6)
    assert np.nansum(unrounded[:, :4], axis=0).tolist() == [4628, 3523, 3843, 5276]


def test_there_are_107_countries_seven_parts_and_three_regions(tables):
    assert Counter(p.kind for p in tables.profiles.values()) == {
        "country": 107, "part": 7, "region": 3,
    }  # fmt: skip
    held = {row["profile"] for row in rows("scores")}
    without = {p.id for p in tables.profiles.values() if p.id not in held}
    assert without == {"KWT", "LBN", "LBY", "ARE", "KEN", "SLE"}


@pytest.mark.parametrize(
    ("profile", "dimension", "value"),
    [
        ("PAK", "ivr", 0), ("PRI", "lto", 0), ("GRC", "uai", 112), ("SVK", "pdi", 104),
        ("SVK", "mas", 110), ("AUS", "pdi", 38), ("CHN", "uai", 30), ("HUN", "idv", 80),
        ("IND", "mas", 56), ("DOM", "lto", 13), ("SVN", "pdi", 71), ("SLV", "pdi", 66),
    ],
)  # fmt: skip
def test_scores_that_other_copies_get_wrong_are_right_here(tables, profile, dimension, value):
    framework = tables.frameworks["hofstede-2015"]
    column = framework.dimension_ids.index(dimension)
    assert framework.scores[framework.row(profile), column] == value


def test_no_two_dimensions_are_twins(tables):
    scores = tables.frameworks["hofstede-2015"].scores
    for a in range(6):
        for b in range(a):
            both = np.isfinite(scores[:, a]) & np.isfinite(scores[:, b])
            assert abs(np.corrcoef(scores[both, a], scores[both, b])[0, 1]) < 0.9


def test_every_key_leads_somewhere(tables):
    for score in rows("scores"):
        assert score["profile"] in tables.profiles
        assert score["dimension"] in DIMENSIONS
        assert score["source"] in tables.sources
        assert score["standing"] == "published"
        assert score["locator"]
    assert len({(s["profile"], s["dimension"]) for s in rows("scores")}) == 505
    for name in rows("other_names"):
        assert name["profile"] in tables.profiles
    for profile in tables.profiles.values():
        for other in (profile.parent, profile.region):
            assert not other or other in tables.profiles
    for framework in tables.frameworks.values():
        assert framework.source in tables.sources
    for validity in tables.validity:
        assert validity.source in tables.sources
        assert validity.pairs == validity.countries * (validity.countries - 1) / 2


def test_every_country_has_a_two_letter_code_of_its_own(tables):
    codes = [p.iso2 for p in tables.profiles.values() if p.kind == "country"]
    assert all(len(code) == 2 for code in codes)
    assert len(set(codes)) == len(codes)


def test_no_name_means_two_parties(tables):
    names = [
        name.casefold()
        for p in tables.profiles.values()
        for name in {p.id, p.name, *p.other_names, *filter(None, [p.iso2])}
    ]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_each_file_is_described_and_has_the_hash_it_is_said_to_have():
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text("utf-8"))
    described = {resource["path"]: resource for resource in package["resources"]}
    shipped = [*DATA_FOLDER.glob("tables/*.csv"), *DATA_FOLDER.glob("knowledge/**/*.yaml")]
    assert set(described) == {path.relative_to(DATA_FOLDER).as_posix() for path in shipped}
    for path, resource in described.items():
        content = (DATA_FOLDER / path).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["title"]
        assert resource["terms"]
        assert resource["sources"]


def test_every_column_is_explained_in_the_readme():
    readme = (DATA_FOLDER / "README.md").read_text("utf-8")
    for path in (DATA_FOLDER / "tables").iterdir():
        section = readme.split(f"`{path.name}`", 1)[1].split("\n### ")[0]
        for column in path.read_text("utf-8").splitlines()[0].split(","):
            assert f"`{column}`" in section, (path.name, column)


def test_the_score_arrays_cannot_be_changed(tables):
    with pytest.raises(ValueError, match="read-only"):
        tables.frameworks["hofstede-2015"].scores[0, 0] = 1


@pytest.mark.parametrize("damage", ["missing", "no number", "unknown profile"])
def test_a_damaged_table_is_named_in_one_sentence(tmp_path, damage):
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    scores = folder / "tables" / "scores.csv"
    text = scores.read_text("utf-8")
    if damage == "missing":
        scores.unlink()
    elif damage == "no number":
        scores.write_text(text.replace("NLD,pdi,38", "NLD,pdi,many"), "utf-8")
    else:
        scores.write_text(text.replace("NLD,pdi,38", "XXX,pdi,38"), "utf-8")
    with pytest.raises(DataError, match=r"tables in data/ cannot be read .*; restore them"):
        load_tables(folder)
