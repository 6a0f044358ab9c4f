"""The table of ratios, and what a start may load."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.__main__ import PARTS
from benchmarks.imports import HEAVY
from benchmarks.table import Line, show

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("ours", "baseline", "budget", "at_least", "row"),
    [
        (3.0, 2.0, 1.3, False, "| x | 3 s | 2 s, y | 1.50 | 1.3 | **no** |"),
        (1300.0, 1000.0, 1.3, False, "| x | 1,300 s | 1,000 s, y | 1.30 | 1.3 | yes |"),
        (60.0, 14.0, 5.0, True, "| x | 60 s | 14 s, y | 4.29 | at least 5 | **no** |"),
        (70.0, 14.0, 5.0, True, "| x | 70 s | 14 s, y | 5.00 | at least 5 | yes |"),
        (1.0, 0.0, None, False, "| x | 1 s | 0 s, y | inf |  |  |"),
    ],
)
def test_a_line_is_held_against_its_budget(ours, baseline, budget, at_least, row):
    assert Line("x", ours, baseline, "s", "y", budget, at_least).row() == row


def test_the_table_is_markdown(capsys):
    show([Line("x", 3.0, 2.0, "s", "y")])
    header, rule, row, _, load = capsys.readouterr().out.splitlines()
    assert header.count("|") == rule.count("|") == row.count("|")
    assert load.startswith("The machine's load")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_lines(part):
    assert callable(import_module(f"benchmarks.{part}").lines)


def test_make_bench_prints_the_one_table():
    recipe = re.search(r"^bench:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert recipe
    assert "-m benchmarks\n" in recipe[1]


def test_the_first_page_loads_nothing_heavy():
    code = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "before = set(sys.modules)\n"
        "app = AppTest.from_file('app.py', default_timeout=300).run()\n"
        "assert not app.exception\n"
        "assert 'numpy' in sys.modules\n"
        f"sys.exit(', '.join(({set(HEAVY)!r} & set(sys.modules)) - before) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
