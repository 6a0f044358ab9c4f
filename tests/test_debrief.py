import pytest

from analysis.debrief import Mark, make_mark, summarise, summary_sentence


def mark(outcome, probability, band="high"):
    return Mark("trust_before_transaction", outcome, "", 80.0, probability, band, "CHN")


def test_the_brier_score_is_the_mean_squared_error_of_the_stated_chances(knowledge):
    # (0.8 - 1)^2 = 0.04, (0.7 - 0)^2 = 0.49, (0.6 - 0)^2 = 0.36; the mean of 0.89 is 0.29667.
    marks = [mark("seen", 0.8), mark("not_seen", 0.7), mark("reversed", 0.6, "watch")]
    summary = summarise(marks, knowledge.friction.bands)
    assert summary.brier == pytest.approx(0.89 / 3)
    assert (summary.marked, summary.seen, summary.reversed) == (3, 1, 1)
    assert [(r.band.id, r.marked, r.seen, r.share) for r in summary.bands] == [
        ("watch", 1, 0, 0.0), ("high", 2, 1, 0.5),
    ]  # fmt: skip


def test_the_summary_says_whether_the_chances_beat_guessing(knowledge):
    good = summarise([mark("seen", 0.9)] * 25, knowledge.friction.bands)
    assert "25 of 25 predictions were seen" in summary_sentence(good)
    assert "0.01, better than guessing (0.25)." in summary_sentence(good)
    assert "little yet" not in summary_sentence(good)
    bad = summarise([mark("reversed", 0.9)], knowledge.friction.bands)
    assert "1 the other way round" in summary_sentence(bad)
    assert "worse than guessing" in summary_sentence(bad)
    assert "little yet" in summary_sentence(bad)
    even = summarise([mark("seen", 0.5)], knowledge.friction.bands)
    assert "no better than guessing" in summary_sentence(even)


def test_without_a_mark_there_is_no_summary(knowledge):
    assert summarise([], knowledge.friction.bands) is None


def test_a_mark_keeps_the_prediction_as_it_stood(friction_of):
    found = friction_of("NLD", "CHN").topic("trust_before_transaction")
    made = make_mark(found, "seen", "dinner first", "NLD", "CHN")
    assert made.severity == pytest.approx(90.5, abs=0.05)
    assert (made.band, made.high_party, made.note) == ("critical", "CHN", "dinner first")
    assert made.probability == found.probability


def test_a_topic_without_a_prediction_cannot_be_marked(friction_of):
    friction = friction_of("UKR", "POL")
    with pytest.raises(ValueError, match="no prediction to mark"):
        make_mark(friction.topics[0], "seen", "", "UKR", "POL")
