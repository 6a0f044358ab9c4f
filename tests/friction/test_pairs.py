"""The gaps of many pairs at once are those of each pair alone."""

import numpy as np
import pytest

from analysis.errors import UnknownProfileError
from analysis.friction.pairs import topic_gap_matrix
from analysis.settings import make_settings

# Complete; without IVR; without LTO and IVR; from a region; with two scores only.
PARTIES = ["NLD", "CHN", "ISR", "CRI", "KEN", "ZAF", "ZAF-WHITE", "ARAB"]


@pytest.mark.parametrize("choices", [{}, {"dimensions": ["pdi", "idv", "mas", "uai"]}])
def test_every_gap_is_that_of_the_pair_alone(knowledge, references, friction_of, tables, choices):
    settings = make_settings(tables, **choices)
    found = topic_gap_matrix(knowledge, references, PARTIES, settings)
    assert found.shape == (8, 8, 18)
    for i, a in enumerate(PARTIES):
        for j, b in enumerate(PARTIES):
            alone = friction_of(a, b, settings).topics
            if a == b:
                assert not np.nan_to_num(found[i, j]).any()
                continue
            expected = [np.nan if t.gap is None else t.gap for t in alone]
            assert found[i, j] == pytest.approx(expected, nan_ok=True, abs=1e-12), (a, b)
    assert found == pytest.approx(-np.swapaxes(found, 0, 1), nan_ok=True)


def test_an_unknown_party_is_an_error(knowledge, references, settings):
    with pytest.raises(UnknownProfileError, match="“XXX”"):
        topic_gap_matrix(knowledge, references, ["NLD", "XXX"], settings)
