"""Fuzz every reader of bytes from outside: links, workspaces, deals, teams, pairs, editions.

    python -m benchmarks.fuzz [--seconds 60] [--reader NAME ...] [--keep FOLDER] [--plain]

Each reader runs for that long in a process of its own. An input may give a value or the project's
own `InputError` with one clear sentence; any other exception, a process that dies, one input that
takes longer than the reader's limit, or memory above it is a finding, and its bytes are kept.

Where Atheris is installed (`pip install atheris==3.0.0`, Linux and macOS) the inputs are guided by
coverage; else, and with `--plain`, valid and broken files are changed at random with a fixed seed.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import importlib.util
import io
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.fuzz_readers import READERS, Reader
from benchmarks.server import ROOT

_MEGABYTE = 2**20
_GRACE = 120
"""Seconds on top for a child to start, to read its seeds and to end."""

_PIECES = (
    b"", b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"'", b"=1+1", b",", b";", b"\t", b"\n",
    b"\r", b"%00", b"-1", b"1e309", b"nan", b"9" * 400, b"null", b"true", b"{}", b"[]", b"[" * 300,
    b"*a", b"&a",
    b"!!int", b"../", b"NLD", b"CHN", b"\xe2\x80\xae", b"\xed\xa0\x80", b"<!DOCTYPE x>",
    b"x" * 300, b"&", b"%F0%9F", b"TEAM-AAAAAAAA", b": ", b"- ", b"\\u0000", b"\\ud800",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1e308, "", "x" * 2000, "=1+1", "\0", "\ud800", [], {}, [[]], "NLD",
    [None] * 300, {"": ""}, "\u202e", 5e-324, "TEAM-AAAAAAAA",
)  # fmt: skip


def changed(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Return an input with something about it changed: bytes, a value of its JSON, a part of it."""
    way = chance.random()
    if way < 0.3 and data[:1] in b"{[" and (made := _changed_json(data, chance)):
        return made
    start = data.find(b"PK\x03\x04", 0, 2)
    if way < 0.7 and start >= 0 and (made := _changed_archive(data[start:], chance, others)):
        return data[:start] + made
    held = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        place = chance.randint(0, len(held))
        end = place + chance.choice((0, 0, 1, 1, 2, 8, 64))
        kind = chance.randrange(6)
        if kind == 0:
            held[place:end] = chance.choice(_PIECES)
        elif kind == 1:
            held[place:end] = chance.randbytes(chance.choice((0, 1, 2, 4, 8)))
        elif kind == 2:
            held[place:end] = bytes(b ^ (1 << chance.randrange(8)) for b in held[place:end])
        elif kind == 3:
            held[place:place] = held[place : place + chance.randint(1, 64)] * chance.randint(1, 9)
        elif kind == 4 and others:
            other = chance.choice(others)
            begin = chance.randint(0, len(other))
            held[place:end] = other[begin : begin + chance.randint(1, 200)]
        else:
            del held[place : place + chance.choice((1, 4, 32, len(held)))]
    return bytes(held)


def _changed_json(data: bytes, chance: random.Random) -> bytes | None:
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        return None
    node: Any = held
    while isinstance(node, dict | list) and node:
        key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        if not isinstance(node[key], dict | list) or not node[key] or chance.random() < 0.2:
            break
        node = node[key]
    if not isinstance(node, dict | list) or not node:
        return None
    kind = chance.randrange(4)
    if kind == 0:
        del node[key]
    elif kind == 1 and isinstance(node, dict):
        node[chance.choice(("", "x", "id", "schema"))] = node[key]
    elif kind == 2 and isinstance(node[key], str):
        place = chance.randint(0, len(node[key]))
        node[key] = f"{node[key][:place]}{chance.choice(('=', '|', '+', ':', ',', '0'))}"
    else:
        node[key] = chance.choice(_VALUES)
    return json.dumps(held, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed_archive(data: bytes, chance: random.Random, others: list[bytes]) -> bytes | None:
    """Change one part of a zip file before it is packed, or only how it is packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None
    if not parts or sum(len(content) for _, content in parts) > _MEGABYTE:
        return None
    place = chance.randrange(len(parts))
    name, content = parts[place]
    texts = [text for text in others if not text.startswith(b"PK", 0)]
    parts[place] = (name, changed(content, chance, texts))
    if chance.random() < 0.1:
        del parts[chance.randrange(len(parts))]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", chance.choice((0, 8))) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return held.getvalue()


def run_plain(
    reader: Reader,
    read: Callable[[bytes], None],
    seed: int,
    enough: Callable[[int], bool],
    take: Callable[[Callable[[bytes], None], bytes], None],
) -> int:
    """Read the seeds and then changed ones until it is enough; return how many were changed.

    `take` is called with the reader and each input.

    Raises
    ------
    Exception
        Whatever a reader let through, `Finding` among it.
    """
    chance, seeds = random.Random(seed), list(reader.seeds())  # noqa: S311 - the same each time
    for data in seeds:
        take(read, data)
    pool, count = list(seeds), 0
    while not enough(count):
        data = changed(chance.choice(pool), chance, seeds)[: reader.longest]
        take(read, data)
        count += 1
        if chance.random() < 0.1:  # what was changed is changed again, beside the seeds
            pool = [*seeds, *pool[len(seeds) :][-len(seeds) :], data]
    return count


def _watched(reader: Reader, now: Path) -> Callable[[Callable[[bytes], None], bytes], None]:
    """Return a taker that leaves the input in a file if the process dies or is ended for it."""

    def take(read: Callable[[bytes], None], data: bytes) -> None:
        now.write_bytes(data)
        faulthandler.dump_traceback_later(reader.seconds, exit=True)
        try:
            read(data)
        finally:
            faulthandler.cancel_dump_traceback_later()

    return take


def _run_guided(reader: Reader, folder: Path, keep: Path, name: str, seconds: int) -> None:
    """Hand over to Atheris, which ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=list(reader.packages)):
        read = reader.make(folder)
    corpus = folder / "corpus"
    corpus.mkdir()
    pool = list(reader.seeds())
    for number, seed in enumerate(pool):
        (corpus / str(number)).write_bytes(seed)

    def other(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311
        if chance.random() < 0.4:
            return bytes(atheris.Mutate(data, most))
        return changed(data, chance, pool)[:most]

    atheris.Setup(
        [
            name, str(corpus), f"-max_total_time={seconds}", "-print_final_stats=1",
            f"-timeout={reader.seconds}", f"-rss_limit_mb={reader.memory}",
            f"-max_len={reader.longest}", f"-artifact_prefix={keep}/{name}-", "-seed=1",
        ],
        read, custom_mutator=other,
    )  # fmt: skip
    atheris.Fuzz()


def _run_here(name: str, seconds: int, keep: Path, *, plain: bool) -> None:
    """Fuzz one reader in this process."""
    reader, began = READERS[name], time.monotonic()
    with tempfile.TemporaryDirectory(prefix="parley-fuzz-") as folder:
        if not plain:
            _run_guided(reader, Path(folder), keep, name, seconds)
            return
        now = keep / f"{name}-now"
        count = run_plain(
            reader, reader.make(Path(folder)), 1,
            lambda _: time.monotonic() - began > seconds, _watched(reader, now),
        )  # fmt: skip
        now.unlink()
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"stat::number_of_executed_units: {count}\nstat::peak_rss_mb: {held}")
        if held > reader.memory:
            raise SystemExit(f"{held} MB of memory, more than {reader.memory}")


def _run_apart(name: str, seconds: int, keep: Path, *, plain: bool) -> str:
    """Fuzz one reader in a process of its own; return the line that tells of it."""
    words = ["--here", "--reader", name, "--seconds", str(seconds), "--keep", str(keep)]
    command = [sys.executable, "-m", "benchmarks.fuzz", *words, *(["--plain"] if plain else [])]
    told = keep / f"{name}.log"
    with told.open("wb") as output, contextlib.suppress(subprocess.TimeoutExpired):
        status: int | str = "no answer"
        status = subprocess.run(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
            timeout=seconds + _GRACE, check=False,
        ).returncode  # fmt: skip
    said = told.read_text("utf-8", "replace")
    numbers = dict(re.findall(r"stat::(\w+): +(\d+)", said))
    edges = re.findall(r"cov: (\d+)", said)
    line = (
        f"{name:<16} {numbers.get('number_of_executed_units', '?'):>9} inputs"
        f"  {edges[-1] if edges else '–':>6} edges  {numbers.get('peak_rss_mb', '?'):>5} MB"
    )
    if status == 0:
        told.unlink()
        return f"{line}  no finding"
    return f"{line}  A FINDING (status {status}): see {told}"


def main() -> None:
    """Fuzz the readers that are asked for, one after the other; the status is 1 for a finding."""
    parser = argparse.ArgumentParser(prog="benchmarks.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--reader", action="append", choices=READERS, help="all when left out")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "parley-fuzz")
    parser.add_argument("--plain", action="store_true", help="without Atheris")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    plain = asked.plain or importlib.util.find_spec("atheris") is None
    if asked.here:
        _run_here(asked.reader[0], asked.seconds, asked.keep, plain=plain)
        return
    how = "changed at random, seed 1" if plain else "guided by coverage (Atheris)"
    print(f"{asked.seconds} s for each reader, {how}")
    lines = []
    for name in asked.reader or READERS:
        lines.append(_run_apart(name, asked.seconds, asked.keep, plain=plain))
        print(lines[-1], flush=True)
    sys.exit(any("A FINDING" in line for line in lines))


if __name__ == "__main__":
    main()
