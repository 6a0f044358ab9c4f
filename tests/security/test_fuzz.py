"""A short run of the fuzzer over every reader, the same each time; `benchmarks.fuzz` is long."""

import random

import pytest

from analysis.teams.reading import team_file, workbook
from benchmarks.fuzz import changed, run_plain
from benchmarks.fuzz_readers import READERS

INPUTS = {
    "workbook": 3, "pairs-text": 5, "pairs-parquet": 5, "pairs-workbook": 1, "survey": 2,
    "team": 40,
}  # fmt: skip
"""Where reading starts a process or an engine; 150 elsewhere."""


@pytest.mark.parametrize("name", READERS)
def test_changed_inputs_are_read_or_refused_in_a_sentence(tmp_path, monkeypatch, name):
    # The reader of team files puts stand-ins into these modules, for speed.
    monkeypatch.setattr(team_file, "ProfileFinder", team_file.ProfileFinder)
    monkeypatch.setattr(workbook, "_answer", workbook._answer)
    most = INPUTS.get(name, 150)
    read = READERS[name].make(tmp_path)

    def take(read, data):
        (tmp_path / "now").write_bytes(data)  # to be looked at where this fails
        read(data)

    done = run_plain(READERS[name], read, 1, lambda count: count >= most, take)
    assert done == most


def test_an_input_is_changed_in_the_same_way_each_time():
    seeds = [b'{"a": [1, "x"]}', b"exporter,importer\nNLD,CHN\n"]
    first, second = (
        [changed(seeds[n % 2], chance, seeds) for n in range(200)]
        for chance in (random.Random(7), random.Random(7))
    )
    assert first == second
    assert len(set(first)) > 150
