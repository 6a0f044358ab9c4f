"""The reasons in a list of rows left out, counted by kind."""

from analysis.bulk.job import run
from analysis.bulk.reasons import reasons_in
from analysis.bulk.request import Request


def test_reasons_come_together_by_kind_whatever_the_parties_are_called(tables, settings, tmp_path):
    # Two unknown, three times the same party (of two parties), two pairs without a shared score.
    source = tmp_path / "pairs.csv"
    source.write_text(
        'a,b\nNLD,"At, ""lantis"nNLD,Atlantis\nNLD,NLD\nSWE,SWE\nSWE,SWE\nNLD,XKX\nXKX,Sweden\n'
        "NLD,CHN\n".replace('"n', '"\n'),
        "utf-8",
    )
    report = run(Request(source, tmp_path / "out.csv", settings, ("konara_mohr",)), tables)
    found = reasons_in(report.left_out)
    assert sum(rows for _, rows in found.kinds) == report.outcomes.left_out == 7
    assert found.kinds[0] == ("Both sides are the same party, so there is nothing to compare.", 3)
    assert found.kinds[1][1] == 2
    assert found.kinds[1][0].startswith("No distance between the two: they share no score")
    assert found.without_distance[0] == ("XKX", 2)
