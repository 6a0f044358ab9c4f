"""The caption of the gaps says the error of a score as the rest of the page does."""

from dataclasses import replace

import pytest

from analysis.charts.dumbbell import dumbbell_data
from analysis.comparison import compare
from analysis.profiles import build_profile


@pytest.mark.parametrize(
    # 1.96 standard errors: 14.7 and 9.8, told as whole points.
    ("error", "said"),
    [(7.5, "±15 points, twice the error of 7.5."), (5.0, "±10 points, twice the error of 5.")],
)
def test_the_reach_of_a_line_is_told_with_the_error_behind_it(
    references, tables, settings, error, said
):
    pair = compare(references, "NLD", "CHN", replace(settings, score_error=error), ())
    caption = dumbbell_data(tables, pair).caption
    assert caption.startswith(f"Thin lines: where each score likely lies, {said} Source: ")


def test_with_further_parties_it_is_said_whose_gaps_they_are(references, tables, settings):
    pair = compare(references, "NLD", "JPN", settings, ())
    further = [build_profile(tables, i, settings) for i in ("CHN", "KOR")]
    data = dumbbell_data(tables, pair, further)
    assert data.caption.startswith("Gaps are those between the Netherlands and Japan. Thin lines")
    assert data.columns == (
        "Dimension", "Netherlands", "Japan", "China", "South Korea", "Gap of Netherlands and Japan",
        "Gap of Netherlands and Japan in standard deviations",
    )  # fmt: skip
    assert dumbbell_data(tables, pair).columns[-2:] == ("Gap", "Gap in standard deviations")
