"""Mutation testing of the packages that compute, to find small faults that no test would notice.

The project is copied to a temporary folder, where mutmut writes every mutant of the package and
runs the package's own tests against each. What survives must stand with its reason in
docs/MUTANTS.md: a survivor is looked up there by its function and its changed line, so that line
numbers may move.
Property tests try fewer examples here, and always the same ones.

After a change of a few functions, `--run` with a package tries their mutants alone:
`python -m benchmarks.mutants friction --run "analysis.friction.words*"`.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPLAINED = ROOT / "docs" / "MUTANTS.md"
TESTS: Mapping[str, tuple[str, ...]] = {
    "measures": ("tests/measures",),
    "friction": ("tests/friction", "tests/strategy/test_brief.py"),
    "strategy": ("tests/strategy", "tests/deal"),
}
_COPIED = ("analysis", "benchmarks", "data", "docs", "tests", "pyproject.toml")
_FEW_EXAMPLES = """

hypothesis.settings.register_profile("mutants", deadline=None, max_examples=15, derandomize=True)
hypothesis.settings.load_profile("mutants")
"""
_KILLED = ("killed", "timeout", "suspicious", "segfault", "caught by type check")


def explained(text: str) -> frozenset[tuple[str, str]]:
    """Return function and changed line of every survivor that a page explains.

    >>> page = '''### a.b.c
    ... ```diff
    ... -x = 1
    ... +x = 2
    ... ```'''
    >>> sorted(explained(page))
    [('a.b.c', 'x = 2')]
    """
    found, function = set(), ""
    for line in text.splitlines():
        if line.startswith("### "):
            function = line[4:].strip()
        elif line.startswith("+"):
            found.add((function, line[1:].strip()))
    return frozenset(found)


def function_of(mutant: str) -> str:
    """Return the function that a mutant's name holds.

    >>> function_of("analysis.measures.angle.x__unit__mutmut_5")
    'analysis.measures.angle._unit'
    >>> function_of("analysis.measures.registry.xǁMeasureǁcompute__mutmut_38")
    'analysis.measures.registry.Measure.compute'
    """
    module, _, name = mutant.rpartition(".")
    name = re.sub(r"__mutmut_\d+$", "", name)
    name = name[2:].replace("ǁ", ".") if name.startswith("xǁ") else name.removeprefix("x_")
    return f"{module}.{name}"


def _prepare(folder: Path, package: str) -> None:
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    with (folder / "tests" / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(_FEW_EXAMPLES)
    tests = "".join(f"\n    {path}" for path in TESTS[package])
    (folder / "setup.cfg").write_text(
        f"[mutmut]\nsource_paths=analysis\nonly_mutate=analysis/{package}/*\n"
        "also_copy=\n    benchmarks\n    data\n    docs\n    tests\n"
        f"pytest_add_cli_args_test_selection={tests}\npytest_add_cli_args=\n    -p no:xdist\n",
        encoding="utf-8",
    )


def _mutmut(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _changed(folder: Path, mutant: str) -> str:
    """Return the lines that a mutant puts in, as one."""
    lines = _mutmut(folder, "show", mutant).splitlines()
    return " ".join(line[1:].strip() for line in lines if re.match(r"\+(?!\+\+)", line))


def judge(package: str, names: Sequence[str]) -> list[str]:
    """Try the mutants of a package, print its score, and return the survivors without a reason."""
    known = explained(EXPLAINED.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _prepare(folder, package)
        said = _mutmut(folder, "run", "--max-children", "1", *names)
        results = _mutmut(folder, "results", "--all", "true")
        found = re.findall(rf"^\s*(analysis\.{package}\.\S+): (.+)$", results, re.MULTILINE)
        outcomes = {name: outcome for name, outcome in found if outcome != "not checked"}
        if not outcomes or (not names and len(outcomes) < len(found)):
            raise SystemExit(f"{package}: not every mutant was tried.\n{said[-2000:]}")
        left = [name for name, outcome in outcomes.items() if outcome not in _KILLED]
        unexplained = [n for n in left if (function_of(n), _changed(folder, n)) not in known]
        print(
            f"| {package} | {len(outcomes)} | {len(outcomes) - len(left)} |"
            f" {len(left) - len(unexplained)} | {len(unexplained)} |",
            flush=True,
        )
        return [f"{name}: {_changed(folder, name)}" for name in unexplained]


def main() -> None:
    """Print a line for each package; status 1 where a survivor has no reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", default=list(TESTS), metavar="PACKAGE")
    parser.add_argument(
        "--run",
        action="append",
        default=[],
        metavar="PATTERN",
        help="mutants to try alone, by name with * for any text; may be given several times",
    )
    options = parser.parse_args()
    if unknown := set(options.packages) - TESTS.keys():
        parser.error(f"{', '.join(sorted(unknown))}: the packages are {', '.join(TESTS)}")
    print("| package | mutants | killed | explained | unexplained |\n|---|---|---|---|---|")
    left = [line for package in options.packages for line in judge(package, options.run)]
    print(*left, sep="\n")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
