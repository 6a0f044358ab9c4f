"""The page that the load test holds Compare against has as many parts as Compare."""

from collections import Counter
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent


def parts(script):
    app = AppTest.from_file(str(ROOT / script), default_timeout=60).run()
    assert not app.exception
    return Counter(node.type for block in (app.main, app.sidebar) for node in block)


def test_the_page_without_a_thought_has_the_parts_of_compare():
    ours, empty = parts("app.py"), parts("benchmarks/same_size_app.py")
    assert ours.pop("page_link") == empty.pop("link_button") == 1
    assert ours == empty
