import csv
import hashlib
import json
import shutil
from collections import Counter

import numpy as np
import pytest

from analysis.errors import DataError
from analysis.tables import DATA_FOLDER, load_tables


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
        if row["framework"] == "hofstede-2015" and row["profile"] in countries
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


def test_there_are_123_countries_ten_parts_and_three_regions(tables):
    assert Counter(p.kind for p in tables.profiles.values()) == {
        "country": 123, "part": 10, "region": 3,
    }  # fmt: skip


def test_six_countries_are_known_to_the_matrix_only_through_their_region(tables):
    framework = tables.frameworks["hofstede-2015"]
    held = {row["profile"] for row in rows("scores") if row["framework"] == framework.id}
    assert set(framework.profile_ids) - held == {"KWT", "LBN", "LBY", "ARE", "KEN", "SLE"}


def test_every_profile_has_scores_in_some_framework(tables):
    known = {i for framework in tables.frameworks.values() for i in framework.profile_ids}
    assert known == set(tables.profiles)


def test_the_117_profiles_of_the_matrix_keep_their_order(tables):
    # The digest of the ids, one a line, as they stood before other frameworks came: simulated
    # errors are drawn in this order, so that a changed order would change published intervals.
    ids = tables.frameworks["hofstede-2015"].profile_ids
    assert ids == tuple(tables.profiles)[:117]
    assert (
        hashlib.sha256("".join(f"{i}\n" for i in ids).encode()).hexdigest()
        == "37857425faebc44de46c92bfdf6c4b3dc5a21bc7e78fba9056b4ca542c40bf5c"
    )


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
        assert score["dimension"] in tables.frameworks[score["framework"]].dimension_ids
        assert score["source"] in tables.sources
        assert score["standing"] == "published"
        assert score["locator"]
    cells = Counter((s["framework"], s["profile"], s["dimension"]) for s in rows("scores"))
    assert set(cells.values()) == {1}
    for name in rows("other_names"):
        assert (name["profile"] in tables.profiles) == (name["leads"] != "without")
        assert name["leads"] in {"yes", "no", "typed", "without"}
    for profile in tables.profiles.values():
        for other in (profile.parent, profile.region):
            assert not other or other in tables.profiles
    for framework in tables.frameworks.values():
        assert framework.source in tables.sources
    for validity in tables.validity:
        assert validity.source in tables.sources
        assert validity.pairs == validity.countries * (validity.countries - 1) / 2
    for group in tables.groups.values():
        assert group.source in tables.sources


def test_every_country_has_a_two_letter_code_of_its_own(tables):
    codes = [p.iso2 for p in tables.profiles.values() if p.kind == "country"]
    assert all(len(code) == 2 for code in codes)
    assert len(set(codes)) == len(codes)


def test_every_country_but_kosovo_has_a_three_digit_code_of_its_own(tables):
    # XKX and XK are user-assigned, and ISO 3166 has no number to go with them.
    codes = {p.id: p.iso_numeric for p in tables.profiles.values() if p.iso_numeric}
    assert all(len(code) == 3 and code.isdigit() for code in codes.values())
    assert len(set(codes.values())) == len(codes)
    countries = {p.id for p in tables.profiles.values() if p.kind == "country"}
    assert countries - set(codes) == {"XKX"}
    assert set(codes) <= countries
    # Four that are easy to get wrong, from ISO 3166-1.
    assert [codes[i] for i in ("DEU", "TWN", "BOL", "ALB")] == [
        "276", "158", "068", "008",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("group", "count", "inside", "outside"),
    [
        ("eu", 27, ("NLD", "CYP", "HRV"), ("GBR", "NOR", "CHE", "UKR")),
        ("asean", 7, ("SGP", "MMR"), ("CHN", "JPN")),
        ("mercosur", 4, ("ARG", "BOL"), ("VEN", "CHL")),
        ("g20", 19, ("ZAF", "SAU"), ("ESP", "NLD")),
        ("europe", 40, ("RUS", "MLT"), ("TUR", "XKX")),
        ("eastern-asia", 7, ("TWN", "MAC", "MNG"), ("VNM",)),
        ("south-eastern-asia", 7, ("VNM", "MMR"), ("CHN",)),
    ],
)
def test_a_group_holds_the_members_that_have_scores(tables, group, count, inside, outside):
    members = tables.groups[group].members
    assert len(members) == count
    assert set(inside) <= set(members)
    assert not set(outside) & set(members)


def test_every_country_but_kosovo_is_in_one_region_and_one_subregion(tables):
    for kind in ("region", "subregion"):
        placed = Counter(i for g in tables.groups.values() if g.kind == kind for i in g.members)
        assert set(placed.values()) == {1}
        countries = {p.id for p in tables.profiles.values() if p.kind == "country"}
        assert countries - set(placed) == {"XKX"}


def test_groups_name_their_members_in_the_order_of_the_profiles(tables):
    ids = list(tables.profiles)
    for group in tables.groups.values():
        assert group.members
        assert all(tables.profiles[i].kind == "country" for i in group.members)
        assert list(group.members) == sorted(group.members, key=ids.index)
        assert group.as_of
        assert group.note


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
    shipped = [
        *DATA_FOLDER.glob("tables/*.csv"),
        *DATA_FOLDER.glob("knowledge/**/*.yaml"),
        *DATA_FOLDER.glob("templates/*.csv"),
        DATA_FOLDER / "changelog.csv",
        *DATA_FOLDER.glob("schemas/*.json"),
    ]
    assert set(described) == {path.relative_to(DATA_FOLDER).as_posix() for path in shipped}
    for path, resource in described.items():
        content = (DATA_FOLDER / path).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["title"]
        assert resource["terms"]
        assert resource["sources"]


def test_each_framework_has_the_version_and_the_hash_that_the_package_states(tables):
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text("utf-8"))
    lines = (DATA_FOLDER / "tables/scores.csv").read_bytes().splitlines(keepends=True)
    assert [stated["id"] for stated in package["frameworks"]] == list(tables.frameworks)
    for stated in package["frameworks"]:
        own = [line for line in lines if line.split(b",")[0].decode() == stated["id"]]
        assert stated["hash"] == f"sha256:{hashlib.sha256(b''.join(own)).hexdigest()}"
        assert stated["scores"] == len(own)
        assert stated["profiles"] == len({line.split(b",")[1] for line in own})
        assert stated["version"] == str(tables.frameworks[stated["id"]].year)


def test_the_package_names_every_source_of_the_scores(tables):
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text("utf-8"))
    scores = next(r for r in package["resources"] if r["name"] == "scores")
    named = {source["name"] for source in scores["sources"]}
    assert {row["source"] for row in rows("scores")} <= named
    assert {"wvs-trend-file", "evs-trend-file"} <= named


def test_every_column_is_explained_in_the_readme():
    readme = (DATA_FOLDER / "README.md").read_text("utf-8")
    for path in (DATA_FOLDER / "tables").iterdir():
        section = readme.split(f"`{path.name}`", 1)[1].split("\n### ")[0]
        for column in path.read_text("utf-8").splitlines()[0].split(","):
            assert f"`{column}`" in section, (path.name, column)


def test_the_score_arrays_cannot_be_changed(tables):
    with pytest.raises(ValueError, match="read-only"):
        tables.frameworks["hofstede-2015"].scores[0, 0] = 1


@pytest.mark.parametrize("damage", ["missing", "no number", "unknown profile", "unknown member"])
def test_a_damaged_table_is_named_in_one_sentence(tmp_path, damage):
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    scores = folder / "tables" / "scores.csv"
    text = scores.read_text("utf-8")
    if damage == "missing":
        scores.unlink()
    elif damage == "no number":
        scores.write_text(text.replace("NLD,pdi,38", "NLD,pdi,many"), "utf-8")
    elif damage == "unknown profile":
        scores.write_text(text.replace("NLD,pdi,38", "XXX,pdi,38"), "utf-8")
    else:
        members = folder / "tables" / "group_members.csv"
        members.write_text(members.read_text("utf-8").replace("eu,NLD", "eu,XXX"), "utf-8")
    with pytest.raises(DataError, match=r"tables in data/ cannot be read .*; restore them"):
        load_tables(folder)
