"""Numbers as people read them: halves on the published figures, and a true minus sign."""

import pytest

from analysis.tables import load_tables
from analysis.words import minus, points


@pytest.mark.parametrize(
    ("score", "decimals", "shown"),
    [
        (3.675, 2, "3.68"), (1.005, 2, "1.01"), (-3.675, 2, "−3.68"), (2.5, 0, "3"),
        (-0.11, 2, "−0.11"), (80.0, 1, "80"), (-0.04, 1, "0"), (3.6749, 2, "3.67"),
        (5.4425 - 3.0175, 2, "2.43"),  # 2.425, which binary arithmetic makes a little less
    ],
)  # fmt: skip
def test_halves_go_away_from_zero_on_the_published_figures(score, decimals, shown):
    assert points(score, decimals) == shown


def test_only_numbers_get_a_minus_sign():
    assert minus("-40") == "−40"
    assert minus("long-term orientation") == "long-term orientation"
    framework = load_tables().frameworks["inglehart-welzel-2023"]
    assert framework.shown(-0.11) == "−0.11"
