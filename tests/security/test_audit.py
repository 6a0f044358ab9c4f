"""The audit fails on a known advisory and on nothing else."""

import pytest

from tests.security.audit import ACCEPTED, FILES, accepted, pins, verdict

ADVISORY = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.0"]}


def report(*vulns):
    return {
        "dependencies": [
            {"name": "a", "version": "1.0", "vulns": list(vulns)},
            {"name": "b", "skip_reason": "Dependency not found on PyPI"},
        ]
    }


def test_an_advisory_is_told_with_the_version_that_mends_it():
    assert verdict(report(ADVISORY), {}) == (["a 1.0: PYSEC-1, mended in 2.0"], 1, 1)
    assert verdict(report(), {}) == ([], 1, 1)


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-1"])
def test_an_accepted_one_does_not_count_under_any_of_its_names(name):
    assert verdict(report(ADVISORY), {name: "not reached"})[0] == []


def test_none_is_accepted_without_a_reason():
    assert accepted("# x\nCVE-1 the part is not used\n") == {"CVE-1": "the part is not used"}
    with pytest.raises(ValueError, match="without a reason"):
        accepted("CVE-1\n")
    accepted(ACCEPTED.read_text("utf-8"))


def test_every_requirement_is_pinned(root):
    for name in FILES:
        assert pins((root / name).read_text("utf-8"))
    with pytest.raises(ValueError, match="not pinned"):
        pins("numpy>=2\n")
