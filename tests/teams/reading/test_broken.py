"""Every broken file gives its sentence, or its faults while the good rows go on."""

import csv
import resource
import time
from collections import defaultdict
from pathlib import Path

import pytest

from analysis.errors import UploadError
from analysis.teams.reading import read_grid
from tests.teams.reading.broken import FAULTY, REFUSED

SECONDS = 5.0
"""Processor time of this process and the reader's together: a guard against hangs, nothing more.
How long a refusal takes is measured in `benchmarks/reading.py`."""

EXPECTED = defaultdict(list)
with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as _file:
    for _row in csv.DictReader(_file):
        EXPECTED[_row["file"]].append(_row["sentence"])

# rows left out and people or teams that remain, by counting the rows of the file
REMAIN = {"three_at_once.csv": (1, 1), "no_score.csv": (1, 2), "no_answer.csv": (1, 3),
          "all_coded.csv": (1, 3), "answer_six.csv": (1, 2), "answer_half.csv": (1, 2),
          "answer_words.csv": (1, 2), "answer_two.csv": (1, 2)}  # fmt: skip


def used(who):
    spent = resource.getrusage(who)
    return spent.ru_utime + spent.ru_stime


def test_there_are_a_hundred_broken_files_and_each_has_a_sentence():
    assert len(REFUSED) + len(FAULTY) >= 100
    assert set(EXPECTED) == REFUSED.keys() | FAULTY.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_which_nothing_can_be_read_is_refused_in_one_sentence(read, name):
    began = used(resource.RUSAGE_SELF) + used(resource.RUSAGE_CHILDREN)
    with pytest.raises(UploadError) as refused:
        read(REFUSED[name], name)
    assert [str(refused.value)] == EXPECTED[name]
    assert ". " not in str(refused.value)
    assert used(resource.RUSAGE_SELF) + used(resource.RUSAGE_CHILDREN) - began < SECONDS


@pytest.mark.parametrize("name", FAULTY)
def test_a_bad_row_is_named_and_the_good_ones_go_on(read, name):
    reading = read(FAULTY[name], name)
    assert [fault.sentence for fault in reading.faults] == EXPECTED[name]
    people = [max(1, len(t.members) + len(t.respondents)) for t in reading.teams]
    assert (len(reading.rejected), sum(people)) == REMAIN.get(name, (1, 1))


def test_a_csv_of_a_gigabyte_is_refused_without_being_read():
    class Endless:
        taken = 0

        def read(self, size):
            Endless.taken += size
            return (b"1," * size)[:size]

    began = time.process_time()
    with pytest.raises(UploadError, match="larger than 5 MB"):
        read_grid(Endless(), "large.csv")
    assert Endless.taken < 6 * 1024 * 1024
    with pytest.raises(UploadError, match="larger than 5 MB"):
        read_grid(bytes(1024**3), "large.csv")
    assert time.process_time() - began < SECONDS
