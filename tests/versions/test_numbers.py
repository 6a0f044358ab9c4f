"""The same numbers with whatever versions are installed here: see the README beside this file."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.teams.vsm import LARGE, QUESTIONS, sample_indices
from benchmarks.numbers import golden_numbers
from benchmarks.versions import chosen, differences, environments

KEPT = json.loads((Path(__file__).parent / "numbers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def numbers():
    return golden_numbers()


def test_the_same_numbers_are_there(numbers):
    assert list(numbers) == list(KEPT)


@pytest.mark.parametrize("name", KEPT)
def test_every_number_is_the_same_to_a_billionth(numbers, name):
    assert [value is None for value in numbers[name]] == [value is None for value in KEPT[name]]
    held = [value for value in KEPT[name] if value is not None]
    found = [value for value in numbers[name] if value is not None]
    assert found == pytest.approx(held, abs=1e-9, rel=0)


def test_an_interval_does_not_hang_on_the_sign_of_an_eigenvector(monkeypatch):
    # Both signs are right, and which one comes is the linear algebra library's own choice.
    answers = np.random.default_rng(3).integers(1, 6, (LARGE + 1, QUESTIONS))
    plain, eigh = sample_indices(answers).interval, np.linalg.eigh

    def turned(matrix):
        values, vectors = eigh(matrix)
        return values, vectors * np.array([-1, 1, -1, -1, 1, -1])

    monkeypatch.setattr(np.linalg, "eigh", turned)
    assert sample_indices(answers).interval == pytest.approx(plain, abs=1e-9)


def test_a_number_that_one_side_lacks_is_no_small_difference():
    one = {"a": np.array([1.0, np.nan]), "b": np.array([2.0]), "d": np.array([np.nan])}
    other = {"a": np.array([1.5, np.nan]), "c": np.array([2.0]), "d": np.array([1.0])}
    assert differences(one, other) == {"a": 0.5, "b": np.inf, "c": np.inf, "d": np.inf}
    assert differences(one, {**one, "b": np.array([2.0, 3.0])})["b"] == np.inf


def test_whatever_is_chosen_the_pinned_environment_is_there_to_compare_with():
    tried = environments(["python3.11", "python3.13"])
    assert [(e.name, e.python[-2:]) for e in chosen(tried, ["newest"])] == [
        ("pinned", "11"), ("newest", "11"), ("newest", "13"),
    ]  # fmt: skip
    assert chosen(tried, []) == tried
