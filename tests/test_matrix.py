import csv

import numpy as np
import pytest
from scipy.spatial import distance

from analysis.cli import main
from analysis.comparison import compare
from analysis.matrix import distance_matrix
from analysis.measures.registry import MEASURES
from analysis.settings import make_settings


@pytest.fixture(scope="module")
def ids(tables):
    return [p.id for p in tables.profiles.values()]


@pytest.mark.parametrize("measure", MEASURES)
def test_the_matrix_holds_what_single_comparisons_give(references, settings, ids, measure):
    matrix = distance_matrix(references, ids, settings, measure)
    rng = np.random.default_rng(3)
    for i, j in rng.integers(0, len(ids), (250, 2)):
        pair = compare(references, ids[i], ids[j], settings, ())
        if i == j:
            assert matrix[i, j] == 0 or np.isnan(matrix[i, j])
        elif pair.reason:
            assert np.isnan(matrix[i, j]), (ids[i], ids[j])
        else:
            assert matrix[i, j] == pytest.approx(pair.measures[measure].value, abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_matrix_is_a_distance_matrix(references, settings, tables, measure):
    framework = tables.frameworks["hofstede-2015"]
    complete = [
        i for i, row in zip(framework.profile_ids, framework.scores, strict=True)
        if np.isfinite(row).all()
    ]  # fmt: skip
    matrix = distance_matrix(references, complete, settings, measure)
    assert distance.is_valid_dm(matrix, tol=1e-9)
    assert len(complete) == 65  # 62 countries and the three regions


def test_published_only_leaves_out_what_stands_on_a_region(references, tables, ids):
    with_regions = distance_matrix(references, ids, make_settings(tables), "konara_mohr")
    without = distance_matrix(
        references, ids, make_settings(tables, published_only=True), "konara_mohr"
    )
    kenya, germany = ids.index("KEN"), ids.index("DEU")
    assert np.isfinite(with_regions[kenya, germany])
    assert np.isnan(without[kenya]).all()


def test_the_file_of_the_command_line_is_the_matrix(references, settings, tables, tmp_path):
    out = tmp_path / "matrix.csv"
    assert main(["matrix", "--measure", "kogut_singh", "--out", str(out)]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    head, *rows = lines[: lines.index([])]
    assert len(head) == 118
    assert [row[0] for row in rows] == head[1:]
    cell = rows[head.index("NLD") - 1][head.index("CHN")]
    expected = compare(references, "NLD", "CHN", settings, ()).measures["kogut_singh"].value
    assert float(cell) == pytest.approx(expected, rel=1e-12)
    assert rows[head.index("UKR") - 1][head.index("POL")] == ""
