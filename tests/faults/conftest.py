"""A copy of the project whose files may be hurt, and a disk that is really full."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("compare", "brief", "teams", "atlas", "bulk", "methods")
PARTS = ("analysis", "pages", "data", "static", ".streamlit", "docs")


@pytest.fixture(scope="session")
def cluster():
    started = Cluster()
    yield started
    started.remove()


@pytest.fixture
def project(tmp_path):
    """A copy of what runs."""
    folder = tmp_path / "project"
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", folder)
    return folder


def clean_environment(**more):
    """What a newcomer's shell has: no setting of Parley's but those that are given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PARLEY_")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **more}


def command(folder, *arguments, out=subprocess.PIPE, **more):
    """Run the command line of a copy; `more` goes into its environment."""
    return subprocess.run(
        [sys.executable, "-m", "analysis", *arguments],
        cwd=folder, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=120,
        env=clean_environment(**more),
    )  # fmt: skip


@contextmanager
def mounted(folder, options):
    """A small disk of its own, or a skipped test where the machine does not let us make one."""
    folder.mkdir(parents=True, exist_ok=True)
    made = shutil.which("mount") and os.name == "posix" and os.geteuid() == 0
    done = made and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "parley-test", folder],
        check=False, capture_output=True,
    )  # fmt: skip
    if not done or done.returncode:
        pytest.skip("only root, where it may mount, can make a disk that is really full")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of one megabyte."""
    with mounted(tmp_path / "disk", "size=1m") as folder:
        yield folder


@pytest.fixture
def read_only_disk(tmp_path):
    """A file system on which nobody, root included, may write."""
    with mounted(tmp_path / "fixed", "size=64k,ro") as folder:
        yield folder


def fill(folder, leave=0):
    """Use up the room on a disk but for some bytes; return the file that did it."""
    path = folder / "filling"
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                break
    if leave:
        os.truncate(path, max(path.stat().st_size - leave, 0))
    return path
