"""Known advisories against the versions that are pinned: a command of its own, for CI.

    python -m tests.security.audit [requirements.txt ...]

It runs pip-audit, which asks the package index's JSON interface. The status is 1 where there is an
advisory that `accepted.txt` does not name with a reason, and 0 else. Where the index cannot be
reached, or answers without advisories, nothing was audited: that is said in so many words, and is
no reason to fail, for the network may be away.

Whatever the index says, three things are checked without it: every requirement is pinned, what is
installed fits together (`pip check`), and each pin is the version that is installed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = tuple(f"requirements{kind}.txt" for kind in ("", "-postgres", "-spark", "-dev"))
ACCEPTED = Path(__file__).with_name("accepted.txt")
SECONDS = 300
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;#]+)")


def accepted(text: str) -> dict[str, str]:
    """Return the reason why an advisory does not count here, by its id.

    Raises
    ------
    ValueError
        A line has no reason.
    """
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            advisory, _, reason = line.partition(" ")
            if not reason.strip():
                raise ValueError(f"{advisory} is accepted without a reason")
            found[advisory] = reason.strip()
    return found


def verdict(report: dict, known: dict[str, str]) -> tuple[list[str], int, int]:
    """Return a line for each advisory that counts, and how many packages were and were not asked.

    `report` is what pip-audit writes as JSON.
    """
    lines, audited, unknown = [], 0, 0
    for package in report["dependencies"]:
        if "skip_reason" in package:
            unknown += 1
            continue
        audited += 1
        for one in package["vulns"]:
            if not {one["id"], *one.get("aliases", [])} & known.keys():
                mended = ", ".join(one.get("fix_versions", [])) or "none yet"
                lines.append(
                    f"{package['name']} {package['version']}: {one['id']}, mended in {mended}"
                )
    return lines, audited, unknown


def pins(text: str) -> dict[str, str]:
    """Return the pinned versions of a requirements file by name.

    Raises
    ------
    ValueError
        A requirement is not pinned to one version.
    """
    found = {}
    for line in text.splitlines():
        required = line.split("#")[0].strip()
        if required and not required.startswith("-"):
            pin = _PIN.fullmatch(required)
            if pin is None:
                raise ValueError(f"“{required}” is not pinned")
            found[pin[1].lower()] = pin[2]
    return found


def asked(versions: dict[str, str]) -> dict | None:
    """Return what pip-audit says of these versions; None where it could not ask."""
    listed = "\n".join(f"{name}=={version}" for name, version in versions.items())
    command = [
        sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "-r", "/dev/stdin",
        "--format", "json", "--progress-spinner", "off", "--timeout", "15",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, input=listed, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def installed() -> dict[str, str]:
    """Return every installed package with its version: pins, and what came with them."""
    return {d.metadata["Name"].lower(): d.version for d in metadata.distributions()}


def main() -> int:
    """Audit what is installed; return the exit status."""
    here, wanted = installed(), {}
    for name in sys.argv[1:] or FILES:
        wanted |= pins((ROOT / name).read_text("utf-8"))
    wrong = [
        f"{name} is pinned to {version} and {here[name]} is installed"
        for name, version in wanted.items() if here.get(name, version) != version
    ]  # fmt: skip
    fits = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    wrong += fits.stdout.splitlines() if fits.returncode else []
    report = asked(here)
    if report is None:
        said = ["The package index could not be asked: nothing was audited."]
    else:
        lines, audited, unknown = verdict(report, accepted(ACCEPTED.read_text("utf-8")))
        wrong += lines
        said = [f"{audited} packages audited; of {unknown} the index holds no record to ask."]
        said += [] if audited else ["This index keeps no advisories: nothing was audited."]
        said += ["No known advisory."] if audited and not lines else []
    sys.stdout.write("\n".join([*said, *wrong, ""]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
