"""A chart drawn while another thread loads pandas for the first time."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# Stands in for the real one, which is whole too soon for a test to meet it half loaded.
SLOW = """
import time
time.sleep(1)
class Series: pass
class Index: pass
class DataFrame: pass
class DatetimeIndex: pass
NaT = NA = object()
"""
DRAW = """
import sys, threading, time
from analysis.figures.drawing import once_pandas_is_whole
from analysis.figures.style import build_figure
assert "pandas" not in sys.modules
other = threading.Thread(target=lambda: __import__("pandas"))
other.start()
while "pandas" not in sys.modules:
    time.sleep(0.001)
assert not hasattr(sys.modules["pandas"], "Series")
{attempt}
other.join()
"""


def attempt(tmp_path, code):
    (tmp_path / "pandas.py").write_text(SLOW, "utf-8")
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
         + DRAW.format(attempt=code)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_chart_waits_until_pandas_is_whole(tmp_path):
    code = """figure = build_figure([{"type": "bar", "x": [1, 2], "y": [3, 4]}], 300, {})
import plotly.io
sent = once_pandas_is_whole(lambda: plotly.io.to_json(figure.to_dict(), validate=False))
assert '"y":[3,4]' in sent
assert list(figure.checked().data[0].y) == [3, 4]
"""
    done = attempt(tmp_path, code)
    assert done.returncode == 0, done.stderr


def test_without_waiting_it_fails(tmp_path):
    # Once this holds no longer, Plotly has mended it and the waiting can go.
    code = """import plotly.graph_objects as go
go.Figure({"data": [{"type": "bar", "x": [1, 2], "y": [3, 4]}]})"""
    done = attempt(tmp_path, code)
    assert "partially initialized module 'pandas'" in done.stderr


def test_another_fault_is_not_hidden():
    code = """from analysis.figures.drawing import once_pandas_is_whole
once_pandas_is_whole(lambda: (1).nothing)"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "has no attribute 'nothing'" in done.stderr
