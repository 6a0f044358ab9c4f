"""A file that ships is damaged: each command says which, and nothing is computed from it.

The hash of every file stands in `data/datapackage.json`. Damage is real damage to a copy; what a
visitor of the pages sees is in `test_seen.py`.
"""

import json

import pytest

from tests.faults.conftest import command

SCORES = "data/tables/scores.csv"
DESCRIBED = "data/datapackage.json"


def folder_in_its_place(path):
    path.unlink()
    path.mkdir()


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


def change(path, old, new):
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def another_hash(path):
    held = json.loads(path.read_text("utf-8"))
    one = next(r for r in held["resources"] if r["path"] == "tables/scores.csv")
    one["hash"] = "sha256:" + "0" * 64
    path.write_text(json.dumps(held), "utf-8")


def rows_cut(path):
    """It reads well then, and holds less."""
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:900]))


DAMAGES = {
    "missing": (SCORES, lambda p: p.unlink(), "scores.csv is missing"),
    "folder": (SCORES, folder_in_its_place, "scores.csv cannot be read: is a directory"),
    "cut between rows": (SCORES, rows_cut, "scores.csv holds"),
    "cut in a row": (SCORES, lambda p: cut(p, 70_003), "scores.csv holds 70,003 bytes where"),
    # Of the same size.
    "one digit": (
        SCORES, lambda p: change(p, b"NLD,pdi,38", b"NLD,pdi,83"),
        "scores.csv is not as it was released: its SHA-256 is not the one in datapackage.json",
    ),
    "no text": (SCORES, lambda p: p.write_bytes(b"\xff\xfe\0"), "scores.csv holds 3 bytes where"),
    "not described": (
        DESCRIBED, lambda p: p.unlink(), "datapackage.json cannot be read: it is missing"
    ),
    "description cut": (
        DESCRIBED, lambda p: cut(p, 5000), "datapackage.json cannot be read: it is no JSON (line"
    ),
    "another hash": (DESCRIBED, another_hash, "scores.csv is not as it was released: its SHA-256"),
    "two files": (
        "data/tables", lambda p: [(p / f"{n}.csv").unlink() for n in ("profiles", "groups")],
        "profiles.csv is missing, and 1 more file is wrong",
    ),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_command_line_says_which_file_and_ends_with_status_1(project, damage):
    path, hurt, named = DAMAGES[damage]
    hurt(project / path)
    done = command(project, "compare", "NLD", "CHN")
    assert (done.returncode, done.stdout) == (1, "")
    assert named in done.stderr
    assert "from the release" in done.stderr
    assert done.stderr.count("\n") == 1
    assert str(project) not in done.stderr


def test_every_command_says_so_and_writes_nothing(project):
    change(project / SCORES, b"NLD,pdi,38", b"NLD,pdi,83")
    (project / "pairs.csv").write_text("a,b\nNLD,CHN\n")
    for arguments in (
        ["brief", "NLD", "CHN", "--out", "x.csv"], ["countries"], ["matrix", "--out", "m.csv"],
        ["distances", "pairs.csv", "--out", "o.csv"],
    ):  # fmt: skip
        done = command(project, *arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert "data/tables/scores.csv is not as it was released" in done.stderr
    assert [path.name for path in project.glob("*.csv")] == ["pairs.csv"]


def test_output_that_finds_no_room_is_one_sentence(project):
    """`/dev/full` is a disk without room that every Linux has."""
    full = project / "full"
    full.symlink_to("/dev/full")
    for arguments in (["countries"], ["compare", "NLD", "CHN", "--json"]):
        with full.open("w") as out:
            done = command(project, *arguments, out=out)
        assert done.returncode == 2
        assert done.stderr == (
            "The output cannot be read or written (No space left on device): make room, or choose"
            " another place.\n"
        )


TOPIC = "data/knowledge/topics/patience_pace.yaml"
MISTAKES = {
    "syntax": (TOPIC, b"weights: {pdi", b"weights: [pdi", ", line 7", "did not find expected"),
    "unknown key": (TOPIC, b"  habit: let", b"  habbit: let", "line 10", "unknown field `habbit`"),
    "wrong kind": (TOPIC, b"order: 2", b"order: two", "line 2", "Expected `int`, got `str`"),
    "key twice": (TOPIC, b"family:", b"order: 4\nfamily:", "line 4", "“order” stands twice"),
    "unknown dimension": (
        TOPIC, b"lto: 0.40", b"ltx: 0.40", "line 7", "“ltx” is no dimension, expected idv, ivr,"
    ),
    "unknown family": (TOPIC, b"family: time", b"family: tyme", "line 4", "“tyme” is no family"),
    "unknown stage": (TOPIC, b", bargaining", b", bargain", "line 31", "“bargain” is no stage"),
    "unknown grade": (TOPIC, b"evidence: B-", b"evidence: D", "line 36", "“D” is no grade"),
    "dimension of a finding": (
        "data/knowledge/contested.yaml", b"dimension: uai", b"dimension: uia", "line 9",
        "“uia” is no dimension",
    ),
    "topic of a circumstance": (
        "data/knowledge/friction.yaml", b"topics: [safeguards_IP", b"topics: [safeguards_PI",
        "line 30", "“safeguards_PI_exclusivity” is no topic",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_knowledge_file_is_named_with_file_and_line(project, mistake):
    path, old, new, place, what = MISTAKES[mistake]
    change(project / path, old, new)
    done = command(project, "compare", "NLD", "CHN")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(path)
    assert place in done.stderr
    assert what in done.stderr
    assert done.stderr.endswith("mend that line, or restore the file from the release.\n")
    assert done.stderr.count("\n") == 1


def test_a_knowledge_file_that_was_changed_and_reads_well_is_told_apart(project):
    """Two weights exchanged would change every severity and look like any other number."""
    change(project / TOPIC, b"pdi: 0.10", b"pdi: 0.90")
    done = command(project, "compare", "NLD", "CHN")
    assert done.returncode == 1
    assert f"{TOPIC} is not as it was released" in done.stderr
    assert "or run `make data` if you changed it on purpose and it is right." in done.stderr
