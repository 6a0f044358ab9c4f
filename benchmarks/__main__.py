"""Every benchmark in one table: `make bench`. Each module of this folder prints more of its own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from benchmarks.table import Line, show

PARTS = (
    "imports", "pages", "load", "exports", "atlas", "pairs", "friction", "vsm", "reading", "survey",
    "bulk",
)  # fmt: skip


def lines(parts: list[str]) -> Iterator[Line]:
    """Measure the parts one after another."""
    for part in parts:
        yield from import_module(f"benchmarks.{part}").lines()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, help=", ".join(PARTS))
    asked = parser.parse_args().parts
    unknown = set(asked) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    show(lines(list(asked)))


if __name__ == "__main__":
    main()
