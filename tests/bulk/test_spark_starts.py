"""How Spark comes and goes: with a sentence where it cannot, and without a trace."""

import shutil

import pytest

from analysis.bulk.job import run
from analysis.errors import BulkError, BulkStopped
from tests.bulk.test_spark import QUICK_JAVA, TABLES, request

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    pytest.importorskip("pyspark")
    monkeypatch.setenv("JDK_JAVA_OPTIONS", QUICK_JAVA)


def test_a_stopped_job_leaves_nothing_and_java_ends(tmp_path):
    (tmp_path / "in.csv").write_text("a,b\nNLD,CHN\n")
    seen = []

    def stopped():
        return any(one.stage == "Writing the result" for one in seen)

    job = request(tmp_path / "in.csv", tmp_path / "out.parquet", "spark", columns=("a", "b"))
    with pytest.raises(BulkStopped):
        run(job, TABLES, progress=seen.append, stopped=stopped)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]
    from pyspark import SparkContext  # noqa: PLC0415 - optional

    assert SparkContext._gateway is None


def test_without_java_there_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "in.csv").write_text("a,b\nNLD,CHN\n")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    job = request(tmp_path / "in.csv", tmp_path / "out.csv", "spark", columns=("a", "b"))
    with pytest.raises(BulkError, match="openjdk-17-jre-headless"):
        run(job, TABLES)


def test_a_cluster_that_is_none_is_a_sentence(tmp_path):
    (tmp_path / "in.csv").write_text("a,b\nNLD,CHN\n")
    job = request(
        tmp_path / "in.csv", tmp_path / "out.csv", "spark", columns=("a", "b"), master="nonsense"
    )
    with pytest.raises(BulkError, match="Spark does not start with “nonsense”"):
        run(job, TABLES)
