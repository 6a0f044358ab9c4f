"""Every test that the threat model names exists, and runs."""

import ast
import re
from functools import cache

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@cache
def names_in(path):
    """Return the tests of a file that are not switched off, by name."""
    functions = [one for one in ast.parse(path.read_text("utf-8")).body
                 if isinstance(one, ast.FunctionDef)]  # fmt: skip
    return {
        one.name for one in functions
        if not any(word in ast.unparse(mark) for mark in one.decorator_list
                   for word in (".skip", ".xfail"))
    }  # fmt: skip


def test_every_test_of_the_threat_model_exists(root):
    text = (root / "docs" / "THREATS.md").read_text("utf-8")
    named = NAMED.findall(text)
    assert len(named) > 50
    missing = [f"{file}::{test}" for file, test in named
               if not (root / file).exists() or test not in names_in(root / file)]  # fmt: skip
    assert missing == []
    for line in text.splitlines():
        if line.startswith("| ") and not line.startswith(("| what", "|---")):
            assert NAMED.search(line), line


def test_every_security_test_is_in_the_threat_model(root):
    text = (root / "docs" / "THREATS.md").read_text("utf-8")
    helpers = {"test_threats", "test_audit", "test_fuzz"}
    for path in sorted((root / "tests" / "security").glob("test_*.py")):
        if path.stem not in helpers:
            assert f"tests/security/{path.name}::" in text, path.name
