"""The same numbers with every Python, every library version and every kind of processor.

Each environment is a virtual environment in a temporary folder, which is removed afterwards. There
`benchmarks.numbers` computes everything, and this command compares it with the environment that
`requirements.txt` pins, on the Python that runs this: one line an environment, with the largest
difference and where it is. A number above the tolerance, or one that is there in one environment
only, ends the command with status 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
TOLERANCE = 1e-9
PINNED = ("-r", str(ROOT / "requirements.txt"))
OLDEST = (
    "numpy==2.0.2", "scipy==1.14.1", "scikit-learn==1.8.0", "msgspec==0.19.0", "pyyaml==6.0.1",
    "duckdb==1.4.0", "ibis-framework[duckdb]==12.0.0", "pyarrow==22.0.0", "platformdirs",
    "python-calamine",
)  # fmt: skip
"""The oldest versions that the computing modules run with (see docs/PROOF.md for what stops older
ones)."""
NEWEST = tuple(name.partition("==")[0] for name in OLDEST)
"""Whatever is the newest on the day of the run."""
CHART_TESTS = ("tests/figures", "tests/charts", "tests/atlas/test_charts.py")
"""What holds each figure against what Plotly makes of it when it checks every part."""
TEMPLATE = """
import hashlib, json, plotly.io, sys
from streamlit.elements.lib import streamlit_plotly_theme
streamlit_plotly_theme.configure_streamlit_plotly_theme()
held = json.dumps(plotly.io.templates["streamlit"].to_plotly_json(), sort_keys=True, default=list)
assert plotly.__version__ == sys.argv[1]
print(hashlib.sha256(held.encode()).hexdigest()[:12])
"""
REPORTED = ("numpy", "scipy", "scikit-learn", "duckdb", "ibis-framework", "pyarrow")


@dataclass(frozen=True)
class Environment:
    """What is installed for which Python, and the variables that it runs with."""

    name: str
    python: str
    packages: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)


def environments(pythons: Sequence[str]) -> list[Environment]:
    """Return the environments to try, the one to compare with first.

    Parameters
    ----------
    pythons : sequence of str
        Interpreters, the present one first.
    """
    first, last = pythons[0], pythons[-1]
    # OpenBLAS and NumPy take the instructions of the oldest processor that they know.
    plain = {
        "OPENBLAS_CORETYPE": "PRESCOTT",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    }
    return [
        Environment("pinned", first, PINNED),
        *(Environment("pinned", python, PINNED) for python in pythons[1:]),
        Environment("oldest", first, OLDEST),
        Environment("newest", first, NEWEST),
        *([Environment("newest", last, NEWEST)] if last != first else []),
        Environment("pinned, an old processor", first, PINNED, plain),
        Environment("pinned, one thread", first, PINNED, {"OPENBLAS_NUM_THREADS": "1"}),
    ]


def chosen(tried: Sequence[Environment], names: Sequence[str]) -> list[Environment]:
    """Return the environment to compare with and those of these names; all without a name."""
    return [e for place, e in enumerate(tried) if place == 0 or not names or e.name in names]


def found_pythons() -> list[str]:
    """Return this interpreter and those of other versions from 3.11 on that the path holds."""
    others = (
        shutil.which(f"python3.{minor}")
        for minor in range(11, 30)
        if minor != sys.version_info.minor
    )
    return [sys.executable, *(path for path in others if path and _runs(path))]


def _runs(python: str) -> bool:
    return subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0


def install(environment: Environment, folder: Path) -> str:
    """Make the virtual environment and return its interpreter; with uv where there is one."""
    subprocess.run([environment.python, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin" / "python")
    quick = shutil.which("uv")
    pip = (
        [quick, "pip", "install", "--quiet", "--python", python]
        if quick
        else [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    )
    subprocess.run([*pip, *environment.packages], check=True)
    return python


def numbers_of(
    environment: Environment, python: str, out: Path, *, telling: bool
) -> Mapping[str, np.ndarray]:
    """Compute all numbers in an environment; NumPy's own file brings them here."""
    command = [python, "-m", "benchmarks.numbers", str(out), *(["--telling"] if telling else [])]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | environment.variables)
    with np.load(out) as held:
        return dict(held)


def differences(
    numbers: Mapping[str, np.ndarray], others: Mapping[str, np.ndarray]
) -> dict[str, float]:
    """Return the largest difference under each name; infinite where one side has no number."""
    found = dict.fromkeys(numbers.keys() ^ others.keys(), np.inf)
    for name in numbers.keys() & others.keys():
        one, other = numbers[name], others[name]
        if one.shape != other.shape or (np.isnan(one) != np.isnan(other)).any():
            found[name] = np.inf
        else:
            found[name] = float(np.nanmax(np.abs(one - other), initial=0.0))
    return found


def _versions(python: str) -> str:
    program = (
        "import platform; from importlib.metadata import version;"
        f"print(platform.python_version(), *(version(n) for n in {REPORTED!r}), sep=' | ')"
    )
    return subprocess.run(
        [python, "-c", program], check=True, capture_output=True, text=True
    ).stdout.strip()


def compare_all(tried: Iterable[Environment], scratch: Path, *, telling: bool) -> bool:
    """Print a line for each environment; whether every number is the same to the tolerance."""
    print("| environment | Python |", " | ".join(REPORTED), "| largest difference | in |")
    print("|---" * (len(REPORTED) + 4) + "|")
    pythons: dict[tuple[str, tuple[str, ...]], str] = {}
    base: Mapping[str, np.ndarray] = {}
    same = True
    for place, environment in enumerate(tried):
        key = environment.python, environment.packages
        if key not in pythons:
            pythons[key] = install(environment, scratch / f"environment-{place}")
        python = pythons[key]
        found = numbers_of(environment, python, scratch / f"{place}.npz", telling=telling)
        start = f"| {environment.name} | {_versions(python)} |"
        if not base:
            base = found
            cells = sum(array.size for array in base.values())
            print(f"{start} {cells:,} numbers | |", flush=True)
            continue
        apart = differences(base, found)
        widest = max(apart, key=apart.__getitem__)
        above = sum(value > TOLERANCE for value in apart.values())
        same = same and not above
        note = f"; {above} names above {TOLERANCE:g}" if above else ""
        print(f"{start} {apart[widest]:.1e}{note} | {widest} |", flush=True)
    return same


def compare_plotly(versions: Iterable[str], scratch: Path) -> bool:
    """Run the tests of the charts with other versions of Plotly; whether all pass with each.

    A figure goes to the page as a mapping of our own, so that with passing tests it is the same;
    only the colours of the page come from a template that Plotly holds, printed as a hash.
    """
    print("| Plotly | template | tests of the charts |\n|---|---|---|")
    fine = True
    for version in versions:
        folder = str(scratch / version)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder]
        subprocess.run([*pip, f"plotly=={version}"], check=True)
        variables = os.environ | {"PYTHONPATH": folder}
        commands = ["-c", TEMPLATE, version], ["-m", "pytest", "-q", "--tb=line", *CHART_TESTS]
        said = [
            subprocess.run(
                [sys.executable, *command],
                cwd=ROOT, env=variables, capture_output=True, text=True, check=False,
            )
            for command in commands
        ]  # fmt: skip
        held, tested = ((one.stdout.strip() or one.stderr.strip()).splitlines()[-1] for one in said)
        fine = fine and not any(one.returncode for one in said)
        print(f"| {version} | {held} | {tested} |", flush=True)
    return fine


def main() -> None:
    """Compare every environment that can be had here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--python", action="append", default=[], metavar="PATH",
        help="a further interpreter (default: every python3.11 and later on the path)",
    )  # fmt: skip
    parser.add_argument(
        "--telling", action="store_true", help="a few pairs of every kind: seconds, not minutes"
    )
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME",
        help="compare only this environment with the pinned one, such as oldest (may be repeated)",
    )  # fmt: skip
    parser.add_argument(
        "--plotly", action="append", default=[], metavar="VERSION",
        help="only run the tests of the charts with this Plotly (may be repeated)",
    )  # fmt: skip
    options = parser.parse_args()
    if options.plotly:
        with tempfile.TemporaryDirectory() as folder:
            sys.exit(0 if compare_plotly(options.plotly, Path(folder)) else 1)
    pythons = [sys.executable, *options.python] if options.python else found_pythons()
    tried = environments(pythons)
    if unknown := set(options.only) - {e.name for e in tried}:
        parser.error(f"no environment is called {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        same = compare_all(chosen(tried, options.only), Path(folder), telling=options.telling)
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
